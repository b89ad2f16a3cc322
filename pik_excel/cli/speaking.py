"""How do click's commands speak the language in force?

Help texts stand in the source in German, marked by `later`, and are translated when they are shown, because `--lang` is
known only then.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, NoReturn  # Any: click's own signatures pass keyword arguments through untyped

import click

from pik_excel import language
from pik_excel.cli.output import lost_output, needs_more_memory, tell
from pik_excel.errors import PikError
from pik_excel.language import _
from pik_excel.ooxml.target import DISK_FULL


def later(text: str) -> str:
    """Mark `text` for translation where it is shown; the catalogue's collector looks for this name."""
    return text


class Option(click.Option):
    """An option whose help is translated when shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        shown = copy.copy(self)
        shown.help = _(self.help) if self.help else None
        return click.Option.get_help_record(shown, ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


class Argument(click.Argument):
    """An argument whose name in the usage line is translated when shown."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


class Command(click.Command):
    """A command whose help is translated when shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": later("[OPTIONEN]"), **kwargs})
        self.params.append(_language_option())

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        shown = copy.copy(self)
        shown.help = _(self.help) if self.help else None
        click.Command.format_help_text(shown, ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return _(self.short_help) if self.short_help else super().get_short_help_str(limit)


class Group(Command, click.Group):
    """The program. A `PikError` ends it with its own sentence and exit code; a bug stays loud and ends it with 70."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": later("BEFEHL …"), **kwargs})

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MemoryError:
            _end(ctx, needs_more_memory())
        except OSError as error:
            if error.errno not in DISK_FULL:
                raise
            _end(ctx, lost_output(error))
        except PikError as error:
            _end(ctx, error)


def _end(ctx: click.Context, error: PikError) -> NoReturn:
    tell(error)
    ctx.exit(error.exit_code)


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`click.option` that speaks the language in force."""
    return click.option(*names, cls=Option, **attributes)


def _language_option() -> Option:
    return Option(
        ["--lang"],
        type=click.Choice(language.LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=lambda _ctx, _option, chosen: language.use(chosen) if chosen else None,
        help=later("Sprache der Ausgabe; sonst gilt PIK_EXCEL_LANG, sonst Deutsch."),
    )
