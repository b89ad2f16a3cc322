"""What does a workbook look like with its safe repairs made, and which values change by them?

All repairs are computed together before anything is written: a total that must keep its number keeps it, a formula
that cannot be computed with certainty is not written, and every value that follows is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pik_excel.budget.money import same_money
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.finding import Finding
from pik_excel.errors import NotWritten
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value, Workbook
from pik_excel.language import _, number
from pik_excel.ooxml.edits import CellEdit, Formula, Number, Stored, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.protection import is_protected
from pik_excel.ooxml.restyle import Restyling
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.graph import Dependents
from pik_excel.recalc.trust import same
from pik_excel.recalc.values import Recalculation, recalculate
from pik_excel.records import dataclass
from pik_excel.writeback.refresh import Change, stand
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repairs
from pik_excel.writeback.repairs.selection import Choice


@dataclass(frozen=True)
class Says:
    """What a cell says: its formula without "=" (None for typed content), its value, its style."""

    formula: str | None
    value: Value
    style: int = 0


@dataclass(frozen=True)
class Made:
    """One repair at one cell."""

    code: str
    at: Address
    old: Says
    new: Says
    why: str


@dataclass(frozen=True)
class Repaired:
    """The workbook with the repairs in it; `package` is the one given where there were none. `followers` are the other
    cells whose values change, `left` what a person must do."""

    package: Package
    made: tuple[Made, ...]
    followers: tuple[Change, ...]
    left: tuple[NotSafe, ...]


def repairable(findings: Iterable[Finding]) -> bool:
    """Whether there is a repair for any of these findings, safe or not."""
    known = repairs()
    return any(finding.code in known for finding in findings)


def repaired(package: Package, subject: Subject, findings: Sequence[Finding], only: Choice, leave: Choice) -> Repaired:
    """Make the safe repairs of these findings, as far as they are chosen."""
    styles = Restyling(package)
    wanted, left = _proposed(package, subject, findings, styles)
    wanted = [
        one for one in wanted if (only.empty or only.names(one.code, one.at)) and not leave.names(one.code, one.at)
    ]
    left = [one for one in left if only.empty or any(one.code.startswith(code) for code in only.codes)]
    workbook = subject.reading.workbook
    wanted, refused = _one_a_cell(wanted)
    left += refused
    wanted, refused = _unlocked(package, workbook, wanted, styles)
    left += refused
    while wanted:
        changed = {one.at: _entered(one, workbook) for one in wanted}
        computed = recalculate(workbook, changed)
        refused = list(_refuted(wanted, workbook, computed))
        if not refused:
            followers = tuple(following(workbook, changed, computed))
            edits = [_edit(one, computed) for one in wanted]
            edits += [CellEdit(*one.at, Stored(stand(one.new))) for one in followers]
            try:
                new = patched(package, edits, styles.splices())
            except NotWritten as error:
                refused = _harmful(package, wanted, edits, error)
            else:
                made = tuple(_made(one, workbook, computed) for one in wanted)
                return Repaired(new, made, followers, tuple(left))
        left += refused
        places = {(one.code, one.at) for one in refused}
        wanted = [one for one in wanted if (one.code, str(one.at)) not in places]
    return Repaired(package, (), (), tuple(left))


def following(workbook: Workbook, changed: Mapping[Address, Value | str], computed: Recalculation) -> Iterator[Change]:
    """Formulas that read what changes and had another value; one that cannot be computed loses the one it had."""
    readers = Dependents(Contents(workbook, changed)).downstream(changed).keys() - changed.keys()
    for at in sorted(Address(*one) for one in readers):
        cell = workbook.cell(at)
        if cell is None or cell.value is None:
            continue
        value = computed.values.get(at)
        if not same(cell.value, value):
            yield Change(at, cell.value, value)


def _proposed(
    package: Package, subject: Subject, findings: Sequence[Finding], styles: Restyling
) -> tuple[list[Proposal], list[NotSafe]]:
    proposals: list[Proposal] = []
    left: list[NotSafe] = []
    known = repairs()
    for finding in findings:
        if finding.code in known:
            for one in known[finding.code].function(Case(package, subject, finding, styles)):
                if isinstance(one, Proposal):
                    proposals.append(one)
                else:
                    left.append(one)
    return proposals, left


def _one_a_cell(proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[NotSafe]]:
    """Where two repairs want one cell, the one of lower rank; the other is told."""
    known = repairs()
    first: dict[Address, Proposal] = {}
    left = []
    for one in sorted(proposals, key=lambda one: known[one.code].rank):
        winner = first.setdefault(one.at, one)
        if winner is not one and winner.code != one.code:
            why = _("an dieser Zelle geht {code} vor; danach noch einmal prüfen").format(code=winner.code)
            left.append(NotSafe(one.code, str(one.at), why))
    return [one for one in proposals if first[one.at] is one], left


def _unlocked(
    package: Package, workbook: Workbook, proposals: Sequence[Proposal], styles: Restyling
) -> tuple[list[Proposal], list[NotSafe]]:
    """A locked cell of a protected sheet keeps what it says; a stored value is no content."""
    protected = {sheet for sheet in {one.at.sheet for one in proposals} if is_protected(package, sheet)}
    kept: list[Proposal] = []
    left = []
    for one in proposals:
        cell = workbook.cell(one.at)
        open_ = cell is not None and styles.unlocked(cell.style)
        if isinstance(one.content, Stored) or open_ or one.at.sheet not in protected:
            kept.append(one)
        else:
            why = _("die Zelle ist gesperrt und das Blatt geschützt")
            left.append(NotSafe(one.code, str(one.at), why, _("Bitte den Blattschutz aufheben.")))
    return kept, left


def _entered(one: Proposal, workbook: Workbook) -> Value | str:
    """What the cell holds then, as `recalculate` takes it."""
    content = one.content
    if isinstance(content, Formula):
        return f"={content.text}"
    if isinstance(content, Stored):
        cell = workbook.cell(one.at)
        return f"={cell.formula}" if cell else None
    return content.value


def _refuted(wanted: Iterable[Proposal], workbook: Workbook, computed: Recalculation) -> Iterator[NotSafe]:
    """Formulas that cannot be computed, and typed totals whose formula gives another number."""
    for one in wanted:
        if not isinstance(one.content, Formula | Stored):
            continue
        if one.at not in computed.values:
            reason = computed.not_evaluated.get(one.at, _("nicht berechnet"))
            why = _("die Formel lässt sich nicht sicher berechnen ({reason})").format(reason=reason)
            yield NotSafe(one.code, str(one.at), why)
            continue
        cell, value = workbook.cell(one.at), computed.values[one.at]
        typed = cell.value if cell is not None else None
        if one.same_value and not (type(value) is Decimal and type(typed) is Decimal and same_money(value, typed)):
            shown = number(value) if type(value) is Decimal else str(value)
            why = _("die Formel ergäbe {value}").format(value=shown)
            yield NotSafe(one.code, str(one.at), why)


def _harmful(
    package: Package, wanted: Sequence[Proposal], edits: Sequence[CellEdit], error: NotWritten
) -> list[NotSafe]:
    """Those that cannot be written without damage (a matrix formula, a header of an Excel table); raises the error
    again where it was none of them alone."""
    left = []
    for one, edit in zip(wanted, edits, strict=False):
        try:
            patched(package, [replace(edit, style=None)])
        except NotWritten as reason:
            left.append(NotSafe(one.code, str(one.at), reason.message.rstrip("."), reason.hint))
    if not left:
        raise error
    return left


def _edit(one: Proposal, computed: Recalculation) -> CellEdit:
    content: Number | Text | Formula | Stored = one.content
    if isinstance(content, Formula):
        content = replace(content, stored=stand(computed.values[one.at]))
    elif isinstance(content, Stored):
        content = Stored(stand(computed.values[one.at]))
    return CellEdit(*one.at, content, one.style)


def _made(one: Proposal, workbook: Workbook, computed: Recalculation) -> Made:
    cell = workbook.cell(one.at)
    assert cell is not None
    old = Says(cell.formula, cell.value, cell.style)
    style = cell.style if one.style is None else one.style
    content = one.content
    if isinstance(content, Formula):
        new = Says(content.text, computed.values[one.at], style)
    elif isinstance(content, Stored):
        new = Says(cell.formula, computed.values[one.at], style)
    else:
        new = Says(None, content.value, style)
    return Made(one.code, one.at, old, new, one.why)
