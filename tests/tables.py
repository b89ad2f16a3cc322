"""A workbook written as text, so that a test and a rule's page can show the sheet they mean.

    Blatt "Annahmen":

    |   | A        | B                |
    |---|----------|------------------|
    | 1 | Maßnahme | 2022 TEUR        |
    | 2 | OMID     | 290              |
    | 3 | Summe    | =SUM(B2:B2) → 290 |

A cell is a number ("290", "44.7", "44.7 %", dots as decimal point), a formula ("=…", English functions, its stored
value after "→"), an Excel error, a date ("2022-12-31"), or text; `'1.151` is text whatever it looks like, `''` empty.
"(ausgeblendet)" behind a row number or a column letter hides it. A sheet's name stands in a line `Blatt "Name":` above
its table; without one it is "Tabelle1". `{0%}` at the end of a cell sets its number format. A line
`Arbeitsmappe: manuell, Makros (VBA)` sets what holds for the whole file: how it calculates (manuell, iterativ, 1904,
wie angezeigt) and what active content it has.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from pik_excel.grid.reference import Area, column_number
from pik_excel.grid.workbook import Calculation, Cell, ErrorValue, Sheet, Value, Workbook

_SHEET = re.compile(r'^\s*Blatt "(?P<name>[^"]+)"(?P<hidden> \(ausgeblendet\))?:\s*$')
_FILE = re.compile(r"^\s*Arbeitsmappe: (?P<what>.+?)\s*$", re.MULTILINE)
_SETTINGS = {"manuell": "manual", "iterativ": "iterative", "1904": "date1904", "wie angezeigt": "as_displayed"}
_ERROR = re.compile(r"#(REF!|DIV/0!|NAME\?|N/A|VALUE!|NUM!|NULL!)\Z")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?) ?%\Z")
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_HIDDEN = "(ausgeblendet)"


def workbook(text: str, *, merges: dict[str, tuple[Area, ...]] | None = None, name: str = "probe.xlsx") -> Workbook:
    """The workbook that `text` shows; `merges` by sheet name."""
    formats = ["General"]
    stated = [word.strip() for found in _FILE.finditer(text) for word in found["what"].split(",")]
    sheets = [_sheet(title, state, rows, formats, merges or {}) for title, state, rows in _tables(text)]
    return Workbook(
        path=Path(name),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        sheets=tuple(sheets),
        number_formats=tuple(formats),
        application="Microsoft Excel",
        calculation=Calculation(**{_SETTINGS[word]: True for word in stated if word in _SETTINGS}),
        active_content=tuple(word for word in stated if word not in _SETTINGS),
    )


def _tables(text: str) -> list[tuple[str, str, list[list[str]]]]:
    title, state, rows = "Tabelle1", "visible", []
    found: list[tuple[str, str, list[list[str]]]] = []
    for line in [*text.splitlines(), ""]:
        if heading := _SHEET.match(line):
            title, state = heading["name"], "hidden" if heading["hidden"] else "visible"
        elif line.strip().startswith("|"):
            rows.append([part.strip() for part in line.strip().strip("|").split("|")])
        elif rows:
            found.append((title, state, rows))
            rows = []
    return found


def _sheet(
    title: str, state: str, rows: list[list[str]], formats: list[str], merges: dict[str, tuple[Area, ...]]
) -> Sheet:
    head, body = rows[0], [row for row in rows[1:] if not set("".join(row)) <= set("-: ")]
    columns = [column_number(letters.replace(_HIDDEN, "").strip()) for letters in head[1:]]
    cells = {}
    for row in body:
        number = int(row[0].replace(_HIDDEN, ""))
        for column, content in zip(columns, row[1:], strict=False):
            if content:
                cells[number, column] = _cell(number, column, content, formats)
    return Sheet(
        name=title,
        cells=cells,
        state=state,
        merges=merges.get(title, ()),
        hidden_rows=frozenset(int(row[0].replace(_HIDDEN, "")) for row in body if _HIDDEN in row[0]),
        hidden_columns=frozenset(
            column for column, letters in zip(columns, head[1:], strict=True) if _HIDDEN in letters
        ),
    )


def _cell(row: int, column: int, content: str, formats: list[str]) -> Cell:
    content, style = _format(content, formats)
    if content.startswith("="):
        formula, _, stored = (part.strip() for part in content[1:].partition("→"))
        return Cell(row, column, _value(stored, formats)[0] if stored else None, formula, style)
    value, implied = _value(content, formats)
    return Cell(row, column, value, None, style or implied)


def _format(content: str, formats: list[str]) -> tuple[str, int]:
    found = re.search(r"\s*\{([^{}]+)\}\Z", content)
    if not found:
        return content, 0
    return content[: found.start()], _style(found[1], formats)


def _style(code: str, formats: list[str]) -> int:
    if code not in formats:
        formats.append(code)
    return formats.index(code)


def _value(content: str, formats: list[str]) -> tuple[Value, int]:
    if content.startswith("'"):
        return ("" if content == "''" else content[1:]), 0
    if _ERROR.match(content):
        return ErrorValue(content), 0
    if _NUMBER.match(content):
        return Decimal(content), 0
    if share := _PERCENT.match(content):
        decimals = len(share[1].partition(".")[2])
        return Decimal(share[1]) / 100, _style("0." + "0" * decimals + "%" if decimals else "0%", formats)
    if _DATE.match(content):
        days = (date.fromisoformat(content) - date(1899, 12, 30)).days
        return Decimal(days), _style("dd.mm.yyyy", formats)
    if content in {"WAHR", "FALSCH"}:
        return content == "WAHR", 0
    return content, 0
