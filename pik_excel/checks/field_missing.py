"""What is not filled in that a measure or an assumption needs? (MSR01)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.tables import (
    AmountColumn,
    Assumption,
    MeasureList,
    MeasureTable,
    YearColumn,
)
from pik_excel.checks.assumed import cost_of, is_filled, names_of, posts_by_name, rule_of
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.uncoded import uncoded
from pik_excel.checks.unnamed import unnamed_assumptions, unnamed_rows
from pik_excel.checks.wording import money, shortened
from pik_excel.grid.reference import column_letters
from pik_excel.grid.workbook import Cell
from pik_excel.language import _

_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "anteil": (("anteil",), ("gesamtkosten", "bedarf")),
    "stellen_satz": (("stellen",), ("satz",)),
    "befristet": (("bis", "foerderzeitraum_bis"),),
    "index": (("dynamisierung",),),
}


@rule("MSR01", "field-missing", Severity.ERROR)
def field_missing(subject: Subject) -> Iterator[Found]:
    """Pflichtangabe fehlt

    Was: Eine Zeile einer Maßnahmentabelle hat Beträge, aber keine Bezeichnung, oder als einzige kein Produkt oder
    Konto; oder eine Zeile des Blattes „Annahmen“ nennt eine Regel, ohne die Angaben, mit denen sie rechnet (anteil:
    Anteil und Kosten; stellen_satz: Stellen und Satz; befristet: Ende; index: Steigerung).

    Warum: Ein Betrag ohne Maßnahme lässt sich weder prüfen noch beschließen, geht aber in die Summe ein. Eine Regel
    ohne ihre Angaben lässt sich nicht fortschreiben.

    Quelle: § 10 GemHVO BW (Planungsgrundsätze: sorgfältige Schätzung).

    Falsch (A4):

    |   | A          | B                | C                |
    |---|------------|------------------|------------------|
    | 1 | Maßnahme   | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé    | 66               | 66               |
    | 3 | Lernräume  | 290              | 290              |
    | 4 |            | 60               | 60               |
    | 5 | Sprachkurs | 40               | 40               |
    | 6 | Summe      | =SUM(B2:B5) → 456 | =SUM(C2:C5) → 456 |

    Richtig:

    |   | A                   | B                | C                |
    |---|---------------------|------------------|------------------|
    | 1 | Maßnahme            | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé             | 66               | 66               |
    | 3 | Lernräume           | 290              | 290              |
    | 4 | Dolmetschereinsätze | 60               | 60               |
    | 5 | Sprachkurs          | 40               | 40               |
    | 6 | Summe               | =SUM(B2:B5) → 456 | =SUM(C2:C5) → 456 |

    Beheben: Die Maßnahme benennen oder die Beträge löschen; in „Annahmen“ die fehlende Angabe eintragen oder eine
    andere Regel wählen.

    Schweigt: bei leeren Trennzeilen, Zeilen mit Anmerkungen, Folgezeilen langer oder verbundener Bezeichnungen,
    Prozentzeilen, unbenannten Summen der Zeilen darüber; in „Annahmen“, wenn die Kosten im Blatt „Finanzierung“ oder
    die Stellen im Blatt „Stellen“ stehen."""
    for table in subject.reading.budget.tables:
        for at, amounts in unnamed_rows(subject.reading.workbook, table):
            yield Found(
                at=at,
                stated=None,
                expected=None,
                message=(
                    _("{at}: Spalte {column} hat Beträge ({amounts}), aber keine Bezeichnung der Maßnahme.")
                    if table.family == "years-down"
                    else _("{at}: Zeile {row} hat Beträge ({amounts}), aber keine Bezeichnung der Maßnahme.")
                ).format(at=at, row=at.row, column=column_letters(at.column), amounts=_amounts_by_year(table, amounts)),
                hint=_("Bitte in {cell} die Maßnahme benennen oder die Beträge löschen.").format(cell=at.a1),
                identity=("unnamed", table.title, *(str(cell.value) for cell in amounts)),
            )
    for listed in subject.reading.budget.tables:
        for at, field, measure in uncoded(subject, listed):
            yield Found(
                at=at,
                stated=None,
                expected=None,
                message=_("{at}: „{measure}“ hat Beträge, aber „{field}“ fehlt; sonst steht es in jeder Zeile.").format(
                    at=at, measure=shortened(measure.name), field=field
                ),
                hint=_("Bitte „{field}“ in {cell} eintragen.").format(field=field, cell=at.a1),
                identity=("uncoded", measure.name, field),
            )
    for assumptions in subject.reading.budget.assumptions:
        for at in unnamed_assumptions(subject.reading.workbook, assumptions):
            yield Found(
                at=at,
                stated=None,
                expected=None,
                message=_("{at}: Zeile {row} der Annahmen hat Angaben, aber keine Maßnahme.").format(at=at, row=at.row),
                hint=_("Bitte in {cell} die Maßnahme benennen oder die Zeile leeren.").format(cell=at.a1),
                identity=("assumption",),
            )
        for row in assumptions.rows:
            yield from _missing_in_assumption(subject, row)


def _amounts_by_year(table: MeasureTable | MeasureList, cells: tuple[Cell, ...]) -> str:
    down = table.family == "years-down"
    every: Sequence[YearColumn | AmountColumn] = table.columns
    columns = {column.at.row if down else column.at.column: column for column in every}
    pairs = [(columns[cell.row if down else cell.column], cell.value) for cell in cells]
    stated = [f"{column.shown}: {money(value, column.unit)}" for column, value in pairs if isinstance(value, Decimal)]
    return ", ".join(stated)


def _missing_in_assumption(subject: Subject, row: Assumption) -> Iterator[Found]:
    name = rule_of(row, subject.schema)
    for keys in _NEEDED.get(name or "", ()):
        if any(is_filled(row.field(key)) for key in keys) or _stands_elsewhere(subject, row, keys):
            continue
        yield _missing_field(subject, row, keys)


def _stands_elsewhere(subject: Subject, row: Assumption, keys: tuple[str, ...]) -> bool:
    if "gesamtkosten" in keys and cost_of(row, subject) is not None:
        return True
    posts = posts_by_name(subject)
    found = [one for name in names_of(row) for one in posts.get(name, ())] if posts else []
    return any(is_filled(one.field(key)) for one in found for key in keys)


def _missing_field(subject: Subject, row: Assumption, keys: tuple[str, ...]) -> Found:
    at = next((field.at for key in (*keys, "regel") if (field := row.field(key))), row.at)
    known = subject.schema.fields.get(keys[0])
    label = known.name if known else keys[0]
    stated = row.field("regel")
    return Found(
        at=at,
        stated=None,
        expected=None,
        message=_("{at}: „{measure}“ geht nach der Regel „{rule}“ weiter, aber „{field}“ fehlt.").format(
            at=at, measure=row.measure, rule=stated.text if stated else "", field=label
        ),
        hint=_("Bitte „{field}“ eintragen oder eine andere Regel wählen.").format(field=label),
        identity=("assumption", row.measure, keys[0]),
    )
