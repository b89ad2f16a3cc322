"""In every real workbook one cell is edited, and nothing but that edit is different afterwards.

By default a fixed sample is tried. `PIK_EXCEL_FULL=1 pytest tests/ooxml/test_corpus.py -s` tries every file and prints
the shares; with PIK_EXCEL_OOXML_VALIDATOR set it also asks Microsoft's validator about a part of the outputs.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pik_excel.errors import NotWritten, Refused
from pik_excel.ooxml.cellxml import written
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Text
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import worksheets
from pik_excel.ooxml.sheetxml import sheet_xml
from tests.oracles import new_errors

FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
EVERY = 1 if FULL else 6
CONTENTS: dict[str, Content] = {
    "number": Number(Decimal("1234.5")),
    "text": Text("Prüfung & „x“ <b>"),
    "formula": Formula("SUM(1,2)", Decimal(3)),
    "blank": Blank(),
}
Place = tuple[str, str, int, int]


REASONS = {"encrypted", "damaged", "damaged-xml", "truncated", "doctype", "off-grid", "macros-as-xlsx"}
"""For which a real workbook may be refused: it is locked, broken, or not what its name says."""


def places(package: Package) -> Iterator[Place]:
    """Sheet, part, row and column of the typed numbers, and at last of a cell that is in most files free."""
    sheets = [sheet for sheet in worksheets(package) if sheet.kind == "worksheet"]
    for sheet in sheets:
        own = sheet_xml(package, sheet.part)
        for row in own.rows:
            for cell in own.cells(row):
                said = written(own, cell)
                if said.kind == "n" and said.value and said.formula is None:
                    yield sheet.name, sheet.part, cell.row, cell.column
    for sheet in sheets:
        yield sheet.name, sheet.part, 40, 20


def edited(package: Package, content: Content) -> tuple[Place, Package] | list[str]:
    """The first place where the edit can be made, and the output; else why it could not be made."""
    reasons = []
    for place in islice(places(package), 40):
        sheet, _part, row, column = place
        try:
            return place, patched(package, [CellEdit(sheet, row, column, content)])
        except NotWritten as refused:
            reasons.append(f"{refused.code}: {refused.message}")
    return reasons


def strict_failure(package: Package, place: Place, output: Package) -> str | None:
    """What changed besides the edit: only the sheet, the calculation flag and the calculation chain may."""
    found = compare(package, output)
    sheet, part, row, column = place
    chain = related(package, workbook_part(package), "calcChain")
    emptied = {"[Content_Types].xml", *(name for name in package.names if name.endswith("workbook.xml.rels"))}
    allowed = {part, workbook_part(package), *chain} | (emptied if found.removed else set())
    if set(found.changed) - allowed or found.added or set(found.removed) - set(chain):
        return f"parts {found.changed} +{found.added} -{found.removed}"
    others = [
        str(change) for change in found.cells if (change.sheet, change.row, change.column) != (sheet, row, column)
    ]
    features = [name for _part, name in found.features if name not in {"dimension", "calcPr"}]
    return f"cells {others}, features {features}" if others or features else None


def admitted(corpus: list[Path]) -> Iterator[tuple[Path, Package]]:
    for path in corpus[::EVERY]:
        try:
            yield path, open_package(path)
        except Refused as refused:
            assert refused.code in REASONS, f"{path.name}: {refused}"


@pytest.mark.parametrize("kind", CONTENTS)
def test_an_edit_is_strict_in_every_workbook(kind: str, corpus: list[Path]) -> None:
    failures, shares = [], Counter[str]()
    for path, package in admitted(corpus):
        try:
            result = edited(package, CONTENTS[kind])
        except Refused as refused:
            assert refused.code == "damaged-xml", f"{path.name}: {refused}"
            shares["not well-formed"] += 1
            continue
        if isinstance(result, list):
            failures.append(f"{path.name}: {result or 'no worksheet'}")
            continue
        failure = strict_failure(package, *result)
        shares["strict" if failure is None else "not strict"] += 1
        failures += [f"{path.name}: {failure}"] if failure else []
    print(kind, dict(shares))
    assert shares["strict"] > len(corpus) // EVERY * 0.9
    assert not failures


def values(data: bytes) -> dict[tuple[str, int, int], object] | None:
    """Every value as calamine reads it; None where it cannot read the file."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except Exception:  # it raises its own kinds of errors, and some of Rust's
        return None
    return {
        (name, row, column): value
        for name, grid in grids.items()
        for row, line in enumerate(grid, 1)
        for column, value in enumerate(line, 1)
        if value != ""
    }


def test_another_reader_sees_the_new_text_and_all_else_as_before(corpus: list[Path]) -> None:
    compared = 0
    for path, package in admitted(corpus):
        if path.stat().st_size > 2_000_000 or (before := values(package.data)) is None:
            continue
        try:
            result = edited(package, CONTENTS["text"])
        except Refused:
            continue
        assert not isinstance(result, list)
        (sheet, _part, row, column), output = result
        after = values(output.data)
        assert after is not None, path.name
        assert after.pop((sheet, row, column)) == "Prüfung & „x“ <b>", path.name
        before.pop((sheet, row, column), None)
        assert before == after, path.name
        compared += 1
    assert compared > len(corpus) // EVERY * 0.8


@pytest.mark.skipif(not FULL, reason="about a quarter of an hour; PIK_EXCEL_FULL=1 runs it")
@pytest.mark.parametrize("kind", CONTENTS)
def test_the_validator_finds_no_new_error(kind: str, corpus: list[Path], tmp_path: Path) -> None:
    failures = []
    for path, package in list(admitted(corpus))[:: 5 + len(kind)]:
        try:
            result = edited(package, CONTENTS[kind])
        except Refused:
            continue
        assert not isinstance(result, list), f"{path.name}: {result}"
        output = tmp_path / path.name
        output.write_bytes(result[1].data)
        failures += [f"{path.name}: {error}" for error in new_errors(path, output)]
    assert not failures
