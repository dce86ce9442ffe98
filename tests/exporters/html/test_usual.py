from __future__ import annotations

from imsmap.exporters.html.usual import USUAL
from tests.once import shipped


def test_every_title_that_is_meant_is_there():
    graph = shipped()
    titles = [clause.title.lower() for standard in graph.standards for clause in graph.clauses(standard.key)]
    assert len(titles) > 100
    assert [part for parts in USUAL.values() for part in parts if not any(part in title for title in titles)] == []


def test_usual_words_are_small_and_each_leads_further_than_itself():
    assert all(word == word.lower() and parts for word, parts in USUAL.items())
    assert not any(word in part for word, parts in USUAL.items() for part in parts)
