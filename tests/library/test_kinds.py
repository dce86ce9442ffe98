"""Kinds of standard beside the usual: clause level, supplements, no common structure, the records of the 2012 one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load, load_with_places
from imsmap.library.load.dumping import dump
from imsmap.library.model import Documented, Kin
from imsmap.library.relationships import NONE, SHARE, SUPERSET
from imsmap.reasoning.checking import find_problems
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import Pair
from tests.fixtures import Answer

ONE, OTHER = "iso90001-2030", "iso91001-2030"
TOYS, HOSPITAL, KITES = "iso94001-2030", "iso90002-2030", "iso95001-2008"
GOOD = Path(__file__).parents[1] / "data/good"


@pytest.fixture
def laid(mini_root: Path, imsmap: Callable[..., Answer]) -> Callable[[str], Path]:
    """Lay a folder over the tiny library; its relations are affirmed as they are."""

    def lay(name: str) -> Path:
        shutil.copytree(GOOD / name, mini_root, dirs_exist_ok=True)
        assert imsmap("affirm", "--all", mappings=mini_root).code == 0
        return mini_root

    return lay


def changed(root: Path, file: str, old: str, new: str) -> list[str]:
    path = root / file
    text = path.read_text("utf-8")
    assert old in text, "the case does not fit the file"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load(root)
    return [problem.message for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["clause-level", "supplement", "early-clauses", "documented-2012", "numbers", "own"])
def test_the_check_has_nothing_to_say_of_it(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path], name: str
) -> None:
    answer = imsmap("check", laid(name))
    assert (answer.code, answer.err) == (0, ""), answer.out


@pytest.mark.parametrize("name", ["clause-level", "supplement", "early-clauses", "numbers", "own"])
def test_it_is_the_same_after_dump_and_load(laid: Callable[[str], Path], name: str) -> None:
    root = laid(name)
    library = load(root)
    for path in (GOOD / name / "standards").iterdir():
        standard = next(standard for standard in library.standards if standard.key == path.stem)
        (root / "standards" / path.name).write_text(dump(standard), "utf-8")
    assert load(root) == library


# --- clause level ----------------------------------------------------------------------------------------------------


def test_at_clause_level_a_leaf_clause_needs_no_points(laid: Callable[[str], Path]) -> None:
    graph = ClauseGraph(load(laid("clause-level")))
    assert graph.by_clause(TOYS)
    assert not graph.by_clause(ONE)
    assert [leaf.number for leaf in graph.leaves(TOYS)] == ["4.1", "8.2", "8.3"]


def test_at_clause_level_nothing_is_the_same_and_nothing_proved_but_that_there_is_nothing(
    laid: Callable[[str], Path],
) -> None:
    pair = Pair(ClauseGraph(load(laid("clause-level"))), TOYS, ONE)
    core = pair.leaf(f"{TOYS}:4.1", f"{ONE}:4.1")
    assert (core.kin, core.confidence) == (Kin.EXTENDED, 0.4)
    assert core.possible & (core.possible - 1)
    stated = pair.leaf(f"{TOYS}:8.2", f"{ONE}:8.2.1")
    assert (stated.kin, stated.possible) == (Kin.RELATED, SHARE)
    none = pair.leaf(f"{TOYS}:8.3", f"{ONE}:8.2.1")
    assert (none.kin, none.possible) == (Kin.NONE, NONE)
    # Even where both list just the same core points: what the clause asks for beside them is unknown.
    plain = Pair(ClauseGraph(load(laid("clause-level"))), TOYS, OTHER).leaf(f"{TOYS}:4.1", f"{OTHER}:4.1")
    assert plain.kin is Kin.EXTENDED
    assert plain.subject_adds == ()


def test_at_clause_level_a_clause_is_never_the_whole_core(laid: Callable[[str], Path]) -> None:
    grouping = Grouping(ClauseGraph(load(laid("clause-level"))), (ONE, TOYS))
    (group,) = (group for group in grouping.groups if group.id == "4.1")
    assert grouping.against_core(group, TOYS) is Kin.EXTENDED


def test_a_question_about_a_standard_at_clause_level_is_answered(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    root = laid("clause-level")
    values = json.loads(imsmap("overlap", TOYS, ONE, "--format", "json", mappings=root).out)
    found = {(link["subject"], link["object"]): link["class"] for link in values["links"]}
    assert found == {(f"{TOYS}:4.1", f"{ONE}:4.1"): "extended", (f"{TOYS}:8.2", f"{ONE}:8.2.1"): "related"}
    assert imsmap("explain", f"{TOYS}:8.2", f"{ONE}:8.2.1", mappings=root).code == 0


def test_a_relation_with_a_clause_level_standard_becomes_suspect_once_a_clause_changes(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    root = laid("clause-level")
    path = root / f"standards/{TOYS}.yaml"
    path.write_text(path.read_text("utf-8").replace("Safe toys", "Safer toys"), "utf-8")
    assert "relation safe-widgets is suspect" in imsmap("check", root).out


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (TOYS, "core: issues", "adds: Toys", "point issues instantiates no core point; the standard is held at clause"),
        (TOYS, "    topic: widgets\n", "", "clause 8.2 has no core point and so needs a topic"),
        (
            TOYS,
            "        core: issues\n",
            "        core: issues\n        documented: {kind: maintain, what: Issues}\n",
            "point issues asks for a document; the standard is held at clause level",
        ),
        (TOYS, "level: clause", "level: clauses", "level 'clauses' is not known; did you mean clause?"),
        (
            "toys",
            'object: "8.2.1"',
            'object: "8.2.1#oiled"',
            "8.2.1#oiled is a point, but iso94001-2030 is held at clause",
        ),
    ],
)
def test_what_does_not_fit_the_clause_level_is_told(
    laid: Callable[[str], Path], file: str, old: str, new: str, told: str
) -> None:
    folder = "relations" if file == "toys" else "standards"
    assert any(told in line for line in changed(laid("clause-level"), f"{folder}/{file}.yaml", old, new))


def test_at_clause_level_a_clause_holds_no_core_point_that_the_structure_of_its_standard_lacks(
    laid: Callable[[str], Path],
) -> None:
    root = laid("clause-level")
    path = root / f"standards/{TOYS}.yaml"
    path.write_text(path.read_text("utf-8").replace("structure: hs-2021", "structure: hls-2012"), "utf-8")
    load(root)
    told = changed(root, f"standards/{TOYS}.yaml", "core: issues", "core: climate-issue")
    assert "core point climate-issue is not in hls-2012, from which the clause descends; remove it" in told[0]


def test_a_theme_that_one_control_alone_has_and_that_is_nearly_that_of_others_is_asked_about(
    laid: Callable[[str], Path],
) -> None:
    root = laid("controls")
    path = root / "standards/iso97001-2030.yaml"
    path.write_text(path.read_text("utf-8").replace("theme: people", "theme: rules", 1), "utf-8")
    told = changed(root, "standards/iso97001-2030.yaml", "theme: rules", "theme: rule")
    assert told == ["control A.5.1 has the theme 'rule' alone; did you mean 'rules'?"]


# --- supplements -----------------------------------------------------------------------------------------------------


def test_a_supplement_brings_its_base_along_and_holds_what_it_supplements(laid: Callable[[str], Path]) -> None:
    library = load(laid("supplement"), [HOSPITAL])
    assert [standard.key for standard in library.standards] == [ONE, HOSPITAL]
    pair = Pair(ClauseGraph(library), HOSPITAL, ONE)
    found = pair.leaf(f"{HOSPITAL}:8.1", f"{ONE}:8.1")
    assert (found.kin, found.possible, found.confidence) == (Kin.RELATED, SUPERSET, 0.7)
    assert found.subject_adds == (f"{HOSPITAL}:8.1#sterile",)
    assert found.object_adds == ()
    assert pair.leaf(f"{HOSPITAL}:H-1", f"{ONE}:8.2.1").possible == SUPERSET
    assert pair.leaf(f"{HOSPITAL}:H-2", f"{ONE}:8.1").kin is Kin.NOT_ASSESSED


def test_a_clause_of_a_supplement_lives_where_what_it_supplements_lives(laid: Callable[[str], Path]) -> None:
    home = Grouping(ClauseGraph(load(laid("supplement"))), (OTHER, HOSPITAL)).home
    assert {ref.partition(":")[2]: group for ref, group in home.items() if ref.startswith(HOSPITAL)} == {
        "8.1": "8.1", "H-1": "widgets", "H-2": "widgets",
    }  # fmt: skip


def test_what_a_supplement_shares_with_a_third_standard_follows_through_its_base(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    values = json.loads(imsmap("overlap", HOSPITAL, OTHER, "--format", "json", mappings=laid("supplement")).out)
    (link,) = (link for link in values["links"] if link["subject"] == f"{HOSPITAL}:8.1")
    assert (link["object"], link["class"], link["basis"]) == (f"{OTHER}:8.1", "related", ["derived"])


def test_where_a_supplement_says_nothing_its_base_is_said_to_apply(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    told = "has no clause of its own, ISO 90001:2030 applies as it stands"
    assert told in " ".join(imsmap("overlap", ONE, HOSPITAL, mappings=laid("supplement")).out.split())
    assert told not in " ".join(imsmap("overlap", OTHER, HOSPITAL, mappings=laid("supplement")).out.split())


def test_what_a_layout_says_needs_nobody_to_affirm_it(laid: Callable[[str], Path]) -> None:
    library, places = load_with_places(laid("supplement"))
    implied = [relation.id for relation in library.relations if relation.implied]
    assert implied == [f"{HOSPITAL}#8.1", f"{HOSPITAL}#H-1"]
    assert places[f"{HOSPITAL}#H-1"].line > places[f"{HOSPITAL}#8.1"].line
    assert find_problems(ClauseGraph(library), places) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "supplements: iso90001-2030",
            "supplements: iso90001-2031",
            "no standard iso90001-2031 to supplement; did you",
        ),
        (
            "supplements: iso90001-2030",
            f"supplements: {HOSPITAL}",
            f"no standard {HOSPITAL} to supplement; did you mean",
        ),
        ("supplements: iso90001-2030\n", "", "clause 8.1 supplements nothing; say at the top which standard"),
        ('supplements: ["8.1"]', 'supplements: ["8.11"]', "no clause 8.11 in iso90001-2030; did you mean 8.1"),
        ("    topic: widgets\n", "", "clause H-2 has no core point and so needs a topic"),
    ],
)
def test_what_supplements_nothing_is_told(laid: Callable[[str], Path], old: str, new: str, told: str) -> None:
    assert any(told in line for line in changed(laid("supplement"), f"standards/{HOSPITAL}.yaml", old, new))


def test_what_is_held_by_its_clauses_has_no_edition_that_it_revises_point_by_point(laid: Callable[[str], Path]) -> None:
    """Nothing in it says where a point comes from: all would be told as new, and all of the other as withdrawn."""
    told = changed(
        laid("clause-level"), f"standards/{TOYS}.yaml", "level: clause\n",
        "level: clause\nseries: ISO 90001\nrevises: iso90001-2030\n",
    )  # fmt: skip
    assert any(f"{TOYS} revises iso90001-2030: what became of each point is unknown" in one for one in told)


def test_nothing_is_said_point_by_point_of_a_standard_that_is_held_by_its_clauses(laid: Callable[[str], Path]) -> None:
    told = changed(laid("clause-level"), "relations/toys.yaml", 'object: "8.2.1"', 'object: "8.1#polish"')
    assert any("8.1#polish is a point, but iso94001-2030 is held at clause level; relate clause" in one for one in told)


# --- no common structure, early clauses, the 2012 structure's records -------------------------------------------------


def test_clauses_1_to_3_may_ask_for_something(imsmap: Callable[..., Answer], laid: Callable[[str], Path]) -> None:
    root = laid("early-clauses")
    graph = ClauseGraph(load(root))
    assert [leaf.number for leaf in graph.leaves(KITES)] == ["1.1", "2", "3"]
    assert Grouping(graph, (KITES,)).home == {f"{KITES}:1.1": "4.1", f"{KITES}:2": "widgets", f"{KITES}:3": "8.1"}
    values = json.loads(imsmap("overlap", KITES, ONE, "--format", "json", mappings=root).out)
    assert [(link["subject"], link["object"]) for link in values["links"]] == [
        (f"{KITES}:1.1", f"{ONE}:4.1"),
        (f"{KITES}:3", f"{ONE}:8.1"),
    ]


def test_without_a_common_structure_a_clause_that_asks_for_nothing_says_so(laid: Callable[[str], Path]) -> None:
    told = changed(laid("early-clauses"), f"standards/{KITES}.yaml", "    informative: true\n", "")
    assert told == [
        "leaf clause 0 has no points; say what it asks for, or write `informative: true` if it asks for nothing"
    ]


def test_the_structure_of_2012_says_by_place_which_documented_information_it_asks_for(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    root = laid("documented-2012")
    graph = ClauseGraph(load(root))
    assert graph.documented("planned", "hs-2021") == Documented("available", "Plan of the work")
    assert graph.documented("planned", "hls-2012") == Documented("keep", "Plan of the work")
    assert graph.documented("issues", "hls-2012") is None
    file = "structures/hls-2012.yaml"
    assert changed(root, file, "kind: keep", "kind: kept") == [
        "kind 'kept' is not known; use maintain, retain, available, keep"
    ]
    (told,) = changed(root, file, "{core: planned, kind: kept}", "{core: plan, kind: retain}")
    assert told.startswith("core point plan does not stand in this clause; did you mean planned?")


def test_what_is_to_be_kept_as_needed_is_listed_with_its_word(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    root = laid("early-clauses")
    assert "kept as needed" in " ".join(imsmap("documents", KITES, ONE, mappings=root).out.split())
    values = json.loads(imsmap("compare", KITES, ONE, "--format", "json", mappings=root).out)
    assert [side["documented"].get("keep") for side in values["standards"]] == [1, None]


def test_a_supplement_held_at_clause_level_leaves_nothing_that_only_its_base_asks_for(
    laid: Callable[[str], Path],
) -> None:
    root = laid("supplement")
    path = root / f"standards/{HOSPITAL}.yaml"
    text = path.read_text("utf-8").replace("structure: none\n", "structure: none\nlevel: clause\n")
    kept = [block.partition("    points:\n")[0] for block in text.split("  - number:")]
    path.write_text("  - number:".join(kept), "utf-8")
    pair = Pair(ClauseGraph(load(root)), HOSPITAL, ONE)
    assert pair.leaf(f"{HOSPITAL}:8.1", f"{ONE}:8.1").kin is Kin.RELATED
    assert pair.leaf(f"{HOSPITAL}:8.1", f"{ONE}:8.1").object_adds == ()


def test_a_heading_held_at_clause_level_is_not_said_to_ask_for_nothing(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    root = laid("clause-level")
    (root / "relations/toys.yaml").unlink()
    told = imsmap("show", f"{TOYS}:8", mappings=root).out
    assert "held at clause level, what it asks for is not listed" in " ".join(told.split())
    assert "nothing is asked for" not in told


def test_of_documents_at_clause_level_none_is_listed_and_none_is_to_be_made_once(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    told = " ".join(imsmap("documents", TOYS, mappings=laid("clause-level")).out.split())
    assert told.startswith("No document and no record is listed. ISO 94001:2030 is held at clause level")
    assert "make them once" not in told


def test_a_comparison_counts_points_by_main_clauses_of_what_is_told_point_by_point(
    imsmap: Callable[..., Answer], laid: Callable[[str], Path]
) -> None:
    told = " ".join(imsmap("compare", ONE, TOYS, mappings=laid("clause-level")).out.split())
    assert "ISO 94001:2030 is held at clause level" in told


def test_a_clause_of_a_supplement_is_read_under_the_main_clause_of_what_it_adds_to(
    laid: Callable[[str], Path],
) -> None:
    held = ClauseGraph(load(laid("supplement")))
    supplements = {leaf.number: held.main_clause(leaf.ref) for leaf in held.leaves(HOSPITAL) if leaf.supplements}
    assert supplements
    assert set(supplements.values()) == {"8"}
    assert all(held.main_clause(leaf.ref) == held.main(leaf.ref) for leaf in held.leaves(ONE))
