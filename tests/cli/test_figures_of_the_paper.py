"""From the example workbook, without any option, come the paper's three tables and each figure that follows from it.

Nothing here is typed from the program or the workbook: what is expected is read in the paper's own text (tests/seed.py)
or computed from figures that stand there.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests import seed
from tests.cli.commands import pik
from tests.conftest import PROJECT

EXAMPLE = PROJECT / "workbooks" / "haushalt.xlsx"
LAND_ENDS, LAND_GOES_ON, CARRIED = "Land endet", "Land fördert weiter", "Fortschreibung"
OMID, CAMPUS = "3. OMID", "8. Stuttgarter Ausbildungscampus**"
Rows = list[tuple[str, ...]]


def teur(eur: Decimal) -> int:
    """As the paper rounds: commercially."""
    return int((eur / 1000).quantize(Decimal(1), ROUND_HALF_UP))


def decided(name: str, year: int) -> int:
    """TEUR that the paper states in its first table; `name` is how the row begins."""
    (row,) = (row for row in seed.tables()[0].rows if row[0].startswith(name))
    found = seed.tables()[0].figures(row[0])[year - 2020]
    assert found is not None
    return found


def total(table: int) -> tuple[int, ...]:
    """The figures of the table's last row."""
    return tuple(one or 0 for one in seed.tables()[table].figures(seed.tables()[table].rows[-1][0]))


