"""Which workbooks does the large run consist of? Generated ones of many departments, and broken ones among them.

The good ones are those of `benchmarks.quality`, each with a seed of its own: every other has one planted defect. The
broken ones are taken in turn from the hostile inputs of `tests/hostile` whose refusal is certain, and from good ones
that were cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from itertools import count, zip_longest
from pathlib import Path
from random import Random

from benchmarks.quality.vocabulary import DEPARTMENTS
from benchmarks.quality.workbook import Made, clean, planted
from tests.hostile.case import PARTLY, SAFE, WHOLE, Case

GROUPS = ("zip", "package", "xml", "sheet", "file", "archive")
BUILDING_SEEDS = 10_000  # seeds beyond are not for building
_HANDFUL = 200


def made(folder: Path, workbooks: int, broken: int, jobs: int) -> dict[str, str]:
    """Make them; the code of the refusal that each broken one must meet, by its path in the folder."""
    spoiled = dict(zip(_places(workbooks, broken), _cases(), strict=False))
    with ProcessPoolExecutor(jobs) as pool:
        starts = range(0, workbooks, _HANDFUL)
        list(pool.map(partial(_make, folder, workbooks, frozenset(spoiled)), starts))
    expected = {}
    for number, (code, content) in spoiled.items():
        path = _path(folder, number, ".xlsx")
        path.write_bytes(content)
        expected[str(path.relative_to(folder))] = code
    return expected


def _make(folder: Path, workbooks: int, spoiled: frozenset[int], start: int) -> None:
    for number in range(start, min(start + _HANDFUL, workbooks)):
        if number not in spoiled:
            one = _workbook(number)
            _path(folder, number, one.suffix).write_bytes(one.content)


def _workbook(number: int) -> Made:
    seed = number % BUILDING_SEEDS
    return planted(seed) if number % 2 else clean(seed)


def _path(folder: Path, number: int, suffix: str) -> Path:
    department = DEPARTMENTS[number % len(DEPARTMENTS)].name
    path = folder / department / f"anmeldung-{number:06}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _places(workbooks: int, broken: int) -> list[int]:
    return sorted(Random(f"broken {workbooks}").sample(range(workbooks), broken))


def _cases() -> Iterator[tuple[str, bytes]]:
    """Refusals of as many codes as there are, one of each code in turn, every fifth a workbook that was cut off."""
    by_code: dict[str, list[Case]] = {}
    for group in GROUPS:
        for case in import_module(f"tests.hostile.{group}_cases").cases():
            ordinary = case.make is not None and case.file == "mappe.xlsx" and not case.heavy
            if ordinary and case.expected not in {WHOLE, PARTLY, SAFE}:
                by_code.setdefault(case.expected, []).append(case)
    in_turn = (case for row in zip_longest(*by_code.values()) for case in row if case is not None)
    for number in count():
        if number % 5 == 4:
            content = clean(number).content
            yield "truncated", content[: len(content) * (number % 80 + 10) // 100]
        else:
            case = next(in_turn)
            assert case.make is not None
            yield case.expected, case.make()
