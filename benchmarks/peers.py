"""What do the commands cost, against what others take to read, compute or audit the same workbook?

    python benchmarks/peers.py --write

makes a virtual environment of its own for the others (build/peers, once; they never become dependencies), runs all of
them in turn on the 100,000-formula workbook and on the example, and writes the table between the marks of
benchmarks/README.md; without --write it prints it. Each run is a process of its own; the figures are the median of
user + system time and the highest peak of memory of `--repeat` runs. Who cannot be installed, fails, or takes longer
than `--limit` seconds of CPU is a line that says so. LibreOffice is taken from the machine.
"""

# ruff: noqa: E501  one line a program
from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).parent.parent
README = PROJECT / "benchmarks" / "README.md"
BEGIN, END = "<!-- peers: written by benchmarks/peers.py -->", "<!-- peers: end -->"
PACKAGES = ("openpyxl", "python-calamine", "wolfxl", "ironcalc", "spreadsheet-auditor", "unexplained-cells")
OPENPYXL = "openpyxl: load_workbook"

READ_BYTES = """
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as file:
    for name in file.namelist():
        with file.open(name) as part:
            while part.read(1 << 20):
                pass
"""
LOAD = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"
CALAMINE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""
WOLFXL = """
import sys, wolfxl
for sheet in wolfxl.load_workbook(sys.argv[1]).worksheets:
    for row in sheet.iter_rows():
        for cell in row:
            cell.value
"""
IRONCALC = """
import sys, ironcalc
ironcalc.load_from_xlsx(sys.argv[1], "en", "UTC", "en").evaluate()
"""
ONE_EDIT = """
import sys
from decimal import Decimal
from pathlib import Path
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.recalc.values import recalculate
sheet, row, column = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
found = recalculate(read_workbook(Path(sys.argv[1])), {Address(sheet, row, column): Decimal(1)})
assert len(found.affected) > 2 and not found.not_evaluated
"""


@dataclass(frozen=True)
class Book:
    """A workbook, and the cell of its one edit."""

    title: str
    path: Path
    edit: tuple[str, int, int]


@dataclass(frozen=True)
class Program:
    """What is measured; `command` is made for a workbook and a folder to write into."""

    name: str
    does: str
    command: Callable[[Book, Path], Sequence[str]]
    good: frozenset[int] = frozenset((0,))
    missing: str = ""
    gives_up: int | None = None  # the exit code that says so


