"""The tables of a budget workbook as records, each knowing its cells.

A table of measures has `columns` (one a year and kind) and `measures`; `measure.amounts[i]` belongs to `columns[i]`.
`Budget.measure_tables` are those with a column a year; `Budget.lists` those in which a column is something else: a
stage of approval, an amount whose year stands in its row, a measure. `Budget.tables` are both, for whoever asks for
measures, amounts and totals and takes no column for a year.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from pik_excel.budget.columns_of_a_year import valid_place
from pik_excel.budget.money import Amount, Unit
from pik_excel.grid.reference import Address, Area
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_BETWEEN_NAMES = pattern(r"[;|\n]")


class Kind(Enum):
    """What sort of figure a year column holds (Werttyp)."""

    __hash__ = object.__hash__  # each is there once; asked with each year of a long list

    UNSTATED = ""
    RESULT = "Ist"  # Ist, Ergebnis, Rechnung
    ESTIMATE = "Ansatz"
    PLAN = "Plan"  # Plan, Planung, Finanzplan

    @property
    def shown(self) -> str:
        """The kind in the language in force, "" where it is not stated."""
        return {Kind.RESULT: _("Ist"), Kind.ESTIMATE: _("Ansatz"), Kind.PLAN: _("Plan")}.get(self, "")


class Status(Enum):
    """How firm the amounts of a table are (Status)."""

    UNSTATED = "unstated"
    DECIDED = "decided"  # beschlossen
    REQUESTED = "requested"  # angemeldet, zusätzlich
    PROVIDED = "provided"  # bisher bereitgestellt
    PROPOSED = "proposed"  # Verwaltungsvorschlag; only of a column of a list of approvals


@dataclass(frozen=True)
class Year:
    """A budget year. `open_ended` is "2027 ff.": that and each following year, never added into a total of years."""

    value: int
    kind: Kind = Kind.UNSTATED
    open_ended: bool = False

    def __str__(self) -> str:
        return self._after(self.kind.value)

    @property
    def shown(self) -> str:
        """The year in the language in force: "Ansatz 2025", "2027 ff."."""
        return self._after(self.kind.shown)

    def _after(self, kind: str) -> str:
        return f"{kind} {self.value}{' ff.' if self.open_ended else ''}".strip()


@dataclass(frozen=True)
class YearColumn:
    """One column of amounts: its year, its header cell and its unit."""

    year: Year
    at: Address
    unit: Unit
    hidden: bool = False
    revised: bool = False  # of several columns of its year the one headed "neu" or "Beschluss"

    @property
    def shown(self) -> str:
        """What heads it, for people."""
        return self.year.shown


@dataclass(frozen=True)
class AmountColumn:
    """One column of amounts of a list, or one row where years stand down the side. `year` is None where each row states
    its own, or none is stated."""

    label: str
    at: Address
    unit: Unit
    year: Year | None = None
    kind: Kind = Kind.UNSTATED
    status: Status = Status.UNSTATED
    hidden: bool = False

    @property
    def shown(self) -> str:
        """What heads it, for people."""
        return self.label or (self.year.shown if self.year else self.at.a1)


@dataclass(frozen=True, slots=True)
class ProductKey:
    """The key of a group row: "31.60.01.00.00-500 Förderung fr. Träger …/430 Transferaufwendungen"."""

    at: Address
    product: str | None  # 31.60.01.00.00
    office: str | None  # 500, the Teilhaushalt
    product_name: str | None
    account_group: str | None  # as printed: 430
    account_name: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure (Maßnahme): one row of a table. `name` has no number and no stars; `label` is the cell as it stands."""

    name: str
    label: str
    at: Address
    amounts: tuple[Amount, ...]
    number: int | None = None
    footnotes: tuple[str, ...] = ()  # "*", "**", "1)"
    key: ProductKey | None = None
    hidden: bool = False
    fields: tuple[tuple[str, Field], ...] = ()  # what other columns say of it: traeger, bemerkung, …
    year: Year | None = None  # of a long list, whose rows state the year of their amounts

    def field(self, key: str) -> Field | None:
        """The cell of that field, None where the table has no such column."""
        return next((field for name, field in self.fields if name == key), None)


@dataclass(frozen=True)
class Total:
    """A total or subtotal row. `rows` are the sheet rows it should add, from the table's structure (never from its
    formula): the measures of its group, or for a grand total all measures, or all subtotals where there are any.
    Empty where it is no plain sum: a Saldo of Erträge and Aufwendungen. Where measures stand side by side (years down),
    a total of measures is a column: `columns` are the sheet columns it should add, row by row, and `rows` is empty."""

    label: str
    at: Address
    amounts: tuple[Amount, ...]
    rows: tuple[int, ...]
    subtotal: bool = False
    hidden: bool = False
    columns: tuple[int, ...] = ()
    number: int | None = None  # where totals are numbered like the measures


