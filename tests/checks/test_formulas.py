"""FRM02 to FRM06: what must stay silent first, then what must be found. They hold on any sheet, in any language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.link_to_other_workbook import link_target
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import DefinedName, Workbook
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.asking import findings, places
from tests.tables import workbook

FAMILY = ("FRM02", "FRM03", "FRM04", "FRM05", "FRM06", "SUM03", "SUM04")

SILENT = {
    "decided years are typed, projected years computed": """
        |  | A | B | C | D | E | F |
        | --- | --- | --- | --- | --- | --- | --- |
        | 1 | Maßnahme | 2020 | 2021 | 2022 | 2023 | 2024 |
        | 2 | OMID | 100 | 102 | =ROUND(C2*1.02,0) → 104 | =ROUND(D2*1.02,0) → 106 | =ROUND(E2*1.02,0) → 108 |
        | 3 | Refugio | 200 | 204 | =ROUND(C3*1.02,0) → 208 | =ROUND(D3*1.02,0) → 212 | =ROUND(E3*1.02,0) → 216 |
        | 4 | Campus | 300 | 306 | =ROUND(C4*1.02,0) → 312 | =ROUND(D4*1.02,0) → 318 | =ROUND(E4*1.02,0) → 324 |
    """,
    "a typed 0 behind formulas says: no need": """
        |   | A        | B               | C               | D | E               | F               | H     |
        |---|----------|-----------------|-----------------|---|-----------------|-----------------|-------|
        | 1 | Maßnahme | 2022            | 2023            | x | 2025            | 2026            |       |
        | 2 | OMID     | =$H$2/1000 → 66 | =$H$2/1000 → 66 | 0 | =$H$2/1000 → 66 | =$H$2/1000 → 66 | 66000 |
        | 3 | Refugio  | 40              | 40              | 0 | 0               | 0               |       |
    """,
    "an opening value above a running balance": """
        |   | A       | B       | C              |
        |---|---------|---------|----------------|
        | 1 | Monat   | Zugang  | Bestand        |
        | 2 | Januar  | 10      | 10             |
        | 3 | Februar | 20      | =C2+B3 → 30    |
        | 4 | März    | 30      | =C3+B4 → 60    |
        | 5 | April   | 40      | =C4+B5 → 100   |
        | 6 | Mai     | 50      | =C5+B6 → 150   |
    """,
    "inputs and formulas mixed in one column": """
        |    | A  | B   | C            |
        |----|----|-----|--------------|
        | 1  | a  | x   | y            |
        | 2  | b  | 10  | =B2*3 → 30   |
        | 3  | c  | 20  | =B3*3 → 60   |
        | 4  | d  | 30  | 77           |
        | 5  | e  | 40  | =B5*3 → 120  |
        | 6  | f  | 50  | =B6*3 → 150  |
        | 7  | g  | 60  | 99           |
        | 8  | h  | 70  | =B8*3 → 210  |
        | 9  | i  | 80  | =B9*3 → 240  |
        | 10 | j  | 90  | 123          |
        | 11 | k  | 100 | =B11*3 → 300 |
        | 12 | l  | 110 | =B12*3 → 330 |
    """,
    "a whole row of inputs crosses the formulas": """
        |   | A    | B          | C          | D          | F  | G  | H  |
        |---|------|------------|------------|------------|----|----|----|
        | 1 | Jahr | Nord       | Süd        | West       |    |    |    |
        | 2 | 2020 | =F2*2 → 20 | =G2*2 → 40 | =H2*2 → 60 | 10 | 20 | 30 |
        | 3 | 2021 | =F3*2 → 22 | =G3*2 → 42 | =H3*2 → 62 | 11 | 21 | 31 |
        | 4 | Ist  | 31         | 52         | 73         | 12 | 22 | 32 |
        | 5 | 2023 | =F5*2 → 26 | =G5*2 → 46 | =H5*2 → 66 | 13 | 23 | 33 |
        | 6 | 2024 | =F6*2 → 28 | =G6*2 → 48 | =H6*2 → 68 | 14 | 24 | 34 |
    """,
    "a measure without an assumption among those that have one": """
        Blatt "Bedarf":

        |   | A | B     |
        |---|---|-------|
        | 2 | a | 65500 |
        | 3 | b | 40000 |
        | 5 | d | 18000 |
        | 6 | e | 20000 |

        Blatt "Plan":

        |   | A | B                              |
        |---|---|--------------------------------|
        | 2 | a | =ROUND(Bedarf!B2/1000,0) → 66  |
        | 3 | b | =ROUND(Bedarf!B3/1000,0) → 40  |
        | 4 | c | 77                             |
        | 5 | d | =ROUND(Bedarf!B5/1000,0) → 18  |
        | 6 | e | =ROUND(Bedarf!B6/1000,0) → 20  |
    """,
    "a total behind quotients": """
        |   | A       | B   | C                  |
        |---|---------|-----|--------------------|
        | 1 | Angebot | Zahl | Anteil            |
        | 2 | Nord    | 10  | =B2/B$5 → 0.25     |
        | 3 | Süd     | 10  | =B3/B$5 → 0.25     |
        | 4 | West    | 20  | =B4/B$5 → 0.5      |
        | 5 | Summe   | =SUM(B2:B4) → 40 | 1     |
    """,
    "an error set on purpose, for a chart to skip": """
        |   | A    | B                         |
        |---|------|---------------------------|
        | 1 | Jahr | Wert                      |
        | 2 | 2022 | =IF(D2="",NA(),D2) → #N/A |
        | 3 | 2023 | =B2*2 → #N/A              |
    """,
    "an error that is caught": """
        |   | A    | B                        |
        |---|------|--------------------------|
        | 1 | Jahr | Wert                     |
        | 2 | 2022 | =IFERROR(C2/D2,0) → 0    |
    """,
    "the text of an error is no error": """
        |   | A                         |
        |---|---------------------------|
        | 1 | Fehlt: '#REF! erscheint   |
    """,
    "factors, digits, dates, counters and shares": """
        |    | A     | B                                  |
        |----|-------|------------------------------------|
        | 1  | 65500 | =ROUND(A1/1000,0) → 66             |
        | 2  | 12    | =A1*12 → 786000                    |
        | 3  | 3     | =A1*(1+2.5%) → 67137.5             |
        | 4  | 4     | =A1*1.19 → 77945                   |
        | 5  | 5     | =A5+1 → 6                          |
        | 6  | 2022  | =A6+2 → 2024                       |
        | 7  | 7     | =DATE(2022,12,31) → 44926                |
        | 8  | 8     | =IF(A1>50000,1,0) → 1              |
        | 9  | 9     | =A1/365*90 → 16150.684931506848                       |
        | 10 | 44561 | =A10+90 → 44651                  |
        | 11 | 11    | =A1/1000000 → 0.0655               |
        | 12 | 12    | =60*60*24 → 86400                  |
        | 13 | 13    | =A1*100/A2 → 545833.3333333334     |
        | 14 | 14    | =2022+1 → 2023                     |
        | 15 | 15    | =B1+B2+B3+B4-1 → 931147.5          |
        | 16 | 16    | =VLOOKUP(A1,A1:B9,2,FALSE) → 66        |
        | 17 | 17    | =LEFT("500000",3) → '500                |
    """,
    "links within the workbook, tables and texts in brackets": """
        Blatt "Daten":

        |   | A  | B                               |
        |---|----|---------------------------------|
        | 1 | 12 | =SUM(Daten!A1:A1) → 12          |
        | 2 | x  | ="[Entwurf.xlsx]Blatt1!A1"&"" → '[Entwurf.xlsx]Blatt1!A1 |
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_silent(text: str) -> None:
    assert [(one.code, one.message) for one in findings(text, *FAMILY)] == []


