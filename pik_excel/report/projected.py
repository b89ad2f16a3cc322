"""What did `project` compute for a workbook, and what did it write?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Budget, Kind
from pik_excel.diff.sides import Item, Side
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import CellEdit
from pik_excel.projection.own_cells import OwnCells
from pik_excel.projection.place import of_one_currency
from pik_excel.projection.record import ProjectedMeasure, Projection
from pik_excel.records import dataclass
from pik_excel.writeback.figures import Skipped
from pik_excel.writeback.project import Written
from pik_excel.writeback.renewal import Renewed
from pik_excel.writeback.writing import WrittenCell, cells_of


@dataclass(frozen=True)
class Projected:
    """One workbook after `project`. `output` is None where nothing had to be written; `unit` is the one people get the
    figures in, `changes` what differs from the input, in a sentence; the rest is as in `Written`."""

    path: PurePath
    output: PurePath | None
    projection: Projection
    unit: Unit
    edits: tuple[CellEdit, ...] = ()
    not_evaluated: tuple[Address, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    compared: tuple[Projection, ...] = ()
    renewed: tuple[Renewed, ...] = ()
    changes: str = ""

    @property
    def cells(self) -> tuple[WrittenCell, ...]:
        """What was written."""
        return cells_of(self.edits)


def projected(path: PurePath, output: PurePath | None, written: Written, unit: Unit, changes: str = "") -> Projected:
    """What people are told of it: without the workbook itself, so that thousands can be kept."""
    return Projected(
        path=path,
        output=output,
        projection=_told(written.projection),
        unit=unit,
        edits=written.edits,
        not_evaluated=written.not_evaluated,
        skipped=written.skipped,
        remarks=written.remarks,
        made=written.made,
        compared=tuple(map(_told, written.compared)),
        renewed=written.renewed,
        changes=changes,
    )


def _told(projection: Projection) -> Projection:
    return replace(projection, continuation=None, reading=None, overrides=(), own=OwnCells({}))


def usual_unit(budget: Budget) -> Unit:
    """The unit of most tables of measures; EUR where none says."""
    units = Counter(table.unit for table in of_one_currency(budget.measure_tables) if table.unit is not None)
    return units.most_common(1)[0][0] if units else Unit.EUR


def side_of_projection(reading: Reading, projection: Projection) -> Side:
    """The projected measures as one side of a comparison, for the bridge from one of its years to another."""
    items = tuple(_item(measure) for measure in projection.measures)
    place = _("Szenario {name}").format(name=projection.scenario)
    return Side(reading.workbook.path, place, items, usual_unit(reading.budget))


def _item(measure: ProjectedMeasure) -> Item:
    periods = {(amount.year, Kind.UNSTATED): amount for amount in measure.amounts}
    return Item(
        measure.name,
        measure.at,
        number=None,
        product=None,
        amounts={period: amount.value for period, amount in periods.items() if amount.value is not None},
        cells={period: amount.at for period, amount in periods.items() if amount.at is not None},
        unknown=frozenset(period for period, amount in periods.items() if amount.not_readable),
    )
