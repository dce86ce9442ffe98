"""What is held at clause level stands in no count of points, adds nothing that is counted, and is marked everywhere."""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterable

import pytest
from attrs import evolve

from imsmap import api
from imsmap.api import deliverables
from imsmap.errors import UnsuitedError, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, Standard
from imsmap.reasoning.coverage import POINT
from imsmap.reasoning.groups import grouped
from imsmap.reasoning.kinship import Pair
from imsmap.register.asked import asked
from tests.once import shipped
from tests.surfaces import cells

A, B, LOOSE = "iso9001-2015", "iso14001-2015", "iso22999-2031"
DAY = datetime.date(2031, 1, 2)
COUNTED = re.compile(r"[0-9]+ (?:requirement )?points? of ISO.(?:22999|22000|9001:2008)")
"""A count of points of a standard that lists none, in words."""


@pytest.fixture(scope="module")
def library() -> ClauseGraph:
    """Give some of the library with one more: as ISO 14001:2015, but of its clauses only the core points are known."""
    found = shipped((A, B, "iso9001-2008", "iso22000-2018")).library
    whole = next(one for one in found.standards if one.key == B)
    return ClauseGraph(evolve(found, standards=(*found.standards, _loose(whole))))


def _loose(whole: Standard) -> Standard:
    clauses = []
    for clause in whole.clauses:
        held = {point.core: evolve(point, confidence=0.6, documented=None, from_=()) for point in clause.points}
        held.pop(None, None)
        topic = "emergency-preparedness" if clause.points and not held else None
        clauses.append(evolve(clause, standard=LOOSE, points=tuple(held.values()), topic=topic, change=None))
    return evolve(
        whole, key=LOOSE, designation="ISO 22999:2031", family="22999", discipline="food-safety", level="clause",
        successor=None, revises=None, clauses=tuple(clauses),
    )  # fmt: skip


def loose(library: ClauseGraph) -> list[str]:
    return [standard.key for standard in library.standards if library.by_clause(standard.key)]


def test_nothing_is_the_same_or_proved_with_any_of_them(library: ClauseGraph) -> None:
    every = shipped()
    pairs = [Pair(every, key, A) for key in loose(every)]
    assert len(pairs) > 10
    pairs += (grouped(library, (key, B)).pairs[key, B] for key in loose(library))  # with what follows through others
    for kinship in (kinship for pair in pairs for kinship in pair.tied()):
        assert kinship.kin is not Kin.SAME
        assert kinship.possible & (kinship.possible - 1), "more than one relation stays possible"
        assert kinship.subject_adds == ()


def test_none_of_them_adds_a_number_to_any_count_of_points(library: ClauseGraph) -> None:
    alone = api.Answers(library, (A, B))
    for key in loose(library):
        beside = api.Answers(library, (A, B, key))
        found, before = beside.matrix.answer, alone.matrix.answer
        assert found.shares.adds(key) is None
        assert {one: found.shares.adds(one) for one in (A, B)} == {one: before.shares.adds(one) for one in (A, B)}
        assert [one for one in found.coverage if one.unit == POINT] == [
            one for one in before.coverage if one.unit == POINT
        ]
        assert (
            len(beside.overlap.answer.core)
            == len(alone["coverage"].answer.missing[A])
            + alone[  # type: ignore[attr-defined]
                "coverage"
            ].answer.held[A]
        )  # type: ignore[attr-defined]
        coverage = beside["coverage"].answer
        assert set(coverage.held) == {A, B}  # type: ignore[attr-defined]
        assert coverage.held_by_all == alone["coverage"].answer.held_by_all  # type: ignore[attr-defined]
        assert len(asked(grouped(library, (A, B, key))).questions) == len(asked(grouped(library, (A, B))).questions)
        for question in ("documents", "management_review"):
            assert rows(beside[question]) == rows(alone[question])


def rows(report: api.Report[object]) -> list[str]:
    return [row.id for table in report.tables for row in table.rows]


