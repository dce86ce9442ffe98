"""Which standard first: what is asked, and the answers as people write them down."""

from __future__ import annotations

from imsmap.decision.rules import (
    BOTH,
    CAPACITY,
    KINDS,
    MOST_SCORE,
    MOST_WEIGHT,
    UNKNOWN,
    WEIGHT,
    Case,
    Certificate,
    Gate,
    Given,
    between,
    candidates,
    weighable,
)
from imsmap.decision.sides import cannot_weigh, editions_held, weighed
from imsmap.readers.decision import read_case, to_toml

__all__ = [
    "BOTH",
    "CAPACITY",
    "KINDS",
    "MOST_SCORE",
    "MOST_WEIGHT",
    "UNKNOWN",
    "WEIGHT",
    "Case",
    "Certificate",
    "Gate",
    "Given",
    "between",
    "candidates",
    "cannot_weigh",
    "editions_held",
    "read_case",
    "to_toml",
    "weighable",
    "weighed",
]
