"""Which formulas and names fetch values from another workbook? (FRM05)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PureWindowsPath

from pik_excel.checks.added import total_cells
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import FormulaGrid, blocks, dependents, formulas, named
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.workbook import Cell, DefinedName, Workbook
from pik_excel.language import _, number, plural
from pik_excel.patterns import pattern

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
        if shape.elsewhere or shape.is_unclear:
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
