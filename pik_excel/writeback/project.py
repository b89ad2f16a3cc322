"""How is a projection written into its workbook? New year columns, headed and formatted as the last one, with formulas.

The values stored with the formulas come from the projection, in Decimal; the engine computes them a second time, and
where the two disagree nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pik_excel.grid.reference import Address
from pik_excel.language import _, plural
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Stand, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.widen import widened
from pik_excel.projection.record import ProjectedMeasure, Projection, Standing
from pik_excel.writeback.confirmation import confirmed_values
from pik_excel.writeback.extension import Extension, extensions
from pik_excel.writeback.figures import Skipped, left_standing
from pik_excel.writeback.page import fitting
from pik_excel.writeback.plan import NewCell, Plan, plan_of


@dataclass(frozen=True)
class WrittenCell:
    """A cell that was written: its formula without "=" (None for a heading) and what is stored with it, as plain text
    in the unit of its table ("66"); None where the value could not be computed with certainty."""

    at: Address
    formula: str | None
    value: str | None


@dataclass(frozen=True)
class Written:
    """The workbook with the projection in it; `package` is the one given where nothing had to be written.

    `not_evaluated` are written formulas without a stored value (Excel computes them on opening); `skipped` are amounts
    of the projection that no cell was written for; `turned` are sheets whose page was set to landscape, since their
    wider table would have been printed too small; `remarks` say in sentences what else a person should know.
    """

    package: Package
    edits: tuple[CellEdit, ...] = ()
    cells: tuple[WrittenCell, ...] = ()
    not_evaluated: tuple[Address, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    turned: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def project_edits(package: Package, reading: Reading, projection: Projection) -> Written:
    """Write the projection's years into a copy of the workbook; raises `NotWritten` where that cannot be done without
    loss or risk, or where the engine computes another value than the projection."""
    reading = projection.reading or reading
    plans = [plan_of(extension, reading, projection) for extension in extensions(package, reading, projection)]
    left_out = (
        *(one for plan in plans for one in plan.skipped),
        *_without_row(projection, plans),
        *left_standing(reading, projection),
    )
    if not plans:
        return Written(package, skipped=left_out)
    values = confirmed_values(reading.workbook, plans)
    edits: list[CellEdit] = []
    turned: list[str] = []
    for plan in plans:
        own = [_edit(at, new, values) for at, new in plan.cells.items()]
        package, landscape = _appended(package, plan.extension, own)
        edits += own
        turned += [plan.extension.table.sheet] if landscape else []
    return Written(
        package=package,
        edits=tuple(edits),
        cells=tuple(_written(edit) for edit in edits if not isinstance(edit.content, Blank)),
        not_evaluated=tuple(_at(edit) for edit in edits if _has_no_value(edit.content)),
        skipped=left_out,
        turned=tuple(turned),
        remarks=(*_by_default(reading, projection, plans), *_turned(turned)),
    )


def _by_default(reading: Reading, projection: Projection, plans: Iterable[Plan]) -> Iterator[str]:
    """That measures went on by the schema's rule, because nothing is assumed for them."""
    written = [measure for plan in plans for _row, measure in plan.extension.measures]
    count = sum(not measure.line.assumptions for measure in written if _goes_on(measure))
    if not count or projection.continuation is None:
        return
    rule = projection.continuation.schema.projection.default_rule
    if not reading.budget.assumptions:
        yield _("Die Mappe hat kein Blatt „Annahmen“; es gilt die Regel „{rule}“ (letzter Betrag).").format(rule=rule)
        return
    yield plural(
        "Für eine Maßnahme steht nichts in „Annahmen“; es gilt die Regel „{rule}“ (letzter Betrag).",
        "Für {count} Maßnahmen steht nichts in „Annahmen“; es gilt die Regel „{rule}“ (letzter Betrag).",
        count,
    ).format(count=count, rule=rule)


def _goes_on(measure: ProjectedMeasure) -> bool:
    return any(part.standing is Standing.PROJECTED for amount in measure.amounts for part in amount.parts)


def _turned(sheets: list[str]) -> Iterator[str]:
    if sheets:
        yield plural(
            "Im Querformat gedruckt wird jetzt {sheets}; im Hochformat wäre die Schrift zu klein.",
            "Im Querformat gedruckt werden jetzt {sheets}; im Hochformat wäre die Schrift zu klein.",
            len(sheets),
        ).format(sheets=", ".join(_("„{name}“").format(name=sheet) for sheet in sheets))


def _edit(at: Address, new: NewCell, values: Mapping[Address, Stand]) -> CellEdit:
    content = new.content
    if isinstance(content, Formula) and at in values:
        content = Formula(content.text, values[at])
    return CellEdit(at.sheet, at.row, at.column, content, new.style)


def _appended(package: Package, extension: Extension, edits: list[CellEdit]) -> tuple[Package, bool]:
    """The package with the new cells, and with what ends at the last column going on to the new ones; and whether the
    page had to be turned for them."""
    sheet, last, count = extension.table.sheet, extension.last.at.column, len(extension.years)
    filled = {(edit.row, edit.column) for edit in edits if not isinstance(edit.content, Blank)}
    rows = (min(edit.row for edit in edits), extension.area.bottom)
    widening = fitting(package, sheet, last, count, widened(package, sheet, last, count, rows, filled))
    return patched(package, edits, widening.splices), widening.turned


def _without_row(projection: Projection, plans: Iterable[Plan]) -> tuple[Skipped, ...]:
    """Measures with amounts in years that were written, and no row in any table that was extended."""
    plans = list(plans)
    years = sorted({year for plan in plans for year in plan.extension.years})
    rows = {id(measure) for plan in plans for _row, measure in plan.extension.measures}
    reason = _("hat keine Zeile in den fortgeschriebenen Tabellen")
    if len(plans) == 1:
        reason = _("hat keine Zeile in „{sheet}“").format(sheet=plans[0].extension.table.sheet)
    return tuple(
        Skipped(measure.name, measure.at, stated, reason)
        for measure in projection.measures
        if id(measure) not in rows and (stated := tuple(year for year in years if measure.amount(year).value))
    )


def _written(edit: CellEdit) -> WrittenCell:
    content = edit.content
    if isinstance(content, Formula):
        return WrittenCell(_at(edit), content.text, _plain(content.stored))
    return WrittenCell(_at(edit), None, _plain(content.value) if isinstance(content, Number | Text) else None)


def _plain(value: Stand) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if isinstance(value, str) else None


def _at(edit: CellEdit) -> Address:
    return Address(edit.sheet, edit.row, edit.column)


def _has_no_value(content: Content) -> bool:
    return isinstance(content, Formula) and content.stored is None
