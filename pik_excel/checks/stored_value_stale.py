"""Which stored values are not what their formulas give? (FRM06)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal

from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.computed import stale
from pik_excel.checks.error_value import german_error
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import Shape, blocks, contents, formulas
from pik_excel.checks.wording import plain
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import ErrorValue, Value
from pik_excel.language import _, number
from pik_excel.recalc.stale import Stale, inputs_text

_AS_EXCEL_SHOWS = Context(prec=15)


@rule("FRM06", "stored-value-stale", Severity.WARNING, yields_to=("FRM03", "FRM05"))
def stored_value_stale(subject: Subject) -> Iterator[Found]:
    """Gespeicherter Wert veraltet

    Was: Der Wert, der mit einer Formel gespeichert ist, ist nicht der, den die Formel ergibt, oder er fehlt.

    Warum: Wer die Mappe nur ansieht (Vorschau, Druck, Import in ein anderes Programm), sieht den alten Wert; Excel
    zeigt nach der nächsten Berechnung einen anderen.

    Quelle: Entsteht bei manueller Berechnung und durch Programme, die Formeln ändern, ohne sie zu rechnen. Gemeldet
    wird nur, worin zwei voneinander unabhängige Rechnungen gegen den gespeicherten Wert übereinstimmen.

    Falsch (B4):

    |   | A        | B            | C            |
    |---|----------|--------------|--------------|
    | 1 | Maßnahme | 2022 TEUR    | 2023 TEUR    |
    | 2 | OMID     | 290          | =B2 → 290    |
    | 3 | Refugio  | 40           | =B3 → 40     |
    | 4 | Summe    | =B2+B3 → 320 | =C2+C3 → 330 |

    Richtig:

    |   | A        | B            | C            |
    |---|----------|--------------|--------------|
    | 1 | Maßnahme | 2022 TEUR    | 2023 TEUR    |
    | 2 | OMID     | 290          | =B2 → 290    |
    | 3 | Refugio  | 40           | =B3 → 40     |
    | 4 | Summe    | =B2+B3 → 330 | =C2+C3 → 330 |

    Beheben: In Excel F9 (neu berechnen) und speichern; Berechnung auf „Automatisch“ stellen. Oder `pik-excel recalc`.

    Schweigt: wo eine der beiden Rechnungen die Formel nicht sicher beherrscht, bei Zellen, die nur einen veralteten
    Wert weiterreichen, und bei Mappen, die nie ein rechnendes Programm gespeichert hat.
    """
    for grid in formulas(subject).grids:
        here = {(at.row, at.column): one for at, one in stale(subject).items() if at.sheet == grid.sheet.name}
        by_shape: dict[Shape | None, list[tuple[int, int]]] = {}
        for cell in here:
            by_shape.setdefault(grid.shapes.get(cell), []).append(cell)
        for cells in by_shape.values():
            for area in blocks(cells):
                one = here[area.top, area.left]
                yield _stale_found(one, area, inputs_text(contents(subject), one.at))


def _stale_found(one: Stale, area: Area, given: str) -> Found:
    count = area.size
    if one.stored is None:
        said = _("{at}: Zur Formel ist kein Wert gespeichert; sie ergibt {computed}")
    else:
        said = _("{at}: Gespeichert ist {stored}, die Formel ergibt {computed}")
    message = said.format(at=one.at, stored=_shown(one.stored), computed=_shown(one.computed))
    inputs = f" ({given})" if given else ""
    last = Address(one.at.sheet, area.bottom, area.right).a1
    others = _("; ebenso bis {last} ({count} Zellen)").format(last=last, count=number(count)) if count > 1 else ""
    return Found(
        at=one.at,
        stated=_plain_value(one.stored),
        expected=_plain_value(one.computed),
        message=f"{message}{inputs}{others}.",
        hint=_("In Excel neu berechnen (F9) und speichern."),
        area=area.a1 if count > 1 else None,
    )


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):
        return number(_AS_EXCEL_SHOWS.plus(value))
    return german_error(value) if isinstance(value, ErrorValue) else str(value if value is not None else "")


def _plain_value(value: Value) -> str | None:
    return plain(_AS_EXCEL_SHOWS.plus(value)) if isinstance(value, Decimal) else None if value is None else str(value)
