"""Which footnote marks does a text carry at its end?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.budget.marks import opening_mark, split_marks


@pytest.mark.parametrize(
    "text",
    [
        "Integrationsmanager*innen",
        "Stufe (1)",
        "Refugio (Stufe 1)",
        "31.60.*",
        "Konto 43*",
        "Stellen * Satz",
        "1) Jobkraftwerk",
        "OMID",
        "",
        "**",
        "Refugio Stuttgart e. V.",
    ],
)
def test_text_without_a_mark_stays_as_it_is(text: str) -> None:
    assert split_marks(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "bare", "marks"),
    [
        ("Angebot Willkommensräume*", "Angebot Willkommensräume", ("*",)),
        ("Stuttgarter Ausbildungscampus**", "Stuttgarter Ausbildungscampus", ("**",)),
        ("Refugio Stuttgart e. V.*", "Refugio Stuttgart e. V.", ("*",)),
        ("OMID *)", "OMID", ("*",)),
        ("OMID (*)", "OMID", ("*",)),
        ("Arrival Aid 1)", "Arrival Aid", ("1)",)),
        ("Arrival Aid¹", "Arrival Aid", ("1)",)),
        ("Refugio (Stufe 1) 2)", "Refugio (Stufe 1)", ("2)",)),
        ("Empowerment *, **", "Empowerment", ("*", "**")),
        ("Aid¹,²", "Aid", ("1)", "2)")),
        ("Ansatz 2022 *", "Ansatz 2022", ("*",)),
        ("Integrationsmanager*innen**", "Integrationsmanager*innen", ("**",)),
    ],
)
def test_marks_are_split_off(text: str, bare: str, marks: tuple[str, ...]) -> None:
    assert split_marks(text) == (bare, marks)


@pytest.mark.parametrize(
    ("text", "mark", "note"),
    [
        ("*Haushaltsmittel stehen bereit", "*", "Haushaltsmittel stehen bereit"),
        ("** Haushaltsmittel", "**", "Haushaltsmittel"),
        ("*) vorläufig", "*", "vorläufig"),
        ("¹ laut Bescheid", "1)", "laut Bescheid"),
        ("1) laut Bescheid", "1)", "laut Bescheid"),
    ],
)
def test_a_note_begins_with_its_mark(text: str, mark: str, note: str) -> None:
    assert opening_mark(text) == (mark, note)


@pytest.mark.parametrize("text", ["***", "Haushaltsmittel*", "2022 und 2023", ""])
def test_other_text_begins_with_none(text: str) -> None:
    assert opening_mark(text) is None


@given(st.text(alphabet="abcäÄß .,/-").map(lambda end: f"a{end}".strip()), st.sampled_from(["*", "**", "1)", "¹"]))
def test_a_mark_put_on_any_name_is_found_again(name: str, mark: str) -> None:
    bare, marks = split_marks(f"{name}{mark}")
    assert marks == ({"¹": "1)"}.get(mark, mark),)
    assert bare == name.rstrip(" ,;/")
