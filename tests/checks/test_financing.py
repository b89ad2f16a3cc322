"""FIN01 to FIN08: cost, financing, posts and performance figures agree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.budget.money import round_half_up
from tests.asking import findings, places


def financing(*rows: str, head: str = "Quelle | Betrag EUR | Anteil", title: str = "OMID – Finanzierung 2019") -> str:
    """A sheet "Finanzierung": one row a source from row 3 on, "Stadt | 290000 | 44.7 %"."""
    lines = [
        'Blatt "Finanzierung":',
        "",
        "|   | A | B | C |",
        "|---|---|---|---|",
        f"| 1 | {title} | | |",
        f"| 2 | {head} |",
    ]
    return "\n".join([*lines, *(f"| {row} | {text} |" for row, text in enumerate(rows, 3))]) + "\n\n"


class TestParts:
    """FIN01."""

    def test_parts_that_make_up_the_cost_are_silent(self) -> None:
        assert not places(
            financing("Stadt | 290000 |", "Diözese | 290000 |", "Eigenmittel | 69412 |", "Gesamtkosten | 649412 |"),
            "FIN01",
        )

    @pytest.mark.parametrize("unknown", ["k. A.", "offen"])
    def test_a_part_that_is_not_known_leaves_the_rest_open(self, unknown: str) -> None:
        assert not places(
            financing("Stadt | 290000 |", "Land | 100000 |", f"Spenden | {unknown} |", "Gesamtkosten | 649412 |"),
            "FIN01",
        )

    def test_a_part_stored_as_text_is_another_rule_s(self) -> None:
        assert not places(
            financing(
                "Stadt | 290000 |",
                "Land | '259.412 |",
                "Eigenmittel | 100000 |",
                "Gesamtkosten | =SUM(B3:B5) → 390000 |",
            ),
            "FIN01",
        )

    def test_rounded_thousands_may_differ_by_their_rounding(self) -> None:
        head = "Quelle | Betrag TEUR | Anteil"
        assert not places(
            financing("Stadt | 290 |", "Land | 290 |", "Eigenmittel | 69 |", "Gesamtkosten | 650 |", head=head), "FIN01"
        )
        assert places(
            financing("Stadt | 290 |", "Land | 290 |", "Eigenmittel | 69 |", "Gesamtkosten | 652 |", head=head), "FIN01"
        )

    def test_the_davon_rows_of_a_part_are_not_added_again(self) -> None:
        rows = ("Öffentliche Mittel | 60000 | 60 %", "davon Stadt | 40000 | 40 %", "davon Land | 20000 | 20 %")
        assert not places(financing(*rows, "Eigenmittel | 40000 | 40 %", "Gesamtkosten | 100000 |"), "FIN01", "FIN02")

    def test_no_total_no_statement(self) -> None:
        assert not places(financing("Stadt | 290000 |", "Land | 100000 |"), "FIN01")

    @pytest.mark.parametrize(("total", "word"), [("649512", "nicht gedeckt"), ("649312", "zu viel")])
    def test_a_rest_and_an_excess_are_told_apart(self, total: str, word: str) -> None:
        (found,) = findings(
            financing("Stadt | 290000 |", "Land | 290000 |", "Eigenmittel | 69412 |", f"Gesamtkosten | {total} |"),
            "FIN01",
        )
        assert (found.severity.value, found.range, found.stated, found.expected) == ("error", "B6", total, "649412")
        assert word in found.message and "100 EUR" in found.message


class TestShares:
    """FIN02."""

    def test_the_paper_s_adjusted_share_is_a_notice(self) -> None:
        (found,) = findings(
            financing(
                "Stadt | 290000 | 44.7 %",
                "Diözese | 290000 | 44.7 %",
                "Eigenmittel | 69412 | 10.6 %",
                "Summe | =SUM(B3:B5) → 649412 |",
            ),
            "FIN02",
        )
        assert (found.severity.value, found.range, found.stated, found.expected) == ("notice", "C5", "10.6", "10.7")

    def test_true_roundings_are_silent_though_they_make_100_1(self) -> None:
        rows = (
            "Stadt | 290000 | 44.7 %",
            "Diözese | 290000 | 44.7 %",
            "Eigenmittel | 69412 | 10.7 %",
            "Summe | 649412 |",
        )
        assert not places(financing(*rows), "FIN02")

    def test_a_computed_share_is_silent(self) -> None:
        rows = ("Stadt | 149810 | =B3/B5 → 0.53205 {0%}", "Verein | 131760 | =B4/B5 → 0.46795 {0%}", "Summe | 281570 |")
        assert not places(financing(*rows), "FIN02")

    def test_a_share_as_text_is_read(self) -> None:
        right = ("Stadt | 149810 | '53 %", "Verein | 131760 | '47 %", "Summe | 281570 |")
        wrong = ("Stadt | 149810 | '55 %", "Verein | 131760 | '47 %", "Summe | 281570 |")
        assert not places(financing(*right), "FIN02")
        assert places(financing(*wrong), "FIN02") == ["FIN02 error Finanzierung!C3"]

    def test_rounded_amounts_widen_what_a_share_may_be(self) -> None:
        head = "Quelle | Betrag Mio. EUR | Anteil"
        rows = ("Stadt | 0.2 | 38 %", "Land | 0.4 | 62 %", "Summe | 0.6 |")
        assert not places(financing(*rows, head=head), "FIN02")

    def test_more_than_one_unit_off_is_an_error_though_the_shares_make_100(self) -> None:
        rows = (
            "Stadt | 290000 | 44.7 %",
            "Diözese | 290000 | 44.9 %",
            "Eigenmittel | 69412 | 10.4 %",
            "Summe | 649412 |",
        )
        assert places(financing(*rows), "FIN02") == ["FIN02 error Finanzierung!C4", "FIN02 error Finanzierung!C5"]

    def test_one_unit_off_is_an_error_where_the_shares_do_not_make_100(self) -> None:
        rows = (
            "Stadt | 290000 | 44.7 %",
            "Diözese | 290000 | 44.7 %",
            "Eigenmittel | 69412 | 10.8 %",
            "Summe | 649412 |",
        )
        assert places(financing(*rows), "FIN02") == ["FIN02 error Finanzierung!C5"]

    def test_shares_of_another_whole_are_silent(self) -> None:
        rows = ("Stadt | 40000 | 50 %", "Land | 24000 | 30 %", "Träger | 16000 | 20 %", "nicht förderfähig | 20000 |")
        assert not places(financing(*rows, "Gesamtkosten | 100000 |"), "FIN02")

    def test_shares_beside_performance_figures(self) -> None:
        right = indicators(
            "Gespräche | 1738 |",
            "davon Recht | 181 | 10 %",
            "davon Finanzen | 51 | 3 %",
            "davon Erziehung | 854 | 49 %",
            "davon Medizin | 652 | 38 %",
        )
        assert not places(right, "FIN02")
        assert places(right.replace("49 %", "59 %"), "FIN02") == ["FIN02 error Leistungszahlen!C5"]

    def test_a_change_beside_performance_figures_is_no_share(self) -> None:
        text = indicators(
            "Gespräche | 1738 |",
            "davon Recht | 181 | 6 %",
            "davon Finanzen | 51 | -3 %",
            head="Leistungszahl | 2019 | Veränderung",
        )
        assert not places(text, "FIN02")


def indicators(*rows: str, head: str = "Leistungszahl | 2019 | Anteil") -> str:
    """A sheet "Leistungszahlen": rows from row 2 on."""
    lines = ['Blatt "Leistungszahlen":', "", "|   | A | B | C |", "|---|---|---|---|", f"| 1 | {head} |"]
    return "\n".join([*lines, *(f"| {row} | {text} |" for row, text in enumerate(rows, 2))]) + "\n\n"


PLAN = """
Blatt "Maßnahmen":

