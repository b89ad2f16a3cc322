"""Where does what stand in `haushalt.xlsx`? The rows and names that one sheet knows of another."""

from __future__ import annotations

from workbooks import paper

DECIDED = "Ergänzende Maßnahmen"
PAPER = f"Mitteilungsvorlage zum Haushaltsplan 2022/2023 · {paper.REFERENCE} vom {paper.DAY:%d.%m.%Y}"

FIRST = 6  # the row of the first measure, on every sheet that lists measures
MATERIAL = "Sachkostenpauschale für Integrationsmanagement"
SOCIAL_WORK = "Soziale Betreuung in der Anschlussunterbringung"

OMID_TOTAL_ROW = 5 + len(paper.OMID_2019) + 1
CAMPUS_HEAD_ROW = OMID_TOTAL_ROW + 5
POSTS_HEAD_ROW = 15
MATERIAL_POSTS_ROW, SOCIAL_WORK_POSTS_ROW = POSTS_HEAD_ROW + 1, POSTS_HEAD_ROW + 2


def decided_row(name: str) -> int:
    """The row of a measure on the first sheet."""
    return FIRST + [measure.name for measure in paper.SUPPLEMENTARY].index(name)


def decided_2021(name: str) -> int:
    """TEUR decided for 2021."""
    return paper.SUPPLEMENTARY[decided_row(name) - FIRST].year_2021
