"""When do two names mean the same measure, and when might they?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.budget.names import likely_pairs, name_key, name_keys, resemblance, undated_key

LIKELY = 0.72


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kita Nord 1", "Kita Nord 2"),
        ("Stufe 1", "Stufe 2"),
        ("Tarif +2 %", "Tarif -2 %"),
        ("Haus A", "Haus B"),
    ],
)
def test_names_that_differ_in_a_number_or_sign_are_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert resemblance(one, other) < LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jobcafé  (Mitte)", "jobcafé Mitte"),
        ("Förderung Groß-Umstadt", "Foerderung Gross–Umstadt"),
        ("Refugio Stuttgart e. V.*", "Refugio Stuttgart e.V."),
        ("Will\u00adkommens\u00adräume", "Willkommensräume"),
        ("Angebot\u00a0Willkommensräume", "Angebot Willkommensräume"),
    ],
)
def test_spelling_does_not_make_two_measures(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_the_year_in_a_name_tells_years_apart_but_not_measures() -> None:
    assert name_key("Sommerfest 2021") != name_key("Sommerfest 2022")
    assert undated_key("Sommerfest 2021") == undated_key("Sommerfest 2022")
    assert undated_key("2021") == "2021"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferienwerkstatt", "Medienwerkstatt"),
        ("Erträge aus Integrationsmanagement", "Aufwendungen aus Integrationsmanagement"),
        ("Personalkosten", "Sachkosten"),
        ("Zuschuss Caritas", "Zuschuss Diakonie"),
        (
            "Schulung von Integrationsmanagerinnen und -managern",
            "Sachkostenpauschale für Integrationsmanagement",
        ),
        ("Angebot", "Angebot Willkommensräume"),
        ("Förderung von Projekten", "Förderung von Angeboten"),
        ("Kita Nord", "Kita Süd"),
    ],
)
def test_different_measures_are_not_taken_for_one(one: str, other: str) -> None:
    assert resemblance(one, other) < LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dolmetscherkosten", "Dolmetschereinsätze"),
        ("OMID, Angebot des Caritasverbandes für Stuttgart e. V.", "OMID"),
        ("Stuttgarter Ausbildungscampus**", "Ausbildungscampus"),
        ("Förderprogramm Empowerment", "Empowerment von Geflüchteten"),
        ("Quartiermanagement Mitte", "Quartiersmanagement Mitte"),
    ],
)
def test_renamings_are_proposed(one: str, other: str) -> None:
    assert resemblance(one, other) >= LIKELY


def test_each_name_is_paired_once_and_a_tie_not_at_all() -> None:
    assert likely_pairs(["Dolmetscherkosten", "Arrival Aid"], ["Dolmetschereinsätze", "OMID"], LIKELY) == [(0, 0)]
    assert likely_pairs(["Dolmetscher"], ["Dolmetscher Nord", "Dolmetscher Süd"], LIKELY) == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_resemblance_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    assert 0 <= resemblance(one, other) == resemblance(other, one) <= 1


@given(st.text(max_size=40))
def test_a_name_resembles_itself_and_its_key_is_stable(name: str) -> None:
    assert resemblance(name, name) == 1
    assert name_key(name) == name_key(f"  {name.strip()}  ")


@given(st.lists(st.text(st.characters() | st.sampled_from("aÄß *)1²-\n\u00ad\u0301 "), max_size=12)))
def test_many_names_have_the_keys_that_each_has(names: list[str]) -> None:
    assert name_keys(names) == [name_key(name) for name in names]