|   | A        | B           | C           | D           |
|---|----------|-------------|-------------|-------------|
| 1 | Maßnahme | 2021 {unit} | 2022 {unit} | 2023 {unit} |
| 2 | OMID     | {before}    | {amount}    | 0           |
| 3 | Jobcafé  | 66          | 66          | 66          |

"""
LIMITS = """
Blatt "Annahmen":

|   | A        | B          | C      | D    | E    | F      | G                | H                |
|---|----------|------------|--------|------|------|--------|------------------|------------------|
| 1 | Maßnahme | Bedarf EUR | Regel  | von  | bis  | Anteil | Höchstbetrag EUR | Gesamtkosten EUR |
| 2 | OMID     | {need}     | {rule} | 2022 | 2023 | 50 %   | {cap}            | {cost}           |
| 3 | Jobcafé  | 66000      | halten |      |      |        |                  |                  |

"""


def capped(
    amount: str,
    unit: str = "TEUR",
    *,
    need: str = "",
    rule: str = "anteil",
    cap: str = "290000",
    cost: str = "649412",
    before: str = "200",
) -> str:
    return PLAN.format(unit=unit, amount=amount, before=before) + LIMITS.format(
        need=need, rule=rule, cap=cap, cost=cost
    )


class TestCaps:
    """FIN03."""

    @pytest.mark.parametrize("amount", ["290", "0", "", "–", "k. A.", "289.9"])
    def test_up_to_the_cap_is_silent(self, amount: str) -> None:
        assert not places(capped(amount), "FIN03")

    def test_the_rounding_of_the_amount_is_no_excess(self) -> None:
        assert not places(capped("290", cap="289600"), "FIN03")

    def test_a_year_before_the_rule_is_not_asked(self) -> None:
        assert not places(capped("290", before="400"), "FIN03")

    def test_a_share_that_only_describes_is_no_limit(self) -> None:
        assert not places(capped("340", rule="befristet", cap=""), "FIN03")

    def test_the_cost_of_the_measure_is_not_its_need(self) -> None:
        assert not places(capped("290", need="580000", cost=""), "FIN03")

    @pytest.mark.parametrize(
        ("text", "stated", "limit"),
        [
            (capped("291"), "291000", "290000"),
            (capped("326", cap=""), "326000", "324706"),
            (capped("325000", "EUR"), "325000", "290000"),
            (capped("0.4", "Mio. EUR"), "400000", "290000"),
        ],
    )
    def test_an_amount_above_share_or_cap_is_found(self, text: str, stated: str, limit: str) -> None:
        (found,) = findings(text, "FIN03")
        assert (found.severity.value, found.sheet, found.range) == ("error", "Maßnahmen", "C2")
        assert (found.stated, found.expected) == (stated, limit)

    def test_a_typed_need_above_the_cap_is_found_once(self) -> None:
        text = capped("=ROUND(Annahmen!B2/1000,0) → 300", need="300000")
        assert places(text, "FIN03") == ["FIN03 error Annahmen!B2"]

    def test_the_city_s_part_of_a_financing_is_capped_too(self) -> None:
        whole = financing("Landeshauptstadt Stuttgart | 300000 |", "Diözese | 349412 |", "Summe | 649412 |")
        stars = financing(
            "Altstadt-Stiftung | 300000 |", "Stadt | 290000 |", "Eigenmittel | 59412 |", "Summe | 649412 |"
        )
        assert places(capped("290") + whole, "FIN03") == ["FIN03 error Finanzierung!B3"]
        assert not places(capped("290") + stars, "FIN03")


POSTS = """
Blatt "Stellen":

