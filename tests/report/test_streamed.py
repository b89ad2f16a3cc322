"""What is written piece by piece is what would be written at once."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.workbook import clean, planted
from pik_excel.report import parquet
from pik_excel.report.json import document_pieces, dumped
from tests.cli.commands import pik

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.dictionaries(st.text(max_size=3).map("a{}".format), VALUES, min_size=1, max_size=3)
LISTS = st.dictionaries(st.text(max_size=3).map("b{}".format), st.lists(VALUES, max_size=4), max_size=2)
TAIL = st.dictionaries(st.text(max_size=3).map("c{}".format), VALUES, max_size=2)


@given(PARTS, LISTS, TAIL)
def test_a_document_entry_by_entry_is_the_document(
    head: dict[str, Any], lists: dict[str, list[Any]], tail: dict[str, Any]
) -> None:
    written = "".join(document_pieces(head, {key: iter(entries) for key, entries in lists.items()}, lambda: tail))
    assert written == dumped({**head, **lists, **tail})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "falsch.xlsx").write_bytes(planted(2, "SUM01").content)
    (tmp_path / "gut.xlsx").write_bytes(clean(2).content)
    (tmp_path / "leer.xlsx").write_bytes(b"")
    return tmp_path


def test_the_findings_as_parquet_are_those_of_the_json(folder: Path) -> None:
    workbooks = pik("check", ".", "--format", "json", "--parquet", "f.parquet", "-j", "2", cwd=folder).json["workbooks"]
    rows = pyarrow.parquet.read_table(folder / "f.parquet").to_pylist()
    findings = [(one["path"], finding) for one in workbooks for finding in one["findings"]]
    assert findings
    listed = [row for row in rows if row["severity"] != "refused"]
    assert [(row["path"], row["code"], row["range"], row["message"]) for row in listed] == [
        (path, finding["code"], finding["range"], finding["message"]) for path, finding in findings
    ]
    assert [(row["path"], row["code"]) for row in rows if row["severity"] == "refused"] == [("leer.xlsx", "empty")]


def test_the_amounts_as_parquet_are_those_of_the_json(folder: Path) -> None:
    document = pik("project", "gut.xlsx", "--to", "2032", "--format", "json", "--parquet", "p.parquet", cwd=folder).json
    amounts = [
        (measure["name"], int(year), None if amount["value"] is None else Decimal(amount["value"]), amount["status"])
        for measure in document["workbooks"][0]["measures"]
        for year, amount in measure["amounts"].items()
    ]
    rows = pyarrow.parquet.read_table(folder / "p.parquet").to_pylist()
    assert amounts and [(row["measure"], row["year"], row["eur"], row["status"]) for row in rows] == amounts


def test_no_rows_make_an_empty_table_with_its_columns(folder: Path) -> None:
    assert pik("recalc", "gut.xlsx", "--parquet", "r.parquet", cwd=folder).code == 0
    table = pyarrow.parquet.read_table(folder / "r.parquet")
    assert (table.num_rows, table.column_names) == (0, ["path", "output", "cell", "old", "new"])


def test_many_rows_make_many_groups_and_one_table(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pik_excel.report.exported import as_csv, write_parquet
    from pik_excel.report.frame import read

    lines = read(folder / "gut.xlsx").lines()
    whole = "".join(as_csv(lines))
    monkeypatch.setattr(parquet, "ROWS", 7)
    assert len(lines) > 14
    assert "".join(as_csv(iter(lines))) == whole
    write_parquet(iter(lines), tmp_path / "e.parquet")
    assert pyarrow.parquet.ParquetFile(tmp_path / "e.parquet").num_row_groups == -(-len(lines) // 7)
    assert len(pandas.read_parquet(tmp_path / "e.parquet")) == len(lines)


def test_output_that_cannot_be_written_is_said_and_leaves_nothing(folder: Path) -> None:
    ended = pik("check", "gut.xlsx", "-o", "fehlt/befunde.json", "--format", "json", cwd=folder)
    assert ended.code == 5 and f"{folder / 'fehlt'} gibt es nicht" in ended.err
    (folder / "alt.json").write_text("alt")
    assert pik("check", "gut.xlsx", "-o", "alt.json", "--format", "json", cwd=folder).code == 0
    assert json.loads((folder / "alt.json").read_text("utf-8"))["schema"] == "pik-excel/findings/1"
    assert sorted(path.name for path in folder.iterdir()) == ["alt.json", "falsch.xlsx", "gut.xlsx", "leer.xlsx"]
