"""`pik-excel check`: what is wrong in these workbooks?"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from pik_excel import errors
from pik_excel.cli.changing import Changing, changing_options
from pik_excel.cli.output import colour_wanted, form_meant, paint, write
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.spreading import Spreading, spreading_options
from pik_excel.cli.target import refuse_workbook
from pik_excel.cli.workbooks import meant, places, workbooks_argument
from pik_excel.grid.records import no_search_for_cycles
from pik_excel.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pik_excel.checks.catalogue import Rule
    from pik_excel.ooxml.package import Package
    from pik_excel.report.checked import Checked
    from pik_excel.report.told import Extent

FORMS = ("text", "json", "html", "csv", "sarif", "junit", "gitlab", "github")
WEIGHTS = {"notice": 1, "warning": 2, "error": 3, "never": 4}


@click.command(
    "check",
    cls=Command,
    short_help=later("Prüft Arbeitsmappen und nennt jeden Befund mit seiner Zelle."),
    help=later(
        "Prüft Arbeitsmappen. Ohne ARBEITSMAPPE: die in pik-excel.toml genannten, sonst workbooks/*.xlsx, sonst *.xlsx."
        " Ende mit 0: nichts ab --fail-on; 1: Befunde; 2: Aufruf; 3: eine Mappe nicht lesbar; 4: nur teilweise gelesen;"
        " 5: nicht geschrieben."
    ),
)
@workbooks_argument
@option("--format", "form", type=click.Choice(FORMS), help=later("Form der Ausgabe; sonst nach der Endung von -o."))
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
    "--parquet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=later("DATEI"),
    help=later("Die Befunde auch als Parquet, eine Zeile je Befund."),
)
@option("--no-values", is_flag=True, help=later("Ohne Inhalte der Zellen: keine Namen und Beträge in der Ausgabe."))
@option("-v", "--verbose", is_flag=True, help=later("Auch sagen, welche Tabellen erkannt wurden; alle Befunde zeigen."))
@spreading_options
@changing_options
def command(
    workbooks: tuple[str, ...],
    form: str | None,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    update_baseline: bool,
    fail_on: str,
    parquet: Path | None,
    no_values: bool,
    verbose: bool,
    spreading: Spreading,
    changing: Changing,
) -> None:
    """Check each workbook; one that is refused does not end the batch."""
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
    listed = None if changing.making else output  # with --fix, -o names the workbook
    form = form_meant(form, listed, FORMS)
    refuse_workbook(listed, parquet, baseline if update_baseline else None)
    only_files = changing.repairing or changing.annotate or baseline
    rows = _rows(form, verbose, filtered=baseline is not None, unseen=changing.repairing or no_values)
    results = _checked(meant(workbooks) if only_files else places(workbooks), rules, form, rows, spreading)
    if baseline or update_baseline:
        results = _against(results, baseline, update_baseline, {rule.code for rule in rules})
    if changing.repairing:
        sys.exit(_repair(results, changing, output, form, rules, WEIGHTS[fail_on]))
    if no_values:
        from pik_excel.cli.seen import Seen
        from pik_excel.report.without_values import without_values

        results = Seen(lambda _index, result: without_values(result), results)
    if parquet:
        from pik_excel.report.parquet import write_findings

        write_findings(results, parquet)
    write(_shown(results, form, verbose, coloured=output is None and colour_wanted()), output, form)
    if changing.annotate:
        from pik_excel.cli.annotation import write_annotated

        write_annotated(results, changing.annotate, changing.overwrite, len(rules))
    sys.exit(exit_code(results, WEIGHTS[fail_on]))


def exit_code(results: Sequence[Checked], fail_on: int) -> int:
    """A refused workbook counts more than a finding, a finding more than an incomplete reading."""
    refused, worst, unread = False, 0, False
    for result in results:
        refused = refused or result.refused is not None
        worst = max(worst, result.worst())
        unread = unread or bool(result.unread)
    if refused:
        return errors.UNREADABLE
    if worst >= fail_on:
        return errors.FINDINGS
    return errors.INCOMPLETE if unread else 0


def _rows(form: str, verbose: bool, filtered: bool, unseen: bool) -> Extent:
    """Of which findings the rows will be shown; those that come first may be known ones, which are filtered out."""
    if form != "text" or unseen:
        return "none"
    return "all" if verbose or filtered else "first"


def _checked(
    named: Sequence[PurePath], rules: Sequence[Rule], form: str, rows: Extent, spreading: Spreading
) -> Sequence[Checked]:
    from pik_excel.cli.batch import outcomes
    from pik_excel.cli.seen import Seen
    from pik_excel.cli.work import Work
    from pik_excel.report.checked import Checked

    codes = tuple(rule.code for rule in rules)
    with_views = form == "html"
    ask_for_department = len(named) > 1 and len({place.parent for place in named}) == 1  # else the folder says it
    settings = ("check", *codes, f"views: {with_views}", f"department: {ask_for_department}", f"rows: {rows}")
    function = partial(_check, codes=codes, with_views=with_views, ask_for_department=ask_for_department, rows=rows)
    found = outcomes(named, Work(function, settings), spreading)
    if len(named) == 1 and isinstance(found[0], errors.BadConfiguration):
        raise found[0]

    def refused(index: int, result: Checked | errors.PikError) -> Checked:
        return Checked(named[index], None, refused=result) if isinstance(result, errors.PikError) else result

    return Seen(refused, found)


def _repair(
    results: Sequence[Checked], changing: Changing, output: Path | None, form: str, rules: Sequence[Rule], fail_on: int
) -> int:
    from pik_excel.cli.repairing import repaired, shown
    from pik_excel.report.text import plain

    codes = tuple(rule.code for rule in rules)
    check = partial(_check, codes=codes, rows="none")
    found = repaired(results, changing, output, lambda path, package: check(path, package=package))
    listed = None if changing.making else output  # with --fix, -o names the workbook
    write(shown(found.outcomes, form, paint if listed is None and colour_wanted() else plain), listed, form)
    return found.failed or exit_code(found.remaining, fail_on)


@no_search_for_cycles()
def _check(
    path: Path,
    codes: Sequence[str],
    with_views: bool = False,
    ask_for_department: bool = False,
    package: Package | None = None,
    rows: Extent = "all",
) -> Checked:
    from pik_excel.checks.catalogue import Subject, catalogue, examine
    from pik_excel.checks.suppression import sorted_out
    from pik_excel.consolidation.departments import department_of
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
    rules = [catalogue()[code] for code in codes]
    found = examine(Subject(reading, schema), rules)
    aside = sorted_out(found, reading.workbook, schema.ignored, rules, date.today())
    department = department_of(reading, schema) if ask_for_department else ""
    return checked(reading, aside.findings, aside.suppressed, aside.remarks, tuple(codes), with_views, department, rows)


def _against(results: Sequence[Checked], path: Path | None, update: bool, ran: set[str]) -> Sequence[Checked]:
    from pik_excel.cli.seen import Seen
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
    return Seen(lambda _index, result: without_known(result, baseline), results)


@no_search_for_cycles()  # eighty modules are imported for the rules
def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Rule]:
    from pik_excel.checks.catalogue import catalogue, rules_named

    wanted, unwanted = set(rules_named(_words(select))), set(rules_named(_words(ignore)))
    return [rule for code, rule in catalogue().items() if (not select or code in wanted) and code not in unwanted]


def _words(options: tuple[str, ...]) -> list[str]:
    return [word.strip() for option in options for word in option.split(",") if word.strip()]


def _shown(results: Sequence[Checked], form: str, verbose: bool, coloured: bool) -> str | Iterable[str]:
    if form != "text":
        from pik_excel.report.forms import form_of

        return form_of(form)(results)
    from pik_excel.report.text import findings_pieces, plain

    return findings_pieces(results, paint if coloured else plain, verbose)
