"""Can these bytes be read as a workbook without harm and without doubt?

Everything is looked at before anything is parsed. What is no .xlsx is named for what it is (`identify`).
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from pik_excel.errors import Refused
from pik_excel.language import _, number
from pik_excel.ooxml import xml
from pik_excel.ooxml.container import DEFLATED, STORED, Container, Damaged, Entry, container, inflated, verified
from pik_excel.ooxml.identify import refuse_disguised_macros, refuse_other_package, refuse_unless_zip
from pik_excel.ooxml.known import NOTHING, Known
from pik_excel.ooxml.limits import MIB, Limits
from pik_excel.patterns import pattern

_XML_NAME = pattern(r"\.(xml|rels|vml)\Z", re.IGNORECASE)
_MANY_ALIKE = pattern(rb"<(?:sheetData|sst)\b")
_NO_REFERENCE = pattern(rb"&(?!(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_CONTROL = bytes(code for code in range(32) if code not in (9, 10, 13))
_DROPPED = pattern(r"(?<=[^./ ])[. ]+(?=/|\Z)")
_FEW = 20_000  # tags, up to which looking at each costs next to nothing
_TAGS_OF_A_CELL = 8
_ESCAPED_AGAIN = 4
_RELATIONS_OF_AN_ENTRY = 10  # Excel takes 65,530 links on a sheet, each of them a relationship
_ALWAYS_LIKELY, _CELLS_OF_A_BYTE = 300_000, 4  # cells or rows in a file, and for each byte of it
_FORBIDDEN = pattern(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)


def read_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file within the size limit; never waits on a pipe, never reads a device."""
    if path.name.startswith("~$") or (path.name.startswith(".~lock.") and path.name.endswith("#")):
        raise Refused(
            "lock-file",
            _(
                "{file} ist keine Arbeitsmappe, sondern die Sperrdatei, die Excel neben einer geöffneten Mappe anlegt."
            ).format(file=path.name),
            _("Bitte die Datei ohne „~$“ am Anfang angeben."),
        )
    try:
        status = path.stat()
        _refuse_what_is_no_file(path, status.st_mode)
        _refuse_size(path.name, status.st_size, limits)
        with open(path, "rb", opener=_without_waiting) as file:
            return file.read(limits.file_bytes + 1) or b""  # None where there is nothing yet, as in a kernel's log
    except FileNotFoundError:
        raise Refused(
            "not-found",
            _("{file} gibt es nicht.").format(file=path),
            _("Bitte Namen und Ordner prüfen."),
        ) from None
    except PermissionError:
        raise Refused(
            "no-permission",
            _("{file} darf nicht gelesen werden.").format(file=path),
            _("Bitte Leserechte geben lassen oder die Datei in einen eigenen Ordner kopieren."),
        ) from None
    except OSError as error:
        raise Refused(
            "not-readable",
            _("{file} lässt sich nicht lesen: {reason}.").format(file=path, reason=error.strerror or error),
            _("Bitte prüfen, ob das Laufwerk erreichbar ist."),
        ) from None