def test_the_example_of_the_paper_is_silent() -> None:
    text = """
        Blatt "Annahmen":

        |   | A      | B      |
        |---|--------|--------|
        | 6 | Lizenz | 65500  |
        | 7 | OMID   | 290000 |
        | 8 | Campus | 149810 |

        Blatt "Finanzielle Auswirkungen":

        |  | A | B | C | D | E |
        | --- | --- | --- | --- | --- | --- |
        | 5 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR |
        | 6 | Lizenz | =ROUND(Annahmen!$B6/1000,0) → 66 | =ROUND(Annahmen!$B6/1000,0) → 66 | 0 | 0 |
        | 7 | OMID | =ROUND(Annahmen!$B7/1000,0) → 290 | =ROUND(Annahmen!$B7/1000,0) → 290 | 0 | 0 |
        | 8 | Campus |  | =ROUND(Annahmen!$B8/1000,0) → 150 | 0 | 0 |
        | 9 | Bedarf | =SUM(B6:B8) → 356 | =SUM(C6:C8) → 506 | =SUM(D6:D8) → 0 | =SUM(E6:E8) → 0 |
    """
    assert places(text, *FAMILY) == []


TYPED = """
    |   | A    | B   | C   | D               | E               | F               | G               |
    |---|------|-----|-----|-----------------|-----------------|-----------------|-----------------|
    | 1 | Team | x   | y   | Q1              | Q2              | Q3              | Q4              |
    | 2 | a    | 2   | 100 | =B2*C2 → 200    | 1               | 1               | 1               |
    | 3 | b    | 3   | 100 | =B3*C3 → 300    | 1               | 1               | 1               |
    | 4 | c    | 4   | 100 | {middle}        | 1               | 1               | 1               |
    | 5 | d    | 5   | 100 | =B5*C5 → 500    | 1               | 1               | 1               |
    | 6 | e    | 6   | 100 | {end}           | 1               | 1               | 1               |
"""


