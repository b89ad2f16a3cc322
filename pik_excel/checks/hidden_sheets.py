"""Which visible totals take amounts from a hidden sheet? (DOC02)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.checks.added import Key, total_cells
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import FormulaGrid, Shape, cells_in, dependents, formulas, named
from pik_excel.checks.wording import plain
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Sheet, Workbook
from pik_excel.language import _, number, plural
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Feeding:
    """A hidden sheet, what is read of it first, and the visible totals it goes into, in the order of the sheets."""

    sheet: Sheet
    source: Area
    reader: Address
    totals: tuple[Address, ...]


@rule("DOC02", "hidden-sheet-feeds-total", Severity.WARNING)
def hidden_sheet_feeds_total(subject: Subject) -> Iterator[Found]:
    """Ausgeblendetes Blatt in der Summe

    Was: In eine sichtbare Summe gehen Beträge von einem ausgeblendeten Blatt ein.

    Warum: Wer die Mappe liest oder druckt, sieht nicht, woher der Betrag kommt, und niemand prüft ihn mit.

    Quelle: Prüfpraxis; ausgeblendet wird meist, was „nur Hilfsrechnung“ war und dann doch zählt.

    Falsch (Plan!B4):

    Blatt "Plan":

    |   | A            | B                      | C                      |
    |---|--------------|------------------------|------------------------|
    | 1 | Maßnahme     | 2022 TEUR              | 2023 TEUR              |
    | 2 | Jobkraftwerk | =Bedarf!B2/1000 → 65   | =Bedarf!C2/1000 → 66   |
    | 3 | OMID         | 290                    | 290                    |
    | 4 | Summe        | =SUM(B2:B3) → 355      | =SUM(C2:C3) → 356      |

    Blatt "Bedarf" (ausgeblendet):

    |   | A            | B     | C     |
    |---|--------------|-------|-------|
    | 1 | Grundlage    | Jahr 1 | Jahr 2 |
    | 2 | Jobkraftwerk | 65000 | 66000 |

    Richtig:

    Blatt "Plan":

    |   | A            | B                      | C                      |
    |---|--------------|------------------------|------------------------|
    | 1 | Maßnahme     | 2022 TEUR              | 2023 TEUR              |
    | 2 | Jobkraftwerk | =Bedarf!B2/1000 → 65   | =Bedarf!C2/1000 → 66   |
    | 3 | OMID         | 290                    | 290                    |
    | 4 | Summe        | =SUM(B2:B3) → 355      | =SUM(C2:C3) → 356      |

    Blatt "Bedarf":

    |   | A            | B     | C     |
    |---|--------------|-------|-------|
    | 1 | Grundlage    | Jahr 1 | Jahr 2 |
    | 2 | Jobkraftwerk | 65000 | 66000 |

    Beheben: Das Blatt einblenden (Rechtsklick auf ein Blattregister > Einblenden), oder die Beträge sichtbar in die
    Tabelle schreiben.

    Schweigt: bei ausgeblendeten Blättern ohne Zahlen (Auswahllisten) und solchen, aus denen keine Summe rechnet.
    """
    for one in feeding(subject):
        yield _fed(subject.reading.workbook, one)


def feeding(subject: Subject) -> Iterator[Feeding]:
    """All hidden sheets that do."""
    workbook = subject.reading.workbook
    for sheet in workbook.sheets:
        if sheet.state != "visible" and _has_numbers(sheet):
            readers = list(_readers(subject, sheet))
            totals = _visible_totals(subject, [at for at, _area in readers]) if readers else ()
            if totals:
                reader, source = min(readers, key=lambda pair: _order(workbook, pair[0]))
                yield Feeding(sheet, source, reader, totals)


def _has_numbers(sheet: Sheet) -> bool:
    return any(isinstance(value, Decimal) and value for row in sheet.cells.by_row.values() for value in row.values)


def _readers(subject: Subject, hidden: Sheet) -> Iterator[tuple[Address, Area]]:
    """The formulas on other sheets that read numbers of this one, each with what it reads."""
    name = hidden.name.casefold()
    for grid in formulas(subject).grids:
        for shape, cells in grid.copies.items() if grid.sheet is not hidden else ():
            meant = [one for one in shape.references if one.sheet is not None and one.sheet.casefold() == name]
            for at in cells if meant else ():
                areas = [one.area(*at) for one in meant]
                if area := next((area for area in areas if _counts(hidden, area)), None):
                    yield Address(grid.sheet.name, *at), area


def _counts(sheet: Sheet, area: Area) -> bool:
    return any(isinstance(cell.value, Decimal) and cell.value for cell in cells_in(sheet, area))


def _visible_totals(subject: Subject, readers: list[Address]) -> tuple[Address, ...]:
    """The totals among these formulas and all that depends on them."""
    workbook, known = subject.reading.workbook, total_cells(subject)
    reached: set[Address] = {*readers, *dependents(subject).downstream(readers)}
    totals = [at for at in reached if _is_visible(workbook, at) and _is_total(subject, at, known)]
    return tuple(sorted(totals, key=lambda at: _order(workbook, at)))


def _is_visible(workbook: Workbook, at: Address) -> bool:
    sheet = workbook.sheet(at.sheet)
    return sheet is not None and sheet.state == "visible"


def _is_total(subject: Subject, at: Address, known: frozenset[Key]) -> bool:
    return (at.sheet, at.row, at.column) in known or _adds(formulas(subject).of(at.sheet), at)


def _adds(grid: FormulaGrid | None, at: Address) -> bool:
    shape: Shape | None = grid.shapes.get((at.row, at.column)) if grid else None
    return (
        shape is not None and shape.sum is not None and not (len(shape.references) == 1 and shape.references[0].single)
    )


def _order(workbook: Workbook, at: Address) -> tuple[int, int, int]:
    names = [sheet.name.casefold() for sheet in workbook.sheets]
    return names.index(at.sheet.casefold()), at.row, at.column


def _fed(workbook: Workbook, one: Feeding) -> Found:
    at, others = one.totals[0], len(one.totals) - 1
    cell = workbook.cell(at)
    stated = cell.value if cell is not None and isinstance(cell.value, Decimal) else None
    message = _("{at}: In die Summe{stated} geht das ausgeblendete Blatt „{sheet}“ ein ({source}").format(
        at=at,
        stated="" if stated is None else f" {number(stated)}",
        sheet=one.sheet.name,
        source=one.source.a1,
    )
    if one.reader != at:
        message += _(", gelesen in {reader}").format(reader=one.reader)
    message += ")"
    if others:
        message += plural("; ebenso in eine weitere Summe", "; ebenso in {count} weitere Summen", others).format(
            count=number(others)
        )
    return Found(
        at=at,
        stated=None if stated is None else plain(stated),
        expected=None,
        message=message + ".",
        hint=_("Das Blatt einblenden (Rechtsklick auf ein Blattregister > Einblenden) und mitprüfen.")
        if one.sheet.state == "hidden"
        else _("Das Blatt lässt sich nur im VBA-Editor (Alt+F11) einblenden: Visible auf xlSheetVisible setzen."),
        related=(named(one.sheet.name, one.source), str(one.reader)),
        identity=(one.sheet.name,),
    )
