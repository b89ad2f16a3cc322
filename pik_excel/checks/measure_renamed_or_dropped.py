"""Which measures do not go on under their name in the table that follows? (MSR04)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.tables import (
    Measure,
)
from pik_excel.checks.assumed import is_filled, rows_about, years_of
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.counterparts import Counterpart, counterparts
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.succession import Renamed, Succession, last_amount, successions
from pik_excel.checks.wording import money, shortened
from pik_excel.language import _, number

_AT_MOST = 12  # findings of one comparison; more dropped measures than that are one finding


@rule("MSR04", "measure-renamed-or-dropped", Severity.WARNING)
def measure_renamed_or_dropped(subject: Subject) -> Iterator[Found]:
    """Maßnahme weggefallen, umbenannt oder neu

    Was: Eine Tabelle setzt eine andere für die folgenden Jahre fort, aber eine Maßnahme der älteren fehlt in ihr ohne
    ein Wort (Warnung), heißt vermutlich anders (Warnung; Hinweis, wenn der frühere Name unter den Aliasen steht), oder
    ist neu (Hinweis). Umbenennungen werden nur vorgeschlagen, nie zusammengeführt. Ebenso, wenn eine Tabelle des
    Gesamtbedarfs andere Maßnahmen nennt als die der bereitgestellten Mittel und des zusätzlichen Bedarfs.

    Warum: Nur wenn jede Maßnahme der alten Tabelle in der neuen wiederzufinden ist, geht die Überleitung von einem
    Haushalt zum nächsten auf.

    Quelle: Praxis der Haushaltsplanung (Überleitungsrechnung); § 17 GemHVO BW (Erläuterungen).

    Falsch (A5):

    |    | A           | B                | C                |
    |----|-------------|------------------|------------------|
    | 1  | Maßnahme    | 2020 TEUR        | 2021 TEUR        |
    | 2  | Jobcafé     | 50               | 50               |
    | 3  | Lernräume   | 290              | 290              |
    | 4  | Sprachkurs  | 80               | 80               |
    | 5  | Ferienlager | 18               | 18               |
    | 6  | Summe       | =SUM(B2:B5) → 438 | =SUM(C2:C5) → 438 |
    | 7  |             |                  |                  |
    | 8  |             |                  |                  |
    | 9  | Maßnahme    | 2022 TEUR        | 2023 TEUR        |
    | 10 | Jobcafé     | 66               | 66               |
    | 11 | Lernräume   | 290              | 290              |
    | 12 | Sprachkurs  | 60               | 60               |
    | 13 | Summe       | =SUM(B10:B12) → 416 | =SUM(C10:C12) → 416 |

    Richtig:

    |    | A                                       | B                | C                |
    |----|-----------------------------------------|------------------|------------------|
    | 1  | Maßnahme                                | 2020 TEUR        | 2021 TEUR        |
    | 2  | Jobcafé                                 | 50               | 50               |
    | 3  | Lernräume                               | 290              | 290              |
    | 4  | Sprachkurs                              | 80               | 80               |
    | 5  | Ferienlager*                            | 18               | 18               |
    | 6  | Summe                                   | =SUM(B2:B5) → 438 | =SUM(C2:C5) → 438 |
    | 7  | *Haushaltsmittel stehen auch 2022 bereit |                  |                  |
    | 8  |                                         |                  |                  |
    | 9  | Maßnahme                                | 2022 TEUR        | 2023 TEUR        |
    | 10 | Jobcafé                                 | 66               | 66               |
    | 11 | Lernräume                               | 290              | 290              |
    | 12 | Sprachkurs                              | 60               | 60               |
    | 13 | Summe                                   | =SUM(B10:B12) → 416 | =SUM(C10:C12) → 416 |

    Beheben: Die Maßnahme in der neuen Tabelle mit 0 aufführen, oder ihr Ende in der alten mit Fußnote oder Bemerkung
    erklären; bei Umbenennungen den früheren Namen in „Annahmen“ unter „Aliase“ eintragen.

    Schweigt: bei Tabellen, die nichts miteinander zu tun haben, bei Maßnahmen, die schon zuletzt keinen Betrag mehr
    hatten, die eine Fußnote oder Bemerkung erklärt, oder die in einer anderen Tabelle der neuen Jahre stehen (bereits
    bereitgestellt)."""
    for succession in successions(subject):
        if len(succession.dropped) <= _AT_MOST:
            yield from (_dropped(subject, succession, measure) for measure in succession.dropped)
        else:
            yield _many_dropped(succession)
        yield from (_renamed(succession, pair) for pair in succession.renamed)
        yield from (_new(succession, measure) for measure in succession.new[:_AT_MOST])
    yield from map(_counterpart, counterparts(subject))


def _counterpart(one: Counterpart) -> Found:
    if one.renamed is not None:
        message = _("{at}: „{name}“ heißt in „{other}“ ({there}) „{renamed}“; gemeint ist vermutlich dieselbe.").format(
            at=one.measure.at,
            name=shortened(one.measure.name),
            other=shortened(one.other.title),
            there=one.renamed.at.a1,
            renamed=shortened(one.renamed.name),
        )
        hint = _("Bitte gleich benennen oder in „Annahmen“ unter „Aliase“ den anderen Namen eintragen.")
    else:
        message = _("{at}: „{name}“ steht in „{table}“, aber nicht in „{other}“.").format(
            at=one.measure.at,
            name=shortened(one.measure.name),
            table=shortened(one.table.title),
            other=shortened(one.other.title),
        )
        hint = _("Bitte in beiden Tabellen aufführen, mit 0, wo nichts gebraucht wird.")
    return Found(
        at=one.measure.at,
        stated=one.measure.name,
        expected=one.renamed.name if one.renamed else None,
        message=message,
        hint=hint,
        related=(str(one.renamed.at),) if one.renamed else (),
        identity=("counterpart", one.measure.name, one.other.title),
    )


def _dropped(subject: Subject, succession: Succession, measure: Measure) -> Found:
    pair = last_amount(succession.older, measure)
    year, amount = (pair[0].year.value, pair[1]) if pair else (succession.first_year, measure.amounts[-1])
    message = _("{at}: „{name}“ hat {year} noch {amount} und kommt in den Tabellen ab {first} nicht mehr vor.").format(
        at=measure.at,
        name=shortened(measure.name),
        year=year,
        amount=money(amount.stated or Decimal(0), amount.unit),
        first=succession.first_year,
    )
    rows = [row for row in rows_about(subject, measure.name) if not is_filled(row.field("szenario"))]
    ends = [last for row in rows if (last := years_of(row)[1])]
    if ends and max(ends) < succession.first_year:
        message += " " + _("Laut „Annahmen“ endet sie {year}.").format(year=max(ends))
    return Found(
        at=measure.at,
        stated=measure.name,
        expected=None,
        message=message,
        hint=_("Bitte ab {first} mit 0 aufführen oder ihr Ende hier mit Fußnote oder Bemerkung erklären.").format(
            first=succession.first_year
        ),
        related=tuple(str(amount.at) for amount in measure.amounts if amount.stated),
        identity=("dropped", measure.name, str(succession.first_year)),
    )


def _many_dropped(succession: Succession) -> Found:
    """One finding for all, at the first, where a long list was cut."""
    first = succession.dropped[0]
    names = ", ".join(_("„{name}“").format(name=shortened(one.name)) for one in succession.dropped[:3])
    return Found(
        at=first.at,
        stated=str(len(succession.dropped)),
        expected=None,
        message=_(
            "{at}: {count} Maßnahmen kommen in den Tabellen ab {first} nicht mehr vor: {names} und weitere."
        ).format(at=first.at, count=number(len(succession.dropped)), first=succession.first_year, names=names),
        hint=_("Bitte ihr Ende mit Fußnote oder Bemerkung erklären oder sie ab {first} mit 0 aufführen.").format(
            first=succession.first_year
        ),
        related=tuple(str(one.at) for one in succession.dropped[1:]),
        identity=("dropped", succession.older.title, str(succession.first_year)),
    )


def _renamed(succession: Succession, pair: Renamed) -> Found:
    last = max(column.year.value for column in succession.older.columns)
    if pair.recorded:
        message = _("{at}: „{new}“ hieß bis {year} „{old}“: umbenannt, der frühere Name ist hinterlegt.")
        hint = _("Nichts zu tun, wenn es dieselbe Maßnahme ist; sonst den Alias in „Annahmen“ streichen.")
    else:
        message = _("{at}: „{new}“ gab es bis {year} nicht; gemeint ist vermutlich „{old}“.")
        hint = _("Bitte gleich benennen oder in „Annahmen“ unter „Aliase“ den früheren Namen eintragen.")
    return Found(
        at=pair.new.at,
        stated=pair.new.name,
        expected=pair.old.name,
        message=message.format(at=pair.new.at, new=shortened(pair.new.name), old=shortened(pair.old.name), year=last),
        hint=hint,
        related=(str(pair.old.at),),
        identity=("renamed", pair.old.name, pair.new.name),
        severity=Severity.NOTICE if pair.recorded else None,
    )


def _new(succession: Succession, measure: Measure) -> Found:
    last = max(column.year.value for column in succession.older.columns)
    return Found(
        at=measure.at,
        stated=measure.name,
        expected=None,
        message=_("{at}: „{name}“ ist ab {first} neu; in der Tabelle bis {last} kommt sie nicht vor.").format(
            at=measure.at, name=measure.name, first=succession.first_year, last=last
        ),
        hint=_("Nichts zu tun, wenn sie neu ist; sonst den früheren Namen in „Annahmen“ unter „Aliase“ eintragen."),
        identity=("new", measure.name, str(succession.first_year)),
        severity=Severity.NOTICE,
    )
