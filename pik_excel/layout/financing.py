"""Financing: who pays how much of one measure's cost. "Quelle | Betrag | Anteil", with a caption naming the measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, Unit
from pik_excel.budget.tables import Budget, Financing, FinancingPart
from pik_excel.grid.reference import Address
from pik_excel.layout.amounts import AmountReader, text_numbers
from pik_excel.layout.families import Found
from pik_excel.layout.headed import Column, HeadedTable, headed_tables
from pik_excel.layout.labels import label_of, total_strength, years_in
from pik_excel.layout.page import Page, is_number
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

ORDER = 20
_AMOUNTS = ("betrag", "ansatz", "zuschuss", "bedarf", "gesamtkosten", "gedeckt")
_ABOUT = pattern(
    r"(?<!\w)(?:kosten-?\s*(?:und|u\.)\s*)?(?:mit|ko-?)?(?:finanzierung(?:splan|sübersicht)?|kosten(?:plan)?|gesamtkosten|gesamtaufwand|"
    r"aufwendungen|mittelherkunft|gesamtfinanzierung)(?:\s+(?:der|des|von|für|vom))*(?:\s+(?:gesamt)?(?:aufwands?|aufwendungen"
    r"|kosten|maßnahme|projekts?|angebots?)\b)*",
    re.IGNORECASE,
)
_PARTED = pattern(r"\s+[–—-]\s+|[:(),;„“\"]|\s+im\s+jahre?\s+|\bjahr\b", re.IGNORECASE)
_UNIT_AT_END = pattern(
    r"\s*[(\[]?\s*(?:in\s+)?(?:T?EUR|T?€|Tsd\.? ?(?:EUR|€|Euro)|Mio\.? ?(?:EUR|€)|Euro)\s*[)\]]?\s*\Z", re.IGNORECASE
)
_LETTERS = pattern(r"[^\W\d_]{4,}")
_CITY = pattern(r"städtische?[rns]?")
_NO_MONEY = frozenset(("massnahme_id", "anteil", "produkt", "kontengruppe", "stellen", "fallzahl"))
_FEWEST = 2  # sources side by side
_YEAR = pattern(r"\b(?:19|20)\d\d(?:/\d{2,4})?\b")


def read(page: Page) -> Found:
    """The financings on a sheet."""
    financings: list[Financing] = []
    for table in headed_tables(page, _is_one):
        found = list(_financings(table))
        if found:
            financings += found
            page.claimed.append(table.area)
    for table in headed_tables(page, _may_be_across):
        found = list(_across(table))
        if found:
            financings += found
            page.claimed.append(table.area)
    return Found(Budget(financings=tuple(financings)))


def _is_one(columns: Mapping[str, Column]) -> bool:
    source = columns.get("quelle_mittel")
    amounts = [column for key, column in columns.items() if key in _AMOUNTS and column is not source]
    return source is not None and bool(amounts)


def _financings(table: HeadedTable) -> Iterator[Financing]:
    """The financing of the table; one a measure where a column names them."""
    measure = table.column("bezeichnung")
    source = table.column("quelle_mittel")
    if measure is None or measure is source:
        yield from _financing(table, table.rows, None)
        return
    rows: dict[str, list[int]] = {}
    name = ""
    for row in table.rows:
        name = table.page.text(row, measure.number) or name
        rows.setdefault(name, []).append(row)
    for name, own in rows.items():
        yield from _financing(table, own, label_of(name).name)


def _financing(table: HeadedTable, rows: Sequence[int], measure: str | None) -> Iterator[Financing]:
    page, words = table.page, table.page.words
    source, amount, share = table.column("quelle_mittel"), table.column(*_AMOUNTS), table.column("anteil")
    assert source is not None and amount is not None
    unit = words.unit_of(amount.header) or _caption_unit(table) or Unit.EUR
    reader = AmountReader(page, text_numbers(page, rows, [amount.number]))
    parts: list[FinancingPart] = []
    total: tuple[int, Amount] | None = None
    for row in rows:
        label, read = page.text(row, source.number), reader.read(row, amount.number, unit)
        if total_strength(label, words) or (not label and parts and read.formula):
            total = row, read
            break
        if label and read.statement is not Statement.BLANK:
            parts.append(_part(table, row, label_of(label).name, read, share))
    if not parts:
        return
    captions = table.captions() or [page.sheet.name]
    yield Financing(
        measure=measure if measure is not None else _measure_of(captions),
        sheet=page.sheet.name,
        area=table.area,
        year=next((years[-1] for text in captions if (years := years_in(text))), None),
        parts=tuple(parts),
        total=total[1] if total else None,
        total_share=_share(table, total[0], share)[0] if total else None,
        total_share_at=_share(table, total[0], share)[1] if total else None,
    )


def _part(table: HeadedTable, row: int, source: str, amount: Amount, share: Column | None) -> FinancingPart:
    value, at, digits = _share(table, row, share)
    column = table.column("quelle_mittel")
    assert column is not None
    return FinancingPart(source, table.page.at(row, column.number), amount, value, at, digits)


def _share(table: HeadedTable, row: int, share: Column | None) -> tuple[Decimal | None, Address | None, int | None]:
    if share is None:
        return None, None, None
    field = table.field(row, share, "anteil")
    if field.decimal is None:
        return None, None, None
    return field.decimal, field.at, field.digits


def _may_be_across(columns: Mapping[str, Column]) -> bool:
    return "bezeichnung" in columns and "gesamtkosten" in columns and "regel" not in columns


def _across(table: HeadedTable) -> Iterator[Financing]:
    """A row a measure, its cost, a column for each source: "Maßnahme | Gesamtkosten | Stadt | Land | Anteil Stadt"."""
    page, name, cost = table.page, table.column("bezeichnung"), table.column("gesamtkosten")
    sources = list(_source_columns(table))
    if name is None or cost is None or len(sources) < _FEWEST or page.year_cells.get(table.header_row):
        return
    if _has_other_figures(table, {cost.number, name.number, *(column for column, _header in sources)}):
        return  # a grant that is applied for or decided stands in a column that is no source
    common = _caption_unit(table) or page.words.unit_of(cost.header) or Unit.EUR
    units = {column: page.words.unit_of(header) or common for column, header in sources}
    reader = AmountReader(page, text_numbers(page, table.rows, [cost.number, *units]))
    share = table.column("anteil")
    for row in table.rows:
        label = page.text(row, name.number)
        if not label or total_strength(label, page.words) == 2:
            continue
        parts = []
        for column, header in sources:
            amount = reader.read(row, column, units[column])
            printed = _share(table, row, share if share and _name_one(header, share.header) else None)
            if amount.statement is not Statement.BLANK:
                parts.append(FinancingPart(_bare(header), page.at(row, column), amount, *printed))
        total = reader.read(row, cost.number, page.words.unit_of(cost.header) or common)
        if parts and total.statement is not Statement.BLANK:
            year = next((years[-1] for text in table.captions() if (years := years_in(text))), None)
            found = label_of(label).name
            yield Financing(found, page.sheet.name, table.area, year, tuple(parts), total, None)


def _has_other_figures(table: HeadedTable, known: Set[int]) -> bool:
    named = {column.number for column in table.columns if _NO_MONEY.intersection(column.keys)}
    others = set(range(table.left, table.right + 1)) - known - named
    return any(is_number(table.page.cell(row, column)) for row in table.rows for column in others)


def _source_columns(table: HeadedTable) -> Iterator[tuple[int, str]]:
    """The columns that are headed by a source of funds."""
    rule = table.page.words.schema.fields["finanzierung"]
    known = {fold(word) for word in rule.headers}
    taken = {column.number for column in table.columns if "betrag" not in column.keys}
    for column in range(table.left, table.right + 1):
        header = table.page.text(table.header_row, column)
        if header and column not in taken:
            words = fold(_bare(header))
            if words in known or words.partition(" ")[0] in known:
                yield column, header


def _name_one(source: str, share: str) -> bool:
    """Whether the head of a share is about the source: "Anteil Stadt" about "Städtischer Zuschuss"."""
    one, other = (set(_LETTERS.findall(_CITY.sub("stadt", fold(_bare(text))))) for text in (source, share))
    return bool((one & other) - {"anteil", "zuschuss", "zuwendung", "mittel"})


def _bare(header: str) -> str:
    return " ".join(_UNIT_AT_END.sub("", header).split())


def _caption_unit(table: HeadedTable) -> Unit | None:
    return next((unit for text in table.captions() if (unit := table.page.words.unit_of(text))), None)


def _measure_of(captions: Sequence[str]) -> str:
    """The measure that the nearest caption names: "OMID – Finanzierung der Aufwendungen 2019" is about OMID."""
    for caption in captions:
        for part in _PARTED.split(_YEAR.sub(" ", caption)):
            name = " ".join(_ABOUT.sub(" ", part).split()).strip(" .-–")
            if len(name) > 1 and fold(name) not in {"eur", "teur", "in eur", "in teur", "der angebote", "angebote"}:
                return label_of(name).name
    return ""
