"""How does a command go through many workbooks? One that fails, hangs or crashes is told, and does not end the run.

A command is a function from a file to a result (`pik_excel.cli.work.Work`) and a writer of the results; where and by
how many processes the function is called, and where the results wait, is the same for all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn, TypeVar

from pik_excel.cli.output import needs_more_memory, tell, write
from pik_excel.cli.progress import Bar
from pik_excel.cli.spreading import Spreading
from pik_excel.cli.urls import Url
from pik_excel.cli.work import Answer, Bounds, Work, answer, order_of
from pik_excel.errors import BadConfiguration, NotWritten, PikError, Refused
from pik_excel.language import _

if TYPE_CHECKING:
    from pik_excel.cli.journal import Journal
    from pik_excel.report.json import Failed

Result = TypeVar("Result")
HERE = Spreading()


def outcomes(
    places: Sequence[PurePath],
    work: Work[Result],
    spreading: Spreading = HERE,
) -> Sequence[Result | PikError]:
    """The result of each file, or why there is none, in the order given. Of several files the results wait on the disk,
    and each is read when it is asked for. A bug of ours is raised only where a single file is worked on in here."""
    if len(places) == 1 and spreading == HERE and not isinstance(places[0], Url):
        return [_alone(Path(places[0]), work)]
    from pik_excel.cli.journal import Journal, Results

    journal = Journal(places, spreading.resume)
    results: Results[Result | PikError] = Results(journal, len(places))
    with Bar(len(places)) as bar, closing(_events(places, work, spreading, journal)) as events:
        for index, found in events:
            if found is None:
                bar.at(places[index].name)
                continue
            journal.keep(index, found)
            bar.one_more(places[index].name)
    return results


def went_well(results: Sequence[Result | PikError]) -> Iterator[Result]:
    """Those that are no error."""
    return (result for result in results if not isinstance(result, PikError))


def failed(places: Sequence[PurePath], results: Sequence[Result | PikError]) -> list[tuple[PurePath, PikError]]:
    """The files without a result, and why."""
    pairs = zip(places, results, strict=True)
    return [(place, result) for place, result in pairs if isinstance(result, PikError)]


def tell_failed(failures: Sequence[tuple[PurePath, PikError]]) -> int:
    """Say each on standard error, by the name of the file; the gravest exit code."""
    for place, error in failures:
        named = place.name in error.message or not isinstance(error, Refused | NotWritten)
        tell(error if named else type(error)(error.code, f"{place.name}: {error.message}", error.hint))
    return max((error.exit_code for _place, error in failures), default=0)


def finish(
    places: Sequence[PurePath],
    results: Sequence[Result | PikError],
    form: str,
    shown: Callable[[Iterator[Result], str, Failed], Iterator[str]],
    store: Callable[[Iterator[Result]], None] | None,
) -> NoReturn:
    """Store the results where that is asked for, say them and the failures, and end with the gravest exit code."""
    failures = failed(places, results)
    worst = tell_failed(failures)
    if store:
        store(went_well(results))
    if len(failures) < len(results) or form == "json":
        write(shown(went_well(results), form, failures), None, form)
    sys.exit(worst)


def refuse_one_output(places: Sequence[PurePath], output: Path | None) -> None:
    """Raises BadConfiguration where one output is named for several workbooks."""
    if output is not None and len(places) > 1:
        raise BadConfiguration(
            "one-output", _("--output nennt eine Datei, gemeint sind {count} Mappen.").format(count=len(places))
        )


def _alone(path: Path, work: Work[Result]) -> Result | PikError:
    try:
        return work.function(path)
    except PikError as error:
        return error
    except MemoryError:
        return needs_more_memory()


def _events(
    places: Sequence[PurePath], work: Work[Result], spreading: Spreading, journal: Journal
) -> Generator[tuple[int, Answer | None], None, None]:
    from pik_excel.schema import load

    limits = load(Path()).preflight
    bounds = Bounds(spreading.timeout or limits.seconds, spreading.memory or limits.memory_mb)
    order = order_of(work, bounds, keyed=spreading.resume is not None, file_mb=limits.file_mb)
    tasks = ((index, place, journal.known(place)) for index, place in enumerate(places))
    if spreading.scheduler is not None:
        from pik_excel.cli.cluster import by_cluster

        yield from by_cluster(order, tasks, spreading.scheduler)
    elif spreading.processes is not None:
        from pik_excel.cli.workers import by_processes

        yield from by_processes(order, tasks, min(spreading.processes, len(places)))
    else:
        for index, place, known in tasks:
            yield index, None
            yield index, answer(order, place, known)
