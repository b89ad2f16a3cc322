"""In which forms can the findings be written down? Each a function of the results, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import cast

from pik_excel.report.checked import Checked

Written = Callable[[Sequence[Checked]], str | Iterator[str]]
"""The whole, or piece by piece."""

FORMS = {
    "json": "json:findings_pieces",  # for programs, as published in schemas/
    "html": "html:findings_html",  # for people without a terminal
    "csv": "csv:findings_pieces",  # for a spreadsheet
    "sarif": "sarif:findings_sarif",  # code scanning
    "junit": "junit:findings_junit",  # build servers
    "gitlab": "annotations:gitlab",  # GitLab Code Quality
    "github": "annotations:github",  # GitHub Actions
}
"""Beside "text", which also needs to know about colour and how much to say."""


def form_of(name: str) -> Written:
    """The function that writes this form."""
    module, _, function = FORMS[name].partition(":")
    return cast(Written, getattr(import_module(f"pik_excel.report.{module}"), function))
