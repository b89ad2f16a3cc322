"""Which product and account codes did Excel turn into dates or numbers? (NUM06)

A column holds codes where its header says so and most of its cells are codes; or where several texts of three and more
groups (31.60.01) stand in it. What was lost is told from the shape of the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.tables import MeasureTable
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.wording import plain
from pik_excel.grid.dates import day_of
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.language import _, day
from pik_excel.layout.formats import Format, format_of
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_HEAD = pattern(
    r"(?:(?:produkt|produktgruppe|produktbereich|kostenstelle|kostenträger|konto|konten|sachkonto|kontengruppe|kontenart"
    r"|produktkonto|produktsachkonto|haushaltsstelle|buchungsstelle|finanzposition|finanzstelle|teilhaushalt|teilplan"
    r"|kapitel|titel|einzelplan|gliederung|gruppierung|auftrag|innenauftrag|investition|inventar|schlüssel|maßnahmen"
    r"|vorhaben|projekt|leistung|zuschuss|antrags?|debitor|kreditor|personal|vertrags?)?[ -]*(?:s|en|n)?[ -]*"
    r"(?:nr|nummer|no|code|kennziffer|kennung|schlüssel)\.?"
    r"|produkt|produktgruppe|produktbereich|kostenstelle|kostenträger|konto|sachkonto|kontengruppe|kontengr|kontenart|kgr"
    r"|kst|ktr|produktkonto|produktsachkonto|haushaltsstelle|hhst|hhst|buchungsstelle|finanzposition|fipos|finanzstelle"
    r"|teilhaushalt|thh|teilplan|kapitel|titel|einzelplan|psp|psp-element|code|plz|postleitzahl|ags|iban|kennziffer"
    r"|cost cent(?:er|re)|account(?: code| no)?|product(?: code)?)"
)
_BEGINNINGS = frozenset(
    (
        *("pr", "ko", "sa", "ha", "bu", "fi", "te", "ka", "ti", "ei", "gl", "gr", "au", "in", "sc", "ma", "vo", "le"),
        *("zu", "an", "de", "kr", "pe", "ve", "kg", "ks", "kt", "hh", "th", "ps", "co", "pl", "po", "ag", "ib", "ke"),
        *("ac", "nu", "nr"),
    )
)  # of the words above
_COUNTED = pattern(r"(?:lfd|nr|nummer|no|pos|position)\b")  # 1, 2, 3: no code
_DOTTED = pattern(r"\d{1,4}(?:[.]\d{1,4})+(?:-\d{1,4})?\Z")
_THOUSANDS = pattern(r"\d{1,3}(?:\.\d{3})+\Z")
_DATE_TEXT = pattern(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:(?:19|20)?\d\d)?\Z")
_DIGITS = pattern(r"\d{2,12}\Z")
_SCIENTIFIC = pattern(r"[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}\Z", re.IGNORECASE)
_GROUPS = pattern(r"\d+")
_LONGEST = 30
_FEW = 2
_GAP = 5  # rows without a code that end a column of codes: subtotals, headings and empty rows part groups
_WIDE = Decimal(10) ** 11  # from here on, Excel shows a plain number as 1E+11
_EXACT = Decimal(10) ** 15  # from here on, its last digits are lost


@dataclass(frozen=False)
class _Column:
    """The cells of one column of codes, by what they are."""

    sheet: Sheet
    headed: bool
    dotted: list[tuple[int, str]]
    digits: list[tuple[int, str]]
    scientific: list[Cell]
    numbers: list[Cell]
    others: int = 0

    @property
    def codes(self) -> int:
        return len(self.dotted) + len(self.digits)


@rule("NUM06", "damaged-code", Severity.ERROR)
def damaged_code(subject: Subject) -> Iterator[Found]:
    """Nummer von Excel verändert

    Was: In einer Spalte mit Produkt-, Konto- oder anderen Nummern hat Excel aus einer Nummer ein Datum oder eine Zahl
    gemacht: 01.10 wird zum 1. Oktober, 36.20 zu 36,2, 0430 zu 430, eine lange Nummer zu 3,16E+11.

    Warum: Die Nummer ist nicht mehr zu finden: nicht im Produktplan, nicht im Haushaltsprogramm, nicht mit SVERWEIS.

    Quelle: Excel deutet beim Tippen und beim Öffnen von CSV-Dateien alles, was wie Datum oder Zahl aussieht.

    Falsch (B3):

    |   | A         | B          | C         | D         |
    |---|-----------|------------|-----------|-----------|
    | 1 | Maßnahme  | Produkt    | 2022 TEUR | 2023 TEUR |
    | 2 | Jobcafé   | '31.60     | 66        | 66        |
    | 3 | Lernräume | 36.2       | 290       | 290       |
    | 4 | Spielbus  | '36.25     | 40        | 40        |

    Falsch (A4):

    |   | A              | B                        |
    |---|----------------|--------------------------|
    | 1 | Produktgruppe  | Bezeichnung              |
    | 2 | '11.20         | Organisation             |
    | 3 | '12.60         | Brandschutz              |
    | 4 | 2022-10-01     | Innere Verwaltung        |
    | 5 | '31.60         | Wohlfahrtspflege         |
    | 6 | Maßnahme       | 2022 TEUR                |
    | 7 | Jobcafé        | 66                       |

    Richtig:

    |   | A         | B          | C         | D         |
    |---|-----------|------------|-----------|-----------|
    | 1 | Maßnahme  | Konto      | 2022 TEUR | 2023 TEUR |
    | 2 | Jobcafé   | '0430      | 66        | 66        |
    | 3 | Lernräume | 430 {0000} | 290       | 290       |
    | 4 | Spielbus  | '0431      | 40        | 40        |

    Beheben: Die Spalte als Text formatieren (Start > Zahl > Text) und die Nummer neu eintippen; beim Öffnen von CSV die
    Spalte im Importassistenten als Text einlesen.

    Schweigt: bei Spalten, die durchweg Zahlen enthalten, bei Zahlenformaten mit führenden Nullen (0000), bei
    Gliederungen (1, 1.1, 1.2) und bei Spalten mit Datum.
    """
    workbook = subject.reading.workbook
    formats = tuple(map(format_of, workbook.number_formats))
    sorts = _Sorts()
    for sheet in workbook.sheets:
        for column in _columns(sheet, sorts):
            yield from _damaged(column, formats, workbook.number_formats, workbook.calculation.date1904)
    for table in subject.reading.budget.measure_tables:
        sheet_ = workbook.sheet(table.sheet)
        if sheet_ is not None and table.keys:
            yield from _damaged_keys(table, sheet_, formats, workbook.calculation.date1904)


# --- Columns ---


def _columns(sheet: Sheet, sorts: _Sorts) -> Iterator[_Column]:
    """The columns of codes: below each header that names codes, and where codes of three groups stand."""
    heads: dict[int, list[int]] = {}
    grouped: dict[int, list[int]] = {}
    words = sheet.cells.words
    beginnings = {begun for begun in {text[:2] for text in words} if begun and _may_begin(begun)}
    kinds = {
        text: kind for text in words if text[:2] in beginnings and len(text) <= _LONGEST and (kind := sorts.kind(text))
    }
    for row, column, text in sorted(sheet.cells.saying(kinds.keys())):
        if not sheet.cells[row, column].has_formula:
            (heads if kinds[text] == "head" else grouped).setdefault(column, []).append(row)
    for column, rows in heads.items():
        for index, row in enumerate(rows):
            end = rows[index + 1] - 1 if index + 1 < len(rows) else None
            yield _read(sheet, column, (row + 1, end), True, sorts)
    for column, rows in grouped.items():
        if column not in heads and len(rows) > 2:
            yield _read(sheet, column, (max(1, rows[0] - 1), rows[-1] + 1), False, sorts)


class _Sorts:
    """What texts are, each looked at once however often a workbook says it."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._sorts: dict[tuple[str, bool], str] = {}

    def kind(self, text: str) -> str:
        """Whether it is a header of codes, or a code of three groups."""
        if text not in self._kinds:
            self._kinds[text] = _kind(text)
        return self._kinds[text]

    def of(self, text: str, headed: bool) -> str:
        """What sort of code it is, in a column of codes."""
        key = text, headed
        if key not in self._sorts:
            self._sorts[key] = _sort_of(text.strip(), headed)
        return self._sorts[key]


