"""Which formula does not compute like those around it? (FRM01)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.checks.breaks import Break, breaks
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.evidence import as_exact_as
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.wording import plain, shortened_formula
from pik_excel.grid.reference import Address
from pik_excel.language import _, number


@rule(
    "FRM01",
    "formula-breaks-pattern",
    Severity.WARNING,
    yields_to=("SUM01", "SUM03", "SUM04", "SUM06", "SUM08", "FRM03", "FRM04", "FRM05", "FRM06", "FIN05"),
)
def formula_breaks_pattern(subject: Subject) -> Iterator[Found]:
    """Formel weicht von ihren Nachbarn ab

    Was: In einer Reihe gleicher Formeln rechnet eine einzelne anders und kommt zu einem anderen Ergebnis, oder sie käme
    mit anderen Zahlen dazu. Ist sie nur um einen Handgriff anders (ein Bezug daneben, Plus statt Minus, ein Glied
    weniger, Bezüge nicht mitgewandert), genügen zwei gleiche Formeln neben ihr.

    Warum: Wer die erste Formel der Reihe prüft, verlässt sich darauf, dass alle so rechnen. Meist ist ein Bezug
    verrutscht oder ein Sonderfall vergessen worden.

    Quelle: Zhang u. a. 2021: 678 von 3.702 fehlerhaften Zellen echter Arbeitsmappen waren falsche Formeln. Verglichen
    wird die Z1S1-Form (Bezüge als Abstände), in der kopierte Formeln gleich sind.

    Falsch (C4):

    |   | A          | B                 | C                        |
    |---|------------|-------------------|--------------------------|
    | 1 | Maßnahme   | 2022 TEUR         | 2023 TEUR                |
    | 2 | Beratung   | 290               | =ROUND(B2*1.1,0) → 319   |
    | 3 | Sprachkurs | 40                | =ROUND(B3*1.1,0) → 44    |
    | 4 | Begleitung | 60                | =ROUND(B3*1.1,0) → 44    |
    | 5 | Schulung   | 80                | =ROUND(B5*1.1,0) → 88    |
    | 6 | Patenschaft| 50                | =ROUND(B6*1.1,0) → 55    |
    | 7 | Summe      | =SUM(B2:B6) → 520 | =SUM(C2:C6) → 550        |

    Richtig:

    |   | A          | B                 | C                        |
    |---|------------|-------------------|--------------------------|
    | 1 | Maßnahme   | 2022 TEUR         | 2023 TEUR                |
    | 2 | Beratung   | 290               | =ROUND(B2*1.1,0) → 319   |
    | 3 | Sprachkurs | 40                | =ROUND(B3*1.1,0) → 44    |
    | 4 | Begleitung | 60                | =ROUND(B4*1.1,0) → 66    |
    | 5 | Schulung   | 80                | =ROUND(B5*1.1,0) → 88    |
    | 6 | Patenschaft| 50                | =ROUND(B6*1.1,0) → 55    |
    | 7 | Summe      | =SUM(B2:B6) → 520 | =SUM(C2:C6) → 572        |

    Beheben: Formel der Nachbarzelle hineinkopieren. Ist der Sonderfall gewollt, einen Kommentar an die Zelle schreiben
    oder die Regel für diese Zelle ausschließen.

    Schweigt: wo beide Formeln dieselben Zellen lesen und dasselbe ergeben (=B2+C2 und =SUMME(B2:C2)), bei Summen und
    Salden der eigenen Spalte oder Zeile (Zwischensummen), bei Zeilen, die auch in anderen Spalten anders rechnen, wo
    mehrere Formeln sich abwechseln, und am Anfang und Ende einer Reihe, wo die Formel der Nachbarn dort anderes läse
    als sonst.
    """
    for one in breaks(subject):
        yield _broken(subject, one)


def _broken(subject: Subject, one: Break) -> Found:
    workbook = subject.reading.workbook
    cell = workbook.cell(one.at)
    formula = shortened_formula((cell and cell.formula) or "")
    expected = as_exact_as(one.expected, one.stated) if one.expected is not None else None
    return Found(
        at=one.at,
        stated=plain(one.stated),
        expected=plain(expected) if expected is not None else None,
        message=_message(one, formula, expected),
        hint=_("Formel aus {model} hierher kopieren oder die Abweichung in einem Kommentar begründen.").format(
            model=one.model.a1
        ),
        related=(str(one.model),),
    )


def _message(one: Break, formula: str, expected: Decimal | None) -> str:
    if expected is None:
        return _("{at}: ={formula} rechnet anders als die Formeln davor und danach (wie {model}).").format(
            at=one.at, formula=formula, model=one.model.a1
        )
    if one.differs:
        said = _("{at}: ={formula} ergibt {stated}; gerechnet wie die Zellen davor und danach wären es {expected}.")
        return said.format(at=one.at, formula=formula, stated=number(one.stated), expected=number(expected))
    if not one.apart:
        return _(
            "{at}: ={formula} rechnet anders als die Formeln davor und danach; noch ergibt beides {stated}."
        ).format(at=one.at, formula=formula, stated=number(one.stated))
    cells = ", ".join(Address(one.at.sheet, *place).a1 for place in one.apart)
    return _(
        "{at}: ={formula} liest andere Zellen als die Formeln davor und danach ({cells}); noch ergibt beides {stated}."
    ).format(at=one.at, formula=formula, cells=cells, stated=number(one.stated))
