"""What is weighed to choose a standard, as the shipped data have it, and cases that are weighed by it."""

from __future__ import annotations

from functools import partial

from imsmap.decision import rules
from imsmap.library.load import criteria
from tests.fixtures import MAPPINGS

EVERY = criteria(MAPPINGS)
CRITERIA = rules.between(EVERY)
# A tree that holds other data than the shipped weighs nothing, and its tests ask for no sides.
SIDES = (QUALITY, ENVIRONMENT) = tuple(rules.candidates(CRITERIA)) or ("", "")
FIRST = {side: rules.first(side) for side in SIDES}
CLASSES = rules.classes(SIDES)
BY_ID = {criterion.id: criterion for criterion in CRITERIA}
Case = partial(rules.Case, criteria=CRITERIA)
