"""`check --annotate FILE`: a copy of the workbook with its findings in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.cli.target import Destination
from pik_excel.errors import BadConfiguration
from pik_excel.language import _, legible

if TYPE_CHECKING:
    from pik_excel.report.checked import Checked


def write_annotated(results: Sequence[Checked], file: Path, overwrite: bool, rules: int) -> None:
    """Write the copy and say where, on standard error: standard output is for the findings."""
    if len(results) > 1:
        raise BadConfiguration(
            "one-output", _("--annotate nennt eine Datei, gemeint sind {count} Mappen.").format(count=len(results))
        )
    for result in results:
        if result.refused is None:
            target = _annotated(result, Destination(file, overwrite=overwrite), rules)
            click.echo(_("geschrieben: {file}").format(file=target), err=True)


def _annotated(result: Checked, destination: Destination, rules: int) -> Path:
    from pik_excel.budget.tables import Budget
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget
    from pik_excel.layout.reading import Reading
    from pik_excel.ooxml.package import open_package
    from pik_excel.report.checked import TOOL
    from pik_excel.schema import load
    from pik_excel.writeback.protocol import About, annotated

    path = Path(result.path)
    package = open_package(path)
    workbook = read_workbook(package)
    # only what rows and columns of tables are called is wanted, so that a workbook without any is not searched again
    reading = read_budget(workbook, load(path.parent)) if result.tables else Reading(workbook, Budget())
    about = About(
        file=legible(result.path.name),
        sha256=package.sha256,
        day=today(),
        tool=f"{TOOL['name']} {TOOL['version']}",
        rules=rules,
        unread=result.unread,
    )
    return destination.written(annotated(package, reading, result.findings, about).data, path, "")


def today() -> date:
    """The day of the run; SOURCE_DATE_EPOCH (reproducible-builds.org) names another."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), UTC).date() if given.isdigit() else date.today()
