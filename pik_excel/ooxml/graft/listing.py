"""What must the list of content types and the relationships of the workbook say of parts that are new?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import relations, relations_part
from pik_excel.ooxml.splice import Splice, spliced

TYPES = "[Content_Types].xml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def with_types(package: Package, types: Mapping[str, str]) -> bytes:
    """The list of content types (UTF-8) with these parts; `types` by part name."""
    text, structure = package.text(TYPES), package.structure(TYPES)
    defaults = _defaults(package)
    return _with_rows(text, structure, _type_rows(types, dict(defaults)))


def types_of(donor: Package, origin: Mapping[str, str], added: Iterable[str]) -> dict[str, str]:
    """The content type of each new part that the donor gave it (`origin`: new name -> the donor's part)."""
    text = donor.structure(TYPES)
    rows = [xml.attributes(text, row) for row in xml.children(text, xml.root(text))]
    own = {row["PartName"].lstrip("/").casefold(): row.get("ContentType", "") for row in rows if "PartName" in row}
    defaults = _defaults(donor)
    return {
        name: _RELATIONS_TYPE if name.endswith(".rels") else own.get(origin[name].casefold()) or defaults[_ending(name)]
        for name in added
    }


def with_relations(package: Package, owner: str, new: Sequence[tuple[str, str]]) -> tuple[bytes, list[str]]:
    """The relationships (UTF-8) of a part with new ones (type, part), and the ids that these have got."""
    name = relations_part(owner)
    taken = {relation.id.casefold() for relation in relations(package, owner)}
    free = (f"rId{number}" for number in count(len(taken) + 1) if f"rid{number}" not in taken)
    folder = posixpath.dirname(owner.replace("\\", "/"))
    rows, ids = [], []
    for kind, part in new:
        ids.append(next(free))
        target = xml.escaped(posixpath.relpath(part, folder or "."))
        rows.append(f'Relationship Id="{ids[-1]}" Type="{kind}" Target="{target}"')
    return _with_rows(package.text(name), package.structure(name), rows), ids


def _defaults(package: Package) -> dict[str, str]:
    text = package.structure(TYPES)
    rows = [xml.attributes(text, row) for row in xml.children(text, xml.root(text))]
    return {row["Extension"].casefold(): row.get("ContentType", "") for row in rows if "Extension" in row}


def _type_rows(types: Mapping[str, str], defaults: dict[str, str]) -> Iterator[str]:
    """A line for an ending that is new, unless it is XML: such a part says its type itself."""
    for name, kind in types.items():
        ending = _ending(name)
        if ending not in defaults and ending != "xml":
            defaults[ending] = kind
            yield f'Default Extension="{ending}" ContentType="{kind}"'
        elif defaults.get(ending, "").casefold() != kind.casefold():
            yield f'Override PartName="/{xml.escaped(name)}" ContentType="{kind}"'


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].lstrip(".").casefold()


def _with_rows(text: bytes, structure: bytes, rows: Iterable[str]) -> bytes:
    root = xml.root(structure)
    prefix = root.prefix.decode() + ":" if root.prefix else ""
    written = "".join(f"<{prefix}{row}/>" for row in rows).encode()
    if not root.empty:
        return spliced(text, [Splice(root.inner_end, root.inner_end, written)])
    opened = text[root.start : root.end].rstrip(b">").rstrip(b"/").rstrip() + b">"
    tag = text[root.start + 1 : root.end].split(None, 1)[0].rstrip(b"/>")
    return spliced(text, [Splice(root.start, root.end, opened + written + b"</" + tag + b">")])
