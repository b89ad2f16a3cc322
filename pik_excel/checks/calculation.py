"""Which formulas cannot be calculated: by nobody, or not here? (FRM)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pik_excel.budget.money import Amount
from pik_excel.budget.tables import Budget, Field, Indicator, Measure, Total
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.circling import circling, unwanted_circles
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import blocks, contents, dependents, formulas, named
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import ErrorValue
from pik_excel.language import _, number, plural
from pik_excel.recalc.circles import Circle
from pik_excel.recalc.graph import upstream
from pik_excel.recalc.refusals import refusals

_STEPS = 8  # of a circle that are spelled out
_RELATED = 20


@rule("FRM07", "circular-reference", Severity.ERROR)
def circular_reference(subject: Subject) -> Iterator[Found]:
    """Zirkelbezug

    Was: Eine Formel hängt von sich selbst ab, unmittelbar oder über andere Zellen.

    Warum: Excel kann den Kreis nicht rechnen. Es warnt beim Öffnen und zeigt 0 oder einen alten Wert; in jeder Summe
    darüber fehlt der Betrag.

    Quelle: Entsteht, wenn eine Summe um ihre eigene Zeile zu lang ist, oder wenn ein Zuschlag von der Gesamtsumme
    gerechnet wird, in der er selbst steckt (Gemeinkosten, Eigenanteil).

    Falsch (B4):

    |   | A              | B              |
    |---|----------------|----------------|
    | 1 | Maßnahme       | 2022 EUR       |
    | 2 | Personal       | 240000         |
    | 3 | Sachkosten     | 36000          |
    | 4 | Gemeinkosten   | =B5*0.1 → 0    |
    | 5 | Summe          | =B2+B3+B4 → 0  |

    Falsch (B4):

    |   | A              | B                 | C                     |
    |---|----------------|-------------------|-----------------------|
    | 1 | Maßnahme       | 2022 EUR          | 2023 EUR              |
    | 2 | Personal       | 240000            | 245000                |
    | 3 | Sachkosten     | 36000             | 37000                 |
    | 4 | Summe          | =SUM(B2:B4) → 0   | =SUM(C2:C3) → 282000  |

    Richtig:

    |   | A              | B                     |
    |---|----------------|-----------------------|
    | 1 | Maßnahme       | 2022 EUR              |
    | 2 | Personal       | 240000                |
    | 3 | Sachkosten     | 36000                 |
    | 4 | Gemeinkosten   | =(B2+B3)*0.1 → 27600  |
    | 5 | Summe          | =SUM(B2:B4) → 303600  |

    Beheben: Den Bereich der Summe vor ihrer eigenen Zelle enden lassen; einen Zuschlag aus den Einzelbeträgen rechnen
    statt aus der Gesamtsumme.

    Schweigt: bei eingeschalteter iterativer Berechnung (dann ist der Kreis gewollt), bei Formeln, die nur nach der
    Stelle einer Zelle fragen (ZEILE, SPALTE), bei Bezügen in einem Zweig von WENN, der zurzeit nicht gilt, und bei
    INDEX, BEREICH.VERSCHIEBEN und INDIREKT, deren Ziel sich erst beim Rechnen zeigt.
    """
    filled: dict[object, dict[tuple[int, int], Circle]] = {}
    for circle in unwanted_circles(subject):
        first = circle.cells[0]
        filled.setdefault(_pattern(subject, circle), {})[first.row, first.column] = circle
    for copies in filled.values():
        for area in blocks(copies):
            yield _circle_found(subject, copies[area.top, area.left], area)


def _pattern(subject: Subject, circle: Circle) -> object:
    """What the circle has in common with those that were filled down or across with it."""
    first = circle.cells[0]
    known = formulas(subject)
    return tuple((at.sheet, at.row - first.row, at.column - first.column, known.shape(at)) for at in circle.cells)


def _circle_found(subject: Subject, circle: Circle, area: Area) -> Found:
    at = circle.cells[0]
    others = area.size - 1
    cell = subject.reading.workbook.cell(at)
    message = _("{at} hängt von sich selbst ab: {circle}.").format(at=at, circle=_spelled_out(circle))
    if others:
        last = Address(at.sheet, area.bottom, area.right).a1
        message += " " + plural("Ebenso {last}.", "Ebenso {count} weitere Zellen bis {last}.", others).format(
            last=last, count=number(others)
        )
    if len(circle.cells) == 1:
        hint = _("Den Bezug auf die eigene Zelle aus der Formel nehmen, etwa den Bereich vor ihr enden lassen.")
    else:
        hint = _("Einen dieser Bezüge auflösen, etwa den Zuschlag aus den Einzelbeträgen rechnen statt aus der Summe.")
    return Found(
        at=at,
        stated="=" + ((cell.formula if cell else None) or ""),
        expected=None,
        message=message,
        hint=hint,
        related=tuple(map(str, circle.cells[1 : _RELATED + 1])),
        area=area.a1 if others else None,
    )


def _spelled_out(circle: Circle) -> str:
    """ "B4 → B5 → B4", long ones shortened."""
    home = circle.cells[0].sheet
    names = [at.a1 if at.sheet == home else str(at) for at in (*circle.way, circle.way[0])]
    return " → ".join(names if len(names) <= _STEPS else [*names[: _STEPS - 3], "…", *names[-2:]])


@rule("FRM09", "not-evaluated", Severity.NOTICE, yields_to=("FRM03", "FRM05", "FRM07"))
def not_evaluated(subject: Subject) -> Iterator[Found]:
    """Formel nicht nachgerechnet

    Was: Ein Betrag beruht auf einer Formel, die pik-excel nicht sicher berechnen kann. Je Blatt und Grund ein Befund.

    Warum: Geraten wird nicht. Für diese Beträge gilt der gespeicherte Wert, wie ihn Excel zuletzt gerechnet hat; ob er
    veraltet ist, bleibt offen.

    Quelle: Gerechnet wird nur mit Funktionen, deren Ergebnisse mit denen von Excel verglichen sind. Was fehlt, hängt
    etwa vom heutigen Tag, von der Sprache oder von einer sortierten Liste ab.

    Falsch (B2):

    |   | A        | B                                 | C         | D | E  | F   |
    |---|----------|-----------------------------------|-----------|---|----|-----|
    | 1 | Maßnahme | 2022 TEUR                         | 2023 TEUR |   |    |     |
    | 2 | OMID     | =LOOKUP(12,$E$2:$F$3) → 290       | 290       |   | 1  | 150 |
    | 3 | Refugio  | 40                                | 40        |   | 10 | 290 |

    Richtig:

    |   | A        | B                                          | C         | D | E  | F   |
    |---|----------|--------------------------------------------|-----------|---|----|-----|
    | 1 | Maßnahme | 2022 TEUR                                  | 2023 TEUR |   |    |     |
    | 2 | OMID     | =VLOOKUP(10,$E$2:$F$3,2,FALSE) → 290       | 290       |   | 1  | 150 |
    | 3 | Refugio  | 40                                         | 40        |   | 10 | 290 |

    Beheben: Das Ergebnis in Excel prüfen. Wo es geht, die Formel einfacher schreiben: SUMME, RUNDEN, WENN, SVERWEIS mit
    genauer Übereinstimmung.

    Schweigt: bei Formeln, von denen kein Betrag einer Haushaltstabelle abhängt (ein HEUTE() im Kopf), also auch in
    Mappen, in denen keine gefunden wurde; bei Fehlerwerten, Verknüpfungen und Zirkelbezügen, die eigene Regeln haben.
    `pik-excel recalc` nennt jede Formel, die nicht berechnet wurde.
    """
    refused = refusals(contents(subject))
    left = {at: reason for at, reason in refused.items() if not _has_a_rule_of_its_own(subject, at)}
    wanted = _behind_amounts(subject, left) if left else set()
    groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for at, reason in left.items():
        if at in wanted:
            groups.setdefault((at.sheet, reason), []).append((at.row, at.column))
    for (sheet, reason), cells in groups.items():
        yield _refused_found(sheet, reason, cells)


def _has_a_rule_of_its_own(subject: Subject, at: Address) -> bool:
    """Whether it shows an error, refers to another workbook or runs in a circle."""
    shape, cell = formulas(subject).shape(at), subject.reading.workbook.cell(at)
    if (shape is not None and shape.elsewhere) or (cell is not None and isinstance(cell.value, ErrorValue)):
        return True
    return at in circling(subject)


def _behind_amounts(subject: Subject, cells: Iterable[Address]) -> set[Address]:
    """Those of the cells that are amounts of the budget, or from which one is computed."""
    cells, amounts = set(cells), set(_amounts(subject.reading.budget))
    behind = cells - amounts
    if not behind or not amounts:
        return cells & amounts
    reached = behind | dependents(subject).downstream(behind).keys()
    return (cells & amounts) | set(upstream(contents(subject), reached & amounts, within=reached))


def _amounts(budget: Budget) -> Iterator[Address]:
    """Every cell of the recognised tables that states a number."""
    for table in budget.tables:
        rows: tuple[Measure | Total, ...] = (*table.measures, *table.totals, *table.memos)
        for row in rows:
            yield from (amount.at for amount in row.amounts)
            yield from (Address(table.sheet, row.at.row, one.at.column) for one in table.total_columns)
    for listed in budget.lists:
        yield from (amount.at for total in listed.year_sums for amount in total.amounts)
    for financing in budget.financings:
        yield from _of(part.amount for part in financing.parts)
        yield from _of([financing.total])
    for post in budget.posts:
        yield from _numbers(post.fields.values())
    for assumptions in budget.assumptions:
        for assumption in assumptions.rows:
            yield from _numbers(assumption.fields.values())
    for indicators in budget.indicators:
        for indicator in indicators.rows:
            yield from _of_indicator(indicator)


def _of(amounts: Iterable[Amount | None]) -> Iterator[Address]:
    return (amount.at for amount in amounts if amount is not None)


def _numbers(fields: Iterable[Field]) -> Iterator[Address]:
    return (field.at for field in fields if isinstance(field.value, Decimal))


def _of_indicator(indicator: Indicator) -> Iterator[Address]:
    yield from _numbers(field for _year, field in indicator.values)
    for part in indicator.parts:
        yield from _of_indicator(part)


def _refused_found(sheet: str, reason: str, cells: list[tuple[int, int]]) -> Found:
    areas = blocks(cells)
    at = Address(sheet, areas[0].top, areas[0].left)
    message = plural(
        "{at} ist {reason}. Der gespeicherte Wert bleibt ungeprüft.",
        "{at} und weitere ({count} Formeln des Blatts) sind {reason}. Die gespeicherten Werte bleiben ungeprüft.",
        len(cells),
    ).format(at=at, count=number(len(cells)), reason=reason)
    return Found(
        at=at,
        stated=None,
        expected=None,
        message=message,
        hint=_("Das Ergebnis in Excel prüfen oder die Formel einfacher schreiben (SUMME, RUNDEN, WENN)."),
        related=tuple(named(sheet, area) for area in areas[1 : _RELATED + 1]),
        area=areas[0].a1 if areas[0].a1 != at.a1 else None,
    )
