"""MSR08: a name loses the characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pik_excel.language import _, plural
from pik_excel.ooxml.edits import Text
from pik_excel.ooxml.richtext import is_rich
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repair

_SPACES = re.compile(r"[^\S\n]+")


@repair("MSR08", rank=5)
def visible_text(case: Case) -> Iterator[Proposal | NotSafe]:
    """The text with plain single spaces, without soft hyphens and characters of no width."""
    for at in case.cells():
        cell = case.cell(at)
        if cell is None or type(cell.value) is not str:
            continue
        clean = cleaned(cell.value)
        if clean == cell.value or not clean:
            continue
        if cell.has_formula or clean.startswith("="):
            yield case.left(_("der Text entsteht aus einer Formel, oder er sähe danach aus wie eine"), at)
        elif is_rich(case.package, at.sheet, at.row, at.column):
            yield case.left(_("der Text ist in sich verschieden formatiert; das ginge verloren"), at)
        else:
            count = sum(_is_invisible(character) or character == "\u00a0" for character in cell.value)
            why = plural("{count} unsichtbares Zeichen entfernt.", "{count} unsichtbare Zeichen entfernt.", count)
            spaces = _("Überzählige Leerzeichen entfernt.")
            yield Proposal("MSR08", at, Text(clean), why.format(count=count) if count else spaces)


def cleaned(text: str) -> str:
    """The text as it is seen: no characters without width, each run of spaces one plain space, none at the ends."""
    seen = "".join(character for character in text if not _is_invisible(character))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in seen.split("\n")).strip()


def _is_invisible(character: str) -> bool:
    """Format characters (soft hyphen, zero-width space, byte order mark) and control characters but the line feed."""
    return unicodedata.category(character) in ("Cf", "Cc") and character not in "\n\t"
