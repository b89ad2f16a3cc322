"""A comparison as a sheet in the new plan's workbook: for each year the bridge with its waterfall."""

from __future__ import annotations

from pik_excel.diff.comparison import Comparison
from pik_excel.diff.sides import Side
from pik_excel.language import _
from pik_excel.ooxml.package import Package
from pik_excel.report.comparison_text import title_of
from pik_excel.writeback.bridge_grafted import with_bridge
from pik_excel.writeback.bridge_sheet import BridgeBlock, BridgeSheet


def with_comparison(package: Package, comparison: Comparison) -> Package:
    """The workbook of the new side with the sheet "Überleitung"; raises `NotWritten`."""
    unit = comparison.new.unit
    said = _("alt: {old} · neu: {new} · Beträge in {unit}")
    return with_bridge(
        package,
        BridgeSheet(
            subtitle=said.format(old=_shown(comparison.old), new=_shown(comparison.new), unit=unit.value),
            blocks=tuple(BridgeBlock(title_of(span), comparison.bridge(span)) for span in comparison.spans),
            unit=unit,
            old_is_here=comparison.old.path == comparison.new.path,
        ),
    )


def _shown(side: Side) -> str:
    """The file without its folder, which is nobody else's."""
    return f"{side.path.name} · {side.place}" if side.place else side.path.name
