"""The budget as the open-data CSV of OffenerHaushalt: amount, kind, year, direction, and up to four levels.

The levels are product area, product, account group and measure; what a workbook does not state is left empty. Amounts
without a year, "ff." columns and rows that must not be added are left out: a programme that draws a budget adds all up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from pik_excel.report.csv import harmless
from pik_excel.report.json import digits
from pik_excel.report.tidy import Line

COLUMNS = (
    "Betrag",
    "Betrag-Typ",
    "Jahr",
    "Budget Richtung",
    *(f"Ebene {level} {what}" for level in (1, 2, 3, 4) for what in ("Code", "Bezeichnung")),
)


def as_offener_haushalt(lines: Iterable[Line]) -> Iterator[str]:
    """The file as text, line by line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    yield out.getvalue()
    for line in lines:
        if line.eur is not None and line.year is not None and not line.open_ended and not line.memo:
            out.seek(0)
            out.truncate()
            writer.writerow([*_amount(line), *(harmless(text or "") for text in _levels(line))])
            yield out.getvalue()


def _amount(line: Line) -> tuple[str | None, str, int | None, str]:
    is_revenue = (line.account_group or "").startswith("3")  # Erträge: Kontenklasse 3 in Baden-Württemberg
    return digits(line.eur), "Ist" if line.kind == "result" else "Plan", line.year, _DIRECTION[is_revenue]


_DIRECTION = {True: "Einnahmen", False: "Ausgaben"}


def _levels(line: Line) -> tuple[str | None, ...]:
    area = (line.product or "").partition(".")[0]
    number = None if line.number is None else str(line.number)
    return (
        *(area, None),
        *(line.product, line.product_name),
        *(line.account_group, line.account_name),
        *(number, line.measure),
    )
