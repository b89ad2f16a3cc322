"""What do the columns beside the amounts say of a measure: recipient, product, account, remark?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pik_excel.budget.tables import Field, ProductKey
from pik_excel.grid.reference import Address
from pik_excel.layout.fields import field_at
from pik_excel.layout.frame import Frame
from pik_excel.layout.labels import product_key
from pik_excel.layout.page import Page
from pik_excel.layout.vocabulary import fold

_KEYS = ("produkt", "kontengruppe")
_NUMBER = "massnahme_id"
_FIELDS = frozenset(
    (
        *(_NUMBER, *_KEYS, "traeger", "amt", "teilhaushalt", "richtung", "status", "bemerkung", "quelle"),
        *("finanzierungsart", "verpflichtungsgrad", "bedingung", "szenario", "aliase", "haushaltsteil"),
        *("deckungskreis", "bedarf", "gesamtkosten"),
        *("von", "bis", "foerderzeitraum", "foerderzeitraum_von", "foerderzeitraum_bis"),
    )
)
_LEVELS = frozenset(
    ("ebene", "stufe", "level", "gliederungsebene", "gliederungsstufe", "hierarchie", "hierarchieebene")
)


class FieldColumns:
    """The columns beside the amounts that the schema knows; `taken` are those of the names and amounts."""

    def __init__(self, page: Page, frame: Frame, taken: Collection[int]) -> None:
        self._page, self._frame = page, frame
        self.name_column, self.left = frame.name_column, frame.left
        self.known = self._find({*taken, frame.name_column})
        self.level_column = self._find_levels()
        self.number_column = next((column for column, key in self.known.items() if key == _NUMBER), 0)
        self._keys = {key: column for column, key in self.known.items() if key in _KEYS}
        self._other = {column: key for column, key in self.known.items() if key not in {*_KEYS, _NUMBER}}
        self._headers = {column: header_of(page, frame, column) for column in self.known}

    def of(self, row: int) -> tuple[tuple[str, Field], ...]:
        """The fields of a row, but for its number and key."""
        if not self._other:
            return ()
        rules, page = self._page.words.schema.fields, self._page
        return tuple(
            (key, field_at(page, row, column, rules[key], self._headers[column])) for column, key in self._other.items()
        )

    def key_of(self, row: int, key: ProductKey | None) -> ProductKey | None:
        """The key that a row states in columns of its own, else that of its group."""
        if not self._keys:
            return key
        cells = self._page.row(row)
        first, second = cells.get(self._keys.get("produkt", 0)), cells.get(self._keys.get("kontengruppe", 0))
        at_cell = first or second
        if at_cell is None:
            return key
        at = Address(self._page.sheet.name, row, at_cell.column)
        product = str(first.value) if first is not None else None
        group = str(second.value) if second is not None else None
        found = product_key(product, at) if product else None
        if found is None:
            return ProductKey(at, product, None, None, group, None)
        return replace(found, account_group=group or found.account_group)

    def number_of(self, row: int) -> int | None:
        """What the column of numbers says."""
        value = self._page.sheet.value(row, self.number_column) if self.number_column else None
        text = str(value).strip().rstrip(".)") if value is not None else ""
        return int(text) if text.isdigit() else None

    def _find_levels(self) -> int:
        """The column that states how deep each row stands, 0 where there is none."""
        for column in range(self._frame.left, self.name_column):
            if fold(self._page.text(self._frame.header_rows[-1], column)).rstrip(".: ") in _LEVELS:
                return column
        return 0

    def _find(self, taken: set[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for column in range(self._frame.left, self._frame.right + 1):
            if column in taken:
                continue
            for row in self._frame.header_rows:
                keys = [key for key in self._page.words.fields_of(self._page.text(row, column)) if key in _FIELDS]
                if keys and keys[0] not in found.values():
                    found[column] = keys[0]
        return found


def header_of(page: Page, frame: Frame, column: int) -> str:
    """All that the header says above a column, from the top."""
    texts = (page.text(row, column) for row in frame.header_rows)
    return " ".join(dict.fromkeys(filter(None, texts)))
