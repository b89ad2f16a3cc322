"""Are the numbers in a row years, which year does "HJ+1" mean, and do two rows of years contradict each other?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pik_excel.budget.tables import Kind
from pik_excel.grid.reference import Area
from pik_excel.language import _
from pik_excel.layout.headers import YearHead, year_heads
from pik_excel.layout.names import heads_names
from pik_excel.layout.page import Page
from pik_excel.layout.reading import Unclear
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

_BASE_YEAR = pattern(r"(?:haushaltsjahr|hh?j|haushaltsplan|haushalt)\b\D{0,12}?((?:19|20)\d\d)(?!\d|\s*[/–-]\s*\d)")


def are_years(page: Page, row: int, heads: Sequence[YearHead]) -> bool:
    """Whether plain numbers in a row are years: in order, none left out by a number that is no year."""
    columns = {head.column for head in heads}
    between = [cell for cell in page.row(row).cells(heads[0].column, heads[-1].column) if cell.column not in columns]
    if any(type(cell.value) is Decimal for cell in between):
        return False
    run = _first_run([head.year for head in heads])
    if len(run) > 2 and sorted(run) == list(range(min(run), max(run) + 1)):
        return True  # one after the other, be it in a wrong order
    in_place = Counter(year - index for index, year in enumerate(run)).most_common(1)[0][1] if run else 0
    if in_place >= max(3, len(run) - 1):
        return True  # one of them mistyped
    steps = [later - earlier for earlier, later in pairwise(run)]
    if not steps:
        return False
    if _runs_of_years(run, steps):
        return True
    up, down = all(0 <= step <= 5 for step in steps), all(-5 <= step <= 0 for step in steps)
    return (up or down) and any(steps)


def stacked_years(page: Page, row: int, heads: Sequence[YearHead]) -> list[YearHead]:
    """The years in the row below, where both rows are nothing but years over the same columns."""
    if len(heads) < 2 or row + 1 not in page.year_cells:
        return []
    below = year_heads(page, row + 1)
    if [head.column for head in heads] != [head.column for head in below]:
        return []
    are_headers = (any(not head.plain for head in one) or are_years(page, one[0].row, one) for one in (heads, below))
    label = [page.text(row + 1, column) for column in range(1, heads[0].column)]
    named = any(label) and not any(heads_names(page, row + 1, column) for column in range(1, heads[0].column))
    named = named and any(head.kind is Kind.UNSTATED for head in below)  # "Ansatz 2026" is a header, whatever is beside
    return below if all(are_headers) and not named else []


def two_headers(page: Page, heads: Sequence[YearHead], below: Sequence[YearHead]) -> Unclear:
    first = next(one for one, other in zip(heads, below, strict=True) if one.year != other.year)
    return Unclear(
        page.at(first.row, first.column),
        Area(first.row, first.column, first.row, first.column),
        _("Zwei Kopfzeilen nennen verschiedene Jahre über denselben Spalten."),
        tuple(", ".join(str(head.year) for head in row) for row in (heads, below)),
    )


def with_base(page: Page, row: int, heads: list[YearHead], unclear: list[Unclear]) -> list[YearHead]:
    """The heads with "HJ+1" counted from the year that the row or a line above states; none where that is open."""
    stated = {head.year for head in heads if head.step is None}
    bases = stated if len(stated) == 1 else _base_years(page, row)
    if len(bases) == 1:
        base = next(iter(bases))
        return [head if head.step is None else replace(head, year=base + head.step) for head in heads]
    relative = [head for head in heads if head.step is not None]
    if len(relative) > 1 and is_a_budgets(page, row, relative):
        first, last = relative[0], relative[-1]
        unclear.append(
            Unclear(
                page.at(row, first.column),
                Area(row, first.column, row, last.column),
                _("Die Spalten zählen von einem Haushaltsjahr aus, das nirgends darüber steht."),
                tuple(map(str, sorted(bases))),
            )
        )
    return [head for head in heads if head.step is None]


def is_a_budgets(page: Page, row: int, heads: Sequence[YearHead]) -> bool:
    """Whether a header row is one of a budget: units or kinds beside the years, or measures by name."""
    if any(head.unit or head.kind is not Kind.UNSTATED for head in heads):
        return True
    return any(page.words.is_measure(page.text(row, column)) for column in range(1, heads[0].column))


def _base_years(page: Page, row: int) -> set[int]:
    """The years that lines above name as the budget year."""
    texts = (str(cell.value) for cell in page.texts(max(1, row - 15), row - 1))
    return {int(found[1]) for text in texts for found in _BASE_YEAR.finditer(fold(text))}


def _runs_of_years(years: Sequence[int], steps: Sequence[int]) -> bool:
    """Whether the years begin anew, and go on one by one each time: 2025 to 2030 for one thing, 2025 to 2027 for
    another."""
    anew = [index for index, step in enumerate(steps, 1) if step < 0]
    lengths = [end - start for start, end in pairwise((0, *anew, len(years)))]
    return all(step == 1 or step < 0 for step in steps) and min(lengths) > 1 and max(lengths) > 2


def _first_run(years: list[int]) -> list[int]:
    """The years once, where the same run of years stands again beside itself (Aufwendungen and Erträge), be it with a
    slip in one of its years."""
    for length in range(2, len(years) // 2 + 1):
        again = years[:length] * (len(years) // length)
        slips = [year for year, meant in zip(years, again, strict=False) if year != meant]
        if len(years) == len(again) and (not slips or (len(slips) == 1 and length > 2 and years[0] not in slips)):
            return years[:length]
    return years
