from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from imsmap.decision.rules import (
    BOTH,
    CAPACITY,
    KINDS,
    MOST_SCORE,
    MOST_WEIGHT,
    UNKNOWN,
    WEIGHT,
    Certificate,
    Gate,
    Given,
    Hours,
    decide,
    weighable,
)
from imsmap.errors import DataError
from imsmap.readers.decision import read_case, to_toml
from tests.choosing import CRITERIA, EVERY, SIDES, Case
from tests.drawn import tried

FILE = """\
[[gates]]
kind = "contract"
names = 9001
date = 2027-03-31
evidence = "Framework contract"

[held.14001]
edition = "2015"
until = 2028-05-31

[capacity]
score = 2

[criteria.law]
score = 3
weight = 5
evidence = "Two notices in 2025"

[criteria.faults]
score = "unknown"

[[hours]]
work = "Review"
serves = "both"
low = 8
high = 16.5
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "choose.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(folder: Path, text: str | bytes) -> list[str]:
    path = write(folder, text)
    with pytest.raises(DataError) as caught:
        read_case(path, CRITERIA)
    return [str(problem).removeprefix(str(path)) for problem in caught.value.problems]


def test_a_file_of_answers_is_read(tmp_path: Path):
    case = read_case(write(tmp_path, FILE), CRITERIA)
    assert case.gates == (Gate("contract", "9001", datetime.date(2027, 3, 31), "Framework contract"),)
    assert case.held == (Certificate("14001", "2015", datetime.date(2028, 5, 31)),)
    assert case.of("law") == Given(3, 5, "Two notices in 2025")
    assert case.of("faults") == case.of("aspects") == Given(None, WEIGHT)
    assert case.of(CAPACITY).score == 2
    assert case.hours == (Hours("Review", BOTH, 8.0, 16.5),)


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path):
    assert read_case(write(tmp_path, b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode()), CRITERIA) == read_case(
        write(tmp_path, FILE), CRITERIA
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("score = 3", "score = 7", ':15: law: a score is a whole number from 0 to 4, or "unknown", not 7'),
        ("score = 3", "score = 2.5", ':15: law: a score is a whole number from 0 to 4, or "unknown", not 2.5'),
        ("score = 3", "score = true", ':15: law: a score is a whole number from 0 to 4, or "unknown", not True'),
        ("score = 2", "score = 5", ':12: capacity: a score is a whole number from 0 to 4, or "unknown", not 5'),
        ("weight = 5", "weight = -1", ":16: law: a weight is a whole number from 0 to 10, not -1"),
        ("weight = 5", "weight = 99", ":16: law: a weight is a whole number from 0 to 10, not 99"),
        ("criteria.law", "criteria.lawn", ":14: no criterion lawn; did you mean law?"),
        ("weight = 5", "wieght = 5", ":16: wieght is not known here; did you mean weight?"),
        ("held.14001", "held.45001", ':7: a certificate is held for "9001" or "14001", not \'45001\''),
        ("names = 9001", "names = 9002", ':3: a gate names "9001", "14001", "both" or "unknown", not \'9002\''),
        ('kind = "contract"', 'kind = "wish"', ":2: a gate's kind is one of contract, tender, permit, policy, not"),
        ("date = 2027-03-31", 'date = "soon"', ":4: date must be a date such as 2027-03-31, not 'soon'"),
        ("low = 8", "low = 80", ":25: low (80) is more than high (16.5); swap them"),
        ("low = 8", "low = -8", ":25: hours are numbers of 0 and more, low and high, not -8 and 16.5"),
        ("low = 8", "low = nan", ":25: hours are numbers of 0 and more, low and high, not nan and 16.5"),
        ('serves = "both"', 'serves = "all"', ':24: work serves "9001", "14001" or "both", not \'all\''),
        ("[capacity]", "[criteria.capacity]", ":11: capacity has a table of its own; write [capacity]"),
        ("[capacity]", "[capasity]", ":11: capasity is not known; did you mean capacity?"),
        ("[[hours]]", "[hours]", ":22: write [[hours]] for each of them"),
        ('evidence = "Framework', 'evidence = [1] # "', ":5: evidence must be a text in quotes"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_what_to_do(tmp_path: Path, old: str, new: str, said: str):
    assert old in FILE
    found = problems(tmp_path, FILE.replace(old, new, 1))
    assert any(problem.startswith(said) for problem in found), found


def test_two_contracts_with_two_dates_contradict_each_other(tmp_path: Path):
    other = '[[gates]]\nkind = "contract"\nnames = "both"\ndate = 2027-09-30\n\n'
    assert problems(tmp_path, other + FILE) == [
        ":9: gates 1 and 2 contradict each other: a contract asks for ISO 9001 by 2027-09-30 and 2027-03-31; "
        "keep the one that binds"
    ]
    tender = other.replace("contract", "tender")
    assert len(read_case(write(tmp_path, tender + FILE), CRITERIA).gates) == 2


def test_every_fault_is_told_at_once(tmp_path: Path):
    text = FILE.replace("score = 3", "score = 7").replace("weight = 5", "weight = -1").replace("low = 8", "low = 80")
    assert len(problems(tmp_path, text)) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": holds no answers; imsmap choose --template writes a file to fill in"),
        ("# only words\n", ": holds no answers"),
        ("criteria.law = [", ":1: is not TOML here"),
        ("a = 1\nb == 2", ":2: is not TOML here"),
        (b"\xff\xfe", ":1: is not UTF-8"),
        ("x = " + "[" * 50_000, ": is "),
        ("x = 1\n" * 200_000, ": is larger than 1 MB"),
        ("criteria = 3", ":1: criteria must be a table"),
        ("capacity = 3", ":1: write [capacity] and under it score"),
        ("criteria.law = 3", ":1: write [criteria.law] and under it score"),
        ("held.9001 = 3", ":1: write [held.9001] and under it edition"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_file_of_answers_is_refused_in_a_line(tmp_path: Path, text: str | bytes, said: str):
    assert problems(tmp_path, text)[0].startswith(said)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(DataError, match="can't be read"):
            read_case(path, CRITERIA)


def test_weights_that_are_all_zero_leave_nothing_to_weigh(tmp_path: Path):
    text = "".join(f"[criteria.{c.id}]\nweight = 0\n" for c in CRITERIA if c.side == "9001")
    assert problems(tmp_path, text) == [
        ": all weights of one standard are 0, so nothing can be weighed; give one of them a weight"
    ]


def test_the_template_reads_as_nothing_known(tmp_path: Path):
    text = to_toml(Case())
    assert all(f"# {criterion.question}" in text for criterion in CRITERIA)
    case = read_case(write(tmp_path, text), CRITERIA)
    assert decide(case).possible == decide(Case()).possible
    assert max(map(len, text.splitlines())) <= 130


texts = st.text(max_size=12).map(str.strip)
dates = st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1))
named = st.sampled_from([*SIDES, BOTH])
gates = st.builds(Gate, st.sampled_from(sorted(KINDS)), named | st.just(UNKNOWN), dates, texts)
certificates = st.lists(st.sampled_from(SIDES), unique=True).map(
    lambda held: tuple(Certificate(side, "2015", None, "x") for side in SIDES if side in held)
)
scores = st.none() | st.integers(0, MOST_SCORE)
weights = st.integers(0, MOST_WEIGHT)
hours = st.builds(Hours, texts.filter(bool), named, st.floats(0, 9), st.floats(9, 99))
cases = st.builds(
    Case,
    st.lists(gates, max_size=1).map(tuple),
    certificates,
    st.fixed_dictionaries(
        {c.id: st.builds(Given, scores, weights if c.side else st.just(WEIGHT), texts) for c in CRITERIA}
    ),
    st.lists(hours, max_size=2).map(tuple),
).filter(weighable)


@settings(max_examples=tried(60))
@for_all(cases)
def test_what_is_written_reads_as_the_same(tmp_path_factory: pytest.TempPathFactory, case: Case):
    assert read_case(write(tmp_path_factory.mktemp("case"), to_toml(case)), CRITERIA) == case


def test_a_file_says_which_two_it_weighs_and_reads_as_it_was_written(tmp_path: Path):
    assert read_case(write(tmp_path, FILE), EVERY) == read_case(write(tmp_path, FILE), CRITERIA)
    case = read_case(write(tmp_path, 'standards = ["ISO 45001", 9001]\n[criteria.accidents]\nscore = 4\n'), EVERY)
    assert (case.sides, case.of("accidents").score) == (("9001", "45001"), 4)
    assert read_case(write(tmp_path, to_toml(case)), EVERY).sides == case.sides


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('standards = ["9001", "9001"]\n', ":1: 9001 is there twice; name two different standards, of 9001, 14001"),
        ('standards = ["9001:2015", "9001:2026"]\n', ":1: '9001:2015' is an edition; write \"9001\""),
        ('standards = ["9001", "22301"]\n', ":1: '22301' can't be weighed; there are criteria for 9001, 14001, 45001"),
        ('standards = ["9001"]\n', ":1: standards names the two that are weighed"),
        ("[criteria.accidents]\nscore = 1\n", ':1: accidents weighs ISO 45001; this file weighs "9001" or "14001"'),
        ("[held.45001]\n", 'for others write standards = ["9001", "45001"] on top'),
    ],
)
def test_standards_that_a_file_can_not_weigh_are_told(tmp_path: Path, text: str, expected: str):
    with pytest.raises(DataError) as caught:
        read_case(write(tmp_path, text), EVERY)
    assert any(expected in str(problem) for problem in caught.value.problems), caught.value.problems
