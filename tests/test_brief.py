from __future__ import annotations

import datetime
from functools import cache
from typing import Any, NamedTuple

import pytest
from attrs import evolve

from imsmap.analyses import choose, compare, matrix
from imsmap.analyses.choose.answer import ChooseAnswer
from imsmap.analyses.compare import CompareAnswer
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.api import terminal
from imsmap.brief import MOST_DOUBTS, MOST_NAMES, MOST_REASONS, brief
from imsmap.brief.model import Brief, Bullets, Choices, Grid, Standing, Strip, Units, Words
from imsmap.decision.rules import BOTH, KINDS, Certificate, Gate, Given, Hours
from imsmap.library.graph import ClauseGraph
from imsmap.parts import ClauseName
from imsmap.report import Report
from tests.choosing import CRITERIA, Case
from tests.once import shipped

KEYS = ("iso9001-2015", "iso14001-2015")
DAY = datetime.date(2026, 11, 25)
HEADINGS = (
    "", "We ask you to decide", "Where the work is", "What one brings for the other", "What it costs",
    "What could go wrong", "What we do not know", "The answer", "Why neither is better", "What", "What is new",
    "The next 90 days", "Method and limits",
)  # fmt: skip


def case(quality: int | None, environment: int | None, capacity: int | None = 2, **more: Any) -> Case:
    score = {"9001": quality, "14001": environment, None: capacity}
    return Case(given={c.id: Given(score[c.side], evidence="shown") for c in CRITERIA}, **more)


LONG = "Because " + "of very long and boring evidence that nobody wants to read on a page for a director " * 12
WORST = Case(
    tuple(Gate(kind, "unknown", DAY, LONG) for kind in KINDS),
    (Certificate("9001", LONG, DAY, LONG),),
    {c.id: Given(None, evidence=LONG) for c in CRITERIA},
    tuple(Hours(LONG, BOTH, 1.5, 200_000.25) for _ in range(9)),
)
CASES = {
    "nothing known": Case(),
    "9001 first": case(3, 1),
    "14001 first": case(1, 3),
    "phased": case(3, 3),
    "together": case(3, 3, 4),
    "neither": case(0, 0),
    "gate": case(0, 4, gates=(Gate("contract", "9001", DAY, "Contract 7"),)),
    "held": case(4, 4, held=(Certificate("9001"),)),
    "worst": WORST,
}


@pytest.fixture(scope="module")
def graph() -> ClauseGraph:
    return shipped(KEYS)


class Reports(NamedTuple):
    """What the pages are made of."""

    choose: Report[ChooseAnswer]
    compare: Report[CompareAnswer]
    matrix: Report[MatrixAnswer]


def reports(graph: ClauseGraph, told: Case) -> Reports:
    key = graph, repr(told)
    if key not in _chosen:
        _chosen[key] = choose.analyse(graph, choose.Question(KEYS, told, DAY))
    return Reports(_chosen[key], *whatever_was_told(graph))


_chosen: dict[tuple[ClauseGraph, str], Report[ChooseAnswer]] = {}


@cache
def whatever_was_told(graph: ClauseGraph) -> tuple[Report[CompareAnswer], Report[MatrixAnswer]]:
    return compare.analyse(graph, compare.Question(KEYS)), matrix.analyse(graph, matrix.Question(KEYS))


def words(made: Brief) -> list[str]:
    found = [made.title, made.subtitle, made.foot]
    for section in made.sections:
        found.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Words):
                found.append(block.text)
            elif isinstance(block, Bullets):
                found += block.items
            elif isinstance(block, Grid):
                found += [cell for row in (block.head, *block.rows) for cell in row]
            elif isinstance(block, Choices):
                found += [text for one in block.items for text in (one.what, one.why)]
    return found


def section(made: Brief, heading: str) -> tuple[Any, ...]:
    """Give what stands under a heading."""
    return next(one.blocks for one in made.sections if one.heading == heading)


