"""Which footnote marks does a text carry at its end?

"Angebot Willkommensräume*", "OMID *)", "Arrival Aid 1)", "Refugio¹", "Empowerment *, **". `**` is one mark, not `*`
twice. Not marks: "Stufe (1)" and "(Stufe 1)", "Integrationsmanager*innen", the wildcard in "31.60.*" and "Konto 43*".
"""

from __future__ import annotations

import re
import unicodedata

from pik_excel.patterns import pattern

_LAST = pattern(r"(?P<gap>[\s,;/]*)(?P<mark>\(\*{1,5}\)|\*{1,5}\)?|\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?)\s*\Z")
_REACH, _MOST = 80, 20  # characters in which the last mark is looked for; marks of one text
_WILDCARD = pattern(r"\d\.?\Z")
_OPENING = pattern(r"\s*(?P<mark>\(\*{1,5}\)|\*{1,5}\)?|\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?)\s*(?P<text>[^\s*].*)\Z", re.DOTALL)


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its trailing marks, and the marks in the order they stand in."""
    bare = text.rstrip()
    marks: list[str] = []
    while len(marks) < _MOST and (found := _LAST.search(bare, max(0, len(bare) - _REACH))):
        before = bare[: found.start()]
        if not before or not _is_a_mark(found["mark"], found["gap"], before):
            break
        marks.append(plain_mark(found["mark"]))
        bare = before
    return (bare, tuple(reversed(marks))) if marks else (text, ())


def opening_mark(text: str) -> tuple[str, str] | None:
    """The mark that a note begins with, and the note: "*", "Haushaltsmittel stehen …"; None if with none."""
    found = _OPENING.match(text)
    return (plain_mark(found["mark"]), found["text"]) if found else None


def plain_mark(mark: str) -> str:
    """One spelling for each mark: "*)" and "(*)" are "*", "¹" is "1)"."""
    bare = unicodedata.normalize("NFKC", mark.strip("() "))
    return f"{bare})" if bare.isdigit() else bare


def _is_a_mark(mark: str, gap: str, before: str) -> bool:
    if mark.endswith(")") and not mark.startswith("(") and before.count("(") > before.count(")"):
        return False
    if mark.startswith("*"):
        return bool(gap) or not _WILDCARD.search(before)
    return bool(gap.strip()) or not before[-1:].isdigit()
