from __future__ import annotations

from imsmap.analyses.relations import Question, analyse
from imsmap.library.graph import ClauseGraph

A, B = "iso1-2030", "iso2-2030"


def test_the_audit_trail_holds_what_the_core_shows_and_what_is_stated(small: ClauseGraph) -> None:
    entries = analyse(small, Question((A, B))).json["relations"]
    assert [entry["id"] for entry in entries if entry["basis"] == "stated"] == ["buying", "nothing", "weak"]
    core = next(entry for entry in entries if entry["id"] == f"core:{A}:4.1-{B}:4.1")
    assert core["premises"] == ["core:issues"]
    assert core["rationale"].endswith("ISO1:2030, 4.1 has 1 more point, ISO2:2030, 4.1 has 1 more point.")
    assert core["confidence"] == 0.9


def test_every_row_names_its_source(small: ClauseGraph) -> None:
    assert all(entry["source"] and entry["author"] for entry in analyse(small, Question((A, B))).json["relations"])


def test_what_follows_through_a_third_standard_stands_with_its_premises() -> None:
    from tests.building import graph, relation, standard

    third = "iso3-2030"
    made = graph(
        *(standard(key, {"8": None, "8.2": ["+x"]}, topics={"8.2": "design"}) for key in (A, B, third)),
        relations=[
            relation(A, third, "8.2 subset-of 8.2 @5", name="f#up"),
            relation(third, B, "8.2 subset-of 8.2 @5", name="g#on"),
        ],
    )
    report = analyse(made, Question((A, B)))
    (entry,) = report.json["relations"]
    assert (entry["basis"], entry["premises"], entry["relation"]) == ("derived", ["f#up", "g#on"], ["subset-of"])
    assert report.message == "1 relations: 0 from the common core, 0 stated, 1 derived"


def test_what_equal_means_between_disciplines_is_told_where_there_are_several() -> None:
    from tests.building import graph, standard

    for discipline, told in (("environment", True), ("quality", False)):
        made = graph(standard(A, {"4.1": ["=issues"]}), standard(B, {"4.1": ["=issues"]}, discipline=discipline))
        assert ("apart from the discipline" in " ".join(analyse(made, Question((A, B))).notes)) == told


def test_both_sides_are_also_given_as_references_in_clause_order(small: ClauseGraph) -> None:
    entries = {entry["id"]: entry for entry in analyse(small, Question((A, B))).json["relations"]}
    assert entries["buying"]["subject_refs"] == [f"{A}:8.4"]
    assert entries["buying"]["object_refs"] == [f"{B}:8.1"]
    core = entries[f"core:{A}:4.1-{B}:4.1"]
    assert (core["subject_refs"], core["object_refs"]) == ([f"{A}:4.1"], [f"{B}:4.1"])
