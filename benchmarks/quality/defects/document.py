"""DOC: unclear layouts, hidden sources, settings of the workbook, active content, texts that would run."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.quality.book import Place, Style, reference
from benchmarks.quality.defects.site import Site, plain, plants, read_elsewhere
from benchmarks.quality.table import Table
from benchmarks.quality.truth import Truth, joined, truth

EVERYTHING = ("MSR04", "FIN07", "FIN03", "NUM04", "YRS01", "YRS02", "SUM09", "MSR01")


def _whole(table: Table) -> list[Place]:
    return [(row, column) for row in range(1, table.below + 1) for column in range(1, table.right + 1)]


@plants("DOC01")
def two_header_rows(site: Site) -> Truth | None:
    """Two header rows name different years for the same columns."""
    for table in site.tables(lambda table: len(table.dated()) >= 2 and not table.down and not table.long):
        heads = [table.heads[head] for head in table.dated()]
        above = heads[0].at[0] - 1
        if above < 1 or any(table.sheet.cells.get((above, head.at[1])) for head in heads) or table.sheet.tables:
            continue
        if any(first[0] <= above <= last[0] for first, last in table.sheet.merges):
            continue  # what stands below a merged title is not to be seen
        shift = site.random.choice((1, 2, -3))
        for head in heads:
            assert head.year is not None
            style = table.sheet.cell(head.at).style
            table.sheet.put((above, head.at[1]), head.year.value + shift, replace(style, bold=True))
        return truth("DOC01", table.sheet, _whole(table), "two header rows with different years", beside=EVERYTHING)
    return None


@plants("DOC01")
def no_years(site: Site) -> Truth | None:
    """The header names no years at all."""
    facts = site.facts
    if len(facts.tables) != 1 or facts.financings or facts.posts or facts.figures or facts.grants or facts.terms:
        return None
    table = site.facts.tables[0]
    heads = [table.heads[head] for head in table.dated()]
    if not heads or table.long or table.sheet.tables or any(head.role == "ff" for head in table.heads):
        return None
    for number, head in enumerate(heads, 1):
        table.sheet.cell(head.at).value = site.random.choice((f"Spalte {number}", f"Wert {number}", "xxx"))
    for place, cell in table.sheet.cells.items():
        if place[0] < heads[0].at[0] and place != table.title and place not in table.unit_at:
            cell.value = None
    if table.title:
        table.sheet.cell(table.title).value = "Zusammenstellung"
    found = truth("DOC01", table.sheet, _whole(table), "no years anywhere", beside=EVERYTHING)
    return joined(found, site.book.sheets[0], [(1, 1), (2, 2)])


@plants("DOC01")
def no_budget(site: Site) -> Truth | None:
    """A list of addresses, and no budget at all."""
    site.book.sheets = [site.book.sheet("Adressen")]
    site.book.names = {}
    sheet = site.book.sheets[0]
    for column, text in enumerate(("Name", "Straße", "Ort", "Telefon"), 1):
        sheet.put((1, column), text, Style(bold=True))
    for row in range(2, 12):
        texts = (f"Verein {row}", f"Hauptstraße {row * 3}", "70001 Neuenrode", f"07000 {row * 113}")
        for column, text in enumerate(texts, 1):
            sheet.put((row, column), text)
    places = [(row, column) for row in range(1, 12) for column in range(1, 5)]
    return truth("DOC01", sheet, places, "no budget")


@plants("DOC02")
def amount_from_hidden(site: Site) -> Truth | None:
    for table in site.tables(lambda table: table.level("grand")):
        found = table.typed()
        if not found:
            continue
        hidden = site.book.sheet(site.random.choice(("Nebenrechnung", "alt", "Tabelle3", "intern")))
        hidden.hidden = True
        hidden.put((1, 1), "Nebenrechnung")
        chosen = site.random.sample(found, 1 if site.random.random() < 0.6 else min(3, len(found)))
        for row, (line, _head, place) in enumerate(chosen, 3):
            hidden.put((row, 1), line.item.name)
            source = hidden.put((row, 2), table.sheet.cell(place).value, table.sheet.cell(place).style)
            table.sheet.reformulate(place, reference(hidden, source))
        places = [place for _, _, place in chosen]
        places += [cell.at for total in table.totals for cell in total.cells if set(cell.parts) & set(places)]
        places += [cell.at for total in table.level("grand") for cell in total.cells if cell.made_of == "totals"]
        places += [row[2] for one, row in site.facts.needs if one is table and set(row) & set(places)]
        truth_ = truth("DOC02", table.sheet, places, "amounts from a hidden sheet", beside=["FRM01", "NUM04", "MSR04"])
        for other in site.facts.tables:  # whatever adds or fetches the total is fed by the hidden sheet too
            fed = [cell.at for total in other.totals for cell in total.cells]
            truth_ = joined(truth_, other.sheet, fed)
        return joined(truth_, hidden, list(hidden.cells))
    return None


@plants("DOC02", layouts=["departments", "succession", "trio"])
def hidden_part(site: Site) -> Truth | None:
    """A department's own sheet is hidden and still feeds the overview."""
    tables = site.facts.tables
    last = tables[-1]
    reads = {
        sheet.name
        for sheet in site.book.sheets
        for cell in last.sheet.cells.values()
        if sheet.name in (cell.formula or "")
    }
    others = [table for table in tables[:-1] if table.sheet is not last.sheet and table.sheet.name in reads]
    if not others:
        return None
    table = site.random.choice(others)
    table.sheet.hidden = True
    if site.book.sheets[0] is table.sheet:
        return None
    places = [place for place, cell in last.sheet.cells.items() if table.sheet.name in (cell.formula or "")]
    places += [cell.at for total in last.totals for cell in total.cells]
    found = truth("DOC02", last.sheet, places, f"the sheet {table.sheet.name} is hidden", beside=["SUM05"])
    return joined(found, table.sheet, list(table.sheet.cells))


