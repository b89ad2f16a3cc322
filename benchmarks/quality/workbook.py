"""Which workbook belongs to a seed? Clean, or with one defect and the truth about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from benchmarks.quality.book import Book
from benchmarks.quality.companions import COMPANIONS
from benchmarks.quality.defects import PLANTS, Site
from benchmarks.quality.furniture import furnish
from benchmarks.quality.layouts import LAYOUTS
from benchmarks.quality.table import Facts
from benchmarks.quality.truth import Truth
from benchmarks.quality.writing import written


@dataclass
class Made:
    """A workbook of the generator."""

    seed: int
    layout: str
    book: Book
    facts: Facts
    truth: Truth | None = None
    variant: str = ""

    @property
    def content(self) -> bytes:
        """The file."""
        return written(self.book)

    @property
    def suffix(self) -> str:
        """The file's ending."""
        return ".xlsm" if any(one.startswith("macro") for one in self.book.attachments) else ".xlsx"


def clean(seed: int, layout: str = "") -> Made:
    """A workbook without a defect."""
    layout = layout or list(LAYOUTS)[seed % len(LAYOUTS)]
    book, facts = draft(Random(f"clean {seed}"), layout, frozenset())
    return Made(seed, layout, book, facts)


def draft(
    random: Random, layout: str, needs: frozenset[str], companions: frozenset[str] = frozenset()
) -> tuple[Book, Facts]:
    """Layout, companions and furniture."""
    book = Book(random.choice(("Anmeldung zum Haushalt", "Haushaltsplanung", "Mittelanmeldung")))
    facts = LAYOUTS[layout](book, random, needs)
    if layout != "dossier":
        for name, companion in COMPANIONS.items():
            if name in companions or random.random() < 0.08:
                companion(book, facts, random, needs)
    furnish(book, facts, random)
    return book, facts


def codes() -> list[str]:
    """All codes with a defect."""
    return sorted(PLANTS)


def planted(seed: int, code: str = "") -> Made:
    """A workbook with one defect. Codes go round with the seed, layouts with each round
    (with each seed, where the code is given); where a defect makes no sense
    in a layout, the next layout is taken."""
    every = codes()
    turn = seed if code else seed // len(every)
    code = code or every[seed % len(every)]
    names, plants = list(LAYOUTS), PLANTS[code]
    for attempt in range(2 * len(names)):
        layout = names[(turn * 7 + every.index(code) * 3 + attempt) % len(names)]
        for number in range(len(plants)):
            plant = plants[(turn + turn // len(names) + attempt + number) % len(plants)]
            if plant.layouts and layout not in plant.layouts:
                continue
            random = Random(f"planted {seed} {code} {attempt} {number}")
            book, facts = draft(random, layout, plant.needs, plant.companions)
            truth = plant.function(Site(book, facts, random))
            if truth is not None:
                if facts.trios or facts.needs:  # whatever changes an amount there changes what it should add up to
                    truth = replace(truth, beside=truth.beside | {"FIN07", "MSR04"})
                return Made(seed, layout, book, facts, truth, plant.name)
    raise LookupError(f"{code} fits no layout with seed {seed}")
