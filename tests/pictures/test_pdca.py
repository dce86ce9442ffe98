from __future__ import annotations

import itertools
import re

import pytest
from attrs import evolve

from imsmap.drawing import SIZES
from imsmap.errors import UsageError
from imsmap.pictures import pdca
from tests.pictures import rules
from tests.pictures.invented import draw, report_for


def groups_of(placement: dict[str, str] | None = None) -> dict[str, str]:
    (picture,) = pdca.draw(report_for("pdca", 2), SIZES["16:9"], placement)
    return {name: alt.replace("\u00a0", " ") for name, alt in picture.groups.items()}


def test_context_is_the_frame_leadership_the_hub_and_the_rest_stands_on_the_wheel() -> None:
    groups = groups_of()
    assert [name for name in groups if name != "Legend"] == [
        "Frame, clause 4", "Plan, clause 6", "Do, clause 7, 8", "Check, clause 9", "Act, clause 10", "Hub, clause 5",
    ]  # fmt: skip
    assert groups["Act, clause 10"].startswith(
        "Act: 10 Improvement: 2 of 3 topics shared; ISO 90001:2031 +11 of 20 points"
    )


def test_placement_is_a_setting() -> None:
    groups = groups_of({"7": "plan", "4": "plan"})
    assert {"Plan, clause 4, 6, 7", "Do, clause 8"} <= groups.keys()
    assert not any(name.startswith("Frame") for name in groups)


@pytest.mark.parametrize("placement", [{"7": "roof"}, {"11": "plan"}])
def test_an_unknown_place_or_clause_is_refused_with_those_that_are_there(placement: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="frame, hub, plan, do, check, act"):
        groups_of(placement)


def test_arrows_go_round_the_wheel_and_spokes_join_the_hub_to_each_station() -> None:
    (picture,) = draw("pdca", report_for("pdca", 2))
    name = {node: part.name.removesuffix(", whole") for node, part in picture.parts.items()}
    edges = [(name[link.tail], name[link.head], link.kind) for link in picture.links]
    assert [edge[:2] for edge in edges if edge[2] == "arrow"] == [
        ("Plan", "Do"), ("Do", "Check"), ("Check", "Act"), ("Act", "Plan"),
    ]  # fmt: skip
    assert {edge[1] for edge in edges if edge[0] == "Clause 5"} == {"Plan", "Do", "Check", "Act"}


def test_title_counts_topics_n_of_m() -> None:
    (picture,) = draw("pdca", report_for("pdca", 3))
    assert picture.title.startswith("One cycle drives all 3 standards: 26 of 47 topics are built once, ")
    parts = [int(number) for number in re.findall(r"\d+", picture.title.partition("topics")[2])]
    assert 26 + sum(parts) == 47


def test_no_word_in_the_hub_is_broken_and_no_clause_cut_on_a_page_upright() -> None:
    upright = evolve(SIZES["A4"], width_in=SIZES["A4"].height_in, height_in=SIZES["A4"].width_in)
    (picture,) = pdca.draw(report_for("pdca", 3), upright)
    hub = next(part for part in picture.parts.values() if part.name == "Clause 5")
    assert hub.lines == ("5", "Leadership", "3 of 4")
    told = {part.name: part.paragraphs for part in picture.parts.values()}
    assert told["Check, clauses"] == ("9\u00a0Performance evaluation",)


def test_steps_stand_on_the_ground_of_the_frame_without_edges_and_badges_do_not_touch() -> None:
    (page,) = draw("pdca", report_for("pdca", 6))
    (whole,) = [part for part in page.parts.values() if part.name == "Frame"]
    steps = [part for part in page.parts.values() if part.name.endswith(", whole")]
    assert len(steps) == 4
    assert whole.fill
    assert {(part.fill == whole.fill, part.line) for part in steps} == {(False, None)}
    tops = sorted(part.area.y for part in page.parts.values() if part.name.startswith("plan, "))
    high = next(part.area.height for part in page.parts.values() if part.name.startswith("plan, "))
    assert all(after - before > high for before, after in itertools.pairwise(tops))


@pytest.mark.parametrize("place", ["4:3", "upright", "narrow", "low"])
@pytest.mark.parametrize("count", [2, 3, 6])
def test_in_little_room_the_clauses_of_a_step_are_named_whole(count: int, place: str) -> None:
    sizes = {"4:3": SIZES["4:3"], "upright": rules.UPRIGHT, "narrow": rules.NARROW, "low": rules.LOW}
    (picture,) = pdca.draw(report_for("pdca", count), sizes[place])
    named = [part for part in picture.parts.values() if part.name.endswith(", clauses")]
    assert len(named) == 4
    assert [part.paragraphs for part in named if "…" in " ".join(part.paragraphs)] == []
    assert rules.broken(picture) == []
