"""Which lines of one workbook state what another table of it states already?

A cell whose formula takes another's says nothing of its own. Typed amounts repeat a table where its measures come again
by name, with the same amount to the cent in every year that both have; one measure alone is a coincidence and counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pik_excel.budget.money import Statement
from pik_excel.budget.tables import Status
from pik_excel.consolidation.alike import Group, Known, group_of
from pik_excel.consolidation.record import Column, Entry, Figure, Note, WhyNot
from pik_excel.grid.reference import Address
from pik_excel.language import _, plural

_FEWEST = 2  # measures that come again before a table is said to
_NAMED = 3


def without_repeats(entries: Sequence[Entry], lists: Iterable[str]) -> tuple[list[Entry], list[Note]]:
    """The lines, those that state something again marked as such, and what to say of it. `lists` are the tables of
    stages: where a table by years has the same measures, that one counts."""
    notes: list[Note] = []
    found = [_by_formula(entry) for entry in entries]
    notes += _formula_notes(found)
    lines: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(found):
        lines[entry.table].append(index)
    order = list(lines)
    approvals = set(lists)
    order.sort(key=lambda table: table in approvals)
    known = Known(found, [lines[table] for table in order] if len(order) > 1 else [])
    for place, table in enumerate(order):
        met = [order[one] for one in known.stating(lines[table], _FEWEST, with_amount=True)]
        if table in approvals:
            listed = [order[one] for one in known.stating(lines[table], _FEWEST, with_amount=False)]
            met = [one for one in listed if one not in approvals] + [one for one in met if one in approvals]
        for earlier in met:
            if table in approvals and earlier not in approvals:
                note = _stages_of(earlier, table, found, lines)
            else:
                note = _again(earlier, table, found, lines)
            notes += [note] if note else []
        known.add(place, lines[table])
    return found, notes


def _by_formula(entry: Entry) -> Entry:
    """The line, not counted where all its numbers are taken from other tables."""
    numbers = [figure for figure in entry.figures if figure.eur is not None]
    if entry.counted and numbers and all(figure.repeats for figure in numbers):
        return replace(entry, why_not=WhyNot.REPEATS)
    return entry


def _formula_notes(entries: Iterable[Entry]) -> list[Note]:
    """One for each table that takes some of its amounts from others."""
    by_table: dict[str, list[Figure]] = defaultdict(list)
    for entry in entries:
        by_table[entry.table] += [figure for figure in entry.figures if figure.repeats and figure.eur is not None]
    return [
        Note(
            "taken-by-formula",
            (table,),
            plural(
                "{table}: {count} Betrag ist durch eine Formel aus einer anderen Tabelle übernommen ({cells}); gezählt"
                " wird er dort.",
                "{table}: {count} Beträge sind durch Formeln aus anderen Tabellen übernommen ({cells}); gezählt werden"
                " sie dort.",
                len(figures),
            ).format(table=table, count=len(figures), cells=_cells(figures)),
        )
        for table, figures in by_table.items()
        if figures
    ]


def _cells(figures: Sequence[Figure]) -> str:
    named = ", ".join(figure.at.a1 for figure in figures[:_NAMED])
    return named + (", …" if len(figures) > _NAMED else "")


def _again(earlier: str, table: str, entries: list[Entry], lines: Mapping[str, Sequence[int]]) -> Note | None:
    """Where the table states measures of the earlier one again, these figures are not counted a second time. `lines`
    are the places of each table's entries."""
    counted = [index for index in lines[table] if entries[index].counted]
    known = _by_name(entries[index] for index in lines[earlier]) if counted else {}
    pairs: dict[int, Mapping[Column, Address]] = {}
    same, other = 0, 0
    for index in counted if known else ():
        entry = entries[index]
        shared = [one for one in known.get(group_of(entry), []) if _comparable(one, entry) and _shared(one, entry)]
        if not shared:
            continue
        equal = next((one for one in shared if _agree(one, entry)), None)
        if equal is None:
            other += 1
        else:
            same += 1
            pairs[index] = _shared(equal, entry)
    if same < _FEWEST or other:
        return None
    for index, cells in pairs.items():
        entries[index] = _marked(entries[index], cells)
    first = entries[next(iter(pairs))]
    return Note(
        "stated-again",
        (earlier, table),
        _(
            "{table} und {earlier}: {count} Maßnahmen stehen in beiden, mit denselben Beträgen (zuerst „{name}“, {at});"
            " gezählt ist nur {earlier}."
        ).format(table=table, earlier=earlier, count=same, name=_short(first.name), at=first.at),
        _("Sind es doch verschiedene Maßnahmen, in der Spalte „zählt“ „ja“ eintragen."),
    )


def _stages_of(earlier: str, table: str, entries: list[Entry], lines: Mapping[str, Sequence[int]]) -> Note | None:
    """Where most measures of a list of stages stand in a table by years too, the list is not counted."""
    known = _by_name(entries[index] for index in lines[earlier])
    indexes = [index for index in lines[table] if entries[index].counted]
    found = [
        index
        for index in indexes
        if any(_shared(one, entries[index]) for one in known.get(group_of(entries[index]), []))
    ]
    if len(found) < _FEWEST or 2 * len(found) < len(indexes):
        return None
    for index in found:
        entries[index] = replace(entries[index], why_not=WhyNot.STAGES_OF_LISTED)
    return Note(
        "list-and-table",
        (earlier, table),
        _(
            "{table} und {earlier}: {count} Maßnahmen stehen in der Liste und in der Tabelle nach Jahren; gezählt ist"
            " nur {earlier}."
        ).format(table=table, earlier=earlier, count=len(found)),
        _("Gilt stattdessen die Liste, in der Spalte „zählt“ dort „ja“ und hier „nein“ eintragen."),
    )


def _by_name(entries: Iterable[Entry]) -> dict[Group, list[Entry]]:
    found: dict[Group, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.counted:
            found[group_of(entry)].append(entry)
    return found


def _comparable(one: Entry, other: Entry) -> bool:
    """Whether the two may be one statement: provided and requested amounts of a year are two, and add up."""
    if one.revenue is not other.revenue:
        return False
    return one.status is other.status or Status.UNSTATED in (one.status, other.status)


def _shared(one: Entry, other: Entry) -> dict[Column, Address]:
    """The years in which both state a number, with the cell of the first."""
    known = _stated(one)
    return {column: known[column].at for column in _stated(other) if column in known}


def _agree(one: Entry, other: Entry) -> bool:
    """To the cent in all of them, and not only in nothing."""
    first, second = _stated(one), _stated(other)
    shared = first.keys() & second.keys()
    return any(first[column].eur for column in shared) and all(
        first[column].eur == second[column].eur for column in shared
    )


def _stated(entry: Entry) -> dict[Column, Figure]:
    return {
        figure.column: figure
        for figure in entry.figures
        if figure.statement is Statement.NUMBER and figure.repeats is None
    }


def _marked(entry: Entry, cells: Mapping[Column, Address]) -> Entry:
    figures = tuple(
        replace(figure, repeats=cells[figure.column])
        if figure.column in cells and figure.repeats is None and figure.eur is not None
        else figure
        for figure in entry.figures
    )
    return _by_formula(replace(entry, figures=figures))


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39].rstrip() + "…"
