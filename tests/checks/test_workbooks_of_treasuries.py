"""Do the rules hold in workbooks that other treasuries keep, in their own ways?"""

from __future__ import annotations

from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.asking import places
from tests.tables import workbook

_FORMULAS = ("FRM01", "FRM02", "SUM01", "SUM03")

BY_YEAR = """
|    | A               | B                 | C                | D                  |
|----|-----------------|-------------------|------------------|--------------------|
| 1  | Jahr            | Asylberatung T€   | Frauenhaus T€    | Summe T€           |
| 2  | 2023            | 120               | 310              | =SUM(B2:C2) → 430  |
| 3  | 2024            | 124               | 318              | =SUM(B3:C3) → 442  |
| 4  | 2025            | 128               | 325              | =SUM(B4:C4) → 453  |
| 5  | 2026            | 131               | 333              | =SUM(B5:C5) → 464  |
| 6  | 2027            | 135               | 341              | =SUM(B6:C6) → 476  |
| 7  | Summe 2025-2027 | =SUM(B4:B6) → 394 | =SUM(C4:C6) → 999 | =SUM(D4:D6) → 1393 |
"""

BESIDE_A_LIST = """
| | A | B | C | D | E | F | G |
|----|---|---|---|---|---|---|---|
| 1 | Transferaufwand in TEUR | | | | | | |
| 2 | Produkt | Leistung | 2026 | 2027 | | Produktgruppe | 2026 |
| 3 | '31.10 | Lebensunterhalt | 1240 | 1265 | | '31.10 | =SUMIF($A$3:$A$8,F3,$C$3:$C$8) → 8060 |
| 4 | '31.10 | Eingliederungshilfe | 6820 | 7010 | | '31.20 | =SUMIF($A$3:$A$8,F4,$C$3:$C$8) → 9400 |
| 5 | '31.20 | Unterkunft | 9400 | 9550 | | '31.30 | =SUMIF($A$3:$A$8,F5,$C$3:$C$8) → 3350 |
| 6 | '31.30 | Asylbewerberleistungen | 3350 | 3100 | | '36.10 | =SUMIF($A$3:$A$8,F6,$C$3:$C$8) → 14200 |
| 7 | '36.10 | Kindertagesstätten | 14200 | 14900 | | '36.30 | =SUMIF($A$3:$A$8,F7,$C$3:$C$8) → 8120 |
| 8 | '36.30 | Hilfen zur Erziehung | 8120 | 8410 | | Gesamtergebnis | =SUM(G3:G7) → 43130 |
| 9 | | Summe | =SUM(C3:C8) → 43130 | =SUM(D3:D8) → 44235 | | | |
"""

BY_DEPARTMENT = """
Blatt "Liste":

|    | A     | B      | C      |
|----|-------|--------|--------|
| 1  | THH   | 2026 EUR | 2027 EUR |
| 2  | THH 1 | 100    | 110    |
| 3  | THH 2 | 200    | 210    |
| 4  | THH 3 | 300    | 310    |
| 5  | THH 4 | 400    | 410    |
| 6  | THH 2 | 50     | 60     |

Blatt "Auswertung":

| | A | B | C |
|----|---|---|---|
| 1 | Teilhaushalt | 2026 EUR | 2027 EUR |
| 2 | THH 1 | =SUMIF(Liste!$A$2:$A$6,$A2,Liste!B$2:B$6) → 100 | =SUMIF(Liste!$A$2:$A$6,$A2,Liste!C$2:C$6) → 110 |
| 3 | THH 2 | =SUMIF(Liste!$A$2:$A$6,$A3,Liste!B$2:B$6) → 250 | =SUMIF(Liste!$A$2:$A$6,$A3,Liste!C$2:C$6) → 270 |
| 4 | THH 3 | =SUMIF(Liste!$A$2:$A$6,$A4,Liste!B$2:B$6) → 300 | =SUMIF(Liste!$A$2:$A$6,$A4,Liste!C$2:C$6) → 310 |
| 5 | THH 4 | =SUMIF(Liste!$A$2:$A$6,$A5,Liste!B$2:B$6) → 400 | =SUMIF(Liste!$A$2:$A$6,$A5,Liste!C$2:C$6) → 410 |
| 6 | Summe | =SUM(B2:B5) → 1050 | =SUM(C2:C5) → 1100 |
"""

