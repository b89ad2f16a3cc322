"""How may a sheet be called that is to bear the name of an Amt? Legal in Excel, and unlike all others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pik_excel.patterns import pattern

_FORBIDDEN = pattern(r"[\[\]:*?/\\]")
_LONGEST = 31  # UTF-16 units
_RESERVED = {"history", "verlauf", "änderungsprotokoll"}


def sheet_names(wanted: Iterable[str], taken: Iterable[str], otherwise: str) -> dict[str, str]:
    """For each wanted name the sheet's; `taken` are those of other sheets, `otherwise` stands for an empty one."""
    used = {_compared(name) for name in taken} | _RESERVED
    found: dict[str, str] = {}
    for name in dict.fromkeys(wanted):
        found[name] = _free(_legal(name) or otherwise, used)
        used.add(_compared(found[name]))
    return found


def _legal(name: str) -> str:
    visible = "".join(" " if unicodedata.category(one) in {"Cc", "Cs", "Cn"} else one for one in name)
    return _cut(" ".join(_FORBIDDEN.sub("-", visible).split()).strip("' "), _LONGEST)


def _free(name: str, used: set[str]) -> str:
    free, number = name, 1
    while _compared(free) in used:
        number += 1
        ending = f" ({number})"
        free = _cut(name, _LONGEST - len(ending)) + ending
    return free


def _cut(name: str, units: int) -> str:
    while len(name.encode("utf-16-le")) // 2 > units:
        name = name[:-1]
    return name.rstrip("' ")


def _compared(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
