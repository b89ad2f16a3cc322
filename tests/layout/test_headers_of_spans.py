"""Headers that name the end or beginning of a funding, a need or a term, whatever their words."""

from __future__ import annotations

import pytest

from pik_excel.layout.vocabulary import vocabulary
from pik_excel.schema import built_in

WORDS = vocabulary(built_in())


@pytest.mark.parametrize(
    "header",
    [
        "Gesamtkosten bis",
        "Summe bis 2025",
        "Kita Waldweg bis",
        "Höhe des Zuschusses bis",
        "Ende der Veranstaltung",
        "ab",
    ],
)
def test_headers_that_name_no_span_of_money(header: str) -> None:
    assert not {"foerderzeitraum_bis", "bedarfszeitraum_bis"} & set(WORDS.fields_of(header))


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Finanzierung gesichert bis", "foerderzeitraum_bis"),
        ("Zuschuss zugesagt bis einschl.", "foerderzeitraum_bis"),
        ("Ablauf der Förderung", "foerderzeitraum_bis"),
        ("Haushaltsmittel reichen bis", "foerderzeitraum_bis"),
        ("Start der Förderung", "foerderzeitraum_von"),
        ("Wird gebraucht bis", "bedarfszeitraum_bis"),
        ("Mittel werden benötigt ab", "bedarfszeitraum_von"),
        ("Vereinbarung gilt bis", "bis"),
        ("Beginn der Maßnahme", "von"),
    ],
)
def test_the_family_of_the_words_tells_which(header: str, key: str) -> None:
    assert WORDS.fields_of(header) == (key,)