def _without_waiting(path: str, flags: int) -> int:
    """Some files of the system look like any other and wait for what may come."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def admitted(data: bytes, name: str, limits: Limits, known: Known = NOTHING) -> tuple[Container, Mapping[str, bytes]]:
    """The directory and the inflated content of every XML part; raises `Refused` with code, sentence and next step.

    A part that is `known` is the very object that was looked at already.
    """
    _refuse_size(name, len(data), limits)
    refuse_unless_zip(data, name)
    try:
        found = container(data)
        _refuse_entries(found, name, limits)
        parts = _counted(data, found, name, limits, known)
    except Damaged as error:
        raise _damaged(name, str(error)) from None
    _refuse_cells_of_nothing(len(data), parts, name)
    names = [entry.name for entry in found.entries]
    refuse_other_package(parts, names, name)
    refuse_disguised_macros(parts, names, name)
    _refuse_broken_types(parts, name)
    for part, content in parts.items():
        if content is not known.parts.get(part):
            refuse_harmful_xml(name, part, content, limits)
    return found, parts


def is_looked_at(part: str) -> bool:
    """Whether `admitted` looks at what stands in a part of that name."""
    return _XML_NAME.search(part) is not None


def refuse_harmful_xml(name: str, part: str, content: bytes, limits: Limits) -> None:
    """Raise `Refused` where this part cannot be read as XML without harm; `name` is that of the file."""
    text = _text(name, part, content)
    _refuse_doctype(name, part, text)
    _refuse_excess(name, part, text, limits)


def _refuse_what_is_no_file(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Refused(
            "directory",
            _("{file} ist ein Ordner, keine Arbeitsmappe.").format(file=path),
            _("Bitte eine Arbeitsmappe nennen oder einen Ordner, in dem welche liegen."),
        )
    if not stat.S_ISREG(mode):
        raise Refused(
            "not-a-file",
            _("{file} ist keine gewöhnliche Datei, sondern ein Gerät oder eine Pipe.").format(file=path),
            _("Bitte die Arbeitsmappe als Datei speichern und diese angeben."),
        )


def _refuse_size(name: str, size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise _too_large("file-too-large", name, _("die Datei"), size, limits.file_bytes)


def _refuse_entries(found: Container, name: str, limits: Limits) -> None:
    if len(found.entries) > limits.entries:
        raise Refused(
            "too-many-entries",
            _("{file} enthält {count} Teile, erlaubt sind {limit}.").format(
                file=name, count=number(len(found.entries)), limit=number(limits.entries)
            ),
            _("Bitte die Mappe in Excel öffnen und neu speichern."),
        )
    names = Counter(_canonical(entry.name) for entry in found.entries)
    twice = next((part for part, count in names.items() if count > 1), None)
    if twice is not None:
        raise _suspicious("duplicate-entry", name, _("das Teil {part} kommt doppelt vor").format(part=twice))
    for entry in found.entries:
        if _leaves_the_package(entry.name):
            raise _suspicious("unsafe-name", name, _("ein Teil heißt {part}").format(part=repr(entry.name)))
        if entry.link:
            raise _suspicious(
                "unsafe-name", name, _("das Teil {part} ist ein Verweis auf eine andere Datei").format(part=entry.name)
            )
        if entry.encrypted:
            raise Refused(
                "encrypted-zip",
                _("{file} ist als Zip-Datei mit einem Kennwort verschlüsselt.").format(file=name),
                _("Bitte die Zip-Datei entpacken und die Mappe daraus angeben."),
            )
        if entry.method not in (STORED, DEFLATED):
            raise _suspicious(
                "unknown-compression",
                name,
                _("das Teil {part} ist anders gepackt, als Excel es tut").format(part=entry.name),
            )


def _canonical(name: str) -> str:
    """What is the same part to some program: other case or slashes, letters as %41, "." and "//" in the path, dots and
    spaces at the end, which Windows drops."""
    plain = _DROPPED.sub("", _decoded(name).replace("\\", "/").lstrip("/"))
    if "/." in plain or "//" in plain or plain.startswith("."):
        plain = str(PurePosixPath(plain)) + ("/" if plain.endswith("/") else "")
    return plain.casefold()


def _decoded(name: str) -> str:
    """The name without %-escapes, also those that are escaped themselves."""
    for _again in range(_ESCAPED_AGAIN):
        if "%" not in name:
            break
        name = unquote(name)
    return name


def _leaves_the_package(given: str) -> bool:
    name = _decoded(given)
    return (
        not name
        or "\0" in name
        or ".." in name.replace("\\", "/").split("/")
        or bool(re.match(r"[A-Za-z]:", name))
        or name.startswith(("/", "\\"))
    )


def _counted(data: bytes, found: Container, name: str, limits: Limits, known: Known) -> dict[str, bytes]:
    """Inflate every entry once and count; keep the XML parts."""
    kept, total = {}, 0
    likely = max(limits.ratio_from, limits.ratio * len(data))
    for entry in found.entries:
        limit = min(limits.part_bytes, limits.total_bytes - total)
        most = min(limit, likely - total)
        try:
            if known.holds(data, entry):
                total += _within(most, entry)
                if is_looked_at(entry.name):
                    kept[entry.name] = known.parts[entry.name]
            elif is_looked_at(entry.name):
                kept[entry.name] = inflated(data, entry, most)
                total += len(kept[entry.name])
            else:
                total += verified(data, entry, most)
        except OverflowError:
            if limit <= likely - total:
                raise _too_large("part-too-large", name, entry.name, entry.size, limit) from None
            raise _suspicious(
                "suspicious-ratio", name, _("der Inhalt ist auf ein Hundertstel und mehr zusammengepackt")
            ) from None
    return kept


def _within(most: int, entry: Entry) -> int:
    """The size of an entry whose content has been counted before."""
    if entry.size > most:
        raise OverflowError(entry.name)
    return entry.size


def _refuse_cells_of_nothing(size: int, parts: Mapping[str, bytes], name: str) -> None:
    """Millions of cells or rows in a few kilobytes are none that anybody filled in."""
    likely = max(_ALWAYS_LIKELY, _CELLS_OF_A_BYTE * size)
    if (
        sum(map(len, parts.values())) > 4 * likely
        and sum(_cells(content) + content.count(b"<row") for content in parts.values()) > likely
    ):
        raise _suspicious("suspicious-ratio", name, _("der Inhalt ist auf ein Hundertstel und mehr zusammengepackt"))


def _cells(text: bytes) -> int:
    return text.count(b"<c ") + text.count(b"<c>") + text.count(b"<c/")


def _refuse_broken_types(parts: Mapping[str, bytes], name: str) -> None:
    """The list of what each part is must be well-formed, though little of it is read."""
    for part, content in parts.items():
        if part.lower() == "[content_types].xml" and not xml.well_formed(_text(name, part, content)):
            raise _damaged_xml(name, part)


def _text(name: str, part: str, content: bytes) -> bytes:
    """The part in UTF-8, its encoding proved."""
    try:
        text = xml.as_utf8(content)
        if not text.isascii():
            text.decode("utf-8")
    except (UnicodeDecodeError, LookupError):
        raise _damaged(name, f"{part}: encoding {xml.encoding_of(content)}") from None
    if len(text.translate(None, _CONTROL)) < len(text):
        raise _damaged(name, f"{part}: control character")
    return text


def _refuse_doctype(name: str, part: str, text: bytes) -> None:
    """No DTD and no entity, in no encoding: they can read other files or grow without end, and Excel writes none."""
    if _FORBIDDEN.search(text) and _FORBIDDEN.search(xml.structure(text)):
        raise _suspicious("doctype", name, _("das Teil {part} enthält eine Dokumenttyp-Angabe (DTD)").format(part=part))


def _refuse_excess(name: str, part: str, text: bytes, limits: Limits) -> None:
    """No depth, no number of attributes, cells or merged areas at which programs give up."""
    tags = text.count(b"<")
    cells = _cells(text) if tags > limits.cells else 0  # there cannot be more of them
    if cells > limits.cells or tags > _TAGS_OF_A_CELL * limits.cells:
        raise _too_many("too-many-cells", name, part, _("Zellen"), max(cells, tags // _TAGS_OF_A_CELL), limits.cells)
    merges = text.count(b"mergeCell ") if tags > limits.merges else 0
    if merges > limits.merges:
        raise _too_many("too-many-merges", name, part, _("verbundene Bereiche"), merges, limits.merges)
    relations = text.count(b"Target=") if part.lower().endswith(".rels") else 0
    if relations > _RELATIONS_OF_AN_ENTRY * limits.entries:
        most = _RELATIONS_OF_AN_ENTRY * limits.entries
        raise _too_many("too-many-relations", name, part, _("Beziehungen"), relations, most)
    by_expression = _MANY_ALIKE.search(text, 0, 65_536) is not None  # which would not notice what is no XML
    if by_expression and _NO_REFERENCE.search(text) and _NO_REFERENCE.search(xml.structure(text)):
        raise _damaged_xml(name, part)
    if by_expression and tags > _FEW:
        return  # the expression knows no depth; the rest is looked at when it is read
    match xml.excess(text, limits.depth, limits.attributes, limits.attribute_bytes):
        case "depth":
            why = _("im Teil {part} sind Elemente mehr als {limit}-fach ineinander geschachtelt")
            raise _suspicious("xml-too-deep", name, why.format(part=part, limit=number(limits.depth)))
        case "attributes":
            why = _("im Teil {part} hat ein Element zu viele oder zu lange Angaben")
            raise _suspicious("xml-attributes", name, why.format(part=part))
        case "damaged" if by_expression:
            raise _damaged_xml(name, part)


def _damaged_xml(name: str, part: str) -> Refused:
    return Refused(
        "damaged-xml",
        _("{file} ist beschädigt: das Teil {part} ist kein lesbares XML.").format(file=name, part=part),
        _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
    )


def _too_many(code: str, name: str, part: str, what: str, count: int, limit: int) -> Refused:
    return Refused(
        code,
        _("{file} ist zu groß: das Teil {part} hat {count} {what}, erlaubt sind {limit}.").format(
            file=name, part=part, count=number(count), what=what, limit=number(limit)
        ),
        _("Bitte die Mappe aufteilen, oder die Grenze in pik-excel.toml unter [preflight] höher setzen."),
    )


def _damaged(name: str, where: str) -> Refused:
    return Refused(
        "damaged",
        _("{file} ist beschädigt oder unvollständig ({where}).").format(file=name, where=where),
        _("Bitte die Datei noch einmal kopieren; hilft das nicht, in Excel mit „Öffnen und reparieren“ öffnen."),
    )


def _suspicious(code: str, name: str, why: str) -> Refused:
    return Refused(
        code,
        _("{file} wird nicht gelesen: {why}. Excel schreibt so etwas nicht.").format(file=name, why=why),
        _("Bitte klären, woher die Datei stammt; ist sie vertrauenswürdig, in Excel öffnen und neu speichern."),
    )


def _too_large(code: str, name: str, what: str, size: int, limit: int) -> Refused:
    return Refused(
        code,
        _("{file} ist zu groß: {what} hat {size} MB, erlaubt sind {limit} MB.").format(
            file=name, what=what, size=number(max(1, -(-size // MIB))), limit=number(limit // MIB)
        ),
        _(
            "Bitte die Mappe aufteilen oder nicht benötigte Blätter entfernen;"
            " höhere Grenzen erlaubt pik-excel.toml unter [preflight]."
        ),
    )
