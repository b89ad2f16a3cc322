"""Which characters in the names and codes of measures cannot be seen, and do they keep equal names apart?

No-break spaces before units, after numbers and inside "e. V." are good typography and are left alone, as are line
breaks and indented rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from pik_excel.budget.marks import split_marks
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _, plural
from pik_excel.patterns import pattern

_HIDDEN = "\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_NO_BREAK = "\u00a0\u2007\u202f"
_ZERO_WIDTH = pattern(f"[{_HIDDEN}]")
_SOFT_HYPHEN = pattern("\u00ad")
_TYPOGRAPHY = pattern(
    rf"(?<=[\d§%&/+–—-])[{_NO_BREAK}]+|[{_NO_BREAK}]+(?=[\d%€&/+–—-]|T?EUR\b|T€|Mio|Mrd|Tsd)"
    rf"|(?<=\d\.)[{_NO_BREAK}]+"
    rf"|(?<=\b[^\W\d_]\.)[{_NO_BREAK}]+|(?<=\b[^\W\d_]{{2}}\.)[{_NO_BREAK}]+|(?<=\b[^\W\d_]{{3}}\.)[{_NO_BREAK}]+"
)
_SPACE = pattern(f"[{_NO_BREAK}]")
_PADDED = pattern(r"[ \t]+\Z|\A[ \t]+(?=\S)")
_INDENT = pattern(r"\A[ \t]+")
_DOUBLE = pattern(r"(?<=\S) {2,}(?=\S)")
_BLANK = pattern(r"[ \t]+")
_SUSPECT = pattern(rf"[{_HIDDEN}{_NO_BREAK}\u00ad]|\A[ \t]|[ \t]\Z|  ")
_UNSEEN = pattern(rf"[{_HIDDEN}{_NO_BREAK}\u00ad]")
_BLANKS = ("  ", "\n ", " \n", "\n\t", "\t\n")  # doubled, or at the edge of a line
_KEPT = "\ue000"  # stands for a character that is meant while the others go
_AT_MOST = 3  # cells of one kind on a sheet that are named one by one
_LONGEST = 120  # characters of a name; what is longer is prose


class Kind(Enum):
    """What cannot be seen."""

    ZERO_WIDTH = "zero-width"
    SOFT_HYPHEN = "soft hyphen"
    NO_BREAK = "no-break space"
    PADDING = "padding"
    DOUBLE = "double space"

    @property
    def shown(self) -> str:
        """The German name, in the language in force."""
        return {
            Kind.ZERO_WIDTH: _("ein Zeichen ohne Breite"),
            Kind.SOFT_HYPHEN: _("einen bedingten Trennstrich"),
            Kind.NO_BREAK: _("ein geschütztes Leerzeichen"),
            Kind.PADDING: _("ein Leerzeichen am Rand"),
            Kind.DOUBLE: _("zwei Leerzeichen hintereinander"),
        }[self]


class Name(NamedTuple):
    """A name or code as its cell holds it."""

    at: Address
    raw: str
    indented: bool  # where several rows of the table are, the blanks in front are meant

    @property
    def text(self) -> str:
        """Without what is meant: an indentation, typography."""
        bare = _INDENT.sub("", self.raw) if self.indented else self.raw
        return _TYPOGRAPHY.sub(" ", bare)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What in it cannot be seen."""
        if not _SUSPECT.search(self.raw):
            return ()  # as nearly all names
        text = self.text
        patterns = (
            (Kind.ZERO_WIDTH, _ZERO_WIDTH),
            (Kind.SOFT_HYPHEN, _SOFT_HYPHEN),
            (Kind.NO_BREAK, _SPACE),
            (Kind.PADDING, _PADDED),
            (Kind.DOUBLE, _DOUBLE),
        )
        return tuple(kind for kind, pattern in patterns if pattern.search(text))


