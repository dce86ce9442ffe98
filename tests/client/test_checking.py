"""What the check of a project finds: each thing at its line, and wrong apart from still to do."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from attrs import evolve

from imsmap.client import processes, register
from imsmap.client.checking import find_in_project
from imsmap.client.standing import standing
from imsmap.library.editions import Origin
from imsmap.library.graph import ClauseGraph
from imsmap.register.cells import Cells, Formula, Key, Value
from tests.building import graph, standard

Q, E = "iso9001-2015", "iso14001-2015"
WHEN = "2026-11-25T10:00:00"
CSV = f"id,name,owner,clauses\nbuy,Buy,Ann,{Q}:8.4=P\nsell,Sell,,\n"


GRAPH = graph(
    standard(
        Q, {"8": None, "8.3": ["+design"], "8.4": ["=controlled"]}, topics={"8.3": "design"},
        documented={"controlled": "retain"}, not_applicable=["*"],
    ),
    standard(E, {"8.1": ["=controlled"]}, discipline="environment", documented={"controlled": "retain"}),
)  # fmt: skip
DOCUMENT = "core-controlled"
SOUND: Cells = {
    Key("documents", DOCUMENT, "document"): "Handbook",
    Key("processes", f"{Q}:8.3", "all"): "yes",
    Key("processes", f"{Q}:8.4", "process:buy"): "P",
    Key("processes", f"{E}:8.1", "process:sell"): "s",
}
SOUND_CSV = f"id,name,owner,clauses\nbuy,Buy,Ann,{Q}:8.4=P\nsell,Sell,Bob,{E}:8.1=S\n"


def found(root: Path, cells: Cells, csv: str = SOUND_CSV) -> tuple[list[str], list[str]]:
    """Check a project that holds these cells and processes; gives what is wrong and what is to do."""
    with register.writing(root, WHEN, "tester") as writer:
        writer.commit("import", cells)
    listed = processes.parse(csv.encode())
    state = standing(GRAPH, (Q, E), cells, listed, datetime.date(2031, 1, 2))
    findings = find_in_project(root, cells, listed, GRAPH, (Q, E), state)
    return [str(f.problem) for f in findings if f.wrong], [str(f.problem) for f in findings if not f.wrong]


def with_(**changes: Value) -> Cells:
    row = {"point": f"{Q}:8.3#design", "other": f"{E}:8.1#controlled"}
    return {
        **SOUND,
        **{Key("requirements", row[name.split("_")[0]], name.split("_")[1]): value for name, value in changes.items()},
    }


def test_a_date_with_several_readings_is_said_to_be_late_where_each_is_over(tmp_path: Path):
    said = "may be {0}, under Due; write the one that is meant"
    (wrong,), _ = found(tmp_path, with_(point_action="Draw", point_due="04/05/2030"))
    assert wrong.endswith(said.format("2030-04-05 or 2030-05-04") + "; it counts as late, since each of these is over")
    (wrong,), _ = found(tmp_path, with_(point_action="Draw", point_due="04/05/2031"))
    assert wrong.endswith(said.format("2031-04-05 or 2031-05-04"))


def test_a_sound_project_has_nothing_to_tell(tmp_path: Path):
    assert found(tmp_path, SOUND) == ([], [])


def test_a_verdict_in_the_row_of_a_shared_question_counts_for_no_standard_and_is_told(tmp_path: Path):
    cells = {
        **SOUND,
        Key("requirements", "core:controlled", "owner"): "Ann",
        Key("requirements", "core:controlled", "status"): "Conforming",
        Key("requirements", "core:controlled", "own:Plant"): "Ulm",
    }
    assert found(tmp_path, cells) == (
        [
            "register/requirements.jsonl:4: Status 'Conforming' stands in the row that ISO9001:2015, 8.4 and "
            "ISO14001:2015, 8.1 share, and counts for none of them; write it into the rows beneath, for each standard "
            "by itself"
        ],
        [],
    )


def test_a_clause_without_process_and_a_process_without_owner_or_clause_are_to_do(tmp_path: Path):
    cells = {key: value for key, value in SOUND.items() if key.sheet != "processes"}
    cells[Key("processes", f"{Q}:8.4", "process:buy")] = "P"
    assert found(tmp_path, cells, CSV) == (
        [],
        [
            "processes.csv: ISO9001:2015, 8.3 Clause 8.3: no process answers for it",
            "processes.csv: ISO14001:2015, 8.1 Clause 8.1: no process answers for it",
            "processes.csv:3: Sell: has no owner",
            "processes.csv:3: Sell: answers for no clause",
        ],
    )


def test_a_mark_of_a_process_that_is_gone_fills_no_hole(tmp_path: Path):
    assert found(tmp_path, SOUND, CSV.replace("buy,", "purchase,").partition("sell")[0])[1] == [
        "processes.csv: ISO9001:2015, 8.4 Clause 8.4: no process answers for it",
        "processes.csv: ISO14001:2015, 8.1 Clause 8.1: no process answers for it",
        "processes.csv:2: Buy: answers for no clause",
    ]


def test_without_any_process_that_is_said_once(tmp_path: Path):
    assert found(tmp_path, SOUND, "id,name\n")[1] == [
        "processes.csv: names no process yet; an auditor begins with them"
    ]


def test_not_applicable_needs_a_justification_and_is_told_at_its_line(tmp_path: Path):
    wrong, _ = found(tmp_path, with_(point_applies="Not applicable"))
    assert wrong == [
        "register/requirements.jsonl:2: ISO9001:2015, 8.3 (design) is held not applicable without a justification; "
        "write one"
    ]
    assert found(tmp_path, with_(point_applies="not  APPLICABLE", point_justification="No design"))[0] == []
    assert len(found(tmp_path, with_(point_status=Formula("=A1", "Not applicable")))[0]) == 1
    assert found(tmp_path, with_(point_status="Conforming"))[0] == []


def test_a_heading_that_is_not_applicable_is_told_once_for_all_beneath_it(tmp_path: Path):
    above = {Key("requirements", "main:8", "applies"): "Not applicable"}
    wrong, open_ = found(tmp_path, SOUND | above)
    assert wrong == [
        "register/requirements.jsonl:2: the main clause 8 is held not applicable without a justification; write one"
    ]
    assert open_ == [
        "register/requirements.jsonl:2: the main clause 8: ISO14001:2015 does not let 1 requirement beneath it be held "
        "not applicable: it stays in scope; say how it is met"
    ]
    reason = {Key("requirements", "main:8", "justification"): "No operation"}
    again = {Key("requirements", f"{Q}:8.3#design", "status"): "Partial"}
    assert "the main clause 8 is held not applicable, and Status says 'Partial' here" in "".join(
        found(tmp_path / "x", SOUND | above | reason | again)[1]
    )


def test_a_verdict_beside_a_heading_counts_for_nothing_and_is_told(tmp_path: Path):
    cells = {Key("requirements", "main:8", "status"): "Conforming", Key("requirements", f"{Q}:8", "action"): "Look"}
    cells |= {Key("requirements", "topic:design", "owner"): "Ann", Key("requirements", "main:8", "client_note"): "Ok"}
    assert found(tmp_path, SOUND | cells) == (
        [
            f"register/requirements.jsonl:{line} stands beside {where}, and counts for nothing; write it into the rows "
            "beneath"
            for line, where in (
                ("2: Action 'Look'", "ISO9001:2015, 8"),
                ("4: Status 'Conforming'", "the main clause 8"),
            )
        ],
        [],
    )


def test_not_applicable_is_wrong_where_the_standard_does_not_allow_it(tmp_path: Path):
    wrong, _ = found(tmp_path, with_(other_applies="Not applicable", other_justification="No wish"))
    assert wrong == [
        "register/requirements.jsonl:2: ISO14001:2015, 8.1 (controlled): ISO14001:2015 lets no requirement be held "
        "not applicable; say how it is met"
    ]


def test_what_applies_and_status_say_against_each_other_is_still_to_mend(tmp_path: Path):
    cells = with_(point_applies="Partly", point_status="Not applicable", point_justification="x")
    assert found(tmp_path, cells) == (
        [],
        [
            "register/requirements.jsonl:4: ISO9001:2015, 8.3 (design): Applies says 'Partly', and Status 'Not "
            "applicable': Applies counts; mend the other"
        ],
    )


def test_answers_off_their_list_and_dates_that_are_none_are_wrong(tmp_path: Path):
    cells = {
        **with_(point_status="fine", point_due="in May", point_action="Look"),
        Key("actions", "new:1", "status"): "almost",
        Key("processes", f"{Q}:8.3", "all"): "everybody",
    }
    wrong, _ = found(tmp_path, cells)
    assert wrong == [
        "register/requirements.jsonl:4: ISO9001:2015, 8.3 (design): 'fine' is not understood, under Status; write "
        "Conforming, Partial, Not conforming, Not applicable or Not assessed",
        "register/requirements.jsonl:3: ISO9001:2015, 8.3 (design): 'in May' is no date, under Due; write it as "
        "2026-03-01",
        "register/actions.jsonl:2: an action of yours: 'almost' is not understood, under Status; write Open, In "
        "progress, Done or Verified",
        "register/processes.jsonl:3: ISO9001:2015, 8.3: 'everybody' is not understood, under All; write yes",
    ]


def test_a_clause_that_does_not_apply_needs_no_process(tmp_path: Path):
    cells = {**with_(point_applies="Not applicable", point_justification="No design")}
    del cells[Key("processes", f"{Q}:8.3", "all")]
    assert found(tmp_path, cells) == ([], [])


def test_documented_information_is_named_on_either_sheet(tmp_path: Path):
    bare = {key: value for key, value in SOUND.items() if key.sheet != "documents"}
    bare[Key("documents", DOCUMENT, "owner")] = "Ann"
    said = "no document or record is named for: Proof of controlled"
    assert found(tmp_path, bare)[1] == [f"register/documents.jsonl:2: ISO9001:2015, 8.4, ISO14001:2015, 8.1: {said}"]
    bare[Key("requirements", f"{Q}:8.4#controlled", "document")] = "Handbook"
    assert found(tmp_path, bare)[1] == [f"register/documents.jsonl:2: ISO14001:2015, 8.1: {said}"]
    bare[Key("requirements", f"{E}:8.1#controlled", "document")] = "Handbook"
    assert found(tmp_path, bare)[1] == []


@pytest.mark.parametrize(
    ("place", "dead"),
    [
        ("documents/a.md", False),
        ("documents\\a.md", False),
        ("documents/a.md#part", False),
        ("documents/b.md", True),
        ("b.docx", True),
        ("documents/", False),
        ("papers/", True),
        ("Cabinet 3, second shelf", False),
        ("https://example.org/a.md", False),
        ("\\\\server\\a.md", False),
        ("C:\\a.md", False),
        ("mailto:a@example.org", False),
    ],
)
def test_a_link_to_a_file_that_is_not_there_is_wrong(tmp_path: Path, place: str, dead: bool):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.md").touch()
    wrong, _ = found(tmp_path, {**SOUND, Key("documents", DOCUMENT, "location"): place})
    assert wrong == (
        [f"register/documents.jsonl:3: there is no file {place!r} in the project; put it there, or mend the link"]
        if dead
        else []
    )


def test_marks_on_headings_unknown_clauses_and_words_that_are_none_are_wrong(tmp_path: Path):
    csv = SOUND_CSV.replace(f"{Q}:8.4=P", f"{Q}:8.4=P; {Q}:8=P; {Q}:9.9=S; iso45001-2018:4.1=P")
    wrong, _ = found(tmp_path, {**SOUND, Key("processes", f"{Q}:8.3", "process:buy"): "perhaps"}, csv)
    assert wrong == [
        "register/processes.jsonl:4: ISO9001:2015, 8.3: 'perhaps' is no mark; write P, S or ·",
        "processes.csv:2: Buy: ISO9001:2015, 8 is a heading; name the leaf clauses under it",
        "processes.csv:2: Buy: ISO9001:2015, 9.9 is no clause",
    ]


def test_answers_that_no_row_shows_and_open_conflicts_are_told(tmp_path: Path):
    cells = {
        **SOUND,
        Key("requirements", f"{Q}:8.4#gone", "owner"): "Ann",
        Key("requirements", "new:1234", "owner"): "Ann",
        Key("requirements", "@rows", "new:1234"): f"{Q}:8.4#controlled",
    }
    for field, value in {"number": 1, "state": "open", "sheet": "a", "row": "b", "field": "c"}.items():
        cells[Key("@conflicts", "abc", field)] = value
    assert found(tmp_path, cells)[1] == [
        "register/conflicts.jsonl: 1 conflict is open; imsmap import --conflicts lists what waits",
        f"register/requirements.jsonl:3: {Q}:8.4#gone: these answers belong to a row that is not in the workbook; they "
        "are kept",
    ]


def two_editions() -> ClauseGraph:
    """Give two editions of a standard, of which the newer took over 8.3 as 8.5, and 8.4 in parts."""
    new = "iso9001-2031"
    held = graph(
        standard(Q, {"8": None, "8.3": ["+design"], "8.4": ["+bought", "+checked"]}, topics={"8.3": "design"}),
        standard(new, {"8": None, "8.4": ["+bought"], "8.5": ["+design", "+checked"]}, topics={"8.5": "design"}),
    )
    origins = {"bought": "8.4#bought", "design": "8.3#design", "checked": "8.4#checked"}
    later = held.standard(new)
    clauses = tuple(
        evolve(clause, points=tuple(evolve(p, from_=(Origin(origins[p.id], "same"),)) for p in clause.points))
        for clause in later.clauses
    )
    standards = (held.standard(Q), evolve(later, revises=Q, clauses=clauses))
    return ClauseGraph(evolve(held.library, standards=standards))


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        (f"{Q}:8.3=S; 8.4=P", ["iso9001-2031:8.4=P; 8.5=P"]),
        (f"{Q}:8.3=S", ["iso9001-2031:8.5=S"]),
        (f"{Q}:8.3=S; iso9001-2031:8.4=S", []),
        ("iso9001-2031:8.4=S", []),
    ],
)
def test_a_process_without_marks_in_an_edition_beside_the_old_one_is_told_what_they_are_there(
    tmp_path: Path, clauses: str, told: list[str]
):
    held, keys = two_editions(), (Q, "iso9001-2031")
    csv = f"id,name,owner,clauses\nbuy,Buy,Ann,{clauses}\n"

    def named(text: str, before: str) -> processes.Named:
        key, _, number = text.rpartition(":")
        return processes.Named((f"{key or before}:{number}",), key or before)

    listed = processes.parse(csv.encode(), named)
    state = standing(held, keys, {}, listed, datetime.date(2031, 1, 2))
    lines = [str(one.problem) for one in find_in_project(tmp_path, {}, listed, held, keys, state)]
    assert [line.rpartition("there: ")[2] for line in lines if "none of" in line] == told
    # What is told can be written as it stands.
    if told:
        again = processes.parse(csv.replace(clauses, f'"{clauses}; {told[0]}"').encode(), named)
        state = standing(held, keys, {}, again, datetime.date(2031, 1, 2))
        found = find_in_project(tmp_path, {}, again, held, keys, state)
        assert not any("none of" in one.problem.message for one in found)


def test_a_finding_without_a_standard_that_is_not_met_is_wrong(tmp_path: Path):
    graded = Key("audit", "design", "grade")
    said: Cells = {graded: "Major", Key("audit", "design", f"result_{Q}"): "Conforming"}
    (wrong,) = found(tmp_path, {**SOUND, **said})[0]
    assert wrong.endswith(
        "'Major' is graded, and no standard's verdict says that it is not met; say of which standard: Not conforming"
    )
    assert found(tmp_path, {**SOUND, **said, Key("audit", "design", f"result_{E}"): "nok"})[0] == []
