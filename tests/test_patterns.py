"""A pattern is compiled when it is asked for, and then does what a compiled one does."""

from __future__ import annotations

import ast
import copy
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.patterns import compiled, pattern, phrases, with_atomic_groups
from tests.test_layers import PACKAGE


def test_it_does_what_a_compiled_one_does() -> None:
    year = pattern(r"(\d{4})\s*ff", re.IGNORECASE)
    assert year.search("ab 2027 FF.")[1] == "2027"  # type: ignore[index]
    assert year.sub("x", "2027ff") == "x"
    assert [one[0] for one in year.finditer("2027ff 2028ff")] == ["2027ff", "2028ff"]
    assert year.match("ab") is None
    assert (year.pattern, year.groups) == (r"(\d{4})\s*ff", 1)
    assert pattern(rb"a+").fullmatch(b"aa") is not None


def test_a_group_that_gives_nothing_back_loses_nothing_on_any_python() -> None:
    tag = compiled(rb"""<c((?:[^>"'/]++|"[^"]*+"|/(?!>))*+)(?:/>|>(.*?)</c>)""")
    cells = b'<c r="B5" s="6"/><c r="C5"><v>1</v></c>'
    assert [one[0] for one in tag.finditer(cells)] == [b'<c r="B5" s="6"/>', b'<c r="C5"><v>1</v></c>']
    assert re.compile(with_atomic_groups(tag.pattern)).findall(cells) == tag.findall(cells)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"(?:ab+c)*+d", r"(?>(?:ab+c)*)d"),
        (r"(a)?+(b)++(?:c){1,2}+", r"(?>(a)?)(?>(b)+)(?>(?:c){1,2})"),
        (r"(?:\[(?:'.)*+\])*+", r"(?>(?:\[(?>(?:'.)*)\])*)"),
        (r"[)*+]\)*+(a)+x*+", r"[)*+]\)*+(a)+x*+"),
        (r"[]()*+]++(?:[^])]\])?+", r"[]()*+]++(?>(?:[^])]\])?)"),
        (rb"(?:\xe4)*+", rb"(?>(?:\xe4)*)"),
    ],
)
def test_such_groups_can_be_written_as_atomic_ones(written: str | bytes, meant: str | bytes) -> None:
    assert with_atomic_groups(written) == meant
    re.compile(meant)


@given(
    st.lists(st.sampled_from(["ff.", "u. ff.", "Maße", "MASSE", "x", "ist", "+/-"]), min_size=1),
    st.lists(st.sampled_from(["ff.", "u.", "Maße", "masse", "x", "y", "Ist", "+/-", " ", " ", "\n"])).map("".join),
    st.sampled_from([0, re.IGNORECASE]),
)
def test_phrases_find_what_their_pattern_finds(words: list[str], text: str, flags: int) -> None:
    own = phrases(words, flags=flags)
    compiled = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)", flags)
    for found, wanted in ((own.search(text), compiled.search(text)), (own.match(text), compiled.match(text))):
        assert (found and found.span()) == (wanted and wanted.span())
    assert own.sub("#", text) == compiled.sub("#", text)


def test_a_mistake_shows_at_the_first_use() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")
    with pytest.raises(AttributeError):
        _ = wrong.name  # type: ignore[attr-defined]


def test_it_can_be_copied_and_sent() -> None:
    for one in (pattern("a"), copy.copy(pattern("a")), pickle.loads(pickle.dumps(pattern("a")))):
        assert one.match("a")
        assert pickle.loads(pickle.dumps(one)).match("a")
        assert copy.deepcopy(one).match("a")


def test_no_module_compiles_while_it_is_imported_and_every_pattern_is_one() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in at_import(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
                pytest.fail(f"{path.name}:{node.lineno} compiles a pattern at import; pik_excel.patterns does so later")
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) == "pattern"
                and isinstance(node.args[0], ast.Constant)
            ):
                re.compile(node.args[0].value)


def at_import(node: ast.AST):
    """What runs when the module is imported."""
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield inner
            yield from at_import(inner)
