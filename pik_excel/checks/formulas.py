"""Which formulas are overwritten, broken, or do not say all they should? (FRM)"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Context, Decimal
from pathlib import PureWindowsPath

from pik_excel.budget.money import round_half_up
from pik_excel.checks.added import TotalCell, total_cells, totals
from pik_excel.checks.beside_years import typed_beside_years
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.computed import stale
from pik_excel.checks.constants import typed_amounts
from pik_excel.checks.corners import typed_corners
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.half_computed import HalfComputed, half_computed
from pik_excel.checks.overtyped import Overtyped, overtyped
from pik_excel.checks.runs import FormulaGrid, Shape, areas_of, blocks, contents, dependents, formulas, named
from pik_excel.checks.typed_results import typed_results
from pik_excel.checks.unfilled import is_not_filled_in
from pik_excel.checks.wording import money, plain, shortened_formula
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.workbook import Cell, DefinedName, ErrorValue, Value, Workbook
from pik_excel.language import _, number, plural
from pik_excel.patterns import pattern
from pik_excel.recalc.stale import Stale, inputs_text
from pik_excel.recalc.syntax import Beyond, Call


@rule(
    "FRM02",
    "number-typed-over-formula",
    Severity.WARNING,
    yields_to=("SUM01", "SUM02", "SUM06", "SUM08", "FRM03", "NUM03"),
)
def number_typed_over_formula(subject: Subject) -> Iterator[Found]:
    """Zahl über eine Formel getippt

    Was: In einer Reihe gleicher Formeln steht an einer Stelle eine getippte Zahl; oder getippte Zahlen einer Spalte
    oder Zeile sind genau, was eine Formel derselben Spalte oder Zeile dort ergäbe; oder in einer Zeile, die in
    mehreren Spalten aus den Zeilen darüber oder darunter gerechnet ist, sind andere Spalten getippt.

    Warum: Die Zahl rechnet nicht mehr mit. Ändert sich eine Annahme, bewegen sich alle Nachbarn, diese Zelle nicht, und
    niemand sieht es ihr an.

    Quelle: Zhang u. a. 2021: 3.024 von 3.702 fehlerhaften Zellen waren fehlende Formeln; am sichersten verrät sie, dass
    die Formel der Nachbarn an dieser Stelle genau die getippte Zahl ergäbe (Trefferquote 96 %).

    Falsch (D4):

    |   | A          | B   | C     | D               |
    |---|------------|-----|-------|-----------------|
    | 1 | Angebot    | VZÄ | Satz  | Kosten          |
    | 2 | Beratung   | 2   | 4600  | =B2*C2 → 9200   |
    | 3 | Sprachkurs | 3   | 4600  | =B3*C3 → 13800  |
    | 4 | Begleitung | 4   | 4600  | 18400           |
    | 5 | Schulung   | 5   | 4600  | =B5*C5 → 23000  |
    | 6 | Patenschaft| 1   | 4600  | =B6*C6 → 4600   |

    Falsch (D5):

    |   | A          | B                | C                   | D               |
    |---|------------|------------------|---------------------|-----------------|
    | 1 | Angebot    | VZÄ              | Kosten              | Kosten je Platz |
    | 2 | Beratung   | 2                | 9200                | 460             |
    | 3 | Sprachkurs | 3                | 13800               | 920             |
    | 4 | Begleitung | 4                | 18400               | 736             |
    | 5 | Gesamt     | =SUM(B2:B4) → 9  | =SUM(C2:C4) → 41400 | 690             |

    Richtig:

    |   | A          | B   | C     | D               |
    |---|------------|-----|-------|-----------------|
    | 1 | Angebot    | VZÄ | Satz  | Kosten          |
    | 2 | Beratung   | 2   | 4600  | =B2*C2 → 9200   |
    | 3 | Sprachkurs | 3   | 4600  | =B3*C3 → 13800  |
    | 4 | Begleitung | 4   | 4600  | =B4*C4 → 18400  |
    | 5 | Schulung   | 5   | 4600  | =B5*C5 → 23000  |
    | 6 | Patenschaft| 1   | 4600  | =B6*C6 → 4600   |

    Beheben: Formel der Nachbarzelle hineinkopieren. Ist die Zahl gewollt, einen Kommentar an die Zelle schreiben oder
    die Regel für diese Zelle ausschließen.

    Schweigt: bei einer einzelnen getippten 0 (sie sagt ausdrücklich „kein Bedarf“), bei Anfangswerten vor einer Reihe,
    bei Reihen, in denen Eingaben und Formeln sich mischen (beschlossene neben fortgeschriebenen Jahren), und wo nur
    eine Richtung Formeln hat und die Zahl nicht zu ihnen passt. Über Zeilen, die nur teils gerechnet sind, spricht sie
    nur in Mappen ohne Haushaltstabelle, und nicht in Spalten, die auch sonst getippt oder als Plan oder Ziel
    überschrieben sind oder aus denen dort nichts zu rechnen ist.
    """
    known = total_cells(subject) | {(one.sheet, *cell) for one in typed_corners(subject) for cell in one.cells}
    named = set[tuple[str, int, int]]()
    for one in (*overtyped(subject), *typed_beside_years(subject)):
        cells = {(one.sheet, row, column) for row, column in one.cells}
        if not any(cell in known for cell in cells) and not cells & named and not _is_open_ended(subject, one):
            named |= cells
            yield _overtyped_found(one)
    yield from typed_results(subject, sums=False)
    yield from (_half_computed_found(subject, one) for one in half_computed(subject))


def _is_open_ended(subject: Subject, one: Overtyped) -> bool:
    """Whether it stands under "2027 ff." and is compared with the years before: the amount of each later year is an
    input of its own."""
    column = one.cells[0][1]
    return one.model.column != column and any(
        year.at.column == column and year.year.open_ended
        for table in subject.reading.budget.measure_tables
        if table.sheet == one.sheet and any(table.area.holds(*cell) for cell in one.cells)
        for year in table.columns
    )


def _overtyped_found(one: Overtyped) -> Found:
    row, column = one.cells[0]
    at = Address(one.sheet, row, column)
    stated = number(one.value)
    if one.expected is not None and one.expected == one.value:
        why = _("die Formel der Nachbarzelle {model} ergäbe hier dieselbe Zahl")
    elif one.expected is not None:
        why = _("die Formel der Nachbarzelle {model} ergäbe hier {expected}")
    else:
        why = _("die Zellen davor und danach rechnen alle wie {model}")
    digits = max(0, -int(one.value.as_tuple().exponent)) + 2
    rounded = None if one.expected is None else round_half_up(one.expected, digits).normalize()
    expected = "" if rounded is None else number(rounded)
    return Found(
        at=at,
        stated=plain(one.value),
        expected=None if rounded is None else plain(rounded),
        message=_("{at}: {stated} ist getippt, {why}.").format(
            at=at, stated=stated, why=why.format(model=one.model.a1, expected=expected)
        ),
        hint=_("Formel aus {model} hierher kopieren oder die Abweichung in einem Kommentar begründen.").format(
            model=one.model.a1
        ),
        related=(str(one.model),),
        area=one.area.a1 if len(one.cells) > 1 else None,
    )


def _half_computed_found(subject: Subject, one: HalfComputed) -> Found:
    at = Address(one.sheet, one.area.top, one.area.left)
    cell = subject.reading.workbook.cell(at)
    stated = cell.value if cell is not None and isinstance(cell.value, Decimal) else Decimal(0)
    count = one.area.size
    message = plural(
        "{at}: {stated} ist getippt; in anderen Spalten ist die Zeile gerechnet (wie {model}).",
        "{at} bis {last}: {count} Zahlen sind getippt; in anderen Spalten ist die Zeile gerechnet (wie {model}).",
        count,
    )
    last = Address(one.sheet, one.area.bottom, one.area.right)
    return Found(
        at=at,
        stated=plain(stated),
        expected=None,
        message=message.format(at=at, last=last.a1, stated=number(stated), count=number(count), model=one.model.a1),
        hint=_("Formel für diese Spalte eintragen oder in einem Kommentar begründen, woher die Zahl kommt."),
        related=(str(one.model),),
        area=one.area.a1 if count > 1 else None,
    )


@rule("FRM03", "error-value", Severity.ERROR, yields_to=("FRM05", "FRM07", "FRM08"))
def error_value(subject: Subject) -> Iterator[Found]:
    """Fehlerwert in einer Zelle oder Formel

    Was: Eine Zelle zeigt #BEZUG!, #DIV/0!, #NAME?, #NV, #WERT! oder #ZAHL!, oder ihre Formel enthält einen verlorenen
    Bezug.

    Warum: Jede Summe über die Zelle wird selbst zum Fehler, und ein verlorener Bezug (#BEZUG!) lässt sich aus der Datei
    nicht wiederherstellen.

    Quelle: Excel zeigt diese Werte, wenn Bezüge gelöscht, Namen vertippt oder durch 0 geteilt wurde. Gemeldet wird nur
    die Zelle, deren eigene Formel den Fehler macht; was von ihr abhängt, heilt mit ihr.

    Falsch (B2):

    |   | A        | B                | C                |
    |---|----------|------------------|------------------|
    | 1 | Maßnahme | 2022 EUR         | 2023 EUR         |
    | 2 | OMID     | =E2/F2 → #DIV/0! | =B2 → #DIV/0!    |
    | 3 | Refugio  | 40000            | 40000            |

    Falsch (B2):

    |   | A        | B                          | C        |
    |---|----------|----------------------------|----------|
    | 1 | Maßnahme | 2022 EUR                   | 2023 EUR |
    | 2 | OMID     | =IFERROR(#REF!*1000,0) → 0 | 290000   |
    | 3 | Refugio  | 40000                      | 40000    |

    Richtig:

    |   | A        | B                             | C        |
    |---|----------|-------------------------------|----------|
    | 1 | Maßnahme | 2022 EUR                      | 2023 EUR |
    | 2 | OMID     | =IF(F2=0,0,E2/F2) → 0         | 290000   |
    | 3 | Refugio  | 40000                         | 40000    |

    Beheben: #BEZUG!: den gelöschten Bezug neu setzen. #DIV/0!: mit WENN(Nenner=0;"";…) abfangen. #NAME?: Namen und
    Funktion prüfen. #NV: den gesuchten Eintrag ergänzen.

    Schweigt: bei Zellen, die den Fehler nur weiterreichen, und bei #NV, das eine Formel mit NV() ausdrücklich setzt
    (damit Diagramme die Stelle überspringen). Nur ein Hinweis ist #DIV/0! in einem Vordruck ohne Haushaltstabelle,
    solange alles leer ist, was die Formel liest.
    """
    errors = _Errors(subject)
    in_budget = bool(subject.reading.budget.measure_tables)
    for grid in formulas(subject).grids:
        sheet = grid.sheet.name
        shown = errors.on(sheet)
        may_be_form = not in_budget and len(shown) <= _MOST_OF_A_FORM
        groups: dict[
            tuple[Shape | None, str, bool], list[tuple[int, int]]
        ] = {}  # lost references whatever their formula
        for row, column in sorted(shown):
            at = Address(sheet, row, column)
            code = _own_error(grid, at, errors)
            if code:
                own = None if code == "#REF!" else grid.shapes.get((row, column))
                form = code == "#DIV/0!" and may_be_form and is_not_filled_in(subject, at)
                groups.setdefault((own, code, form), []).append((row, column))
        for shape, copies in grid.copies.items():
            if shape.lost:
                groups.setdefault((None, "#REF!", False), []).extend(at for at in copies if at not in shown)
        for (_shape, code, form), cells in groups.items():
            yield from (_error_found(sheet, area, code, form) for area in blocks(cells))


_MOST_OF_A_FORM = 1_000  # errors


class _Errors:
    """The cells that show an error; asked for a range, it looks at its columns only."""

    def __init__(self, subject: Subject) -> None:
        self._rows: dict[tuple[str, int], list[int]] = {}
        self._columns: dict[str, list[int]] = {}
        for sheet in subject.reading.workbook.sheets:
            for row, column in sorted(error[:2] for error in sheet.cells.errors()):
                self._rows.setdefault((sheet.name, column), []).append(row)
                if column not in self._columns.setdefault(sheet.name, []):
                    self._columns[sheet.name].append(column)

    def on(self, sheet: str) -> set[tuple[int, int]]:
        """Those on one sheet."""
        return {(row, column) for column in self._columns.get(sheet, ()) for row in self._rows[sheet, column]}

    def has_another(self, sheet: str, area: Area, at: Address) -> bool:
        """Whether one lies in the area that is not the cell itself."""
        for column in self._columns.get(sheet, ()):
            if area.left <= column <= area.right:
                rows = self._rows[sheet, column]
                count = bisect_right(rows, area.bottom) - bisect_left(rows, area.top)
                if count > (sheet == at.sheet and area.holds(at.row, at.column) and column == at.column):
                    return True
        return False


def _own_error(grid: FormulaGrid, at: Address, errors: _Errors) -> str | None:
    """The error the cell makes itself; None where it only passes one on or sets it on purpose."""
    code = str(grid.sheet.value(at.row, at.column))
    shape = grid.shapes.get((at.row, at.column))
    if shape is None:
        return code
    if shape.lost:
        return "#REF!"
    if shape.elsewhere:
        return None  # the link is reported (FRM05)
    if code == "#N/A" and any(isinstance(node, Call) and node.name == "NA" for node in shape.nodes):
        return None
    if any(errors.has_another(sheet, area, at) for sheet, area in areas_of(shape, at)):
        return None
    return code


def _error_found(sheet: str, area: Area, code: str, form: bool) -> Found:
    at = Address(sheet, area.top, area.left)
    count = area.size
    shown = german_error(code)
    message = plural(
        "{at} ergibt {shown}: {meaning}.",
        "{at} bis {last} ergeben {shown} ({count} Zellen): {meaning}.",
        count,
    ).format(
        at=at,
        last=Address(sheet, area.bottom, area.right).a1,
        shown=shown,
        count=number(count),
        meaning=_error_meaning(code),
    )
    return Found(
        at,
        code,
        None,
        message,
        _error_hint(code),
        area=area.a1 if count > 1 else None,
        severity=Severity.NOTICE if form else None,
    )


def german_error(code: str) -> str:
    """The error as Excel shows it in the language in force."""
    return {
        "#REF!": _("#BEZUG!"),
        "#DIV/0!": _("#DIV/0!"),
        "#NAME?": _("#NAME?"),
        "#N/A": _("#NV"),
        "#VALUE!": _("#WERT!"),
        "#NUM!": _("#ZAHL!"),
        "#NULL!": _("#NULL!"),
    }.get(code, code)


def _error_meaning(code: str) -> str:
    return {
        "#REF!": _("der Bezug zeigt auf eine gelöschte Zelle"),
        "#DIV/0!": _("geteilt durch 0 oder eine leere Zelle"),
        "#NAME?": _("der Name oder die Funktion ist unbekannt"),
        "#N/A": _("der gesuchte Wert ist nicht vorhanden"),
        "#VALUE!": _("gerechnet mit Text oder einer falschen Art von Wert"),
        "#NUM!": _("die Zahl ist unzulässig oder zu groß"),
        "#NULL!": _("die Bereiche haben keine gemeinsame Zelle"),
    }.get(code, _("kein gültiger Wert"))


def _error_hint(code: str) -> str:
    return {
        "#REF!": _("Den verlorenen Bezug neu setzen."),
        "#DIV/0!": _('Den Nenner eintragen oder den Fall mit WENN(Nenner=0;"";…) abfangen.'),
        "#NAME?": _("Schreibweise des Namens oder der Funktion berichtigen."),
        "#N/A": _("Den gesuchten Eintrag in der Liste ergänzen oder den Suchbegriff berichtigen."),
        "#VALUE!": _("Die Zellen der Formel auf Text prüfen, der eine Zahl sein soll."),
    }.get(code, _("Die Formel und ihre Eingaben prüfen."))


@rule("FRM04", "constant-in-formula", Severity.NOTICE, yields_to=("FRM03", "FRM05"))
def constant_in_formula(subject: Subject) -> Iterator[Found]:
    """Getippter Betrag in einer Formel

    Was: Eine Formel enthält einen Betrag, der nicht in einer eigenen Zelle steht, etwa =SUM(B4:B9)+5 oder
    =400000-200000.

    Warum: Der Betrag ist unsichtbar, hat keine Bezeichnung und keine Quelle und bleibt stehen, wenn sich sein Grund
    ändert.

    Quelle: Prüfpraxis; in einem einzigen öffentlichen Finanzplan fanden sich 141 solche Zellen.

    Falsch (B4):

    |   | A        | B               | C               |
    |---|----------|-----------------|-----------------|
    | 1 | Maßnahme | 2022 TEUR       | 2023 TEUR       |
    | 2 | OMID     | 290             | 290             |
    | 3 | Refugio  | 40              | 40              |
    | 4 | Summe    | =B2+B3+25 → 355 | =C2+C3 → 330    |

    Falsch (B2):

    |   | A        | B                       | C        |
    |---|----------|-------------------------|----------|
    | 1 | Maßnahme | 2022 EUR                | 2023 EUR |
    | 2 | OMID     | =400000-200000 → 200000 | 200000   |
    | 3 | Refugio  | 40000                   | 40000    |

    Richtig:

    |   | A        | B                                 | C                      |
    |---|----------|-----------------------------------|------------------------|
    | 1 | Maßnahme | 2022 EUR                          | 2023 EUR               |
    | 2 | OMID     | 290500                            | =B2*(1+2%) → 296310    |
    | 3 | Refugio  | =ROUND(C3/12,0)*12 → 39996        | 40000                  |
    | 4 | Summe    | =SUM(B2:B3) → 330496              | =SUM(C2:C3) → 336310   |

    Beheben: Den Betrag in eine eigene, beschriftete Zelle schreiben und die Formel darauf verweisen lassen. Steht er in
    einer Summe, die deshalb von ihren Zeilen abweicht, ist der Befund ein Fehler: Es fehlt eine Zeile.

    Schweigt: bei Umrechnungen (/1000, *12, *100, Prozent), bei Stellenzahlen von RUNDEN, bei 0 und 1, bei Jahreszahlen
    und Datumsfunktionen und bei Zahlen in Vergleichen.
    """
    wrong = {cell.at: cell for cell in totals(subject) if cell.expected is not None and not cell.is_right}
    for grid in formulas(subject).grids:
        for shape, cells in grid.copies.items():
            amounts = typed_amounts(shape.tree)
            if amounts:
                yield from (_constant_found(grid, amounts, area, wrong) for area in blocks(cells))


def _constant_found(
    grid: FormulaGrid, amounts: tuple[Decimal, ...], area: Area, wrong: dict[Address, TotalCell]
) -> Found:
    at = Address(grid.sheet.name, area.top, area.left)
    cell = grid.sheet.cells[at.row, at.column]
    total = wrong.get(at)
    shown = ", ".join(number(abs(amount)) for amount in amounts[:4]) + (" …" if len(amounts) > 4 else "")
    return Found(
        at=at,
        stated="=" + (cell.formula or ""),
        expected=None,
        message=plural(
            "{at}: Die Formel ={formula} enthält den getippten Betrag {amounts}.",
            "{at}: Die Formel ={formula} enthält getippte Beträge: {amounts}.",
            len(amounts),
        ).format(at=at, formula=shortened_formula(cell.formula or ""), amounts=shown)
        + ("" if total is None else " " + _the_rows_say(total)),
        hint=_("Den Betrag in eine eigene, beschriftete Zelle schreiben und darauf verweisen."),
        area=area.a1 if area.a1 != at.a1 else None,
        severity=None if total is None else Severity.ERROR,
    )


def _the_rows_say(total: TotalCell) -> str:
    return _("Die Zeilen der Summe ergeben ohne ihn {expected}.").format(
        expected=money(total.expected or Decimal(0), total.unit)
    )


_AS_EXCEL_SHOWS = Context(prec=15)
_INDEX = pattern(r"\[(\d+)\]")
_FILE = pattern(r"'?([^'!\"(,;=+*/&<>-]*)\[([^\]\[]+\.\w{3,5})\][^!]*!|'([^'\[]+\.xl\w{1,3})'!")


@rule("FRM05", "link-to-other-workbook", Severity.WARNING)
def link_to_other_workbook(subject: Subject) -> Iterator[Found]:
    """Verknüpfung mit einer anderen Arbeitsmappe

    Was: Eine Formel oder ein definierter Name holt Werte aus einer anderen Datei.

    Warum: Wer die Mappe öffnet und die andere Datei nicht hat, sieht alte Werte oder #BEZUG!. Fließt der Wert in eine
    Summe, ist die Summe nicht nachprüfbar; dann ist der Befund ein Fehler.

    Quelle: Prüfpraxis; Verknüpfungen auf persönliche Laufwerke (C:\\Users\\…) brechen beim Versand immer.

    Falsch (B2):

    |   | A        | B                               | C         |
    |---|----------|---------------------------------|-----------|
    | 1 | Maßnahme | 2022 TEUR                       | 2023 TEUR |
    | 2 | OMID     | ='[Ansatz.xlsx]Blatt1'!B7 → 290 | 290       |
    | 3 | Refugio  | 40                              | 40        |

    Richtig:

    |   | A        | B         | C         |
    |---|----------|-----------|-----------|
    | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
    | 2 | OMID     | 290       | 290       |
    | 3 | Refugio  | 40        | 40        |

    Beheben: Werte einfügen (Daten > Verknüpfungen bearbeiten > Verknüpfung löschen) und die Quelle in einer
    Bemerkung nennen, oder das andere Blatt in diese Mappe übernehmen.

    Schweigt: bei Hyperlinks und bei Bezügen auf andere Blätter derselben Mappe.
    """
    workbook = subject.reading.workbook
    linked = [
        (grid.sheet.name, area, target)
        for grid in formulas(subject).grids
        for target, cells in _linked(grid, workbook)
        for area in blocks(cells)
    ]
    for sheet, area, target in linked:
        yield _link_found(sheet, area, target, _feeds_a_total(subject, sheet, area))
    yield from _linked_names(workbook)


def _linked(grid: FormulaGrid, workbook: Workbook) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The files that formulas of the sheet refer to, with the cells that do."""
    found: dict[str, list[tuple[int, int]]] = {}
    for shape, cells in grid.copies.items():
        if shape.elsewhere or any(isinstance(node, Beyond) for node in shape.nodes):
            for at in cells:
                if target := link_target(_text_of_group(grid.sheet.cells[at]), workbook):
                    found.setdefault(target, []).append(at)
    yield from found.items()


def _text_of_group(cell: Cell) -> str:
    """The formula as the first cell of its group has it: other workbooks are the same for all."""
    source = cell[3]
    return source.text if isinstance(source, SharedFormula) else source or ""


def link_target(formula: str, workbook: Workbook) -> str | None:
    """The other workbook a formula refers to, None where it stays in its own."""
    if "[" not in formula and ".xl" not in formula:
        return None
    bare = re.sub(r'"(?:[^"]|"")*"', '""', formula)
    if found := _FILE.search(bare):
        return found[3] or f"{found[1]}{found[2]}"
    own_columns = re.sub(r"(?<=[\w\]])\[(?:[^\[\]]|\[[^\]]*\])*\]", "", bare)  # Tabelle1[2022] is a table's column
    if index := _INDEX.search(own_columns):
        number_ = int(index[1])
        return workbook.external_links[number_ - 1] if 0 < number_ <= len(workbook.external_links) else f"[{number_}]"
    return None


def _feeds_a_total(subject: Subject, sheet: str, area: Area) -> bool:
    """Whether a total is computed from one of the cells, directly or through other formulas, or is one of them."""
    known = total_cells(subject)
    cells = [Address(sheet, *cell) for cell in _cells(area)]
    if any(cell in known for cell in cells):
        return True
    for at in dependents(subject).downstream(cells):
        shape = formulas(subject).shape(at)
        if at in known or (shape is not None and shape.sum is not None):
            return True
    return False


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1))


