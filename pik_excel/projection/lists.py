"""Which tables are not projected, and why? Those without a column for each year."""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.budget.tables import Budget, MeasureList
from pik_excel.errors import Refused
from pik_excel.language import _
from pik_excel.projection.place import of_one_currency


def refusal_of(table: MeasureList) -> Refused:
    """What to say where a workbook has measures, but in a table that cannot be continued to the right."""
    return Refused(
        "years-not-across",
        _what(table) + " " + _("Fortgeschrieben werden nur Tabellen mit einer Spalte je Jahr."),
        _("Bitte die Beträge in eine Tabelle „Maßnahme | 2024 | 2025 | …“ bringen, etwa mit einer Pivot-Tabelle."),
    )


def left_out(budget: Budget) -> Iterator[str]:
    """What to say of such tables beside those that are projected."""
    projected = {id(table) for table in of_one_currency(budget.measure_tables)}
    for other in budget.measure_tables:
        if other.measures and id(other) not in projected:
            place = f"{other.sheet}!{other.area.a1}"
            yield _("{place}: Beträge in {currency}; sie sind nicht fortgeschrieben und in keiner Summe hier.").format(
                place=place, currency=other.currency
            )
    for table in budget.lists:
        if table.measures:
            yield _what(table) + " " + _("Ihre Beträge sind nicht fortgeschrieben und in keiner Summe hier enthalten.")


def _what(table: MeasureList) -> str:
    place = f"{table.sheet}!{table.area.a1}"
    return {
        "long-list": _("{place} ist eine lange Liste (eine Zeile je Maßnahme und Jahr).").format(place=place),
        "years-down": _("{place} hat die Jahre in Zeilen statt in Spalten.").format(place=place),
    }.get(table.family, _("{place} ist eine Liste ohne Spalten je Jahr.").format(place=place))
