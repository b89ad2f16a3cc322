"""How does a part come into a workbook that XlsxWriter cannot write?"""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def with_part(
    workbook: bytes,
    name: str,
    text: str,
    content_type: str,
    relationship: str,
    *,
    key: str,
    in_workbook: tuple[str, str] = ("", ""),
    beside: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook with the part `name`, to which it has a relationship under the id `key`. `in_workbook` is what is
    written after which words of xl/workbook.xml, `beside` are further parts that need no relationship."""
    changes = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="{key}" Type="{relationship}" Target="{name.removeprefix("xl/")}"/>',
        ),
    }
    written = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry).decode("utf-8")
            if entry.filename in changes:
                end, added = changes[entry.filename]
                content = content.replace(end, added + end)
            if entry.filename == "xl/workbook.xml" and in_workbook[0]:
                content = content.replace(in_workbook[0], in_workbook[0] + in_workbook[1])
            _add(after, entry.filename, content)
        for part, content in {name: HEAD + text, **(beside or {})}.items():
            _add(after, part, content)
    return written.getvalue()


def _add(package: ZipFile, name: str, text: str) -> None:
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # as on Excel's machine, whatever this one is
    package.writestr(entry, text.encode("utf-8"))
