"""What was planted with a seed, and what does `check` say of it?

`python -m benchmarks.quality.show SEED [--clean] [-o FILE]`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.quality.book import a1
from benchmarks.quality.scoring import judged, said_of
from benchmarks.quality.workbook import clean, planted


def main() -> None:
    """Print truth and findings; keep the file where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--code", default="", help="plant this code whatever the seed says")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    made = clean(options.seed) if options.clean else planted(options.seed, options.code)
    if options.output:
        options.output.with_suffix(made.suffix).write_bytes(made.content)
    print(f"seed {made.seed}, layout {made.layout}, sheets {', '.join(sheet.name for sheet in made.book.sheets)}")
    findings = said_of(made)
    if made.truth is not None:
        cells = ", ".join(sorted(f"{sheet}!{a1(place)}" for sheet, place in made.truth.cells)[:12])
        print(f"planted {made.truth.code} ({made.variant}): {made.truth.what}\nat {cells}")
        outcome = judged(made.truth, findings)
        print(
            "found"
            if outcome.found
            else f"MISSED{' but named ' if outcome.otherwise else ''}{' '.join(outcome.otherwise)}"
        )
    for one in findings:
        print(f"  {one.severity:8}{one.code} {one.sheet}!{one.range}: {one.message}")


if __name__ == "__main__":
    main()
