"""A furnished sheet is grafted into real workbooks, and nothing that was there differs afterwards.

By default a sample of fixed size; PIK_EXCEL_FULL=1 takes every workbook of the corpus that preflight admits.
"""

from __future__ import annotations

import io
import os
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook

from pik_excel.errors import NotWritten, Refused
from pik_excel.grid.read import read_workbook
from pik_excel.ooxml.graft import counts_from_1904, grafted
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.sheets import worksheets
from tests.office import office
from tests.ooxml.graft.giving import SHEETS, furnished
from tests.oracles import new_errors, validation_errors

FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
FILES, BYTES, VALIDATED, OPENED = 50, 40_000, 4, 4  # the sample: so many of the smaller files
MAY_CHANGE = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles2?\.xml|docprops/app\.xml"
)
REFUSED = {
    "workbookProtection_workbook_revision_protected": "shared-workbook",
    "xlsx-corrupted": "damaged-xml",  # a relationships part that is no XML
}
UNREADABLE_STYLES = {"style-alternate-content"}  # openpyxl does not see the fonts inside mc:AlternateContent
STRICT_PERCENT = re.compile("'-?[0-9.]+%' is not a valid 'Int32'")  # it says so of Excel's own Strict files too
_LIST = re.compile(rb"<(?:\w+:)?(numFmts|fonts|fills|borders|cellStyleXfs|cellXfs|cellStyles|dxfs)\b[^>]*?(/?)>")


@cache
def donor(from_1904: bool) -> bytes:
    return furnished(from_1904=from_1904)


def own_styles(path: Path) -> int:
    """How many styles a workbook has; 0 where it cannot be read."""
    try:
        package = open_package(path)
    except Refused:
        return 0
    part = package.find("xl/styles.xml")
    return package.part(part).count(b"<xf ") if part else 0


@dataclass(frozen=True)
class Pairs:
    """Each workbook before and after; made anew for each test, as all of them at once fill the memory."""

    paths: tuple[Path, ...]

    def __iter__(self) -> Iterator[tuple[Package, Package]]:
        for path in self.paths:
            try:
                package = open_package(path)
            except Refused:
                continue
            try:
                yield package, grafted(package, donor(counts_from_1904(package)))
            except (NotWritten, Refused) as error:
                assert REFUSED[path.stem.rpartition("__")[2]] == error.code


def sample(corpus: list[Path]) -> tuple[Path, ...]:
    """Of the smaller workbooks those with the most styles."""
    small = [path for path in corpus if path.stat().st_size < BYTES]
    return tuple(sorted(small, key=own_styles, reverse=True)[:FILES])


@pytest.fixture(scope="module")
def pairs(corpus: list[Path]) -> Pairs:
    """The workbooks that are looked at."""
    return Pairs(tuple(corpus) if FULL else sample(corpus))


def parts(package: Package) -> dict[str, bytes]:
    """Every part as Python's own zip reader inflates it."""
    with zipfile.ZipFile(io.BytesIO(package.data)) as file:
        return {name.replace("\\", "/"): file.read(name) for name in file.namelist()}


def test_every_part_that_was_there_is_the_same_save_the_lists(pairs: Pairs) -> None:
    grafts = 0
    for before, after in pairs:
        grafts += 1
        old, new = parts(before), parts(after)
        changed = {name for name in old if old[name] != new.get(name)}
        assert {name for name in changed if not MAY_CHANGE.fullmatch(name.casefold())} == set(), before.path.name
    assert grafts >= FILES - 2


def test_every_style_that_was_there_keeps_its_place_and_its_bytes(pairs: Pairs) -> None:
    for before, after in pairs:
        part = before.find("xl/styles.xml")
        if part is None:
            continue
        old, new = dict(lists(before.text(part))), dict(lists(after.text(part)))
        assert {name for name in old if not new[name].startswith(old[name])} == set(), before.path.name


