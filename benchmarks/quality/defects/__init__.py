"""Which defects are planted? One module a family; each function marked `@plants(code)` is one way to plant it."""

from __future__ import annotations

from benchmarks.quality.defects import document, formulas, funding, measures, numbers, totals, years
from benchmarks.quality.defects.site import PLANTS, Plant, Site

__all__ = ["PLANTS", "Plant", "Site", "document", "formulas", "funding", "measures", "numbers", "totals", "years"]
