"""Performance figures by year: year columns without a unit of money, "davon" rows below the figure they are part of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pik_excel.budget.tables import Budget, Field, Indicator, IndicatorTable
from pik_excel.grid.reference import Area
from pik_excel.layout.blocks import YearBlock
from pik_excel.layout.families import Found
from pik_excel.layout.fields import field_at
from pik_excel.layout.labels import label_of
from pik_excel.layout.measures_by_year import is_about_money
from pik_excel.layout.page import Page
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

ORDER = 40
_NUMBER_RULE = "fallzahl"  # the schema's field whose type a figure has
_SUM = pattern(r"=\s*[\d.]+\s*(?:\+\s*[\d.]+\s*)+")


def read(page: Page) -> Found:
    """The tables of performance figures on a sheet."""
    tables = [_table(page, block) for block in page.year_blocks if _is_one(page, block)]
    for table in tables:
        page.claimed.append(table.area)
    return Found(Budget(indicators=tuple(table for table in tables if table.rows)))


def _is_one(page: Page, block: YearBlock) -> bool:
    """A table by year that is not about money and says that it counts."""
    if is_about_money(page, block):
        return False
    words = page.words
    texts = [str(cell.value) for cell in block.above[:4]] + [page.sheet.name, *block.header_texts]
    if any("leistungszahl" in words.fields_of(text) for text in (*block.header_texts, page.sheet.name)):
        return True
    return any(words.performance.search(fold(text)) for text in texts)


def _table(page: Page, block: YearBlock) -> IndicatorTable:
    rows: list[Indicator] = []
    for row in block.body:
        label = page.text(row, block.name_column)
        values = tuple((head.year, _value(page, row, head.column)) for head in block.heads)
        if not label or all(field.value is None and field.formula is None for _, field in values):
            continue
        one = Indicator(label_of(label).name, page.at(row, block.name_column), values)
        if rows and _is_part(page, label):
            rows[-1] = replace(
                rows[-1], parts=(*rows[-1].parts, one), full_split=rows[-1].full_split or _full(page, label)
            )
        else:
            rows.append(replace(one, full_split=_full(page, label)))
    area = Area(block.top, block.left, block.bottom, max(block.right, block.heads[-1].column))
    return IndicatorTable(page.sheet.name, area, tuple(rows))


def _value(page: Page, row: int, column: int) -> Field:
    return field_at(page, row, column, page.words.schema.fields.get(_NUMBER_RULE))


def _is_part(page: Page, label: str) -> bool:
    folded = fold(label).lstrip(" -–•(")
    return any(match is not None for match in _openings(page, folded))


def _openings(page: Page, folded: str) -> Sequence[re.Match[str] | None]:
    return page.words.part.match(folded), page.words.subset.match(folded)


def _full(page: Page, label: str) -> bool:
    """Whether the label declares that its parts make up the whole."""
    folded = fold(label)
    return page.words.full_split.search(folded) is not None or _SUM.search(folded) is not None
