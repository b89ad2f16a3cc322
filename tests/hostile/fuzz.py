"""Does any mutation of a workbook end in anything but success or a `PikError`?

Structure-aware: the zip, the XML of a part, cells and formulas. Each mutant is given to one of the commands, in a
forked process with bounds. By hand, as long as you like, with a seed that gives the same mutants again:

    python -m tests.hostile.fuzz --seconds 3600 --seed 1 --keep crashes/ workbooks/*.xlsx
"""

# ruff: noqa: E501  lists of odd things
from __future__ import annotations

import argparse
import os
import random
import re
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.rawzip import Ending, Entry, written

Parts = dict[str, bytes]
Mutate = Callable[[random.Random, Parts], Parts]
SECONDS, MEGABYTES = 10, 1500
BATCH = 25  # mutants a process works on, until one kills it

NUMBERS = ("0", "-1", "1", "9" * 30, "1e308", "1e400", "-1e-400", "NaN", "INF", "", " ", "abc", "1.5", "2022", "1048577",
           "4294967296", "1,5", "=1+1", "٣", "0x1F", "1e", "-", "+", "#REF!")  # fmt: skip
TEXTS = ("", "Summe", "Summe 2022", "2022 ff.", "2022-2099", "1900-9999", "in TEUR", "in EUR", "*", "**", "1)", "davon",
         "Maßnahme", "k. A.", "-", "–", "Gesamt", "2022/23", "HJ+1", "Stellen", "Satz", "=cmd|' /C calc'!A0", "x" * 9000,
         "\u202e", "_x0000_", "100 %", "1.234,56", "31.02.2022", "Ansatz 2022 in Mio. EUR", "Finanzierung", "Eigenmittel",
         "Kontengruppe", "Produkt", "31.60", "2022" * 50, "Annahmen", "Steigerung 2 % p. a. bis 99999")  # fmt: skip
FORMULAS = ("A1", "A1+", "SUM(A:XFD)", "SUM(A1:A9", "1/0", "#REF!", "(" * 90 + "1" + ")" * 90, "B2%%%", "-" * 50 + "1",
            "IF(1,,)", "A1:B2:C3", "[1]X!A1", "SUM(1:1048576)", "XFE1", "ROUND(A1,1E9)", "A1^A1^A1", "9^9^9", "{1,2;3}",
            "INDEX(A1:B2,0,0)", "SUMIF(A:A,\"&gt;0\",B:B)", "VLOOKUP(1,A:B,9,0)", "OFFSET(A1,-1,0)", "EDATE(A1,-99999)",
            "TEXT(A1,\"000\")", "DATE(A1,A1,A1)", "Table1[x]", "'x'!A1", "A1 A2", "SUM(A1,A2:A3,)", "POWER(-8,1/3)",
            "RATE(1,2,3)", "ROUND(1E308,-400)", "ROUND(5,400)", "MOD(5,0)", "1E999", "LOG(0)", "MAX()")  # fmt: skip
_CELL = re.compile(rb"<c ([^<>]*?)(/>|>.*?</c>)", re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_FORMULA = re.compile(rb"<f([^<>]*)>([^<]*)</f>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_TAG = re.compile(rb"<[^<>]+>")
_TEXT = re.compile(rb"<t([^<>]*)>([^<]*)</t>")
_ROW = re.compile(rb"<row\b.*?</row>", re.DOTALL)


def parts_of(data: bytes) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def mutant(chance: random.Random, parts: Parts) -> bytes:
    """One to four changes, and sometimes lies in the zip around them."""
    changed = dict(parts)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        changed = chance.choice(_MUTATIONS)(chance, changed)
    found = [Entry(name.encode(), content) for name, content in changed.items()]
    if chance.random() < 0.85:
        return written(found)
    return _zip(chance, found)


def _zip(chance: random.Random, found: list[Entry]) -> bytes:
    data = bytearray(written(found, Ending(zip64=chance.random() < 0.3, comment=b"x" * chance.choice((0, 30)))))
    for _ in range(chance.randrange(1, 5)):
        kind, at = chance.randrange(4), chance.randrange(len(data))
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 200)]
        elif kind == 2:
            data[at:at] = data[max(0, at - 60) : at]
        else:
            data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\3\4", b"PK\1\2"))
    return bytes(data)


def _replace(chance: random.Random, parts: Parts, pattern: re.Pattern[bytes], make: Callable[[re.Match[bytes]], bytes], only: str = "") -> Parts:  # fmt: skip
    """One match in one part made another."""
    names = [name for name in parts if name.endswith((".xml", ".rels")) and only in name]
    if not names:
        return parts
    name = chance.choice(names)
    matches = list(pattern.finditer(parts[name]))
    if not matches:
        return parts
    match = chance.choice(matches)
    return parts | {name: parts[name][: match.start()] + make(match) + parts[name][match.end() :]}