DEBT = """
| | A | B | C | D | E | F |
|----|---|---|---|---|---|---|
| 1 | Schulden in T€ | 2023 | 2024 | 2025 | 2026 | 2027 |
| 2 | Stand 01.01. | 41200 | =B5 → 42600 | =C5 → 44400 | =D5 → 48200 | =E5 → 53600 |
| 3 | Kreditaufnahme | 3500 | 4000 | 6200 | 8100 | 7400 |
| 4 | Tilgung | 2100 | 2200 | 2400 | 2700 | 3000 |
| 5 | Stand 31.12. | =B2+B3-B4 → 42600 | =C2+C3-C4 → 44400 | =D2+D3-D4 → 48200 | =E2+E3-E4 → 53600 | =F2+F3-F4 → 58000 |
"""


def test_a_sum_of_the_years_that_its_label_names_leaves_none_out() -> None:
    assert places(BY_YEAR, *_FORMULAS) == []


def test_a_sum_of_the_years_that_its_label_names_adds_each_of_them() -> None:
    short = BY_YEAR.replace("=SUM(B4:B6) → 394", "=SUM(B4:B5) → 259")
    assert places(short, *_FORMULAS) == ["SUM03 error B7"]


def test_a_small_table_of_codes_beside_a_list_is_a_table_of_its_own() -> None:
    assert places(BESIDE_A_LIST, "YRS01", "MSR06", "DOC01", *_FORMULAS) == []


def test_formulas_that_look_up_a_text_are_compared_with_one_another() -> None:
    typed = BESIDE_A_LIST.replace("=SUMIF($A$3:$A$8,F6,$C$3:$C$8) → 14200", "14900")
    assert places(typed, *_FORMULAS) == ["FRM02 warning G6"]
    short = BESIDE_A_LIST.replace("=SUMIF($A$3:$A$8,F4,$C$3:$C$8)", "=SUMIF($A$3:$A$7,F4,$C$3:$C$7)")
    assert places(short, *_FORMULAS) == ["FRM01 warning G4"]


def test_sums_by_department_stay_silent() -> None:
    assert places(BY_DEPARTMENT, *_FORMULAS) == []


def test_one_number_in_a_block_of_equal_formulas_was_typed_over() -> None:
    typed = BY_DEPARTMENT.replace("=SUMIF(Liste!$A$2:$A$6,$A3,Liste!C$2:C$6) → 270", "210")
    typed = typed.replace("=SUM(C2:C5) → 1100", "=SUM(C2:C5) → 1040")
    assert places(typed, *_FORMULAS) == ["FRM02 warning Auswertung!C3"]


def test_a_lookup_whose_ranges_end_before_those_of_the_others_is_told() -> None:
    short = BY_DEPARTMENT.replace("$A$2:$A$6,$A3,Liste!B$2:B$6) → 250", "$A$2:$A$4,$A3,Liste!B$2:B$4) → 200")
    short = short.replace("=SUM(B2:B5) → 1050", "=SUM(B2:B5) → 1000")
    assert places(short, *_FORMULAS) == ["FRM01 warning Auswertung!B3"]


def test_what_is_left_over_is_carried_into_the_next_year() -> None:
    assert places(DEBT, *_FORMULAS) == []


def test_a_balance_that_is_typed_and_not_carried_on_is_told() -> None:
    typed = DEBT.replace("=C5 → 44400", "43000").replace("=D2+D3-D4 → 48200", "=D2+D3-D4 → 46800")
    typed = typed.replace("=D5 → 48200", "=D5 → 46800").replace("=E2+E3-E4 → 53600", "=E2+E3-E4 → 52200")
    typed = typed.replace("=E5 → 53600", "=E5 → 52200").replace("=F2+F3-F4 → 58000", "=F2+F3-F4 → 56600")
    assert places(typed, *_FORMULAS) == ["FRM02 warning D2"]


