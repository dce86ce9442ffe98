"""Who gets which file; and what comes back of many files is what one file with all answers would bring."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.client import history, joining, register, sending
from imsmap.client.importing import with_others
from imsmap.client.merge import Field, Fields, base_of
from imsmap.errors import UnknownNameError
from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Cells, Key, Value
from imsmap.register.owners import Hand, Hands
from imsmap.register.questions import SHARED
from imsmap.register.state import state
from tests.building import graph, standard
from tests.client.returning import Line, book, sheet
from tests.drawn import tried

A = standard("a", {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.4": ["+buying"]})
B = standard("b", {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"]}, discipline="environment")
ASKED = asked(grouped(graph(A, B), ("a", "b")))
QUESTIONS = ASKED.questions
FIELDS: Fields = {
    "requirements": {name: Field("user") for name in (*SHARED, "status", "gap")}
    | {"text": Field("tool"), "question": Field("tool"), "origin": Field("tool")}
}
COLUMNS = ("text", "question", "origin", *SHARED, "status", "gap")
ROWS = {
    row: question.id
    for question in QUESTIONS
    for row in ((question.id,) if question.is_shared else ()) + tuple(one.point for one in question.verdicts)
}
PEOPLE = ("Ann", "Bob", "Cat")
values = st.sampled_from(["x", "y", "Conforming", "Partial"])


def lines(rows: Iterable[str], said: Mapping[tuple[str, str], Value | None]) -> tuple[Line, ...]:
    def cells(row: str) -> dict[str, Value | None]:
        here = {name: value for (at, name), value in said.items() if at == row}
        origin = "shared" if row.startswith("core:") else "own" if ROWS[row] == row else "verdict"
        return {"text": f"Do {row}.", "question": ROWS[row], "origin": origin, **here}

    return tuple((row, cells(row)) for row in rows)


def fields_of(row: str) -> tuple[str, ...]:
    return SHARED if row.startswith("core:") else (*SHARED, "status", "gap")


@st.composite
def cases(draw):
    """Draw what stood there, whose each row is, what each person wrote, and which files come back in which order."""
    places = [(row, name) for row in ROWS for name in fields_of(row)]
    before = draw(st.dictionaries(st.sampled_from(places), values))
    whose = {row: draw(st.sampled_from(PEOPLE)) for row in ROWS}
    written = draw(st.dictionaries(st.sampled_from(places), st.one_of(st.none(), values)))
    # What two people say in a field that several standards share is for them to settle.
    first: dict[tuple[str, str], str] = {}
    for row, name in sorted(written):
        if first.setdefault((ROWS[row], name), whose[row]) != whose[row] and name in SHARED:
            del written[row, name]
    back = draw(st.permutations(PEOPLE))[: draw(st.integers(1, len(PEOPLE)))]
    return before, whose, written, back


@pytest.mark.slow
@settings(max_examples=tried(60))
@given(cases())
def test_whatever_files_come_back_in_whatever_order_all_is_as_if_one_file_had_held_their_answers(case) -> None:
    before, whose, written, back = case
    start: Cells = {Key("requirements", row, name): value for (row, name), value in before.items()}

    def merged(ours: Cells, rows: list[str], said: Mapping, name: str) -> Cells:
        out = base_of(book(sheet(lines(rows, before), COLUMNS), name=name), FIELDS)
        whole = base_of(book(sheet(lines(ROWS, before), COLUMNS)), FIELDS)
        base, sent = with_others(out, whole)
        returned = book(sheet(lines(rows, {**before, **said}), COLUMNS), name=name)
        found = joining.merged(base, ours, returned, FIELDS, lambda: QUESTIONS, sent)
        assert found.clashes == ()
        assert not [note for note in found.notes if "somebody else" in note or "not in the file" in note]
        return found.cells

    found = start
    for person in back:
        rows = [row for row in ROWS if whose[row] == person]
        found = merged(found, rows, {at: value for at, value in written.items() if at[0] in rows}, person)
    answered = {at: value for at, value in written.items() if whose[at[0]] in back}
    assert what_holds(found) == what_holds(merged(start, list(ROWS), answered, "all"))


def what_holds(cells: Cells) -> dict[tuple[str, str], Value | None]:
    """Give what holds for each standard: whether it says by itself what is said for all makes no difference."""
    return {
        (row, name): QUESTIONS.effective(cells, row, name)
        for row in ROWS
        if row in QUESTIONS.of
        for name in fields_of(row)
    }


def test_a_row_of_somebody_else_in_a_file_is_merged_and_told_and_its_blanks_empty_nothing() -> None:
    before = {("a:4.1#watching", "owner"): "Bob", ("a:8.4#buying", "owner"): "Ann"}
    start: Cells = {Key("requirements", row, name): value for (row, name), value in before.items()}
    whole = base_of(book(sheet(lines(ROWS, before), COLUMNS)), FIELDS)
    base, sent = with_others(base_of(book(sheet(lines(["a:8.4#buying"], before), COLUMNS)), FIELDS), whole)
    pasted = ("a:4.1#watching", {"text": "Watch!", "status": "Partial"})
    returned = book(sheet((*lines(["a:8.4#buying"], before), pasted), COLUMNS))
    found = joining.merged(base, start, returned, FIELDS, lambda: QUESTIONS, sent)
    assert found.cells == {**start, Key("requirements", "a:4.1#watching", "status"): "Partial"}
    assert found.notes == (
        "Requirements: 1 row of somebody else came back in this file; what was answered there is taken, too",
    )


def hand(name: str, *points: str) -> Hand:
    return Hand(name, {"requirements": points} if points else {})


HANDS = Hands((hand("Ann Archer, buyer", "a:8.4#buying"), hand("Ann-Archer buyer", "x"), hand("…", "y")), hand("", "z"))


def test_names_of_files_are_safe_and_no_two_are_alike() -> None:
    found = state(ASKED, {}, date=datetime.date(2031, 1, 2))
    made = sending.sent(sending.chosen(HANDS, ()), found, 'Smith & Söhne "Zürich" Holding GmbH & Co', 3)
    client = "Smith-Söhne-Zürich"
    assert [one.file for one in made] == [
        f"{client}_Ann-Archer-buyer_v3.xlsx", f"{client}_Ann-Archer-buyer-2_v3.xlsx", f"{client}_person-3_v3.xlsx",
        f"{client}_no-owner_v3.xlsx",
    ]  # fmt: skip
    assert [one.open for one in made] == [1, 0, 0, 0]


@pytest.mark.parametrize("name", ["ann archer,  BUYER", "archer, b"])
def test_one_person_is_chosen_by_name_or_by_a_part_that_only_one_has(name: str) -> None:
    assert sending.chosen(HANDS, (name,)) == (HANDS.people[0],)


@pytest.mark.parametrize(("name", "told"), [("archer", "which of them"), ("Eve", "there are"), ("", "there are")])
def test_who_is_not_known_is_asked_for(name: str, told: str) -> None:
    with pytest.raises(UnknownNameError, match=told):
        sending.chosen(HANDS, (name,))


def test_until_now_says_what_was_said_when_and_by_whose_file(tmp_path: Path) -> None:
    key = Key("requirements", "a:8.4#buying", "status")
    with register.writing(tmp_path, "2031-01-01T10:00:00", "me") as writer:
        writer.commit("import", {key: "Partial"}, person="Ann")
    with register.writing(tmp_path, "2031-01-02T10:00:00", "me") as writer:
        writer.commit("import", {key: "Conforming"})
        writer.undo()
    cells = register.read(tmp_path).cells
    assert sending.said_until_now(tmp_path, cells, str) == {"a:8.4#buying": "Partial, 2031-01-01, Ann"}
    assert history.entries(tmp_path)[0].answered_by == "Ann"
