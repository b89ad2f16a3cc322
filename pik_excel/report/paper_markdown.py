"""The council paper's tables as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pik_excel.language import _
from pik_excel.report.paper import Paper, PaperCell, PaperTable

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>|#"})


def paper_markdown(papers: Sequence[Paper]) -> str:
    """One paper after the other."""
    return "\n\n".join("\n\n".join(_blocks(paper)) for paper in papers)


def _blocks(paper: Paper) -> Iterator[str]:
    for table in paper.tables:
        yield f"## {_escaped(table.title)}"
        yield "\n".join(_table(table))
        if table.notes:
            yield "  \n".join(map(_escaped, table.notes))
    if paper.deadlines:
        yield "## " + _("Fristen")
        yield "\n".join(f"- {_escaped(one.text)}" for one in paper.deadlines)
    if paper.scenarios:
        yield "## " + _("Szenarien")
        yield "\n".join(f"- {_escaped(one.text)}" for one in paper.scenarios)


def _table(table: PaperTable) -> Iterator[str]:
    """Markdown knows one header row: several are joined."""
    heads = [" ".join(dict.fromkeys(cell.text for cell in column if cell.text)) for column in _columns(table)]
    yield _row(heads)
    yield _row([":--", *("--:" for _head in heads[1:])])
    for row in table.rows:
        strong = "**" if row.kind in {"total", "subtotal"} else ""
        yield _row([f"{strong}{_escaped(cell.text)}{strong}" if cell.text else "" for cell in row.cells])


def _columns(table: PaperTable) -> Iterator[tuple[PaperCell, ...]]:
    return zip(*table.header, strict=True)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIAL)
