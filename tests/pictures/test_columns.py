from __future__ import annotations

import re
from itertools import pairwise

import pytest
from attrs import evolve

from imsmap.analyses import matrix
from imsmap.drawing import CORE, SIZES, Area, palettes
from imsmap.pictures import columns
from tests.once import shipped
from tests.pictures import rules
from tests.pictures.invented import draw, report_for


@pytest.mark.parametrize("count", [2, 3])
def test_bars_are_as_high_as_their_points_all_to_one_scale(count: int) -> None:
    report = report_for("columns", count)
    (picture,) = draw("columns", report)
    scales = set()
    for side in report.answer.standards:
        for main in report.answer.main_clauses:
            points = report.answer.measured(side.key, (main.number,))
            core = sum(number for kin, number in points.items() if kin.is_core)
            bars = {part.name: part for part in picture.parts.values() if part.role == "bar"}
            if core:
                scales.add(round(bars[f"{side.key}:{main.number} core"].area.height / core, 3))
    assert len(scales) == 1


def test_what_is_shared_flows_from_the_first_standard_into_the_core_and_on_to_the_others() -> None:
    (picture,) = draw("columns", report_for("columns", 3))
    flows = [part for part in picture.parts.values() if part.shape == "path"]
    assert {part.fades for part in flows if part.name.split(" ")[-1] == "core"} == {CORE.dark}
    assert len({part.name.split(" ", 2)[2] for part in flows}) == 3
    assert not [part for part in flows if part.fill is None]


def test_the_title_counts_the_points_of_both_and_what_each_adds() -> None:
    report = report_for("columns", 2)
    (picture,) = draw("columns", report)
    numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"ISO.\d+(:\d+)?", "", picture.title))]
    q, e = (side.key for side in report.answer.standards)
    core = [sum(n for kin, n in report.answer.measured(key).items() if kin.is_core) for key in (q, e)]
    total = [sum(report.answer.measured(key).values()) for key in (q, e)]
    assert numbers == [core[0], total[0], core[1], total[1], total[0] - core[0], total[1] - core[1]]
    assert [total[0] - core[0], total[1] - core[1]] == [report.answer.shares.adds(key) for key in (q, e)]


def test_six_standards_stand_side_by_side_with_a_box_for_each_topic() -> None:
    report = report_for("columns", 6)
    (picture,) = draw("columns", report)
    for side in report.answer.standards:
        boxes = [
            part for part in picture.parts.values() if part.role == "mark" and part.name.startswith(f"{side.key} ")
        ]
        assert len(boxes) == len(report.answer.shares.standing(side.key))
    assert picture.title.startswith("Six standards, one core: at least ")


def test_where_no_core_topic_is_asked_for_by_all_the_title_says_that_some_share_it() -> None:
    keys = ("iso9001-2015", "iso22000-2018", "iso13485-2016", "as9100d-2016")
    (picture,) = draw("columns", matrix.analyse(shipped(keys), matrix.Question(keys)))
    assert "at least 0" not in picture.title
    assert "are built once by some of them" in picture.title


def test_standards_that_do_not_fit_side_by_side_go_on_another_page() -> None:
    pictures = draw("columns", report_for("columns", 6), "4:3")
    for index, picture in enumerate(pictures, start=1):
        assert len(pictures) == 1 or picture.title.endswith(f"({index} of {len(pictures)})")


def test_the_labels_of_the_standard_in_between_keep_clear_of_its_core() -> None:
    report = report_for("columns", 3)
    (picture,) = draw("columns", report)
    parts = {part.name: part for part in picture.parts.values()}
    between = report.answer.standards[1].key
    for main in report.answer.main_clauses:
        core = parts[f"{between}:{main.number} core"].area
        assert parts[f"{between}:{main.number} adds"].area.y >= core.bottom - 0.01


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys",
    [("iso9001-2015", "iso9001-2026", "iso14001-2015"), ("iso9001-2015", "iso14001-2015", "iso14001-2026")],
    ids=" ".join,
)
def test_beside_an_edition_in_between_no_label_stands_on_the_flow_of_the_next_clause(keys: tuple[str, ...]) -> None:
    report = matrix.analyse(shipped(keys), matrix.Question(keys))
    (picture,) = draw("columns", report)
    parts = {part.name: part for part in picture.parts.values()}
    numbers = [main.number for main in report.answer.main_clauses]
    for number, after in pairwise(numbers):
        label = parts[f"{keys[1]}:{number} adds"].area
        assert label.bottom <= parts[f"{keys[1]}:{after} core"].area.y + 0.01
        assert label.y >= parts[f"{keys[1]}:{number} core"].area.bottom - 0.01


def test_the_clauses_of_the_core_are_written_in_one_size() -> None:
    for count in (2, 3):
        (picture,) = draw("columns", report_for("columns", count, 1.35))
        assert len({part.size for part in picture.parts.values() if part.name.startswith("Clause ")}) == 1


