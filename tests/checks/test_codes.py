"""NUM06: what must stay silent first, then codes that became dates or numbers."""

from __future__ import annotations

import pytest

from tests.asking import findings, places


def plan(*codes: str, head: str = "Produkt") -> str:
    rows = "\n".join(f"        | {row} | Maßnahme {row} | {code} | 290 | 290 |" for row, code in enumerate(codes, 2))
    return f"""
        |   | A        | B      | C         | D         |
        |---|----------|--------|-----------|-----------|
        | 1 | Maßnahme | {head} | 2022 TEUR | 2023 TEUR |
{rows}
    """


SILENT = {
    "texts": plan("'31.60", "'36.20", "'36.25"),
    "long texts": plan("'31.60.01.00.00-500", "'36.20.01.00.00-510", "'11.10.01.00.00-500"),
    "codes that look like dates, as texts": plan("'11.10.01", "'12.06.02", "'01.10.03"),
    "numbers throughout": plan("4300", "4310", "42", "4410", head="Konto"),
    "numbers shown with two decimals": plan("31.6 {0.00}", "36.2 {0.00}", "'36.25"),
    "all of one decimal": plan("31.1", "31.2", "36.6", "31.25"),
    "leading zeros by number format": plan("'0430", "'0431", "432 {0000}", head="Konto"),
    "account groups of two and three digits": plan("43", "430", "42", "'440", head="Kontengruppe"),
    "whole numbers above groups": plan("36", "'36.20", "'36.20.01", "31", "'31.60"),
    "an outline": plan("1", "1.1", "'1.1.1", "'1.1.2", "2", "2.1", head="Nr."),
    "numbered rows": plan("1", "2", "3", head="Lfd. Nr."),
    "dates under their own header": plan("2022-10-01", "2022-11-01", "2022-12-01", head="Beschluss"),
    "dates as texts": plan("'31.12.2022", "'30.06.2023", "'01.10.2022", head="Stand"),
    "a column of names": plan("Caritas", "31.60", "Diakonie", head="Titel"),
    "prices as texts": plan("'12.50", "'13.20", "14.1", head="Preis"),
    "years and dates": plan("2022", "2023-12-31", "2024", head="bis"),
    "text numbers of thousands": plan("'1.151", "'2.300", "36.2", head="Konto"),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_silent(text: str) -> None:
    assert [(one.range, one.message) for one in findings(text, "NUM06")] == []


@pytest.mark.parametrize(
    "head", ["Produkt", "Produktgruppe", "Produkt-Nr.", "Kostenträger", "Buchungsstelle", "PSP-Element"]
)
def test_a_code_that_became_a_date(head: str) -> None:
    (found,) = findings(plan("'31.60", "'11.20", "2022-10-01", "'36.20", head=head), "NUM06")
    assert (found.severity.value, found.range, found.stated, found.expected) == ("error", "B4", "01.10.2022", "01.10")


@pytest.mark.parametrize(
    ("form", "meant"), [("mmm yy", "10.20"), ("dd. mmm", "01.10"), ("d-mmm", "01.10"), ("MMM-YY", "10.20")]
)
def test_the_format_tells_what_was_typed(form: str, meant: str) -> None:
    (found,) = findings(plan("'31.60", "'11.20", f"44105 {{{form}}}", "'36.20"), "NUM06")
    assert found.expected == meant


def test_three_groups_become_a_whole_date() -> None:
    (found,) = findings(plan("'31.60.01", "'36.20.01", "2001-10-11", "'12.60.02"), "NUM06")
    assert (found.range, found.expected) == ("B4", "11.10.01")


@pytest.mark.parametrize(
    ("code", "meant"), [("36.2", "36.20"), ("31.6", "31.60"), ("1.1", "01.10"), ("36.25", "36.25")]
)
def test_a_code_that_became_a_number(code: str, meant: str) -> None:
    (found,) = findings(plan("'31.60", code, "'36.20", "'36.30", "'36.40"), "NUM06")
    assert (found.range, found.expected) == ("B3", meant)


def test_a_lost_zero_among_numbers() -> None:
    (found,) = findings(plan("31.61", "36.2", "36.25", "11.24", "12.61"), "NUM06")
    assert (found.range, found.expected) == ("B3", "36.20")


@pytest.mark.parametrize("head", ["Konto", "Sachkonto", "Kostenstelle", "Kapitel", "Titel-Nr.", "PLZ"])
def test_a_lost_leading_zero(head: str) -> None:
    (found,) = findings(plan("'0430", "431", "'0750", "'1200", head=head), "NUM06")
    assert (found.range, found.stated, found.expected) == ("B3", "431", "0431")


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("'3.16E+11", None),
        ("'3,16E+11", None),
        ("316001000000", "316001000000"),
        ("31600100 {0.00E+00}", "31600100"),
    ],
)
def test_a_code_that_became_a_rounded_number(code: str, meant: str | None) -> None:
    (found,) = findings(plan("'316001000100", code, "'362001000000"), "NUM06")
    assert (found.range, found.expected) == ("B3", meant)


def test_without_a_header_the_shape_of_the_neighbours_tells() -> None:
    text = """
        |   | A            | B                |
        |---|--------------|------------------|
        | 1 | '31.60.01    | Wohlfahrt        |
        | 2 | '36.20.01    | Jugendarbeit     |
        | 3 | 2001-10-11   | Verwaltung       |
        | 4 | '12.60.02    | Brandschutz      |
        | 5 | '31.80.02    | Soziales         |
    """
    assert places(text, "NUM06") == ["NUM06 error A3"]


def test_a_key_row_that_became_a_date() -> None:
    text = """
        |   | A                                                    | B         | C         |
        |---|------------------------------------------------------|-----------|-----------|
        | 1 | Maßnahme                                             | 2022 TEUR | 2023 TEUR |
        | 2 | 31.60.01.00.00-500 Förderung/430 Transferaufwendungen |          |           |
        | 3 | OMID                                                 | 290       | 290       |
        | 4 | 2036-10-11                                           |           |           |
        | 5 | Campus                                               | 123       | 123       |
    """
    assert places(text, "NUM06") == ["NUM06 error A4"]
