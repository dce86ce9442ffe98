from __future__ import annotations

import json

from imsmap.exporters.json import export
from tests.exporters.nasty import TEXTS, report


def test_an_answer_begins_with_analysis_version_and_data_version():
    answer = json.loads(export(report()))
    assert list(answer) == ["analysis", "version", "data_version", "texts"]
    assert (answer["analysis"], answer["version"], answer["data_version"]) == ("nasty", 1, "1.0")


def test_every_text_that_has_a_utf8_form_comes_back_as_it_was():
    texts = [text for text in TEXTS if "\ud800" not in text]
    assert json.loads(export(report(tuple(texts))))["texts"] == texts


def test_no_control_character_that_a_terminal_obeys_is_written_as_it_is():
    written = export(report()).decode()
    assert not [sign for sign in written if sign != "\n" and (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0)]


def test_words_are_written_as_words_and_not_as_escapes():
    assert "مرحبا" in export(report()).decode()
    assert export(report()).endswith(b"}\n")
