from __future__ import annotations

import importlib
import io
import pkgutil
import random
import typing
from collections.abc import Callable

import attrs
import pytest

import imsmap.pictures
from imsmap import about
from imsmap.drawing import FONT_FLOOR, SIZES, Area, Sheet
from imsmap.errors import UnsuitedError
from imsmap.pictures.cover import CoverAnswer
from imsmap.report import Report
from tests.pictures import rules
from tests.pictures.invented import draw, report_for
from tests.sharing import DOTS

NAMES = tuple(sorted(module.name for module in pkgutil.iter_modules(imsmap.pictures.__path__)))
SUITS = {"venn": (2, 3), "upset": (4, 6), "transition": (2,)}
"""How many standards a picture is for, where it is not for two to six."""


SHOW_EACH_TITLE = ("hero", "coverage", "friends", "heatmap", "house", "processes", "upset", "venn")
"""Pictures that name every clause they count."""
TITLES = ("Customer focus", "Emergency preparedness and response")


def least(name: str) -> int:
    return SUITS.get(name, (2,))[0]


CASES = [(name, count) for name in NAMES for count in SUITS.get(name, (2, 3, 6))]
USUAL = "16:9"


def unfit(name: str, count: int, size: str, lengthen: float) -> list[str]:
    """List what does not fit in a picture, and what was cut without being told whole in the notes."""
    pictures = draw(name, report_for(name, count, lengthen), size)
    found = []
    for picture in pictures:
        found += rules.broken(picture)
        # What was shrunk, abbreviated or split is told: whatever ends in an ellipsis stands whole in the notes.
        told = rules.fate(picture)
        if told.abbreviated and not any("n full" in note or note.startswith("And ") for note in picture.notes):
            found.append("a text was cut, and the notes do not tell it")
        if told.smallest < FONT_FLOOR:
            found.append(f"a text is set in {told.smallest}")
    if len(pictures) > 1 and name not in ("tree", "processes"):
        pages = enumerate(pictures, start=1)
        found += [one.title for at, one in pages if f"({at} of {len(pictures)})" not in one.title]
    return [f"{size}, titles x {lengthen}: {words}" for words in found]


@pytest.mark.parametrize(("name", "count"), CASES)
@pytest.mark.parametrize("lengthen", [1.0, 1.35])
def test_every_text_fits_its_box_also_where_titles_are_a_third_longer(name: str, count: int, lengthen: float) -> None:
    assert unfit(name, count, USUAL, lengthen) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), CASES)
