"""Budget sheets of many layouts, made from a seed: each function lays out a sheet and says what a reader must find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from pik_excel.grid.reference import Area, column_letters
from pik_excel.grid.workbook import Cell, Sheet, Style, Value, Workbook

NAMES = """Frauenhaus Nord;Schuldnerberatung;Streetwork Innenstadt;Hausaufgabenhilfe;Mobile Jugendarbeit;Lesepaten;
Sprachmittlung;Tafelladen West;Wohnungsnotfallhilfe;Suchtprävention an Schulen;Familienzentrum Ostend;Kältebus;
Sanierung Turnhalle;Radschnellweg;Digitale Akte;Stadtbibliothek, Medienetat;Hitzeaktionsplan;Seniorentreff Talaue;
Offener Ganztag;Kinderferienprogramm;Theater der Jungen Welt;Musikschule, Instrumente;Bäderverbund;Stadtteilfest 2024;
Demokratie leben!;Brandschutz Rathaus;Kita-Neubau Lindenhof;E-Lastenräder;Baumpflanzungen;IT-Support Schulen;
Ehrenamtspauschale;Beratungsstelle gegen Gewalt;Hospizdienst;Tierheim;Integrationslotsen;Kulturpass""".replace(
    "\n", ""
).split(";")
GROUPS = ("Soziales", "Jugend und Familie", "Kultur", "Bauen und Verkehr", "Verwaltung", "Sport", "Bildung")
UNITS = {
    "EUR": ("EUR", "€", "Euro"),
    "TEUR": ("TEUR", "T€", "Tsd. EUR", "Tsd. €", "T EUR"),
    "Mio. EUR": ("Mio. EUR", "Mio. €"),
}
HEADS = (
    "Maßnahme",
    "Maßnahmen",
    "Vorhaben",
    "Bezeichnung der Maßnahme",
    "Projekt/Maßnahme",
    "Förderprogramm",
    "Verwendungszweck",
)
TOTALS = ("Summe", "Gesamt", "Insgesamt", "Gesamtsumme", "Summe Maßnahmen", "Total", "Gesamtbetrag")
TITLES = (
    "Haushaltsanmeldungen",
    "Freiwillige Leistungen",
    "Zuschüsse an Dritte",
    "Mittelfristige Planung Amt 50",
    "Teilhaushalt Soziales",
)
EDITS = (
    "Bearbeitung: Frau Muster, Tel. 216-0",
    "Entwurf, noch nicht abgestimmt",
    "Anlage 3 zur Vorlage",
    "Stand: 14.03.2023",
)
REMARKS = ("siehe Anlage", "neu", "Beschluss GR vom 12.10.2022", "läuft weiter", "Antrag liegt vor")
RESULT, ESTIMATE, PLAN = (
    ("Ist", "Ergebnis", "vorl. Ergebnis", "RE"),
    ("Ansatz", "Haushaltsansatz", "Soll"),
    ("Plan", "Planung", "Finanzplan"),
)
KIND = {"Ist": RESULT, "Ansatz": ESTIMATE, "Plan": PLAN}


@dataclass
class Truth:
    """What must be read: by measure and year (as `str(Year)`; a stage for approvals) the amount and its cell; by the
    row (or column) of each total the rows (columns) it adds."""

    family: str
    unit: str
    names: tuple[str, ...]
    years: tuple[str, ...]
    amounts: dict[tuple[str, str], tuple[Decimal | None, str]] = field(default_factory=dict)
    totals: dict[int, tuple[int, ...]] = field(default_factory=dict)
    total_columns: dict[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass
class Made:
    """A workbook and what is in it."""

    workbook: Workbook
    truths: list[Truth]


class Maker:
    """One sheet under the pen."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Area] = []
        self.styles = [Style(), Style("#,##0"), Style("yyyy"), Style("0.0%")]
        self.unit = self.rng.choice(tuple(UNITS))
        self.spelled = self.rng.choice(UNITS[self.unit])
        self.truths: list[Truth] = []
        self.hidden_rows: set[int] = set()

    def put(
        self, row: int, column: int, value: Value | int | float, formula: str | None = None, style: int = 0
    ) -> None:
        if isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        self.cells[row, column] = Cell(row, column, value, formula, style)  # type: ignore[arg-type]

    def style(self, number_format: str = "General", indent: int = 0) -> int:
        one = Style(number_format, indent=indent)
        if one not in self.styles:
            self.styles.append(one)
        return self.styles.index(one)

    def names(self, count: int) -> list[str]:
        return self.rng.sample(NAMES, count)

    def amount(self) -> Decimal:
        """Whole in EUR and TEUR, with decimals in Mio. EUR; now and then one that looks like a year."""
        if self.unit == "Mio. EUR":
            return Decimal(self.rng.randint(1, 9_999)) / 1000
        if self.rng.random() < 0.08:
            return Decimal(self.rng.randint(1995, 2032))
        return Decimal(self.rng.choice((0, self.rng.randint(1, 90), self.rng.randint(100, 99_000))))

    def value(self, row: int, column: int) -> Decimal:
        cell = self.cells.get((row, column))
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else Decimal(0)

    def add(self, row: int, column: int, rows: Iterable[int], style: int = 1) -> None:
        """The sum of these rows, typed or as a formula."""
        rows = list(rows)
        total = sum((self.value(line, column) for line in rows), Decimal(0))
        letters = column_letters(column)
        formula = None
        if self.rng.random() < 0.6:
            spans = rows == list(range(rows[0], rows[-1] + 1)) and len(rows) > 1
            formula = (
                f"SUM({letters}{rows[0]}:{letters}{rows[-1]})" if spans else "+".join(f"{letters}{one}" for one in rows)
            )
        self.put(row, column, total, formula, style)

    def a1(self, row: int, column: int) -> str:
        return f"{column_letters(column)}{row}"

    def made(self) -> Made:
        sheet = Sheet("Tabelle1", self.cells, merges=tuple(self.merges), hidden_rows=frozenset(self.hidden_rows))
        formats = tuple(style.number_format for style in self.styles)
        workbook = Workbook(Path("varied.xlsx"), "0" * 64, (sheet,), number_formats=formats, styles=tuple(self.styles))
        return Made(workbook, self.truths)


