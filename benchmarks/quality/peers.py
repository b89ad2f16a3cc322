"""How do other audit tools do on the same workbooks? spreadsheet-auditor and show-your-work (unexplained-cells).

`python -m benchmarks.quality.peers --bin VENV/bin --seeds 1000:1104 --clean 34` runs both by their command lines, and
`check`, on the same files. Generous: whatever a tool says at a cell of the defect counts, under whatever name; for a
defect of the whole workbook a finding without a cell counts (for `check`, its own code).
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.quality.scoring import Said, said, wilson
from benchmarks.quality.workbook import Made, clean, codes, planted

Tool = Callable[[Path], list[Said] | None]
LOUD = {"critical", "high", "medium", "error", "warning"}


def main() -> None:
    """Print a table a code and one of the clean workbooks."""
    options = _options()
    tools = _tools(options.bin)
    found = {name: Counter[str]() for name in tools}
    planted_: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    alarmed: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for seed in range(*options.seeds):
        made = planted(seed)
        assert made.truth is not None
        planted_[made.truth.code] += 1
        for name, findings in _run(tools, made):
            failed[name] += findings is None
            found[name][made.truth.code] += _hit(made, findings or [])
    for seed in range(options.seeds[0], options.seeds[0] + options.clean):
        for name, findings in _run(tools, clean(seed)):
            failed[name] += findings is None
            alarmed[name] += any(one.severity in LOUD for one in findings or [])
            silent[name] += not findings
    _print(list(tools), planted_, found)
    print()
    for name in tools:
        low, high = wilson(alarmed[name], options.clean)
        print(
            f"{name}: {alarmed[name]} of {options.clean} clean workbooks with an error or warning (medium and above), "
            f"95 %: {low:.2f}–{high:.2f}; {silent[name]} without any finding; {failed[name]} runs failed."
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, required=True, help="where both programs are installed")
    parser.add_argument("--seeds", default="1000:1104", type=lambda text: tuple(map(int, text.split(":"))))
    parser.add_argument("--clean", type=int, default=34)
    return parser.parse_args()


def _tools(folder: Path) -> dict[str, Tool]:
    return {
        "check": said,
        "spreadsheet-auditor": lambda path: auditor(folder / "spreadsheet-auditor", path),
        "unexplained-cells": lambda path: show_your_work(folder / "show-your-work", path),
    }


def _run(tools: dict[str, Tool], made: Made) -> Iterable[tuple[str, list[Said] | None]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"mappe{made.suffix}"
        path.write_bytes(made.content)
        for name, tool in tools.items():
            yield name, tool(path)


def auditor(program: Path, path: Path) -> list[Said] | None:
    """What spreadsheet-auditor says; None where it failed."""
    told = _json([str(program), str(path), "--json", "-", "--fail-on", "None"])
    if told is None:
        return None
    findings = []
    for one in told["findings"]:
        places = one.get("members") or [one.get("location") or ""]
        for place in places:
            sheet, _, cell = place.rpartition("!")
            findings.append(Said(sheet.strip("'"), cell, one["rule_id"], one["severity"].lower(), one["title"]))
    return findings


def show_your_work(program: Path, path: Path) -> list[Said] | None:
    """What show-your-work says; None where it failed."""
    told = _json([str(program), "--format", "json", "--fail-on", "never", str(path)])
    if told is None:
        return None
    return [
        Said(one.get("sheet") or "", place.strip(), one["check"], one["level"], one["summary"])
        for one in told["findings"]
        for place in (one.get("location") or "").split(",")
    ]


def _json(command: list[str]) -> dict | None:  # type: ignore[type-arg]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    try:
        told: dict = json.loads(ran.stdout)  # type: ignore[type-arg]
    except json.JSONDecodeError:
        return None
    return told


def _hit(made: Made, findings: list[Said]) -> bool:
    assert made.truth is not None
    if made.truth.anywhere:
        return any(one.code == made.truth.code or one.range in {"", "workbook"} for one in findings)
    return any(one.touches(made.truth) for one in findings)


def _print(tools: list[str], planted_: Counter[str], found: dict[str, Counter[str]]) -> None:
    print(f"| | planted | {' | '.join(tools)} |\n|---|---|{'---|' * len(tools)}")
    families = sorted({code[:3] for code in codes()})
    for family in families:
        number = sum(count for code, count in planted_.items() if code.startswith(family))
        hits = [sum(count for code, count in found[tool].items() if code.startswith(family)) for tool in tools]
        print(f"| {family} | {number} | {' | '.join(map(str, hits))} |")
    whole = planted_.total()
    cells = []
    for tool in tools:
        low, high = wilson(found[tool].total(), whole)
        cells.append(f"{found[tool].total()} ({found[tool].total() / whole:.2f}, {low:.2f}–{high:.2f})")
    print(f"| all | {whole} | {' | '.join(cells)} |")
    print("\nFound by code: ")
    for tool in tools:
        hits_ = ", ".join(
            f"{code} {found[tool][code]}/{planted_[code]}" for code in sorted(planted_) if found[tool][code]
        )
        print(f"- {tool}: {hits_}")


if __name__ == "__main__":
    main()