SUBTOTALS = """
|   | A             | B                         | C                       |
|---|---------------|---------------------------|-------------------------|
| 1 | Zuschüsse     | 2026 TEUR                 | 2027 TEUR               |
| 2 | Kita          | 812                       | 820                     |
| 3 | Jugendhäuser  | 240                       | 245                     |
| 4 | Summe Jugend  | =SUBTOTAL(9,B2:B3) → 1052 | =SUBTOTAL(9,C2:C3) → 1065 |
| 5 | Theater       | 950                       | 960                     |
| 6 | Stadtfest     | 80                        | 82                      |
| 7 | Kunstpreis    | 8                         | 8                       |
| 8 | Summe Kultur  | =SUBTOTAL(9,B5:B7) → 1038 | =SUBTOTAL(9,C5:C7) → 1050 |
| 9 | Gesamtsumme   | =SUBTOTAL(9,B2:B8) → 2090 | =SUBTOTAL(9,C2:C8) → 2115 |
"""

WITH_VE = """
|   | A            | B                | C               | D                |
|---|--------------|------------------|-----------------|------------------|
| 1 | Maßnahme     | Ansatz 2026 EUR  | VE 2026 EUR     | Plan 2027 EUR    |
| 2 | Hochbau      | 7250             | 4500            | 6100             |
| 3 | Tiefbau      | 3100             | 1200            | 2800             |
| 4 | Fahrzeuge    | 820              | 200             | 700              |
| 5 | Summe        | =SUM(B2:B4) → 11170 | =SUM(C2:C4) → 5900 | =SUM(D2:D4) → 9600 |
"""

INVESTMENTS = """
|   | A           | B         | C         | D         | E         |
|---|-------------|-----------|-----------|-----------|-----------|
| 1 | Vorhaben    | 2025 TEUR | 2026 TEUR | 2027 TEUR | 2028 TEUR |
| 2 | Kläranlage  | 1200      | 4300      | 4900      | 2000      |
| 3 | Kanäle      | 450       | 950       | 1100      | 600       |
| 4 | Becken      | 150       | 800       | 900       | 400       |
| 5 | Pumpwerk    | 80        | 500       | 400       | 0         |
"""

SAVINGS = """
|   | A                | B    | C    | D    | E    | F    |
|---|------------------|------|------|------|------|------|
| 1 | Haushaltssicherungskonzept | | |   |      |      |
| 2 | Beiträge in T€ (Verbesserung = +) | | | | |     |
| 3 | Maßnahme         | 2026 | 2027 | 2028 | 2029 | 2030 |
| 4 | Hundesteuer      | 18   | 36   | 36   | 36   | 36   |
| 5 | Grundsteuer      | 400  | 410  | 415  | 420  | 425  |
| 6 | Straßenleuchten  | -60  | 25   | 70   | 70   | 70   |
"""


def test_subtotals_and_ve_stay_silent() -> None:
    assert places(SUBTOTALS, "SUM04", *_FORMULAS) == []
    assert places(WITH_VE, "SUM06", *_FORMULAS) == []


def test_of_a_subtotal_that_is_short_the_total_over_all_rows_is_not_told_as_well() -> None:
    short = SUBTOTALS.replace("=SUBTOTAL(9,C5:C7) → 1050", "=SUBTOTAL(9,C5:C6) → 1042")
    assert places(short, *_FORMULAS) == ["SUM03 error C8"]


def test_a_total_that_adds_the_column_of_the_ve_is_told() -> None:
    wrong = WITH_VE.replace("=SUM(B2:B4) → 11170", "=SUM(B2:B4,C2:C4) → 17070")
    assert places(wrong, "SUM06", *_FORMULAS) == ["SUM06 error B5"]


def test_investments_differ_from_year_to_year() -> None:
    assert places(INVESTMENTS, "NUM03") == []
    assert places(INVESTMENTS.replace("| 800 ", "| 80000 "), "NUM03") == []  # eighty million may be meant


def test_an_amount_far_above_all_others_is_in_another_unit() -> None:
    assert places(INVESTMENTS.replace("| 800 ", "| 800000 "), "NUM03") == ["NUM03 error C4"]


