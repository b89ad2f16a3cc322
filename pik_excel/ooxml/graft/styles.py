"""Which styles must a workbook have in addition, and under which numbers are the donor's styles found there?"""

from __future__ import annotations

from functools import cached_property

from pik_excel.errors import NotWritten
from pik_excel.language import _, number
from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.dates import counts_from_1904, shows_dates
from pik_excel.ooxml.graft.donor import Donor
from pik_excel.ooxml.graft.formats import Formats
from pik_excel.ooxml.graft.section import Section, lengthened, section
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.splice import spliced
from pik_excel.ooxml.structure.rewrite import Rules, rewritten, with_attribute
from pik_excel.patterns import pattern

MOST_CELL_STYLES = 64_000
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FONT = b'<font><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font>'
_FILLS = (b'<fill><patternFill patternType="none"/></fill>', b'<fill><patternFill patternType="gray125"/></fill>')
_BORDER = b"<border><left/><right/><top/><bottom/><diagonal/></border>"
_XF = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
_NEW_PART = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%s"><cellStyleXfs count="1">%s'
    b'</cellStyleXfs><cellXfs count="1">%s</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    b'builtinId="0"/></cellStyles></styleSheet>'
) % (_MAIN, _XF, _XF.replace(b"/>", b' xfId="0"/>'))
_LISTS = {"fontId": b"fonts", "fillId": b"fills", "borderId": b"borders"}
_NUMBERS = {
    "numFmtId": "applyNumberFormat",
    "fontId": "applyFont",
    "fillId": "applyFill",
    "borderId": "applyBorder",
}
_CHILDREN = {b"alignment": "applyAlignment", b"protection": "applyProtection"}
_START_TAG = pattern(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


class Styles:
    """The styles of a workbook while those of a donor are appended; what is there is never touched.

    The numbers that `cell` and `differential` give are those of the workbook; an equal style is used as it is there.
    `part` is the styles part, None where the workbook has none yet.
    """

    def __init__(self, package: Package, donor: Donor) -> None:
        part, text = _part(package)
        self.part = part
        self._text = _NEW_PART if text is None else _opened(text)
        self._structure = xml.structure(self._text)
        self._own = _sections(self._text)
        self._donor = _sections(_part(donor.package)[1] or _NEW_PART)
        self._formats = Formats(self._own[b"numFmts"], self._donor[b"numFmts"])
        self._same_calendar = counts_from_1904(package) == counts_from_1904(donor.package)
        self._cells: dict[int, int] = {}
        self._differentials: dict[int, int] = {}
        self._complete()

    def cell(self, index: int) -> int:
        """The number of a cell's style."""
        if index not in self._cells:
            entry = self._donor[b"cellXfs"].entry(index)
            if b"<extLst" in entry:
                raise ValueError("check boxes in cells cannot be grafted")
            style = self._cell_style(entry)
            self._cells[index] = self._own[b"cellXfs"].place(style)
            self._refuse_too_many()
        return self._cells[index]

    def differential(self, index: int) -> int:
        """The number of a style for conditional formats and tables (`dxfId`)."""
        if index not in self._differentials:
            numbers = Rules(whole={b"numFmt": lambda data, _shape: self._formats.renumbered(data)})
            style = rewritten(self._donor[b"dxfs"].entry(index), numbers)
            self._differentials[index] = self._own[b"dxfs"].place(style)
        return self._differentials[index]

    @property
    def text(self) -> bytes:
        """The styles part with all that is new, in UTF-8."""
        return spliced(self._text, lengthened(self._structure, self._own.values()))

    def _complete(self) -> None:
        """What an index 0 means must be there before anything is appended; of fills Excel knows two."""
        self._own[b"fonts"].at_least(_FONT)
        self._own[b"fills"].at_least(*_FILLS)
        self._own[b"borders"].at_least(_BORDER)
        self._own[b"cellXfs"].at_least(_XF)

    def _cell_style(self, entry: bytes) -> bytes:
        end = len(_tag(entry))
        tag = self._with_own_numbers(entry[:end])
        self._refuse_other_calendar(xml.whole(_given(tag), "numFmtId"))
        named = self._named_style(xml.whole(_given(tag), "xfId"))
        return self._applied(with_attribute(tag, "xfId", None if named is None else str(named)), named) + entry[end:]

    def _with_own_numbers(self, tag: bytes) -> bytes:
        given = _given(tag)
        for name, section_name in _LISTS.items():
            entry = self._donor[section_name].entry(xml.whole(given, name))
            tag = with_attribute(tag, name, str(self._own[section_name].place(entry)))
        return with_attribute(tag, "numFmtId", str(self._formats.own(xml.whole(given, "numFmtId"))))

    def _applied(self, tag: bytes, named: int | None) -> bytes:
        """Say of all that differs from the named style that it counts: readers differ in what they do without."""
        styles = self._own[b"cellStyleXfs"]
        model = styles.entry(named) if named is not None and named < styles.length else _XF
        given, others = _given(tag), _given(model)
        differs = [flag for name, flag in _NUMBERS.items() if given.get(name, "0") != others.get(name, "0")]
        differs += [flag for name, flag in _CHILDREN.items() if name in model]
        for flag in differs:
            if flag not in given:
                tag = with_attribute(tag, flag, "1")
        return tag

    def _named_style(self, index: int) -> int | None:
        """Where the workbook has the donor's named style ("Standard", "Link"); None where it knows no named styles."""
        own = self._own
        if not own[b"cellStyleXfs"].length:
            return None
        name = self._donor_names.get(index, {"builtinId": "0"})
        there = [_given(entry) for entry in (*own[b"cellStyles"].entries, *own[b"cellStyles"].added)]
        for key in ("builtinId", "name"):
            for style in there:
                if key in name and style.get(key, "").casefold() == name[key].casefold():
                    return xml.whole(style, "xfId")
        return self._new_named_style(index, name) if there and "name" in name else 0

    @cached_property
    def _donor_names(self) -> dict[int, dict[str, str]]:
        names = [_given(entry) for entry in self._donor[b"cellStyles"].entries]
        return {xml.whole(name, "xfId"): name for name in names}

    def _new_named_style(self, index: int, name: dict[str, str]) -> int:
        entry = self._donor[b"cellStyleXfs"].entry(index)
        end = len(_tag(entry))
        place = self._own[b"cellStyleXfs"].append(self._with_own_numbers(entry[:end]) + entry[end:])
        known = "".join(f' {key}="{xml.escaped(name[key])}"' for key in ("name", "builtinId") if key in name)
        self._own[b"cellStyles"].append(f'<cellStyle{known} xfId="{place}"/>'.encode())
        return place

    def _refuse_too_many(self) -> None:
        count = self._own[b"cellXfs"].length
        if count > MOST_CELL_STYLES:
            raise NotWritten(
                "too-many-styles",
                _("Die Mappe hat {count} Zellformate, mehr als {limit} kann Excel nicht öffnen.").format(
                    count=number(count), limit=number(MOST_CELL_STYLES)
                ),
                _("Bitte in Excel unbenutzte Formate entfernen, etwa mit „Bereinigen von überflüssigen Zellformaten“."),
            )

    def _refuse_other_calendar(self, number_format: int) -> None:
        if self._same_calendar or not shows_dates(number_format, self._formats.code(number_format)):
            return
        raise NotWritten(
            "other-calendar",
            _("Die Mappe zählt Tage nicht von demselben Jahr an (1900 oder 1904) wie das neue Blatt."),
            _("Bitte in Excel unter „Optionen > Erweitert“ die 1904-Datumswerte abschalten und die Daten prüfen."),
        )


def _part(package: Package) -> tuple[str | None, bytes | None]:
    found = related(package, workbook_part(package), "styles")
    if not found:
        return None, None
    package.structure(found[0])  # refuses what is not well-formed
    return found[0], package.text(found[0])


def _opened(text: bytes) -> bytes:
    """The part with room between the tags of its root, which may be written as one."""
    root = xml.root(xml.structure(text))
    if not root.empty:
        return text
    name = root.prefix + b":" + root.name if root.prefix else root.name
    tag = text[root.start : root.end].rstrip(b">").rstrip(b"/").rstrip()
    return text[: root.start] + tag + b"></" + name + b">" + text[root.end :]


def _sections(text: bytes) -> dict[bytes, Section]:
    structure = xml.structure(text)
    names = (b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs", b"cellStyles", b"dxfs")
    return {name: section(text, structure, name) for name in names}


def _given(entry: bytes) -> dict[str, str]:
    return dict(xml.attributes_of(_tag(entry)))


def _tag(entry: bytes) -> bytes:
    """The start tag of an entry."""
    found = _START_TAG.match(entry)
    return found[0] if found else b""
