"""The council paper's tables as a page for the browser; each figure tells its cell when pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from pik_excel.language import _, active
from pik_excel.report.paper import Paper
from pik_excel.report.template import rendered


def paper_html(papers: Sequence[Paper]) -> str:
    """The page."""
    words = {"deadlines": _("Fristen"), "scenarios": _("Szenarien")}
    return rendered("paper.html", language=active(), papers=papers, words=words)
