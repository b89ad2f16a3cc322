"""Nothing that stands in a workbook, or in its name, makes a terminal, a build server or a spreadsheet do something."""

# ruff: noqa: E501  cells in one line
from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from subprocess import run
from zipfile import ZipFile

import pytest

from pik_excel.cli.check import FORMS
from pik_excel.report.visible import on_one_line, visible, without_commands
from tests.cli.commands import pik
from tests.ooxml.building import parts, sheet, zipped

PROJECT = Path(__file__).parent.parent.parent
CODES = "\x9b31m_x001B_]0;x_x0007__x001B_[2J\u202eRUE"
ACTED_ON = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"(?m)^\s*::|##\[|##vso\[")


def hostile(folder: Path, name: str = "plan.xlsx", called: str = "::warning::\x9b1m&#10;::b") -> Path:
    """A plan whose names, texts and sheet name are full of commands, with findings that quote them."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Maßnahme</t></is></c><c r="B1"><v>2022</v></c><c r="C1"><v>2023</v></c></row>'
        f'<row r="2"><c r="A2" t="inlineStr"><is><t>::error::{CODES}</t></is></c><c r="B2" t="str"><v>66000</v></c><c r="C2"><v>1</v></c></row>'
        f'<row r="3"><c r="A3" t="inlineStr"><is><t>=cmd|calc!A0 ##vso[task.x]y{CODES}</t></is></c><c r="B3"><v>5000</v></c><c r="C3"><v>5000</v></c></row>'
        f'<row r="4"><c r="A4" t="inlineStr"><is><t>::error::{CODES}</t></is></c><c r="B4"><v>5</v></c><c r="C4"><v>5</v></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><t>Summe</t></is></c><c r="B5"><v>9</v></c><c r="C5"><f>SUM(C2:C3)/0</f><v>1</v></c></row>'
    )
    made = parts(sheet(f"<sheetData>{rows}</sheetData>"))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(b'name="Blatt"', f'name="{called}"'.encode())
    path = folder / name
    path.write_bytes(zipped(made))
    return path


@pytest.mark.parametrize("words", [("-v",), ("--diff",), ("--no-values",), *(("--format", form) for form in FORMS)])
def test_a_check_says_nothing_that_is_acted_on(words: tuple[str, ...], tmp_path: Path) -> None:
    done = pik("check", hostile(tmp_path), *words)
    assert done.code in (0, 1), done.err
    assert not ACTED_ON.search((done.out + done.err).replace("\r\n", "\n"))
    if "github" in words:
        assert all(re.match(r"::(error|warning|notice) file=[^\n]*,title=", line) for line in done.out.splitlines())
    elif "--format" not in words:
        assert not COMMAND.search(done.out + done.err)


@pytest.mark.parametrize(
    "words",
    [
        ("textconv",),
        ("report",),
        ("export",),
        ("recalc", "-o", "aus.xlsx"),
        ("project", "--to", "2025", "-o", "aus.xlsx"),
    ],
)
def test_nor_do_the_other_commands(words: tuple[str, ...], tmp_path: Path) -> None:
    done = pik(words[0], hostile(tmp_path), *words[1:], cwd=tmp_path)
    assert done.code in (0, 2, 5), done.err
    assert "Traceback" not in done.err
    assert not ACTED_ON.search((done.out + done.err).replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "name",
    [
        "a\nb::error::.xlsx",
        "a\x1b[2J\x07.xlsx",
        "\u202exslx.exe.xlsx",
        "📊 Haushalt.xlsx",
        "{at} {0} %s.xlsx",
        "=1+1.xlsx",
    ],
)
def test_a_file_may_have_any_name(name: str, tmp_path: Path) -> None:
    path = hostile(tmp_path, name)
    for form in ("text", "json"):
        done = pik("check", path, "--format", form)
        assert done.code == 1, done.err
        assert not ACTED_ON.search((done.out + done.err).replace("\r\n", "\n"))
    missing = pik("check", tmp_path / f"weg {name}")
    assert missing.code == 3
    assert not ACTED_ON.search(missing.out + missing.err)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_file_name_that_is_no_text_is_spelled_out(tmp_path: Path) -> None:
    path = os.fsencode(hostile(tmp_path).rename(tmp_path / "ma\udcffppe.xlsx"))
    for form in FORMS:
        done = run(
            [sys.executable, "-m", "pik_excel", "check", path, "--format", form],
            capture_output=True,
            cwd=PROJECT,
            check=False,
        )
        assert done.returncode == 1, done.stderr.decode()
        done.stdout.decode()
        target = tmp_path / form
        words = [sys.executable, "-m", "pik_excel", "check", path, "--format", form, "-o", target]
        assert run(words, capture_output=True, cwd=PROJECT, check=False).returncode == 1
        target.read_text(encoding="utf-8")


def test_an_encoding_without_umlauts_ends_nothing(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    words = [sys.executable, "-m", "pik_excel", "check", str(hostile(tmp_path))]
    done = run(words, capture_output=True, cwd=PROJECT, env=environment, check=False)
    assert done.returncode == 1, done.stderr.decode()


def test_with_no_values_a_title_is_said_once(tmp_path: Path) -> None:
    done = pik("check", hostile(tmp_path), "--no-values", "--select", "NUM01")
    assert done.out.count("Zahl als Text gespeichert") <= 1
    assert "NUM01" in done.out


def test_what_is_acted_on_is_spelled_out_and_all_else_stays() -> None:
    assert visible("ä €\t1\n\x1b[31mrot\x1b[0m\r\n") == "ä €\t1\n\x1b[31mrot\x1b[0m\r\n"
    assert visible("a\x1b[2Jb\x9bc\rd\u202ee\udcff") == r"a\u001b[2Jb\u009bc\u000dd\u202ee\udcff"
    assert on_one_line("a\nb\tc") == r"a\nb\tc"
    assert without_commands("x :: y\n  ::error::z\n##vso[a]") == "x :: y\n  : :error::z\n# #vso[a]"


@pytest.mark.parametrize(
    "words",
    [
        ("project", "--to", "2025"),
        ("recalc",),
        ("report",),
        ("check", "--fix"),
        ("check", "--annotate"),
        ("consolidate",),
        ("diff", "alt.xlsx"),
    ],
)
def test_no_text_becomes_a_formula_in_what_is_written(words: tuple[str, ...], tmp_path: Path) -> None:
    for name in ("plan.xlsx", "alt.xlsx"):
        hostile(tmp_path, name, called="=1+1\x9b1m&#10;b")  # which a formula can name
    out = ("--annotate", "aus.xlsx") if "--annotate" in words else ("-o", "aus.xlsx")
    pik(words[0], *(word for word in words[1:] if word != "--annotate"), "plan.xlsx", *out, cwd=tmp_path)
    if (tmp_path / "aus.xlsx").exists():
        with ZipFile(tmp_path / "aus.xlsx") as file:
            text = "".join(file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels")))
        formulas = re.findall(r"<(?:\w+:)?(?:f|formula|formula1|definedName)\b[^>]*>([^<]*)<", text)
        assert not [formula for formula in formulas if "cmd|" in formula]
    else:
        assert words[0] in ("recalc", "check", "diff")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_output_that_takes_nothing_is_said(tmp_path: Path) -> None:
    program = f"{sys.executable} -m pik_excel check '{hostile(tmp_path)}'"
    for ending in ("> /dev/full", "-o /dev/full", "--format json > /dev/full"):
        done = run(f"{program} {ending}", shell=True, capture_output=True, cwd=PROJECT, check=False)
        assert done.returncode == 5, ending
        assert b"Traceback" not in done.stderr
    closed = run(f"{program} >&-", shell=True, capture_output=True, cwd=PROJECT, check=False)
    assert (closed.returncode, closed.stderr) == (1, b"")
