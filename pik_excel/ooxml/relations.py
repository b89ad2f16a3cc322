"""Which part does a part refer to?"""

from __future__ import annotations

import posixpath

from pik_excel.errors import Refused
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.records import dataclass

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "http://schemas.microsoft.com/")
"""Who names the types of relationships that mean anything to a spreadsheet program."""


@dataclass(frozen=True)
class Relation:
    """One relationship; `part` is the target as the zip spells it, None where it is external or missing."""

    id: str
    type: str
    target: str
    external: bool
    part: str | None

    @property
    def kind(self) -> str:
        """The last word of its type, the same in Transitional and Strict files: "worksheet", "styles"; "" of a type
        that another program made for itself."""
        return self.type.rsplit("/", 1)[-1] if self.type.startswith(_OFFICE) else ""


def relations_part(part: str) -> str:
    """Where the relationships of a part stand; of the package itself for ""."""
    folder, name = posixpath.split(part.replace("\\", "/"))
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(package: Package, part: str = "") -> tuple[Relation, ...]:
    """The relationships of a part ("" for the package), empty where it has none."""
    return package.told_by_all(("relations", part), lambda: _relations(package, part))


def _relations(package: Package, part: str) -> tuple[Relation, ...]:
    name = package.find(relations_part(part))
    if name is None:
        return ()
    rows = package.found_in(name, "relations", lambda: _rows(package, name))
    return tuple(_relation(package, part, row) for row in rows)


def related(package: Package, part: str, kind: str) -> tuple[str, ...]:
    """The parts of that kind ("worksheet", "table", "calcChain") that a part refers to and that are there."""
    return package.told_by_all(("related", part, kind), lambda: _related(package, part, kind))


def _related(package: Package, part: str, kind: str) -> tuple[str, ...]:
    found = (relation.part for relation in relations(package, part) if relation.kind.casefold() == kind.casefold())
    return tuple(name for name in found if name is not None)


def only_related(package: Package, part: str, kind: str) -> str | None:
    """As `related` where there can be one part only; raises `Refused` where there are more, for each program would take
    another."""
    found = list(dict.fromkeys(related(package, part, kind)))
    if len(found) > 1:
        raise Refused(
            "wrong-part",
            _("{file} ist beschädigt: mehrere Teile ({parts}), wo nur eines sein kann.").format(
                file=package.path.name, parts=", ".join(found[:3])
            ),
            _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
        )
    return found[0] if found else None


def workbook_part(package: Package) -> str:
    """The part that lists the sheets; raises `Refused` where the package's relationships name none that is there."""
    named = only_related(package, "", "officeDocument")
    if named is None:
        raise Refused(
            "part-missing",
            _("{file} ist unvollständig: es fehlt die Angabe, welches Teil die Mappe ist.").format(
                file=package.path.name
            ),
            _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
        )
    return named


def _rows(package: Package, name: str) -> list[dict[str, str]]:
    text = package.structure(name)
    root = xml.root(text)
    declared = xml.attributes(text, root).get(f"xmlns:{root.prefix.decode()}" if root.prefix else "xmlns", _NAMESPACE)
    if declared != _NAMESPACE:
        raise Refused(
            "wrong-part",
            _("{file} ist beschädigt: das Teil {part} ist keine Liste von Beziehungen.").format(
                file=package.path.name, part=name
            ),
            _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
        )
    return [xml.attributes(text, row) for row in xml.children(text, root) if row.name == b"Relationship"]


def _relation(package: Package, part: str, row: dict[str, str]) -> Relation:
    target = row.get("Target", "")
    external = row.get("TargetMode", "").casefold() == "external"
    inside = None if external else package.find(resolved(part, target))
    return Relation(row.get("Id", ""), row.get("Type", ""), target, external, inside)


def resolved(part: str, target: str) -> str:
    """A relationship target as a part name, seen from the part that has the relationship."""
    target = target.replace("\\", "/").split("#", 1)[0]
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part.replace("\\", "/")), target)).lstrip("/")
