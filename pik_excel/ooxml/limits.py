"""How large may a workbook be before it is refused unread?"""

from __future__ import annotations

from pathlib import Path

from pik_excel.records import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes; inflated sizes are counted, never taken from a header.

    The largest municipal workbooks known to us inflate to under 100 MiB. `ratio` (inflated : packed) is looked at only
    beyond `ratio_from`, because small repetitive parts compress well and do no harm. `depth`, `attributes` (of one
    element) and `attribute_bytes` (of one of them) hold for every XML part, `cells` and `merges` for one sheet.
    """

    file_bytes: int = 256 * MIB
    entries: int = 10_000
    part_bytes: int = 256 * MIB
    total_bytes: int = 512 * MIB
    ratio: int = 100
    ratio_from: int = 16 * MIB
    sheets: int = 5_000
    cells: int = 5_000_000
    merges: int = 100_000
    depth: int = 256
    attributes: int = 1_000
    attribute_bytes: int = MIB


USUAL = Limits()


def limits_for(folder: Path) -> Limits:
    """The limits for the workbooks of a folder, as its `pik-excel.toml` sets them."""
    from pik_excel.schema import load

    set_ = load(folder).preflight
    return Limits(
        file_bytes=set_.file_mb * MIB,
        entries=set_.entries,
        part_bytes=set_.part_mb * MIB,
        total_bytes=set_.total_mb * MIB,
        ratio=set_.ratio,
        sheets=set_.sheets,
        cells=set_.cells,
        merges=set_.merges,
        depth=set_.depth,
        attributes=set_.attributes,
        attribute_bytes=set_.attribute_kb * 1024,
    )
