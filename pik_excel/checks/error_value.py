"""Which cells make an error of their own? (FRM03)"""

from __future__ import annotations

from collections.abc import Container, Iterator

from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.numbers import numbers_as_text
from pik_excel.checks.runs import FormulaGrid, Shape, areas_of, blocks, formulas
from pik_excel.checks.unfilled import is_not_filled_in
from pik_excel.grid.reference import Address, Area
from pik_excel.language import _, number, plural
from pik_excel.recalc.scattered import Scattered

_MOST_OF_A_FORM = 1_000  # errors


@rule("FRM03", "error-value", Severity.ERROR, yields_to=("FRM05", "FRM07", "FRM08"))
def error_value(subject: Subject) -> Iterator[Found]:
    """Fehlerwert in einer Zelle oder Formel

    Was: Eine Zelle zeigt #BEZUG!, #DIV/0!, #NAME?, #NV, #WERT! oder #ZAHL!, oder ihre Formel enthält einen verlorenen
    Bezug.

    Warum: Jede Summe über die Zelle wird selbst zum Fehler, und ein verlorener Bezug (#BEZUG!) lässt sich aus der Datei
    nicht wiederherstellen.

    Quelle: Excel zeigt diese Werte, wenn Bezüge gelöscht, Namen vertippt oder durch 0 geteilt wurde. Gemeldet wird nur
    die Zelle, deren eigene Formel den Fehler macht; was von ihr abhängt, heilt mit ihr.

    Falsch (B2):

    |   | A        | B                | C                |
    |---|----------|------------------|------------------|
    | 1 | Maßnahme | 2022 EUR         | 2023 EUR         |
    | 2 | OMID     | =E2/F2 → #DIV/0! | =B2 → #DIV/0!    |
    | 3 | Refugio  | 40000            | 40000            |

    Falsch (B2):

    |   | A        | B                          | C        |
    |---|----------|----------------------------|----------|
    | 1 | Maßnahme | 2022 EUR                   | 2023 EUR |
    | 2 | OMID     | =IFERROR(#REF!*1000,0) → 0 | 290000   |
    | 3 | Refugio  | 40000                      | 40000    |

    Richtig:

    |   | A        | B                             | C        |
    |---|----------|-------------------------------|----------|
    | 1 | Maßnahme | 2022 EUR                      | 2023 EUR |
    | 2 | OMID     | =IF(F2=0,0,E2/F2) → 0         | 290000   |
    | 3 | Refugio  | 40000                         | 40000    |

    Beheben: #BEZUG!: den gelöschten Bezug neu setzen. #DIV/0!: mit WENN(Nenner=0;"";…) abfangen. #NAME?: Namen und
    Funktion prüfen. #NV: den gesuchten Eintrag ergänzen.

    Schweigt: bei Zellen, die den Fehler nur weiterreichen oder mit einer Zahl rechnen, die als Text dasteht (NUM01),
    und bei #NV, das eine Formel mit NV() ausdrücklich setzt (damit Diagramme die Stelle überspringen). Nur ein Hinweis
    ist #DIV/0! in einem Vordruck ohne Haushaltstabelle, solange alles leer ist, was die Formel liest.
    """
    workbook, texts = subject.reading.workbook, numbers_as_text(subject)
    shown_on = {sheet.name: {error[:2] for error in sheet.cells.errors()} for sheet in workbook.sheets}
    errors = Scattered((sheet, *at) for sheet, cells in shown_on.items() for at in cells)
    in_budget = bool(subject.reading.budget.measure_tables)
    for grid in formulas(subject).grids:
        sheet = grid.sheet.name
        shown = shown_on[sheet]
        may_be_form = not in_budget and len(shown) <= _MOST_OF_A_FORM
        groups: dict[
            tuple[Shape | None, str, bool], list[tuple[int, int]]
        ] = {}  # lost references whatever their formula
        for row, column in sorted(shown):
            at = Address(sheet, row, column)
            code = _own_error(grid, at, errors, texts)
            if code:
                own = None if code == "#REF!" else grid.shapes.get((row, column))
                form = code == "#DIV/0!" and may_be_form and is_not_filled_in(subject, at)
                groups.setdefault((own, code, form), []).append((row, column))
        for shape, copies in grid.copies.items():
            if shape.lost:
                groups.setdefault((None, "#REF!", False), []).extend(at for at in copies if at not in shown)
        for (_shape, code, form), cells in groups.items():
            yield from (_error_found(sheet, area, code, form) for area in blocks(cells))