def _value(chance: random.Random, parts: Parts) -> Parts:
    return _replace(chance, parts, _VALUE, lambda _m: b"<v>" + chance.choice(NUMBERS).encode() + b"</v>", "worksheets/")


def _formula(chance: random.Random, parts: Parts) -> Parts:
    text = chance.choice(FORMULAS).encode()
    if chance.random() < 0.5:
        return _replace(chance, parts, _FORMULA, lambda m: b"<f" + m[1] + b">" + text + b"</f>", "worksheets/")
    return _replace(chance, parts, _VALUE, lambda m: b"<f>" + text + b"</f>" + m[0], "worksheets/")


def _formula_bits(chance: random.Random, parts: Parts) -> Parts:
    def cut(match: re.Match[bytes]) -> bytes:
        text = match[2]
        at = chance.randrange(len(text) + 1)
        other = chance.choice((b"", b"(", b")", b"$", b":", b"!", b"'", b"[", b"]", b",", b"%", b"9", b"A", b"&amp;"))
        return b"<f" + match[1] + b">" + text[:at] + other + text[at + chance.randrange(3) :] + b"</f>"

    return _replace(chance, parts, _FORMULA, cut, "worksheets/")


def _text(chance: random.Random, parts: Parts) -> Parts:
    text = chance.choice(TEXTS).encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    return _replace(chance, parts, _TEXT, lambda m: b"<t" + m[1] + b">" + text + b"</t>")


def _attribute(chance: random.Random, parts: Parts) -> Parts:
    other = chance.choice(
        (*NUMBERS, "A1", "XFE1", "A1:XFD1048576", "true", "s", "str", "e", "b", "d", "shared", "array")
    )
    return _replace(chance, parts, _ATTRIBUTE, lambda m: m[1] + b'="' + other.encode() + b'"')


def _no_attribute(chance: random.Random, parts: Parts) -> Parts:
    return _replace(chance, parts, _ATTRIBUTE, lambda _m: b"")


def _tag(chance: random.Random, parts: Parts) -> Parts:
    return _replace(
        chance, parts, _TAG, lambda m: chance.choice((b"", m[0] + m[0], b"<a/>" + m[0], b"<!-- x -->" + m[0]))
    )


def _cell(chance: random.Random, parts: Parts) -> Parts:
    return _replace(chance, parts, _CELL, lambda m: chance.choice((b"", m[0] + m[0])), "worksheets/")


def _row(chance: random.Random, parts: Parts) -> Parts:
    def moved(match: re.Match[bytes]) -> bytes:
        old, new = re.search(rb'r="(\d+)"', match[0]), str(chance.choice((1, 2, 5, 40, 1048576))).encode()
        return b"" if old is None or chance.random() < 0.4 else match[0].replace(old[1] + b'"', new + b'"')

    return _replace(chance, parts, _ROW, moved, "worksheets/")


def _bytes(chance: random.Random, parts: Parts) -> Parts:
    name = chance.choice(list(parts))
    content = bytearray(parts[name])
    for _ in range(chance.randrange(1, 6)):
        if content:
            content[chance.randrange(len(content))] = chance.randrange(256)
    return parts | {name: bytes(content)}


