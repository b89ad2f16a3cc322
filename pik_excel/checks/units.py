"""Does every table of amounts say in which unit, and say it once? (NUM04)"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from pik_excel.budget.money import Amount, Statement, Unit, median
from pik_excel.budget.tables import AmountColumn, MeasureList, MeasureTable, YearColumn
from pik_excel.checks.by_year import goes_down
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.unstated import is_table, needs_no_unit, tables_by_sheet
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _
from pik_excel.layout.formats import Format, format_of
from pik_excel.layout.vocabulary import Vocabulary, fold, vocabulary
from pik_excel.records import dataclass

AnyTable = MeasureTable | MeasureList
_NEAR = 10  # rows above the header in which a line speaks of this table: a title, and who announces what
_LONGEST = 120  # characters of a line that states a unit
_ROWS = 200  # looked at for number formats
_FEW = 2
_ALIKE = Decimal(20)  # the factor within which two columns are in one unit
_SCALED = {1000: Unit.TEUR, 1_000_000: Unit.MIO}


@dataclass(frozen=True)
class _Vote:
    unit: Unit
    at: Address


@dataclass(frozen=True)
class _Shown:
    """The amounts whose number format prints a unit, or scales to it."""

    unit: Unit
    scaled: bool
    amounts: tuple[Amount, ...]

    @property
    def hides_amounts(self) -> bool:
        """Whether the format divides amounts that are small already, so that many of them show as 0."""
        small = sum(abs(one.stated or Decimal(0)) * 2 < self.unit.factor for one in self.amounts)
        return self.scaled and small * 4 > len(self.amounts)


@rule("NUM04", "unit-unclear", Severity.WARNING, yields_to=("YRS01", "YRS02", "DOC01"))
def unit_unclear(subject: Subject) -> Iterator[Found]:
    """Einheit unklar

    Was: Für eine Tabelle mit Beträgen ist nirgends eine Einheit genannt, es sind zwei verschiedene genannt, oder das
    Zahlenformat zeigt andere Einheiten als der Kopf: Tausend unter „EUR“, „€“ unter „TEUR“. Ein Hinweis ist es, wenn
    nur das Zahlenformat (#.##0.) Tausend zeigt und die Einheit sonst nirgends steht.

    Warum: Zwischen EUR und TEUR liegt der Faktor 1000; wer die Tabelle übernimmt, muss raten.

    Quelle: In der Praxis wechseln Vorlagen zwischen EUR, TEUR und Mio. EUR, oft auf derselben Seite.

    Falsch (B1:C1):

    |   | A         | B    | C    |
    |---|-----------|------|------|
    | 1 | Maßnahme  | 2022 | 2023 |
    | 2 | Jobcafé   | 66   | 66   |
    | 3 | Lernräume | 290  | 290  |

    Falsch (A1):

    |   | A                               | B         | C         |
    |---|---------------------------------|-----------|-----------|
    | 1 | Zuschüsse an Träger (in EUR)    |           |           |
    | 2 | Maßnahme                        | 2022 TEUR | 2023 TEUR |
    | 3 | Jobcafé                         | 66        | 66        |
    | 4 | Lernräume                       | 290       | 290       |

    Falsch (B1):

    |   | A         | B                | C                |
    |---|-----------|------------------|------------------|
    | 1 | Maßnahme  | 2022 EUR         | 2023 EUR         |
    | 2 | Jobcafé   | 66000 {#,##0,}   | 66000 {#,##0,}   |
    | 3 | Lernräume | 290000 {#,##0,}  | 290000 {#,##0,}  |

    Richtig:

    |   | A                                | B    | C    |
    |---|----------------------------------|------|------|
    | 1 | Zuschüsse an Träger              |      |      |
    | 2 | (Angaben in TEUR)                |      |      |
    | 3 | Maßnahme                         | 2022 | 2023 |
    | 4 | Jobcafé                          | 66   | 66   |
    | 5 | Lernräume                        | 290  | 290  |

    Beheben: Die Einheit einmal nennen, im Kopf oder in der Überschrift („in TEUR“); das Zahlenformat danach richten.

    Schweigt: wo die Einheit irgendwo auf dem Blatt, in seinem Namen, im Zahlenformat oder für die ganze Mappe genannt
    ist, wo jede Spalte ihre eigene nennt, und bei Tabellen, die kein Geld enthalten.
    """
    words = vocabulary(subject.schema)
    formats = tuple(map(format_of, subject.reading.workbook.number_formats))
    by_sheet = tables_by_sheet(subject)
    for table in subject.reading.budget.tables:
        sheet = subject.reading.workbook.sheet(table.sheet)
        if sheet is not None and is_table(table):
            found = _unclear(subject, words, formats, by_sheet[table.sheet], table, sheet)
            if found is not None:
                yield found


def _unclear(
    subject: Subject,
    words: Vocabulary,
    formats: Sequence[Format],
    tables: Sequence[AnyTable],
    table: AnyTable,
    sheet: Sheet,
) -> Found | None:
    heads, lines = _in_heads(table), _lines_above(table, sheet, words)
    above = _not_of_others(lines, table, tables)
    stated = [*heads, *lines]
    shown = _shown(table, formats)
    if not table.unit_votes and not shown:
        return None if needs_no_unit(subject, words, tables, table, sheet) else _nowhere(table)
    return (
        _both_in_a_head(table, sheet, words)
        or _odd_column(table, heads, lines)
        or _two_units(heads, above)
        or (_against_formats(stated, shown) if stated else _only_scaled(subject, words, tables, table, sheet))
    )


def _both_in_a_head(table: AnyTable, sheet: Sheet, words: Vocabulary) -> Found | None:
    """A header that states two units at once: "Gesamtkosten EUR (TEUR)"."""
    for column in table.columns:
        text = sheet.value(column.at.row, column.at.column)
        units = dict.fromkeys(words.units_of(text)) if isinstance(text, str) and len(text) <= _LONGEST else {}
        if len(units) > 1:
            first, other = [unit.value for unit in units][:2]
            return Found(
                at=column.at,
                stated=other,
                expected=None,
                message=_("{at}: Der Kopf nennt zwei Einheiten: {first} und {other}.").format(
                    at=column.at, first=first, other=other
                ),
                hint=_("Nur die Einheit stehen lassen, in der die Beträge eingetragen sind."),
                identity=("both", column.shown),
            )
    return None


def _in_heads(table: AnyTable) -> list[_Vote]:
    """What the header states over the amounts, and over the names."""
    first, last, down = table.columns[0].at.column, table.columns[-1].at.column, goes_down(table)
    return [
        _Vote(unit, at)
        for unit, at in table.unit_votes
        if at.row in table.header_rows and (first <= at.column <= last or at.column == table.name_column or down)
    ]


def _lines_above(table: AnyTable, sheet: Sheet, words: Vocabulary) -> list[_Vote]:
    """What the lines just above the table state in so many words."""
    top = min(table.header_rows, default=table.area.top)
    return [
        _Vote(unit, at)
        for unit, at in table.unit_votes
        if top - _NEAR <= at.row < top and _states_plainly(sheet.value(at.row, at.column), words)
    ]


def _not_of_others(lines: Sequence[_Vote], table: AnyTable, tables: Sequence[AnyTable]) -> list[_Vote]:
    """Without the lines that may speak of another table on the sheet."""
    others = {one.unit for one in tables if one is not table} if lines else ()
    return [vote for vote in lines if vote.unit not in others]


def _states_plainly(text: object, words: Vocabulary) -> bool:
    """Whether a line says that the amounts are in a unit: "in TEUR", "(EUR)", "Zuschüsse 2022 in EUR"."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return False
    folded = fold(text).rstrip(" ).:*")
    if words.only_unit(text):
        return True
    tail = " ".join(folded.split()[-2:])
    return (
        words.unit_of(tail) is not None
        and re.search(r"(?:\bin\s+|\(\s*(?:in\s+)?|,\s*)\S+(?:\s\S+)?\Z", folded) is not None
    )


def _two_units(heads: Sequence[_Vote], above: Sequence[_Vote]) -> Found | None:
    units = {vote.unit for vote in heads}
    if len(units) > 1:
        return None
    nearest = heads[0] if heads else above[0] if above else None
    other = next((vote for vote in above if nearest and vote.unit is not nearest.unit), None)
    if nearest is None or other is None:
        return None
    return Found(
        at=other.at,
        stated=other.unit.value,
        expected=nearest.unit.value,
        message=_(
            "{at}: Hier steht {other}, in {near} aber {unit}; für eine Tabelle sind zwei Einheiten genannt."
        ).format(at=other.at, other=other.unit.value, near=nearest.at.a1, unit=nearest.unit.value),
        hint=_("Nur die Einheit stehen lassen, in der die Beträge eingetragen sind."),
        related=(str(nearest.at),),
        identity=("two units",),
    )


def _odd_column(table: AnyTable, heads: Sequence[_Vote], lines: Sequence[_Vote]) -> Found | None:
    """A column that states another unit than the rest, or than the lines above, while its amounts are like theirs."""
    by_column = {vote.at.column: vote for vote in heads}
    columns: Sequence[YearColumn | AmountColumn] = table.columns
    places = [(index, column.at.column) for index, column in enumerate(columns)]
    for index, place in reversed(places):
        own = by_column.get(place)
        if own is None:
            continue
        rest = [*(vote for vote in heads if vote is not own), *lines]
        units = {vote.unit for vote in rest}
        others = [i for i, _place in places if i != index]
        if len(units) == 1 and own.unit not in units and others and _alike(table, index, others):
            return _odd(own, rest[0], columns[index])
    return None


def _alike(table: AnyTable, index: int, others: Sequence[int]) -> bool:
    """Whether most measures state about as much in this column as in the others."""
    near = far = 0
    for measure in table.measures:
        own = measure.amounts[index].stated
        rest = [abs(value) for i in others if (value := measure.amounts[i].stated)]
        if own and rest:
            usual = median(rest)
            close = usual / _ALIKE <= abs(own) <= usual * _ALIKE
            near, far = near + close, far + (not close)
    return near >= _FEW and near > 4 * far


def _odd(own: _Vote, other: _Vote, column: YearColumn | AmountColumn) -> Found:
    return Found(
        at=own.at,
        stated=own.unit.value,
        expected=other.unit.value,
        message=_("{at}: {year} ist mit {own} überschrieben, die Beträge passen aber zu den Spalten in {unit}.").format(
            at=own.at, year=column.shown, own=own.unit.value, unit=other.unit.value
        ),
        hint=_("Die Einheit im Kopf berichtigen: {unit}.").format(unit=other.unit.value),
        related=(str(other.at),),
        identity=(own.unit.value,),
    )


def _shown(table: AnyTable, formats: Sequence[Format]) -> list[_Shown]:
    """The units that number formats print or scale to, the most common first."""
    found: dict[tuple[Unit, bool], list[Amount]] = {}
    for measure in islice(table.measures, _ROWS):
        for amount in measure.amounts:
            if amount.statement is Statement.NUMBER and amount.text is None and amount.stated:
                shown = formats[amount.style] if amount.style < len(formats) else Format()
                unit = _SCALED.get(shown.scale) or shown.unit
                if unit is not None:
                    found.setdefault((unit, shown.scale > 1), []).append(amount)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [_Shown(unit, scaled, tuple(amounts)) for (unit, scaled), amounts in ordered]


def _against_formats(stated: Sequence[_Vote], shown: Sequence[_Shown]) -> Found | None:
    units = {vote.unit for vote in stated}
    for one in shown:
        amount = one.amounts[0]
        over = next((vote for vote in stated if vote.at.column == amount.at.column), stated[0])
        if one.unit not in units:
            message = (
                _("{at}: Genannt ist {unit}, das Zahlenformat in {cell} zeigt die Beträge aber in {shown}.")
                if one.scaled
                else _("{at}: Genannt ist {unit}, das Zahlenformat in {cell} zeigt aber {shown}.")
            )
        elif one.hides_amounts:
            message = _(
                "{at}: Die Beträge stehen in {unit}, das Zahlenformat in {cell} teilt sie noch einmal: Zu sehen ist 0."
            )
        else:
            continue
        return Found(
            at=over.at,
            stated=over.unit.value,
            expected=one.unit.value,
            message=message.format(at=over.at, unit=over.unit.value, cell=amount.at.a1, shown=one.unit.value),
            hint=_("Kopf und Zahlenformat auf dieselbe Einheit bringen."),
            related=(str(amount.at),),
            identity=("format",),
        )
    return None


def _only_scaled(
    subject: Subject, words: Vocabulary, tables: Sequence[AnyTable], table: AnyTable, sheet: Sheet
) -> Found | None:
    """Thousands by number format alone: on paper, nothing says so."""
    if table.shown_in is None or needs_no_unit(subject, words, tables, table, sheet):
        return None
    found = _nowhere(table)
    return Found(
        at=found.at,
        stated=None,
        expected=table.shown_in.value,
        message=_("{at}: Das Zahlenformat zeigt die Beträge in {unit}, genannt ist diese Einheit nirgends.").format(
            at=found.at, unit=table.shown_in.value
        ),
        hint=_("„in {unit}“ in den Kopf oder die Überschrift schreiben.").format(unit=table.shown_in.value),
        area=found.area,
        identity=("scaled",),
        severity=Severity.NOTICE,
    )


def _nowhere(table: AnyTable) -> Found:
    first, last = table.columns[0].at, table.columns[-1].at
    area = Area(first.row, first.column, first.row, max(first.column, last.column))
    return Found(
        at=first,
        stated=None,
        expected=None,
        message=_(
            "{at}: Für die Beträge dieser Tabelle ist nirgends eine Einheit genannt (EUR, TEUR, Mio. EUR)."
        ).format(at=first),
        hint=_("Die Einheit in den Kopf oder die Überschrift schreiben, etwa „in TEUR“."),
        area=area.a1 if first.row == last.row and area.right > area.left else None,
        identity=("no unit",),
    )
