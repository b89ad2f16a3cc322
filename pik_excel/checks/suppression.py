"""Which findings has somebody set aside, and for what reason?

By an entry `[[ignore]]` in `pik-excel.toml`, or by a comment at the cell: "pik: ignoriere SUM02, weil die Ist-Werte aus
SAP kommen" (or "pik: ignore SUM02, because …"). Without a reason nothing is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase

from pik_excel.checks.catalogue import Rule, rules_named
from pik_excel.checks.finding import Finding
from pik_excel.errors import BadConfiguration
from pik_excel.grid.reference import Address, Area, area_of
from pik_excel.grid.workbook import Workbook
from pik_excel.language import _, day
from pik_excel.patterns import pattern
from pik_excel.records import dataclass
from pik_excel.schema import Ignored

_ASKED = pattern(r"\bpik:\s*(?:ignoriere[n]?|ignore)\b(?P<rest>[^\n]*)", re.IGNORECASE)
_RULES = pattern(r"[\s,;]*(?:(?:und|and|u\.|&|\+)\s+)?(?P<rule>[A-Z]{3}\d\d|[A-Z]{3}(?![\w-])|[a-z]+(?:-[a-z]+)+)")
_BECAUSE = pattern(r"[\s,;:.–—-]*(?:(?:weil|da|denn|because|since|as)\b)?[\s,;:–—-]*", re.IGNORECASE)


@dataclass(frozen=True)
class Suppressed:
    """A finding that was set aside; `source` is where that stands: "Südhang!D11", "pik-excel.toml:3"."""

    finding: Finding
    reason: str
    source: str
    in_workbook: bool


@dataclass(frozen=True)
class Sorted:
    """The findings that stand and those set aside; `remarks` are exceptions that do nothing, in whole sentences."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Exception:
    """An exception as either source states it."""

    codes: frozenset[str]
    reason: str
    source: str
    covers: Callable[[Finding], bool]
    in_workbook: bool
    once: bool  # it is about this workbook alone: where it covers nothing, somebody should take it out


def sorted_out(
    findings: Iterable[Finding], workbook: Workbook, ignored: Sequence[Ignored], rules: Sequence[Rule], today: date
) -> Sorted:
    """What stands and what is set aside. `rules` are those that ran: an exception for another is not called idle.

    Raises BadConfiguration where `pik-excel.toml` names a rule that does not exist.
    """
    remarks: list[str] = []
    exceptions = [*_configured(ignored, workbook, today, remarks), *_commented(workbook, remarks)]
    standing: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[int] = set()
    for finding in findings:
        for index, one in enumerate(exceptions):
            if finding.code in one.codes and one.covers(finding):
                used.add(index)
                suppressed.append(Suppressed(finding, one.reason, one.source, one.in_workbook))
                break
        else:
            standing.append(finding)
    ran = {rule.code for rule in rules}
    for index, one in enumerate(exceptions):
        if one.once and index not in used and one.codes <= ran:
            what = _("{source}: Die Ausnahme für {codes} greift nicht mehr und kann weg.")
            remarks.append(what.format(source=one.source, codes=", ".join(sorted(one.codes))))
    return Sorted(tuple(standing), tuple(suppressed), tuple(remarks))


def _configured(
    ignored: Iterable[Ignored], workbook: Workbook, today: date, remarks: list[str]
) -> Iterator[_Exception]:
    for one in ignored:
        source = f"{one.origin.path.name}:{one.origin.line}"
        codes = _known(one, source)
        if one.workbook is not None and not _fits(workbook.path.name, one.workbook):
            continue
        if one.until is not None and one.until < today:
            remarks.append(_("{source}: Die Ausnahme galt bis {day}.").format(source=source, day=day(one.until)))
            continue
        area = None if one.range is None else area_of(one.range)
        if one.range is not None and area is None:
            raise BadConfiguration(
                "bad-configuration",
                _("{source}: „{range}“ ist kein Bereich.").format(source=source, range=one.range),
                _('Erlaubt: range = "D10" oder "D10:F10".'),
            )
        yield _Exception(codes, one.reason, source, _by_place(one.sheet, area), in_workbook=False, once=False)


def _known(one: Ignored, source: str) -> frozenset[str]:
    try:
        return frozenset(rules_named(one.rules))
    except BadConfiguration as error:
        raise BadConfiguration(error.code, f"{source}: {error.message}", error.hint) from None


def _commented(workbook: Workbook, remarks: list[str]) -> Iterator[_Exception]:
    for sheet in workbook.sheets:
        for (row, column), text in sheet.comments.items():
            for asked in _ASKED.finditer(text):
                at = Address(sheet.name, row, column)
                codes, reason = _read(asked["rest"])
                if codes and reason:
                    yield _Exception(codes, reason, str(at), _at(at), in_workbook=True, once=True)
                else:
                    remarks.append(_without_effect(at, asked[0].strip(), bool(codes)))


def _read(text: str) -> tuple[frozenset[str], str]:
    """The rules that the words after "ignoriere" name, and the reason they give."""
    codes, position = set[str](), 0
    while found := _RULES.match(text, position):
        try:
            codes.update(rules_named([found["rule"]]))
        except BadConfiguration:
            break
        position = found.end()
    because = _BECAUSE.match(text, position)
    return frozenset(codes), text[because.end() if because else position :].strip()


def _without_effect(at: Address, asked: str, names_a_rule: bool) -> str:
    missing = _("die Begründung fehlt") if names_a_rule else _("eine solche Regel gibt es nicht")
    return _("{at}: „{text}“ wirkt nicht, {missing}. Richtig: „pik: ignoriere SUM02, weil …“.").format(
        at=at, text=asked, missing=missing
    )


def _by_place(sheet: str | None, area: Area | None) -> Callable[[Finding], bool]:
    def covers(finding: Finding) -> bool:
        return (sheet is None or _fits(finding.sheet, sheet)) and (area is None or _meets(finding, area))

    return covers


def _at(at: Address) -> Callable[[Finding], bool]:
    area = Area(at.row, at.column, at.row, at.column)
    return lambda finding: finding.sheet == at.sheet and _meets(finding, area)


def _meets(finding: Finding, area: Area) -> bool:
    own = area_of(finding.range)
    return own is not None and (
        own.top <= area.bottom and own.bottom >= area.top and own.left <= area.right and own.right >= area.left
    )


def _fits(name: str, pattern: str) -> bool:
    return fnmatchcase(name.casefold(), pattern.casefold())
