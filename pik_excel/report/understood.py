"""What was read from which cells? Table by table, so that staff see what `check` understood of their workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pik_excel.budget.tables import Budget, LeftOut, Measure, MeasureList, MeasureTable, Total, TotalColumn
from pik_excel.grid.reference import Address, column_letters
from pik_excel.language import _, plural
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass

_MOST = 8  # totals, or places left out, that are named one by one
_LONGEST = 40  # letters of a label


@dataclass(frozen=True)
class Understood:
    """One table: where it stands, what sort it is, and in pairs of word and text what was read of it."""

    at: str
    family: str
    facts: tuple[tuple[str, str], ...] = ()


def understood(reading: Reading) -> tuple[Understood, ...]:
    """All tables of measures in the order of the sheets, and the sheets of which nothing was read."""
    order = {sheet.name: index for index, sheet in enumerate(reading.workbook.sheets)}
    tables = sorted(reading.budget.tables, key=lambda one: (order.get(one.sheet, 0), one.area))
    found = [Understood(f"{one.sheet}!{one.area.a1}", one.family, tuple(_facts(one))) for one in tables]
    read = _sheets(reading.budget)
    unread = [sheet.name for sheet in reading.workbook.sheets if sheet.used and sheet.name not in read]
    return (*found, *(Understood(name, "", ()) for name in unread))


def _sheets(budget: Budget) -> set[str]:
    records = (*budget.tables, *budget.assumptions, *budget.financings, *budget.posts, *budget.indicators)
    return {one.sheet for one in records}


def _facts(table: MeasureTable | MeasureList) -> Iterator[tuple[str, str]]:
    if table.title:
        yield _("Titel"), _short(table.title)
    yield _("Einheit"), _unit(table)
    yield _("Maßnahmen"), _measures(table)
    years = list(_columns(table))
    if years:
        yield (_("Jahre") if _years_in_columns(table) else _("Beträge")), ", ".join(years)
    if isinstance(table, MeasureList) and table.family == "long-list":
        yield _("Jahre"), _("{years} (je Zeile)").format(years=", ".join(year.shown for year in table.years))
    if table.totals:
        yield _("Summen"), _joined([_total(one) for one in table.totals])
    if isinstance(table, MeasureList) and table.year_sums:
        yield _("Summen der Jahre"), _joined([_row_total(one) for one in table.year_sums])
    if table.total_columns:
        yield _("Summenspalten"), _joined([_total_column(one) for one in table.total_columns])
    memos = [_place(one.at, one.label, row=True) for one in table.memos]
    if isinstance(table, MeasureTable):
        memos += [f"{column_letters(one.at.column)} ({one.shown})" for one in table.memo_columns]
    if memos:
        yield _("in keiner Summe"), _joined(memos)
    if hidden := _hidden(table):
        yield _("ausgeblendet"), hidden
    if table.left_out:
        yield _("nicht als Betrag gelesen"), _joined([_left_out(one) for one in table.left_out])


def _years_in_columns(table: MeasureTable | MeasureList) -> bool:
    return isinstance(table, MeasureTable) or table.family == "years-down"


def _unit(table: MeasureTable | MeasureList) -> str:
    if table.unit is None and table.unit_at is not None:
        return _("je Zeile, ab {cell}").format(cell=table.unit_at.a1)
    if table.unit is None:
        return _("nirgends genannt")
    places = list(dict.fromkeys(at.a1 for unit, at in table.unit_votes if unit is (table.shown_in or table.unit)))
    where = _(" aus {cells}").format(cells=", ".join(places[:3])) if places else ""
    if table.shown_in:
        return _("{unit}, gezeigt in {shown}").format(unit=table.unit.value, shown=table.shown_in.value) + where
    return table.unit.value + where


def _measures(table: MeasureTable | MeasureList) -> str:
    count = len(table.names) if isinstance(table, MeasureList) else len(table.measures)
    text = plural("{count} Maßnahme", "{count} Maßnahmen", count).format(count=count)
    if isinstance(table, MeasureList) and table.family == "years-down":
        return _("{text}, je eine Spalte").format(text=text)
    return _("{text}, Namen in Spalte {column}").format(text=text, column=column_letters(table.name_column))


def _columns(table: MeasureTable | MeasureList) -> Iterator[str]:
    """Each column of amounts with its letters; where years stand down the side, each row with its number."""
    for column in table.columns:
        down = isinstance(table, MeasureList) and table.family == "years-down"
        place = str(column.at.row) if down else column_letters(column.at.column)
        shown = column.year.shown if column.year and _years_in_columns(table) else _short(column.shown)
        own = f" {column.unit.value}" if table.unit and column.unit is not table.unit else ""
        yield f"{place} {shown}{own}"


def _total(total: Total) -> str:
    if total.columns:
        added = ", ".join(map(column_letters, total.columns))
        label = _short(total.label)
        return _("Spalte {column} „{label}“ = {added}").format(
            column=column_letters(total.at.column), label=label, added=added
        )
    return _row_total(total)


def _row_total(total: Total) -> str:
    if not total.rows:
        return _("Zeile {row} „{label}“ (keine reine Summe)").format(row=total.at.row, label=_short(total.label))
    said = plural("Zeile {row} „{label}“ = Zeile {rows}", "Zeile {row} „{label}“ = Zeilen {rows}", len(total.rows))
    return said.format(row=total.at.row, label=_short(total.label), rows=_spans(total.rows))


def _total_column(column: TotalColumn) -> str:
    letters = ", ".join(map(column_letters, column.columns))
    return _("{column} „{label}“ = {added}").format(
        column=column_letters(column.at.column), label=_short(column.label), added=letters
    )


def _spans(rows: Sequence[int]) -> str:
    """Rows as people write them: "3–7, 9"."""
    spans = []
    for _key, group in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        run = [row for _index, row in group]
        spans.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return _joined(spans, ", ")


def _hidden(table: MeasureTable | MeasureList) -> str:
    down = isinstance(table, MeasureList) and table.family == "years-down"
    lines: tuple[Measure | Total, ...] = () if down else (*table.measures, *table.totals)
    rows = [one.at.row for one in lines if one.hidden]
    columns = [column_letters(one.at.column) for one in table.columns if one.hidden and not down]
    parts = [plural("Zeile {rows}", "Zeilen {rows}", len(rows)).format(rows=_spans(rows))] if rows else []
    if columns:
        parts.append(plural("Spalte {columns}", "Spalten {columns}", len(columns)).format(columns=", ".join(columns)))
    return ", ".join(parts)


def _left_out(one: LeftOut) -> str:
    return f"{_place(one.at, one.label, one.row)}: {one.why.shown}"


def _place(at: Address, label: str, row: bool) -> str:
    if row:
        return _("Zeile {row} „{label}“").format(row=at.row, label=_short(label))
    return _("Spalte {column} „{label}“").format(column=column_letters(at.column), label=_short(label))


def _joined(parts: Iterable[str], between: str = "; ") -> str:
    every = list(parts)
    more = len(every) - _MOST
    return between.join(every[:_MOST]) + (_(" und {count} weitere").format(count=more) if more > 0 else "")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"
