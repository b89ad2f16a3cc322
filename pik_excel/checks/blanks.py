"""Which measures state neither an amount nor funds that are provided already?

Blank, 0, "–" and "k. A." are four statements. A blank cell says nothing, so somebody has to be asked; but many tables
leave cells blank by custom: columns of a form, years before a measure begins or after it ends, "2027 ff.". Only a blank
that stands out from its table is spoken of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from pik_excel.budget.marks import plain_mark
from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.names import undated_key
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable
from pik_excel.checks.assumed import also_called, rows_about, years_of
from pik_excel.checks.by_year import tables_over_years
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.needs import Role, tables_by_role
from pik_excel.grid.reference import Address, column_letters
from pik_excel.grid.workbook import Sheet, Style
from pik_excel.language import _, plural
from pik_excel.layout.labels import label_of
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_BLANK = Statement.BLANK
_IS_EXPLAINED = pattern(r"\bleere?(s|r|n)?\b(?=.{0,20}(zelle|feld|=|:|bedeut|heißt))|\bleer\b", re.IGNORECASE)
_GIVES_A_REASON = pattern(
    r"entf[aä]ll|entfiel|weggefallen|endet|ausgelaufen|läuft .*aus|eingestellt|abgeschlossen|befristet|bereit|einmalig"
    r"|finanziert|übertrag|überführt|verlagert|zusammen(gefasst|gelegt)|ruht|pausier|ausgesetzt|aussetz|zweijähr|turnus"
    r"|alle (zwei|drei|vier|\d) jahre|\bkeine?\b|\bnicht\b|\boffen\b|folgt|\b(ab|bis) \w*\s?(19|20)\d\d"
    r"|\berst\b|haushaltsrest|gedeckt|verschoben|unterbrech",
    re.IGNORECASE,
)
_PAPER = pattern(r"\b(?!(?:19|20)\d\d/)\d+/(?:19|20)\d\d\b")  # the number of a paper: "GRDrs 211/2023"
_DOWN = ("measures-by-year", "approvals")  # a measure a row
_FULL = 3  # rows from which a lone blank stands out
_LONGEST_TABLE = 2_000  # rows
_LONGEST_NAME = 80  # characters
_NEAR = 2  # years before and after a table in which another may state the measure


@dataclass(frozen=True)
class Blank:
    """A measure's blank cells that nothing explains. `whole`: it states no amount in any year."""

    table: MeasureTable
    measure: Measure
    positions: tuple[int, ...]
    whole: bool

    @property
    def years(self) -> str:
        """The years of the cells, for people."""
        return ", ".join(self.table.columns[position].year.shown for position in self.positions)


@rule("MSR06", "blank-amount", Severity.NOTICE)
def blank_amount(subject: Subject) -> Iterator[Found]:
    """Weder Betrag noch bereitgestellte Mittel

    Was: Eine Maßnahme hat in einem Jahr eine leere Zelle, und keine andere Tabelle stellt dafür Mittel bereit. Leer, 0,
    „–“ und „k. A.“ sind vier verschiedene Aussagen; leer ist keine.

    Warum: Niemand kann sehen, ob nichts gebraucht wird, ob die Mittel schon bereitstehen oder ob ein Betrag vergessen
    wurde. Summen rechnen die leere Zelle als 0.

    Quelle: § 10 GemHVO BW (Planungsgrundsätze: sorgfältige Schätzung); Praxis der Haushaltsplanung.

    Falsch (C3):

    |   | A          | B                | C                | D                |
    |---|------------|------------------|------------------|------------------|
    | 1 | Maßnahme   | 2022 TEUR        | 2023 TEUR        | 2024 TEUR        |
    | 2 | Jobcafé    | 66               | 66               | 66               |
    | 3 | Lernräume  | 290              |                  | 290              |
    | 4 | Sprachkurs | 60               | 60               | 60               |
    | 5 | Summe      | =SUM(B2:B4) → 416 | =SUM(C2:C4) → 126 | =SUM(D2:D4) → 416 |

    Richtig:

    |   | A          | B                | C                | D                |
    |---|------------|------------------|------------------|------------------|
    | 1 | Maßnahme   | 2022 TEUR        | 2023 TEUR        | 2024 TEUR        |
    | 2 | Jobcafé    | 66               | 66               | 66               |
    | 3 | Lernräume  | 290              | 290              | 290              |
    | 4 | Sprachkurs | 60               | 60               | 60               |
    | 5 | Summe      | =SUM(B2:B4) → 416 | =SUM(C2:C4) → 416 | =SUM(D2:D4) → 416 |

    Beheben: Den Betrag eintragen; 0, wenn nichts gebraucht wird; „–“ oder eine Bemerkung, wenn es sich erübrigt.

    Schweigt: bei „ff.“-Spalten, bei Spalten und Tabellen, in denen vieles leer ist, vor dem Beginn und nach dem Ende
    einer Maßnahme, und wenn eine andere Tabelle, eine Fußnote, eine Bemerkung oder „Annahmen“ die Lücke erklärt. Ein
    Fehler ist es, wenn pik-excel.toml Beträge verlangt ([fields.betrag] required = true)."""
    amounts = _Known(subject)
    required = subject.schema.fields["betrag"].required
    for table in tables_over_years(subject):
        for blank in _standing_out(subject, table, amounts):
            yield _finding(blank, required)
    for listed in subject.reading.budget.tables:
        for at, name in _without_amounts(subject, listed, amounts):
            yield _empty(at, name, required)


