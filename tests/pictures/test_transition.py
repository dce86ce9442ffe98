"""What changes between two editions, as bands."""

from __future__ import annotations

from imsmap.analyses import transition as analysis
from imsmap.pictures.transition import KINDS, _bands, _counts
from tests import editions
from tests.pictures.invented import draw, transition


def test_the_numbers_at_the_left_sum_to_the_leaf_clauses_of_the_new_edition() -> None:
    told = analysis.analyse(editions.library(), analysis.Question((editions.OLD,))).answer.transitions[0]
    counts = _counts(told)
    assert sum(counts[kind] for kind in KINDS if kind != "gone") == len(told.leaves)
    assert counts["gone"] == told.counts["withdrawn"] == 1


def test_each_band_is_drawn_once_and_as_many_as_there_are_changes_of_leaf_clauses() -> None:
    report = transition()
    told = report.answer.transitions[0]
    (picture,) = draw("transition", report)
    bands = _bands(told)
    assert sum(band.count for band in bands) == sum(change.leaf for change in told.changes)
    names = [part.name for part in picture.parts.values()]
    for band in bands:
        assert names.count(f"{band.kind} {band.old or '-'} {band.new or '-'}") == 1
