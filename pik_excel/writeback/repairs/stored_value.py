"""FRM06: the value stored with a formula becomes what the formula gives."""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.checks.computed import stale
from pik_excel.language import _
from pik_excel.ooxml.edits import Stored
from pik_excel.writeback.refresh import stand
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repair


@repair("FRM06", rank=6)
def stored_value(case: Case) -> Iterator[Proposal | NotSafe]:
    """What two independent computations give; the formula stays."""
    known = stale(case.subject)
    for at in case.cells():
        if at in known:
            why = _("Zwei unabhängige Rechnungen ergeben diesen Wert; die Formel bleibt.")
            yield Proposal("FRM06", at, Stored(stand(known[at].computed)), why)
