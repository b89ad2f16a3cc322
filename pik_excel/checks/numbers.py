"""Are the numbers numbers, in the right unit and with the right sign? (NUM)"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pik_excel.budget.money import Statement, Unit
from pik_excel.budget.tables import Field, Measure, Total
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import FormulaGrid, blocks, formulas, once
from pik_excel.checks.separators import misread
from pik_excel.checks.slips import Slip, unit_slips, wrong_signs
from pik_excel.checks.wording import money, plain
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.language import _, number, plural
from pik_excel.layout.numbers import Number, number_in
from pik_excel.patterns import pattern

_SIGNED = pattern(r"\s*(\(.*\)|[–−—].*\d.*|.*\d\s*[-–−—])\s*(€|EUR|TEUR|T€)?\s*\Z")
_COMMA_DASH = pattern(r",\s?[-–—]{1,2}\s*(€|EUR)?\s*\Z")  # "57,- €": cents, no sign
_NUMERIC_FIELDS = {"money", "number", "integer", "share"}


@rule("NUM01", "number-stored-as-text", Severity.ERROR, yields_to=("MSR03", "NUM06"))
def number_stored_as_text(subject: Subject) -> Iterator[Found]:
    """Zahl als Text gespeichert

    Was: In einer Betragszelle steht ein Text, der wie eine Zahl aussieht: 1.151, 290 mit Leerzeichen, 57,00 €, 150*.

    Warum: SUMME überspringt Text. Der Betrag steht da und fehlt doch in der Summe.

    Quelle: Entsteht beim Einfügen aus Word, PDF oder dem Haushaltsprogramm; Excel zeigt dann oft ein grünes Dreieck.

    Falsch (B3):

    |   | A                 | B                 | C                 |
    |---|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID              | 290               | 290               |
    | 3 | Dolmetscherkosten | '80               | 60                |
    | 4 | Arrival Aid       | 18                | 18                |
    | 5 | Summe             | =SUM(B2:B4) → 308 | =SUM(C2:C4) → 368 |

    Richtig:

    |   | A                 | B                 | C                 |
    |---|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID              | 290               | 290               |
    | 3 | Dolmetscherkosten | 80                | 60                |
    | 4 | Arrival Aid       | 18                | 18                |
    | 5 | Summe             | =SUM(B2:B4) → 388 | =SUM(C2:C4) → 368 |

    Beheben: Zelle markieren, Daten > Text in Spalten > Fertig stellen; oder die Zahl neu tippen. Sterne und Einheiten
    gehören in die Bezeichnung oder den Spaltenkopf.

    Schweigt: bei Produktnummern, Konten, Jahren und Telefonnummern, bei k. A. und –, und außerhalb erkannter Tabellen
    überall, wo keine Summe über die Zelle läuft.
    """
    by_sheet: dict[str, dict[tuple[int, int], TextNumber]] = {}
    otherwise = {one.amount.at for one in misread(subject)}
    for one in _text_numbers(subject):
        if not _is_sign_style(one[1]) and one[0] not in otherwise:
            by_sheet.setdefault(one[0].sheet, {})[one[0].row, one[0].column] = one
    for found in by_sheet.values():
        yield from (_as_text(found[area.top, area.left], area) for area in blocks(found))


def _as_text(one: TextNumber, area: Area) -> Found:
    at, text, found, unit = one
    value = found.value
    count = area.size
    return Found(
        at=at,
        stated=text,
        expected=plain(value),
        message=plural(
            "{at}: „{text}“ ist Text, keine Zahl; SUMME zählt {value} nicht mit.",
            "{at}: „{text}“ ist Text, keine Zahl, ebenso bis {last} ({count} Zellen); SUMME zählt sie nicht mit.",
            count,
        ).format(
            at=at,
            text=text.strip(),
            value=money(value, unit) if unit else number(value),
            last=Address(at.sheet, area.bottom, area.right).a1,
            count=number(count),
        ),
        hint=_("Als Zahl eintragen: {value}.").format(value=number(value)),
        area=area.a1 if count > 1 else None,
        identity=(text.strip(),),
    )


@rule("NUM03", "unit-slip", Severity.ERROR, yields_to=("NUM01", "NUM02"))
def unit_slip(subject: Subject) -> Iterator[Found]:
    """Betrag in falscher Einheit

    Was: Ein Betrag ist rund tausendmal so groß oder so klein wie die übrigen Jahre derselben Maßnahme: EUR in einer
    TEUR-Tabelle oder umgekehrt.

    Warum: Eine einzige solche Zelle bestimmt die ganze Summe.

    Quelle: In der Praxis wechseln Vorlagen zwischen EUR, TEUR und Mio. EUR, oft auf derselben Seite.

    Falsch (C3):

    |   | A                 | B         | C         | D         |
    |---|-------------------|-----------|-----------|-----------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR | 2024 TEUR |
    | 2 | OMID              | 290       | 290       | 290       |
    | 3 | Dolmetscherkosten | 80        | 80000     | 80        |
    | 4 | Arrival Aid       | 18        | 18        | 18        |

    Richtig:

    |   | A                 | B         | C         | D         |
    |---|-------------------|-----------|-----------|-----------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR | 2024 TEUR |
    | 2 | OMID              | 290       | 290       | 290       |
    | 3 | Dolmetscherkosten | 80        | 80        | 80        |
    | 4 | Arrival Aid       | 18        | 18        | 18        |
    | 5 | Neubau            | 0         | 16271     | 24000     |

    Beheben: Den Betrag in der Einheit der Tabelle eintragen.

    Schweigt: bei großen Einzelbeträgen, deren andere Jahre sie nicht widerlegen, und bei Maßnahmen, deren Beträge von
    Jahr zu Jahr stark schwanken. Ohne andere Jahre spricht die Regel nur, wenn nichts in der Tabelle dem Betrag
    nahekommt, oder wenn bereitgestellte Mittel, zusätzlicher Bedarf und Gesamtbedarf es zeigen.
    """
    for measure_slips in _by_measure(unit_slips(subject)):
        places = {(slip.amount.at.row, slip.amount.at.column): slip for slip in measure_slips}
        for area in blocks(places):
            yield _slipped(places[area.top, area.left], area)


def _by_measure(found: Iterable[Slip]) -> Iterable[list[Slip]]:
    groups: dict[Address, list[Slip]] = {}
    for slip in found:
        groups.setdefault(slip.measure.at, []).append(slip)
    return groups.values()


def _slipped(slip: Slip, area: Area) -> Found:
    unit, at = slip.amount.unit, slip.amount.at
    shown = ", ".join(number(one) for one in slip.evidence[:5])
    because = {
        "row": _("die anderen Jahre der Maßnahme: {shown}"),
        "assumption": _("der Bedarf laut Annahmen: {shown} {currency}"),
        "column": _("der größte Betrag der Tabelle sonst: {shown}"),
        "financing": _("die anderen Beträge der Zeile: {shown}"),
        "need": _("die beiden anderen von bereitgestellt, zusätzlich und gesamt: {shown}"),
    }[slip.by].format(shown=shown, currency=unit.currency)
    stated = slip.amount.stated or Decimal(0)
    return Found(
        at=at,
        stated=plain(stated),
        expected=plain(slip.meant),
        message=_("{at}: {stated} ist rund das Tausendfache des Üblichen ({because}).").format(
            at=at, stated=money(stated, unit), because=because
        )
        if abs(stated) > abs(slip.meant)
        else _("{at}: {stated} ist rund ein Tausendstel des Üblichen ({because}).").format(
            at=at, stated=money(stated, unit), because=because
        ),
        hint=_("In der Einheit der Spalte eintragen: vermutlich {meant}.").format(meant=money(slip.meant, unit)),
        area=area.a1 if area.a1 != at.a1 else None,
        identity=(slip.measure.name,),
    )


@rule("NUM05", "unexpected-sign", Severity.WARNING, yields_to=("NUM03",))
def unexpected_sign(subject: Subject) -> Iterator[Found]:
    """Unerwartetes Vorzeichen

    Was: Ein einzelner negativer Betrag steht unter lauter positiven, oder ein Betrag hat ein anderes Vorzeichen als die
    übrigen, etwa gleich großen Jahre seiner Zeile; oder das Vorzeichen ist so geschrieben, dass Excel den Betrag nicht
    als Zahl liest: 520,86-, (1.234), –5 mit Gedankenstrich.

    Warum: Ein falsches Vorzeichen verfälscht die Summe um das Doppelte des Betrags; als Text fehlt er ganz.

    Quelle: Buchungsprogramme drucken das Minus nach der Zahl, englische Berichte setzen Klammern.

    Falsch (C4):

    |   | A                 | B         | C         | D         |
    |---|-------------------|-----------|-----------|-----------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR | 2024 TEUR |
    | 2 | OMID              | 290       | 290       | 290       |
    | 3 | Dolmetscherkosten | 80        | 60        | 60        |
    | 4 | Arrival Aid       | 18        | -18       | 18        |
    | 5 | Refugio           | 40        | 40        | 40        |

    Falsch (D3):

    |   | A                 | B         | C         | D         | E         |
    |---|-------------------|-----------|-----------|-----------|-----------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR |
    | 2 | Sprachkurse       | 290       | 290       | 290       | 290       |
    | 3 | Erstattung Land   | -100      | -100      | 110       | -110      |
    | 4 | Sachaufwand       | 20        | 20        | 20        | 20        |

    Falsch (B3):

    |   | A                 | B         | C         |
    |---|-------------------|-----------|-----------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR |
    | 2 | OMID              | 290       | 290       |
    | 3 | Dolmetscherkosten | '80-      | 60        |
    | 4 | Refugio           | 40        | 40        |

    Richtig:

    |   | A                     | B         | C         | D         |
    |---|-----------------------|-----------|-----------|-----------|
    | 1 | Maßnahme              | 2022 TEUR | 2023 TEUR | 2024 TEUR |
    | 2 | OMID                  | 290       | 290       | 290       |
    | 3 | Dolmetscherkosten     | 80        | 60        | 60        |
    | 4 | Arrival Aid           | 18        | 18        | 18        |
    | 5 | Globaler Minderaufwand| 0         | -18       | 0         |

    Beheben: Vorzeichen berichtigen, oder den Betrag als Zahl mit führendem Minus tippen.

    Schweigt: bei Minderaufwand, Kürzungen, Einsparungen, Erträgen und Erstattungen, die nicht von ihren eigenen Jahren
    widerlegt werden, in Zeilen, die durchweg negativ sind, und immer bei Ergebnissen, Salden und Differenzen.
    """
    for one in wrong_signs(subject):
        stated = one.amount.stated or Decimal(0)
        yield Found(
            at=one.amount.at,
            stated=plain(stated),
            expected=plain(-stated),
            message=(
                _("{at}: {stated} ist der einzige negative Betrag neben {count} positiven.")
                if one.alone
                else _("{at}: {stated} ist negativ, die übrigen Beträge der Maßnahme sind positiv.")
                if stated < 0
                else _("{at}: {stated} ist positiv, die übrigen Beträge der Maßnahme sind negativ.")
            ).format(at=one.amount.at, stated=money(stated, one.amount.unit), count=number(one.positive)),
            hint=_("Vorzeichen prüfen: vermutlich {meant}.").format(meant=money(-stated, one.amount.unit))
            if one.in_row
            else _("Vorzeichen prüfen; ist eine Minderung gemeint, sie in der Bezeichnung nennen."),
            identity=(one.measure.name,),
        )
    for at, text, found, _unit in _text_numbers(subject):
        if _is_sign_style(text):
            yield Found(
                at=at,
                stated=text,
                expected=plain(found.value),
                message=_(
                    "{at}: „{text}“ ist Text; Excel liest dieses Vorzeichen nicht, SUMME zählt den Betrag nicht."
                ).format(at=at, text=text.strip()),
                hint=_("Mit führendem Minus als Zahl eintragen: {value}.").format(value=number(found.value)),
                identity=(text.strip(),),
            )


def _is_sign_style(text: str) -> bool:
    """A minus behind the number, brackets, or a dash instead of a minus."""
    return bool(_SIGNED.match(text)) and not _COMMA_DASH.search(text)


TextNumber = tuple[Address, str, Number, Unit | None]


@once
def numbers_as_text(subject: Subject) -> frozenset[Address]:
    """The cells in which a number was typed as text."""
    return frozenset(one[0] for one in _text_numbers(subject))


@once
def _text_numbers(subject: Subject) -> tuple[TextNumber, ...]:
    """Typed texts that are numbers, in the cells of amounts and under sums; each cell once."""
    found: dict[Address, TextNumber] = {}
    for at, unit in _amount_cells(subject):
        cell = subject.reading.workbook.cell(at)
        one = _number_typed_as_text(cell)
        if one is not None and cell is not None:
            found[at] = (at, str(cell.value), one, unit)
    for grid in formulas(subject).grids:
        for cell, one in _under_sums(grid):
            at = Address(grid.sheet.name, cell.row, cell.column)
            found.setdefault(at, (at, str(cell.value), one, None))
    return tuple(found.values())


def _number_typed_as_text(cell: Cell | None) -> Number | None:
    if cell is None or type(cell.value) is not str or cell.has_formula:
        return None
    return number_in(cell.value)


def _amount_cells(subject: Subject) -> Iterator[tuple[Address, Unit | None]]:
    """The cells in which recognised tables have a number."""
    budget = subject.reading.budget
    for table in budget.tables:
        rows: tuple[Measure | Total, ...] = (*table.measures, *table.totals)
        for row in rows:
            for amount in row.amounts:
                if amount.text is not None or amount.statement is Statement.UNREADABLE:
                    yield amount.at, amount.unit
    for financing in budget.financings:
        parts = [part.amount for part in financing.parts] + ([financing.total] if financing.total else [])
        yield from ((amount.at, amount.unit) for amount in parts)
    records: list[dict[str, Field]] = [row.fields for table_ in budget.assumptions for row in table_.rows]
    records += [posts.fields for posts in budget.posts]
    for fields in records:
        for key, field in fields.items():
            known = subject.schema.fields.get(key)
            if known is not None and known.type in _NUMERIC_FIELDS and field.decimal is not None:
                yield field.at, Unit.EUR if known.type == "money" else None


def _under_sums(grid: FormulaGrid) -> Iterator[tuple[Cell, Number]]:
    """Numbers as text among numbers in a column that a sum covers. A year above the numbers is their header."""
    covered = _covered_by_sums(grid)
    if not covered:
        return
    for row, column, text in grid.sheet.cells.texts(covered):
        if text:
            spans = covered[column]
            index = bisect_right(spans, (row, 1 << 30)) - 1
            if index >= 0 and spans[index][0] <= row <= spans[index][1]:
                one, cell = number_in(text), grid.sheet.cells[row, column]
                if one is None or cell.has_formula:
                    continue
                if not _is_header(one, cell, spans[index]) and _among_numbers(grid.sheet, cell):
                    yield cell, one


def _covered_by_sums(grid: FormulaGrid) -> dict[int, list[tuple[int, int]]]:
    """The rows that sums above or below them add, by column, as spans that do not overlap."""
    spans: dict[int, set[tuple[int, int]]] = {}
    for shape, copies in grid.copies.items():
        if shape.sum is None or all(each.top == each.bottom for each in shape.sum.references):
            continue  # sums of a row
        for row, column in copies:
            for area in shape.sum.areas(grid.sheet.name, row, column) or ():
                if area.bottom > area.top and area.right - area.left < 50:
                    for covered in range(area.left, area.right + 1):
                        spans.setdefault(covered, set()).add((area.top, area.bottom))
    return {column: _merged(found) for column, found in spans.items()}


def _merged(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for top, bottom in sorted(spans):
        if merged and top <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], bottom))
        else:
            merged.append((top, bottom))
    return merged


def _is_header(one: Number, cell: Cell, span: tuple[int, int]) -> bool:
    return cell.row == span[0] and one.value == one.value.to_integral_value() and 1900 <= one.value <= 2100


def _among_numbers(sheet: Sheet, cell: Cell) -> bool:
    """Whether the cells above and below are numbers, and no other text number is near: else it is a list of codes."""
    near = [sheet.value(row, cell.column) for row in range(cell.row - 3, cell.row + 4) if row != cell.row]
    numbers = sum(isinstance(value, Decimal) for value in near)
    texts = sum(isinstance(value, str) and number_in(value) is not None for value in near)
    return numbers >= 2 and numbers > texts