|   | A           | B         | C               | D            |
|---|-------------|-----------|-----------------|--------------|
| 1 | Bezeichnung | Stellen   | Satz EUR/Stelle | Ansatz {unit} |
| 2 | Pauschale   | {posts}   | {rate}          | {amount}     |
| 3 | Beratung    | 20        | 90000           | {other}      |

"""


def posts(amount: str, unit: str = "TEUR", posts: str = "51.1", rate: str = "4600") -> str:
    return POSTS.format(unit=unit, posts=posts, rate=rate, amount=amount, other="1800" if unit == "TEUR" else "1800000")


class TestPosts:
    """FIN05."""

    @pytest.mark.parametrize(
        ("amount", "unit"), [("235", "TEUR"), ("235060", "EUR"), ("235000", "EUR"), ("235060.00", "EUR")]
    )
    def test_the_product_or_its_rounding_is_silent(self, amount: str, unit: str) -> None:
        assert not places(posts(amount, unit), "FIN05")

    def test_missing_figures_say_nothing(self) -> None:
        assert not places(posts(""), "FIN05")
        assert not places(posts("227", rate=""), "FIN05")
        assert not places(posts("k. A."), "FIN05")

    def test_the_paper_s_lump_sum_fits_49_4_posts(self) -> None:
        (found,) = findings(posts("227"), "FIN05")
        assert (found.severity.value, found.range, found.stated, found.expected) == (
            "warning",
            "D2",
            "227000",
            "235060",
        )
        assert "49,4" in found.message and "227.240 EUR" in found.message and "8.060 EUR" in found.message

    def test_an_amount_that_no_number_of_posts_gives_names_none(self) -> None:
        (found,) = findings(posts("227123.45", "EUR"), "FIN05")
        assert "passt zu" not in found.message

    def test_a_monthly_rate_is_silent(self) -> None:
        assert not places(posts("2820720", "EUR"), "FIN05")

    def test_a_grant_without_rate_is_silent(self) -> None:
        assert not places(
            """
            |   | A                        | B           |
            |---|--------------------------|-------------|
            | 1 | Landeszuschuss           |             |
            | 2 | Zuschuss (EUR)           | 16271218.33 |
            | 3 | Stellen                  | 51.1        |
            | 4 | Bewilligungszeitraum von | 2018-01-01  |
            | 5 | Bewilligungszeitraum bis | 2022-12-31  |
            """,
            "FIN05",
        )

    def test_assumptions_by_posts_and_rate_are_asked_too(self) -> None:
        text = """
            Blatt "Annahmen":

            |   | A         | B          | C              | D       | E               |
            |---|-----------|------------|----------------|---------|-----------------|
            | 1 | Maßnahme  | Bedarf EUR | Regel          | Stellen | Satz EUR/Stelle |
            | 2 | Pauschale | {need}     | Stellen × Satz | 51.1    | 4600            |
            | 3 | Jobcafé   | 66000      | halten         |         |                 |
            """
        assert not places(text.format(need="=D2*E2 → 235060"), "FIN05")
        assert places(text.format(need="227000"), "FIN05") == ["FIN05 warning Annahmen!B2"]


class TestSplits:
    """FIN08."""

    @pytest.mark.parametrize(
        "rows",
        [
            pytest.param(
                ("Teilnehmende | 1078 |", "davon weiblich | 628 |", "davon männlich | 450 |"), id="a whole split"
            ),
            pytest.param(("Gespräche | 1050 |", "davon mit Dolmetscher | 732 |"), id="a single part"),
            pytest.param(("Gespräche | 108 |", "darunter Kinder | 73 |", "darunter Erwachsene | 17 |"), id="darunter"),
            pytest.param(
                ("Teilnehmende | 281 |", "davon weiblich | 126 |", "davon männlich | 155 |", "davon Kinder | 40 |"),
                id="two ways of cutting",
            ),
            pytest.param(
                ("Veranstaltungen | 108 |", "davon Kinder | 20 |", "davon Erwachsene | 17 |"),
                id="no attempt at a split",
            ),
            pytest.param(
                ("Teilnehmende | k. A. |", "davon weiblich | 628 |", "davon männlich | 450 |"),
                id="the whole is not known",
            ),
            pytest.param(
                ("Teilnehmende | 1078 |", "davon weiblich | 628 |", "davon männlich | k. A. |"),
                id="a part is not known",
            ),
        ],
    )
    def test_silent(self, rows: tuple[str, ...]) -> None:
        assert not places(indicators("Beratungen | 12 |", *rows), "FIN08")

    def test_an_unexplained_rest_is_a_notice(self) -> None:
        (found,) = findings(
            indicators("Veranstaltungen | 108 |", "davon Kinder | 73 |", "davon Erwachsene | 17 |"), "FIN08"
        )
        assert (found.severity.value, found.range, found.stated, found.expected) == ("notice", "B2", "108", "90")
        assert "18" in found.message

    @pytest.mark.parametrize(
        "rows",
        [
            pytest.param(("Veranstaltungen | 108 |", "davon Kinder | 93 |", "davon Erwachsene | 17 |"), id="together"),
            pytest.param(("Gespräche | 1050 |", "davon mit Dolmetscher | 1732 |"), id="alone"),
            pytest.param(("Gespräche | 1050 |", "darunter mit Dolmetscher | 1732 |"), id="darunter, alone"),
        ],
    )
    def test_parts_beyond_the_whole_are_an_error(self, rows: tuple[str, ...]) -> None:
        assert places(indicators(*rows, "Beratungen | 12 |"), "FIN08") == ["FIN08 error Leistungszahlen!B2"]

    def test_figures_of_another_unit_are_no_parts(self) -> None:
        assert not places(
            """
            |   | A                     | B         | C    |
            |---|-----------------------|-----------|------|
            | 1 | Leistungszahl         | Einheit   | 2019 |
            | 2 | Gespräche             | Gespräche | 1050 |
            | 3 | davon Dauer           | Stunden   | 2300 |
            | 4 | davon mit Dolmetscher | Gespräche | 732  |
            """,
            "FIN08",
        )
        assert not places(indicators("Besuche | 0.5 |", "davon weiblich | 55 % |", "davon männlich | 45 % |"), "FIN08")

    @pytest.mark.parametrize(("part", "found"), [("-9", []), ("-21", ["FIN08 error B2"])])
    def test_a_part_of_a_negative_expense_is_measured_the_same(self, part: str, found: list[str]) -> None:
        text = f"""
            |   | A                | B         | C         |
            |---|------------------|-----------|-----------|
            | 1 | Maßnahme         | 2022 TEUR | 2023 TEUR |
            | 2 | Begegnungscafé   | -17       | -18       |
            | 3 | davon Sachkosten | {part}    | -9        |
            | 4 | Lernräume        | -290      | -290      |
            | 5 | Summe            | =B2+B4 → -307 | =C2+C4 → -308 |
            """
        assert places(text, "FIN08") == found

    def test_davon_rows_of_measures_and_totals(self) -> None:
        text = """
            |   | A              | B         | C         |
            |---|----------------|-----------|-----------|
            | 1 | Maßnahme       | 2022 TEUR | 2023 TEUR |
            | 2 | Jobcafé        | 66        | 66        |
            | 3 | davon Personal | 50        | {part}    |
            | 4 | davon Miete    | 6         | 6         |
            | 5 | Lernräume      | 290       | 290       |
            | 6 | Summe          | 356       | 356       |
            | 7 | davon Land     | 100       | {land}    |
            """
        assert not places(text.format(part=50, land=100), "FIN08")
        assert places(text.format(part=61, land=100), "FIN08") == ["FIN08 error C2"]
        assert places(text.format(part=50, land=400), "FIN08") == ["FIN08 error C6"]

    def test_each_year_is_looked_at(self) -> None:
        text = indicators(
            "Besuche | 100 | 100", "davon a | 60 | 60", "davon b | 40 | 50", head="Leistungszahl | 2018 | 2019"
        )
        assert places(text, "FIN08") == ["FIN08 error Leistungszahlen!C2"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1_000, 900_000), min_size=2, max_size=5), st.integers(0, 2), st.data())
def test_a_right_financing_is_always_silent_and_a_wrong_share_always_found(
    amounts: list[int], digits: int, data: st.DataObject
) -> None:
    whole = sum(amounts)
    shares = [round_half_up(Decimal(100 * amount) / whole, digits) for amount in amounts]

    def sheet(printed: list[Decimal]) -> str:
        rows = [
            f"Geldgeber {n} | {amount} | {share} %"
            for n, (amount, share) in enumerate(zip(amounts, printed, strict=True), 1)
        ]
        return financing(*rows, f"Gesamtkosten | {whole} |")

    assert not places(sheet(shares), "FIN01", "FIN02")
    index = data.draw(st.integers(0, len(shares) - 1))
    shares[index] += 3 * Decimal(1).scaleb(-digits)
    assert places(sheet(shares), "FIN01", "FIN02") == [f"FIN02 error Finanzierung!C{index + 3}"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 5_000), min_size=2, max_size=6), st.data())
def test_a_full_split_is_always_silent_and_a_part_beyond_it_always_found(parts: list[int], data: st.DataObject) -> None:
    def sheet(whole: int) -> str:
        return indicators(f"Besuche | {whole} |", *(f"davon Gruppe {n} | {part} |" for n, part in enumerate(parts, 1)))

    assert not places(sheet(sum(parts)), "FIN08")
    whole = data.draw(st.integers(1, max(parts)))
    if whole < max(parts):
        assert places(sheet(whole), "FIN08") == ["FIN08 error Leistungszahlen!B2"]


class TestCapsBesideTheFinancing:
    """FIN03."""

    PARTS = ("Stadt | 60000 | 60 %", "Land | 30000 | 30 %", "Eigenmittel | 10000 | 10 %", "Gesamtkosten | 100000 |")

    @pytest.mark.parametrize(
        "line",
        [
            *(
                "Höchstbetrag Stadt EUR | 60000 |",
                "Fördersatz höchstens | 60 % |",
                "Höchstbetrag der Zuwendung | 65000 |",
            ),
            *("Höchstbetrag Land | 30000 |", "Mindesteigenanteil | 5 % |", "Höchstsatz Land | 30 % |"),
            *("Eigenanteil höchstens | 5000 |", "Bemerkung | 5 |", "Höchstbetrag TEUR | 60 |"),
        ],
    )
    def test_within_the_cap(self, line: str) -> None:
        assert not places(financing(*self.PARTS, line), "FIN03")

    @pytest.mark.parametrize(
        ("line", "cell"),
        [
            ("Höchstbetrag Stadt EUR | 55000 |", "B3"),
            ("max. Fördersatz Stadt | 50 % |", "B3"),
            ("Fördersatz höchstens | 50 % |", "B3"),
            ("Höchstbetrag Land | 25000 |", "B4"),
            ("Höchstbetrag TEUR | 50 |", "B3"),
        ],
    )
    def test_above_it(self, line: str, cell: str) -> None:
        assert places(financing(*self.PARTS, line), "FIN03") == [f"FIN03 error Finanzierung!{cell}"]


class TestFinancingAcross:
    """FIN01 and FIN02 where the sources stand side by side."""

    HEAD = "Maßnahme | Gesamtkosten EUR | {city} EUR | Land EUR | Eigenmittel EUR | Anteil Stadt"

    def across(self, *rows: str, city: str = "Stadt") -> str:
        lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 4))
        return f"""
