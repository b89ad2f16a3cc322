"""Which formulas hold an amount that has no cell of its own? (FRM04)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.checks.added import TotalCell, totals
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.constants import typed_amounts
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import FormulaGrid, blocks, formulas
from pik_excel.checks.wording import money, shortened_formula
from pik_excel.grid.reference import Address, Area
from pik_excel.language import _, number, plural
from pik_excel.recalc.syntax import Number


@rule("FRM04", "constant-in-formula", Severity.NOTICE, yields_to=("FRM03", "FRM05"))
def constant_in_formula(subject: Subject) -> Iterator[Found]:
    """Getippter Betrag in einer Formel

    Was: Eine Formel enthält einen Betrag, der nicht in einer eigenen Zelle steht, etwa =SUM(B4:B9)+5 oder
    =400000-200000.

    Warum: Der Betrag ist unsichtbar, hat keine Bezeichnung und keine Quelle und bleibt stehen, wenn sich sein Grund
    ändert.

    Quelle: Prüfpraxis; in einem einzigen öffentlichen Finanzplan fanden sich 141 solche Zellen.

    Falsch (B4):

    |   | A        | B               | C               |
    |---|----------|-----------------|-----------------|
    | 1 | Maßnahme | 2022 TEUR       | 2023 TEUR       |
    | 2 | OMID     | 290             | 290             |
    | 3 | Refugio  | 40              | 40              |
    | 4 | Summe    | =B2+B3+25 → 355 | =C2+C3 → 330    |

    Falsch (B2):

    |   | A        | B                       | C        |
    |---|----------|-------------------------|----------|
    | 1 | Maßnahme | 2022 EUR                | 2023 EUR |
    | 2 | OMID     | =400000-200000 → 200000 | 200000   |
    | 3 | Refugio  | 40000                   | 40000    |

    Richtig:

    |   | A        | B                                 | C                      |
    |---|----------|-----------------------------------|------------------------|
    | 1 | Maßnahme | 2022 EUR                          | 2023 EUR               |
    | 2 | OMID     | 290500                            | =B2*(1+2%) → 296310    |
    | 3 | Refugio  | =ROUND(C3/12,0)*12 → 39996        | 40000                  |
    | 4 | Summe    | =SUM(B2:B3) → 330496              | =SUM(C2:C3) → 336310   |

    Beheben: Den Betrag in eine eigene, beschriftete Zelle schreiben und die Formel darauf verweisen lassen. Steht er in
    einer Summe, die deshalb von ihren Zeilen abweicht, ist der Befund ein Fehler: Es fehlt eine Zeile.

    Schweigt: bei Umrechnungen (/1000, *12, *100, Prozent), bei Stellenzahlen von RUNDEN, bei 0 und 1, bei Jahreszahlen
    und Datumsfunktionen und bei Zahlen in Vergleichen.
    """
    wrong = {cell.at: cell for cell in totals(subject) if cell.expected is not None and not cell.is_right}
    for grid in formulas(subject).grids:
        for shape, cells in grid.copies.items():
            amounts = typed_amounts(shape.tree) if Number in shape.form.kinds else ()
            if amounts:
                yield from (_constant_found(grid, amounts, area, wrong) for area in blocks(cells))


def _constant_found(
    grid: FormulaGrid, amounts: tuple[Decimal, ...], area: Area, wrong: dict[Address, TotalCell]
) -> Found:
    at = Address(grid.sheet.name, area.top, area.left)
    cell = grid.sheet.cells[at.row, at.column]
    total = wrong.get(at)
    shown = ", ".join(number(abs(amount)) for amount in amounts[:4]) + (" …" if len(amounts) > 4 else "")
    return Found(
        at=at,
        stated="=" + (cell.formula or ""),
        expected=None,
        message=plural(
            "{at}: Die Formel ={formula} enthält den getippten Betrag {amounts}.",
            "{at}: Die Formel ={formula} enthält getippte Beträge: {amounts}.",
            len(amounts),
        ).format(at=at, formula=shortened_formula(cell.formula or ""), amounts=shown)
        + ("" if total is None else " " + _the_rows_say(total)),
        hint=_("Den Betrag in eine eigene, beschriftete Zelle schreiben und darauf verweisen."),
        area=area.a1 if area.a1 != at.a1 else None,
        severity=None if total is None else Severity.ERROR,
    )


def _the_rows_say(total: TotalCell) -> str:
    return _("Die Zeilen der Summe ergeben ohne ihn {expected}.").format(
        expected=money(total.expected or Decimal(0), total.unit)
    )