def _may_begin(begun: str) -> bool:
    """Whether a code or the header of codes may begin so."""
    return begun[0].isdigit() or begun.casefold() in _BEGINNINGS


def _kind(text: str) -> str:
    if text[0].isdigit():
        return "groups" if text.count(".") > 1 and _is_dotted(text.strip()) else ""
    folded = fold(text).strip(" .:*")
    return "head" if _HEAD.fullmatch(folded) and not _COUNTED.match(folded) else ""


def _is_dotted(text: str) -> bool:
    return bool(_DOTTED.match(text)) and not _THOUSANDS.match(text) and not _DATE_TEXT.match(text)


def _read(sheet: Sheet, column: int, rows: tuple[int, int | None], headed: bool, sorts: _Sorts) -> _Column:
    found = _Column(sheet, headed, [], [], [], [])
    first, last = rows
    row, blank = first, 0
    while blank <= _GAP and (last is None or row <= last):
        cell = sheet.cells.get((row, column))
        value = cell.value if cell is not None else None
        if cell is None or value is None or value == "":
            blank += 1
        else:
            blank = 0
            _put(found, cell, sorts)
        row += 1
    return found


def _put(found: _Column, cell: Cell, sorts: _Sorts) -> None:
    value = cell.value
    if cell.has_formula:
        found.others += 1
    elif isinstance(value, Decimal):
        found.numbers.append(cell)
    elif type(value) is str:
        sort = sorts.of(value, found.headed)
        if sort == "scientific":
            found.scientific.append(cell)
        elif sort:
            (found.dotted if sort == "dotted" else found.digits).append((cell.row, value.strip()))
        else:
            found.others += 1


