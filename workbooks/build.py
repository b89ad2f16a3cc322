"""Write the example workbooks anew: `python -m workbooks.build`, from the project's folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbooks import fehler, haushalt

FOLDER = Path(__file__).parent
WORKBOOKS: dict[str, Callable[[], bytes]] = {"haushalt.xlsx": haushalt.build, "haushalt-fehler.xlsx": fehler.build}


def main() -> None:
    """Write every workbook beside this script."""
    for name, build in WORKBOOKS.items():
        (FOLDER / name).write_bytes(build())
        print(FOLDER / name)


if __name__ == "__main__":
    main()
