"""`pik-excel diff`: what changed from one plan to another, by measure and year, and does the bridge close?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel import errors
from pik_excel.cli.output import colour_wanted, form_meant, paint, write
from pik_excel.cli.speaking import Argument, Command, later, option
from pik_excel.cli.target import Destination, no_output, refuse_workbook
from pik_excel.cli.workbooks import is_there, located
from pik_excel.language import _

if TYPE_CHECKING:
    from pik_excel.diff.comparison import Comparison
    from pik_excel.report.frame import ReadWorkbook

FORMS = ("text", "json", "html", "xlsx")


@click.command(
    "diff",
    cls=Command,
    short_help=later("Vergleicht zwei Pläne, Maßnahme für Maßnahme, mit Überleitung."),
    help=later(
        "Vergleicht zwei Pläne nach Maßnahmen und Jahren und schließt mit der Überleitung vom alten zum neuen Bedarf."
        " ALT und NEU sind Arbeitsmappen; „plan.xlsx!Blatt“ meint ein Blatt, „plan.xlsx!Blatt!A4“ die Tabelle an dieser"
        " Stelle. Ohne NEU vergleicht --years zwei Jahre der Fortschreibung einer Mappe. Umbenannte Maßnahmen werden"
        " vorgeschlagen, nie still zusammengelegt. Ende mit 0: kein Unterschied; 1: Unterschiede; 2: Aufruf; 3: eine"
        " Mappe nicht lesbar; 5: nicht geschrieben."
    ),
)
@click.argument("old", cls=Argument, metavar=later("ALT"))
@click.argument("new", cls=Argument, required=False, metavar=later("[NEU]"))
@option("--years", multiple=True, metavar=later("ALT:NEU"), help=later("Diese Jahre vergleichen, etwa 2021:2022."))
@option("--scenario", default="basis", metavar="NAME", help=later("Ohne NEU: Szenario aus „Annahmen“; sonst basis."))
@option("--same", multiple=True, metavar=later("ALT=NEU"), help=later("Diese beiden Namen sind dieselbe Maßnahme."))
@option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help=later("Form der Ausgabe; sonst nach der Endung von -o. xlsx: NEU mit einem Blatt „Überleitung“."),
)
@option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=later("Ausgabe in diese Datei."))
@option("--in-place", is_flag=True, help=later("Das Blatt „Überleitung“ in NEU selbst; vorher wird gesichert."))
@option("--overwrite", is_flag=True, help=later("Eine Mappe dieses Namens überschreiben."))
def command(
    old: str,
    new: str | None,
    years: tuple[str, ...],
    scenario: str,
    same: tuple[str, ...],
    form: str | None,
    output: Path | None,
    in_place: bool,
    overwrite: bool,
) -> None:
    """Compare two sides; ends with 1 where they differ, as diff does."""
    form = form or ("xlsx" if in_place else form_meant(None, output, FORMS))
    if form == "xlsx" and output is None and not in_place:
        raise no_output(form, "pik-excel diff alt.xlsx neu.xlsx --format xlsx -o ueberleitung.xlsx")
    if form != "xlsx":
        refuse_workbook(output)
    spans = [_years(one) for one in years]
    if new is None:
        comparison = _projected(old, spans, scenario)
    else:
        comparison = compared(old, new, [_pair(one) for one in same], spans)
    if form == "xlsx":
        _save_workbook(comparison, Destination(output, in_place, overwrite))
    else:
        write(_shown(comparison, form, coloured=output is None and colour_wanted()), output, form)
    sys.exit(errors.FINDINGS if comparison.differs else 0)


def compared(
    old: str, new: str, same: Sequence[tuple[str, str]] = (), years: Sequence[tuple[int, int]] = ()
) -> Comparison:
    """Read both sides and compare them; raises what reading raises."""
    from pik_excel.diff.comparison import compared as comparison_of
    from pik_excel.diff.matching import matched
    from pik_excel.diff.sides import side_of
    from pik_excel.report.frame import read

    (first, first_place), (second, second_place) = _place(old), _place(new)
    before = read(first)
    after = before if first == second else read(second)
    one, two = side_of(before.reading, first_place), side_of(after.reading, second_place)
    names = [*same, *_on_record(before), *_on_record(after)]
    matching = matched(one.items, two.items, names, float(after.schema.limits.similar))
    return comparison_of(one, two, matching, years)


def _projected(word: str, years: Sequence[tuple[int, int]], scenario: str) -> Comparison:
    from pik_excel.diff.comparison import compared as comparison_of
    from pik_excel.diff.matching import itself
    from pik_excel.projection.project import project
    from pik_excel.report.frame import read
    from pik_excel.report.projected import side_of_projection

    if all(one == other for one, other in years):
        raise errors.BadConfiguration(
            "nothing-to-compare",
            _("Es fehlt, womit verglichen werden soll."),
            _("Bitte eine zweite Mappe nennen oder zwei Jahre: --years 2021:2022"),
        )
    path, _where = _place(word)
    book = read(path)
    projection = project(book.reading, book.schema, max(map(max, years)), scenario)
    side = side_of_projection(book.reading, projection)
    return comparison_of(side, side, itself(side.items), years)


def _on_record(book: ReadWorkbook) -> list[tuple[str, ...]]:
    rows = [row for table in book.budget.assumptions for row in table.rows]
    return [
        *((row.measure, *row.aliases) for row in rows),
        *((name, *others) for name, others in book.schema.aliases.items()),
    ]


def _place(word: str) -> tuple[Path, str]:
    """The workbook and what is meant in it; a file whose name has a "!" in it is still a file."""
    if is_there(Path(word)) or "!" not in word:
        return located(Path(word)), ""
    file, _mark, place = word.partition("!")
    return located(Path(file)), place


def _pair(word: str) -> tuple[str, str]:
    old, mark, new = word.partition("=")
    if not mark or not old.strip() or not new.strip():
        raise errors.BadConfiguration(
            "bad-pair",
            _("--same {word}: so lassen sich keine zwei Namen erkennen.").format(word=word),
            _('Zum Beispiel: --same "Dolmetscherkosten=Dolmetschereinsätze"'),
        )
    return old.strip(), new.strip()


def _years(word: str) -> tuple[int, int]:
    old, _mark, new = word.partition(":")
    if not old.strip().isdigit() or not (new.strip() or old).strip().isdigit():
        raise errors.BadConfiguration(
            "bad-years",
            _("--years {word}: so lassen sich keine zwei Jahre erkennen.").format(word=word),
            _("Zum Beispiel: --years 2021:2022"),
        )
    return int(old), int(new or old)


def _save_workbook(comparison: Comparison, destination: Destination) -> None:
    from pik_excel.ooxml.package import open_package
    from pik_excel.ooxml.summary import summary
    from pik_excel.report.comparison_xlsx import with_comparison

    if not comparison.spans:
        raise errors.BadConfiguration(
            "no-common-year",
            _("Kein Jahr steht auf beiden Seiten: keine Überleitung."),
            _("Zwei Jahre vergleicht: --years 2021:2022"),
        )
    package = open_package(comparison.new.path)
    written = with_comparison(package, comparison)
    target = destination.written(written.data, comparison.new.path, "-ueberleitung")
    click.echo(_("geschrieben: {file}").format(file=target), err=True)
    click.echo(summary(package, written), err=True)


def _shown(comparison: Comparison, form: str, coloured: bool) -> str:
    if form == "json":
        from pik_excel.report.compared import comparison_json

        return comparison_json(comparison)
    if form == "html":
        from pik_excel.report.comparison_html import comparison_html

        return comparison_html(comparison)
    from pik_excel.report.comparison_text import comparison_text
    from pik_excel.report.text import plain

    return comparison_text(comparison, paint if coloured else plain)
