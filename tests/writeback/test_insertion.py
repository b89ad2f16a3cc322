"""Columns for new years come where they belong: before "ff.", totals and remarks, whatever the list looks like."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from pik_excel.budget.money import Unit
from pik_excel.errors import NotWritten
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import column_letters
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.ooxml.graft.section import section
from pik_excel.ooxml.package import Package
from tests.office import office
from tests.oracles import new_errors
from tests.writeback.building import formulas, package_of, projected, values
from tests.writeback.layouts_at_random import LAYOUTS, OTHER, SHEET, List, Made, made

SEEDS = range(2)
CASES = [(name, seed) for name in LAYOUTS for seed in SEEDS]


def sheet(package: Package, name: str = SHEET) -> Sheet:
    found = read_workbook(package).sheet(name)
    assert found is not None
    return found


def styles(package: Package, of_what: bytes) -> list[bytes]:
    """The formats of one sort, in their order, as they are written in the file."""
    part = "xl/styles.xml"
    found = section(package.text(part), package.structure(part), of_what)
    assert found is not None
    return [found.entry(index) for index in range(found.length)]


def moved(case: Made, one: List, to: int) -> int:
    """Where the list's column of names stands, once the lists left of it have grown."""
    before = [other for other in case.lists if other.left < one.left]
    return one.left + len(before) * (to - case.last)


def assert_shows(case: Made, package: Package, to: int) -> None:
    """Every cell of every list shows what it must, from the header to the total."""
    there = sheet(package)
    for one in case.lists:
        left = moved(case, one, to)
        heads = [str(there.value(one.top, left + index)) for index in range(len(one.heads(to)))]
        assert heads == one.heads(to)
        for index, row in enumerate(one.shown(to), one.top + 1):
            assert [there.value(index, left + place) for place in range(len(row))] == row, (index, one)


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_years_and_totals_stand_where_they_belong(name: str, seed: int) -> None:
    case = made(name, seed)
    to = case.last + 2 + seed
    projection, written = projected(case.package, to)
    assert_shows(case, written.package, to)
    assert written.not_evaluated == ()
    assert written.skipped == ()
    need = sum(one.amount(one.rows[one.total], to) for one in case.lists)
    assert projection.total(to).need == need * Unit(LAYOUTS[name].unit).factor


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_all_else_stays(name: str, seed: int) -> None:
    """Outside the new columns every cell keeps its content, but for grown totals and the open end's new heading."""
    case = made(name, seed)
    to = case.last + 2
    package = projected(case.package, to)[1].package
    before, after = sheet(case.package), sheet(package)
    inserts = [one.left + one.count + 1 for one in case.lists]
    expected: dict[tuple[int, int], Cell] = {}
    for (row, column), cell in before.cells.items():
        at = column + 2 * len({insert for insert in inserts if insert <= column})
        expected[row, at] = cell
    assert expected.keys() <= after.cells.keys()
    changed = {
        at
        for at, cell in expected.items()
        if after.cells[at].style != cell.style or after.cells[at].value != cell.value
    }
    may = {"sum", "plus", "ff"} & set(LAYOUTS[name].right)
    assert all(column > inserts[0] for _row, column in changed)
    assert bool(changed) == bool(may)
    assert package.names == case.package.names
    parts = {part for part in package.names if package.part(part) != case.package.part(part)}
    may_change = {"worksheets", "workbook.xml", "charts", "drawings", "tables", "styles.xml"}
    assert {part.split("/")[1] for part in parts} <= may_change
    for of_what in (b"fonts", b"cellXfs"):
        kept, now = styles(case.package, of_what), styles(package, of_what)
        assert now[: len(kept)] == kept


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_ends_at_the_last_year_goes_on(name: str) -> None:
    case = made(name, 0)
    part = projected(case.package, case.last + 2)[1].package.part("xl/worksheets/sheet1.xml").decode()
    before = case.package.part("xl/worksheets/sheet1.xml").decode()
    for one in case.lists:
        first, last = one.left + 1, one.left + one.count
        at = moved(case, one, case.last + 2) - one.left
        sqref = f"{column_letters(first)}{one.top + 1}:{column_letters(last)}{one.top + len(one.rows)}"
        assert f'sqref="{sqref}"' in before
        wide = f"{column_letters(first + at)}{one.top + 1}:{column_letters(last + at + 2)}{one.top + len(one.rows)}"
        assert f'<conditionalFormatting sqref="{wide}">' in part
        assert f'sqref="{wide[: -len(str(one.top + len(one.rows)))]}{one.top + len(one.rows) - 1}"' in part
    if LAYOUTS[name].merged:
        one = case.lists[0]
        assert (
            f'"{column_letters(one.left + 1)}{one.top - 1}:{column_letters(one.left + one.count + 3)}{one.top - 1}"'
            in part
        )


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_a_second_run_changes_nothing_and_a_later_year_extends_again(name: str, seed: int) -> None:
    case = made(name, seed)
    first, written = projected(case.package, case.last + 2)
    again, nothing = projected(written.package, case.last + 2)
    assert nothing.package is written.package
    assert nothing.edits == ()
    assert again.totals == first.totals
    assert_shows(case, projected(written.package, case.last + 4)[1].package, case.last + 4)