@pytest.mark.parametrize(
    ("middle", "end", "found"),
    [
        ("400", "=B6*C6 → 600", ["FRM02 warning D4"]),
        ("410", "=B6*C6 → 600", ["FRM02 warning D4"]),
        ("=B4*C4 → 400", "600", ["FRM02 warning D6"]),
        ("=B4*C4 → 400", "610", []),
        ("=B4*C4 → 400", "0", []),
        ("0", "=B6*C6 → 600", []),
    ],
)
def test_a_number_in_a_run_of_formulas(middle: str, end: str, found: list[str]) -> None:
    assert places(TYPED.format(middle=middle, end=end), *FAMILY) == found


def test_a_typed_total_in_a_row_of_sums_of_any_table() -> None:
    text = """
        |   | A     | B                | C                | D                | E                |
        |---|-------|------------------|------------------|------------------|------------------|
        | 1 | Team  | North            | South            | West             | East             |
        | 2 | a     | 12               | 13               | 14               | 15               |
        | 3 | b     | 22               | 23               | 24               | 25               |
        | 4 | Total | =SUM(B2:B3) → 34 | 36               | =SUM(D2:D3) → 38 | =SUM(E2:E3) → 40 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.stated, found.expected) == ("FRM02", "C4", "36", "36")
    assert "B4" in found.message


def test_typed_cells_beside_each_other_are_one_finding() -> None:
    text = TYPED.format(middle="400", end="=B6*C6 → 600").replace("=B5*C5 → 500", "500")
    text = text.replace("=B6*C6 → 600", "=B6*C6 → 600") + "    | 7 | f    | 7   | 100 | =B7*C7 → 700 | 1 | 1 | 1 |\n"
    assert places(text, *FAMILY) == ["FRM02 warning D4:D5"]


def test_only_the_root_of_an_error_is_named() -> None:
    text = """
        |   | A  | B                 | C                |
        |---|----|-------------------|------------------|
        | 1 | 10 | =A1/D1 → #DIV/0!  | =B1*2 → #DIV/0!  |
        | 2 | 20 | =A2/2 → 10        | =B2*2 → 20       |
        | 3 |    | =SUM(B1:B2) → #DIV/0! | =SUM(C1:C2) → #DIV/0! |
    """
    assert places(text, *FAMILY) == ["FRM03 error B1"]


def test_the_same_error_down_a_column_is_one_finding() -> None:
    text = """
        |   | A  | B                 |
        |---|----|-------------------|
        | 1 | 10 | =A1/D1 → #DIV/0!  |
        | 2 | 20 | =A2/D2 → #DIV/0!  |
        | 3 | 30 | =A3/D3 → #DIV/0!  |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range) == ("FRM03", "B1:B3")
    assert "3 Zellen" in found.message


def test_a_form_that_is_not_filled_in_yet_divides_by_nothing_as_a_notice() -> None:
    text = """
        |   | A       | B  | C  | D                        |
        |---|---------|----|----|--------------------------|
        | 1 | Klasse  |    |    | =B1/C1 → #DIV/0!         |
        | 2 | Gruppe  |    |    | =B2/C2 → #DIV/0!         |
        | 3 | Gesamt  | =SUM(B1:B2) → 0 | =SUM(C1:C2) → 0 | =B3/C3 → #DIV/0! |
    """
    assert places(text, "FRM03") == ["FRM03 notice D1:D3"]
    assert places(text.replace("| Klasse  |    |", "| Klasse  | 12 |"), "FRM03") == [
        "FRM03 error D1",
        "FRM03 notice D2",
        "FRM03 error D3",
    ]


@pytest.mark.parametrize("code", ["#REF!", "#DIV/0!", "#NAME?", "#N/A", "#VALUE!", "#NUM!"])
def test_a_typed_error_is_an_error(code: str) -> None:
    (found,) = findings(f"|   | A | B |\n|---|---|---|\n| 1 | x | {code} |\n", "FRM03")
    assert (found.range, found.stated) == ("B1", code)


@pytest.mark.parametrize(
    "formula",
    ["#REF!+B1", "SUM(#REF!)", "Blatt2!#REF!*2", "IF(A1>0,#REF!,0)"],
)
def test_a_lost_reference_counts_even_where_the_value_looks_right(formula: str) -> None:
    assert places(f"|   | A | B |\n|---|---|---|\n| 1 | 1 | ={formula} → 3 |\n", "FRM03") == ["FRM03 error B1"]


