"""`pik-excel report`: the council paper's tables, cell for cell, in every form."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter

from tests.cli.commands import pik
from tests.ooxml.building import parts, sheet, zipped
from tests.oracles import validation_errors

EXAMPLE = Path(__file__).parent.parent.parent / "workbooks" / "haushalt.xlsx"
DECIDED = [
    ("1. Sachkostenpauschale für Integrationsmanagement", "227", "227"),
    ("2. Jobkraftwerk, EDV-Lizenzkosten", "50", "50"),
    ("4. Empowerment von Geflüchteten", "100", "100"),
    ("5. Angebot Willkommensräume*", "150", "150"),
    ("6. Schulung von Integrationsmanagerinnen und -managern", "20", "20"),
    ("7. Dolmetscherkosten", "80", "80"),
    ("8. Stuttgarter Ausbildungscampus**", "119", "123"),
    ("9. Refugio Stuttgart e. V.*", "40", "40"),
    ("11. Arrival Aid", "18", "18"),
    ("Summe ergänzende Maßnahmen 2020 und 2021", "1.151", "1.156"),
]
REQUESTED = [
    ("Maßnahme/Kontengr.", "2022 TEUR", "2023 TEUR", "2024 TEUR", "2025 TEUR", "2026 TEUR", "2027 ff. TEUR"),
    ("Jobkraftwerk, EDV-Lizenzkosten", "66", "66", "0", "0", "0", "0"),
    ("OMID", "290", "290", "0", "0", "0", "0"),
    ("Empowerment von Geflüchteten", "100", "100", "0", "0", "0", "0"),
    ("Dolmetschereinsätze", "60", "60", "0", "0", "0", "0"),
    ("Ausbildungscampus", "", "150", "0", "0", "0", "0"),
    ("Finanzbedarf", "516", "666", "0", "0", "0", "0"),
]
PROVIDED = [("Ausbildungscampus", "123", "0", "0", "0", "0", "0")]
KEY = "31.60.01.00.00-500 Förderung fr. Träger d. Wohlfahrtspflege/430 Transferaufwendungen"


def markdown_rows(text: str) -> set[tuple[str, ...]]:
    """The rows of all tables, without what Markdown adds."""
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return {tuple(re.sub(r"\*\*(.+)\*\*\Z", r"\1", cell.strip()).replace("\\", "") for cell in row) for row in rows}


def test_the_papers_three_tables_come_out_cell_for_cell() -> None:
    text = pik("report", EXAMPLE).out
    rows = markdown_rows(text)
    for row in (*DECIDED, *REQUESTED, *PROVIDED):
        assert row in rows, row
    assert (KEY, *("",) * 6) in rows
    assert "\\*Haushaltsmittel stehen auch für die Jahre 2022 und 2023 bereit" in text


def test_deadline_and_scenarios_are_those_of_the_paper() -> None:
    text = pik("report", EXAMPLE).out
    assert "Verwendungsnachweis bis 31.03.2023" in text
    assert re.search(r"„Land endet“.*2023: 2\.466\.", text)
    assert re.search(r"„Land fördert weiter“.*2023: 901 \(davon bereitgestellt 235\)", text)


def test_a_scenario_says_nothing_of_years_that_are_decided() -> None:
    text = pik("report", EXAMPLE).out
    assert "Szenario „basis“, Finanzbedarf in TEUR: 2022: 639 (davon bereitgestellt 123); 2023: 666." in text


def test_without_scenarios_nothing_is_said_of_them(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        sheet = book.add_worksheet("Plan")
        for row, line in enumerate([("Maßnahme", "2024 EUR"), ("Radweg", 5), ("Steg", 7), ("Summe", 12)]):
            sheet.write_row(row, 0, line)
    assert "Szenari" not in pik("report", tmp_path / "plan.xlsx").out


def test_in_a_page_a_head_spans_its_years() -> None:
    page = pik("report", EXAMPLE, "--format", "html").out
    assert '<th rowspan="2" class="label">Maßnahme/Angebot</th><th class="over" colspan="2">Budget in TEUR</th>' in page
    assert "<tr><th>2020</th><th>2021</th></tr>" in page


def test_json_names_the_cell_of_each_figure() -> None:
    (paper,) = pik("report", EXAMPLE, "--format", "json").json["papers"]
    book = openpyxl.load_workbook(EXAMPLE, data_only=True)
    figures = [cell for table in paper["tables"] for row in table["rows"] for cell in row["cells"] if "eur" in cell]
    assert len(figures) == 11 * 2 + 2 + 5 * 6 + 6 + 6
    for cell in figures:
        sheet, _mark, at = cell["at"].rpartition("!")
        stored = book[sheet][at].value
        assert cell["eur"] == (None if stored is None else str(int(stored) * 1000))
    assert paper["deadlines"][0]["date"] == "2023-03-31"


def tables_of(file: Path | io.BytesIO) -> list[list[tuple[str, ...]]]:
    document = docx.Document(str(file) if isinstance(file, Path) else file)
    return [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in document.tables]


def test_the_word_document_has_the_tables_and_is_valid(tmp_path: Path) -> None:
    assert pik("report", EXAMPLE, "-o", tmp_path / "vorlage.docx").code == 0
    decided, requested, provided = tables_of(tmp_path / "vorlage.docx")
    assert set(DECIDED) <= set(decided) and decided[0] == ("Maßnahme/Angebot", "Budget in TEUR", "Budget in TEUR")
    assert decided[1] == ("Maßnahme/Angebot", "2020", "2021")
    assert set(REQUESTED) <= set(requested) and set(PROVIDED) <= set(provided)
    assert requested[1] == (KEY,) * 7
    assert validation_errors(tmp_path / "vorlage.docx") == []


def test_letters_that_no_document_can_hold_are_spelled_out_in_word(tmp_path: Path) -> None:
    names = {3: "_x001B_[31mMensa_x0007_", 4: "Halle_xFFFE_"}
    rows = '<row r="2"><c r="A2" t="inlineStr"><is><t>Maßnahme</t></is></c><c r="B2"><v>2025</v></c></row>' + "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{name}</t></is></c><c r="B{row}"><v>{row}000</v></c></row>'
        for row, name in names.items()
    )
    (tmp_path / "plan.xlsx").write_bytes(zipped(parts(sheet(f"<sheetData>{rows}</sheetData>"))))
    ended = pik("report", tmp_path / "plan.xlsx", "-o", tmp_path / "vorlage.docx")
    assert ended.code == 0, ended.err
    (table,) = tables_of(tmp_path / "vorlage.docx")
    assert {"\\u001b[31mMensa\\u0007", "Halle\\ufffe"} <= {row[0] for row in table}


def test_a_template_keeps_its_words_and_gets_the_tables_where_it_asks(tmp_path: Path) -> None:
    template = docx.Document()
    for text in (
        "Vorlage an den Gemeinderat",
        "{{zusaetzlich}}",
        "Fristen:",
        "{{ Fristen }}",
        "Mit freundlichen Grüßen",
    ):
        template.add_paragraph(text)
    template.save(str(tmp_path / "muster.docx"))
    ended = pik("report", EXAMPLE, "--template", tmp_path / "muster.docx", "-o", tmp_path / "fertig.docx")
    assert ended.code == 0, ended.err
    (requested,) = tables_of(tmp_path / "fertig.docx")
    assert set(REQUESTED) <= set(requested)
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "fertig.docx")).paragraphs]
    assert texts[0] == "Vorlage an den Gemeinderat" and texts[-1] == "Mit freundlichen Grüßen"
    assert any("31.03.2023" in text for text in texts) and not any("{{" in text for text in texts)
    assert validation_errors(tmp_path / "fertig.docx") == []


@pytest.mark.parametrize(("text", "said"), [("{{tabelen}}", "tabelen"), ("nichts", "keinen Platzhalter")])
def test_a_template_that_cannot_be_filled_says_why(tmp_path: Path, text: str, said: str) -> None:
    template = docx.Document()
    template.add_paragraph(text)
    template.save(str(tmp_path / "muster.docx"))
    ended = pik("report", EXAMPLE, "--template", tmp_path / "muster.docx", "-o", tmp_path / "fertig.docx")
    assert ended.code == 2 and said in ended.err and not (tmp_path / "fertig.docx").exists()


def test_a_template_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "muster.docx").write_text("kein Word")
    ended = pik("report", EXAMPLE, "--template", tmp_path / "muster.docx", "-o", tmp_path / "fertig.docx")
    assert ended.code == 2 and "muster.docx" in ended.err


def test_the_workbook_holds_figures_not_texts(tmp_path: Path) -> None:
    assert pik("report", EXAMPLE, "-o", tmp_path / "tabellen.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "tabellen.xlsx")
    rows = {row[0]: row[1:] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert rows["Finanzbedarf"] == (516, 666, 0, 0, 0, 0)
    assert rows["Ausbildungscampus"] == (None, 150, 0, 0, 0, 0)
    assert validation_errors(tmp_path / "tabellen.xlsx") == []


def test_what_cells_say_is_text_in_every_form(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        sheet = book.add_worksheet("Plan")
        for row, line in enumerate(
            [("Maßnahme", "2024 EUR"), ("<b>Radweg</b> | *neu*", 5), ("=1+1", 7), ("Summe", 12)]
        ):
            sheet.write_string(row, 0, line[0])
            sheet.write(row, 1, line[1])
    html = pik("report", tmp_path / "plan.xlsx", "--format", "html").out
    assert "&lt;b&gt;Radweg" in html and "<b>Radweg" not in html and "http:" not in html
    assert "\\<b\\>Radweg\\</b\\> \\| \\*neu\\*" in pik("report", tmp_path / "plan.xlsx").out
    pik("report", tmp_path / "plan.xlsx", "-o", tmp_path / "t.xlsx")
    names = [cell for row in openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in names)


def test_cents_and_units_are_printed_as_they_are_meant(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        cents = book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, ["Maßnahme", "2024 EUR", "2025 EUR"])
        sheet.write(1, 0, "Lesepaten")
        sheet.write(1, 1, 12345.5, cents)
        sheet.write(1, 2, "k. A.")
        sheet.write_row(2, 0, ["Radweg", 1000, "–"])
    (paper,) = pik("report", tmp_path / "plan.xlsx", "--format", "json").json["papers"]
    first, second = [[cell["text"] for cell in row["cells"]] for row in paper["tables"][0]["rows"]]
    assert first == ["Lesepaten", "12.345,50", "k. A."] and second == ["Radweg", "1.000", "–"]
    assert Decimal(paper["tables"][0]["rows"][0]["cells"][1]["eur"]) == Decimal("12345.5")


def test_wrong_calls_are_refused_with_an_example() -> None:
    for words, said in (
        (("--format", "docx"), "-o"),
        (("-o", "bericht.pdf"), "docx"),
        (("--template", EXAMPLE, "-o", "x.html"), "docx"),
    ):
        ended = pik("report", EXAMPLE, *words)
        assert ended.code == 2 and said in ended.err, ended.err