def visible(text: str) -> str:
    """The text with only what can be seen: one plain blank between words, none at the edges; line breaks stay."""
    if _UNSEEN.search(text):
        text = _SOFT_HYPHEN.sub("", _ZERO_WIDTH.sub("", _SPACE.sub(" ", text)))
    return "\n".join(_BLANK.sub(" ", line).strip() for line in text.split("\n"))


def mended(raw: str, indented: bool) -> str:
    """The text with only what can be seen, and what is meant kept: an indentation, no-break spaces of typography."""
    indent = found[0] if indented and (found := _INDENT.match(raw)) else ""
    body = raw[len(indent) :]
    kept = [found[0] for found in _TYPOGRAPHY.finditer(body)]
    pieces = visible(_TYPOGRAPHY.sub(_KEPT, body)).split(_KEPT)
    return indent + pieces[0] + "".join(map("".join, zip(kept, pieces[1:], strict=True)))


@rule("MSR08", "invisible-characters", Severity.NOTICE, yields_to=("MSR02", "NUM01"))
def invisible_characters(subject: Subject) -> Iterator[Found]:
    """Unsichtbare Zeichen in einer Bezeichnung

    Was: Eine Bezeichnung, ein Träger oder eine Nummer enthält Zeichen, die man nicht sieht: Zeichen ohne Breite,
    bedingte Trennstriche, geschützte Leerzeichen zwischen Wörtern, Leerzeichen am Rand oder doppelt. Steht dieselbe
    Bezeichnung anderswo ohne sie, ist es eine Warnung.

    Warum: Für SVERWEIS, SUMMEWENN, Filter und Pivot sind „Jobcafé“ und „Jobcafé “ zwei Maßnahmen; Beträge fehlen dann,
    ohne dass man sieht, warum.

    Quelle: Praxis der Haushaltsplanung; solche Zeichen kommen aus PDF, Webseiten und SAP-Ausgaben.

    Falsch (A3):

    |   | A                   | B                | C                |
    |---|---------------------|------------------|------------------|
    | 1 | Maßnahme            | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé             | 66               | 66               |
    | 3 | Offene  Lernräume   | 290              | 290              |
    | 4 | Sprachkurs          | 60               | 60               |
    | 5 | Summe               | =SUM(B2:B4) → 416 | =SUM(C2:C4) → 416 |

    Richtig:

    |   | A                   | B                | C                |
    |---|---------------------|------------------|------------------|
    | 1 | Maßnahme            | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé             | 66               | 66               |
    | 3 | Offene Lernräume    | 290              | 290              |
    | 4 | Sprachkurs          | 60               | 60               |
    | 5 | Summe               | =SUM(B2:B4) → 416 | =SUM(C2:C4) → 416 |

    Beheben: Die Bezeichnung neu tippen, oder mit SÄUBERN und GLÄTTEN bereinigen.

    Schweigt: bei geschützten Leerzeichen vor Einheiten, nach Zahlen und in „e. V.“, bei Zeilenumbrüchen, bei
    Einrückungen, und in Anmerkungen und anderem Fließtext."""
    suspects = frozenset[str]().union(*map(_suspects, subject.reading.workbook.sheets))
    names = list(_names(subject)) if suspects else []
    dirty = {name: _key(name) for name in names if name.raw in suspects and name.kinds}
    if not dirty:
        return
    cells = {name.at for name in dirty}
    clean = {_key(name) for name in {name[1:]: name for name in names if name.at not in cells}.values()}
    spellings: dict[str, set[str]] = defaultdict(set)
    for name, key in dirty.items():
        spellings[key].add(name.text)
    split = [name for name, key in dirty.items() if key in clean or len(spellings[key]) > 1]
    for group in _together(split):
        yield _finding(group, splits=True)
    apart = {name.at for name in split}
    for group in _together(name for name in dirty if name.at not in apart):
        yield _finding(group, splits=False)


