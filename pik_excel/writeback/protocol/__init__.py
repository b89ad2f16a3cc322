"""How do the findings get into the staff's own workbook? As a sheet "Prüfprotokoll" and as marks at the cells."""

from pik_excel.writeback.protocol.annotate import annotated
from pik_excel.writeback.protocol.entries import About

__all__ = ["About", "annotated"]
