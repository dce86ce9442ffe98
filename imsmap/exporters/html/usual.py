"""What people call things, and what the titles of clauses call them: so that "supplier" finds the external provider.

The table is ours. A word on the left is the beginning of what somebody may type; what stands on the right is looked for
in titles only, and what was typed itself always comes first.
"""

from __future__ import annotations

_TITLES = (
    ("externally provided", "external provider"),
    ("measuring resources", "measurement traceability"),
    ("customer communication", "customer satisfaction", "nonconformity and corrective"),
    ("environmental aspect",),
    ("compliance",),
    ("emergency",),
    ("competence",),
    ("people", "competence"),
    ("interested part",),
    ("organization and its context",),
    ("monitoring, measurement",),
    ("objective",),
    ("nonconforming output",),
    ("corrective action",),
    ("release of products",),
    ("documented information",),
    ("infrastructure",),
    ("requirements for products",),
    ("post-delivery",),
    ("preservation",),
    ("traceability",),
    ("organizational knowledge",),
    ("customer satisfaction",),
    ("leadership",),
    ("resources",),
)
_TYPED = (
    "supplier vendor purchas procure buying subcontract contractor outsourc sourcing",
    "calibrat gauge metrolog",
    "complain feedback",
    "waste emission chemical energy water noise pollut carbon footprint",
    "legal law legislat permit regulat",
    "fire spill accident incident",
    "training skill qualification",
    "staff employee personnel",
    "stakeholder neighbour",
    "swot",
    "kpi indicator",
    "target goal",
    "defect scrap rework reject recall",
    "capa",
    "inspect",
    "manual procedure archiv paperwork documents records",
    "machine maintenance building",
    "order quot offer tender",
    "warrant guarantee",
    "warehouse storage packag",
    "batch serial",
    "know-how knowhow",
    "survey",
    "director boss",
    "budget money",
)

USUAL = {word: titles for typed, titles in zip(_TYPED, _TITLES, strict=True) for word in typed.split()}
"""By the beginning of a word, in small letters: the parts of titles that are meant by it."""
