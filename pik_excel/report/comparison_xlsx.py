"""A comparison as a workbook: a sheet with the bridge and its waterfall for each year."""

from __future__ import annotations

from pik_excel.diff.comparison import Comparison
from pik_excel.language import _
from pik_excel.report.comparison_text import title_of
from pik_excel.writeback.bridge_sheet import BridgeSheet, bridges_workbook


def comparison_xlsx(comparison: Comparison) -> bytes:
    """The workbook."""
    unit = comparison.new.unit
    said = _("alt: {old} · neu: {new} · Beträge in {unit}")
    subtitle = said.format(old=comparison.old.shown, new=comparison.new.shown, unit=unit.value)
    return bridges_workbook(
        [
            BridgeSheet(
                f"{span.old[0]}-{span.new[0]}" if span.old[0] != span.new[0] else str(span.new[0]),
                title_of(span),
                subtitle,
                comparison.bridge(span),
                unit,
            )
            for span in comparison.spans
        ]
    )
