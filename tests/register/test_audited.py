"""Questions and verdicts of the checklist, and findings that hide which standard is not met."""

from __future__ import annotations

import pytest

from imsmap.reasoning.shares import Count
from imsmap.register.audited import audited, hiding
from imsmap.register.cells import Key, Value
from imsmap.register.schema import result

LINES = {"context": ("q", "e"), "buying": ("q",), "other": ()}


def cells(**said: str) -> dict[Key, Value]:
    """Say results (q, e) and a grade in the row context, or in the row that stands before two lines."""
    found = {}
    for place, word in said.items():
        row, _, name = place.rpartition("__")
        field = result(name) if name in ("q", "e") else name
        found[Key("audit", row or "context", field)] = word
    return found


def test_a_row_counts_once_every_standard_has_its_verdict_and_verdicts_by_standard() -> None:
    found = audited(LINES, ("q", "e"), cells(q="ok", e="Not seen", buying__q="not conforming", new__q="Conforming"))
    assert found.rows == Count(1, 2)
    assert found.verdicts == {"q": Count(2, 2), "e": Count(0, 1)}
    assert found.failed == {"q": 1, "e": 0}


def test_a_verdict_that_nobody_asked_for_counts_all_the_same() -> None:
    assert audited(LINES, ("q", "e"), cells(other__e="Conforming")).verdicts["e"] == Count(1, 2)


@pytest.mark.parametrize(
    ("said", "hides"),
    [
        ({"grade": "Major", "q": "Conforming"}, True), ({"grade": "minor nc"}, True),
        ({"grade": "Major", "q": "Conforming", "e": "nok"}, False), ({"grade": "Observation"}, False),
    ],
)  # fmt: skip
def test_a_finding_of_which_no_standard_failed_hides_it(said: dict[str, str], hides: bool) -> None:
    assert hiding(cells(**said)) == ((Key("audit", "context", "grade"),) if hides else ())