def lists(styles: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands in each list of the styles."""
    for found in _LIST.finditer(styles):
        close = re.compile(rb"</(?:\w+:)?" + found[1] + rb"\s*>").search(styles, found.end())
        yield found[1], b"" if found[2] or close is None else styles[found.end() : close.start()]


def test_openpyxl_reads_the_old_cells_and_their_formats_as_before(pairs: Pairs) -> None:
    compared = 0
    for before, after in pairs:
        old, new = opened(before.data), opened(after.data)
        if old is None or any(name in before.path.stem for name in UNREADABLE_STYLES):
            continue
        assert new is not None, before.path.name
        for name in (sheet.title for sheet in old.worksheets):
            assert looks(old, name) == looks(new, name), (before.path.name, name)
            compared += 1
    assert compared > 50


def test_openpyxl_reads_the_new_cells_as_the_donor_had_them(pairs: Pairs) -> None:
    given = {calendar: opened(donor(calendar)) for calendar in (False, True)}
    for before, after in pairs:
        new, model = opened(after.data), given[counts_from_1904(before)]
        if new is None or not new.worksheets or any(name in before.path.stem for name in UNREADABLE_STYLES):
            continue  # openpyxl sees no sheets at all in a Strict workbook
        for number, name in enumerate(SHEETS, -len(SHEETS)):
            title = new.worksheets[number].title
            assert looks(new, title) == looks(model, name), before.path.name
            assert len(new[title]._charts) == len(model[name]._charts)
            assert len(new[title].tables) == len(model[name].tables)


def test_our_own_reader_reads_old_and_new_cells(pairs: Pairs) -> None:
    model = {sheet.name: sheet for sheet in read_workbook(Package.from_bytes(donor(False))).sheets}
    for before, after in pairs:
        try:
            old = read_workbook(before)
        except Refused:
            continue
        new = {sheet.name: sheet for sheet in read_workbook(after).sheets}
        for sheet in old.sheets:
            assert new[sheet.name].cells == sheet.cells, (before.path.name, sheet.name)
        added = [sheet.name for sheet in worksheets(after)][-len(SHEETS) :]
        for name, title in zip(SHEETS, added, strict=True):
            texts = {place: cell.value for place, cell in new[title].cells.items() if isinstance(cell.value, str)}
            own = {place: cell.value for place, cell in model[name].cells.items() if isinstance(cell.value, str)}
            assert texts == own, before.path.name


def test_microsofts_validator_finds_nothing_new(pairs: Pairs, tmp_path: Path) -> None:
    found = {}
    for before, after in pairs if FULL else Pairs(pairs.paths[:: FILES // VALIDATED]):
        path = tmp_path / "after.xlsx"
        path.write_bytes(after.data)
        if validation_errors(path):
            errors = new_errors(before.path, path)
            found[before.path.name] = [error for error in errors if not STRICT_PERCENT.search(error)]
    found = {name: errors for name, errors in found.items() if errors}
    assert found == {}


def test_libreoffice_reads_old_and_new_cells(corpus: list[Path], tmp_path: Path) -> None:
    some = list(Pairs(sample(corpus)[:: FILES // OPENED]))
    jobs = [{"path": str(tmp_path / "donor.xlsx"), "steps": []}]
    (tmp_path / "donor.xlsx").write_bytes(donor(False))
    for number, (before, after) in enumerate(some):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(after.data)
        jobs += [{"path": str(before.path), "steps": []}, {"path": str(path), "steps": []}]
    model, *answers = (answer["cells"] for answer in office(jobs))
    for (before, _after), old, new in zip(some, answers[::2], answers[1::2], strict=True):
        assert old.items() <= new.items(), before.path.name
        values = {place: value for place, (_formula, value) in new.items() if place not in old}
        assert values == {place: value for place, (_formula, value) in model.items()}, before.path.name


def opened(data: bytes) -> Workbook | None:
    """The workbook as openpyxl reads it; None where it cannot."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(io.BytesIO(data))
        except Exception:  # openpyxl raises whatever comes
            return None


def looks(book: Workbook, sheet: str) -> dict[str, tuple[object, str]]:
    """Content and look of each cell."""
    seen: dict[tuple[int, ...], str] = {}
    found = {}
    for cell in book[sheet]._cells.values():  # those of the file; iter_rows makes all that could be between them
        if not isinstance(cell, MergedCell):
            style = tuple(cell._style or ())
            if style not in seen:
                seen[style] = look(cell)
            found[cell.coordinate] = content(cell), seen[style]
    return found


def content(cell: Cell) -> object:
    """What openpyxl read; formulas by their kind, as names may have got a suffix."""
    value = cell.value
    if cell.data_type == "f" or not isinstance(value, str | int | float | bool | None):
        return re.sub(r"_\d|'| \(\d\)", "", str(getattr(value, "text", value)))
    return value


def look(cell: Cell) -> str:
    """Number format, font, fill, border, alignment and protection."""
    kinds = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
    return cell.number_format + "".join(repr(kind) for kind in kinds)
