"""How do the files become one list: numbered lines, the years of all, one unit, one spelling for each group?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.money import Unit
from pik_excel.consolidation.doubles import doubles, same_names, without_copies
from pik_excel.consolidation.record import Column, Consolidation, Entry, Figure, Line, Note, Source
from pik_excel.language import _
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

_MOST_DIGITS = {Unit.EUR: 2, Unit.TEUR: 5}
_RUN = pattern(r"\d+|\D+")
_LONGEST = 200  # letters of a group's name: SUMIFS compares no more than 255


def together(sources: Sequence[Source], unit: Unit | None = None, folders: Sequence[str] = ()) -> Consolidation:
    """All of them. Without `unit` TEUR, where all amounts are whole in it and most tables state it, else EUR. `folders`
    are the names that stand for the Amt of a file that states none; without one, the file's does."""
    sources = tuple(without_copies(sources))
    standing_for = [*folders, *[""] * (len(sources) - len(folders))]
    figures = [figure for source in sources for entry in source.gathered.entries for figure in entry.figures]
    amounts = [figure.eur for figure in figures if figure.eur is not None]
    unit = unit or _usual_unit(sources, amounts)
    lines = tuple(_lines(sources, standing_for))
    return Consolidation(
        sources,
        lines,
        tuple(sorted(_columns(figures), key=lambda column: (column.order, column))),
        unit,
        max((_decimals(eur / unit.factor) for eur in amounts), default=0) and _shown(amounts, unit),
        (*same_names(sources), *doubles(sources), *_of_each(sources), *_open_ended(lines)),
    )


def _usual_unit(sources: Iterable[Source], amounts: Iterable[Decimal]) -> Unit:
    units = [table.unit for source in sources for table in source.gathered.taken if table.unit is not None]
    in_eur = units.count(Unit.EUR)
    if 2 * in_eur >= len(units) or any(_decimals(eur / 1000) for eur in amounts):
        return Unit.EUR
    return Unit.TEUR


def _shown(amounts: Iterable[Decimal], unit: Unit) -> int:
    """As many decimals as the amounts need; in EUR cents are two."""
    most = max(_decimals(eur / unit.factor) for eur in amounts)
    return 2 if unit is Unit.EUR else min(most, _MOST_DIGITS[Unit.TEUR])


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _columns(figures: Iterable[Figure]) -> set[Column]:
    return {figure.column for figure in figures}


def _lines(sources: Sequence[Source], standing_for: Sequence[str]) -> Iterator[Line]:
    """By department, then in the order of the files and their tables."""
    departments, products, accounts = _Spelling(), _Spelling(), _Spelling()
    for source in sources:
        for entry in source.gathered.entries:
            products.learn(entry.product, entry.product_name)
            accounts.learn(entry.group or entry.account, entry.account_name)
    found = [
        (departments.of(entry.department or standing_for[index] or source.path.stem), index, entry)
        for index, source in enumerate(sources)
        for entry in source.gathered.entries
    ]
    found.sort(key=lambda one: natural(one[0]))
    for number, (department, index, entry) in enumerate(found, 1):
        account = accounts.of(entry.group or entry.account)
        yield Line(number, index, entry, department, products.of(entry.product), account)


class _Spelling:
    """One spelling for names that differ in case and blanks only, and the name that goes with a code."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._taken: set[str] = set()

    def learn(self, code: str | None, name: str | None) -> None:
        """The first name that is printed with a code is shown with it."""
        if code and name:
            self._named.setdefault(fold(code), name)

    def of(self, text: str | None) -> str:
        """The spelling; "" for none."""
        if not text:
            return ""
        key = fold(text)
        if key not in self._first:
            shown = " ".join(text.split())
            named = self._named.get(key)
            self._first[key] = self._unlike_all((f"{shown} {named}" if named else shown)[:_LONGEST].strip())
        return self._first[key]

    def _unlike_all(self, text: str) -> str:
        number, free = 1, text
        while fold(free) in self._taken:
            number += 1
            free = f"{text} ({number})"
        self._taken.add(fold(free))
        return free


def natural(text: str) -> list[tuple[int, int, str]]:
    """For sorting: "Amt 9" before "Amt 10"."""
    runs = _RUN.findall(fold(text))
    return [(0, int(run), "") if run.isdigit() and run.isascii() and len(run) < 18 else (1, 0, run) for run in runs]


def _of_each(sources: Iterable[Source]) -> Iterator[Note]:
    for source in sources:
        for note in source.gathered.notes:
            message = f"{source.path.name}: {note.message}"
            yield Note(note.code, (str(source.path), *note.where), message, note.hint)


def _open_ended(lines: Iterable[Line]) -> Iterator[Note]:
    """Years that some files state and others only hold in an earlier "ff."."""
    stated = {figure.column for line in lines for figure in _counted(line.entry)}
    years = {column.year for column in stated if column.is_added and column.year is not None}
    ends = sorted((one for one in stated if one.open_ended and one.year is not None), key=lambda one: one.order)
    covered = sorted(year for year in years if any(end.year is not None and end.year <= year for end in ends))
    if covered:
        named = ", ".join(f"„{end.shown}“" for end in ends)
        yield Note(
            "open-ended-beside-years",
            (),
            _(
                "Manche Dateien nennen {years} nur unter {columns}. „ff.“ ist in keiner Summe enthalten; diese Jahre"
                " sind darum nicht vollständig."
            ).format(years=", ".join(map(str, covered)), columns=named),
            _("Die Spalten mit „ff.“ in „Maßnahmen“ ansehen."),
        )


def _counted(entry: Entry) -> Iterator[Figure]:
    if entry.counted:
        yield from (figure for figure in entry.figures if figure.eur)
