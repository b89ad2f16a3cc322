"""Which layout families are there? Every module of this package with an `ORDER` and a `read(page)`, found by import."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from pik_excel.budget.tables import Budget
from pik_excel.layout.reading import Unclear
from pik_excel.records import dataclass

if TYPE_CHECKING:
    from pik_excel.layout.page import Page


_NONE = Budget()


@dataclass(frozen=True)
class Found:
    """What a family found on one sheet."""

    budget: Budget = _NONE
    unclear: tuple[Unclear, ...] = ()


Family = Callable[["Page"], Found]


@cache
def families() -> tuple[Family, ...]:
    """The `read` functions of all families; those that are known by their header words come first and claim cells."""
    import pik_excel.layout as package

    modules = [
        importlib.import_module(f"{package.__name__}.{one.name}") for one in pkgutil.iter_modules(package.__path__)
    ]
    found = [module for module in modules if hasattr(module, "ORDER")]
    return tuple(module.read for module in sorted(found, key=lambda module: module.ORDER))
