"""Whose measures are these? What the row says, else the table's title, its sheet, the workbook, the file's name.

A text counts where it names one Amt and no other; nothing is made of a likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pik_excel.budget.tables import Measure, MeasureList, MeasureTable
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern
from pik_excel.schema import Schema

_TOP = 12  # rows of a sheet in which it says whose it is
_LONGEST = 160  # letters of such a text
_NUMBERED = pattern(
    r"\b(?:Amt|Dezernat|Referat|Fachbereich|Fachdienst|Teilhaushalt|THH|FB|Dez\.?)\s*-?\s*"
    r"(?:\d{1,4}(?:[./]\d{1,3})*|[IVX]{1,4})\b",
    re.IGNORECASE,
)
_NAMED = pattern(
    r"\b(?:Amt|Referat|Fachbereich|Fachdienst|Dezernat|Stabsstelle|Eigenbetrieb)\s+(?:für\s+(?:den\s+|die\s+|das\s+)?)?"
    r"[A-ZÄÖÜ][\w-]+(?:(?:,\s+[A-ZÄÖÜ][\w-]+)*\s+(?:und|u\.)\s+[A-ZÄÖÜ][\w-]+)?"
    r"|\b(?!(?:Insgesamt|Ehrenamt|Finanzamt)\b)[A-ZÄÖÜ][a-zäöüß-]{3,}amt\b"
)
_JOINED = pattern(r"[\s–—:,-]{1,3}\Z")
_PARTS = pattern(r"[_.,;()\[\]]+|(?<=[a-zäöüß])(?=\d)")
_DIGITS = pattern(r"\d{1,4}\Z")


class Departments:
    """The Amt of each measure of one workbook, and what says so; nothing where nobody asks for that."""

    def __init__(self, reading: Reading, schema: Schema, stated: bool = True) -> None:
        self._workbook = reading.workbook
        self._tops: dict[str, int] = {}  # the row in which a sheet's first table begins
        for table in reading.budget.tables:
            self._tops[table.sheet] = min(table.area.top, self._tops.get(table.sheet, table.area.top))
        self._stated = stated
        self._heads = {fold(word).rstrip(" :") for word in schema.fields["amt"].headers}
        self._of_tables: dict[int, tuple[str, str]] = {}
        self._of_sheets: dict[str, tuple[str, str] | None] = {}
        self._found: tuple[str, str] | None = None

    def of(self, table: MeasureTable | MeasureList, measure: Measure) -> str:
        """The name of the Amt, "" where nothing names one."""
        if self._stated:
            own = measure.field("amt") or measure.field("teilhaushalt")
            text = _flat(own.stated or str(own.value)) if own is not None and own.value not in (None, "") else ""
            if text and own is measure.field("teilhaushalt") and _DIGITS.match(text):
                return _("Teilhaushalt {number}").format(number=text)
            if text:
                return text
        return self.of_table(table)[0]

    def of_table(self, table: MeasureTable | MeasureList) -> tuple[str, str]:
        """Its Amt and what says so, unless its rows do."""
        if id(table) not in self._of_tables:
            self._of_tables[id(table)] = self._said_of(table) if self._stated else ("", "")
        return self._of_tables[id(table)]

    def _said_of(self, table: MeasureTable | MeasureList) -> tuple[str, str]:
        stated = _only(named_in(table.title))
        if stated:
            return stated, self._cell_of(table.sheet, table.title)
        found = self._of_sheet(table.sheet) or self._of_workbook() or self._of_path()
        return found or ("", "")

    def rows_say(self, table: MeasureTable | MeasureList) -> bool:
        """Whether the rows of the table name their Amt themselves."""
        if not self._stated:
            return False
        fields = (measure.field("amt") or measure.field("teilhaushalt") for measure in table.measures)
        return any(field is not None and field.value not in (None, "") for field in fields)

    def _cell_of(self, name: str, text: str) -> str:
        """The cell of the sheet that says so; the sheet where several cells do together."""
        sheet, wanted = self._workbook.sheet(name), _flat(text)
        cells = sheet.cells.items() if sheet is not None else ()
        found = (at for at, cell in cells if isinstance(cell.value, str) and _flat(cell.value) == wanted)
        first = min(found, default=None)
        return name if first is None else str(Address(name, *first))

    def _of_sheet(self, name: str) -> tuple[str, str] | None:
        if name not in self._of_sheets:
            sheet = self._workbook.sheet(name)
            self._of_sheets[name] = self._said_on(sheet) if sheet is not None else None
        return self._of_sheets[name]

    def _said_on(self, sheet: Sheet) -> tuple[str, str] | None:
        """What stands beside the word "Amt", else the one name in the sheet's own name or above its tables."""
        end = min(_TOP + 1, self._tops.get(sheet.name, _TOP + 1))
        top = sorted(
            (at, cell.value) for at, cell in sheet.cells.items() if at[0] < end and isinstance(cell.value, str)
        )
        texts = [(at, value) for at, value in top if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST]
        for at, text in texts:
            if fold(text).rstrip(" :") not in self._heads or not text.rstrip().endswith(":"):
                continue
            beside = next((value for (row, column), value in texts if row == at[0] and column > at[1]), None)
            if beside:
                return _flat(beside), str(sheet.address(*at))
        own = _only(named_in(sheet.name))
        if own:
            return own, _("Blattname {sheet}").format(sheet=sheet.name)
        named = [(name, at) for at, text in texts for name in named_in(text)]
        only = _only(name for name, _at in named)
        return (only, str(sheet.address(*named[0][1]))) if only else None

    def _of_workbook(self) -> tuple[str, str] | None:
        """The one name that all sheets agree upon."""
        if self._found is None:
            found = [one for sheet in self._workbook.sheets if (one := self._of_sheet(sheet.name))]
            only = _only(name for name, _where in found)
            self._found = (only, found[0][1]) if only else ("", "")
        return self._found if self._found[0] else None

    def _of_path(self) -> tuple[str, str] | None:
        only = _only(named_in(_PARTS.sub(" ", self._workbook.path.stem)))
        return (only, _("Dateiname")) if only else None


def department_of(reading: Reading, schema: Schema) -> str:
    """The Amt of all measures of a workbook; "" where nothing names it, or several are named."""
    departments = Departments(reading, schema)
    return _only(
        name
        for table in reading.budget.tables
        for measure in table.measures
        if (name := departments.of(table, measure))
    )


def named_in(text: str) -> Iterator[str]:
    """The names of departments in a text: "Amt 50", "Sozialamt", "Amt 50 Sozialamt", "Referat für Integration"."""
    flat = _flat(text)
    ends = -1
    waiting = ""
    for match in sorted((*_NUMBERED.finditer(flat), *_NAMED.finditer(flat)), key=lambda one: one.start()):
        if match.start() < ends:
            continue
        if waiting and _JOINED.fullmatch(flat[ends : match.start()]) and _DIGITS.search(waiting):
            waiting = f"{waiting} {match[0]}"
        else:
            if waiting:
                yield waiting
            waiting = match[0]
        ends = match.end()
    if waiting:
        yield waiting


def _only(names: Iterable[str]) -> str:
    """The name, where there is one and no other."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return next(iter(found.values())) if len(found) == 1 else ""


def _flat(text: str) -> str:
    return " ".join(text.split())
