"""Which assumptions hold in a scenario?

A row of "Annahmen" without a scenario always holds; one with a scenario holds only there, and there it replaces the row
of the same measure.
"""

from __future__ import annotations

from collections.abc import Iterable

from pik_excel.budget.tables import Assumption
from pik_excel.errors import BadConfiguration
from pik_excel.language import _

BASIS = "basis"


def scenarios(rows: Iterable[Assumption]) -> tuple[str, ...]:
    """All scenarios there are, "basis" first, each once, as first written."""
    names = {_letters(BASIS): BASIS}
    for row in rows:
        for name in scenarios_of(row):
            names.setdefault(_letters(name), name)
    return tuple(names.values())


def chosen(wanted: str, there: tuple[str, ...]) -> str:
    """The scenario that is meant; case, blanks and hyphens do not count. Raises `BadConfiguration` naming all."""
    for name in there:
        if _letters(name) == _letters(wanted):
            return name
    raise BadConfiguration(
        "unknown-scenario",
        _("Ein Szenario „{wanted}“ gibt es in der Arbeitsmappe nicht.").format(wanted=wanted),
        _("Es gibt: {names}.").format(names=", ".join(there)),
    )


def in_force(rows: Iterable[Assumption], scenario: str) -> Assumption | None:
    """The row that holds among those of one measure; raises `BadConfiguration` where two do."""
    always, here = [], []
    for row in rows:
        names = {_letters(name) for name in scenarios_of(row)}
        if _letters(scenario) in names:
            here.append(row)
        elif not names or names == {_letters(BASIS)}:
            always.append(row)
    holding = here or always
    if len(holding) > 1:
        raise BadConfiguration(
            "assumption-twice",
            _("{first} und {second}: zwei Annahmen zu „{measure}“ gelten zugleich (Szenario {scenario}).").format(
                first=holding[0].at, second=holding[1].at, measure=holding[0].measure, scenario=scenario
            ),
            _("Bitte eine streichen oder eine davon einem Szenario zuordnen."),
        )
    return holding[0] if holding else None


def scenarios_of(row: Assumption) -> tuple[str, ...]:
    """The scenarios in which the row holds, several parted by semicolons; none: it always holds."""
    field = row.field("szenario")
    return tuple(name.strip() for name in field.text.split(";") if name.strip()) if field else ()


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