# --- parts of a sheet -------------------------------------------------------------------------------------------------


def title(make: Maker, row: int, column: int, unit: bool) -> int:
    """Lines above a table, with the unit in one of them where `unit`; the first free row below."""
    text = make.rng.choice(TITLES)
    if unit and make.rng.random() < 0.5:
        make.put(row, column, f"{text} ({make.rng.choice(('in ', 'Angaben in ', ''))}{make.spelled})")
        return row + make.rng.choice((1, 2))
    make.put(row, column, text)
    if unit:
        make.put(
            row + 1, column, make.rng.choice(("Angaben in {}", "in {}", "Alle Beträge in {}")).format(make.spelled)
        )
        return row + 2
    return row + make.rng.choice((1, 2))


def body(make: Maker, truth: Truth, row: int, name: int, columns: dict[int, str], style: int = 1) -> int:
    """Measures below each other; the first free row."""
    for one in truth.names:
        make.put(row, name, one)
        cells(make, truth, row, one, columns, style)
        row += 1
    return row


def cells(make: Maker, truth: Truth, row: int, name: str, columns: dict[int, str], style: int = 1) -> None:
    """The amounts of a measure, one of them always a number."""
    for index, (column, year) in enumerate(columns.items()):
        if index and make.rng.random() < 0.08:
            sign = make.rng.choice(("–", "k. A.", None))
            if sign is not None:
                make.put(row, column, sign)
            truth.amounts[name, year] = (None, make.a1(row, column))
            continue
        amount = make.amount()
        if not index and not amount:
            amount = Decimal(7)
        make.put(row, column, amount, None, style)
        truth.amounts[name, year] = (amount, make.a1(row, column))


def total(
    make: Maker, truth: Truth, row: int, name: int, columns: Iterable[int], rows: Iterable[int], label: str = ""
) -> None:
    """A total of these rows."""
    make.put(row, name, label or make.rng.choice(TOTALS))
    rows = tuple(rows)
    for column in columns:
        make.add(row, column, rows)
    truth.totals[row] = rows


def new(
    make: Maker, names: Iterable[str], years: Iterable[str], family: str = "measures-by-year", unit: str | None = None
) -> Truth:
    truth = Truth(family, make.unit if unit is None else unit, tuple(names), tuple(years))
    make.truths.append(truth)
    return truth


def run_of_years(make: Maker, least: int = 2) -> list[int]:
    first = make.rng.randint(2012, 2034)
    return [first + step for step in range(make.rng.randint(least, 6))]


def plain_table(
    make: Maker, years: list[int], row: int, left: int, unit_in_head: bool = False
) -> tuple[Truth, int, dict[int, str]]:
    """The usual table up to its last measure: numbers as years."""
    name, first = left, left + 1
    make.put(row, name, make.rng.choice(HEADS))
    columns = {first + index: str(year) for index, year in enumerate(years)}
    for column, year in columns.items():
        make.put(row, column, f"{year} {make.spelled}" if unit_in_head else int(year))
    truth = new(make, make.names(make.rng.randint(2, 9)), columns.values())
    return truth, body(make, truth, row + 1, name, columns), columns


# --- layouts: years across --------------------------------------------------------------------------------------------


def years_as_numbers(make: Maker) -> None:
    row = title(make, make.rng.randint(1, 4), 2, unit=True)
    truth, end, columns = plain_table(make, run_of_years(make), row, 2)
    total(make, truth, end + make.rng.choice((0, 0, 1)), 2, columns, range(row + 1, end))


def unit_in_the_heads(make: Maker) -> None:
    truth, end, columns = plain_table(make, run_of_years(make), 3, 1, unit_in_head=True)
    total(make, truth, end, 1, columns, range(4, end))


def header_in_row_eleven(make: Maker) -> None:
    for row, text in zip((1, 2, 4), make.rng.sample(EDITS, 3), strict=True):
        make.put(row, 1, text)
    make.put(8, 1, f"Beträge in {make.spelled}")
    truth, end, columns = plain_table(make, run_of_years(make), 11, 1)
    total(make, truth, end, 1, columns, range(12, end))


