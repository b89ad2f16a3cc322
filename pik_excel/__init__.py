"""pik-excel: checks, projects and losslessly rewrites the budget workbooks of a German city.

>>> import pik_excel
>>> frame = pik_excel.read("workbooks/haushalt.xlsx").to_frame()
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pik_excel.report.frame import ReadWorkbook

__version__ = "0.1.0"
__all__ = ["__version__", "read"]


def read(path: str | Path) -> ReadWorkbook:
    """Read a workbook: `.workbook`, `.budget`, `.findings()`, `.to_frame()`. See `pik_excel.report.frame`."""
    from pik_excel.report.frame import read as read_it  # importing the package alone must stay cheap

    return read_it(path)
