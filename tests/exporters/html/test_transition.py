"""What changes between editions, on the page, without a script."""

from __future__ import annotations

import re

import pytest

from imsmap.api.answers import Answers
from tests.exporters.html import pages
from tests.exporters.html.pages import A, B


def view() -> str:
    found = re.search(r'<section id="transition".*?</section>', pages.two().decode(), re.DOTALL)
    assert found
    return found[0]


def test_each_clause_that_changes_stands_there_with_its_kinds_its_note_and_how_sure_it_is():
    answer = Answers(pages.both(), (A, B)).transition.answer
    changed = [change for one in answer.transitions for change in one.changes if change.types != ("unchanged",)]
    rows = re.findall(r'<tr data-kinds="([^"]*)">(.*?)</tr>', view(), re.DOTALL)
    assert [kinds.split() for kinds, _ in rows] == [list(change.types) for change in changed]
    told = [(change, pages.text_of(row.encode())) for change, (_, row) in zip(changed, rows, strict=True)]
    assert [change for change, text in told if (change.confidence < 0.9) != ("reported" in text)] == []
    assert sum(bool(change.note) for change in changed) > 40


def test_what_to_do_by_when_stands_before_it_with_other_days_that_are_told():
    said = pages.text_of(view().encode())
    assert "31 March 2028 Last day for certificates to ISO 9001:2015 (reported, confidence 0.8)" in said
    assert "Also told: May 2029" in said
    assert re.findall(r"20[0-9]{2}-[0-9]{2}", said) == []
    assert "**" not in said


def test_clauses_that_stay_are_named_in_a_line_and_only_clauses_of_the_page_are_linked():
    said = pages.text_of(view().encode())
    assert "As before: 4.4.1" in said
    assert not re.findall(r'href="#iso[0-9]+-2026', view())


@pytest.mark.slow
def test_a_page_without_another_edition_has_no_such_view():
    assert b'id="transition"' not in pages.few_of_six()
    assert b"New editions" not in pages.few_of_six()
