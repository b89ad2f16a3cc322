"""Are the measures of a workbook named, named once, explained where they are marked, and do they go on?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.tables import (
    AmountColumn,
    Assumption,
    Field,
    Measure,
    MeasureList,
    MeasureTable,
    YearColumn,
)
from pik_excel.checks.assumed import cost_of, names_of, posts_by_name, rows_about, rule_of, years_of
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.counterparts import Counterpart, counterparts
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.footnotes import marks_without_note, notes_without_mark
from pik_excel.checks.succession import Renamed, Succession, last_amount, successions
from pik_excel.checks.twins import Doubt, Twins, twin_assumptions, twin_measures
from pik_excel.checks.uncoded import uncoded
from pik_excel.checks.unnamed import unnamed_assumptions, unnamed_rows
from pik_excel.checks.wording import money, shortened
from pik_excel.grid.reference import column_letters
from pik_excel.grid.workbook import Cell
from pik_excel.language import _, number

_AT_MOST = 12  # findings of one comparison; more dropped measures than that are one finding


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


@rule("MSR02", "measure-twice", Severity.ERROR, yields_to=("MSR01",))
def measure_twice(subject: Subject) -> Iterator[Found]:
    """Maßnahme doppelt aufgeführt

    Was: Dieselbe Maßnahme steht mit Beträgen für dasselbe Jahr in zwei Zeilen einer Tabelle, oder zweimal für dieselben
    Jahre und dasselbe Szenario in „Annahmen“.

    Warum: Der Bedarf geht doppelt in die Summe ein; beim Vergleich mit anderen Tabellen ist unklar, welche Zeile gilt.

    Quelle: § 10 GemHVO BW (Planungsgrundsätze); Praxis der Haushaltsplanung.

    Falsch (A5):

    |   | A                    | B                | C                |
    |---|----------------------|------------------|------------------|
    | 1 | Maßnahme             | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé Mitte        | 66               | 66               |
    | 3 | Lernräume            | 290              | 290              |
    | 4 | Sprachkurs           | 60               | 60               |
    | 5 | Jobcafé  (Mitte)     | 66               | 66               |
    | 6 | Summe                | =SUM(B2:B5) → 482 | =SUM(C2:C5) → 482 |

    Richtig:

    |   | A               | B                | C                |
    |---|-----------------|------------------|------------------|
    | 1 | Maßnahme        | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé Mitte   | 66               | 66               |
    | 3 | Lernräume       | 290              | 290              |
    | 4 | Jobcafé Ost     | 66               | 66               |
    | 5 | Summe           | =SUM(B2:B4) → 422 | =SUM(C2:C4) → 422 |

    Beheben: Eine der Zeilen streichen oder beide zusammenfassen; sind es zwei Maßnahmen, sie unterscheidbar benennen.

    Schweigt: wenn sich die Zeilen in Produkt, Träger, Konto, Abschnitt oder Jahr unterscheiden oder jede ihre eigene
    Fußnote trägt, wenn die eine der Ertrag zur anderen ist, und in „Annahmen“ bei verschiedenen Szenarien oder Jahren.
    Trägt nur eine Zeile eine Fußnote, ist es eine Warnung; sind Befristung oder Bemerkung verschieden, ein Hinweis."""
    for table in subject.reading.budget.tables:
        for twins in twin_measures(subject.reading.workbook, table, subject.schema):
            yield _twice(table, twins)
    for assumptions in subject.reading.budget.assumptions:
        for one, other in twin_assumptions(assumptions):
            yield Found(
                at=other.at,
                stated=other.measure,
                expected=None,
                message=_("{at}: Für „{name}“ gilt in denselben Jahren schon die Annahme in {first}.").format(
                    at=other.at, name=other.measure, first=one.at.a1
                ),
                hint=_("Bitte eine Zeile streichen oder Jahre oder Szenario so eintragen, dass nur eine gilt."),
                related=(str(one.at),),
                identity=("assumption", other.measure),
            )


@rule("MSR03", "footnote-unresolved", Severity.WARNING)
def footnote_unresolved(subject: Subject) -> Iterator[Found]:
    """Fußnote ohne Gegenstück

    Was: Eine Maßnahme oder ein Betrag trägt ein Zeichen (*, **, 1), ¹), das auf dem Blatt nirgends erklärt ist; oder
    unter der Tabelle steht eine Anmerkung, auf die nichts verweist. ** ist ein eigenes Zeichen, nicht zweimal *.

    Warum: An Fußnoten hängt, ob Mittel schon bereitstehen. Fehlt eine, ist der Bedarf nicht zu beurteilen.

    Quelle: § 17 GemHVO BW (Erläuterungen); Praxis der Gemeinderatsvorlagen.

    Falsch (A3):

    |   | A                                                    | B                | C                |
    |---|------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme                                             | 2022 TEUR        | 2023 TEUR        |
    | 2 | Willkommensräume*                                    | 150              | 150              |
    | 3 | Lernräume**                                          | 40               | 40               |
    | 4 | Summe                                                | =SUM(B2:B3) → 190 | =SUM(C2:C3) → 190 |
    | 5 | *Haushaltsmittel stehen auch für das Jahr 2024 bereit |                  |                  |

    Richtig:

    |   | A                                                     | B                | C                |
    |---|-------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme                                              | 2022 TEUR        | 2023 TEUR        |
    | 2 | Willkommensräume*                                     | 150              | 150              |
    | 3 | Lernräume**                                           | 40               | 40               |
    | 4 | Summe                                                 | =SUM(B2:B3) → 190 | =SUM(C2:C3) → 190 |
    | 5 | *Haushaltsmittel stehen auch für das Jahr 2024 bereit  |                  |                  |
    | 6 | **Haushaltsmittel stehen auch für 2024 und 2025 bereit |                  |                  |

    Beheben: Die Anmerkung unter der Tabelle ergänzen oder das Zeichen entfernen; eine überzählige Anmerkung streichen
    oder ihr Zeichen an die Maßnahme setzen.

    Schweigt: beim Genderstern, beim Malzeichen, bei Platzhaltern (31.60.*), bei Legenden (* = geschätzt), bei
    Aufzählungen, und wenn die Anmerkung irgendwo auf dem Blatt, in einem Kommentar oder auf einem Blatt für Fußnoten
    steht."""
    workbook, tables = subject.reading.workbook, subject.reading.budget.tables
    for mark in marks_without_note(workbook, tables):
        yield Found(
            at=mark.cells[0],
            stated=mark.mark,
            expected=None,
            message=_("{at}: „{label}“ trägt das Zeichen {mark}, auf dem Blatt fehlt die Anmerkung dazu.").format(
                at=mark.cells[0], label=mark.label, mark=mark.mark
            ),
            hint=_(
                "Bitte unter der Tabelle eine Anmerkung ergänzen, die mit {mark} beginnt, oder das Zeichen entfernen."
            ).format(mark=mark.mark),
            related=tuple(str(cell) for cell in mark.cells[1:]),
            identity=("mark", mark.mark),
        )
    for note in notes_without_mark(workbook, tables):
        yield Found(
            at=note.at,
            stated=note.mark,
            expected=None,
            message=_(
                "{at}: Die Anmerkung „{mark} {text}“ gehört zu keiner Zeile: Das Zeichen {mark} kommt sonst nicht vor."
            ).format(at=note.at, mark=note.mark, text=shortened(note.text)),
            hint=_("Bitte das Zeichen an die Maßnahme setzen, für die sie gilt, oder die Anmerkung streichen."),
            identity=("note", note.mark, note.text),
        )


@rule("MSR04", "measure-renamed-or-dropped", Severity.WARNING)
def measure_renamed_or_dropped(subject: Subject) -> Iterator[Found]:
    """Maßnahme weggefallen, umbenannt oder neu

    Was: Eine Tabelle setzt eine andere für die folgenden Jahre fort, aber eine Maßnahme der älteren fehlt in ihr ohne
    ein Wort (Warnung), heißt vermutlich anders (Warnung; Hinweis, wenn der frühere Name unter den Aliasen steht), oder
    ist neu (Hinweis). Umbenennungen werden nur vorgeschlagen, nie zusammengeführt. Ebenso, wenn eine Tabelle des
    Gesamtbedarfs andere Maßnahmen nennt als die der bereitgestellten Mittel und des zusätzlichen Bedarfs.

    Warum: Nur wenn jede Maßnahme der alten Tabelle in der neuen wiederzufinden ist, geht die Überleitung von einem
    Haushalt zum nächsten auf.

    Quelle: Praxis der Haushaltsplanung (Überleitungsrechnung); § 17 GemHVO BW (Erläuterungen).

    Falsch (A5):

    |    | A           | B                | C                |
    |----|-------------|------------------|------------------|
    | 1  | Maßnahme    | 2020 TEUR        | 2021 TEUR        |
    | 2  | Jobcafé     | 50               | 50               |
    | 3  | Lernräume   | 290              | 290              |
    | 4  | Sprachkurs  | 80               | 80               |
    | 5  | Ferienlager | 18               | 18               |
    | 6  | Summe       | =SUM(B2:B5) → 438 | =SUM(C2:C5) → 438 |
    | 7  |             |                  |                  |
    | 8  |             |                  |                  |
    | 9  | Maßnahme    | 2022 TEUR        | 2023 TEUR        |
    | 10 | Jobcafé     | 66               | 66               |
    | 11 | Lernräume   | 290              | 290              |
    | 12 | Sprachkurs  | 60               | 60               |
    | 13 | Summe       | =SUM(B10:B12) → 416 | =SUM(C10:C12) → 416 |

    Richtig:

    |    | A                                       | B                | C                |
    |----|-----------------------------------------|------------------|------------------|
    | 1  | Maßnahme                                | 2020 TEUR        | 2021 TEUR        |
    | 2  | Jobcafé                                 | 50               | 50               |
    | 3  | Lernräume                               | 290              | 290              |
    | 4  | Sprachkurs                              | 80               | 80               |
    | 5  | Ferienlager*                            | 18               | 18               |
    | 6  | Summe                                   | =SUM(B2:B5) → 438 | =SUM(C2:C5) → 438 |
    | 7  | *Haushaltsmittel stehen auch 2022 bereit |                  |                  |
    | 8  |                                         |                  |                  |
    | 9  | Maßnahme                                | 2022 TEUR        | 2023 TEUR        |
    | 10 | Jobcafé                                 | 66               | 66               |
    | 11 | Lernräume                               | 290              | 290              |
    | 12 | Sprachkurs                              | 60               | 60               |
    | 13 | Summe                                   | =SUM(B10:B12) → 416 | =SUM(C10:C12) → 416 |

    Beheben: Die Maßnahme in der neuen Tabelle mit 0 aufführen, oder ihr Ende in der alten mit Fußnote oder Bemerkung
    erklären; bei Umbenennungen den früheren Namen in „Annahmen“ unter „Aliase“ eintragen.

    Schweigt: bei Tabellen, die nichts miteinander zu tun haben, bei Maßnahmen, die schon zuletzt keinen Betrag mehr
    hatten, die eine Fußnote oder Bemerkung erklärt, oder die in einer anderen Tabelle der neuen Jahre stehen (bereits
    bereitgestellt)."""
    for succession in successions(subject):
        if len(succession.dropped) <= _AT_MOST:
            yield from (_dropped(subject, succession, measure) for measure in succession.dropped)
        else:
            yield _many_dropped(succession)
        yield from (_renamed(succession, pair) for pair in succession.renamed)
        yield from (_new(succession, measure) for measure in succession.new[:_AT_MOST])
    yield from map(_counterpart, counterparts(subject))


def _amounts_by_year(table: MeasureTable | MeasureList, cells: tuple[Cell, ...]) -> str:
    down = table.family == "years-down"
    every: Sequence[YearColumn | AmountColumn] = table.columns
    columns = {column.at.row if down else column.at.column: column for column in every}
    pairs = [(columns[cell.row if down else cell.column], cell.value) for cell in cells]
    stated = [f"{column.shown}: {money(value, column.unit)}" for column, value in pairs if isinstance(value, Decimal)]
    return ", ".join(stated)


def _twice(table: MeasureTable | MeasureList, twins: Twins) -> Found:
    first, again = twins.first, twins.again
    message = _("{at}: „{name}“ steht schon in {first} ({one}) und hier noch einmal ({other}).").format(
        at=again.at,
        name=again.name,
        first=first.at.a1,
        one=_first_stated(table, first),
        other=_first_stated(table, again),
    )
    if twins.doubt is Doubt.FOOTNOTE:
        message += " " + _("Nur eine der Zeilen trägt eine Fußnote.")
    elif twins.doubt is Doubt.TERM:
        message += " " + _("Befristung oder Bemerkung sind verschieden.")
    return Found(
        at=again.at,
        stated=again.name,
        expected=None,
        message=message,
        hint=_("Bitte eine Zeile streichen oder beide so benennen, dass sie sich unterscheiden."),
        related=(str(first.at),),
        identity=("measure", again.name),
        severity={Doubt.FOOTNOTE: Severity.WARNING, Doubt.TERM: Severity.NOTICE}.get(twins.doubt),
    )


def _first_stated(table: MeasureTable | MeasureList, measure: Measure) -> str:
    columns: Sequence[YearColumn | AmountColumn] = table.columns
    pairs = zip(columns, measure.amounts, strict=False)
    return next((f"{column.shown}: {money(one.stated, one.unit)}" for column, one in pairs if one.stated), "0")


def _missing_in_assumption(subject: Subject, row: Assumption) -> Iterator[Found]:
    name = rule_of(row, subject.schema)
    for keys in _NEEDED.get(name or "", ()):
        if any(_is_filled(row.field(key)) for key in keys) or _stands_elsewhere(subject, row, keys):
            continue
        yield _missing_field(subject, row, keys)


# What each rule of projection reads: of every tuple one field must be filled; the first is the one to ask for.
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "anteil": (("anteil",), ("gesamtkosten", "bedarf")),
    "stellen_satz": (("stellen",), ("satz",)),
    "befristet": (("bis", "foerderzeitraum_bis"),),
    "index": (("dynamisierung",),),
}


def _stands_elsewhere(subject: Subject, row: Assumption, keys: tuple[str, ...]) -> bool:
    if "gesamtkosten" in keys and cost_of(row, subject) is not None:
        return True
    posts = posts_by_name(subject)
    found = [one for name in names_of(row) for one in posts.get(name, ())] if posts else []
    return any(_is_filled(one.field(key)) for one in found for key in keys)


def _is_filled(field: Field | None) -> bool:
    if field is None:
        return False
    return field.formula is not None or (field.value is not None and str(field.value).strip() != "")


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


def _counterpart(one: Counterpart) -> Found:
    if one.renamed is not None:
        message = _("{at}: „{name}“ heißt in „{other}“ ({there}) „{renamed}“; gemeint ist vermutlich dieselbe.").format(
            at=one.measure.at,
            name=shortened(one.measure.name),
            other=shortened(one.other.title),
            there=one.renamed.at.a1,
            renamed=shortened(one.renamed.name),
        )
        hint = _("Bitte gleich benennen oder in „Annahmen“ unter „Aliase“ den anderen Namen eintragen.")
    else:
        message = _("{at}: „{name}“ steht in „{table}“, aber nicht in „{other}“.").format(
            at=one.measure.at,
            name=shortened(one.measure.name),
            table=shortened(one.table.title),
            other=shortened(one.other.title),
        )
        hint = _("Bitte in beiden Tabellen aufführen, mit 0, wo nichts gebraucht wird.")
    return Found(
        at=one.measure.at,
        stated=one.measure.name,
        expected=one.renamed.name if one.renamed else None,
        message=message,
        hint=hint,
        related=(str(one.renamed.at),) if one.renamed else (),
        identity=("counterpart", one.measure.name, one.other.title),
    )


def _dropped(subject: Subject, succession: Succession, measure: Measure) -> Found:
    pair = last_amount(succession.older, measure)
    year, amount = (pair[0].year.value, pair[1]) if pair else (succession.first_year, measure.amounts[-1])
    message = _("{at}: „{name}“ hat {year} noch {amount} und kommt in den Tabellen ab {first} nicht mehr vor.").format(
        at=measure.at,
        name=shortened(measure.name),
        year=year,
        amount=money(amount.stated or Decimal(0), amount.unit),
        first=succession.first_year,
    )
    rows = [row for row in rows_about(subject, measure.name) if not _is_filled(row.field("szenario"))]
    ends = [last for row in rows if (last := years_of(row)[1])]
    if ends and max(ends) < succession.first_year:
        message += " " + _("Laut „Annahmen“ endet sie {year}.").format(year=max(ends))
    return Found(
        at=measure.at,
        stated=measure.name,
        expected=None,
        message=message,
        hint=_("Bitte ab {first} mit 0 aufführen oder ihr Ende hier mit Fußnote oder Bemerkung erklären.").format(
            first=succession.first_year
        ),
        related=tuple(str(amount.at) for amount in measure.amounts if amount.stated),
        identity=("dropped", measure.name, str(succession.first_year)),
    )


def _many_dropped(succession: Succession) -> Found:
    """One finding for all, at the first, where a long list was cut."""
    first = succession.dropped[0]
    names = ", ".join(_("„{name}“").format(name=shortened(one.name)) for one in succession.dropped[:3])
    return Found(
        at=first.at,
        stated=str(len(succession.dropped)),
        expected=None,
        message=_(
            "{at}: {count} Maßnahmen kommen in den Tabellen ab {first} nicht mehr vor: {names} und weitere."
        ).format(at=first.at, count=number(len(succession.dropped)), first=succession.first_year, names=names),
        hint=_("Bitte ihr Ende mit Fußnote oder Bemerkung erklären oder sie ab {first} mit 0 aufführen.").format(
            first=succession.first_year
        ),
        related=tuple(str(one.at) for one in succession.dropped[1:]),
        identity=("dropped", succession.older.title, str(succession.first_year)),
    )


def _renamed(succession: Succession, pair: Renamed) -> Found:
    last = max(column.year.value for column in succession.older.columns)
    if pair.recorded:
        message = _("{at}: „{new}“ hieß bis {year} „{old}“: umbenannt, der frühere Name ist hinterlegt.")
        hint = _("Nichts zu tun, wenn es dieselbe Maßnahme ist; sonst den Alias in „Annahmen“ streichen.")
    else:
        message = _("{at}: „{new}“ gab es bis {year} nicht; gemeint ist vermutlich „{old}“.")
        hint = _("Bitte gleich benennen oder in „Annahmen“ unter „Aliase“ den früheren Namen eintragen.")
    return Found(
        at=pair.new.at,
        stated=pair.new.name,
        expected=pair.old.name,
        message=message.format(at=pair.new.at, new=shortened(pair.new.name), old=shortened(pair.old.name), year=last),
        hint=hint,
        related=(str(pair.old.at),),
        identity=("renamed", pair.old.name, pair.new.name),
        severity=Severity.NOTICE if pair.recorded else None,
    )


def _new(succession: Succession, measure: Measure) -> Found:
    last = max(column.year.value for column in succession.older.columns)
    return Found(
        at=measure.at,
        stated=measure.name,
        expected=None,
        message=_("{at}: „{name}“ ist ab {first} neu; in der Tabelle bis {last} kommt sie nicht vor.").format(
            at=measure.at, name=measure.name, first=succession.first_year, last=last
        ),
        hint=_("Nichts zu tun, wenn sie neu ist; sonst den früheren Namen in „Annahmen“ unter „Aliase“ eintragen."),
        identity=("new", measure.name, str(succession.first_year)),
        severity=Severity.NOTICE,
    )
