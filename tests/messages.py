"""Every message the program can say, and the catalogue of their English.

`python -m tests.messages` brings `pik_excel/locale/en/LC_MESSAGES/pik_excel.po` up to date: new messages come in
untranslated (which fails tests/test_language.py until they are), messages nobody says any more go.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pik_excel.checks.catalogue import catalogue
from pik_excel.language import LOCALE_DIR
from pik_excel.report.page import prose

PACKAGE = LOCALE_DIR.parent
ENGLISH = LOCALE_DIR / "en" / "LC_MESSAGES" / "pik_excel.po"
KEYWORDS = {"_": None, "later": None, "plural": (1, 2)}

Message = str | tuple[str, str]


@cache
def spoken() -> tuple[tuple[Message, str], ...]:
    """All messages of the source and of the rules' pages, each with the file it stands in."""
    return tuple(_collected())


def _collected() -> Iterator[tuple[Message, str]]:
    for file, _line, message, _comments, _context in extract_from_dir(PACKAGE, keywords=KEYWORDS):
        yield (tuple(message) if isinstance(message, list | tuple) else message), f"pik_excel/{file}"
    for rule in catalogue().values():
        for paragraph in prose(rule.page):
            yield paragraph, rule.function.__module__.replace(".", "/") + ".py"


def english() -> Catalog:
    """The English catalogue as it stands."""
    if not ENGLISH.exists():
        return Catalog(locale="en", domain="pik_excel")
    return read_po(io.BytesIO(ENGLISH.read_bytes()), locale="en")


def brought_up_to_date() -> Catalog:
    """The messages of today with the translations there are."""
    old, new = english(), Catalog(locale="en", domain="pik_excel", fuzzy=False)
    new.revision_date = new.creation_date = old.creation_date
    for message, file in spoken():
        new.add(message, _of_the_same_number(old, message), locations=[(file, None)])
    return new


def _of_the_same_number(old: Catalog, message: Message) -> str | list[str] | tuple[str, ...] | None:
    """The translation, unless the message has become one with a plural, or ceased to be."""
    known = old.get(message if isinstance(message, str) else message[0])
    if known is None or isinstance(known.id, str) != isinstance(message, str):
        return None
    return known.string


def compile_catalogues() -> None:
    """Write each `X.mo` beside its `X.po`, as the build does; at once, because other test processes read them."""
    for source in LOCALE_DIR.rglob("*.po"):
        fresh = source.with_suffix(f".{os.getpid()}.tmp")
        with source.open("rb") as text, fresh.open("wb") as binary:
            write_mo(binary, read_po(text))
        fresh.replace(source.with_suffix(".mo"))


def untranslated(known: Catalog) -> list[Message]:
    """What is said in German only."""
    return [message for message, _file in spoken() if not _complete(known, message)]


def _complete(known: Catalog, message: Message) -> bool:
    entry = known.get(message if isinstance(message, str) else message[0])
    if entry is None or entry.fuzzy:
        return False
    return all(entry.string) if isinstance(entry.string, list | tuple) else bool(entry.string)


def _write(fresh: Catalog, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        write_po(out, fresh, width=120, sort_by_file=True, include_lineno=False)


if __name__ == "__main__":
    _write(brought_up_to_date(), ENGLISH)
    compile_catalogues()
    for message in untranslated(english()):
        print("untranslated:", message)
