"""What stands before the amounts of a row: number, measure, codes …, and what does a column say of a measure?"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.quality.book import Place, Sheet
from benchmarks.quality.plan import Item
from benchmarks.quality.table import Line

ROLES = {"Nr.": "nr", "Produkt": "product", "Kontengruppe": "account", "befristet bis": "until"}


def few_columns(random: Random, needs: frozenset[str]) -> list[str]:
    """The measure, with a number now and then and with codes where they are needed."""
    columns = ["Maßnahme", *(["Produkt", "Kontengruppe"] if "codes" in needs else [])]
    if "nr" in needs or random.random() < 0.3:
        columns.insert(0, "Nr.")
    return columns


def lead_in(sheet: Sheet, columns: Sequence[str], row: int, item: Item, number: int) -> Line:
    """Writes the row's leading cells; the line holds where they stand and no amounts yet. A column with another name
    tells the payee."""
    until = f"31.12.{item.until}" if item.until else "unbefristet"
    values: dict[str, str | int] = {
        "Nr.": number, "Maßnahme": item.name, "Produkt": item.product, "Kontengruppe": str(item.entry.account),
        "befristet bis": until,
    }  # fmt: skip
    places: dict[str, Place] = {
        name: sheet.put((row, column), values.get(name, item.entry.payee or "Stadt"))
        for column, name in enumerate(columns, 1)
    }
    beside = {ROLES[name]: place for name, place in places.items() if name in ROLES}
    return Line(item, places["Maßnahme"], {}, beside)
