"""`imsmap compare-mapping` as people use it: files of equal numbers, of two mappers, and files that can't be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures import Answer
from tests.once import shipped
from tests.work import calls

Command = Callable[..., Answer]
A, B = "iso9001-2015", "iso14001-2015"


def equal_numbers() -> list[str]:
    """Every clause number, of headings and leaf clauses, that both standards have."""
    graph = shipped([A, B])
    numbers = {clause.number for clause in graph.clauses(B)}
    return [clause.number for clause in graph.clauses(A) if clause.number in numbers]


def test_pairing_all_equal_numbers_is_caught_at_the_false_friends_and_at_nothing_else(imsmap: Command) -> None:
    numbers = equal_numbers()
    Path("equal.csv").write_text("subject,object\n" + "".join(f"9001:{n},14001:{n}\n" for n in numbers), "utf-8")
    answer = imsmap("compare-mapping", "equal.csv", "--format", "json")
    values = json.loads(answer.out)
    assert answer.code == 0
    false = ["6.1.2", "8.2", "9.1.2"]
    assert [entry["subject"] for entry in values["false_friends"]] == [f"{A}:{n}" for n in false]
    assert [entry["subject"] for entry in values["only_theirs"]] == [f"{A}:{n}" for n in false]
    assert {entry["subject"] for entry in values["agree"]} == {
        f"{A}:{n}" for n in numbers if n not in (*false, "1", "2", "3")
    }
    assert all(entry["why"] for entry in (*values["only_theirs"], *values["only_ours"]))
    said = " ".join(imsmap("compare-mapping", "equal.csv").out.split())
    assert "It pairs false friends: 6.1.2, 8.2, 9.1.2." in said


def test_two_mappers_get_their_kappa_and_the_list_to_settle(imsmap: Command) -> None:
    Path("one.csv").write_text(
        "subject,object,relation\n9001:4.1,14001:4.1,equal\n9001:4.2,14001:4.2,\n9001:8.2,14001:8.2,\n", "utf-8"
    )
    Path("other.csv").write_text(
        "subject;object;relation\n14001:4.1;9001:4.1;subset\n14001:4.2;9001:4.2;\n", "utf-8-sig"
    )
    turned = imsmap("compare-mapping", "one.csv", "other.csv", "--format", "json")
    assert turned.code == 0
    values = json.loads(turned.out)
    assert values["analysis"] == "agreement"
    assert [entry["subject"] for entry in values["settle"]] == [f"{A}:4.1", f"{A}:8.2"]
    assert values["settle"][0]["second"] == "superset-of"
    assert {entry["relation"] for entry in values["relations"]} >= {"equal-to", "superset-of", "paired"}


@pytest.mark.slow
def test_every_row_that_can_not_be_read_gets_a_line(imsmap: Command) -> None:
    rows = "".join(f"9001:{n}.77,14001:4.1,\n" for n in range(11, 3011))
    Path("bad.csv").write_text(f"subject,object,relation\n{rows}", "utf-8")
    answer = imsmap("compare-mapping", "bad.csv")
    lines = answer.err.splitlines()
    told = [line for line in lines if line.startswith("bad.csv:")]
    assert answer.code == 1
    assert len(told) == 3000
    assert told[0].startswith("bad.csv:2: subject '9001:11.77': no clause 11.77 in ISO 9001:2015")
    assert lines[-1] == "imsmap: 3000 problems; mend them and try again"
    assert "Traceback" not in answer.err


@pytest.mark.slow
def test_what_can_be_read_is_compared_and_the_rest_listed(imsmap: Command) -> None:
    text = "ISO 9001:2015;ISO 14001:2015\n§ 4.1;4.1 Understanding the organization and its context\n8.99;8.1\n8.3.1;—\n"
    Path("theirs.csv").write_text(text, "cp1252")
    answer = imsmap("compare-mapping", "theirs.csv", "--format", "json")
    assert answer.code == 1
    counts = json.loads(answer.out)["counts"]
    assert (counts["pairs"], counts["agree"], counts["none_agreed"]) == (1, 1, 1)
    assert "theirs.csv:3: subject '8.99': no clause 8.99 in ISO 9001:2015" in answer.err
    assert answer.err.splitlines()[-1] == "imsmap: 1 problem; mend it and try again"


@pytest.mark.slow
def test_our_own_links_come_back_in_and_agree(imsmap: Command) -> None:
    assert imsmap("overlap", "9001", "14001", "--table", "links", "-o", "links.csv").code == 0
    assert Path("links.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    answer = imsmap("compare-mapping", "links.csv", "--format", "json")
    counts = json.loads(answer.out)["counts"]
    assert answer.code == 0
    assert counts["pairs"] == len(Path("links.csv").read_text("utf-8-sig").splitlines()) - 1
    assert (counts["differ"], counts["only_ours"]) == (0, 0)


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_answered(imsmap: Command) -> None:
    numbers = [n for n in equal_numbers() if int(n.partition(".")[0]) > 3]
    rows = [f"9001:{numbers[i % len(numbers)]},14001:{numbers[i // 7 % len(numbers)]},\n" for i in range(100_000)]

    def ask(count: int) -> None:
        Path("large.csv").write_text("subject,object,relation\n" + "".join(rows[:count]), "utf-8")
        answer = imsmap("compare-mapping", "large.csv", "--format", "json")
        assert answer.code == 0
        assert json.loads(answer.out)["counts"]["pairs"] == len(set(rows[:count]))

    ask(100_000)
    few, more, most = (calls(lambda count=count: ask(count)) for count in (2000, 4000, 8000))  # type: ignore[misc]
    assert most - more < 2.2 * (more - few)


@pytest.mark.slow
def test_the_same_mapping_in_two_formats_of_other_tools_agrees_with_itself(imsmap: Command) -> None:
    assert imsmap("export", "sssom", "9001", "14001", "-o", "ours.sssom.tsv").code == 0
    assert imsmap("export", "oscal-mapping", "9001", "14001", "-o", "ours.json").code == 0
    assert imsmap("export", "jsonld", "9001", "14001", "-o", "ours.jsonld").code == 0
    pairs = [
        json.loads(imsmap("compare-mapping", name, "--format", "json").out)["counts"]["pairs"]
        for name in ("ours.sssom.tsv", "ours.jsonld")
    ]
    assert pairs[0] == pairs[1]
    answer = imsmap("compare-mapping", "ours.sssom.tsv", "ours.json", "--format", "json")
    values = json.loads(answer.out)
    assert answer.code == 0
    assert values["overall"]["kappa"] == 1
    assert values["settle"] == []
    assert {entry["relation"] for entry in values["relations"]} >= {"subset-of", "intersects-with", "paired"}
    assert "relations of whole standards were passed over" in answer.err
    for one, other in (("ours.mapping.csv", "ours.graphml"), ("ours.olir.xlsx", "ours.mapping.csv")):
        for name in (one, other):
            assert imsmap("export", "9001", "14001", "-o", name).code == 0
        values = json.loads(imsmap("compare-mapping", one, other, "--format", "json").out)
        assert (values["overall"]["kappa"], values["settle"]) == (1, [])


def test_what_our_tables_to_be_read_say_of_points_is_not_compared_as_said_of_clauses(imsmap: Command) -> None:
    # Their references were once read as clauses as people cite them, without the points behind the numbers.
    for name in ("ours.mapping.md", "ours.mapping.csv"):
        assert imsmap("export", "9001:2015", "14001:2015", "-o", name).code == 0
    answer = imsmap("compare-mapping", "ours.mapping.md", "ours.mapping.csv", "--format", "json")
    values = json.loads(answer.out)
    assert (values["overall"]["kappa"], values["settle"], answer.code) == (1, [], 0)
    assert "pairs are said of points or of several clauses together: compared without a relation" in answer.err
