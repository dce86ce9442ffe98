from __future__ import annotations

import pytest

from imsmap.analyses.explain import Question, analyse, every
from imsmap.analyses.explain.answer import ClausesAnswer
from imsmap.errors import UnknownNameError, UsageError
from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard
from tests.once import shipped

A, B = "iso1-2030", "iso2-2030"


def explained(graph: ClauseGraph, one: str, other: str) -> dict[str, object]:
    return dict(analyse(graph, Question(f"{A}:{one}", f"{B}:{other}")).json)


def test_shared_core_points_are_named_with_the_points_that_hold_them(small: ClauseGraph) -> None:
    values = explained(small, "4.1", "4.1")
    assert values["shared"] == [
        {
            "core": "issues",
            "text": "Do issues.",
            "subject_points": [f"{A}:4.1#issues"],
            "object_points": [f"{B}:4.1#issues"],
        }
    ]
    assert "Both hold 1 core point of the harmonized structure: Do issues." in values["words"]  # type: ignore[operator]


def test_a_stated_relation_is_told_with_rationale_confidence_and_author(small: ClauseGraph) -> None:
    words = " ".join(explained(small, "8.4", "8.1")["words"])  # type: ignore[arg-type]
    assert "Stated (buying): ISO1:2030, 8.4 intersects-with ISO2:2030, 8.1." in words
    assert (
        "Shared by 8.4 and 8.1. Different in 8.4 and 8.1. (Confidence 0.8 of 1, strength 6 of 10; by tester.)" in words
    )
    assert "Proved: they overlap, and each asks for something that the other does not (intersects-with)." in words


def test_a_relation_that_nobody_affirmed_and_one_gone_stale_are_told_apart(small: ClauseGraph) -> None:
    from attrs import evolve

    for affirmed, said in ((None, "SUSPECT: nobody has affirmed it yet"), ("0", "SUSPECT: a side changed since")):
        relations = tuple(evolve(r, affirmed=affirmed) for r in small.library.relations)
        words = explained(ClauseGraph(evolve(small.library, relations=relations)), "8.4", "8.1")["words"]
        assert said in " ".join(words)  # type: ignore[arg-type]


def test_where_something_is_shared_the_reasons_for_none_elsewhere_are_only_counted(small: ClauseGraph) -> None:
    values = explained(small, "8", "8")
    words = " ".join(values["words"])  # type: ignore[arg-type]
    assert "1 more stated relation of parts of them: nothing in common" in words
    assert "Different in 8.3 and *." not in words
    assert "nothing" in [relation["id"] for relation in values["relations"]]  # type: ignore[attr-defined]


def test_where_nothing_is_known_it_says_so_and_why(small: ClauseGraph) -> None:
    values = explained(small, "4.1", "6.1.2")
    assert values["claim"] == "unknown"
    assert "Nothing is known about them, because" in " ".join(values["words"])  # type: ignore[arg-type]


def test_a_reasoned_none_is_told_as_such(small: ClauseGraph) -> None:
    assert "They have nothing in common: a person looked and said why." in explained(small, "8.3", "8.2")["words"]  # type: ignore[operator]


def test_a_heading_means_its_leaf_clauses(small: ClauseGraph) -> None:
    assert explained(small, "6.1", "6.1")["class"] == "extended"
    assert explained(small, "8", "8")["class"] == "extended"


def test_points_can_be_explained(small: ClauseGraph) -> None:
    values = explained(small, "4.1#issues", "4.1#issues")
    assert (values["class"], values["possible"], values["claim"]) == ("counterpart", ["equal-to"], "proved")
    values = explained(small, "4.1#watching", "4.1")
    assert values["class"] == "not assessed"
    assert "an own point never equals a core point" in " ".join(values["words"])  # type: ignore[arg-type]
    assert explained(small, "8.3#designing", "8.1")["class"] == "none"


def test_a_point_lies_within_the_clause_that_holds_its_counterpart_and_does_not_equal_it(small: ClauseGraph) -> None:
    values = explained(small, "4.1#issues", "4.1")
    assert (values["class"], values["possible"]) == ("counterpart", ["equal-to", "subset-of"])
    values = explained(small, "4.1", "4.1#issues")
    assert (values["class"], values["possible"]) == ("counterpart", ["equal-to", "superset-of"])


def test_a_none_stated_of_a_whole_standard_speaks_of_its_points_too(small: ClauseGraph) -> None:
    assert explained(small, "8.3", "8.1#outsourcing")["class"] == "none"
    assert explained(small, "8.3#designing", "8.1#outsourcing")["claim"] == "proved"


def test_a_relation_of_the_clause_proves_nothing_of_one_of_its_points(small: ClauseGraph) -> None:
    values = explained(small, "8.4", "8.1#outsourcing")
    assert values["class"] == "not assessed"
    assert "leave it open whether this very point shares anything" in " ".join(values["words"])  # type: ignore[arg-type]


