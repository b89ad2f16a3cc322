"""How does the budget go on? `Reading` in, `Projection` out: every measure, year by year, stated or by its rule."""
