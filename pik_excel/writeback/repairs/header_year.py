"""YRS02: a mistyped year over a column becomes the one that its neighbours leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.tables import MeasureTable
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.ooxml.edits import Number, Text
from pik_excel.ooxml.richtext import is_rich
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repair


@repair("YRS02", rank=4)
def header_year(case: Case) -> Iterator[Proposal | NotSafe]:
    """The year between those of the columns before and behind, where with it all years follow each other."""
    for at in case.cells():
        table = _headed_by(case, at)
        years = _missing_year(table, at) if table is not None else None
        if table is None or years is None:
            yield case.left(_("es kann ebenso gut eine Spalte fehlen"), at)
            continue
        stated, meant = years
        content = _with_year(case, at, stated, meant)
        if content is None:
            yield case.left(_("der Kopf ist eine Formel, ein Datum oder in sich verschieden formatiert"), at)
            continue
        why = _("Zwischen {before} und {behind} fehlt nur {year}.").format(
            before=meant - 1, behind=meant + 1, year=meant
        )
        yield Proposal("YRS02", at, content, why)


def _headed_by(case: Case, at: Address) -> MeasureTable | None:
    return next(
        (
            table
            for table in case.subject.reading.budget.measure_tables
            if any(column.at == at for column in table.columns)
        ),
        None,
    )


def _missing_year(table: MeasureTable, at: Address) -> tuple[int, int] | None:
    """The year stated and the one that must be meant: both neighbours leave room for it alone, and every other step
    between the columns is one year. At an end of the run nothing proves it."""
    years = [column.year.value for column in table.columns]
    index = next(place for place, column in enumerate(table.columns) if column.at == at)
    if not 0 < index < len(years) - 1 or years[index + 1] - years[index - 1] != 2:
        return None
    meant = years[index - 1] + 1
    whole = [*years[:index], meant, *years[index + 1 :]]
    if meant == years[index] or whole != list(range(whole[0], whole[0] + len(whole))):
        return None
    return years[index], meant


def _with_year(case: Case, at: Address, stated: int, meant: int) -> Number | Text | None:
    cell = case.cell(at)
    if cell is None or cell.has_formula:
        return None
    if type(cell.value) is Decimal:
        return Number(Decimal(meant)) if cell.value == stated else None
    if type(cell.value) is not str or is_rich(case.package, at.sheet, at.row, at.column):
        return None
    places = re.findall(rf"(?<!\d){stated}(?!\d)", cell.value)
    return Text(re.sub(rf"(?<!\d){stated}(?!\d)", str(meant), cell.value)) if len(places) == 1 else None
