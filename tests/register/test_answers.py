"""What people answer: words of lists however they are written, days with one reading, and what is left as it is."""

from __future__ import annotations

import datetime

import pytest

from imsmap.register import answers, schema
from imsmap.register.answers import SYNONYMS, day, mark, proper, readings, word
from imsmap.register.cells import Formula, Key, Value

DAY = datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Conforming ", "Conforming"),
        ("\u00a0Conforming", "Conforming"),
        ("Con\u200bforming", "Conforming"),
        ("ＣＯＮＦＯＲＭＩＮＧ", "Conforming"),
        ("  NOT   conforming ", "Not conforming"),
        ("non-conforming", "Not conforming"),
        ("non\u2010conforming", "Not conforming"),
        ("Nonconformity", "Not conforming"),
        ("OK", "Conforming"),
        ("n/a", "Not applicable"),
        ("N/A.", "Not applicable"),
        ("N.A.", "Not applicable"),
        ("Conforming!", "Conforming"),
        ("...", ""),
        ("Partially", "Partial"),
        ("Not Assessed", "Not assessed"),
        ("maybe", ""),
        ("no", ""),
        ("green", ""),
        (Formula("=A1", "ok"), "Conforming"),
        (True, ""),
        (None, ""),
    ],
)
def test_a_status_is_its_word_whatever_case_width_blanks_and_usual_other_words(said: Value | None, meant: str) -> None:
    assert word(said, schema.STATUS) == meant


def test_a_word_means_what_its_own_list_says() -> None:
    assert (word("no", schema.APPLIES), word("no", schema.DEGREE)) == ("Not applicable", "None")
    assert (word("closed", schema.PROGRESS), word("closed", schema.STATUS)) == ("Done", "")


def test_every_synonym_is_of_one_word_of_a_list_alone() -> None:
    for choices, table in SYNONYMS.items():
        assert set(table) <= set(choices)
        said = [other for others in table.values() for other in others]
        assert len(said) == len(set(said))
        assert all(word(other, choices) == meant for meant, others in table.items() for other in others)
        assert all(word(choice.upper(), choices) == choice for choice in choices)


def test_marks_are_known_whatever_their_case_and_a_cross_says_that_a_clause_applies() -> None:
    said = ("p", " S", ".", "•", "X", "ｘ", "✓", "Primary", "-", 1)
    assert [mark(value) for value in said] == ["P", "S", "·", "·", "P", "P", "P", "P", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31", "2026/12/31", "2026.12.31", "31.12.2026", "31. 12. 2026", "31.12.26", "31/12/2026", "12/31/2026",
        "31-12-2026", "31 Dec 2026", "31-Dec-26", "31. Dezember 2026", "Dec 31, 2026", "December 31st 2026", "20261231",
        "31 décembre 2026", "2026 Dec 31", "Thu, 31 Dec 2026", "2026-12-31T14:30:00Z",
        "31.12.2026 14:30", "３１．１２．２０２６",
        " 31.12.2026\u00a0", "31\u201112\u20112026",
    ],
)  # fmt: skip
def test_a_date_with_one_reading_is_read(text: str) -> None:
    assert readings(text) == (DAY,)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("04/05/2026", ["2026-04-05", "2026-05-04"]),
        ("4-5-2026", ["2026-04-05", "2026-05-04"]),
        ("05/05/2026", ["2026-05-05"]),
        ("04.05.2026", ["2026-05-04"]),
        ("10/11/12", ["2010-11-12", "2012-10-11", "2012-11-10"]),
        ("30/02/2026", []),
        ("Q4 2026", []),
        ("Dec 2026", []),
        ("2026", []),
        ("soon", []),
        ("31 Foo 2026", []),
        ("1/2/3/4", []),
        ("31.12.0026", []),
        ("", []),
    ],
)
def test_a_date_with_several_readings_or_none_is_not_guessed(text: str, days: list[str]) -> None:
    assert [found.isoformat() for found in readings(text)] == days


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (DAY, DAY),
        (datetime.datetime(2026, 12, 31, 23, 59), DAY),
        (46387, DAY),
        (46387.5, DAY),
        (20261231, DAY),
        (20261232, None),
        (Formula("=A1", 46387), DAY),
        (0, None),
        (-3, None),
        (1e300, None),
        (float("inf"), None),
        (True, None),
        (None, None),
    ],
)
def test_a_day_is_a_date_a_moment_or_a_number(value: Value | None, expected: datetime.date | None) -> None:
    assert day(value) == expected


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        (("requirements", "a:4.1#x", "status"), "ok", "Conforming"),
        (("requirements", "a:4.1#x", "status"), "maybe", "maybe"),
        (("requirements", "a:4.1#x", "gap"), "ok", "ok"),
        (("requirements", "a:4.1#x", "due"), "31.12.2026", DAY),
        (("requirements", "a:4.1#x", "due"), 46387, 46387),
        (("requirements", "a:4.1#x", "due"), 20261231, DAY),
        (("requirements", "a:4.1#x", "due"), "04/05/2026", "04/05/2026"),
        (("requirements", "a:4.1#x", "status"), Formula("=A1", "ok"), Formula("=A1", "ok")),
        (("actions", "new:1", "over:due"), "31 Dec 2026", DAY),
        (("actions", "new:1", "severity"), "MAJOR", "Major"),
        (("audit", "q", "result_a"), "nok", "Not conforming"),
        (("documents", "d", "review"), "2026/12/31", DAY),
        (("processes", "a:4.1", "process:buy"), "x", "P"),
        (("processes", "a:4.1", "all"), "YES", "yes"),
        (("own:Notes", "1", "A"), "ok", "ok"),
    ],
)
def test_an_answer_becomes_the_word_or_the_day_of_its_column(
    place: tuple[str, str, str], value: Value, expected: Value
) -> None:
    assert proper(Key(*place), value) == expected


def test_advice_names_the_words_of_the_list_or_both_readings_of_a_date() -> None:
    status, due = Key("requirements", "a:4.1#x", "status"), Key("requirements", "a:4.1#x", "due")
    assert answers.advice(status, "maybe") == (
        "is not understood, under Status; write Conforming, Partial, Not conforming, Not applicable or Not assessed"
    )
    assert answers.advice(due, "04/05/2026") == (
        "may be 2026-04-05 or 2026-05-04, under Due; write the one that is meant"
    )
    assert answers.advice(due, "soon") == "is no date, under Due; write it as 2026-03-01"
    assert answers.advice(Key("processes", "a:4.1", "process:buy"), "?") == "is no mark; write P, S or ·"
