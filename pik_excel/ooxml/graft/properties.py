"""Which sheets and names do the file's properties tell of (`docProps/app.xml`, seen in the Explorer)?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.donor import DefinedName, defined_names
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related
from pik_excel.ooxml.sheets import worksheets
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.records import dataclass


@dataclass(frozen=True)
class _Group:
    """The titles under one heading: where their count stands, and themselves."""

    count: xml.Element
    titles: tuple[xml.Element, ...]
    names: tuple[str, ...]


def with_titles(
    package: Package, at: int, sheets: Sequence[str], names: Sequence[DefinedName]
) -> tuple[str, bytes] | None:
    """The part and its text (UTF-8) with new sheets at a place among the tabs; None where there is nothing to add.

    The headings are in the language of whoever saved the file, so a group is known by what stands in it; a list that
    does not fit the workbook stays as it is.
    """
    found = related(package, "", "extended-properties")
    if not found:
        return None
    text, structure = package.text(found[0]), package.structure(found[0])
    groups = _groups(text, structure)
    listed = [sheet for sheet in worksheets(package) if sheet.kind == "worksheet"]
    first = next((one for one in groups if one.names == tuple(sheet.name for sheet in listed)), None)
    if first is None or not first.titles:
        return None
    before = sum(sheet.kind == "worksheet" for sheet in worksheets(package)[:at])
    splices = list(_longer(first, before, sheets))
    added = len(sheets)
    known = {title for name in defined_names(package) for title in _titles(name)}
    second = next((one for one in groups if one.names and _all_in(one.names, known)), None)
    if second is not None and second is not first:
        titles = [_titles(name)[0] for name in names if name.attributes.get("hidden") not in ("1", "true")]
        splices += _longer(second, len(second.titles), titles)
        added += len(titles)
    vector = _vector(structure, b"TitlesOfParts")
    assert vector is not None
    if "size" in xml.attributes(structure, vector):
        total = sum(len(group.titles) for group in groups) + added
        splices.append(xml.attribute_splice(structure, vector, "size", str(total)))
    return found[0], spliced(text, splices)


def _groups(text: bytes, structure: bytes) -> list[_Group]:
    """The titles by heading; none where the numbers do not add up."""
    pairs, titles = _vector(structure, b"HeadingPairs"), _vector(structure, b"TitlesOfParts")
    if pairs is None or titles is None:
        return []
    counts = [element for name in (b"i4", b"int") for element in xml.descendants(structure, pairs, name)]
    listed = list(xml.children(structure, titles))
    numbers = [xml.content(text, element).strip() for element in counts]
    if not all(number.isdigit() for number in numbers) or sum(map(int, numbers)) != len(listed):
        return []
    groups, start = [], 0
    for element, number in zip(counts, numbers, strict=True):
        own = tuple(listed[start : start + int(number)])
        groups.append(_Group(element, own, tuple(xml.content(text, title) for title in own)))
        start += int(number)
    return groups


def _vector(structure: bytes, name: bytes) -> xml.Element | None:
    parent = xml.child(structure, xml.root(structure), name)
    return xml.child(structure, parent, b"vector") if parent is not None else None


def _longer(group: _Group, place: int, titles: Sequence[str]) -> Iterator[Splice]:
    if not titles:
        return
    model = group.titles[0]
    tag = (model.prefix + b":" if model.prefix else b"") + model.name
    at = group.titles[place - 1].end if place else model.start
    rows = b"".join(b"<%s>%s</%s>" % (tag, xml.escaped(title).encode(), tag) for title in titles)
    yield Splice(at, at, rows)
    yield Splice(group.count.inner, group.count.inner_end, str(len(group.titles) + len(titles)).encode())


def _titles(name: DefinedName) -> tuple[str, ...]:
    """How a name is listed: "Faktor", "Projektion!Print_Area", "'Plan 1'!Print_Area"."""
    plain = name.name.removeprefix("_xlnm.")
    if name.sheet is None:
        return (plain,)
    quoted = "'" + name.sheet.replace("'", "''") + "'!" + plain
    bare = f"{name.sheet}!{plain}"
    return (bare, quoted) if name.sheet.isidentifier() else (quoted, bare)


def _all_in(titles: Sequence[str], known: AbstractSet[str]) -> bool:
    """Whether these are names; Excel translates the built-in ones ("Druckbereich"), so their sheets must do."""
    sheets = {title.rpartition("!")[0] for title in known if "!" in title}
    return all(title in known or ("!" in title and title.rpartition("!")[0] in sheets) for title in titles)
