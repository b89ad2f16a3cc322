"""Budget sheets made up at random: what is put in is known, how it is laid out varies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from pik_excel.budget.money import Statement, Unit
from pik_excel.budget.tables import Kind, Status, Year
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Cell, Sheet, Value, Workbook

NAMES = (
    "Jobkraftwerk, EDV-Lizenzkosten",
    "OMID",
    "Sprachcafé Süd",
    "Kita Am Wasserturm",
    "Quartiersmanagement Nord (Stufe 2)",
    "Gesamtelternbeirat",
    "Radweg Hauptstraße",
    "E-Ladesäulen",
    "Notunterkunft 2. Bauabschnitt",
    "Summer School",
    "Refugio e. V.",
    "Beratung für Zugewanderte",
    "Schulsanierung Ostpark",
    "Integrationsmanager*innen",
    "Planungsmittel Hallenbad",
    "Zuschuss Tafel",
)
SPELLED = {
    Unit.EUR: ("EUR", "€", "Euro"),
    Unit.TEUR: ("TEUR", "T€", "Tsd. €", "1.000 EUR"),
    Unit.MIO: ("Mio. EUR", "Mio. €"),
}
ABROAD = {
    Unit.CHF: ("CHF", "Schweizer Franken"),
    Unit.TCHF: ("TCHF", "Tsd. CHF", "1000 CHF"),
    Unit.MIO_CHF: ("Mio. CHF",),
    Unit.GBP: ("GBP", "£"),
    Unit.TPLN: ("TPLN",),
}
KINDS = {Kind.RESULT: ("Ist", "Ergebnis"), Kind.ESTIMATE: ("Ansatz",), Kind.PLAN: ("Plan", "Planung", "Finanzplan")}
HEADS = ("Maßnahme", "Maßnahme/Angebot", "Maßnahme/Kontengr.", "Vorhaben", "MASSNAHME")
TITLES = {
    Status.DECIDED: "Beschlossene Maßnahmen im Doppelhaushalt",
    Status.REQUESTED: "Zusätzliche Aufwendungen",
    Status.PROVIDED: "Bisher bereitgestellte Mittel",
    Status.UNSTATED: "Übersicht der Maßnahmen",
}
TOTALS = (
    "Summe",
    "Gesamt",
    "Insgesamt",
    "Finanzbedarf",
    "Summe aller Maßnahmen 2022 und 2023",
    "Gesamtsumme:",
    "Total",
)
SHAPES = ("numbers", "texts", "with unit", "with kind", "kinds above", "kinds below", "dates")
UNIT_PLACES = ("heads", "above", "title", "line", "corner", "format", "below")
SAID = {Statement.DASH: ("–", "-"), Statement.NOT_GIVEN: ("k. A.", "n. n.")}


@dataclass(frozen=True)
class Stated:
    """What a cell of amounts shall say."""

    statement: Statement
    value: Decimal | None
    written: Value


@dataclass(frozen=True)
class Made:
    """A table as it was put in, and how it is laid out."""

    names: tuple[str, ...]
    years: tuple[Year, ...]
    amounts: tuple[tuple[Stated, ...], ...]
    unit: Unit
    spelled: str
    unit_place: str
    shape: str
    status: Status
    head: str
    total: str
    total_place: str  # below, above, none
    groups: int  # 0: none
    subtotals: bool
    key_row: bool
    numbered: str  # "", "in the name", "own column"
    remarks: bool
    top: int
    left: int
    blanks: int  # blank rows above the total
    stars: bool


@dataclass(frozen=True)
class Placed:
    """Where the rows of a made table came to stand."""

    workbook: Workbook
    measure_rows: tuple[int, ...]
    total_row: int | None
    subtotal_rows: tuple[tuple[int, tuple[int, ...]], ...]
    first_amount: int
    cells: dict[tuple[int, int], Cell]


def placed(made: Made, beside: dict[tuple[int, int], Value] | None = None) -> Placed:
    """The workbook that shows the made table, with `beside` on the sheet as well."""
    return _Writer(made, beside or {}).placed()


def together(first: Made, second: Made, below: bool, gap: int) -> tuple[Made, Placed, Placed, Workbook]:
    """Both tables on one sheet, the second below or beside the first: the second as it now lies, where each one's rows
    stand, and the workbook."""
    one = placed(first)
    rows, columns = zip(*one.cells, strict=True)
    top, left = (max(rows) + 1 + gap, first.left) if below else (first.top, max(columns) + 1 + gap)
    second = replace(second, top=top, left=left)
    other = placed(second)
    shift = len(one.workbook.number_formats)
    cells = one.cells | {
        at: Cell(cell.row, cell.column, cell.value, None, cell.style + shift) for at, cell in other.cells.items()
    }
    merges = one.workbook.sheets[0].merges + other.workbook.sheets[0].merges
    formats = one.workbook.number_formats + other.workbook.number_formats
    sheet = replace(one.workbook.sheets[0], cells=cells, merges=merges)
    return second, one, other, replace(one.workbook, sheets=(sheet,), number_formats=formats)


class _Writer:
    def __init__(self, made: Made, beside: dict[tuple[int, int], Value]) -> None:
        self.made, self.beside = made, beside
        self.formats = ["General", "#,##0", "yyyy", '#,##0 "' + made.spelled + '"', "#,##0,"]
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Area] = []
        self.name = made.left + (made.numbered == "own column")
        self.first = self.name + 1
        self.last = self.first + len(made.years) - 1

    def put(self, row: int, column: int, value: Value, formula: str | None = None, style: int = 0) -> None:
        if value is not None or formula is not None:
            self.cells[row, column] = Cell(row, column, value, formula, style)

    def placed(self) -> Placed:
        made, row = self.made, self.made.top
        title = TITLES[made.status] + (f" ({made.spelled})" if made.unit_place == "title" else "")
        self.put(row, made.left, title)
        row += 2
        if made.unit_place == "line":
            self.put(row, made.left, f"Angaben in {made.spelled}")
            row += 1
        row = self.header(row)
        if made.key_row:
            self.put(
                row, self.name, "31.60.01.00.00-500 Förderung fr. Träger d. Wohlfahrtspflege/430 Transferaufwendungen"
            )
            row += 1
        total_row = None
        if made.total_place == "above":
            total_row, row = row, row + 1
        row, rows, subtotals = self.body(row)
        if made.total_place == "below":
            total_row = row + made.blanks
            row = total_row + 1
        if total_row is not None:
            self.total(total_row, rows)
        if made.stars:
            self.put(row + 1, made.left, "*Mittel stehen auch für die Jahre 2024 und 2025 bereit")
        if made.unit_place == "below":
            self.put(row + 2, made.left, f"Alle Beträge in {made.spelled}")
        for (r, c), value in self.beside.items():
            self.put(r, c, value)
        sheet = Sheet("Blatt", self.cells, merges=tuple(self.merges))
        workbook = Workbook(Path("made.xlsx"), "0" * 64, (sheet,), number_formats=tuple(self.formats))
        return Placed(workbook, tuple(rows), total_row, tuple(subtotals), self.first, self.cells)

    def header(self, row: int) -> int:
        made = self.made
        corner = made.head + (f" ({made.spelled})" if made.unit_place == "corner" else "")
        if made.unit_place == "above":
            self.put(row, self.first, f"Budget in {made.spelled}")
            if len(made.years) > 1:
                self.merges.append(Area(row, self.first, row, self.last))
            row += 1
        if made.shape == "kinds above":
            for column, year in enumerate(made.years, self.first):
                self.put(row, column, KINDS[year.kind][0] if year.kind in KINDS else None)
            row += 1
        self.put(row, self.name, corner)
        if made.numbered == "own column":
            self.put(row, made.left, "Nr.")
        for column, year in enumerate(made.years, self.first):
            value, style = self.year(year)
            self.put(row, column, value, None, style)
        if made.remarks:
            self.put(row, self.last + 1, "Bemerkung")
        row += 1
        if made.shape == "kinds below":
            for column, year in enumerate(made.years, self.first):
                self.put(row, column, KINDS[year.kind][0])
            row += 1
        return row

    def year(self, year: Year) -> tuple[Value, int]:
        made = self.made
        unit = f" {made.spelled}" if made.unit_place == "heads" else ""
        unit = f" in{unit}" if made.spelled[0].isdigit() and unit else unit
        ff = " ff." if year.open_ended else ""
        if made.shape == "with kind":
            return f"{KINDS[year.kind][0]} {year.value}{ff}{' in' if unit and ' in' not in unit else ''}{unit}", 0
        if unit or ff or made.shape == "with unit":
            return f"{year.value}{ff}{unit}", 0
        if made.shape == "texts":
            return str(year.value), 0
        if made.shape == "dates":
            from datetime import date

            return Decimal((date(year.value, 1, 1) - date(1899, 12, 30)).days), 2
        return Decimal(year.value), 0

    def body(self, row: int) -> tuple[int, list[int], list[tuple[int, tuple[int, ...]]]]:
        made, rows, subtotals = self.made, [], []
        size = -(-len(made.names) // made.groups) if made.groups else len(made.names)
        for start in range(0, len(made.names), size):
            group: list[int] = []
            if made.groups:
                self.put(row, self.name, f"Bereich {'ABCDEF'[start // size]}")
                row += 1
            for index in range(start, min(start + size, len(made.names))):
                self.measure(row, index)
                group.append(row)
                row += 1
            rows += group
            if made.groups and made.subtotals:
                self.sum(row, "Zwischensumme", group)
                subtotals.append((row, tuple(group)))
                row += 1
        return row, rows, subtotals

    def measure(self, row: int, index: int) -> None:
        made = self.made
        name = made.names[index] + ("*" if made.stars and index == 0 else "")
        if made.numbered == "in the name":
            name = f"{index + 1}. {name}"
        if made.numbered == "own column":
            self.put(row, made.left, Decimal(index + 1))
        self.put(row, self.name, name)
        for column, stated in enumerate(made.amounts[index], self.first):
            style = 3 if made.unit_place == "format" else 1
            self.put(row, column, stated.written, None, style)
        if made.remarks and index % 2:
            self.put(row, self.last + 1, "siehe Anlage 1, Antrag vom 24.06.2021")

    def total(self, row: int, rows: list[int]) -> None:
        self.sum(row, self.made.total, rows)

    def sum(self, row: int, label: str, rows: list[int]) -> None:
        self.put(row, self.name, label)
        for column in range(self.first, self.last + 1):
            numbers = [self.cells[line, column].value for line in rows if (line, column) in self.cells]
            added = sum((value for value in numbers if isinstance(value, Decimal)), Decimal(0))
            self.put(row, column, added, None, 3 if self.made.unit_place == "format" else 1)


@st.composite
def amounts(draw: st.DrawFn) -> Stated:
    """What one cell says: mostly numbers, also those that look like years."""
    sort = draw(st.sampled_from(("number",) * 8 + ("year", "zero", "blank", "dash", "not given", "text")))
    if sort == "blank":
        return Stated(Statement.BLANK, None, None)
    if sort in ("dash", "not given"):
        statement = Statement.DASH if sort == "dash" else Statement.NOT_GIVEN
        return Stated(statement, None, draw(st.sampled_from(SAID[statement])))
    if sort == "text":
        value = draw(st.integers(1, 999))
        return Stated(
            Statement.NUMBER, Decimal(value), draw(st.sampled_from((f"{value} ", f"'{value}", f"{value},00")))
        )
    value = {"zero": 0, "year": draw(st.integers(1995, 2030))}.get(sort, draw(st.integers(1, 900_000)))
    return Stated(Statement.NUMBER, Decimal(value), Decimal(value))


@st.composite
def tables(draw: st.DrawFn, spellings: Mapping[Unit, Sequence[str]] = SPELLED) -> Made:
    """A made table of measures by year, in one of these units."""
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=9, unique=True)))
    shape = draw(st.sampled_from(SHAPES))
    years = draw(_years(shape))
    rows = tuple(tuple(draw(amounts()) for _ in years) for _ in names)
    rows = tuple(_with_a_number(row) for row in rows)
    unit = draw(st.sampled_from(tuple(spellings)))
    place = draw(st.sampled_from(UNIT_PLACES))
    if shape == "dates" and place == "heads":
        place = "title"
    spelled = draw(st.sampled_from([word for word in spellings[unit] if place != "format" or not word[0].isdigit()]))
    groups = draw(st.sampled_from((0, 0, 0, 2, 3)))
    made = Made(
        names=names,
        years=years,
        amounts=rows,
        unit=unit,
        spelled=spelled,
        unit_place=place,
        shape=shape,
        status=draw(st.sampled_from(tuple(TITLES))),
        head=draw(st.sampled_from(HEADS)),
        total=draw(st.sampled_from(TOTALS)),
        total_place=draw(st.sampled_from(("below", "below", "below", "above", "none"))),
        groups=groups,
        subtotals=draw(st.booleans()),
        key_row=draw(st.booleans()),
        numbered=draw(st.sampled_from(("", "in the name", "own column"))),
        remarks=draw(st.booleans()),
        top=draw(st.integers(1, 12)),
        left=draw(st.integers(1, 6)),
        blanks=draw(st.integers(0, 2)),
        stars=draw(st.booleans()),
    )
    if made.total_place == "above":
        made = replace(made, groups=0, blanks=0)
    return made


def _with_a_number(row: tuple[Stated, ...]) -> tuple[Stated, ...]:
    """A row of blanks alone would be a heading."""
    if any(one.statement is not Statement.BLANK for one in row):
        return row
    return (Stated(Statement.NUMBER, Decimal(7), Decimal(7)), *row[1:])


@st.composite
def _years(draw: st.DrawFn, shape: str) -> tuple[Year, ...]:
    first, count = draw(st.integers(2005, 2035)), draw(st.integers(2, 6))
    values = [first + step for step in range(count)]
    if draw(st.booleans()) and count > 3:
        values.pop(1)
    if shape in ("with kind", "kinds above", "kinds below"):
        split = draw(st.integers(1, len(values)))
        kinds = [Kind.ESTIMATE if index < split else Kind.PLAN for index in range(len(values))]
        years = [Year(value, kind) for value, kind in zip(values, kinds, strict=True)]
        if draw(st.booleans()):
            years.insert(0, Year(values[0], Kind.RESULT))
        return tuple(years)
    years = [Year(value) for value in values]
    if shape != "dates" and draw(st.booleans()):
        years[-1] = Year(values[-1], open_ended=True)
    return tuple(years)
