"""A package without a change is the same bytes; with one, all else is."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.errors import Refused
from pik_excel.ooxml.container import container
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.rebuild import rebuilt
from pik_excel.ooxml.relations import related, relations, resolved
from pik_excel.ooxml.sheets import worksheets
from tests.ooxml.building import HEAD, MAIN, RELATIONS, SHEET, SHEET_TYPE, parts, relationships, sheet, workbook, zipped

EMPTY = sheet("<sheetData/>")


class Unseekable(io.BytesIO):
    """What makes zipfile write sizes behind the data, as a stream does."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, *_to: int) -> int:
        raise OSError


def streamed() -> bytes:
    buffer = Unseekable()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts(EMPTY).items():
            file.writestr(name, content)
        file.comment = b"a comment"
    return buffer.getvalue()


def raw_records(data: bytes) -> dict[str, bytes]:
    return {entry.name: data[entry.start : entry.end] for entry in container(data).entries}


@pytest.mark.parametrize("data", [streamed(), zipped(parts(EMPTY)), zipped(parts(EMPTY), zipfile.ZIP_STORED)])
def test_nothing_changed_gives_the_same_bytes_also_when_it_is_put_together_anew(data: bytes) -> None:
    package = Package.from_bytes(data)
    assert package.replaced({}) == data
    assert package.replaced({SHEET: package.part(SHEET)}) == data
    assert rebuilt(data, package.container, {}) == data


@given(
    st.sets(st.sampled_from(sorted(parts(EMPTY))), max_size=3),
    st.sets(st.sampled_from(["xl/neu.xml", "xl/größe.xml"])),
    st.booleans(),
    st.binary(max_size=200),
)
def test_what_is_not_replaced_is_copied_byte_for_byte(
    replaced: set[str], added: set[str], gone: bool, content: bytes
) -> None:
    data = zipped({**parts(EMPTY), "xl/alt.bin": b"old"}) if gone else streamed()
    package = Package.from_bytes(data)
    removed = {"xl/alt.bin"} if gone else set()
    output = package.replaced(dict.fromkeys(replaced, content), removed, dict.fromkeys(added, content))
    before, after = raw_records(data), raw_records(output)
    assert list(after) == [name for name in before if name not in removed] + [n for n in after if n in added]
    assert all(after[name] == before[name] for name in before if name not in replaced | removed)
    with zipfile.ZipFile(io.BytesIO(output)) as file:
        assert file.testzip() is None
        assert all(file.read(name) == content for name in replaced | added)


def test_part_names_are_found_however_they_are_spelled() -> None:
    package = workbook(EMPTY)
    for name in (SHEET, "/" + SHEET, SHEET.upper(), SHEET.replace("/", "\\"), "xl/worksheets/sheet%31.xml"):
        assert package.part(name) == EMPTY.encode()
    with pytest.raises(Refused) as refused:
        package.part("xl/fehlt.xml")
    assert refused.value.code == "part-missing"


@pytest.mark.parametrize(
    ("part", "target", "expected"),
    [
        ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/worksheets/sheet1.xml", "../tables/table1.xml", "xl/tables/table1.xml"),
        ("xl\\workbook.xml", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("", "xl/workbook.xml", "xl/workbook.xml"),
    ],
)
def test_relationship_targets_are_resolved(part: str, target: str, expected: str) -> None:
    assert resolved(part, target) == expected


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "WORKSHEETS/Sheet1.xml", "worksheets\\sheet1.xml"])
def test_sheets_are_found_through_odd_targets(target: str) -> None:
    rels = relationships(("rId1", "worksheet", target))
    package = workbook(EMPTY, more={"xl/_rels/workbook.xml.rels": rels})
    assert [(found.name, found.part) for found in worksheets(package)] == [("Blatt", SHEET)]


def test_the_workbook_part_is_not_assumed() -> None:
    content = parts(EMPTY)
    content["mappe/haupt.xml"] = content.pop("xl/workbook.xml").replace(b"Blatt", b"Jahr &amp; Ziel")
    content["mappe/_rels/haupt.xml.rels"] = content.pop("xl/_rels/workbook.xml.rels").replace(b"work", b"/xl/work", 1)
    content["mappe/_rels/haupt.xml.rels"] = relationships(("rId1", "worksheet", "/" + SHEET))
    content["_rels/.rels"] = relationships(("rId1", "officeDocument", "mappe/haupt.xml"))
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(b"/xl/workbook.xml", b"/mappe/haupt.xml")
    assert [found.name for found in worksheets(Package.from_bytes(zipped(content)))] == ["Jahr & Ziel"]


def test_strict_namespaces_prefixes_states_and_kinds() -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    book = (
        f'{HEAD}<s:workbook xmlns:s="{MAIN}" xmlns:rel="{strict}"><s:sheets>'
        "<s:sheet name='Daten' sheetId='3' rel:id='b' state='hidden'/><s:sheet sheetId='7' rel:id='a' name='Bild'/>"
        "<s:sheet name='Modul' sheetId='9' rel:id=''/></s:sheets></s:workbook>"
    )
    rels = relationships(("a", "chartsheet", "chartsheets/sheet1.xml"), ("b", "worksheet", "worksheets/sheet1.xml"))
    rels = rels.replace(RELATIONS.encode(), strict.encode())
    package = workbook(
        EMPTY,
        more={
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": rels,
            "xl/chartsheets/sheet1.xml": b"<a/>",
        },
    )
    found = worksheets(package)
    assert [(one.name, one.state, one.kind, one.sheet_id) for one in found] == [
        ("Daten", "hidden", "worksheet", 3),
        ("Bild", "visible", "chartsheet", 7),
        ("Modul", "visible", "module", 9),
    ]


def test_a_sheet_without_its_part_is_refused() -> None:
    rels = relationships(("rId1", "worksheet", "worksheets/sheet9.xml"))
    with pytest.raises(Refused) as refused:
        worksheets(workbook(EMPTY, more={"xl/_rels/workbook.xml.rels": rels}))
    assert refused.value.code == "sheets-unreadable"
    assert "Blatt" in refused.value.message


def test_external_targets_are_no_parts() -> None:
    rels = relationships(("rId1", "hyperlink", "http://example.org"), ("rId2", "table", "../tables/table1.xml"))
    rels = rels.replace(b'example.org"', b'example.org" TargetMode="External"')
    package = workbook(EMPTY, more={"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/tables/table1.xml": b"<table/>"})
    assert [one.part for one in relations(package, SHEET)] == [None, "xl/tables/table1.xml"]
    assert related(package, SHEET, "table") == ("xl/tables/table1.xml",)


@settings(max_examples=50)
@given(st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text))
def test_a_sheet_has_any_name(name: str) -> None:
    from xml.sax.saxutils import quoteattr

    legal = "".join(letter for letter in name if letter.isprintable()) or "x"
    book = parts(EMPTY)["xl/workbook.xml"].replace(b'"Blatt"', quoteattr(legal).encode("utf-8", "replace"))
    assert SHEET_TYPE
    assert worksheets(workbook(EMPTY, more={"xl/workbook.xml": book}))[0].name == legal