def _sort_of(text: str, headed: bool) -> str:
    if _SCIENTIFIC.match(text):
        return "scientific"
    if _is_dotted(text) or (headed and _DOTTED.match(text) and not _THOUSANDS.match(text)):
        return "dotted"
    return "digits" if _DIGITS.match(text) else ""


# --- Damage ---


def _damaged(column: _Column, formats: Sequence[Format], codes: Sequence[str], date1904: bool) -> Iterator[Found]:
    count = column.codes + len(column.numbers) + len(column.scientific)
    if not count or column.others > count:
        return  # a column of names with a few codes in it
    enough = column.codes >= (1 if column.headed else 3)
    for cell in column.scientific if column.headed or enough else ():
        yield _found(column.sheet, cell, str(cell.value).strip(), None, _("eine gerundete Zahl"))
    dates = [cell for cell in column.numbers if formats[cell.style].is_date]
    plain_numbers = [cell for cell in column.numbers if not formats[cell.style].is_date]
    known = column.codes + (len(plain_numbers) if column.headed else 0)
    if (enough or (column.headed and known > _FEW)) and len(dates) * 2 <= known + 1:
        for cell in dates:
            yield _as_date(column, cell, codes[cell.style], date1904)
    if column.headed:
        yield from _as_numbers(column, plain_numbers, formats, codes)


def _as_date(column: _Column, cell: Cell, code: str, date1904: bool) -> Found:
    assert isinstance(cell.value, Decimal)
    found = day_of(cell.value, date1904)
    meant = None
    if found is not None:
        groups = Counter(len(_GROUPS.findall(text)) for _row, text in column.dotted).most_common(1)
        parts = [f"{found.day:02}", f"{found.month:02}", f"{found.year % 100:02}"]
        if groups and groups[0][0] == 3:
            meant = ".".join(parts)
        elif groups and groups[0][0] == 2:
            meant = ".".join(
                parts[1:]
                if re.search(r"[yj]", code.casefold()) and found.day == 1 and not _shows_days(code)
                else parts[:2]
            )
    stated = day(found) if found else plain(cell.value)
    return _found(column.sheet, cell, stated, meant, _("ein Datum"))


def _shows_days(code: str) -> bool:
    return re.search(r"[dt]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", code).casefold()) is not None


