"""`check --diff`, `--fix` and `--undo`: which repairs are safe, and what does the workbook say after them?"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any  # a JSON document has no narrower type

from pik_excel.cli.changing import Changing
from pik_excel.cli.output import tell
from pik_excel.cli.target import Destination
from pik_excel.errors import BadConfiguration, NotWritten, PikError
from pik_excel.language import _
from pik_excel.records import dataclass

if TYPE_CHECKING:
    from pik_excel.ooxml.package import Package
    from pik_excel.report.checked import Checked
    from pik_excel.report.repaired import Outcome
    from pik_excel.report.text import Paint
    from pik_excel.writeback.repairs.repairing import Made, Says
    from pik_excel.writeback.repairs.selection import Choice

Check = Callable[[Path, "Package | None"], "Checked"]
RECORD = ".reparaturen.json"


@dataclass(frozen=True)
class Repairs:
    """The outcomes, what is left to find in each workbook, and the gravest exit code of those that failed."""

    outcomes: list[Outcome]
    remaining: list[Checked]
    failed: int


def repaired(results: Sequence[Checked], changing: Changing, output: Path | None, check: Check) -> Repairs:
    """Find the repairs of each workbook, and make them where `--fix` says so; `check` looks at the result again."""
    if changing.making and output is not None and len(results) > 1:
        raise BadConfiguration(
            "one-output", _("--output nennt eine Datei, gemeint sind {count} Mappen.").format(count=len(results))
        )
    from pik_excel.writeback.repairs.selection import choice

    destination = Destination(output, changing.in_place, changing.overwrite)
    chosen = choice(changing.only), choice(changing.leave)
    outcomes, worst = [], 0
    for result in results:
        try:
            outcomes.append(_repaired(result, changing.making, chosen, destination, check))
        except PikError as error:
            tell(error)
            worst = max(worst, error.exit_code)
    after: dict[PurePath, Checked] = {one.path: one.remaining for one in outcomes if one.remaining is not None}
    return Repairs(outcomes, [after.get(result.path, result) for result in results], worst)


def shown(outcomes: Sequence[Outcome], form: str, paint: Paint) -> str:
    """As text or as JSON."""
    from pik_excel.report.repaired import repairs_json
    from pik_excel.report.repairs_text import repairs_text

    if form not in ("text", "json"):
        raise BadConfiguration(
            "no-such-form",
            _("Reparaturen gibt es nicht als {form}.").format(form=form),
            _("Bitte --format text oder --format json angeben."),
        )
    return repairs_json(outcomes) if form == "json" else repairs_text(outcomes, paint)


def _repaired(
    result: Checked, fix: bool, chosen: tuple[Choice, Choice], destination: Destination, check: Check
) -> Outcome:
    from pik_excel.checks.catalogue import Subject
    from pik_excel.grid.own import without_own_sheets
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget
    from pik_excel.ooxml.package import open_package
    from pik_excel.ooxml.summary import summary
    from pik_excel.report.repaired import Outcome
    from pik_excel.schema import load
    from pik_excel.writeback.repairs.repairing import Repaired, repairable
    from pik_excel.writeback.repairs.repairing import repaired as put_right

    path = Path(result.path)
    if result.refused is not None:
        return Outcome(path, refused=result.refused)
    package = open_package(path)
    if not repairable(result.findings):
        return Outcome(path, Repaired(package, made=(), followers=(), left=()))
    schema = load(path.parent)
    subject = Subject(read_budget(without_own_sheets(read_workbook(package)), schema), schema)
    found = put_right(package, subject, result.findings, *chosen)
    if not fix or not found.made:
        return Outcome(path, found)
    remaining = check(path, found.package)
    target = destination.written(found.package.data, path, "-berichtigt")
    outcome = Outcome(path, found, target, _record_of(target), summary(package, found.package), remaining)
    _remember(outcome)
    return outcome


def _record_of(workbook: Path) -> Path:
    return workbook.with_name(workbook.name + RECORD)


def _remember(outcome: Outcome) -> None:
    """Write the record beside the workbook; repairs of an earlier run in the same place stay in it."""
    from pik_excel.report.repaired import repairs_json

    assert outcome.record is not None
    document = json.loads(repairs_json([outcome]))
    if outcome.output == outcome.path and outcome.record.is_file():
        own = document["workbooks"][0]["repairs"]
        places = {(one["sheet"], one["cell"]) for one in own}
        earlier = [one for one in _recorded(outcome.record) if (one["sheet"], one["cell"]) not in places]
        document["workbooks"][0]["repairs"] = [*earlier, *own]
    _save(document, outcome.record)


def _save(document: dict[str, Any], record: Path) -> None:
    from pik_excel.ooxml.save import save

    save((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode(), record)


def undo(path: Path, changing: Changing, output: Path | None) -> str:
    """Take repairs back and say what was done."""
    from pik_excel.grid.read import read_workbook
    from pik_excel.ooxml.package import open_package
    from pik_excel.report.repairs_text import undone_text
    from pik_excel.writeback.repairs.selection import choice
    from pik_excel.writeback.repairs.undoing import undone

    record = _record_of(path)
    wanted = choice(changing.undo)
    if not record.is_file():
        raise NotWritten(
            "no-record",
            _("Neben {file} liegt kein Protokoll der Reparaturen ({record}).").format(file=path, record=record.name),
            _("Bitte die Mappe nennen, die --fix geschrieben hat."),
        )
    document = _document(record)
    rows = [one for workbook in document["workbooks"] for one in workbook["repairs"]]
    repairs = {id(row): one for row in rows if wanted.names((one := _made(row)).code, one.at)}
    if not repairs:
        raise BadConfiguration(
            "no-such-repair",
            _("In {record} steht keine solche Reparatur.").format(record=record.name),
            _("Bitte eine Zelle oder einen Code daraus nennen."),
        )
    package = open_package(path)
    found = undone(package, read_workbook(package), list(repairs.values()))
    destination = Destination(output, changing.in_place, changing.overwrite)
    target = destination.written(found.package.data, path, "-zurueckgenommen")
    for workbook in document["workbooks"]:
        workbook["repairs"] = [row for row in workbook["repairs"] if id(row) not in repairs]
    _save(document, _record_of(target))
    return undone_text(path, target, found)


def _recorded(record: Path) -> list[dict[str, Any]]:
    return [one for workbook in _document(record)["workbooks"] for one in workbook["repairs"]]


def _document(record: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        for workbook in document["workbooks"]:
            for row in workbook["repairs"]:
                _made(row)
    except (ValueError, ArithmeticError, LookupError, TypeError) as error:
        raise NotWritten(
            "record-unreadable",
            _("{file} ist kein Protokoll von Reparaturen.").format(file=record),
            _("Bitte die Datei nehmen, die --fix geschrieben hat."),
        ) from error
    return document


def _made(one: dict[str, Any]) -> Made:
    from pik_excel.grid.reference import Address, area_of
    from pik_excel.writeback.repairs.repairing import Made

    area = area_of(one["cell"])
    if area is None:
        raise ValueError(one["cell"])
    at = Address(one["sheet"], area.top, area.left)
    return Made(one["code"], at, _says(one["old"]), _says(one["new"]), one["reason"])


def _says(side: dict[str, Any]) -> Says:
    from decimal import Decimal

    from pik_excel.grid.workbook import ErrorValue
    from pik_excel.writeback.repairs.repairing import Says

    value = side["value"]
    if side["type"] in ("number", "error"):
        value = Decimal(value) if side["type"] == "number" else ErrorValue(value)
    return Says(side["formula"], value, side["style"])
