"""How large may a workbook be before it is refused unread?"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes; inflated sizes are counted, never taken from a header.

    The largest municipal workbooks known to us inflate to under 100 MiB. `ratio` (inflated : packed) is looked at only
    beyond `ratio_from`, because small repetitive parts compress well and do no harm.
    """

    file_bytes: int = 256 * MIB
    entries: int = 10_000
    part_bytes: int = 256 * MIB
    total_bytes: int = 512 * MIB
    ratio: int = 200
    ratio_from: int = 32 * MIB


USUAL = Limits()