@pytest.fixture(scope="module")
def projected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `project` says of the years that the paper speaks of."""
    output = tmp_path_factory.mktemp("projektion") / "fortgeschrieben.xlsx"
    ended = pik("project", EXAMPLE, "--to", "2027", "-o", output, "--format", "json")
    assert ended.code == 0, ended.err
    (workbook,) = ended.json["workbooks"]
    return dict(workbook)


@pytest.fixture(scope="module")
def bridges() -> list[dict[str, Any]]:
    years = ("--years", "2021:2022", "--years", "2022:2023")
    return list(pik("diff", EXAMPLE, *years, "--scenario", CARRIED, "--format", "json").json["bridges"])


def amount(projected: dict[str, Any], name: str, year: int) -> dict[str, Any]:
    (measure,) = (one for one in projected["measures"] if name in one["name"])
    return dict(measure["amounts"][str(year)])


def needs_of(projected: dict[str, Any], scenario: str, year: int) -> dict[str, int]:
    return {key: int(Decimal(value) / 1000) for key, value in projected["scenarios"][scenario][str(year)].items()}


# The three tables


def test_markdown_has_the_three_tables_cell_for_cell() -> None:
    found: list[Rows] = []
    for block in re.findall(r"(?:^\|.*\n)+", pik("report", EXAMPLE).out, re.MULTILINE):
        lines = [line.strip().strip("|").split("|") for line in block.splitlines() if not line.startswith("| :")]
        found.append([tuple(re.sub(r"\*\*(.+)\*\*\Z", r"\1", cell.strip()).replace("\\", "") for cell in line)
                      for line in lines])  # fmt: skip
    assert len(found) == 3
    for rows, table in zip(found, seed.tables(), strict=True):
        body = [row for row in table.rows if row[0] and not row[0].startswith("Maßnahme/")]
        assert rows[1:] == body
    assert found[0][0] == ("Maßnahme/Angebot", "Budget in TEUR 2020", "2021")
    assert [found[1][0], found[2][0]] == [seed.tables()[1].rows[0], seed.tables()[2].rows[0]]


def test_word_has_the_three_tables_cell_for_cell(tmp_path: Path) -> None:
    pik("report", EXAMPLE, "-o", tmp_path / "vorlage.docx")
    document = docx.Document(str(tmp_path / "vorlage.docx"))
    for drawn, table in zip(document.tables, seed.tables(), strict=True):
        rows = [tuple(cell.text for cell in row.cells) for row in drawn.rows]
        assert rows == _merged(table.rows)
    notes = [one for table in seed.tables() for one in table.notes]
    assert len(notes) == 2
    assert set(notes) <= {paragraph.text for paragraph in document.paragraphs}


def _merged(rows: tuple[tuple[str, ...], ...]) -> Rows:
    """As python-docx reads merged cells: the text of each in all places that it covers."""
    found: Rows = []
    for row in rows:
        if row[0].startswith("31.60"):
            found.append((row[0],) * len(row))
        elif row[0] == "Maßnahme/Angebot":
            found.append((row[0], row[1], row[1]))
        else:
            found.append((row[0] or rows[0][0], *row[1:]))
    return found


def test_a_page_has_the_three_tables_cell_for_cell() -> None:
    page = _Tables()
    page.feed(pik("report", EXAMPLE, "--format", "html").out)
    assert len(page.found) == 3
    for rows, table in zip(page.found, seed.tables(), strict=True):
        spanning = {row for row in table.rows if row[0].startswith("31.60")}
        assert rows == [
            row[:1] if row in spanning else _header(row) if row[0] in ("", "Maßnahme/Angebot") else row
            for row in table.rows
        ]


def _header(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, row))


class _Tables(HTMLParser):
    """The texts of all cells."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Rows] = []
        self._text: str | None = None

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.found[-1].append(())
        elif tag in ("td", "th"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.found[-1][-1] = (*self.found[-1][-1], self._text or "")
            self._text = None


def test_a_workbook_has_the_three_tables_as_figures(tmp_path: Path) -> None:
    pik("report", EXAMPLE, "-o", tmp_path / "tabellen.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "tabellen.xlsx").worksheets
    for sheet, table in zip(sheets, seed.tables(), strict=True):
        rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
        for name in (row[0] for row in table.rows if row[0] and not row[0].startswith("Maßnahme/")):
            found = tuple(None if cell == "" else cell for cell in rows[name])
            assert found == table.figures(name), name


def test_each_figure_names_the_cell_that_holds_it() -> None:
    (paper,) = pik("report", EXAMPLE, "--format", "json").json["papers"]
    book = openpyxl.load_workbook(EXAMPLE, data_only=True)
    printed = 0
    for table in paper["tables"]:
        for cell in (cell for row in table["rows"] for cell in row["cells"] if cell.get("eur") is not None):
            sheet, _mark, at = cell["at"].rpartition("!")
            assert Decimal(cell["eur"]) == Decimal(str(book[sheet][at].value)) * 1000
            assert cell["text"] == f"{book[sheet][at].value:,}".replace(",", ".")
            printed += 1
    stated = [one for table in seed.tables() for row in table.rows[1:] if row[0] for one in table.figures(row[0])]
    assert printed == sum(one is not None for one in stated)


# Ergänzende Maßnahmen 2020/2021: eleven rows, 1.151 and 1.156 TEUR


def test_eleven_decided_measures_and_their_totals(projected: dict[str, Any]) -> None:
    names = [row[0] for row in seed.tables()[0].rows if re.match(r"\d+\. ", row[0])]
    found = [one for one in projected["measures"] if one["amounts"]["2020"]["status"] == "decided"]
    assert len(names) == len(found) == 11
    for name, measure in zip(names, found, strict=True):
        assert re.sub(r"^\d+\. |\*+$", "", name) == measure["name"]
        assert tuple(teur(Decimal(measure["amounts"][year]["value"])) for year in ("2020", "2021")) == (
            seed.tables()[0].figures(name)
        )
    assert tuple(teur(Decimal(projected["totals"][year]["need"])) for year in ("2020", "2021")) == total(0)
    assert total(0) == (1151, 1156)


# Finanzielle Auswirkungen: 66, 290, 100, 60, (blank) 150, Finanzbedarf 516 and 666, from needs in EUR

IN_EUR = {
    "Jobkraftwerk": r"jährlich rd\. (65\.500) EUR",
    "OMID": r"jährlich städtische Mittel in Höhe von (290\.000) EUR",
    "Empowerment": r"Für 2022 und 2023 werden jeweils (100\.000) EUR benötigt",
    "Dolmetscher": r"jährlich Mittel in Höhe von (60\.000) EUR benötigt",
    "Ausbildungscampus": r"städtischen Zuschuss in Höhe von (149\.810) EUR",
}


@pytest.mark.parametrize("name", IN_EUR)
@pytest.mark.parametrize("year", range(2022, 2028))
def test_each_additional_need_is_the_papers_and_knows_its_euros(
    projected: dict[str, Any], name: str, year: int
) -> None:
    (row,) = (row[0] for row in seed.tables()[1].rows if row[0].startswith(name))
    printed = seed.tables()[1].figures(row)[year - 2022]
    found = amount(projected, name, year)
    if printed is None:
        assert (name, year, found["status"]) == ("Ausbildungscampus", 2022, "provided")
        return
    assert (Decimal(found["value"]), found["status"]) == (printed * 1000, "requested")
    if printed:
        assert Decimal(found["exact"]) == seed.stated(IN_EUR[name])
        assert teur(seed.stated(IN_EUR[name])) == printed


def test_total_need_and_additional_need_by_year(projected: dict[str, Any]) -> None:
    provided = seed.tables()[2].figures("Ausbildungscampus")
    for place, year in enumerate(range(2022, 2028)):
        there, more = provided[place] or 0, total(1)[place]
        expected = {"need": there + more, "provided": there, "additional": more}
        assert needs_of(projected, "basis", year) == expected
        assert {key: teur(Decimal(value)) for key, value in projected["totals"][str(year)].items()} == expected
    assert [needs_of(projected, "basis", year)["need"] for year in (2022, 2023)] == [639, 666]


def test_123_are_provided_in_2022_and_then_nothing(projected: dict[str, Any]) -> None:
    assert seed.tables()[2].figures("Ausbildungscampus") == (123, 0, 0, 0, 0, 0)
    assert amount(projected, "Ausbildungscampus", 2022) | {"at": None} == {
        "value": "123000", "status": "provided", "at": None,
    }  # fmt: skip


# The bridge, with the starred measures as in 2021


def test_the_starred_measures_are_248(projected: dict[str, Any]) -> None:
    starred = [row[0] for row in seed.tables()[0].rows if re.search(r"[^*]\*$", row[0])]
    known = sum(decided(name, 2021) for name in starred)
    assert (len(starred), known) == (3, 248)
    for year in (2022, 2023):
        basis, carried = (needs_of(projected, scenario, year)["need"] for scenario in ("basis", CARRIED))
        assert carried - basis == known


def test_the_bridge_leads_from_1156_over_891_to_887_and_to_914(bridges: list[dict[str, Any]]) -> None:
    dropped = [decided(name, 2021) for name in ("1. ", "6. ", "11. ")]
    license_rises = total(1)[0] - 450 - decided("2. ", 2021)  # 66 of 516 against 50
    fewer_interpreters = 60 - decided("7. ", 2021)
    campus = 150 - decided(CAMPUS, 2021)
    first, second = bridges
    steps = [[teur(Decimal(step["amount"])) for step in bridge["steps"]] for bridge in bridges]
    assert dropped == [227, 20, 18]
    assert steps[0] == [*(-one for one in dropped), license_rises, fewer_interpreters] == [-227, -20, -18, 16, -20]
    assert steps[1] == [campus] == [27]
    start, end = decided("Summe", 2021), teur(Decimal(first["end"]))
    assert teur(Decimal(first["start"])) == start == 1156
    assert teur(Decimal(first["after_dropped"])) == start - sum(dropped) == 891
    assert end == start - sum(dropped) + license_rises + fewer_interpreters == 887
    assert (teur(Decimal(second["start"])), teur(Decimal(second["end"]))) == (887, 887 + campus) == (887, 914)
    assert first["rest"] == second["rest"] == "0"


# The scenarios


def test_if_the_land_ends_2023_needs_2466(projected: dict[str, Any]) -> None:
    millions = seed.stated(r"\(Betreuungsschlüssel 1:120\) (1,8) Mio\. EUR für 20 Stellen")
    expected = int(millions * 1000) + total(1)[1]
    assert needs_of(projected, LAND_ENDS, 2023)["need"] == expected == 2466


def test_if_the_land_goes_on_235_come_out_of_the_1800(projected: dict[str, Any]) -> None:
    rate = seed.stated(r"Sachkostenpauschale in Höhe von (4\.600) EUR/Stelle")
    posts = seed.stated(r"Zuschuss für (51,1) Stellen")
    found = needs_of(projected, LAND_GOES_ON, 2023)
    assert found["provided"] == teur(rate * posts) == 235
    assert (found["need"], found["additional"]) == (235 + total(1)[1], total(1)[1]) == (901, 666)


def test_the_flat_rate_in_euros(tmp_path: Path) -> None:
    ended = pik(
        "project", EXAMPLE, "--to", "2027", "--scenario", LAND_GOES_ON, "-o", tmp_path / "x.xlsx", "--format", "json"
    )
    found = amount(ended.json["workbooks"][0], "Sachkostenpauschale", 2023)
    posts, rate = seed.stated(r"Zuschuss für (51,1) Stellen"), seed.stated(r"in Höhe von (4\.600) EUR/Stelle")
    assert Decimal(found["exact"]) == posts * rate == 235_060
    assert found["value"] == "235000"


# OMID and Ausbildungscampus


def test_omid_is_half_its_cost_up_to_the_cap(projected: dict[str, Any]) -> None:
    cost = seed.stated(r"Aufwendungen für das Jahr 2019 in Höhe von (649\.412) EUR")
    cap = seed.stated(r"Höchstbetrag von (290\.000) EUR/Jahr")
    share = seed.stated(r"maximal (50) % der Kosten") / 100
    (measure,) = (one for one in projected["measures"] if one["name"].startswith("OMID"))
    assert measure["rule"] == "anteil"
    for year in (2022, 2023):
        assert Decimal(amount(projected, "OMID", year)["exact"]) == min(share * cost, cap) == 290_000


def test_the_campus_is_financed_by_149810_and_131760(projected: dict[str, Any]) -> None:
    cost = seed.stated(r"Ausbildungscampus in Höhe von (281\.570) EUR/Jahr")
    city, own = seed.stated(r"Zuschuss in Höhe von (149\.810) EUR"), seed.stated(r"(131\.760) EUR \(47 %\)")
    assert city + own == cost
    assert [int((one / cost * 100).quantize(Decimal(1), ROUND_HALF_UP)) for one in (city, own)] == [53, 47]
    assert Decimal(amount(projected, "Ausbildungscampus", 2023)["exact"]) == cost - own
    sheet = openpyxl.load_workbook(EXAMPLE, data_only=True)["Finanzierung"]
    amounts = [row[1] for row in sheet.iter_rows(min_row=15, max_row=17, values_only=True)]
    assert amounts == [city, own, cost]
    codes = {one["code"] for one in pik("check", EXAMPLE, "--format", "json").json["workbooks"][0]["findings"]
             if one["sheet"] == "Finanzierung" and one["range"] in {f"{column}{row}" for column in "BC"
                                                                    for row in range(15, 18)}}  # fmt: skip
    assert codes == set()


# The state grant


def test_the_evidence_is_due_three_months_after_sixty_months(projected: dict[str, Any]) -> None:
    assert "auf 60 Monate verlängert bis 31.12.2022" in seed.text()
    assert "spätestens 3 Monate nach dem Ende des Bewilligungszeitraums" in seed.text()
    (due,) = projected["due"]
    assert (due["what"], due["date"]) == ("Verwendungsnachweis", "2023-03-31")
    stated = dict(openpyxl.load_workbook(EXAMPLE, data_only=True)["Stellen"].iter_rows(
        min_row=5, max_row=12, max_col=2, values_only=True))  # fmt: skip
    assert stated["Bewilligungszeitraum in Monaten"] == 60


def test_a_post_costs_the_land_63683_83_a_year() -> None:
    grant, posts = seed.stated(r"in Höhe von (16\.271\.218,33) EUR"), seed.stated(r"Zuschuss für (51,1) Stellen")
    each = (grant / posts / 5).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert each == Decimal("63683.83")
    stated = openpyxl.load_workbook(EXAMPLE, data_only=True)["Stellen"]
    assert Decimal(str(stated["B10"].value)).quantize(Decimal("0.01"), ROUND_HALF_UP) == each


# Findings that are true of the paper, and no error


def test_what_check_finds_is_true_of_the_paper() -> None:
    document = pik("check", EXAMPLE, "--format", "json").json
    found: dict[str, list[str]] = {}
    for one in document["workbooks"][0]["findings"]:
        found.setdefault(one["code"], []).append(one["message"])
    assert document["summary"]["errors"] == 0
    exact = sum(seed.stated(pattern) for pattern in IN_EUR.values())
    assert (total(1)[1], teur(exact)) == (666, 665)
    assert any("666" in text and "665" in text for text in found["SUM07"])
    own, cost = seed.stated(r"\((69\.412) EUR = 10,6 %\)"), Decimal(649_412)
    assert (own / cost * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal("10.7")
    assert any("10,6" in text and "10,7" in text for text in found["FIN02"])
    rate = seed.stated(r"in Höhe von (4\.600) EUR/Stelle")
    assert (Decimal(227_000) / rate).quantize(Decimal("0.1"), ROUND_HALF_UP) in (Decimal("49.3"), Decimal("49.4"))
    assert any("227" in text and "235" in text and "49,4" in text for text in found["FIN05"])
    events = seed.stated(r"Von (108) Veranstaltungen")
    parts = seed.stated(r"insgesamt (73) speziell für Kinder") + seed.stated(r"an (17) Terminen dieses Format")
    assert (events, parts) == (108, 90)
    assert any("108" in text and "90" in text for text in found["FIN08"])
    renamed_or_gone = ["Sachkostenpauschale", "Schulung", "Arrival Aid", "OMID", "Dolmetscher", "Ausbildungscampus"]
    assert len(found["MSR04"]) == len(renamed_or_gone)
    for name in renamed_or_gone:
        assert any(name in text for text in found["MSR04"]), name
    assert "Mittel nur bis Ende 2021" in seed.text()
    assert any("Jobkraftwerk" in text and "31.12.2021" in text and "31.12.2022" in text for text in found["YRS05"])


# What must never happen


def test_an_explicit_0_is_never_extrapolated_over(projected: dict[str, Any], tmp_path: Path) -> None:
    names = [row[0] for row in seed.tables()[1].rows[2:-1]]
    assert all(seed.tables()[1].figures(name)[2:] == (0, 0, 0, 0) for name in names)
    for name in names:
        for year in range(2024, 2028):
            found = amount(projected, name.split(",")[0].removesuffix("einsätze"), year)
            assert (found["value"], found["status"]) == ("0", "requested")
    later = pik("project", EXAMPLE, "--to", "2031", "-o", tmp_path / "x.xlsx", "--format", "json")
    totals = later.json["workbooks"][0]["totals"]
    assert [totals[str(year)]["need"] for year in range(2024, 2032)] == ["0"] * 8


def test_ff_is_never_added_to_a_total(tmp_path: Path) -> None:
    """With 5 TEUR typed under "2027 ff." instead of 0, 2027 needs 5 more and no other year."""
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book["Finanzielle Auswirkungen"]
    assert (sheet["G4"].value, sheet["A8"].value) == ("2027 ff. TEUR", "Empowerment von Geflüchteten")
    sheet["G8"] = 5
    book.save(tmp_path / "plan.xlsx")
    ended = pik("project", tmp_path / "plan.xlsx", "--to", "2027", "-o", tmp_path / "x.xlsx", "--format", "json")
    totals = ended.json["workbooks"][0]["totals"]
    needs = [int(totals[str(year)]["need"]) // 1000 for year in range(2020, 2028)]
    assert needs == [1151, 1156, 639, 666, 0, 0, 0, 5]
