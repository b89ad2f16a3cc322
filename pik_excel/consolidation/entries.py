"""Which lines does a workbook give the overview? A line for each measure of a table, or for each of its stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.names import name_key
from pik_excel.budget.tables import AmountColumn, Kind, Measure, MeasureList, MeasureTable, Status
from pik_excel.consolidation.columns import column_of, kind_of
from pik_excel.consolidation.departments import Departments
from pik_excel.consolidation.record import Column, Entry, Figure, LeftOut, WhyNot
from pik_excel.consolidation.summaries import Cell, Table, repeated
from pik_excel.grid.reference import Address, column_letters
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.layout.vocabulary import Vocabulary, fold, vocabulary
from pik_excel.patterns import pattern
from pik_excel.recalc.syntax import parse, references
from pik_excel.records import dataclass
from pik_excel.schema import Schema

_BUDGETED_FIRST = (Kind.ESTIMATE, Kind.PLAN, Kind.UNSTATED, Kind.RESULT)
_FIRMEST_FIRST = (Status.DECIDED, Status.PROPOSED, Status.REQUESTED)
_NOT_ASKED_FOR = (Status.DECIDED, Status.UNSTATED)
_SAYS_REVENUE = pattern(r"ertrag|erträg|einnahme|einzahlung|erlös")
_NOT_ONLY_REVENUE = pattern(r"aufw|ausgab|auszahl|kosten|abz|saldo|netto|ergebnis|überschuss|fehl")
_NOT_THE_NEED = pattern(
    r"gesamt|eigen|dritt|spende|stiftung|kirch|teilnehm|eintritt|erlös|einnahm|ertrag|erträg|deckung"
    r"|\b(?:bund|land|eu)\b|bundes|landes"
)  # the whole cost, and who else pays it
_REVENUES = frozenset(("e", "ertrag", "erträge", "einnahme", "einnahmen", "einzahlung", "einzahlungen"))


@dataclass(frozen=False)
class Tables:
    """What is needed to read the tables of one workbook, and what of them is left out."""

    reading: Reading
    schema: Schema
    departments: Departments
    cells: Mapping[Cell, tuple[Table, Column]]
    left_out: list[LeftOut] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._words: Vocabulary = vocabulary(self.schema)
        self._assumptions = {table.sheet.casefold() for table in self.reading.budget.assumptions}

    def entries(self, table: Table) -> Iterator[Entry]:
        """The lines of a table, in its order."""
        where = f"{table.sheet}!{table.area.a1}"
        revenue = _revenue_rows(table)
        if isinstance(table, MeasureTable):
            chosen = self._one_a_year(table)
            for measure in table.measures:
                figures = [self._figure(table, measure, index) for index in chosen]
                yield self._entry(table, where, measure, table.status, "", figures, revenue)
        elif table.family == "long-list":
            yield from self._of_long_list(table, where, revenue)
        else:
            yield from self._of_list(table, where, revenue)

    def _one_a_year(self, table: MeasureTable) -> list[int]:
        """The columns that are taken: one for each year; of several the estimate, then the plan."""
        by_year: dict[Column, list[int]] = {}
        for index in range(len(table.columns)):
            by_year.setdefault(column_of(table, index, None), []).append(index)
        chosen = []
        for column, several in by_year.items():
            first = min(several, key=lambda index: _BUDGETED_FIRST.index(kind_of(table, index, None)))
            chosen.append(first)
            for other in (index for index in several if index != first):
                self._left_column(table, other, column, first)
        return sorted(chosen)

    def _left_column(self, table: MeasureTable, index: int, column: Column, taken: int) -> None:
        named, counted = table.columns[index], table.columns[taken]
        same = kind_of(table, index, None) is kind_of(table, taken, None)
        why = _("zweite Spalte für {year}; enthalten ist Spalte {letters} („{label}“)").format(
            year=column.shown, letters=column_letters(counted.at.column), label=counted.shown
        )
        at = f"{table.sheet}!{column_letters(named.at.column)}"
        self.left_out.append(LeftOut(at, "second-column", why, grave=same))

    def _of_long_list(self, table: MeasureList, where: str, revenue: set[int]) -> Iterator[Entry]:
        """A line for all years of a measure; a year that comes again begins another."""
        lines: dict[tuple[object, ...], list[tuple[Measure, list[Figure]]]] = {}
        ordered: list[tuple[Measure, list[Figure], Status, str]] = []
        for measure in table.measures:
            for stage, indexes in self._stages(table):
                figures = [self._figure(table, measure, index) for index in indexes]
                group = lines.setdefault((*self._identity(measure, table), stage), [])
                taken = {figure.column for figure in figures}
                free = next((one for one in group if not taken & {figure.column for figure in one[1]}), None)
                if free is not None:
                    free[1].extend(figures)
                else:
                    group.append((measure, figures))
                    ordered.append((measure, figures, *stage))
        need = self._need(table)
        for measure, figures, status, label in ordered:
            yield _by_column(self._entry(table, where, measure, status, label, figures, revenue), need)

    def _of_list(self, table: MeasureList, where: str, revenue: set[int]) -> Iterator[Entry]:
        """A line for each stage of each measure: one amount has several stages, and the firmest counts."""
        stages = self._stages(table)
        counting = self._counting(table, [status for (status, _label), _indexes in stages])
        need = self._need(table)
        for measure in table.measures:
            for (status, label), indexes in stages:
                figures = [self._figure(table, measure, index) for index in indexes]
                entry = _by_column(self._entry(table, where, measure, status, label, figures, revenue), need)
                if entry.counted and counting is not None and status not in counting:
                    entry = replace(entry, why_not=WhyNot.OTHER_STAGE)
                yield entry

    def _stages(self, table: MeasureList) -> list[tuple[tuple[Status, str], list[int]]]:
        """The columns of each stage; columns without one stand by themselves where they are not told apart by years."""
        found: dict[tuple[Status, str], list[int]] = {}
        years = [(column.year, column.kind) for column in table.columns]
        by_year = len(set(years)) == len(years)
        for index, column in enumerate(table.columns):
            status = column.status if column.status is not Status.UNSTATED else table.status
            own = column.status is Status.UNSTATED and not by_year
            found.setdefault((Status.UNSTATED if own else status, column.label if own else ""), []).append(index)
        return list(found.items())

    def _counting(self, table: MeasureList, stages: Sequence[Status]) -> set[Status] | None:
        """The stages that count: what is provided, and the firmest of the others that has an amount; None for all."""
        stated = set(stages) - {Status.UNSTATED}
        if not stated or len(stages) == 1:
            return None
        for status in _FIRMEST_FIRST:
            if status in stated and self._has_amounts(table, status):
                return {status, Status.PROVIDED}
        return {Status.PROVIDED}

    def _has_amounts(self, table: MeasureList, status: Status) -> bool:
        indexes = [index for index, column in enumerate(table.columns) if _status(table, column) is status]
        return any(
            measure.amounts[index].stated is not None
            for measure in table.measures
            for index in indexes
            if index < len(measure.amounts)
        )

    def _need(self, table: MeasureList) -> str | None:
        """Where several columns hold amounts of one year and none says at what stage: the head of the only one that is
        not of other people's money, "" where that is none or several. None where there is no such question."""
        stages = self._stages(table)
        if len(stages) < 2 or any(status is not Status.UNSTATED for (status, _label), _indexes in stages):
            return None
        own = [label for (_status, label), _indexes in stages if not _NOT_THE_NEED.search(fold(label))]
        return (_flat(own[0]) or "") if len(own) == 1 else ""

    def _identity(self, measure: Measure, table: MeasureList) -> tuple[object, ...]:
        """What makes rows of a long list one measure."""
        key = measure.key
        codes = (key.product, key.office, key.account_group) if key else ()
        fields = tuple(
            (name, fold(str(one.value)))
            for name, one in measure.fields
            if name in {"traeger", "amt", "teilhaushalt", "richtung", "status"} and one.value is not None
        )
        return (name_key(measure.name), self.departments.of(table, measure), *codes, *fields)

    def _entry(
        self,
        table: Table,
        where: str,
        measure: Measure,
        status: Status,
        label: str,
        figures: Sequence[Figure],
        revenue: set[int],
    ) -> Entry:
        key = measure.key
        own = measure.field("status")
        told = own is not None and own.text and not self._columns_say(table)
        said = self._words.stage_of(own.text) if own is not None and told else Status.UNSTATED
        is_revenue = measure.at.row in revenue or _says_revenue(measure, german=table.currency is None)
        positive = any(figure.eur is not None and figure.eur > 0 for figure in figures)
        why_not = WhyNot.REVENUE if is_revenue and positive else WhyNot.COUNTED
        why_not = WhyNot.OTHER_CURRENCY if table.currency else why_not
        return Entry(
            at=measure.at,
            table=where,
            department=self.departments.of(table, measure),
            number=measure.number,
            name=measure.name or measure.label or measure.at.a1,
            key=name_key(measure.name),
            product=_flat(key.product) if key else None,
            product_name=_flat(key.product_name) if key else None,
            account=_flat(key.account_group) if key else None,
            account_name=_flat(key.account_name) if key else None,
            status=said if said is not Status.UNSTATED else status,
            stage=_flat(label) or "",
            revenue=is_revenue,
            figures=tuple(figures),
            why_not=why_not,
        )

    def _columns_say(self, table: Table) -> bool:
        """Whether the columns say at what stage their amounts are, which holds more than what a row says."""
        if isinstance(table, MeasureTable):
            return False
        return any(column.status is not Status.UNSTATED for column in table.columns)

    def _figure(self, table: Table, measure: Measure, index: int) -> Figure:
        amount = measure.amounts[index] if index < len(measure.amounts) else None
        column = column_of(table, index, measure.year)
        if amount is None:
            at = Address(table.sheet, measure.at.row, table.columns[index].at.column)
            return Figure(column, at, Statement.BLANK, None, table.columns[index].unit)
        formula = amount.formula is not None
        again = repeated(table, column, amount, self.cells) if formula and amount.stated is not None else []
        return Figure(
            column,
            amount.at,
            amount.statement,
            amount.eur,
            amount.unit,
            amount.text,
            formula,
            formula and table.status in _NOT_ASKED_FOR and self._takes_assumptions(amount),
            self._source_of(amount) if again else None,
        )

    def _takes_assumptions(self, amount: Amount) -> bool:
        """Whether the formula takes a cell of "Annahmen", as what this program projected does."""
        text = (amount.formula or "").casefold()
        if not any(sheet in text for sheet in self._assumptions):
            return False
        tree = parse(amount.formula or "", amount.at.row, amount.at.column)
        return any((one.sheet or "").casefold() in self._assumptions for one in references(tree))

    def _source_of(self, amount: Amount) -> Address:
        """The first cell that its formula takes."""
        at = amount.at
        first = references(parse(amount.formula or "", at.row, at.column))[0]
        area = first.area(at.row, at.column)
        return Address(first.sheet if first.sheet is not None else at.sheet, area.top, area.left)


def _by_column(entry: Entry, need: str | None) -> Entry:
    """The line, not counted where it is of another column than the need's."""
    if need is None or not entry.counted or entry.stage == need:
        return entry
    return replace(entry, why_not=WhyNot.OTHER_COLUMN if need else WhyNot.COLUMN_UNCLEAR)


def _status(table: MeasureList, column: AmountColumn) -> Status:
    return column.status if column.status is not Status.UNSTATED else table.status


def _revenue_rows(table: Table) -> set[int]:
    """The rows that a total of revenues adds."""
    return {
        row
        for total in table.totals
        if _SAYS_REVENUE.search(fold(total.label)) and not _NOT_ONLY_REVENUE.search(fold(total.label))
        for row in total.rows
    }


def _says_revenue(measure: Measure, german: bool) -> bool:
    """By its column "Aufwand/Ertrag", or by an account of class 3, which holds revenue wherever it is planned in a
    `german` chart; in the Swiss one it holds expenses."""
    direction = measure.field("richtung")
    if direction is not None and direction.text:
        return fold(direction.text).strip(" .") in _REVENUES
    account = (measure.key.account_group or "").strip() if measure.key else ""
    return german and len(account) > 1 and account[:2].isdigit() and account.startswith("3")


def _flat(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
