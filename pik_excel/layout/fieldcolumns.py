"""What do the columns beside the amounts say of a measure: recipient, product, account, remark?"""

from __future__ import annotations

from collections.abc import Collection

from pik_excel.budget.tables import Field, ProductKey
from pik_excel.grid.cell import Value
from pik_excel.grid.reference import Address
from pik_excel.grid.store import Row
from pik_excel.layout.fields import WORDS, field_at
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
_NOWHERE = Address("", 1, 1)
_Key = tuple[str | None, str | None, str | None, str | None, str | None]
"""A product key without its place."""


class FieldColumns:
    """The columns beside the amounts that the schema knows; `taken` are those of the names and amounts."""

    def __init__(self, page: Page, frame: Frame, taken: Collection[int]) -> None:
        self._page, self._frame = page, frame
        self.name_column, self.left = frame.name_column, frame.left
        self.known = self._find({*taken, frame.name_column})
        self.level_column = self._find_levels()
        self.number_column = next((column for column, key in self.known.items() if key == _NUMBER), 0)
        by_key = {key: column for column, key in self.known.items()}
        self._product, self._group = by_key.get("produkt", 0), by_key.get("kontengruppe", 0)
        self._other = {column: key for column, key in self.known.items() if key not in {*_KEYS, _NUMBER}}
        self._known_keys: dict[tuple[str | None, str | None], _Key] = {}  # many rows state the same
        self._headers = {column: header_of(page, frame, column) for column in self.known}
        self._numbers = self._down(self.number_column)
        self._products, self._groups = self._down(self._product), self._down(self._group)

    def of(self, row: int) -> tuple[tuple[str, Field], ...]:
        """The fields of a row, but for its number and key."""
        if not self._other:
            return ()
        held = self._page.sheet.cells.by_row.get(row)
        return tuple([(key, self._field(held, row, column, key)) for column, key in self._other.items()])

    def _field(self, held: Row | None, row: int, column: int, key: str) -> Field:
        """The field in that column; most are a text as it stands, or nothing."""
        page, rule = self._page, self._page.words.schema.fields[key]
        place = held.form.places.get(column) if held is not None else None
        if held is None or place is None:
            return Field(page.at(row, column), None)
        value = held.values[place]
        if type(value) is str and rule.type in WORDS and (not held.sources or held.sources[place] is None):
            return Field(page.at(row, column), value.strip() or None)
        return field_at(page, row, column, rule, self._headers[column])

    def key_of(self, row: int, key: ProductKey | None) -> ProductKey | None:
        """The key that a row states in columns of its own, else that of its group."""
        if not (self._product or self._group):
            return key
        product, group = _shown(self._products.get(row)), _shown(self._groups.get(row))
        if product is None and group is None:
            return key
        known = self._known_keys.get((product, group))
        if known is None:
            known = self._known_keys[product, group] = _key(product, group)
        column = self._product if product is not None else self._group
        return ProductKey(self._page.at(row, column), *known)

    def number_of(self, row: int) -> int | None:
        """What the column of numbers says."""
        value = self._numbers.get(row)
        text = str(value).strip().rstrip(".)") if value is not None else ""
        return int(text) if text.isdigit() else None

    def _down(self, column: int) -> dict[int, Value]:
        """What stands in that column beside each row of the table; nothing where it has no such column."""
        rows = self._frame.body if column else ()
        return dict(zip(rows, self._page.sheet.cells.column(column, rows), strict=True))

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


def _shown(value: Value) -> str | None:
    """What a filled cell shows, None for an empty one."""
    text = "" if value is None else str(value)
    return text if text and not text.isspace() else None


def _key(product: str | None, group: str | None) -> _Key:
    """What a row's own columns say of its key."""
    found = product_key(product, _NOWHERE) if product else None
    if found is None:
        return product, None, None, group, None
    return found.product, found.office, found.product_name, group or found.account_group, found.account_name