def _own_error(grid: FormulaGrid, at: Address, errors: Scattered, texts: Container[Address]) -> str | None:
    """The error the cell makes itself; None where it only passes one on or sets it on purpose."""
    code = str(grid.sheet.value(at.row, at.column))
    shape = grid.shapes.get((at.row, at.column))
    if shape is None:
        return code
    if shape.lost:
        return "#REF!"
    if shape.elsewhere:
        return None  # the link is reported (FRM05)
    if code == "#N/A" and "NA" in shape.form.functions:
        return None
    read = list(areas_of(shape, at))
    if any(errors.meet(sheet, area, besides=at) for sheet, area in read):
        return None
    if code == "#VALUE!" and any(area.size == 1 and Address(sheet, *area[:2]) in texts for sheet, area in read):
        return None  # the number that is text is reported (NUM01)
    return code


def _error_found(sheet: str, area: Area, code: str, form: bool) -> Found:
    at = Address(sheet, area.top, area.left)
    count = area.size
    shown = german_error(code)
    message = plural(
        "{at} ergibt {shown}: {meaning}.",
        "{at} bis {last} ergeben {shown} ({count} Zellen): {meaning}.",
        count,
    ).format(
        at=at,
        last=Address(sheet, area.bottom, area.right).a1,
        shown=shown,
        count=number(count),
        meaning=_error_meaning(code),
    )
    return Found(
        at,
        code,
        None,
        message,
        _error_hint(code),
        area=area.a1 if count > 1 else None,
        severity=Severity.NOTICE if form else None,
    )


def german_error(code: str) -> str:
    """The error as Excel shows it in the language in force."""
    return {
        "#REF!": _("#BEZUG!"),
        "#DIV/0!": _("#DIV/0!"),
        "#NAME?": _("#NAME?"),
        "#N/A": _("#NV"),
        "#VALUE!": _("#WERT!"),
        "#NUM!": _("#ZAHL!"),
        "#NULL!": _("#NULL!"),
    }.get(code, code)


def _error_meaning(code: str) -> str:
    return {
        "#REF!": _("der Bezug zeigt auf eine gelöschte Zelle"),
        "#DIV/0!": _("geteilt durch 0 oder eine leere Zelle"),
        "#NAME?": _("der Name oder die Funktion ist unbekannt"),
        "#N/A": _("der gesuchte Wert ist nicht vorhanden"),
        "#VALUE!": _("gerechnet mit Text oder einer falschen Art von Wert"),
        "#NUM!": _("die Zahl ist unzulässig oder zu groß"),
        "#NULL!": _("die Bereiche haben keine gemeinsame Zelle"),
    }.get(code, _("kein gültiger Wert"))


def _error_hint(code: str) -> str:
    return {
        "#REF!": _("Den verlorenen Bezug neu setzen."),
        "#DIV/0!": _('Den Nenner eintragen oder den Fall mit WENN(Nenner=0;"";…) abfangen.'),
        "#NAME?": _("Schreibweise des Namens oder der Funktion berichtigen."),
        "#N/A": _("Den gesuchten Eintrag in der Liste ergänzen oder den Suchbegriff berichtigen."),
        "#VALUE!": _("Die Zellen der Formel auf Text prüfen, der eine Zahl sein soll."),
    }.get(code, _("Die Formel und ihre Eingaben prüfen."))
