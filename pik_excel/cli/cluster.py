"""How is work on many files spread over the machines of a Dask cluster?

Dask hands the files out, and again where a worker is lost. On each worker a process of its own does the work, one for
each thread of the worker, so that a file that hangs, crashes or swells harms neither the worker nor its neighbours.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from threading import get_ident
from typing import Any  # Dask's types are not published

from pik_excel import __version__
from pik_excel.cli.packing import packed
from pik_excel.cli.work import Answer, Key, Order
from pik_excel.cli.workers import Task, Told, Worker, died
from pik_excel.errors import BadConfiguration, NotWritten
from pik_excel.language import _

AHEAD = 1000
"""Files that the scheduler knows of at a time; the others wait here, so that its memory does not grow with the run."""
CONNECTING, WAITING_FOR_WORKERS = 10, 60
"""Seconds until a scheduler counts as not reachable, and as one without workers."""
_TALKATIVE = ("distributed", "distributed.client", "distributed.core", "distributed.comm.tcp")

_here: dict[tuple[int, str], Worker] = {}
"""On a worker of the cluster: the process that serves this thread in this run."""


def by_cluster(order: Order, tasks: Iterable[Task], address: str) -> Iterator[Told]:
    """Each answer as soon as it is there. Raises BadConfiguration where there is no such cluster, `NotWritten` where it
    is lost on the way."""
    from uuid import uuid4

    distributed = _imported()
    client = _connected(distributed, address)
    run, waiting = uuid4().hex, iter(tasks)
    places: dict[str, tuple[int, PurePath]] = {}
    order_for_all = pickle.dumps(order)
    done = distributed.as_completed(loop=client.loop, with_results=True, raise_errors=False)

    def hand_out() -> None:
        if (task := next(waiting, None)) is not None:
            index, place, known = task
            future = client.submit(
                on_worker, __version__, run, order_for_all, place, known, key=f"pik-excel-{run}-{index}", pure=False
            )
            places[future.key] = index, place
            done.add(future)

    try:
        for _turn in range(AHEAD):
            hand_out()
        for future, result in done:
            index, place = places.pop(future.key)
            yield index, _answer_of(distributed, future, result, place, address)
            hand_out()
    finally:
        _farewell(client, run)


def on_worker(version: str, run: str, order: bytes, place: PurePath, known: Key | None) -> Answer:
    """On a worker: have its process do the file."""
    if version != __version__:
        raise BadConfiguration(
            "other-version",
            _("Im Cluster ist pik-excel {there} installiert, hier {here}.").format(there=__version__, here=version),
            _("Bitte überall dieselbe Version installieren."),
        )
    worker = _here.get((get_ident(), run))
    if worker is None:
        worker = _here[get_ident(), run] = Worker(pickle.loads(order))
    return worker.answer(place, known)


def end_run(run: str) -> None:
    """On a worker: the processes of this run are not needed any more."""
    for thread, name in list(_here):
        if name == run:
            _here.pop((thread, name)).end()


def _imported() -> Any:
    try:
        import dask
    except ImportError:
        raise _missing() from None
    dask.config.set({"logging": dict.fromkeys(_TALKATIVE, "critical")})  # what goes wrong is said in our own words
    try:
        import distributed
    except ImportError:
        raise _missing() from None
    return distributed


def _missing() -> BadConfiguration:
    return BadConfiguration(
        "no-dask",
        _("Für --scheduler fehlt das Paket dask[distributed]."),
        _("Bitte installieren: pip install 'pik-excel[cluster]'"),
    )


def _connected(distributed: Any, address: str) -> Any:
    try:
        client = distributed.Client(address, timeout=CONNECTING, set_as_default=False, name="pik-excel")
    except (OSError, TimeoutError, ValueError):
        raise BadConfiguration(
            "no-scheduler",
            _("Der Dask-Scheduler {address} ist nicht erreichbar.").format(address=address),
            _("Bitte die Adresse prüfen, etwa tcp://rechner:8786, und ob „dask scheduler“ dort läuft."),
        ) from None
    try:
        client.wait_for_workers(1, timeout=WAITING_FOR_WORKERS)
    except TimeoutError:
        client.close()
        raise BadConfiguration(
            "no-workers",
            _("Beim Dask-Scheduler {address} ist kein Rechner angemeldet.").format(address=address),
            _("Bitte auf mindestens einem Rechner „dask worker {address}“ starten.").format(address=address),
        ) from None
    return client


def _answer_of(distributed: Any, future: Any, result: Any, place: PurePath, address: str) -> Answer:
    if future.status == "finished":
        assert isinstance(result, Answer)
        return result
    error = result[1] if isinstance(result, tuple) and len(result) > 1 else result
    if isinstance(error, distributed.scheduler.KilledWorker):
        return Answer(None, packed(died(place)))
    if isinstance(error, BadConfiguration):
        raise error
    if isinstance(error, ImportError):
        raise BadConfiguration(
            "not-on-workers",
            _("Im Cluster fehlt pik-excel ({reason}).").format(reason=error),
            _("Bitte auf jedem Rechner installieren: pip install 'pik-excel[cluster]'"),
        )
    if future.status == "error" and isinstance(error, Exception):
        raise error
    raise NotWritten(
        "cluster-lost",
        _("Die Verbindung zum Dask-Scheduler {address} ist abgebrochen.").format(address=address),
        _("Mit --resume ORDNER macht der nächste Aufruf dort weiter."),
    )


def _farewell(client: Any, run: str) -> None:
    try:
        if client.status == "running":
            client.run(end_run, run, on_error="ignore")
        client.close(timeout=5)
    except (OSError, TimeoutError):  # the cluster is gone, and with it what there was to end
        return
