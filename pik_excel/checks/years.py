"""Are the years of a table complete, each there once, and is what is needed also funded? (YRS)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from pik_excel.budget.periods import first_day, last_day
from pik_excel.budget.tables import Field, Kind, MeasureTable, YearColumn
from pik_excel.checks.by_year import tables_by_year
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.grid.reference import Address
from pik_excel.language import _, day, plural
from pik_excel.layout.vocabulary import fold, vocabulary
from pik_excel.patterns import pattern

_LETTERS = pattern(r"[^\W\d_]+")
_SMALL_WORDS = frozenset({"in", "im", "für", "jahr", "jahre", "haushaltsjahr", "hj", "hhj"})

_FEWEST = 3  # years that make a run


@rule("YRS01", "year-twice", Severity.ERROR)
def year_twice(subject: Subject) -> Iterator[Found]:
    """Jahr doppelt

    Was: Zwei Spalten einer Tabelle tragen dasselbe Jahr und dieselbe Art (Ist, Ansatz, Plan).

    Warum: Niemand weiß, welche Spalte gilt; jede Auswertung nach Jahren zählt eine doppelt oder gar nicht.

    Quelle: Entsteht, wenn eine Spalte mit ihrem Kopf kopiert wird.

    Falsch (C1):

    |   | A        | B         | C         | D         |
    |---|----------|-----------|-----------|-----------|
    | 1 | Maßnahme | 2024 TEUR | 2024 TEUR | 2026 TEUR |
    | 2 | OMID     | 290       | 290       | 290       |
    | 3 | Refugio  | 40        | 40        | 40        |

    Richtig:

    |   | A        | B        | C           | D           |
    |---|----------|----------|-------------|-------------|
    | 1 | in TEUR  |          |             |             |
    | 2 | Maßnahme | Ist 2024 | Ansatz 2024 | Ansatz 2025 |
    | 3 | OMID     | 290      | 290         | 290         |
    | 4 | Refugio  | 40       | 40          | 40          |

    Beheben: Den Kopf der zweiten Spalte berichtigen.

    Schweigt: bei gleichem Jahr und verschiedener Art, bei „2027“ neben „2027 ff.“, wo andere Worte die Spalten
    unterscheiden („Entwurf 2026“, „neu 2026“) und wo sich die ganze Folge der Jahre wiederholt (etwa Aufwand und Ertrag
    nebeneinander).
    """
    seen: set[Address] = set()
    for table in tables_by_year(subject):
        twins = _twins(table.columns) if not _repeats_as_a_whole(table.columns) else ()
        for first, second in twins:
            at = _stated_at(subject, second)
            if at not in seen and not _are_told_apart(subject, table, first, second):
                yield _twice(table, first, replace(second, at=at), _free_year(table.columns, second))
            seen.add(at)


def _twins(columns: Sequence[YearColumn]) -> Iterator[tuple[YearColumn, YearColumn]]:
    first: dict[object, YearColumn] = {}
    for column in columns:
        if column.year in first:
            yield first[column.year], column
        first.setdefault(column.year, column)


def _stated_at(subject: Subject, column: YearColumn) -> Address:
    """The cell that says the column's year: one further left where it stands above several columns."""
    at = column.at
    sheet = subject.reading.workbook.sheet(at.sheet)
    filled = (one for one in range(at.column, 0, -1) if sheet is not None and sheet.value(at.row, one) is not None)
    return Address(at.sheet, at.row, next(filled, at.column))


def _are_told_apart(subject: Subject, table: MeasureTable, first: YearColumn, second: YearColumn) -> bool:
    """Whether the headers of two columns say in other words what they are: "Entwurf 2026", "neu 2026"."""
    one, other = (_words_over(subject, table, column) for column in (first, second))
    return one != other and bool(one and other)


def _words_over(subject: Subject, table: MeasureTable, column: YearColumn) -> frozenset[str]:
    """The words in the header of a column, but for years and units."""
    words = vocabulary(subject.schema)
    cells = (subject.reading.workbook.cell(Address(table.sheet, row, column.at.column)) for row in table.header_rows)
    text = fold(" ".join(cell.value for cell in cells if cell is not None and isinstance(cell.value, str)))
    return frozenset(_LETTERS.findall(words.without_units(text))) - _SMALL_WORDS