def test_where_a_line_says_what_plus_and_minus_mean_both_are_meant() -> None:
    assert places(SAVINGS, "NUM05") == []
    assert places(SAVINGS.replace(" (Verbesserung = +)", ""), "NUM05") == ["NUM05 warning B6"]
    assert places(SAVINGS.replace("| 415 ", "| -415 "), "NUM05") == ["NUM05 warning D5"]


def test_an_error_is_not_told_beside_the_text_that_makes_it() -> None:
    typed = """
    |   | A        | B         | C         | D              |
    |---|----------|-----------|-----------|----------------|
    | 1 | Maßnahme | 2022 EUR  | 2023 EUR  | Veränderung    |
    | 2 | OMID     | 290000    | '290.500,00 | =C2-B2 → #VALUE! |
    | 3 | Refugio  | 40000     | 40000     | =C3-B3 → 0     |
    """
    assert places(typed, "NUM01", "FRM03") == ["NUM01 error C2"]
    assert places(typed.replace("'290.500,00", "unbekannt"), "FRM03") == ["FRM03 error D2"]


CHANGES = """
|   | A    | B             | C       | D        | E           | F       | G        | H           |
|---|------|---------------|---------|----------|-------------|---------|----------|-------------|
| 1 | Änderungsliste zum Doppelhaushalt in EUR | | | | |   |          |             |
| 2 |      |               | 2026    |          |             | 2027    |          |             |
| 3 | Nr.  | Bezeichnung   | Entwurf | Änderung | Ansatz neu  | Entwurf | Änderung | Ansatz neu  |
| 4 | '1.1 | Lizenzen      | 310000  | 25000    | =C4+D4 → 335000 | 318000 | 31000 | =F4+G4 → 349000 |
| 5 | '1.2 | Schutzkleidung | 88000  | -12000   | =C5+D5 → 76000  | 90000  | 0     | =F5+G5 → 90000  |
| 6 | '1.3 | Schulbus      | 1420000 | 95000    | =C6+D6 → 1515000 | 1455000 | 110000 | =F6+G6 → 1565000 |
| 7 | '1.4 | Straßen       | 950000  | -150000  | =C7+D7 → 800000 | 965000 | -150000 | =F7+G7 → 815000 |
| 8 |      | Summe | =SUM(C4:C7) → 2768000 | =SUM(D4:D7) → -42000 | =SUM(E4:E7) → 2726000 \
 | =SUM(F4:F7) → 2828000 | =SUM(G4:G7) → -9000 | =SUM(H4:H7) → 2819000 |
"""

QUARTERS = """
|   | A             | B       | C          | D           | E            | F           | G                   |
|---|---------------|---------|------------|-------------|--------------|-------------|---------------------|
| 1 | Erträge in TEUR |       |            |             |              |             |                     |
| 2 |               | Ansatz  | Ist        |             |              |             | Ergebnis            |
| 3 |               | 2025    | I. Quartal | II. Quartal | III. Quartal | IV. Quartal | 2025                |
| 4 | Grundsteuer   | 8200    | 1968       | 2132        | 1886         | 2050        | =SUM(C4:F4) → 8036  |
| 5 | Gewerbesteuer | 24500   | 5880       | 6370        | 5635         | 6125        | =SUM(C5:F5) → 24010 |
| 6 | Gebühren      | 6450    | 1548       | 1677        | 1483         | 1612        | =SUM(C6:F6) → 6320  |
| 7 | Umlagen       | 11200   | 2688       | 2912        | 2576         | 2800        | =SUM(C7:F7) → 10976 |
"""


def test_a_list_of_changes_and_a_report_by_quarter_are_read() -> None:
    assert places(CHANGES, "DOC01", "YRS01", "YRS02", "MSR06", "MSR07", "NUM03", *_FORMULAS) == []
    assert places(QUARTERS, "DOC01", "YRS01", "YRS02", "MSR06", "NUM03", *_FORMULAS) == []


def test_a_quarter_in_another_unit_is_told_beside_the_estimate_and_result_of_the_year() -> None:
    assert places(QUARTERS.replace("| 1483 ", "| 1483000 "), "NUM03") == ["NUM03 error E6"]


