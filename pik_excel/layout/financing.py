"""Financing: who pays how much of one measure's cost. "Quelle | Betrag | Anteil", with a caption naming the measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, Unit
from pik_excel.budget.tables import Budget, Financing, FinancingPart
from pik_excel.grid.reference import Address
from pik_excel.layout.amounts import AmountReader, text_numbers
from pik_excel.layout.families import Found
from pik_excel.layout.headed import Column, HeadedTable, headed_tables
from pik_excel.layout.labels import label_of, total_strength, years_in
from pik_excel.layout.page import Page
from pik_excel.layout.vocabulary import fold

ORDER = 20
_AMOUNTS = ("betrag", "ansatz", "zuschuss", "bedarf", "gesamtkosten", "gedeckt")
_ABOUT = re.compile(
    r"(?<!\w)(?:kosten-?\s*(?:und|u\.)\s*)?(?:mit|ko-?)?(?:finanzierung(?:splan|sübersicht)?|kosten(?:plan)?|gesamtkosten|gesamtaufwand|"
    r"aufwendungen|mittelherkunft|gesamtfinanzierung)(?:\s+(?:der|des|von|für|vom))*(?:\s+(?:gesamt)?(?:aufwands?|aufwendungen"
    r"|kosten|maßnahme|projekts?|angebots?)\b)*",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s+[–—-]\s+|[:(),;„“\"]|\s+im\s+jahre?\s+|\bjahr\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:/\d{2,4})?\b")


def read(page: Page) -> Found:
    """The financings on a sheet."""
    financings: list[Financing] = []
    for table in headed_tables(page, _is_one):
        found = list(_financings(table))
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