def kinds_in_the_heads(make: Maker) -> None:
    years = run_of_years(make, 3)
    kinds = ["Ist", "Ansatz", *["Plan"] * (len(years) - 2)]
    row = title(make, 1, 1, unit=False)
    make.put(row, 1, "Lfd. Nr.")
    make.put(row, 2, make.rng.choice(HEADS))
    columns, shape = (
        {},
        make.rng.choice(
            ("{kind} {year} in {unit}", "{kind} {year} ({unit})", "{kind}\n{year}\n{unit}", "{year} {kind} {unit}")
        ),
    )
    words = {kind: make.rng.choice(KIND[kind]) for kind in KIND}
    for index, (year, kind) in enumerate(zip(years, kinds, strict=True), 3):
        columns[index] = f"{kind} {year}"
        make.put(row, index, shape.format(kind=words[kind], year=year, unit=make.spelled))
    truth = new(make, make.names(5), columns.values())
    end = body(make, truth, row + 1, 2, columns)
    for number, line in enumerate(range(row + 1, end), 1):
        make.put(line, 1, number)
    total(make, truth, end, make.rng.choice((1, 2)), columns, range(row + 1, end))


def kinds_above_years(make: Maker) -> None:
    years = run_of_years(make, 4)
    row = title(make, 1, 1, unit=True)
    make.put(row, 1, make.rng.choice(HEADS))
    make.merges.append(Area(row, 1, row + 1, 1))
    make.put(row, 2, make.rng.choice(ESTIMATE))
    make.merges.append(Area(row, 2, row, 3))
    make.put(row, 4, make.rng.choice(PLAN))
    if len(years) > 3:
        make.merges.append(Area(row, 4, row, 1 + len(years)))
    columns = {2 + index: f"{'Ansatz' if index < 2 else 'Plan'} {year}" for index, year in enumerate(years)}
    for index, year in enumerate(years):
        make.put(row + 1, 2 + index, year if make.rng.random() < 0.5 else str(year))
    truth = new(make, make.names(4), columns.values())
    end = body(make, truth, row + 2, 1, columns)
    total(make, truth, end, 1, columns, range(row + 2, end))


def years_above_kinds(make: Maker) -> None:
    years = run_of_years(make)[:3]
    row = title(make, 2, 1, unit=True)
    make.put(row, 1, make.rng.choice(HEADS))
    columns: dict[int, str] = {}
    column = 2
    for year in years:
        make.put(row, column, year)
        make.merges.append(Area(row, column, row, column + 1))
        for kind in ("Ist", "Ansatz"):
            make.put(row + 1, column, make.rng.choice(KIND[kind][:2]))
            columns[column] = f"{kind} {year}"
            column += 1
    truth = new(make, make.names(6), columns.values())
    end = body(make, truth, row + 2, 1, columns)
    total(make, truth, end, 1, columns, range(row + 2, end))


def three_header_rows(make: Maker) -> None:
    years = run_of_years(make, 3)
    make.put(2, 1, make.rng.choice(HEADS))
    make.put(2, 2, "Ergebnishaushalt")
    make.merges.append(Area(2, 2, 2, 1 + len(years)))
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    for column, year in columns.items():
        make.put(3, column, int(year))
        make.put(4, column, make.spelled)
    truth = new(make, make.names(5), columns.values())
    end = body(make, truth, 5, 1, columns)
    total(make, truth, end, 1, columns, range(5, end))


def unit_by_format_only(make: Maker) -> None:
    years = run_of_years(make)
    code = {"EUR": '#,##0 "€"', "TEUR": '#,##0 "TEUR"', "Mio. EUR": '#,##0.0 "Mio. €"'}[make.unit]
    style = make.style(code)
    make.put(1, 1, make.rng.choice(HEADS))
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    for column, year in columns.items():
        make.put(1, column, int(year))
    truth = new(make, make.names(5), columns.values())
    end = body(make, truth, 2, 1, columns, style)
    make.put(end, 1, "Summe")
    for column in columns:
        make.add(end, column, range(2, end), style)
    truth.totals[end] = tuple(range(2, end))


def years_as_dates(make: Maker) -> None:
    row = title(make, 1, 1, unit=True)
    make.put(row, 1, make.rng.choice(HEADS))
    years = run_of_years(make)
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    for column, year in columns.items():
        make.put(row, column, (date(int(year), 1, 1) - date(1899, 12, 30)).days, None, 2)
    truth = new(make, make.names(5), columns.values())
    end = body(make, truth, row + 1, 1, columns)
    total(make, truth, end, 1, columns, range(row + 1, end))


def years_by_formula(make: Maker) -> None:
    row = title(make, 1, 1, unit=True)
    truth, end, columns = plain_table(make, run_of_years(make, 3), row, 1)
    stored = make.rng.random() < 0.5
    for column in list(columns)[1:]:
        value = Decimal(columns[column]) if stored else None
        make.put(row, column, value, f"{column_letters(column - 1)}{row}+1")
    total(make, truth, end, 1, columns, range(row + 1, end))