def _link_found(sheet: str, area: Area, target: str, feeds: bool) -> Found:
    at = Address(sheet, area.top, area.left)
    count = area.size
    message = plural(
        "{at} holt seinen Wert aus einer anderen Datei: {target}.",
        "{area} ({count} Zellen) holen ihre Werte aus einer anderen Datei: {target}.",
        count,
    ).format(at=at, area=named(sheet, area), count=number(count), target=_readable(target))
    if feeds:
        message += " " + _("Der Wert geht in eine Summe ein.")
    return Found(
        at=at,
        stated=target,
        expected=None,
        message=message,
        hint=_("Den Wert einfügen und die Quelle als Bemerkung nennen oder das Blatt in diese Mappe übernehmen."),
        area=area.a1 if count > 1 else None,
        severity=Severity.ERROR if feeds else None,
    )


def _linked_names(workbook: Workbook) -> Iterator[Found]:
    """Names that point into another file; a hidden one that nobody uses came with a copied sheet and is left alone."""
    for name in workbook.names:
        target = link_target(name.formula, workbook)
        if target and (user := _first_user(name, workbook) or (None if name.hidden else _top(name, workbook))):
            yield Found(
                at=user,
                stated=target,
                expected=None,
                message=_("Der Name „{name}“ zeigt in eine andere Datei: {target}.").format(
                    name=name.name, target=_readable(target)
                ),
                hint=_("Den Namen im Namens-Manager löschen oder auf eine Zelle dieser Mappe umstellen."),
                identity=(name.name,),
            )


