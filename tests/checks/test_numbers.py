"""NUM01, NUM03 and NUM05: what must stay silent first, then what must be found."""

from __future__ import annotations

import pytest

from tests.asking import findings, places

FAMILY = ("NUM01", "NUM03", "NUM05", "SUM01")

SILENT = {
    "statements that are no numbers": """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | k. A.     | 290       |
        | 3 | Refugio  | –         | 40        |
        | 4 | Campus   |           | 0         |
    """,
    "codes, years and telephone numbers that are text": """
        |   | A        | B              | C         | D         | E            |
        |---|----------|----------------|-----------|-----------|--------------|
        | 1 | Maßnahme | Produkt        | 2022 TEUR | 2023 TEUR | Telefon      |
        | 2 | OMID     | '31.60.01      | 290       | 290       | '0711216     |
        | 3 | Refugio  | '430           | 40        | 40        | '2163        |
        | 4 | Summe    |                | =SUM(C2:C3) → 330 | =SUM(D2:D3) → 330 | |
    """,
    "a list of codes under a count of everything": """
        |   | A    | B               |
        |---|------|-----------------|
        | 1 | Amt  | Nummer          |
        | 2 | a    | '50             |
        | 3 | b    | '51             |
        | 4 | c    | '52             |
        | 5 |      | =SUM(B2:B4) → 0 |
    """,
    "a year above the numbers that a sum reaches": """
        |   | A    | B                |
        |---|------|------------------|
        | 1 | Amt  | '2022            |
        | 2 | a    | 12               |
        | 3 | b    | 13               |
        | 4 | c    | =SUM(B1:B3) → 25 |
    """,
    "a large single item in one year": """
        |   | A        | B         | C         | D         |
        |---|----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID     | 290       | 290       | 290       |
        | 3 | Refugio  | 40        | 40        | 40        |
        | 4 | Campus   | 119       | 123       | 123       |
        | 5 | Neubau   |           | 16271     |           |
        | 6 | Arrival  | 18        | 18        | 18        |
    """,
    "a building that starts small": """
        |   | A        | B         | C         | D         | E         |
        |---|----------|-----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR |
        | 2 | OMID     | 290       | 290       | 290       | 290       |
        | 3 | Neubau   | 5         | 120       | 6000      | 12000     |
        | 4 | Campus   | 119       | 123       | 123       | 123       |
    """,
    "grants of all sizes in EUR": """
        |   | A         | B        | C        |
        |---|-----------|----------|----------|
        | 1 | Maßnahme  | 2022 EUR | 2023 EUR |
        | 2 | Verein    | 500      | 500      |
        | 3 | Fest      | 1200     | 1500     |
        | 4 | Klinikum  | 98000000 | 99500000 |
        | 5 | Bücherei  | 64000    | 65000    |
        | 6 | Sportplatz | 750     | 750000   |
    """,
    "a token amount that keeps a line open": """
        |   | A        | B        | C        |
        |---|----------|----------|----------|
        | 1 | Maßnahme | 2022 EUR | 2023 EUR |
        | 2 | Fest     | 1        | 1000     |
        | 3 | Verein   | 50000    | 51000    |
        | 4 | Bücherei | 64000    | 65000    |
    """,
    "rightly negative rows": """
        |   | A                      | B         | C         | D         |
        |---|------------------------|-----------|-----------|-----------|
        | 1 | Maßnahme               | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID                   | 290       | 290       | 290       |
        | 3 | Refugio                | 40        | 40        | 40        |
        | 4 | Campus                 | 119       | 123       | 123       |
        | 5 | Globaler Minderaufwand | 0         | -18       | 3         |
        | 6 | Arrival                | 18        | 18        | 18        |
    """,
    "a row that is negative throughout": """
        |   | A         | B         | C         | D         |
        |---|-----------|-----------|-----------|-----------|
        | 1 | Maßnahme  | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID      | 290       | 290       | 290       |
        | 3 | Refugio   | 40        | 40        | 40        |
        | 4 | Campus    | 119       | 123       | 123       |
        | 5 | Abgabe    | -5        | -5        | -5        |
        | 6 | Arrival   | 18        | 18        | 18        |
    """,
    "one negative year, and a typed total that has it in": """
        |   | A        | B         | C         | D         |
        |---|----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID     | 290       | 290       | 290       |
        | 3 | Refugio  | 40        | 40        | 40        |
        | 4 | Campus   | 119       | -23       | 123       |
        | 5 | Summe    | 449       | 307       | 453       |
    """,
    "cents written as a dash are no minus": """
        |   | A        | B                 | C         |
        |---|----------|-------------------|-----------|
        | 1 | Maßnahme | Preis             | x         |
        | 2 | OMID     | 57,-- €           | 1         |
    """,
    "too few positive amounts to know the table's convention": """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | 290       | -290      |
        | 3 | Refugio  | 40        | 40        |
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_silent(text: str) -> None:
    assert [(one.code, one.message) for one in findings(text, *FAMILY)] == []


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("'40", "40", "NUM01"),
        ("'40 ", "40", "NUM01"),
        ("1.040", None, None),
        ("'1.040", "1040", "NUM01"),
        ("'40,00 €", "40", "NUM01"),
        ("'40*", "40", "NUM01"),
        ("'1 040", "1040", "NUM01"),
        ("'40-", "-40", "NUM05"),
        ("'–40", "-40", "NUM05"),
        ("'(40)", "-40", "NUM05"),
        ("'520,86-", "-520.86", "NUM05"),
        ("'57,- €", "57", "NUM01"),
    ],
)
def test_each_way_a_number_becomes_text(text: str, value: str | None, code: str | None) -> None:
    table = f"""
        |   | A        | B        | C                 |
        |---|----------|----------|-------------------|
        | 1 | Maßnahme | 2022 EUR | 2023 EUR          |
        | 2 | OMID     | 290      | 290               |
        | 3 | Refugio  | {text}   | 40                |
        | 4 | Campus   | 120      | 120               |
    """
    found = [one for one in findings(table, *FAMILY) if one.range == "B3"]
    assert [(one.code, one.expected) for one in found] == ([(code, value)] if code else [])


def test_a_text_number_under_a_sum_of_any_sheet() -> None:
    text = """
        |   | A     | B                |
        |---|-------|------------------|
        | 1 | Team  | Betrag           |
        | 2 | a     | 12               |
        | 3 | b     | '1.130           |
        | 4 | c     | 14               |
        | 5 | Total | =SUM(B2:B4) → 26 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.expected) == ("NUM01", "B3", "1130")
    assert places(text.replace("=SUM(B2:B4) → 26", "x"), *FAMILY) == []


