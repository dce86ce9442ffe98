from __future__ import annotations

from attrs import evolve

from imsmap.analyses import timeline
from imsmap.library.editions import Successor
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from imsmap.library.model import Amendment
from tests.fixtures import MAPPINGS
from tests.once import shipped

A, B = "iso9001-2015", "iso14001-2015"


def graph() -> ClauseGraph:
    library = load(MAPPINGS, [A, B])
    first, second = (
        evolve(
            one,
            published="2015-09",
            amendments=(Amendment("Amd 1:2024", "2024-02", "Climate"),) if one.key == A else (),
            successor=Successor("ISO 9001:2026", "2026-09-16", 0.7, "a  second\nhand") if one.key == A else None,
        )
        for one in sorted(library.standards, key=lambda one: one.key, reverse=True)
    )
    return ClauseGraph(evolve(library, standards=(first, second)))


def test_events_are_told_in_the_order_of_their_dates_with_confidence_and_source() -> None:
    report = timeline.analyse(graph(), timeline.Question((A,)))
    assert [(one["kind"], one["date"], one["what"]) for one in report.json["events"]] == [
        ("published", "2015-09", "ISO 9001:2015"),
        ("amended", "2024-02", "Amd 1:2024: Climate"),
        ("replaced", "2026-09-16", "ISO 9001:2026"),
    ]
    assert report.json["events"][2]["confidence"] == 0.7
    assert report.json["events"][2]["source"] == "a second hand"


def test_the_message_counts_the_editions_with_a_successor() -> None:
    report = timeline.analyse(graph(), timeline.Question((A, B)))
    assert report.message == "1 of 2 editions have a successor: ISO 9001:2015"
    assert report.json["replaced"] == [A]
    assert len(report.tables[0].rows) == len(report.json["events"])


def test_the_ends_of_a_transition_are_events_with_a_confidence_of_their_own_and_are_called_reported() -> None:
    report = timeline.analyse(shipped([A, B]), timeline.Question((A, B)))
    ends = {(one.standard, one.kind): one for one in report.answer.events if one.kind in ("last certificates", "ends")}
    assert {key: one.date for key, one in ends.items()} == {
        (A, "last certificates"): "2028-03-31",
        (A, "ends"): "2029-09-30",
        (B, "last certificates"): "2027-10-31",
        (B, "ends"): "2029-04-30",
    }
    assert all(one.is_reported and one.confidence <= 0.8 and one.source for one in ends.values())
    assert report.notes[0].startswith("When certificates to a replaced edition end is reported only: confirm with your")


def test_no_end_of_a_transition_is_claimed_where_none_is_known() -> None:
    report = timeline.analyse(graph(), timeline.Question((A,)))
    assert "confirm with your certification body" in report.notes[0]
    assert not {"until", "end"} & {key for event in report.json["events"] for key in event}
