"""Which totals add what no total may add: "ff." columns, "davon", "nachrichtlich" and VE? (SUM06)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import Amount, same_money
from pik_excel.budget.tables import Aside, Measure, MeasureList, MeasureTable, Total, TotalColumn
from pik_excel.checks.added import TotalCell, coverage, totals
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import Shape, blocks, formulas, once
from pik_excel.checks.wording import plain
from pik_excel.grid.reference import Address, Area, column_letters
from pik_excel.language import _, number
from pik_excel.layout.vocabulary import Vocabulary, fold, vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_REST = pattern(r"\b(?:spätere?n?(?: jahre)?|übrige jahre|restjahre|rest|danach)\b(?!.*\bff)")


@dataclass(frozen=True)
class MemoAdded:
    """A total that adds cells it must not add, worth `amount`; `label` is what the first of them is called.

    `expected` is the total without them, None where its own value is not known.
    """

    table: MeasureTable | MeasureList
    at: Address
    shape: Shape | None  # None: typed
    cells: tuple[Address, ...]
    label: str
    amount: Decimal
    stated: Decimal | None
    by_column: bool  # the cells are one of the columns that a row's total adds
    name: str  # of the total

    @property
    def expected(self) -> Decimal | None:
        """The total without them."""
        return None if self.stated is None else self.stated - self.amount


@rule("SUM06", "memo-row-in-total", Severity.ERROR, yields_to=("FRM03",))
def memo_row_in_total(subject: Subject) -> Iterator[Found]:
    """Nachrichtliches in der Summe

    Was: Eine Summe addiert eine Zeile „davon“, „nachrichtlich“ oder VE mit, oder eine Spalte „ff.“ (und Folgejahre).
    Eine Warnung, solange dort überall 0 steht.

    Warum: Ein „davon“ steckt schon in der Zeile darüber und zählt so doppelt. Eine Verpflichtungsermächtigung ist kein
    Aufwand des Jahres. „2027 ff.“ ist ein Betrag für jedes folgende Jahr und keine Summe, die man addieren könnte.

    Quelle: § 11 GemHVO (Verpflichtungsermächtigungen werden gesondert veranschlagt), § 9 GemHVO (der Finanzplan umfasst
    fünf Jahre; was danach kommt, steht nachrichtlich dabei).

    Falsch (B5):

    |   | A                 | B                 | C                 |
    |---|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID              | 290               | 290               |
    | 3 | davon Personal    | 200               | 210               |
    | 4 | Dolmetscherkosten | 80                | 60                |
    | 5 | Summe             | =SUM(B2:B4) → 570 | =C2+C4 → 350      |

    Falsch (E2:E4):

    |   | A                 | B                 | C                 | D                 | E                  |
    |---|-------------------|-------------------|-------------------|-------------------|--------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         | 2024 ff. TEUR     | Summe TEUR         |
    | 2 | OMID              | 290               | 290               | 290               | =SUM(B2:D2) → 870  |
    | 3 | Dolmetscherkosten | 80                | 60                | 60                | =SUM(B3:D3) → 200  |
    | 4 | Summe             | =SUM(B2:B3) → 370 | =SUM(C2:C3) → 350 | =SUM(D2:D3) → 350 | =SUM(B4:D4) → 1070 |

    Richtig:

    |   | A                 | B                 | C                 | D                 | E                 |
    |---|-------------------|-------------------|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         | 2024 ff. TEUR     | Summe TEUR        |
    | 2 | OMID              | 290               | 290               | 290               | =SUM(B2:C2) → 580 |
    | 3 | davon Personal    | 200               | 210               | 210               | =SUM(B3:C3) → 410 |
    | 4 | Dolmetscherkosten | 80                | 60                | 60                | =SUM(B4:C4) → 140 |
    | 5 | Summe             | =B2+B4 → 370      | =C2+C4 → 350      | =D2+D4 → 350      | =SUM(B5:C5) → 720 |

    Beheben: Die Zeile oder Spalte aus dem Bereich der Summe nehmen (=B2+B4), oder sie unter die Summe stellen.

    Schweigt: wo die Zeile über dem „davon“ selbst keinen Betrag hat, wo eine Summe nur solche Zeilen addiert (Summe der
    VE), wo der Kopf der Summenspalte sie nennt (Summe einschließlich VE), bei „spätere Jahre“ als dem Rest, der noch
    kommt, und wo die Summe auch die Jahre davor enthält („bis 2024“): Das sind die Gesamtkosten des Vorhabens.
    """
    groups: dict[tuple[str, Shape | None, str], dict[tuple[int, int], MemoAdded]] = {}
    for one in added_memos(subject).values():
        key = (one.at.sheet, one.shape, "column" if one.by_column else "row")
        groups.setdefault(key, {})[one.at.row, one.at.column] = one
    for (sheet, _shape, _kind), found in groups.items():
        for area in blocks(found):
            ones = [found[row, column] for row, column in sorted(found) if area.holds(row, column)]
            yield _found(sheet, area, ones)


@once
def added_memos(subject: Subject) -> dict[Address, MemoAdded]:
    """All of them by their cells."""
    words = vocabulary(subject.schema)
    parts = _parts(subject)
    found = {one.at: one for cell in totals(subject) if (one := _in_total(subject, cell, parts[id(cell.table)], words))}
    for cell in totals(subject):
        if (beside := _beside_its_own(subject, cell, words)) is not None:
            found.setdefault(beside.at, beside)
    for table in subject.reading.budget.measure_tables:
        rows: list[Measure | Total] = [*table.measures, *table.totals]
        for column in table.total_columns:
            memos = _memo_columns(subject, table, column, words)
            for row in rows if memos else ():
                one = _in_row_total(subject, table, column, row, memos)
                if one is not None:
                    found.setdefault(one.at, one)
    return found


# --- Rows -------------------------------------------------------------------------------------------------------------


class _Parts:
    """The rows of a table that are named as parts of others, and the rows that may be their whole."""

    def __init__(self, table: MeasureTable | MeasureList, words: Vocabulary) -> None:
        self._table, self._words = table, words
        self.rows = [*table.memos, *(row for row in table.measures if _names_memos(row.label, words))]
        self._lines: dict[bool, tuple[set[int], dict[int, Measure | Total]]] = {}

    def are_counted_elsewhere(self, cell: TotalCell, memo: Measure) -> bool:
        """Whether the row that a "davon" is part of has an amount of its own; else the parts are all there is to add.
        `cell` is a total of the table."""
        if self._words.part.match(fold(memo.label).lstrip(" -–•·(")) is None:
            return True
        memos, wholes = self._by_line(cell)
        line = cell.line(memo.at)
        while line in memos:
            line -= 1
        return line in wholes and bool(wholes[line].amounts[cell.index].stated)

    def _by_line(self, cell: TotalCell) -> tuple[set[int], dict[int, Measure | Total]]:
        """The lines of the parts, and what else stands in the table by its lines; the same for all totals that add in
        one direction."""
        if cell.across not in self._lines:
            rows: list[Measure | Total] = [*self._table.measures, *self._table.totals]
            wholes = {cell.line(row.at): row for row in rows if not _names_memos(row.label, self._words)}
            self._lines[cell.across] = {cell.line(row.at) for row in self.rows}, wholes
        return self._lines[cell.across]


@once
def _parts(subject: Subject) -> dict[int, _Parts]:
    """Those of the tables that have totals, by the tables' identity."""
    words = vocabulary(subject.schema)
    tables = {id(cell.table): cell.table for cell in totals(subject)}
    return {key: _Parts(table, words) for key, table in tables.items()}