def test_text_numbers_in_assumptions_and_financing() -> None:
    text = """
        Blatt "Annahmen":

        |   | A        | B          | C      | D       | E           |
        |---|----------|------------|--------|---------|-------------|
        | 1 | Maßnahme | Bedarf EUR | Regel  | Träger  | Bemerkung   |
        | 2 | OMID     | '290.000   | halten | Caritas | seit 2018   |
        | 3 | Refugio  | 40000      | halten | Verein  | '2019       |
    """
    assert places(text, *FAMILY) == ["NUM01 error Annahmen!B2"]


@pytest.mark.parametrize(
    ("amount", "meant"),
    [("290000", "290"), ("0.29", "290"), ("300000", "300"), ("290", None), ("29000", None), ("2900", None)],
)
def test_one_year_a_thousand_off(amount: str, meant: str | None) -> None:
    text = f"""
        |   | A        | B         | C         | D         | E         |
        |---|----------|-----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR |
        | 2 | OMID     | 290       | {amount}  | 290       | 280       |
        | 3 | Refugio  | 40        | 40        | 40        | 40        |
        | 4 | Campus   | 119       | 123       | 123       | 123       |
    """
    found = findings(text, *FAMILY)
    assert [(one.code, one.range, one.expected) for one in found] == ([("NUM03", "C2", meant)] if meant else [])