Blatt "Finanzierung":

|   | A | B | C | D | E | F |
|---|---|---|---|---|---|---|
| 1 | Finanzierung der Maßnahmen | | | | | |
| 3 | {self.HEAD.format(city=city)} |
{lines}

"""

    def test_rows_that_add_up_are_silent(self) -> None:
        text = self.across(
            "OMID | 1000 | 500 | 300 | 200 | 50 %",
            "Hort | 800 | 200 | 200 | 400 | 25 %",
            "Summe | 1800 | 700 | 500 | 600 |",
        )
        assert not places(text, "FIN01", "FIN02")

    def test_a_grant_in_a_column_of_its_own_leaves_the_sources_incomplete(self) -> None:
        text = """
| | A | B | C | D | E | F |
|---|---|---|---|---|---|---|
| 1 | Maßnahme | Gesamtkosten EUR | Eigenmittel EUR | Drittmittel EUR | beantragt EUR | bewilligt EUR |
| 2 | OMID | 1000 | 200 | 300 | 500 | 400 |
| 3 | Hort | 800 | 400 | 100 | 300 | 300 |
"""
        assert not places(text, "FIN01")

    def test_a_source_that_gives_nothing_is_left_blank(self) -> None:
        assert not places(
            self.across("OMID | 1000 | 800 | | 200 | 80 %", "Hort | 800 | 400 | 400 | | 50 %"), "FIN01", "FIN02"
        )

    @pytest.mark.parametrize("city", ["Stadt", "Zuwendung der Stadt", "Städtischer Zuschuss"])
    def test_a_row_that_does_not_and_a_wrong_share(self, city: str) -> None:
        text = self.across("OMID | 1000 | 500 | 300 | 100 | 50 %", "Hort | 800 | 200 | 200 | 400 | 30 %", city=city)
        assert places(text, "FIN01", "FIN02") == ["FIN01 error Finanzierung!B4", "FIN02 error Finanzierung!F5"]
