from __future__ import annotations

from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.readers import foreign
from imsmap.readers.sssom import bring, takes
from tests.exporters.interchange import mini
from tests.readers.foreigners import around, put, relations_of, told

HEAD = """\
# curie_map:
#   A: https://example.org/a/
#   B: https://example.org/b/
#   ours: 'urn:imsmap:iso90001-2030:'
# mapping_set_id: https://example.org/set
subject_id\tpredicate_id\tobject_id\tsubject_label\tpredicate_modifier\tmatch_type
"""


@pytest.fixture
def read(tmp_path: Path):
    def reading(*rows: str, head: str = HEAD):
        return bring(*put(tmp_path, "theirs.sssom.tsv", head + "".join(f"{row}\n" for row in rows)), around(mini()))

    return reading


def test_a_file_is_known_by_its_header_behind_whatever_metadata():
    assert takes(HEAD.encode())
    assert not takes(b"number,title,requirement\n")
    assert not takes(b"# subject_id predicate_id\nnumber\n")


def test_relations_between_what_the_library_does_not_hold_bring_it_by_clauses(read):
    brought = read("A:1.1\tskos:exactMatch\tB:x-1\tFirst\t\t", "A:1.2\tskos:broadMatch\tB:x-1\tSecond\t\tlexical")
    assert [(one.key, one.level, [c.number for c in one.clauses]) for one in brought.standards] == [
        ("a", "clause", ["1.1", "1.2"]),
        ("b", "clause", ["x-1"]),
    ]
    assert [(r.subject, r.predicate, r.object, r.strength) for r in relations_of(brought)] == [
        (("a:1.1",), "equal-to", ("b:x-1",), 5),
        (("a:1.2",), "subset-of", ("b:x-1",), 5),
    ]
    assert brought.standards[0].clauses[0].title == "First"
    assert not brought.left_out
    notices = "\n".join(brought.notices)
    assert "match_type (1)" in notices
    assert "2 relations give no strength; 5 was taken" in notices
    assert "A is no standard of the library" in notices


def test_our_standards_are_known_by_key_and_by_address(read):
    brought = read("ours:8.2\tskos:relatedMatch\tiso91001-2030:8.2\t\t\t")
    assert [(r.subject, r.object) for r in relations_of(brought)] == [(("iso90001-2030:8.2",), ("iso91001-2030:8.2",))]
    assert not brought.standards


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A:1\tskos:exactMatch\tC:1\t\t\t", "the prefix C is not in the curie_map of the metadata"),
        ("A:1\tskos:exactMatch\t\t\t\t", "object_id is blank"),
        ("A:1\tskos:exactMatch\tsome words\t\t\t", "object_id 'some words' is no prefix with a name"),
        ("A:1\tthey are much alike\tB:1\t\t\t", "'they are much alike' is no relation"),
        ("A:1\tskos:closeMatch\tB:1\t\t\t", "skos:closeMatch pairs both sides and does not say how they stand"),
        ("A:1\tskos:exactMatch\tB:1\t\tNot\t", "denies skos:exactMatch, which leaves four others open"),
        ("A:1\tskos:exactMatch\tB:1\t\tMaybe\t", "predicate_modifier 'Maybe' is not known"),
        ("A:1\tskos:exactMatch\tA:2\t\t\t", "both sides are of one standard"),
        ("ours:99.9\tskos:exactMatch\tB:1\t\t\t", "iso90001-2030 has no clause 99.9"),
        ("A:one_two%three\tskos:exactMatch\tB:1\t\t\t", "can't be the number of a clause"),
    ],
)
def test_what_is_dirty_is_told_with_its_line_and_keeps_nothing_else_out(read, row: str, words: str):
    brought = read(row, "A:5\tskos:exactMatch\tB:5\t\t\t")
    assert told(brought).startswith("theirs.sssom.tsv:7: line 7 ")
    assert words in told(brought)
    assert len(relations_of(brought)) == 1


def test_many_of_one_kind_are_told_in_one_line(read):
    brought = read(*(f"A:{n}\tskos:closeMatch\tB:{n}\t\t\t" for n in range(50)))
    assert len(brought.left_out) == 6
    assert "the same holds of 45 more" in told(brought)


def test_what_is_said_twice_is_taken_once_and_what_contradicts_itself_not_at_all(read):
    brought = read(
        "A:1\tskos:exactMatch\tB:1\t\t\t",
        "B:1\tskos:exactMatch\tA:1\t\t\t",
        "A:2\tskos:broadMatch\tB:2\t\t\t",
        "B:2\tskos:broadMatch\tA:2\t\t\t",
    )
    assert [r.subject for r in relations_of(brought)] == [("a:1",)]
    assert "theirs.sssom.tsv:8: line 8 says again what line 7 says; the first is taken" in told(brought)
    assert "one pair is told as subset-of (line 9) and subset-of (line 10); none is taken" in told(brought)


def test_nothing_in_common_is_read_with_its_reason(read):
    head = HEAD.replace("match_type", "comment")
    (relation,) = relations_of(read("A:1\tskos:mappingRelation\tB:1\t\tNot\tA is of trees.", head=head))
    assert (relation.predicate, relation.strength, relation.shared, relation.differs) == (
        "no-relationship", None, "", "A is of trees.",
    )  # fmt: skip


def test_a_standard_that_would_be_too_large_is_told_at_once(read, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(foreign, "MOST_CLAUSES", 2)
    brought = read(*(f"A:{n}\tskos:exactMatch\tB:1\t\t\t" for n in range(3)))
    assert [str(problem) for problem in brought.problems] == [
        "theirs.sssom.tsv: names 3 clauses of A, more than 2; split the file by parts of the standard"
    ]


def test_broken_metadata_keep_the_rows(read):
    brought = read("A:1\tskos:exactMatch\tB:1\t\t\t", head="# curie_map: [\n" + HEAD.splitlines(keepends=True)[-1])
    assert "metadata" in told(brought)
    assert len(relations_of(brought)) == 1


def test_a_file_without_a_table_is_refused(tmp_path: Path):
    with pytest.raises(DataError, match="holds no table"):
        bring(*put(tmp_path, "theirs.sssom.tsv", "# a: b\n"), around(mini()))
