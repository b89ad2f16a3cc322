"""Do cost, financing, posts and performance figures agree with each other?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import Statement, is_multiple, round_half_up
from pik_excel.budget.tables import Financing, FinancingPart
from pik_excel.checks.caps import Excess, excesses
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.circling import circling
from pik_excel.checks.financed_rows import financed_rows
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.posts import Mismatch, mismatches
from pik_excel.checks.project_costs import project_costs
from pik_excel.checks.shares import WrongShare, main_parts, shares_of, slack_of, wrong_shares
from pik_excel.checks.slips import slips
from pik_excel.checks.splits import Fault, Split, exceeded_measures, faulty_splits, indicator_shares
from pik_excel.checks.wording import money, percent, plain
from pik_excel.language import _, number


@rule("FIN01", "financing-differs-from-cost", Severity.ERROR, yields_to=("SUM03", "SUM04"))
def financing_differs_from_cost(subject: Subject) -> Iterator[Found]:
    """Finanzierung deckt die Kosten nicht

    Was: Die Teile einer Finanzierung (Stadt, Land, Eigenmittel …) ergeben nicht die Gesamtkosten.

    Warum: Ein Rest ohne Geldgeber fällt später der Stadt zur Last; eine Überfinanzierung ist zurückzuzahlen.

    Quelle: VV zu § 44 LHO (Finanzierungsplan der Zuwendung); § 10 GemHVO BW (Planungsgrundsätze).

    Falsch (B6):

    |   | A                            | B          | C      |
    |---|------------------------------|------------|--------|
    | 1 | Lernräume – Finanzierung 2022 |            |        |
    | 2 | Quelle                       | Betrag EUR | Anteil |
    | 3 | Stadt                        | 50000      | 50 %   |
    | 4 | Stiftung                     | 30000      | 30 %   |
    | 5 | Eigenmittel                  | 15000      | 15 %   |
    | 6 | Gesamtkosten                 | 100000     |        |

    Richtig:

    |   | A                            | B                       | C      |
    |---|------------------------------|-------------------------|--------|
    | 1 | Lernräume – Finanzierung 2022 |                         |        |
    | 2 | Quelle                       | Betrag EUR              | Anteil |
    | 3 | Stadt                        | 50000                   | 50 %   |
    | 4 | Stiftung                     | 30000                   | 30 %   |
    | 5 | Eigenmittel                  | 20000                   | 20 %   |
    | 6 | Gesamtkosten                 | =SUM(B3:B5) → 100000    |        |

    Beheben: Den fehlenden Geldgeber ergänzen, einen Betrag berichtigen oder die Gesamtkosten als Summe rechnen lassen.

    Schweigt: bei Rundungen (Beträge in TEUR oder Mio. EUR: je Zeile eine halbe Einheit), wenn ein Teil nicht beziffert
    ist (k. A.), als Text steht (NUM01) oder nur eine einzige Quelle genannt ist."""
    for financing in subject.reading.budget.financings:
        yield from _uncovered(financing, main_parts(financing, subject.schema))
    rows = financed_rows(subject)
    known = slips(subject).keys() | circling(subject) if rows else frozenset()
    for row in rows:
        if not any(amount.at in known for amount in row.amounts):
            yield from _uncovered(row.financing, list(row.financing.parts))
    for cost in project_costs(subject):
        if not cost.by_year and not any(amount.at in known for amount in cost.amounts):
            yield from _uncovered(cost.financing, list(cost.financing.parts))


@rule("FIN02", "share-differs-from-amount", Severity.ERROR, yields_to=("NUM01",))
def share_differs_from_amount(subject: Subject) -> Iterator[Found]:
    """Anteil passt nicht zum Betrag

    Was: Ein gedruckter Anteil ist nicht Betrag ÷ Kosten, gerundet auf seine Stellen. Nur ein Hinweis ist es, wenn er um
    höchstens eine Einheit der letzten Stelle abweicht und die Anteile so genau 100 % ergeben: Er wurde angepasst.

    Warum: Am Anteil hängt die Förderung (Anteilfinanzierung); ein angepasster Anteil gehört erklärt, weil man ihn
    nachrechnet.

    Quelle: DIN 1333 (kaufmännisches Runden); VV zu § 44 LHO (Anteilfinanzierung).

    Falsch (C4):

    |   | A                            | B                    | C      |
    |---|------------------------------|----------------------|--------|
    | 1 | Lernräume – Finanzierung 2022 |                      |        |
    | 2 | Quelle                       | Betrag EUR           | Anteil |
    | 3 | Stadt                        | 50000                | 50 %   |
    | 4 | Stiftung                     | 30000                | 35 %   |
    | 5 | Eigenmittel                  | 20000                | 20 %   |
    | 6 | Gesamtkosten                 | =SUM(B3:B5) → 100000 |        |

    Richtig:

    |   | A                            | B                    | C      |
    |---|------------------------------|----------------------|--------|
    | 1 | Lernräume – Finanzierung 2022 |                      |        |
    | 2 | Quelle                       | Betrag EUR           | Anteil |
    | 3 | Stadt                        | 50000                | 50 %   |
    | 4 | Stiftung                     | 30000                | 30 %   |
    | 5 | Eigenmittel                  | 20000                | 20 %   |
    | 6 | Gesamtkosten                 | =SUM(B3:B5) → 100000 |        |

    Beheben: Den Anteil berichtigen oder als Formel rechnen lassen (Betrag ÷ Kosten); einen angepassten Anteil mit
    „Rundungsdifferenz“ erklären.

    Schweigt: innerhalb einer halben Einheit der letzten gedruckten Stelle, und soweit Beträge in TEUR oder Mio. EUR
    selbst gerundet sind."""
    for financing in subject.reading.budget.financings:
        shares, complete = shares_of(financing, subject.schema)
        yield from (_wrong_share(one, financing.measure) for one in wrong_shares(shares, complete))
    for row in financed_rows(subject):
        if row.is_even:
            shares, _complete = shares_of(row.financing, subject.schema)
            yield from (_wrong_share(one, row.measure.name) for one in wrong_shares(shares, complete=False))
    for table in subject.reading.budget.indicators:
        for shares, complete in indicator_shares(subject.reading.workbook, table):
            yield from (_wrong_share(one, table.sheet, counted=True) for one in wrong_shares(shares, complete))


@rule("FIN03", "cap-exceeded", Severity.ERROR, yields_to=("NUM03",))
def cap_exceeded(subject: Subject) -> Iterator[Found]:
    """Höchstbetrag oder Höchstsatz überschritten

    Was: Ein Betrag ist höher, als „Annahmen“ für die Maßnahme zulässt: über dem Höchstbetrag, oder nach der Regel
    „anteil“ über dem Anteil der Gesamtkosten; oder ein Teil einer Finanzierung ist höher, als eine Zeile daneben sagt
    („Höchstbetrag Stadt“, „Fördersatz höchstens“).

    Warum: Mehr als den zugesagten Anteil oder Höchstbetrag darf die Stadt nicht veranschlagen, ohne dass darüber
    beschlossen wird.

    Quelle: VV zu § 44 LHO (Anteil- und Fehlbedarfsfinanzierung sind der Höhe nach begrenzt).

    Falsch (B3):

    |    | A         | B                | C                | D                |
    |----|-----------|------------------|------------------|------------------|
    | 1  | Maßnahme  | 2022 TEUR        | 2023 TEUR        |                  |
    | 2  | Jobcafé   | 66               | 66               |                  |
    | 3  | Lernräume | 310              | 290              |                  |
    | 4  | Summe     | =SUM(B2:B3) → 376 | =SUM(C2:C3) → 356 |                  |
    | 5  |           |                  |                  |                  |
    | 6  |           |                  |                  |                  |
    | 7  | Maßnahme  | Bedarf EUR       | Regel            | Höchstbetrag EUR |
    | 8  | Jobcafé   | 66000            | halten           |                  |
    | 9  | Lernräume | 290000           | halten           | 290000           |

    Richtig:

    |    | A         | B                | C                | D                |
    |----|-----------|------------------|------------------|------------------|
    | 1  | Maßnahme  | 2022 TEUR        | 2023 TEUR        |                  |
    | 2  | Jobcafé   | 66               | 66               |                  |
    | 3  | Lernräume | 290              | 290              |                  |
    | 4  | Summe     | =SUM(B2:B3) → 356 | =SUM(C2:C3) → 356 |                  |
    | 5  |           |                  |                  |                  |
    | 6  |           |                  |                  |                  |
    | 7  | Maßnahme  | Bedarf EUR       | Regel            | Höchstbetrag EUR |
    | 8  | Jobcafé   | 66000            | halten           |                  |
    | 9  | Lernräume | 290000           | halten           | 290000           |

    Beheben: Den Betrag auf das Zulässige senken oder, wenn es neu beschlossen ist, Höchstbetrag oder Anteil in
    „Annahmen“ ändern.

    Schweigt: innerhalb der Rundung des Betrags, in Jahren außerhalb von „von“ und „bis“, und bei einem Anteil, der
    nicht die Regel „anteil“ ist (er beschreibt dann nur)."""
    yield from map(_excess, excesses(subject))


@rule("FIN05", "posts-times-rate-differs", Severity.WARNING, yields_to=("NUM01", "NUM03"))
def posts_times_rate_differs(subject: Subject) -> Iterator[Found]:
    """Stellen × Satz ergibt nicht den Ansatz

    Was: Die Zahl der Stellen mal der Satz je Stelle ergibt nicht den genannten Ansatz, auch nicht gerundet. Die
    Meldung nennt die Zahl der Stellen, zu der der Ansatz passt.

    Warum: Oft wurde die Zahl der Stellen geändert und der Ansatz nicht, oder umgekehrt.

    Quelle: § 10 GemHVO BW (Planungsgrundsätze: sorgfältige Schätzung); VV zu § 44 LHO (Festbetrag je Stelle).

    Falsch (D2):

    |   | A                    | B       | C              | D          |
    |---|----------------------|---------|----------------|------------|
    | 1 | Bezeichnung          | Stellen | Satz EUR/Stelle | Ansatz EUR |
    | 2 | Sachkostenpauschale  | 51.1    | 4600           | 227000     |
    | 3 | Sozialberatung       | 20      | 90000          | 1800000    |

    Richtig:

    |   | A                    | B       | C              | D          |
    |---|----------------------|---------|----------------|------------|
    | 1 | Bezeichnung          | Stellen | Satz EUR/Stelle | Ansatz EUR |
    | 2 | Sachkostenpauschale  | 51.1    | 4600           | 235000     |
    | 3 | Sozialberatung       | 20      | 90000          | 1800000    |

    Beheben: Stellen, Satz oder Ansatz auf denselben Stand bringen.

    Schweigt: wenn der Ansatz auf ganze TEUR gerundet ist und so passt, oder wenn er den Zeitraum umfasst, den die Zeile
    nennt (Monate, von und bis).
    """
    yield from map(_mismatch, mismatches(subject))


@rule("FIN08", "part-exceeds-whole", Severity.ERROR, yields_to=("NUM01", "NUM03", "SUM01"))
def part_exceeds_whole(subject: Subject) -> Iterator[Found]:
    """„davon“ passt nicht zum Ganzen

    Was: Die „davon“-Zeilen einer Leistungszahl oder einer Maßnahme ergeben mehr als das Ganze, oder bei einer
    erklärten Aufteilung („aufgeteilt in“) nicht genau das Ganze. Ein Hinweis ist es, wenn mehrere „davon“-Zeilen wie
    eine Aufteilung aussehen und einen Rest lassen, den nichts erklärt.

    Warum: Leistungszahlen begründen den Bedarf. Ein Teil, der größer ist als das Ganze, ist ein Zahlendreher; ein Rest
    wirft die Frage auf, was fehlt.

    Quelle: § 17 GemHVO BW (Erläuterungen); Praxis der Kennzahlenberichte.

    Falsch (B3):

    |   | A                  | B    |
    |---|--------------------|------|
    | 1 | Leistungszahl      | 2019 |
    | 2 | Teilnehmende       | 281  |
    | 3 | Veranstaltungen    | 108  |
    | 4 | davon für Kinder   | 93   |
    | 5 | davon für Erwachsene | 17 |

    Richtig:

    |   | A                  | B    |
    |---|--------------------|------|
    | 1 | Leistungszahl      | 2019 |
    | 2 | Teilnehmende       | 281  |
    | 3 | Veranstaltungen    | 108  |
    | 4 | davon für Kinder   | 91   |
    | 5 | davon für Erwachsene | 17 |

    Beheben: Die Zahlen berichtigen, den Rest als eigene „davon“-Zeile nennen, oder „darunter“ schreiben, wo nur ein
    Teil herausgegriffen wird.

    Schweigt: bei „darunter“, bei einer einzigen „davon“-Zeile, wenn einige Teile schon das Ganze ergeben (weiblich und
    männlich, und daneben Kinder), und wenn die Teile zusammen weniger als zwei Drittel ausmachen.
    """
    for table in subject.reading.budget.indicators:
        yield from map(_split, faulty_splits(subject.reading.workbook, table, subject.schema))
    for measures in subject.reading.budget.measure_tables:
        yield from map(_split, exceeded_measures(subject.reading.workbook, measures, subject.schema))


def _uncovered(financing: Financing, parts: list[FinancingPart]) -> Iterator[Found]:
    total, amounts = financing.total, [part.amount for part in parts]
    if total is None or total.eur is None or len(amounts) < 2:
        return
    vague = {Statement.NOT_GIVEN, Statement.UNREADABLE, Statement.ERROR}
    if any(one.statement in vague or one.text for one in (*amounts, total)):
        return
    added = sum((one.eur for one in amounts if one.eur is not None), Decimal(0))
    slack = slack_of([*amounts, total]) * len(amounts)
    missing = total.eur - added
    if abs(missing) <= max(slack, Decimal("0.000001")):
        return
    lines = " + ".join(money(one.eur) for one in amounts if one.eur is not None)
    if missing > 0:
        message = _(
            "{at}: „{measure}“ kostet {total}, die Quellen ergeben {lines} = {added}; {rest} sind nicht gedeckt."
        )
    else:
        message = _("{at}: „{measure}“ kostet {total}, die Quellen ergeben {lines} = {added}; {rest} zu viel.")
    yield Found(
        at=total.at,
        stated=plain(total.eur),
        expected=plain(added),
        message=message.format(
            at=total.at,
            measure=financing.measure,
            lines=lines,
            added=money(added),
            total=money(total.eur),
            rest=money(abs(missing)),
        ),
        hint=_("Bitte die fehlende Quelle ergänzen oder einen der Beträge berichtigen."),
        related=tuple(str(one.at) for one in amounts),
        identity=(financing.measure, str(financing.year)),
    )


def _wrong_share(wrong: WrongShare, where: str, counted: bool = False) -> Found:
    share = wrong.share
    exact = round_half_up(share.exact * 100, share.digits)
    write = number if counted else money
    message = _("{at}: „{label}“: {part} von {whole} sind {exact}, gedruckt ist {printed}.").format(
        at=share.at,
        label=share.label,
        part=write(share.part),
        whole=write(share.whole),
        exact=percent(share.exact, share.digits),
        printed=percent(share.printed, share.digits),
    )
    if wrong.adjusted:
        message += " " + _("Der Anteil ist angepasst, damit die Summe 100 % ergibt.")
        hint = _("Bitte so lassen und „Rundungsdifferenz“ vermerken oder den gerundeten Anteil eintragen.")
    else:
        hint = _("Bitte den Anteil oder den Betrag berichtigen, am besten als Formel Betrag ÷ Kosten.")
    return Found(
        at=share.at,
        stated=plain(round_half_up(share.printed * 100, share.digits)),
        expected=plain(exact),
        message=message,
        hint=hint,
        related=(str(share.part_at),),
        identity=(where, share.label),
        severity=Severity.NOTICE if wrong.adjusted else None,
    )


def _excess(excess: Excess) -> Found:
    cap = excess.cap
    if cap.share is not None and cap.cost is not None:
        reason = _("{share} von {cost} sind höchstens {limit}").format(
            share=percent(cap.share, 0 if is_multiple(cap.share * 100, 1) else 1),
            cost=money(cap.cost),
            limit=money(cap.limit),
        )
    else:
        reason = _("der Höchstbetrag ist {limit}").format(limit=money(cap.limit))
    return Found(
        at=excess.at,
        stated=plain(excess.eur),
        expected=plain(cap.limit),
        message=_("{at}: „{name}“ ist mit {amount} angesetzt; {reason}, das sind {over} zu viel.").format(
            at=excess.at,
            name=excess.name if excess.year is None else f"{excess.name} {excess.year}",
            amount=money(excess.eur),
            reason=reason,
            over=money(excess.eur - cap.limit),
        ),
        hint=(
            _("Bitte den Betrag senken oder in {cell} die beschlossene Grenze eintragen.")
            if cap.beside
            else _("Bitte den Betrag senken oder in „Annahmen“ ({cell}) die beschlossene Grenze eintragen.")
        ).format(cell=cap.field.at.a1),
        related=(str(cap.field.at),),
        identity=(excess.name, str(excess.year)),
    )


def _mismatch(found: Mismatch) -> Found:
    message = _("{at}: „{name}“: {posts} Stellen × {rate} = {product}, der Ansatz ist {stated} ({difference}).").format(
        at=found.at,
        name=found.name,
        posts=number(found.posts),
        rate=money(found.rate),
        product=money(found.product),
        stated=money(found.stated),
        difference=_signed(found.stated - found.product),
    )
    if found.fitting:
        last = found.fitting[-1]
        posts = _(" oder ").join(number(one, 1) for one in found.fitting)
        message += " " + _("Der Ansatz passt zu {posts} Stellen ({last} × {rate} = {product}).").format(
            posts=posts, last=number(last, 1), rate=money(found.rate), product=money(last * found.rate)
        )
    return Found(
        at=found.at,
        stated=plain(found.stated),
        expected=plain(found.product),
        message=message,
        hint=_("Bitte Stellen, Satz und Ansatz auf denselben Stand bringen."),
        related=tuple(str(at) for at in found.related),
        identity=(found.name,),
    )


def _signed(difference: Decimal) -> str:
    return f"{'+' if difference > 0 else '−'}{money(abs(difference))}"


def _split(split: Split) -> Found:
    whole = split.whole.decimal or Decimal(0)
    parts = " + ".join(number(field.decimal) for _name, field in split.parts if field.decimal is not None)
    added = parts if len(split.parts) == 1 else f"{parts} = {number(split.added)}"
    message, hint = _split_words(split)
    return Found(
        at=split.whole.at,
        stated=plain(whole),
        expected=plain(split.added),
        message=message.format(
            at=split.whole.at,
            name=split.indicator.name,
            year=split.year,
            added=added,
            whole=number(whole),
            rest=number(abs(whole - split.added)),
        ),
        hint=hint,
        related=tuple(str(field.at) for _name, field in split.parts),
        identity=(split.indicator.name, str(split.year)),
        severity=Severity.NOTICE if split.fault is Fault.LEAVES_REST else None,
    )


def _split_words(split: Split) -> tuple[str, str]:
    if split.fault is Fault.EXCEEDS:
        return (
            _("{at}: „{name}“ {year}: davon {added}, aber insgesamt nur {whole} ({rest} zu viel)."),
            _("Bitte die Zahlen berichtigen; überschneiden sich die Teile, „darunter“ statt „davon“ schreiben."),
        )
    if split.fault is Fault.MISSES:
        return (
            _("{at}: „{name}“ {year}: aufgeteilt in {added}, insgesamt aber {whole} ({rest} fehlen)."),
            _("Bitte die Zahlen berichtigen oder den fehlenden Teil ergänzen."),
        )
    return (
        _("{at}: „{name}“ {year}: davon {added} von {whole}; {rest} sind keinem Teil zugeordnet."),
        _("Bitte den Rest als eigene „davon“-Zeile nennen oder „darunter“ schreiben."),
    )
