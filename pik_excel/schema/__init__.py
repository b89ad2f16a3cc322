"""Which fields has a measure, how are their columns headed, and what holds for them? Data in `*.toml`, read here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Schema:
    """The measures schema in force."""
