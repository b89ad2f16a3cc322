"""Which measures stand in two rows? (MSR02)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pik_excel.budget.tables import (
    AmountColumn,
    Measure,
    MeasureList,
    MeasureTable,
    YearColumn,
)
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.twins import Doubt, Twins, twin_assumptions, twin_measures
from pik_excel.checks.wording import money
from pik_excel.language import _


@rule("MSR02", "measure-twice", Severity.ERROR, yields_to=("MSR01",))
def measure_twice(subject: Subject) -> Iterator[Found]:
    """Maßnahme doppelt aufgeführt

    Was: Dieselbe Maßnahme steht mit Beträgen für dasselbe Jahr in zwei Zeilen einer Tabelle, oder zweimal für dieselben
    Jahre und dasselbe Szenario in „Annahmen“.

    Warum: Der Bedarf geht doppelt in die Summe ein; beim Vergleich mit anderen Tabellen ist unklar, welche Zeile gilt.

    Quelle: § 10 GemHVO BW (Planungsgrundsätze); Praxis der Haushaltsplanung.

    Falsch (A5):

    |   | A                    | B                | C                |
    |---|----------------------|------------------|------------------|
    | 1 | Maßnahme             | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé Mitte        | 66               | 66               |
    | 3 | Lernräume            | 290              | 290              |
    | 4 | Sprachkurs           | 60               | 60               |
    | 5 | Jobcafé  (Mitte)     | 66               | 66               |
    | 6 | Summe                | =SUM(B2:B5) → 482 | =SUM(C2:C5) → 482 |

    Richtig:

    |   | A               | B                | C                |
    |---|-----------------|------------------|------------------|
    | 1 | Maßnahme        | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé Mitte   | 66               | 66               |
    | 3 | Lernräume       | 290              | 290              |
    | 4 | Jobcafé Ost     | 66               | 66               |
    | 5 | Summe           | =SUM(B2:B4) → 422 | =SUM(C2:C4) → 422 |

    Beheben: Eine der Zeilen streichen oder beide zusammenfassen; sind es zwei Maßnahmen, sie unterscheidbar benennen.

    Schweigt: wenn sich die Zeilen in Produkt, Träger, Konto, Abschnitt oder Jahr unterscheiden oder jede ihre eigene
    Fußnote trägt, wenn die eine der Ertrag zur anderen ist, und in „Annahmen“ bei verschiedenen Szenarien oder Jahren.
    Trägt nur eine Zeile eine Fußnote, ist es eine Warnung; sind Befristung oder Bemerkung verschieden, ein Hinweis."""
    for table in subject.reading.budget.tables:
        for twins in twin_measures(subject.reading.workbook, table, subject.schema):
            yield _twice(table, twins)
    for assumptions in subject.reading.budget.assumptions:
        for one, other in twin_assumptions(assumptions):
            yield Found(
                at=other.at,
                stated=other.measure,
                expected=None,
                message=_("{at}: Für „{name}“ gilt in denselben Jahren schon die Annahme in {first}.").format(
                    at=other.at, name=other.measure, first=one.at.a1
                ),
                hint=_("Bitte eine Zeile streichen oder Jahre oder Szenario so eintragen, dass nur eine gilt."),
                related=(str(one.at),),
                identity=("assumption", other.measure),
            )


def _twice(table: MeasureTable | MeasureList, twins: Twins) -> Found:
    first, again = twins.first, twins.again
    message = _("{at}: „{name}“ steht schon in {first} ({one}) und hier noch einmal ({other}).").format(
        at=again.at,
        name=again.name,
        first=first.at.a1,
        one=_first_stated(table, first),
        other=_first_stated(table, again),
    )
    if twins.doubt is Doubt.FOOTNOTE:
        message += " " + _("Nur eine der Zeilen trägt eine Fußnote.")
    elif twins.doubt is Doubt.TERM:
        message += " " + _("Befristung oder Bemerkung sind verschieden.")
    return Found(
        at=again.at,
        stated=again.name,
        expected=None,
        message=message,
        hint=_("Bitte eine Zeile streichen oder beide so benennen, dass sie sich unterscheiden."),
        related=(str(first.at),),
        identity=("measure", again.name),
        severity={Doubt.FOOTNOTE: Severity.WARNING, Doubt.TERM: Severity.NOTICE}.get(twins.doubt),
    )


def _first_stated(table: MeasureTable | MeasureList, measure: Measure) -> str:
    columns: Sequence[YearColumn | AmountColumn] = table.columns
    pairs = zip(columns, measure.amounts, strict=False)
    return next((f"{column.shown}: {money(one.stated, one.unit)}" for column, one in pairs if one.stated), "0")
