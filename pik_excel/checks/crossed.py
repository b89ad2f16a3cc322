"""Do the totals of the rows go together with those of the columns, and is there a total at all? (SUM08, SUM09)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, Unit, same_money
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable, Total, TotalColumn
from pik_excel.checks.added import totals
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.memo_rows import added_memos
from pik_excel.checks.project_costs import ProjectCost, project_costs
from pik_excel.checks.runs import dependents, formulas, named
from pik_excel.checks.slips import slips, unexpected_signs
from pik_excel.checks.wording import arithmetic, money, plain
from pik_excel.grid.reference import Address, Area
from pik_excel.language import _
from pik_excel.records import dataclass

_KNOWN = (Statement.NUMBER, Statement.BLANK, Statement.DASH)
_ENOUGH = 3  # measures; two amounts are added at sight
_DATA = 1_000  # measures; a longer list is data, and no table for people


@dataclass(frozen=True)
class RowTotal:
    """The total of one row in a total column.

    `down` is what the row totals above it make, for the cell where both kinds of totals cross.
    """

    table: MeasureTable | MeasureList
    column: TotalColumn
    row: Measure | Total
    at: Address
    stated: Decimal
    down: Decimal | None = None

    @property
    def unit(self) -> Unit:
        """The unit of the table's amounts."""
        return self.table.columns[0].unit

    @property
    def parts(self) -> dict[int, Decimal]:
        """The amounts that it may add, by their columns."""
        mine = self.column.columns
        return {one.at.column: one.stated or Decimal(0) for one in self.row.amounts if one.at.column in mine}

    def added(self, columns: tuple[int, ...]) -> Decimal:
        """What its years make, those in these columns."""
        return sum((one.stated for one in self.row.amounts if one.stated and one.at.column in columns), Decimal(0))


@rule(
    "SUM08", "cross-total-disagrees", Severity.ERROR, yields_to=("SUM03", "SUM06", "FRM03", "FRM04", "FRM06", "NUM01")
)
def cross_total_disagrees(subject: Subject) -> Iterator[Found]:
    """Quersumme geht nicht auf

    Was: In der Summenspalte einer Tabelle ist ein Betrag nicht die Summe der Jahre seiner Zeile; oder die Gesamtsumme
    unten rechts ist nach den Zeilen eine andere als nach den Spalten.

    Warum: Beide Wege müssen zur selben Gesamtsumme führen. Tun sie es nicht, ist eine der Zahlen falsch, und welche
    beschlossen wird, hängt davon ab, wo man hinsieht.

    Quelle: Prüfpraxis (Querprobe).

    Falsch (D3):

    |   | A                 | B                 | C                 | D                 |
    |---|-------------------|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         | Summe TEUR        |
    | 2 | OMID              | 290               | 290               | =B2+C2 → 580      |
    | 3 | Dolmetscherkosten | 80                | 60                | 150               |
    | 4 | Refugio           | 40                | 40                | =B4+C4 → 80       |
    | 5 | Summe             | =SUM(B2:B4) → 410 | =SUM(C2:C4) → 390 | =B5+C5 → 800      |

    Falsch (D5):

    |   | A                 | B                 | C                 | D                 |
    |---|-------------------|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         | Summe TEUR        |
    | 2 | OMID              | 290               | 290               | =B2+C2 → 580      |
    | 3 | Dolmetscherkosten | 80                | 60                | =B3+C3 → 140      |
    | 4 | Refugio           | 40                | 40                | =B4+C4 → 80       |
    | 5 | Summe             | =SUM(B2:B4) → 410 | =SUM(C2:C4) → 390 | 810               |

    Richtig:

    |   | A                 | B                 | C                 | D                 |
    |---|-------------------|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         | Summe TEUR        |
    | 2 | OMID              | 290               | 290               | =B2+C2 → 580      |
    | 3 | Dolmetscherkosten | 80                | 60                | =B3+C3 → 140      |
    | 4 | Refugio           | 40                | 40                | =B4+C4 → 80       |
    | 5 | Summe             | =SUM(B2:B4) → 410 | =SUM(C2:C4) → 390 | =SUM(D2:D4) → 800 |

    Beheben: Die Quersumme als Formel über die Jahre ihrer Zeile schreiben; danach muss die Gesamtsumme von oben und von
    links dieselbe sein.

    Schweigt: bei Spalten, die etwas anderes sind als die Summe der Jahre: Es muss die große Mehrheit der Zeilen
    aufgehen, bei Gesamtkosten zusammen mit den Jahren davor („bis 2024“) und danach. Auch wo eine Spaltensumme falsch
    ist (SUM01) oder ein Betrag unbekannt (k. A.).
    """
    wrong_cells = {cell.at for cell in totals(subject) if cell.stated is not None and not cell.is_right}
    memos = added_memos(subject)
    tables: list[MeasureTable | MeasureList] = [*subject.reading.budget.measure_tables]
    tables += (table for table in subject.reading.budget.lists if table.family == "months")
    for table in tables:
        for column in table.total_columns:
            if _all_add_up(subject, table, column):
                continue
            ones = list(_row_totals(subject, table, column))
            columns = _added_columns(ones, column)
            differing = [one for one in ones if columns and not same_money(one.stated, one.added(columns))]
            for one in differing:
                if one.at not in memos and not _follows(one, differing, wrong_cells):
                    yield _disagrees(one, columns)
    known = slips(subject).keys() | unexpected_signs(subject).keys()
    for cost in project_costs(subject):
        if cost.by_year and not any(amount.at in known for amount in cost.amounts):
            yield _comes_to_more_or_less(cost)


