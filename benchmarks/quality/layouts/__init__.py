"""Which layouts are there? One module each with `build(book, random, needs) -> Facts`; see `LAYOUTS`."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.quality.book import Book
from benchmarks.quality.layouts import (
    approvals,
    cross,
    departments,
    dossier,
    english,
    excel_table,
    groups,
    kinds,
    ledger,
    long_list,
    memo,
    months,
    need_columns,
    plain,
    sections,
    several,
    stacked,
    succession,
    totals_above,
    trio,
    years_down,
)
from benchmarks.quality.table import Facts

Layout = Callable[[Book, Random, frozenset[str]], Facts]

LAYOUTS: dict[str, Layout] = {
    "plain": plain.build,
    "stacked": stacked.build,
    "totals_above": totals_above.build,
    "groups": groups.build,
    "kinds": kinds.build,
    "several": several.build,
    "excel_table": excel_table.build,
    "long_list": long_list.build,
    "years_down": years_down.build,
    "dossier": dossier.build,
    "trio": trio.build,
    "approvals": approvals.build,
    "memo": memo.build,
    "cross": cross.build,
    "departments": departments.build,
    "succession": succession.build,
    "ledger": ledger.build,
    "need_columns": need_columns.build,
    "months": months.build,
    "sections": sections.build,
    "english": english.build,
    "negative": plain.negative,
}
