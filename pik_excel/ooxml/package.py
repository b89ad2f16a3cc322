"""Which parts does a workbook file have, and how is a new file made in which only some of them differ?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import unquote

from pik_excel.errors import Refused
from pik_excel.language import _
from pik_excel.ooxml import preflight, xml
from pik_excel.ooxml.container import Container, Entry, inflated
from pik_excel.ooxml.known import Known
from pik_excel.ooxml.limits import USUAL, Limits, limits_for
from pik_excel.ooxml.rebuild import rebuilt
from pik_excel.records import dataclass

Made = TypeVar("Made")
UNNAMED = Path("Arbeitsmappe.xlsx")


@dataclass(frozen=True)
class Package:
    """A workbook file that preflight admitted. Part names are those of the zip; `part` also takes other spellings."""

    path: Path
    data: bytes = field(repr=False)
    container: Container = field(repr=False)
    limits: Limits = USUAL
    _cache: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    _found: dict[str, dict[Hashable, object]] = field(default_factory=dict, repr=False, compare=False)
    _told: dict[Hashable, object] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def from_bytes(data: bytes, path: Path = UNNAMED, limits: Limits = USUAL) -> Package:
        """Read a package from bytes; `path` is its name in messages. Raises `Refused`."""
        container, parts = preflight.admitted(data, path.name, limits)
        return Package(path, data, container, limits, dict(parts))

    def followed_by(self, data: bytes) -> Package:
        """The package of a file that was made from this one; it passes preflight as any other file must. A part that is
        packed in the same bytes is the same part, with all that was found in it. Raises `Refused`."""
        known = Known(self.data, self._entries, self._cache)
        container, parts = preflight.admitted(data, self.path.name, self.limits, known)
        same = (name for name, content in parts.items() if content is self._cache.get(name))
        found = {name: self._found.setdefault(name, {}) for name in same}
        return Package(self.path, data, container, self.limits, dict(parts), found)

    @cached_property
    def sha256(self) -> str:
        """The checksum of the file, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as the zip spells them, in the order of its directory."""
        return tuple(entry.name for entry in self.container.entries if not entry.name.endswith(("/", "\\")))

    @cached_property
    def _spelling(self) -> Mapping[str, str]:
        return {_canonical(name): name for name in self.names}

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.name: entry for entry in self.container.entries}

    def find(self, name: str) -> str | None:
        """The part's name as the zip spells it; `name` may be absolute, in another case or have backslashes."""
        canonical = _canonical(name)
        return self._spelling.get(canonical) or self._spelling.get(_canonical(unquote(name)))

    def part(self, name: str) -> bytes:
        """The content of a part, inflated once; raises `Refused` where there is none."""
        spelled = self.find(name)
        if spelled is None:
            raise Refused(
                "part-missing",
                _("{file} ist unvollständig: das Teil {part} fehlt.").format(file=self.path.name, part=name),
                _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
            )
        if spelled not in self._cache:
            self._cache[spelled] = inflated(self.data, self._entries[spelled], self.limits.part_bytes)
        return self._cache[spelled]

    def text(self, name: str) -> bytes:
        """The content of an XML part in UTF-8, whatever its encoding; offsets are those of the part if it is UTF-8."""
        content = self.part(name)
        spelled = self.find(name) or name
        if not preflight.is_looked_at(spelled):  # a sheet may be called sheet1.dat
            file, limits = self.path.name, self.limits
            self.found_in(spelled, "harm", lambda: preflight.refuse_harmful_xml(file, spelled, content, limits))
        return xml.as_utf8(content)

    def structure(self, name: str) -> bytes:
        """`text` checked to be well-formed, with comments and CDATA blanked out in place: for the scanner of `xml`."""
        return self.found_in(name, "structure", lambda: self._checked_structure(name))

    def found_in(self, name: str, what: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` finds in the bytes of one part: found once, also for files made from this one in which the part
        is the same. Whatever else it rests on must be told by `what`."""
        found = self._found.setdefault(self.find(name) or name, {})
        if what not in found:
            found[what] = make()
        return cast(Made, found[what])

    def told_by_all(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` finds in this file as a whole, the names of its parts among it: found once, and anew in every
        file made from this one."""
        if what not in self._told:
            self._told[what] = make()
        return cast(Made, self._told[what])

    def _checked_structure(self, name: str) -> bytes:
        text = self.text(name)
        try:
            xml.check(text)
        except ValueError as error:
            raise Refused(
                "damaged-xml",
                _("{file} ist beschädigt: das Teil {part} ist kein lesbares XML ({reason}).").format(
                    file=self.path.name, part=name, reason=error
                ),
                _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
            ) from None
        return xml.structure(text)

    def replaced(
        self,
        parts: Mapping[str, bytes],
        removed: AbstractSet[str] = frozenset(),
        added: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """A new file: these parts with new content, all else byte for byte; the same bytes where nothing differs."""
        changed = {self._own(name): content for name, content in parts.items() if content != self.part(name)}
        gone = {self._own(name) for name in removed}
        if not changed and not gone and not added:
            return self.data
        clash = next((name for name in added or {} if self.find(name) is not None), None)
        if clash is not None:
            raise ValueError(f"{clash} is there already")
        return rebuilt(self.data, self.container, changed, gone, added)

    def _own(self, name: str) -> str:
        spelled = self.find(name)
        if spelled is None:
            raise ValueError(f"no part {name}")
        return spelled


def open_package(path: Path, limits: Limits | None = None) -> Package:
    """Open a workbook file, within the limits of its folder where none are given; raises `Refused` with code, sentence
    and next step."""
    limits = limits_for(path.parent) if limits is None else limits
    return Package.from_bytes(preflight.read_file(path, limits), path, limits)


def _canonical(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