def _all_add_up(subject: Subject, table: MeasureTable | MeasureList, column: TotalColumn) -> bool:
    """Whether every total in the column is the sum of all its years: in a large table a short answer to all."""
    rows: list[Measure | Total] = [*table.measures, *table.totals]
    sheet = subject.reading.workbook.sheet(table.sheet)
    if sheet is None:
        return True
    inside, zero = column.columns, Decimal(0)
    for row, stated in zip(rows, sheet.cells.column(column.at.column, [row.at.row for row in rows]), strict=True):
        years = [amount.stated for amount in row.amounts if amount.stated and amount.at.column in inside]
        if type(stated) is not Decimal or stated == sum(years, zero):
            continue
        if all(_is_known(amount) for amount in row.amounts if amount.at.column in inside):
            return False
    return True


def _row_totals(subject: Subject, table: MeasureTable | MeasureList, column: TotalColumn) -> Iterator[RowTotal]:
    """Those that are numbers, in rows whose amounts are all known."""
    values: dict[int, Decimal] = {}
    rows: list[Measure | Total] = [*table.measures, *table.totals]
    sheet = subject.reading.workbook.sheet(table.sheet)
    if sheet is None:
        return
    for row in rows:
        stated = sheet.value(row.at.row, column.at.column)
        if not isinstance(stated, Decimal):
            continue
        at = Address(table.sheet, row.at.row, column.at.column)
        values[at.row] = stated
        amounts = [amount for amount in row.amounts if amount.at.column in column.columns]
        if len(amounts) > 1 and all(map(_is_known, amounts)) and any(amount.stated for amount in amounts):
            down = _down(row, values) if isinstance(row, Total) else None
            yield RowTotal(table, column, row, at, stated, down)


def _is_known(amount: Amount) -> bool:
    return amount.statement in _KNOWN and amount.text is None


def _down(total: Total, values: dict[int, Decimal]) -> Decimal | None:
    if not total.rows or not any(row in values for row in total.rows):
        return None
    return sum((values.get(row, Decimal(0)) for row in total.rows), Decimal(0))


