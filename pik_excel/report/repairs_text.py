"""Which repairs were made or could be, cell by cell, for a terminal of 80 columns?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from pathlib import Path

from pik_excel.budget.money import round_half_up
from pik_excel.checks.catalogue import catalogue
from pik_excel.grid.workbook import ErrorValue, Value
from pik_excel.language import _, number, plural
from pik_excel.report.repaired import Outcome
from pik_excel.report.text import Paint, counts, plain, wrapped
from pik_excel.writeback.refresh import Change
from pik_excel.writeback.repairs.catalogue import NotSafe
from pik_excel.writeback.repairs.repairing import Made, Repaired, Says
from pik_excel.writeback.repairs.undoing import Undone

_DECIMALS = 9  # of a change; beyond them is what binary arithmetic leaves
_SHOWN = 40
_PLACES = 8
_AS_EXCEL_SHOWS = Context(prec=15)


def repairs_text(outcomes: Sequence[Outcome], paint: Paint = plain) -> str:
    """All workbooks, one after the other."""
    return "\n\n".join("\n".join(_workbook(one, paint)) for one in outcomes)


def undone_text(path: Path, target: Path, found: Undone) -> str:
    """What was taken back."""
    lines = [str(path)]
    for one in found.undone:
        lines += ["", f"  {one.at}  {one.code}", f"    - {_said(one.new, one.old)}", f"    + {_said(one.old, one.new)}"]
    lines += _followers(found.followers)
    return "\n".join([*lines, "", "  " + _("geschrieben: {file}").format(file=target)])


def _workbook(outcome: Outcome, paint: Paint) -> Iterator[str]:
    yield paint(str(outcome.path), "place")
    found = outcome.repaired
    if outcome.refused is not None or found is None:
        refused = outcome.refused
        yield from wrapped(_("nicht gelesen: {why}").format(why=refused.message if refused else ""), "  ")
        return
    count = len(found.made)
    if not count:
        yield "  " + _("keine sichere Reparatur")
    elif outcome.output is None:
        said = plural("{n} sichere Reparatur möglich", "{n} sichere Reparaturen möglich", count)
        yield "  " + said.format(n=number(count))
    else:
        yield "  " + plural("{n} Zelle repariert", "{n} Zellen repariert", count).format(n=number(count))
    for one in found.made:
        yield from _repair(one, paint)
    yield from _followers(found.followers)
    yield from _left(found)
    yield from _ending(outcome, paint)


def _repair(one: Made, paint: Paint) -> Iterator[str]:
    yield ""
    yield f"  {paint(str(one.at), 'place')}  {one.code}  {paint(_(catalogue()[one.code].title), 'quiet')}"
    old, new = _lines(one)
    yield paint(f"    - {old}", "removed")
    yield paint(f"    + {new}", "added")
    yield from wrapped(one.why, "      ")
    old_value, new_value = one.old.value, one.new.value
    if one.new.formula is not None and type(old_value) is type(new_value) is Decimal and old_value != new_value:
        said = _("Die Zahl ändert sich um {change}.").format(
            change=_signed(round_half_up(new_value - old_value, _DECIMALS))
        )
        yield from wrapped(said, "      ")


def _signed(change: Decimal) -> str:
    return ("+" if change > 0 else "−") + _shown_number(abs(change))


def _lines(one: Made) -> tuple[str, str]:
    """Both sides; where only the kind of the content changes, the kind is said."""
    return _said(one.old, one.new), _said(one.new, one.old)


def _said(says: Says, other: Says) -> str:
    if says.formula is not None:
        return f"={says.formula} → {_shown(says.value)}"
    if type(says.value) is not str:
        return _shown(says.value)
    return _("„{name}“").format(name=_with_unseen(says.value)) + ("" if type(other.value) is str else _(" (Text)"))


def _with_unseen(text: str) -> str:
    """The text with its invisible characters named: "OMID‹U+00A0›2"."""
    return "".join(
        character
        if character == " " or (character.isprintable() and character != "\u00ad")
        else f"‹U+{ord(character):04X}›"
        for character in text
    )


def _shown(value: Value) -> str:
    if value is None:
        return _("(kein Wert)")
    if isinstance(value, ErrorValue):
        return str(value)
    if isinstance(value, bool):
        return _("WAHR") if value else _("FALSCH")
    if isinstance(value, Decimal):
        return str(value) if 1900 <= value <= 2199 and value == value.to_integral_value() else _shown_number(value)
    return value


def _shown_number(value: Decimal) -> str:
    return number(_AS_EXCEL_SHOWS.plus(value))


def _followers(changes: Sequence[Change]) -> Iterator[str]:
    """Values that change because of the repairs, totals above all: none changes without being told."""
    if not changes:
        return
    yield ""
    said = plural("Dadurch ändert sich {n} Wert:", "Dadurch ändern sich {n} Werte:", len(changes))
    yield "  " + said.format(n=number(len(changes)))
    for change in changes[:_SHOWN]:
        new = _("(rechnet Excel beim Öffnen)") if change.new is None else _shown(change.new)
        line = _("{at}: {old} → {new}").format(at=change.at, old=_shown(change.old), new=new)
        yield from wrapped(line, "      ", "    ")
    if len(changes) > _SHOWN:
        yield "    " + _("… und {n} weitere").format(n=number(len(changes) - _SHOWN))


def _left(found: Repaired) -> Iterator[str]:
    if not found.left:
        return
    yield ""
    yield "  " + _("Nicht automatisch:")
    groups: dict[tuple[str, str], list[NotSafe]] = {}
    for one in found.left:
        groups.setdefault((one.code, one.why), []).append(one)
    for (code, why), alike in groups.items():
        more = len(alike) - _PLACES
        places = ", ".join(one.at for one in alike[:_PLACES])
        if more > 0:
            places += " " + plural("und {n} weitere Stelle", "und {n} weitere Stellen", more).format(n=number(more))
        yield from wrapped(f"{places}  {code}: {why}.", "      ", "    ")
        if alike[0].hint and len(alike) == 1:
            yield from wrapped(alike[0].hint, "        ", "      → ")


def _ending(outcome: Outcome, paint: Paint) -> Iterator[str]:
    found = outcome.repaired
    if outcome.output is None or found is None:
        return
    yield ""
    yield "  " + _("geschrieben: {file}").format(file=paint(str(outcome.output), "place"))
    yield from wrapped(outcome.changes, "  ")
    if outcome.record is not None and found.made:
        how = _("Zurücknehmen: pik-excel check {file} --undo {code}, oder statt des Codes eine Zelle; dazu: {record}")
        said = how.format(file=outcome.output, code=found.made[0].code, record=outcome.record)
        yield from wrapped(said, "    ", "  ")
    if outcome.remaining is not None:
        yield "  " + _("Danach noch: {counts}").format(counts=counts(outcome.remaining.findings))
