"""The row shown under a finding: the right cells, the right headings, the right mark, and never too wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.layout.read import read_budget
from pik_excel.report.excerpt import Excerpt, excerpts
from pik_excel.report.excerpt_text import row_table
from pik_excel.schema import built_in
from tests.tables import workbook


def rows(text: str, code: str) -> list[Excerpt | None]:
    reading = read_budget(workbook(text), built_in())
    found = examine(Subject(reading, built_in()), [catalogue()[code]])
    shown = excerpts(reading, found)
    return [shown.get(one.fingerprint) for one in found]


def lines(excerpt: Excerpt, width: int = 66) -> list[str]:
    return list(row_table(excerpt, width, lambda cell: cell))


def test_a_wrong_total_stands_among_its_years() -> None:
    (excerpt,) = rows(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Maßnahme | Träger | 2024 EUR | 2025 EUR |
        | 2 | Ferienwerkstatt | Stadt | 12000 {#,##0} | 12500 |
        | 3 | Lesepaten | Verein | 8000 | 8200 |
        | 4 | Summe | | 20000 | 20701 {#,##0} |
        """,
        "SUM01",
    )
    assert lines(excerpt) == [
        "        2024      2025",
        "Summe  20000  ▸20.701◂",
    ]


def test_a_finding_at_a_name_shows_the_amounts_beside_it() -> None:
    (excerpt,) = rows(
        """
        | | A | B |
        |---|---|---|
        | 1 | Maßnahme | 2024 EUR |
        | 2 | Lesepaten* | 8000 |
        | 3 | Bolzplätze | 100 |
        | 4 | Summe | 8100 |
        """,
        "MSR03",
    )
    assert lines(excerpt) == ["              2024", "▸Lesepaten*◂  8000"]


def test_a_row_of_one_cell_shows_nothing() -> None:
    assert rows(
        """
        | | A | B |
        |---|---|---|
        | 1 | Zahl | Rest |
        | 3 | =A1/0 → #DIV/0! | |
        """,
        "FRM03",
    ) == [None]


@given(
    cells=st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=40), min_size=2, max_size=9),
    marked=st.integers(0, 8),
    width=st.integers(60, 120),
)
def test_it_always_keeps_the_marked_cell_and_the_width(cells: list[str], marked: int, width: int) -> None:
    place = marked % len(cells)
    excerpt = Excerpt(3, tuple("ABCDEFGHI"[: len(cells)]), tuple(cells), frozenset({place}))
    shown = lines(excerpt, width)
    assert all(len(line) <= width for line in shown)
    assert "▸" in shown[1] and "◂" in shown[1]