def _repeats_as_a_whole(columns: Sequence[YearColumn]) -> bool:
    """Whether each year is there equally often, as in 2022, 2023, 2022, 2023: then something else tells them apart."""
    counts = set(Counter(column.year for column in columns).values())
    return len(counts) == 1 and counts != {1} and len({column.year for column in columns}) > 1


def _twice(table: MeasureTable, first: YearColumn, second: YearColumn, expected: int | None) -> Found:
    message = _("{at}: {year} steht schon in {first}.").format(at=second.at, year=second.year.shown, first=first.at.a1)
    return Found(
        at=second.at,
        stated=str(second.year),
        expected=None if expected is None else str(expected),
        message=message,
        hint=_("Den Spaltenkopf berichtigen, vermutlich {year}.").format(year=expected)
        if expected is not None
        else _("Den Spaltenkopf berichtigen oder die Art dazuschreiben (Ist, Ansatz, Plan)."),
        related=(str(first.at),),
        identity=(table.title, str(second.year)),
    )


def _free_year(columns: Sequence[YearColumn], column: YearColumn) -> int | None:
    """The year that would follow on the column before, where no other column has it."""
    index = list(columns).index(column)
    before = columns[index - 1].year.value if index else None
    free = before + 1 if before is not None else None
    return free if free is not None and all(one.year.value != free for one in columns) else None


@rule("YRS02", "year-missing", Severity.ERROR, yields_to=("YRS01",))
def year_missing(subject: Subject) -> Iterator[Found]:
    """Jahr fehlt oder steht an falscher Stelle

    Was: In der Folge der Jahresspalten fehlt ein Jahr, oder die Folge springt zurück.

    Warum: Ein Kopf, der nicht stimmt, verschiebt alle Beträge der Spalte in ein anderes Haushaltsjahr.

    Quelle: § 9 GemHVO: Der Finanzplan umfasst fünf aufeinander folgende Jahre.

    Falsch (D1):

    |   | A        | B         | C         | D         | E         |
    |---|----------|-----------|-----------|-----------|-----------|
    | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2025 TEUR | 2026 TEUR |
    | 2 | OMID     | 290       | 290       | 290       | 290       |
    | 3 | Refugio  | 40        | 40        | 40        | 40        |

    Falsch (C1):

    |   | A        | B         | C         | D         | E         |
    |---|----------|-----------|-----------|-----------|-----------|
    | 1 | Maßnahme | 2022 TEUR | 2024 TEUR | 2023 TEUR | 2025 TEUR |
    | 2 | OMID     | 290       | 290       | 290       | 290       |
    | 3 | Refugio  | 40        | 40        | 40        | 40        |

    Richtig:

    |   | A        | B        | C           | D           | E            |
    |---|----------|----------|-------------|-------------|--------------|
    | 1 | in TEUR  |          |             |             |              |
    | 2 | Maßnahme | Ist 2021 | Ansatz 2022 | Ansatz 2023 | Ansatz 2024  |
    | 3 | OMID     | 290      | 290         | 290         | 290          |
    | 4 | Refugio  | 40       | 40          | 40          | 40           |

    Beheben: Den Kopf berichtigen oder die fehlende Spalte einfügen.

    Schweigt: bei absteigenden Jahren, bei gleichmäßigem Abstand (2020, 2022, 2024), wo eine leere Spalte zwei Gruppen
    trennt, und wo nur zwei Jahre verglichen werden. Fehlt ein Jahr zwischen Ist und Ansatz, ist es ein Hinweis: Das
    laufende Jahr wird oft nicht gezeigt.
    """
    for table in tables_by_year(subject):
        if not _repeats_as_a_whole(table.columns):
            found = _first_break(table) or _left_out_between(table)
            if found is not None:
                yield found


def are_sound(table: MeasureTable) -> bool:
    """Whether its years are in order, each there once."""
    return _repeats_as_a_whole(table.columns) or not (_first_break(table) or any(_twins(table.columns)))


