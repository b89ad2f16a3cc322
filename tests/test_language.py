"""German by default, English on request, and no message in one language only."""

from __future__ import annotations

import ast
import string
from decimal import Decimal

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pik_excel import language
from pik_excel.cli import program
from tests.messages import KEYWORDS, PACKAGE, Message, english, spoken, untranslated


@pytest.fixture(autouse=True)
def german_afterwards():
    yield
    language.use("de")


def fields(text: str) -> set[str | None]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_message_has_its_english() -> None:
    assert untranslated(english()) == []


def test_the_collector_sees_every_message() -> None:
    """On Python 3.11 it sees none that stands inside an f-string."""
    said = {one for message, _file in spoken() for one in ([message] if isinstance(message, str) else message)}
    in_source = {
        (path.name, text.value)
        for path in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        for text in call.args[:2]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value
    }
    assert {place for place in in_source if place[1] not in said} == set()


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    said = {message if isinstance(message, str) else message[0] for message, _file in spoken()}
    kept = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in english() if entry.id}
    assert kept - said == set()


def test_a_translation_fills_in_the_same_fields() -> None:
    for entry in english():
        pairs: list[tuple[Message, str]] = []
        if isinstance(entry.id, tuple | list):
            pairs = list(zip(entry.id, entry.string, strict=True))
        elif entry.id:
            pairs = [(entry.id, entry.string)]
        for source, translation in pairs:
            assert fields(source) == fields(translation), source


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    language.use("de")
    assert language.number(Decimal("16271218.33")) == "16.271.218,33"
    assert language.number(1151) == "1.151"
    assert language.number(Decimal("0.5"), 0) == "1"
    assert language.number(Decimal("-1151.5")) == "−1.151,5", "a minus, no hyphen"
    language.use("en")
    assert language.number(Decimal("16271218.33")) == "16,271,218.33"


@given(st.integers(0, 10**20), st.booleans(), st.sampled_from(language.LANGUAGES))
def test_whole_numbers_are_written_as_babel_writes_them(value: int, grouped: bool, spoken: str) -> None:
    with language.speaking(spoken):
        assert language.number(value, None, grouped) == language.number(value, 0, grouped)


def test_clicks_own_words_are_german_too() -> None:
    language.use("de")
    assert "Aufruf:" in CliRunner().invoke(program, ["--help"]).output
    assert "Eine Option '--nein' gibt es nicht." in CliRunner().invoke(program, ["--nein"]).output


def test_the_whole_help_is_english_on_request() -> None:
    language.use("en")
    shown = CliRunner().invoke(program, ["--help"]).output
    assert "Usage:" in shown
    assert "Prüft" not in shown


@pytest.mark.parametrize(("text", "written"), [("Maß \N{GRINNING FACE}", "Maß \N{GRINNING FACE}"), ("Ma\udcdf", "Ma�")])
def test_half_a_character_is_written_as_one_that_files_can_hold(text: str, written: str) -> None:
    assert language.legible(text) == written
