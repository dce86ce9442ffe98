"""What a file brings is checked in the library it comes into, and written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap import api
from imsmap.api import bringing, tentative
from imsmap.errors import DataError, Problem, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import Place, load, survey
from imsmap.library.model import Library, MappingSet, Relation, Standard
from imsmap.reasoning.checking import find_problems
from tests import building
from tests.conftest import MINI

ROWS = "Number,Title,Requirement,Belongs to,Relation\n1,Tins,Count tins.,iso91001-2030:8.2,intersects-with\n"


def rules(folder: Path, text: str = ROWS) -> Path:
    path = folder / "rules.csv"
    path.write_text(text, "utf-8")
    return path


def test_what_was_brought_and_put_is_in_the_library(tmp_path: Path):
    own = tmp_path / "mappings"
    found = api.bring(rules(tmp_path), MINI, into=own, day="2031-01-01")
    assert [path.relative_to(own).as_posix() for path in found.put(own)] == [
        "standards/rules.yaml", "relations/rules--iso91001-2030.yaml",
    ]  # fmt: skip
    library = load((MINI, own), ("rules", "iso91001-2030"))
    assert {standard.key for standard in library.standards} == {"rules", "iso91001-2030"}
    assert any(relation.id.startswith("rules--iso91001-2030#") for relation in library.relations)


def test_the_same_again_is_the_same_and_what_is_no_longer_stated_goes(tmp_path: Path):
    own = tmp_path / "mappings"
    path = rules(tmp_path)
    api.bring(path, MINI, into=own, day="2031-01-01").put(own)
    roots = (MINI, own)
    again = api.bring(path, roots, into=own, day="2031-01-01")
    assert {name: (own / name).read_bytes() for name in again.files} == again.files
    path = rules(tmp_path, ROWS.replace("iso91001-2030:8.2,intersects-with", "widgets,"))
    api.bring(path, roots, into=own, day="2031-01-01").put(own)
    assert [one.name for one in (own / "relations").iterdir()] == []


def test_a_relation_of_words_that_changed_is_in_doubt_until_somebody_affirms_it(tmp_path: Path):
    own = tmp_path / "mappings"
    api.bring(rules(tmp_path), MINI, into=own, day="2031-01-01").put(own)
    path = rules(tmp_path, ROWS.replace("Count tins", "Count tins and lids"))
    changed = api.bring(path, (MINI, own), into=own, day="2031-01-01")
    assert changed.problems == ()
    assert changed.doubts == ("rules--iso91001-2030#1--8-2",)


def test_with_a_problem_nothing_is_written(tmp_path: Path):
    own = tmp_path / "mappings"
    path = rules(tmp_path, ROWS.replace("iso91001-2030:8.2,intersects-with", "wigets,"))
    found = api.bring(path, MINI, into=own, day="2031-01-01")
    with pytest.raises(DataError, match=re.escape("rules.csv:2: Belongs to: 'wigets'")):
        found.put(own)
    assert not own.exists()


def test_what_only_the_library_shows_is_told_at_the_row_that_states_it(tmp_path: Path):
    rows = ROWS + "2,Lids,Count lids.,iso90001-2030:8.2,intersects-with\n"
    path = rules(tmp_path, rows.replace("iso90001-2030:8.2", "iso90001-2030:1"))
    (problem,) = api.bring(path, MINI, day="2031-01-01").problems
    assert (problem.path, problem.line) == (str(path), 3)
    assert "names only clauses that state no requirements" in problem.message


def test_a_file_that_nothing_reads_is_told_what_can_be(tmp_path: Path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(UsageError, match=r"its suffix is none .* list of requirements \(\.xlsx"):
        api.bring(path, MINI, day="2031-01-01")
    with pytest.raises(DataError, match="there is no such file"):
        api.bring(tmp_path / "none.csv", MINI, day="2031-01-01")


THEIRS = """\
#curie_map:
#  iso90001-2030: 'urn:imsmap:iso90001-2030:'
#  iso91001-2030: 'urn:imsmap:iso91001-2030:'
#  trees: https://example.org/trees/
subject_id\tpredicate_id\tobject_id\tcomment
iso90001-2030:8.2\tskos:exactMatch\tiso91001-2030:8.2\tBoth care.
iso90001-2030:8.2\tskos:relatedMatch\ttrees:T-1\tBoth are of wood.
iso90001-2030:9.9\tskos:relatedMatch\ttrees:T-1\t
"""


def test_of_a_file_of_another_tool_what_is_wrong_stays_out_and_the_rest_comes_in(tmp_path: Path):
    path = tmp_path / "theirs.sssom.tsv"
    path.write_text(THEIRS, "utf-8")
    addition = api.bring(path, MINI, day="2030-05-01", into=tmp_path / "mappings")
    assert not addition.problems
    told = "\n".join(map(str, addition.brought.left_out))
    # It contradicts what the library states, which nobody knows before both are read together.
    assert "theirs.sssom.tsv:6: " in told
    assert "theirs.sssom.tsv:8: line 8 iso90001-2030 has no clause 9.9" in told
    assert sorted(addition.files) == ["relations/theirs_iso90001-2030_trees.yaml", "standards/trees.yaml"]
    addition.put(tmp_path / "mappings")
    library = api.load([MINI, tmp_path / "mappings"]).library
    assert [r.subject for r in library.relations if r.object == ("trees:T-1",)] == [("iso90001-2030:8.2",)]


A, B, L, M = "iso1-2030", "iso2-2030", "loose-l", "loose-m"
LEAVES = {A: ("4.1", "8.1", "8.2"), B: ("4.1", "8.1", "8.3"), L: ("1", "2", "3"), M: ("1", "2", "4")}


def loose(key: str) -> Standard:
    """Give a standard held by its clauses, of which one is a heading."""
    numbers = ["1", "2", *(f"{LEAVES[key][2]}.{at}" for at in (1, 2)), LEAVES[key][2]]
    made = building.standard(key, dict.fromkeys(sorted(numbers)), topics=dict.fromkeys(numbers, "design"))
    return evolve(made, level="clause", structure="none", not_applicable=("*",))


FULL = {
    A: building.standard(A, {"4": None, "4.1": ["=issues", "+a"], "8": None, "8.1": ["=planned"], "8.2": ["+b"]}),
    B: building.standard(B, {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned", "+c"], "8.3": ["+d"]}),
}


@st.composite
def stated(draw: st.DrawFn) -> tuple[Relation, ...]:
    """Draw relations between two whole standards and two held by their clauses; many contradict each other."""
    found = []
    for number in range(draw(st.integers(1, 9))):
        one, other = draw(st.sampled_from([(A, B), (A, L), (B, L), (L, M), (A, M)]))
        sides = [
            draw(st.lists(st.sampled_from(LEAVES[key]), min_size=1, max_size=2, unique=True)) for key in (one, other)
        ]
        word = draw(st.sampled_from(["equal-to", "subset-of", "superset-of", "no-relationship"]))
        strength = "" if word == "no-relationship" else " @6"
        words = f"{','.join(sides[0])} {word} {','.join(sides[1])}{strength}"
        found.append(building.relation(one, other, words, name=f"{one}_{other}#r{number}"))
    return tuple(found)


@pytest.mark.slow
@settings(max_examples=40)
@given(stated())
def test_what_contradicts_itself_is_found_in_parts_as_in_the_whole(relations: tuple[Relation, ...]):
    built = building.graph(*FULL.values(), loose(L), loose(M), relations=relations)
    library = evolve(built.library, sets=tuple(evolve(one, assessed="part") for one in built.library.sets))
    names = [*(r.id for r in relations), *(clause.ref for one in library.standards for clause in one.clauses)]
    at = {name: Place("data.yaml", Path("data.yaml"), line) for line, name in enumerate(names, 1)}

    def contradictions(*parts: Library) -> set[Problem]:
        found = {problem for part in parts for problem in find_problems(ClauseGraph(part), at, set(names))}
        return {
            problem for problem in found if "contradiction" in problem.message or "tells the same" in problem.message
        }

    found = contradictions(*tentative.parts_of(library, names))
    assert {(one.path, one.line) for one in found} == {(one.path, one.line) for one in contradictions(library)}


def test_standards_held_by_clauses_that_pair_leaf_with_leaf_once_are_not_compared_at_all():
    relations = [building.relation(L, M, f"{n} equal-to {n} @6", name=f"{L}_{M}#r{n}") for n in ("1", "2")]
    library = building.graph(loose(L), loose(M), relations=relations).library
    ids = {relation.id for relation in relations}
    assert list(tentative.parts_of(library, ids)) == []
    assert len(list(tentative.parts_of(library, ids - {relations[0].id}))) == 1
    both = evolve(library, relations=(*library.relations, evolve(library.relations[0], id=f"{L}_{M}#again")))
    assert len(list(tentative.parts_of(both, {*ids, f"{L}_{M}#again"}))) == 1


def test_what_is_given_to_be_written_is_checked_as_what_stands_in_a_file(tmp_path: Path):
    path = tmp_path / "mappings" / "relations" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("subject: iso90001-2030\nobject: iso91001-2030\n", "utf-8")
    one, other = "iso90001-2030", "iso91001-2030"
    relations = tuple(
        evolve(building.relation(one, other, f"{number} equal-to 8.2 @6", name=f"mine#r{number}"), shared=shared)
        for number, shared in (("8.2", "Something."), ("8.1", ""), ("9.9", "Something."))
    )
    given = {path: (MappingSet("mine", one, other, "part"), relations)}
    found = survey((MINI, tmp_path / "mappings"), {one, other}, guides=False, given=given)
    told = {
        (problem.line, problem.message.partition(";")[0]) for problem in found.problems if problem.path == str(path)
    }
    assert told == {(3, "`shared` is missing"), (4, f"no clause 9.9 in {one}")}
    assert "mine#r8.2" in {relation.id for relation in found.library.relations}


def test_of_very_many_standards_and_sets_is_said_how_many_there_are(tmp_path: Path):
    keys = [f"K{number}" for number in range(30)]
    rows = "".join(f"{key}:1\tskos:exactMatch\tHub:1\n" for key in keys)
    path = tmp_path / "many.sssom.tsv"
    path.write_text(f"subject_id\tpredicate_id\tobject_id\n{rows}", "utf-8")
    addition = api.bring(path, MINI, day="2030-05-01", into=tmp_path / "mappings")
    assert not addition.problems
    assert list(bringing.summary(addition)) == [
        "31 standards with 31 clauses: K0, Hub, K1, K2, K3 and 26 more",
        "30 mapping sets with 30 relations: k0 and hub; k1 and hub; k2 and hub; k3 and hub; k4 and hub and 25 more",
    ]
    notices = "\n".join(addition.brought.notices)
    assert "31 standards of the file are none of the library" in notices
    assert "standards are put into the discipline of the first, as no letter is left for theirs" in notices
    assert len({one.discipline for one in addition.brought.standards}) < len(addition.brought.standards)