def test_a_column_of_numbers_leaves_none_out() -> None:
    assert places(CHANGES.replace("'1.4", "'1.5"), "MSR07") == ["MSR07 notice A7"]
    assert places(CHANGES.replace("'1.3", "'3.3").replace("'1.2", "'2.1"), "MSR07") == []


FRANCS = """
Blatt "Erfolgsrechnung":

|   | A                            | B                  | C           | D           |
|---|------------------------------|--------------------|-------------|-------------|
| 1 | Erfolgsrechnung (in CHF)     |                    |             |             |
| 2 | Konto                        | Bezeichnung        | Budget 2025 | Budget 2026 |
| 3 | 30                           | Personalaufwand    | 8650000     | 8790000     |
| 4 | 33                           | Abschreibungen     | 1260000     | 1340000     |
| 5 | 36                           | Transferaufwand    | 12050000    | 12310000    |
| 6 | 40                           | Fiskalertrag       | 18900000    | 19350000    |
| 7 | 46                           | Transferertrag     | 3180000     | 3240000     |

Blatt "Investitionen":

|   | A                            | B    | C    | D    |
|---|------------------------------|------|------|------|
| 1 | Beträge in 1000 CHF          |      |      |      |
| 2 | Vorhaben                     | 2025 | 2026 | 2027 |
| 3 | Schulhaus                    | 1500 | 3200 | 1800 |
| 4 | Strasse                      | 250  | 900  | 700  |
| 5 | Werkhof                      | 0    | 120  | 800  |
"""


def test_francs_are_held_against_no_chart_of_a_land() -> None:
    assert places(FRANCS, "NUM04", "MSR05", "MSR09") == []


def test_thousands_among_francs_are_told() -> None:
    assert places(FRANCS, "NUM03") == []
    assert places(FRANCS.replace("| 900 ", "| 900000 "), "NUM03") == ["NUM03 error Investitionen!C4"]


POSTS = """
|   | A                               | B                 | C                 |
|---|---------------------------------|-------------------|-------------------|
| 1 | Stellen nach Sachgebieten (VZÄ) |                   |                   |
| 2 | Sachgebiet                      | Plan 2025         | Plan 2026         |
| 3 | Sozialer Dienst                 | 14.3              | 15.3              |
| 4 | Jugendhilfe                     | 8.5               | 18.5              |
| 5 | Kita-Verwaltung                 | 7.8               | 8.3               |
| 6 | Insgesamt                       | =SUM(B3:B5) → 30.6 | =SUM(C3:C5) → 42.1 |
"""

CHECKED = """
|   | A                       | B        | C        | D        |
|---|-------------------------|----------|----------|----------|
| 1 | Teilhaushalt            | 2026 EUR | 2027 EUR | 2028 EUR |
| 2 | THH 1                   | 10000    | 10100    | 10200    |
| 3 | THH 2                   | 20000    | 20200    | 20400    |
| 4 | Kontrolle (muss 0 sein) | 1000     | 3000     | 3000     |
"""


def test_posts_are_no_amounts() -> None:
    assert places(POSTS, "YRS03", "NUM04", "SUM02", *_FORMULAS) == []
    assert places(POSTS.replace("Stellen nach Sachgebieten (VZÄ)", "Zuschüsse in TEUR"), "YRS03") == ["YRS03 notice C4"]


def test_a_row_of_checks_is_no_measure() -> None:
    (table,) = read_budget(workbook(CHECKED), built_in()).budget.measure_tables
    assert [measure.name for measure in table.measures] == ["THH 1", "THH 2"]
    (table,) = read_budget(
        workbook(CHECKED.replace("(muss 0 sein)", "der Spielplätze")), built_in()
    ).budget.measure_tables
    assert [measure.name for measure in table.measures] == ["THH 1", "THH 2", "Kontrolle der Spielplätze"]


