"""Tables of measures by year, as they stand in messy sheets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.budget.money import Statement, Unit
from pik_excel.budget.tables import Kind, MeasureTable, Status
from pik_excel.grid.reference import Area
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.schema import built_in
from tests.tables import workbook


def reading(text: str, merges: tuple[Area, ...] = ()) -> Reading:
    return read_budget(workbook(text, merges={"Tabelle1": merges}), built_in())


def tables(text: str, merges: tuple[Area, ...] = ()) -> tuple[MeasureTable, ...]:
    found = reading(text, merges)
    assert not found.unclear
    return found.budget.measure_tables


def table(text: str, merges: tuple[Area, ...] = ()) -> MeasureTable:
    (only,) = tables(text, merges)
    return only


def years(found: MeasureTable) -> list[str]:
    return [str(column.year) for column in found.columns]


def stated(found: MeasureTable) -> dict[str, list[Decimal | None]]:
    return {measure.name: [amount.stated for amount in measure.amounts] for measure in found.measures}


# --- what is no budget stays silent -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Station | 2019 | 2020 |
        | 2 | Hohenpeißenberg | 7.1 | 7.4 |
        | 3 | Zugspitze | -3.9 | -3.2 |
        """,
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Country | 2001 | 2002 |
        | 2 | France | 59 | 60 |
        | 3 | Spain | 41 | 42 |
        | 4 | Total | 100 | 102 |
        """,
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Name | Straße | PLZ |
        | 2 | Caritasverband | Weg 1 | 70173 |
        | 3 | Diakonie | Gasse 2 | 70174 |
        """,
        """
        | | A | B |
        |---|---|---|
        | 1 | Haushaltsplan 2022/2023 | |
        | 2 | Landeshauptstadt | |
        | 4 | Stand | 2021-06-24 |
        """,
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Schuljahr | 2019/20 | 2020/21 |
        | 2 | Klassen | 4 | 5 |
        | 3 | Kinder | 98 | 112 |
        """,
    ],
)
def test_other_sheets_give_no_table_beside_a_budget(text: str) -> None:
    budget = """
    Blatt "Haushalt":
    | | A | B |
    |---|---|---|
    | 1 | Maßnahme | 2022 TEUR |
    | 2 | OMID | 290 |
    """
    found = read_budget(workbook(text + budget), built_in())
    assert [one.sheet for one in found.budget.measure_tables] == ["Haushalt"]
    assert found.unclear == ()


def test_a_workbook_without_a_budget_says_so_once() -> None:
    found = reading(
        """
        | | A | B |
        |---|---|---|
        | 1 | Station | 2019 |
        | 2 | Zugspitze | 7 |
        """
    )
    assert len(found.unclear) == 1
    assert found.unclear[0].readings == ()


# --- headers ----------------------------------------------------------------------------------------------------------


def test_a_unit_above_merged_years_and_a_name_merged_over_both_rows() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme/Angebot | Budget in TEUR | |
        | 2 | | 2020 | 2021 |
        | 3 | 1. Jobkraftwerk | 50 | 50 |
        | 4 | 2. OMID | 290 | 290 |
        """,
        (Area(1, 1, 2, 1), Area(1, 2, 1, 3)),
    )
    assert found.unit is Unit.TEUR
    assert found.header_rows == (1, 2)
    assert found.area.a1 == "A1:C4"
    assert stated(found) == {"Jobkraftwerk": [Decimal(50), Decimal(50)], "OMID": [Decimal(290), Decimal(290)]}


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (("Ist 2021", "Ansatz 2022", "Plan 2023"), ["Ist 2021", "Ansatz 2022", "Plan 2023"]),
        (("Ergebnis 2021", "Ansatz 2021", "Ansatz 2022"), ["Ist 2021", "Ansatz 2021", "Ansatz 2022"]),
        (("2025 TEUR", "2026 TEUR", "2027 ff. TEUR"), ["2025", "2026", "2027 ff."]),
        (("2025", "2026", "weitere Jahre"), ["2025", "2026", "2027 ff."]),
        (("PJ 2013", "PJ 2014", "PJ 2015"), ["Plan 2013", "Plan 2014", "Plan 2015"]),
        (("FY2014", "FY2015", "FY2016"), ["2014", "2015", "2016"]),
        (
            ("Haushaltsansatz 2022", "Finanzplanung 2023", "Finanzplanung 2024"),
            ["Ansatz 2022", "Plan 2023", "Plan 2024"],
        ),
        (("2019/20", "2020/21", "2021/22"), ["2019", "2020", "2021"]),
        (("2022 (vorl.)", "2023*", "2024 in T€"), ["2022", "2023", "2024"]),
    ],
)
def test_the_many_ways_to_head_a_year(heads: tuple[str, ...], expected: list[str]) -> None:
    found = table(
        f"""
        | | A | B | C | D |
        |---|---|---|---|---|
        | 3 | Maßnahme | {" | ".join(heads)} |
        | 4 | OMID | 290 | 290 | 0 |
        | 5 | Campus | 119 | 123 | 0 |
        """
    )
    assert years(found) == expected