def _first_user(name: DefinedName, workbook: Workbook) -> Address | None:
    word = re.compile(rf"(?<![\w.]){re.escape(name.name)}(?![\w.(])", re.IGNORECASE)
    for sheet in workbook.sheets:
        for row, column, source in sheet.cells.formulas():
            if word.search(source if isinstance(source, str) else source.text):
                return Address(sheet.name, row, column)
    return None


def _top(name: DefinedName, workbook: Workbook) -> Address | None:
    sheet = name.sheet or (workbook.sheets[0].name if workbook.sheets else None)
    return Address(sheet, 1, 1) if sheet else None


def _readable(target: str) -> str:
    """The end of a long path: the file's name and the folder it lies in."""
    parts = PureWindowsPath(target.removeprefix("file:///")).parts
    return target if len(target) <= 60 else "…\\" + "\\".join(parts[-2:])


@rule("FRM06", "stored-value-stale", Severity.WARNING, yields_to=("FRM03", "FRM05"))
def stored_value_stale(subject: Subject) -> Iterator[Found]:
    """Gespeicherter Wert veraltet

    Was: Der Wert, der mit einer Formel gespeichert ist, ist nicht der, den die Formel ergibt, oder er fehlt.

    Warum: Wer die Mappe nur ansieht (Vorschau, Druck, Import in ein anderes Programm), sieht den alten Wert; Excel
    zeigt nach der nächsten Berechnung einen anderen.

    Quelle: Entsteht bei manueller Berechnung und durch Programme, die Formeln ändern, ohne sie zu rechnen. Gemeldet
    wird nur, worin zwei voneinander unabhängige Rechnungen gegen den gespeicherten Wert übereinstimmen.

    Falsch (B4):

    |   | A        | B            | C            |
    |---|----------|--------------|--------------|
    | 1 | Maßnahme | 2022 TEUR    | 2023 TEUR    |
    | 2 | OMID     | 290          | =B2 → 290    |
    | 3 | Refugio  | 40           | =B3 → 40     |
    | 4 | Summe    | =B2+B3 → 320 | =C2+C3 → 330 |

    Richtig:

    |   | A        | B            | C            |
    |---|----------|--------------|--------------|
    | 1 | Maßnahme | 2022 TEUR    | 2023 TEUR    |
    | 2 | OMID     | 290          | =B2 → 290    |
    | 3 | Refugio  | 40           | =B3 → 40     |
    | 4 | Summe    | =B2+B3 → 330 | =C2+C3 → 330 |

    Beheben: In Excel F9 (neu berechnen) und speichern; Berechnung auf „Automatisch“ stellen. Oder `pik-excel recalc`.

    Schweigt: wo eine der beiden Rechnungen die Formel nicht sicher beherrscht, bei Zellen, die nur einen veralteten
    Wert weiterreichen, und bei Mappen, die nie ein rechnendes Programm gespeichert hat.
    """
    for grid in formulas(subject).grids:
        here = {(at.row, at.column): one for at, one in stale(subject).items() if at.sheet == grid.sheet.name}
        by_shape: dict[Shape | None, list[tuple[int, int]]] = {}
        for cell in here:
            by_shape.setdefault(grid.shapes.get(cell), []).append(cell)
        for cells in by_shape.values():
            for area in blocks(cells):
                one = here[area.top, area.left]
                yield _stale_found(one, area, inputs_text(contents(subject), one.at))


def _stale_found(one: Stale, area: Area, given: str) -> Found:
    count = area.size
    if one.stored is None:
        said = _("{at}: Zur Formel ist kein Wert gespeichert; sie ergibt {computed}")
    else:
        said = _("{at}: Gespeichert ist {stored}, die Formel ergibt {computed}")
    message = said.format(at=one.at, stored=_shown(one.stored), computed=_shown(one.computed))
    inputs = f" ({given})" if given else ""
    last = Address(one.at.sheet, area.bottom, area.right).a1
    others = _("; ebenso bis {last} ({count} Zellen)").format(last=last, count=number(count)) if count > 1 else ""
    return Found(
        at=one.at,
        stated=_plain_value(one.stored),
        expected=_plain_value(one.computed),
        message=f"{message}{inputs}{others}.",
        hint=_("In Excel neu berechnen (F9) und speichern."),
        area=area.a1 if count > 1 else None,
    )


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):
        return number(_AS_EXCEL_SHOWS.plus(value))
    return german_error(value) if isinstance(value, ErrorValue) else str(value if value is not None else "")


def _plain_value(value: Value) -> str | None:
    return plain(_AS_EXCEL_SHOWS.plus(value)) if isinstance(value, Decimal) else None if value is None else str(value)