def relative_years(make: Maker) -> None:
    base = make.rng.randint(2015, 2034)
    make.put(1, 1, f"Haushaltsjahr {base}")
    make.put(2, 1, f"Angaben in {make.spelled}")
    heads = {
        "Ergebnis Vorvorjahr": f"Ist {base - 2}",
        "Ansatz Vorjahr": f"Ansatz {base - 1}",
        "Ansatz Haushaltsjahr": f"Ansatz {base}",
    }
    heads |= {f"Planung HJ+{step}": f"Plan {base + step}" for step in (1, 2, 3)}
    make.put(4, 1, make.rng.choice(HEADS))
    columns = dict(enumerate(heads.values(), 2))
    for column, text in enumerate(heads, 2):
        make.put(4, column, text)
    truth = new(make, make.names(4), columns.values())
    end = body(make, truth, 5, 1, columns)
    total(make, truth, end, 1, columns, range(5, end))


def open_end(make: Maker) -> None:
    years = run_of_years(make)
    row = title(make, 1, 1, unit=True)
    shape = make.rng.choice(
        (
            "{} ff.",
            "ab {}",
            "{} und Folgejahre",
            "{} ff",
            "weitere Jahre",
            "Folgejahre",
            "Folgejahre {unit}",
            "spätere Jahre",
        )
    )
    make.put(row, 1, make.rng.choice(HEADS))
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    for column, year in columns.items():
        make.put(row, column, int(year) if make.rng.random() < 0.6 else year)
    last = 2 + len(years)
    make.put(row, last, shape.format(years[-1] + 1, unit=make.spelled))
    columns[last] = f"{years[-1] + 1} ff."
    truth = new(make, make.names(4), columns.values())
    end = body(make, truth, row + 1, 1, columns)
    total(make, truth, end, 1, columns, range(row + 1, end))
    make.put(row, last + 1, "Gesamt")
    plain = tuple(range(2, last))
    for line in range(row + 1, end + 1):
        make.put(line, last + 1, sum((make.value(line, one) for one in plain), Decimal(0)))
    truth.total_columns[last + 1] = plain


def two_digit_years(make: Maker) -> None:
    years = [2000 + year % 100 for year in run_of_years(make, 3)]
    years = [year for year in years if year < 2049]
    row = title(make, 1, 1, unit=True)
    shape = make.rng.choice(("Ansatz {:02d}", "HH {:02d}", "Plan '{:02d}", "Ansatz '{:02d}"))
    kind = {"A": "Ansatz ", "P": "Plan ", "H": ""}[shape[0]]
    make.put(row, 1, make.rng.choice(HEADS))
    columns = {2 + index: f"{kind}{year}" for index, year in enumerate(years)}
    for column, year in zip(columns, years, strict=True):
        make.put(row, column, shape.format(year % 100))
    truth = new(make, make.names(4), columns.values())
    end = body(make, truth, row + 1, 1, columns)
    total(make, truth, end, 1, columns, range(row + 1, end))


def columns_between(make: Maker) -> None:
    """Changes, shares, "davon", VE and remarks between and beside the years; changes below the total."""
    first = make.rng.randint(2014, 2030)
    row = title(make, 1, 1, unit=True)
    heads = [
        "Träger",
        make.rng.choice(HEADS),
        f"Ansatz {first}",
        f"Ansatz {first + 1}",
        make.rng.choice(("Veränderung zum Vorjahr", "Differenz", "+/- Vorjahr")),
    ]
    heads += [
        "in %",
        make.rng.choice(("davon Personal", "VE", "davon Land")),
        f"Plan {first + 2}",
        "Bemerkung",
        "Summe",
    ]
    for column, text in enumerate(heads, 1):
        make.put(row, column, text)
    columns = {3: f"Ansatz {first}", 4: f"Ansatz {first + 1}", 8: f"Plan {first + 2}"}
    truth = new(make, make.names(6), columns.values())
    end = body(make, truth, row + 1, 2, columns)
    for line in range(row + 1, end + 1):
        if line < end:
            make.put(line, 1, make.rng.choice(("Caritas", "Diakonie", "AWO", "Stadt")))
            make.put(line, 9, make.rng.choice(REMARKS))
            make.put(line, 7, make.rng.randint(0, 5))
    total(make, truth, end, 2, columns, range(row + 1, end))
    for line in range(row + 1, end + 1):
        change = make.value(line, 4) - make.value(line, 3)
        make.put(line, 5, change, f"D{line}-C{line}")
        make.put(line, 6, Decimal("0.031"), None, 3)
        make.put(line, 10, sum((make.value(line, one) for one in columns), Decimal(0)))
    truth.total_columns[10] = (3, 4, 8)
    if make.rng.random() < 0.7:
        make.put(
            end + 1,
            2,
            make.rng.choice(("Veränderung zum Vorjahr", "Abweichung", "Veränderung gegenüber Vorjahr in EUR")),
        )
        make.put(end + 1, 4, make.value(end, 4) - make.value(end, 3), f"D{end}-C{end}")
        make.put(end + 2, 2, make.rng.choice(("in %", "in v. H.", "Veränderung in %")))
        make.put(end + 2, 4, Decimal("0.034"), None, 3)


def memo_rows(make: Maker) -> None:
    row = title(make, 1, 1, unit=True)
    years = run_of_years(make)
    truth, end, columns = plain_table(make, years, row, 1)
    rows = list(range(row + 1, end))
    total(make, truth, end, 1, columns, rows)
    for line, label in (
        (end + 1, "nachrichtlich: VE"),
        (end + 2, make.rng.choice(("davon Personal", "darunter Sachkosten"))),
    ):
        make.put(line, 1, label)
        for column in columns:
            make.put(line, column, make.amount())


