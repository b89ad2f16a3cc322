"""Which amounts were typed with a separator that is read the other way round? (NUM02)

"8,500" is 8.5 in German and 8500 in English, "1.151" the other way round. What was meant is decided by the total of the
column, by the other years of the measure, by the other amounts of the table, in this order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from operator import attrgetter, itemgetter

from pik_excel.budget.money import Amount, Statement, Unit, is_multiple, median, same_money
from pik_excel.budget.tables import Measure, MeasureTable, Total
from pik_excel.checks.by_year import tables_of_amounts
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.evidence import decimals
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import once
from pik_excel.checks.slips import slips
from pik_excel.checks.wording import money, plain
from pik_excel.grid.reference import Address
from pik_excel.language import _, number
from pik_excel.layout.formats import formats_of
from pik_excel.layout.numbers import number_in
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_THOUSAND = Decimal(1000)
_GROUP = 3  # digits of a group of thousands
_ENOUGH = 5  # other amounts that make a vote
_ROUND = 100  # amounts in EUR are mostly multiples of it
_FEW = 3
_STATED = attrgetter("stated")
_NEAR = 2  # the factor within which an amount fits among others
_DECIMAL_GROUP = pattern(r"\d,\d{3}(?!\d)")  # no German writes an amount of money so


@dataclass(frozen=True)
class Misread:
    """An amount and its other reading. `by` says what decides for it: "total", "row", "column", or "" where nothing
    does; `evidence` are the amounts that decide."""

    name: str
    amount: Amount
    other: Decimal
    by: str
    evidence: tuple[Decimal, ...] = ()
    total: Address | None = None


@rule("NUM02", "ambiguous-separator", Severity.ERROR)
def ambiguous_separator(subject: Subject) -> Iterator[Found]:
    """Trennzeichen falsch gelesen

    Was: Ein Punkt oder Komma vor drei Ziffern ist als Dezimalzeichen gelesen, gemeint sind Tausender, oder umgekehrt:
    8,500 als 8,5 statt 8.500; 1.151 als 1,151 statt 1151. Was gemeint ist, zeigen Summe, andere Jahre und Spalte.

    Warum: Der Betrag ist um den Faktor 1000 falsch, und die Summe mit ihm.

    Quelle: Entsteht beim Einfügen aus englischen Berichten und beim Import mit falschem Gebietsschema.

    Falsch (C3):

    |   | A         | B        | C        | D        |
    |---|-----------|----------|----------|----------|
    | 1 | Maßnahme  | 2022 EUR | 2023 EUR | 2024 EUR |
    | 2 | Lernräume | 12400    | 12600    | 12800    |
    | 3 | Jobcafé   | 8400     | 8.515    | 8600     |
    | 4 | Spielbus  | 18100    | 18300    | 18500    |

    Falsch (B3):

    |   | A         | B        | C        |
    |---|-----------|----------|----------|
    | 1 | Maßnahme  | 2022 EUR | 2023 EUR |
    | 2 | Lernräume | 12400    | 12600    |
    | 3 | Jobcafé   | '8,500   | 8600     |
    | 4 | Spielbus  | 18100    | 18300    |

    Richtig:

    |   | A         | B              | C              |
    |---|-----------|----------------|----------------|
    | 1 | Maßnahme  | 2022 Mio. EUR  | 2023 Mio. EUR  |
    | 2 | Lernräume | 1.151          | 1.156          |
    | 3 | Jobcafé   | 8.25           | 8.5            |
    | 4 | Spielbus  | 18.125         | 18.3           |

    Beheben: Den Betrag ohne Tausendertrennzeichen neu eintippen und die Anzeige dem Zahlenformat überlassen.

    Schweigt: in Tabellen, deren Beträge Nachkommastellen haben, und wo nichts gegen die gelesene Zahl spricht. Ist der
    Betrag als Text gespeichert und richtig zu lesen, spricht NUM01.
    """
    yield from map(_found, misread(subject))


@once
def misread(subject: Subject) -> tuple[Misread, ...]:
    """All amounts that were typed with a separator that is read the other way round."""
    formats = formats_of(subject.reading.workbook.number_formats)
    known = slips(subject)
    found: list[Misread] = []
    for table in tables_of_amounts(subject):
        votes = _Votes(table)
        for measure in table.measures:
            has_others = not votes.has_texts and sum(map(bool, map(_STATED, measure.amounts))) > 1
            for amount in measure.amounts:
                if amount.text is None and (not amount.stated or amount.stated >= _THOUSAND):
                    continue  # most amounts of a large table
                shown = formats[amount.style].decimals or 0
                if has_others and shown < _GROUP and votes.are_silent_on(amount):
                    continue
                other = _other_reading(amount)
                if other is not None:
                    found += _in_row(measure, amount, other, votes, shown, amount.at in known)
        for total in table.totals:
            for amount in total.amounts:
                other = _other_reading(amount)
                if other is not None and total.rows and same_money(votes.sum_of(amount.at.column, total.rows), other):
                    found.append(Misread(total.label, amount, other, "total"))
    return tuple(found)


def meant_readings(subject: Subject) -> dict[Address, Decimal]:
    """What was meant, by the cell of the amount."""
    return {one.amount.at: one.other for one in misread(subject) if one.by}


class _Votes:
    """What a table's other amounts look like."""

    def __init__(self, table: MeasureTable) -> None:
        self.table = table
        self._known_multiples: dict[int, int] = {}

    @cached_property
    def _sizes(self) -> list[tuple[Address, Decimal]]:
        amounts = ((measure.at, one) for measure in self.table.measures for one in measure.amounts)
        return [(at, abs(one.stated)) for at, one in amounts if one.stated and one.text is None]

    @cached_property
    def open_texts(self) -> int:
        """How many texts may be read both ways: where they are many, that is how the table was written."""
        return sum(_is_open(amount) for measure in self.table.measures for amount in measure.amounts)

    def others(self, measure: Measure) -> list[Decimal]:
        """The sizes of the other measures' amounts."""
        return [size for at, size in self._sizes if at != measure.at]

    def fits(self, value: Decimal, instead_of: Decimal, measure: Measure, sure: bool) -> bool:
        """Whether the other amounts of the table are whole numbers (round ones, where the value alone is not `sure` to
        be thousands), and the value would be one of them."""
        own = self._own[measure.at]
        step = 1 if sure else _ROUND
        count = len(self._sizes) - len(own)
        whole = self._multiples(step) - sum(is_multiple(size, step) for size in own)
        if count < (_ENOUGH if sure else 2 * _ENOUGH) or whole * 10 < count * (9 if sure else 10):
            return False
        low = next(size for at, size in self._ascending if at != measure.at)
        high = next(size for at, size in reversed(self._ascending) if at != measure.at)
        return low <= abs(value) <= high and not low <= abs(instead_of) <= high

    @cached_property
    def _own(self) -> dict[Address, list[Decimal]]:
        found: dict[Address, list[Decimal]] = defaultdict(list)
        for at, size in self._sizes:
            found[at].append(size)
        return found

    @cached_property
    def _ascending(self) -> list[tuple[Address, Decimal]]:
        return sorted(self._sizes, key=itemgetter(1))

    def _multiples(self, step: int) -> int:
        if step not in self._known_multiples:
            self._known_multiples[step] = sum(is_multiple(size, step) for _at, size in self._sizes)
        return self._known_multiples[step]

    @cached_property
    def has_texts(self) -> bool:
        """Whether any amount is a text."""
        return any(amount.text is not None for measure in self.table.measures for amount in measure.amounts)

    def are_silent_on(self, amount: Amount) -> bool:
        """Whether nothing can decide for another reading of one among other amounts of its row: it has two decimals at
        most, and there is no typed total below. So are nearly all amounts of a table in EUR and Cent."""
        if not amount.stated or amount.at.column in self._typed_totals:
            return False
        hundredfold = amount.stated * 100
        return hundredfold == hundredfold.to_integral_value()

    def deciding_total(self, amount: Amount, stated: Decimal, other: Decimal) -> Address | None:
        """A typed total over the amount that is right with the other reading, and wrong with this one."""
        for total, rows, missing in self._typed_totals.get(amount.at.column, ()):
            if amount.at.row in rows:
                rest = missing + stated
                if not same_money(rest, stated) and same_money(rest, other):
                    return total
        return None

    @cached_property
    def _typed_totals(self) -> dict[int, list[tuple[Address, frozenset[int], Decimal]]]:
        """By column the typed totals, the rows they should add, and by how much more they state."""
        found: dict[int, list[tuple[Address, frozenset[int], Decimal]]] = defaultdict(list)
        for total in self.table.totals:
            rows = frozenset(total.rows)
            for one in total.amounts:
                if one.typed and one.stated:
                    found[one.at.column].append((one.at, rows, one.stated - self.sum_of(one.at.column, rows)))
        return found

    def sum_of(self, column: int, rows: Iterable[int]) -> Decimal:
        """What the rows state in this column."""
        return sum((self._stated.get((row, column), Decimal(0)) for row in set(rows)), Decimal(0))

    @cached_property
    def _stated(self) -> dict[tuple[int, int], Decimal]:
        """The figures by row and column, those of totals too."""
        found: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        lines: tuple[Measure | Total, ...] = (*self.table.measures, *self.table.totals)
        for line in lines:
            for one in line.amounts:
                if one.stated:
                    found[line.at.row, one.at.column] += one.stated
        return found