def _in_total(subject: Subject, cell: TotalCell, parts: _Parts, words: Vocabulary) -> MemoAdded | None:
    """`parts` are those of the total's table."""
    memos = [] if cell.aside else [row for row in parts.rows if row.amounts[cell.index].stated]
    if not memos or not cell.parts or _names_memos(cell.total.label, words):
        return None
    memos = [row for row in memos if parts.are_counted_elsewhere(cell, row)]
    if cell.sum is not None:
        areas = cell.sum.areas(cell.at.sheet, cell.at.row, cell.at.column) or []
        if not any(area.holds(*cell.place(line)) for area in areas for line in cell.leaves):
            return None
        memos = [row for row in memos if any(area.holds(*cell.place(cell.line(row.at))) for area in areas)]
    elif not cell.amount.typed or not _typed_with(cell, memos):
        return None
    if not memos:
        return None
    amounts = [row.amounts[cell.index] for row in memos]
    return MemoAdded(
        table=cell.table,
        at=cell.at,
        shape=formulas(subject).shape(cell.at),
        cells=tuple(amount.at for amount in amounts),
        label=memos[0].label,
        amount=_sum(amounts),
        stated=cell.stated,
        by_column=False,
        name=cell.total.label,
    )


def _beside_its_own(subject: Subject, cell: TotalCell, words: Vocabulary) -> MemoAdded | None:
    """A total that adds, beside its own column, one of VE or "davon"."""
    if isinstance(cell.table, MeasureList) or not cell.table.memo_columns or cell.sum is None:
        return None
    reach = coverage(cell)
    columns = {one.at.column: one for one in cell.table.memo_columns}
    own = cell.at.column in columns or _names_memos(cell.total.label, words)
    if reach is None or not reach.reached or own:
        return None
    cells = tuple(
        Address(cell.at.sheet, row, area.left)
        for area in reach.elsewhere
        if area.left == area.right and area.left in columns
        for row in cell.parts
        if area.top <= row <= area.bottom
    )
    if not cells:
        return None
    return MemoAdded(
        table=cell.table,
        at=cell.at,
        shape=formulas(subject).shape(cell.at),
        cells=cells,
        label=_text(subject, columns[cells[0].column].at),
        amount=sum((_number(subject, *at) or Decimal(0) for at in cells), Decimal(0)),
        stated=cell.stated,
        by_column=True,
        name=cell.total.label,
    )


