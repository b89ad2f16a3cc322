"""A quick look at a text loses no header that a closer one finds."""

from __future__ import annotations

import pytest

from pik_excel.layout.texts import Texts
from pik_excel.layout.vocabulary import vocabulary
from pik_excel.schema import built_in

SCHEMA = built_in()
WORDS = vocabulary(SCHEMA)
HEADERS = sorted({header for rule in SCHEMA.fields.values() if not rule.structural for header in rule.headers})


@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "{}:",
        " {} *",
        "{} in TEUR",
        "{} (EUR)",
        "{} (lt. Bescheid)",
        "{} in %",
        "{}/Jahr",
        "{} je Stelle",
        "{} 2025",
    ],
)
def test_a_header_names_the_fields_that_a_closer_look_finds(written: str) -> None:
    texts = [written.format(header) for header in HEADERS]
    assert [text for text in texts if WORDS.fields_of(text) != WORDS._look_up(text)] == []
    assert written not in {"{}", "{}:"} or all(map(WORDS.fields_of, texts))


@pytest.mark.parametrize(
    "name", ["Zuschuss Jugendhaus 12", "Projekt Willkommen", "Verein Mitte e. V.", "Kosten für Strom"]
)
def test_a_name_that_begins_as_a_header_does_is_none(name: str) -> None:
    assert WORDS.fields_of(name) == ()


def test_texts_that_may_name_a_year() -> None:
    years = {
        "2024",
        "Ansatz 2025 in TEUR",
        "HJ+1",
        "Haushaltsjahr",
        "JAHR",
        "weitere Jahre",
        "Ansatz 24",
        "danach",
        "R '23",
    }
    others = {"Konto 120345", "Personal", "Ansatz", "1990er" * 20, "Stelle 5"}
    assert Texts(WORDS, years | others).years == years