def test_what_only_touches_or_was_not_looked_at_is_not_told_as_new(graph: ClauseGraph):
    told = reports(graph, CASES["nothing known"])
    (_, bullets, *_) = section(brief(*told, date=DAY, client="Smith"), "What is new")
    assert "4 are only related. 3 have none, 1 of them only touched: 6.1.2 " in bullets.items[0]
    assert "looked at" not in bullets.items[0]
    first, second = told.choose.answer.brings
    open_ = evolve(first, coverage=evolve(first.coverage, not_assessed=7))
    answer = evolve(told.choose.answer, brings=(open_, second))
    less = told._replace(choose=evolve(told.choose, answer=answer))
    (_, bullets, *_) = section(brief(*less, date=DAY, client="Smith"), "What is new")
    assert bullets.items[0].endswith(" 7 more nobody has looked at.")


@pytest.mark.parametrize("name", CASES)
def test_two_pages_hold_what_a_director_asks(graph: ClauseGraph, name: str):
    made = brief(*reports(graph, CASES[name]), date=DAY, client="Smith")
    found = [section.heading for section in made.sections]
    assert len(made.pages) == 2
    assert all(heading.startswith(wanted) for heading, wanted in zip(found, HEADINGS, strict=True))
    text = " ".join(words(made))
    for said in (
        "Neither certificate is a label on a product",
        "No certificate and no saving is promised",
        "6.1.2 Environmental aspects",
    ):
        assert said in text


def test_the_answer_is_the_command_s_with_its_reasons(graph: ClauseGraph):
    found = reports(graph, CASES["gate"])
    message, reasons, newer = section(brief(*found, date=DAY), "The answer")
    assert isinstance(newer, Words)
    assert "ISO 14001:2026 (15\u00a0April\u00a02026) replaces ISO 14001:2015: aim at the newer" in newer.text
    assert "By 25\u00a0November\u00a02026 a certificate to ISO 9001:2015 can still be issued, until" in newer.text
    assert "until 31\u00a0March\u00a02028" in newer.text
    assert isinstance(message, Words)
    assert message.strong
    assert message.text.startswith("9001 first. Begin with ISO 9001:2015; ISO 14001:2026 may follow")
    assert isinstance(reasons, Bullets)
    assert reasons.items[0] == "A contract asks for ISO 9001 by 25\u00a0November\u00a02026 (Contract 7)."


def test_what_is_doubtful_in_the_answers_is_told_beside_the_answer(graph: ClauseGraph):
    ended = Case(held=(Certificate("9001", "2015", DAY - datetime.timedelta(days=9)),))
    told = section(brief(*reports(graph, ended), date=DAY), "The answer")[1]
    assert isinstance(told, Bullets)
    assert "To be looked at: The certificate for ISO 9001:2015 ended on" in told.items[-1]


def test_two_certificates_that_are_held_are_run_as_one_system(graph: ClauseGraph):
    made = brief(*reports(graph, Case(held=(Certificate("9001"), Certificate("14001")))), date=DAY)
    text = " ".join(words(made))
    assert "Both certificates are held: run them as one system." in text
    assert "One owner for both systems" in text
    assert "Capacity is unknown" not in text


def test_what_is_shared_is_counted_by_clause_as_the_matrix_has_it(graph: ClauseGraph):
    found = reports(graph, Case())
    made = brief(*found, date=DAY)
    (units,) = section(made, "Where the work is")
    assert isinstance(units, Units)
    answer = found.matrix.answer
    strip = section(made, "")[1]
    assert isinstance(strip, Strip)
    assert strip.total == len(answer.topics) == sum(count for count, _ in strip.numbers)
    for kind, count in zip(("core", "related", "alone"), (count for count, _ in strip.numbers), strict=True):
        assert count == sum(run.count for _, runs in units.rows for run in runs if run.kind == kind)
        assert count == sum(run.count for run in strip.runs if run.kind == kind)
    for (name, runs), main in zip(units.rows, answer.main_clauses, strict=True):
        assert name.startswith(main.number)
        assert sum(run.count for run in runs) == answer.shares.tally((main.number,)).total


@pytest.mark.parametrize("name", CASES)
def test_the_first_page_asks_for_three_decisions_at_most_and_makes_up_no_date(graph: ClauseGraph, name: str):
    made = brief(*reports(graph, CASES[name]), date=DAY)
    (choices,) = section(made, "We ask you to decide")
    assert isinstance(choices, Choices)
    assert 1 <= len(choices.items) <= 3
    dates = {gate.date for gate in CASES[name].gates}
    assert all(one.by is None or one.by in dates for one in choices.items)
    assert name == "held" or not made.title.endswith(".")


