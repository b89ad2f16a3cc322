"""How does the sheet "Annahmen" look that this program makes? One row a measure, what may be typed is listed or
limited, and every amount is taken by a formula from the cell that states it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from pik_excel.budget.tables import Field
from pik_excel.grid.reference import Address, column_letters, quoted
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.patterns import pattern
from pik_excel.projection.cells import YEARS, ratio
from pik_excel.projection.place import projected_currency
from pik_excel.projection.rules import rules
from pik_excel.schema import FieldRule, Schema
from pik_excel.writeback.assumptions.defaults import Default, Source
from pik_excel.writeback.new_workbook import new_workbook, own_formulas
from pik_excel.writeback.overview.drawn import stored
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.looks import Looks

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 9
FIRST_ROW = HEAD_ROW + 1
"""The first row of the table, as Excel counts."""

_INPUT, _GROUND = "1F4E9E", "F3F7FC"
_FROM, _WHY, _FURTHER, _BASE_YEAR, _PART = 5, 6, 8, 10, 11  # columns, from 0
_LINE = 185  # letters of a note in one line
_ROOM = 40  # rows beneath the table in which more can be assumed
_EURO = pattern(r"EUR\S*")
_AMOUNT, _YEAR, _SHARE, _POSTS, _KEY, _TEXT = "#,##0", "0", "0.0##%", "#,##0.0##", '"1:"0.##', "General"


def heads(currency: str = "EUR") -> tuple[tuple[str, float, str], ...]:
    """The columns: heading, width, number format. The words are those by which the sheet is read again (fields.toml),
    so they stay German."""
    found = (
        ("Maßnahme", 34, _TEXT), ("Regel", 11, _TEXT), ("Ausgangsbetrag EUR", 14, _AMOUNT), ("von", 6.5, _YEAR),
        ("bis", 6.5, _YEAR), ("übernommen aus", 20, _TEXT), ("Bemerkung", 28, _TEXT), ("Szenario", 14, _TEXT),
        ("Bedarf EUR", 12, _AMOUNT), ("Steigerung je Jahr", 9.5, _SHARE), ("Basisjahr", 8.5, _YEAR),
        ("Anteil", 7, _SHARE), ("Gesamtkosten EUR", 12, _AMOUNT), ("Höchstbetrag EUR", 12, _AMOUNT),
        ("Stellen", 7.5, _POSTS), ("Satz EUR/Stelle", 10, _AMOUNT), ("Fallzahl", 8, "#,##0"), ("Schlüssel", 9, _KEY),
    )  # fmt: skip
    return tuple((_in_currency(head, currency), width, shown) for head, width, shown in found)


def _in_currency(head: str, currency: str) -> str:
    """Another one than euros stands in brackets, which are passed over when the heading is read again."""
    return head if currency == "EUR" else _EURO.sub(r"(\g<0>)", head).replace("EUR", currency)


_COLUMNS = {"ausgangsbetrag": 2, "von": 3, "bis": 4, "bedarf": 8, "dynamisierung": 9, "basisjahr": 10,
            "anteil": 11, "gesamtkosten": 12, "hoechstbetrag": 13, "stellen": 14, "satz": 15, "fallzahl": 16,
            "schluessel": 17}  # fmt: skip
"""Where what a file states comes to stand; any other field gets a column of its own behind them."""


def assumption_sheet(name: str, rows: Sequence[Default], reading: Reading, schema: Schema) -> bytes:
    """A workbook with that one sheet, to be grafted."""

    def write(workbook: Workbook) -> None:
        _Sheet(workbook.add_worksheet(name, own_formulas()), Looks(workbook), rows, reading, schema).write()

    return new_workbook(write)


class _Sheet:
    """The sheet while it is written."""

    def __init__(
        self, sheet: Worksheet, looks: Looks, rows: Sequence[Default], reading: Reading, schema: Schema
    ) -> None:
        further = dict.fromkeys(key for row in rows for key in row.stated if key not in _COLUMNS)
        self._currency = projected_currency(reading.budget.measure_tables)
        own = heads(self._currency)
        self._heads = (*own, *(_head(schema.fields[key], self._currency) for key in further))
        self._columns = _COLUMNS | {key: len(own) + place for place, key in enumerate(further)}
        self._sheet = sheet
        self._looks = looks
        self._inputs: dict[str, Format] = {}  # by their number format
        self._rows = rows
        self._visible = {one.name for one in reading.workbook.sheets if one.state == "visible"}
        self._last = HEAD_ROW + len(rows)  # as Excel counts

    def write(self) -> None:
        self._set_up()
        self._explain()
        for column, (head, _width, _format) in enumerate(self._heads):
            self._sheet.write_string(HEAD_ROW - 1, column, head, self._head(column))
        for row, default in enumerate(self._rows, HEAD_ROW):
            self._row(row, default)
        for row in range(self._last, self._last + 3):  # shows that more can be typed here
            for column in range(len(self._heads)):
                self._sheet.write_blank(row, column, None, self._input(column))
        self._limit()

    def _set_up(self) -> None:
        sheet = self._sheet
        for column, (_head, width, _format) in enumerate(self._heads):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 28)
        sheet.set_row(HEAD_ROW - 1, 30)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#" + _INPUT)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
        sheet.repeat_rows(HEAD_ROW - 1)
        sheet.repeat_columns(0)
        sheet.set_print_scale(80)
        sheet.freeze_panes(HEAD_ROW, 1)
        self._print_in_two()
        sheet.set_footer("&L&8&F&C&8&A&R&8" + _("Seite {page} von {pages}").format(page="&P", pages="&N"))

    def _print_in_two(self) -> None:
        """What most measures need on the first page, with the notes; the further columns on one without them."""
        sheet, areas = self._sheet, list[str]()
        for top, left, right in ((0, 0, _FURTHER - 1), (HEAD_ROW - 1, _FURTHER, len(self._heads) - 1)):
            sheet.print_area(top, left, self._last - 1, right)
            areas.append(sheet.print_area_range)
        sheet.print_area_range = ",".join(areas)

    def _explain(self) -> None:
        sheet, quiet = self._sheet, self._looks.of(font_color=look.QUIET, text_wrap=True, valign="top")
        sheet.write_string(0, 0, _("Annahmen zur Fortschreibung"), self._looks.of(bold=True, font_size=16))
        for row, text in enumerate(notes(self._currency), 1):
            sheet.merge_range(row, 0, row, _FURTHER - 1, text, quiet)
            if len(text) > _LINE:
                sheet.set_row(row, 25)

    def _row(self, row: int, default: Default) -> None:
        sheet = self._sheet
        for column in range(len(self._heads)):
            sheet.write_blank(row, column, None, self._input(column))
        sheet.write_string(row, 0, default.name, self._looks.cell(bold=True, valign="vcenter"))
        sheet.write_string(row, 1, default.rule, self._input(1))
        if default.sources:
            whole = all(one.eur == one.eur.to_integral_value() for one in default.sources)
            shown = "#,##0" if whole else "#,##0.00"
            amount = self._looks.cell(num_format=shown, align="right", valign="vcenter")
            total = stored(sum((one.eur for one in default.sources), Decimal(0)))
            sheet.write_formula(row, 2, "=" + "+".join(map(_taken, default.sources)), amount, total)
        for column, year in ((3, default.since), (4, default.until)):
            if year is not None:
                sheet.write_number(row, column, year, self._input(column))
        self._origin(row, default)
        sheet.write_string(row, _WHY, default.because, self._input(_WHY))
        if default.scenario:
            sheet.write_string(row, _FURTHER - 1, default.scenario, self._input(_FURTHER - 1))
        for key, field in default.stated.items():
            self._stated(row, key, field)
        lines = ceil(max(len(default.name) / 36, len(default.because) / 30, len(default.scenario) / 15, 1))
        sheet.set_row(row, 15 if lines == 1 else 13 * lines)

    def _stated(self, row: int, key: str, field: Field) -> None:
        """What a file says: a number, a day, of a period the year, of "1:120" the persons, else a text."""
        column, value = self._columns[key], field.value
        shown = self._input(column)
        if isinstance(value, date) and key not in YEARS:
            shown = self._looks.cell(num_format="dd.mm.yyyy", font_color=_INPUT, bg_color=_GROUND, valign="vcenter")
            self._sheet.write_datetime(row, column, datetime.combine(value, time()), shown)
            return
        if isinstance(value, date):
            value = Decimal(value.year)
        if key == "schluessel" and isinstance(value, str):
            value = ratio(value) or value
        if isinstance(value, Decimal) and self._heads[column][2] == _AMOUNT and value != value.to_integral_value():
            shown = self._input(column, "#,##0.00")
        if isinstance(value, Decimal):
            self._sheet.write_number(row, column, stored(value), shown)
        else:
            self._sheet.write_string(row, column, str(value), shown)

    def _origin(self, row: int, default: Default) -> None:
        """The cell from which it follows, as a link where one can lead there."""
        at = default.sources[0].at if default.sources else default.at
        if at is None:
            return
        shown = ", ".join(str(one.at) for one in default.sources) or str(at)
        if at.sheet not in self._visible:
            self._sheet.write_string(row, _FROM, shown, self._looks.cell(valign="vcenter"))
            return
        link = self._looks.cell(font_color=_INPUT, underline=1, valign="vcenter")
        self._sheet.write_url(row, _FROM, f"internal:{_sheet(at)}!{at.a1}", link, shown)

    def _limit(self) -> None:
        """What may be typed; a wrong word or year is refused with the reason."""
        sheet, first, last = self._sheet, HEAD_ROW, self._last + _ROOM
        sheet.data_validation(first, 1, last, 1, {
            "validate": "list",
            "source": list(rules()),
            "input_title": _("Regel"),
            "input_message": _("halten, befristet, index, stellen_satz, anteil, uebertrag oder liste; siehe oben"),
            "error_title": _("Regel"),
            "error_message": _("Bitte eine Regel aus der Liste wählen."),
        })  # fmt: skip
        for column in (3, 4, _BASE_YEAR):
            sheet.data_validation(first, column, last, column, {
                "validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100,
                "error_title": _("Jahr"), "error_message": _("Bitte ein Jahr eintragen, etwa 2027."),
            })  # fmt: skip
        sheet.data_validation(first, _PART, last, _PART, {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1,
            "error_title": _("Anteil"), "error_message": _("Bitte einen Anteil von 0 % bis 100 % eintragen."),
        })  # fmt: skip

    def _head(self, column: int) -> Format:
        return self._looks.cell(
            bold=True,
            bg_color=look.BAND,
            valign="vcenter",
            align="center" if column else "left",
            indent=int(not column),
        )

    def _input(self, column: int, shown: str = "") -> Format:
        shown = shown or self._heads[column][2]
        if shown not in self._inputs:
            side = {} if shown == _TEXT else {"align": "right"}
            look = {"num_format": shown, "font_color": _INPUT, "bg_color": _GROUND, "valign": "vcenter"}
            self._inputs[shown] = self._looks.cell(**look, **side)
        return self._inputs[shown]


def _head(rule: FieldRule, currency: str) -> tuple[str, float, str]:
    """The heading of a field that only a file states."""
    money = rule.type == "money"
    shown = _AMOUNT if money else _SHARE if rule.type == "share" else "0.##" if rule.type == "number" else _TEXT
    return (
        _in_currency(f"{rule.name} EUR", currency) if money else rule.name,
        12 if money else max(9.0, len(rule.name) * 1.1),
        shown,
    )


def notes(currency: str = "EUR") -> tuple[str, ...]:
    """What staff must know to change an assumption."""
    return (
        _("Blau: Eingaben, schwarz: aus der Mappe übernommen. Beträge auf diesem Blatt in {currency}, je Jahr. Kursiv "
          "in den Tabellen: was daraus folgt.").format(currency=currency),
        _("Ein anderer Betrag, ein anderes Jahr oder ein anderer Satz wirkt in Excel sofort. Nach einer anderen Regel, "
          "einer bisher leeren Angabe oder einer neuen Zeile pik-excel project noch einmal aufrufen: Es schreibt die "
          "betroffenen Zellen neu; was dort von Hand eingetragen ist, bleibt."),
        _("halten: der Ausgangsbetrag gilt weiter · befristet: bis zum Jahr „bis“, danach 0 · index: Ausgangsbetrag "
          "(oder Bedarf) steigt jährlich um „Steigerung je Jahr“"),
        _("stellen_satz: Stellen × Satz, oder Fallzahl : Schlüssel × Satz · anteil: Anteil × Gesamtkosten, höchstens "
          "der Höchstbetrag · uebertrag: übernimmt den Stand des Vorjahrs, die Formel wird nach rechts ausgefüllt · "
          "liste: nur von Hand eingetragene Beträge"),
        _("Sätze, die sich von Jahr zu Jahr ändern (Orientierungsdaten): unter der Tabelle „Steigerung je Jahr | 2027 "
          "| 2028 …“ mit einer Zeile je Reihe; deren Name kommt oben in die Spalte „Steigerung je Jahr“."),
        _("Szenario: Eine Zeile ohne Szenario gilt immer; eine weitere Zeile derselben Maßnahme mit einem Szenario "
          "gilt nur dort und ersetzt dann jene."),
    )  # fmt: skip


def _taken(source: Source) -> str:
    """The amount in EUR, as a formula on "Annahmen" takes it."""
    if not source.is_number:
        return f"{source.eur:f}"
    cell = f"{_sheet(source.at)}!{column_letters(source.at.column)}{source.at.row}"
    return cell if source.unit.factor == 1 else f"{cell}*{source.unit.factor:f}"


def _sheet(at: Address) -> str:
    return quoted(at.sheet)
