"""Which rules of projection are there? Each module of this package has one, as `RULE`, found by import.

A rule says what a measure needs in a year it is in force; the period (von, bis) is the same for all rules and is put
around it by `formula`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from pik_excel.projection.term import Term
from pik_excel.records import dataclass

_NO_RATES: Mapping[int, Term] = MappingProxyType({})


class Lacking(Exception):
    """A rule needs a field that the assumptions do not state; `field` is the schema's key."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Terms(NamedTuple):
    """What a rule may use for one year: `fields` of the assumption by schema key, the last stated amount with its
    year, where there is one, and the rates of increase by year, where they are not the same every year."""

    year: Term
    fields: Mapping[str, Term]
    last: Term | None = None
    last_year: Term | None = None
    rates: Mapping[int, Term] = _NO_RATES

    def stated(self, *keys: str) -> Term | None:
        """The first of these fields that holds something."""
        for key in keys:
            found = self.fields.get(key)
            if found is not None and not found.blank:
                return found
        return None

    def needed(self, *keys: str) -> Term:
        """The first of these fields that holds something; raises `Lacking` where none does."""
        found = self.stated(*keys)
        if found is None:
            raise Lacking(keys[0])
        return found


@dataclass(frozen=True)
class Rule:
    """A rule: its name in the schema and in the sheet "Annahmen", and the amount in a year. None: it gives none.
    `limited`: a rate of increase and a cap have an effect; `steady`: the amount is the same in every year."""

    name: str
    amount: Callable[[Terms], Term | None]
    limited: bool = True
    steady: bool = False


@cache
def rules() -> dict[str, Rule]:
    """All rules by name."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return {module.RULE.name: module.RULE for module in modules}


def rule_named(words: str, spellings: Mapping[str, Iterable[str]]) -> Rule | None:
    """The rule that is meant; `spellings` are the schema's words for each. Case, blanks and signs do not count."""
    wanted = _letters(words)
    for name, rule in rules().items():
        if wanted in {_letters(one) for one in (name, *spellings.get(name, ()))}:
            return rule
    return None


@lru_cache(maxsize=256)
def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
