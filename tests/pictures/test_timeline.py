from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from imsmap.analyses.timeline import TimelineAnswer
from imsmap.api.deck import Occasion
from imsmap.drawing import PAPER, SIZES, Area, Part, Picture
from imsmap.pictures import timeline as pictures
from imsmap.report import Report
from tests.pictures import rules
from tests.pictures.invented import draw, report_for, timeline


def shown(picture: Picture) -> dict[str, Part]:
    """Give the parts of a page by their names."""
    return {part.name: part for part in picture.parts.values()}


def at(picture: Picture, year: int) -> float:
    """Give where a year begins."""
    return shown(picture)[f"Line {year}"].area.x


def seen(report: Report[TimelineAnswer], today: str) -> Picture:
    """Draw it as on a day."""
    (picture,) = pictures.draw(evolve(report, answer=evolve(report.answer, today=today)), SIZES["16:9"])
    return picture


def test_every_mark_stands_at_its_date() -> None:
    (picture,) = draw("timeline", report_for("timeline", 2))
    parts = shown(picture)
    year = at(picture, 2033) - at(picture, 2032)
    key = "invented0-2031"
    assert parts["today"].area.x == pytest.approx(at(picture, 2031) + 331 / 365 * year, abs=0.2)
    assert parts[f"{key} successor"].area.x == pytest.approx(at(picture, 2031) + 14 / 365 * year, abs=0.2)
    assert parts["last certificates"].area.x == pytest.approx(at(picture, 2032) + 212 / 366 * year, abs=0.2)
    assert parts["ends"].area.x == pytest.approx(at(picture, 2034) + 30 / 365 * year, abs=0.2)
    amended = parts[f"{key} amendment 1"].area
    assert amended.x + amended.width / 2 == pytest.approx(at(picture, 2031) + 31 / 365 * year, abs=0.2)


@pytest.mark.parametrize("lengthen", [1.0, 3.0])
def test_no_date_moves_however_long_its_words_are(lengthen: float) -> None:
    (picture,) = draw("timeline", timeline(4, lengthen))
    marks = [part.area for name, part in shown(picture).items() if " amendment " in name]
    assert len({round(area.x, 1) for area in marks}) == 1
    assert len(marks) == 2


def test_the_old_edition_fades_to_its_end_which_is_dashed_while_it_is_only_reported() -> None:
    (picture,) = draw("timeline", report_for("timeline", 2))
    parts = shown(picture)
    assert parts["fades"].fades == PAPER
    assert parts["fades"].area.x == parts["invented0-2031 edition"].area.right
    assert parts["fades"].area.right == pytest.approx(parts["ends"].area.x)
    ends = [part for part in picture.parts.values() if part.name == "ends"]
    assert [part.dashed for part in ends] == [True, False]
    assert parts["invented0-2031 ends"].paragraphs == (
        "transition ends 31\u00a0January\u00a02034: reported, confidence 0.7",
    )


def test_the_line_starts_this_year_and_ends_a_quarter_after_the_last_date() -> None:
    (picture,) = draw("timeline", report_for("timeline", 2))
    parts = shown(picture)
    year = at(picture, 2033) - at(picture, 2032)
    assert at(picture, 2031) == parts["invented1-2031 edition"].area.x
    assert picture.size.width - picture.size.edge - parts["ends"].area.x == pytest.approx(year / 4, abs=0.5)


@pytest.mark.parametrize(
    ("today", "months"),
    [("2031-11-28", 26), ("2031-12-31", 25), ("2034-01-30", 0), ("2035-01-01", 0), ("2033-12-31", 1)],
)
def test_whole_months_are_left_until_the_end_and_never_less_than_none(today: str, months: int) -> None:
    picture = seen(timeline(2), today)
    assert shown(picture)["invented0-2031 months"].paragraphs == (str(months),)
    assert f"{months} month{'' if months == 1 else 's'} left for ISO" in picture.title


def test_an_edition_without_successor_runs_to_the_edge_and_the_title_counts_the_others() -> None:
    (picture,) = draw("timeline", report_for("timeline", 2))
    parts = shown(picture)
    assert (
        picture.title.replace("\u00a0", " ")
        == "1 of 2 editions was replaced in 2031: 26 months left for ISO 90001:2031"
    )
    assert "invented1-2031 successor" not in parts
    assert parts["invented1-2031 edition"].area.right == pytest.approx(picture.size.width - picture.size.edge)