def test_libreoffice_computes_every_stored_value(tmp_path: Path) -> None:
    cases = [(name, made(name, seed), seed) for name, seed in CASES]
    books = []
    for name, case, seed in cases:
        path = tmp_path / f"{name} {seed}.xlsx"
        path.write_bytes(projected(case.package, case.last + 2 + seed)[1].package.data)
        books.append(path)
    answers = office([{"path": str(path), "steps": [["recalculate"]]} for path in books])
    for path, answer in zip(books, answers, strict=True):
        for one in read_workbook(path).sheets:
            for cell in one.cells.values():
                if cell.has_formula:
                    at = str(one.address(cell.row, cell.column))
                    assert isinstance(cell.value, Decimal), (path.name, at)
                    assert answer["cells"][at][1] == pytest.approx(float(cell.value), abs=1e-6), (path.name, at)


@pytest.mark.parametrize("name", ["open end, total, remark", "excel table beside", "chart beside", "merged heading"])
def test_microsofts_validator_finds_nothing_new(name: str, tmp_path: Path) -> None:
    case = made(name, 1)
    before, after = tmp_path / "vorher.xlsx", tmp_path / "nachher.xlsx"
    before.write_bytes(case.package.data)
    after.write_bytes(projected(case.package, case.last + 2)[1].package.data)
    assert new_errors(before, after) == []


def test_what_reads_a_grown_total_elsewhere_is_stored_anew() -> None:
    case = made("total", 0)
    one = case.lists[0]
    package = projected(case.package, case.last + 2)[1].package
    values = {cell.value for cell in sheet(package, OTHER).cells.values()}
    assert values == {2 * one.value(one.rows[-1], "sum", 0, case.last + 2)}


FORMS = """
|   | A              | B         | C         | {letters} |
|---|----------------|-----------|-----------|{rules}|
| 1 | Maßnahme       | 2020 TEUR | 2021 TEUR | {head} |
| 2 | Alpha-Programm | 10        | 12        | {alpha} |
| 3 | Beta-Programm  | 20        | 21        | {beta} |
| 4 | Summe          | =SUM(B2:B3) → 30 | =SUM(C2:C3) → 33 | {total} |
"""


def form(*columns: tuple[str, str, str, str]) -> str:
    """A short list with these columns behind its years: heading, two measures, total."""
    head, alpha, beta, total = (" | ".join(part) for part in zip(*columns, strict=True))
    letters = " | ".join("DEFG"[: len(columns)])
    rules = "|".join("--" for _one in columns)
    return FORMS.format(letters=letters, rules=rules, head=head, alpha=alpha, beta=beta, total=total)


def test_a_total_that_names_its_years_stays_and_is_named() -> None:
    text = form(("Summe 2020/2021", "=B2+C2 → 22", "=B3+C3 → 41", "=SUM(D2:D3) → 63"))
    _projection, written = projected(package_of(text), 2023)
    assert sheet(written.package, "Tabelle1").cells[2, 6].formula == "B2+C2"
    assert written.remarks[0] == (
        "Tabelle1!F2: die Spalte „Summe 2020/2021“ bleibt, wie sie ist (=B2+C2), ohne 2022 bis 2023."
    )


