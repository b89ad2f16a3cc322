"""What does a workbook without a sheet "Annahmen" assume? One is made from what its tables say, for staff to change."""

from pik_excel.writeback.assumptions.made import Assumed, with_assumptions

__all__ = ["Assumed", "with_assumptions"]