def _suspects(sheet: Sheet) -> frozenset[str]:
    """The texts with such characters, prose left out; that there are none is seen by a look at all together."""
    texts = [text for text in sheet.cells.words if len(text) <= _LONGEST]
    together = "\n".join(("", *texts, ""))
    if not _UNSEEN.search(together) and not any(blanks in together for blanks in _BLANKS):
        return frozenset()
    return frozenset(filter(_SUSPECT.search, texts))


def _key(name: Name) -> str:
    return split_marks(visible(name.text).replace("\n", " "))[0].casefold()


def _together(names: Iterable[Name]) -> Iterator[list[Name]]:
    """Those of one kind on a sheet: each by itself where they are few."""
    by_kind: dict[tuple[str, Kind], list[Name]] = defaultdict(list)
    for name in names:
        by_kind[name.at.sheet, name.kinds[0]].append(name)
    for group in by_kind.values():
        if len(group) > _AT_MOST:
            yield group
        else:
            yield from ([name] for name in group)


def _names(subject: Subject) -> Iterator[Name]:
    """The names and codes of all tables, each cell once."""
    budget, workbook = subject.reading.budget, subject.reading.workbook
    known = set[Address]()
    for table in budget.tables:
        sheet = workbook.sheet(table.sheet)
        if sheet is None or not table.columns:
            continue
        first = min((column.at.column for column in table.columns), default=table.name_column + 1)
        rows = [measure.at.row for measure in table.measures]
        columns = sorted({table.name_column, *range(table.area.left, first)})
        if len({measure.at.row for measure in table.measures}) < len(rows):
            yield from _in_cells(sheet, [measure.at for measure in table.measures], known)  # side by side
            continue
        for column in columns:
            yield from _in_column(sheet, rows, column, known)
    for assumptions in budget.assumptions:
        sheet = workbook.sheet(assumptions.sheet)
        if sheet and assumptions.rows:
            rows = [row.at.row for row in assumptions.rows]
            yield from _in_column(sheet, rows, assumptions.rows[0].at.column, known)
    for financing in budget.financings:
        sheet = workbook.sheet(financing.sheet)
        if sheet and financing.parts:
            rows = [part.at.row for part in financing.parts]
            yield from _in_column(sheet, rows, financing.parts[0].at.column, known)


def _in_column(sheet: Sheet, rows: list[int], column: int, known: set[Address]) -> Iterator[Name]:
    return _in_cells(sheet, [sheet.address(row, column) for row in rows], known)


def _in_cells(sheet: Sheet, cells: list[Address], known: set[Address]) -> Iterator[Name]:
    values = [(at, sheet.value(at.row, at.column)) for at in cells]
    texts = [(at, value) for at, value in values if type(value) is str and value.strip() and at not in known]
    if sum(len(text) > _LONGEST for _at, text in texts) * 2 > len(texts):
        return
    indented = sum(_INDENT.match(text) is not None for _at, text in texts) > 1
    for at, text in texts:
        known.add(at)
        if len(text) <= _LONGEST:
            yield Name(at, text, indented)


def _finding(group: list[Name], splits: bool) -> Found:
    first = group[0]
    name, what = visible(first.raw).replace("\n", " "), _(" und ").join(kind.shown for kind in first.kinds)
    if splits:
        message = _("{at}: „{name}“ enthält {what}; anderswo steht derselbe Name anders geschrieben.")
    else:
        message = _("{at}: „{name}“ enthält {what}.")
    if len(group) > 1:
        more = plural("So auch in {count} weiteren Zelle.", "So auch in {count} weiteren Zellen.", len(group) - 1)
        message += " " + more.format(count=len(group) - 1)
    return Found(
        at=first.at,
        stated=first.raw.encode("unicode_escape").decode("ascii") if not first.raw.isprintable() else first.raw,
        expected=visible(first.raw),
        message=message.format(at=first.at, name=name, what=what),
        hint=_("Bitte den Namen neu tippen oder mit GLÄTTEN und SÄUBERN bereinigen."),
        related=tuple(str(one.at) for one in group[1:]),
        identity=(visible(first.raw), first.kinds[0].value),
        severity=Severity.WARNING if splits else None,
    )
