"""`pik-excel check`: what is wrong in these workbooks?"""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel import errors
from pik_excel.cli.changing import Changing, changing_options
from pik_excel.cli.output import colour_wanted, paint, write
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.workbooks import meant, workbooks_argument
from pik_excel.grid.records import no_search_for_cycles
from pik_excel.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pik_excel.checks.catalogue import Rule
    from pik_excel.ooxml.package import Package
    from pik_excel.report.checked import Checked

FORMS = ("text", "json", "html", "csv", "sarif", "junit", "gitlab", "github")
WEIGHTS = {"notice": 1, "warning": 2, "error": 3, "never": 4}


@click.command(
    "check",
    cls=Command,
    short_help=later("Prüft Arbeitsmappen und nennt jeden Befund mit seiner Zelle."),
    help=later(
        "Prüft Arbeitsmappen. Ohne ARBEITSMAPPE: die in pik-excel.toml genannten, sonst workbooks/*.xlsx, sonst *.xlsx."
        " Ende mit 0: nichts ab --fail-on; 1: Befunde; 2: Aufruf; 3: eine Mappe nicht lesbar; 4: nur teilweise gelesen."
    ),
)
@workbooks_argument
@option("--format", "form", type=click.Choice(FORMS), default="text", help=later("Form der Ausgabe."))
@option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=later("Ausgabe in diese Datei."))
@option("--select", multiple=True, metavar="CODES", help=later("Nur diese Regeln: Codes, Familien oder Namen."))
@option("--ignore", multiple=True, metavar="CODES", help=later("Diese Regeln nicht: Codes, Familien oder Namen."))
@option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help=later("Bekannte Befunde aus dieser Datei nicht mehr melden."),
)
@option("--update-baseline", is_flag=True, help=later("Die heutigen Befunde als bekannt in die Datei schreiben."))
@option("--fail-on", type=click.Choice(list(WEIGHTS)), default="error", help=later("Ab welcher Schwere mit 1 enden."))
@option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help=later("Mit so vielen Prozessen, Zeit und Speicher begrenzt."),
)
@option("--no-values", is_flag=True, help=later("Ohne Inhalte der Zellen: keine Namen und Beträge in der Ausgabe."))
@option("-v", "--verbose", is_flag=True, help=later("Auch sagen, welche Tabellen erkannt wurden."))
@changing_options
def command(
    workbooks: tuple[str, ...],
    form: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    update_baseline: bool,
    fail_on: str,
    jobs: int | None,
    no_values: bool,
    verbose: bool,
    changing: Changing,
) -> None:
    """Check each workbook; one that is refused does not end the batch."""
    from pik_excel.cli.several import checked_each

    rules = _chosen(select, ignore)
    if no_values and (changing.repairing or changing.annotate):
        raise errors.BadConfiguration(
            "no-values-written",
            _("--no-values gilt nur für die Liste der Befunde, nicht für Reparaturen und kommentierte Mappen."),
            _("Bitte --no-values oder die andere Option weglassen."),
        )
    if changing.undo:
        from pik_excel.cli.repairing import undo

        for path in meant(workbooks):
            click.echo(undo(path, changing, output))
        return
    results = checked_each(meant(workbooks), partial(_check, rules=rules, form=form), jobs)
    if baseline or update_baseline:
        results = _against(results, baseline, update_baseline, {rule.code for rule in rules})
    if changing.repairing:
        sys.exit(_repair(results, changing, output, form, rules, WEIGHTS[fail_on]))
    if no_values:
        from pik_excel.report.without_values import without_values

        results = [without_values(result) for result in results]
    write(_shown(results, form, verbose, coloured=output is None and colour_wanted()), output)
    if changing.annotate:
        from pik_excel.cli.annotation import write_annotated

        write_annotated(results, changing.annotate, changing.overwrite, len(rules))
    sys.exit(exit_code(results, WEIGHTS[fail_on]))


def exit_code(results: Sequence[Checked], fail_on: int) -> int:
    """A refused workbook counts more than a finding, a finding more than an incomplete reading."""
    if any(result.refused for result in results):
        return errors.UNREADABLE
    if any(result.worst() >= fail_on for result in results):
        return errors.FINDINGS
    return errors.INCOMPLETE if any(result.unread for result in results) else 0


def _repair(
    results: list[Checked], changing: Changing, output: Path | None, form: str, rules: Sequence[Rule], fail_on: int
) -> int:
    from pik_excel.cli.repairing import repaired, shown
    from pik_excel.report.text import plain

    found = repaired(results, changing, output, lambda path, package: _check(path, rules, "text", package))
    listed = None if changing.fix else output  # with --fix, -o names the workbook
    write(shown(found.outcomes, form, paint if listed is None and colour_wanted() else plain), listed)
    return found.failed or exit_code(found.remaining, fail_on)


@no_search_for_cycles()
def _check(path: Path, rules: Sequence[Rule], form: str, package: Package | None = None) -> Checked:
    from pik_excel.checks.catalogue import Subject, examine
    from pik_excel.checks.suppression import sorted_out
    from pik_excel.grid.own import without_own_sheets
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget
    from pik_excel.report.checked import Checked, checked
    from pik_excel.schema import load

    try:
        schema = load(path.parent)
        reading = read_budget(without_own_sheets(read_workbook(package or path)), schema)
    except errors.Refused as refusal:
        return Checked(path, None, refused=refusal)
    found = examine(Subject(reading, schema), rules)
    aside = sorted_out(found, reading.workbook, schema.ignored, rules, date.today())
    ran = tuple(rule.code for rule in rules)
    return checked(reading, aside.findings, aside.suppressed, aside.remarks, ran, with_views=form == "html")


def _against(results: list[Checked], path: Path | None, update: bool, ran: set[str]) -> list[Checked]:
    from pik_excel.report.baseline import Baseline, as_text, baseline_of, updated, without_known

    if path is None:
        raise errors.BadConfiguration(
            "no-baseline-named",
            _("--update-baseline braucht --baseline DATEI."),
            _("Zum Beispiel: --baseline bekannt.json --update-baseline"),
        )
    baseline = Baseline(path, {}) if update and not path.exists() else baseline_of(path)
    if update:
        baseline = updated(baseline, results, ran)
        write(as_text(baseline), path)
    return [without_known(result, baseline) for result in results]


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Rule]:
    from pik_excel.checks.catalogue import catalogue, rules_named

    wanted, unwanted = set(rules_named(_words(select))), set(rules_named(_words(ignore)))
    return [rule for code, rule in catalogue().items() if (not select or code in wanted) and code not in unwanted]


def _words(options: tuple[str, ...]) -> list[str]:
    return [word.strip() for option in options for word in option.split(",") if word.strip()]


def _shown(results: Sequence[Checked], form: str, verbose: bool, coloured: bool) -> str:
    if form != "text":
        from pik_excel.report.forms import form_of

        return form_of(form)(results)
    from pik_excel.report.text import findings_text, plain

    return findings_text(results, paint if coloured else plain, verbose)