def test_a_total_that_was_typed_is_named() -> None:
    _projection, written = projected(package_of(form(("Summe", "22", "41", "63"))), 2022)
    assert written.remarks[0] == "Tabelle1!E2: die Spalte „Summe“ ist eingetippt und enthält 2022 nicht."


@pytest.mark.parametrize(
    ("formula", "grown"),
    [
        ("SUM(B2:C2)", "SUM(B2:E2)"),
        ("SUM($B2:$C2)", "SUM($B2:$E2)"),
        ("SUM(B2,C2)", "SUM(B2,C2,D2,E2)"),
        ("B2+C2", "B2+C2+D2+E2"),
        ("C2+B2", "C2+D2+E2+B2"),
        ("(B2+C2)", "(B2+C2+D2+E2)"),
        ("SUM(Tabelle1!B2:C2)", "SUM(Tabelle1!B2:E2)"),
        ("C2-B2", "C2-B2"),
        ("SUM(B2:C2)/2", "SUM(B2:C2)/2"),
        ("AVERAGE(B2:C2)", "AVERAGE(B2:C2)"),
        ("C2", "C2"),
        ("SUM(B2:B3)", "SUM(B2:B3)"),
    ],
)
def test_only_sums_over_the_years_grow(formula: str, grown: str) -> None:
    text = form(("Summe", f"={formula} → 22", "", ""))
    _projection, written = projected(package_of(text), 2023)
    assert sheet(written.package, "Tabelle1").cells[2, 6].formula == grown


def test_the_same_columns_at_once_or_one_after_the_other() -> None:
    text = form(
        ("2022 ff. TEUR", "1", "2", "=SUM(D2:D3) → 3"), ("Summe", "=B2+C2 → 22", "=B3+C3 → 41", "=SUM(E2:E3) → 63")
    )
    once = projected(package_of(text), 2026)[1].package
    twice = projected(projected(package_of(text), 2024)[1].package, 2026)[1].package
    assert sheet(once, "Tabelle1").cells == sheet(twice, "Tabelle1").cells


def test_an_open_end_without_a_year_keeps_its_name() -> None:
    _projection, written = projected(package_of(form(("Folgejahre", "1", "2", "=SUM(D2:D3) → 3"))), 2023)
    assert [sheet(written.package, "Tabelle1").value(1, column) for column in (4, 5, 6)] == [
        "2022 TEUR",
        "2023 TEUR",
        "Folgejahre",
    ]
    assert "gilt jetzt für die Jahre nach 2023" in written.remarks[0]


@pytest.mark.parametrize(("stated", "formula", "value"), [("–", "$F2", "–"), ("0", "$F2", "0"), ("", None, None)])
def test_a_year_says_what_the_open_end_says(stated: str, formula: str | None, value: str | None) -> None:
    text = form(("2022 ff. TEUR", stated, "2", "=SUM(D2:D3) → 2"))
    _projection, written = projected(package_of(text), 2023)
    assert formulas(written).get("D2") == formula
    assert values(written).get("D2") == value
    assert values(written)["D4"] == "2"


def test_an_open_end_typed_as_text_is_not_built_upon() -> None:
    _projection, written = projected(package_of(form(("2022 ff. TEUR", "'12", "2", "=SUM(D2:D3) → 2"))), 2023)
    assert "D2" not in values(written)
    assert written.skipped[0].reason == "Tabelle1!F2 steht als Text in der Zelle („12“)"


RULED = """

Blatt "Annahmen":

|   | A              | B           | C         | D    | E    |
|---|----------------|-------------|-----------|------|------|
| 1 | Maßnahme       | Bedarf TEUR | Regel     | von  | bis  |
| 2 | Alpha-Programm | 15          | befristet | 2021 | 2023 |
"""


def test_where_the_open_end_says_nothing_the_rule_does() -> None:
    text = form(
        ("2022 ff. TEUR", "", "2", "=SUM(D2:D3) → 2"),
        ("Summe", "=SUM(B2:C2) → 22", "=SUM(B3:C3) → 41", "=SUM(E2:E3) → 63"),
    )
    before, written = projected(package_of(text + RULED), 2024)
    there = sheet(written.package, "Tabelle1")
    assert [there.value(2, column) for column in (4, 5, 6)] == [15, 15, 0]
    assert [there.value(4, column) for column in (4, 5, 6)] == [17, 17, 2]
    assert [there.value(row, 8) for row in (2, 3, 4)] == [52, 47, 99]
    assert values(written)["D4"] == "17"
    after, again = projected(written.package, 2024)
    assert again.package is written.package
    assert after.totals == before.totals


