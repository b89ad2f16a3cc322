"""Imports point down only, siblings do not see each other, and heavy packages are imported in one layer each."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pik_excel"
LAYERS = [  # from the top; the layers of one line are siblings
    {"cli"},
    {"report"},
    {"writeback"},
    {"checks", "projection", "diff", "consolidation"},
    {"layout"},
    {"budget"},
    {"recalc"},
    {"grid"},
    {"ooxml"},
    {"schema"},
    {"language"},
    {"errors", "records", "patterns"},
]
HEIGHT = {name: -index for index, names in enumerate(LAYERS) for name in names}
HOME = {
    "ironcalc": "recalc",
    "xlsxwriter": "writeback",
    "babel": "language",
    "click": "cli",
    "dask": "cli",
    "distributed": "cli",
    "fsspec": "cli",
    "jinja2": "report",
    "docx": "report",
    "pandas": "report",
    "pyarrow": "report",
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem in HEIGHT)


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_layer_imports_only_what_lies_below_it(path: Path) -> None:
    own = layer_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "pik_excel" or len(parts) < 2 or parts[1] not in HEIGHT or parts[1] == own:
            continue
        assert HEIGHT[parts[1]] < HEIGHT[own], f"{own} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_dependency_is_imported_in_one_layer_only(path: Path) -> None:
    for name in imported(path):
        home = HOME.get(name.split(".")[0])
        assert home in {None, layer_of(path)}, f"{name} belongs to {home}"


def test_every_folder_of_the_package_is_a_layer() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders - {"locale"} <= set(HEIGHT)
