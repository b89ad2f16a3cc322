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


def test_a_sum_among_balances_and_a_balance_among_sums_break_the_pattern() -> None:
    text = """
    |   | A                | B          | C          | D          | E          | F          |
    |---|------------------|------------|------------|------------|------------|------------|
    | 1 | in TEUR          | RE 2022    | RE 2023    | HHP 2024   | HHP 2025   | MFP 2026   |
    | 2 | Stand 01.01.     | 12450      | =B5 → 12970 | =C5 → 11960 | =D5 → 13720 | =E5 → 15800 |
    | 3 | Kreditaufnahme   | 1500       | 0          | 2800       | 3200       | 1900       |
    | 4 | ./. Tilgung      | 980        | 1010       | 1040       | 1120       | 1190       |
    | 5 | Stand 31.12.     | =B2+B3-B4 → 12970 | =C2+C3-C4 → 11960 | =D2+D3-D4 → 13720 | {e5} | =F2+F3-F4 → 16510 |
    """
    assert places(text.replace("{e5}", "=E2+E3-E4 → 15800"), "FRM01", "SUM01") == []
    assert places(text.replace("{e5}", "=E2+E3+E4 → 18040"), "FRM01", "SUM01") == ["FRM01 warning E5"]


def test_units_may_stand_below_an_empty_row_under_the_years() -> None:
    text = """
    |   | A    | B                       | C             | D           | E           |
    |---|------|-------------------------|---------------|-------------|-------------|
    | 1 | Nr.  | Ertrags- und Aufwandsarten | Ergebnis 2023 | Ansatz 2024 | Ansatz 2025 |
    | 3 |      |                         | TEUR          | TEUR        | TEUR        |
    | 4 | 1    | + Zuwendungen           | 481           | 495         | 512         |
    | 5 | 2    | + Entgelte              | 68            | 69          | 70          |
    | 6 | 3    | Summe                   | =SUM(C4:C5) → 549 | =SUM(D4:D5) → 564 | 583 |
    """
    assert places(text, "DOC01", "NUM04", "SUM01") == ["SUM01 error E6"]


def test_results_between_groups_whose_totals_stand_above_are_no_totals_of_the_next_row() -> None:
    text = """
    |   | A                       | B                  | C                  |
    |---|-------------------------|--------------------|--------------------|
    | 1 | Eckdaten (Mio. EUR)     | Plan 2024          | Plan 2025          |
    | 2 | Ordentliche Erträge     | =SUM(B3:B4) → 353  | =SUM(C3:C4) → 368  |
    | 3 | Gewerbesteuer           | 205                | 210                |
    | 4 | Einkommensteuer         | 148                | 158                |
    | 5 | Ordentliche Aufwendungen | =SUM(B6:B7) → 364 | =SUM(C6:C7) → 379  |
    | 6 | Personal                | 236                | 248                |
    | 7 | Sachaufwand             | 128                | 131                |
    | 8 | Ordentliches Ergebnis   | =B2-B5 → -11       | =C2-C5 → -11       |
    | 9 | Sonderergebnis          | 2                  | 3                  |
    | 10 | Gesamtergebnis         | =B8+B9 → -9        | =C8+C9 → -8        |
    | 11 | Rücklage               | 88                 | 80                 |
    """
    assert places(text, "SUM01", "SUM03", "SUM04") == []


SCHOOLS = """
    |   | A             | B      | C     | D                      | E            | F    |
    |---|---------------|--------|-------|------------------------|--------------|------|
    | 1 | Schule (TEUR) | Kosten | Satz  | Förderung 2024         | Eigen 2024   | 2025 |
    | 2 | Goetheschule  | 2400   | 0.5   | =B2*C2 → 1200          | =B2-D2 → 1200 | 10 |
    | 3 | Schillerschule | 850   | 0.5   | {d3}                   | {e3}         | 20   |
    | 4 | Realschule    | 9600   | 0.5   | =B4*C4 → 4800          | =B4-D4 → 4800 | 30 |
    | 5 | Ostschule     | 1900   | 0.5   | =B5*C5 → 950           | =B5-D5 → 950 | 40   |
"""