def _as_numbers(
    column: _Column, numbers: Sequence[Cell], formats: Sequence[Format], codes: Sequence[str]
) -> Iterator[Found]:
    for cell in numbers:
        value, shown, code = cell.value, formats[cell.style], codes[cell.style]
        assert isinstance(value, Decimal)
        if "E+" in code.upper() or (abs(value) >= _WIDE and code.casefold() in {"general", "standard"}):
            exact = plain(value) if abs(value) < _EXACT and value == value.to_integral_value() else None
            if len(numbers) <= max(1, column.codes) or abs(value) >= _EXACT:
                yield _found(column.sheet, cell, f"{value:.2E}", exact, _("eine gerundete Zahl"))
        elif value != value.to_integral_value():
            meant = _with_zeros(value, column, numbers)
            if meant is not None and not (shown.decimals and len(meant.partition(".")[2]) == shown.decimals):
                yield _found(column.sheet, cell, plain(value), meant, _("eine Zahl"))
        elif value >= 0 and "00" not in code:
            meant = _padded(value, column)
            if meant is not None:
                yield _found(column.sheet, cell, plain(value), meant, _("eine Zahl ohne führende Null"))


def _with_zeros(value: Decimal, column: _Column, numbers: Sequence[Cell]) -> str | None:
    """The number as a code of two groups, as long as the others are: 36.2 among 36.20 and 31.60."""
    pairs = [tuple(map(len, _GROUPS.findall(text)[:2])) for _row, text in column.dotted]
    typed = [plain(cell.value) for cell in numbers if isinstance(cell.value, Decimal)]
    if not pairs:  # all are numbers: where most have two decimals, one with a single one has lost a zero
        fractions = Counter(len(text.partition(".")[2]) for text in typed if "." in text)
        if fractions[2] < 3 or fractions[1] * 3 > fractions[2]:
            return None
        pairs = [(2, 2)]
    elif len(column.dotted) * 2 < len(typed):
        return None
    (whole, fraction), _count = Counter(pairs).most_common(1)[0]
    first, _point, rest = plain(value).partition(".")
    if len(rest) > fraction or (len(rest) == fraction and 2 * len(typed) > len(column.dotted)):
        return None
    return f"{first.zfill(whole)}.{rest.ljust(fraction, '0')}"


def _padded(value: Decimal, column: _Column) -> str | None:
    """The number with the leading zeros of the others: 430 among 0431 and 0750."""
    lengths = Counter(len(text) for _row, text in column.digits)
    if not lengths:
        return None
    length, count = lengths.most_common(1)[0]
    zeros = sum(text.startswith("0") for _row, text in column.digits)
    if count < 2 or count * 3 < 2 * len(column.digits) or not zeros or len(plain(value)) >= length:
        return None
    return plain(value).zfill(length)


def _damaged_keys(table: MeasureTable, sheet: Sheet, formats: Sequence[Format], date1904: bool) -> Iterator[Found]:
    """Dates in the column of names, where other rows are keys: a product without amounts."""
    amounts = {measure.at.row for measure in table.measures}
    for row in range(max(table.header_rows, default=table.area.top) + 1, table.area.bottom + 1):
        cell = sheet.cells.get((row, table.name_column))
        if cell is None or type(cell.value) is not Decimal or row in amounts or cell.has_formula:
            continue
        if formats[cell.style].is_date:
            found = day_of(cell.value, date1904)
            yield _found(sheet, cell, day(found) if found else plain(cell.value), None, _("ein Datum"))


def _found(sheet: Sheet, cell: Cell, stated: str, meant: str | None, became: str) -> Found:
    at = Address(sheet.name, cell.row, cell.column)
    return Found(
        at=at,
        stated=stated,
        expected=meant,
        message=_(
            "{at}: {stated} steht, wo die anderen Zellen Nummern enthalten; Excel hat daraus {became} gemacht."
        ).format(at=at, stated=stated, became=became),
        hint=_("Die Zelle als Text formatieren und die Nummer neu eintippen: {meant}.").format(meant=meant)
        if meant is not None
        else _("Die Zelle als Text formatieren und die Nummer neu eintippen."),
        identity=(stated,),
    )
