"""The overview workbook of many files: all measures in one table, totals that follow it, a sheet for each Amt."""
