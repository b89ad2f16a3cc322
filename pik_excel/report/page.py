"""A rule's page (its docstring) as people read it, in the language in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pik_excel.checks.catalogue import Rule
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.report.text import severity_word, wrapped

_EXAMPLE = pattern(r"(Falsch|Richtig)(?: \((?P<cells>[^)]*)\))?:\Z")
_SHEET = pattern(r'Blatt "(?P<name>[^"]+)"(?P<hidden> \(ausgeblendet\))?:\Z')


def page(rule: Rule) -> str:
    """The whole page: head line, then paragraph by paragraph; tables stay as they are."""
    head = f"{rule.code} · {_(rule.title)} · {severity_word(rule.severity)}\n{rule.name}"
    return "\n\n".join([head, *(_paragraph(one) for one in paragraphs(rule.page)[1:])])


def paragraphs(text: str) -> list[str]:
    """The page's paragraphs, the title first, lines joined where they are prose."""
    return [_joined(block) for block in re.split(r"\n\s*\n", text.strip())]


def prose(text: str) -> Iterator[str]:
    """The paragraphs that need a translation: all but tables, example heads and sheet names."""
    return (one for one in paragraphs(text) if not (one.startswith("|") or _EXAMPLE.match(one) or _SHEET.match(one)))


def _joined(block: str) -> str:
    return block if block.lstrip().startswith("|") else " ".join(block.split())


def _paragraph(text: str) -> str:
    if text.startswith("|"):
        return text
    if example := _EXAMPLE.match(text):
        word = _("Falsch") if example[1] == "Falsch" else _("Richtig")
        return f"{word} ({example['cells']}):" if example["cells"] else f"{word}:"
    if sheet := _SHEET.match(text):
        hidden = _(" (ausgeblendet)") if sheet["hidden"] else ""
        return _('Blatt "{name}"{hidden}:').format(name=sheet["name"], hidden=hidden)
    return "\n".join(wrapped(_(text), ""))
