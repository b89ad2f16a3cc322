"""Which measures stand in two rows of one table?

Two rows are one measure where the name, the product, the section and every other key beside the name are the same, and
both state an amount for the same year. Two different footnotes tell them apart; a footnote at one of them, another term
or another remark leave a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from pik_excel.budget.marks import plain_mark
from pik_excel.budget.money import Statement
from pik_excel.budget.names import name_key, name_keys
from pik_excel.budget.tables import Assumption, AssumptionTable, Measure, MeasureList, MeasureTable
from pik_excel.checks.assumed import years_of
from pik_excel.grid.workbook import Sheet, Value, Workbook
from pik_excel.patterns import pattern
from pik_excel.records import dataclass
from pik_excel.schema import Schema

Row = TypeVar("Row")
_RUNNING_NUMBER = pattern(r"\s*\d{1,3}[.)]\s*\Z")
_BULLET = pattern(r"\s*[-–—•·▪■►]\s*\S|\s{2,}\S")
# Names that only say what kind of cost or income a row is; they stand under many measures, unless the rows are numbered
# as the lines of a budget are.
_KINDS_OF_COST = frozenset(
    {
        *("personal", "personalkosten", "personalaufwand", "personalaufwendungen", "sachkosten", "sachmittel"),
        *("sachaufwand", "sachaufwendungen", "miete", "mieten", "nebenkosten", "honorar", "honorare", "material"),
        *("reisekosten", "verwaltung", "verwaltungskosten", "overhead", "investitionen", "eigenmittel", "spenden"),
        *("zuschuss", "zuschuesse", "landeszuschuss", "ertrag", "ertraege", "aufwand", "aufwendungen", "einnahmen"),
        *("ausgaben", "kosten", "sonstiges", "sonstige", "und", "an", "fuer", "staff", "other", "costs", "material"),
    }
)
_FEW = 3
_LINES_ABOVE = 2  # that may head several measures side by side
_WRITTEN_ONCE_FOR = 50  # rows below that a group's name may hold for
_TELLS_ROWS_APART = ("szenario", "bedingung", "traeger", "produkt", "kontengruppe", "amt", "teilhaushalt", "richtung")
_LEAVES_A_DOUBT = ("bis", "foerderzeitraum", "foerderzeitraum_bis", "bemerkung")
# What begins with a letter or a blank, looked at behind it: so the search skips all that begins otherwise.
_SPELLINGS = ((pattern(r"\b(?:und|u|and)\b"), ""), (pattern(r"str\b(?<=[^\W\d]str)"), "strasse"))
_BETWEEN_LETTERS = pattern(r" (?<=[^\W\d] ) *(?=[^\W\d])")


class Doubt(Enum):
    """In what two rows of one measure differ all the same."""

    NONE = ""
    FOOTNOTE = "footnote"  # one of them carries a mark
    TERM = "term"  # another end, another remark


@dataclass(frozen=True)
class Twins:
    """The first row of a measure, and one that repeats it."""

    first: Measure
    again: Measure
    doubt: Doubt = Doubt.NONE


def twin_measures(workbook: Workbook, table: MeasureTable | MeasureList, schema: Schema) -> Iterator[Twins]:
    """The first row of a measure, and each row that repeats it."""
    sheet = workbook.sheet(table.sheet)
    by_name: dict[str, list[Measure]] = defaultdict(list)
    for measure, key in zip(table.measures, _spelt_alike([measure.name for measure in table.measures]), strict=True):
        by_name[key].append(measure)
    repeated = [rows for key, rows in by_name.items() if len(rows) > 1]
    if len(repeated) > 1 or any(row.number is None for rows in repeated for row in rows):
        repeated = [rows for rows in repeated if not _KINDS_OF_COST.issuperset(name_key(rows[0].name).split())]
    if sheet is None or not repeated:
        return
    if table.family == "years-down":
        yield from _side_by_side(sheet, table, repeated)
        return
    sections = _sections(sheet, table)
    beside = _columns_beside(workbook, sheet, table, schema)
    doubtful = {one for key in _LEAVES_A_DOUBT for one in _spellings(schema, key)}
    keys = [column for column in beside if _head(sheet, table, column) not in doubtful]
    terms = [column for column in beside if column not in keys]
    pairs = [
        pair
        for rows in repeated
        for pair in _pairs(rows, lambda row: (sections[row.at.row], *_identity(sheet, table, keys, row)))
        if _state_the_same_year(*pair)
    ]
    if len(pairs) <= max(_FEW, len(table.measures) // 4):  # else a row is something other than a measure
        steps = _steps(pairs)
        found = [
            Twins(first, again, _doubt(sheet, table, terms, first, again))
            for first, again in pairs
            if not _recurs_with_others(first, again, steps)
        ]
        yield from _one_a_name(found) if table.family == "long-list" else found


def _spelt_alike(names: Sequence[str]) -> list[str]:
    """Each name as a key for two rows of one table: "Str." is "Straße", "&" is "und", and no space or hyphen within it
    counts but between figures ("Haus 1 1" is not "Haus 11")."""
    keys = "\n".join(name_keys(names))
    for spelling, meant in _SPELLINGS:
        keys = spelling.sub(meant, keys)
    return _BETWEEN_LETTERS.sub("", keys).split("\n") if names else []


def _doubt(sheet: Sheet, table: MeasureTable | MeasureList, terms: list[int], first: Measure, again: Measure) -> Doubt:
    if any(_key(sheet, table, first, column) != _key(sheet, table, again, column) for column in terms):
        return Doubt.TERM
    return Doubt.NONE if _marks(first) == _marks(again) else Doubt.FOOTNOTE


def _one_a_name(pairs: list[Twins]) -> Iterator[Twins]:
    """The first pair of each measure: in a long list it has one a year."""
    yield from {name_key(pair.first.name): pair for pair in reversed(pairs)}.values()


def _side_by_side(sheet: Sheet, table: MeasureTable | MeasureList, repeated: list[list[Measure]]) -> Iterator[Twins]:
    """Columns with the same name, in the same group: no total between them, nothing else written above them."""
    totals = [total.at.column for total in table.totals]

    def group(measure: Measure) -> tuple[Hashable, ...]:
        section = sum(column < measure.at.column for column in totals)
        above = range(measure.at.row - 1, max(0, measure.at.row - 1 - _LINES_ABOVE), -1)
        return (section, *(_text_over(sheet, table, row, measure.at.column) for row in above))

    pairs = [pair for rows in repeated for pair in _pairs(rows, group) if _state_the_same_year(*pair)]
    if len(pairs) == 1:  # else a column is something other than a measure
        ((first, again),) = pairs
        yield Twins(first, again, Doubt.NONE if _marks(first) == _marks(again) else Doubt.FOOTNOTE)


def _text_over(sheet: Sheet, table: MeasureTable | MeasureList, row: int, column: int) -> str:
    """What stands there or, as a heading over several columns, left of it."""
    texts = (sheet.value(row, one) for one in range(column, table.area.left, -1))
    return next((name_key(text) for text in texts if isinstance(text, str) and text.strip()), "")


def twin_assumptions(table: AssumptionTable) -> Iterator[tuple[Assumption, Assumption]]:
    """The first row of "Annahmen" for a measure, and each further one for the same scenario and years."""
    rows = [row for row in table.rows if name_key(row.measure)]
    for first, again in _pairs(rows, lambda row: (name_key(row.measure), _told_apart_by(row))):
        if _years_overlap(first, again):
            yield first, again


def _pairs(rows: Iterable[Row], identity: Callable[[Row], Hashable]) -> Iterator[tuple[Row, Row]]:
    """The first row of each identity with each later one that no other footnote tells apart."""
    earlier: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        same = earlier[identity(row)]
        known = next((one for one in same if not _differ_in_marks(one, row)), None)
        if known is not None:
            yield known, row
        else:
            same.append(row)


def _differ_in_marks(one: Row, other: Row) -> bool:
    if not (isinstance(one, Measure) and isinstance(other, Measure)):
        return False
    return bool(_marks(one)) and bool(_marks(other)) and _marks(one) != _marks(other)


def _marks(measure: Measure) -> frozenset[str]:
    return frozenset(map(plain_mark, measure.footnotes))


def _identity(
    sheet: Sheet, table: MeasureTable | MeasureList, beside: Iterable[int], measure: Measure
) -> tuple[Hashable, ...]:
    key = measure.key
    codes = (key.product, key.office, key.account_group) if key else None  # the same wherever they stand
    return (codes, *(_key(sheet, table, measure, column) for column in beside))


def _steps(pairs: Iterable[tuple[Measure, Measure]]) -> dict[tuple[int, int], set[str]]:
    """The names that come back, by how far below and from which row."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for first, again in pairs:
        found[again.at.row - first.at.row, first.at.row].add(first.name)
    return found


