"""Plans as treasuries write them: groups without subtotals, results carried on, headers that stand twice."""

from __future__ import annotations

from tests.asking import places


def test_a_total_below_two_groups_of_which_neither_has_a_subtotal_adds_both() -> None:
    text = """
    |    | A                       | B           | C           | D           |
    |----|-------------------------|-------------|-------------|-------------|
    | 1  | Maßnahme (TEUR)         | 2024        | 2025        | 2026        |
    | 2  | Straßenbau              |             |             |             |
    | 3  | Lindenstraße            | 400         | 350         | 0           |
    | 4  | Kreisverkehr            | 50          | 600         | 220         |
    | 5  | Schulen                 |             |             |             |
    | 6  | Grundschule             | 1500        | 2200        | 800         |
    | 7  | Summe Auszahlungen      | =SUM(B3:B6) → 1950 | =SUM(C3:C6) → 3150 | =SUM(D3:D6) → {d7} |
    | 8  | Zuweisungen Land        | 600         | 1100        | 300         |
    | 9  | Beiträge                | 60          | 210         | 60          |
    | 10 | Summe Einzahlungen      | =SUM(B8:B9) → 660 | =SUM(C8:C9) → 1310 | =SUM(D8:D9) → 360 |
    | 11 | Saldo                   | =B7-B10 → 1290 | =C7-C10 → 1840 | =D7-D10 → 660 |
    """
    assert places(text.replace("{d7}", "1020"), "SUM01", "SUM03") == []
    short = text.replace("=SUM(D3:D6) → {d7}", "=SUM(D3:D4) → 220")
    assert places(short, "SUM01", "SUM03") == ["SUM03 error D7"]


def test_a_result_may_carry_on_the_one_above_it() -> None:
    text = """
    |    | A                    | B            | C            |
    |----|----------------------|--------------|--------------|
    | 1  | Kosten (EUR)         | Plan 2025    | Plan 2026    |
    | 2  | Transport            | 1190         | 1225         |
    | 3  | Entsorgung           | 1540         | 1590         |
    | 4  | Kosten gesamt        | =SUM(B2:B3) → 2730 | =SUM(C2:C3) → 2815 |
    | 5  | abzgl. Altpapier     | -120         | -110         |
    | 6  | abzgl. Altmetall     | -18          | -18          |
    | 7  | Gebührenfähige Kosten | =SUM(B4:B6) → 2592 | =SUM(C4:C6) → 2687 |
    | 8  | Überdeckung          | -85          | -85          |
    | 9  | Gebührenbedarf       | =B7+B8 → 2507 | =C7+C8 → 2602 |
    """
    assert places(text, "SUM01", "SUM03", "SUM04") == []
    short = text.replace("=SUM(C4:C6) → 2687", "=SUM(C4:C5) → 2705").replace("=C7+C8 → 2602", "=C7+C8 → 2620")
    assert places(short, "SUM01", "SUM03", "FRM01") == ["SUM03 error C7"]
