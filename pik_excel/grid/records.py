"""How are very many small records made without Python searching them for cycles again and again?"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Cells and amounts make no cycles, and on a large workbook the search for them costs a third to a half more.

    As a decorator it goes on until the records that the function let go of are gone.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _count_all_as_old()
            gc.enable()


def _count_all_as_old() -> None:
    """Else the next search would begin with all that was made meanwhile."""
    if not gc.get_freeze_count():  # what somebody froze stays frozen
        gc.freeze()
        gc.unfreeze()
