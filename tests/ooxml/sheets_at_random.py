"""Worksheets as any program might write them: the strategy of the property tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from pik_excel.ooxml.cellref import a1
from pik_excel.ooxml.edits import Blank, Content, Formula, Number, Text, Truth
from tests.ooxml.building import MAIN, RELATIONS

WIDTH, HEIGHT = 6, 7
SHARED = "{}1*2+$F$7"  # the formula of the group, for the row of its master


@dataclass(frozen=True)
class Style:
    """How the same cells are written down."""

    prefix: str
    encoding: str
    line: str
    quote: str
    numbered_rows: bool
    numbered_cells: bool
    spans: bool
    dimension: str
    noise: bool


@dataclass(frozen=True)
class RandomSheet:
    """The part, whether every reader can read it (calamine knows only UTF-8), and where the shared formula stands."""

    part: bytes
    utf8: bool
    shared: tuple[tuple[int, int], ...]


STYLES = st.builds(
    Style,
    prefix=st.sampled_from(["", "", "x:"]),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
    line=st.sampled_from(["", "\n", "\r\n  "]),
    quote=st.sampled_from(['"', "'"]),
    numbered_rows=st.booleans(),
    numbered_cells=st.booleans(),
    spans=st.booleans(),
    dimension=st.sampled_from(["", "A1", "A1:F7", "B2:C3"]),
    noise=st.booleans(),
)
VALUES = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda number: ("", f"<v>{number}</v>")),
    st.decimals(-1000, 1000, allow_nan=False, places=3).map(lambda number: ("", f"<v>{number}</v>")),
    st.sampled_from(
        [
            ("", ""),
            ("", "<v/>"),
            ("b", "<v>1</v>"),
            ("e", "<v>#N/A</v>"),
            ("str", "<f>\"a\"&amp;\"b\"</f><v>ab</v>"),
            ("", "<f>1+1</f><v>2</v>"),
            ("inlineStr", "<is><t>Maßnahme &lt;1&gt;</t></is>"),
            ("inlineStr", "<is><r><rPr><b/><color rgb='FF000000'/></rPr><t>a</t></r><r><t>b</t></r></is>"),
        ]
    ),
)  # fmt: skip
GRIDS = st.dictionaries(st.tuples(st.integers(1, HEIGHT), st.integers(1, WIDTH)), VALUES, max_size=14)


@st.composite
def sheets(draw: st.DrawFn, shared_at_least: int = 0) -> RandomSheet:
    """A worksheet part with values, inline texts, formulas and one shared formula."""
    style, grid = draw(STYLES), dict(draw(GRIDS))
    column, length = draw(st.integers(1, WIDTH)), draw(st.integers(shared_at_least, 5))
    shared = tuple((row, column) for row in range(2, 2 + length)) if length > 1 else ()
    for index, at in enumerate(shared):
        grid[at] = ("", _shared_formula(shared, index))
    empty_rows = draw(st.sets(st.integers(1, HEIGHT), max_size=2)) - {row for row, _column in grid}
    text = _written(style, grid, empty_rows)
    encoded = text.encode(style.encoding)
    if style.encoding.startswith("utf-16"):
        encoded = "\ufeff".encode(style.encoding) + encoded
    return RandomSheet(encoded, style.encoding.startswith("utf-8"), shared)


CONTENTS: st.SearchStrategy[Content] = st.one_of(
    st.decimals(-(10**9), 10**9, allow_nan=False, places=4).map(Number),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12).map(Text),
    st.booleans().map(Truth),
    st.sampled_from([Formula("SUM(A1:B2)", Decimal(3)), Formula('"<"&A1', "<"), Formula("A1>2", True), Formula("1+1")]),
    st.just(Blank()),
)
PLACES = st.tuples(st.integers(1, HEIGHT + 2), st.integers(1, WIDTH + 2))


def _shared_formula(shared: tuple[tuple[int, int], ...], index: int) -> str:
    if index:
        return '<f t="shared" si="4"/><v>7</v>'
    column = a1(1, shared[0][1])[:-1]
    return f'<f t="shared" ref="{a1(*shared[0])}:{a1(*shared[-1])}" si="4">{SHARED.format(column)}</f><v>7</v>'


def _written(style: Style, grid: dict[tuple[int, int], tuple[str, str]], empty_rows: set[int]) -> str:
    rows, line = [], style.line
    numbers = sorted({row for row, _column in grid} | empty_rows)
    for index, number in enumerate(numbers):
        follows = number == (numbers[index - 1] if index else 0) + 1
        attributes = "" if follows and not style.numbered_rows else f' r="{number}"'
        columns = sorted(column for row, column in grid if row == number)
        if style.spans and columns:
            attributes += f' spans="{columns[0]}:{columns[-1]}"'
        cells = "".join(_cell(style, grid, number, columns, place) for place in range(len(columns)))
        rows.append(f"<row{attributes} x='>'>{cells}</row>" if cells else f"<row{attributes}/>")
    if style.noise and rows:
        rows.insert(0, "<!-- <row r='1'><c r='A1'/></row> -->")
        rows.append("<?pi <c r='B9'/> ?>")
    data = f"<sheetData>{line}{line.join(rows)}{line}</sheetData>" if rows else "<sheetData/>"
    dimension = f'<dimension ref="{style.dimension}"/>' if style.dimension else ""
    name = f"xmlns{':x' if style.prefix else ''}"
    inside = _prefixed(
        dimension + data + '<pageMargins left="0.7" right="0.7" top="0.7" bottom="0.7" header="0" footer="0"/>',
        style.prefix,
    )
    declared = "UTF-16" if style.encoding.startswith("utf-16") else "UTF-8"
    head = f'<?xml version="1.0" encoding="{declared}"?>{line}'
    return f'{head}<{style.prefix}worksheet {name}="{MAIN}" xmlns:r="{RELATIONS}">{inside}</{style.prefix}worksheet>'


def _cell(style: Style, grid: dict[tuple[int, int], tuple[str, str]], row: int, columns: list[int], place: int) -> str:
    column = columns[place]
    kind, inside = grid[row, column]
    follows = column == (columns[place - 1] if place else 0) + 1
    shared = 't="shared"' in inside  # openpyxl wants to know where these stand
    named = (
        "" if follows and not style.numbered_cells and not shared else f" r={style.quote}{a1(row, column)}{style.quote}"
    )
    typed = f" t={style.quote}{kind}{style.quote}" if kind else ""
    return f"<c{typed}{named}>{inside}</c>" if inside else f"<c{named}/>"


def _prefixed(text: str, prefix: str) -> str:
    if not prefix:
        return text
    return re.sub(r"<(/?)([A-Za-z])", rf"<\1{prefix}\2", text)
