"""What may stand in several of the files: the same file twice, two versions of one, one measure in two departments?

Only a copy, byte for byte, is left out. Everything else is counted and said: nobody but a person knows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from pik_excel.budget.names import undated_key
from pik_excel.consolidation.record import Column, Entry, Gathered, Note, Source
from pik_excel.language import _, plural
from pik_excel.layout.vocabulary import fold

_GENERIC = 12  # files with a measure of one name, from which on the name says nothing
_FEWEST = 2  # measures in common before two files are said to be versions
_NAMED = 3

Key = tuple[str, str | None]


def without_copies(sources: Sequence[Source]) -> list[Source]:
    """The files; a copy of an earlier one gives nothing."""
    first: dict[str, Source] = {}
    result = []
    for source in sources:
        known = first.setdefault(source.sha256, source) if source.sha256 and not source.refused else source
        result.append(source if known is source else replace(source, gathered=Gathered(), same_as=known.path))
    return result


def doubles(sources: Sequence[Source]) -> Iterator[Note]:
    """What to say of files that share measures."""
    for source in sources:
        if source.same_as is not None:
            yield Note(
                "same-file",
                (str(source.path), str(source.same_as)),
                _("{file} ist Byte für Byte dieselbe Datei wie {other}; gezählt ist sie einmal.").format(
                    file=source.path, other=source.same_as
                ),
            )
    measures = [_measures(source) for source in sources]
    for (one, other), shared in sorted(_in_common(measures).items()):
        first, second = sources[one], sources[other]
        equal = [key for key in shared if _equal(measures[one][key], measures[other][key])]
        fewer = min(len(measures[one]), len(measures[other]))
        related = 2 * len(equal) >= len(shared) or _departments(measures[one]) & _departments(measures[other])
        if len(shared) >= _FEWEST and 2 * len(shared) >= fewer and related:
            yield _versions(first, second, shared, equal)
        elif equal:
            yield _in_both(first, second, equal, measures[one], measures[other])


def _measures(source: Source) -> dict[Key, list[Entry]]:
    found: dict[Key, list[Entry]] = defaultdict(list)
    for entry in source.gathered.entries:
        if entry.counted and any(figure.eur for figure in entry.figures):
            found[undated_key(entry.name), entry.product].append(entry)
    return found


def _departments(measures: Mapping[Key, Iterable[Entry]]) -> set[str]:
    return {fold(entry.department) for entries in measures.values() for entry in entries}


def _in_common(measures: Sequence[Mapping[Key, list[Entry]]]) -> dict[tuple[int, int], list[Key]]:
    """The measures that two files share, by pairs; names that many files have are left aside."""
    where: dict[Key, list[int]] = defaultdict(list)
    for index, found in enumerate(measures):
        for key in found:
            where[key].append(index)
    pairs: dict[tuple[int, int], list[Key]] = defaultdict(list)
    for key, places in where.items():
        if 1 < len(places) <= _GENERIC:
            for pair in combinations(places, 2):
                pairs[pair].append(key)
    return pairs


def _equal(one: Iterable[Entry], other: Iterable[Entry]) -> bool:
    """Whether some line of each states the same amount in every year that both have."""
    others = [_amounts(entry) for entry in other]
    return any(_agree(_amounts(entry), theirs) for entry in one for theirs in others)


def _amounts(entry: Entry) -> dict[Column, Decimal]:
    return {figure.column: figure.eur for figure in entry.figures if figure.eur is not None and not figure.repeats}


def _agree(one: Mapping[Column, Decimal], other: Mapping[Column, Decimal]) -> bool:
    shared = one.keys() & other.keys()
    return any(one[column] for column in shared) and all(one[column] == other[column] for column in shared)


def _versions(one: Source, other: Source, shared: Sequence[Key], equal: Sequence[Key]) -> Note:
    return Note(
        "versions",
        (str(one.path), str(other.path)),
        _(
            "{file} und {other} haben {count} Maßnahmen gemeinsam, davon {equal} mit denselben Beträgen: womöglich zwei"
            " Fassungen. Beide sind gezählt."
        ).format(file=one.path, other=other.path, count=len(shared), equal=len(equal)),
        _("Gilt nur eine: die andere weglassen und neu zusammenführen, oder ihre Zeilen in „zählt“ auf „nein“."),
    )


def _in_both(
    one: Source,
    other: Source,
    equal: Sequence[Key],
    first: Mapping[Key, Sequence[Entry]],
    second: Mapping[Key, Sequence[Entry]],
) -> Note:
    named = "; ".join(
        f"„{first[key][0].name[:40]}“ ({first[key][0].at}, {second[key][0].at})" for key in equal[:_NAMED]
    )
    return Note(
        "in-both",
        (str(one.path), str(other.path)),
        plural(
            "{count} Maßnahme steht mit denselben Beträgen in {file} und {other}: {named}. Beide sind gezählt.",
            "{count} Maßnahmen stehen mit denselben Beträgen in {file} und {other}: {named}. Beide sind gezählt.",
            len(equal),
        ).format(
            count=len(equal), file=one.path, other=other.path, named=named + ("; …" if len(equal) > _NAMED else "")
        ),
        _("Ist es dieselbe Maßnahme, eine der Zeilen in „zählt“ auf „nein“ stellen."),
    )


def same_names(sources: Sequence[Source]) -> Iterator[Note]:
    """Files of one name in several folders: versions, mostly."""
    count = Counter(source.path.name.casefold() for source in sources if source.same_as is None)
    for name, times in count.items():
        if times > 1:
            paths = [str(source.path) for source in sources if source.path.name.casefold() == name]
            yield Note(
                "same-name",
                tuple(paths),
                _("{count} Dateien heißen {name}: {paths}.").format(
                    count=times, name=sources_name(sources, name), paths=", ".join(paths[:_NAMED])
                ),
            )


def sources_name(sources: Sequence[Source], name: str) -> str:
    """The name as it is spelt first."""
    return next(source.path.name for source in sources if source.path.name.casefold() == name)