def _other_reading(amount: Amount) -> Decimal | None:
    """What the digits mean with the separator read the other way round; None where they have but one reading."""
    if amount.statement is not Statement.NUMBER or amount.stated is None or amount.formula is not None:
        return None
    if amount.text is not None:
        found = number_in(amount.text)
        if found is None or found.english is None:
            return None
        return found.english if amount.stated == found.value else found.value
    stated = amount.stated
    if not 1 <= abs(stated) < _THOUSAND or stated == stated.to_integral_value():
        return None
    other = stated * _THOUSAND
    return other if other == other.to_integral_value() else None


def _in_row(
    measure: Measure, amount: Amount, other: Decimal, votes: _Votes, shown_decimals: int, is_slip: bool
) -> Iterator[Misread]:
    """What decides for the other reading of a measure's amount, if anything."""
    stated = amount.stated
    assert stated is not None
    total = votes.deciding_total(amount, stated, other)
    if total is not None and not is_slip:
        yield Misread(measure.name, amount, other, "total", (), total)
        return
    sure = amount.text is not None or max(decimals(stated.normalize()), shown_decimals) >= _GROUP
    row = [abs(one.stated) for one in measure.amounts if one.stated and one.at != amount.at and one.text is None]
    if row and not sure:
        return  # 8.5 among 8500s is as well an amount in TEUR: NUM03
    if row and _near(abs(other), row) and not _near(abs(stated), row):
        yield Misread(measure.name, amount, other, "row", tuple(row))
    elif not row and votes.fits(other, stated, measure, sure):
        yield Misread(measure.name, amount, other, "column", tuple(votes.others(measure)))
    elif not (row and _near(abs(stated), row)) and _is_open(amount) and votes.open_texts <= _FEW:
        yield Misread(measure.name, amount, other, "")


