from __future__ import annotations

from typing import Any

from imsmap.analyses import overlap
from imsmap.analyses.compare_mapping import Question, analyse
from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard

A, B = "iso1-2030", "iso2-2030"


def compared(graph: ClauseGraph, *pairs: tuple[str, str, str | None]) -> dict[str, Any]:
    full = [(f"{A}:{one}", f"{B}:{other}", relation) for one, other, relation in pairs]
    return dict(analyse(graph, Question("theirs.csv", A, B, full)).json)


def said(graph: ClauseGraph, pairs: list[tuple[str, str, str | None]]) -> str:
    return analyse(graph, Question("theirs.csv", A, B, pairs)).message


def ends(entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(e["subject"].partition(":")[2], e["object"].partition(":")[2]) for e in entries]


def test_mapping_all_equal_numbers_is_caught_at_the_false_friends_only(small: ClauseGraph) -> None:
    equal = [(n, n, None) for n in ("4", "4.1", "6", "6.1", "8", "8.1", "8.2", "9", "9.1")]
    values = compared(small, *equal)
    assert ends(values["false_friends"]) == [("8.2", "8.2")]
    assert ends(values["only_theirs"]) == [("8.2", "8.2")]
    assert len(values["agree"]) == 8


def test_agreement_is_measured_at_the_level_that_the_file_uses(small: ClauseGraph) -> None:
    values = compared(small, ("6.1", "6.1", None))
    assert ends(values["agree"]) == [("6.1", "6.1")]
    assert ("6.1", "6.1.1") not in ends(values["only_ours"])


def test_what_we_relate_and_they_do_not_is_rolled_up_to_their_clauses(small: ClauseGraph) -> None:
    values = compared(small, ("4", "4", None), ("8.3", "8", None))
    assert ends(values["only_ours"]) == [("6.1", "6.1.1"), ("8.1", "8"), ("8.4", "8"), ("9.1", "9.1")]


def test_one_pair_and_several_of_ours_are_told_in_right_grammar_and_a_weak_tie_is_no_counterpart(
    small: ClauseGraph,
) -> None:
    found = [(f"{A}:{one}", f"{B}:{other}", None) for one, other in (("4", "4"), ("8.3", "8"), ("6.1", "6.1.1"))]
    assert "4 pairs of ours are not in the file" in said(small, [(f"{A}:8.3", f"{B}:8", None), found[0]])
    all_but_one = [*found, (f"{A}:8.1", f"{B}:8", None), (f"{A}:8.4", f"{B}:8", None)]
    assert "has no counterpart for 1; 1 pair of ours is not in the file" in said(small, all_but_one)


def test_a_relation_that_is_no_longer_possible_differs_and_says_why(small: ClauseGraph) -> None:
    values = compared(small, ("8.1", "8.1", "superset-of"), ("4.1", "4.1", "intersects-with"))
    assert ends(values["differ"]) == [("8.1", "8.1")]
    assert values["differ"][0]["why"] == (
        "They say superset-of; what we know leaves equal-to or subset-of, apart from the discipline. "
        "The object has 1 point that the subject lacks."
    )
    assert ends(values["agree"]) == [("4.1", "4.1")]


def test_a_pair_that_we_looked_at_and_refused_tells_our_reason(small: ClauseGraph) -> None:
    values = compared(small, ("8.3", "8.1", None), ("4.1", "6.1.2", None), ("8.3", "8.2", "no-relationship"))
    assert [e["why"] for e in values["only_theirs"]] == [
        "They share no core point of the harmonized structure, and we have stated no relation between them.",
        "We looked and found nothing in common. Different in 8.3 and *.",
    ]
    assert ends(values["agree"]) == [("8.3", "8.2")]


def test_of_no_pair_two_things_are_said() -> None:
    from tests.building import graph, relation, standard

    built = graph(
        standard(A, {"8": None, "8.1": ["+x"], "8.2": ["+y"], "8.3": ["+w"]}),
        standard(B, {"8": None, "8.1": ["+z"], "8.2": ["+v"]}),
        relations=[
            relation(A, B, "8.1 intersects-with 8.1 @6"),
            relation(A, B, "8.2 no-relationship *"),
            relation(A, B, "8.3 intersects-with 8.2 @2"),
        ],
    )
    values = compared(
        built, ("8", "8", None), ("8.1", "8.1", "no-relationship"), ("8.2", "8.1", None), ("8.3", "8.2", None)
    )
    told = [pair for name in ("agree", "differ", "only_theirs", "only_ours") for pair in ends(values[name])]
    assert sorted(told) == sorted(set(told)) == [("8", "8"), ("8.1", "8.1"), ("8.2", "8.1"), ("8.3", "8.2")]
    assert ends(values["agree"]) == [("8", "8")]
    assert values["only_theirs"][-1]["why"].startswith("They only touch")


def test_a_pair_without_requirements_is_told_apart_and_counts_for_nothing(small: ClauseGraph) -> None:
    from tests.building import graph, standard

    one = graph(standard(A, {"3": None, "4.1": ["=issues"]}), standard(B, {"3": None, "4.1": ["=issues"]}))
    values = compared(one, ("3", "3", None), ("4.1", "4.1", None))
    assert ends(values["not_compared"]) == [("3", "3")]
    assert (values["counts"]["agree"], values["counts"]["only_theirs"]) == (1, 0)


