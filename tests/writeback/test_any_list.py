"""Whatever the list looks like: each written value is confirmed, totals are sums, a second run changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import column_letters
from tests.writeback.building import package_of, projected

NAMES = (
    "Sprachkurse",
    "Beratungsstelle",
    "Jugendtreff Nord",
    "Dolmetscherdienst",
    "Hausaufgabenhilfe",
    "Stadtteilfest",
)
HEADS = ("{year} {unit}", "Ansatz {year} in {unit}", "Plan {year} ({unit})", "HJ {year} {unit}")


@dataclass(frozen=True)
class Drawn:
    """A list as a person may lay it out: rows of amounts by year (None is a blank), requested and provided ones."""

    unit: str
    head: str
    first: int
    rows: tuple[tuple[Decimal | None, ...], ...]
    requested: tuple[tuple[Decimal | None, ...], ...]
    rules: tuple[tuple[str, Decimal, int | None], ...]
    typed_total: bool
    top: int
    left: int


def amounts(unit: str) -> st.SearchStrategy[Decimal | None]:
    most = 900_000 if unit == "EUR" else 900
    return st.one_of(st.none(), st.integers(0, most).map(Decimal), st.just(Decimal(0)))


@st.composite
def lists(draw: st.DrawFn) -> Drawn:
    unit = draw(st.sampled_from(["EUR", "TEUR"]))
    count, years = draw(st.integers(3, 6)), draw(st.integers(2, 4))
    row = st.tuples(*[amounts(unit)] * (years - 1), st.integers(1, 900).map(Decimal))
    rule = st.tuples(
        st.sampled_from(["befristet", "halten", "liste"]),
        st.integers(0, 90_000_000).map(lambda cents: Decimal(cents) / 100),
        st.one_of(st.none(), st.integers(2020, 2030)),
    )
    return Drawn(
        unit=unit,
        head=draw(st.sampled_from(HEADS)),
        first=draw(st.integers(2018, 2024)),
        rows=draw(st.tuples(*[row] * count)),
        requested=draw(st.tuples(*[st.tuples(*[amounts("TEUR")] * 2)] * draw(st.integers(0, 3)))),
        rules=draw(st.tuples(*[rule] * draw(st.integers(0, 3)))),
        typed_total=draw(st.booleans()),
        top=draw(st.integers(1, 4)),
        left=draw(st.integers(1, 3)),
    )


def as_text(drawn: Drawn) -> str:
    """The workbook: the list, and the sheets "Anmeldung" and "Annahmen" where there is something for them."""
    years = [drawn.first + index for index in range(len(drawn.rows[0]))]
    columns = [column_letters(drawn.left + index) for index in range(len(years) + 1)]
    lines = [("Maßnahme", *(drawn.head.format(year=year, unit=drawn.unit) for year in years))]
    lines += [(name, *map(shown, row)) for name, row in zip(NAMES, drawn.rows, strict=False)]
    first, last = drawn.top + 1, drawn.top + len(drawn.rows)
    sums = [sum((value or Decimal(0) for value in column), Decimal(0)) for column in zip(*drawn.rows, strict=True)]
    totals = zip(columns[1:], sums, strict=True)
    lines.append(("Summe", *(str(s) if drawn.typed_total else f"=SUM({c}{first}:{c}{last}) → {s}" for c, s in totals)))
    parts = [sheet("Maßnahmen", columns, drawn.top, lines)]
    if drawn.requested:
        later = [(NAMES[index], *map(shown, row)) for index, row in enumerate(drawn.requested)]
        head = ("Maßnahme", *(f"{years[-1] + step} TEUR" for step in (1, 2)))
        parts.append(sheet("Anmeldung", ["A", "B", "C"], 1, [("Zusätzlicher Bedarf", "", ""), head, *later]))
    if drawn.rules:
        rules = [(NAMES[index], rule, f"{need}", shown(end)) for index, (rule, need, end) in enumerate(drawn.rules)]
        head = ("Maßnahme", "Regel", "Bedarf EUR", "bis")
        parts.append(sheet("Annahmen", ["A", "B", "C", "D"], 1, [head, *rules]))
    return "\n\n".join(parts)


def sheet(name: str, columns: list[str], top: int, lines: list[tuple[str, ...]]) -> str:
    rows = [f"| {top + index} | {' | '.join(line)} |" for index, line in enumerate(lines)]
    return "\n".join([f'Blatt "{name}":', "", f"| | {' | '.join(columns)} |", "|--" * (len(columns) + 1) + "|", *rows])


def shown(value: object) -> str:
    return "" if value is None else str(value)


@settings(max_examples=60, deadline=None)
@given(lists())
def test_what_is_written_is_always_right_and_stays(drawn: Drawn) -> None:
    to = drawn.first + len(drawn.rows[0]) + 2
    source = package_of(as_text(drawn))
    before, written = projected(source, to)
    assert written.not_evaluated == ()
    table = next(table for table in before.reading.budget.measure_tables if table.sheet == "Maßnahmen")  # type: ignore[union-attr]
    assert len(table.measures) == len(drawn.rows)
    by_column: dict[int, Decimal] = {}
    totals: dict[int, Decimal] = {}
    for cell in written.cells:
        if cell.formula is not None and cell.value is not None:
            total = cell.at.row == table.totals[0].at.row
            sums = totals if total else by_column
            sums[cell.at.column] = sums.get(cell.at.column, Decimal(0)) + Decimal(cell.value)
    assert totals == {column: by_column.get(column, Decimal(0)) for column in totals}
    assert len(totals) == 3
    after, again = projected(written.package, to)
    assert again.package is written.package
    assert [one.need for one in after.totals] == [one.need for one in before.totals]
    for old, new in zip(before.measures, after.measures, strict=True):
        assert [one.standing for one in old.amounts] == [one.standing for one in new.amounts], old.name
    sheets = (read_workbook(package).sheet("Maßnahmen") for package in (source, written.package))
    first, second = sheets
    assert first is not None
    assert second is not None
    assert {at: second.cells[at] for at in first.cells} == dict(first.cells)
