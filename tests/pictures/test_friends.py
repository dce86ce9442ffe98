from __future__ import annotations

import re
from itertools import pairwise

import pytest
from attrs import evolve

from imsmap.analyses import friends as misleading
from imsmap.analyses.friends import SameMatter
from imsmap.drawing import SIZES
from imsmap.library.model import Kin
from imsmap.pictures import friends
from imsmap.pictures.friends.rows import Cell, spans_of
from tests.once import shipped
from tests.pictures import invented, rules
from tests.pictures.invented import draw, report_for
from tests.pictures.rules import words_of


def test_at_most_six_rows_are_shown_and_the_rest_is_told_by_number_and_whole_in_the_notes() -> None:
    (picture,) = draw("friends", report_for("friends", 6))
    rows = [name for name in picture.groups if name.startswith("Clause")]
    said = {part.name: part.paragraphs for part in picture.parts.values()}
    assert 1 < len(rows) <= 6
    number = len({one.number for one in invented.friends(6).answer.false_friends})
    assert said["More"][0].startswith(f"and {number - len(rows)} more: ")
    for rest in said["More"][0].partition(": ")[2].split(", "):
        assert any(note.startswith(f"And {rest}: ISO 90001:2031: ") for note in picture.notes)


def test_the_title_counts_the_numbers_that_mislead() -> None:
    (picture,) = draw("friends", report_for("friends", 2))
    assert picture.title == "8 clause numbers mislead: same number, different duty; never merge them"
    (picture,) = draw("friends", report_for("friends", 3))
    assert picture.title.startswith("10 clause numbers mislead among 3 standards: ")


def test_a_weak_tie_is_named_in_the_notes_not_hidden() -> None:
    (picture,) = draw("friends", report_for("friends", 2))
    assert "Weak tie (2 of 10): records" in picture.notes


def test_no_false_friends_is_said_and_the_reverse_stays() -> None:
    report = invented.friends()
    none = evolve(report, answer=evolve(report.answer, false_friends=()))
    (picture,) = friends.draw(none, SIZES["16:9"])
    assert picture.title.startswith("No clause number misleads between ISO")
    assert "The reverse" in picture.groups


def test_a_standard_without_the_number_has_no_cell_in_its_row() -> None:
    (picture,) = draw("friends", report_for("friends", 6))
    (table,) = picture.tables.values()
    rows = {picture.parts[node].paragraphs[0]: at for (at, column), node in table.cells.items() if not column}
    assert {column for at, column in table.cells if at == rows["6.3"]} == {0, 1, 3, 5}


def test_what_a_number_is_about_stands_below_its_title_where_the_data_say_it() -> None:
    report = invented.friends()
    few = report.answer.false_friends[:3]
    (picture,) = friends.draw(evolve(report, answer=evolve(report.answer, false_friends=few)), SIZES["16:9"])
    said = {part.name: part.paragraphs for part in picture.parts.values()}
    assert said["invented0-2031:6.2 gist"] == ("Agree what is wanted",)
    assert "invented0-2031:7.1 gist" not in said


@pytest.mark.parametrize(
    ("kin", "strength", "words"),
    [(Kin.EXTENDED, None, "Counterpart of Q 6.1 is E 9.2."), (Kin.RELATED, 5, "Look at Q 6.1 with E 9.2.")],
)
def test_the_strongest_counterpart_is_told_and_none_where_none_is_known(
    kin: Kin, strength: int | None, words: str
) -> None:
    report = invented.friends()
    first, *_, last = report.answer.false_friends
    hidden = (
        SameMatter(first.subject, first.object, Kin.RELATED, False, 4, (), (), ("weaker",)),
        SameMatter(first.subject, last.object, kin, False, strength, (), (), ("audit",)),
    )
    answer = evolve(report.answer, false_friends=(first,), hidden_friends=hidden)
    (picture,) = friends.draw(evolve(report, answer=answer), SIZES["16:9"])
    told = words_of(picture)
    assert words in told
    assert words in " ".join(picture.notes).replace("\u00a0", " ")
    assert "none" not in told.lower()


def test_of_the_reverse_the_strongest_of_each_matter_are_shown_and_all_are_in_the_notes() -> None:
    report = invented.friends()
    (picture,) = friends.draw(evolve(report, answer=evolve(report.answer, false_friends=())), SIZES["16:9"])
    hidden = report.answer.hidden_friends
    said = {part.name: part.paragraphs for part in picture.parts.values()}
    matters = [said[f"reverse {at} matter"][0] for at in range(3)]
    assert len(set(matters)) == 3
    assert matters[0] == min(hidden, key=lambda one: one.rank).matter
    assert said["reverse more"] == (f"3 of {len(hidden)} pairs shown: the strongest.",)
    note = next(note for note in picture.notes if note.startswith("Other number, same matter: "))
    assert note.count(";") == len(hidden) - 1