def test_years_over_several_kinds() -> None:
    found = table(
        """
        | | A | B | C | D | E | F |
        |---|---|---|---|---|---|---|
        | 1 | Maßnahme | 2021 | | 2022 | | Veränderung |
        | 2 | | Ist | Ansatz | Ist | Ansatz | % |
        | 3 | OMID | 280 | 290 | 285 | 290 | 0 |
        | 4 | Campus | 110 | 119 | 120 | 123 | 3 |
        """
    )
    assert years(found) == ["Ist 2021", "Ansatz 2021", "Ist 2022", "Ansatz 2022"]


def test_years_relative_to_a_stated_base_year() -> None:
    text = """
        | | A | B | C |
        |---|---|---|---|
        | 1 | {title} | | |
        | 3 | Maßnahme | Ansatz HJ | Plan HJ+1 |
        | 4 | OMID | 290 | 290 |
        | 5 | Campus | 119 | 123 |
        """
    assert years(table(text.format(title="Haushaltsjahr (HJ) 2024"))) == ["Ansatz 2024", "Plan 2025"]
    (unclear,) = reading(text.format(title="Zuschüsse")).unclear
    assert unclear.at.a1 == "B3"


def test_amounts_that_look_like_years_stay_amounts() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme (EUR) | 2022 | 2023 |
        | 2 | Lizenz | 2000 | 2022 |
        | 3 | Wartung | 2021 | 2022 |
        | 4 | Summe | 4021 | 4044 |
        """
    )
    assert stated(found) == {"Lizenz": [Decimal(2000), Decimal(2022)], "Wartung": [Decimal(2021), Decimal(2022)]}


def test_year_columns_may_have_gaps_and_total_and_remark_columns_beside_them() -> None:
    found = table(
        """
        | | A | B | C | D | E | F | G |
        |---|---|---|---|---|---|---|---|
        | 1 | Nr. | Maßnahme | 2022 EUR | 2024 EUR | 2025 ff. EUR | Summe | Bemerkung |
        | 2 | 1 | OMID | 290 | 100 | 5 | 390 | siehe Anlage |
        | 3 | 2 | Campus | 119 | 100 | 5 | 219 | |
        """
    )
    assert years(found) == ["2022", "2024", "2025 ff."]
    assert [measure.number for measure in found.measures] == [1, 2]
    (added,) = found.total_columns
    assert (added.at.a1, added.columns) == ("F1", (3, 4))
    remark = found.measures[0].field("bemerkung")
    assert remark is not None
    assert remark.value == "siehe Anlage"


def test_ve_columns_are_no_amounts() -> None:
    found = table(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Maßnahme | Ansatz 2022 EUR | VE 2022 EUR | Ansatz 2023 EUR |
        | 2 | OMID | 290 | 1000 | 100 |
        """
    )
    assert years(found) == ["Ansatz 2022", "Ansatz 2023"]
    assert [column.at.a1 for column in found.memo_columns] == ["C1"]


# --- units ------------------------------------------------------------------------------------------------------------


