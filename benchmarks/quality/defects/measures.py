"""MSR: measures without a name, twice, renamed, with loose footnotes, odd codes and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from benchmarks.quality.book import Place
from benchmarks.quality.defects.site import Site, labels_of, plants, row_of
from benchmarks.quality.table import Line, Table
from benchmarks.quality.truth import Truth, joined, truth
from benchmarks.quality.vocabulary import DEPARTMENTS

RENAMED = ("MSR04", "FIN07", "MSR03")


def _measures(site: Site) -> list[tuple[Table, Line]]:
    """The measures with an amount, in an order of chance."""
    found = [
        (table, line)
        for table in site.facts.tables
        for line in table.lines
        if any(site.value(table.sheet, place) for place in line.amounts.values()) and line.item.entry.size
    ]
    site.random.shuffle(found)
    return found


@plants("MSR01")
def no_name(site: Site) -> Truth | None:
    for table, line in _measures(site):
        if table.long or table.down:
            continue
        table.sheet.cell(line.label).value = None
        return truth("MSR01", table.sheet, row_of(line), "no name", beside=RENAMED)
    return None


@plants("MSR01")
def no_name_across(site: Site) -> Truth | None:
    """The name is missing in a list or above a column."""
    for table, line in _measures(site):
        place = site.random.choice(labels_of(table, line))
        table.sheet.cell(place).value = None
        places = [place, *line.amounts.values(), *line.beside.values()]
        places += [(place[0], column) for column in range(1, table.right + 1)]
        return truth("MSR01", table.sheet, places, "no name", beside=RENAMED)
    return None


@plants("MSR01", needs=["codes"])
def no_account(site: Site) -> Truth | None:
    for table, line in _measures(site):
        if "account" not in line.beside:
            continue
        table.sheet.cell(line.beside["account"]).value = None
        return truth("MSR01", table.sheet, [line.beside["account"], line.label], "no account group")
    return None


def _twice(site: Site, write: Callable[[str], str], what: str) -> Truth | None:
    for table in site.tables(lambda table: len(table.lines) >= 3):
        pairs = [
            (one, two)
            for one in table.lines
            for two in table.lines
            if one is not two
            and one.item.entry.size
            and one.item.product == two.item.product
            and _parts_of(table, one) == _parts_of(table, two)
            and _of_one_sign(site, table, one, two)
        ]
        if not pairs:
            continue
        one, two = site.random.choice(pairs)
        name = re.sub(r"(\*+|\d\))$", "", str(table.sheet.cell(one.label).value))
        for place in labels_of(table, two):
            table.sheet.cell(place).value = write(name)
        _same_payee(table, one, two)
        places = labels_of(table, one) + labels_of(table, two)
        places += [*one.amounts.values(), *two.amounts.values()] if table.long else []
        return truth("MSR02", table.sheet, places, what, beside=["MSR04", "FIN07", "MSR08", "MSR03", "FIN03"])
    return None


def _of_one_sign(site: Site, table: Table, one: Line, two: Line) -> bool:
    """Whether both need money in some year; what takes from the other is none of its rows."""
    pairs = [
        (site.value(table.sheet, place), site.value(table.sheet, two.amounts[head]))
        for head, place in one.amounts.items()
        if head in two.amounts
    ]
    return any(first and other and first * other > 0 for first, other in pairs)


def _parts_of(table: Table, line: Line) -> list[Place]:
    """The totals that a measure goes into: among revenues and among expenses one name is two lines."""
    own = set(line.amounts.values())
    return [total.label for total in table.totals if any(own & set(cell.parts) for cell in total.cells)]


def _same_payee(table: Table, one: Line, two: Line) -> None:
    """Who gets the money and the account are the same too; with others it would be another measure."""
    if table.down:
        return
    if table.long:
        for column in {place[1] for role, place in one.beside.items() if role in {"product", "account"}}:
            for place in two.amounts.values():
                table.sheet.cell((place[0], column)).value = table.sheet.cell((one.label[0], column)).value
        return
    first = min(amount[1] for amount in one.amounts.values())
    kept = {one.label, one.beside.get("nr"), one.beside.get("until")}
    for place, cell in list(table.sheet.cells.items()):
        told = isinstance(cell.value, str) or place in {one.beside.get("account"), one.beside.get("priority")}
        if place[0] == one.label[0] and place[1] < first and told and place not in kept:
            table.sheet.cell((two.label[0], place[1])).value = cell.value


@plants("MSR02")
def same_name(site: Site) -> Truth | None:
    return _twice(site, lambda name: name, "the same name twice")


@plants("MSR02")
def other_case(site: Site) -> Truth | None:
    return _twice(site, lambda name: name.upper(), "the same name in capitals")


@plants("MSR02")
def other_spaces(site: Site) -> Truth | None:
    return _twice(site, lambda name: f"{name.replace(' ', '  ', 1)} ", "the same name with other spaces")


@plants("MSR03")
def loose_star(site: Site) -> Truth | None:
    for table, line in _measures(site):
        if table.notes or table.long:
            continue
        mark = site.random.choice(("*", "**", "1)", " 2)"))
        cell = table.sheet.cell(line.label)
        cell.value = f"{cell.value}{mark}"
        return truth("MSR03", table.sheet, [line.label], f"{mark} without a note", beside=["MSR04"])
    return None


def _with_own_notes(site: Site) -> list[Table]:
    """Tables with notes, alone on their sheet: the note of another table explains the same mark."""
    sheets = [table.sheet.name for table in site.facts.tables]
    return site.tables(lambda table: table.notes and sheets.count(table.sheet.name) == 1)


@plants("MSR03", needs=["notes"])
def note_deleted(site: Site) -> Truth | None:
    for table in _with_own_notes(site):
        mark, place = site.random.choice(table.notes)
        del table.sheet.cells[place]
        marked = [line.label for line in table.lines if _mark(str(table.sheet.cell(line.label).value)) == mark]
        if marked:
            return truth("MSR03", table.sheet, marked, f"the note {mark} was deleted")
    return None


@plants("MSR03", needs=["notes"])
def mark_deleted(site: Site) -> Truth | None:
    for table in _with_own_notes(site):
        if len(table.notes) == 1 and table.notes[0][0].endswith(")"):
            continue  # "1)" alone may number a remark
        mark, place = site.random.choice(table.notes)
        for line in table.lines:
            cell = table.sheet.cell(line.label)
            if _mark(str(cell.value)) == mark:
                cell.value = str(cell.value)[: -len(mark)]
                return truth("MSR03", table.sheet, [place, line.label], f"nothing refers to the note {mark}")
    return None


def _mark(name: str) -> str:
    found = re.search(r"(\*+|\d\))$", name)
    return found[1] if found else ""


@plants("MSR04", layouts=["succession"])
def renamed(site: Site) -> Truth | None:
    pairs = site.facts.successors
    for one, two in pairs:
        at = site.random.randrange(len(two.lines))
        old = str(one.sheet.cell(one.lines[at].label).value)
        new = site.random.choice(
            (f"Projekt {old.split()[0]} plus", f"{old} (neu)", f"Weiterführung {old.split(',')[0]}")
        )
        two.sheet.cell(two.lines[at].label).value = new
        found = truth("MSR04", two.sheet, [two.lines[at].label], f"{old} became {new}", beside=["FIN07"])
        return joined(found, one.sheet, [one.lines[at].label])
    return None


@plants("MSR04", layouts=["succession"])
def replaced(site: Site) -> Truth | None:
    """A measure is gone and another stands in its row."""
    pairs = site.facts.successors
    names = {str(cell.value) for sheet in site.book.sheets for cell in sheet.cells.values()}
    other = [entry.name for one in DEPARTMENTS for entry in one.entries if entry.name not in names]
    for one, two in pairs:
        at = site.random.randrange(len(two.lines))
        two.sheet.cell(two.lines[at].label).value = site.random.choice(other)
        found = truth("MSR04", two.sheet, [two.lines[at].label], "another measure in its row", beside=["FIN07"])
        return joined(found, one.sheet, [one.lines[at].label])
    return None


@plants("MSR04", layouts=["succession"])
def dropped(site: Site) -> Truth | None:
    """The last measure of a table was deleted with its amounts."""
    pairs = site.facts.successors
    for one, two in pairs:
        at = site.random.randrange(len(two.lines))
        line = two.lines[at]
        last = one.lines[at].amounts[one.dated()[-1]]
        later = [one.lines[at].amounts[head] for head in one.role("ff")]
        if not all(site.value(one.sheet, place) for place in [last, *later]):
            continue  # one that had ended before, or ends by its "ff.", may be left out
        for place in row_of(line):
            two.sheet.cells.pop(place, None)
        two.sheet.cells = {place: cell for place, cell in two.sheet.cells.items() if place[0] != line.label[0]}
        near = [(line.label[0], column) for column in range(1, two.right + 1)] + [head.at for head in two.heads]
        near += [cell.at for total in two.totals for cell in total.cells] + ([two.title] if two.title else [])
        found = truth(
            "MSR04", two.sheet, near, f"{line.item.name} dropped", beside=["FIN07", "MSR07", "FRM08", "FRM01"]
        )
        return joined(found, one.sheet, [one.lines[at].label])
    return None


@plants("MSR05", needs=["codes"])
def unknown_account(site: Site) -> Truth | None:
    for table, line in _measures(site):
        if "account" in line.beside:
            code = site.random.choice(("49", "53", "99", "520"))
            table.sheet.cell(line.beside["account"]).value = code
            return truth(
                "MSR05", table.sheet, [line.beside["account"], line.label], f"account group {code}", beside=["MSR09"]
            )
    return None


@plants("MSR05", needs=["codes"])
def unknown_product(site: Site) -> Truth | None:
    for table, line in _measures(site):
        if "product" in line.beside:
            code = site.random.choice(("19.40.01", "39.95.02", "99.10.01", "72.10.03"))
            table.sheet.cell(line.beside["product"]).value = code
            return truth("MSR05", table.sheet, [line.beside["product"], line.label], f"product {code}")
    return None


@plants("MSR05", needs=["keys"])
def unknown_key(site: Site) -> Truth | None:
    for table in site.tables(lambda table: table.keys):
        for place in table.keys:
            cell = table.sheet.cell(place)
            if "/" in str(cell.value):
                cell.value = re.sub(r"/\d+ .*", "/530 Transferaufwendungen", str(cell.value))
                return truth("MSR05", table.sheet, [place], "account group 530 in the key row", beside=["MSR09"])
    return None


@plants("MSR06")
def blank(site: Site) -> Truth | None:
    """In a year between others: before its beginning and after its end a measure needs nothing."""
    for table in site.tables(lambda table: len(table.dated()) >= 3):
        typed = {place for _, _, place in table.typed()}
        found = [
            (line, head, place)
            for line, head, place in table.typed()
            if {line.amounts.get(head - 1), line.amounts.get(head + 1)} <= typed
        ]
        if not found:
            continue
        line, _head, place = site.random.choice(found)
        table.sheet.cell(place).value = None
        places: list[Place] = [place, *labels_of(table, line), *line.amounts.values()]
        return truth(
            "MSR06", table.sheet, places, "an amount is blank", beside=["FIN01", "FIN07", "FRM08", "FRM03", "FRM01"]
        )
    return None


@plants("MSR06")
def blank_row(site: Site) -> Truth | None:
    if site.facts.trios:
        return None  # what is needed besides stands in another table: nothing is missing
    for table, line in _measures(site):
        typed = [place for one, _, place in table.typed() if one is line]
        if not line.beside:  # a name alone may be a heading
            continue
        if not table.dated() or len(typed) < len(table.years()):
            continue
        for place in typed:
            table.sheet.cell(place).value = None
        places = [*labels_of(table, line), *line.amounts.values()]
        return truth(
            "MSR06", table.sheet, places, "all amounts are blank", beside=["FIN01", "FIN07", "FRM08", "FRM03", "FRM01"]
        )
    return None


@plants("MSR07", needs=["nr"])
def number_left_out(site: Site) -> Truth | None:
    for table in site.tables(lambda table: len([1 for line in table.lines if "nr" in line.beside]) >= 4):
        places = sorted(place for line in table.lines if "nr" in line.beside for place in [line.beside["nr"]])
        if table.long:
            column = places[0][1]
            places = sorted(
                place for place in table.sheet.cells if place[1] == column and place[0] > table.heads[0].at[0]
            )
            places = [place for place in places if isinstance(table.sheet.cell(place).value, int)]
        at = site.random.randrange(1, len(places))
        column, rows = places[at][1], [row for row, _ in places[at:]]
        for place, cell in table.sheet.cells.items():
            if place[1] == column and place[0] >= rows[0] and (place[0] <= rows[-1] or isinstance(cell.value, int)):
                if isinstance(cell.value, int):
                    cell.value += 1
                elif isinstance(cell.value, str) and re.fullmatch(r"\d+\.", cell.value):
                    cell.value = f"{int(cell.value[:-1]) + 1}."
        near = places[at - 1 : at + 1]
        near += [line.label for line in table.lines if line.beside.get("nr") in near]
        return truth("MSR07", table.sheet, near, "a number left out")
    return None


@plants("MSR08")
def no_break_space(site: Site) -> Truth | None:
    for table, line in _measures(site):
        name = str(table.sheet.cell(line.label).value)
        if " " in name:
            return _invisible(table, line, name.replace(" ", "\u00a0", 1), "a no-break space")
    return None


@plants("MSR08")
def soft_hyphen(site: Site) -> Truth | None:
    for table, line in _measures(site):
        name = str(table.sheet.cell(line.label).value)
        if len(name) > 6:
            sign = site.random.choice(("\u00ad", "\u200b"))
            return _invisible(table, line, f"{name[:5]}{sign}{name[5:]}", "a soft hyphen or zero-width space")
    return None


@plants("MSR08")
def padding(site: Site) -> Truth | None:
    for table, line in _measures(site):
        name = str(table.sheet.cell(line.label).value)
        return _invisible(table, line, site.random.choice((f"{name}  ", f" {name}")), "padding")
    return None


def _invisible(table: Table, line: Line, name: str, what: str) -> Truth:
    table.sheet.cell(line.label).value = name
    return truth("MSR08", table.sheet, [line.label], what)


UNLIKELY = (
    "Softwarelizenz Teilhabeportal",
    "Miete Beratungsräume",
    "EDV-Lizenzkosten Vermittlung",
    "Honorare Fachvorträge",
    "Reinigung Gruppenräume",
)


def _paid_by_the_town(table: Table, line: Line) -> None:
    """The town itself stands as the payee: what an association gets for its rent, fees or staff is a transfer."""
    payee = line.item.entry.payee
    for place, cell in table.sheet.cells.items():
        if payee and place[0] == line.label[0] and place != line.label and cell.value == payee:
            cell.value = "Stadt"


@plants("MSR09", needs=["codes"])
def licence_as_transfer(site: Site) -> Truth | None:
    for table, line in _measures(site):
        if "account" in line.beside and not table.long and not table.grants:
            table.sheet.cell(line.label).value = site.random.choice(UNLIKELY)
            table.sheet.cell(line.beside["account"]).value = site.random.choice(("43", "430"))
            _paid_by_the_town(table, line)
            places = [line.label, line.beside["account"]]
            return truth("MSR09", table.sheet, places, "an expense for services under 43", beside=RENAMED)
    return None


@plants("MSR09", needs=["codes"])
def staff_as_services(site: Site) -> Truth | None:
    for table, line in _measures(site):
        if "account" in line.beside and not table.long:
            name, code = site.random.choice(
                (
                    ("Zuschuss an den Trägerverein", "40"),
                    ("Personalkosten Projektleitung", "43"),
                    ("Abschreibungen auf Geräte", "43"),
                )
            )
            if code == "43" and table.grants:
                continue
            table.sheet.cell(line.label).value = name
            table.sheet.cell(line.beside["account"]).value = code
            if code == "43":
                _paid_by_the_town(table, line)
            return truth(
                "MSR09", table.sheet, [line.label, line.beside["account"]], f"{name} under {code}", beside=RENAMED
            )
    return None


@plants("MSR09", needs=["keys"])
def licence_below_key(site: Site) -> Truth | None:
    for table in site.tables(lambda table: table.keys):
        for place in table.keys:
            if "/43" not in str(table.sheet.cell(place).value):
                continue
            line = next((line for line in table.lines if line.label[0] == place[0] + 1), None)
            if line is None:
                continue
            table.sheet.cell(line.label).value = site.random.choice(UNLIKELY)
            _paid_by_the_town(table, line)
            return truth("MSR09", table.sheet, [line.label, place], "an expense for services under 430", beside=RENAMED)
    return None
