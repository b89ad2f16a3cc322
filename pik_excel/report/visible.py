"""Which letters of a workbook, or of its name, must a terminal or a log not act on?

Sheet names, texts and file names come from anyone: they may hold codes that colour, overwrite or hide lines, letters
that turn the reading direction, and lines that a build server takes for its own commands.
"""

from __future__ import annotations

import re

from pik_excel.patterns import pattern

_ACTED_ON = pattern(
    r"(\x1b\[(?:0|1|3[1-6])m|\r\n)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""First what stays: our own colours, and the line ends of CSV."""
_NO_LETTER = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""
_COMMAND = pattern(r"(?m)^([^\S\n]*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))")


def visible(text: str) -> str:
    """The text with such letters spelled out, as in JSON: \\u001b. Line ends, tabs and our own colours stay."""
    if text.isascii() and text.isprintable():
        return text
    return _ACTED_ON.sub(_spelled, text)


def on_one_line(text: str) -> str:
    """As `visible`, line ends and tabs too: a file name is one line."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def on_paper(text: str) -> str:
    """As `visible`, and what a document of Word cannot hold, which has no colours of ours."""
    return _NO_LETTER.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text))


def without_commands(text: str) -> str:
    """Lines that GitHub, Azure or TeamCity would run ("::error::", "##vso[") with a blank in their mark."""
    return _COMMAND.sub(lambda found: f"{found[1] or ''}{found[0][-1]} ", text)


def _spelled(found: re.Match[str]) -> str:
    return found[1] or f"\\u{ord(found[0]):04x}"
