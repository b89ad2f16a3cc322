"""Posts: a column "Stelle" may hold names beside the one that counts them."""

from __future__ import annotations

from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.tables import workbook


def test_stelle_names_what_stellen_counts() -> None:
    text = """
        |   | A                | B             | C                  | D                  |
        |---|------------------|---------------|--------------------|--------------------|
        | 1 | Stelle           | Stellen (VZÄ) | Satz je Stelle EUR | Personalkosten EUR |
        | 2 | Jugendberatung   | 4.5           | 62000              | 279000             |
        | 3 | Quartiersarbeit  | 6             | 64000              | 384000             |
        """
    posts = read_budget(workbook(text), built_in()).budget.posts
    assert [one.name for one in posts] == ["Jugendberatung", "Quartiersarbeit"]
    stated = [[str(one.field(key).decimal) for key in ("stellen", "satz", "ansatz")] for one in posts]  # type: ignore[union-attr]
    assert stated == [["4.5", "62000", "279000"], ["6", "64000", "384000"]]