def test_every_text_fits_its_box_at_any_other_size(name: str, count: int) -> None:
    others = [(size, lengthen) for size in sorted(SIZES) if size != USUAL for lengthen in (1.0, 1.35)]
    assert [words for size, lengthen in others for words in unfit(name, count, size, lengthen)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_where_a_template_leaves_little_no_word_breaks_and_none_stands_out_of_its_place(name: str) -> None:
    module = importlib.import_module(f"imsmap.pictures.{name}")
    for count in SUITS.get(name, (2, 3, 6)):
        for size in (rules.UPRIGHT, rules.NARROW, rules.LOW):
            for picture in module.draw(report_for(name, count), size):
                outside = [one for one in rules.broken(picture) if "points of text" in one or "off the sheet" in one]
                assert (rules.torn(picture), outside) == ([], []), (count, size)


def test_what_was_shrunk_abbreviated_or_split_is_reported(golden: Callable[[str, str], None]) -> None:
    lines = ["picture | standards | titles | pages | texts below 14 points | smallest | abbreviated"]
    for name in NAMES:
        for count in SUITS.get(name, (2, 3, 6)):
            for lengthen in (1.0, 1.35):
                pictures = draw(name, report_for(name, count, lengthen))
                fates = [rules.fate(picture) for picture in pictures]
                shrunk, smallest = sum(one.shrunk for one in fates), min(one.smallest for one in fates)
                short = ", ".join(part for one in fates for part in one.abbreviated) or "nothing"
                lines.append(f"{name} | {count} | x {lengthen} | {len(pictures)} | {shrunk} | {smallest:g} | {short}")
    golden("../pictures/golden/text-fits.txt", "\n".join(lines).replace("\u00a0", " ") + "\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_in_greyscale_every_fill_shows_its_letter_or_glyph(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    from imsmap.exporters import png

    # As a screen shows it; with more dots everything can be seen only better.
    for dots in DOTS:
        monkeypatch.setattr(png, dots, 96)
    for picture in draw(name, report_for(name, SUITS.get(name, (2, 3))[-1]))[:2]:
        drawn = Image.open(io.BytesIO(png.export(picture))).convert("L")
        scale = drawn.width / picture.size.width
        for part in picture.parts.values():
            if part.fill in (None, "#FFFFFF") or part.role in ("page", *rules.FREE):
                continue
            area = part.area
            inside = (area.x + 2, area.y + 2, area.right - 2, area.bottom - 2)
            low, high = drawn.crop(tuple(round(edge * scale) for edge in inside)).getextrema()  # type: ignore[arg-type]
            assert high - low > 90, f"{part.name}: nothing can be seen on its fill"


def test_the_measure_of_text_finds_a_line_that_is_too_wide_and_one_too_many() -> None:
    sheet = Sheet(SIZES["16:9"])
    sheet.box(Area(10, 10, 60, 12), ["Q wide enough for two"], lines=["Q wide enough for two", "Q"], size=11, name="x")
    found = rules.broken(sheet.picture("x", "x", "x", []))
    assert any("points of text in" in problem for problem in found)
    assert any("2 lines in 12 points" in problem for problem in found)


def test_a_fill_without_letter_and_a_pale_text_are_found() -> None:
    sheet = Sheet(SIZES["16:9"])
    sheet.box(Area(10, 10, 60, 20), ["pale"], size=11, name="x", fill="#D6E8F3", ink="#8CB4D2")
    found = rules.broken(sheet.picture("x", "x", "x", []))
    assert any("can't be read" in problem for problem in found)
    assert any("no letter" in problem for problem in found)


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_every_group_and_every_ground_has_its_alt_text(name: str) -> None:
    for picture in draw(name, report_for(name, least(name))):
        assert picture.alt.startswith(picture.title)
        assert all(alt.strip() for alt in picture.groups.values())
        assert all(part.alt for part in picture.parts.values() if part.role == "ground")


@pytest.mark.parametrize("name", NAMES)
def test_titles_hold_no_percentage_and_count_n_of_m_or_one_thing(name: str) -> None:
    for picture in draw(name, report_for(name, least(name))):
        assert "%" not in picture.title
        assert name in ("cover", "method") or any(character.isdigit() for character in picture.title)


@pytest.mark.parametrize(("name", "count"), [("venn", 4), ("venn", 6), ("upset", 2), ("upset", 3)])
def test_a_picture_that_can_not_show_so_many_standards_says_which_one_can(name: str, count: int) -> None:
    with pytest.raises(UnsuitedError, match=r"use (upset|venn)$"):
        draw(name, report_for(name, count))


@pytest.mark.parametrize("name", NAMES)
def test_a_title_of_300_characters_is_cut_to_its_box_and_stands_whole_in_the_notes(name: str) -> None:
    long = "Customer " + "x" * 291
    pictures = draw(name, report_for(name, least(name), swap=dict.fromkeys(TITLES, long)))
    for picture in pictures:
        assert rules.broken(picture) == []
    told = " ".join(
        " ".join((*p.notes, *(text for part in p.parts.values() for text in part.paragraphs))) for p in pictures
    )
    assert name not in SHOW_EACH_TITLE or long in told


@pytest.mark.parametrize("name", NAMES)
def test_every_line_stands_on_what_it_was_placed_on(name: str) -> None:
    for picture in draw(name, report_for(name, SUITS.get(name, (2, 3))[-1])):
        assert rules.drawn_elsewhere(picture) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_a_picture_says_is_what_it_said(name: str, golden: Callable[[str, str], None]) -> None:
    golden(
        f"../pictures/golden/{name}.txt", "".join(rules.words_of(p) for p in draw(name, report_for(name, least(name))))
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_keys_in_an_answer_changes_nothing(name: str) -> None:
    def shuffled(value: object) -> object:
        if isinstance(value, dict):
            keys = list(value)
            random.Random(7).shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        if attrs.has(type(value)):
            given = (one.name for one in attrs.fields(type(value)) if one.init)
            return attrs.evolve(value, **{name: shuffled(getattr(value, name)) for name in given})
        return type(value)(map(shuffled, value)) if isinstance(value, (list, tuple)) else value

    report = report_for(name, SUITS.get(name, (2, 3))[-1])
    again = attrs.evolve(report, answer=shuffled(report.answer))
    assert draw(name, report) == draw(name, again)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_draws_the_very_answer_that_its_question_gives(name: str) -> None:
    of = about.pictures()[name].of
    drawn = typing.get_type_hints(importlib.import_module(f"imsmap.pictures.{name}").draw)["report"]
    if of == "cover":
        assert drawn == Report[CoverAnswer]
    else:
        assert drawn == typing.get_type_hints(importlib.import_module(f"imsmap.analyses.{of}").analyse)["return"]
