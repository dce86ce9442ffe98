"""Which standard first: what is asked, and the answers as people write them down."""

from __future__ import annotations

from imsmap.decision.rules import (
    BOTH,
    CAPACITY,
    KINDS,
    MOST_SCORE,
    MOST_WEIGHT,
    SIDES,
    UNKNOWN,
    WEIGHT,
    Case,
    Certificate,
    Gate,
    Given,
    weighable,
)
from imsmap.readers.decision import read_case, to_toml

__all__ = [
    "BOTH",
    "CAPACITY",
    "KINDS",
    "MOST_SCORE",
    "MOST_WEIGHT",
    "SIDES",
    "UNKNOWN",
    "WEIGHT",
    "Case",
    "Certificate",
    "Gate",
    "Given",
    "read_case",
    "to_toml",
    "weighable",
]
