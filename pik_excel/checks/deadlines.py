"""By which day must the use of a grant be proved, and what does that need which is not funded until then? (YRS06)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pik_excel.budget.periods import Deadline, deadlines, last_day
from pik_excel.budget.tables import Assumption, Budget, Posts
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.language import _, day, plural


@rule("YRS06", "evidence-deadline", Severity.NOTICE)
def evidence_deadline(subject: Subject) -> Iterator[Found]:
    """Frist für den Verwendungsnachweis

    Was: Der Tag, bis zu dem die Verwendung einer Zuwendung nachzuweisen ist: das Ende des Bewilligungszeitraums
    und danach so viele Monate, wie die Frist nennt. Genannt wird auch, was bis zum Ende des Zeitraums gebraucht
    wird, aber nicht bis zum Nachweis finanziert ist. Eine Warnung ist es, wenn die Mappe einen anderen Tag nennt.

    Warum: Ohne rechtzeitigen Nachweis kann die Zuwendung widerrufen werden.

    Quelle: Nebenbestimmungen des Zuwendungsbescheids; Mitteilungsvorlage GRDrs 198/2021: drei Monate nach dem
    31.12.2022, also der 31.03.2023.

    Falsch (B5):

    |   | A                          | B          |
    |---|----------------------------|------------|
    | 1 | Landeszuschuss Beratung    |            |
    | 2 | Zuschuss EUR               | 540000     |
    | 3 | Stellen                    | 3          |
    | 4 | Bewilligungszeitraum von   | 2021-01-01 |
    | 5 | Bewilligungszeitraum bis   | 2023-12-31 |
    | 6 | Frist in Monaten           | 3          |

    Richtig:

    |   | A                          | B          |
    |---|----------------------------|------------|
    | 1 | Landeszuschuss Beratung    |            |
    | 2 | Zuschuss EUR               | 540000     |
    | 3 | Stellen                    | 3          |
    | 4 | Bewilligungszeitraum von   | 2021-01-01 |
    | 5 | Bewilligungszeitraum bis   | 2023-12-31 |

    Beheben: Frist vormerken; was der Nachweis braucht, bis dahin finanzieren. Weicht der genannte Tag ab, ihn
    berichtigen.

    Schweigt: wo das Ende des Zeitraums oder die Frist in Monaten fehlt.
    """
    budget = subject.reading.budget
    for one in deadlines(budget):
        yield _due(one, budget)
        stated = last_day(one.stated)
        if one.stated is not None and stated is not None and stated != one.day and not one.stated.formula:
            yield _contradicted(one, stated)


def _due(one: Deadline, budget: Budget) -> Found:
    message = plural(
        "{at}: „{name}“ endet am {end}; der Verwendungsnachweis ist {months} Monat später fällig, bis {due}.",
        "{at}: „{name}“ endet am {end}; der Verwendungsnachweis ist {months} Monate später fällig, bis {due}.",
        one.months,
    ).format(at=one.end.at, name=one.name, end=day(one.ends), months=one.months, due=day(one.day))
    short = list(_not_funded_until(one, budget))
    if short:
        listed = ", ".join(
            _("„{name}“ (Mittel bis {until})").format(name=name, until=day(until)) for name, until, _at in short[:3]
        )
        message += " " + _("Bis dahin nicht finanziert: {listed}.").format(listed=listed)
    return Found(
        at=one.end.at,
        stated=one.ends.isoformat(),
        expected=one.day.isoformat(),
        message=message,
        hint=_("Frist vormerken und finanzieren, was der Nachweis bis dahin braucht."),
        related=tuple(at for _name, _until, at in short),
        identity=(one.name,),
    )


def _not_funded_until(one: Deadline, budget: Budget) -> Iterator[tuple[str, date, str]]:
    """What is needed until the grant ends or is proved, but has money for a shorter time only."""
    records: list[tuple[str, Assumption | Posts]] = [(row.measure, row) for t in budget.assumptions for row in t.rows]
    records += [(posts.name, posts) for posts in budget.posts]
    for name, record in records:
        needed, funding = last_day(record.field("bedarfszeitraum_bis")), record.field("foerderzeitraum_bis")
        funded = last_day(funding)
        if record is one.record or funding is None or needed is None or funded is None:
            continue
        if one.ends <= needed <= one.day and funded < one.day:
            yield name, funded, str(funding.at)


def _contradicted(one: Deadline, stated: date) -> Found:
    assert one.stated is not None
    return Found(
        at=one.stated.at,
        stated=stated.isoformat(),
        expected=one.day.isoformat(),
        message=_("{at}: {stated} statt {due}; so ergibt es sich aus dem Ende {end} und der Frist in Monaten.").format(
            at=one.stated.at, stated=day(stated), due=day(one.day), end=day(one.ends)
        ),
        hint=_("Den Tag oder die Frist berichtigen, wie der Bescheid sie nennt."),
        related=(str(one.end.at),),
        identity=(one.name, "stated"),
        severity=Severity.WARNING,
    )