def test_no_end_of_a_transition_is_invented_and_no_today_without_a_day() -> None:
    report = timeline(2)
    events = tuple(one for one in report.answer.events if one.kind not in ("last certificates", "ends"))
    (picture,) = pictures.draw(evolve(report, answer=evolve(report.answer, events=events, today="")), SIZES["16:9"])
    parts = shown(picture)
    assert "today" not in parts
    assert "ends" not in parts
    assert "invented0-2031 months" not in parts
    assert parts["invented0-2031 in transition"].paragraphs == ("in transition: confirm with your certification body",)


def test_today_is_the_day_of_the_occasion() -> None:
    told = Occasion(datetime.date(2031, 2, 3)).timeline(timeline(2))
    assert told.answer.today == "2031-02-03"
    assert (
        "Seen from 3\u00a0February\u00a02031." in shown(pictures.draw(told, SIZES["16:9"])[0])["Source"].paragraphs[0]
    )


def test_every_date_has_its_confidence_and_source_in_the_notes() -> None:
    (picture,) = draw("timeline", report_for("timeline", 3))
    for event in timeline(3).answer.events:
        assert any(
            note.startswith(event.date) and "confidence 0.7" in note and "an invented source" in note
            for note in picture.notes
        )


def test_of_many_editions_those_to_which_nothing_happens_are_named_in_a_line() -> None:
    (picture,) = draw("timeline", timeline(6))
    parts = shown(picture)
    assert sorted(name for name in parts if name.endswith(" head")) == [
        f"invented{at}-2031 head" for at in (0, 2, 3, 4)
    ]
    (told,) = parts["Quiet"].paragraphs
    assert told.replace("\u00a0", " ") == "No successor in these data: ISO 14901:2031 and ISO 22901:2030."


def test_an_edition_that_is_still_to_come_is_no_sliver_at_the_edge() -> None:
    report = timeline(2)
    found = tuple(
        evolve(one, date="2036-06") if (one.standard, one.kind) == ("invented1-2031", "published") else one
        for one in report.answer.events
    )
    (picture,) = pictures.draw(evolve(report, answer=evolve(report.answer, events=found)), SIZES["16:9"])
    year = at(picture, 2036) - at(picture, 2035)
    assert shown(picture)["invented1-2031 edition"].area.width == pytest.approx(pictures.NEW * year, abs=0.5)


def test_two_editions_of_one_standard_share_a_row_with_both_labels_and_colours() -> None:
    report = timeline(2)
    old, new = report.answer.standards
    came = next(one for one in report.answer.events if one.kind == "replaced")
    sides = (old, evolve(new, designation=came.what, discipline=old.discipline, colours=old.colours, label="Q31"))
    picture = seen(evolve(report, answer=evolve(report.answer, standards=sides)), "2031-11-28")
    parts = shown(picture)
    assert parts[f"{old.key} head"].area.y == parts[f"{new.key} head"].area.y
    assert parts[f"{new.key} head"].area.right < parts[f"{old.key} name"].area.x
    assert parts[f"{old.key} successor"].fill == parts[f"{new.key} head"].fill != parts[f"{old.key} head"].fill
    assert f"{new.key} edition" not in parts
    assert picture.title.startswith("1 of 2 editions")


def test_on_a_page_upright_what_to_confirm_is_told_whole_and_the_months_left_are_hero_numbers() -> None:
    report = report_for("timeline", 2)
    (picture,) = pictures.draw(evolve(report, answer=evolve(report.answer, today="2031-11-28")), rules.UPRIGHT)
    parts = shown(picture)
    assert "…" not in " ".join(parts["Confirm"].paragraphs)
    months = [part for name, part in parts.items() if name.endswith(" months")]
    assert months
    assert all(part.size >= 28 for part in months)


def test_months_left_stand_in_a_low_row_too() -> None:
    size = evolve(SIZES["16:9"], name="template", title=Area(36, 24, 888, 60), body=Area(36, 100, 888, 250))
    report = report_for("timeline", 2)
    (picture,) = pictures.draw(evolve(report, answer=evolve(report.answer, today="2031-11-28")), size)
    assert [part for name, part in shown(picture).items() if name.endswith(" months")]
