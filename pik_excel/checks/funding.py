"""Which amounts stand in years in which their measure is not funded? (YRS04)"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.tables import Measure, MeasureTable, Status, YearColumn
from pik_excel.checks.by_year import tables_by_year
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.terms import Term, Terms
from pik_excel.checks.wording import money, plain
from pik_excel.checks.years import are_sound
from pik_excel.grid.reference import Area
from pik_excel.language import _, day


@rule("YRS04", "amount-outside-funding-period", Severity.ERROR, yields_to=("YRS01", "YRS02"))
def amount_outside_funding_period(subject: Subject) -> Iterator[Found]:
    """Betrag außerhalb der Laufzeit

    Was: Ein Betrag steht in einem Jahr, für das die Mappe selbst sagt, dass die Maßnahme dann nicht läuft oder nicht
    finanziert ist: in einer Spalte (befristet bis, Förderzeitraum), einer Bemerkung, einer Fußnote oder in „Annahmen“.

    Warum: Der Ansatz ist zu hoch, oder die Befristung stimmt nicht mehr; beides zugleich kann nicht gelten.

    Quelle: Mitteilungsvorlage GRDrs 198/2021: Verlängerung bis 31.12.2023, ab 2024 also 0.

    Falsch (D3):

    |   | A        | B         | C         | D         | E                       |
    |---|----------|-----------|-----------|-----------|-------------------------|
    | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | Bemerkung               |
    | 2 | OMID     | 290       | 290       | 290       |                         |
    | 3 | Campus   | 123       | 123       | 123       | befristet bis 31.12.2023 |
    | 4 | Refugio  | 40        | 40        | 40        |                         |

    Falsch (B3):

    |   | A        | B         | C         | D         | E             |
    |---|----------|-----------|-----------|-----------|---------------|
    | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | Förderzeitraum |
    | 2 | OMID     | 290       | 290       | 290       |               |
    | 3 | Campus   | 123       | 123       | 123       | '2023–2025    |
    | 4 | Refugio  | 40        | 40        | 40        |               |

    Richtig:

    |   | A        | B         | C         | D         | E                        |
    |---|----------|-----------|-----------|-----------|--------------------------|
    | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | Bemerkung                |
    | 2 | OMID     | 290       | 290       | 290       | zunächst bis 2023        |
    | 3 | Campus   | 123       | 123       | 0         | befristet bis 31.12.2023 |
    | 4 | Refugio  | 40        | 40        | 40        |                          |

    Beheben: Den Betrag auf 0 setzen oder die Befristung berichtigen.

    Schweigt: wo nichts ausdrücklich gesagt ist oder offen bleibt, was danach kommt (zunächst, vorerst, Verlängerung
    beantragt); bei zusätzlich angemeldeten Beträgen, wenn nur die bisherigen Mittel enden; in Jahren, für die ein
    Bedarf über die Finanzierung hinaus genannt ist (YRS05).
    """
    terms = Terms(subject)
    for table in filter(are_sound, tables_by_year(subject)):
        for measure in table.measures:
            for term in terms.of(measure, table):
                if not (term.of_money and table.status is Status.REQUESTED):
                    yield from _outside(measure, table, term)


def _outside(measure: Measure, table: MeasureTable, term: Term) -> Iterator[Found]:
    """One finding for neighbouring years."""
    run: list[tuple[YearColumn, Amount]] = []
    for column, amount in zip(table.columns, measure.amounts, strict=False):
        amiss = amount.statement is Statement.NUMBER and bool(amount.stated) and not term.holds(column.year.value)
        if run and (not amiss or _apart(run[-1][1], amount)):
            yield _found(measure, run, term)
            run = []
        if amiss:
            run.append((column, amount))
    if run:
        yield _found(measure, run, term)


def _apart(one: Amount, next_: Amount) -> bool:
    return (next_.at.column - one.at.column) + (next_.at.row - one.at.row) > 1


def _found(measure: Measure, run: list[tuple[YearColumn, Amount]], term: Term) -> Found:
    column, amount = run[0]
    at, last = amount.at, run[-1][1].at
    assert amount.stated is not None
    too_late = term.last is not None and column.year.value > term.last.year
    if too_late and term.last is not None:
        message = (
            _("{at}: {amount} für {year}, finanziert ist „{name}“ aber nur bis {end} ({source}).")
            if term.of_money
            else _("{at}: {amount} für {year}, „{name}“ ist aber bis {end} befristet ({source}).")
        ).format(
            at=at,
            amount=money(amount.stated, amount.unit),
            year=column.year.shown,
            name=measure.name,
            end=day(term.last),
            source=_source(term, at.sheet),
        )
    else:
        assert term.first is not None
        message = _("{at}: {amount} für {year}, „{name}“ beginnt aber erst am {start} ({source}).").format(
            at=at,
            amount=money(amount.stated, amount.unit),
            year=column.year.shown,
            name=measure.name,
            start=day(term.first),
            source=_source(term, at.sheet),
        )
    return Found(
        at=at,
        stated=plain(amount.stated),
        expected="0",
        message=message,
        hint=_("Den Betrag auf 0 setzen oder die Angabe in {source} berichtigen.").format(
            source=_source(term, at.sheet)
        ),
        related=(str(term.at),),
        area=Area(at.row, at.column, last.row, last.column).a1 if len(run) > 1 else None,
        identity=(measure.name, str(column.year)),
    )


def _source(term: Term, sheet: str) -> str:
    return term.at.a1 if term.at.sheet == sheet else str(term.at)
