"""How is a page made of a template? Nothing in a cell can become markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any  # what a template is given

FOLDER = Path(__file__).parent / "templates"


def rendered(name: str, **content: Any) -> str:
    """The template `name` filled with the content; a name it does not find there is a bug and raises."""
    from jinja2 import Environment, StrictUndefined  # 0.1 s, and only pages need it

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((FOLDER / name).read_text(encoding="utf-8"))
    return template.render(**content).rstrip()
