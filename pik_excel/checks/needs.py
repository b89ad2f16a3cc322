"""Is the total need what is provided already and what is needed besides?

The three stand in three tables of the same measures, in three columns of one table, or in three rows; which is which
their titles, heads and labels say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache

from pik_excel.budget.money import Amount, Statement, Unit
from pik_excel.budget.names import undated_key
from pik_excel.budget.tables import Measure, MeasureTable
from pik_excel.checks.added import totals
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import once
from pik_excel.checks.shares import slack_of
from pik_excel.checks.texts import short_texts
from pik_excel.checks.wording import money, plain
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import ErrorValue, Sheet
from pik_excel.language import _
from pik_excel.layout.labels import total_strength
from pik_excel.layout.vocabulary import Vocabulary, fold, vocabulary
from pik_excel.records import dataclass
from pik_excel.schema import NeedWords

_LONGEST = 60  # characters of a label
_APART = 12  # rows within which the three labels stand
_GAP = 2  # rows without a number that end a table
_FEW = 3  # comparisons of which most may fail
_RESIDUE = Decimal("0.005")
_THOUSAND = Decimal(1000)


class Role(Enum):
    """What an amount is in the sum."""

    PROVIDED = "provided"
    ADDITIONAL = "additional"
    TOTAL = "total"


@dataclass(frozen=True)
class Part:
    """An amount in EUR with its cell; `slack` is how far its rounding may be off."""

    at: Address
    eur: Decimal
    slack: Decimal = Decimal(0)
    unit: Unit = Unit.EUR

    @property
    def stated(self) -> Decimal:
        """The number in the unit of its table."""
        return self.eur / self.unit.factor


@dataclass(frozen=True)
class Comparison:
    """A total need and its parts."""

    name: str
    total: Part
    provided: Part | None
    additional: Part | None
    sums: bool = False  # the row adds up others: what is wrong there is wrong above

    @cached_property
    def added(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.eur for part in (self.provided, self.additional) if part), Decimal(0))

    @cached_property
    def differs(self) -> bool:
        """Whether by more than the rounding of all three."""
        if self.total.eur == self.added:
            return False  # as nearly all
        slack = sum((part.slack for part in (self.total, self.provided, self.additional) if part), _RESIDUE)
        return abs(self.total.eur - self.added) > slack

    @property
    def in_another_unit(self) -> tuple[Part, Decimal] | None:
        """The only one of the three with which the sum comes out once it is a thousand times, or a thousandth, of what
        it says; and what it should say, in EUR."""
        if not self.differs:
            return None
        missing = self.total.eur - self.added
        fitting = [
            (part, right)
            for part, right in (
                (self.total, self.added),
                *((part, part.eur + missing) for part in (self.provided, self.additional) if part),
            )
            if part.eur * right > 0 and self._is_in_another_unit(part, right)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _is_in_another_unit(self, part: Part, right: Decimal) -> bool:
        """Whether a thousandth is right, or a thousand times as far as its digits go: 74 stands for 74.200."""
        digits = max(0, -int(part.stated.normalize().as_tuple().exponent))
        step = part.unit.factor.scaleb(-digits) / 2
        slack = sum((other.slack for other in (self.total, self.provided, self.additional) if other), _RESIDUE)
        return (
            abs(part.eur / _THOUSAND - right) <= slack or abs(part.eur * _THOUSAND - right) <= slack + step * _THOUSAND
        )


@rule("FIN07", "need-differs-from-provided-plus-additional", Severity.ERROR, yields_to=("NUM01", "NUM03"))
def need_differs(subject: Subject) -> Iterator[Found]:
    """Gesamtbedarf ≠ bereitgestellt + zusätzlich

    Was: Der Gesamtbedarf einer Maßnahme in einem Jahr ist nicht die Summe aus den bereits bereitgestellten Mitteln und
    dem zusätzlichen Bedarf: in drei Tabellen, in drei Spalten oder in drei Zeilen.

    Warum: Beschlossen wird der zusätzliche Bedarf. Stimmt die Rechnung nicht, ist entweder zu viel oder zu wenig
    beantragt, oder Mittel werden doppelt bereitgestellt.

    Quelle: Muster „Finanzielle Auswirkungen“ der Gemeinderatsvorlagen; § 10 GemHVO BW (Planungsgrundsätze).

    Falsch (D3):

    |   | A         | B              | C          | D            | E         | F         |
    |---|-----------|----------------|------------|--------------|-----------|-----------|
    | 1 | Maßnahme  | bereitgestellt | zusätzlich | Gesamtbedarf | 2022 TEUR | 2023 TEUR |
    | 2 | Jobcafé   | 50             | 16         | 66           | 33        | 33        |
    | 3 | Lernräume | 200            | 90         | 280          | 145       | 145       |
    | 4 | Radtreff  | 40             | 0          | 40           | 20        | 20        |
    | 5 | Summe     |                |            |              | =SUM(E2:E4) → 198 | =SUM(F2:F4) → 198 |

    Richtig:

    |   | A         | B              | C          | D            | E         | F         |
    |---|-----------|----------------|------------|--------------|-----------|-----------|
    | 1 | Maßnahme  | bereitgestellt | zusätzlich | Gesamtbedarf | 2022 TEUR | 2023 TEUR |
    | 2 | Jobcafé   | 50             | 16         | 66           | 33        | 33        |
    | 3 | Lernräume | 200            | 90         | 290          | 145       | 145       |
    | 4 | Radtreff  | 40             | 0          | 40           | 20        | 20        |
    | 5 | Summe     |                |            |              | =SUM(E2:E4) → 198 | =SUM(F2:F4) → 198 |

    Beheben: Den falschen der drei Beträge berichtigen; den Gesamtbedarf am besten als Formel rechnen lassen.

    Schweigt: innerhalb der Rundung (TEUR, Mio. EUR), wenn einer der Beträge nicht beziffert ist, wenn eine Maßnahme in
    einer der drei Tabellen fehlt, und wenn die drei Spalten auch sonst keine Summe bilden. Ist einer der drei Beträge
    tausendmal zu groß oder zu klein, sagt es NUM03."""
    known = set[Address]()
    off = {cell.at for cell in totals(subject) if cell.expected is not None and not cell.is_right}
    for comparisons in needs(subject):
        wrong = [one for one in comparisons if one.differs and not one.in_another_unit]
        wrong = [one for one in wrong if not (one.sums and one.total.at in off)]  # its own rows say more (SUM01)
        single = [one for one in wrong if not one.sums]
        for one in single or wrong:
            if one.total.at not in known:
                known.add(one.total.at)
                yield _found(one)


@once
def needs(subject: Subject) -> tuple[tuple[Comparison, ...], ...]:
    """The comparisons that belong together; left out where most of them differ, since then they are no sums."""
    groups = (tuple(group) for group in _groups(subject))
    return tuple(group for group in groups if len(group) < _FEW or sum(one.differs for one in group) * 2 <= len(group))


def _groups(subject: Subject) -> Iterator[list[Comparison]]:
    """Those of three tables, three columns or three rows."""
    yield list(_across_tables(subject))
    words = vocabulary(subject.schema)
    for sheet in subject.reading.workbook.sheets:
        roles = _roles_on(sheet, _roles(subject))
        if set(roles.values()) >= {Role.PROVIDED, Role.ADDITIONAL}:
            _with_plain_totals(sheet, roles, words)
        if set(roles.values()) >= set(Role):
            yield from _in_columns(sheet, roles, words)
            yield from _in_rows(sheet, roles, words)


# --- Three tables -----------------------------------------------------------------------------------------------------


def tables_by_role(subject: Subject) -> dict[Role, list[MeasureTable]]:
    """The tables of provided funds, additional and total need; empty where one of them is missing."""
    tables: dict[Role, list[MeasureTable]] = defaultdict(list)
    for table in subject.reading.budget.measure_tables:
        role = _role_of_table(table, subject.schema.need)
        if role:
            tables[role].append(table)
    return tables if set(tables) == set(Role) else {}


def _across_tables(subject: Subject) -> Iterator[Comparison]:
    tables = tables_by_role(subject)
    if not tables:
        return
    provided, additional = (_by_name(tables[role]) for role in (Role.PROVIDED, Role.ADDITIONAL))
    slacks = {id(table): _slacks(table) for members in tables.values() for table in members}
    for table in tables[Role.TOTAL]:
        for measure in table.measures:
            one, other = provided.get(undated_key(measure.name), []), additional.get(undated_key(measure.name), [])
            if len(one) == len(other) == 1:
                yield from _by_year(table, measure, one[0], other[0], slacks)


def _role_of_table(table: MeasureTable, words: NeedWords) -> Role | None:
    """What its title says, else the name of its sheet; the last part of a title is of a group of columns."""
    for text in (*reversed(table.title.split(" – ")), table.title, table.sheet):
        if role := _role_of(text, words, anywhere=True):
            return role
    return None


def _by_name(tables: Sequence[MeasureTable]) -> dict[str, list[tuple[MeasureTable, Measure]]]:
    found: dict[str, list[tuple[MeasureTable, Measure]]] = defaultdict(list)
    for table in tables:
        for measure in table.measures:
            found[undated_key(measure.name)].append((table, measure))
    return found


def _by_year(
    table: MeasureTable,
    measure: Measure,
    provided: tuple[MeasureTable, Measure],
    additional: tuple[MeasureTable, Measure],
    slacks: Mapping[int, Mapping[Unit, Decimal]],
) -> Iterator[Comparison]:
    first, second = (_amounts(*one) for one in (provided, additional))
    for key, amount in _amounts(table, measure).items():
        one, other = first.get(key), second.get(key)
        if amount.eur is not None and one is not None and other is not None and _are_stated(one, other):
            name = f"{measure.name} {key[0]}"
            yield Comparison(
                name,
                _part(amount, slacks[id(table)]),
                _part(one, slacks[id(provided[0])]),
                _part(other, slacks[id(additional[0])]),
            )


def _amounts(table: MeasureTable, measure: Measure) -> dict[tuple[int, bool], Amount]:
    """The amounts by year; a year that stands twice is left out."""
    found: dict[tuple[int, bool], Amount] = {}
    twice = set[tuple[int, bool]]()
    for column, amount in zip(table.columns, measure.amounts, strict=False):
        key = (column.year.value, column.year.open_ended)
        if key in found:
            twice.add(key)
        found[key] = amount
    return {key: amount for key, amount in found.items() if key not in twice}


def _are_stated(*amounts: Amount) -> bool:
    silent = (Statement.NUMBER, Statement.BLANK, Statement.DASH)
    return all(
        amount.statement in silent and not amount.text for amount in amounts if amount.statement is not Statement.DASH
    )


def _part(amount: Amount, slacks: Mapping[Unit, Decimal]) -> Part:
    return Part(amount.at, amount.eur or Decimal(0), slacks.get(amount.unit, Decimal(0)), amount.unit)


def _slacks(table: MeasureTable) -> dict[Unit, Decimal]:
    """How far the rounding of a table's amounts may be off, by the decimals that any of them has: among 0.14 and 0.63 a
    0.5 is 0.50."""
    by_unit: dict[Unit, list[Amount]] = defaultdict(list)
    for measure in table.measures:
        for amount in measure.amounts:
            if amount.unit.factor != 1:
                by_unit[amount.unit].append(amount)
    return {unit: slack_of(amounts) for unit, amounts in by_unit.items()}


# --- Three columns, three rows ----------------------------------------------------------------------------------------


@once
def _roles(subject: Subject) -> dict[str, Role]:
    """The labels that name a part of the sum or the sum."""
    words = subject.schema.need
    texts = short_texts(subject).found_by(_first(words), _LONGEST, _letters(words))
    return {text: role for text in texts if (role := _role_of(text, words))}


def _roles_on(sheet: Sheet, roles: Mapping[str, Role]) -> dict[tuple[int, int], Role]:
    """Where they stand on a sheet."""
    return {(row, column): roles[text] for row, column, text in sheet.cells.saying(roles.keys())}


def _with_plain_totals(sheet: Sheet, roles: dict[tuple[int, int], Role], words: Vocabulary) -> None:
    """A head that only says "Gesamt" right behind the two parts is their total."""
    for (row, column), role in list(roles.items()):
        beside = roles.get((row, column - 1))
        if {role, beside} == {Role.PROVIDED, Role.ADDITIONAL}:
            head = sheet.value(row, column + 1)
            if isinstance(head, str) and total_strength(head, words):
                roles.setdefault((row, column + 1), Role.TOTAL)


def _in_columns(sheet: Sheet, roles: Mapping[tuple[int, int], Role], words: Vocabulary) -> Iterator[list[Comparison]]:
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(roles):
        by_row[row].append(column)
    for row, columns in by_row.items():
        for start in range(0, len(columns) - 2, 3):
            three = {roles[row, column]: column for column in columns[start : start + 3]}
            if len(three) == len(Role):
                yield list(_down(sheet, row, three, words))


def _down(sheet: Sheet, header: int, columns: Mapping[Role, int], words: Vocabulary) -> Iterator[Comparison]:
    units = {role: words.unit_of(str(sheet.value(header, column))) for role, column in columns.items()}
    common = next((unit for unit in units.values() if unit), None) or _unit_above(sheet, header, words)
    last = max(sheet.cells.by_row, default=header)
    blank, row = 0, header
    while blank <= _GAP and row < last:
        row += 1
        values = {role: sheet.value(row, column) for role, column in columns.items()}
        blank = 0 if any(isinstance(value, Decimal) for value in values.values()) else blank + 1
        parts = {
            role: _typed(sheet.address(row, columns[role]), value, units[role] or common)
            for role, value in values.items()
        }
        label = _label(sheet, row, min(columns.values()))
        comparison = _comparison(label, parts, values)
        if comparison:
            yield replace(comparison, sums=total_strength(label, words) == 2)


def _in_rows(sheet: Sheet, roles: Mapping[tuple[int, int], Role], words: Vocabulary) -> Iterator[list[Comparison]]:
    by_column: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(roles):
        if any(isinstance(sheet.value(row, column + step), Decimal) for step in range(1, 8)):
            by_column[column].append(row)
    for column, rows in by_column.items():
        for start in range(0, len(rows) - 2, 3):
            three = {roles[row, column]: row for row in rows[start : start + 3]}
            if len(three) == len(Role) and rows[start + 2] - rows[start] <= _APART:
                yield list(_along(sheet, column, three, words))


def _along(sheet: Sheet, label: int, rows: Mapping[Role, int], words: Vocabulary) -> Iterator[Comparison]:
    last = max(sheet.cells.row(rows[Role.TOTAL]))
    unit = _unit_above(sheet, max(rows.values()), words)
    for column in range(label + 1, last + 1):
        values = {role: sheet.value(row, column) for role, row in rows.items()}
        parts = {role: _typed(sheet.address(rows[role], column), value, unit) for role, value in values.items()}
        heads = (sheet.value(row, column) for row in range(min(rows.values()) - 1, 0, -1))
        head = next((str(value) for value in heads if value is not None), "")
        comparison = _comparison(head, parts, values)
        if comparison:
            yield comparison


def _unit_above(sheet: Sheet, row: int, words: Vocabulary) -> Unit | None:
    """The unit that the nearest line above states."""
    lines: dict[int, Unit] = {}
    for line in range(row - _APART, row + 1):
        for cell in sheet.cells.row(line).values():
            if type(cell.value) is str and (unit := words.unit_of(cell.value)):
                lines[line] = unit
    return lines[max(lines)] if lines else None


def _typed(at: Address, value: object, unit: Unit | None) -> Part | None:
    """The number in EUR; only amounts that are stated in EUR are taken for exact."""
    if not isinstance(value, Decimal):
        return None
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    factor = (unit or Unit.EUR).factor
    slack = Decimal(0) if unit is not None and factor == 1 else factor.scaleb(-decimals) / 2
    return Part(at, value * factor, slack, unit or Unit.EUR)


def _comparison(name: str, parts: Mapping[Role, Part | None], values: Mapping[Role, object]) -> Comparison | None:
    """None where the total is not stated, or a part is neither a number nor left blank."""
    total, provided, additional = (parts[role] for role in (Role.TOTAL, Role.PROVIDED, Role.ADDITIONAL))
    unclear = any(
        parts[role] is None and value is not None and (isinstance(value, ErrorValue) or not _says_nothing(value))
        for role, value in values.items()
    )
    if total is None or unclear or (provided is None and additional is None):
        return None
    return Comparison(name, total, provided, additional)


def _says_nothing(value: object) -> bool:
    return isinstance(value, str) and value.strip() in {"", "-", "–", "—"}


def _label(sheet: Sheet, row: int, before: int) -> str:
    texts = (sheet.value(row, column) for column in range(before - 1, 0, -1))
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def _role_of(text: str, words: NeedWords, anywhere: bool = False) -> Role | None:
    """The total goes first: "Gesamtbedarf (bereitgestellt und zusätzlich)" is the total."""
    if not _any(words).search(text):
        return None
    folded = fold(text).lstrip(" -–•(=+")
    for role, listed in (
        (Role.TOTAL, words.total),
        (Role.PROVIDED, words.provided),
        (Role.ADDITIONAL, words.additional),
    ):
        if folded.startswith(_folded(listed)) or (anywhere and any(f" {word}" in folded for word in _folded(listed))):
            return role
    return None


@lru_cache(maxsize=4)
def _any(words: NeedWords) -> re.Pattern[str]:
    """A quick look: whether the first letters of one of the words are in a text."""
    return re.compile("|".join(map(re.escape, _letters(words))), re.IGNORECASE)


@lru_cache(maxsize=4)
def _first(words: NeedWords) -> re.Pattern[str]:
    """Whether a text begins so."""
    return re.compile(r"\A\W*(?:" + _any(words).pattern + ")", re.IGNORECASE)


def _letters(words: NeedWords) -> list[str]:
    return sorted({word[:5] for word in (*words.total, *words.provided, *words.additional)})


@lru_cache(maxsize=16)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def _found(one: Comparison) -> Found:
    parts = [part for part in (one.provided, one.additional) if part]
    return Found(
        at=one.total.at,
        stated=plain(one.total.eur),
        expected=plain(one.added),
        message=_(
            "{at}: „{name}“: bereitgestellt {provided} + zusätzlich {additional} = {added}, Gesamtbedarf aber {total}."
        ).format(
            at=one.total.at,
            name=" ".join(one.name.split()),
            provided=money(one.provided.eur if one.provided else Decimal(0)),
            additional=money(one.additional.eur if one.additional else Decimal(0)),
            added=money(one.added),
            total=money(one.total.eur),
        ),
        hint=_("Bitte den falschen der drei Beträge berichtigen oder den Gesamtbedarf als Formel rechnen lassen."),
        related=tuple(str(part.at) for part in parts),
        identity=(one.name,),
    )
