"""FRM: formulas that break a pattern, were typed over, fail, point elsewhere, are stale or run in circles."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from benchmarks.quality.book import Cell, Fault, Place, Sheet, a1
from benchmarks.quality.defects.site import Site, moved, pattern, plain, plants, read_elsewhere, step
from benchmarks.quality.formula import rounded
from benchmarks.quality.truth import Truth, truth


def _adding(site: Site) -> set[tuple[str, Place]]:
    return {
        (table.sheet.name, cell.at) for table in site.facts.tables for total in table.totals for cell in total.cells
    }


def _patterned(site: Site, least: int = 4) -> list[tuple[Sheet, Place, str]]:
    """Formulas that are copies of others, totals left aside, in an order of chance."""
    adding, found = _adding(site), []
    for sheet in site.book.sheets:
        alike: dict[str, list[Place]] = defaultdict(list)
        for place, cell in sheet.cells.items():
            if cell.formula and (sheet.name, place) not in adding and "SUM(" not in cell.formula:
                alike[pattern(cell.formula, place)].append(place)
        for places in alike.values():
            if len(places) >= least:
                found += [(sheet, place, sheet.cells[place].formula or "") for place in places]
    site.random.shuffle(found)
    return found


NEEDS = ("growth", "delta", "share")


def _another(site: Site, moves: tuple[tuple[int, int], ...], what: str) -> Truth | None:
    for sheet, place, formula in _patterned(site):
        for which in (0, 1):
            for rows, columns in moves:
                text = moved(formula, which, rows, columns)
                if text is None or text == formula or ("!" in formula and which):
                    continue
                before = site.value(sheet, place)
                kept = sheet.cells[place]
                sheet.cells[place] = Cell(formula=text, style=kept.style)
                after = Site(site.book, site.facts, site.random).value(sheet, place)
                if before is None or after is None or before == after or a1(place) in text:
                    sheet.cells[place] = kept
                    continue
                beside = ["FIN01", "FIN02", "FIN07", "YRS03", "SUM03"]
                same = _meant(site, sheet, place)
                return truth("FRM01", sheet, [place], f"{what}: {formula} -> {text}", same=same, beside=beside)
    return None


@plants("FRM01", needs=["growth"])
def another_column(site: Site) -> Truth | None:
    return _another(site, ((0, -1), (0, 1)), "a reference one column off")


@plants("FRM01", needs=["delta"])
def another_reference(site: Site) -> Truth | None:
    return _another(site, ((0, -1), (-1, 0), (1, 0)), "a reference off")


@plants("FRM01", needs=["share"])
def another_row(site: Site) -> Truth | None:
    return _another(site, ((-1, 0), (1, 0)), "a reference one row off")


@plants("FRM01", needs=["growth"])
def something_added(site: Site) -> Truth | None:
    for sheet, place, formula in _patterned(site):
        if not site.value(sheet, place) or "%" in sheet.cells[place].style.number:
            continue
        sheet.reformulate(place, f"{formula}*2")
        same, beside = _meant(site, sheet, place), ["YRS03", "FRM04", "FIN07", "FIN03"]
        return truth("FRM01", sheet, [place], f"doubled: {formula}", same=same, beside=beside)
    return None


def _typed_over(site: Site, factor: Decimal, what: str) -> Truth | None:
    for sheet, place, _formula in _patterned(site):
        value = site.value(sheet, place)
        if not value:
            continue
        percent = "%" in sheet.cells[place].style.number
        digits = 3 if percent else max(0, len(str(value.normalize()).partition(".")[2]))
        other = rounded(value * factor, digits) if factor != 1 else value
        if factor != 1 and other == value:
            continue
        sheet.retype(place, other)
        beside = ["FIN07", "FIN02", "SUM01", "YRS03"]
        same = _meant(site, sheet, place)
        return truth("FRM02", sheet, [place], what, same=same, beside=beside)
    return None


def _meant(site: Site, sheet: Sheet, place: Place) -> list[str]:
    """The rules that know what this formula should be: a balance, posts times their rate, a share, a need."""
    if any("Ergebnis" in str(sheet.cell((place[0], column)).value) for column in (1, 2)):
        return ["SUM01", "SUM02"]
    if any(place == row.amount for posts in site.facts.posts if posts.sheet is sheet for row in posts.rows):
        return ["FIN05"]
    if any(place == part[2] for one in site.facts.financings if one.sheet is sheet for part in one.parts):
        return ["FIN02"]
    needed = {row[2] for table, row in site.facts.needs if table.sheet is sheet}
    for *_, whole in site.facts.trios:
        if whole.sheet is sheet:
            needed |= {place for line in whole.lines for place in line.amounts.values()}
    return ["FIN07"] if place in needed else []


@plants("FRM02", needs=["growth"])
def typed_over_same(site: Site) -> Truth | None:
    return _typed_over(site, Decimal(1), "typed over with the same value")


@plants("FRM02", needs=["delta"])
def typed_over_other(site: Site) -> Truth | None:
    return _typed_over(site, Decimal("1.04"), "typed over with another value")


@plants("FRM02", needs=["share"])
def typed_over_share(site: Site) -> Truth | None:
    return _typed_over(site, Decimal("0.9"), "typed over with a lower value")


def _total(site: Site) -> tuple[Sheet, Place, str] | None:
    for table in site.tables():
        for total in table.level("grand") + table.level("subtotal"):
            cell = site.random.choice(total.cells)
            formula = table.sheet.cell(cell.at).formula
            if formula and site.value(table.sheet, cell.at):
                return table.sheet, cell.at, formula
    return None


@plants("FRM03")
def lost_reference(site: Site) -> Truth | None:
    """A row that a total read was deleted."""
    found = _total(site)
    if found is None:
        return None
    sheet, place, formula = found
    sheet.reformulate(place, f"{formula}+#REF!")
    return truth("FRM03", sheet, [place], "#REF! in a total", beside=["FRM03", "SUM03", "FRM01"])


@plants("FRM03", needs=["share"])
def divided_by_nothing(site: Site) -> Truth | None:
    table = site.tables()[0]
    row = max(table.sheet.last_row, table.below) + 2
    line = table.lines[0]
    amount = line.amounts[table.years()[-1]]
    table.sheet.put((row, table.label_column), "Aufwand je Fall")
    at = table.sheet.calc((row, amount[1]), f"{a1(amount)}/{a1((row + 1, amount[1]))}", table.sheet.cell(amount).style)
    table.sheet.put((row + 1, table.label_column), "Fälle")
    return truth("FRM03", table.sheet, [at], "#DIV/0!", same=["FRM08"], beside=["FRM08"])


@plants("FRM03")
def unknown_name(site: Site) -> Truth | None:
    """A German function name that some program wrote into the file."""
    found = _total(site)
    if found is None:
        return None
    sheet, place, formula = found
    german = formula.replace("SUBTOTAL", "TEILERGEBNIS").replace("SUM(", "SUMME(")
    if german == formula:
        german = f"SUMME({formula.replace('+', ',')})"
    cell = sheet.cell(place)
    sheet.cells[place] = Cell(formula=german, style=cell.style, pinned=Fault("#NAME?"), is_pinned=True)
    return truth("FRM03", sheet, [place], "#NAME?", same=["FRM09"], beside=["FRM03", "FRM01", "SUM02", "SUM03"])


@plants("FRM03")
def not_found(site: Site) -> Truth | None:
    table = site.tables()[0]
    found = table.typed()
    if not found:
        return None
    _line, _head, place = site.random.choice(found)
    style = table.sheet.cell(place).style
    table.sheet.cells[place] = Cell(
        formula=f'VLOOKUP("{site.random.randint(100, 999)}",$A$1:$B$2,2,FALSE)', style=style, pinned=Fault("#N/A"),
        is_pinned=True,
    )  # fmt: skip
    return truth("FRM03", table.sheet, [place], "#N/A", beside=["FRM03", "FRM01", "MSR06", "SUM01"])


@plants("FRM04")
def arithmetic_amount(site: Site) -> Truth | None:
    for table in site.tables():
        found = [one for one in table.typed() if (site.value(table.sheet, one[2]) or 0) > step(table) * 30]
        if not found:
            continue
        place = site.random.choice(found)[2]
        value = site.value(table.sheet, place)
        assert value is not None
        minus = rounded(value / 5, table.unit.digits)
        text = site.random.choice((f"{plain(value + minus)}-{plain(minus)}", f"{plain(value - minus)}+{plain(minus)}"))
        table.sheet.reformulate(place, text)
        return truth("FRM04", table.sheet, [place], f"={text}", beside=["FRM01"])
    return None


@plants("FRM04")
def total_and_something(site: Site) -> Truth | None:
    found = _total(site)
    if found is None:
        return None
    sheet, place, formula = found
    digits = 5000 if (site.value(sheet, place) or 0) > 50000 else 5
    sheet.reformulate(place, f"{formula}+{digits}")
    what = f"={formula}+{digits}"
    return truth("FRM04", sheet, [place], what, beside=["SUM01", "SUM03", "FRM01", "SUM08", "SUM02"])


@plants("FRM04", needs=["growth"])
def growth_and_something(site: Site) -> Truth | None:
    for sheet, place, formula in _patterned(site):
        if "ROUND" in formula:
            sheet.reformulate(place, f"{formula}+2500")
            return truth("FRM04", sheet, [place], f"={formula}+2500", same=["FRM01"], beside=["FRM01", "YRS03"])
    return None


TARGETS = (
    "file:///C:\\Users\\mueller\\Desktop\\Ansaetze_alt.xlsx", "Kennzahlen_2025.xlsx",
    "file:///\\\\server\\haushalt\\2026\\Anmeldung.xlsx", "../Archiv/Haushalt_Vorjahr.xlsx",
)  # fmt: skip


def _linked(site: Site, formula: str, what: str) -> Truth | None:
    for table in site.tables():
        found = table.typed()
        if not found:
            continue
        place = site.random.choice(found)[2]
        cell = table.sheet.cell(place)
        table.sheet.cells[place] = Cell(formula=formula, style=cell.style, pinned=cell.value, is_pinned=True)
        site.book.attachments.append(f"link:{site.random.choice(TARGETS)}")
        return truth("FRM05", table.sheet, [place], what, beside=["FRM09", "FRM01"])
    return None


@plants("FRM05")
def linked_amount(site: Site) -> Truth | None:
    return _linked(site, "[1]Blatt!$C$7", "an amount from another file")


@plants("FRM05")
def linked_sum(site: Site) -> Truth | None:
    return _linked(site, "SUM([1]Blatt!$C$4:$C$7)", "a sum over another file")


@plants("FRM05")
def linked_name(site: Site) -> Truth | None:
    site.book.names["Umlage"] = "[1]Blatt!$C$7"
    return _linked(site, "Umlage", "a defined name that points into another file")


@plants("FRM06")
def stale_total(site: Site) -> Truth | None:
    """The program that changed a row did not recalculate."""
    for table in site.tables():
        cells = [cell for total in table.totals for cell in total.cells if table.sheet.cell(cell.at).formula]
        site.random.shuffle(cells)
        for cell in cells:
            value = site.value(table.sheet, cell.at)
            if not value:
                continue
            change = rounded(value / 8, table.unit.digits)
            if abs(change) <= step(table) * (len(cell.parts) + 3):
                continue
            target = table.sheet.cell(cell.at)
            target.pinned, target.is_pinned = value - change, True
            return truth("FRM06", table.sheet, [cell.at], "a stale total", beside=["SUM01", "FRM06", "FIN07", "SUM08"])
    return None


@plants("FRM06", needs=["growth"])
def stale_formula(site: Site) -> Truth | None:
    for sheet, place, _formula in _patterned(site, least=2):
        value = site.value(sheet, place)
        if not value or "%" in sheet.cells[place].style.number:
            continue
        cell = sheet.cells[place]
        cell.pinned, cell.is_pinned = rounded(value * Decimal("1.2"), 0) + 3, True
        return truth(
            "FRM06", sheet, [place], "a stale formula", beside=["SUM01", "FRM06", "FIN07", "YRS03", "FIN05", "FIN03"]
        )
    return None


@plants("FRM07")
def total_in_itself(site: Site) -> Truth | None:
    for table in site.tables(lambda table: not table.down):
        for total in table.level("grand"):
            cell = site.random.choice(total.cells)
            first, last = min(cell.parts), max(cell.parts)
            if last[0] > cell.at[0] or first[1] != last[1]:
                continue
            table.sheet.reformulate(cell.at, f"SUM({a1(first)}:{a1(cell.at)})")
            places = [cell.at]
            return truth(
                "FRM07",
                table.sheet,
                places,
                "a total in its own range",
                beside=["SUM03", "FRM01", "FRM06", "SUM01", "SUM04"],
            )
    return None


@plants("FRM07")
def two_in_a_circle(site: Site) -> Truth | None:
    """Overheads are a share of the total that contains them."""
    for table in site.tables():
        for total in table.level("grand"):
            cell = site.random.choice(total.cells)
            typed = {place for _, _, place in table.typed()}
            part = next((part for part in cell.parts if part in typed), None)
            if part is None or cell.made_of != "lines":
                continue
            table.sheet.reformulate(part, f"ROUND({a1(cell.at)}*0.08,{table.unit.digits})")
            places = [
                part,
                *(one.at for level in table.totals for one in level.cells if part in one.parts or one is cell),
            ]
            beside = ["FRM01", "FRM06", "SUM01", "FRM04", "SUM08"]
            return truth("FRM07", table.sheet, places, "overheads of the total", beside=beside)
    return None


@plants("FRM08", companions=["posts"])
def empty_rate(site: Site) -> Truth | None:
    """Posts times a rate that nobody entered."""
    for posts in site.facts.posts:
        row = site.random.choice(posts.rows)
        posts.sheet.retype(row.rate, site.random.choice((None, None, "k. A.")))
        amount = posts.sheet.cell(row.amount)
        posts.sheet.cells[row.amount] = Cell(formula=f"{a1(row.posts)}*{a1(row.rate)}", style=amount.style)
        beside = ["FRM03", "FRM01", "FIN05", "MSR06", "MSR01", "FRM02"]
        places = [row.amount, row.rate]
        return truth("FRM08", posts.sheet, places, "posts times an empty rate", beside=beside)
    return None


@plants("FRM08")
def amount_from_empty(site: Site) -> Truth | None:
    for table in site.tables():
        found = [one for one in table.typed() if not read_elsewhere(site.book, table.sheet, one[2])]
        if not found:
            continue
        place = site.random.choice(found)[2]
        empty = (max(table.sheet.last_row, table.below) + 4, place[1])
        value = table.sheet.cell(place).value
        text = site.random.choice(
            (f"{plain(value)}+{a1(empty)}", f"{a1(empty)}*1000", f"{a1(empty)}+{a1((empty[0] + 1, empty[1]))}")
        )
        table.sheet.reformulate(place, text)
        beside = ["FRM01", "FRM04", "YRS03", "MSR06"]
        return truth("FRM08", table.sheet, [place], f"={text}, which is empty", beside=beside)
    return None


@plants("FRM08")
def amount_from_text(site: Site) -> Truth | None:
    """The formula multiplies the name, or a text such as "folgt"."""
    for table in site.tables(lambda table: not table.long):
        found = [one for one in table.typed() if not read_elsewhere(site.book, table.sheet, one[2])]
        if not found:
            continue
        line, _head, place = site.random.choice(found)
        value = table.sheet.cell(place).value
        table.sheet.reformulate(place, f"{plain(value)}+SUM({a1(line.label)})")
        beside = ["FRM01", "FRM04"]
        return truth("FRM08", table.sheet, [place], "adds the name of the measure", beside=beside)
    return None


@plants("FRM09")
def not_computable(site: Site) -> Truth | None:
    for table in site.tables():
        found = table.typed()
        if not found:
            continue
        place = site.random.choice(found)[2]
        cell = table.sheet.cell(place)
        formula = site.random.choice(
            (
                'SAPGetAnsatz("4711","2026")',
                'GETPIVOTDATA("Betrag",$A$3)',
                'CUBEVALUE("Haushalt","[Ansatz]")',
                'RTD("finanz.server",,"4711")',
                "TBL_ANSATZ(ROW())",
            )
        )
        table.sheet.cells[place] = Cell(formula=formula, style=cell.style, pinned=cell.value, is_pinned=True)
        return truth("FRM09", table.sheet, [place], f"={formula}", beside=["FRM01", "FRM03"])
    return None
