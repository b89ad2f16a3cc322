"""The council paper's tables as a page for the browser; each figure tells its cell when pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from pik_excel.language import _, active
from pik_excel.report.paper import Paper
from pik_excel.report.template import rendered

MOST_UPRIGHT = 8
"""Columns that an upright page has room for."""


def paper_html(papers: Sequence[Paper]) -> str:
    """The page."""
    words = {"deadlines": _("Fristen"), "scenarios": _("Szenarien")}
    wide = any(len(table.header[0]) > MOST_UPRIGHT for paper in papers for table in paper.tables if table.header)
    return rendered("paper.html", language=active(), papers=papers, words=words, wide=wide)
