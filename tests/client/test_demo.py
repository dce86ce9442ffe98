"""The invented company of `imsmap new --demo`: complete, and true to the mapping data as it is."""

from __future__ import annotations

import csv
import datetime
import io
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from imsmap.analyses import audit, documents, integration, management_review
from imsmap.client import demo, register, settings
from imsmap.library.graph import ClauseGraph
from imsmap.reasoning.groups import grouped
from imsmap.register import schema
from imsmap.register.cells import Key, Value
from imsmap.register.moving import BEFORE, MOVED
from imsmap.register.questions import SHARED, Questions, questions
from tests.fixtures import Answer
from tests.once import shipped

ROOT = Path(__file__).parents[2]
STANDARDS = ("iso9001-2015", "iso14001-2015")
GRADES = ("Major", "Minor", "Observation")
RESULTS = ("Conforming", "Not conforming", "Not applicable", "Not seen")
TEXT, DAY = str, datetime.date

# What people fill, sheet by sheet: a kind, or the words that its list offers.
FIELDS: dict[str, dict[str, type | tuple[str, ...]]] = {
    "requirements": {
        "applies": ("Applies", "Partly", "Not applicable"), "justification": TEXT, "process": TEXT, "document": TEXT,
        "owner": TEXT, "evidence": TEXT,
        "status": ("Conforming", "Partial", "Not conforming", "Not applicable", "Not assessed"),
        "gap": TEXT, "severity": GRADES, "action": TEXT, "due": DAY, "verified_by": TEXT, "verified_on": DAY,
        "consultant_note": TEXT, "client_note": TEXT, "assessor_note": TEXT,
    },
    "documents": {
        "document": TEXT, "document_id": TEXT, "version": TEXT, "owner": TEXT, "location": TEXT, "review": DAY,
        "retention": TEXT,
    },
    "actions": {
        "effort": ("S", "M", "L", "XL"), "status": ("Open", "In progress", "Done", "Verified"), "closure": TEXT,
        "verified_by": TEXT, "note": TEXT,
    },
    "audit": {
        "process": TEXT, "evidence_seen": TEXT, "result_iso9001-2015": RESULTS, "result_iso14001-2015": RESULTS,
        "grade": GRADES, "finding": TEXT, "auditor": TEXT, "date": DAY,
    },
    "processes": {"all": ("yes",)},
    "management_review": {"owner": TEXT, "source": TEXT, "decision": TEXT, "action": TEXT},
    "integration": {"degree": ("None", "Partly", "Mostly", "Fully"), "evidence": TEXT, "note": TEXT},
}  # fmt: skip
CELLS = demo.cells()


@cache
def graph() -> ClauseGraph:
    return shipped(STANDARDS)


@cache
def leaves() -> frozenset[str]:
    return frozenset(leaf.ref for key in STANDARDS for leaf in graph().leaves(key))


@cache
def points() -> frozenset[str]:
    return frozenset(ref for ref, _ in graph().points(leaves()))


@cache
def asked() -> Questions:
    return questions(grouped(graph(), STANDARDS))


def known_rows() -> dict[str, frozenset[str]]:
    """The rows that the workbook has on each sheet, from the data as it is."""
    tables = {
        "documents": documents.analyse(graph(), documents.Question(STANDARDS)).tables[0],
        "audit": audit.analyse(graph(), audit.Question(STANDARDS)).tables[0],
        "management_review": management_review.analyse(graph(), management_review.Question(STANDARDS)).tables[0],
        "integration": integration.analyse(graph(), integration.Question(STANDARDS)).tables[0],
    }
    actions = {f"action:{key.row}" for key in CELLS if key.sheet == "requirements" and key.field == "action"}
    return {
        "requirements": points(),
        "actions": frozenset(actions),
        "processes": leaves(),
        **{name: frozenset(row.id for row in table.rows) for name, table in tables.items()},
    }


def column(sheet: str, field: str) -> dict[str, Value]:
    return {key.row: value for key, value in CELLS.items() if key.sheet == sheet and key.field == field}


def processes() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(demo.files()["processes.csv"].decode())))


def marks(process: dict[str, str]) -> dict[str, str]:
    return dict(entry.split("=") for entry in process["clauses"].split("; "))


def overdue(day: datetime.date) -> list[str]:
    status = column("actions", "status")
    due = column("requirements", "due")
    return [row for row, d in due.items() if d < day and status[f"action:{row}"] in ("Open", "In progress")]  # type: ignore[operator]


