"""How a project stood over time, and what moved between two states."""

from __future__ import annotations

from attrs import evolve

from imsmap.register.course import Moved, by_status, moment, moved
from imsmap.register.figures import figures
from tests.register.test_state import BUYING, DESIGN, ISSUES, OTHER, WATCHING, of, row


def test_points_that_apply_are_counted_by_what_they_stand_as() -> None:
    found = of(
        row(ISSUES, status="Conforming") | row(WATCHING, status="Partial") | row(DESIGN, applies="Not applicable")
        | row(BUYING, status="Not conforming", severity="Major")
    )  # fmt: skip
    told = moment(found, 7, 3)
    assert told.points == {"Not conforming": 1, "Partial": 1, "Not assessed": 1, "Conforming": 1}
    assert (told.entry, told.version, told.still, told.whole) == (7, 3, 3, 4)
    assert told.figures == figures(found)
    assert by_status(found, frozenset((ISSUES, OTHER)))["Conforming"] == 1
    assert sum(by_status(found, frozenset((ISSUES, OTHER))).values()) == 2


def test_each_point_and_action_that_moved_is_told_under_what_became_of_it() -> None:
    before = of(
        row(ISSUES, status="Partial") | row(WATCHING, status="Conforming")
        | row(BUYING, status="Not conforming", severity="Major", action="Rate them")
        | row(DESIGN, action="Draw", status="Conforming")
    )  # fmt: skip
    now = of(
        row(ISSUES, status="Conforming") | row(WATCHING, status="Not conforming", severity="Major")
        | row(BUYING, status="Conforming", severity="Major", action="Rate them") | row(OTHER, status="Partial")
        | row(DESIGN, action="Draw", status="Conforming") | row(OTHER, action="Ask", status="Partial")
        | {("actions", f"action:{BUYING}", "status"): "Done"}
    )  # fmt: skip
    assert moved(before, now) == Moved(
        assessed=(OTHER,),
        better=(ISSUES, BUYING),
        worse=(WATCHING,),
        closed=(BUYING,),
        opened=(WATCHING,),
        done=(f"action:{BUYING}",),
        written=(f"action:{OTHER}",),
    )
    assert moved(now, now).is_nothing
    assert not moved(before, now).is_nothing


def test_what_was_not_asked_for_before_has_not_moved() -> None:
    now = of(row(ISSUES, status="Conforming"))
    before = of()
    less = evolve(before, points={ref: point for ref, point in before.points.items() if ref != ISSUES})
    assert moved(less, now).is_nothing