def test_what_follows_through_a_third_standard_is_told_with_its_premises() -> None:
    third = "iso3-2030"
    made = graph(
        *(
            standard(key, {"8": None, "8.2": ["+x"], "8.3": ["+y"]}, topics={"8.2": "design", "8.3": "design"})
            for key in (A, B, third)
        ),
        relations=[
            relation(A, third, "8.2 subset-of 8.2 @5", name="f#up", confidence=0.9),
            relation(third, B, "8.2 subset-of 8.3 @5", name="g#on", confidence=0.7),
        ],
    )
    values = explained(made, "8.2", "8.3")
    assert (values["class"], values["possible"], values["claim"]) == ("related", ["subset-of"], "proved")
    assert (values["basis"], values["confidence"]) == (["derived"], 0.7)
    # Of two points it is not said that nothing is known: what follows is told of their clauses.
    told = " ".join(explained(made, "8.2#x", "8.3#y")["words"])  # type: ignore[arg-type]
    assert "Nothing is stated of the two themselves: " in told
    assert told.endswith("What follows through other standards is told of whole clauses: ask about the two clauses.")
    words = values["words"]
    assert "nobody stated it of these two; it follows from what is known" in words[1]  # type: ignore[index]
    premises = values["premises"][0]  # type: ignore[index]
    assert premises == [
        "ISO1:2030, 8.2 subset-of ISO3:2030, 8.2 (stated in f#up; confidence 0.9).",
        "ISO3:2030, 8.2 subset-of ISO2:2030, 8.3 (stated in g#on; confidence 0.7).",
    ]
    # From one end only: the chain A within H, B within H would say nothing.
    assert explained(made, "8.2", "8.2")["claim"] == "unknown"


def test_a_premise_of_two_disciplines_claims_nothing_of_the_discipline_itself() -> None:
    third = "iso3-2030"
    made = graph(
        *(
            standard(key, {"8": None, "8.2": ["+x"], "8.3": ["+y"]}, topics={"8.2": "design"}, discipline=discipline)
            for key, discipline in ((A, "quality"), (B, "quality"), (third, "environment"))
        ),
        relations=[
            relation(A, third, "8.2 superset-of 8.2 @5", name="f#down"),
            relation(third, B, "8.2 intersects-with 8.3 @5", name="g#on"),
        ],
    )
    assert explained(made, "8.2", "8.3")["premises"][0] == [  # type: ignore[index]
        "ISO1:2030, 8.2 superset-of ISO3:2030, 8.2, apart from the discipline (stated in f#down; confidence 0.8).",
        "ISO3:2030, 8.2 intersects-with ISO2:2030, 8.3 (stated in g#on; confidence 0.8).",
    ]


def test_points_stated_as_equal_are_counterparts() -> None:
    made = graph(
        standard(A, {"8": None, "8.1": ["+a", "+b"]}, topics={"8.1": "design"}),
        standard(B, {"8": None, "8.1": ["+c"]}, topics={"8.1": "design"}),
        relations=[relation(A, B, "8.1#a equal-to 8.1#c @10", name="twins")],
    )
    values = explained(made, "8.1#a", "8.1#c")
    assert (values["class"], values["possible"], values["confidence"]) == ("counterpart", ["equal-to"], 0.8)
    assert "Counterpart: a person stated that both ask for the same." in values["words"]  # type: ignore[operator]
    assert explained(made, "8.1", "8.1")["object_adds"] == []


def test_one_standard_or_a_clause_without_requirements_is_refused(small: ClauseGraph) -> None:
    with pytest.raises(UsageError, match="clauses of two standards"):
        analyse(small, Question(f"{A}:4.1", f"{A}:6.1"))
    with pytest.raises(UnknownNameError):
        analyse(small, Question(f"{A}:4.9", f"{B}:6.1"))


@pytest.mark.slow
def test_rows_of_the_real_matrix_can_say_why() -> None:
    """Ask about a pair of clauses of every fourth row; the answer has the class that the clauses have there."""
    from imsmap.analyses import matrix
    from imsmap.reasoning.kinship import Pair

    one, other = "iso9001-2015", "iso14001-2015"
    library = shipped((one, other), bridges=True)  # as the command reads them
    pair = Pair(library, one, other)
    asked = 0
    for row in matrix.analyse(library, matrix.Question((one, other))).json["groups"][::4]:
        sides = [[c["ref"] for c in (*row["clauses"][key], *row["also"][key])] for key in (one, other)]
        if all(sides):
            asked += 1
            report = analyse(library, Question(sides[0][0], sides[1][0]))
            assert report.json["class"] == pair.leaf(sides[0][0], sides[1][0]).kin.value
            assert len(report.json["words"]) >= 2
            assert report.message in report.json["words"]
    assert asked > 5