class Aside(Enum):
    """Why a row or column of a table is not read as amounts."""

    DIFFERENCE = "difference"  # Veränderung zum Vorjahr
    SHARE = "share"  # in %
    FIELD = "field"  # Träger, Bemerkung, Konto …
    TEXT = "text"  # nothing but words below
    COUNT = "count"  # Stellen, Fallzahl: figures, but no money
    EARLIER = "earlier"  # "bis 2023": the years before, together
    UNKNOWN = "unknown"  # figures, and the header does not say of what

    @property
    def shown(self) -> str:
        """The reason in the language in force."""
        return {
            Aside.DIFFERENCE: _("Veränderung"),
            Aside.SHARE: _("Anteil in %"),
            Aside.FIELD: _("Angabe zur Maßnahme"),
            Aside.TEXT: _("nur Text"),
            Aside.COUNT: _("kein Geld"),
            Aside.EARLIER: _("frühere Jahre zusammen"),
            Aside.UNKNOWN: _("Kopf nennt kein Jahr"),
        }[self]


@dataclass(frozen=True)
class LeftOut:
    """A row or a column of a table that is not read as amounts: its label or header cell, and why."""

    at: Address
    label: str
    why: Aside
    row: bool = False


@dataclass(frozen=True)
class TotalColumn:
    """A column that adds up years; `columns` are the sheet columns it should add: never "2027 ff.", VE or "davon"."""

    label: str
    at: Address
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Footnote:
    """A note below a table: "*Haushaltsmittel stehen auch für die Jahre 2022 und 2023 bereit"."""

    mark: str
    text: str
    at: Address
    years: tuple[int, ...] = ()  # the years it names


