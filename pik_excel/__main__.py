"""`python -m pik_excel` is `pik-excel`."""

from pik_excel.cli import main

main()
