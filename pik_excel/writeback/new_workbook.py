"""How is a workbook of its own written, be it handed out or grafted into another?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def new_workbook(write: Callable[[Workbook], None]) -> bytes:
    """The file with what `write` puts into it."""
    import xlsxwriter  # 0.1 s, and only who writes a workbook needs it

    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **_TEXTS_STAY_TEXTS}) as workbook:
        write(workbook)
    vars(workbook).clear()  # it and its sheets hold each other, with all cells: much memory after many workbooks
    return data.getvalue()


@cache
def own_formulas() -> type[Worksheet]:
    """A worksheet that takes formulas as they are. XlsxWriter looks into each for 29 functions of later versions of
    Excel, a third of its time; the formulas of this program have none."""
    from xlsxwriter.worksheet import Worksheet

    class OwnFormulas(Worksheet):  # type: ignore[misc]  # no type information is shipped
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            del expand_future_functions
            return formula.removeprefix("=")

    return OwnFormulas