def test_every_row_is_one_of_the_data_or_one_that_people_added():
    known = known_rows()
    assert {sheet for sheet, _, _ in CELLS} == set(FIELDS)
    added = set(column("documents", "document")) - known["documents"]
    shared = {question.id for question in asked()}
    strangers = {
        key for key in CELLS
        if key.row not in {*known[key.sheet], *shared, "@rows"} and not (key.sheet == "documents" and key.row in added)
    }  # fmt: skip
    assert strangers == set()
    under = {key.field: value for key, value in CELLS.items() if key.row == "@rows"}
    assert under.keys() == added
    assert all(re.fullmatch(r"new:[0-9a-f]{12}", row) for row in added)
    assert set(under.values()) <= known["documents"]


def test_every_row_of_the_data_is_filled():
    known = known_rows()
    for sheet, field in (("requirements", "status"), ("documents", "document"), ("management_review", "decision"),
                         ("integration", "degree")):  # fmt: skip
        assert known[sheet] - column(sheet, field).keys() <= {"iso9001-2015:8.5.3#loss-documented"}, sheet
    assert column("requirements", "status").keys() == points()
    audited = column("audit", "result_iso9001-2015").keys() | column("audit", "result_iso14001-2015").keys()
    assert {row for row in known["audit"] if not row.startswith("main-")} == audited


def test_a_verdict_is_given_for_the_standards_that_the_question_is_for():
    table = audit.analyse(graph(), audit.Question(STANDARDS)).tables[0]
    letters = [column.key for column in table.columns].index("letters")
    asked = {row.id: row.cells[letters] for row in table.rows if not row.id.startswith("main-")}
    for letter, standard in zip("QE", STANDARDS, strict=True):
        verdicts = column("audit", f"result_{standard}").keys()
        assert {row for row, found in asked.items() if letter in str(found)} == verdicts, standard


def test_the_workbook_has_these_columns_and_offers_these_words():
    described = [schema.Called(key, key, key) for key in STANDARDS]
    tables = {
        "requirements": schema.REQUIREMENTS, "documents": schema.DOCUMENTS, "actions": schema.ACTIONS,
        "audit": schema.audit(described), "processes": schema.processes(()), "integration": schema.INTEGRATION,
        "management_review": schema.MANAGEMENT_REVIEW,
    }  # fmt: skip
    assert tables.keys() == FIELDS.keys()
    for sheet, table in tables.items():
        # What only a move to another edition fills is no field of a new project.
        fields = {field.key: field for field in table if field.owner == "user" and field.key not in (MOVED, BEFORE)}
        assert fields.keys() == FIELDS[sheet].keys(), sheet
        for key, kind in FIELDS[sheet].items():
            assert (fields[key].kind == "date") == (kind is DAY), key
            words = kind if isinstance(kind, tuple) else ()
            assert set(fields[key].choices) <= set(words), key
            assert bool(fields[key].choices) == bool(words), key


@pytest.mark.parametrize("sheet", FIELDS)
def test_every_field_is_one_that_people_fill_and_holds_what_belongs_there(sheet: str):
    for key, value in CELLS.items():
        if key.sheet != sheet or key.row == "@rows":
            continue
        name = key.field.removeprefix("comment:")
        kind = TEXT if key.field.startswith("comment:") else FIELDS[sheet][name]
        assert name in FIELDS[sheet], key
        if isinstance(kind, tuple):
            assert value in kind, key
        else:
            assert type(value) is kind, key
        assert not isinstance(value, str) or value == value.strip() != "", key
        assert "%" not in str(value), key


def test_a_status_has_what_goes_with_it():
    gaps = column("requirements", "gap")
    for field in ("severity", "action", "due"):
        assert column("requirements", field).keys() == gaps.keys(), field
    assert {f"action:{row}" for row in gaps} == column("actions", "status").keys() == column("actions", "effort").keys()
    applies, why = column("requirements", "applies"), column("requirements", "justification")
    for row, status in column("requirements", "status").items():
        assert (status == "Not applicable") == (applies[row] == "Not applicable"), row
        assert (row in why) == (applies[row] != "Applies"), row
        if status in ("Partial", "Not conforming"):
            assert row in gaps, row
        if status in ("Conforming", "Partial", "Not conforming"):
            assert row in column("requirements", "evidence"), row


def test_what_both_standards_ask_for_is_answered_once_where_the_answers_agree():
    assert asked().joined(CELLS) == CELLS
    shared = [question for question in asked() if question.is_shared]
    for question in shared:
        verdicts = {key.field for key in CELLS if key.row == question.id} - set(SHARED)
        assert verdicts == set(), question.id
    assert all(asked().effective(CELLS, point, "owner") is not None for point in points())


def test_only_the_standard_that_allows_it_has_requirements_that_do_not_apply():
    rows = [row for row, value in column("requirements", "applies").items() if value == "Not applicable"]
    assert rows
    assert {row.partition(":")[0] for row in rows} == {"iso9001-2015"}


