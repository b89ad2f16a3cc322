"""Which totals are off because their rows were rounded? (SUM07)"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.checks.added import TotalCell
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.rounding import Rounded, rounded_apart
from pik_excel.checks.runs import blocks, named
from pik_excel.checks.wording import money, plain
from pik_excel.grid.reference import Area
from pik_excel.language import _, number, plural


@rule("SUM07", "rounding-difference", Severity.NOTICE, yields_to=("FRM06", "NUM01"))
def rounding_difference(subject: Subject) -> Iterator[Found]:
    """Rundungsdifferenz

    Was: Die Summe der gerundeten Zeilen ist nicht die gerundete Summe der genauen Beträge; ob mit RUNDEN gerundet wird
    oder nur das Zahlenformat Nachkommastellen weglässt.

    Warum: Beides ist richtig gerechnet, aber zwei Zahlen für dasselbe führen zu Rückfragen.

    Quelle: DIN 1333 (kaufmännisch runden). Üblich ist, die gerundeten Zeilen zu addieren und auf die Differenz
    hinzuweisen; die Summe darf je Zeile höchstens um eine halbe Einheit abweichen.

    Falsch (B4):

    Blatt "Annahmen":

    |   | A                 | B          |
    |---|-------------------|------------|
    | 1 | Maßnahme          | Bedarf EUR |
    | 2 | Jobkraftwerk      | 65500      |
    | 3 | Ausbildungscampus | 149810     |

    Blatt "Finanzielle Auswirkungen":

    |   | A                 | B                                  | C         |
    |---|-------------------|------------------------------------|-----------|
    | 1 | Maßnahme          | 2022 TEUR                          | 2023 TEUR |
    | 2 | Jobkraftwerk      | =ROUND(Annahmen!B2/1000,0) → 66    | 0         |
    | 3 | Ausbildungscampus | =ROUND(Annahmen!B3/1000,0) → 150   | 0         |
    | 4 | Finanzbedarf      | =SUM(B2:B3) → 216                  | =SUM(C2:C3) → 0 |

    Richtig:

    Blatt "Annahmen":

    |   | A                 | B          |
    |---|-------------------|------------|
    | 1 | Maßnahme          | Bedarf EUR |
    | 2 | Jobkraftwerk      | 65500      |
    | 3 | Ausbildungscampus | 150000     |

    Blatt "Finanzielle Auswirkungen":

    |   | A                 | B                                  | C         |
    |---|-------------------|------------------------------------|-----------|
    | 1 | Maßnahme          | 2022 TEUR                          | 2023 TEUR |
    | 2 | Jobkraftwerk      | =ROUND(Annahmen!B2/1000,0) → 66    | 0         |
    | 3 | Ausbildungscampus | =ROUND(Annahmen!B3/1000,0) → 150   | 0         |
    | 4 | Finanzbedarf      | =SUM(B2:B3) → 216                  | =SUM(C2:C3) → 0 |

    Beheben: Nichts, wenn die Zeilen addiert werden sollen; ein Hinweis „Rundungsdifferenzen möglich“ unter der Tabelle
    erspart die Rückfrage.

    Schweigt: wo die genauen Beträge nicht in der Mappe stehen und wo beide Summen gleich sind.
    """
    rows: dict[tuple[str, int], dict[tuple[int, int], tuple[TotalCell, Rounded]]] = {}
    for at, found in rounded_apart(subject).items():
        rows.setdefault((at.sheet, at.row), {})[at.row, at.column] = found
    for by_place in rows.values():
        for area in blocks(by_place):
            yield _rounded(*by_place[area.top, area.left], area)


def _rounded(cell: TotalCell, rounded: Rounded, area: Area) -> Found:
    message = {
        "rows": _("{at}: {shown} aus gerundeten Zeilen; die genauen Beträge ergeben {exact}, gerundet {other}"),
        "sources": _("{at}: {shown} aus genauen Beträgen ({exact}); die gerundeten Zeilen ergeben {other}"),
        "display": _("{at}: Angezeigt wird {shown} (genau {exact}); die angezeigten Zeilen ergeben {other}"),
    }[rounded.by]
    others = area.right - area.left
    message += (
        plural("; ebenso in der Spalte daneben", "; ebenso in {others} Spalten daneben", others) if others else ""
    )
    return Found(
        at=cell.at,
        stated=plain(rounded.shown),
        expected=plain(rounded.other),
        message=(message + ".").format(
            at=cell.at,
            shown=money(rounded.shown, cell.unit),
            exact=money(rounded.exact * cell.unit.factor),
            other=money(rounded.other, cell.unit),
            others=number(others),
        ),
        hint=_("Nichts zu ändern; ein Hinweis „Rundungsdifferenzen möglich“ unter der Tabelle erspart Rückfragen."),
        related=(named(cell.at.sheet, cell.own_range),),
        area=area.a1 if others else None,
        identity=(cell.total.label, cell.heading),
    )