# --- layouts: groups --------------------------------------------------------------------------------------------------


def totals_above(make: Maker) -> None:
    row = title(make, 1, 1, unit=True)
    years = run_of_years(make)
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    make.put(row, 1, make.rng.choice(HEADS))
    for column, year in columns.items():
        make.put(row, column, int(year))
    truth = new(make, make.names(5), columns.values())
    end = body(make, truth, row + 2, 1, columns)
    total(make, truth, row + 1, 1, columns, range(row + 2, end))


def grouped(make: Maker) -> None:
    """Headings, and a subtotal below each group."""
    row = title(make, 1, 1, unit=True)
    years = run_of_years(make)
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    make.put(row, 1, make.rng.choice(HEADS))
    for column, year in columns.items():
        make.put(row, column, int(year))
    names = make.names(7)
    truth = new(make, names, columns.values())
    groups = make.rng.sample(GROUPS, 3)
    shape = make.rng.choice(("Zwischensumme", "Summe {}", "Summe {}:", "Teilsumme {}"))
    subtotals, line = [], row + 1
    for group, part in zip(groups, (names[:3], names[3:5], names[5:]), strict=True):
        make.put(line, 1, group)
        start = line + 1
        line = _lines(make, truth, start, part, columns)
        total(make, truth, line, 1, columns, range(start, line), shape.format(group))
        subtotals.append(line)
        line += make.rng.choice((1, 1, 2))
    total(make, truth, line, 1, columns, subtotals, make.rng.choice(("Gesamtsumme", "Insgesamt", "Summe gesamt")))


def _lines(make: Maker, truth: Truth, row: int, names: Iterable[str], columns: dict[int, str], style: int = 0) -> int:
    for name in names:
        make.put(row, 1, name, None, style)
        cells(make, truth, row, name, columns)
        row += 1
    return row


def total_on_top_of_groups(make: Maker) -> None:
    """The grand total is the first row, subtotals stand below their groups."""
    row = title(make, 1, 1, unit=True)
    columns = {2 + index: str(year) for index, year in enumerate(run_of_years(make))}
    make.put(row, 1, make.rng.choice(HEADS))
    for column, year in columns.items():
        make.put(row, column, int(year))
    names = make.names(5)
    truth = new(make, names, columns.values())
    subtotals, line = [], row + 2
    for group, part in zip(make.rng.sample(GROUPS, 2), (names[:3], names[3:]), strict=True):
        make.put(line, 1, group)
        start = line + 1
        line = _lines(make, truth, start, part, columns)
        total(make, truth, line, 1, columns, range(start, line), f"Summe {group}")
        subtotals.append(line)
        line += 1
    total(make, truth, row + 1, 1, columns, subtotals, "Gesamtsumme")


def parts_unsaid(make: Maker) -> None:
    """Indented parts of a measure that are less than it: "davon", without the word. They are no measures."""
    row = title(make, 1, 1, unit=True)
    columns = {2 + index: str(year) for index, year in enumerate(run_of_years(make))}
    make.put(row, 1, make.rng.choice(HEADS))
    for column, year in columns.items():
        make.put(row, column, int(year))
    truth = new(make, make.names(4), columns.values())
    line, rows = row + 1, []
    for index, name in enumerate(truth.names):
        make.put(line, 1, name)
        for column, year in columns.items():
            amount = Decimal(make.rng.randint(200, 900))
            make.put(line, column, amount)
            truth.amounts[name, year] = (amount, make.a1(line, column))
        rows.append(line)
        line += 1
        if index % 2 == 0:
            make.put(line, 1, make.rng.choice(("    Personal", "    Sachmittel")))
            for column in columns:
                make.put(line, column, Decimal(make.rng.randint(1, 150)))
            line += 1
    total(make, truth, line, 1, columns, rows)


def budget_of_results(make: Maker) -> None:
    """The form of a Teilergebnishaushalt: numbered lines, "=" before sums, codes and a row that counts the columns."""
    first = make.rng.randint(2014, 2032)
    heads = {f"Ergebnis {first}": f"Ist {first}", f"Ansatz {first + 1}": f"Ansatz {first + 1}"}
    heads |= {f"Planung {first + step}": f"Plan {first + step}" for step in (2, 3, 4)}
    make.put(1, 1, f"Teilergebnishaushalt (Beträge in {make.spelled})")
    make.put(3, 1, "Nr.")
    make.put(3, 2, "Ertrags- und Aufwandsarten")
    columns = dict(enumerate(heads.values(), 3))
    for column, text in enumerate(heads, 3):
        make.put(3, column, text)
        make.put(4, column, column - 2)
    income, expense = ["Steuern und Abgaben", "Laufende Zuweisungen"], ["Personal", "Versorgung", "Abschreibungen"]
    truth = new(make, [*income, *expense], columns.values())
    line, sums, number = 5, [], 0
    for label, part in (("= Ordentliche Erträge", income), ("= Ordentliche Aufwendungen", expense)):
        start = line
        for name in part:
            number += 1
            make.put(line, 1, number)
            make.put(line, 2, name)
            cells(make, truth, line, name, columns)
            line += 1
        number += 1
        make.put(line, 1, number)
        total(make, truth, line, 2, columns, range(start, line), label)
        sums.append(line)
        line += 1
    make.put(line, 1, number + 1)
    make.put(line, 2, make.rng.choice(("= Ordentliches Ergebnis", "Ordentliches Ergebnis (Nr. 3 – 7)", "Saldo")))
    for column in columns:
        letters = column_letters(column)
        value = make.value(sums[0], column) - make.value(sums[1], column)
        make.put(line, column, value, f"{letters}{sums[0]}-{letters}{sums[1]}")
    truth.totals[line] = ()


