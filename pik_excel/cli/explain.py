"""`pik-excel explain CODE`: what does a rule mean?"""

from __future__ import annotations

import click

from pik_excel.cli.speaking import Argument, Command, later
from pik_excel.errors import BadConfiguration
from pik_excel.language import _


@click.command(
    "explain",
    cls=Command,
    short_help=later("Erklärt eine Regel; ohne CODE: alle Regeln."),
    help=later(
        "Zeigt die Seite einer Regel: was sie findet, warum es zählt, ein falsches und ein richtiges Beispiel, wie man"
        " es behebt und wann sie schweigt. CODE ist SUM01 oder der Name total-differs-from-rows; ohne CODE werden alle"
        " Regeln aufgezählt."
    ),
)
@click.argument("code", cls=Argument, required=False, metavar=later("[CODE]"))
def command(code: str | None) -> None:
    """Print the page, or the list of all rules."""
    from pik_excel.checks.catalogue import catalogue
    from pik_excel.report.page import page
    from pik_excel.report.text import severity_word

    rules = catalogue()
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code}  {severity_word(rule.severity):<8} {_(rule.title)}")
        return
    wanted = next((rule for rule in rules.values() if code.casefold() in {rule.code.casefold(), rule.name}), None)
    if wanted is None:
        raise BadConfiguration(
            "unknown-rule",
            _("Eine Regel „{code}“ gibt es nicht.").format(code=code),
            _("Alle Regeln zählt „pik-excel explain“ ohne CODE auf."),
        )
    click.echo(page(wanted))
