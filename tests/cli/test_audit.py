"""`imsmap audit plan` in a project: the programme, what it can't cover, and the checklist of a session."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exporters.excel.reading import load
from tests.fixtures import Answer
from tests.returned import written

Command = Callable[..., Answer]
DAY = ("--date", "2026-11-25")
AUDIT = """
[audit]
begins = "2027-01"
[audit.auditors]
"Ann Archer" = ["9001:9.2", "14001:9.2"]
"Ben Barker" = []
[audit.risk]
Make = "High"
"""


@pytest.fixture
def job(imsmap: Command, two_standards: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run commands in a project with two processes that answer for everything but one clause."""

    def command(*words: object) -> Answer:
        return imsmap(*words, mappings=two_standards)

    assert command("new", "job", "--client", "Harbour Coatings", "9001:2015", "14001:2015").code == 0
    monkeypatch.chdir("job")
    Path("processes.csv").write_text(
        "id,name,owner,kind,clauses\n"
        "make,Make,Ann Archer,core,9001:8=P; 14001:8=P\n"
        'lead,Lead,,management,"9001:4, 5, 6, 7.1.1-7.1.5, 7.2-7.5, 9, 10=P; 14001:4, 5, 6, 7, 9, 10=P"\n',
        "utf-8",
    )
    return command


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for the project whose workbook of the audit went out: made by the first test, copied by others."""
    return tmp_path_factory.mktemp("kept") / "job"


@pytest.fixture
def sent(job: Command, kept: Path) -> bytes:
    """Send the workbook of the audit, with its programme, out of the project."""
    if not kept.exists():
        Path("imsmap.toml").write_text(Path("imsmap.toml").read_text("utf-8") + AUDIT, "utf-8")
        assert job("build", "--variant", "audit", *DAY).code == 0
        shutil.copytree(".", kept)
    shutil.copytree(kept, ".", dirs_exist_ok=True)
    (workbook,) = Path("output").glob("*/*.xlsx")
    return workbook.read_bytes()


def test_without_auditors_it_says_what_to_write(job: Command):
    answer = job("audit", "plan")
    assert answer.code == 2
    assert "[audit.auditors]" in answer.err
    assert "Traceback" not in answer.err


def test_the_programme_tells_what_it_covers_and_which_clause_it_can_not(job: Command):
    Path("imsmap.toml").write_text(Path("imsmap.toml").read_text("utf-8") + AUDIT, "utf-8")
    answer = job("audit", "plan", *DAY)
    assert answer.code == 1
    assert "4 sessions in 36 months cover 96 of 97 leaf clauses" in " ".join(answer.out.replace("\u00a0", " ").split())
    assert "no session covers 1 clause; why: imsmap audit plan --table uncovered" in answer.err
    found = json.loads(job("audit", "plan", "--format", "json", *DAY).out)
    assert found["analysis"] == "audit-plan"
    by_process = {one["process"]: one["auditor"] for one in found["sessions"]}
    assert by_process == {"make": "Ben Barker", "lead": "Ben Barker"}
    assert [one["clause"]["number"] for one in found["clauses"] if not one["sessions"]] == ["7.1.6"]
    assert found["fewest"]["processes"] == ["make"]


def test_the_checklist_of_a_session_asks_each_question_once_and_only_about_its_clauses(job: Command):
    Path("imsmap.toml").write_text(Path("imsmap.toml").read_text("utf-8") + AUDIT, "utf-8")
    found = json.loads(job("audit", "plan", "--session", "1", "--format", "json", *DAY).out)
    cited = {clause["number"] for one in found["questions"] for at in one["clauses"].values() for clause in at}
    assert cited
    assert all(number.startswith("8.") for number in cited)
    assert len({one["id"] for one in found["questions"]}) == len(found["questions"])
    assert any(len(one["letters"]) == 2 for one in found["questions"])
    answer = job("audit", "plan", "--session", "9", *DAY)
    assert answer.code != 0
    assert "there is no session 9; they go from 1 to 4" in answer.err


@pytest.mark.slow
def test_risk_said_on_the_sheet_comes_back_and_the_programme_follows(job: Command, sent: bytes):
    back = written(sent, "Programme", {"lead": {"Risk": "medium", "Last result": "Major"}}, beside="Risk")
    Path("back.xlsx").write_bytes(back)
    assert "2 cells changed" in job("import", "back.xlsx").out
    found = json.loads(job("audit", "plan", "--format", "json", *DAY).out)
    (lead,) = (one for one in found["processes"] if one["id"] == "lead")
    assert (lead["risk"], lead["last_result"], lead["every"]) == ("Medium", "Major", 12)
    assert len(lead["sessions"]) == 3
    Path("imsmap.toml").write_text(Path("imsmap.toml").read_text("utf-8").replace("Make = ", "Mak = "), "utf-8")
    answer = job("build", "--variant", "matrix", "-o", "again", *DAY)
    assert answer.code == 0
    assert "'Mak' is no process of this project; did you mean 'Make'?" in answer.err


@pytest.mark.slow
def test_a_finding_that_comes_back_stands_on_actions_for_the_standard_that_failed(job: Command, sent: bytes):
    found = {
        "E · result": "Not conforming",
        "Q · result": "Conforming",
        "Finding": "Drain not marked",
        "Grade": "Major",
    }
    Path("back.xlsx").write_bytes(written(sent, "Audit checklist", {"8.1": found}, beside="Finding"))
    answer = job("import", "back.xlsx")
    assert "1 finding of the audit went onto Actions, each for the standard that failed (E 1)" in answer.out
    told = json.loads(job("report", "--format", "json", *DAY).out)
    assert told["figures"]["overdue"] == {"n": 0, "m": 1}
    assert job("build", "--variant", "audit", *DAY).code == 0
    newest = max(Path("output").glob("*/*.xlsx"), key=lambda path: path.stat().st_mtime)
    again = written(newest.read_bytes(), "Actions", {}, beside="Effort")
    Path("again.xlsx").write_bytes(again)
    assert "nothing in again.xlsx is new" in job("import", "again.xlsx").out
    assert job("undo").code == 0
    assert json.loads(job("report", "--format", "json", *DAY).out)["figures"]["overdue"] == {"n": 0, "m": 0}


@pytest.mark.slow
def test_the_checklist_of_a_session_goes_to_its_auditor_and_comes_back_as_theirs(job: Command):
    Path("imsmap.toml").write_text(Path("imsmap.toml").read_text("utf-8") + AUDIT, "utf-8")
    assert "Ben Barker: " in job("send", "--session", "1", "--dry-run", *DAY).out
    assert "leave --to out" in job("send", "--session", "1", "--to", "Ben", *DAY).err
    assert "there is no session 9" in job("send", "--session", "9", "--dry-run", *DAY).err
    assert job("send", "--session", "1", *DAY).code == 0
    (sent,) = Path("output").glob("*/*.xlsx")
    note = load(sent.read_bytes(), values=True, only_read=True)["Audit checklist"]["B2"].value
    assert "Session 1, " in note
    assert "What else stands in these rows is another session's." in note
    back = written(sent.read_bytes(), "Audit checklist", {"8.1": {"Q · result": "failed"}}, beside="Finding")
    with pytest.raises(AssertionError, match="no such rows"):  # only what the session asks is in it
        written(sent.read_bytes(), "Audit checklist", {"4.1": {"Q · result": "failed"}}, beside="Finding")
    Path("back.xlsx").write_bytes(back)
    assert (
        "1 finding of the audit went onto Actions, each for the standard that failed (Q 1)"
        in job("import", "back.xlsx").out
    )
    assert "Ben Barker" in job("history").out
    assert "1 of 1 came back with answers" in job("send", "--list").out


def test_the_check_tells_what_is_wrong_and_which_clauses_no_auditor_may_audit(job: Command):
    whole = Path("imsmap.toml").read_text("utf-8") + AUDIT
    Path("imsmap.toml").write_text(whole.replace('"Ben Barker" = []', '"Ben Barker" = ["make"]'), "utf-8")
    told = job("check", *DAY).out
    assert "Clauses that no auditor may audit: " in told
    assert "iso9001-2015:8.1: Make: is the work of every auditor, or closed to them" in told
    assert told.count("7.1.6") == 1  # it has no process, which is told as such
    Path("imsmap.toml").write_text(whole.replace("Make = ", "Mak = "), "utf-8")
    answer = job("check", *DAY)
    assert answer.code == 1
    assert "'Mak' is no process of this project; did you mean 'Make'?" in answer.out
