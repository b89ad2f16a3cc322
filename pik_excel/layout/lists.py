"""A table whose columns are no years, as a record: its rows read like those of any table of measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import AmountColumn, Aside, LeftOut, MeasureList, Status, TotalColumn, Year
from pik_excel.grid.reference import Area, column_letters
from pik_excel.layout.amounts import AmountReader, text_numbers
from pik_excel.layout.asides import aside_label
from pik_excel.layout.beside import states_sums
from pik_excel.layout.body import has_figures
from pik_excel.layout.contents import contents_of
from pik_excel.layout.fieldcolumns import FieldColumns, header_of
from pik_excel.layout.foreign import in_own_currency
from pik_excel.layout.frame import Frame
from pik_excel.layout.headers import YearHead
from pik_excel.layout.labels import total_strength
from pik_excel.layout.page import Page
from pik_excel.layout.rows import Row, Rows
from pik_excel.layout.surroundings import footnotes_of, marks_around, status_of, title_of
from pik_excel.layout.units import scaled_to, sheets_unit, unit_votes


def measure_list(
    page: Page,
    frame: Frame,
    family: str,
    heads: Sequence[YearHead],
    years: Mapping[int, Year] | None = None,
    units: Mapping[int, Unit] | None = None,
    outside: frozenset[int] = frozenset(),
    names: Mapping[int, str] | None = None,
    sums: Sequence[int] = (),
) -> MeasureList:
    """The table; `years` and `units` are those that its rows state, `outside` columns that say nothing of the name,
    `names` those of rows that leave out what stands above, `sums` columns that are headed as a sum in other words than
    a total's: "Jahr"."""
    columns = [head.column for head in heads]
    votes = unit_votes(page, frame, columns) or sheets_unit(page, frame)
    shown_in = scaled_to(page, frame, columns)
    stated = next((head.unit for head in heads if head.unit), next((unit for unit, _ in votes), None))
    if stated is None and units and len(set(units.values())) == 1:
        stated = next(iter(units.values()))
    unit = Unit.EUR if shown_in else stated
    amounts = [_column(page, frame, head, unit, shown_in) for head in heads]
    fields = FieldColumns(page, frame, columns)
    reader = AmountReader(page, text_numbers(page, frame.body, columns))
    pairs = [(one.at.column, one.unit) for one in amounts]
    rows = Rows(page, frame, pairs, reader, frozenset(fields.known) | outside, {} if shown_in else units, names).all()
    found = contents_of(page, rows, fields, years)
    totals = tuple(_total_columns(page, frame, columns, rows, sums))
    table = MeasureList(
        family=family,
        sheet=page.sheet.name,
        area=Area(
            frame.top, frame.left, frame.bottom, max([*columns, frame.name_column, *(one.at.column for one in totals)])
        ),
        title=title_of(page, frame),
        unit=unit,
        unit_at=next((at for _, at in votes), None),
        columns=tuple(amounts),
        measures=tuple(found.measures),
        totals=tuple(found.totals),
        keys=tuple(found.keys),
        footnotes=footnotes_of(page, frame),
        status=status_of(page, frame),
        header_rows=frame.header_rows,
        name_column=frame.name_column,
        unit_votes=votes,
        shown_in=shown_in,
        memos=tuple(found.memos),
        total_columns=totals,
        marks=(*found.marks, *marks_around(page, frame)),
        left_out=(
            *_left_out(page, frame, {*columns, *outside, *(one.at.column for one in totals)}, fields),
            *found.left_out,
        ),
    )
    return in_own_currency(table, page, frame)


def _column(page: Page, frame: Frame, head: YearHead, unit: Unit | None, shown_in: Unit | None) -> AmountColumn:
    own = Unit.EUR if shown_in else head.unit or unit or page.words.default_unit
    return AmountColumn(
        label=" ".join(header_of(page, frame, head.column).split()),
        at=page.at(head.row, head.column),
        unit=own,
        year=Year(head.year, head.kind, head.open_ended) if head.year else None,
        kind=head.kind,
        status=head.stage,
        hidden=head.column in page.sheet.hidden_columns,
    )


def _total_columns(
    page: Page, frame: Frame, columns: Sequence[int], rows: Sequence[Row], sums: Sequence[int]
) -> Iterator[TotalColumn]:
    """The columns of figures that are headed as a total and add up the amounts left of them."""
    for column in range(min(columns) + 1, frame.right + 1):
        header, added = header_of(page, frame, column), tuple(one for one in columns if one < column)
        if column in columns or len(added) < 2 or (column not in sums and total_strength(header, page.words) < 2):
            continue
        if has_figures(page, column, frame.body) and (
            states_sums(page, rows, column, added) or _adds_up(page, rows, column, added)
        ):
            yield TotalColumn(header, page.at(frame.header_rows[-1], column), added)


def _adds_up(page: Page, rows: Sequence[Row], column: int, added: Sequence[int]) -> bool:
    """Whether most rows compute, in `column`, a sum of cells of their own row from the first of these columns on."""
    first = column_letters(added[0])
    cells = [cell for row in rows if (cell := page.cell(row.number, column)) is not None]
    sums = [cell for cell in cells if re.match(rf"SUM\(\$?{first}{cell.row}[:,;]", cell.formula or "")]
    return len(sums) * 2 > len(cells)


def _left_out(page: Page, frame: Frame, taken: set[int], fields: FieldColumns) -> list[LeftOut]:
    found = []
    for column in range(frame.left, frame.right + 1):
        header = header_of(page, frame, column)
        if column in taken or column == frame.name_column or not header:
            continue
        figures = has_figures(page, column, frame.body)
        why = (
            Aside.FIELD if column in fields.known else aside_label(header) or (Aside.UNKNOWN if figures else Aside.TEXT)
        )
        found.append(LeftOut(page.at(frame.header_rows[-1], column), header, why))
    return found


def says_stages(heads: Sequence[YearHead]) -> bool:
    """Whether columns of one year and kind are told apart by the stage of approval: beantragt, beschlossen."""
    claims = {(head.year, head.kind, head.open_ended) for head in heads}
    stages = {head.stage for head in heads} - {Status.UNSTATED}
    told_apart = {(head.year, head.kind, head.open_ended, head.stage) for head in heads}
    return len(stages) > 1 and len(claims) < len(heads) == len(told_apart)
