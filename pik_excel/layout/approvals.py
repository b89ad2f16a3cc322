"""Lists of approvals: a row a measure, a column a stage (beantragt, Verwaltungsvorschlag, beschlossen), or one amount
of the year that the title names."""

from __future__ import annotations

from dataclasses import replace

from pik_excel.budget.tables import Budget, Status
from pik_excel.grid.reference import Area
from pik_excel.layout.families import Found
from pik_excel.layout.labels import years_in
from pik_excel.layout.listheads import ListHeads, says_budget
from pik_excel.layout.lists import measure_list, says_stages
from pik_excel.layout.measures_by_year import is_about_money
from pik_excel.layout.page import Page
from pik_excel.patterns import pattern

_NO_YEAR = pattern(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|(?<!\d)\d{1,3}/(?:19|20)\d\d")  # "24.06.2021", "GRDrs 198/2021"
ORDER = 36  # after whatever is known by more than a column of money; before the tables with years across


def read(page: Page) -> Found:
    """The lists of approvals on a sheet: those without years above their columns, and those with."""
    free = (one for one in page.list_heads if not page.is_claimed(one.frame.header_rows[-1], one.frame.name_column))
    found = [heads for one in free if (heads := _dated(page, one)) and says_budget(page, heads)]
    for heads in found:
        page.claimed.append(_area(heads))
    lists = [measure_list(page, heads.frame, "approvals", heads.amounts) for heads in found]
    for block in page.year_blocks:
        if says_stages(block.heads) and is_about_money(page, block):
            table = measure_list(page, block, "approvals", block.heads)
            lists.append(table)
            page.claimed.append(table.area)
    return Found(Budget(lists=tuple(lists)))


def _area(heads: ListHeads) -> Area:
    frame = heads.frame
    return Area(frame.top, frame.left, frame.bottom, frame.right)


def _dated(page: Page, heads: ListHeads) -> ListHeads | None:
    """The list with the one year that a line above, or the sheet's name, states over its columns. Where none does, or
    one names several, columns without a year must be stages; a column of money alone is no list of approvals."""
    if heads.year_column is not None:
        return None
    texts = (_NO_YEAR.sub(" ", text) for text in (*(str(cell.value) for cell in heads.frame.above), page.sheet.name))
    years = next((years for text in texts if (years := years_in(text))), ())
    if len(years) == 1:
        return replace(heads, amounts=tuple(replace(head, year=years[0]) for head in heads.amounts))
    stages = {head.stage for head in heads.amounts} - {Status.UNSTATED}
    return heads if len(stages) > 1 or len(years) > 1 else None
