"""What may a chart be called? XlsxWriter takes what looks like a place ("Los!A1", "=x!B2") for a formula."""

from __future__ import annotations

from pik_excel.patterns import pattern

_LIKE_A_PLACE = pattern(r"=?[^!]+!\$?[A-Z]+\$?\d")
_NOTHING_TO_SEE = "\N{WORD JOINER}"


def chart_text(text: str) -> str:
    """The text as a name of a series or chart, so that it stays one."""
    text = _NOTHING_TO_SEE + text if text.startswith("=") else text
    return text.replace("!", "!" + _NOTHING_TO_SEE, 1) if _LIKE_A_PLACE.match(text) else text
