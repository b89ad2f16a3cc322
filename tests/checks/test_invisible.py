"""MSR08: characters that cannot be seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Finding
from pik_excel.checks.invisible import visible
from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.tables import workbook


def findings(*names: str, second: tuple[str, ...] = (), head: str = "Maßnahme") -> list[Finding]:
    """Names from A2 on, as they are in the file; `second` on a second sheet for the years after."""
    sheets = [_sheet("Plan", names, head, 2022), *([_sheet("Neu", second, head, 2024)] if second else [])]
    empty = workbook("|   | A |\n|---|---|\n| 1 | x |\n")
    book = Workbook(empty.path, empty.sha256, tuple(sheets))
    return list(examine(Subject(read_budget(book, built_in()), built_in()), [catalogue()["MSR08"]]))


def _sheet(title: str, names: tuple[str, ...], head: str, year: int) -> Sheet:
    rows = [(head, f"{year} TEUR", f"{year + 1} TEUR"), *((name, "66", "70") for name in names)]
    text = "|   | A | B | C |\n|---|---|---|---|\n" + "\n".join(
        f"| {row} | x | {one} | {other} |" for row, (_name, one, other) in enumerate(rows, 1)
    )
    plain = workbook(text).sheets[0]
    cells = dict(plain.cells) | {(row, 1): Cell(row, 1, name) for row, (name, *_rest) in enumerate(rows, 1)}
    return Sheet(title, dict(sorted(cells.items())))


def places(*names: str, second: tuple[str, ...] = ()) -> list[str]:
    return [f"{one.severity.value} {one.sheet}!{one.range}" for one in findings(*names, second=second)]


class TestSilent:
    @pytest.mark.parametrize(
        "name",
        [
            *("Refugio Stuttgart e.\u00a0V.", "Kauf von 5\u00a0Rädern", "Mittel\u00a0–\u00a0Rest", "z.\u00a0B. Tafel"),
            *(
                "Hilfe nach §\u00a067",
                "Budget 5\u00a0% Rest",
                "1.\u00a0Bauabschnitt",
                "Hort\nSüd",
                "Nr.\u00a07",
                "Zuschuss\u00a0100\u202fEUR",
            ),
            *("Jobcafé*", "Maßnahme 3", "Fußgänger-Brücke", "Straße 3–5", "Dr.\u00a0Müller-Haus"),
        ],
    )
    def test_good_typography_and_line_breaks(self, name: str) -> None:
        assert not places("OMID", name, "Tafel")

    def test_indented_rows(self) -> None:
        assert not places("Jugend", "  Hort", "  Treff", "Kultur", "    Chor")

    def test_typography_in_one_table_only_splits_no_key(self) -> None:
        assert not places("Refugio e.\u00a0V.", "OMID", second=("Refugio e. V.", "OMID"))
        assert not places("Hort\nSüd", "OMID", second=("Hort Süd", "OMID"))

    def test_prose_is_no_name(self) -> None:
        assert not places("Sehr lange Beschreibung einer Maßnahme,  die mehr als ein Name ist. " * 3, "OMID", "Tafel")


class TestSpeaking:
    @pytest.mark.parametrize(
        "name",
        [
            *("Job\u00adcafé", "Job\u200bcafé", "\ufeffJobcafé", "Jobcafé ", " Jobcafé", "Offenes  Jobcafé"),
            *("Offenes\u00a0Jobcafé", "Jobcafé\u00a0", "Jobcafé\u200e", "Job\x07café"),
        ],
    )
    def test_what_cannot_be_seen_is_a_notice(self, name: str) -> None:
        (found,) = findings("OMID", name, "Tafel")
        assert (found.severity.value, found.range) == ("notice", "A3")
        assert found.expected == visible(name)

    @pytest.mark.parametrize("name", ["Job\u00adcafé", "Jobcafé ", "Job\u200bcafé", "Jobcafé\u00a0"])
    def test_where_it_keeps_equal_names_apart_it_is_a_warning(self, name: str) -> None:
        assert places("OMID", "Jobcafé", "Tafel", second=("OMID", name)) == ["warning Neu!A3"]

    def test_many_of_one_kind_are_one_finding(self) -> None:
        (found,) = findings("OMID ", "Jobcafé ", "Tafel ", "Hort ", "Bad ")
        assert (found.range, len(found.related)) == ("A2", 4)


@given(st.text(alphabet="abÄ ß\u00a0\u00ad\u200b\ufeff.5\t", max_size=20))
@settings(max_examples=200)
def test_what_is_visible_stays_so(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    assert not set(once) & set("\u00a0\u00ad\u200b\ufeff\t")
    assert "  " not in once