def test_in_a_project_the_brief_has_its_own_figures_and_does_not_ask_which_first(graph: ClauseGraph):
    standing = Standing((510, 518), 4, 10, 37, 1)
    made = brief(*reports(graph, Case()), date=DAY, standing=standing)
    assert made.title == "Close 4\u00a0open majors and 10\u00a0late actions before anything new begins"
    text = " ".join(words(made)[: words(made).index("The answer")])
    assert "10 of 37 open actions are late" in text
    assert "1\u00a0process without an owner" in text
    assert "which first" not in text.lower()
    calm = brief(*reports(graph, Case()), date=DAY, standing=Standing((3, 518), 0, 0, 0, 0))
    assert calm.title == "Go on as one system: 3 of 518 points are assessed"
    fresh = brief(*reports(graph, Case()), date=DAY, standing=Standing((0, 518), 0, 0, 0, 0))
    assert fresh.title == brief(*reports(graph, Case()), date=DAY).title


@pytest.mark.parametrize(
    ("name", "first"),
    [("9001 first", "only in ISO 9001:20"), ("14001 first", "only in ISO 14001:20"), ("together", "discipline's own"),
     ("neither", "Settle what hurts"), ("nothing known", "Take the decision again"), ("held", "only in ISO 9001:20")],
)  # fmt: skip
def test_the_next_90_days_follow_from_the_answer(graph: ClauseGraph, name: str, first: str):
    (grid,) = section(brief(*reports(graph, CASES[name]), date=DAY), "The next 90 days")
    assert isinstance(grid, Grid)
    assert [row[0] for row in grid.rows] == ["Days 1 to 30", "Days 31 to 60", "Days 61 to 90"]
    assert first in grid.rows[1][1]


def test_what_somebody_wrote_at_length_is_cut_and_lists_end(graph: ClauseGraph):
    made = brief(*reports(graph, WORST), date=DAY, client=LONG)
    reasons = section(made, "The answer")[1]
    assert isinstance(reasons, Bullets)
    assert len(reasons.items) <= MOST_REASONS + MOST_DOUBTS
    assert max(map(len, reasons.items)) <= 260
    assert len(made.subtitle) < 160
    found = reports(graph, Case())
    many = tuple(ClauseName(f"x:{n}", str(n), "Something", "Something", (str(n),)) for n in range(40))
    answer = found.choose.answer
    answer = evolve(answer, brings=tuple(evolve(one, left=many) for one in answer.brings))
    made = brief(evolve(found.choose, answer=answer), found.compare, found.matrix, date=DAY)
    new = section(made, "What is new")[1]
    assert isinstance(new, Bullets)
    assert all(item.endswith(f"and {40 - MOST_NAMES} more.") for item in new.items)


@pytest.mark.slow
def test_no_percentage_and_no_ranking(graph: ClauseGraph):
    for told in CASES.values():
        text = " ".join(words(brief(*reports(graph, told), date=DAY)))
        assert "%" not in text
        assert "per cent" not in text
        assert " is better than" not in text


def test_what_is_cut_loses_no_half_of_a_word_or_a_date():
    from imsmap.brief.front import short

    assert short("issued until 2027-10-31, and count", 20) == "issued until…"
    assert short("short enough", 12) == "short enough"
    assert short("Donaudampfschifffahrt", 10) == "Donaudamp…"


@pytest.mark.parametrize("width", [60, 80])
def test_a_terminal_shows_it_without_signs_of_markdown_or_lines_that_wrap(graph: ClauseGraph, width: int):
    made = brief(*reports(graph, CASES["worst"]), date=DAY, client="Smith **and** Sons")
    lines = terminal.document(made, width).decode().split("\n")
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line.startswith(("#", "|"))]
    assert "Smith **and** Sons" in lines[1]
    assert "25  of 48  built once" in lines
    assert {one.heading for one in made.sections} <= {"", *lines}
    (choices,) = section(made, "We ask you to decide")
    assert len([line for line in lines if line.endswith("☐ yes   ☐ no")]) == len(choices.items)