def excel_table(make: Maker) -> None:
    """Heads are text, as in every table object; the total row is called "Ergebnis" and adds by structured reference."""
    years = run_of_years(make)
    style = make.style('#,##0 "€"')
    make.unit = "EUR"
    make.put(1, 1, make.rng.choice(HEADS))
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    for column, year in columns.items():
        make.put(1, column, year)
    truth = new(make, make.names(6), columns.values())
    end = body(make, truth, 2, 1, columns, style)
    make.put(end, 1, "Ergebnis")
    for column, year in columns.items():
        added = sum((make.value(row, column) for row in range(2, end)), Decimal(0))
        make.put(end, column, added, f"SUBTOTAL(109,Tabelle1[{year}])", style)
    truth.totals[end] = tuple(range(2, end))


def codes_and_gaps(make: Maker) -> None:
    """Codes before the name, an empty column between, blank rows, hidden rows and columns, years falling."""
    years = run_of_years(make)[::-1]
    row = title(make, 2, 2, unit=True)
    for column, text in ((2, "Produkt"), (3, "Sachkonto"), (4, make.rng.choice(HEADS))):
        make.put(row, column, text)
    columns = {6 + index: str(year) for index, year in enumerate(years)}
    for column, year in columns.items():
        make.put(row, column, int(year))
    truth = new(make, make.names(6), columns.values())
    line, rows = row + 1, []
    for name in truth.names:
        make.put(line, 2, f"{make.rng.randint(11, 57)}.{make.rng.randint(10, 90)}.01")
        make.put(line, 3, make.rng.randint(4_000_000, 4_499_999))
        make.put(line, 4, name)
        cells(make, truth, line, name, columns)
        rows.append(line)
        line += make.rng.choice((1, 1, 1, 2))
    make.hidden_rows.add(rows[1])
    total(make, truth, line, make.rng.choice((2, 4)), columns, rows, "Summe")


def numbered_groups(make: Maker) -> None:
    """1, 1.1, 1.2 in a column of their own; the group's line states its sum."""
    row = title(make, 1, 1, unit=True)
    years = run_of_years(make)
    columns = {3 + index: str(year) for index, year in enumerate(years)}
    make.put(row, 1, "Nr.")
    make.put(row, 2, make.rng.choice(HEADS))
    for column, year in columns.items():
        make.put(row, column, int(year))
    names = make.names(5)
    truth = new(make, names, columns.values())
    parents, line = [], row + 1
    for number, (group, part) in enumerate(zip(make.rng.sample(GROUPS, 2), (names[:3], names[3:]), strict=True), 1):
        parent, line = line, line + 1
        make.put(parent, 1, str(number))
        make.put(parent, 2, group)
        for index, name in enumerate(part, 1):
            make.put(line, 1, f"{number}.{index}")
            make.put(line, 2, name)
            cells(make, truth, line, name, columns)
            line += 1
        truth.totals[parent] = tuple(range(parent + 1, line))
        for column in columns:
            make.add(parent, column, range(parent + 1, line))
        parents.append(parent)
    total(make, truth, line, 2, columns, parents, "Summe")


def indented_groups(make: Maker) -> None:
    """The parts of a group are indented below it."""
    row = title(make, 1, 1, unit=True)
    years = run_of_years(make)
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    make.put(row, 1, make.rng.choice(HEADS))
    for column, year in columns.items():
        make.put(row, column, int(year))
    names = make.names(6)
    truth = new(make, names, columns.values())
    style = make.style(indent=2) if make.rng.random() < 0.6 else 0
    parents, line = [], row + 1
    for group, part in zip(make.rng.sample(GROUPS, 2), (names[:3], names[3:]), strict=True):
        parent, line = line, line + 1
        make.put(parent, 1, group)
        for name in part:
            make.put(line, 1, name if style else f"   {name}", None, style)
            cells(make, truth, line, name, columns)
            line += 1
        truth.totals[parent] = tuple(range(parent + 1, line))
        for column in columns:
            make.add(parent, column, range(parent + 1, line))
        parents.append(parent)
    total(make, truth, line, 1, columns, parents, "Gesamtsumme")