REPEATED = """
Blatt "Maßnahmen":

|   | A              | B         | C         |
|---|----------------|-----------|-----------|
| 1 | Beschlossene Maßnahmen | |        |
| 2 | Maßnahme       | 2020 TEUR | 2021 TEUR |
| 3 | Alpha-Programm | 10        | 12        |
| 4 | Beta-Programm  | 20        | 21        |

Blatt "Anmeldung":

|   | A              | B         | C             |
|---|----------------|-----------|---------------|
| 1 | Zusätzlicher Bedarf (angemeldet) | |       |
| 2 | Maßnahme       | 2022 TEUR | 2023 ff. TEUR |
| 3 | Alpha-Programm | 5         | 7             |
"""


def test_what_took_the_open_end_takes_the_year_and_counts_once() -> None:
    early = projected(package_of(REPEATED), 2023)[1].package
    assert sheet(early).cells[3, 5].formula == "Anmeldung!C$3"
    projection, written = projected(early, 2025)
    there = sheet(written.package)
    assert [there.cells[3, column].formula for column in (5, 6, 7)] == [f"Anmeldung!{column}$3" for column in "CDE"]
    assert [projection.measure("Alpha-Programm").amount(year).value for year in (2023, 2024, 2025)] == [7000] * 3
    assert sheet(projected(package_of(REPEATED), 2025)[1].package).cells == there.cells


def test_another_list_in_the_same_columns_is_not_cut_apart() -> None:
    below = form(("Summe", "=B2+C2 → 22", "=B3+C3 → 41", "=SUM(D2:D3) → 63"))
    other = """
| 10 | Maßnahme       | 2020 TEUR | 2021 TEUR | 2022 TEUR |
| 11 | Gamma-Gruppe   | 1         | 2         | 3         |
| 12 | Delta-Gruppe   | 4         | 5         | 6         |
"""
    with pytest.raises(NotWritten) as caught:
        projected(package_of(below.rstrip() + other), 2023)
    assert caught.value.message == (
        "Tabelle1!D1: rechts von „2021“ ist kein Platz für 2 Spalten (2022 bis 2023), dort steht „Summe“; eingefügte "
        "Spalten würden die Tabelle Tabelle1!A10 (A10:D12) zerteilen."
    )


def test_free_columns_are_taken_where_an_insertion_would_cut() -> None:
    text = form(("", "", "", ""), ("", "", "", ""), ("Bemerkung", "läuft", "endet", "")).rstrip()
    other = """
| 10 | Maßnahme       | 2020 TEUR | 2021 TEUR | 2022 TEUR | 2023 TEUR |
| 11 | Gamma-Gruppe   | 1         | 2         | 3         | 4         |
| 12 | Delta-Gruppe   | 4         | 5         | 6         | 7         |
"""
    _projection, written = projected(package_of(text + other), 2023)
    assert sheet(written.package, "Tabelle1").value(1, 6) == "Bemerkung"
    assert values(written)["E4"] == "33"


ONE_YEAR = """
|   | A              | B         | C             |
|---|----------------|-----------|---------------|
| 2 | Maßnahme       | 2020      | 2021 ff.      |
| 3 | Alpha-Programm | 10        | 12            |
| 4 | Beta-Programm  | 20        | 21            |
| 5 | Summe          | =SUM(B3:B4) → 30 | =SUM(C3:C4) → 33 |
"""


def test_a_heading_over_one_year_and_the_open_end_grows() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.get_worksheet_by_name("Tabelle1").merge_range("B1:C1", "Budget in TEUR")

    there = sheet(projected(package_of(ONE_YEAR, decorate), 2023)[1].package, "Tabelle1")
    assert [area.a1 for area in there.merges] == ["B1:F1"]
    assert [str(there.value(2, column)) for column in range(2, 7)] == ["2020", "2021", "2022", "2023", "2024 ff."]
    assert [there.value(5, column) for column in range(2, 7)] == [30, 33, 33, 33, 33]
