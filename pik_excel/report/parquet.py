"""The results of many workbooks as Parquet: row group by row group, so that no more than one is held in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar  # Any: pyarrow ships no type information

from pik_excel.errors import BadConfiguration
from pik_excel.language import _, legible
from pik_excel.ooxml.target import not_written, refuse_target, resolved
from pik_excel.report.checked import Checked
from pik_excel.report.json import digits
from pik_excel.report.projected import Projected
from pik_excel.report.refreshed import Recalculated

ROWS = 10_000
"""Rows of a group."""
MONEY = (38, 10)
"""Digits of an amount, and how many of them stand behind the point."""
_SMALLEST = Decimal(1).scaleb(-MONEY[1])

Row = tuple[Any, ...]  # one value a column
One = TypeVar("One")
_FINDINGS = {
    "path": "string",
    "sha256": "string",
    "department": "string",
    "code": "string",
    "name": "string",
    "severity": "string",
    "sheet": "string",
    "range": "string",
    "stated": "string",
    "expected": "string",
    "message": "string",
    "hint": "string",
    "fingerprint": "string",
}
_PROJECTIONS = {
    "path": "string",
    "output": "string",
    "scenario": "string",
    "measure": "string",
    "at": "string",
    "rule": "string",
    "year": "int64",
    "eur": "money",
    "exact": "money",
    "status": "string",
    "cell": "string",
}
_RECALCULATIONS = {"path": "string", "output": "string", "cell": "string", "old": "string", "new": "string"}


def write_findings(results: Iterable[Checked], path: Path) -> None:
    """One row a finding; a workbook that was not read is one row of the severity "refused"."""
    _write_rows((row for result in results for row in _findings(result)), _FINDINGS, path)


def write_projections(results: Iterable[Projected], path: Path) -> None:
    """One row for each measure and year, amounts in EUR."""
    _write_rows((row for result in results for row in _amounts(result)), _PROJECTIONS, path)


def write_recalculations(results: Iterable[Recalculated], path: Path) -> None:
    """One row for each cell whose stored value was not right."""
    _write_rows((row for result in results for row in _changes(result)), _RECALCULATIONS, path)


def write_groups(groups: Iterable[Any], path: Path) -> None:
    """Tables of pyarrow, each a row group; the file takes its name only when all of it is there."""
    import pyarrow.parquet

    real = resolved(path)
    refuse_target(path, real, None, in_place=False)
    unfinished = real.with_name(f".{real.name}.{os.getpid()}")
    waiting = iter(groups)
    first = next(waiting)
    try:
        with pyarrow.parquet.ParquetWriter(unfinished, first.schema) as writer:
            for group in chain((first,), waiting):
                writer.write_table(group)
        unfinished.replace(real)
    except OSError as error:
        raise not_written(path, error) from None
    finally:
        unfinished.unlink(missing_ok=True)


def in_groups(rows: Iterable[One], table_of: Callable[[Sequence[One]], Any]) -> Iterator[Any]:
    """Tables of so many rows each; at least one, be it an empty one."""
    waiting = iter(rows)
    yield table_of(list(islice(waiting, ROWS)))
    while group := list(islice(waiting, ROWS)):
        yield table_of(group)


def arrow() -> Any:
    """pyarrow; raises BadConfiguration where it is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise BadConfiguration(
            "no-pyarrow",
            _("Für Parquet fehlt das Paket pyarrow."),
            _("Bitte installieren: pip install 'pik-excel[parquet]'"),
        ) from None
    return pyarrow


def money(value: Decimal | None) -> Decimal | None:
    """The amount with as many decimals as the column has."""
    return None if value is None else value.quantize(_SMALLEST)


def _write_rows(rows: Iterable[Row], columns: Mapping[str, str], path: Path) -> None:
    pyarrow = arrow()
    types = {"string": pyarrow.string(), "int64": pyarrow.int64(), "money": pyarrow.decimal128(*MONEY)}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])

    def table_of(group: Sequence[Row]) -> Any:
        values = zip(*group, strict=True) if group else [()] * len(columns)
        return pyarrow.Table.from_pydict(dict(zip(columns, values, strict=True)), schema=schema)

    write_groups(in_groups(rows, table_of), path)


def _findings(result: Checked) -> Iterator[Row]:
    place = (legible(str(result.path)), result.sha256, result.department or None)
    if result.refused:
        said = (result.refused.message, result.refused.hint)
        yield (*place, result.refused.code, None, "refused", None, None, None, None, *said, None)
    for one in result.findings:
        what = (one.code, one.name, one.severity.value, one.sheet, one.range)
        yield (*place, *what, one.stated, one.expected, one.message, one.hint, one.fingerprint)


def _amounts(result: Projected) -> Iterator[Row]:
    output = None if result.output is None else legible(str(result.output))
    for measure in result.projection.measures:
        named = (
            legible(str(result.path)),
            output,
            result.projection.scenario,
            measure.name,
            str(measure.at),
            measure.rule,
        )
        for amount in measure.amounts:
            at = None if amount.at is None else str(amount.at)
            yield (*named, amount.year, money(amount.value), money(amount.exact), amount.standing.value, at)


def _changes(result: Recalculated) -> Iterator[Row]:
    output = None if result.output is None else legible(str(result.output))
    for one in result.changed:
        yield (legible(str(result.path)), output, str(one.at), *map(_text, (one.old, one.new)))


def _text(value: Any) -> str | None:
    return digits(value) if isinstance(value, Decimal) else None if value is None else str(value)
