"""What is said about a workbook (content) and how it looks (form): text for a terminal, JSON for a program."""
