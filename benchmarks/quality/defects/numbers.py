"""NUM: amounts that are no numbers, or numbers in another unit, with another sign, or codes that became dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from benchmarks.quality.book import Cell, Place, Style
from benchmarks.quality.defects.site import Site, plants, read_elsewhere
from benchmarks.quality.table import Line, Table
from benchmarks.quality.truth import Truth, truth


def _amounts(site: Site, fits: Callable[[Decimal], object] = bool) -> list[tuple[Table, Line, Place, Decimal]]:
    """Typed amounts that only plain sums read."""
    found = []
    for table in site.facts.tables:
        for line, _head, place in table.typed():
            value = site.value(table.sheet, place)
            if value is not None and fits(value) and not read_elsewhere(site.book, table.sheet, place):
                found.append((table, line, place, value))
    site.random.shuffle(found)
    return found


def german(value: Decimal, digits: int = 0) -> str:
    """31500 as 31.500, 0.25 as 0,25."""
    return f"{value:,.{digits}f}".translate(str.maketrans(".,", ",."))


def _as_text(
    site: Site, write: Callable[[Decimal, int], str], what: str, quoted: bool = False, least: int = 0
) -> Truth | None:
    for table, _line, place, value in _amounts(site, lambda value: abs(value) >= least):
        cell = table.sheet.cell(place)
        text = write(value, table.unit.digits)
        table.sheet.cells[place] = Cell(value=text, style=cell.style, quoted=quoted)
        return truth(
            "NUM01", table.sheet, [place], f"{what}: {text!r}", beside=["SUM01", "FRM08", "SUM08", "FIN07", "FIN01"]
        )
    return None


@plants("NUM01")
def grouped_text(site: Site) -> Truth | None:
    return _as_text(site, german, "grouped", least=1000)


@plants("NUM01")
def padded_text(site: Site) -> Truth | None:
    return _as_text(site, lambda value, digits: german(value, digits).replace(".", "") + " ", "padded")


@plants("NUM01")
def apostrophe(site: Site) -> Truth | None:
    return _as_text(site, lambda value, digits: german(value, digits).replace(".", ""), "apostrophe", quoted=True)


@plants("NUM01")
def with_currency(site: Site) -> Truth | None:
    return _as_text(site, lambda value, digits: f"{german(value, digits or 2)} €", "with a currency")


@plants("NUM01")
def thin_spaces(site: Site) -> Truth | None:
    return _as_text(
        site,
        lambda value, digits: f"{value:,.{digits}f}".replace(",", "\u00a0").replace(".", ","),
        "no-break",
        least=1000,
    )


@plants("NUM02")
def english_grouping(site: Site) -> Truth | None:
    """64,500 typed where the comma is the decimal sign, kept as text by an import."""
    for table, _line, place, value in _amounts(
        site, lambda value: value >= 1000 and value == value.to_integral_value()
    ):
        table.sheet.cells[place] = Cell(value=f"{value:,.0f}", style=table.sheet.cell(place).style)
        beside = ["SUM01", "FRM08", "SUM08", "FIN07", "FIN01"]
        return truth("NUM02", table.sheet, [place], f"text {value:,.0f}", same=["NUM01"], beside=beside)
    return None


@plants("NUM02")
def dot_as_decimal(site: Site) -> Truth | None:
    """64.500 typed where the point is the decimal sign: 64.5 in a column of whole amounts."""
    for table, _line, place, value in _amounts(
        site, lambda value: (value >= 1000 and value % 10 == 0) or 1000 < value < 9999
    ):
        wrong = value / 1000
        if wrong == wrong.to_integral_value():
            continue
        table.sheet.retype(place, wrong)
        beside = ["YRS03", "FIN07", "FIN01"]
        return truth("NUM02", table.sheet, [place], f"{value} became {wrong}", same=["NUM03"], beside=beside)
    return None


@plants("NUM03")
def one_in_another_unit(site: Site) -> Truth | None:
    for table, line, place, value in _amounts(site):
        others = [site.value(table.sheet, one) for one in line.amounts.values() if one != place]
        if not any(others):
            continue
        factor = Decimal(1) / 1000 if table.unit.factor == 1 else Decimal(1000)
        if table.unit.factor == 1 and abs(value) < 3000:
            continue
        wrong = (value * factor).quantize(Decimal(1)) if factor < 1 else value * factor
        table.sheet.retype(place, wrong)
        return truth(
            "NUM03",
            table.sheet,
            [place],
            f"{value} became {wrong}",
            beside=["YRS03", "FIN07", "FIN01", "FIN02", "FIN03"],
        )
    return None


@plants("NUM03")
def row_in_another_unit(site: Site) -> Truth | None:
    """A measure is stated in EUR among TEUR in all its years."""
    for table in site.tables(lambda table: table.unit.factor > 1 and not table.formulas):
        typed = [(line, site.value(table.sheet, place) or Decimal(0)) for line, _, place in table.typed()]
        usual = sorted(abs(value) for _, value in typed)
        # a small measure times 1000 may pass for a large one: nobody could tell
        large = [line for line, value in typed if abs(value) >= usual[len(usual) // 2]]
        lines = [line for line in table.lines if sum(one is line for one in large) >= 2]
        if len(table.lines) < 4 or not lines:
            continue
        line = site.random.choice(lines)
        places = [place for one, _, place in table.typed() if one is line]
        for place in places:
            value = site.value(table.sheet, place)
            assert value is not None
            table.sheet.retype(place, value * 1000)
        return truth(
            "NUM03",
            table.sheet,
            [line.label, *places],
            f"{line.item.name} in another unit",
            beside=["FIN03", "FIN07", "YRS03"],
        )
    return None


_UNIT = re.compile(
    r"[,(]?\s*(?:Werte in|alle Angaben in|- in|Beträge in|Angaben in|Alle Beträge in|Budget in|Betrag in|in|Betrag)?"
    r"\s*\(?(?:TEUR|T€|Tsd\. EUR|Mio\. EUR|EUR|Euro|€)\)?"
)


@plants("NUM04")
def no_unit(site: Site) -> Truth | None:
    for table in site.tables():
        if any(other is not table and other.sheet is table.sheet for other in site.facts.tables):
            continue
        for place in table.unit_at:
            text = _UNIT.sub("", str(table.sheet.cell(place).value)).strip()
            table.sheet.cell(place).value = text or ("Beträge" if place != table.title else "Anmeldungen")
        for cell in table.sheet.cells.values():
            if '"' in cell.style.number or "€" in cell.style.number:
                cell.style = replace(cell.style, number=table.unit.format)
        if any(re.search("EUR|€|Euro", str(cell.value)) for cell in table.sheet.cells.values()):
            return None
        places = [*table.unit_at, *(head.at for head in table.heads)] + ([table.title] if table.title else [])
        places += [(row, column) for row, _ in places for column in range(1, table.right + 1)]
        return truth("NUM04", table.sheet, places, "no unit anywhere", beside=["DOC01", "FIN03", "FIN07"])
    return None


@plants("NUM04")
def two_units(site: Site) -> Truth | None:
    """The title says one unit, a header another."""
    for table in site.tables(lambda table: not table.down and not table.sheet.tables):
        other = "EUR" if table.unit.factor != 1 else "TEUR"
        head = table.heads[site.random.choice(table.years())]
        cell = table.sheet.cell(head.at)
        if head.at in table.unit_at:
            if len(table.unit_at) == 1:
                continue  # the only place that says the unit: nobody could tell
            cell.value = f"{_UNIT.sub('', str(cell.value)).strip()} in {other}"
        elif table.long:
            continue
        else:
            cell.value = f"{cell.value} ({other})"
        places = [head.at, *table.unit_at] + ([table.title] if table.title else [])
        places += [line.amounts[table.heads.index(head)] for line in table.lines]
        return truth(
            "NUM04", table.sheet, places, f"a header in {other}", beside=["DOC01", "FIN03", "FIN07", "NUM03", "YRS03"]
        )
    return None


@plants("NUM04")
def format_against_header(site: Site) -> Truth | None:
    """The number format shows thousands, the text says EUR (or TEUR shown as millions)."""
    for table in site.tables(lambda table: table.unit.factor <= 1000 and table.unit_at):
        places = [place for _, _, place in table.amounts()] + [
            cell.at for total in table.totals for cell in total.cells
        ]
        for place in places:
            cell = table.sheet.cell(place)
            cell.style = replace(cell.style, number="#,##0,")
        places += [*table.unit_at, *(head.at for head in table.heads)] + ([table.title] if table.title else [])
        return truth("NUM04", table.sheet, places, "a format in thousands against the unit", beside=["DOC01"])
    return None


def _signed(site: Site) -> list[tuple[Table, Line, Place, Decimal]]:
    """Amounts whose measure has the same sign in all years."""
    found = []
    for table, line, place, value in _amounts(site):
        values = [site.value(table.sheet, one) for one in line.amounts.values()]
        if all(one is None or one * value >= 0 for one in values) and sum(bool(one) for one in values) >= 2:
            found.append((table, line, place, value))
    return found


@plants("NUM05")
def other_sign(site: Site) -> Truth | None:
    for table, _line, place, value in _signed(site):
        table.sheet.retype(place, -value)
        return truth(
            "NUM05", table.sheet, [place], f"{value} became {-value}", beside=["YRS03", "FIN01", "FIN07", "FIN02"]
        )
    return None


def _sign_text(site: Site, write: Callable[[str], str], what: str) -> Truth | None:
    for table, _line, place, value in _signed(site):
        text = write(german(abs(value), table.unit.digits))
        table.sheet.cells[place] = Cell(value=text, style=table.sheet.cell(place).style)
        beside = ["SUM01", "FRM08", "SUM08", "FIN07", "FIN01"]
        return truth("NUM05", table.sheet, [place], f"{what}: {text}", same=["NUM01"], beside=beside)
    return None


@plants("NUM05")
def trailing_minus(site: Site) -> Truth | None:
    return _sign_text(site, lambda text: f"{text}-", "trailing minus")


@plants("NUM05")
def bracket(site: Site) -> Truth | None:
    return _sign_text(site, lambda text: f"({text})", "bracket")


@plants("NUM05")
def en_dash(site: Site) -> Truth | None:
    return _sign_text(site, lambda text: f"–{text}", "en dash")


def _codes(site: Site, short: bool) -> tuple[Table, Line, Place] | None:
    for table in site.tables(lambda table: any("product" in line.beside for line in table.lines)):
        lines = [line for line in table.lines if "product" in line.beside]
        if short:
            sheets = {table.sheet.name: table.sheet}
            for sheet in sheets.values():
                for cell in sheet.cells.values():
                    if isinstance(cell.value, str) and re.fullmatch(r"\d\d\.\d\d\.\d\d", cell.value):
                        cell.value = cell.value[:5]
        line = site.random.choice(lines)
        return table, line, line.beside["product"]
    return None


@plants("NUM06", needs=["codes"])
def code_as_number(site: Site) -> Truth | None:
    """42.10 became the number 42.1."""
    found = _codes(site, short=True)
    if found is None:
        return None
    table, _line, place = found
    code = str(table.sheet.cell(place).value)
    table.sheet.cells[place] = Cell(value=Decimal(code), style=Style())
    return truth("NUM06", table.sheet, [place], f"{code} became a number", beside=["MSR05"])


@plants("NUM06", needs=["codes"])
def code_as_date(site: Site) -> Truth | None:
    """21.10 became 21 October."""
    found = _codes(site, short=site.random.random() < 0.5)
    if found is None:
        return None
    table, _line, place = found
    code = str(table.sheet.cell(place).value)
    day, month = int(code[:2]), int(code[3:5])
    if day > 31 or month > 12 or (day == 31 and month in {2, 4, 6, 9, 11}):
        day, month = site.random.randint(11, 28), site.random.choice((10, 11, 12))
    table.sheet.cells[place] = Cell(value=date(2025, month, day), style=Style(number="dd. mmm"))
    return truth("NUM06", table.sheet, [place], f"{code} became a date", beside=["MSR05"])


@plants("NUM06", needs=["codes"])
def code_as_exponent(site: Site) -> Truth | None:
    found = _codes(site, short=False)
    if found is None:
        return None
    table, _line, place = found
    digits = str(table.sheet.cell(place).value).replace(".", "")
    if site.random.random() < 0.5:
        text = f"{digits[0]}.{digits[1:3]}E+0{len(digits) - 1}"
        table.sheet.cells[place] = Cell(value=text)
    else:
        table.sheet.cells[place] = Cell(value=Decimal(digits), style=Style(number="0.00E+00"))
    return truth("NUM06", table.sheet, [place], f"{digits} became an exponent", beside=["MSR05"])
