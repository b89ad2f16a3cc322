"""Which law on the medium-term plan holds for a workbook?

That of the Land that pik-excel.toml or the workbook names, or whose chart its codes follow; none where that is not
certain, or where no source of the Land's law is known.
"""

from __future__ import annotations

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.coded import Codes
from pik_excel.layout.reading import Reading
from pik_excel.schema import Schema


def law_of_the_plan(reading: Reading, schema: Schema) -> str:
    """As it is cited: "§ 85 GemO, § 9 GemHVO"; "" where it is not known."""
    codes = Codes(Subject(reading, schema))
    land = schema.lands.get(codes.land)
    return land.financial_plan if land is not None and (codes.is_stated or codes.is_known) else ""
