"""pik-excel: checks, projects and losslessly rewrites the budget workbooks of a German city."""

__version__ = "0.1.0"
