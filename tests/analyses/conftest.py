from __future__ import annotations

import pytest

from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


@pytest.fixture
def small() -> ClauseGraph:
    """Three invented standards with each class of row: same, extended, related, none, not assessed."""
    return graph(
        standard(
            A,
            {
                "4": None,
                "4.1": ["=issues", "+watching"],
                "6": None,
                "6.1": ["=risks", "=actions"],
                "8": None,
                "8.1": ["=planned", "=controlled"],
                "8.2": ["+selling"],
                "8.3": ["+designing"],
                "8.4": ["+buying"],
                "9": None,
                "9.1": ["=measured"],
            },
            topics={"8.2": "design", "8.3": "design", "8.4": "design"},
            documented={"issues": "maintain", "measured": "retain", "buying": "retain"},
        ),
        standard(
            B,
            {
                "4": None,
                "4.1": ["=issues", "+nature"],
                "6": None,
                "6.1": None,
                "6.1.1": ["=risks", "=actions"],
                "6.1.2": ["+aspects"],
                "8": None,
                "8.1": ["=planned", "=controlled", "+outsourcing"],
                "8.2": ["+fleeing"],
                "9": None,
                "9.1": ["=measured"],
            },
            topics={"6.1.2": "aspects", "8.2": "emergency"},
            discipline="environment",
            documented={"measured": "retain", "aspects": "maintain"},
        ),
        standard(
            C,
            {"4": None, "4.1": ["=issues"], "8": None, "8.2": ["+burning"]},
            topics={"8.2": "emergency"},
            discipline="energy",
        ),
        relations=[
            relation(A, B, "8.4 intersects-with 8.1 @6", name="buying"),
            relation(A, B, "8.2 intersects-with 8.2 @2", name="weak"),
            relation(A, B, "8.3 no-relationship *", name="nothing"),
        ],
    )