@dataclass
class Runs:
    """What came of a program on a workbook; `failed` says why there is no figure."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    failed: str = ""
    gave_up: bool = False


def main() -> None:
    """Measure all and write or print the tables."""
    options = _options()
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(PROJECT / "pik_excel")], check=False)
    absent = _installed(options.venv)
    with TemporaryDirectory() as folder:
        books = [book for book in _books(Path(folder), options.measures) if options.only in book.title]
        text = "\n".join(_report(books, _programs(options.venv, absent, Path(folder)), options, Path(folder)))
    if options.write:
        old = README.read_text(encoding="utf-8")
        README.write_text(_between_marks(old, text), encoding="utf-8")
    print(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=int, default=300, metavar="SECONDS", help="of CPU, for one run")
    parser.add_argument("--measures", type=int, default=25_000, help="of the large workbook; four formulas each")
    parser.add_argument("--venv", type=Path, default=PROJECT / "build" / "peers", help="where the others are installed")
    parser.add_argument("--only", default="", help="workbooks whose title holds this")
    return parser.parse_args()


def _installed(venv: Path) -> dict[str, str]:
    """Install each of the others; gives the reasons where that failed."""
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    absent = {}
    for package in PACKAGES:
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            absent[package] = f"not installable: {done.stderr.strip().splitlines()[-1][:80]}"
    return absent


def _books(folder: Path, measures: int) -> list[Book]:
    large = folder / "large.xlsx"
    write = "import sys; from pathlib import Path; from benchmarks.big_workbook import write; write(Path(sys.argv[1]), count=int(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", write, str(large), str(measures)], cwd=PROJECT, check=True)
    return [
        Book(f"{4 * measures:,} formulas", large, ("Maßnahmen", 4, 4)),
        Book("the example", PROJECT / "workbooks" / "haushalt.xlsx", ("Finanzierung", 8, 2)),
    ]


def _programs(venv: Path, absent: dict[str, str], folder: Path) -> list[Program]:
    def ours(name: str, does: str, words: Callable[[Book, Path], Sequence[str]], *good: int) -> Program:
        return Program(
            f"**pik-excel {name}**",
            does,
            lambda book, out: [sys.executable, "-m", "pik_excel", *words(book, out)],
            frozenset((0, *good)),
        )

    def script(name: str, does: str, package: str, text: str) -> Program:
        return Program(
            _titled(name, venv, package),
            does,
            lambda book, _out: [str(venv / "bin" / "python"), "-W", "ignore", "-c", text, str(book.path)],
            missing=absent.get(package, ""),
        )

    def tool(
        name: str, package: str, words: Callable[[Book, Path], Sequence[str]], gives_up: int | None = None
    ) -> Program:
        return Program(
            _titled(name, venv, package),
            "finds defects",
            lambda book, out: [str(venv / "bin" / name.split(":", maxsplit=1)[0]), *words(book, out)],
            frozenset((0, 1)),
            absent.get(package, ""),
            gives_up,
        )

    office = shutil.which("soffice")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    return [
        Program(
            "physical limit",
            "inflates and reads the bytes once",
            lambda book, _o: [sys.executable, "-c", READ_BYTES, str(book.path)],
        ),
        script("calamine", "reads the values", "python-calamine", CALAMINE),
        script("wolfxl", "reads all cells", "wolfxl", WOLFXL),
        script(OPENPYXL, "reads all cells", "openpyxl", LOAD),
        script("IronCalc", "reads, computes all formulas", "ironcalc", IRONCALC),
        Program(
            f"LibreOffice{_office_version(office)}",
            "reads and writes it anew (convert)",
            lambda book, out: [
                office or "",
                profile,
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                str(out),
                str(book.path),
            ],
            missing="" if office else "not on this machine",
        ),
        tool(
            "spreadsheet-auditor",
            "spreadsheet-auditor",
            lambda book, out: [str(book.path), "--json", str(out / "a.json"), "--fail-on", "None"],
            gives_up=6,
        ),
        tool(
            "show-your-work: unexplained-cells",
            "unexplained-cells",
            lambda book, _out: [str(book.path), "--format", "json", "--fail-on", "never"],
        ),
        ours("check", "finds defects, all rules", lambda book, _out: ["check", str(book.path)], 1),
        ours(
            "project",
            "projects, writes a new workbook",
            lambda book, out: ["project", "--to", "2030", "--overwrite", "-o", str(out / "p.xlsx"), str(book.path)],
        ),
        ours(
            "recalc",
            "computes all formulas, writes a new workbook",
            lambda book, out: ["recalc", "--overwrite", "-o", str(out / "r.xlsx"), str(book.path)],
        ),
        Program(
            "**pik-excel**, one edit",
            "reads, computes the dependents of one cell",
            lambda book, _out: [sys.executable, "-c", ONE_EDIT, str(book.path), *map(str, book.edit)],
        ),
    ]


def _titled(name: str, venv: Path, package: str) -> str:
    asked = f"from importlib.metadata import version; print(version({package!r}))"
    done = subprocess.run([str(venv / "bin" / "python"), "-c", asked], capture_output=True, text=True, check=False)
    return f"{name} {done.stdout.strip()}".strip()


def _office_version(office: str | None) -> str:
    if office is None:
        return ""
    done = subprocess.run([office, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+\.\d+", done.stdout)
    return f" {found[0]}" if found else ""


def _report(books: Sequence[Book], programs: Sequence[Program], options: argparse.Namespace, folder: Path) -> list[str]:
    today = datetime.now(UTC).strftime("%d %B %Y")
    lines = [
        f"{today}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; median of"
        f" {options.repeat} runs in turn, CPU with start; ratio to openpyxl's load of the same workbook.",
    ]
    for book in books:
        found = _measured(book, programs, options, folder)
        base = next((runs for program, runs in found if program.name.startswith(OPENPYXL)), Runs())
        lines += ["", f"| {book.title} | what it does | CPU | ratio | memory |", "|---|---|---|---|---|"]
        lines += [_line(program, runs, base) for program, runs in found]
    return lines


def _measured(
    book: Book, programs: Sequence[Program], options: argparse.Namespace, folder: Path
) -> list[tuple[Program, Runs]]:
    found = [(program, Runs(failed=program.missing)) for program in programs]
    for turn in range(options.repeat + 1):  # the first warms up: compiled modules, LibreOffice's profile
        for program, runs in found:
            if not runs.failed:
                _one_run(program, book, options.limit, folder, runs if turn else Runs(), runs)
    return found


def _one_run(program: Program, book: Book, limit: int, folder: Path, into: Runs, real: Runs) -> None:
    out = folder / "out"
    out.mkdir(exist_ok=True)
    code, seconds, megabytes = _run(program.command(book, out), limit)
    if code == -signal.SIGKILL:
        real.failed = f"more than {limit} s"
    elif code == program.gives_up:
        real.gave_up = True
    elif code not in program.good:
        real.failed = f"ended with {code}"
    into.seconds.append(seconds)
    into.megabytes.append(megabytes)


def _run(command: Sequence[str], limit: int) -> tuple[int, float, float]:
    """Exit code, CPU and memory of one command with all its children; killed beyond the limit."""
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.chdir(PROJECT)
        os.execvp(command[0], list(command))
    until = time.monotonic() + 4 * limit
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.005)
    code = os.waitstatus_to_exitcode(status)
    return code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _line(program: Program, runs: Runs, base: Runs) -> str:
    if runs.failed or not runs.seconds:
        return f"| {program.name} | {program.does} | {runs.failed or 'not run'} | | |"
    seconds = statistics.median(runs.seconds)
    ratio = f"{seconds / statistics.median(base.seconds):.2f}" if base.seconds else ""
    does = f"{program.does}; gave up before the end" if runs.gave_up else program.does
    return f"| {program.name} | {does} | {seconds:.2f} s | {ratio} | {max(runs.megabytes):,.0f} MiB |"


def _between_marks(old: str, text: str) -> str:
    if BEGIN not in old or END not in old:
        raise SystemExit(f"{README} has no place for it: {BEGIN} … {END}")
    head, _, rest = old.partition(BEGIN)
    return f"{head}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    main()