def _first_break(table: MeasureTable) -> Found | None:
    """The first column out of order, else the first gap; one finding, for the rest follows from it."""
    columns = _forwards(_own_order(table.columns))
    years = [column.year.value for column in columns]
    if len(years) < _FEWEST or len(set(years)) < len(years):
        return None
    if years != sorted(years):
        return _out_of_order(table, columns)
    steps = {later - earlier for earlier, later in pairwise(years)}
    if len(steps) == 1:
        return None
    for before, after in pairwise(columns):
        if after.year.value - before.year.value > 1 and _belong_together(before, after):
            return _gap(table, before, after)
    return None


def _forwards(columns: list[YearColumn]) -> list[YearColumn]:
    """The columns from the oldest year on, where most years fall from column to column."""
    falls = sum(later.year.value < earlier.year.value for earlier, later in pairwise(columns))
    return columns[::-1] if 2 * falls > len(columns) - 1 else columns


def _left_out_between(table: MeasureTable) -> Found | None:
    """A year left out between the last result and what is planned, where the rest goes on year by year."""
    columns = _forwards(_own_order(table.columns))
    steps = [after.year.value - before.year.value for before, after in pairwise(columns)]
    if len(columns) < _FEWEST or sorted(steps) != [*[1] * (len(steps) - 1), 2]:
        return None
    before, after = columns[steps.index(2) :][:2]
    return replace(_gap(table, before, after), severity=Severity.NOTICE) if _are_neighbours(before, after) else None


def _own_order(columns: Sequence[YearColumn]) -> list[YearColumn]:
    """The columns without a year's second kind: Ist 2021 beside Ansatz 2021 is no step."""
    kept: list[YearColumn] = []
    for column in columns:
        if not kept or column.year.value != kept[-1].year.value:
            kept.append(column)
    return kept


def _belong_together(before: YearColumn, after: YearColumn) -> bool:
    """Whether a gap between the two is one: not between results and plans, not across an empty column."""
    kinds = {before.year.kind, after.year.kind}
    return not (Kind.RESULT in kinds and len(kinds) > 1) and _are_neighbours(before, after)


def _are_neighbours(before: YearColumn, after: YearColumn) -> bool:
    return abs(after.at.column - before.at.column) + abs(after.at.row - before.at.row) == 1


def _gap(table: MeasureTable, before: YearColumn, after: YearColumn) -> Found:
    missing = list(range(before.year.value + 1, after.year.value))
    return Found(
        at=after.at,
        stated=str(after.year.value),
        expected=str(missing[0]),
        message=plural(
            "{at}: Nach {before} folgt {after}; {missing} fehlt.",
            "{at}: Nach {before} folgt {after}; {missing} fehlen.",
            len(missing),
        ).format(at=after.at, before=before.year.shown, after=after.year.shown, missing=_years(missing)),
        hint=_("Den Kopf berichtigen oder eine Spalte für {missing} einfügen.").format(missing=_years(missing)),
        related=(str(before.at),),
        identity=(table.title, str(after.year)),
    )


def _out_of_order(table: MeasureTable, columns: list[YearColumn]) -> Found | None:
    """One header out of place; where more than one is, the table has an order of its own."""
    ascending = sorted(column.year.value for column in columns)
    for index, column in enumerate(columns):
        rest = [one.year.value for one in columns if one is not column]
        if rest == sorted(rest):
            right = _free_year(columns, column) or ascending[index]
            return Found(
                at=column.at,
                stated=str(column.year.value),
                expected=str(right),
                message=_("{at}: {year} steht nicht in der Folge der Jahre ({years}).").format(
                    at=column.at, year=column.year.shown, years=_years([one.year.value for one in columns])
                ),
                hint=_("Die Spaltenköpfe berichtigen oder die Spalten ordnen."),
                related=tuple(str(one.at) for one in columns if one is not column),
                identity=(table.title, str(column.year)),
            )
    return None


def _years(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))


