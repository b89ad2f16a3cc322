"""Which fields has a measure, how are their columns headed, and what holds for them? Data in `*.toml`, read here."""

from __future__ import annotations

from pik_excel.schema.files import ASSUMING, built_in, configuration, configured_workbooks, load
from pik_excel.schema.records import (
    AccountWords,
    Eligibility,
    FieldRule,
    Ignored,
    Land,
    Limits,
    NeedWords,
    Origin,
    OwnShare,
    Preflight,
    Projection,
    Schema,
    StatusWords,
    Words,
)

__all__ = [
    "ASSUMING",
    "AccountWords",
    "Eligibility",
    "FieldRule",
    "Ignored",
    "Land",
    "Limits",
    "NeedWords",
    "Origin",
    "OwnShare",
    "Preflight",
    "Projection",
    "Schema",
    "StatusWords",
    "Words",
    "built_in",
    "configuration",
    "configured_workbooks",
    "load",
]