def test_thousands_by_number_format_only() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 | 2023 |
        | 2 | OMID | 290000 {#,##0,} | 290000 {#,##0,} |
        | 3 | Campus | 119000 {#,##0,} | 123000 {#,##0,} |
        """
    )
    assert (found.unit, found.shown_in) == (Unit.EUR, Unit.TEUR)
    assert found.measures[0].amounts[0].eur == Decimal(290000)
    assert [(unit, at.a1) for unit, at in found.unit_votes] == [(Unit.TEUR, "B2")]


def test_every_statement_of_a_unit_is_a_vote_and_the_header_wins() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Zuschüsse (in EUR) | | |
        | 3 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 4 | OMID | 290 | 290 |
        """
    )
    assert found.unit is Unit.TEUR
    assert [(unit, at.a1) for unit, at in found.unit_votes] == [(Unit.TEUR, "B3"), (Unit.TEUR, "C3"), (Unit.EUR, "A1")]


def test_an_amount_in_a_title_is_no_unit() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Von 1,8 Mio. EUR im Haushalt sind beschlossen: | | |
        | 3 | Maßnahme | 2022 | 2023 |
        | 4 | OMID | 290 | 290 |
        """
    )
    assert found.unit is None
    assert found.unit_votes == ()


# --- rows -------------------------------------------------------------------------------------------------------------


def test_blank_zero_dash_and_not_given_are_four_statements() -> None:
    found = table(
        """
        | | A | B | C | D | E | F |
        |---|---|---|---|---|---|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR | 2026 TEUR |
        | 2 | OMID | 290 | | 0 | – | k. A. |
        """
    )
    assert [amount.statement for amount in found.measures[0].amounts] == [
        Statement.NUMBER,
        Statement.BLANK,
        Statement.NUMBER,
        Statement.DASH,
        Statement.NOT_GIVEN,
    ]


def test_numbers_as_text_are_amounts_and_keep_their_text() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | Summenwerk | '1.151 | '8,500 |
        | 3 | Fremdes | '1.8 Mio. EUR | '290* |
        | 5 | *auch für 2024 | | |
        """
    )
    first, second = found.measures
    assert [amount.stated for amount in first.amounts] == [Decimal("1.151"), Decimal(8500)], (
        "1.8 proves the English way"
    )
    assert second.amounts[0].unit is Unit.MIO
    assert second.footnotes == ("*",)
    assert [(mark, at.a1) for mark, at in found.marks] == [("*", "C3")]


def test_without_a_proof_the_german_reading_holds_and_the_other_is_kept() -> None:
    found = table(
        """
        | | A | B |
        |---|---|---|
        | 1 | Maßnahme | 2022 TEUR |
        | 2 | OMID | '1.151 |
        | 3 | Campus | 119 |
        """
    )
    amount = found.measures[0].amounts[0]
    assert (amount.stated, amount.other_reading) == (Decimal(1151), Decimal("1.151"))


def test_key_rows_group_rows_and_subtotals() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme/Kontengr. | 2022 TEUR | 2023 TEUR |
        | 2 | 31.60.01.00.00-500 Förderung freier Träger/430 Transferaufwendungen | | |
        | 3 | OMID | 290 | 290 |
        | 4 | Campus | | 150 |
        | 5 | Zwischensumme | 290 | 440 |
        | 6 | 36.20.02.00.00-510 Jugendarbeit/420 Sachaufwendungen | | |
        | 7 | Ferien | 20 | 20 |
        | 8 | Zwischensumme | 20 | 20 |
        | 9 | Sonstiges | 5 | 5 |
        | 10 | Finanzbedarf | 315 | 465 |
        """
    )
    assert [(total.at.row, total.rows, total.subtotal) for total in found.totals] == [
        (5, (3, 4), True),
        (8, (7,), True),
        (10, (5, 8, 9), False),
    ]
    assert [measure.key.account_group for measure in found.measures if measure.key] == ["430", "430", "420", "420"]


def test_a_total_is_known_by_its_formula_and_by_its_arithmetic() -> None:
    by_formula, by_arithmetic = tables(
        """
        Blatt "Formel":
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID | 290 | 290 |
        | 3 | Campus | 119 | 123 |
        | 4 | Zuschüsse Amt 50 | =SUM(B2:B3) → 409 | =SUM(C2:C3) → 413 |

        Blatt "Rechnung":
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID | 290 | 290 |
        | 3 | Campus | 119 | 123 |
        | 4 | | 409 | 413 |
        """
    )
    assert [total.label for total in by_formula.totals] == ["Zuschüsse Amt 50"]
    assert [total.rows for total in by_arithmetic.totals] == [(2, 3)]


def test_a_row_without_a_name_that_adds_up_nothing_is_an_unnamed_measure() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID | 290 | 290 |
        | 3 | | 119 | 123 |
        | 4 | Summe | 409 | 413 |
        """
    )
    assert [measure.name for measure in found.measures] == ["OMID", ""]


def test_a_saldo_of_revenue_and_expense_is_no_plain_sum() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme (EUR) | 2022 | 2023 |
        | 2 | Personalaufwendungen | 300 | 310 |
        | 3 | Sachaufwendungen | 100 | 100 |
        | 4 | Erträge Land | 250 | 250 |
        | 5 | Zuschussbedarf | 150 | 160 |
        """
    )
    assert found.totals[0].rows == ()


def test_davon_and_memo_rows_stand_apart() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID | 290 | 290 |
        | 3 | davon Personal | 200 | 200 |
        | 4 | Campus | 119 | 123 |
        | 5 | Summe | 409 | 413 |
        | 6 | nachrichtlich: Vorjahr | 1 | 2 |
        """
    )
    assert [measure.name for measure in found.measures] == ["OMID", "Campus"]
    assert [memo.at.row for memo in found.memos] == [3, 6]
    assert found.totals[0].rows == (2, 4)