@pytest.mark.parametrize(
    ("formula", "amounts"),
    [
        ("SUM(A1:A9)+5", "5"),
        ("400000-200000", "400.000, 200.000"),
        ("A1+A2-250", "250"),
        ("SUM(A1:A9,1200)", "1.200"),
        ("A1*4600", "4.600"),
        ("ROUND(A1*A2,0)+500", "500"),
        ("MIN(A1*50%,290000)", "290.000"),
        ("IF(A1>0,12500,0)", "12.500"),
        ("(A1+1500)*2", "1.500"),
        ("12*1250.5", "12"),
        ("3.48+0.87", "3,48, 0,87"),
    ],
)
def test_each_way_to_type_an_amount_into_a_formula(formula: str, amounts: str) -> None:
    (found,) = findings(f"|   | A | B |\n|---|---|---|\n| 1 | 1 | ={formula} → 3 |\n", "FRM04")
    assert amounts in found.message and found.severity.value == "notice"


@pytest.mark.parametrize(
    ("formula", "target"),
    [
        ("'[Ansatz 2022.xlsx]Blatt1'!B7", "Ansatz 2022.xlsx"),
        ("SUM([Ansatz.xlsx]Blatt1!B7:B9)", "Ansatz.xlsx"),
        ("'C:\\Users\\meier\\[Ansatz.xlsx]Blatt1'!$B$7*2", "C:\\Users\\meier\\Ansatz.xlsx"),
        ("[1]Blatt1!A1+1", "//server/amt50/Zahlen.xlsx"),
        ("'[1]Blatt mit Leerzeichen'!A1", "//server/amt50/Zahlen.xlsx"),
        ("[2]!Satz", "[2]"),
        ("Tabelle1[Betrag]", None),
        ("Tabelle1[[#This Row],[2022]]*2", None),
        ("Tabelle1[2022]+1", None),
        ('"[1]Blatt1!A1"&A1', None),
        ("SUM(Daten!A1:A9)", None),
    ],
)
def test_where_a_formula_points(formula: str, target: str | None) -> None:
    book = replace(workbook("| | A |\n| 1 | 1 |\n"), external_links=("//server/amt50/Zahlen.xlsx",))
    assert link_target(formula, book) == target


def test_a_link_that_feeds_a_total_is_an_error_also_through_other_cells() -> None:
    text = """
        |   | A     | B                                  |
        |---|-------|------------------------------------|
        | 1 | Team  | Betrag                             |
        | 2 | a     | ='[Ansatz.xlsx]Blatt1'!B7 → 290    |
        | 3 | b     | ='[Ansatz.xlsx]Blatt1'!B8 → 40     |
        | 4 | c     | =B3*1 → 40                         |
        | 5 | d     | 18                                 |
        | 6 | Total | =SUM(B4:B5) → 58                   |
    """
    found = findings(text, "FRM05")
    assert [(one.range, one.severity.value) for one in found] == [("B2:B3", "error")]
    alone = text.replace("=SUM(B4:B5) → 58", "")
    assert [(one.range, one.severity.value) for one in findings(alone, "FRM05")] == [("B2:B3", "warning")]


def named(name: DefinedName, text: str = "| | A |\n| 1 | =Satz*2 → 4 |\n") -> list[str]:
    book: Workbook = replace(workbook(text), names=(name,), external_links=("//server/Zahlen.xlsx",))
    subject = Subject(read_budget(book, built_in()), built_in())
    return [one.message for one in examine(subject, [catalogue()["FRM05"]])]


def test_a_name_that_points_into_another_file() -> None:
    (message,) = named(DefinedName("Satz", "[1]Blatt1!$A$1"))
    assert "„Satz“" in message and "//server/Zahlen.xlsx" in message


def test_a_hidden_name_that_nobody_uses_is_left_alone() -> None:
    assert named(DefinedName("_alt", "[1]Blatt1!$A$1", hidden=True)) == []


def test_only_the_cell_that_is_stale_itself_is_named() -> None:
    text = """
        |   | A  | B                | C             |
        |---|----|------------------|---------------|
        | 1 | 10 | =A1*2 → 20       | =B1+1 → 21    |
        | 2 | 20 | =A2*2 → 30       | =B2+1 → 31    |
        | 3 | 30 | =A3*2 → 60       | =B3+1 → 61    |
        | 4 |    | =SUM(B1:B3) → 110 | =SUM(C1:C3) → 113 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.stated, found.expected) == ("FRM06", "B2", "30", "40")


def test_what_an_array_formula_fills_is_not_typed() -> None:
    book = workbook(TYPED.format(middle="400", end="=B6*C6 → 600"))
    sheet = replace(book.sheets[0], arrays=(Area(4, 4, 4, 4),))
    for one, count in ((book, 1), (replace(book, sheets=(sheet,)), 0)):
        subject = Subject(read_budget(one, built_in()), built_in())
        assert len(examine(subject, [catalogue()["FRM02"]])) == count
