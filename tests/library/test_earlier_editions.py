"""What was published on the way from earlier editions, as it is stated: the real data."""

from __future__ import annotations

import re

import pytest

from imsmap.library.load import load
from imsmap.library.model import Relation
from tests.fixtures import MAPPINGS

EARLIER = ("iso9001-2008:", "iso14001-2004:")


@pytest.fixture(scope="module")
def relations() -> tuple[Relation, ...]:
    return tuple(
        relation
        for relation in load(MAPPINGS).relations
        if any(ref.startswith(EARLIER) for ref in (*relation.subject, *relation.object))
    )


def test_a_blank_in_a_published_table_is_no_reason_by_itself(relations: tuple[Relation, ...]) -> None:
    """That no clause was the forerunner of one does not say that they share nothing."""
    nones = [relation for relation in relations if relation.predicate == "no-relationship"]
    assert nones
    for relation in nones:
        assert not re.search(r"beside it\.?$", relation.differs), relation.id
        assert relation.confidence <= 0.75, relation.id


def test_what_a_table_puts_beside_each_other_is_named_with_its_standards(relations: tuple[Relation, ...]) -> None:
    named = re.compile(r"puts ISO (9001|14001):(2008|2015), [\d.]+ beside ISO (9001|14001):(2004|2008), [\d.]+\.$")
    told = [relation for relation in relations if "published table puts" in relation.shared]
    assert told
    assert [relation.id for relation in told if not named.search(relation.shared)] == []
