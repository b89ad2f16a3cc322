"""A sheet for each Amt: its measures alone, ready to be printed and sent back to it, with totals as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pik_excel.consolidation.record import Column, Consolidation, Line
from pik_excel.grid.reference import column_letters
from pik_excel.language import _, plural
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
    yes,
)
from pik_excel.writeback.consolidated.measures_sheet import MOST_LINKS, put_amounts, remark_of
from pik_excel.writeback.consolidated.sums import Sums, amounts_of, standing_of, sum_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEAD = 3
_FIRST = _HEAD + 1


class DepartmentSheet:
    """One of these sheets while it is written. It leaves out years and codes that the Amt does not state."""

    def __init__(
        self,
        book: Workbook,
        sheet: Worksheet,
        name: str,
        lines: Sequence[Line],
        found: Consolidation,
        sums: Sums,
        forms: Forms,
    ) -> None:
        self._book, self._sheet, self._name, self._lines = book, sheet, name, lines
        self._found, self._sums, self._forms = found, sums, forms
        stated = {figure.column for line in lines for figure in line.entry.figures}
        self._columns: list[Column | None] = [column for column in found.columns if column in stated]
        self._added = [column for column in found.added if column in stated]
        if len(self._added) > 1:
            self._columns.append(None)
        self._with = {
            sums.product: any(line.product for line in lines),
            sums.account: any(line.account for line in lines),
        }
        self._heads = [sums.running, sums.number, sums.measure, *(head for head, there in self._with.items() if there)]
        self._heads.append(sums.standing)
        self._years = len(self._heads)
        self._heads += [sums.heading(column) for column in self._columns]
        self._heads += [sums.counts, sums.file, sums.cell, sums.remark]
        self._at = {head: index for index, head in enumerate(self._heads)}
        self._last = _FIRST + len(lines) - 1

    def write(self, folder: Path) -> None:
        """All of it."""
        self._set_up()
        put(self._sheet, 0, 0, self._name, self._forms.title)
        said = plural("{count} Zeile, Beträge in {unit}", "{count} Zeilen, Beträge in {unit}", len(self._lines))
        put(self._sheet, 1, 0, said.format(count=len(self._lines), unit=self._found.unit.value), self._forms.quiet)
        amounts = {self._sums.heading(column) for column in self._columns}
        for index, head in enumerate(self._heads):
            put(self._sheet, _HEAD, index, head, self._forms.head_right if head in amounts else self._forms.head)
        for row, line in enumerate(self._lines, _FIRST):
            self._line(row, line, folder)
        self._total(self._last + 1)

    def _set_up(self) -> None:
        sheet, sums = self._sheet, self._sums
        self._widths = {
            sums.running: 5.0, sums.number: 4.5, sums.measure: 40.0, sums.product: 16.0, sums.account: 19.0,
            sums.standing: 13.0, sums.counts: 6.5, sums.file: 18.0, sums.cell: 15.0, sums.remark: 22.0,
        }  # fmt: skip
        amounts = sums.width
        for index, head in enumerate(self._heads):
            sheet.set_column(index, index, self._widths.get(head, amounts))
        width = sum(self._widths.get(head, amounts) for head in self._heads)
        sheet.set_row(0, 28)
        sheet.set_row(_HEAD, 24)
        sheet.freeze_panes(_FIRST, self._at[self._sums.measure] + 1)
        print_setup(sheet, _HEAD, self._name, width, self._at[self._sums.measure])
        sheet.print_area(0, 0, self._last + 1, len(self._heads) - 1)

    def _line(self, row: int, line: Line, folder: Path) -> None:
        sheet, forms, sums, at, entry = self._sheet, self._forms, self._sums, self._at, line.entry
        sheet.write_number(row, 0, line.number, forms.centred)
        put_amount(sheet, row, 1, None if entry.number is None else Decimal(entry.number), forms.centred)
        put(sheet, row, 2, entry.name, forms.text, forms.quoted)
        for head, text in ((sums.product, line.product), (sums.account, line.account)):
            if self._with[head]:
                put(sheet, row, at[head], text, forms.text, forms.quoted)
        put(sheet, row, at[sums.standing], standing_of(line), forms.text, forms.quoted)
        put_amounts(sheet, row, self._years, line, [one for one in self._columns if one], self._found.unit, forms)
        if len(self._added) > 1:
            total = sum_of(line, self._added)
            shown = None if total is None else total / self._found.unit.factor
            put_formula(sheet, row, at[sums.sum], self._row_sum(row), forms.sum, shown)
        place = f"MATCH($A{row + 1},{sums.reference(sums.running)},0)"
        formula = f"=INDEX({sums.reference(sums.counts)},{place})"
        put_formula(sheet, row, at[sums.counts], formula, forms.centred, yes() if entry.counted else no())
        file = self._found.sources[line.source].path
        if row < MOST_LINKS:
            put_link(sheet, row, at[sums.file], file, entry.at, file.name, forms, folder)
        else:
            put(sheet, row, at[sums.file], file.name, forms.text)
        put(sheet, row, at[sums.cell], str(entry.at), forms.small)
        remark = remark_of(line)
        put(sheet, row, at[sums.remark], remark, forms.small)
        texts = {
            sums.measure: entry.name, sums.product: line.product, sums.account: line.account,
            sums.standing: standing_of(line), sums.file: file.name, sums.cell: str(entry.at), sums.remark: remark,
        }  # fmt: skip
        small = {sums.cell, sums.remark}
        widths = {head: width * (SMALL if head in small else 1) for head, width in self._widths.items()}
        height(sheet, row, ((text, widths[head]) for head, text in texts.items() if head in at))

    def _row_sum(self, row: int) -> str:
        first, last = (
            column_letters(self._at[self._sums.heading(one)] + 1) for one in (self._added[0], self._added[-1])
        )
        cells = f"{first}{row + 1}:{last}{row + 1}"
        return f'=IF(COUNT({cells})=0,"",SUM({cells}))'

    def _total(self, row: int) -> None:
        """Of the lines that count."""
        sheet, forms, sums = self._sheet, self._forms, self._sums
        sheet.merge_range(row, 0, row, self._years - 1, _("Summe der gezählten Zeilen"), forms.total_name)
        letters = column_letters(self._at[sums.counts] + 1)
        counts = f"${letters}${_FIRST + 1}:${letters}${self._last + 1}"
        for column in self._columns:
            index = self._at[sums.heading(column)]
            own = column_letters(index + 1)
            formula = f'=SUMIFS({own}{_FIRST + 1}:{own}{self._last + 1},{counts},"{yes()}")'
            put_formula(sheet, row, index, formula, forms.total, self._value(column))
        grey = self._book.add_format({"font_color": "#9AA1AB", "italic": True})
        rule = {"type": "formula", "criteria": f'=${letters}{_FIRST + 1}="{no()}"', "format": grey}
        sheet.conditional_format(_FIRST, 0, self._last, len(self._heads) - 1, rule)

    def _value(self, column: Column | None) -> Decimal:
        lines = [line for line in self._lines if line.entry.counted]
        if column is None:
            found = [sum_of(line, self._added) for line in lines]
        else:
            found = [amounts_of(line).get(column) for line in lines]
        return sum((eur for eur in found if eur is not None), Decimal(0)) / self._found.unit.factor