def _setting(site: Site, what: str) -> Truth:
    found = truth("DOC03", site.book.sheets[0], [(1, 1)], what)
    return replace(found, anywhere=True)


@plants("DOC03")
def manual_calculation(site: Site) -> Truth | None:
    site.book.manual = True
    return _setting(site, "manual calculation")


@plants("DOC03")
def iterative_calculation(site: Site) -> Truth | None:
    site.book.settings["iterate"] = "1"
    return _setting(site, "iterative calculation")


@plants("DOC03")
def precision_as_displayed(site: Site) -> Truth | None:
    site.book.settings["fullPrecision"] = "0"
    return _setting(site, "precision as displayed")


@plants("DOC03", companions=["grant"])
def epoch_1904(site: Site) -> Truth | None:
    site.book.epoch_1904 = True
    return _setting(site, "1904 date system")


@plants("DOC04")
def connection(site: Site) -> Truth | None:
    site.book.attachments.append("connection:Finanzverfahren")
    found = truth("DOC04", site.book.sheets[0], [(1, 1)], "a connection")
    return replace(found, anywhere=True)


@plants("DOC04")
def macro(site: Site) -> Truth | None:
    site.book.attachments.append("macro:Modul1")
    found = truth("DOC04", site.book.sheets[0], [(1, 1)], "a macro")
    return replace(found, anywhere=True)


RUNS = (
    '=HYPERLINK("http://example.org/";"hier")',
    "=cmd|' /C calc'!A0",
    "@A1*cmd|' /C calc'!A0",
    "=1+1",
    "+1+cmd|' /C calc'!A0",
)


@plants("DOC05")
def name_that_runs(site: Site) -> Truth | None:
    for table in site.tables(lambda table: not table.long and not table.down):
        line = site.random.choice(table.lines)
        table.sheet.cell(line.label).value = site.random.choice(RUNS)
        return truth(
            "DOC05", table.sheet, [line.label], "a name that runs", beside=["MSR04", "FIN07", "MSR01", "MSR03"]
        )
    return None


@plants("DOC05")
def amount_as_formula_text(site: Site) -> Truth | None:
    """A formula in a cell formatted as text stays a text."""
    for table in site.tables():
        found = [one for one in table.typed() if not read_elsewhere(site.book, table.sheet, one[2])]
        if not found:
            continue
        place = site.random.choice(found)[2]
        value = table.sheet.cell(place).value
        table.sheet.put(place, f"={plain(value)}-0", Style(number="@"))
        beside = ["NUM01", "SUM01", "MSR06", "FRM08", "SUM08", "FIN07", "FIN01"]
        return truth("DOC05", table.sheet, [place], "a formula as text", beside=beside)
    return None


@plants("DOC05")
def note_that_runs(site: Site) -> Truth | None:
    table = site.tables()[0]
    at = (max(table.sheet.last_row, table.below) + 2, 1)
    table.sheet.put(at, site.random.choice(RUNS))
    return truth("DOC05", table.sheet, [at], "a note that runs")