class _Known:
    """What all tables together say of a measure's years."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def elsewhere(self, table: MeasureTable, measure: Measure, year: int) -> bool:
        """Whether another table says something of the measure in that year that may stand for the blank. Where tables
        of provided funds, additional and total need stand beside each other, the total states another amount than its
        parts, and what is needed in addition is not what is provided."""
        others = [other for other, _amount in self._of(measure, range(year, year + 1)) if other is not table]
        role = self._roles.get(id(table))
        silent = (
            {Role.PROVIDED: {Role.ADDITIONAL, Role.TOTAL}, Role.TOTAL: set(Role)}.get(role, set()) if role else set()
        )
        return any(self._roles.get(id(other)) not in silent for other in others)

    @cached_property
    def _roles(self) -> dict[int, Role]:
        return {id(table): role for role, tables in tables_by_role(self.subject).items() for table in tables}

    def has_money(self, measure: Measure, years: range) -> bool:
        """Whether a table states an amount for one of these years."""
        return any(amount.stated for _table, amount in self._of(measure, years))

    def has_money_by_name(self, name: str, years: Collection[int]) -> bool:
        """The same for a row that is no measure, by its name alone."""
        key = undated_key(label_of(name).name)
        return any(
            amount.stated
            for table, other in self._rows.get(key, ())
            for column, amount in zip(table.columns, other.amounts, strict=False)
            if column.year.value in years
        )

    def _of(self, measure: Measure, years: range) -> Iterator[tuple[MeasureTable, Amount]]:
        key = undated_key(measure.name)
        for name in {key} | self._also_called.get(key, set()):
            for table, other in self._rows.get(name, ()):
                for column, amount in zip(table.columns, other.amounts, strict=False):
                    if column.year.value in years and amount.statement is not _BLANK:
                        yield table, amount

    @cached_property
    def _also_called(self) -> Mapping[str, set[str]]:
        return also_called(self.subject)

    @cached_property
    def _rows(self) -> dict[str, list[tuple[MeasureTable, Measure]]]:
        rows: dict[str, list[tuple[MeasureTable, Measure]]] = defaultdict(list)
        for table in tables_over_years(self.subject):
            for measure in table.measures:
                rows[undated_key(measure.name)].append((table, measure))
        return rows


def _has_blanks(measure: Measure) -> bool:
    return any(amount.statement is _BLANK for amount in measure.amounts)


def _standing_out(subject: Subject, table: MeasureTable, known: _Known) -> Iterator[Blank]:
    """The blanks that are no custom of the table."""
    rows = [measure for measure in table.measures if measure.name]
    sheet = subject.reading.workbook.sheet(table.sheet)
    with_blanks = [measure for measure in rows if _has_blanks(measure)]
    if not with_blanks or sheet is None or len(rows) < 2:
        return
    columns = [position for position in range(len(table.columns)) if _is_filled(table, rows, position)]
    found = [blank for measure in with_blanks if (blank := _blank(table, measure, columns))]
    gaps = [blank for blank in found if blank.whole or any(_is_gap(blank, p, known) for p in blank.positions)]
    lone = found if len(found) == 1 and len(rows) >= _FULL else []
    spoken = gaps if len(gaps) <= max(1, len(rows) // 5) else []
    spoken = spoken or [blank for blank in lone if len(blank.positions) == 1 and len(table.columns) > 1]
    if not spoken or _says_what_blank_means(sheet):
        return
    for blank in spoken:
        unexplained = tuple(p for p in blank.positions if not _is_explained(subject, sheet, blank, p, known))
        if not blank.whole and blank in gaps:
            unexplained = tuple(p for p in unexplained if _is_gap(blank, p, known))
        if unexplained:
            yield replace(blank, positions=unexplained)


def _is_filled(table: MeasureTable, rows: list[Measure], position: int) -> bool:
    """Whether most rows state something in the column; "ff." is left blank by custom."""
    if table.columns[position].year.open_ended:
        return False
    amounts = (measure.amounts[position] for measure in rows if position < len(measure.amounts))
    filled = sum(amount.statement is not _BLANK for amount in amounts)
    return filled * 3 >= len(rows) * 2


def _blank(table: MeasureTable, measure: Measure, columns: list[int]) -> Blank | None:
    positions = tuple(p for p in columns if p < len(measure.amounts) and measure.amounts[p].statement is _BLANK)
    whole = all(
        amount.statement is _BLANK or column.year.open_ended
        for column, amount in zip(table.columns, measure.amounts, strict=False)
    )
    return Blank(table, measure, positions, whole) if positions else None


def _is_gap(blank: Blank, position: int, known: _Known) -> bool:
    """Whether the measure has money before and after that year, in this table or another, or on both sides of the cell
    (Ansatz and Ergebnis of one year)."""
    stated = [p for p, amount in enumerate(blank.measure.amounts) if amount.stated]
    if stated and stated[0] < position < stated[-1] and not blank.table.columns[stated[-1]].year.open_ended:
        return True
    years = [column.year.value for column in blank.table.columns]
    year = years[position]
    before = range(min(years) - _NEAR, year)
    return known.has_money(blank.measure, range(year + 1, max(years) + _NEAR)) and known.has_money(
        blank.measure, before
    )


def _is_explained(subject: Subject, sheet: Sheet, blank: Blank, position: int, known: _Known) -> bool:
    table, measure, year = blank.table, blank.measure, blank.table.columns[position].year.value
    if known.elsewhere(table, measure, year) or _a_note_says_so(table, measure, year):
        return True
    at = measure.amounts[position].at
    return (
        (at.row, at.column) in sheet.comments
        or any(area.holds(at.row, at.column) for area in sheet.merges)
        or _a_remark_says_so(sheet, table, measure, at, year)
        or _is_out_of_its_time(subject, measure, year)
    )


def _a_note_says_so(table: MeasureTable, measure: Measure, year: int) -> bool:
    """A note that names years speaks of these, any other has to give a reason."""
    marks = {plain_mark(mark) for mark in measure.footnotes}
    return any(
        plain_mark(note.mark) in marks
        and (year in note.years if note.years else _GIVES_A_REASON.search(note.text) is not None)
        for note in table.footnotes
    )


def _a_remark_says_so(sheet: Sheet, table: MeasureTable, measure: Measure, at: Address, year: int) -> bool:
    """Whether a text beside the amounts gives a reason, or names the year; "freiwillige Leistung" does not."""
    last = max(column.at.column for column in table.columns)
    texts = [sheet.value(at.row, column) for column in range(last + 1, last + 6)]
    remark = measure.field("bemerkung")
    texts.append(remark.text if remark is not None else None)
    plain = [_PAPER.sub("", text) for text in texts if isinstance(text, str)]
    return any(_GIVES_A_REASON.search(text) or str(year) in text for text in plain)


def _is_out_of_its_time(subject: Subject, measure: Measure, year: int) -> bool:
    for row in rows_about(subject, measure.name):
        first, last = years_of(row)
        if (first is not None and year < first) or (last is not None and year > last):
            return True
    return False


def _without_amounts(
    subject: Subject, table: MeasureTable | MeasureList, known: _Known
) -> Iterator[tuple[Address, str]]:
    """The one row among measures that has a name and no amount: no heading, as it looks like its neighbours and heads
    nothing that they do not belong to as well."""
    sheet, rows = subject.reading.workbook.sheet(table.sheet), {measure.at.row for measure in table.measures}
    if (
        table.family not in _DOWN
        or not table.columns
        or sheet is None
        or len(rows) < _FULL
        or max(rows) - min(rows) > _LONGEST_TABLE
    ):
        return
    known_rows = rows | {one.at.row for group in (table.totals, table.keys, table.memos) for one in group}
    below = max(table.header_rows, default=table.area.top) + 1
    between = [row for row in range(min(below, *rows), max(rows) + 2) if row not in known_rows]
    named = [row for row in between if isinstance(sheet.value(row, table.name_column), str)]
    rows_like = [row for row in named if _is_like_a_measure(subject, sheet, table, row, rows, len(named) == 1)]
    if len(rows_like) != 1:
        return
    row = rows_like[0]
    name = str(sheet.value(row, table.name_column)).strip()
    at = sheet.address(row, table.name_column)
    if name.endswith(":") or not _is_bare(sheet, table, row):
        return
    years = [column.year.value for column in table.columns if column.year]
    if len(name) <= _LONGEST_NAME and not known.has_money_by_name(name, years) and not _says_what_blank_means(sheet):
        yield at, name


def _is_like_a_measure(
    subject: Subject, sheet: Sheet, table: MeasureTable | MeasureList, row: int, rows: set[int], alone: bool
) -> bool:
    """Whether Träger, Konto and the like are filled in as in the row above or below; where there are no such columns,
    whether the name looks like the one above, in a table without groups and without other such rows."""
    beside = range(table.area.left, min(column.at.column for column in table.columns))
    others = [column for column in beside if column != table.name_column]
    near = [one for one in (row - 1, row + 1) if one in rows]
    filled = [column for column in others if any(sheet.value(one, column) not in (None, "") for one in near)]
    if filled:
        return all(sheet.value(row, column) not in (None, "") for column in filled)
    if not alone or row - 1 not in rows or table.keys or any(total.subtotal for total in table.totals):
        return False
    at = sheet.address(row, table.name_column)
    return _looks(subject, sheet, at) == _looks(subject, sheet, at._replace(row=row - 1))


def _looks(subject: Subject, sheet: Sheet, at: Address) -> tuple[object, ...]:
    cell = sheet.cells.get((at.row, at.column))
    styles = subject.reading.workbook.styles
    style = styles[cell.style] if cell is not None and cell.style < len(styles) else Style()
    return style.bold, style.indent


def _is_bare(sheet: Sheet, table: MeasureTable | MeasureList, row: int) -> bool:
    """Whether the cells of amounts are blank, and nothing behind them says why."""
    first = min(column.at.column for column in table.columns)
    last = max(column.at.column for column in table.columns)
    return all(sheet.value(row, column) in (None, "") for column in range(first, last + 4))


def _says_what_blank_means(sheet: Sheet) -> bool:
    return any(len(text) > 8 and _IS_EXPLAINED.search(text) for text in sheet.cells.words)


def _empty(at: Address, name: str, required: bool) -> Found:
    return Found(
        at=at,
        stated=None,
        expected=None,
        message=_("{at}: „{name}“ hat in keinem Jahr einen Betrag, und nirgends stehen Mittel dafür bereit.").format(
            at=at, name=name
        ),
        hint=_("Bitte die Beträge eintragen, sonst 0 (kein Bedarf) oder „–“ mit einer Bemerkung."),
        identity=(name, "whole"),
        severity=Severity.ERROR if required else None,
    )


def _finding(blank: Blank, required: bool) -> Found:
    measure = blank.measure
    at = measure.amounts[blank.positions[0]].at
    if blank.whole:
        message = _("{at}: „{name}“ hat in keinem Jahr einen Betrag, und nirgends stehen Mittel dafür bereit.")
    else:
        message = plural(
            "{at}: „{name}“ {years}: kein Betrag, und keine andere Tabelle stellt dafür Mittel bereit.",
            "{at}: „{name}“ {years}: keine Beträge, und keine andere Tabelle stellt dafür Mittel bereit.",
            len(blank.positions),
        )
    last = measure.amounts[blank.positions[-1]].at
    together = len(blank.positions) > 1 and last.column - at.column == len(blank.positions) - 1
    return Found(
        at=at,
        stated=None,
        expected=None,
        message=message.format(at=at, name=measure.name, years=blank.years),
        hint=_("Bitte den Betrag eintragen, sonst 0 (kein Bedarf) oder „–“ mit einer Bemerkung."),
        related=tuple(str(measure.amounts[position].at) for position in blank.positions[1:]),
        area=f"{at.a1}:{column_letters(last.column)}{last.row}" if together else None,
        identity=(measure.name, blank.years),
        severity=Severity.ERROR if required else None,
    )