def _names_memos(label: str, words: Vocabulary) -> bool:
    return words.memo.match(fold(label).lstrip(" -–•·(")) is not None


def parts_without_a_whole(subject: Subject, cell: TotalCell) -> Decimal:
    """What the "davon" rows are worth whose row above has no amount of its own, so that totals rightly add them."""
    if cell.aside:
        return Decimal(0)
    parts = _parts(subject)[id(cell.table)]
    first, last = sorted((min(cell.parts), cell.line(cell.at)))
    rows = [row for row in parts.rows if first <= cell.line(row.at) <= last]
    return _sum([row.amounts[cell.index] for row in rows if not parts.are_counted_elsewhere(cell, row)])


def _typed_with(cell: TotalCell, memos: list[Measure]) -> bool:
    """Whether a typed total is the sum of its rows and of these, and not of its rows alone."""
    if cell.stated is None or cell.expected is None or not memos or same_money(cell.stated, cell.expected):
        return False
    return same_money(cell.stated, cell.expected + _sum([row.amounts[cell.index] for row in memos]))


def _sum(amounts: list[Amount]) -> Decimal:
    return sum((amount.stated or Decimal(0) for amount in amounts), Decimal(0))


# --- Columns ----------------------------------------------------------------------------------------------------------


def _in_row_total(
    subject: Subject, table: MeasureTable, column: TotalColumn, row: Measure | Total, memos: dict[int, str]
) -> MemoAdded | None:
    at = Address(table.sheet, row.at.row, column.at.column)
    shape = formulas(subject).shape(at)
    areas = (shape.sum.areas(*at) if shape and shape.sum else None) or []
    if shape is not None:
        memos = {one: label for one, label in memos.items() if any(area.holds(at.row, one) for area in areas)}
        if not any(area.holds(at.row, one) for area in areas for one in column.columns):
            return None
        if any(area.holds(at.row, one) for area in areas for one in _earlier_columns(table)):
            return None
    values = {one: _number(subject, table.sheet, at.row, one) for one in memos}
    stated = _number(subject, *at)
    if shape is None:
        own = sum((_number(subject, table.sheet, at.row, one) or Decimal(0) for one in column.columns), Decimal(0))
        if stated is None or same_money(stated, own) or not _makes_up(stated - own, values):
            return None
    if not memos:
        return None
    return MemoAdded(
        table=table,
        at=at,
        shape=shape,
        cells=tuple(Address(table.sheet, at.row, one) for one in memos),
        label=next(iter(memos.values())),
        amount=sum((value or Decimal(0) for value in values.values()), Decimal(0)),
        stated=stated,
        by_column=True,
        name=column.label,
    )