def test_one_of_four_that_computes_otherwise_or_not_at_all_is_found_between_the_others() -> None:
    right, own = "=B3*C3 → 425", "=B3-D3 → 425"
    assert places(SCHOOLS.format(d3=right, e3=own), "FRM01", "FRM02") == []
    assert places(SCHOOLS.format(d3=right, e3="=C3-D3 → -424.5"), "FRM01", "FRM02") == ["FRM01 warning E3"]
    assert places(SCHOOLS.format(d3="400", e3="=B3-D3 → 450"), "FRM01", "FRM02") == ["FRM02 warning D3"]
    assert places(SCHOOLS.format(d3=right, e3="=B3 → 850"), "FRM01", "FRM02") == []  # a row that computes otherwise


def test_two_steady_years_show_the_third_to_be_a_thousandth_whatever_else_is_in_the_table() -> None:
    text = """
    |   | A                   | B               | C               | D            |
    |---|---------------------|-----------------|-----------------|--------------|
    | 1 | Titelbezeichnung    | Ansatz 2025 EUR | Ansatz 2024 EUR | Ist 2023 EUR |
    | 2 | Bezüge              | 5120000         | 4980000         | 4811020      |
    | 3 | Entgelte            | 18900000        | {c3}            | 17550410     |
    | 4 | Ersatz von Ausgaben | 0               | 20000           | 0            |
    | 5 | Geschäftsbedarf     | 310000          | 310000          | 288120       |
    """
    assert places(text.format(c3="18200000"), "NUM03") == []
    assert places(text.format(c3="18200"), "NUM03") == ["NUM03 error C3"]
    assert places(text.format(c3="26000"), "NUM03") == []  # no thousandth of what the other years say


def test_a_year_mistyped_in_the_second_run_of_years_leaves_the_table_read() -> None:
    text = """
    |   | A            | B     | C    | D    | E      | F    | G    |
    |---|--------------|-------|------|------|--------|------|------|
    | 1 | Liegenschaft | Aufwand in TEUR | | | Ertrag in TEUR | | |
    | 2 |              | 2021  | 2022 | 2023 | 2021   | 2022 | {g2} |
    | 3 | Rathaus      | 214   | 208  | 199  | 61     | 66   | 81   |
    | 4 | Feuerwache   | 98    | 101  | 99   | 27     | 32   | 40   |
    """
    assert places(text.format(g2="2023"), "DOC01", "YRS01", "YRS02") == []
    assert places(text.format(g2="2024"), "DOC01") == []


def test_typed_results_are_totals_by_their_arithmetic_alone() -> None:
    text = """
    |   | A                              | B           | C           | D           | E           |
    |---|--------------------------------|-------------|-------------|-------------|-------------|
    | 1 | Ertrags- und Aufwandsarten EUR | Ansatz 2024 | Ansatz 2025 | Plan 2026   | Plan 2027   |
    | 2 | Zuweisungen                    | 1300000     | 1310000     | 1320000     | 1330000     |
    | 3 | Transfererträge                | 80000       | 80000       | 80000       | 80000       |
    | 4 | Entgelte                       | 320000      | 330000      | 330000      | 330000      |
    | 5 | Anteilige ordentliche Erträge  | 1700000     | 1720000     | {d5}        | 1740000     |
    | 6 | Personalaufwendungen           | -2180000    | -2260000    | -2305000    | -2351000    |
    | 7 | Abschreibungen                 | -60000      | -60000      | -59000      | -58000      |
    """
    assert places(text.format(d5="1730000"), "SUM01", "SUM02", "SUM09") == []
    assert places(text.format(d5="1731000"), "SUM01", "SUM02", "SUM09") == ["SUM01 error D5"]