def test_sentences_keep_the_words_of_the_data_out_of_their_templates(small: ClauseGraph) -> None:
    templates = set()
    for one in small.leaves(A):
        for other in small.leaves(B):
            report = analyse(small, Question(one.ref, other.ref))
            for sentence in report.answer.words:
                assert str(sentence) in report.to_json(report.answer)["words"]  # type: ignore[operator]
                templates.add(sentence.template)
    data = ("ISO", "Clause", "issues", "buying", "tester")
    assert not [words for words in templates for told in data if told in words]
    assert len(templates) < 25


# --- every explanation at once ---------------------------------------------------------------------------------------


def test_all_pairs_at_once_are_explained_as_each_is_alone(small: ClauseGraph) -> None:
    answer = every.analyse(small, every.Question((A, B))).answer
    assert answer.pairs
    for one in answer.pairs:
        alone = analyse(small, Question(one.subject.ref, one.object.ref)).answer
        assert (one.kin, one.words) == (alone.kin, alone.words)


def test_what_has_no_counterpart_is_told_with_the_closest_reasons_and_their_sources(small: ClauseGraph) -> None:
    without = {
        (one.clause.ref, one.standard): one for one in every.analyse(small, every.Question((A, B))).answer.without
    }
    found = without[f"{A}:8.3", B]
    assert str(found.said) == "ISO1:2030, 8.3 has no counterpart in ISO2:2030."
    assert [str(reason).partition(".")[0] for reason in found.reasons] == ["Stated (nothing): ISO1:2030, 8"]
    assert [str(ground) for ground in found.grounds] == ["Source: expert judgement invented"]
    unknown = without[f"{B}:6.1.2", A]
    assert str(unknown.said) == "ISO2:2030, 6.1.2 was not looked at against ISO1:2030."
    assert unknown.reasons == ()


def test_each_clause_says_how_many_counterparts_it_has_and_a_heading_that_it_is_one(small: ClauseGraph) -> None:
    summaries = every.analyse(small, every.Question((A, B, "iso3-2030"))).answer.summaries
    assert [str(one) for one in summaries[f"{A}:4.1"]] == [
        "1 counterpart in ISO2:2030.",
        "1 counterpart in ISO3:2030.",
    ]
    assert str(summaries[f"{A}:8"][0]) == "Heading, told with its leaf clauses."
    assert str(summaries[f"{A}:8"][1]) == "1 counterpart in ISO2:2030."


def test_each_end_of_a_false_friend_is_warned_of_the_other_with_the_weak_tie(small: ClauseGraph) -> None:
    friends = every.analyse(small, every.Question((A, B))).answer.false_friends
    (friend,) = [one for one in friends if one.subject.number == "8.2"]
    assert "False friend: the number 8.2 is another duty in ISO2:2030, 8.2" in str(friend.at_subject[0])
    assert "another duty in ISO1:2030, 8.2" in str(friend.at_object[0])
    assert str(friend.at_subject[1]) == "Weak tie (2 of 10): Shared by 8.2 and 8.2."


def test_all_explanations_are_given_as_json(small: ClauseGraph) -> None:
    report = every.analyse(small, every.Question((A, B)))
    values = report.to_json(report.answer)
    pairs = [(one["subject"], one["object"], one["words"]) for one in values["pairs"]]  # type: ignore[index, union-attr]
    assert pairs == [(p.subject.ref, p.object.ref, [str(s) for s in p.words]) for p in report.answer.pairs]


def test_clauses_of_two_editions_are_told_apart_by_their_years() -> None:
    held = shipped(["iso9001-2015", "iso9001-2026"])
    told = analyse(held, Question("iso9001-2015:6.1.2", "iso9001-2026:6.1.3")).answer
    assert isinstance(told, ClausesAnswer)
    assert [end.side.label for end in told.ends] == ["Q15", "Q26"]


def test_two_editions_of_one_standard_are_of_one_discipline() -> None:
    held = shipped(["iso9001-2015", "iso9001-2026"])
    told = analyse(held, Question("iso9001-2015:4.1", "iso9001-2026:4.1"))
    assert told.summary == "**Core**, nothing beyond it: both ask for the same points."
    assert isinstance(told.answer, ClausesAnswer)
    words = " ".join(map(str, told.answer.words))
    assert "They ask for the same (same)." in words
    assert "discipline" not in words
    # What did not change says so, whatever else changed in its clause.
    assert "Find out which issues bear on the organization's strategic direction. Nothing of substance." in words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("subject", "object_"),
    [("iso22301-2019:8.2.3", "iso27001-2022:6.1.1"), ("iso27001-2022:A.5.36", "iso9001-2015:9.2.1")],
)
def test_what_is_explained_is_the_same_whatever_else_is_read(subject: str, object_: str) -> None:
    keys = [ref.partition(":")[0] for ref in (subject, object_)]
    alone, among_all = (
        analyse(graph, Question(subject, object_)).json for graph in (shipped(keys, bridges=True), shipped())
    )
    assert alone == among_all
