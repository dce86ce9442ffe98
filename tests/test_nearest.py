from __future__ import annotations

import subprocess
import sys

from imsmap.nearest import did_you_mean, near


def test_the_nearest_words_are_asked_for_the_nearest_first():
    assert near("colums", ["columns", "column", "venn"]) == ("columns", "column")
    assert did_you_mean("colums", ["venn", "column", "columns"]) == "did you mean columns or column?"


def test_small_and_capital_letters_count_alike_and_the_word_is_shown_as_it_is_known():
    assert did_you_mean("a4", ["A4", "A3"]) == "did you mean A4?"
    assert near("TITLE", ["title"]) == ("title",)
    assert near("a", ["A", "a"]) == ("A", "a")


def test_no_more_are_named_than_asked_for():
    known = [f"word{number}" for number in range(9)]
    assert len(near("word", known)) == 3
    assert did_you_mean("word3", known, most=1) == "did you mean word3?"


def test_keys_of_a_file_stand_in_quotation_marks():
    assert did_you_mean("titel", ["title"], quoted=True) == "did you mean 'title'?"


def test_where_nothing_is_near_the_known_words_are_named_in_their_order():
    assert did_you_mean("xyz", {"venn", "pdca"}) == "there are pdca, venn"
    assert did_you_mean("xyz", ["venn", "pdca"]) == "there are venn, pdca"
    assert did_you_mean("xyz", ["venn"]) == "there is venn"
    assert did_you_mean("xyz", []) == "none is known"


def test_of_a_long_list_only_the_beginning_is_named():
    told = did_you_mean("xyz", [f"{number:03}" for number in range(41)])
    assert told == "there are 000, 001, 002, 003, 004, 005, ..."


def test_something_better_than_a_list_is_said_where_it_is_given():
    assert did_you_mean("xyz", ["title"], otherwise="remove it") == "remove it"
    assert did_you_mean("titel", ["title"], otherwise="remove it") == "did you mean title?"


def test_nearness_costs_nothing_until_a_word_is_wrong():
    code = "import sys; import imsmap.nearest; sys.exit('difflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
