"""What does the measures schema in force say? Plain data, as `files` read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from pathlib import Path

from pik_excel.records import dataclass


@dataclass(frozen=True)
class Origin:
    """Where a part of the schema comes from; `line` counts from 1, None where it is not known."""

    path: Path
    line: int | None = None


@dataclass(frozen=True)
class Ignored:
    """Findings that are set aside: of these rules (codes, families, names), for this reason. `workbook` and `sheet` are
    patterns with * and ?, `range` is A1; None means any. `until` is the last day on which it holds."""

    rules: tuple[str, ...]
    reason: str
    origin: Origin
    workbook: str | None = None
    sheet: str | None = None
    range: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class FieldRule:
    """A field of a measure: `headers` are what may stand above its column, `name` is the usual one."""

    key: str
    name: str
    english: str
    headers: tuple[str, ...]
    type: str  # string, integer, number, money, share, date, year, boolean, list
    required: bool = False
    unique: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str | None = None
    values: tuple[str, ...] = ()
    structural: bool = False  # read from where it stands, not by a header of its own
    checked_by: tuple[str, ...] = ()  # the rules that look at it


@dataclass(frozen=True)
class Words:
    """The words that `layout` reads by; each list is explained in words.toml."""

    total: tuple[str, ...]
    balance: tuple[str, ...]
    subtotal: tuple[str, ...]
    memo: tuple[str, ...]
    part: tuple[str, ...]
    subset: tuple[str, ...]
    full_split: tuple[str, ...]
    revenue: tuple[str, ...]
    difference: tuple[str, ...]
    not_given: tuple[str, ...]
    dash: tuple[str, ...]
    open_ended: tuple[str, ...]
    later_years: tuple[str, ...]
    measure: tuple[str, ...]
    money: tuple[str, ...]
    performance: tuple[str, ...]
    header: tuple[str, ...]


@dataclass(frozen=True)
class StatusWords:
    """Words that say how firm the amounts of a table are."""

    decided: tuple[str, ...]
    requested: tuple[str, ...]
    provided: tuple[str, ...]
    proposed: tuple[str, ...] = ()  # only of columns: what the administration proposes


@dataclass(frozen=True)
class Limits:
    """From where on something is mentioned; each limit is explained in limits.toml."""

    jump: Decimal
    jump_from: Decimal
    similar: Decimal
    own_share: Decimal = Decimal(0)


@dataclass(frozen=True)
class Preflight:
    """How large a workbook may be before it is refused unread; each limit is explained in preflight.toml."""

    file_mb: int = 256
    entries: int = 10_000
    part_mb: int = 256
    total_mb: int = 512
    ratio: int = 100
    sheets: int = 5_000
    cells: int = 5_000_000
    merges: int = 100_000
    depth: int = 256
    attributes: int = 1_000
    attribute_kb: int = 1_024
    seconds: int = 300
    memory_mb: int = 4_096


@dataclass(frozen=True)
class Projection:
    """The rule where a measure states none, and the words by which rules are stated: rule -> words."""

    default_rule: str
    rules: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Land:
    """A Land whose chart of accounts is known, in part at least: `complete` are the classes (first digits) of which
    every account group is listed, `other_products` product areas beside those with a name, `financial_plan` the law on
    the medium-term plan, "" where no source says."""

    name: str
    source: str = ""
    complete: tuple[str, ...] = ()
    other_products: tuple[str, ...] = ()
    extraordinary: tuple[str, ...] = ()  # classes of what is not planned in the usual course
    financial_plan: str = ""


@dataclass(frozen=True)
class AccountWords:
    """Words of a name that speak against account groups (given by name), and for which groups they speak instead."""

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    unlikely: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnShare:
    """Which sources of a financing count as the Träger's own: those that begin with one of these."""

    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class NeedWords:
    """How labels and titles begin that speak of funds already provided, additional ones, and the total need."""

    provided: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()
    total: tuple[str, ...] = ()


@dataclass(frozen=True)
class Eligibility:
    """What a funding programme pays for: cost types by their names in `Schema.cost_types`."""

    programme: tuple[str, ...]
    source: tuple[str, ...]
    eligible: tuple[str, ...] = ()
    not_eligible: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class Schema:
    """The measures schema in force.

    `kinds` maps result, estimate and plan to words, `units` a unit's name ("TEUR") to its spellings, `charts` a Land
    to its account groups, `products` a Land to its product areas. `origins` says where a part came from: keyed
    "fields.bezeichnung.headers", "limits.jump".
    """

    fields: Mapping[str, FieldRule]
    words: Words
    status: StatusWords
    kinds: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    projection: Projection
    limits: Limits
    land: str
    default_unit: str
    charts: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lands: Mapping[str, Land] = field(default_factory=dict)
    products: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    account_words: Mapping[str, AccountWords] = field(default_factory=dict)
    own_share: OwnShare = OwnShare()
    need: NeedWords = NeedWords()
    cost_types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    eligibility: Mapping[str, Eligibility] = field(default_factory=dict)
    preflight: Preflight = Preflight()
    workbooks: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def account_groups(self) -> Mapping[str, str]:
        """The chart of accounts of the Land in force: "43" -> "Transferaufwendungen"."""
        return self.charts.get(self.land, {})

    def __hash__(self) -> int:
        """By identity: a schema is read once, and what is derived from it may be kept beside it."""
        return id(self)