@pytest.mark.parametrize("count", [2, 3])
def test_flows_meet_the_core_without_a_step(count: int) -> None:
    (picture,) = draw("columns", report_for("columns", count))
    cores = [part.area for part in picture.parts.values() if part.role == "bar" and part.name.startswith("core ")]
    flows = [part for part in picture.parts.values() if part.shape == "path" and "core" in part.name.split(" ")]
    assert len(flows) == 2 * len(cores)
    for flow in flows:
        _, number, _, other = flow.name.split(" ")
        (_, top), right, (_, low), left = flow.outline
        high = low - right[-1] if other == "core" else left[-1] - top
        assert high == pytest.approx(cores[int(number) - 1].height)


def test_what_a_column_between_two_others_adds_stands_under_its_bars_and_clear_of_the_flow() -> None:
    (picture,) = draw("columns", report_for("columns", 3))
    between = "invented1-2031"
    adds = [part for part in picture.parts.values() if part.name.startswith(f"{between}:") and "adds" in part.name]
    bars = [part.area for part in picture.parts.values() if part.role == "bar" and part.name.startswith(between)]
    assert adds
    assert not [part.name for part in adds if any(part.area.overlaps(bar) for bar in bars)]


@pytest.mark.parametrize("count", [2, 3])
def test_every_column_says_what_it_adds_and_all_names_have_one_size(count: int) -> None:
    report = report_for("columns", count)
    (picture,) = draw("columns", report)
    said = {part.name: part for part in picture.parts.values()}
    keys = [side.key for side in report.answer.standards]
    assert [key for key in keys if f"{key} adds" not in said] == []
    assert len({said[f"{key} name"].size for key in keys}) == 1


def test_in_a_narrow_place_labels_stay_within_it_and_three_standards_stand_side_by_side() -> None:
    narrow = evolve(SIZES["16:9"], name="template", title=Area(36, 24, 888, 60), body=Area(24, 100, 560, 390))
    (two,) = columns.draw(report_for("columns", 2), narrow)
    labels = [part for part in two.parts.values() if part.name.endswith(" adds")]
    assert labels
    assert all(part.area.x >= narrow.body.x - 1 and part.area.right <= narrow.body.right + 1 for part in labels)
    (three,) = columns.draw(report_for("columns", 3), narrow)
    assert "In all" in {part.name for part in three.parts.values()}
    assert rules.broken(three) == []


def test_of_many_standards_what_is_beyond_the_core_has_its_standards_colour() -> None:
    report = report_for("columns", 6)
    (picture,) = draw("columns", report)
    looks = palettes(report.answer.standards)
    for side in report.answer.standards:
        (total,) = [part for part in picture.parts.values() if part.name == f"{side.key} in all"]
        inks = {run.ink for line in total.runs for run in line if run.text.startswith("+")}
        assert inks == {looks[side.key].line}


@pytest.mark.parametrize(("count", "size"), [(2, "4:3"), (3, "4:3"), (3, "A4"), (2, "16:9")])
def test_no_name_of_a_clause_is_cut_in_the_flow_and_none_stands_on_a_bar(count: int, size: str) -> None:
    (picture,) = draw("columns", report_for("columns", count), size)
    names = [part for part in picture.parts.values() if part.name.startswith("Clause ")]
    assert len(names) == 7
    assert [name.paragraphs for name in names if "…" in " ".join(name.paragraphs)] == []
    bars = [part.area for part in picture.parts.values() if part.role == "bar" and part.name.startswith("core ")]
    assert not [name.paragraphs for name in names if any(name.area.overlaps(bar) for bar in bars)]
    assert rules.broken(picture) == []


def test_columns_of_two_standards_have_the_whole_width_of_an_upright_page() -> None:
    upright = evolve(SIZES["16:9"], name="template", width_in=7.5, height_in=10.0)
    (picture,) = columns.draw(report_for("columns", 2), upright)
    heads = [part.area.x for part in picture.parts.values() if part.name.endswith(" name")]
    assert heads[1] + (heads[1] - heads[0]) >= upright.width - upright.edge
    assert rules.broken(picture) == []


def test_where_no_topic_is_core_a_cell_does_not_count_none_of_none() -> None:
    keys = ("iso9001-2015", "iatf16949-2016")
    (picture,) = draw("columns", matrix.analyse(shipped(keys), matrix.Question(keys)))
    said = ["".join(part.paragraphs) for part in picture.parts.values() if part.name.endswith((" count", " in all"))]
    assert len(said) == 2 * 8
    assert not [words for words in said if "0 of 0" in words]
    assert all("+" in words for words in said)


def test_what_flows_on_behind_a_standard_has_the_colour_of_the_core() -> None:
    report = report_for("columns", 3)
    (picture,) = draw("columns", report)
    _, second, third = (side.key for side in report.answer.standards)
    behind = [part for part in picture.parts.values() if part.name.endswith(f" {second} {third}")]
    assert {part.fill for part in behind} == {CORE.dark}
    assert {part.fades for part in behind} == {palettes(report.answer.standards)[third].dark}
