"""Which numbers are typed where a formula belongs? (FRM02)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import round_half_up
from pik_excel.checks.added import total_cells
from pik_excel.checks.beside_years import typed_beside_years
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.corners import typed_corners
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.half_computed import HalfComputed, half_computed
from pik_excel.checks.overtyped import Overtyped, overtyped
from pik_excel.checks.typed_results import typed_results
from pik_excel.checks.wording import plain
from pik_excel.grid.reference import Address
from pik_excel.language import _, number, plural


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