def _memo_columns(subject: Subject, table: MeasureTable, column: TotalColumn, words: Vocabulary) -> dict[int, str]:
    """The columns that the total of a row must not add, with their headers."""
    heads = [one for one in table.columns if one.year.open_ended and not _is_the_rest(_text(subject, one.at))]
    if words.memo.search(fold(column.label)) is None:
        heads += table.memo_columns
    return {
        one.at.column: _text(subject, one.at) or str(one.year) for one in heads if one.at.column not in column.columns
    }


def _is_the_rest(header: str) -> bool:
    """Whether a column holds what remains after the years before, not the amount of each following year."""
    return _REST.search(fold(header)) is not None


def _earlier_columns(table: MeasureTable) -> list[int]:
    """The columns of the years before the first, together: "bis 31.12.2024"."""
    return [one.at.column for one in table.left_out if one.why is Aside.EARLIER and not one.row]


def _makes_up(difference: Decimal, values: dict[int, Decimal | None]) -> bool:
    given = [value for value in values.values() if value]
    return bool(given) and same_money(difference, sum(given, Decimal(0)))


def _number(subject: Subject, sheet: str, row: int, column: int) -> Decimal | None:
    cell = subject.reading.workbook.cell(Address(sheet, row, column))
    return cell.value if cell is not None and isinstance(cell.value, Decimal) else None


def _text(subject: Subject, at: Address) -> str:
    cell = subject.reading.workbook.cell(at)
    return cell.value if cell is not None and isinstance(cell.value, str) else ""


# --- What is said -----------------------------------------------------------------------------------------------------


def _found(sheet: str, area: Area, ones: list[MemoAdded]) -> Found:
    one = next((one for one in ones if one.amount), ones[0])  # the arithmetic of the first that shows some
    several = len(ones) > 1
    message = _("{at}: Die Summe addiert „{label}“ mit ({cells}: {amount})").format(
        at=one.at,
        label=" ".join(one.label.split()),
        cells=", ".join(cell.a1 for cell in one.cells[:4]),
        amount=number(one.amount),
    )
    if one.stated is not None and one.expected is not None and one.amount:
        message += _(": {stated} statt {expected}").format(stated=number(one.stated), expected=number(one.expected))
    message += "."
    if several:
        last = Address(sheet, area.bottom, area.right).a1
        message += " " + _("Ebenso {first} bis {last}.").format(first=Address(sheet, area.top, area.left).a1, last=last)
    lines = sorted({cell.column if one.by_column else cell.row for cell in one.cells})
    named = ", ".join(column_letters(line) if one.by_column else str(line) for line in lines)
    hint = _("Spalte {line} aus der Summe nehmen.") if one.by_column else _("Zeile {line} aus der Summe nehmen.")
    return Found(
        at=Address(sheet, area.top, area.left),
        stated=None if one.stated is None else plain(one.stated),
        expected=None if one.expected is None else plain(one.expected),
        message=message,
        hint=hint.format(line=named),
        related=tuple(str(cell) for cell in one.cells[:10]),
        area=area.a1 if several else None,
        identity=(one.name, " ".join(one.label.split())),
        severity=None if any(each.amount for each in ones) else Severity.WARNING,
    )
