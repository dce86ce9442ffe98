"""What changes between two editions, as bands."""

from __future__ import annotations

import pytest
from attrs import evolve

from imsmap.analyses import transition as analysis
from imsmap.drawing import SIZES
from imsmap.pictures import transition as pictures
from imsmap.pictures.transition import KINDS, _bands, _counts
from tests import editions
from tests.once import shipped
from tests.pictures import rules
from tests.pictures.invented import draw, transition


def test_the_numbers_at_the_left_sum_to_the_leaf_clauses_of_the_new_edition() -> None:
    told = analysis.analyse(editions.library(), analysis.Question((editions.OLD,))).answer.transitions[0]
    counts = _counts(told)
    assert sum(counts[kind] for kind in KINDS if kind != "gone") == len(told.leaves)
    assert counts["gone"] == told.counts["withdrawn"] == 1


def test_the_bands_of_each_edition_sum_to_its_leaf_clauses_though_some_go_two_ways() -> None:
    keys = ["iso9001-2015", "iso9001-2026"]
    told = analysis.analyse(shipped(keys), analysis.Question(tuple(keys))).answer.transitions[0]
    bands = _bands(told)
    assert len(told.changes) > sum(band.from_old for band in bands)
    assert round(sum(band.from_old for band in bands), 6) == told.old.leaf_clauses
    assert round(sum(band.to_new for band in bands), 6) == told.new.leaf_clauses == sum(_counts(told).values())


def test_each_band_is_drawn_once_and_as_many_as_there_are_changes_of_leaf_clauses() -> None:
    report = transition()
    told = report.answer.transitions[0]
    (picture,) = draw("transition", report)
    bands = _bands(told)
    assert sum(band.count for band in bands) == sum(change.leaf for change in told.changes)
    names = [part.name for part in picture.parts.values()]
    for band in bands:
        assert names.count(f"{band.kind} {band.old or '-'} {band.new or '-'}") == 1


def test_what_is_gone_is_counted_of_the_old_edition_and_each_word_of_the_legend_is_explained() -> None:
    report = analysis.analyse(editions.library(), analysis.Question((editions.OLD,)))
    told = report.answer.transitions[0]
    (picture,) = draw("transition", report)
    parts = {part.name: " ".join(part.paragraphs) for part in picture.parts.values()}
    assert parts["gone whole"] == f"of {told.old.leaf_clauses}"
    assert parts["unchanged whole"] == f"of {told.new.leaf_clauses}"
    assert told.old.leaf_clauses != told.new.leaf_clauses
    counted = [kind for kind in KINDS if f"{kind} count" in parts]
    assert [kind for kind in counted if not parts.get(f"{kind} meaning")] == []


@pytest.mark.parametrize("height", [540.0, 470.0])
def test_a_name_too_long_for_its_line_takes_two_and_is_whole(height: float) -> None:
    keys = ["iso9001-2015", "iso9001-2026"]
    report = analysis.analyse(shipped(keys), analysis.Question(tuple(keys)))
    (picture,) = pictures.draw(report, evolve(SIZES["4:3"], height_in=height / 72))
    names = [part for part in picture.parts.values() if part.name.startswith("old ") and part.name.endswith(" name")]
    assert len(names) == 7
    assert not [part.name for part in names if any("…" in words for words in part.paragraphs)]
    assert max(len(part.lines) for part in names) == 2
    assert rules.broken(picture) == []


def test_on_a_page_upright_no_word_of_the_legend_breaks() -> None:
    for picture in pictures.draw(transition(), rules.UPRIGHT):
        assert rules.torn(picture) == []
        assert [one for one in rules.broken(picture) if "word" in one] == []