BY_COST_CENTRE = """
|   | A    | B           | C        | D        | E | F       | G                                    |
|---|------|-------------|----------|----------|---|---------|--------------------------------------|
| 1 | Sachkosten (EUR) |  |          |          |   |         |                                      |
| 2 | KST  | Bezeichnung | 2026     | 2027     |   | KST     | 2026                                 |
| 3 | 4110 | Papier      | 12000    | 12400    |   | 4110    | =SUMIF($A$3:$A$7,F3,$C$3:$C$7) → 20000 |
| 4 | 4110 | Porto       | 8000     | 8200     |   | 4120    | =SUMIF($A$3:$A$7,F4,$C$3:$C$7) → 45000 |
| 5 | 4120 | Fahrzeuge   | 45000    | 47000    |   | 4130    | =SUMIF($A$3:$A$7,F5,$C$3:$C$7) → 98000 |
| 6 | 4130 | Wartung     | 98000    | 101000   |   | 4140    | =SUMIF($A$3:$A$7,F6,$C$3:$C$7) → 21000 |
| 7 | 4140 | Fortbildung | 21000    | 21000    |   | gesamt | =SUM(G3:G6) → 184000                  |
"""

YEAR_BELOW_QUARTERS = """
|   | A               | B      | C    | D    | E    | F    | G                  |
|---|-----------------|--------|------|------|------|------|--------------------|
| 1 | Bericht in Tsd. € |      |      |      |      |      |                    |
| 2 |                 | Ansatz | Q1   | Q2   | Q3   | Q4   | Prognose           |
| 3 |                 | 2025   | 2025 | 2025 | 2025 | 2025 | 2025               |
| 4 | Elternbeiträge  | 2400   | 600  | 624  | 576  | 552  | =SUM(C4:F4) → 2352 |
| 5 | Landesmittel    | 6100   | 1525 | 1586 | 1464 | 1403 | =SUM(C5:F5) → 5978 |
| 6 | Essensgeld      | 820    | 205  | 213  | 196  | 188  | =SUM(C6:F6) → 802  |
"""


def test_numbers_of_cost_centres_beside_a_list_begin_a_table_of_their_own() -> None:
    assert places(BY_COST_CENTRE, "YRS01", "MSR06", *_FORMULAS) == []


def test_a_sum_of_copies_that_leaves_out_the_last_is_told() -> None:
    assert places(BY_COST_CENTRE.replace("=SUM(G3:G6) → 184000", "=SUM(G3:G5) → 163000"), *_FORMULAS) == [
        "SUM03 error G7"
    ]


def test_the_year_once_more_below_each_quarter_is_no_amount() -> None:
    assert places(YEAR_BELOW_QUARTERS, "MSR01", "YRS01", *_FORMULAS) == []


def test_payments_with_a_minus_may_be_in_another_unit_too() -> None:
    paid = INVESTMENTS.replace("| 150 ", "| -150 ").replace("| 800 ", "| -800000 ").replace("| 400  ", "| -400  ")
    assert places(paid.replace("| 900 ", "| -900 "), "NUM03") == ["NUM03 error C4"]


def test_thousands_of_francs_are_a_unit() -> None:
    assert places(FRANCS.replace("Beträge in 1000 CHF", "TCHF"), "NUM04") == []


TOTALS_ABOVE = """
|   | A           | B                             | C                             | D                              |
|---|-------------|-------------------------------|-------------------------------|--------------------------------|
| 1 | Objekt      | 2026 EUR                      | 2027 EUR                      | 2028 EUR                       |
| 2 | Gesamt      | =AGGREGATE(9,6,B3:B6) → 18500 | =AGGREGATE(9,6,C3:C6) → 29000 | =AGGREGATE(9,6,D3:D6) → 25000  |
| 3 | Rathaus     | 8500                          | 12000                         | 4000                           |
| 4 | Realschule  | 0                             | 9000                          | 9000                           |
| 5 | Kita        | 3500                          | 2000                          | 6000                           |
| 6 | Bauhof      | 6500                          | 6000                          | 6000                           |
"""


def test_aggregate_adds_as_sum_does() -> None:
    assert places(TOTALS_ABOVE, "SUM02", "SUM04", *_FORMULAS) == []
    short = TOTALS_ABOVE.replace("=AGGREGATE(9,6,C3:C6) → 29000", "=AGGREGATE(9,6,C3:C5) → 23000")
    assert places(short, *_FORMULAS) == ["SUM03 error C2"]
    smallest = TOTALS_ABOVE.replace("AGGREGATE(9,", "AGGREGATE(5,")
    assert "SUM03" not in " ".join(places(smallest, *_FORMULAS))
