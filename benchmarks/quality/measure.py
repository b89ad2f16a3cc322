"""How many planted defects does `check` find, and how often does it cry wolf on clean workbooks?

`python -m benchmarks.quality.measure --seeds 1000:1200 --clean 500 -j 1 [--verbose] [--write FOLDER] [--only CODE …]`
prints a Markdown table. `--seeds` are those of the planted workbooks, `--clean` the number of clean ones from the
first of these seeds on. `--verbose` lists misses, false alarms and extra findings with their seeds, `--write` keeps the
files.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.quality.scoring import Outcome, Said, Tally, judged, said_of, wilson
from benchmarks.quality.workbook import Made, clean, codes, planted


def main() -> None:
    """Measure and print."""
    options = _options()
    start = time.process_time()
    tallies = {code: Tally() for code in options.only or codes()}
    extra: Counter[str] = Counter()
    examples: list[str] = []
    extra_books = 0
    for made, outcome in _over(options.jobs, _plant, _planted_seeds(options)):
        assert made.truth is not None
        tallies[made.truth.code].add(made.layout, made.facts.form, outcome)
        extra_books += bool(outcome.extra)
        extra.update({f"{one.code} at {made.truth.code}" for one in outcome.extra})
        if not outcome.found:
            examples.append(_missed(made, outcome))
        examples += [_line("extra", made, one) for one in outcome.extra[:3]]
        if options.write and (outcome.extra or not outcome.found):
            _keep(made, options.write)
    alarms, notices = Counter[str](), 0
    alarmed = 0
    first = options.seeds[0]
    for made, findings in _over(options.jobs, _clean, range(first, first + options.clean)):
        loud = [one for one in findings if one.severity != "notice"]
        notices += len(findings) - len(loud)
        alarmed += bool(loud)
        alarms.update({one.code for one in loud})
        examples += [_line("alarm", made, one) for one in loud[:5]]
        if options.write and loud:
            _keep(made, options.write)
    _print(tallies, extra, extra_books)
    _print_clean(options.clean, alarmed, alarms, notices)
    print(f"\nCPU of this process: {time.process_time() - start:.0f} s")
    if options.verbose:
        print("\n" + "\n".join(sorted(examples)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=_seeds, default=(0, 208), metavar="FROM:TO")
    parser.add_argument("--clean", type=int, default=100, metavar="N")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    parser.add_argument("--only", nargs="*", metavar="CODE", help="every seed plants one of these codes")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    return parser.parse_args()


def _seeds(text: str) -> tuple[int, int]:
    first, _, last = text.partition(":")
    return int(first), int(last)


def _planted_seeds(options: argparse.Namespace) -> Iterable[tuple[int, str]]:
    """Seeds with the code each plants ("": by the seed itself)."""
    for seed in range(*options.seeds):
        if not options.only:
            yield seed, ""
        else:
            yield seed, options.only[seed % len(options.only)]


def _plant(job: tuple[int, str]) -> tuple[Made, Outcome]:
    made = planted(*job)
    assert made.truth is not None
    return made, judged(made.truth, said_of(made))


def _clean(seed: int) -> tuple[Made, list[Said]]:
    made = clean(seed)
    return made, said_of(made)


def _over(jobs: int, work, seeds) -> Iterator:  # type: ignore[no-untyped-def,type-arg]
    if jobs == 1:
        yield from map(work, seeds)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, seeds, chunksize=8)


def _keep(made: Made, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    kind = made.truth.code if made.truth else "clean"
    (folder / f"{kind}-{made.seed}-{made.layout}{made.suffix}").write_bytes(made.content)


def _missed(made: Made, outcome: Outcome) -> str:
    assert made.truth is not None
    cells = ", ".join(sorted(f"{sheet}!{_a1(place)}" for sheet, place in made.truth.cells)[:4])
    named = f" (named {', '.join(outcome.otherwise)})" if outcome.otherwise else ""
    where = f"{made.truth.code} {made.seed} {made.layout} {made.variant}"
    return f"miss {where}: {cells}: {made.truth.what}{named}"


def _line(word: str, made: Made, one: Said) -> str:
    planted_ = f"at {made.truth.code} {made.variant} " if made.truth else ""
    return f"{word} {one.code} {made.seed} {made.layout} {planted_}{one.sheet}!{one.range}: {one.message}"


def _a1(place: tuple[int, int]) -> str:
    from benchmarks.quality.book import a1

    return a1(place)


def _print(tallies: dict[str, Tally], extra: Counter[str], extra_books: int) -> None:
    print("| code | workbooks | layouts and forms | found | recall | 95 % | named otherwise | missed in |")
    print("|---|---|---|---|---|---|---|---|")
    whole = Tally()
    for code, tally in sorted(tallies.items()):
        print(_row(code, tally))
        whole.planted += tally.planted
        whole.found += tally.found
        whole.exact += tally.exact
        whole.otherwise += tally.otherwise
        whole.layouts += tally.layouts
        whole.forms |= tally.forms
    print(_row("all", whole))
    print(
        f"\nUnder the defect's own code: {whole.exact}; by a rule that is as right there: {whole.found - whole.exact}."
    )
    print("\nBy layout:\n\n| layout | planted | found | recall |\n|---|---|---|---|")
    for layout, number in sorted(whole.layouts.items()):
        missed = sum(tally.missed[layout] for tally in tallies.values())
        print(f"| {layout} | {number} | {number - missed} | {(number - missed) / number:.3f} |")
    print(f"\nFurther errors and warnings in {extra_books} of {whole.planted} planted workbooks:")
    print(", ".join(f"{name} ({number})" for name, number in extra.most_common(25)) or "none")


def _row(code: str, tally: Tally) -> str:
    low, high = wilson(tally.found, tally.planted)
    share = tally.found / tally.planted if tally.planted else 0.0
    missed = ", ".join(f"{layout} {number}" for layout, number in tally.missed.most_common(6))
    return (
        f"| {code} | {tally.planted} | {len(tally.forms)} | {tally.found} | {share:.3f} | {low:.2f}–{high:.2f} "
        f"| {tally.otherwise} | {missed} |"
    )


def _print_clean(number: int, alarmed: int, alarms: Counter[str], notices: int) -> None:
    low, high = wilson(alarmed, number)
    print(f"\nClean workbooks with an error or warning: {alarmed} of {number} (95 %: {low:.3f}–{high:.3f}).", end=" ")
    print(f"Notices in all: {notices}.")
    if alarms:
        print("By code: " + ", ".join(f"{code} {count}" for code, count in alarms.most_common()))


if __name__ == "__main__":
    main()
