"""The sheet "Projektion": measures by year, totals, all scenarios, live and fit to be printed."""