@rule("YRS05", "funding-gap", Severity.WARNING)
def funding_gap(subject: Subject) -> Iterator[Found]:
    """Bedarf länger als die Finanzierung

    Was: Etwas wird länger oder früher gebraucht, als es finanziert ist.

    Warum: Für die Zwischenzeit fehlen Mittel, obwohl die Pflicht besteht, etwa Kennzahlenberichte bis zum Ende des
    Bewilligungszeitraums.

    Quelle: Mitteilungsvorlage GRDrs 198/2021: Die Lizenz war bis 31.12.2021 finanziert, der Zuschuss lief bis
    31.12.2022.

    Falsch (E2):

    Blatt "Annahmen":

    |   | A            | B          | C      | D            | E              | F             |
    |---|--------------|------------|--------|--------------|----------------|---------------|
    | 1 | Maßnahme     | Bedarf EUR | Regel  | Träger       | finanziert bis | benötigt bis  |
    | 2 | Jobkraftwerk | 65500      | halten | Stadt        | 2021-12-31     | 2022-12-31    |
    | 3 | OMID         | 290000     | halten | Caritas      | 2023-12-31     | 2023-12-31    |

    Richtig:

    Blatt "Annahmen":

    |   | A            | B          | C      | D            | E              | F             |
    |---|--------------|------------|--------|--------------|----------------|---------------|
    | 1 | Maßnahme     | Bedarf EUR | Regel  | Träger       | finanziert bis | benötigt bis  |
    | 2 | Jobkraftwerk | 65500      | halten | Stadt        | 2022-12-31     | 2022-12-31    |
    | 3 | OMID         | 290000     | halten | Caritas      | 2023-12-31     |               |

    Beheben: Mittel für die fehlende Zeit anmelden oder den Bedarf begrenzen.

    Schweigt: wo eines der beiden Daten fehlt.
    """
    for name, fields in _periods(subject):
        funded, needed = last_day(fields.get("foerderzeitraum_bis")), last_day(fields.get("bedarfszeitraum_bis"))
        if funded and needed and needed > funded:
            yield _too_short(name, fields["foerderzeitraum_bis"], fields["bedarfszeitraum_bis"], funded, needed)
        funded, needed = first_day(fields.get("foerderzeitraum_von")), first_day(fields.get("bedarfszeitraum_von"))
        if funded and needed and needed < funded:
            yield _too_late(name, fields["foerderzeitraum_von"], fields["bedarfszeitraum_von"], funded, needed)


def _periods(subject: Subject) -> Iterator[tuple[str, dict[str, Field]]]:
    budget = subject.reading.budget
    for table in budget.assumptions:
        yield from ((row.measure, row.fields) for row in table.rows)
    for posts in budget.posts:
        yield posts.name, posts.fields


def _too_short(name: str, funding: Field, need: Field, funded: date, needed: date) -> Found:
    return _gap_found(
        name,
        funding,
        need,
        (funded, needed),
        _("{at}: „{name}“ ist bis {funded} finanziert, wird aber bis {needed} benötigt; {missing} ungedeckt.").format(
            at=funding.at, name=name, funded=day(funded), needed=day(needed), missing=_months(funded, needed)
        ),
    )


def _too_late(name: str, funding: Field, need: Field, funded: date, needed: date) -> Found:
    missing = _months(needed - timedelta(days=1), funded - timedelta(days=1))
    return _gap_found(
        name,
        funding,
        need,
        (funded, needed),
        _(
            "{at}: „{name}“ ist ab {funded} finanziert, wird aber schon ab {needed} benötigt; {missing} ungedeckt."
        ).format(at=funding.at, name=name, funded=day(funded), needed=day(needed), missing=missing),
    )


def _gap_found(name: str, funding: Field, need: Field, days: tuple[date, date], message: str) -> Found:
    return Found(
        at=funding.at,
        stated=days[0].isoformat(),
        expected=days[1].isoformat(),
        message=message,
        hint=_("Mittel für die fehlende Zeit anmelden oder den Bedarf begrenzen."),
        related=(str(need.at),),
        identity=(name, "funding"),
    )


def _months(start: date, end: date) -> str:
    """The time after `start` up to `end`: in months, below one in days."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months < 1:
        days = (end - start).days
        return plural("{n} Tag", "{n} Tage", days).format(n=days)
    return plural("{n} Monat", "{n} Monate", months).format(n=months)
