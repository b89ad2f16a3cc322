"""What is wrong with a workbook? One file a rule family; a rule is a function whose docstring is its page."""
