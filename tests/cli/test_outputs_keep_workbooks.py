"""No output takes the place of a workbook, a document or a configuration that is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest

from pik_excel import cli
from tests.cli.commands import pik

EXAMPLE = Path(__file__).parent.parent.parent / "workbooks" / "haushalt.xlsx"
LISTS = ("--output", "--parquet", "--baseline")
CALLS = (
    ("check", "plan.xlsx", "--output"),
    ("check", "plan.xlsx", "--diff", "--output"),
    ("check", "plan.xlsx", "--annotate"),
    ("check", "plan.xlsx", "--parquet"),
    ("check", "plan.xlsx", "--update-baseline", "--baseline"),
    ("consolidate", "plan.xlsx", "--overwrite", "--output"),
    ("diff", "plan.xlsx", "plan.xlsx", "--format", "html", "--output"),
    ("export", "plan.xlsx", "--output"),
    ("project", "plan.xlsx", "--to", "2027", "--overwrite", "--output"),
    ("project", "plan.xlsx", "--to", "2027", "--parquet"),
    ("recalc", "plan.xlsx", "--parquet"),
    ("report", "plan.xlsx", "--format", "json", "--output"),
    ("report", "plan.xlsx", "--overwrite", "--format", "xlsx", "--output"),
    ("schema", "plan.xlsx", "--output"),
)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_the_workbook_that_is_read_stays(call: tuple[str, ...], tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path / "plan.xlsx")
    ended = pik(*call, "plan.xlsx", cwd=tmp_path)
    assert (tmp_path / "plan.xlsx").read_bytes() == EXAMPLE.read_bytes()
    assert ended.code in (2, 5)
    assert "plan.xlsx" in ended.err


def test_every_option_that_names_a_list_is_tried_here() -> None:
    cli._load_commands()
    named = {
        (name, option)
        for name, command in cli.program.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option in LISTS
    }
    assert named <= {(call[0], call[-1]) for call in CALLS} | {("recalc", "--output")}  # that one names a workbook


def test_a_workbook_by_any_other_name_is_no_place_for_a_list(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path / "plan.xlsx.bak")
    ended = pik("check", EXAMPLE, "-o", "plan.xlsx.bak", cwd=tmp_path)
    assert (ended.code, (tmp_path / "plan.xlsx.bak").read_bytes()) == (5, EXAMPLE.read_bytes())


def test_a_list_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "befunde.csv").write_text("alt")
    assert pik("check", EXAMPLE, "--format", "csv", "-o", "befunde.csv", cwd=tmp_path).code == 0
    assert "SUM07" in (tmp_path / "befunde.csv").read_text("utf-8")


MISNAMED = (
    ("check", "plan.xlsx", "--annotate", "geprueft.xls"),
    ("consolidate", "plan.xlsx", "-o", "gesamt.csv"),
    ("project", "plan.xlsx", "--to", "2027", "-o", "neu.xlsm"),
    ("project", "plan.xlsx", "--to", "2027", "-o", "neu"),
    ("report", "plan.xlsx", "--format", "docx", "-o", "vorlage.doc"),
)


@pytest.mark.parametrize("call", MISNAMED, ids=" ".join)
def test_a_document_gets_no_name_under_which_its_program_would_not_open_it(
    call: tuple[str, ...], tmp_path: Path
) -> None:
    shutil.copy(EXAMPLE, tmp_path / "plan.xlsx")
    ended = pik(*call, cwd=tmp_path)
    assert ended.code == 2
    assert "Der Name muss auf" in ended.err
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


@pytest.mark.parametrize("name", ["vorlage.docx", "vorlage.xlsx"])
def test_a_paper_that_was_worked_on_is_kept_until_overwrite_is_said(name: str, tmp_path: Path) -> None:
    paper = tmp_path / name
    assert pik("report", EXAMPLE, "-o", name, cwd=tmp_path).code == 0
    made = paper.read_bytes()
    paper.write_bytes(made + b"worked on")
    kept = pik("report", EXAMPLE, "-o", name, cwd=tmp_path)
    assert (kept.code, paper.read_bytes()) == (5, made + b"worked on")
    assert "--overwrite" in kept.err
    assert pik("report", EXAMPLE, "-o", name, "--overwrite", cwd=tmp_path).code == 0
    assert paper.read_bytes() == made


def test_a_template_is_not_overwritten_by_the_paper(tmp_path: Path) -> None:
    import docx

    template = docx.Document()
    template.add_paragraph("{{tabellen}}")
    template.save(str(tmp_path / "vorlage.docx"))
    before = (tmp_path / "vorlage.docx").read_bytes()
    ended = pik("report", EXAMPLE, "--template", "vorlage.docx", "--overwrite", "-o", "vorlage.docx", cwd=tmp_path)
    assert (ended.code, (tmp_path / "vorlage.docx").read_bytes()) == (2, before)


def test_the_configuration_that_is_there_is_not_overwritten_by_the_schema(tmp_path: Path) -> None:
    own = "# our own\n[limits]\njump = 0.4\n"
    (tmp_path / "pik-excel.toml").write_text(own)
    ended = pik("schema", "--format", "toml", "-o", "pik-excel.toml", cwd=tmp_path)
    assert (ended.code, (tmp_path / "pik-excel.toml").read_text()) == (5, own)