def _part(chance: random.Random, parts: Parts) -> Parts:
    name, other = chance.choice(list(parts)), chance.choice(list(parts))
    if chance.random() < 0.4:
        return {one: content for one, content in parts.items() if one != name}
    return parts | {name: chance.choice((b"", b"<a/>", parts[other], parts[name][: len(parts[name]) // 2]))}


def _merge(chance: random.Random, parts: Parts) -> Parts:
    area = chance.choice(("A1:XFD1048576", "A1:C3", "B2:A1", "A1", "X", "A:A", "1:1", "B1:B9"))
    inside = f'<mergeCells><mergeCell ref="{area}"/></mergeCells></worksheet>'.encode()
    return _replace(chance, parts, re.compile(rb"</worksheet>"), lambda _m: inside, "worksheets/")


_MUTATIONS: tuple[Mutate, ...] = (
    *(_value, _value, _formula, _formula, _formula_bits, _text, _text, _text, _attribute, _attribute, _no_attribute),
    *(_tag, _cell, _row, _row, _bytes, _part, _merge),
)


@dataclass(frozen=True)
class Crash:
    """A mutant that ended otherwise than it may, by the numbers that make it again."""

    seed: int
    source: Path
    what: str
    data: bytes


COMMANDS = (
    *("check IT --verbose", "check IT --format html", "check IT --format json", "check IT --format sarif", "check IT --diff"),
    *("check IT --format junit --no-values", "check IT --fix -o OUT", "check IT --annotate OUT --format csv", "recalc IT -o OUT"),
    *("project IT --to 2030 -o OUT", "diff SOURCE IT", "diff IT SOURCE --format json", "export IT", "report IT --format md"),
    *("report IT --format html", "textconv IT", "check IT --format github", "recalc IT -o OUT --format json"),
)  # fmt: skip
DONE = {None, 0, 1, 2, 3, 4, 5}  # exit codes that are no fault of ours


def look_at(data: bytes, source: Path, number: int) -> None:
    """What a command does with a workbook, another one for each number; raises where it ends otherwise than it may."""
    from pik_excel.cli import program

    with (
        TemporaryDirectory() as folder,
        redirect_stdout(TextIOWrapper(BytesIO(), "utf-8")),
        redirect_stderr(StringIO()) as told,
    ):
        mutant_ = Path(folder) / f"mappe{source.suffix}"
        mutant_.write_bytes(data)
        names = {"IT": str(mutant_), "OUT": str(Path(folder) / f"aus{source.suffix}"), "SOURCE": str(source)}
        words = [names.get(word, word) for word in COMMANDS[number % len(COMMANDS)].split()]
        try:
            program.main(words, prog_name="pik-excel")
        except SystemExit as end:
            if end.code not in DONE or "Traceback" in told.getvalue():
                raise RuntimeError(f"{' '.join(words)} ended with {end.code}: {told.getvalue()[-2000:]}") from None


def warm_up(sources: Sequence[Path]) -> None:
    """Import what the commands import, once for all processes that are forked."""
    from pik_excel.cli import _load_commands

    _load_commands()
    for number in range(len(COMMANDS)):
        look_at(sources[0].read_bytes(), sources[0], number)


def fuzzed(sources: Sequence[Path], seed: int, seconds: float) -> Iterator[Crash | int]:
    """The crashes as they come, at the end the number of mutants looked at."""
    read = {path: parts_of(path.read_bytes()) for path in sources}
    warm_up(sources)
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        done, what = _batch(sources, read, seed, number)
        number += done
        if what is not None:
            one = seed * 1_000_000 + number - 1
            path, data = made(sources, read, one)
            yield Crash(one, path, what, data)
    yield number


def made(sources: Sequence[Path], read: dict[Path, Parts], number: int) -> tuple[Path, bytes]:
    """The mutant of that number."""
    chance = random.Random(number)
    path = chance.choice(list(sources))
    return path, mutant(chance, read[path])


def _batch(sources: Sequence[Path], read: dict[Path, Parts], seed: int, start: int) -> tuple[int, str | None]:
    """How many were looked at by a process of its own, and what the last one died of."""
    pipe_in, pipe_out = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(pipe_in)
        _work(sources, read, seed * 1_000_000 + start, pipe_out)
    os.close(pipe_out)
    with os.fdopen(pipe_in, "rb") as pipe:
        said = pipe.read()
    status = os.waitpid(child, 0)[1]
    begun = said.count(b"\1")
    if os.WIFSIGNALED(status):
        return begun, f"signal {signal.Signals(os.WTERMSIG(status)).name}: more than {SECONDS} s"
    what = said.replace(b"\1", b"").decode("utf-8", "replace")
    return begun, what or None


def _mapped() -> int:
    """Bytes of address space in use already: a fork inherits those of its parent, whatever that has loaded."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[0]) * resource.getpagesize() if pages.exists() else 1 << 30


def _work(sources: Sequence[Path], read: dict[Path, Parts], start: int, pipe: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_mapped() + MEGABYTES * 1024 * 1024,) * 2)
    try:
        for number in range(start, start + BATCH):
            os.write(pipe, b"\1")
            path, data = made(sources, read, number)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)  # CPU seconds; ends the process
            look_at(data, path, number)
    except BaseException:  # whatever it is, the parent must hear of it
        os.write(pipe, traceback.format_exc()[-3000:].encode())
    os._exit(0)


def _is_sound(path: Path) -> bool:
    try:
        return bool(parts_of(path.read_bytes()))
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return False


def main() -> None:
    """The program."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("crashes"))
    options.add_argument("workbooks", type=Path, nargs="+")
    given = options.parse_args()
    crashes = 0
    os.environ["PIK_EXCEL_LANG"] = "de"
    for found in fuzzed([path for path in given.workbooks if _is_sound(path)], given.seed, given.seconds):
        if isinstance(found, int):
            print(f"{found} mutants, {crashes} crashes")
            continue
        crashes += 1
        given.keep.mkdir(exist_ok=True)
        (given.keep / f"{found.seed}.xlsx").write_bytes(found.data)
        print(f"{found.seed} of {found.source.name}: {found.what.strip()}\n", flush=True)
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
