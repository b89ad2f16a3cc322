"""Under which names do the donor's sheets, tables and names arrive?"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import count

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.donor import DefinedName, Donor, defined_names
from pik_excel.ooxml.graft.formula import Renaming, named_sheets
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related
from pik_excel.ooxml.sheets import worksheets
from pik_excel.records import dataclass

_LONGEST_SHEET_NAME = 31


@dataclass(frozen=True)
class Arrival:
    """What the donor's things are called in the workbook; `names` are the defined names that come along, renamed."""

    renaming: Renaming
    names: tuple[DefinedName, ...]

    def sheet(self, name: str) -> str:
        """What a sheet is called."""
        return self.renaming.sheets[name.casefold()]

    def word(self, name: str) -> str:
        """What a table is called."""
        return self.renaming.names.get(name.casefold(), name)


def arrival(package: Package, donor: Donor) -> Arrival:
    """Find free names for all that clashes; ValueError where a formula of a name leads nowhere."""
    there = defined_names(package)
    plain = Renaming(
        _sheet_names(package, donor), {}, _own_names(donor), {sheet.name.casefold() for sheet in worksheets(package)}
    )
    brought = [name for name in donor.names if not _of_others(name, donor) and not _is_there(name, there, plain)]
    tables = {name.casefold() for name in table_names(package)}
    everywhere = {name.name.casefold() for name in there if name.sheet is None} | tables
    anywhere = {name.name.casefold() for name in there} | tables
    clashing = [name.name for name in brought if name.sheet is None and name.name.casefold() in everywhere]
    clashing += [name for name in table_names(donor.package) if name.casefold() in anywhere]
    renaming = replace(plain, names=dict(_new_words(clashing, anywhere, donor)))
    return Arrival(renaming, tuple(_arrived(name, renaming) for name in brought))


def table_names(package: Package) -> list[str]:
    """The names of all tables."""
    found = []
    for sheet in worksheets(package):
        for part in related(package, sheet.part, "table") if sheet.part else ():
            text = package.structure(part)
            given = xml.attributes(text, xml.root(text))
            found.append(given.get("displayName") or given.get("name", ""))
    return found


def free_sheet_name(name: str, taken: Container[str]) -> str:
    """ "Projektion", else "Projektion (2)", "Projektion (3)"; `taken` without case."""
    if name.casefold() not in taken:
        return name
    stem = re.sub(r" \(\d+\)\Z", "", name)
    for number in count(2):
        end = f" ({number})"
        fresh = stem[: _LONGEST_SHEET_NAME - len(end)].rstrip() + end
        if fresh.casefold() not in taken:
            break
    return fresh


def _sheet_names(package: Package, donor: Donor) -> dict[str, str]:
    taken = {sheet.name.casefold() for sheet in worksheets(package)}
    coming = {sheet.name.casefold() for sheet in donor.sheets}
    names: dict[str, str] = {}
    for sheet in donor.sheets:
        name = sheet.name.casefold()
        names[name] = free_sheet_name(sheet.name, (taken | coming) if name in taken else set())
        taken.add(names[name].casefold())
    return names


def _own_names(donor: Donor) -> dict[str, frozenset[str]]:
    return {
        sheet.name.casefold(): frozenset(name.name.casefold() for name in donor.names if name.sheet == sheet.name)
        for sheet in donor.sheets
    }


def _of_others(name: DefinedName, donor: Donor) -> bool:
    """Whether a name of the whole workbook speaks of sheets of the donor that do not come along."""
    return name.sheet is None and any(
        sheet.casefold() in donor.staying for sheets in named_sheets(name.content) for sheet in sheets
    )


def _is_there(name: DefinedName, there: tuple[DefinedName, ...], renaming: Renaming) -> bool:
    """Whether the workbook has the same name for the whole workbook, meaning the same."""
    same = (one.content for one in there if one.sheet is None and one.name.casefold() == name.name.casefold())
    return name.sheet is None and renaming.link(name.content) in same


def _new_words(clashing: list[str], taken: set[str], donor: Donor) -> Iterator[tuple[str, str]]:
    used = taken | {name.casefold() for name in table_names(donor.package)}
    used |= {name.name.casefold() for name in donor.names}
    for word in clashing:
        fresh = next(name for number in count(2) if (name := f"{word}_{number}").casefold() not in used)
        used.add(fresh.casefold())
        yield word.casefold(), fresh


def _arrived(name: DefinedName, renaming: Renaming) -> DefinedName:
    content = renaming.formula(name.content, name.sheet or "")
    if name.sheet is not None:
        return DefinedName(name.name, renaming.sheets[name.sheet.casefold()], content, name.attributes)
    return DefinedName(renaming.names.get(name.name.casefold(), name.name), None, content, name.attributes)