def test_a_row_that_happens_to_be_the_sum_of_those_above_in_equal_years_is_a_measure() -> None:
    text = """
    |   | A             | B    | C    | D    | E    |
    |---|---------------|------|------|------|------|
    | 1 | Maßnahme TEUR | 2024 | 2025 | 2026 | 2027 |
    | 2 | Beratung      | 10   | 10   | 10   | 10   |
    | 3 | Schulung      | 10   | 10   | 10   | 10   |
    | 4 | Treff         | 20   | 20   | 20   | 20   |
    | 5 | Fahrten       | 40   | 40   | 40   | 40   |
    | 6 | Summe         | =SUM(B2:B5) → 80 | =SUM(C2:C5) → 80 | =SUM(D2:D5) → 80 | =SUM(E2:E5) → 80 |
    """
    assert places(text, "SUM01", "SUM02", "SUM03", "SUM04") == []


def test_two_tables_with_an_empty_column_between_them_are_two() -> None:
    text = """
    |   | A            | B           | C | D            | E           |
    |---|--------------|-------------|---|--------------|-------------|
    | 1 | Mehrbedarf   | 2024 in EUR |   | Deckung      | 2024 in EUR |
    | 2 | Winterdienst | 180000      |   | Zinsen       | 95000       |
    | 3 | Heizkosten   | 240000      |   | Mehrertrag   | 325000      |
    | 4 | Summe        | =SUM(B2:B3) → 420000 | | Summe  | =SUM(E2:E3) → 420000 |
    """
    assert places(text, "YRS01", "SUM01") == []


def test_a_change_list_is_not_compared_with_the_draft_of_the_year_before() -> None:
    text = """
    |   | A             | B            | C             | D         | E            | F             | G         |
    |---|---------------|--------------|---------------|-----------|--------------|---------------|-----------|
    | 1 | Budget (TEUR) | Entwurf 2025 | Änderung 2025 | Neu 2025  | Entwurf 2026 | Liste 2026    | Neu 2026  |
    | 2 | Verwaltung    | 4210         | 35            | 4245      | 4300         | 35            | 4335      |
    | 3 | Bürgerdienste | 2890         | 20            | 2910      | 2930         | 15            | 2945      |
    | 4 | Schulen       | 18420        | 150           | 18570     | 18900        | 180           | 19080     |
    """
    assert places(text, "YRS03") == []
    assert places(text.replace("19080", "29080"), "YRS03") == ["YRS03 notice G4"]


def test_where_most_grants_are_half_of_the_cost_the_share_is_not_that_of_the_other_half() -> None:
    text = """
    |   | A             | B                | C              | D              | E          |
    |---|---------------|------------------|----------------|----------------|------------|
    | 1 | Zuschüsse 2025 |                 |                |                |            |
    | 2 | Zweck         | Gesamtkosten EUR | Zuwendung EUR  | Eigenmittel EUR | Fördersatz |
    | 3 | Betreuung     | 640000           | 320000         | 320000         | 50 %       |
    | 4 | Mittagessen   | 236400           | 118200         | 118200         | 50 %       |
    | 5 | Hausaufgaben  | 51800            | 25900          | 25900          | 50 %       |
    | 6 | Lesepaten     | 8500             | 5100           | 3400           | {e6}       |
    """
    assert places(text.format(e6="60 %"), "FIN01", "FIN02") == []
    assert places(text.format(e6="50 %"), "FIN01", "FIN02") == ["FIN02 error E6"]


def test_a_memo_row_may_be_named_in_the_column_of_the_numbers() -> None:
    text = """
    |   | A                        | B              | C        | D        | E        |
    |---|--------------------------|----------------|----------|----------|----------|
    | 1 | HSK-Nr.                  | Maßnahme       | 2024 EUR | 2025 EUR | 2026 EUR |
    | 2 | 2024-01                  | Grundsteuer    | 10000    | 820000   | 820000   |
    | 3 | 2024-02                  | Parkgebühren   | 60000    | 120000   | 120000   |
    | 4 | Summe         |     | =SUM(C2:C3) → 70000 | =SUM(D2:D3) → 940000 | =SUM(E2:E3) → 940000 |
    | 5 | nachrichtlich: Zielwert  |                | 90000    | 900000   | 900000   |
    """
    assert places(text, "MSR01", "SUM06") == []