def three_levels(make: Maker) -> None:
    row = title(make, 1, 1, unit=True)
    years = run_of_years(make)
    columns = {2 + index: str(year) for index, year in enumerate(years)}
    make.put(row, 1, make.rng.choice(HEADS))
    for column, year in columns.items():
        make.put(row, column, int(year))
    names = make.names(8)
    truth = new(make, names, columns.values())
    named = make.rng.random() < 0.5
    top, line = [], row + 1
    for number, part in enumerate((names[:4], names[4:]), 1):
        make.put(line, 1, f"Dezernat {'I' * number}")
        line += 1
        inner = []
        for office, some in zip(make.rng.sample(GROUPS, 2), (part[:2], part[2:]), strict=True):
            make.put(line, 1, office)
            start = line + 1
            line = _lines(make, truth, start, some, columns)
            total(make, truth, line, 1, columns, range(start, line), f"Summe {office}" if named else "Zwischensumme")
            inner.append(line)
            line += 1
        total(make, truth, line, 1, columns, inner, f"Summe Dezernat {'I' * number}")
        top.append(line)
        line += 1
    total(make, truth, line, 1, columns, top, "Gesamtsumme")


def income_and_expense(make: Maker) -> None:
    """Two sections and their difference, which is no sum."""
    row = title(make, 1, 1, unit=True)
    years = run_of_years(make)
    columns = {2 + index: f"Ansatz {year}" for index, year in enumerate(years)}
    make.put(row, 1, "Bezeichnung")
    for column, year in columns.items():
        make.put(row, column, year)
    income, expense = (
        ["Gebühren", "Mieten", "Landesmittel"],
        ["Personalkosten", "Sachkosten", "Abschreibungen", "Umlagen"],
    )
    truth = new(make, [*income, *expense], columns.values())
    line = row + 1
    sums = []
    for heading, part in (("Erträge", income), ("Aufwendungen", expense)):
        make.put(line, 1, heading)
        start = line + 1
        line = _lines(make, truth, start, part, columns)
        total(make, truth, line, 1, columns, range(start, line), f"Summe {heading}")
        sums.append(line)
        line += 1
    make.put(line, 1, make.rng.choice(("Saldo", "Ergebnis", "Zuschussbedarf")))
    for column in columns:
        letters = column_letters(column)
        make.put(
            line,
            column,
            make.value(sums[0], column) - make.value(sums[1], column),
            f"{letters}{sums[0]}-{letters}{sums[1]}",
        )
    truth.totals[line] = ()


# --- layouts: several tables ------------------------------------------------------------------------------------------


def side_by_side(make: Maker) -> None:
    years = run_of_years(make)[:3]
    make.put(1, 1, f"Angaben in {make.spelled}")
    left = 1
    for _ in range(2):
        truth, end, columns = plain_table(make, years, 3, left, unit_in_head=True)
        total(make, truth, end, left, columns, range(4, end))
        left += len(years) + 2


def one_below_the_other(make: Maker) -> None:
    row = 1
    for _ in range(2):
        row = title(make, row, 1, unit=True)
        truth, end, columns = plain_table(make, run_of_years(make), row, 1)
        total(make, truth, end, 1, columns, range(row + 1, end))
        row = end + make.rng.randint(2, 5)


# --- layouts: no years across -----------------------------------------------------------------------------------------


def long_list(make: Maker) -> None:
    row = title(make, 1, 1, unit=False)
    heads = [make.rng.choice(HEADS), make.rng.choice(("Jahr", "Haushaltsjahr", "HJ")), f"Betrag ({make.spelled})"]
    if make.rng.random() < 0.5:
        heads.insert(0, "Nr.")
    if make.rng.random() < 0.5:
        heads.append("Bemerkung")
    name, year_column, amount = (heads.index(one) + 1 for one in heads[-4 if heads[-1] == "Bemerkung" else -3 :][:3])
    for column, text in enumerate(heads, 1):
        make.put(row, column, text)
    years = run_of_years(make)
    truth = new(make, make.names(4), map(str, years), "long-list")
    line = row + 1
    by_year = make.rng.random() < 0.5
    pairs = [(one, year) for one in truth.names for year in years]
    for number, (one, year) in enumerate(sorted(pairs, key=lambda pair: pair[1]) if by_year else pairs, 1):
        if heads[0] == "Nr.":
            make.put(line, 1, number)
        make.put(line, name, one)
        make.put(line, year_column, year if make.rng.random() < 0.8 else str(year))
        value = make.amount()
        make.put(line, amount, value, None, 1)
        truth.amounts[one, str(year)] = (value, make.a1(line, amount))
        line += 1
    if make.rng.random() < 0.7:
        total(make, truth, line, make.rng.choice((1, name)), [amount], range(row + 1, line), "Summe")


def long_list_with_kinds_and_units(make: Maker) -> None:
    """As exports have it: codes, names, year, kind, amount, unit, a row each."""
    make.unit = make.rng.choice(("EUR", "TEUR"))
    make.spelled = UNITS[make.unit][0]
    heads = ["Kapitel", "Titel", "Titelbezeichnung", "Jahr", "BetragTyp", "Betrag", "Währung"]
    for column, text in enumerate(heads, 1):
        make.put(1, column, text)
    years = run_of_years(make)[:3]
    stated = [f"{kind} {year}" for year in years for kind in ("Ist", "Ansatz")]
    truth = new(make, make.names(4), stated, "long-list")
    line = 2
    for number, one in enumerate(truth.names):
        for year in years:
            for kind in ("Ist", "Ansatz"):
                for column, value in enumerate((f"09{number}0", 68400 + number, one, year, kind), 1):
                    make.put(line, column, value)
                amount = make.amount()
                make.put(line, 6, amount, None, 1)
                make.put(line, 7, make.spelled)
                truth.amounts[one, f"{kind} {year}"] = (amount, make.a1(line, 6))
                line += 1


