"""What does a number format say about the figure: a year, a date, money, thousands, a share?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pik_excel.budget.money import Unit
from pik_excel.layout.currencies import other_unit_of
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_LITERAL = pattern(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_BRACKET = pattern(r"\[[^\]]*\]")
_SCALE = pattern(r"[0#?](,+)(?![0#?,])")
_GROUPED = pattern(r"[#0?],[#0?]")
_DECIMALS = pattern(r"\.([0#?]+)")


@dataclass(frozen=True)
class Format:
    """A number format; `scale` is 1000 for `#,##0,`, `unit` what it prints beside it, `decimals` those shown."""

    is_date: bool = False
    is_year: bool = False
    is_share: bool = False
    is_grouped: bool = False
    scale: int = 1
    unit: Unit | None = None
    decimals: int | None = None
    other_unit: Unit | None = None  # it prints, of another currency than euros

    @property
    def may_be_year(self) -> bool:
        """Whether a year would be shown like this: no grouping, no decimals, no day or month, no unit."""
        if self.is_date:
            return self.is_year
        return not (self.is_grouped or self.is_share or self.unit or self.decimals) and self.scale == 1


def formats_of(codes: Sequence[str]) -> tuple[Format, ...]:
    """What each of the workbook's number formats says; thousands of styles may have the same."""
    said = {code: format_of(code) for code in set(codes)}
    return tuple(said[code] for code in codes)


def format_of(code: str) -> Format:
    """What this number format says; of several sections the first counts."""
    first = code.split(";", 1)[0]
    literal = " ".join(part for found in _LITERAL.finditer(first) for part in found.groups() if part)
    bare = _BRACKET.sub("", _LITERAL.sub("", first)).strip()
    letters = bare.casefold()
    if letters in {"general", "standard", "@", ""}:
        return Format(unit=_unit(literal), other_unit=other_unit_of(literal))
    if re.search(r"[dyhj]", letters) or re.search(r"m{2,}", letters):
        return Format(is_date=True, is_year=re.fullmatch(r"[yj]+", letters) is not None)
    scale = _SCALE.search(bare)
    decimals = _DECIMALS.search(bare)
    return Format(
        is_share="%" in bare,
        is_grouped=_GROUPED.search(bare) is not None,
        scale=1000 ** len(scale[1]) if scale else 1,
        unit=_unit(f"{literal} {bare}"),
        decimals=len(decimals[1]) if decimals else 0,
        other_unit=other_unit_of(literal),
    )


def _unit(literal: str) -> Unit | None:
    flat = re.sub(r"[\s.]", "", literal).casefold()
    if "mio" in flat or "m€" in flat:
        return Unit.MIO
    if any(word in flat for word in ("teur", "t€", "tsd", "k€", "keur")):
        return Unit.TEUR
    return Unit.EUR if "€" in flat or "eur" in flat else None