@pytest.mark.slow
@pytest.mark.parametrize("keys", [(A, LOOSE), (A, B, LOOSE), ("iso9001-2008", A)], ids=" ".join)
def test_no_surface_counts_its_points_and_each_carries_the_mark(library: ClauseGraph, keys: tuple[str, ...]) -> None:
    answers = api.Answers(library, keys)
    told = dict(_surfaces(answers))
    assert {name: COUNTED.findall(text) for name, text in told.items() if COUNTED.search(text)} == {}
    assert [name for name, text in told.items() if "lause level" not in text] == []


def _surfaces(answers: api.Answers) -> Iterable[tuple[str, str]]:
    """Give all texts of each surface: answers on the terminal, with all they have and as JSON, pictures, files."""
    for name in ("overlap", "matrix", "coverage", "compare", "documents", "management_review", "audit", "requirements"):
        report = answers[name]
        yield f"{name} table", api.export(report, "markdown").decode()
        values = json.loads(api.export(report, "json"))
        assert {side["key"] for side in values["standards"] if side["level"] == "clause"}
    for name, picture in api.pictures().items():
        if picture.of in ("matrix", "overlap"):
            try:
                pages = api.draw(name, answers)
            except UnsuitedError:
                continue
            for page in pages:
                yield f"picture {name}", "\n".join(_words(page))
    yield "page", re.sub(r"<[^>]*>", " ", deliverables.webpage(answers, date=DAY).decode())
    book = io.BytesIO(deliverables.workbook(answers, date=DAY))
    with zipfile.ZipFile(book) as package:
        yield "workbook", re.sub(r"<[^>]*>", " ", package.read("xl/sharedStrings.xml").decode())


def _words(page: api.Picture) -> Iterable[str]:
    yield from (page.title, *page.notes)
    for part in page.parts.values():
        yield from part.paragraphs


@pytest.mark.parametrize("number", ["8.5", "8.5.2.2"])
def test_a_clause_of_it_is_never_said_to_ask_for_nothing_or_to_have_zero_counterparts(
    library: ClauseGraph, number: str
) -> None:
    shown = api.ask(library, "show", clause=f"iso22000-2018:{number}")
    for words in (shown.message, shown.summary):
        assert "held at clause level, what it asks for is not listed" in words
        assert "no counterpart known" in words
        assert not re.search(r"\b0 |without requirements", words)


def test_documents_beside_it_are_not_said_to_be_asked_for_by_one_standard_alone(library: ClauseGraph) -> None:
    beside, both = (api.ask(library, "documents", standards=(A, other)) for other in (LOOSE, B))
    for words in (beside.summary, beside.message):
        assert "more than one" not in words
        assert "asked for by ISO 9001:2015. ISO 22999:2031 is held at clause level" in words
    assert "more than one" in both.summary


def test_a_gap_to_or_from_it_alone_is_refused_with_what_can_be_asked(library: ClauseGraph) -> None:
    for have, want in ((A, LOOSE), (LOOSE, A)):
        with pytest.raises(UsageError, match=r"held at clause level: .* imsmap overlap"):
            api.ask(library, "gap", have=(have,), want=want)
    beside = api.ask(library, "gap", have=(B, LOOSE), want=A).answer
    alone = api.ask(library, "gap", have=(B,), want=A).answer
    assert beside.counts == alone.counts  # type: ignore[attr-defined]


def test_requirements_says_where_a_standard_held_by_clauses_has_its_verdicts() -> None:
    keys = ("iso9001-2015", "iso22000-2018")
    graph = shipped(keys)
    content = deliverables.workbook(api.Answers(graph, keys), date=DAY, sheets=("requirements", "audit"))
    notes = [text for place, text in cells(content) if place == "Requirements" and "Yellow cells" in text]
    assert "For ISO 22000:2018 give your verdicts on Audit checklist, question by question." in notes[0]
