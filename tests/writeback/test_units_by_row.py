"""Where each row states its own unit, a new year is written in the unit of its row."""

from __future__ import annotations

from decimal import Decimal

from tests.writeback.building import package_of, projected

_TABLE = """
    | | A | B | C | D |
    |---|---|---|---|---|
    | 1 | Zuschüsse an Gesellschaften | | | |
    | 2 | Gesellschaft | Einheit | 2024 | 2025 |
    | 3 | Stadtwerke | TEUR | 1400 | 1450 |
    | 4 | Theater | EUR | 5020000 | 5150000 |
    | 5 | Klinikum | Mio. EUR | 3.8 | 4.2 |
    """


def test_each_row_goes_on_in_its_own_unit() -> None:
    _projection, written = projected(package_of(_TABLE), 2026)
    found = {cell.at.a1: cell.value for cell in written.cells if cell.at.sheet == "Tabelle1"}
    assert {at: Decimal(found[at] or 0) for at in ("E3", "E4", "E5")} == {
        "E3": Decimal(1450),
        "E4": Decimal(5150000),
        "E5": Decimal("4.2"),
    }