def test_what_moved_from_edition_to_edition_comes_after_what_two_standards_share() -> None:
    keys = ("iso9001-2015", "iso9001-2026", "iso14001-2015")
    report = misleading.analyse(shipped(keys), misleading.Question(keys))
    assert {one.object.standard for one in report.answer.hidden_friends[:3]} == {"iso9001-2026"}
    (picture,) = draw("friends", report)
    for at in range(3):
        assert [one for one in picture.parts.values() if one.name.startswith(f"reverse {at} iso14001-2015")]


def test_a_pair_without_a_topic_is_told_without_one() -> None:
    report = invented.friends()
    hidden = tuple(evolve(one, topics=()) for one in report.answer.hidden_friends[:1])
    answer = evolve(report.answer, false_friends=(), hidden_friends=hidden)
    (picture,) = friends.draw(evolve(report, answer=answer), SIZES["16:9"])
    told = picture.groups["The reverse"]
    assert ", ." not in told
    assert told.endswith(f"{hidden[0].object.number}.")
    assert rules.broken(picture) == []


def test_of_many_standards_only_those_that_a_number_misleads_have_a_column() -> None:
    report = invented.friends(6)
    friend = report.answer.false_friends[0]
    answer = evolve(report.answer, false_friends=(friend,))
    (picture,) = friends.draw(evolve(report, answer=answer), SIZES["16:9"])
    named = {part.name.removesuffix(" name") for part in picture.parts.values() if part.name.endswith(" name")}
    assert named == {friend.subject.standard, friend.object.standard}
    assert any(note.endswith("no number is known to mislead.") for note in picture.notes)
    assert rules.broken(picture) == []


@pytest.mark.parametrize("count", [3, 6])
def test_what_stands_in_a_row_begins_at_one_height_and_no_title_is_cut(count: int) -> None:
    (picture,) = draw("friends", report_for("friends", count))
    (table,) = picture.tables.values()
    for row in range(1, len(table.heights)):
        parts = [picture.parts[node] for (at, column), node in table.cells.items() if at == row and column]
        assert {part.anchor for part in parts} == {"t"}
        assert len({part.area.y for part in parts}) == 1
        assert not [part.paragraphs for part in parts if "…" in part.paragraphs[0]]


def test_of_many_standards_neighbours_that_agree_are_told_once_and_words_go_on_over_empty_columns() -> None:
    answer = invented.friends(6).answer
    sides = answer.standards
    clause = answer.false_friends[0].subject
    keys = [side.key for side in sides]

    def cell(title: str) -> Cell:
        return Cell(evolve(clause, title=title, name=""), "", "")

    row = {keys[0]: cell("Design"), keys[2]: cell("Being ready"), keys[3]: cell("Being ready"), keys[4]: cell("Design")}
    first, second, third = spans_of(row, sides)
    assert (first.at, first.over, first.title) == (0, 2, "Design")
    assert (second.at, second.over, second.label) == (2, 2, sides[2].label + sides[3].label)
    assert (third.at, third.over, third.label) == (4, 2, sides[4].label)
    misled = evolve(row[keys[3]], against=frozenset({keys[2]}))
    assert len(spans_of({**row, keys[3]: misled}, sides)) == 4  # what misleads stays apart, whatever it is called
    apart = {keys[0]: cell("Design"), keys[2]: cell("Design")}
    assert [one.label for one in spans_of(apart, sides)] == [sides[0].label, sides[2].label]


def test_a_row_of_many_standards_says_whose_each_title_is() -> None:
    (picture,) = draw("friends", report_for("friends", 6))
    (table,) = picture.tables.values()
    labels = [side.label for side in invented.friends(6).answer.standards]
    for (row, column), node in table.cells.items():
        if row and column:
            assert picture.parts[node].paragraphs[0].split(" ")[0].startswith(labels[column - 1])


def test_of_the_reverse_as_many_are_shown_as_have_room_beside_each_other_and_never_none() -> None:
    report = invented.friends()
    for size, least in ((SIZES["16:9"], 3), (rules.UPRIGHT, 2)):
        (picture,) = friends.draw(evolve(report, answer=evolve(report.answer, false_friends=())), size)
        shown = [part for part in picture.parts.values() if re.fullmatch(r"reverse \d matter", part.name)]
        assert len(shown) >= least
        lefts = sorted(part.area.x for part in shown)
        assert len({round(after - before) for before, after in pairwise(lefts)}) <= 1
