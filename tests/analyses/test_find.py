from __future__ import annotations

from collections.abc import Callable

import pytest

from imsmap.analyses.find import FindAnswer, Question, analyse
from imsmap.errors import UnknownNameError, UsageError
from imsmap.library.graph import ClauseGraph
from tests.fixtures import Answer
from tests.once import shipped

Q, E = "iso9001-2015", "iso14001-2015"


@pytest.fixture(scope="module")
def real() -> ClauseGraph:
    return shipped()


def found(graph: ClauseGraph, word: str) -> FindAnswer:
    return analyse(graph, Question(word)).answer


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("supplier", f"{Q}:8.4"),
        ("calibration", f"{Q}:7.1.5.2"),
        ("complaint", f"{Q}:8.2.1"),
        ("training", f"{E}:7.2"),
        ("law", f"{E}:6.1.3"),
        ("Emergency  Preparedness", f"{E}:8.2"),
    ],
)
def test_a_usual_word_finds_the_clause_that_is_about_it_first(word: str, first: str) -> None:
    assert found(shipped([Q, E]), word).clauses[0].clause.ref == first


@pytest.mark.slow
def test_every_usual_word_finds_something_and_each_that_it_means_stands_in_a_standard(real: ClauseGraph) -> None:
    assert sum(len(usual.says) for usual in real.library.usual_words) > 100
    for usual in real.library.usual_words:
        holding: set[str] = set()
        for word in usual.says:
            clauses = found(real, word).clauses
            assert clauses, word
            holding.update(held for one in clauses for held in one.words)
        assert set(usual.means) <= holding


def test_forms_of_a_word_are_one_word_and_parts_of_others_are_not(real: ClauseGraph) -> None:
    one, other = (found(real, word).clauses for word in ("calibration", "calibrated"))
    assert {c.clause.ref for c in other} <= {c.clause.ref for c in one}
    assert all("plant" not in text for c in found(real, "plan").clauses for _, text in c.points)


def test_each_clause_is_there_once_with_its_points_in_their_order(real: ClauseGraph) -> None:
    answer = found(real, "record")
    refs = [one.clause.ref for one in answer.clauses]
    assert len(set(refs)) == len(refs)
    for one in answer.clauses:
        order = [ref for ref, _ in real.points((one.clause.ref,))]
        assert [ref for ref, _ in one.points] == [ref for ref in order if ref in dict(one.points)]
    assert [one.rank for one in answer.clauses] == sorted((one.rank for one in answer.clauses), reverse=True)


def test_a_clause_is_told_once_for_all_editions_of_its_standard(real: ClauseGraph) -> None:
    answer = found(real, "supplier")
    told = {one.clause.ref: one for one in answer.told}
    assert f"{Q}:8.4.2" in told
    assert "iso9001-2026:8.4.2" not in told
    assert "iso9001-2026:8.4.2" in {one.clause.ref for one in answer.clauses}
    assert [edition.words for edition in told[f"{Q}:8.5.3"].editions] == ["2026: 8.5.3, editorial"]
    newer = analyse(real, Question("supplier", ("iso9001-2026",))).answer
    assert {one.clause.standard for one in newer.told} >= {"iso9001-2026", E}
    assert Q not in {one.clause.standard for one in newer.told}


def test_json_says_what_docs_json_says(real: ClauseGraph) -> None:
    told = analyse(real, Question("supplier")).json
    assert list(told) == ["word", "usual_words", "standards", "clauses"]
    assert told["usual_words"] == ["externally provided", "external provider"]
    assert list(told["clauses"][0]) == ["clause", "title", "in_title", "words", "points"]  # type: ignore[index,arg-type]


def test_what_nothing_speaks_of_is_told_with_the_nearest_word(real: ClauseGraph) -> None:
    with pytest.raises(UnknownNameError, match="no clause and no point speaks of 'supplyer'; did you mean supplier"):
        found(real, "supplyer")
    with pytest.raises(UsageError, match="holds no word to look for"):
        found(real, "?!")


@pytest.mark.parametrize("word", ["the", "of and", "What?", "shall"])
def test_a_word_that_says_nothing_is_refused_with_a_line(real: ClauseGraph, word: str) -> None:
    with pytest.raises(UsageError, match=r"says nothing by itself.*; write what you look for, as in: imsmap find"):
        found(real, word)


def test_what_says_nothing_is_left_out_at_either_end(real: ClauseGraph) -> None:
    assert found(real, "the suppliers of") == found(real, "suppliers")


def test_without_a_table_of_usual_words_the_word_itself_is_looked_for(small: ClauseGraph) -> None:
    assert small.library.usual_words == ()
    assert found(small, "watching").usual == ()


def test_the_command_finds_and_sends_numbers_to_show(imsmap: Callable[..., Answer]) -> None:
    assert "speak of external provider" in " ".join(imsmap("find", "external", "provider").out.split())
    wrong = imsmap("find", "8.2")
    assert (wrong.code, "imsmap show 8.2 shows it in every standard" in wrong.err) == (2, True)
