"""How are figures written, for machines ("235060") and for people ("235.060 EUR"), and severities?"""

from __future__ import annotations

from decimal import Decimal

from pik_excel.budget.money import Unit, round_half_up
from pik_excel.checks.finding import Severity
from pik_excel.language import _, number


def plain(value: Decimal) -> str:
    """No separators, no exponent, no trailing zeros: "1157", "-3.5"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal, unit: Unit = Unit.EUR) -> str:
    """ "235.060 EUR", "1,8 Mio. EUR": with cents only where there are any, other units as exact as stated."""
    if unit.factor != 1:
        return f"{number(value)} {unit.value}"
    cents = round_half_up(value, 2)
    return f"{number(cents, 0 if cents == cents.to_integral_value() else 2)} {unit.value}"


def arithmetic(addends: tuple[Decimal, ...], result: Decimal) -> str:
    """ "227 + 50 + … + 18 = 1.156"."""
    shown = [number(one) if one >= 0 else f"({number(one)})" for one in addends]
    if len(shown) > 6:
        shown = [*shown[:3], "…", shown[-1]]
    return f"{' + '.join(shown)} = {number(result)}"


def percent(value: Decimal, digits: int) -> str:
    """0.447 with one digit is "44,7 %"."""
    return _("{number} %").format(number=number(round_half_up(value * 100, digits), digits))


def shortened(words: str) -> str:
    """A name or remark, cut where it is long."""
    return words if len(words) <= 60 else f"{words[:57].rstrip()} …"


def shortened_formula(formula: str) -> str:
    """A formula or another text that runs on, cut where it is long."""
    return formula if len(formula) <= 60 else f"{formula[:57]}…"


def severity_word(severity: Severity) -> str:
    """The severity as staff read it."""
    return {Severity.ERROR: _("Fehler"), Severity.WARNING: _("Warnung"), Severity.NOTICE: _("Hinweis")}[severity]