def _added_columns(ones: list[RowTotal], column: TotalColumn) -> tuple[int, ...]:
    """The neighbouring columns that nearly all of the row totals add; () where there are none."""
    whole = column.columns
    if all(same_money(one.stated, one.added(whole)) for one in ones if len(one.parts) == len(whole)):
        return whole if len(whole) > 1 else ()
    spans = {whole[first:last] for last in range(2, len(whole) + 1) for first in range(last - 1)}
    if not spans:
        return ()
    known = [one for one in ones if one.parts.keys() >= set(whole) and not _adds_row_totals(one)]
    if len(known) > 1 and all(same_money(one.stated, one.added(whole)) for one in known):
        return whole
    right = {span: sum(same_money(one.stated, one.added(span)) for one in known) for span in spans}
    best = max(spans, key=lambda span: (right[span], len(span)))
    differing = len(known) - right[best]
    enough = 2 if best == whole else _ENOUGH
    return best if right[best] >= enough and differing <= max(1, right[best] // 4) else ()


def _adds_row_totals(one: RowTotal) -> bool:
    return one.down is not None and same_money(one.stated, one.down)


def _follows(one: RowTotal, differing: list[RowTotal], wrong_cells: set[Address]) -> bool:
    """Whether a grand total only adds up what is wrong elsewhere: another row's total, or one of its own years."""
    if not isinstance(one.row, Total) or not _adds_row_totals(one):
        return False
    others = {other.at.row for other in differing if other is not one}
    return bool(others.intersection(one.row.rows)) or any(amount.at in wrong_cells for amount in one.row.amounts)


def _disagrees(one: RowTotal, columns: tuple[int, ...]) -> Found:
    expected = one.added(columns)
    first, last = (Address(one.at.sheet, one.at.row, column) for column in (columns[0], columns[-1]))
    by_year = isinstance(one.table, MeasureTable)
    message = (
        _("{at}: {stated} statt {expected}; die Jahre {first} bis {last} ergeben {sum}.")
        if by_year
        else _("{at}: {stated} statt {expected}; die Spalten {first} bis {last} ergeben {sum}.")
    ).format(
        at=one.at,
        stated=money(one.stated, one.unit),
        expected=money(expected, one.unit),
        first=first.a1,
        last=last.a1,
        sum=arithmetic(tuple(one.parts[column] for column in columns if one.parts[column]), expected),
    )
    if one.down is not None:
        message += " " + _("Die Zeilensummen ergeben {down}.").format(down=money(one.down, one.unit))
    return Found(
        at=one.at,
        stated=plain(one.stated),
        expected=plain(expected),
        message=message,
        hint=_("Als Formel schreiben: =SUMME({first}:{last}); danach die Gesamtsumme prüfen.").format(
            first=first.a1, last=last.a1
        ),
        related=(named(one.at.sheet, Area(first.row, first.column, last.row, last.column)),),
        identity=(one.row.label, one.column.label),
    )


def _comes_to_more_or_less(one: ProjectCost) -> Found:
    stated, unit = one.cost.stated or Decimal(0), one.cost.unit
    first, last = one.parts[0].at, one.parts[-1].at
    return Found(
        at=one.cost.at,
        stated=plain(stated),
        expected=plain(one.added),
        message=_(
            "{at}: „{header}“ ist {stated}, die Beträge von {first} bis {last} ergeben {sum}; in {even} anderen Zeilen "
            "gehen sie auf."
        ).format(
            at=one.cost.at,
            header=one.header,
            stated=money(stated, unit),
            first=first.a1,
            last=last.a1,
            sum=arithmetic(tuple(part.stated or Decimal(0) for part in one.parts), one.added),
            even=one.even,
        ),
        hint=_("Die Gesamtkosten oder einen der Jahresbeträge berichtigen; die Differenz ist {difference}.").format(
            difference=money(abs(one.missing), unit)
        ),
        related=tuple(str(part.at) for part in one.parts),
        identity=(one.measure.label, one.header),
    )


@rule("SUM09", "total-missing", Severity.NOTICE)
def total_missing(subject: Subject) -> Iterator[Found]:
    """Summenzeile fehlt

    Was: Eine Tabelle hat Beträge nach Jahren und keine Summe.

    Warum: Beschlossen wird die Summe. Fehlt sie, rechnet sie jeder selbst, und niemand kann prüfen, ob die Tabelle
    vollständig ist.

    Quelle: Prüfpraxis.

    Falsch (A1):

    |   | A                 | B         | C         |
    |---|-------------------|-----------|-----------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR |
    | 2 | OMID              | 290       | 290       |
    | 3 | Dolmetscherkosten | 80        | 60        |
    | 4 | Refugio           | 40        | 40        |

    Richtig:

    |   | A                 | B                 | C                 |
    |---|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID              | 290               | 290               |
    | 3 | Dolmetscherkosten | 80                | 60                |
    | 4 | Refugio           | 40                | 40                |
    | 5 | Summe             | =SUM(B2:B4) → 410 | =SUM(C2:C4) → 390 |

    Beheben: Unter der letzten Maßnahme eine Zeile „Summe“ mit SUMME-Formeln einfügen.

    Schweigt: bei weniger als drei und mehr als tausend Maßnahmen (eine Datenliste), und wo die Beträge an anderer
    Stelle der Mappe addiert werden.
    """
    for table in subject.reading.budget.measure_tables:
        given = [row for row in table.measures if any(amount.stated for amount in row.amounts)]
        if not _ENOUGH <= len(given) <= _DATA or table.totals or _is_added_elsewhere(subject, given):
            continue
        at = _head_of_names(subject, table)
        yield Found(
            at=at,
            stated=None,
            expected=None,
            message=_("{at}: Die Tabelle ({area}) hat {count} Maßnahmen und keine Summe.").format(
                at=at, area=table.area.a1, count=len(given)
            ),
            hint=_("Unter der letzten Maßnahme eine Zeile „Summe“ mit SUMME-Formeln einfügen."),
            identity=(table.title, *(str(column.year) for column in table.columns)),
        )


def _head_of_names(subject: Subject, table: MeasureTable) -> Address:
    """The cell that heads the names; a line above it may state the unit alone."""
    sheet = subject.reading.workbook.sheet(table.sheet)
    rows = [row for row in table.header_rows if sheet is not None and sheet.value(row, table.name_column)]
    top = rows[-1] if rows else table.header_rows[0] if table.header_rows else table.area.top
    return Address(table.sheet, top, table.name_column)


def _is_added_elsewhere(subject: Subject, rows: list[Measure]) -> bool:
    """Whether a sum or another function over ranges takes in amounts of two of the rows as they are: what was provided,
    added to what is needed besides and then summed up, is the sum of something else."""
    graph = dependents(subject)
    for amounts in zip(*(row.amounts for row in rows), strict=False):
        first, second = (graph.downstream([amount.at]).keys() for amount in amounts[:2])
        shared = first & second
        mixed = [at for at in first - shared if _mixes(subject, at)]
        if any(_adds(subject, at) for at in shared - graph.downstream(mixed).keys()):
            return True
    return False


def _mixes(subject: Subject, at: Address) -> bool:
    """Whether the formula joins the amount with another cell."""
    shape = formulas(subject).shape(at)
    return shape is not None and len(shape.references) > 1


def _adds(subject: Subject, at: Address) -> bool:
    shape = formulas(subject).shape(at)
    return shape is not None and (len(shape.references) > 1 or not all(one.single for one in shape.references))
