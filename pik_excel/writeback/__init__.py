"""How does a projection get into the workbook? As edits in the unit of each table, spliced into the original bytes."""
