"""A workbook written as text, gathered as `consolidate` gathers it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pik_excel.consolidation.gathering import gathered
from pik_excel.consolidation.record import Consolidation, Entry, Source
from pik_excel.consolidation.together import together
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.tables import workbook


def source(text: str, name: str = "probe.xlsx") -> Source:
    """The file with what it gives."""
    book = workbook(text, name=name)
    return Source(Path(name), book.sha256, gathered=gathered(read_budget(book, built_in()), built_in()))


def entries(text: str) -> list[Entry]:
    """The lines of one workbook."""
    return list(source(text).gathered.entries)


def counted(found: Consolidation) -> dict[str, Decimal]:
    """What the counted lines add up to in EUR, by the heading of the column."""
    sums: dict[str, Decimal] = {}
    for line in found.lines:
        for figure in line.entry.figures if line.entry.counted else ():
            if figure.eur is not None and figure.repeats is None:
                head = figure.column.shown
                sums[head] = sums.get(head, Decimal(0)) + figure.eur
    return sums


def totals(*texts: str) -> dict[str, Decimal]:
    """The same of these workbooks together."""
    return counted(together([source(text, f"{index}.xlsx") for index, text in enumerate(texts)]))


def codes(text: str) -> set[str]:
    """The codes of what is to be said of one workbook."""
    return {note.code for note in source(text).gathered.notes}
