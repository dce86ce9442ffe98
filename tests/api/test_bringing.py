"""What a file brings is checked in the library it comes into, and written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imsmap import api
from imsmap.errors import DataError, UsageError
from imsmap.library.load import load
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
