"""An Excel table (ListObject) with structured references in its total."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import TITLE
from benchmarks.quality.book import Book, ExcelTable, Style, adding
from benchmarks.quality.leading import lead_in
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Added, Facts, Head, Table, Total
from benchmarks.quality.vocabulary import PAYEE_HEADS, TOTALS


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """A table with text headers; its totals row belongs to it, or a SUM stands below it."""
    announced = plan(random)
    unit = announced.unit
    sheet = book.sheet(random.choice(("Tabelle", "Maßnahmen", "Liste")))
    sheet.put((1, 1), f"{announced.department.name}: Anmeldungen in {unit.text}", TITLE)
    lead = ["Maßnahme"]
    if "nr" in needs or random.random() < 0.4:
        lead.insert(0, "Nr.")
    if "codes" in needs or random.random() < 0.4:
        lead += ["Produkt", "Kontengruppe"]
    lead.append(random.choice(PAYEE_HEADS))
    if "until" in needs:
        lead.append("befristet bis")
    top, name = 3, random.choice(("tblMassnahmen", "Anmeldung", "Tabelle1"))
    texts = [f"{year.kind or 'Ansatz'} {year.value}" for year in announced.years]
    row_total = "row_total" in needs or random.random() < 0.3
    heads = lead + texts + (["Summe"] if row_total else [])
    for column, text in enumerate(heads, 1):
        sheet.put((top, column), text, Style(bold=True))
        sheet.widths[column] = 16
    table = Table(sheet, unit, (1, 1), [], [], [], unit_at=[(1, 1)], label_column=lead.index("Maßnahme") + 1)
    first = len(lead) + 1
    for index, year in enumerate(announced.years):
        table.heads.append(Head((top, first + index), "year", year))
    if row_total:
        table.heads.append(Head((top, len(heads)), "row_total"))
    style = Style(number=unit.format)
    for row, item in enumerate(announced.items, top + 1):
        line = lead_in(sheet, lead, row, item, row - top)
        for index, amount in enumerate(item.amounts):
            line.amounts[index] = sheet.put((row, first + index), amount, style)
        if row_total:
            index = len(announced.years)
            line.amounts[index] = (row, len(heads))
            parts = [line.amounts[one] for one in range(index)]
            written = f"SUM({name}[[#This Row],[{texts[0]}]:[{texts[-1]}]])"
            sheet.calc(line.amounts[index], adding(parts), style, written)
        table.lines.append(line)
    _totals(table, name, [str(text) for text in heads], random)
    return Facts(tables=[table])


def _totals(table: Table, name: str, heads: list[str], random: Random) -> None:
    own = random.random() < 0.5
    sheet, last = table.sheet, table.lines[-1].label[0]
    label = sheet.put((last + 1, 1), "Ergebnis" if own else random.choice(TOTALS), Style(bold=True))
    cells = []
    for head, one in enumerate(table.heads):
        parts = [line.amounts[head] for line in table.lines]
        column = heads[one.at[1] - 1]
        cells.append(Added((last + 1, one.at[1]), parts, head))
        bold = Style(number=table.unit.format, bold=True, top=True)
        if own:
            ranged = adding(parts)[4:]
            sheet.calc(cells[-1].at, f"SUBTOTAL(109,{ranged}", bold, f"SUBTOTAL(109,{name}[{column}])")
        else:
            sheet.calc(cells[-1].at, adding(parts), bold, f"SUM({name}[{column}])")
    table.totals.append(Total(label, cells, "grand", 0, len(table.lines) - 1))
    years = table.years()
    for head in table.role("row_total"):
        rows = [Added(line.amounts[head], [line.amounts[one] for one in years], head) for line in table.lines]
        table.totals.append(Total(table.heads[head].at, rows, "row", 0, len(table.lines) - 1))
    sheet.tables.append(ExcelTable(name, (3, 1), (last + own, len(heads)), own))
    table.below, table.right = last + 3, len(heads)
