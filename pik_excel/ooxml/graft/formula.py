"""What does a formula say after sheets, tables and names have got other names?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_PLAIN = r"[^\s'\"!()+\-*/^&=<>,;:{}\[\]#%@$]+"
_TOKEN = pattern(
    rf"""
      (?<=HYPERLINK\()\s*+"\#(?P<place>(?:[^"]|"")*)"                       # a link to a place in the workbook
    | "(?:[^"]|"")*"                                                        # text
    | '(?P<quoted>(?:[^']|'')*)'!                                           # sheet
    | (?P<plain>(?:\[\d+\])?{_PLAIN}(?::{_PLAIN})?)!                        # sheet, or the first and last of several
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                             # inside of a structured reference
    | \#[A-Z0-9/_]+[!?]?                                                    # error value
    | \$?[A-Z]{{1,3}}\$?[0-9]++(?![\w.(\\?]) | \$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}(?![\w.(\\?])   # cell, columns
    | (?P<word>(?:[^\W\d]|\\)[\w.\\?]*+)(?!\s*\()                           # table or name
    | [^\W\d][\w.\\?]*+ | \d[\w.]*+                                         # function, number
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Renaming:
    """Old names (without case) and new ones. `names` are tables and names of the whole workbook; `own` are, by sheet,
    the names that belong to a sheet and therefore mean something else there; `there` are the workbook's own sheets."""

    sheets: Mapping[str, str]
    names: Mapping[str, str]
    own: Mapping[str, AbstractSet[str]]
    there: AbstractSet[str]

    def formula(self, formula: str, home: str = "") -> str:
        """The formula, which stands on the sheet `home`, with the new names.

        ValueError where it names a sheet that there will not be: Excel calls such a file damaged.
        """
        if "!" not in formula and not self.names:
            return formula
        lost = [
            sheet
            for sheets in named_sheets(formula)
            for sheet in sheets
            if not self._known(sheet) and not self._known(":".join(sheets))  # a name with a colon, as Excel makes none
        ]
        if lost:
            raise ValueError(f"={formula} names the sheet {lost[0]}, which is neither grafted nor there")
        return self.link(formula, home)

    def link(self, formula: str, home: str = "") -> str:
        """The target of a link with the new names; it may lead nowhere."""
        qualified: tuple[int, str] | None = None

        def renamed(match: re.Match[str]) -> str:
            nonlocal qualified
            if match["place"] is not None:
                place = self.link(match["place"].replace('""', '"'), home).replace('"', '""')
                return match[0].partition("#")[0] + f'#{place}"'
            sheets = _sheets(match)
            if sheets is not None:
                qualified = match.end(), sheets[0]
                return self._qualifier(match[0], sheets)
            if match["word"] is None:
                return match[0]
            sheet = qualified[1] if qualified and qualified[0] == match.start() else None
            return self._word(match["word"], home, sheet)

        return _TOKEN.sub(renamed, formula)

    def _known(self, sheet: str) -> bool:
        return "[" in sheet or sheet.casefold() in self.sheets or sheet.casefold() in self.there

    def _qualifier(self, written: str, sheets: list[str]) -> str:
        new = [self.sheets.get(sheet.casefold(), sheet) for sheet in sheets]
        if all(one.casefold() == other.casefold() for one, other in zip(new, sheets, strict=True)):
            return written
        return f"{quoted(':'.join(new))}!"

    def _word(self, word: str, home: str, sheet: str | None) -> str:
        if sheet is not None and sheet.casefold() not in self.sheets:
            return word  # a name of a sheet that is there already
        if word.casefold() in self.own.get((sheet or home).casefold(), ()):
            return word
        return self.names.get(word.casefold(), word)


def quoted(sheet: str) -> str:
    """A sheet's name in apostrophes."""
    return "'" + sheet.replace("'", "''") + "'"


def named_sheets(formula: str) -> Iterator[list[str]]:
    """The sheets of this workbook that a formula names; two where it goes through several ("Jan:Dez!B4")."""
    for match in _TOKEN.finditer(formula):
        sheets = _sheets(match)
        if sheets is not None:
            yield sheets


def _sheets(match: re.Match[str]) -> list[str] | None:
    name = match["quoted"].replace("''", "'") if match["quoted"] is not None else match["plain"]
    if name is None:
        return None
    return [name] if "[" in name else name.split(":")  # a name with another workbook in it is none of ours
