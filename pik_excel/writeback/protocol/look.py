"""In which colours does the protocol show severities, and how does a marked cell look?"""

from __future__ import annotations

from pik_excel.checks.finding import Severity

INK, QUIET, LINE, BAND = "1F2933", "6B7280", "C9CED6", "EEF1F5"
_DARK = {Severity.ERROR: "B3261E", Severity.WARNING: "B25E00", Severity.NOTICE: "1F5FA8"}
_LIGHT = {Severity.ERROR: "FBDAD7", Severity.WARNING: "FFE8C7", Severity.NOTICE: "DCE9F8"}
_SIDES = ("left", "right", "top", "bottom")


def dark(severity: Severity) -> str:
    """The colour of words and frames."""
    return _DARK[severity]


def light(severity: Severity) -> str:
    """The colour of a ground that words are read on."""
    return _LIGHT[severity]


def mark_look(severity: Severity) -> bytes:
    """A `<dxf>` that sets ground and frame, and nothing of number format, font or alignment."""
    sides = "".join(f'<{side} style="thin"><color rgb="FF{dark(severity)}"/></{side}>' for side in _SIDES)
    fill = f'<fill><patternFill><bgColor rgb="FF{light(severity)}"/></patternFill></fill>'
    return f"<dxf>{fill}<border>{sides}</border></dxf>".encode()
