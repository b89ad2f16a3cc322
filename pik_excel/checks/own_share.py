"""Does the Träger bear the share of the cost that it must?

The minimum is a share of the cost, an amount, or "in gleicher Höhe" as the city pays. What counts as the Träger's own
is for the workbook ("Als Eigenanteil zählt") or the schema to say: the gift of a diocese may, or may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import Statement, Unit, is_multiple
from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Assumption, AssumptionTable, Field, Financing, FinancingPart
from pik_excel.checks.assumed import rows_about
from pik_excel.checks.caps import city_part, is_city
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.shares import main_parts, slack_of
from pik_excel.checks.wording import money, percent, plain
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _
from pik_excel.layout.vocabulary import vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_SAME = pattern(r"(gleicher?|derselben|selber) höhe|genauso viel|mindestens so viel", re.IGNORECASE)
_PERCENT = pattern(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|v\. ?H\.|Prozent)")
_AMOUNT = pattern(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d\d?))?\s*(?:EUR|€|Euro)")
_MINIMUM = pattern(
    r"(?=.*\beigen(?:anteil|mittel|leistung|beteiligung)\w*)(?=.*(?:\bmind(?:estens|\.)|\bmin\.|\bmindest|wenigstens)).*",
    re.IGNORECASE | re.DOTALL,
)
_MINDEST = pattern(r"mindest-?eigen(?:anteil|mittel|leistung)", re.IGNORECASE)
_BETWEEN = pattern(r"\s*(?:[;,|/\n]|\bund\b|\bsowie\b)\s*")
_ABOVE, _BELOW = 3, 4  # rows around a financing in which its minimum may be stated
_RIGHT = 3


@dataclass(frozen=True)
class Minimum:
    """The own share that is asked for: where it is stated, and as what. All None: "in gleicher Höhe"."""

    at: Address | None
    share: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class Shortfall:
    """A financing whose own parts are less than the minimum, in EUR."""

    financing: Financing
    own: tuple[FinancingPart, ...]
    added: Decimal
    minimum: Minimum
    limit: Decimal


@rule("FIN04", "own-share-too-low", Severity.ERROR, yields_to=("NUM01", "NUM03"))
def own_share_too_low(subject: Subject) -> Iterator[Found]:
    """Eigenanteil zu niedrig

    Was: Was der Träger selbst beiträgt, ist weniger als der verlangte Mindesteigenanteil: ein Anteil der Kosten, ein
    Betrag oder „in gleicher Höhe“ wie die Stadt.

    Warum: Der Eigenanteil ist eine Bedingung der Förderung; wird er unterschritten, ist der Zuschuss zu kürzen oder
    zurückzufordern.

    Quelle: VV zu § 44 LHO (Eigenmittel des Zuwendungsempfängers; Anteilfinanzierung).

    Falsch (B5):

    |    | A                             | B                    | C                       |
    |----|-------------------------------|----------------------|-------------------------|
    | 1  | Lernräume – Finanzierung 2022 |                      |                         |
    | 2  | Quelle                        | Betrag EUR           | Anteil                  |
    | 3  | Stadt                         | 50000                | 50 %                    |
    | 4  | Stiftung                      | 45000                | 45 %                    |
    | 5  | Eigenmittel                   | 5000                 | 5 %                     |
    | 6  | Gesamtkosten                  | =SUM(B3:B5) → 100000 |                         |
    | 7  |                               |                      |                         |
    | 8  |                               |                      |                         |
    | 9  | Maßnahme                      | Regel                | Eigenanteil mindestens  |
    | 10 | Lernräume                     | halten               | 10 %                    |

    Richtig:

    |    | A                             | B                    | C                       |
    |----|-------------------------------|----------------------|-------------------------|
    | 1  | Lernräume – Finanzierung 2022 |                      |                         |
    | 2  | Quelle                        | Betrag EUR           | Anteil                  |
    | 3  | Stadt                         | 50000                | 50 %                    |
    | 4  | Stiftung                      | 40000                | 40 %                    |
    | 5  | Eigenmittel                   | 10000                | 10 %                    |
    | 6  | Gesamtkosten                  | =SUM(B3:B5) → 100000 |                         |
    | 7  |                               |                      |                         |
    | 8  |                               |                      |                         |
    | 9  | Maßnahme                      | Regel                | Eigenanteil mindestens  |
    | 10 | Lernräume                     | halten               | 10 %                    |

    Beheben: Den Eigenanteil erhöhen und den Zuschuss senken; zählen auch andere Quellen (Kirche, Spenden), sie in
    „Annahmen“ unter „Als Eigenanteil zählt“ nennen.

    Schweigt: ohne Mindesteigenanteil in „Annahmen“, neben der Finanzierung oder in pik-excel.toml (own_share), wenn
    keine Quelle als eigene zu erkennen ist, wenn ein Betrag nicht beziffert ist, und innerhalb der Rundung."""
    for financing in subject.reading.budget.financings:
        shortfall = _shortfall(subject, financing)
        if shortfall:
            yield _found(shortfall)


def _shortfall(subject: Subject, financing: Financing) -> Shortfall | None:
    row, table = _assumption(subject, financing)
    minimum = _minimum(subject, financing, row, table)
    parts = main_parts(financing, subject.schema)
    if minimum is None or not parts:
        return None
    own = tuple(part for part in parts if _counts(subject, part, row))
    if any(part.amount.statement not in (Statement.NUMBER, Statement.DASH) for part in own):
        return None
    if not own and not _stated_sources(row):
        return None
    added = sum((part.amount.eur or Decimal(0) for part in own), Decimal(0))
    limit = _limit(financing, parts, minimum)
    slack = slack_of([part.amount for part in parts]) * max(1, len(own)) + Decimal("0.5")
    if limit is None or added + slack >= limit:
        return None
    return Shortfall(financing, own, added, minimum, limit)


def _assumption(subject: Subject, financing: Financing) -> tuple[Assumption | None, AssumptionTable | None]:
    about = rows_about(subject, financing.measure)
    row = next((row for row in about if _is_filled(row.field("mindesteigenanteil")) or _stated_sources(row)), None)
    if row is None:
        return None, None
    here = (one for one in subject.reading.budget.assumptions if one.sheet == row.at.sheet)
    return row, next((table for table in here if table.area.holds(row.at.row, row.at.column)), None)


def _is_filled(field: Field | None) -> bool:
    return field is not None and field.value is not None


def _minimum(
    subject: Subject, financing: Financing, row: Assumption | None, table: AssumptionTable | None
) -> Minimum | None:
    """What "Annahmen" asks for, else what stands beside the financing, else what the schema asks of all."""
    field = row.field("mindesteigenanteil") if row else None
    if field is not None and table is not None and field.value is not None:
        return _from_field(subject, field, table)
    sheet = subject.reading.workbook.sheet(financing.sheet)
    beside = _beside(sheet, financing) if sheet else None
    if beside:
        return beside
    everywhere = subject.schema.limits.own_share
    return Minimum(None, share=everywhere) if everywhere else None


def _from_field(subject: Subject, field: Field, table: AssumptionTable) -> Minimum | None:
    if field.decimal is None:
        return _from_text(field.text, field.at)
    stated = Decimal(field.stated) if field.stated and re.fullmatch(r"\d+(\.\d+)?", field.stated) else field.decimal
    sheet = subject.reading.workbook.sheet(table.sheet)
    header = sheet.value(table.area.top, field.at.column) if sheet else None
    unit = vocabulary(subject.schema).unit_of(header) if isinstance(header, str) else None
    if unit is not None or stated > 100:
        return Minimum(field.at, amount=stated * (unit or Unit.EUR).factor)
    return Minimum(field.at, share=field.decimal) if field.decimal > 0 else None


def _from_text(text: str, at: Address) -> Minimum | None:
    if found := _PERCENT.search(text):
        return Minimum(at, share=Decimal(found[1].replace(",", ".")) / 100)
    if found := _AMOUNT.search(text):
        return Minimum(at, amount=Decimal(found[1].replace(".", "") + "." + (found[2] or "0")))
    return Minimum(at) if _SAME.search(text) else None


def _beside(sheet: Sheet, financing: Financing) -> Minimum | None:
    """A line above or below the table that asks for an own share: in one sentence, or as a label with its value."""
    area = financing.area
    around = (*range(max(1, area.top - _ABOVE), area.top), *range(area.top, area.bottom + _BELOW + 1))
    for row in around:
        for column in range(area.left, area.right + 2):
            text = sheet.value(row, column)
            if not isinstance(text, str) or not (_MINIMUM.match(text) or _MINDEST.search(text)):
                continue
            found = _from_text(text, sheet.address(row, column)) or _value_beside(sheet, row, column)
            if found:
                return found
    return None


def _value_beside(sheet: Sheet, row: int, column: int) -> Minimum | None:
    for right in range(column + 1, column + 1 + _RIGHT):
        value = sheet.value(row, right)
        if isinstance(value, Decimal) and value > 0:
            at = sheet.address(row, right)
            return Minimum(at, share=value) if value <= 1 else Minimum(at, amount=value)
        if isinstance(value, str) and (found := _from_text(value, sheet.address(row, right))):
            return found
    return None


def _stated_sources(row: Assumption | None) -> list[str]:
    field = row.field("eigenanteil_quellen") if row else None
    return [word for word in _BETWEEN.split(field.text) if word.strip()] if field and field.text else []


def _counts(subject: Subject, part: FinancingPart, row: Assumption | None) -> bool:
    """Whether the part is the Träger's own: by the workbook's list, else by the schema's, or by the Träger's name."""
    stated = _stated_sources(row)
    source = f" {name_key(part.source)} "
    if stated:
        return any(f" {name_key(word)}" in source for word in stated)
    bearer = row.field("traeger") if row else None
    if bearer and bearer.text and name_key(bearer.text) == source.strip():
        return True
    begins = any(source.startswith(f" {name_key(word)}") for word in subject.schema.own_share.sources)
    return begins and not is_city(part.source)


def _limit(financing: Financing, parts: list[FinancingPart], minimum: Minimum) -> Decimal | None:
    if minimum.amount is not None:
        return minimum.amount
    if minimum.share is not None:
        amounts = [part.amount.eur for part in parts]
        whole = financing.total.eur if financing.total else None
        if whole is None and None not in amounts:
            whole = sum((one for one in amounts if one is not None), Decimal(0))
        return minimum.share * whole if whole else None
    city = city_part(financing)
    return city.amount.eur if city else None


def _found(one: Shortfall) -> Found:
    financing, minimum = one.financing, one.minimum
    at = one.own[0].amount.at if one.own else (financing.total.at if financing.total else financing.parts[0].at)
    lines = " + ".join(money(part.amount.eur) for part in one.own if part.amount.eur is not None) or money(Decimal(0))
    added = lines if len(one.own) < 2 else f"{lines} = {money(one.added)}"
    if minimum.share is not None:
        digits = 0 if is_multiple(minimum.share * 100, 1) else 1
        reason = _("verlangt sind {share} der Kosten, das sind {limit}").format(
            share=percent(minimum.share, digits), limit=money(one.limit)
        )
    elif minimum.amount is not None:
        reason = _("verlangt sind {limit}").format(limit=money(one.limit))
    else:
        reason = _("verlangt ist so viel, wie die Stadt gibt: {limit}").format(limit=money(one.limit))
    return Found(
        at=at,
        stated=plain(one.added),
        expected=plain(one.limit),
        message=_("{at}: „{measure}“: eigene Mittel {added}; {reason}. Es fehlen {rest}.").format(
            at=at, measure=financing.measure, added=added, reason=reason, rest=money(one.limit - one.added)
        ),
        hint=_("Bitte den Eigenanteil erhöhen oder in „Annahmen“ nennen, was außerdem als Eigenanteil zählt."),
        related=tuple(str(cell) for cell in (*(part.amount.at for part in one.own[1:]), minimum.at) if cell),
        identity=(financing.measure, str(financing.year)),
    )
