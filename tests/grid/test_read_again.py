"""What did not change is not read again, and whatever it rests on counts as a change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.errors import Refused
from pik_excel.grid.read import read_workbook
from pik_excel.language import speaking
from pik_excel.ooxml.container import container
from pik_excel.ooxml.edits import CellEdit, Number
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched

BOOK, FIRST, SECOND = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"


@pytest.fixture
def package(tmp_path: Path) -> Package:
    import xlsxwriter

    path = tmp_path / "zwei.xlsx"
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        for name in ("Plan", "Rechnung"):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "Kita", bold)
            sheet.write(0, 1, 12)
            sheet.write_formula(0, 2, "=B1*2", bold, 24)
    return Package.from_bytes(path.read_bytes(), path)


def anew(package: Package) -> Package:
    return Package.from_bytes(package.data, package.path)


def with_part(package: Package, part: str, old: bytes, new: bytes) -> Package:
    assert old in package.part(part)
    return package.followed_by(package.replaced({part: package.part(part).replace(old, new)}))


def test_a_sheet_whose_part_is_the_same_keeps_its_cells(package: Package) -> None:
    before = read_workbook(package)
    after = patched(package, [CellEdit("Plan", 1, 2, Number(Decimal(7)))])
    again = read_workbook(after)
    assert again.sheets[1].cells is before.sheets[1].cells
    assert again.sheets[0].cells is not before.sheets[0].cells
    assert again == read_workbook(anew(after))
    assert str(again.sheets[0].value(1, 2)) == "7"


def test_what_is_read_later_in_the_first_file_is_known_in_the_second(package: Package) -> None:
    after = with_part(package, FIRST, b"<v>12</v>", b"<v>13</v>")
    before = read_workbook(package)
    assert read_workbook(after).sheets[1].cells is before.sheets[1].cells


def test_other_texts_are_other_cells(package: Package) -> None:
    read_workbook(package)
    after = with_part(package, TEXTS, b"Kita", b"Hort")
    assert [sheet.value(1, 1) for sheet in read_workbook(after).sheets] == ["Hort", "Hort"]
    assert read_workbook(after) == read_workbook(anew(after))


def test_other_days_are_other_cells(package: Package) -> None:
    dated = with_part(package, SECOND, b'<c r="B1"><v>12</v>', b'<c r="B1" t="d"><v>2021-06-24</v>')
    before = read_workbook(dated).sheets[1].value(1, 2)
    assert b"date1904" not in dated.part(BOOK)
    after = with_part(dated, BOOK, b"<workbookPr", b'<workbookPr date1904="1"')
    assert read_workbook(after).sheets[1].value(1, 2) != before
    assert read_workbook(after) == read_workbook(anew(after))


def test_a_style_that_goes_is_missed_by_a_sheet_that_was_read_before(package: Package) -> None:
    read_workbook(package)
    styles = package.part(STYLES)
    start, end = styles.index(b"<cellXfs"), styles.index(b"</cellXfs>")
    only = b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    with pytest.raises(Refused) as refused:
        read_workbook(with_part(package, STYLES, styles[start:end], only))
    assert refused.value.code == "style-missing"


def test_what_is_not_readable_is_said_in_the_language_in_force(package: Package) -> None:
    odd = with_part(package, SECOND, b"<v>12</v>", b"<v>zw\xc3\xb6lf</v>")
    with speaking("de"):
        german = read_workbook(odd).sheets[1].unread
    with speaking("en"):
        english = read_workbook(odd).sheets[1].unread
    assert german
    assert english
    assert german != english


def test_a_part_is_known_by_its_bytes_and_not_by_its_checksum(package: Package) -> None:
    """Somebody who changes the packed bytes and leaves size and checksum as they were is found out."""
    read_workbook(package)
    entry = next(one for one in container(package.data).entries if one.name == SECOND)
    middle = entry.data_start + entry.compressed // 2
    damaged = bytearray(package.data)
    damaged[middle] ^= 0xFF
    with pytest.raises(Refused) as refused:
        package.followed_by(bytes(damaged))
    assert refused.value.code == "damaged"


def test_a_file_made_from_another_is_counted_as_a_whole(package: Package) -> None:
    """Parts that are known count towards the limits, as in a file that comes from anywhere."""
    size = sum(len(package.part(name)) for name in package.names)
    narrow = Package.from_bytes(package.data, package.path, replace(package.limits, total_bytes=size + 100))
    assert narrow.followed_by(package.replaced({}, added={"xl/more.xml": b"<a/>"}))
    with pytest.raises(Refused) as refused:
        narrow.followed_by(package.replaced({}, added={"xl/more.xml": b"<a>%s</a>" % (b" " * 100)}))
    assert refused.value.code == "part-too-large"
