"""Which formulas calculate with cells that hold text or nothing? (FRM08)

SUM skips text without a word; that is what it is for, and numbers that stand as text are another rule's (NUM01). What
is said here: arithmetic with text, a single cell handed to SUM or PRODUCT that holds text, a range of nothing but text,
and the one row of a run of products in which a factor is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import partial

from pik_excel.budget.tables import Budget
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import FormulaGrid, Shape, blocks, cells_in, formulas
from pik_excel.checks.unstated import tables_by_sheet
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell, ErrorValue, Sheet, Value
from pik_excel.language import _, number, plural
from pik_excel.layout.numbers import number_in
from pik_excel.recalc.copies import Copies
from pik_excel.recalc.syntax import Call, Node, Operation, Percent, Reference, Sign, children
from pik_excel.records import dataclass

_ARITHMETIC = {"+", "-", "*", "/", "^"}
_ADDING = {"SUM", "PRODUCT", "AVERAGE", "SUMPRODUCT"}
_GUARDS = ("IF", "IS", "N", "T", "AGGREGATE", "VALUE", "CHOOSE", "SWITCH", "IFS")
_RUN = 5  # copies around which a missing factor is an exception
_RARE = 8  # one in so many
_FORM = 2  # copies; more of them that read nothing are a form to be filled in
_LARGEST = 5_000  # cells of a range
Place = tuple[int, int]


@dataclass(frozen=True)
class _Inputs:
    """The cells and ranges that a shape calculates with: by arithmetic, as factors, singly in SUM, as ranges of SUM."""

    operands: tuple[Reference, ...]
    factors: tuple[Reference, ...]
    alone: tuple[Reference, ...]
    ranges: tuple[Reference, ...]


@dataclass(frozen=True)
class _Spoken:
    """What is wrong with a formula, and the first cell that makes it so."""

    kind: str  # "text", "skipped", "range", "empty", "factor"
    source: Address
    text: str
    area: Area | None = None


@rule("FRM08", "formula-reads-text", Severity.WARNING, yields_to=("FRM05", "FRM06", "FRM07", "SUM03"))
def formula_reads_text(subject: Subject) -> Iterator[Found]:
    """Formel rechnet mit Text oder leerer Zelle

    Was: Eine Formel rechnet mit einer Zelle, in der Text steht; eine Summe zählt nur Text; der Betrag einer Maßnahme
    ist aus lauter leeren Zellen gerechnet; oder in einer Reihe gleicher Multiplikationen fehlt in einer Zeile ein
    Faktor (ein Hinweis in Mappen ohne Haushaltstabelle). Ein Fehler, wo die Formel deshalb #WERT! ergibt.

    Warum: =A1+B1 mit Text ergibt #WERT!, und jede Summe darüber auch. SUMME und PRODUKT überspringen den Text
    dagegen stillschweigend, und ein leerer Faktor zählt als 0: Der Betrag fehlt, ohne dass man es sieht.

    Quelle: Excel, Fehlerwert #WERT!; SUMME und PRODUKT übergehen Text in Bezügen.

    Falsch (D3):

    |   | A          | B   | C           | D                |
    |---|------------|-----|-------------|------------------|
    | 1 | Angebot    | VZÄ | Satz        | Kosten           |
    | 2 | Beratung   | 2   | 4600        | =B2*C2 → 9200    |
    | 3 | Sprachkurs | 3   | nach Tarif  | =B3*C3 → #VALUE! |
    | 4 | Begleitung | 4   | 4600        | =B4*C4 → 18400   |

    Falsch (D4):

    |   | A          | B   | C    | D              |
    |---|------------|-----|------|----------------|
    | 1 | Angebot    | VZÄ | Satz | Kosten         |
    | 2 | Beratung   | 2   | 4600 | =B2*C2 → 9200  |
    | 3 | Sprachkurs | 3   | 4600 | =B3*C3 → 13800 |
    | 4 | Begleitung | 4   |      | =B4*C4 → 0     |
    | 5 | Schulung   | 5   | 4600 | =B5*C5 → 23000 |
    | 6 | Café       | 1   | 4600 | =B6*C6 → 4600  |
    | 7 | Beirat     | 1   | 4600 | =B7*C7 → 4600  |
    | 8 | Werkstatt  | 2   | 4600 | =B8*C8 → 9200  |
    | 9 | Lotsen     | 6   | 4600 | =B9*C9 → 27600 |
    | 10 | Hausaufgaben | 3 | 4600 | =B10*C10 → 13800 |

    Richtig:

    |   | A          | B   | C    | D                        |
    |---|------------|-----|------|--------------------------|
    | 1 | Angebot    | VZÄ | Satz | Kosten                   |
    | 2 | Beratung   | 2   | 4600 | =B2*C2 → 9200            |
    | 3 | Sprachkurs | 3   | 4600 | =B3*C3 → 13800           |
    | 4 | Begleitung |     |      | =B4*C4 → 0               |
    | 5 | Schulung   | 5   | 4600 | =B5*C5 → 23000           |
    | 6 | Gesamt     |     |      | =SUM(D2:D5) → 46000      |

    Beheben: In die Zelle eine Zahl schreiben (0, wenn nichts anfällt) und den Text in eine eigene Spalte.

    Schweigt: bei SUMME über einen Bereich mit Überschriften oder Text zwischen Zahlen, bei leeren Zellen in Summen und
    Differenzen, bei Formeln, die Text mit WENN, ISTZAHL oder WENNFEHLER abfangen, und bei Zahlen, die als Text
    dastehen (NUM01).
    """
    in_budget = subject.reading.budget != Budget()
    for grid in formulas(subject).grids:
        spoken = _on_sheet(subject, grid, in_budget)
        groups: dict[tuple[Shape, str], list[Place]] = defaultdict(list)
        for at, one in spoken.items():
            groups[grid.shapes[at], one.kind].append(at)
        for (_shape, _kind), cells in groups.items():
            for area in blocks(cells):
                yield _found(grid.sheet, area, spoken[area.top, area.left], in_budget)


def _on_sheet(subject: Subject, grid: FormulaGrid, in_budget: bool) -> dict[Place, _Spoken]:
    found = dict(_amounts_of_nothing(subject, grid))
    texts = _Texts(subject)
    for shape, cells in grid.copies.items():
        inputs = _inputs(shape)
        if inputs is None:
            continue
        for at in _perhaps(grid, inputs, cells, texts):
            one = _text_in(subject, grid, inputs, at)
            if one is not None:
                found[at] = one
        if inputs.factors:
            found |= {at: one for at, one in _missing_factors(grid, inputs.factors, cells) if at not in found}
            if in_budget:
                found |= {at: one for at, one in _empty_rates(grid, inputs.factors, cells) if at not in found}
    return found


def _perhaps(grid: FormulaGrid, inputs: _Inputs, cells: Copies, texts: _Texts) -> Iterable[Place]:
    """Those of the cells in which the formula may read a text: a glance, as a large sheet has 100,000 of them."""
    hits: set[Place] = set()
    for column, rows in cells.by_column.items():
        if inputs.ranges:
            values = grid.sheet.cells.column(column, rows)
            hits.update((row, column) for row, value in zip(rows, values, strict=True) if not value)
        for one in (*inputs.operands, *inputs.alone):
            with_text = texts.rows(one.sheet or grid.sheet.name, one.left.at(column))
            if with_text:
                hits.update((row, column) for row in rows if one.top.at(row) in with_text)
    return sorted(hits)


class _Texts:
    """The rows in which a text stands, by sheet and column; a column is looked through when it is asked for."""

    def __init__(self, subject: Subject) -> None:
        self._workbook = subject.reading.workbook
        self._rows: dict[tuple[str, int], frozenset[int]] = {}

    def rows(self, sheet: str, column: int) -> Collection[int]:
        """Those of one column; none on sheets of other workbooks."""
        if (sheet, column) not in self._rows:
            there = self._workbook.sheet(sheet)
            self._rows[sheet, column] = frozenset(there.cells.rows_with_text(column) if there is not None else ())
        return self._rows[sheet, column]


# --- What a formula calculates with -----------------------------------------------------------------------------------


def _inputs(shape: Shape) -> _Inputs | None:
    """None for a formula that looks at what it reads first, or reads nothing by arithmetic."""
    if _is_guarded(shape):
        return None
    operands: list[Reference] = []
    factors: list[Reference] = []
    alone: list[Reference] = []
    ranges: list[Reference] = []
    _collect(shape.tree, operands, factors, alone, ranges)
    if not (operands or alone or ranges):
        return None
    return _Inputs(tuple(operands), tuple(factors), tuple(alone), tuple(ranges))


def _is_guarded(shape: Shape) -> bool:
    return any(name.startswith(_GUARDS) and name != "INT" for name in shape.form.functions)


def _collect(
    node: Node, operands: list[Reference], factors: list[Reference], alone: list[Reference], ranges: list[Reference]
) -> None:
    parts = children(node)
    for part in parts:
        if isinstance(part, Reference):
            if part.single and _calculates(node):
                operands.append(part)
                if isinstance(node, Operation) and node.operator == "*":
                    factors.append(part)
            elif isinstance(node, Call) and node.name in _ADDING:
                (alone if part.single else ranges).append(part)
        else:
            _collect(part, operands, factors, alone, ranges)


def _calculates(node: Node) -> bool:
    """Whether the operator needs a number; =+A1 does not, it repeats a text as it is."""
    if isinstance(node, Operation | Sign):
        return node.operator in _ARITHMETIC and (isinstance(node, Operation) or node.operator == "-")
    return isinstance(node, Percent)


# --- Text -------------------------------------------------------------------------------------------------------------


def _text_in(subject: Subject, grid: FormulaGrid, inputs: _Inputs, at: Place) -> _Spoken | None:
    value = grid.sheet.value(*at)
    if isinstance(value, ErrorValue) and value != "#VALUE!":
        return None
    for one in inputs.operands:
        if found := _text_at(subject, grid, one, at):
            return _Spoken("text", *found)
    if isinstance(value, ErrorValue):
        return None
    for one in inputs.alone:
        found = _text_at(subject, grid, one, at)
        if found and not any(map(str.isalnum, found[1])):
            continue  # "–" says that there is nothing, which is what a sum takes it for
        if found and (len(inputs.alone) == 1 or _is_below_a_header(grid.sheet, found[0])):
            return _Spoken("skipped", *found)
    for one in inputs.ranges if not value else ():
        if one.sheet is None and (area := _only_text(grid.sheet, one.area(*at))):
            first = next(cell for cell in cells_in(grid.sheet, area) if _is_word(cell))
            return _Spoken("range", grid.sheet.address(first.row, first.column), str(first.value), area)
    return None


def _text_at(subject: Subject, grid: FormulaGrid, one: Reference, at: Place) -> tuple[Address, str] | None:
    if one.elsewhere:
        return None
    sheet = grid.sheet if one.sheet is None else subject.reading.workbook.sheet(one.sheet)
    cell = sheet.cells.get((one.top.at(at[0]), one.left.at(at[1]))) if sheet else None
    if sheet is None or cell is None or type(cell.value) is not str or not _is_word(cell):
        return None
    return sheet.address(cell.row, cell.column), str(cell.value)


def _is_word(cell: Cell) -> bool:
    """Whether it holds text that is no number; a formula's empty text is a blank to the eye and breaks sums all the
    same, but comes from a formula that means it."""
    if type(cell.value) is not str or not cell.value.strip():
        return False
    return number_in(cell.value) is None


def _is_below_a_header(sheet: Sheet, source: Address) -> bool:
    """Whether a number stands above it in its column or left of it: else the text is a header."""
    return any(
        isinstance(sheet.value(*place), Decimal)
        for place in (
            *((row, source.column) for row in range(max(1, source.row - 20), source.row)),
            *((source.row, column) for column in range(max(1, source.column - 20), source.column)),
        )
    )


def _only_text(sheet: Sheet, area: Area) -> Area | None:
    """The range, where two or more words stand in it and no number, date or formula."""
    if area.size > _LARGEST:
        return None
    words = 0
    for cell in cells_in(sheet, area):
        if cell.has_formula or isinstance(cell.value, Decimal | bool):
            return None
        if isinstance(cell.value, str) and cell.value.strip():
            if number_in(cell.value) is not None:
                return None
            words += len(cell.value.strip()) > 1
    return area if words >= 2 else None


# --- An amount of nothing ---------------------------------------------------------------------------------------------


def _amounts_of_nothing(subject: Subject, grid: FormulaGrid) -> Iterator[tuple[Place, _Spoken]]:
    """The amounts of measures whose formula reads single cells of the sheet and not one number among them."""
    for table in tables_by_sheet(subject).get(grid.sheet.name, ()):
        for amount in (amount for measure in table.measures for amount in measure.amounts if amount.formula):
            at = (amount.at.row, amount.at.column)
            shape = grid.shapes.get(at)
            if shape is None or not shape.references or len(grid.copies[shape]) > _FORM or _is_guarded(shape):
                continue
            if all(one.single and one.sheet is None for one in shape.references) and not isinstance(
                grid.sheet.value(*at), ErrorValue
            ):
                read = [(area.top, area.left) for area in (one.area(*at) for one in shape.references)]
                if not any(_says_something(grid, place) for place in read):
                    first = grid.sheet.value(*read[0])
                    text = first if isinstance(first, str) and first.strip() else ""
                    yield at, _Spoken("skipped" if text else "empty", grid.sheet.address(*read[0]), text)


def _says_something(grid: FormulaGrid, place: Place) -> bool:
    """Whether a number or formula stands there; a number that is text counts (NUM01)."""
    value = grid.sheet.value(*place)
    return place in grid.shapes or isinstance(value, Decimal) or (isinstance(value, str) and bool(number_in(value)))


# --- A factor that is missing -----------------------------------------------------------------------------------------


def _missing_factors(
    grid: FormulaGrid, factors: tuple[Reference, ...], cells: Copies
) -> Iterator[tuple[Place, _Spoken]]:
    """The few of many copies below each other whose one factor is empty while the other is a number."""
    moving = [one for one in factors if one.sheet is None and not (one.top.fixed and one.left.fixed)]
    for column, rows in cells.by_column.items() if len(moving) > 1 else ():
        if len(rows) <= _RUN:
            continue
        places = [(row, column) for row in rows]
        blank = {at: found for at in places if grid.sheet.value(*at) == 0 and (found := _blank(grid, moving, at))}
        if not blank:
            continue
        filled = [at for at in places if all(map(partial(_is_filled, grid, at), moving))]
        if len(filled) >= max(_RUN, _RARE * len(blank)):
            yield from blank.items()


def _blank(grid: FormulaGrid, factors: list[Reference], at: Place) -> _Spoken | None:
    places = [(area.top, area.left) for area in (one.area(*at) for one in factors)]
    values = [grid.sheet.value(*place) for place in places]
    empty = [place for place, value in zip(places, values, strict=True) if value is None]
    if len(empty) != 1 or not all(isinstance(value, Decimal) and value for value in values if value is not None):
        return None
    cell = grid.sheet.cells.get(empty[0])
    return None if cell is not None and cell.has_formula else _Spoken("factor", grid.sheet.address(*empty[0]), "")


def _empty_rates(grid: FormulaGrid, factors: tuple[Reference, ...], cells: Copies) -> Iterator[tuple[Place, _Spoken]]:
    """Products with an empty factor in whose column numbers stand above and below, or twice above."""
    moving = [one for one in factors if one.sheet is None and not (one.top.fixed and one.left.fixed)]
    for at in cells if len(moving) > 1 else ():
        found = None if grid.sheet.value(*at) else _blank(grid, moving, at)
        if found is not None:
            row, column = found.source.row, found.source.column
            beside = [grid.sheet.value(line, column) for line in (row - 2, row - 1, row + 1, row + 2) if line > 0]
            if sum(isinstance(value, Decimal) for value in beside) >= 2:
                yield at, found


def _is_filled(grid: FormulaGrid, at: Place, one: Reference) -> bool:
    area = one.area(*at)
    return isinstance(grid.sheet.value(area.top, area.left), Decimal)


# --- What is said -----------------------------------------------------------------------------------------------------


def _found(sheet: Sheet, area: Area, one: _Spoken, in_budget: bool) -> Found:
    at = Address(sheet.name, area.top, area.left)
    count = area.size
    value = sheet.value(area.top, area.left)
    text = " ".join(one.text.split())
    message = {
        "text": _("{at} rechnet mit {source}; dort steht der Text „{text}“"),
        "skipped": _("{at} übergeht {source}; dort steht der Text „{text}“ und keine Zahl"),
        "range": _("{at} addiert {area}; dort steht nur Text („{text}“)"),
        "empty": _("{at} rechnet nur mit leeren Zellen ({source})"),
        "factor": _("{at} rechnet mit {source}; die Zelle ist leer, in den Nachbarzeilen steht eine Zahl"),
    }[one.kind].format(
        at=at,
        source=one.source.a1 if one.source.sheet == sheet.name else one.source,
        text=text if len(text) <= 40 else f"{text[:37]}…",
        area=one.area.a1 if one.area else "",
    )
    if count > 1:
        message += plural("; ebenso {count} Zelle daneben", "; ebenso {count} Zellen daneben", count - 1).format(
            count=number(count - 1)
        )
    return Found(
        at=at,
        stated=None if value is None else str(value),
        expected=None,
        message=message + ".",
        hint=_("In {source} eine Zahl schreiben; Bemerkungen gehören in eine eigene Spalte.").format(
            source=one.source.a1
        ),
        related=(str(one.source),),
        area=area.a1 if count > 1 else None,
        severity=_severity(value, one, in_budget),
    )


def _severity(value: Value, one: _Spoken, in_budget: bool) -> Severity | None:
    """A factor left empty is how order forms and stock lists say "none": outside of budgets it is but a notice."""
    if isinstance(value, ErrorValue):
        return Severity.ERROR
    return Severity.NOTICE if one.kind == "factor" and not in_budget else None
