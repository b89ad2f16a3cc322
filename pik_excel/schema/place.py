"""On which line of a TOML file does a key stand? tomllib tells lines only for bad syntax."""

from __future__ import annotations

from itertools import count

from pik_excel.patterns import pattern

_SECTION = pattern(r"\s*\[+\s*(?P<path>[^\]\n]+?)\s*\]+\s*(#.*)?\Z")
_KEY = pattern(r"""\s*(?P<key>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = pattern(r"""[\w-]+|"([^"]*)"|'([^']*)'""")


def line_of(text: str, key: str) -> int | None:
    """The line (from 1) of `key`, given with its sections ("fields.traeger.headers"); of the section around it where it
    is written inline; None where neither is found."""
    return nearest(lines_of(text), key)


def lines_of(text: str) -> dict[str, int]:
    """The lines (from 1) of all keys and sections, each given with the sections it lies in; of several
    `[[ignore]]` the first is "ignore.0"."""
    section, lines = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if opened := _SECTION.match(line):
            section = _joined(opened["path"])
            lines.setdefault(section, number)
            if line.lstrip().startswith("[["):
                section = next(entry for entry in (f"{section}.{index}" for index in count()) if entry not in lines)
                lines[section] = number
        elif named := _KEY.match(line):
            lines.setdefault(".".join(part for part in (section, _joined(named["key"])) if part), number)
    return lines


def nearest(lines: dict[str, int], key: str) -> int | None:
    """The line of `key`, or of the innermost section around it."""
    while key:
        if key in lines:
            return lines[key]
        key = key.rpartition(".")[0]
    return None


def _joined(path: str) -> str:
    return ".".join(match[1] or match[2] or match[0] for match in _PART.finditer(path))