def _recurs_with_others(first: Measure, again: Measure, steps: dict[tuple[int, int], set[str]]) -> bool:
    """Whether a second name comes back just as far below: the rows of one kind under each of several measures."""
    far, row = again.at.row - first.at.row, first.at.row
    return any(steps.get((far, near), set()) - {first.name} for near in range(row - 5, row + 6))


def _state_the_same_year(first: Measure, again: Measure) -> bool:
    """Whether both have an amount in some year, and not one the revenue to the other's expense."""
    both = [
        (one.stated, other.stated)
        for one, other in zip(first.amounts, again.amounts, strict=False)
        if one.statement is other.statement is Statement.NUMBER and one.stated and other.stated
    ]
    return any((one > 0) == (other > 0) for one, other in both)


def _sections(sheet: Sheet, table: MeasureTable | MeasureList) -> dict[int, tuple[int, int]]:
    """The section of each row: a total, a product key or a heading begins a new one; and of a row with a bullet the
    row that it is a part of."""
    borders = {one.at.row for group in (table.totals, table.keys) for one in group}
    measures = {measure.at.row: measure for measure in table.measures}
    parts = {memo.at.row for memo in table.memos}  # "davon …" heads nothing
    section, above, found = 0, 0, {}
    for row in range(min((*measures, table.area.top)), max((*measures, table.area.bottom)) + 1):
        measure = measures.get(row)
        if row in borders or (row not in parts and _is_heading(sheet, table, row, measure)):
            section += 1
        is_part = measure is not None and _BULLET.match(measure.label)
        above = above if is_part else row
        found[row] = (section, above if is_part else 0)
    return found


