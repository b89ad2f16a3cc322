"""What does one workbook give the overview, and what of it does not go in?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pik_excel.budget.money import Statement
from pik_excel.budget.tables import Aside, Budget, MeasureTable
from pik_excel.consolidation.departments import Departments
from pik_excel.consolidation.entries import Tables
from pik_excel.consolidation.record import Entry, Gathered, LeftOut, Note, Taken, WhyNot
from pik_excel.consolidation.repeats import without_repeats
from pik_excel.consolidation.summaries import Table, amount_cells, summaries
from pik_excel.grid.reference import column_letters
from pik_excel.language import _, plural
from pik_excel.layout.reading import Reading
from pik_excel.schema import Schema

_UNREADABLE = {Statement.ERROR, Statement.UNREADABLE, Statement.NOT_STORED}
_MAY_BE_AMOUNTS = {Aside.EARLIER, Aside.UNKNOWN}
_NAMED = 5


def gathered(reading: Reading, schema: Schema, by_statement: bool = True) -> Gathered:
    """The lines of all tables of measures, but of those that only add up others, and what is to be said of them. The
    Amt is what the workbook states, unless that is not asked for."""
    budget = reading.budget
    adding = summaries(reading, schema)
    departments = Departments(reading, schema, by_statement)
    tables = Tables(reading, schema, departments, amount_cells(budget))
    taken, entries, stages = list[Taken](), list[Entry](), list[str]()
    for table in budget.tables:
        if id(table) in adding or not table.measures:
            continue
        lines = list(tables.entries(table))
        entries += lines
        where = f"{table.sheet}!{table.area.a1}"
        basis = _("Zeilen der Tabelle") if departments.rows_say(table) else departments.of_table(table)[1]
        taken.append(Taken(where, table.family, table.unit, len({one.at for one in lines}), basis))
        stages += [where] if table.family == "approvals" else []
    entries, repeats = without_repeats(entries, stages)
    return Gathered(
        tuple(entries),
        tuple(taken),
        (*adding.values(), *tables.left_out, *_beside(budget), *_unclear(reading)),
        (*repeats, *_notes(entries, budget)),
    )


def _beside(budget: Budget) -> Iterator[LeftOut]:
    """Rows and columns that no total may add, tables of other things, and amounts that no year heads."""
    for table in budget.tables:
        yield from _memos(table)
        for one in table.left_out:
            if one.why in _MAY_BE_AMOUNTS:
                yield LeftOut(str(one.at), "no-year", _("„{label}“: {why}").format(label=one.label, why=one.why.shown))
    records = (
        (budget.assumptions, _("Annahmen")),
        (budget.financings, _("Finanzierung")),
        (budget.indicators, _("Leistungszahlen")),
    )
    for found, word in records:
        yield from (LeftOut(f"{record.sheet}!{record.area.a1}", "no-measures", word) for record in found)
    for posts in budget.posts:
        yield LeftOut(str(posts.at), "no-measures", _("Stellen und Zuschüsse"))


def _memos(table: Table) -> Iterator[LeftOut]:
    for row in table.memos:
        why = _("„{label}“: davon-, nachrichtliche oder VE-Zeile").format(label=" ".join(row.label.split())[:60])
        yield LeftOut(str(row.at), "memo", why)
    for column in table.memo_columns if isinstance(table, MeasureTable) else ():
        at = f"{table.sheet}!{column_letters(column.at.column)}"
        yield LeftOut(at, "memo", _("„{label}“: davon- oder VE-Spalte").format(label=column.shown))


def _unclear(reading: Reading) -> Iterator[LeftOut]:
    for one in reading.unclear:
        yield LeftOut(f"{one.at.sheet}!{one.area.a1}", "unclear", one.what, grave=True)


def _notes(entries: Sequence[Entry], budget: Budget) -> Iterator[Note]:
    by_reason: dict[WhyNot, list[Entry]] = {}
    for entry in entries:
        by_reason.setdefault(entry.why_not, []).append(entry)
    yield from _of_stages(by_reason.get(WhyNot.OTHER_STAGE, ()))
    yield from _of_columns(by_reason.get(WhyNot.OTHER_COLUMN, ()), entries)
    yield from _of_unclear_columns(by_reason.get(WhyNot.COLUMN_UNCLEAR, ()))
    yield from _of_revenue(by_reason.get(WhyNot.REVENUE, ()))
    for table in budget.tables:
        where = f"{table.sheet}!{table.area.a1}"
        if table.currency and table.measures:
            yield Note(
                "other-currency",
                (where,),
                _("{table}: Beträge in {currency}; sie stehen in der Übersicht und zählen nicht mit.").format(
                    table=where, currency=table.currency
                ),
                _("Sollen sie zählen, die Beträge in der Datei in EUR umrechnen und neu zusammenführen."),
            )
        elif table.unit is None and table.unit_at is None and table.measures:
            unit = table.columns[0].unit.value if table.columns else ""
            yield Note(
                "unit-not-stated",
                (where,),
                _("{table}: die Einheit steht nirgends; die Beträge sind als {unit} gelesen.").format(
                    table=where, unit=unit
                ),
                _("Bitte die Einheit in den Kopf der Tabelle schreiben und neu zusammenführen."),
            )
    yield from _of_unreadable(by_reason.get(WhyNot.COUNTED, ()))


def _of_stages(entries: Iterable[Entry]) -> Iterator[Note]:
    for table in dict.fromkeys(entry.table for entry in entries):
        yield Note(
            "stages",
            (table,),
            _("{table}: dieselben Beträge in mehreren Ständen; gezählt ist je Maßnahme nur der festeste.").format(
                table=table
            ),
            _("Soll ein anderer Stand zählen, das in der Spalte „zählt“ umstellen."),
        )


def _of_columns(others: Iterable[Entry], entries: Iterable[Entry]) -> Iterator[Note]:
    counted = {entry.table: entry.stage for entry in entries if entry.counted and entry.stage}
    for table in dict.fromkeys(entry.table for entry in others):
        yield Note(
            "columns",
            (table,),
            _("{table}: von mehreren Betragsspalten ist nur „{head}“ gezählt.").format(
                table=table, head=counted.get(table, "")
            ),
            _("Ist der Bedarf ein anderer Betrag, das in der Spalte „zählt“ umstellen."),
        )


def _of_unclear_columns(entries: Iterable[Entry]) -> Iterator[Note]:
    every = list(entries)
    for table in dict.fromkeys(entry.table for entry in every):
        heads = dict.fromkeys(entry.stage for entry in every if entry.table == table)
        yield Note(
            "columns-unclear",
            (table,),
            _(
                "{table}: mehrere Betragsspalten ({heads}); welche der Bedarf ist, steht nirgends, keine ist gezählt."
            ).format(table=table, heads=", ".join(f"„{head}“" for head in heads)),
            _("In der Spalte „zählt“ die Zeilen der richtigen auf „ja“ stellen."),
        )


def _of_revenue(entries: Iterable[Entry]) -> Iterator[Note]:
    every = list(entries)
    for table in dict.fromkeys(entry.table for entry in every):
        count = sum(entry.table == table for entry in every)
        yield Note(
            "revenue",
            (table,),
            plural(
                "{table}: {count} Zeile ist ein Ertrag; sie steht in der Übersicht und zählt nicht zum Bedarf.",
                "{table}: {count} Zeilen sind Erträge; sie stehen in der Übersicht und zählen nicht zum Bedarf.",
                count,
            ).format(table=table, count=count),
        )


def _of_unreadable(entries: Iterable[Entry]) -> Iterator[Note]:
    cells = [figure.at for entry in entries for figure in entry.figures if figure.statement in _UNREADABLE]
    if cells:
        named = ", ".join(map(str, cells[:_NAMED])) + (", …" if len(cells) > _NAMED else "")
        yield Note(
            "not-readable",
            tuple(map(str, cells)),
            plural(
                "{count} Zelle ist kein lesbarer Betrag und fehlt in den Summen: {cells}.",
                "{count} Zellen sind keine lesbaren Beträge und fehlen in den Summen: {cells}.",
                len(cells),
            ).format(count=len(cells), cells=named),
            _("Bitte in der Datei berichtigen („pik-excel check“ sagt, wie) und neu zusammenführen."),
        )
