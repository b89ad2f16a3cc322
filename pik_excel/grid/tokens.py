"""Of which pieces is a formula made?"""

from __future__ import annotations

import re
from typing import NamedTuple

from pik_excel.grid.formula import BRACKETS

_WORD = r"(?:[^\W\d]|\\)[\w.?\\]*+"
_ENDS = r"(?![\w.(!\[\\?$])"
_SHEET = r"[\w.?\\]++"
_TOKEN = re.compile(
    rf"""
      (?P<text>"(?:[^"]|"")*+")
    | (?P<sheet>(?:'(?:[^']|'')++'(?::'(?:[^']|'')++')?+|(?:\[[^\[\]]++\])?+{_SHEET}(?::{_SHEET})?+|\[[^\[\]]++\])!
               |\#REF!(?=[$A-Za-z]))
    | (?P<error>\#(?:[A-Z][A-Z_]*+(?:/[A0]!?)?+[!?]?+))
    | (?P<area>\$?[A-Za-z]{{1,3}}\$?[1-9][0-9]{{0,6}}(?::\$?[A-Za-z]{{1,3}}\$?[1-9][0-9]{{0,6}})?{_ENDS}
              |\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}{_ENDS}|\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}}{_ENDS})
    | (?P<number>(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+)
    | (?P<logical>(?:TRUE|FALSE){_ENDS})
    | (?P<function>{_WORD}\()
    | (?P<name>{_WORD})
    | (?P<brackets>{BRACKETS})
    | (?P<space>\s++)
    | (?P<operator><=|>=|<>|[-+*/^&=<>%:@\#])
    | (?P<open>[({{])
    | (?P<close>[)}}])
    | (?P<separator>[,;|])
    | (?P<unknown>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One piece: text, sheet (with its "!"), error, area, number, logical, function (with its bracket), name,
    brackets (of a table), space, operator, open, close, separator, or unknown."""

    kind: str
    text: str


def tokens(formula: str) -> tuple[Token, ...]:
    """The pieces of a formula (without its "="); joined they are the formula again."""
    return tuple(Token(match.lastgroup or "unknown", match[0]) for match in _TOKEN.finditer(formula))
