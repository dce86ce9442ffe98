"""What imsmap.toml says of audits: read as it is meant, and every fault told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsmap.client import audit_settings, processes, settings
from imsmap.client.audit_settings import terms
from imsmap.errors import DataError, UnknownNameError
from imsmap.register.effort import Span
from imsmap.register.programme import Auditor, Held, Month, Said
from tests.client.test_settings import SMALL, problems, project

WHOLE = """\
[audit]
begins = "2031-01"
months = [9, 2]
hours = [3, 4]
[audit.auditors]
"Ann Archer" = ["make", "4.1"]
Ben = []
[audit.away]
Ben = ["2031-02"]
[audit.risk]
Make = "high"
[audit.last]
make = "NC minor"
Sell = "major"
[audit.held]
Make = ["2031-02 Ann Archer", "2032-02"]
[audit.every]
High = 6
"""
PROCESSES = processes.parse(b"id,name,owner,kind,clauses\nmake,Make,,core,\nsell,Sell,,core,\n")


def leaves(text: str) -> tuple[str, ...]:
    if text != "4.1":
        raise UnknownNameError(f"no clause {text}")
    return ("a:4.1",)


def test_names_are_found_among_processes_and_clauses(tmp_path: Path):
    given = project(tmp_path, SMALL + WHOLE.replace("NC minor", "minor nc"))
    assert given.audit is not None
    found = terms(given.audit, PROCESSES, leaves, given.problem)
    assert found.begins == Month(2031, 1)
    assert (found.months, found.cycle, found.hours, found.days) == ((2, 9), 36, Span(3, 4), None)
    assert found.every == {"High": 6, "Medium": 24, "Low": 36}
    assert found.auditors == (
        Auditor("Ann Archer", frozenset({"make"}), frozenset({"a:4.1"})),
        Auditor("Ben", away=frozenset({Month(2031, 2)})),
    )
    held = (Held(Month(2031, 2), "Ann Archer"), Held(Month(2032, 2)))
    assert found.said == {"make": Said("High", "Minor", held=held), "sell": Said("", "Major")}


def test_a_date_without_quotes_is_the_month_that_it_lies_in(tmp_path: Path):
    given = project(tmp_path, SMALL + WHOLE.replace('"2031-01"', "2031-03-01").replace("NC minor", "Minor"))
    assert given.audit is not None
    assert given.audit.begins == Month(2031, 3)


def test_every_fault_is_told_with_its_line(tmp_path: Path):
    text = (
        '[audit]\nbegins = "spring"\ncycle = 0\nmonths = [13]\ndays = 1\nhours = -1\nnight = 1\n[audit.auditors]\n'
        'Ann = "make"\n[audit.away]\nBob = []\n[audit.risk]\nmake = "huge"\n[audit.every]\nOften = 3\n'
    )
    assert problems(tmp_path, SMALL + text) == [
        "imsmap.toml:5: begins: 'spring' is no month; write year and month, as in \"2027-01\"",
        "imsmap.toml:6: cycle is a number of months from 1 to 120, as in cycle = 36",
        "imsmap.toml:7: give months of a year by number in a list, as in months = [2, 5, 9, 11]",
        "imsmap.toml:9: a session has days or hours; leave one of them out",
        "imsmap.toml:9: hours is a number of 0 and more, or the least and the most, as in hours = [2, 6]",
        "imsmap.toml:10: unknown key 'night'; there are begins, cycle, months, days, hours, every, auditors, away, "
        "risk, last, held",
        'imsmap.toml:11: Ann: give texts in a list, as in "Ann" = ["..."]; an empty one is []',
        "imsmap.toml:13: 'Bob' is no auditor; there is Ann",
        "imsmap.toml:15: make: 'huge' is not understood; write one of High, Medium, Low, in quotes",
        "imsmap.toml:17: 'Often' is no risk; there are High, Medium, Low",
    ]


def test_auditors_and_the_first_month_are_asked_for(tmp_path: Path):
    assert [one.partition(": ")[2] for one in problems(tmp_path, SMALL + "[audit]\n")] == [
        'begins: is missing; write year and month, as in "2027-01"',
        'name who audits, and with each whose work is theirs, as in "Ann Archer" = ["Sales"]',
    ]


def test_what_is_no_process_and_no_clause_is_told_with_what_was_meant(tmp_path: Path):
    text = '[audit]\nbegins = "2031-01"\n[audit.auditors]\nAnn = ["Maek"]\n[audit.risk]\nSel = "Low"\n'
    given = project(tmp_path, SMALL + text)
    assert given.audit is not None
    with pytest.raises(DataError) as caught:
        terms(given.audit, PROCESSES, leaves, given.problem)
    assert [str(one) for one in caught.value.problems] == [
        "imsmap.toml:6: Ann: 'Maek' is neither a process of this project nor a clause; did you mean 'Make'?",
        "imsmap.toml:8: 'Sel' is no process of this project; did you mean 'Sell'?",
    ]


def test_a_new_file_says_how_a_programme_is_asked_for_and_names_nobody(tmp_path: Path):
    text = settings.draft("acme-1", "Acme", ["9001:2015"])
    assert audit_settings.ASKED in text
    assert project(tmp_path, text).audit is None
