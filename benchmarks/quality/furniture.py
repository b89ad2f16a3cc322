"""What else stands in a real file? Covers, notes, drop-downs, charts, comments, hidden parts, print set-up, names."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import SMALL, TITLE
from benchmarks.quality.book import Book, a1, reference
from benchmarks.quality.table import Facts, Table
from benchmarks.quality.vocabulary import COVER_LINES, NOTES


def furnish(book: Book, facts: Facts, random: Random) -> None:
    """Furniture of chance; none of it is a defect."""
    for table in facts.tables:
        _view(table, random)
    if random.random() < 0.3:
        _cover(book, random)
    if random.random() < 0.25:
        _remarks(book, random)
    if random.random() < 0.3:
        _lists(facts, random)
    if random.random() < 0.3:
        _comments(facts.tables[0], random)
    if random.random() < 0.25 and not facts.tables[0].long:
        _chart(facts.tables[0])
    if random.random() < 0.25:
        _mark(facts.tables[0])
    if random.random() < 0.2 and facts.tables[0].level("grand"):
        total = facts.tables[0].level("grand")[0].cells[-1]
        book.names["Gesamtbedarf"] = reference(facts.tables[0].sheet, total.at, "cr")
    if random.random() < 0.15:
        _hidden_sheet(book)
    if random.random() < 0.1:
        facts.tables[0].sheet.protected = True
    if random.random() < 0.4 and facts.tables[-1].below:
        last = facts.tables[-1]
        row = max(last.sheet.last_row, last.below) + 1
        last.sheet.put((row, 1), random.choice(NOTES), SMALL)
    if random.random() < 0.15:
        sheet = facts.tables[0].sheet
        sheet.hidden_rows.add(sheet.last_row + 2)  # an empty row, hidden by chance


def _view(table: Table, random: Random) -> None:
    sheet = table.sheet
    sheet.widths.setdefault(table.label_column, 46)
    if random.random() < 0.5 and table.lines and not table.down:
        sheet.freeze = (min(line.label[0] for line in table.lines), table.label_column + 1)
    sheet.landscape = random.random() < 0.5
    if random.random() < 0.4:
        sheet.footer = "&L&F&CSeite &P von &N&R&D"
    if random.random() < 0.3 and table.title:
        sheet.print_rows = (table.title[0], table.title[0] + 1)
    if random.random() < 0.2:
        sheet.colour = random.choice(("#C00000", "#70AD47", "#4472C4"))


def _cover(book: Book, random: Random) -> None:
    sheet = book.sheet("Deckblatt")
    book.sheets.insert(0, book.sheets.pop())
    for row, text in enumerate(random.sample(COVER_LINES, 3), 2):
        sheet.put((row, 2), text, TITLE if row == 2 else SMALL)
    sheet.widths[2] = 60
    sheet.merges.append(((2, 2), (2, 6)))


def _remarks(book: Book, random: Random) -> None:
    sheet = book.sheet("Hinweise")
    sheet.put((1, 1), "Hinweise zum Ausfüllen", TITLE)
    for row, text in enumerate(
        (*random.sample(NOTES, 2), "- Bitte keine Zeilen löschen", "+ 3 % Tarif sind enthalten"), 3
    ):
        sheet.put((row, 1), text)


def _lists(facts: Facts, random: Random) -> None:
    table = facts.tables[0]
    column = table.right + 1
    if any(other is not table and other.sheet is table.sheet for other in facts.tables):
        return
    if table.sheet.tables or any(place[1] == column for place in table.sheet.cells):
        return
    rows = [line.label[0] for line in table.lines]
    if table.down or not rows:
        return
    choice = random.choice((("angemeldet", "beschlossen"), ("freiwillig", "Pflichtaufgabe")))
    head_row = table.heads[0].at[0]
    table.sheet.put((head_row, column), "Status" if choice[0] == "angemeldet" else "Verpflichtungsgrad")
    for row in sorted(set(rows)):
        table.sheet.put((row, column), random.choice(choice))
    table.sheet.lists.append(((min(rows), column), (max(rows), column), choice))
    table.right = column


def _comments(table: Table, random: Random) -> None:
    line = random.choice(table.lines)
    place = random.choice(list(line.amounts.values()))
    table.sheet.comments[place] = random.choice(("Mit Kämmerei abgestimmt", "Angebot liegt vor", "geprüft, 14.03."))


def _chart(table: Table) -> None:
    head = table.years()[0]
    first, last = table.lines[0], table.lines[-1]
    at = (max(table.sheet.last_row, table.below) + 3, 1)
    table.sheet.charts.append((at, "column", first.label, last.label, first.amounts[head], last.amounts[head]))


def _mark(table: Table) -> None:
    years = table.years()
    first, last = table.lines[0].amounts[years[0]], table.lines[-1].amounts[years[-1]]
    if first <= last:
        table.sheet.marks.append((first, last, f"={a1(first)}=0"))


def _hidden_sheet(book: Book) -> None:
    sheet = book.sheet("Listen")
    for row, text in enumerate(("Status", "angemeldet", "beschlossen", "entfallen"), 1):
        sheet.put((row, 1), text)
    sheet.hidden = True
