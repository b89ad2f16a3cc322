"""SUM: totals that do not add what they should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from benchmarks.quality.book import Cell, Place, a1, adding, summed
from benchmarks.quality.defects.site import Site, plants, row_of, step
from benchmarks.quality.formula import rounded
from benchmarks.quality.plan import TEUR
from benchmarks.quality.table import Added, Table, Total
from benchmarks.quality.truth import Truth, truth

TYPED = ("SUM02", "FRM02", "FRM01", "FRM06", "NUM03", "YRS03")


def _sums(site: Site, *levels: str, made_of: str = "", least: int = 2) -> list[tuple[Table, Total, Added]]:
    """Adding cells with a value, in an order of chance."""
    found = [
        (table, total, cell)
        for table in site.facts.tables
        for total in table.totals
        if not levels or total.level in levels
        for cell in total.cells
        if len(cell.parts) >= least
        and (not made_of or cell.made_of == made_of)
        and table.sheet.cell(cell.at).formula
        and table.heads[cell.head].role not in {"delta", "ve", "davon"}
        and site.value(table.sheet, cell.at)
    ]
    site.random.shuffle(found)
    return found


def _wrong(site: Site, table: Table, cell: Added) -> Decimal | None:
    """A wrong total as people produce it: digits swapped or a figure of an earlier draft; off by more than rounding."""
    right = site.value(table.sheet, cell.at)
    assert right is not None
    least = step(table) * (len(cell.parts) + 2)
    digits = str(abs(right).normalize().quantize(step(table)))
    swaps = [
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        for i in range(len(digits) - 1)
        if digits[i].isdigit()
        and digits[i + 1].isdigit()
        and digits[i] != digits[i + 1]
        and not (i == 0 and digits[1] == "0")
    ]
    for text in site.random.sample(swaps, len(swaps)):
        wrong = Decimal(text) * (-1 if right < 0 else 1)
        if abs(wrong - right) > least:
            return wrong
    return None


@plants("SUM01")
def swapped_digits(site: Site) -> Truth | None:
    for table, _total, cell in _sums(site, "grand"):
        wrong = _wrong(site, table, cell)
        if wrong is not None:
            table.sheet.retype(cell.at, wrong)
            what = "total typed with two digits swapped"
            return truth("SUM01", table.sheet, [cell.at], what, same=_corner(table, cell), beside=[*TYPED, "SUM08"])
    return None


def _corner(table: Table, cell: Added) -> list[str]:
    """Where row totals and column totals meet, SUM08 is as right."""
    return ["SUM08"] if table.heads[cell.head].role == "row_total" else []


@plants("SUM01")
def old_total(site: Site) -> Truth | None:
    """The total was typed before a row was changed."""
    for table, total, cell in _sums(site, "grand", "subtotal", made_of="lines"):
        right = site.value(table.sheet, cell.at)
        parts = [part for part in cell.parts if (site.value(table.sheet, part) or 0) > step(table) * 40]
        if right is None or not parts:
            continue
        change = rounded((site.value(table.sheet, parts[0]) or Decimal(0)) / 4, table.unit.digits)
        if abs(change) > step(table) * (len(cell.parts) + 2):
            table.sheet.retype(cell.at, right - change)
            what = f"{total.level} total typed, of an earlier draft"
            return truth("SUM01", table.sheet, [cell.at], what, same=_corner(table, cell), beside=TYPED)
    return None


@plants("SUM01")
def all_typed_one_wrong(site: Site) -> Truth | None:
    """A total row typed throughout, one figure wrong."""
    for table, total, cell in _sums(site, "grand", made_of="lines"):
        wrong = _wrong(site, table, cell)
        if wrong is None:
            continue
        for other in total.cells:
            value = site.value(table.sheet, other.at)
            if value is not None:
                table.sheet.retype(other.at, value)
        table.sheet.retype(cell.at, wrong)
        what = "total row typed, one figure wrong"
        return truth("SUM01", table.sheet, [cell.at], what, same=_corner(table, cell), beside=TYPED)
    return None


@plants("SUM01", needs=["row_total"])
def wrong_row_total(site: Site) -> Truth | None:
    for table, _total, cell in _sums(site, "row"):
        wrong = _wrong(site, table, cell)
        if wrong is not None:
            table.sheet.retype(cell.at, wrong)
            beside = (*TYPED, "SUM08")
            return truth("SUM01", table.sheet, [cell.at], "row total typed wrong", same=["SUM08"], beside=beside)
    return None


@plants("SUM02")
def typed_total(site: Site) -> Truth | None:
    for table, total, cell in _sums(site, "grand", "subtotal", "upper"):
        value = site.value(table.sheet, cell.at)
        table.sheet.retype(cell.at, value)
        return truth("SUM02", table.sheet, [cell.at], f"right {total.level} total typed", beside=["FRM01"])
    return None


@plants("SUM02")
def typed_total_row(site: Site) -> Truth | None:
    for table, total, _cell in _sums(site, "grand"):
        places = [cell.at for cell in total.cells]
        values = {place: site.value(table.sheet, place) for place in places}
        for place, value in values.items():
            table.sheet.retype(place, value)
        return truth("SUM02", table.sheet, places, "whole total row typed, all right", beside=["FRM02"])
    return None


@plants("SUM02", needs=["row_total"])
def typed_row_total(site: Site) -> Truth | None:
    for table, _total, cell in _sums(site, "row"):
        table.sheet.retype(cell.at, site.value(table.sheet, cell.at))
        return truth("SUM02", table.sheet, [cell.at], "right row total typed", same=["FRM02"])
    return None


def _without(site: Site, table: Table, cell: Added, which: int) -> list[Place] | None:
    left_out = cell.parts[which]
    if not site.value(table.sheet, left_out):
        return None
    return [part for part in cell.parts if part != left_out]


def _kept(table: Table, parts: list[Place], whole: list[Place]) -> str:
    """The formula over what is left: in one range at an end, in two where an inner row is left out."""
    ends = parts == whole[1:] or parts == whole[:-1]
    return summed(table.sheet, parts) if ends else adding(parts)


def _short(site: Site, which: int, what: str, *levels: str) -> Truth | None:
    for table, total, cell in _sums(site, *levels, made_of="lines", least=3):
        parts = _without(site, table, cell, which if abs(which) < len(cell.parts) else 0)
        if parts is None:
            continue
        formula = table.sheet.cell(cell.at).formula or ""
        text = _kept(table, parts, cell.parts)
        if formula.startswith("SUBTOTAL"):
            text = f"{formula.partition(',')[0]},{text[4:]}"
        table.sheet.reformulate(cell.at, text)
        return truth("SUM03", table.sheet, [cell.at], f"{total.level} total {what}", beside=["FRM01", "SUM08", "SUM01"])
    return None


@plants("SUM03")
def misses_last(site: Site) -> Truth | None:
    return _short(site, -1, "misses its last row", "grand", "subtotal")


@plants("SUM03")
def misses_first(site: Site) -> Truth | None:
    return _short(site, 0, "misses its first row", "grand", "subtotal")


@plants("SUM03")
def misses_inner(site: Site) -> Truth | None:
    return _short(site, 1, "misses an inner row", "grand", "subtotal")


@plants("SUM03")
def all_miss_last(site: Site) -> Truth | None:
    """A row was put below the range: every column misses it."""
    for table, total, cell in _sums(site, "grand", made_of="lines", least=3):
        if _without(site, table, cell, -1) is None or table.long or table.sheet.tables:
            continue
        for one in total.cells:
            if (table.sheet.cell(one.at).formula or "").startswith("SUM("):
                table.sheet.reformulate(one.at, summed(table.sheet, one.parts[:-1]))
        places = [one.at for one in total.cells]
        return truth("SUM03", table.sheet, places, "all totals miss the last row", beside=["SUM08", "SUM01"])
    return None


@plants("SUM03")
def another_column(site: Site) -> Truth | None:
    for table, total, cell in _sums(site, "grand", "subtotal", made_of="lines"):
        others = [one for one in total.cells if one.head in table.years() and one.head != cell.head]
        if cell.head not in table.years() or not others or len(total.cells) < 3:
            continue
        other = min(others, key=lambda one: abs(one.head - cell.head))
        table.sheet.reformulate(cell.at, summed(table.sheet, other.parts))
        beside = ["FRM01", "SUM01", "SUM08"]
        return truth("SUM03", table.sheet, [cell.at], "total adds the next column", beside=beside)
    return None


@plants("SUM03", needs=["row_total"])
def row_total_short(site: Site) -> Truth | None:
    return _short(site, -1, "misses its last year", "row")


@plants("SUM03", needs=["groups"])
def misses_a_group(site: Site) -> Truth | None:
    for table, _total, cell in _sums(site, "grand", made_of="totals"):
        if (table.sheet.cell(cell.at).formula or "").startswith("SUBTOTAL"):
            continue
        left = site.random.choice(cell.parts)
        if not site.value(table.sheet, left):
            continue
        parts = [part for part in cell.parts if part != left]
        text = "+".join(map(a1, parts)) if len(parts) > 1 else f"SUM({a1(parts[0])})"
        table.sheet.reformulate(cell.at, text)
        return truth("SUM03", table.sheet, [cell.at], "grand total misses a group", beside=["FRM01", "SUM01", "SUM08"])
    return None


@plants("SUM04", needs=["groups"])
def rows_and_subtotals(site: Site) -> Truth | None:
    for table, total, cell in _sums(site, "grand", "upper", made_of="totals"):
        lines = [
            line.amounts[cell.head] for line in table.lines[total.first : total.last + 1] if cell.head in line.amounts
        ]
        if (table.sheet.cell(cell.at).formula or "").startswith("SUBTOTAL") or len(lines) < 2:
            continue
        whole = sorted(
            lines + [one.at for part in table.level("subtotal") for one in part.cells if one.at in cell.parts]
        )
        every = site.random.random() < 0.4
        cells = total.cells if every else [cell]
        for one in cells:
            first, last = (whole[0][0], one.at[1]), (whole[-1][0], one.at[1])
            table.sheet.reformulate(one.at, f"SUM({a1(first)}:{a1(last)})")
        what = "total adds rows and their subtotals" + (" in every column" if every else "")
        places = [one.at for one in cells]
        return truth("SUM04", table.sheet, places, what, beside=["FRM01", "SUM01", "SUM08", "SUM03"])
    return None


def _feeding(site: Site) -> Iterator[tuple[Table, Total]]:
    for table in site.tables():
        for total in table.level("grand") + table.level("subtotal"):
            formula = table.sheet.cell(total.cells[0].at).formula or ""
            written = table.sheet.cell(total.cells[0].at).written or ""
            if total.cells[0].made_of == "lines" and "109" not in formula + written:
                yield table, total


@plants("SUM05")
def hidden_row(site: Site) -> Truth | None:
    for table, total in _feeding(site):
        lines = table.lines[total.first : total.last + 1]
        line = site.random.choice(lines)
        if not any(site.value(table.sheet, place) for place in line.amounts.values()):
            continue
        places = row_of(line) + [cell.at for cell in total.cells] + [total.label]
        if table.down:
            table.sheet.hidden_columns.add(line.label[1])
        elif table.long:
            row = line.amounts[0][0]
            table.sheet.hidden_rows.add(row)
            places += [(row, column) for column in range(1, table.right + 1)]
        else:
            table.sheet.hidden_rows.add(line.label[0])
            places += [(line.label[0], column) for column in range(1, table.right + 1)]
        return truth("SUM05", table.sheet, places, f"hidden: {line.item.name}")
    return None


@plants("SUM05", needs=["row_total"])
def hidden_year(site: Site) -> Truth | None:
    for table in site.tables(lambda table: table.role("row_total") and not table.down and not table.long):
        added = table.level("row")[0].cells[0].parts
        heads = [head for head in table.years() if table.lines[0].amounts[head] in added]
        head = site.random.choice(heads[:-1])
        column = table.heads[head].at[1]
        if any(other is not table and other.sheet is table.sheet for other in site.facts.tables):
            continue
        table.sheet.hidden_columns.add(column)
        places = [table.heads[head].at] + [line.amounts[head] for line in table.lines]
        places += [cell.at for total in table.totals for cell in total.cells if cell.at[1] == column]
        places += [cell.at for total in table.level("row") for cell in total.cells] + [table.heads[-1].at]
        places += [table.heads[one].at for one in table.role("row_total")]
        places += [(row, column) for row in range(1, table.below)]
        return truth("SUM05", table.sheet, places, "a hidden year feeds the row totals")
    return None


@plants("SUM05", layouts=["long_list"])
def filtered_list(site: Site) -> Truth | None:
    for table in site.tables(lambda table: table.long):
        keep = {line.item.name for line in table.lines[:2]}
        rows = [place[0] for line in table.lines if line.item.name not in keep for place in line.amounts.values()]
        table.sheet.hidden_rows |= set(rows)
        table.sheet.filter = table.sheet.filter or ((table.heads[0].at[0], 1), (max(rows), table.right))
        places = [(row, column) for row in rows for column in range(1, table.right + 1)]
        places += [cell.at for total in table.totals for cell in total.cells]
        return truth("SUM05", table.sheet, places, "a filtered list under SUM")
    return None


@plants("SUM06", needs=["memo_rows"])
def davon_row_added(site: Site) -> Truth | None:
    for table in site.tables(
        lambda table: [memo for memo in table.memos if memo.label < (table.lines[-1].label[0] + 2, 0)]
    ):
        for total in table.level("subtotal") + table.level("grand"):
            if total.cells[0].made_of != "lines":
                continue
            first, last = table.lines[total.first].label[0], table.lines[total.last].label[0]
            inside = [memo for memo in table.memos if first < memo.label[0] <= last + 1]
            if not inside:
                continue
            last = max(last, inside[-1].label[0])
            changed = [cell for cell in total.cells if cell.head in table.years()]
            if site.random.random() < 0.5:
                changed = [site.random.choice(changed)]
            if not any(site.value(table.sheet, memo.amounts[cell.head]) for memo in inside for cell in changed):
                continue
            for cell in changed:
                table.sheet.reformulate(cell.at, f"SUM({a1((first, cell.at[1]))}:{a1((last, cell.at[1]))})")
            places = [cell.at for cell in changed] + [
                place for memo in inside for place in (memo.label, *memo.amounts.values())
            ]
            return truth(
                "SUM06", table.sheet, places, "total adds a davon row", beside=["SUM01", "FRM01", "SUM08", "SUM04"]
            )
    return None


def _column_added(site: Site, role: str) -> Truth | None:
    for table in site.tables(lambda table: table.role(role) and table.role("row_total") and not table.down):
        extra = table.role(role)[0]
        rows = table.level("row")[0].cells
        if not any(site.value(table.sheet, line.amounts[extra]) for line in table.lines):
            continue
        every = site.random.random() < 0.7
        chosen = [
            (cell, line)
            for cell, line in zip(rows, table.lines, strict=True)
            if every or site.value(table.sheet, line.amounts[extra])
        ]
        chosen = chosen if every else chosen[:1]
        for cell, line in chosen:
            table.sheet.reformulate(cell.at, adding([*cell.parts, line.amounts[extra]]))
        places = [cell.at for cell, _ in chosen] + [table.heads[one].at for one in (extra, *table.role("row_total"))]
        places += [line.amounts[extra] for _, line in chosen]
        what = f"the row total adds the {role} column"
        return truth("SUM06", table.sheet, places, what, beside=["SUM01", "SUM03", "FRM01", "SUM08"])
    return None


@plants("SUM06", needs=["ff", "row_total"])
def open_year_added(site: Site) -> Truth | None:
    return _column_added(site, "ff")


@plants("SUM06", needs=["ve", "row_total"])
def commitments_added(site: Site) -> Truth | None:
    return _column_added(site, "ve")


@plants("SUM06", needs=["davon", "row_total"])
def davon_column_added(site: Site) -> Truth | None:
    return _column_added(site, "davon")


@plants("SUM07")
def shown_rounded(site: Site) -> Truth | None:
    """Amounts with a fraction that the format hides: each shows rounded, their sum rounds otherwise."""
    for table, _total, cell in _sums(site, "grand", "subtotal", made_of="lines", least=3):
        typed = {place for _, _, place in table.typed()}
        parts = [part for part in cell.parts if part in typed and table.sheet.cell(part).value]
        if len(parts) < 3 or (".00" in table.sheet.cell(parts[0]).style.number and table.unit.factor == 1):
            continue
        if any("/" in (one.formula or "") for one in table.sheet.cells.values()) or table.formulas:
            continue
        for part in parts:
            value = Decimal(table.sheet.cell(part).value)  # type: ignore[arg-type]
            table.sheet.cells[part] = Cell(value=value + step(table) * 4 / 10, style=table.sheet.cell(part).style)
        places = [one.at for total in table.totals for one in total.cells if one.head == cell.head]
        return truth("SUM07", table.sheet, places, "fractions hidden by the format", beside=["SUM07", "SUM08"])
    return None


@plants("SUM07")
def rounded_from_exact(site: Site) -> Truth | None:
    """TEUR rows rounded from a sheet in EUR; the total rounds the exact sum, or adds the rounded rows."""
    for table, _total, cell in _sums(site, "grand", made_of="lines", least=3):
        if table.unit.factor != TEUR.factor or table.formulas or table.long or table.sheet.tables:
            continue
        typed = {place for _, _, place in table.typed()}
        parts = [part for part in cell.parts if part in typed]
        if len(parts) < 3 or len(parts) != len([p for p in cell.parts if table.sheet.cell(p).value]):
            continue
        sheet = site.book.sheet("Berechnung EUR")
        sheet.put((1, 1), "Berechnung der Ansätze in EUR")
        sheet.put((3, 1), "Maßnahme"), sheet.put((3, 2), "Betrag EUR")
        style = table.sheet.cell(cell.at).style
        names = {line.amounts.get(cell.head): line.item.name for line in table.lines}
        for row, part in enumerate(parts, 4):
            value = Decimal(table.sheet.cell(part).value)  # type: ignore[arg-type]
            sheet.put((row, 1), names[part])
            sheet.put((row, 2), value * 1000 + 400, replace(style, number="#,##0", bold=False, top=False, fill=""))
            table.sheet.reformulate(part, f"ROUND('{sheet.name}'!B{row}/1000,0)")
        last = 3 + len(parts)
        sheet.put((last + 1, 1), "Summe")
        sheet.calc((last + 1, 2), f"SUM(B4:B{last})", replace(style, number="#,##0"))
        if site.random.random() < 0.5:
            table.sheet.reformulate(cell.at, f"ROUND('{sheet.name}'!B{last + 1}/1000,0)")
        beside = ["FRM01", "FRM02", "SUM03", "SUM08"]
        return truth("SUM07", table.sheet, [cell.at], "rows rounded from an exact sheet", beside=beside)
    return None


@plants("SUM08", needs=["row_total"])
def margins_differ(site: Site) -> Truth | None:
    """The corner adds the column totals; one row total is typed and old."""
    for table, _total, cell in _sums(site, "row", least=3):
        grand = table.level("grand")
        corner = next((one for total in grand for one in total.cells if one.head == cell.head), None)
        if corner is None or table.down:
            continue
        columns = [one.at for one in grand[0].cells if one.head in table.years()]
        if len(table.level("row")[0].cells[0].parts) != len(columns):
            continue
        right = site.value(table.sheet, cell.at)
        assert right is not None
        change = rounded(right / 5, table.unit.digits)
        if abs(change) <= step(table) * 8:
            continue
        table.sheet.reformulate(corner.at, adding(columns))
        table.sheet.retype(cell.at, right - change)
        places = [corner.at, cell.at, table.heads[cell.head].at]
        return truth("SUM08", table.sheet, places, "one row total is old", same=["SUM01"], beside=[*TYPED, "SUM03"])
    return None


@plants("SUM08", needs=["row_total"])
def row_totals_forgot_a_year(site: Site) -> Truth | None:
    """A year was inserted: no row total takes it in, the corner adds the column totals."""
    for table in site.tables(lambda table: table.level("row") and table.level("grand") and not table.down):
        rows, grand = table.level("row")[0], table.level("grand")[0]
        corner = next((one for one in grand.cells if one.head == rows.cells[0].head), None)
        columns = [one.at for one in grand.cells if one.head in table.years()]
        if corner is None or len(columns) < 3 or len(rows.cells[0].parts) != len(columns) or len(table.years()) < 3:
            continue
        for cell in rows.cells:
            table.sheet.reformulate(cell.at, adding(cell.parts[:-1]))
        table.sheet.reformulate(corner.at, adding(columns))
        places = [corner.at, table.heads[corner.head].at, *(cell.at for cell in rows.cells)]
        what = "all row totals miss the last year, the corner does not"
        return truth("SUM08", table.sheet, places, what, same=["SUM03"], beside=["FRM01", "SUM01"])
    return None


@plants("SUM09")
def no_total(site: Site) -> Truth | None:
    for table in site.tables(lambda table: not table.down and not table.long and not table.sheet.tables):
        if table.level("subtotal") or table.role("share") or not table.dated() or not table.level("grand"):
            continue
        total = table.level("grand")[0]
        if len(table.level("grand")) > 1 or _read(site, table, total):
            continue
        for place in [total.label, *(cell.at for cell in total.cells)]:
            table.sheet.cells.pop(place, None)
        rows = [line.label[0] for line in table.lines]
        places = [
            (row, column)
            for row in range(table.heads[0].at[0] - 1, max(rows) + 3)
            for column in range(1, table.right + 1)
        ]
        table.totals = []
        site.book.names.pop("Gesamtbedarf", None)
        return truth("SUM09", table.sheet, places, "no total row")
    return None


def _read(site: Site, table: Table, total: Total) -> bool:
    """Whether another cell reads the total row."""
    names = [a1(cell.at) for cell in total.cells]
    own = {cell.at for cell in total.cells}
    for sheet in site.book.sheets:
        for place, cell in sheet.cells.items():
            formula = (cell.formula or "").replace("$", "")
            near = sheet is table.sheet or table.sheet.name in formula
            if near and place not in own and any(name in formula for name in names):
                return True
    return False
