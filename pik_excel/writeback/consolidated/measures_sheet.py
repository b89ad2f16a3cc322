"""The sheet with all measures: an Excel table, a line a measure, with totals of what counts and of what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pik_excel.budget.money import Statement, Unit
from pik_excel.consolidation.record import Column, Consolidation, Figure, Line
from pik_excel.grid.reference import column_letters
from pik_excel.language import _
from pik_excel.writeback.consolidated.forms import (
    SMALL,
    Forms,
    height,
    no,
    print_setup,
    put,
    put_amount,
    put_formula,
    put_link,
    subtitle,
    yes,
)
from pik_excel.writeback.consolidated.sums import Sums, amounts_of, escaped, standing_of, sum_of
from pik_excel.writeback.protocol import look

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COUNTED, SEEN, HEAD = 3, 4, 6  # rows, from 0
FIRST = HEAD + 1
MOST_LINKS = 60_000  # Excel has no more than 65.530 on a sheet


class MeasuresSheet:
    """The sheet while it is written. `years` is the first column of amounts, from 0."""

    def __init__(self, book: Workbook, sheet: Worksheet, found: Consolidation, sums: Sums, forms: Forms) -> None:
        self._book, self._sheet, self._found, self._sums, self._forms = book, sheet, found, sums, forms
        self._with = {
            sums.product: any(line.product for line in found.lines),
            sums.account: any(line.account for line in found.lines),
        }
        self._heads = [sums.running, sums.department, sums.number, sums.measure]
        self._heads += [head for head, there in self._with.items() if there]
        self._heads.append(sums.standing)
        self.years = len(self._heads)
        self._heads += [sums.heading(column) for column in sums.columns()]
        self._heads += [sums.counts, sums.file, sums.cell, sums.remark]
        self._at = {head: index for index, head in enumerate(self._heads)}
        self.last = FIRST + len(found.lines) - 1

    def write(self, folder: Path, day_text: str) -> None:
        """All of it."""
        self._set_up()
        put(self._sheet, 0, 0, _("Alle Maßnahmen"), self._forms.title)
        put(self._sheet, 1, 0, subtitle(self._found, day_text), self._forms.quiet)
        how = _(
            "Summen folgen der Spalte „zählt“ (ja/nein). „ff.“ und Ist stehen in keiner Jahressumme; leer ist nicht 0."
        )
        put(self._sheet, 2, 0, how, self._forms.quiet)
        self._table()
        for row, line in enumerate(self._found.lines, FIRST):
            self._line(row, line, folder)
        self._totals()
        self._make_it_answer()

    def _set_up(self) -> None:
        sheet, sums = self._sheet, self._sums
        self._widths = {
            self._heads[0]: 5.0, sums.department: 17.0, sums.number: 4.5, sums.measure: 34.0, sums.product: 14.0,
            sums.account: 19.0, sums.standing: 12.0, sums.counts: 6.5, sums.file: 17.0, sums.cell: 15.0,
            sums.remark: 22.0,
        }  # fmt: skip
        amounts = sums.width
        for index, head in enumerate(self._heads):
            sheet.set_column(index, index, self._widths.get(head, amounts))
        width = sum(self._widths.get(head, amounts) for head in self._heads)
        sheet.set_row(0, 28)
        sheet.set_row(HEAD, 24)
        sheet.set_tab_color(f"#{look.INK}")
        sheet.freeze_panes(FIRST, self._at[self._sums.measure] + 1)
        print_setup(sheet, HEAD, _("Zusammenführung"), width, self._at[self._sums.measure])
        sheet.print_area(0, 0, self.last, len(self._heads) - 1)

    def _table(self) -> None:
        sums = self._sums
        columns = []
        for head in self._heads:
            amount = head in {sums.heading(column) for column in sums.columns()}
            columns.append({"header": head, "header_format": self._forms.head_right if amount else self._forms.head})
        self._sheet.add_table(HEAD, 0, self.last, len(self._heads) - 1, {
            "name": sums.table, "columns": columns, "style": None, "autofilter": True,
        })  # fmt: skip

    def _line(self, row: int, line: Line, folder: Path) -> None:
        sheet, forms, sums, entry, at = self._sheet, self._forms, self._sums, line.entry, self._at
        sheet.write_number(row, 0, line.number, forms.centred)
        put(sheet, row, 1, line.department, forms.text, forms.quoted)
        put_amount(sheet, row, 2, None if entry.number is None else Decimal(entry.number), forms.centred)
        put(sheet, row, 3, entry.name, forms.text, forms.quoted)
        for head, text in ((self._sums.product, line.product), (self._sums.account, line.account)):
            if self._with[head]:
                put(sheet, row, at[head], text, forms.text, forms.quoted)
        put(sheet, row, at[self._sums.standing], standing_of(line), forms.text, forms.quoted)
        put_amounts(sheet, row, self.years, line, self._found.columns, self._found.unit, forms)
        if len(self._found.added) > 1:
            total = sum_of(line, self._found.added)
            shown = None if total is None else total / self._found.unit.factor
            put_formula(sheet, row, at[self._sums.sum], self._row_sum(row), forms.sum, shown)
        put(sheet, row, at[self._sums.counts], yes() if entry.counted else no(), forms.choice)
        file = self._found.sources[line.source].path
        if row - FIRST < MOST_LINKS:
            put_link(sheet, row, at[sums.file], file, entry.at, file.name, forms, folder)
        else:
            put(sheet, row, at[sums.file], file.name, forms.text)
        put(sheet, row, at[sums.cell], str(entry.at), forms.small)
        remark = remark_of(line)
        put(sheet, row, at[sums.remark], remark, forms.small)
        texts = {
            sums.department: line.department, sums.measure: entry.name, sums.product: line.product,
            sums.account: line.account, sums.standing: standing_of(line), sums.file: file.name,
            sums.cell: str(entry.at), sums.remark: remark,
        }  # fmt: skip
        small = {sums.cell, sums.remark}
        widths = {head: width * (SMALL if head in small else 1) for head, width in self._widths.items()}
        height(sheet, row, ((text, widths[head]) for head, text in texts.items() if head in at))

    def _row_sum(self, row: int) -> str:
        first, last = (self._letters(column) for column in (self._found.added[0], self._found.added[-1]))
        cells = f"{first}{row + 1}:{last}{row + 1}"
        return f'=IF(COUNT({cells})=0,"",SUM({cells}))'

    def _letters(self, column: Column | None) -> str:
        return column_letters(self._at[self._sums.heading(column)] + 1)

    def _totals(self) -> None:
        """Above the head, so that they stay in sight: what counts, and what the filter shows."""
        sheet, forms, sums = self._sheet, self._forms, self._sums
        labels = {COUNTED: _("Summe der gezählten Zeilen"), SEEN: _("Summe der sichtbaren Zeilen (Filter)")}
        for row, label in labels.items():
            sheet.merge_range(row, 0, row, self.years - 1, label, forms.total_name)
        for column in sums.columns():
            index = self._at[sums.heading(column)]
            put_formula(sheet, COUNTED, index, sums.of_all(column), forms.total, sums.value(column))
            seen = f"=SUBTOTAL(109,{sums.table}[{escaped(sums.heading(column))}])"
            put_formula(sheet, SEEN, index, seen, forms.total, self._shown(column))

    def _shown(self, column: Column | None) -> Decimal:
        """What all lines add up to, counted or not."""
        lines = self._found.lines
        if column is None:
            found = [sum_of(line, self._found.added) for line in lines]
        else:
            found = [amounts_of(line).get(column) for line in lines]
        return sum((eur for eur in found if eur is not None), Decimal(0)) / self._found.unit.factor

    def _make_it_answer(self) -> None:
        column = self._at[self._sums.counts]
        self._sheet.data_validation(FIRST, column, self.last, column, {
            "validate": "list", "source": [yes(), no()], "error_title": self._sums.counts,
            "error_message": _("Bitte „ja“ oder „nein“ wählen."),
        })  # fmt: skip
        grey = self._book.add_format({"font_color": "#9AA1AB", "italic": True})
        rule = {"type": "formula", "criteria": f'=${column_letters(column + 1)}{FIRST + 1}="{no()}"', "format": grey}
        self._sheet.conditional_format(FIRST, 0, self.last, len(self._heads) - 1, rule)


def put_amounts(
    sheet: Worksheet, row: int, first: int, line: Line, columns: Sequence[Column], unit: Unit, forms: Forms
) -> None:
    """The amounts of a line, each in its year's column; words where no number stands."""
    by_column = {figure.column: figure for figure in line.entry.figures}
    amounts = amounts_of(line)
    for index, column in enumerate(columns, first):
        figure = by_column.get(column)
        if figure is None or (figure.eur is not None and column not in amounts):
            put_amount(sheet, row, index, None, forms.amount)
        elif figure.eur is not None:
            form = forms.projected if figure.projected else forms.amount
            put_amount(sheet, row, index, figure.eur / unit.factor, form)
        else:
            put(sheet, row, index, said_instead(figure), forms.amount)


def said_instead(figure: Figure) -> str:
    """What stands where there is no number: nothing, a dash, "k. A.", what could not be read."""
    match figure.statement:
        case Statement.DASH:
            return "–"
        case Statement.NOT_GIVEN:
            return _("k. A.")
        case Statement.NOT_STORED:
            return _("nicht berechnet")
        case Statement.ERROR | Statement.UNREADABLE:
            return " ".join((figure.text or "?").split())[:40]
    return ""


def remark_of(line: Line) -> str:
    """Why a line does not count, which of its amounts stand elsewhere, and which are carried on."""
    entry = line.entry
    said = [entry.why_not.shown] if not entry.counted else []
    for figure in entry.figures if entry.counted else ():
        if figure.repeats is not None and figure.eur is not None:
            said.append(_("{year} steht in {cell}").format(year=figure.column.shown, cell=figure.repeats))
    projected = [figure.column.shown for figure in entry.figures if figure.projected and not figure.repeats]
    if projected:
        said.append(_("fortgeschrieben: {years}").format(years=", ".join(projected)))
    return "; ".join(said)
