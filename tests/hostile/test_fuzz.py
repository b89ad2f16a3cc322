"""A short run of the fuzzer (PIK_EXCEL_FULL: ten minutes with another seed); no mutant may crash, hang or swell."""

from __future__ import annotations

import os
from pathlib import Path

from tests.hostile.fuzz import Crash, fuzzed
from tests.hostile.xml_cases import ALL
from tests.ooxml.building import zipped

WORKBOOKS = Path(__file__).parent.parent.parent / "workbooks"
FULL = bool(os.environ.get("PIK_EXCEL_FULL"))


def test_no_mutant_of_a_workbook_ends_in_a_crash(tmp_path: Path) -> None:
    every_part = tmp_path / "alle-teile.xlsx"
    every_part.write_bytes(zipped(ALL))
    sources = [WORKBOOKS / "haushalt.xlsx", WORKBOOKS / "haushalt-fehler.xlsx", every_part]
    found = list(fuzzed(sources, seed=2 if FULL else 1, seconds=600 if FULL else 20))
    assert [(crash.seed, crash.what) for crash in found if isinstance(crash, Crash)] == []
    assert isinstance(found[-1], int)
    assert found[-1] >= 10