def test_who_says_that_false_friends_have_nothing_in_common_pairs_none(small: ClauseGraph) -> None:
    for said in ("no-relationship", "not equal-to"):
        values = compared(small, ("8.2", "8.2", said), ("4.1", "4.1", None))
        assert (values["false_friends"], values["only_theirs"]) == ([], [])


def test_who_says_that_false_friends_overlap_pairs_none_where_we_know_of_a_weak_tie() -> None:
    from tests.building import graph, relation, standard

    weak = graph(
        standard(A, {"8.2": ["+planting"]}),
        standard(B, {"8.2": ["+fleeing"]}, discipline="environment"),
        relations=[relation(A, B, "8.2 intersects-with 8.2 @3")],
    )
    values = compared(weak, ("8.2", "8.2", "intersects-with"))
    assert values["false_friends"] == []
    (told,) = values["only_theirs"]
    assert told["why"].startswith("They only touch")
    assert "same number, different duty" in told["why"]
    for said in (None, "equal-to", "subset-of"):
        assert ends(compared(weak, ("8.2", "8.2", said))["false_friends"]) == [("8.2", "8.2")]


def test_who_says_that_they_overlap_where_we_found_nothing_pairs_false_friends() -> None:
    from tests.building import graph, relation, standard

    apart = graph(
        standard(A, {"8.2": ["+planting"]}),
        standard(B, {"8.2": ["+fleeing"]}),
        relations=[relation(A, B, "8.2 no-relationship *")],
    )
    values = compared(apart, ("8.2", "8.2", "intersects-with"))
    assert ends(values["false_friends"]) == ends(values["only_theirs"]) == [("8.2", "8.2")]


def test_a_denied_relation_agrees_where_another_is_possible(small: ClauseGraph) -> None:
    values = compared(small, ("8.1", "8.1", "not superset-of"), ("9.1", "9.1", "not equal-to"))
    assert ends(values["agree"]) == [("8.1", "8.1")]
    (differs,) = values["differ"]
    assert differs["why"].startswith("They say not equal-to; what we know leaves equal-to, apart from the discipline.")


def test_points_are_compared_as_points(small: ClauseGraph) -> None:
    values = compared(small, ("4.1#issues", "4.1#issues", "equal-to"), ("4.1#issues", "8.2#fleeing", None))
    assert [entry["subject"] for entry in values["agree"]] == [f"{A}:4.1#issues"]
    assert values["agree"][0]["class"] == "same"
    assert [entry["object"] for entry in values["only_theirs"]] == [f"{B}:8.2#fleeing"]


def test_a_clause_that_they_leave_without_a_counterpart_is_held_against_ours(small: ClauseGraph) -> None:
    report = analyse(
        small, Question("x", A, B, ((f"{A}:9.1", f"{B}:9.1", None),), (f"{A}:4.1", f"{A}:8.3", f"{B}:8.2"))
    )
    values = dict(report.json)
    assert [(one["subject"], one["object"], one["class"]) for one in values["no_counterpart"]][:1] == [
        (f"{A}:4.1", f"{B}:4.1", "extended")
    ]
    assert values["counts"]["no_counterpart"] + values["counts"]["none_agreed"] == 3
    assert "clauses without a counterpart there, ours has one for" in report.message


def test_every_pair_of_the_file_is_in_one_part_of_the_sentence(small: ClauseGraph) -> None:
    numbers = ("4", "4.1", "6.1", "8.1", "8.2", "8.3", "9.1")
    words = (None, "equal-to", "no-relationship", "intersects-with", "not equal-to")
    pairs = [(f"{A}:{one}", f"{B}:{one if one != '8.3' else '8'}", word) for one in numbers for word in words]
    for word in words:
        these = [pair for pair in pairs if pair[2] == word]
        counts = analyse(small, Question("theirs.csv", A, B, these)).json["counts"]
        parts = [counts[name] for name in ("agree", "differ", "only_theirs", "not_compared")]
        assert sum(parts) == counts["pairs"] == len(these), word
        aside = f" ({parts[3]} could not be compared)" if parts[3] else ""
        assert f"has no counterpart for {parts[2]}{aside}; " in said(small, these)


def test_a_pair_that_follows_through_a_third_standard_is_ours_as_it_is_in_overlap() -> None:
    third = "iso3-2030"
    made = graph(
        *(
            standard(key, {"8": None, "8.2": ["+x"], "8.3": ["+y"]}, topics={"8.2": "design", "8.3": "design"})
            for key in (A, B, third)
        ),
        relations=[
            relation(A, third, "8.2 subset-of 8.2 @5", name="f#up"),
            relation(third, B, "8.2 subset-of 8.3 @5", name="g#on"),
        ],
    )
    links = overlap.analyse(made, overlap.Question((A, B))).json["links"]
    assert [link["subject"] for link in links] == [f"{A}:8.2"]
    assert ends(compared(made, ("8.2", "8.3", None))["agree"]) == [("8.2", "8.3")]
    assert ends(compared(made, ("8.3", "8.2", None))["only_ours"]) == [("8.2", "8.3")]