@dataclass(frozen=True)
class MeasureTable:
    """Measures × years."""

    sheet: str
    area: Area  # header to last total
    title: str
    unit: Unit | None  # None: not stated anywhere
    unit_at: Address | None
    columns: tuple[YearColumn, ...]
    measures: tuple[Measure, ...]
    totals: tuple[Total, ...]
    keys: tuple[ProductKey, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    status: Status = Status.UNSTATED
    header_rows: tuple[int, ...] = ()
    name_column: int = 1
    unit_votes: tuple[tuple[Unit, Address], ...] = ()  # every place that states a unit, contradictory ones too
    shown_in: Unit | None = None  # the unit in which number formats (`#,##0,`) show amounts that are stored in `unit`
    currency: str | None = None  # "CHF" where the amounts are not in euros; `unit` is one of it then
    memos: tuple[Measure, ...] = ()  # "davon", "nachrichtlich" and VE rows, which no total may add
    memo_columns: tuple[YearColumn, ...] = ()  # VE and "davon" columns
    total_columns: tuple[TotalColumn, ...] = ()
    marks: tuple[tuple[str, Address], ...] = ()  # footnote marks in names, amounts, headers and title
    left_out: tuple[LeftOut, ...] = ()
    of_days: bool = False  # headed by closing days (31.12.2026): what there is on a day, no need of a year

    family = "measures-by-year"

    @cached_property
    def places(self) -> dict[int, tuple[int, ...]]:
        """Which of the columns are those of a year; a long list is asked for each of its measures."""
        years = [column.year.value for column in self.columns]
        return {year: tuple(place for place, one in enumerate(years) if one == year) for year in years}

    @cached_property
    def valid_places(self) -> dict[int, int | None]:
        """Which of them holds what is budgeted for a year; None where it has several and nothing tells."""
        return {
            year: own[0] if len(own) == 1 else valid_place(self.columns, self.measures, own)
            for year, own in self.places.items()
        }

    @cached_property
    def open_places(self) -> tuple[int, ...]:
        """Which of the columns are those of a "2027 ff."."""
        return tuple(place for place, column in enumerate(self.columns) if column.year.open_ended)


@dataclass(frozen=True)
class MeasureList:
    """Measures and amounts in a table whose columns are no years. Read like a `MeasureTable`: `measure.amounts[i]` and
    `total.amounts[i]` belong to `columns[i]`. `family`:

    - "approvals": a column a stage (beantragt, Verwaltungsvorschlag, beschlossen), or one amount of one year.
    - "long-list": a row a measure and year (`measure.year`).
    - "years-down": a column a measure, a row a year; `measure.at` heads its column, `columns[i].at` is the year's cell.
    - "months": a column a month or quarter of one year. "flows": income, expenses, balance under one year, or several.
    """

    family: str
    sheet: str
    area: Area
    title: str
    unit: Unit | None
    unit_at: Address | None
    columns: tuple[AmountColumn, ...]
    measures: tuple[Measure, ...]
    totals: tuple[Total, ...]
    keys: tuple[ProductKey, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    status: Status = Status.UNSTATED
    header_rows: tuple[int, ...] = ()
    name_column: int = 1
    unit_votes: tuple[tuple[Unit, Address], ...] = ()
    shown_in: Unit | None = None
    currency: str | None = None
    memos: tuple[Measure, ...] = ()
    total_columns: tuple[TotalColumn, ...] = ()
    marks: tuple[tuple[str, Address], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    year_sums: tuple[Total, ...] = ()  # years down: the rows that add up the years (`rows`) of each column

    @property
    def years(self) -> tuple[Year, ...]:
        """The years that its columns or its rows state, in their order."""
        stated = [column.year for column in self.columns] + [measure.year for measure in self.measures]
        return tuple(dict.fromkeys(year for year in stated if year is not None))

    @property
    def names(self) -> tuple[str, ...]:
        """The measures, each once although a long list has a row a year for it."""
        return tuple(dict.fromkeys(measure.name for measure in self.measures))


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a record other than a yearly amount: its address and what it states, already typed; money in EUR."""

    at: Address
    value: Decimal | str | date | None
    formula: str | None = None
    unit: Unit | None = None  # the unit in which the cell itself states an amount of money
    stated: str | None = None  # the cell's text, where `value` is something else
    digits: int | None = None  # decimals as the cell shows them, of the percentage for a share

    @property
    def decimal(self) -> Decimal | None:
        """The value where it is a number."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def text(self) -> str:
        """The value where it is text, else empty."""
        return self.value if isinstance(self.value, str) else ""


@dataclass(frozen=True)
class Assumption:
    """One row of the sheet "Annahmen": how one measure goes on. `fields` are keyed by the schema's field keys
    (traeger, bedarf, regel, von, bis, anteil, hoechstbetrag, stellen, satz, aliase, szenario, …); money in EUR."""

    measure: str
    at: Address
    fields: dict[str, Field]

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names of the measure, parted by semicolons, bars or line breaks; a comma belongs to a name."""
        field = self.fields.get("aliase")
        written = _BETWEEN_NAMES.split(field.text) if field else ()
        return tuple(name.strip() for name in written if name.strip())

    def field(self, key: str) -> Field | None:
        """The cell of that field, None where the table has no such column."""
        return self.fields.get(key)


@dataclass(frozen=True)
class AssumptionTable:
    """The sheet "Annahmen"."""

    sheet: str
    area: Area
    rows: tuple[Assumption, ...]

    family = "assumptions"


@dataclass(frozen=True)
class Rates:
    """Rates of increase by year under one name ("Tarif", "Orientierungsdaten"); `years` are (year, rate as a share)."""

    name: str
    at: Address
    years: tuple[tuple[int, Field], ...]

    family = "rates"


@dataclass(frozen=True)
class FinancingPart:
    """One source of a financing: amount in EUR and the printed share (0.447 for 44,7 %), with its printed decimals."""

    source: str
    at: Address
    amount: Amount
    share: Decimal | None
    share_at: Address | None
    share_digits: int | None  # decimals of the percentage as printed: 1 for "44,7 %"


@dataclass(frozen=True)
class Financing:
    """How one measure's cost is financed."""

    measure: str
    sheet: str
    area: Area
    year: int | None
    parts: tuple[FinancingPart, ...]
    total: Amount | None
    total_share: Decimal | None
    total_share_at: Address | None = None

    family = "financing"


@dataclass(frozen=True)
class Posts:
    """Posts and their rate (Stellen × Satz), or a grant for posts over a period; money in EUR.

    `fields` are keyed by the schema: stellen, satz, ansatz, zuschuss, foerderzeitraum_von, foerderzeitraum_bis,
    nachweisfrist_monate, …
    """

    name: str
    sheet: str
    at: Address
    fields: dict[str, Field]

    family = "posts"

    def field(self, key: str) -> Field | None:
        """The cell of that field, None where it is not stated."""
        return self.fields.get(key)


@dataclass(frozen=True)
class Indicator:
    """A figure of performance (Leistungszahl), by year; `parts` are its "davon" rows, `full_split` whether they are
    declared to make up the whole."""

    name: str
    at: Address
    values: tuple[tuple[int, Field], ...]
    parts: tuple[Indicator, ...] = ()
    full_split: bool = False


@dataclass(frozen=True)
class IndicatorTable:
    """A table of performance figures (Leistungszahlen)."""

    sheet: str
    area: Area
    rows: tuple[Indicator, ...]

    family = "indicators"


@dataclass(frozen=True)
class Budget:
    """All that was recognised in a workbook."""

    measure_tables: tuple[MeasureTable, ...] = ()
    lists: tuple[MeasureList, ...] = ()
    assumptions: tuple[AssumptionTable, ...] = ()
    financings: tuple[Financing, ...] = ()
    posts: tuple[Posts, ...] = ()
    indicators: tuple[IndicatorTable, ...] = ()
    rates: tuple[Rates, ...] = ()

    @property
    def tables(self) -> tuple[MeasureTable | MeasureList, ...]:
        """All tables of measures, whatever their columns are."""
        return (*self.measure_tables, *self.lists)
