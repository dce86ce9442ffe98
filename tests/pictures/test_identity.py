"""Two editions of one standard, two standards of one discipline: on every picture each stands once, none is missing.

A standard is known by its key; what people see is its label, which no other of the standards at hand has.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from functools import cache

import pytest

from imsmap.analyses import friends, matrix, requirements, timeline
from imsmap.analyses.friends import FriendsAnswer
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import SIZES, Picture, palettes
from imsmap.library.model import Kin
from imsmap.pictures import cover
from imsmap.pictures.cover import CoverAnswer
from imsmap.report import Report
from imsmap.wording import together
from tests import editions
from tests.pictures import invented, rules
from tests.pictures.test_pictures import NAMES, SUITS

ASKED = {"matrix": matrix, "friends": friends, "timeline": timeline, "requirements": requirements}
CASES = tuple(editions.CASES)
OWN = ("related", "alone", "unknown")
DRAWN = ("columns", "coverage", "cover", "friends", "heatmap", "house", "method", "pdca", "timeline", "tree", "venn",
         "upset")  # fmt: skip
ONE_EACH = {
    "columns": "{key} head", "coverage": "{key} head", "cover": "{key} letter", "friends": "{key} head",
    "house": "{key} pillar head", "timeline": "{key} head", "tree": "{key}:4",
    "upset": "{key} head", "venn": "{key} circle",
}  # fmt: skip
"""The part that stands for a standard as a whole."""


def suits(name: str, case: str) -> bool:
    least, most = SUITS.get(name, (2, 6))[0], SUITS.get(name, (2, 6))[-1]
    return least <= len(editions.CASES[case]) <= most


EVERY = [(name, case) for name in DRAWN for case in CASES if suits(name, case)]


@cache
def asked(of: str, case: str) -> Report:
    """Put a question once for all pictures that draw its answer, which is frozen."""
    return ASKED[of].analyse(editions.library(), ASKED[of].Question(editions.CASES[case]))


def answer(case: str) -> MatrixAnswer:
    found: MatrixAnswer = asked("matrix", case).answer
    return found


def misleading(case: str) -> FriendsAnswer:
    found: FriendsAnswer = asked("friends", case).answer
    return found


@cache
def drawn(name: str, case: str, size: str = "16:9") -> tuple[Picture, ...]:
    picture = importlib.import_module(f"imsmap.pictures.{name}")
    if name == "cover":
        told = CoverAnswer(answer(case).standards, "Invented Coatings Ltd", "One site", "2031-01-02")
        return cover.draw(Report("cover", "Cover", "1", (), told, cover.to_json, "m"), SIZES[size])
    pages: tuple[Picture, ...] = picture.draw(asked(picture.ABOUT.of, case), SIZES[size])
    return pages


def said(pages: tuple[Picture, ...], *, notes: bool = False) -> str:
    """Everything that the pages say, with plain spaces."""
    told = [text for page in pages for part in page.parts.values() for text in part.paragraphs]
    told += [note for page in pages for note in page.notes] if notes else []
    return "\n".join(told).replace("\u00a0", " ")


@pytest.mark.parametrize(("name", "case"), EVERY)
@pytest.mark.parametrize("size", ["16:9", pytest.param("4:3", marks=pytest.mark.slow)])
def test_the_rules_of_slides_hold_and_every_part_of_a_page_has_a_name_of_its_own(
    name: str, case: str, size: str
) -> None:
    for page in drawn(name, case, size):
        assert rules.broken(page) == []
        assert rules.twice(page) == []


@pytest.mark.parametrize(("name", "case"), [one for one in EVERY if one[0] in ONE_EACH])
def test_each_standard_stands_once_on_a_page_under_its_own_label(name: str, case: str) -> None:
    if name == "friends" and not misleading(case).false_friends:
        pytest.skip("there is nothing to show")
    friends = misleading(case).false_friends if name == "friends" else ()
    misled = {clause.standard for one in friends for clause in (one.subject, one.object)}
    for key, label in editions.labels(case).items():
        if name == "friends" and key not in misled:
            # Of many standards an empty column would say nothing: the notes do.
            (page,) = drawn(name, case)
            assert any("no number is known to mislead" in note for note in page.notes)
            continue
        wanted = ONE_EACH[name].format(key=key)
        found = [[part for part in page.parts.values() if part.name == wanted] for page in drawn(name, case)]
        heads = [part for parts in found for part in parts]
        assert heads, f"{key} is not on the picture"
        assert max(map(len, found)) == 1
        assert all(re.split(r"[ \u00a0]", part.paragraphs[0])[0] == label for part in heads if name != "venn")
        assert label in said(drawn(name, case))


@pytest.mark.parametrize(("name", "case"), EVERY)
def test_the_legend_of_every_page_tells_each_label_apart_by_its_edition(name: str, case: str) -> None:
    for page in drawn(name, case):
        (source,) = (part.paragraphs[0] for part in page.parts.values() if part.name == "Source")
        sides = answer(case).standards
        if name == "tree":
            sides = tuple(side for side in sides if f"{side.key}:4" in {part.name for part in page.parts.values()})
        for side in sides:
            assert f"{side.label} = {side.designation}" in source.replace("\u00a0", " ")


@pytest.mark.parametrize("case", CASES)
def test_labels_and_colours_are_as_many_as_standards(case: str) -> None:
    sides = answer(case).standards
    assert {side.key: side.label for side in sides} == editions.labels(case)
    looks = palettes(sides).values()
    assert len({one.dark for one in looks}) == len({one.tint for one in looks}) == len(sides)


# --- what they share, and what is each one's own ---------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_every_leaf_clause_is_at_home_once_and_is_shared_or_its_standards_own(case: str) -> None:
    found = answer(case)
    for side in found.standards:
        home = [clause.ref for topic in found.topics for clause in topic.clauses[side.key]]
        assert sorted(home) == sorted(clause.ref for clause in found.leaves[side.key])
        own = [leaf.ref for one in found.shares.own_leaves(side.key) for leaf in one.leaves]
        shared = [leaf.ref for leaf in found.shares.leaves[side.key] if leaf.kin.is_core]
        assert sorted(own + shared) == sorted(home)
        assert found.shares.own(side.key).n == len(own)
        assert sum(found.shares.own_by_class(side.key).values()) == len(own)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_the_order_in_which_standards_are_named_changes_no_count(case: str) -> None:
    keys = editions.CASES[case]
    turned = matrix.analyse(editions.library(), matrix.Question(keys[::-1])).answer
    found = answer(case)

    def regions(one: MatrixAnswer) -> dict[frozenset[str], set[str]]:
        return {frozenset(part): {each.topic.id for each in members} for part, members in one.regions().items()}

    assert regions(turned) == regions(found)
    assert [turned.shares.own(key) for key in keys] == [found.shares.own(key) for key in keys]


@pytest.mark.parametrize("case", [case for case in CASES if suits("venn", case)])
def test_the_parts_of_each_circle_sum_to_it_and_every_topic_is_in_one(case: str) -> None:
    (page,) = drawn("venn", case)
    found, label = answer(case), editions.labels(case)
    parts = {part.name: part.paragraphs[0] for part in page.parts.values() if part.paragraphs}
    counts = {}
    for part in found.regions():
        # What is one standard's own is told class by class.
        name = together(label[key] for key in part)
        told = (f"{name} count",) if len(part) > 1 else (f"{name} {kind} count" for kind in OWN)
        counts[part] = sum(int(parts[one]) for one in told if one in parts)
    for side in found.standards:
        inside = sum(number for part, number in counts.items() if side.key in part)
        asked = found.asked[side.key]
        told = f"{inside}\u00a0topics" if inside == asked else f"{inside} of its {asked}\u00a0topics"
        assert parts.get(f"{side.key} in all", told) == told
        assert f"{side.designation}: {told} in the circle" in page.groups[f"Circle {side.label}"]
    shown = [each.topic.id for members in (*found.regions().values(), found.beside) for each in members]
    assert sorted(shown) == sorted(topic.id for topic in found.topics)
    beside = re.search(r"(\d+) more in several standards", said([page]))
    assert sum(counts.values()) + (int(beside[1]) if beside else 0) == len(found.topics)
    assert all(one.topic.name in " ".join(page.notes) for one in found.beside)


@pytest.mark.parametrize("case", [case for case in CASES if suits("upset", case)])
def test_every_combination_has_one_row_and_heads_count_every_topic_in_which_a_standard_asks(case: str) -> None:
    pages, found, label = drawn("upset", case), answer(case), editions.labels(case)
    rows = [name.removeprefix("Combination ") for page in pages for name in page.groups if name[:5] == "Combi"]
    assert rows == [together(label[key] for key in label if key in part) for part in found.regions()]
    parts = {part.name: part.paragraphs for page in pages for part in page.parts.values()}
    for key in label:
        assert found.asked[key] >= sum(len(members) for part, members in found.regions().items() if key in part)
        assert parts[f"{key} head"] == (label[key],)
        assert parts[f"{key} total"] == (str(found.asked[key]),)
    for part in found.regions():
        row = together(label[key] for key in label if key in part)
        cells = {key: parts[f"{row}: {key}"][0] for key in label}
        assert cells == {key: label[key] if key in part else "·" for key in label}


@pytest.mark.parametrize("case", CASES)
def test_what_columns_tell_of_each_clause_sums_to_the_points_or_topics_of_each_standard(case: str) -> None:
    (page,), found = drawn("columns", case), answer(case)
    told = {name: text.replace("\u00a0", " ") for name, text in page.groups.items()}
    for side in found.standards:
        if len(found.standards) < 4:
            groups = [told[f"{side.label} {main.number}"] for main in found.main_clauses]
            parts = [int(number) for text in groups for number in re.findall(r"(\d+) [a-z]", text.partition(": ")[2])]
            assert sum(parts) == side.points
            beyond = [one for one in page.parts.values() if re.fullmatch(rf"{side.key}:\S+ adds", one.name)]
            adds = [int(re.findall(r"\d+", one.paragraphs[0])[0]) for one in beyond]
            assert sum(adds) == found.shares.adds(side.key)
        else:
            counts = [re.search(rf"\b{side.label}: (\d+) of (\d+)(?: \+(\d+))?", told[f"Clause {main.number}"])
                      for main in found.main_clauses]  # fmt: skip
            numbers = [[int(number or 0) for number in one.groups()] for one in counts if one]
            standing = found.shares.standing(side.key)
            assert sum(one[0] for one in numbers) == sum(kin.is_core for kin in standing)
            assert sum(one[0] + one[2] for one in numbers) == len(standing)
            assert sum(one[1] for one in numbers) == found.shares.tally().core


@pytest.mark.parametrize("case", CASES)
def test_the_heat_map_has_one_cell_for_every_topic_and_counts_the_core_of_each_clause(case: str) -> None:
    (page,), found = drawn("heatmap", case), answer(case)
    cells = [part for part in page.parts.values() if part.role == "cell" and part.alt]
    kinds = Counter(part.alt.rpartition(": ")[2].partition(",")[0] for part in cells)
    tally = found.shares.tally()
    wanted = {"core": tally.core, "related": tally.related, "alone": tally.by_themselves, "unknown": tally.not_assessed}
    assert kinds == {kind: count for kind, count in wanted.items() if count}
    counts = [part.paragraphs[0] for part in page.parts.values() if part.name.endswith(" count")]
    pairs = [tuple(map(int, re.findall(r"\d+", text))) for text in counts]
    assert [sum(one) for one in zip(*pairs, strict=True)] == [tally.core, tally.total]


def counted(pages: tuple[Picture, ...]) -> list[tuple[int, int]]:
    """Read every `n of m topics shared` in the words that stand for parts of the first page."""
    told = " ".join(pages[0].groups.values()).replace("\u00a0", " ")
    return [(int(n), int(m)) for n, m in re.findall(r"(\d+) of (\d+) topics? shared", told)]


@pytest.mark.parametrize("name", ["house", "pdca"])
@pytest.mark.parametrize("case", CASES)
def test_the_stones_of_the_house_and_the_parts_of_the_wheel_sum_to_all_topics(name: str, case: str) -> None:
    found = answer(case)
    assert [sum(one) for one in zip(*counted(drawn(name, case)), strict=True)] == [
        found.shares.shared().n, len(found.topics),
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_standards_add_on_the_wheel_sums_to_their_points(case: str) -> None:
    (page,) = drawn("pdca", case)
    told = " ".join(page.groups.values()).replace("\u00a0", " ")
    for side in answer(case).standards:
        pairs = re.findall(rf"{re.escape(side.designation)} \+(\d+) of (\d+)", told)
        assert [sum(map(int, one)) for one in zip(*pairs, strict=True)] == [
            answer(case).shares.adds(side.key), side.points,
        ]  # fmt: skip
        bars = [part for part in page.parts.values() if part.name.endswith(f" {side.key} adds")]
        around = answer(case).shares.adds(side.key, ("4", "5"))
        assert sum(int(part.paragraphs[0]) for part in bars) == answer(case).shares.adds(side.key) - around


@pytest.mark.parametrize("case", CASES)
def test_pillars_name_all_that_is_a_standards_own_in_6_and_8(case: str) -> None:
    pages, found = drawn("house", case), answer(case)
    for side in found.standards:
        own = [one for one in found.own(side.key) if one.main in ("6", "8")]
        told = " ".join(note for page in pages for note in page.notes).replace("\u00a0", " ")
        for one in own:
            assert f"{side.label} {one.number} {one.title}" in told
        (page,) = pages
        total = found.measured(side.key, ("6", "8")).total()
        adds = found.shares.adds(side.key, ("6", "8"))
        said_ = page.groups[f"Pillar {side.label}"].replace("\u00a0", " ")
        assert f"{side.designation} adds {adds} of {total} points in 6 and 8" in said_
        parts = [int(number) for number in re.findall(r"(\d+) (?:core|related|alone|not looked at)", said_)]
        assert sum(parts) == total


@pytest.mark.parametrize("case", CASES)
def test_coverage_tells_all_points_of_each_standard_and_names_what_none_covers(case: str) -> None:
    (page,), found = drawn("coverage", case), answer(case)
    for side in found.standards:
        points = found.measured(side.key)
        assert sum(points.values()) == side.points
        assert f"{side.points} points" in " ".join(page.groups.values()) + said((page,))
        for clause in found.leaves[side.key]:
            if found.closest[clause.ref] is Kin.NONE:
                assert clause.words in " ".join(page.notes)


# --- clauses and editions --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_the_tree_holds_each_clause_of_each_standard_once(case: str) -> None:
    shown = (part for page in drawn("tree", case, "A3") for part in page.parts.values() if part.role != "mark")
    names = Counter(part.name for part in shown)
    for entry in asked("requirements", case).answer.clauses:
        assert names[entry.clause.ref] == 1


@pytest.mark.parametrize("case", CASES)
def test_each_misleading_number_has_one_row_with_a_box_for_every_standard_that_uses_it(case: str) -> None:
    found = misleading(case)
    (page,) = drawn("friends", case)
    rows = [name.removeprefix("Clause ") for name in page.groups if name.startswith("Clause")]
    rest = [note.split(" ")[1].rstrip(":") for note in page.notes if note.startswith("And ")]
    assert sorted(rows + rest) == sorted({one.number for one in found.false_friends})
    clauses = {clause.ref for one in found.false_friends for clause in (one.subject, one.object)}
    # Neighbours that agree have one box together.
    named = [part.name.split() for part in page.parts.values()]
    boxes = Counter(ref for refs in named if set(refs) <= clauses for ref in refs)
    for one in found.false_friends:
        for clause in (one.subject, one.object):
            assert boxes[clause.ref] == (1 if one.number in rows else 0)


@pytest.mark.parametrize("case", CASES)
def test_every_edition_has_one_bar_and_every_date_one_source(case: str) -> None:
    (page,) = drawn("timeline", case)
    told = asked("timeline", case).answer
    # The newer of two editions stands in the row of the older, as its successor.
    keys = editions.CASES[case]
    both = {editions.OLD, editions.NEW} <= set(keys)
    shown = {key: f"{editions.OLD} successor" if both and key == editions.NEW else f"{key} edition" for key in keys}
    bars = [part.name for part in page.parts.values() if part.name.endswith(" edition") or part.name in shown.values()]
    assert sorted(bars) == sorted(shown.values())
    for event in told.events:
        assert sum(note.startswith(f"{event.date}, {event.kind}: {event.what} (") for note in page.notes) == 1


@pytest.mark.parametrize("case", CASES)
def test_the_method_counts_the_leaf_clauses_of_all(case: str) -> None:
    (page,) = drawn("method", case)
    leaves = sum(side.leaf_clauses for side in answer(case).standards)
    assert f"{len(answer(case).topics)} topics hold all {leaves} leaf clauses" in page.groups["How it was counted"]


def test_what_an_edition_withdraws_is_the_other_ones_own_and_what_moved_is_shared() -> None:
    found = answer("two editions")
    assert "5.1.2" in {one.number for one in found.own(editions.OLD)}
    assert not {one.number for one in found.own(editions.NEW)} & {"8.3", "8.4", "5.1.2"}
    design = next(topic for topic in found.topics if "8.3.1" in {one.number for one in topic.clauses[editions.OLD]})
    assert "8.4.1" in {one.number for one in design.clauses[editions.NEW]}
    assert all(one.kin.is_counterpart for one in design.classes)


# --- pictures whose answers only a project has -----------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, *(pytest.param(count, marks=pytest.mark.slow) for count in (3, 6))])
@pytest.mark.parametrize("name", NAMES)
def test_standards_of_one_discipline_only_keep_the_rules_and_are_told_apart(
    name: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    least, most = SUITS.get(name, (2, 6))[0], SUITS.get(name, (2, 6))[-1]
    if name == "choice" or not least <= count <= most:
        pytest.skip("not a picture of so many standards, or of quality and environment")
    if not invented.is_invented(name):
        pytest.skip("its answer is not invented but asked for, with the labels that standards have")
    alike = tuple(
        one._replace(letter="Q", discipline="quality", colours=invented.DISCIPLINES[0].colours, label=f"Q9{at:03}-31")
        for at, one in enumerate(invented.DISCIPLINES)
    )
    monkeypatch.setattr(invented, "DISCIPLINES", alike)
    pages = invented.draw(name, invented.report_for(name, count))
    for page in pages:
        assert rules.broken(page) == []
        assert rules.twice(page) == []
    told = said(pages, notes=True)
    assert all(one.label in told for one in alike[:count])