def years_down(make: Maker) -> None:
    row = title(make, 1, 1, unit=True)
    make.put(row, 1, make.rng.choice(("Jahr", "Haushaltsjahr")))
    years = run_of_years(make, 3)
    truth = new(make, make.names(4), map(str, years), "years-down")
    for column, name in enumerate(truth.names, 2):
        make.put(row, column, name)
    last = 1 + len(truth.names)
    make.put(row, last + 1, make.rng.choice(("Summe", "Gesamt", "Insgesamt")))
    for line, year in enumerate(years, row + 1):
        make.put(line, 1, year if make.rng.random() < 0.7 else str(year))
        for column, name in enumerate(truth.names, 2):
            amount = make.amount()
            make.put(line, column, amount, None, 1)
            truth.amounts[name, str(year)] = (amount, make.a1(line, column))
        added = sum((make.value(line, column) for column in range(2, last + 1)), Decimal(0))
        make.put(line, last + 1, added, f"SUM(B{line}:{column_letters(last)}{line})", 1)
    truth.totals[last + 1] = tuple(range(2, last + 1))
    if make.rng.random() < 0.5:
        end = row + 1 + len(years)
        make.put(end, 1, "Summe")
        for column in range(2, last + 2):
            make.add(end, column, range(row + 1, end))


def approvals(make: Maker) -> None:
    year = make.rng.randint(2015, 2034)
    make.put(
        1,
        1,
        f"{make.rng.choice(('Zuschussliste', 'Beratungsliste', 'Freiwillige Zuschüsse'))} {year} (in {make.spelled})",
    )
    stages = make.rng.choice(
        (("beantragt", "Verwaltungsvorschlag", "beschlossen"), ("Antrag", "Vorschlag der Verwaltung", "bewilligt"))
    )
    make.put(3, 1, make.rng.choice(("Zuwendungsempfänger", "Maßnahme", "Träger")))
    columns = dict(enumerate(stages, 2))
    for column, text in columns.items():
        make.put(3, column, text)
    make.put(3, 5, "Bemerkung")
    truth = new(make, make.names(6), stages, "approvals")
    end = body(make, truth, 4, 1, columns)
    for line in range(4, end):
        if make.rng.random() < 0.4:
            make.put(line, 5, make.rng.choice(REMARKS))
    total(make, truth, end, 1, columns, range(4, end))


def approvals_by_year(make: Maker) -> None:
    first = make.rng.randint(2015, 2033)
    row = title(make, 1, 1, unit=True)
    make.put(row, 1, make.rng.choice(HEADS))
    columns: dict[int, str] = {}
    column = 2
    for year in (first, first + 1):
        for stage in ("beantragt", "beschlossen"):
            make.put(row, column, f"{stage} {year}")
            columns[column] = f"{stage} {year}"
            column += 1
    truth = new(make, make.names(5), columns.values(), "approvals")
    end = body(make, truth, row + 1, 1, columns)
    total(make, truth, end, 1, columns, range(row + 1, end))


def grants_of_one_year(make: Maker) -> None:
    year = make.rng.randint(2015, 2034)
    make.put(1, 1, f"{make.rng.choice(('Zuschüsse', 'Zuschussliste', 'Förderung freier Träger'))} {year}")
    head = make.rng.choice((f"Zuschuss in {make.spelled}", f"Betrag ({make.spelled})", f"Förderbetrag {make.spelled}"))
    for column, text in enumerate(
        ("Nr.", make.rng.choice(("Zuschussempfänger", "Maßnahme", "Träger")), head, "Bemerkung"), 1
    ):
        make.put(3, column, text)
    truth = new(make, make.names(6), (head,), "approvals")
    end = body(make, truth, 4, 2, {3: head})
    for number, line in enumerate(range(4, end), 1):
        make.put(line, 1, number)
    total(make, truth, end, make.rng.choice((1, 2)), [3], range(4, end))


LAYOUTS: tuple[Callable[[Maker], None], ...] = (
    years_as_numbers,
    unit_in_the_heads,
    header_in_row_eleven,
    kinds_in_the_heads,
    kinds_above_years,
    years_above_kinds,
    three_header_rows,
    unit_by_format_only,
    years_as_dates,
    years_by_formula,
    relative_years,
    open_end,
    two_digit_years,
    columns_between,
    memo_rows,
    totals_above,
    grouped,
    total_on_top_of_groups,
    parts_unsaid,
    budget_of_results,
    excel_table,
    codes_and_gaps,
    numbered_groups,
    indented_groups,
    three_levels,
    income_and_expense,
    side_by_side,
    one_below_the_other,
    long_list,
    long_list_with_kinds_and_units,
    years_down,
    approvals,
    approvals_by_year,
    grants_of_one_year,
)


def varied(layout: Callable[[Maker], None], seed: int) -> Made:
    """The workbook of that layout and seed."""
    make = Maker(seed)
    layout(make)
    return make.made()
