"""Which of the repairs does the user want?"""

from __future__ import annotations

import re

from pik_excel.errors import BadConfiguration
from pik_excel.grid.reference import Address, Area, area_of
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_CODE = pattern(r"[A-Z]{3}(\d\d)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """Codes ("SUM02", "SUM") and cells ("Blatt!C4", "Blatt!C4:D9")."""

    codes: tuple[str, ...] = ()
    areas: tuple[tuple[str, Area], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was named."""
        return not self.codes and not self.areas

    def names(self, code: str, at: Address) -> bool:
        """Whether a repair at that cell is among them."""
        if any(code.startswith(one) for one in self.codes):
            return True
        return any(
            sheet.casefold() == at.sheet.casefold() and area.holds(at.row, at.column) for sheet, area in self.areas
        )


def choice(words: tuple[str, ...]) -> Choice:
    """Read what was typed; raises BadConfiguration where a word is neither code nor cell. Codes may be joined by
    commas, which names of sheets may hold."""
    codes, areas = [], []
    for word in words:
        sheet, _mark, cells = word.rpartition("!")
        area = area_of(cells)
        parts = [part.strip() for part in word.split(",")]
        if sheet and area is not None:
            areas.append((sheet.strip("'").replace("''", "'"), area))
        elif all(_CODE.match(part) for part in parts):
            codes += [part.upper() for part in parts]
        else:
            raise BadConfiguration(
                "neither-code-nor-cell",
                _("„{word}“ ist weder ein Code noch eine Zelle.").format(word=word),
                _("Zum Beispiel: SUM02 oder „Nordstadt!F8“."),
            )
    return Choice(tuple(codes), tuple(areas))
