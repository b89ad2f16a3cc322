"""Which rows should each total add? Told from the order of rows and labels, never from a total's own formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Item:
    """A row of a table as far as totals are concerned. `kind` is "head", "measure", "memo" or "total".

    `named_sub`: its label says that more follows ("Zwischensumme"). `below`: its own formula adds rows below it.
    """

    kind: str
    row: int
    label: str = ""
    named_sub: bool = False
    below: bool = False


@dataclass(frozen=True)
class Sum:
    """A total: the rows it should add, and whether it is a subtotal."""

    row: int
    rows: tuple[int, ...]
    subtotal: bool


def sums(items: Sequence[Item]) -> dict[int, Sum]:
    """For each total, by its row, what it should add."""
    totals = [item for item in items if item.kind == "total"]
    if not totals:
        return {}
    if _stand_above(items):
        turned = sums([replace(item, below=False) for item in _turned(items)])
        return {row: replace(one, rows=tuple(sorted(one.rows))) for row, one in turned.items()}
    return _standing_below(items)


def _stand_above(items: Sequence[Item]) -> bool:
    """Whether totals stand above what they add: the first row of all is a total, or a formula says so."""
    rows = [item for item in items if item.kind in {"measure", "total"}]
    totals = [item for item in rows if item.kind == "total"]
    if all(item.below for item in totals):
        return True
    return rows[0].kind == "total" and rows[-1].kind == "measure"


def _turned(items: Sequence[Item]) -> list[Item]:
    """The rows from the bottom, heads before what they head, so that totals above become totals below."""
    return [item for item in reversed(items) if item.kind != "head"]


def _standing_below(items: Sequence[Item]) -> dict[int, Sum]:
    """Totals below what they add."""
    found: dict[int, Sum] = {}
    open_rows: list[int] = []  # measures since the last total or head
    loose: list[int] = []  # measures that no subtotal covers
    subtotals: list[int] = []  # subtotals that no higher one covers
    rest = sum(item.kind == "total" for item in items)
    starts: dict[str, int] = {}  # row of the head of that name
    last_measure = max((item.row for item in items if item.kind == "measure"), default=0)
    for item in items:
        if item.kind == "head":
            loose += open_rows
            open_rows = []
            starts[_plain(item.label)] = item.row
        elif item.kind == "measure":
            open_rows.append(item.row)
        elif item.kind == "total":
            rest -= 1
            grand = rest == 0 and not item.named_sub and (item.row > last_measure or not found)
            head = None if grand else _named_head(item.label, starts)
            if grand or (not open_rows and not subtotals):
                rows = sorted([*loose, *open_rows, *subtotals])
                loose, subtotals = [], [item.row]
            elif head is not None:
                rows = sorted(row for row in (*loose, *open_rows, *subtotals) if row > head)
                loose = [row for row in loose if row <= head]
                subtotals = [*(row for row in subtotals if row <= head), item.row]
            elif open_rows:
                rows = list(open_rows)
                subtotals.append(item.row)
            else:
                rows = sorted([*subtotals, *loose])
                loose, subtotals = [], [item.row]
            open_rows = []
            found[item.row] = Sum(item.row, tuple(rows), subtotal=not grand)
    return found


def _named_head(label: str, starts: dict[str, int]) -> int | None:
    """The row of the head whose name the total's label repeats: "Summe Sozialamt" below "Sozialamt"."""
    plain = _plain(label)
    named = [name for name in starts if len(name) > 3 and name in plain]
    return starts[max(named, key=len)] if named else None


def _plain(label: str) -> str:
    return " ".join(label.casefold().strip(" :.").split())
