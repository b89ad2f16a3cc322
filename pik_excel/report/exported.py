"""The long table for other programs: CSV, Parquet, a Frictionless data package.

Numbers are written with a point and without grouping, text as UTF-8: what programs read alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any  # Any: a JSON document has no narrower type

from pik_excel import __version__
from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.report.csv import harmless
from pik_excel.report.json import digits, dumped
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


def as_csv(lines: Sequence[Line]) -> str:
    """One line for each amount, commas between, a point before the decimals."""
    frame = frame_of(lines)
    for column in _NUMBERS:
        frame[column] = frame[column].map(_number)
    for column in _TRUTHS:
        frame[column] = frame[column].map({True: "true", False: "false"})
    for column in set(Line._fields).difference(_INTEGERS, _TRUTHS, _NUMBERS):
        frame[column] = frame[column].map(harmless, na_action="ignore")
    return str(frame.to_csv(index=False, lineterminator="\n"))


def as_parquet(lines: Sequence[Line]) -> bytes:
    """The same as Parquet, amounts as decimal128; raises BadConfiguration where pyarrow is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise BadConfiguration(
            "no-pyarrow",
            _("Für Parquet fehlt das Paket pyarrow."),
            _("Bitte installieren: pip install 'pik-excel[parquet]'"),
        ) from None
    money = pyarrow.decimal128(38, 10)
    fields = [(name, money if name in _NUMBERS else _arrow_type(name, pyarrow)) for name in Line._fields]
    frame = frame_of(lines)
    for column in _NUMBERS:
        frame[column] = frame[column].map(lambda value: value.quantize(Decimal("1e-10")), na_action="ignore")
    out = io.BytesIO()
    frame.to_parquet(out, index=False, schema=pyarrow.schema(fields))
    return out.getvalue()


def as_data_package(lines: Sequence[Line]) -> dict[str, str]:
    """The files of a Frictionless data package, by name: the data and what they mean."""
    return {DATA: as_csv(lines), DESCRIPTOR: dumped(_descriptor()) + "\n"}


def _arrow_type(name: str, pyarrow: Any) -> Any:
    if name in _INTEGERS:
        return pyarrow.int64()
    return pyarrow.bool_() if name in _TRUTHS else pyarrow.string()


def _number(value: Decimal | None) -> str | None:
    return digits(value) if isinstance(value, Decimal) else None


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