def test_nothing_is_copied_from_point_to_point():
    again = [text for text, count in Counter(column("requirements", "evidence").values()).items() if count > 1]
    assert again == []
    for field in ("gap", "action"):
        found = column("requirements", field)
        assert len(set(found.values())) == len(found), field


def test_no_date_contradicts_another():
    status, verified = column("actions", "status"), column("requirements", "verified_on")
    for row in column("requirements", "gap"):
        if status[f"action:{row}"] == "Verified":
            assert row in verified, row
        if row in verified:
            assert column("requirements", "status")[row] == "Conforming", row
    assert max(verified.values()) <= demo.AS_OF  # type: ignore[type-var, operator]
    assert max(column("audit", "date").values()) <= demo.AS_OF  # type: ignore[type-var, operator]
    years = {day.year for day in column("requirements", "due").values()}  # type: ignore[union-attr]
    assert years == {2026, 2027}
    assert overdue(demo.AS_OF)
    assert overdue(datetime.date(2026, 9, 1)) == []


def test_processes_name_leaf_clauses_and_leave_two_holes_for_the_checks():
    found = processes()
    assert 8 <= len(found) <= 12
    assert [process["id"] for process in found if not process["owner"]] == ["delivery"]
    touched = {ref for process in found for ref in marks(process)}
    assert touched <= leaves()
    assert leaves() - touched == {"iso9001-2015:7.1.6"}
    assert {mark for process in found for mark in marks(process).values()} == {"P", "S", "·"}
    for process in found:
        assert process["kind"] in ("management", "core", "support")
        assert all(process[name] for name in ("name", "purpose", "inputs", "outputs", "measures"))


def test_requirements_name_processes_owners_and_documents_that_there_are():
    assert set(column("requirements", "process").values()) == {process["name"] for process in processes()}
    assert set(column("audit", "process").values()) <= {process["name"] for process in processes()}
    names, numbers = column("documents", "document"), column("documents", "document_id")
    assert set(column("requirements", "document").values()) <= set(names.values())
    named = {(numbers[row], name) for row, name in names.items() if row in numbers}
    assert len(named) == len(dict(named)) == len({name for _, name in named}) > 25
    owners = {process["owner"] for process in processes() if process["owner"]}
    people = {str(owner) for owner in column("requirements", "owner").values()}
    assert people - owners == {"Hal Imrie, finance manager"}


def test_links_lead_to_files_of_the_project_but_for_one_that_the_check_finds():
    places = set(column("documents", "location").values())
    assert places - demo.files().keys() == {"documents/Z-042-audit-programme-2025-to-2027.md"}
    assert {place for place in demo.files() if place.startswith("documents/")} <= places


def test_the_project_is_read_as_any_other(tmp_path: Path):
    for place, content in demo.files().items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    project = settings.read(tmp_path)
    assert project.standards == STANDARDS
    assert project.notices == ()
    assert "invented" in project.client
    assert tomllib.loads(demo.files()["imsmap.toml"].decode()).keys() <= {*settings._KEYS}
    assert register.read(tmp_path).cells == CELLS
    with register.writing(tmp_path, "2026-11-25", "a test") as writer:
        before = {path.name: path.read_bytes() for path in (tmp_path / "register").glob("*.jsonl")}
        assert writer.commit("demo", CELLS) is None
    # The files are as imsmap writes them: bringing them up to the history leaves every byte.
    assert {f"register/{name}": content for name, content in before.items()} == {
        place: content for place, content in demo.files().items() if place.startswith("register/")
    }


def test_files_are_data_only_and_the_logo_is_a_picture():
    assert not [place for place in demo.files() if place.endswith((".py", ".pyc"))]
    assert {"imsmap.toml", "processes.csv", "brand/logo.png", "brand/logo.svg"} <= demo.files().keys()
    with Image.open(io.BytesIO(demo.files()["brand/logo.png"])) as picture:
        assert picture.width > 2 * picture.height > 400


def test_cells_have_the_keys_of_the_files():
    lines = sum(content.count(b"\n") - 1 for place, content in demo.files().items() if place.endswith(".jsonl"))
    assert len(CELLS) == lines
    assert Key("requirements", "iso9001-2015:4.1#issues", "status") in CELLS


# --- on the way to a third standard ----------------------------------------------------------------------------------

THREE = (*STANDARDS, "iso45001-2018")


@cache
def whole() -> ClauseGraph:
    return shipped(THREE)