def _is_heading(sheet: Sheet, table: MeasureTable | MeasureList, row: int, measure: Measure | None) -> bool:
    if measure is not None:
        return all(amount.statement is Statement.BLANK for amount in measure.amounts)
    return any(isinstance(sheet.value(row, column), str) for column in {table.area.left, table.name_column})


def _columns_beside(workbook: Workbook, sheet: Sheet, table: MeasureTable | MeasureList, schema: Schema) -> list[int]:
    """The columns that tell rows apart: all before the years but the running number, and behind them those of a Träger,
    product or the like."""
    years = {column.at.column for column in table.columns}
    heads = {column: _head(sheet, table, column) for column in range(table.area.left, table.area.right + 1)}
    number = _spellings(schema, "massnahme_id")
    telling = {one for key in _TELLS_ROWS_APART for one in _spellings(schema, key)}
    return [
        column
        for column, head in heads.items()
        if column not in years
        and column != table.name_column
        and (head not in number if column < min(years, default=0) else head in telling)
        and not _holds_rates(workbook, sheet, table, column)
        and not _counts(sheet, table, column)
    ]


def _counts(sheet: Sheet, table: MeasureTable | MeasureList, column: int) -> bool:
    """Whether the column only counts the rows, whatever heads it: 1, 2, 3."""
    values = sheet.cells.column(column, (measure.at.row for measure in table.measures))
    return len(table.measures) > 1 and all(
        isinstance(one, Decimal) and other == one + 1 for one, other in pairwise(values)
    )


def _holds_rates(workbook: Workbook, sheet: Sheet, table: MeasureTable | MeasureList, column: int) -> bool:
    """Whether the column says by how much a row grows, which makes no other measure of it: numbers shown in per cent,
    or all of them between -1 and 1."""
    rows = [measure.at.row for measure in table.measures]
    if any(isinstance(value, str) and value.strip() for value in sheet.cells.column(column, rows)):
        return False
    cells = [cell for row in rows if (cell := sheet.cells.get((row, column))) is not None]
    numbers = [(cell.value, cell.style) for cell in cells if isinstance(cell.value, Decimal)]
    return bool(numbers) and all("%" in workbook.number_formats[style] or -1 < value < 1 for value, style in numbers)


def _head(sheet: Sheet, table: MeasureTable | MeasureList, column: int) -> str:
    texts = [sheet.value(row, column) for row in table.header_rows]
    return next((name_key(text) for text in reversed(texts) if isinstance(text, str) and text.strip()), "")


def _spellings(schema: Schema, key: str) -> set[str]:
    return {name_key(one) for one in schema.fields[key].headers} if key in schema.fields else set()


def _key(sheet: Sheet, table: MeasureTable | MeasureList, measure: Measure, column: int) -> Value:
    """What the column says about the measure: an empty cell repeats the one above, a running number says nothing."""
    value = sheet.cells.value(measure.at.row, column)
    if value is None:
        top = max((measure.at.row - _WRITTEN_ONCE_FOR, *table.header_rows, table.area.top - 1))
        above = (sheet.cells.value(row, column) for row in range(measure.at.row - 1, top, -1))
        value = next((value for value in above if value is not None), None)
    if isinstance(value, str):
        return _said(value)
    return None if measure.number is not None and value == measure.number else value


@lru_cache(maxsize=4_096)
def _said(text: str) -> str | None:
    return None if _RUNNING_NUMBER.match(text) else name_key(text) or None


def _told_apart_by(row: Assumption) -> tuple[str, ...]:
    return tuple(name_key(field.text) if (field := row.field(key)) else "" for key in _TELLS_ROWS_APART)


def _years_overlap(one: Assumption, other: Assumption) -> bool:
    (first, last), (begin, end) = years_of(one), years_of(other)
    return (first is None or end is None or first <= end) and (begin is None or last is None or begin <= last)
