"""What does the label of a row say: a name with its number and footnote marks, a total, a product key, a note?"""

from __future__ import annotations

import re
from typing import NamedTuple

from pik_excel.budget.marks import split_marks
from pik_excel.budget.tables import ProductKey
from pik_excel.grid.reference import Address
from pik_excel.layout.vocabulary import Vocabulary, fold
from pik_excel.patterns import pattern

_NUMBERED = pattern(
    r"\s*(?:\(?(?P<number>\d{1,3})[.)]\)?|(?:\d{1,2}\.)+\d{1,3}\.?|\(?[a-zA-Z]\)|[IVX]{1,5}\.)\s+(?=\S)"
)
_OPENS_A_NUMBER = frozenset("0123456789(-–—•·▪■►IVX=")
_CLOSES_A_MARK = frozenset("*)¹²³⁴⁵⁶⁷⁸⁹")
_BULLET = pattern(r"\s*(?:[-–—•·▪■►]\s+|=\s*)(?=\S)")
_KEY = pattern(
    r"""\s*(?P<product>\d\d(?:\.\d\d){1,4})(?:\s*-\s*(?P<office>\d{3}))?\s+(?P<product_name>[^/]*[^/\s\d][^/]*?)
    \s*/\s*(?P<group>\d{2,8})\s+(?P<name>\S.*?)\s*\Z""",
    re.VERBOSE | re.DOTALL,
)
_PRODUCT = pattern(
    r"\s*(?P<product>\d\d(?:\.\d\d){1,4})(?:\s*-\s*(?P<office>\d{3}))?(?:\s+(?P<name>\D.*?))?\s*\Z", re.DOTALL
)
_BRACKETS_BEHIND = pattern(r"\s*\([^()]*\)\s*\Z")
_FIRST_WORD = pattern(r"[^\W_]+|[Σ∑]")
# "= Ordentliche Erträge", and no formula that stands as text: "=cmd|…", "=HYPERLINK(", "=1+1", "=B4"
_SAYS_EQUALS = pattern(r"=\s*(?![^\W_][\w.+\-]*[(|])(?!\$?[a-z]{1,3}\$?\d+(?!\w))[^\W\d_]")
_TOTAL_REST = pattern(r"[\s:.,()*–-]|\b(?:in|eur|teur|€|t€|der|aller|für|und|bis|jahre?n?|(?:19|20)\d\d|ff)\b|\d{4}")
_YEARS = pattern(r"\b((?:19|20)\d\d)\b(?:\s*(?P<to>bis|–|-)\s*(?=(?:19|20)\d\d\b))?(?:\s*/\s*(?P<short>\d\d)\b(?!\d))?")


class Label(NamedTuple):
    """A row's label: `name` without number and marks."""

    name: str
    number: int | None = None
    marks: tuple[str, ...] = ()


def label_of(text: str) -> Label:
    """The name in a cell, its number ("3. OMID*" -> 3) and its footnote marks."""
    bare = " ".join(text.split())
    if not bare:
        return Label("")
    number: int | None = None
    marks: tuple[str, ...] = ()
    if bare[0] in _OPENS_A_NUMBER or bare[1:2] == ")":
        bare, number = _without_number(bare)
    if bare[-1:] in _CLOSES_A_MARK:
        bare, marks = split_marks(bare)
    return Label(bare.strip(), number, marks)


def total_strength(text: str, words: Vocabulary) -> int:
    """2 for a label that is a total wherever it stands, 1 for one that is a total if the row adds up or ends the table
    ("Finanzbedarf Kita"), 0 for any other."""
    folded = fold(text).strip(" :*")
    first = _FIRST_WORD.search(folded)
    if first is None:
        return 0
    if folded[0] == "=" and _SAYS_EQUALS.match(folded) is not None:
        return 2
    last = folded.rpartition(" ")[2].strip("():.,*")
    if first[0] in words.total or first[0] in words.subtotal:
        return 2
    if last in words.total and "/" not in folded:
        return 2
    if first[0] in words.balance:
        return 2 if not _TOTAL_REST.sub("", folded[first.end() :]) else 1
    return 1 if _before_brackets(folded) in words.balance else 0


def _before_brackets(folded: str) -> str:
    """The last word but for what stands in brackets behind it: "ordentliches ergebnis (3 - 6)"."""
    return _BRACKETS_BEHIND.sub("", folded).rpartition(" ")[2]


def is_subtotal(text: str, words: Vocabulary) -> bool:
    """Whether the label says that more follows: "Zwischensumme"."""
    first = _FIRST_WORD.search(fold(text))
    return first is not None and first[0] in words.subtotal


def role_of(text: str, words: Vocabulary) -> str:
    """What a row with amounts is by its label alone: "measure", "memo", "total" or "perhaps total"."""
    folded = fold(text)
    first = _FIRST_WORD.search(folded)
    if first is None:
        return "measure"
    if first[0] in words.memo_first and is_memo(text, words):
        return "memo"
    last = folded.rpartition(" ")[2].strip("():.,*")
    if first[0] not in words.total_first and last not in words.total_first and folded[0] != "=" and folded[-1] != ")":
        return "measure"
    return ("measure", "perhaps total", "total")[total_strength(text, words)]


def is_memo(text: str, words: Vocabulary) -> bool:
    """Whether no total may add the row: "davon", "nachrichtlich", VE."""
    match = words.memo.search(fold(text).lstrip(" -–•("))
    return match is not None and match.start() == 0


def product_key(text: str, at: Address) -> ProductKey | None:
    """The key in a group row: product, Teilhaushalt and account group; None where there is none."""
    flat = " ".join(text.split())
    if not flat[:2].isdigit():
        return None
    if found := _KEY.match(flat):
        return ProductKey(
            at, found["product"], found["office"], found["product_name"].strip(), found["group"], found["name"]
        )
    if found := _PRODUCT.match(flat):
        return ProductKey(at, found["product"], found["office"], found["name"], None, None)
    return None


def years_in(text: str) -> tuple[int, ...]:
    """The years a note names: "für die Jahre 2022 und 2023", "2022 bis 2025", "2022/23"."""
    found: list[int] = []
    open_from: int | None = None
    for match in _YEARS.finditer(text):
        year = int(match[1])
        found += range(open_from + 1, year) if open_from is not None and open_from < year <= open_from + 30 else ()
        found.append(year)
        if match["short"] and int(match["short"]) == (year + 1) % 100:
            found.append(year + 1)
        open_from = year if match["to"] else None
    return tuple(dict.fromkeys(found))


def _without_number(text: str) -> tuple[str, int | None]:
    if numbered := _NUMBERED.match(text):
        return text[numbered.end() :], int(numbered["number"]) if numbered["number"] else None
    bullet = _BULLET.match(text)
    return (text[bullet.end() :] if bullet else text), None
