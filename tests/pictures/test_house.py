from __future__ import annotations

import pytest

from imsmap.pictures import house
from tests.pictures import rules
from tests.pictures.invented import draw, matrix, report_for


def test_the_house_has_a_roof_a_beam_a_pillar_for_each_standard_and_a_base() -> None:
    (picture,) = draw("house", report_for("house", 3))
    assert [name for name in picture.groups if name != "Legend"] == [
        "Clause 5, the roof", "Clause 4, the beam", "Pillar Q", "Pillar E", "Pillar S", "Clause 6, 8, what is shared",
        "Clause 7, in the base", "Clause 9, in the base", "Clause 10, in the base",
    ]  # fmt: skip
    shapes = {part.name: part.shape for part in picture.parts.values()}
    assert shapes["Clause 5"] == "triangle"


def test_a_pillar_is_as_wide_as_its_points_and_its_parts_as_high_as_theirs() -> None:
    (picture,) = draw("house", report_for("house", 2))
    parts = {part.name: part.area for part in picture.parts.values()}
    one, other = (parts[f"invented{at}-2031 core"] for at in (0, 1))
    counts = [matrix(2).answer.measured(f"invented{at}-2031", ("6", "8")).total() for at in (0, 1)]
    assert one.width / other.width == pytest.approx(counts[0] / counts[1])
    core, alone = parts["invented1-2031 core"].height, parts["invented1-2031 alone"].height + 2
    assert core / alone == pytest.approx(15 / 25)
    assert parts["invented1-2031 alone"].y < parts["invented1-2031 core"].y


def test_a_brick_stands_for_each_topic() -> None:
    (picture,) = draw("house", report_for("house", 6))
    bricks = [
        part.name for part in picture.parts.values() if part.name.startswith("brick ") and "related" not in part.name
    ]
    tally = matrix(6).answer.shares.tally(("4", "6", "7", "8", "9", "10"))
    assert len(bricks) == tally.total - tally.related


@pytest.mark.parametrize("size", ["16:9", "4:3"])
def test_six_pillars_stand_on_one_slide(size: str) -> None:
    (picture,) = draw("house", report_for("house", 6), size)
    assert sum(name.startswith("Pillar") for name in picture.groups) == 6


@pytest.mark.parametrize("name", ["house", "pdca", "venn"])
def test_two_editions_of_one_standard_are_called_so(name: str) -> None:
    (picture,) = draw(name, report_for("house", 2, swap={"ISO 14901:2031": "ISO 90001:2041"}))
    assert "both editions of ISO 90001" in picture.title.replace("\u00a0", " ").lower().replace("iso", "ISO")


@pytest.mark.parametrize("count", [2, 6])
def test_on_an_upright_page_the_stones_of_the_base_are_as_wide_as_their_names(count: int) -> None:
    (picture,) = house.draw(report_for("house", count), rules.UPRIGHT)
    named = {part.name: part for part in picture.parts.values() if part.name in ("Clause 7", "Clause 9", "Clause 10")}
    assert len(named) == 3
    assert [part.paragraphs for part in named.values() if "…" in " ".join(part.paragraphs)] == []
    seven, nine, ten = (named[f"Clause {number}"].area for number in (7, 9, 10))
    assert seven.right < nine.x
    assert nine.right < ten.x
