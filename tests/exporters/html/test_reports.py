"""What the page says below its figures."""

from __future__ import annotations

import html

from tests.exporters.html import pages


def test_a_note_that_asks_for_nothing_is_on_the_page_once_with_its_clauses() -> None:
    shown = html.unescape(pages.two().decode("utf-8"))
    words = "Interested parties may also want something from the organization because of climate change."
    assert shown.count(words) == 1
    before = shown.partition(words)[0]
    assert before.endswith("Note to ISO 9001:2015, 4.2 and ISO 14001:2015, 4.2 (Amd 1:2024): ")
