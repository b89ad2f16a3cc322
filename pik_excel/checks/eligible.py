"""Is a cost type booked on a source of funds that does not pay for it?

What a source pays for is known where the workbook says so ("förderfähig" in "Annahmen", a line on the sheet), or where
the sheet is about a programme whose rules the schema holds. Otherwise nothing is known: another programme of the same
Land may well pay for Sachkosten.
"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.checks.booked import bookings
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.paid_for import Booking, KnownTerms, Terms
from pik_excel.checks.wording import money, plain
from pik_excel.grid.reference import Address
from pik_excel.language import _


@rule("FIN06", "cost-not-eligible", Severity.ERROR)
def cost_not_eligible(subject: Subject) -> Iterator[Found]:
    """Kosten auf einer Quelle, die sie nicht fördert

    Was: Eine Kostenart (Sachkosten, Miete, Verwaltung …) ist einem Geldgeber zugeordnet, der sie nach „Annahmen“, nach
    einer Zeile auf dem Blatt oder nach den hinterlegten Förderbedingungen nicht bezahlt.

    Warum: Nicht zuwendungsfähige Ausgaben erkennt die Bewilligungsbehörde im Verwendungsnachweis nicht an; der Betrag
    fällt auf die Stadt oder den Träger zurück.

    Quelle: VV zu § 44 LHO (zuwendungsfähige Ausgaben); VwV Integrationsmanagement BW.

    Falsch (B10):

    |    | A                                                 | B                | C                |
    |----|---------------------------------------------------|------------------|------------------|
    | 1  | Maßnahme                                          | 2022 TEUR        | 2023 TEUR        |
    | 2  | Lernräume                                         | 69               | 69               |
    | 3  | Jobcafé                                           | 10               | 10               |
    | 4  | Summe                                             | =SUM(B2:B3) → 79 | =SUM(C2:C3) → 79 |
    | 5  |                                                   |                  |                  |
    | 6  |                                                   |                  |                  |
    | 7  | Förderfähig sind Personal- und Fortbildungskosten |                  |                  |
    | 8  | Kostenart                                         | Land EUR         | Stadt EUR        |
    | 9  | Personalkosten                                    | 60000            | 4000             |
    | 10 | Sachkosten                                        | 4600             | 400              |

    Richtig:

    |    | A                                                 | B                | C                |
    |----|---------------------------------------------------|------------------|------------------|
    | 1  | Maßnahme                                          | 2022 TEUR        | 2023 TEUR        |
    | 2  | Lernräume                                         | 69               | 69               |
    | 3  | Jobcafé                                           | 10               | 10               |
    | 4  | Summe                                             | =SUM(B2:B3) → 79 | =SUM(C2:C3) → 79 |
    | 5  |                                                   |                  |                  |
    | 6  |                                                   |                  |                  |
    | 7  | Förderfähig sind Personal- und Fortbildungskosten |                  |                  |
    | 8  | Kostenart                                         | Land EUR         | Stadt EUR        |
    | 9  | Personalkosten                                    | 60000            | 4000             |
    | 10 | Sachkosten                                        | 0                | 5000             |

    Beheben: Den Betrag einer Quelle zuordnen, die ihn trägt (Stadt, Eigenmittel); ist er doch förderfähig, die
    Angabe „förderfähig“ in „Annahmen“ oder die Förderbedingungen in pik-excel.toml ([eligibility]) berichtigen.

    Schweigt: wenn nirgends steht, was gefördert wird, bei 0 und leeren Zellen, bei Quellen, die keine Zuwendung geben
    (Stadt, Eigenmittel, Spenden), und bei Kosten, deren Art sich nicht erkennen lässt."""
    terms = KnownTerms(subject)
    if not terms.any:
        return
    known = set[Address]()
    for booking in bookings(subject):
        against = terms.against(booking)
        if against and booking.at not in known:
            known.add(booking.at)
            yield _found(booking, against)


def _found(booking: Booking, terms: Terms) -> Found:
    amount = money(booking.eur) if booking.eur is not None else _("ein Betrag")
    if terms.eligible:
        reason = _("gefördert werden nur {types}").format(types=", ".join(sorted(terms.eligible)))
    else:
        reason = _("{types} werden nicht gefördert").format(types=", ".join(sorted(terms.not_eligible)))
    return Found(
        at=booking.at,
        stated=plain(booking.eur) if booking.eur is not None else booking.source,
        expected=None,
        message=_("{at}: „{label}“: {amount} auf „{source}“; {reason} ({where}).").format(
            at=booking.at,
            label=" ".join(booking.label.split()),
            amount=amount,
            source=" ".join(booking.source.split()),
            reason=reason,
            where=terms.said_at,
        ),
        hint=_("Bitte einer Quelle zuordnen, die diese Kosten trägt, oder „förderfähig“ in „Annahmen“ berichtigen."),
        related=(terms.said_at,) if "!" in terms.said_at else (),
        identity=(booking.label, booking.source),
    )