def test_two_of_six_years_in_the_wrong_unit() -> None:
    text = """
        |   | A        | B         | C         | D         | E         | F         | G         |
        |---|----------|-----------|-----------|-----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR | 2026 TEUR | 2027 TEUR |
        | 2 | OMID     | 290       | 290000    | 291000    | 280       | 280       | 280       |
        | 3 | Refugio  | 40        | 40        | 40        | 40        | 40        | 40        |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range) == ("NUM03", "C2:D2")


def test_two_years_are_enough_where_nothing_else_comes_near() -> None:
    text = """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | 290       | 290000    |
        | 3 | Refugio  | 40        | 40        |
        | 4 | Campus   | 119       | 123       |
    """
    assert places(text, *FAMILY) == ["NUM03 error C2"]


def test_a_whole_row_in_the_wrong_unit_is_one_finding() -> None:
    text = """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | 290       | 290       |
        | 3 | Refugio  | 40        | 40        |
        | 4 | Campus   | 119       | 123       |
        | 5 | Lizenz   | 66000     | 66000     |
        | 6 | Arrival  | 18        | 18        |
    """
    assert places(text, *FAMILY) == ["NUM03 error B5:C5"]


def test_the_assumption_behind_an_amount_tells_its_unit() -> None:
    text = """
        Blatt "Annahmen":

        |   | A        | B          | C      |
        |---|----------|------------|--------|
        | 1 | Maßnahme | Bedarf EUR | Regel  |
        | 2 | Lizenz   | 65500      | halten |
        | 3 | OMID     | 290000     | halten |

        Blatt "Plan":

        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | Lizenz   | 65500     | 0         |
        | 3 | OMID     | 290       | 290       |
    """
    assert places(text, *FAMILY) == ["NUM03 error Plan!B2"]


def test_one_negative_amount_among_positive_ones() -> None:
    text = """
        |   | A        | B         | C         | D         |
        |---|----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID     | 290       | 290       | 290       |
        | 3 | Refugio  | 40        | -40       | 40        |
        | 4 | Campus   | 119       | 123       | 123       |
        | 5 | Summe    | =SUM(B2:B4) → 449 | =SUM(C2:C4) → 373 | =SUM(D2:D4) → 453 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.stated, found.expected) == ("NUM05", "C3", "-40", "40")


def test_a_row_that_is_negative_throughout_hides_no_wrong_sign() -> None:
    text = """
        |   | A                      | B         | C         | D         |
        |---|------------------------|-----------|-----------|-----------|
        | 1 | Maßnahme               | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID                   | 290       | 290       | 290       |
        | 3 | Brückenprüfungen       | 40        | -40       | 40        |
        | 4 | Globaler Minderaufwand | -30       | -30       | -30       |
        | 5 | Restaurierung          | 119       | 123       | 123       |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range) == ("NUM05", "C3")


def test_a_wrong_sign_under_a_typed_total_is_reported_at_the_sign() -> None:
    text = """
        |   | A        | B         | C         | D         |
        |---|----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID     | 290       | 290       | 290       |
        | 3 | Refugio  | 40        | -40       | 40        |
        | 4 | Campus   | 119       | 123       | 123       |
        | 5 | Summe    | 449       | 453       | 453       |
    """
    assert places(text, *FAMILY) == ["NUM05 warning C3"]


def test_a_column_of_text_numbers_is_one_finding() -> None:
    text = """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | '290      | 290       |
        | 3 | Refugio  | '40       | 40        |
        | 4 | Campus   | '119      | 123       |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.stated) == ("NUM01", "B2:B4", "290")
    assert "3 Zellen" in found.message