def _is_open(amount: Amount) -> bool:
    """Whether a text may be read both ways, and the German one is odd: "8,500"."""
    return amount.text is not None and amount.other_reading is not None and bool(_DECIMAL_GROUP.search(amount.text))


def _near(value: Decimal, others: Iterable[Decimal]) -> bool:
    usual = median(others)
    return usual / _NEAR <= value <= usual * _NEAR


def _found(one: Misread) -> Found:
    at, unit, stated = one.amount.at, one.amount.unit, one.amount.stated
    assert stated is not None
    written = (one.amount.text or "").strip() or number(stated)
    if not one.by:
        message = _("{at}: „{written}“ kann {stated} oder {other} heißen; die Summe hängt davon ab.")
    elif one.by == "total" and one.total is None:
        message = _("{at}: „{written}“ ist als {stated} gelesen; die Zeilen ergeben {other}.")
    else:
        message = _("{at}: „{written}“ ist als {stated} gelesen, gemeint ist {other} ({because}).")
    return Found(
        at=at,
        stated=one.amount.text.strip() if one.amount.text else plain(stated),
        expected=plain(one.other) if one.by else None,
        message=message.format(
            at=at,
            written=written,
            stated=money(stated, unit),
            other=money(one.other, unit),
            because=_because(one, unit),
        ),
        hint=_("Den Betrag ohne Tausendertrennzeichen als Zahl eintippen: {value}.").format(value=plain(one.other))
        if one.by
        else _("Den gemeinten Betrag ohne Tausendertrennzeichen als Zahl eintippen."),
        related=(str(one.total),) if one.total else (),
        identity=(one.name, plain(stated)),
    )


def _because(one: Misread, unit: Unit) -> str:
    if one.total is not None:
        return _("damit stimmt die Summe {cell}").format(cell=one.total.a1)
    if one.by == "row":
        return _("die anderen Jahre: {shown}").format(shown=", ".join(number(size) for size in one.evidence[:5]))
    if one.by == "column":
        return _("die anderen Beträge: {low} bis {high}").format(
            low=number(min(one.evidence)), high=money(max(one.evidence), unit)
        )
    return ""
