"""`pik-excel export` and `pik_excel.read`: every amount once, with its cell, in forms that other programs accept."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
import xlsxwriter

import pik_excel
from tests.cli.commands import pik

PROJECT = Path(__file__).parent.parent.parent
EXAMPLE = PROJECT / "workbooks" / "haushalt.xlsx"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_papers_totals_come_out_of_the_long_table() -> None:
    frame = pik_excel.read(EXAMPLE).to_frame()
    decided = frame[frame.status == "decided"].groupby("year").eur.sum()
    requested = frame[frame.status == "requested"].groupby("year").eur.sum()
    assert decided[2020] == 1_151_000 and decided[2021] == 1_156_000
    assert requested[2022] == 516_000 and requested[2023] == 666_000
    assert frame[frame.status == "provided"].eur.sum() == 123_000


def test_a_blank_a_zero_and_an_amount_stay_apart() -> None:
    frame = pik_excel.read(EXAMPLE).to_frame()
    campus = frame[(frame.measure == "Ausbildungscampus") & (frame.status == "requested")].set_index("year")
    assert list(campus.statement)[:3] == ["blank", "number", "number"]
    assert campus.eur[2022] is None and campus.eur[2023] == 150_000 and campus.eur[2024] == 0
    assert campus.open_ended[2027] and not campus.open_ended[2026]


def test_csv_says_the_same_as_the_frame() -> None:
    frame = pik_excel.read(EXAMPLE).to_frame()
    lines = rows(pik("export", EXAMPLE).out)
    assert [line["cell"] for line in lines] == list(frame.cell)
    assert [Decimal(line["eur"]) if line["eur"] else None for line in lines] == list(frame.eur)
    assert not any("E" in line["eur"] for line in lines)


def test_parquet_keeps_amounts_exact(tmp_path: Path) -> None:
    assert pik("export", EXAMPLE, "--format", "parquet", "-o", tmp_path / "b.parquet").code == 0
    back = pandas.read_parquet(tmp_path / "b.parquet")
    frame = pik_excel.read(EXAMPLE).to_frame()
    assert list(back.columns) == list(frame.columns)
    assert [None if value is None else value.normalize() for value in back.eur] == [
        None if value is None else value.normalize() for value in frame.eur
    ]
    assert list(back.year) == list(frame.year)


def test_the_data_package_is_valid(tmp_path: Path) -> None:
    import frictionless

    assert pik("export", EXAMPLE, "--format", "datapackage", "-o", tmp_path / "paket").code == 0
    assert frictionless.validate(str(tmp_path / "paket" / "datapackage.json")).valid
    descriptor = json.loads((tmp_path / "paket" / "datapackage.json").read_text(encoding="utf-8"))
    assert all(field["description"] for field in descriptor["resources"][0]["schema"]["fields"])
    broken = (tmp_path / "paket" / "amounts.csv").read_text(encoding="utf-8").replace(",2020,", ",zwanzig,")
    (tmp_path / "paket" / "amounts.csv").write_text(broken, encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "paket" / "datapackage.json")).valid


def test_offener_haushalt_adds_up_to_the_years_totals() -> None:
    lines = rows(pik("export", EXAMPLE, "--format", "offenerhaushalt").out)
    year = sum(Decimal(line["Betrag"]) for line in lines if line["Jahr"] == "2021")
    assert year == 1_156_000
    assert not [line for line in lines if line["Jahr"] == "2027"], "ff. is not a year to be added"
    keyed = next(line for line in lines if line["Ebene 2 Code"])
    assert (keyed["Ebene 1 Code"], keyed["Ebene 2 Code"]) == ("31", "31.60.01.00.00")
    assert keyed["Budget Richtung"] == "Ausgaben" and keyed["Betrag-Typ"] == "Plan"


def test_names_cannot_run_as_formulas(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        sheet = book.add_worksheet()
        for row, line in enumerate([("Maßnahme", "2024 EUR"), ("=cmd|calc", "5"), ("@SUM(A1)", "6"), ("Summe", "11")]):
            sheet.write_string(row, 0, line[0])
            sheet.write(row, 1, line[1] if row == 0 else int(line[1]))
    for form in ("csv", "offenerhaushalt"):
        for line in csv.reader(io.StringIO(pik("export", tmp_path / "plan.xlsx", "--format", form).out)):
            assert not any(cell.startswith(("=", "@", "+")) for cell in line), form


def test_several_workbooks_make_one_table_and_a_refused_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "kaputt.xlsx").write_text("nichts")
    ended = pik("export", EXAMPLE, tmp_path / "kaputt.xlsx", PROJECT / "workbooks" / "haushalt-fehler.xlsx")
    assert ended.code == 3 and "kaputt.xlsx" in ended.err
    assert {line["workbook"] for line in rows(ended.out)} == {"haushalt.xlsx", "haushalt-fehler.xlsx"}


@pytest.mark.parametrize("form", ["parquet", "datapackage"])
def test_a_form_that_needs_a_file_says_so(form: str) -> None:
    ended = pik("export", EXAMPLE, "--format", form)
    assert ended.code == 2 and "-o" in ended.err


def test_the_example_in_the_package_runs() -> None:
    example = re.search(r'read\("([^"]+)"\)', pik_excel.__doc__ or "")
    assert example and (PROJECT / example[1]).exists()
    read = pik_excel.read(PROJECT / example[1])
    assert read.findings() and read.budget.measure_tables and read.workbook.sheets


def test_findings_are_those_of_the_command_also_where_the_workbook_has_a_protocol(tmp_path: Path) -> None:
    book = tmp_path / "haushalt.xlsx"
    book.write_bytes((PROJECT / "workbooks" / "haushalt-fehler.xlsx").read_bytes())
    annotated = tmp_path / "geprueft.xlsx"
    assert pik("check", book, "--annotate", annotated).code in {0, 1}
    said = json.loads(pik("check", annotated, "--format", "json", "--fail-on", "never").out)
    found = pik_excel.read(annotated).findings()
    assert [one["message"] for one in said["workbooks"][0]["findings"]] == [one.message for one in found] != []
