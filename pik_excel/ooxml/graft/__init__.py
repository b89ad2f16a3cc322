"""How do the sheets that XlsxWriter wrote get into a workbook that is there already, and nothing of it changes?

Rules, in short. What is there keeps its name, its number and its bytes; what comes gives way:
a sheet named like one that is there becomes "Projektion (2)", a table or a name of the whole workbook "Faktor_2", and
the formulas, charts, links and names that come along follow. A formula that names a sheet, a table or a name which does
not come along means the one that is there. Text stays text: INDIRECT("Plan!A1") does not follow, though the target of
HYPERLINK("#Plan!A1") does. Styles are appended, texts arrive inline, the theme is that of the workbook.
"""

from pik_excel.ooxml.graft.dates import counts_from_1904
from pik_excel.ooxml.graft.grafting import grafted

__all__ = ["counts_from_1904", "grafted"]
