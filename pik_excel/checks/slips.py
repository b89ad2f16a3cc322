"""Which amounts are about a thousand times too large or too small, or have the wrong sign? And what was meant?

Large single items and rightly negative ones are the rule in budgets, not the exception; so the evidence is the row
itself (the other years of the same measure), the assumption behind it, or a column in which nothing comes near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from heapq import nlargest, nsmallest
from operator import itemgetter

from pik_excel.budget.money import Amount, Statement, Unit, is_multiple, median, same_money
from pik_excel.budget.tables import Measure, MeasureTable
from pik_excel.checks.by_year import tables_of_amounts
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.financed_rows import FinancedRow, financed_rows
from pik_excel.checks.need_slips import need_slips
from pik_excel.checks.project_costs import ProjectCost, project_costs
from pik_excel.checks.runs import once
from pik_excel.grid.reference import Address
from pik_excel.layout.vocabulary import fold, vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_THOUSAND = Decimal(1000)
_NEAR = (Decimal(500), Decimal(2000))  # the factors that count as "about a thousand"
_YEARS = 200  # no plan has more; each is held against all others
_STEADY = 2  # the factor within which the other years of a measure must lie
_USUAL = Decimal("1.5")  # and the one within which what was meant must fit among them
_USUAL_ALONE = Decimal("1.2")  # where there is but one other year
_ALIKE = Decimal("1.1")  # … and among two that hardly differ
_TOKEN = 2  # a token amount (Merkposten) of 1 EUR keeps a line open
_ALONE = 100  # a measure without other years must exceed all others by this factor
_ALONE_IN_MILLIONS = 20  # or this one, among decimals
_PEERS = 5
_POSITIVE = 8
_NEARLY = Decimal("1.25")  # the factor by which an amount of the wrong sign may lie outside its other years
_WIDEST = 4  # and the one by which these may differ
_ABOVE = 4  # lines above a table's head that speak of it
_MEANING_OF_SIGNS = pattern(
    r"=\s*[+–−-](?![\w=])|(?<![\w=])\+\s*=|\(\s*[+–−]\s*\)|\+\s*/\s*[-–−]|\bvorzeichen\b|\bnegativ|\bminus"
    r"|\bklammern\b|\bbrackets\b",
    re.IGNORECASE,
)
_EITHER_SIGN = pattern(
    r"saldo|ergebnis|überschuss|überschüsse|fehlbetrag|defizit|gewinn|verlust|differenz|veränderung|änderung|abweichung|wirkung"
    r"|zuführung|entnahme|rücklage|bestand|liquidität|cashflow|finanzmittel|deckung|ausgleich|korrektur|umbuchung|abgrenzung"
    r"|verbesserung|verschlechterung|über-/unter|balance|result|surplus|deficit|change|net\b",
    re.IGNORECASE,
)
_RIGHTLY_NEGATIVE = pattern(
    r"minder|kürzung|einspar|global|abzug|abzüg|korrektur|saldo|ertrag|erträge|erlös|einnahm|einzahl|erstattung|entnahme"
    r"|auflösung|konsolidier|sperre|\bdeckung|eigenanteil|kompensation|umschicht|\brück|\breste?\b|gutschrift|storno|entlast"
    r"|überschuss|differenz|abweichung|veränderung|refund|revenue|income|credit|saving|offset|reduction",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Slip:
    """An amount in the wrong unit: what was meant (in the column's unit), and the amounts that say so."""

    measure: Measure
    amount: Amount
    meant: Decimal
    evidence: tuple[Decimal, ...]
    by: str  # "row", "assumption", "column", "financing", "need"


@dataclass(frozen=True)
class WrongSign:
    """An amount among others of the other sign: a negative one among positive ones, how many of these there are in its
    table; or, with `in_row`, one whose other years have the other sign and are about as large."""

    measure: Measure
    amount: Amount
    positive: int
    alone: bool = True  # no other amount of the table is negative
    in_row: bool = False


@once
def unit_slips(subject: Subject) -> tuple[Slip, ...]:
    """All amounts in the wrong unit."""
    needs = _needs(subject)
    found = [slip for table in tables_of_amounts(subject) for slip in _slips_of(table, needs)]
    known = {slip.amount.at for slip in found}
    added = (*_by_financing(subject), *_by_need(subject))
    return (*found, *{slip.amount.at: slip for slip in added if slip.amount.at not in known}.values())


@once
def wrong_signs(subject: Subject) -> tuple[WrongSign, ...]:
    """All amounts with an unexpected sign."""
    words = vocabulary(subject.schema)
    found: list[WrongSign] = []
    for table in tables_of_amounts(subject):
        if not any(amount.stated and amount.stated < 0 for measure in table.measures for amount in measure.amounts):
            continue
        own = [one for one in table.measures if not _may_be_negative(one, table, words.revenue, words.difference)]
        explained = _explains_its_signs(subject, table)
        one = None if explained else _wrong_sign(table, own)
        if one is not None:
            found.append(one)
        widest = _USUAL if explained else Decimal(_WIDEST)
        turned = (_turned_in_its_row(table, measure, widest) for measure in table.measures)
        found += [each for each in turned if each is not None and (one is None or each.amount.at != one.amount.at)]
    return tuple(found)


@once
def slips(subject: Subject) -> dict[Address, Decimal]:
    """What was meant, by the cell of the slip."""
    return {slip.amount.at: slip.meant for slip in unit_slips(subject)}


@once
def unexpected_signs(subject: Subject) -> dict[Address, Decimal]:
    """The amount with its sign turned, by the cell."""
    return {one.amount.at: -_stated(one.amount) for one in wrong_signs(subject)}


def _by_financing(subject: Subject) -> Iterator[Slip]:
    """The one amount of a list of financings, or of a project's cost and its years, with which its row comes out even
    once it is a thousandth, or a thousand times, of what it says."""
    rows: tuple[FinancedRow | ProjectCost, ...] = (*financed_rows(subject), *project_costs(subject))
    for row in rows:
        fitting = []
        for index, amount in enumerate(row.amounts if not row.is_even else ()):
            value = _stated(amount)
            right = value - row.missing if index == 0 else value + row.missing
            meant = _a_thousand_off(value, right) if value > 0 and right > 0 and amount.typed else None
            if meant is not None and abs(meant - right) <= right / 10:
                others = tuple(_stated(one) for one in row.amounts if one is not amount)
                fitting.append(Slip(row.measure, amount, right, others, "financing"))
        if len(fitting) == 1:
            yield fitting[0]


def _by_need(subject: Subject) -> Iterator[Slip]:
    """What provided, additional and total need say of each other; a formula is right in whatever unit it adds."""
    for one in need_slips(subject):
        at = one.part.at
        cell = subject.reading.workbook.cell(at)
        if cell is not None and not cell.has_formula:
            amount = Amount(at, Statement.NUMBER, one.part.stated, one.part.unit)
            first = Address(at.sheet, at.row, 1)
            yield Slip(Measure(one.name, one.name, first, (amount,)), amount, one.meant, one.evidence, one.by)


def _needs(subject: Subject) -> dict[str, Decimal]:
    """The yearly need in EUR that the assumptions state, by folded name; those stated twice differently left out."""
    found: dict[str, set[Decimal]] = {}
    for table in subject.reading.budget.assumptions:
        for row in table.rows:
            need = row.field("bedarf")
            if need is not None and need.decimal:
                found.setdefault(fold(row.measure), set()).add(need.decimal)
    return {name: needs.pop() for name, needs in found.items() if len(needs) == 1}


class _Others:
    """The amounts of a table, for looking at those of all measures but one."""

    def __init__(self, table: MeasureTable) -> None:
        self._table = table

    @cached_property
    def _ranges(self) -> dict[Address, tuple[Decimal, Decimal, int]]:
        """The smallest and the largest amount of each measure, and how many it states."""
        stated: dict[Address, list[Decimal]] = defaultdict(list)
        for measure in self._table.measures:
            stated[measure.at] += [abs(amount.stated) for amount in measure.amounts if amount.stated]
        return {at: (min(sizes), max(sizes), len(sizes)) for at, sizes in stated.items() if sizes}

    @cached_property
    def _count(self) -> int:
        return sum(count for _low, _high, count in self._ranges.values())

    @cached_property
    def _lowest(self) -> list[tuple[Decimal, Address]]:
        """The two measures with the smallest amounts."""
        return nsmallest(2, ((low, at) for at, (low, _high, _count) in self._ranges.items()), key=itemgetter(0))

    @cached_property
    def _highest(self) -> list[tuple[Decimal, Address]]:
        return nlargest(2, ((high, at) for at, (_low, high, _count) in self._ranges.items()), key=itemgetter(0))

    def count(self, measure: Measure) -> int:
        return self._count - self._ranges.get(measure.at, (0, 0, 0))[2]

    def have_decimals(self, measure: Measure) -> bool:
        """Whether most of them have decimals, as amounts in Mio. EUR do."""
        others = (one for one in self._table.measures if one.at != measure.at)
        sizes = [amount.stated for one in others for amount in one.amounts if amount.stated]
        return 5 * sum(value != value.to_integral_value() for value in sizes) > 4 * len(sizes)

    def smallest(self, measure: Measure) -> Decimal:
        return next(value for value, at in self._lowest if at != measure.at)

    def largest(self, measure: Measure) -> Decimal:
        return next(value for value, at in self._highest if at != measure.at)


def _slips_of(table: MeasureTable, needs: dict[str, Decimal]) -> Iterator[Slip]:
    others = _Others(table)
    sizes = list(map(_sizes, table.measures))
    largest = [max(own, default=Decimal(0)) for own in sizes]
    top = table.measures[largest.index(max(largest))].at if largest else None
    for measure, own, high in zip(table.measures, sizes, largest, strict=True):
        if not own or len(own) > _YEARS:
            continue
        need = needs.get(fold(measure.name)) if needs else None
        may_differ = high >= _NEAR[0] * min(own) or measure.at == top  # by its own years, or by the others
        if not may_differ and need is None:
            continue
        stated = [amount for amount in measure.amounts if amount.stated]
        by_row = [_by_row(measure, amount, stated, others) for amount in stated] if may_differ else []
        found = [slip for slip in by_row if slip is not None]
        if found:
            yield from _by_majority_of_table(measure, found, stated, others)
            continue
        for amount in stated:
            slip = _by_assumption(measure, amount, need)
            if slip is None and may_differ:
                slip = _by_column(measure, amount, stated, others) or _far_above_all(measure, amount, stated, others)
            if slip is not None:
                yield slip


def _sizes(measure: Measure) -> list[Decimal]:
    """The amounts without their signs, which hardly any has: those of a large table are many to write anew."""
    stated = [one.stated for one in measure.amounts if one.stated]
    return list(map(abs, stated)) if stated and min(stated) < 0 else stated


def _by_row(measure: Measure, amount: Amount, stated: list[Amount], others: _Others) -> Slip | None:
    """Most years of the measure lie close together, and this one a thousand times above or below them."""
    value = abs(_stated(amount))
    usual = _usual_years(amount, stated)
    meant = _a_thousand_off(value, median(usual)) if usual else None
    near = _USUAL if len(usual) > 1 else _USUAL_ALONE
    if meant is None or not min(usual) / near <= meant <= max(usual) * near:
        return None
    if amount.unit.factor == 1 and min(value, *usual) < _TOKEN:
        return None
    if len(usual) < 3 and not _is_just_like(usual, meant) and not _stands_alone(value, measure, others):
        return None
    return Slip(measure, amount, meant.copy_sign(_stated(amount)), tuple(usual), "row")


def _by_majority_of_table(measure: Measure, found: list[Slip], stated: list[Amount], others: _Others) -> Iterator[Slip]:
    """The slips, or the other years where these are the slips: far above all else in the table, where the few fit."""
    few = {slip.amount.at for slip in found}
    many = [amount for amount in stated if amount.at not in few]
    sizes = [abs(_stated(amount)) for amount in many]
    small = [abs(_stated(slip.amount)) for slip in found]
    if sizes and others.count(measure) >= _PEERS and min(sizes) > 20 * others.largest(measure):
        low, high = others.smallest(measure) / _STEADY, others.largest(measure) * _STEADY
        if all(low <= size <= high for size in small):
            for amount in many:
                yield Slip(measure, amount, _stated(amount) / _THOUSAND, tuple(small), "row")
            return
    yield from found


def _usual_years(amount: Amount, stated: list[Amount]) -> list[Decimal]:
    """The other years' amounts that agree with each other; none where they are no majority or the rest varies too."""
    values = [abs(_stated(one)) for one in stated if one is not amount]
    if not values:
        return []
    middle = median(values) if len(values) < 3 else sorted(values)[len(values) // 2]
    low, high = middle / _STEADY, middle * _STEADY
    usual = [value for value in values if low <= value <= high]
    rest = [value for value in values if not low <= value <= high]
    if (2 * len(usual) <= len(stated) and len(stated) > 2) or not usual or max(usual) > _STEADY * min(usual):
        return []
    return usual if all(_a_thousand_off(value, middle) is not None for value in rest) else []


def _by_assumption(measure: Measure, amount: Amount, need: Decimal | None) -> Slip | None:
    if need is None or amount.eur is None:
        return None
    for factor in (_THOUSAND, 1 / _THOUSAND):
        if abs(amount.eur - need * factor) <= abs(need * factor) / 100:
            return Slip(measure, amount, _stated(amount) / factor, (need,), "assumption")
    return None


def _by_column(measure: Measure, amount: Amount, stated: list[Amount], others: _Others) -> Slip | None:
    """All years of the measure are far above everything else in the table, and would be usual a thousandth as large.

    Only where the table is not in EUR: in EUR a million is an amount like any other.
    """
    if amount.unit.factor == 1:
        return None
    values = [abs(_stated(one)) for one in stated]
    if others.count(measure) < _PEERS or max(values) > _STEADY * min(values) or not amount.typed:
        return None
    smallest, largest = others.smallest(measure), others.largest(measure)
    value = abs(_stated(amount))
    meant = value / _THOUSAND
    if value < _ALONE_IN_MILLIONS * largest:
        return None
    in_millions = amount.unit.factor == Unit.MIO.factor and others.have_decimals(measure)
    is_round = is_multiple(value, 1 if in_millions else _THOUSAND)
    alone = value >= (_ALONE_IN_MILLIONS if in_millions else _ALONE) * largest
    if not is_round or not alone or not smallest / 2 <= meant <= largest * 2:
        return None
    return Slip(measure, amount, meant.copy_sign(_stated(amount)), (largest,), "column")


def _far_above_all(measure: Measure, amount: Amount, stated: list[Amount], others: _Others) -> Slip | None:
    """One amount far above everything else in the table, the other years of its measure too, among which a thousandth
    of it would fit, however much these differ: 150, 800000, 900, 400."""
    value, own = abs(_stated(amount)), [abs(_stated(one)) for one in stated if one is not amount]
    least = 2 if amount.unit.factor == 1 else 1  # in EUR a large amount is less unusual
    if len(own) < least or others.count(measure) < _PEERS or not amount.typed or not is_multiple(value, _THOUSAND):
        return None
    largest, meant = max(others.largest(measure), *own), value / _THOUSAND
    if value < _ALONE * largest or not min(own) / _STEADY <= meant <= max(own) * _STEADY:
        return None
    return Slip(measure, amount, meant.copy_sign(_stated(amount)), (largest,), "column")


def _a_thousand_off(value: Decimal, usual: Decimal) -> Decimal | None:
    """What was meant where the value is about 1000 times, or a thousandth, of the usual one."""
    if _NEAR[0] <= value / usual <= _NEAR[1]:
        return value / _THOUSAND
    if _NEAR[0] <= usual / value <= _NEAR[1]:
        return value * _THOUSAND
    return None


def _is_just_like(usual: list[Decimal], meant: Decimal) -> bool:
    """Whether two other years hardly differ, and what was meant is what they say."""
    close = len(usual) == 2 and max(usual) <= _USUAL_ALONE * min(usual)
    return close and min(usual) / _ALIKE <= meant <= max(usual) * _ALIKE


def _stands_alone(value: Decimal, measure: Measure, others: _Others) -> bool:
    """Whether nothing in the table comes near the value from above or below."""
    if others.count(measure) < 3:
        return False
    return value > 20 * others.largest(measure) or value * 20 < others.smallest(measure)


def _wrong_sign(table: MeasureTable, measures: Sequence[Measure]) -> WrongSign | None:
    """The only negative amount, typed, in a row whose other amounts are positive, of those `measures` whose name allows
    none. A row that is negative throughout has a sign of its own."""
    mixed: list[tuple[Measure, Amount]] = []
    positive = 0
    for measure in measures:
        stated = [amount for amount in measure.amounts if amount.stated]
        negative = [amount for amount in stated if _stated(amount) < 0]
        positive += len(stated) - len(negative)
        if len(stated) > len(negative):
            mixed += [(measure, amount) for amount in negative]
    if len(mixed) != 1 or positive < _POSITIVE:
        return None
    ((measure, amount),) = mixed
    if not amount.typed or amount.text is not None or _total_agrees(table, amount):
        return None
    signs = [one.stated < 0 for each in table.measures for one in each.amounts if one.stated]
    return WrongSign(measure, amount, positive, alone=sum(signs) == 1)


def _explains_its_signs(subject: Subject, table: MeasureTable) -> bool:
    """Whether the lines above the table or its head say what + and - mean, so that both are meant: "Verbesserung = +",
    "Mehr (+) / weniger (-)"."""
    sheet = subject.reading.workbook.sheet(table.sheet)
    if sheet is None or not table.header_rows:
        return False
    lines = range(max(1, table.header_rows[0] - _ABOVE), table.header_rows[-1] + 1)
    columns = range(table.area.left, table.area.right + 1)
    texts = (sheet.value(row, column) for row in lines for column in columns)
    return any(isinstance(text, str) and _MEANING_OF_SIGNS.search(text) for text in texts)


def _turned_in_its_row(table: MeasureTable, measure: Measure, widest: Decimal) -> WrongSign | None:
    """The one amount, typed, whose sign is not that of the other years, though it is about as large as they are, which
    differ by the factor `widest` at most; a row that may be either, such as a balance, shows nothing."""
    stated = [amount for amount in measure.amounts if amount.stated]
    negative = [amount for amount in stated if _stated(amount) < 0]
    few, many = sorted((negative, [amount for amount in stated if _stated(amount) > 0]), key=len)
    if len(few) != 1 or len(many) < 2 or _EITHER_SIGN.search(measure.label):
        return None
    (amount,) = few
    value, others = abs(_stated(amount)), [abs(_stated(one)) for one in many]
    alike = value in others and len(set(others)) == 1
    near = len(others) > 2 and min(others) / _NEARLY <= value <= max(others) * _NEARLY
    steady = max(others) <= widest * min(others)
    if not (alike or (near and steady)) or not amount.typed or amount.text is not None or _total_agrees(table, amount):
        return None
    return WrongSign(measure, amount, len(many), alone=False, in_row=True)


def _total_agrees(table: MeasureTable, amount: Amount) -> bool:
    """Whether somebody typed a total that has the negative amount in it: then it is meant."""
    for total in table.totals:
        for one in total.amounts:
            if one.at.column == amount.at.column and one.typed and amount.at.row in total.rows:
                return same_money(_stated(one), _column_sum(table, one.at.column, total.rows))
    return False


def _column_sum(table: MeasureTable, column: int, rows: tuple[int, ...]) -> Decimal:
    added = frozenset(rows)
    amounts = (one for measure in table.measures if measure.at.row in added for one in measure.amounts)
    return sum((_stated(one) for one in amounts if one.at.column == column), Decimal(0))


def _may_be_negative(
    measure: Measure, table: MeasureTable, revenue: re.Pattern[str], difference: re.Pattern[str]
) -> bool:
    texts = (measure.label, measure.key.account_name or "" if measure.key else "", table.title)
    return any(
        _RIGHTLY_NEGATIVE.search(text) or revenue.search(fold(text)) or difference.search(fold(text))
        for text in texts[:2]
    ) or bool(difference.search(fold(texts[2])))


def _stated(amount: Amount) -> Decimal:
    return amount.stated if amount.stated is not None else Decimal(0)