def test_a_numbered_row_without_amounts_is_a_measure_and_a_plain_one_a_heading() -> None:
    numbered, plain = tables(
        """
        Blatt "Nummern":
        | | A | B |
        |---|---|---|
        | 1 | Maßnahme | 2022 TEUR |
        | 2 | 1. OMID | 290 |
        | 3 | 2. Campus | |
        | 4 | 3. Refugio | 40 |

        Blatt "Ohne":
        | | A | B |
        |---|---|---|
        | 1 | Maßnahme | 2022 TEUR |
        | 2 | Sozialamt | |
        | 3 | OMID | 290 |
        """
    )
    assert [measure.name for measure in numbered.measures] == ["OMID", "Campus", "Refugio"]
    assert [measure.name for measure in plain.measures] == ["OMID"]


def test_hidden_rows_and_columns_are_read_and_marked() -> None:
    found = table(
        """
        | | A | B | C (ausgeblendet) |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 (ausgeblendet) | OMID | 290 | 290 |
        | 3 | Campus | 119 | 123 |
        """
    )
    assert [column.hidden for column in found.columns] == [False, True]
    assert [measure.hidden for measure in found.measures] == [True, False]


def test_a_formula_without_a_stored_value_is_not_blank() -> None:
    found = table(
        """
        | | A | B |
        |---|---|---|
        | 1 | Maßnahme | 2022 TEUR |
        | 2 | OMID | =B9/1000 |
        | 3 | Campus | 119 |
        """
    )
    assert found.measures[0].amounts[0].statement is Statement.NOT_STORED


# --- several tables ---------------------------------------------------------------------------------------------------


def test_two_tables_one_below_the_other_with_their_own_titles() -> None:
    first, second = tables(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Zusätzliche Aufwendungen | | |
        | 2 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 3 | OMID | 290 | 290 |
        | 4 | Summe | 290 | 290 |
        | 6 | Bisher bereitgestellte Mittel: | | |
        | 7 | Maßnahme | 2022 EUR | 2023 EUR |
        | 8 | Campus | 123000 | 0 |
        """
    )
    assert (first.status, second.status) == (Status.REQUESTED, Status.PROVIDED)
    assert (first.area.a1, second.area.a1) == ("A2:C4", "A7:C8")
    assert (first.unit, second.unit) == (Unit.TEUR, Unit.EUR)


def test_two_tables_side_by_side() -> None:
    first, second = tables(
        """
        | | A | B | C | D | E | F | G |
        |---|---|---|---|---|---|---|---|
        | 2 | Maßnahme | 2022 TEUR | 2023 TEUR | | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 3 | OMID | 290 | 290 | | Kita | 10 | 20 |
        | 4 | Campus | 119 | 123 | | Hort | 30 | 40 |
        | 5 | Summe | 409 | 413 | | Summe | 40 | 60 |
        """
    )
    assert list(stated(first)) == ["OMID", "Campus"]
    assert list(stated(second)) == ["Kita", "Hort"]
    assert (first.area.a1, second.area.a1) == ("A2:C5", "E2:G5")


def test_the_same_years_under_two_headings_are_two_tables() -> None:
    expense, revenue = tables(
        """
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | | Aufwendungen | | Erträge | |
        | 2 | Maßnahme (EUR) | 2022 | 2023 | 2022 | 2023 |
        | 3 | OMID | 290 | 290 | 100 | 100 |
        """,
        (Area(1, 2, 1, 3), Area(1, 4, 1, 5)),
    )
    assert stated(expense) == {"OMID": [Decimal(290), Decimal(290)]}
    assert stated(revenue) == {"OMID": [Decimal(100), Decimal(100)]}


def test_two_rows_of_different_years_are_unclear_and_not_read() -> None:
    found = reading(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | Plan 2026 EUR | Plan 2027 EUR |
        | 2 | | Plan 2028 EUR | Plan 2029 EUR |
        | 3 | OMID | 290 | 290 |
        """
    )
    assert found.budget.measure_tables == ()
    (unclear,) = found.unclear
    assert (unclear.at.a1, unclear.readings) == ("B1", ("2026, 2027", "2028, 2029"))


def test_kinds_are_kept_apart_for_one_year() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | Ist 2021 EUR | Ansatz 2021 EUR |
        | 2 | OMID | 280 | 290 |
        """
    )
    assert [column.year.kind for column in found.columns] == [Kind.RESULT, Kind.ESTIMATE]
