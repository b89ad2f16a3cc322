"""What stands on the sheet "Projektion", and where?

At the top what is read and printed: the measures of the scenario that is chosen in the switch, their totals, and all
scenarios side by side. Below, for whoever wants to follow it, each scenario by itself: the top chooses among these
blocks by formula (CHOOSE), so that the switch works in Excel without this program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from pik_excel.budget.money import Unit
from pik_excel.language import _
from pik_excel.projection.record import ProjectedAmount, ProjectedMeasure, Projection, Standing
from pik_excel.records import dataclass
from pik_excel.writeback.overview.amounts import Amounts
from pik_excel.writeback.overview.cells import Grid, Shown, a1

TITLE_ROW, SAID_ROW, SWITCH_ROW, PLAN_ROW, NUMBER_ROW, MARK_ROW, HEAD_ROW = 1, 2, 4, 5, 6, 7, 8
FIRST_ROW = HEAD_ROW + 1
NAME, RULE, FIRST_YEAR = 1, 2, 3
UNCLEAR = "unklar"
KEY_ROWS = 4
MOST_SHOWN = 10
"""Measures with a colour of their own in the chart; the others are added up."""


@dataclass(frozen=True)
class Wanted:
    """What the sheet is made from: a projection for each scenario, the one that the switch shows, the last year of the
    medium-term plan, the unit and its decimals."""

    projections: tuple[Projection, ...]
    shown: int
    plan_end: int | None
    unit: Unit
    digits: int
    law: str = ""  # on the medium-term plan, where it is known

    @property
    def years(self) -> tuple[int, ...]:
        """The columns."""
        return self.projections[0].years


@dataclass(frozen=False)
class Block:
    """Where one scenario stands by itself: its first row of needs, its total, and its total of what is there."""

    need: dict[str, int]
    total: int = 0
    provided: int = 0


@dataclass(frozen=False)
class Content:
    """The cells, and the places that the look and the charts must know."""

    wanted: Wanted
    names: tuple[str, ...]  # of the measures, each with a number where two have one name
    counted: int  # of them are added up; behind them come stands that are taken over from the year before …
    elsewhere: frozenset[str]  # … and these, which take over amounts of other sheets
    grid: Grid = field(default_factory=Grid)
    last: int = 0  # row of the last measure at the top
    compared: tuple[int, int] = (0, 0)  # rows of the needs of all scenarios
    more: tuple[int, int] = (0, 0)  # rows of their additional needs
    end: int = 0  # last row that is printed before the charts
    blocks: list[Block] = field(default_factory=list)
    charted: tuple[int, ...] = ()  # rows of the measures with a colour of their own
    others: int = 0  # row of all others, 0 where there are none
    below: int = 0  # first row of what is not printed
    bottom: int = 0

    @property
    def right(self) -> int:
        """The last column."""
        return FIRST_YEAR + len(self.wanted.years) - 1

    def column(self, year: int) -> int:
        """Where a year stands."""
        return FIRST_YEAR + self.wanted.years.index(year)


def content(sheet: str, wanted: Wanted, chart_rows: int) -> Content:
    """All cells of the sheet; `chart_rows` are left free for the charts."""
    measures = _by_name(wanted.projections)
    made = Content(wanted, *_names(measures), _of_other_sheets(measures))
    made.last = FIRST_ROW + len(made.names) - 1
    scenarios = len(wanted.projections)
    made.compared = (made.last + KEY_ROWS + 7, made.last + KEY_ROWS + 6 + scenarios)
    made.more = (made.compared[1] + 2, made.compared[1] + 1 + scenarios)
    made.end = made.more[1]
    made.below = made.end + chart_rows + 2
    _head(made)
    made.grid.put(made.below, NAME, "title small", _("Berechnung je Szenario (wird nicht gedruckt)"))
    row = made.below + 2
    for projection, found in zip(wanted.projections, measures, strict=True):
        row = _block(made, sheet, projection, found, row)
    _top(made, measures)
    _key(made)
    _comparison(made)
    row = _chart_help(made, row)
    made.bottom = row
    return made


def _names(measures: Sequence[Mapping[str, ProjectedMeasure]]) -> tuple[tuple[str, ...], int]:
    """The measures of all scenarios, each once, stands that are taken over last; and how many stand before these."""
    names = dict.fromkeys(name for one in measures for name in one)
    stands = {name for one in measures for name, measure in one.items() if not measure.counts}
    counted = [name for name in names if name not in stands]
    return (*counted, *(name for name in names if name in stands)), len(counted)


def _of_other_sheets(measures: Sequence[Mapping[str, ProjectedMeasure]]) -> frozenset[str]:
    found = ((name, measure.carried) for one in measures for name, measure in one.items())
    return frozenset(name for name, carried in found if carried is not None and carried.same_year)


def _label(made: Content, name: str) -> str:
    if made.counted == len(made.names) or name not in made.names[made.counted :]:
        return name
    if name in made.elsewhere:
        return _("{name} (von anderen Blättern, zählt dort)").format(name=name)
    return _("{name} (Stand, zählt nicht mit)").format(name=name)


def _named(measures: Iterable[ProjectedMeasure]) -> dict[str, ProjectedMeasure]:
    found: dict[str, ProjectedMeasure] = {}
    free: dict[str, int] = {}  # numbers below are taken by others of that name
    for measure in measures:
        name, number = measure.name, free.get(measure.name, 2)
        while name in found:
            name, number = f"{measure.name} ({number})", number + 1
        free[measure.name] = number
        found[name] = measure
    return found


def _by_name(projections: Sequence[Projection]) -> list[dict[str, ProjectedMeasure]]:
    return [_named(projection.measures) for projection in projections]


def _head(made: Content) -> None:
    grid, wanted = made.grid, made.wanted
    first, last = wanted.years[0], wanted.years[-1]
    grid.put(TITLE_ROW, NAME, "title", _("Projektion der Maßnahmen {first} bis {last}").format(first=first, last=last))
    said = _("Beträge in {unit}. Alle Zahlen sind Formeln auf die Tabellen der Mappe und ihre Annahmen; pik-excel "
             "project schreibt dieses Blatt neu.").format(unit=wanted.unit.value)  # fmt: skip
    grid.put(SAID_ROW, NAME, "quiet", said)
    grid.put(SWITCH_ROW, NAME, "label", _("Szenario (hier wählen)"))
    grid.put(SWITCH_ROW, RULE, "switch", wanted.projections[wanted.shown].scenario)
    grid.put(PLAN_ROW, NAME, "label", _("Finanzplanung reicht bis"))
    grid.put(PLAN_ROW, RULE, "year input", None if wanted.plan_end is None else Decimal(wanted.plan_end))
    grid.put(PLAN_ROW, FIRST_YEAR, "beside", _horizon(wanted.law))
    names = f"{_fixed(made.compared[0], NAME)}:{_fixed(made.compared[1], NAME)}"
    grid.put(NUMBER_ROW, NAME, "quiet label", _("Nummer des Szenarios (berechnet)"))
    formula = f"MATCH({_fixed(SWITCH_ROW, RULE)},{names},0)"
    grid.put(NUMBER_ROW, RULE, "quiet number", Decimal(wanted.shown + 1), formula)
    _year_heads(made, HEAD_ROW, _("Maßnahme"), _("Regel"))
    for year in wanted.years:
        column = made.column(year)
        beyond = wanted.plan_end is not None and year > wanted.plan_end
        end = _fixed(PLAN_ROW, RULE)
        formula = f'IF(AND({end}<>"",{a1(HEAD_ROW, column)}>{end}),"{_beyond()}","")'
        grid.put(MARK_ROW, column, "mark", _beyond() if beyond else "", formula)


def _horizon(law: str) -> str:
    words = _("laufendes Jahr, Planjahr und drei weitere")
    return f"{words} ({law})" if law else words


def _beyond() -> str:
    return _("nach Finanzplanung")


def _year_heads(made: Content, row: int, *words: str) -> None:
    for column, word in enumerate(words, NAME):
        made.grid.put(row, column, "head" if column == NAME else "head centred", word)
    ended = made.wanted.projections[0].open_ended
    for year in made.wanted.years:
        look = "head year ff" if year == ended else "head year"
        formula = None if row == HEAD_ROW else a1(HEAD_ROW, made.column(year), fixed_row=True)
        made.grid.put(row, made.column(year), look, Decimal(year), formula)


def _block(
    made: Content,
    sheet: str,
    projection: Projection,
    measures: Mapping[str, ProjectedMeasure],
    row: int,
) -> int:
    """One scenario by itself; returns the first row after it."""
    grid, years = made.grid, made.wanted.years
    columns = {year: made.column(year) for year in years}
    _year_heads(made, row, _("Szenario {name}: Bedarf").format(name=projection.scenario), _("Regel"))
    block = Block({name: row + 1 + place for place, name in enumerate(made.names)})
    rows = {measure.at: block.need[name] for name, measure in measures.items()}
    amounts = Amounts(projection, sheet, made.wanted.unit, columns, HEAD_ROW, rows)
    for name, at in block.need.items():
        grid.put(at, NAME, "name small", _label(made, name))
        measure = measures.get(name)
        if measure is None:
            continue
        grid.put(at, RULE, "rule", measure.rule or "")
        for amount in measure.amounts:
            _need(grid, at, columns[amount.year], amounts, measure, amount)
    block.total = row + len(made.names) + 1
    _totals(made, block.total, _("Finanzbedarf"), range(row + 1, row + 1 + made.counted), empty=not made.counted)
    row = block.total + 1
    needs = ((name, measure) for name, measure in measures.items() if measure.counts)
    there = [(name, measure) for name, measure in needs if _has_funds(amounts, measure)]
    for name, measure in there:
        grid.put(row, NAME, "name small", _("davon da: {name}").format(name=name))
        for amount in measure.amounts:
            _provided(grid, row, columns[amount.year], block.need[name], amounts, measure, amount)
        row += 1
    block.provided = row
    _totals(made, row, _("davon beschlossen oder bereitgestellt"), range(block.total + 1, row), empty=not there)
    made.blocks.append(block)
    return row + 2


def _need(
    grid: Grid, row: int, column: int, amounts: Amounts, measure: ProjectedMeasure, amount: ProjectedAmount
) -> None:
    if amount.not_readable:
        grid.put(row, column, "unclear", UNCLEAR)
        return
    term = amounts.need(measure, amount)
    if term is not None:
        grid.put(row, column, f"amount {amount.standing.value}", term.value, term.text)


def _has_funds(amounts: Amounts, measure: ProjectedMeasure) -> bool:
    return any(amounts.provided(measure, amount) is not None for amount in measure.amounts)


def _provided(
    grid: Grid,
    row: int,
    column: int,
    need: int,
    amounts: Amounts,
    measure: ProjectedMeasure,
    amount: ProjectedAmount,
) -> None:
    term = amounts.provided(measure, amount)
    if term is None:
        return
    text = a1(need, column) if amounts.is_there_wholly(amount) else term.text
    grid.put(row, column, "amount provided", term.value, text)


def _totals(made: Content, row: int, label: str, rows: range, look: str = "total", *, empty: bool = False) -> None:
    """SUM over these rows in each year; a row that is unclear makes its total unclear."""
    made.grid.put(row, NAME, f"{look} name", label)
    made.grid.put(row, RULE, look)
    for year in made.wanted.years:
        column = made.column(year)
        if empty:
            made.grid.put(row, column, look, Decimal(0))
            continue
        area = f"{a1(rows.start, column)}:{a1(rows.stop - 1, column)}"
        value: Shown = made.grid.figures(rows, column)
        formula = f"SUM({area})"
        if any(made.grid.value(one, column) == UNCLEAR for one in rows):
            value, formula = UNCLEAR, f'IF(COUNTIF({area},"{UNCLEAR}")>0,"{UNCLEAR}",{formula})'
        made.grid.put(row, column, look, value, formula)


def _top(made: Content, measures: Sequence[Mapping[str, ProjectedMeasure]]) -> None:
    """The measures of the scenario that is chosen."""
    grid, shown = made.grid, made.wanted.shown
    for row, name in enumerate(made.names, FIRST_ROW):
        grid.put(row, NAME, "name", _label(made, name))
        rules = [one[name].rule or "" if name in one else "" for one in measures]
        rows = [block.need[name] for block in made.blocks]
        if any(rules):
            cells = [a1(at, RULE) if rule else '""' for at, rule in zip(rows, rules, strict=True)]
            grid.put(row, RULE, "rule", rules[shown], _chosen(cells))
        for year in made.wanted.years:
            column = made.column(year)
            standing = measures[shown][name].amount(year).standing if name in measures[shown] else Standing.BLANK
            values = [grid.value(at, column) for at in rows]
            cells = [a1(at, column) if value is not None else '""' for at, value in zip(rows, values, strict=True)]
            if all(value is None for value in values):
                grid.put(row, column, "amount blank")
                continue
            value = values[shown] if values[shown] is not None else ""
            grid.put(row, column, f"amount {standing.value}", value, _chosen(cells))
    added = range(FIRST_ROW, FIRST_ROW + made.counted)
    _totals(made, made.last + 1, _("Finanzbedarf"), added, "total strong", empty=not added)
    for row, label in (
        (made.last + 2, _("davon beschlossen oder bereitgestellt")),
        (made.last + 3, _("zusätzlicher Bedarf")),
    ):
        grid.put(row, NAME, "part name", label)
        grid.put(row, RULE, "part")
    for year in made.wanted.years:
        column = made.column(year)
        provided = [block.provided for block in made.blocks]
        value = grid.value(provided[shown], column)
        grid.put(made.last + 2, column, "part", value, _chosen([a1(row, column) for row in provided]))
        _rest(grid, made.last + 3, column, (made.last + 1, made.last + 2))


def _rest(grid: Grid, row: int, column: int, of: tuple[int, int]) -> None:
    whole, part = (grid.value(one, column) for one in of)
    known = isinstance(whole, Decimal) and isinstance(part, Decimal)
    difference = f"{a1(of[0], column)}-{a1(of[1], column)}"
    if known:
        grid.put(row, column, "part", whole - part, difference)  # type: ignore[operator]  # both are known
    else:
        formula = f'IF(OR({a1(of[0], column)}="{UNCLEAR}",{a1(of[1], column)}="{UNCLEAR}"),"{UNCLEAR}",{difference})'
        grid.put(row, column, "part", UNCLEAR, formula)


def _key(made: Content) -> None:
    """What the colours mean."""
    for row, (standing, word, meaning) in enumerate(standings(), made.last + 5):
        made.grid.put(row, NAME, f"amount {standing.value} key", word)
        made.grid.put(row, RULE, "beside", meaning)


def standings() -> tuple[tuple[Standing, str, str], ...]:
    """How firm an amount may be, the word for it, and what that means."""
    return (
        (Standing.DECIDED, _("beschlossen"), _("steht in einer Tabelle der Mappe")),
        (Standing.PROVIDED, _("bereitgestellt"), _("Mittel stehen schon bereit, kein zusätzlicher Bedarf")),
        (Standing.REQUESTED, _("angemeldet"), _("zusätzlicher Bedarf, noch nicht beschlossen")),
        (Standing.PROJECTED, _("fortgeschrieben"), _("folgt aus den „Annahmen“; in den Tabellen kursiv")),
    )


def _chosen(cells: Sequence[str]) -> str:
    """The one of the chosen scenario."""
    return cells[0] if len(cells) == 1 else f"CHOOSE({_fixed(NUMBER_ROW, RULE)},{','.join(cells)})"


def _comparison(made: Content) -> None:
    """All scenarios side by side: what each needs, and what of that in addition."""
    grid = made.grid
    for row, words in (
        (made.compared[0] - 1, _("Szenarien im Vergleich: Finanzbedarf")),
        (made.more[0] - 1, _("Szenarien im Vergleich: zusätzlicher Bedarf")),
    ):
        grid.put(row, NAME, "section", words)
        for column in range(RULE, made.right + 1):
            grid.put(row, column, "section")
    for index, (block, projection) in enumerate(zip(made.blocks, made.wanted.projections, strict=True)):
        for row in (made.compared[0] + index, made.more[0] + index):
            formula = a1(made.compared[0] + index, NAME) if row >= made.more[0] else None
            grid.put(row, NAME, "name", projection.scenario, formula)
            grid.put(row, RULE, "rule")
        for year in made.wanted.years:
            column = made.column(year)
            grid.put(made.compared[0] + index, column, "part", grid.value(block.total, column), a1(block.total, column))
            _rest(grid, made.more[0] + index, column, (block.total, block.provided))


def _chart_help(made: Content, row: int) -> int:
    """Which measures get a colour of their own, and a row with all others; returns the row after it."""
    grid, columns = made.grid, range(FIRST_YEAR, made.right + 1)
    sizes = {
        at: sum((abs(value) for column in columns if isinstance(value := grid.value(at, column), Decimal)), Decimal(0))
        for at in range(FIRST_ROW, FIRST_ROW + made.counted)
    }
    telling = [at for at in sizes if any(_ever(made, at, column) for column in columns)]
    if len(telling) <= MOST_SHOWN + 1:
        made.charted = tuple(telling)
        return row
    largest = sorted(telling, key=lambda at: (-sizes[at], at))[:MOST_SHOWN]
    made.charted, made.others = tuple(sorted(largest)), row
    grid.put(row, NAME, "name small", _("Übrige Maßnahmen (für das Diagramm)"))
    for column in columns:
        cells = "".join(f"-N({a1(at, column)})" for at in made.charted)
        total = grid.value(made.last + 1, column)
        known = [value for at in made.charted if isinstance(value := grid.value(at, column), Decimal)]
        value = (total if isinstance(total, Decimal) else Decimal(0)) - sum(known, Decimal(0))
        grid.put(row, column, "amount", value, f"N({a1(made.last + 1, column)}){cells}")
    return row + 2


def _ever(made: Content, row: int, column: int) -> bool:
    """Whether the measure needs something in that year in any scenario."""
    name = made.names[row - FIRST_ROW]
    return any(made.grid.value(block.need[name], column) not in (None, Decimal(0)) for block in made.blocks)


def _fixed(row: int, column: int) -> str:
    return a1(row, column, fixed_row=True, fixed_column=True)
