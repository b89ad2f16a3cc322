"""Where in a messy sheet are the tables, and what do they say? `Workbook` in, `Reading` out."""
