"""The long table for other programs: CSV, Parquet, a Frictionless data package.

Numbers are written with a point and without grouping, text as UTF-8: what programs read alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any  # Any: a JSON document has no narrower type

from pik_excel import __version__
from pik_excel.language import _
from pik_excel.report.csv import harmless
from pik_excel.report.json import digits, dumped
from pik_excel.report.parquet import MONEY, arrow, in_groups, money, write_groups
from pik_excel.report.tidy import Line

if TYPE_CHECKING:
    import pandas

DATA, DESCRIPTOR = "amounts.csv", "datapackage.json"
_INTEGERS, _TRUTHS, _NUMBERS = ("number", "year"), ("memo", "open_ended", "formula"), ("eur", "stated")


def frame_of(lines: Sequence[Line]) -> pandas.DataFrame:
    """The lines as a DataFrame; amounts stay Decimal, so that nothing is rounded."""
    import pandas  # 0.8 s

    frame = pandas.DataFrame(lines, columns=list(Line._fields))
    return frame.astype(dict.fromkeys(_INTEGERS, "Int64") | dict.fromkeys(_TRUTHS, "bool"))


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """One line for each amount, commas between, a point before the decimals; line by line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Line._fields)
    yield out.getvalue()
    for line in lines:
        out.seek(0)
        out.truncate()
        writer.writerow(map(_plain, line))
        yield out.getvalue()


def write_parquet(lines: Iterable[Line], path: Path) -> None:
    """The same as Parquet, amounts as decimal128; raises BadConfiguration where pyarrow is not installed."""
    pyarrow = arrow()
    amount = pyarrow.decimal128(*MONEY)
    schema = pyarrow.schema(
        [(name, amount if name in _NUMBERS else _arrow_type(name, pyarrow)) for name in Line._fields]
    )

    def table_of(group: Sequence[Line]) -> Any:
        frame = frame_of(group)
        for column in _NUMBERS:
            frame[column] = frame[column].map(money, na_action="ignore")
        return pyarrow.Table.from_pandas(frame, schema=schema, preserve_index=False)

    write_groups(in_groups(lines, table_of), path)


def as_data_package(lines: Iterable[Line]) -> dict[str, Iterator[str]]:
    """The files of a Frictionless data package, by name: the data and what they mean; piece by piece."""
    return {DATA: as_csv(lines), DESCRIPTOR: iter((dumped(_descriptor()) + "\n",))}


def _plain(value: object) -> object:
    """As a program reads it and no spreadsheet runs it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return digits(value)
    return harmless(value) if isinstance(value, str) else value


def _arrow_type(name: str, pyarrow: Any) -> Any:
    if name in _INTEGERS:
        return pyarrow.int64()
    return pyarrow.bool_() if name in _TRUTHS else pyarrow.string()


def _descriptor() -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "budget",
        "title": _("Beträge der Maßnahmen"),
        "version": __version__,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "amounts",
                "path": DATA,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_field(name) for name in Line._fields],
                    "missingValues": [""],
                    "primaryKey": ["workbook", "cell"],
                },
            }
        ],
    }


def _field(name: str) -> dict[str, Any]:
    kind = "integer" if name in _INTEGERS else "boolean" if name in _TRUTHS else "number" if name in _NUMBERS else None
    required = {"constraints": {"required": True}} if name in {"workbook", "sheet", "statement", "cell"} else {}
    return {"name": name, "type": kind or "string", "description": _meaning()[name], **required}


def _meaning() -> dict[str, str]:
    return {
        "workbook": _("Name der Datei"),
        "sheet": _("Blatt"),
        "table": _("Bereich der Tabelle"),
        "title": _("Titel der Tabelle"),
        "number": _("Laufende Nummer der Maßnahme"),
        "measure": _("Maßnahme"),
        "memo": _("davon-, nachrichtliche oder VE-Zeile: nicht addieren"),
        "product": _("Produkt"),
        "product_name": _("Name des Produkts"),
        "account_group": _("Kontengruppe"),
        "account_name": _("Name der Kontengruppe"),
        "year": _("Haushaltsjahr"),
        "open_ended": _("„ff.“: dieses und jedes folgende Jahr"),
        "kind": _("result: Ist, estimate: Ansatz, plan: Plan"),
        "status": _("decided: beschlossen, requested: angemeldet, provided: bereitgestellt, proposed: vorgeschlagen"),
        "statement": _("was die Zelle sagt: number, blank, dash, not given, error, unreadable, not stored"),
        "eur": _("Betrag in EUR"),
        "stated": _("Betrag, wie er in der Zelle steht"),
        "unit": _("Einheit der Zelle"),
        "cell": _("Blatt!Zelle"),
        "formula": _("ob die Zelle rechnet"),
    }