def test_the_demo_of_three_answers_each_requirement_and_clause_of_the_third():
    third = {key: value for key, value in demo.cells(THREE).items() if key not in CELLS}
    refs = {ref for leaf in whole().leaves(THREE[2]) for ref, _ in whole().points((leaf.ref,))}
    status = {key.row: value for key, value in third.items() if (key.sheet, key.field) == ("requirements", "status")}
    assert status.keys() == refs
    assert Counter(status.values()).keys() == set(schema.STATUS) - {"Not applicable"}
    evidence = {key.row for key in third if key.field == "evidence"}
    assert evidence == {row for row, said in status.items() if said != "Not assessed"}
    asked_of = questions(grouped(whole(), THREE))
    cells = demo.cells(THREE)
    assert all(asked_of.effective(cells, ref, "owner") for ref in refs)
    gaps = {key.row for key in third if key.field == "gap"}
    assert {key.row for key in third if key.sheet == "actions"} == {f"action:{row}" for row in gaps}
    assert gaps == {row for row, said in status.items() if said in ("Partial", "Not conforming")}
    for_all = {"audit", "management_review", "integration"}
    assert CELLS.keys() <= cells.keys()
    assert {key.sheet for key, value in CELLS.items() if cells[key] != value} == for_all
    # What was seen and found for two stands before what was for the third.
    assert all(
        str(cells[key]).startswith(str(CELLS[key])) for key in CELLS if key.field in ("evidence_seen", "finding")
    )


def test_the_third_standard_has_its_verdicts_in_the_checklist_and_its_rows_in_review_and_integration():
    cells = demo.cells(THREE)
    table = audit.analyse(whole(), audit.Question(THREE)).tables[0]
    places = {column.key: place for place, column in enumerate(table.columns)}
    asked_for = {
        row.id for row in table.rows
        if not row.id.startswith("main-") and "S" in str(row.cells[places["letters"]])
    }  # fmt: skip
    results = {key.row: value for key, value in cells.items() if key.field == f"result_{THREE[2]}"}
    assert results.keys() == asked_for
    assert set(results.values()) <= set(RESULTS)
    told = {
        field: {key.row for key in cells if key.sheet == "audit" and key.field == field} for field in FIELDS["audit"]
    }
    missed = {row for row, result in results.items() if result == "Not conforming"}
    assert missed <= told["finding"] & told["grade"] & told["evidence_seen"] & told["auditor"] & told["date"]
    assert all("S: " in str(cells[Key("audit", row, "finding")]) for row in missed)
    for sheet, field, report in (
        ("management_review", "decision", management_review.analyse(whole(), management_review.Question(THREE))),
        ("integration", "degree", integration.analyse(whole(), integration.Question(THREE))),
    ):
        rows = {row.id for row in report.tables[0].rows if not row.heading}
        assert rows <= {key.row for key in cells if (key.sheet, key.field) == (sheet, field)}, sheet


def test_what_the_third_standard_lacks_is_no_conforming_result_of_the_checklist():
    cells = demo.cells(THREE)
    grouping = grouped(whole(), THREE)
    open_ = {
        grouping.home[key.row.partition("#")[0]]
        for key, value in cells.items()
        if key.sheet == "requirements" and key.field == "status" and key.row.startswith(THREE[2])
        and value in ("Partial", "Not conforming")
        and cells[Key("requirements", key.row, "severity")] != "Observation"
    }  # fmt: skip
    results = {key.row: value for key, value in cells.items() if key.field == f"result_{THREE[2]}"}
    assert {row for row, result in results.items() if result == "Not conforming"} == open_


def test_the_processes_of_three_are_those_of_two_with_one_more_and_answer_for_every_clause_of_the_third():
    two, three = (
        {row["id"]: row for row in csv.DictReader(io.StringIO(demo.files(held)["processes.csv"].decode()))}
        for held in (STANDARDS, THREE)
    )
    assert three.keys() - two.keys() == {"safety"}
    for id_, row in two.items():
        assert {**three[id_], "clauses": ""} == {**row, "clauses": ""}
        assert three[id_]["clauses"].startswith(row["clauses"])
    primary = re.findall(r"iso45001-2018:([0-9.]+)=P", " ".join(row["clauses"] for row in three.values()))
    assert sorted(primary) == sorted(leaf.number for leaf in whole().leaves(THREE[2]))
    places = {value for key, value in demo.cells(THREE).items() if key.field == "location"}
    assert {place for place in demo.files(THREE) if place.startswith("documents/")} <= places


def test_there_is_no_demo_of_other_standards(imsmap: Callable[..., Answer], tmp_path: Path):
    answer = imsmap("new", tmp_path / "d", "--demo", "9001", "50001")
    assert answer.code == 2
    assert "there is no demo of iso9001-2015 iso50001-2018; leave the standards out, or write" in answer.err
    assert not (tmp_path / "d").exists()
    assert imsmap("new", tmp_path / "d", "--demo", "45001", "9001", "14001").code == 0
    assert settings.read(tmp_path / "d").standards == THREE
