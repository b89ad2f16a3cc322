"""The search for cycles rests while records are made, and goes on afterwards as before."""

from __future__ import annotations

import gc

from pik_excel.grid.records import no_search_for_cycles


def test_it_rests_inside_and_goes_on_afterwards() -> None:
    with no_search_for_cycles():
        with no_search_for_cycles():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_not_searched_at_once() -> None:
    with no_search_for_cycles():
        made = [[number] for number in range(50_000)]
    assert gc.get_count()[0] < len(made)
    assert gc.get_freeze_count() == 0


def test_what_somebody_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        with no_search_for_cycles():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
