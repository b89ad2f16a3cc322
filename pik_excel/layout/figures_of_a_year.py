"""Figures of a single year side by side: months or quarters with their sum, or income, expenses and balance under one
year that stands over all of them ("Ansatz 2025")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from pik_excel.budget.tables import Budget, MeasureList
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Value
from pik_excel.layout.body import body_of, has_figures
from pik_excel.layout.families import Found
from pik_excel.layout.frame import Frame, lines_above
from pik_excel.layout.headers import YearHead, year_heads
from pik_excel.layout.labels import total_strength
from pik_excel.layout.lists import measure_list
from pik_excel.layout.names import connected_left, heads_names, name_column_of
from pik_excel.layout.page import Page, is_number, is_text
from pik_excel.layout.stacked import header_texts
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

ORDER = 33  # before all that looks for years
_LONGEST = 60  # characters of a heading
_PERHAPS = pattern(
    r"j[aäu]|feb|m[aä]|mrz|apr|aug|sep|okt|nov|dez|q|[1-4]|i|ord|inv|lauf|ertr|auf|ein|aus|erl|kost|sal|erg|zus|über|fehl|unt"
)
_FEWEST = {"months": 3, "flows": 2}  # columns
_FARTHEST = 3  # rows above the columns in which their year stands
_ENOUGH = 2  # points of evidence that it is about money
_MONTHS = pattern(
    "|".join(
        f"({words})"
        for words in (
            r"(?:jan|jän)(?:uar|ner)?\b",
            r"feb(?:ruar)?\b",
            r"(?:märz?|mrz)\b",
            r"apr(?:il)?\b",
            r"mai\b",
            r"juni?\b",
            r"juli?\b",
            r"aug(?:ust)?\b",
            r"sept?(?:ember)?\b",
            r"okt(?:ober)?\b",
            r"nov(?:ember)?\b",
            r"dez(?:ember)?\b",
        )
    )
)
_QUARTER = pattern(r"(?:(?:q|quartal)\s?([1-4])|([1-4])\.?\s?quartal|(i{1,3}|iv)\.?(?:\s?quartal|/\d{2,4}))\W*")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_FLOW = pattern(
    r"(?:ordentliche |investive |laufende )?"
    r"(?:ertr[aä]ge?|aufwand|aufwendungen|einnahmen?|ausgaben?|einzahlungen|auszahlungen|erlöse|kosten)\b"
)
_BALANCE = pattern(r"(?:saldo|ergebnis|zuschussbedarf|zuschuss|überschuss|fehlbetrag|unterdeckung)\b")
_SUM = pattern(r"(?:summe|gesamt|insgesamt|jahr(?:essumme)?|total|plan|ansatz|ist|ergebnis)\b|.*\b(?:19|20)\d\d\b")


def read(page: Page) -> Found:
    """The tables of this kind on a sheet."""
    lists: list[MeasureList] = []
    for row in _headed_rows(page):
        for family, heads, others in _heads(page, row):
            frame = _frame(page, row, heads, others)
            if frame is None or page.is_claimed(row, heads[0].column) or not _is_about_money(page, frame, heads):
                continue
            page.claimed.append(Area(frame.top, frame.left, frame.bottom, frame.right))
            lists.append(measure_list(page, frame, family, heads, sums=others))
    return Found(Budget(lists=tuple(lists)))


def _headed_rows(page: Page) -> list[int]:
    """The rows in which enough cells may be so headed. Where a column of alike rows has few texts, and none of them is
    a heading, the names beside it need not be looked at."""
    known: dict[str, bool] = {}
    rows: Counter[int] = Counter()
    for kind in page.sheet.cells.alike:
        columns = [(kind.columns[place], frozenset(kind.columns[place])) for place in kind.form.others]
        columns.sort(key=lambda one: len(one[1]))
        naming: list[list[int]] = []
        for left, (values, texts) in zip(range(len(columns), 0, -1), columns, strict=True):
            if len(naming) + left < min(_FEWEST.values()):
                break
            if any(_names(text, known) for text in texts):
                pairs = zip(kind.numbers, values, strict=True)
                naming.append([row for row, value in pairs if _names(value, known)])
        rows.update(chain.from_iterable(naming))
    return sorted(row for row, count in rows.items() if count >= min(_FEWEST.values()))


def _names(value: Value, known: dict[str, bool]) -> bool:
    """Whether a text names a month, a quarter, income, expenses or their balance; `known` are those looked at."""
    if type(value) is not str:
        return False
    if value not in known:
        folded = fold(value) if len(value) <= _LONGEST else ""
        close = bool(folded) and _PERHAPS.match(folded) is not None
        known[value] = close and (_month(folded) is not None or _flow(folded) is not None)
    return known[value]


def _heads(page: Page, row: int) -> Iterator[tuple[str, list[YearHead], list[int]]]:
    """Runs of neighbouring columns so headed, with the columns right of them that add them up."""
    cells = page.row(row)
    texts = {
        column: page.words.without_units(fold(str(cell.value))).removesuffix("()").strip()  # "4. Quartal (EUR)"
        for column, cell in cells.items()
        if is_text(cell)
    }
    if len(texts) < _FEWEST["flows"]:
        return
    for family, number in (("months", _month), ("flows", _flow)):
        found = {column: n for column, text in sorted(texts.items()) if (n := number(text)) is not None}
        for run in _runs(found, family):
            if len(run) >= _FEWEST[family] and _is_whole(family, [found[column] for column in run]):
                sums = _sums_behind(page, row, run[-1]) if family == "months" else []
                heads = [YearHead(row, column, 0, unit=page.words.unit_of(page.text(row, column))) for column in run]
                if not _years_beside(page, row, run, sums) if family == "months" else _year_over(page, row, run):
                    yield family, heads, sums


def _runs(found: dict[int, int], family: str) -> Iterator[list[int]]:
    """Columns one after the other; months go on by one."""
    run: list[int] = []
    for column, number in found.items():
        if run and (column - run[-1] > 1 or (family == "months" and number - found[run[-1]] not in {1, -11})):
            yield run
            run = []
        run.append(column)
    if run:
        yield run


def _is_whole(family: str, numbers: Sequence[int]) -> bool:
    """Whether it is more than a balance: income and expenses."""
    return family == "months" or sum(number == 0 for number in numbers) > 1


def _month(text: str) -> int | None:
    quarter = _QUARTER.fullmatch(text)
    if quarter:
        return int(quarter[1] or quarter[2] or _ROMAN[quarter[3]])
    found = _MONTHS.match(text) if len(text) <= 20 else None
    return found.lastindex if found else None


def _flow(text: str) -> int | None:
    """0 for income or expenses, 1 for their balance."""
    if len(text) > 40:
        return None
    return 0 if _FLOW.match(text) else 1 if _BALANCE.match(text) else None


def _sums_behind(page: Page, row: int, last: int) -> list[int]:
    """The column right behind the months that is headed as their sum."""
    text = page.text(row, last + 1) or page.text(row - 1, last + 1)
    return [last + 1] if text and _SUM.match(fold(text)) else []


def _years_beside(page: Page, row: int, run: Sequence[int], sums: Sequence[int]) -> bool:
    """Whether the row has columns of several years too: then the months are an aside of these. The year's own Ansatz
    and result are not."""
    taken = {*run, *sums}
    return len({head.year for head in year_heads(page, row) if head.column not in taken}) > 1


def _year_over(page: Page, row: int, run: Sequence[int]) -> bool:
    """Whether years stand above the columns, and fewer of them than columns: each over several."""
    for line in range(row - 1, max(0, row - 1 - _FARTHEST), -1):
        years = [head for head in year_heads(page, line) if run[0] <= page.anchor(line, head.column)[1] <= run[-1]]
        if years:
            return 2 * len(years) <= len(run)
        if any(is_number(page.cell(line, column)) for column in run):
            return False
    return False


def _frame(page: Page, row: int, heads: Sequence[YearHead], sums: Sequence[int]) -> Frame | None:
    first, last = heads[0].column, max([heads[-1].column, *sums])
    top = row
    while top > 1 and row - top < _FARTHEST and _heads_columns(page, top - 1, first, last):
        top -= 1
    last_row = row + 1 if _repeats_the_year(page, row + 1, first, last) else row
    body = body_of(page, last_row, [head.column for head in heads], 1)
    if not body or not all(has_figures(page, head.column, body) for head in heads[:2]):
        return None
    header_rows = tuple(range(top, last_row + 1))
    named = name_column_of(page, header_rows, body, heads, 1)
    if named is None:
        return None
    left = min(connected_left(page, row, first, 1), named[0])  # "Nr." stands left of the names
    return Frame(
        header_rows=header_rows,
        name_column=named[0],
        body=tuple(body),
        left=left,
        right=last,
        label_columns=tuple(range(left, first)),
        above=lines_above(page, top, left, last),
        header_texts=header_texts(page, header_rows, left, last),
    )


def _repeats_the_year(page: Page, row: int, first: int, last: int) -> bool:
    """Whether the row says nothing but one year, the same below each month."""
    heads = [head for head in year_heads(page, row) if first <= head.column <= last]
    return len({head.year for head in heads}) == 1 and len(heads) == last - first + 1


def _heads_columns(page: Page, row: int, first: int, last: int) -> bool:
    """Whether the row above belongs to the header: it says something over the columns, and has no figures but years."""
    years = {head.column for head in year_heads(page, row)}
    cells = {column: cell for column, cell in page.row(row).items() if first <= column <= last}
    if any(is_number(cell) and column not in years for column, cell in cells.items()):
        return False
    return any(column in years or is_text(cell) for column, cell in cells.items())


def _is_about_money(page: Page, frame: Frame, heads: Sequence[YearHead]) -> bool:
    """Whether the figures are a budget's: a unit, money words, a total, names of measures; no performance figures."""
    words = page.words
    texts = [*(str(cell.value) for cell in frame.above[:6]), page.sheet.name]
    if any(words.performance.search(fold(text)) or words.no_money.search(fold(text)) for text in texts):
        return False
    unit = any(head.unit for head in heads) or any(map(words.unit_of, (*frame.header_texts, *texts[:4])))
    cells = [page.cell(row, head.column) for row in frame.body[:3] for head in heads[:3]]
    unit = unit or any(page.format(cell).unit is not None for cell in cells if cell is not None and is_number(cell))
    points = 2 * unit + any(words.money.search(fold(text)) for text in texts)
    points += any(heads_names(page, row, frame.name_column) for row in frame.header_rows)
    points += any(total_strength(page.text(row, frame.name_column), words) == 2 for row in frame.body[-3:])
    return points >= _ENOUGH
