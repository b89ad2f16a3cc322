"""Which rules are there? Every function marked `@rule` in a module of this package, found by import.

A rule is `def some_name(subject: Subject) -> Iterator[Found]`. Its docstring is its page: the first line is the German
name; then paragraphs that begin "Was:", "Warum:", "Quelle:", "Falsch:", "Richtig:", "Beheben:", "Schweigt:". The tables
after "Falsch:" and "Richtig:" are run by the tests: the rule must speak on the one and be silent on the other.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from inspect import getdoc

from pik_excel.checks.finding import Finding, Found, Severity
from pik_excel.checks.fingerprints import fingerprints
from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass
from pik_excel.schema import Schema


class Subject:
    """What the rules look at: the reading and the schema in force."""

    def __init__(self, reading: Reading, schema: Schema) -> None:
        self.reading = reading
        self.schema = schema


RuleFunction = Callable[[Subject], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue. `yields_to`: a finding is dropped where one of these codes speaks at the same cell, so
    that there is one finding per defect."""

    code: str
    name: str
    severity: Severity
    yields_to: tuple[str, ...]
    function: RuleFunction

    @cached_property
    def page(self) -> str:
        """The rule's page, German, as written in its docstring."""
        return getdoc(self.function) or ""

    @property
    def title(self) -> str:
        """The German name: the page's first line."""
        return self.page.partition("\n")[0]

    @property
    def names(self) -> frozenset[str]:
        """What it answers to, in lower case: its code, its family ("sum") and its name."""
        return frozenset((self.code.casefold(), self.code[:3].casefold(), self.name))


_RULES: dict[str, Rule] = {}


def rule(
    code: str, name: str, severity: Severity, yields_to: tuple[str, ...] = ()
) -> Callable[[RuleFunction], RuleFunction]:
    """Mark a function as the rule `code`; two rules of one code are a bug and raise ValueError."""

    def enter(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"two rules are called {code}")
        _RULES[code] = Rule(code, name, severity, yields_to, function)
        return function

    return enter


@cache
def catalogue() -> dict[str, Rule]:
    """All rules by code, in the order of their codes."""
    import pik_excel.checks as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_RULES.items()))


def rules_named(words: Iterable[str]) -> tuple[str, ...]:
    """The codes that these codes, families and names mean; raises BadConfiguration for one that means none."""
    codes: list[str] = []
    for word in words:
        named = [code for code, one in catalogue().items() if word.casefold() in one.names]
        if not named:
            raise BadConfiguration(
                "unknown-rule",
                _("Eine Regel „{code}“ gibt es nicht.").format(code=word),
                _("Alle Regeln zählt „pik-excel explain“ ohne CODE auf."),
            )
        codes += named
    return tuple(codes)


def examine(subject: Subject, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """All findings, one per defect, in the order of sheets and cells."""
    chosen = tuple(catalogue().values() if rules is None else rules)
    spoken = [(one, found) for one in chosen for found in one.function(subject)]
    codes_at: dict[object, set[str]] = {}
    for one, found in spoken:
        codes_at.setdefault(found.at, set()).add(one.code)
    kept = [(one, found) for one, found in spoken if not codes_at[found.at].intersection(one.yields_to)]
    order = {sheet.name: index for index, sheet in enumerate(subject.reading.workbook.sheets)}
    kept.sort(key=lambda pair: (order.get(pair[1].at.sheet, -1), pair[1].at.row, pair[1].at.column, pair[0].code))
    prints = fingerprints(subject.reading.workbook, ((one.code, found.at, found.identity) for one, found in kept))
    return tuple(_finding(one, found, known_by) for (one, found), known_by in zip(kept, prints, strict=True))


def _finding(one: Rule, found: Found, fingerprint: str) -> Finding:
    return Finding(
        code=one.code,
        name=one.name,
        severity=found.severity or one.severity,
        sheet=found.at.sheet,
        range=found.area or found.at.a1,
        related=found.related,
        stated=found.stated,
        expected=found.expected,
        message=found.message,
        hint=found.hint,
        fingerprint=fingerprint,
    )
