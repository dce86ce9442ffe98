from __future__ import annotations

import pytest
from attrs import evolve

from imsmap.errors import UnknownNameError, UsageError
from imsmap.library.editions import Successor
from imsmap.library.model import Head
from imsmap.library.names import Taken, nearest_clauses, reference, standard_key, which_clause
from tests.building import graph, standard


def head(designation: str, published: str, confidence: float = 0.9, successor: Successor | None = None) -> Head:
    number, _, year = designation.partition(":")
    key = "iso" + number.split()[-1] + "-" + year
    return Head(
        key,
        designation,
        "Title",
        "quality",
        "1",
        published,
        "current",
        confidence,
        successor,
        number.split()[-1][:-1] + "0",
    )


HEADS = (
    head("ISO 9001:2008", "2008-11"),
    head("ISO 9001:2015", "2015-09"),
    head("ISO 9001:2026", "2026-09-16", 0.6),
    head("ISO 14001:2015", "2015-09", successor=Successor("ISO 14001:2026", "2026-04-15", 0.9, "seen")),
    head("ISO/IEC 27001:2022", "2022-10"),
)


@pytest.mark.parametrize(
    "text",
    [
        "9001:2015",
        "iso9001-2015",
        "ISO 9001:2015",
        "iso 9001 : 2015",
        "ISO9001:2015",
        " 9001-2015 ",
        "9001 2015",
        "Iso-9001-2015",
        "DIN EN ISO 9001:2015-11",
        "BS EN ISO 9001:2015",
        "ÖNORM EN ISO 9001 : 2015",
        "EN ISO 9001:2015+A1:2024",
        "ISO 9001:2015/Amd 1:2024",
        "ISO 9001:2015(E)",
        "ISO 9001 (2015)",
        "ＩＳＯ\u3000９００１：２０１５",
        "ISO\u00a09001:2015\u200b",
        "ISO 9001\u20132015",
    ],
)
def test_an_edition_is_found_however_it_is_written(text: str) -> None:
    assert standard_key(text, HEADS).key == "iso9001-2015"
    assert standard_key(text, HEADS).taken is None


@pytest.mark.parametrize("text", ["27001", "ISO/IEC 27001:2022", "iso/iec 27001", "iso27001"])
def test_a_standard_of_iso_and_iec_is_found(text: str) -> None:
    assert standard_key(text, HEADS).key == "iso27001-2022"


def test_without_edition_the_newest_sure_one_is_taken_and_the_newer_named() -> None:
    choice = standard_key("9001", HEADS)
    assert choice.key == "iso9001-2015"
    assert choice.taken == Taken("ISO 9001:2015", "ISO 9001:2026")
    assert standard_key("14001", HEADS).taken == Taken("ISO 14001:2015", "ISO 14001:2026", "2026-04-15", 0.9)
    assert standard_key("27001", HEADS).taken == Taken("ISO/IEC 27001:2022")


RULES = (
    evolve(head("Works Rule 7-A:2029", "2029"), key="rule-a", series="Works Rule 7", edition="A"),
    evolve(head("Works Rule 7-B", "2031"), key="rule-b", series="Works Rule 7", edition="2030"),
    head("ISO 9001:2015", "2015-09"),
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("works rule 7", "rule-b"),
        ("Works Rule 7:2029", "rule-a"),
        ("Works Rule 7 2031", "rule-b"),
        ("works rule 7:2030", "rule-b"),
        ("Works Rule 7-B", "rule-b"),
        ("iso 9001", "iso9001-2015"),
    ],
)
def test_the_editions_of_a_series_are_found_by_its_name_and_a_year(text: str, key: str) -> None:
    assert standard_key(text, RULES).key == key


def test_a_series_is_what_its_designations_begin_with_unless_the_data_say_otherwise() -> None:
    assert [one.series for one in HEADS] == ["ISO 9001", "ISO 9001", "ISO 9001", "ISO 14001", "ISO/IEC 27001"]
    with pytest.raises(
        UnknownNameError, match="no edition 1999 of Works Rule 7 in the library; there is Works Rule 7-A"
    ):
        standard_key("works rule 7:1999", RULES)
    with pytest.raises(UnknownNameError, match="did you mean Works Rule 7-"):
        standard_key("works rules 7", RULES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9000", "9000 is a family of standards; the one with requirements is ISO 9001: write 9001"),
        ("9002", "no standard '9002'; did you mean ISO 9001:"),
        ("ISO 45001:2018", "ISO 45001 is not in the library, which holds ISO 14001:2015, ISO 9001:2008"),
        ("ISO/IEC 20000-1", "ISO/IEC 20000-1 is not in the library, which holds"),
        ("9001:1994", "no edition 1994 of 9001 in the library; there is ISO 9001:2008, ISO 9001:2015, ISO 9001:2026"),
        ("quality", "no standard 'quality'; the library holds ISO 14001:2015"),
        ("", "no standard ''; the library holds"),
        ("ISO 14001:2015, 8.4", "no standard"),
    ],
)
def test_what_is_not_there_gets_the_nearest_names(text: str, told: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        standard_key(text, HEADS)
    assert told in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("9001:2015:8.4", "iso9001-2015:8.4"),
        ("iso9001-2015:8.4", "iso9001-2015:8.4"),
        ("iso9001-2015:4.1#issues", "iso9001-2015:4.1#issues"),
        ("ISO 9001:2015 8.4", "iso9001-2015:8.4"),
        ("ISO 9001:2015, 8.4", "iso9001-2015:8.4"),
        ("ISO 9001:2015, clause 8.4", "iso9001-2015:8.4"),
        ("9001:8.4", "iso9001-2015:8.4"),
        ("9001 8", "iso9001-2015:8"),
        ("27001:A.5.9", "iso27001-2022:A.5.9"),
        ("27001:a.5.9", "iso27001-2022:A.5.9"),
    ],
)
def test_a_clause_is_found_however_it_is_written(text: str, ref: str) -> None:
    assert reference(text, HEADS).key == ref


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9001:2015", "names a standard, but a clause is needed; write one such as 9001:2015:4.1"),
        ("iso9001-2015", "names a standard, but a clause is needed"),
        ("9001", "names a standard, but a clause is needed"),
        ("8.4", "is no clause; write one such as 9001:8.4"),
        ("", "is no clause"),
    ],
)
def test_what_names_no_clause_says_what_to_write(text: str, told: str) -> None:
    with pytest.raises((UsageError, UnknownNameError)) as caught:
        reference(text, HEADS)
    assert told in str(caught.value)


def test_a_library_without_standards_says_where_they_belong() -> None:
    with pytest.raises(
        UnknownNameError, match="the library holds no standard; each has a file in the folder standards"
    ):
        reference("9001:8.4", ())


def test_the_nearest_clauses_are_named() -> None:
    known = ["8.5", "8.5.1", "8.5.6", "8.6", "9.1"]
    assert "8.5.6" in nearest_clauses("8.5.7", known)
    assert nearest_clauses("8.5.1.9.9.9.9", known)[0].startswith("8.5")
    assert nearest_clauses("77", known) == ()
    assert nearest_clauses("851", known) == ("8.5.1",)
    assert nearest_clauses("10.5.1", known) == ()


def test_of_a_number_that_has_only_clauses_under_it_those_are_named() -> None:
    known = ["8.3.2.1", "8.3.2.2", "8.3.3.1", "8.3.4.1", "8.6.3"]
    assert nearest_clauses("8.3", known) == ("8.3.2.1", "8.3.2.2", "8.3.3.1")


SECTOR = (
    Head("iatf16949-2016", "IATF 16949:2016", "Title", "quality", "1", "2016-10", "current", 0.9, None, ""),
    Head(
        "as9100d-2016", "AS9100D:2016", "Title", "quality", "D", "2016-09", "current", 0.9, None, "", series="AS9100"
    ),
)  # fmt: skip


@pytest.mark.parametrize("name", ["16949", "iatf16949", "IATF-16949", "IATF 16949:2016", "iatf16949:2016"])
def test_a_standard_of_another_body_is_known_however_its_name_is_written(name: str) -> None:
    assert standard_key(name, SECTOR).key == "iatf16949-2016"


@pytest.mark.parametrize("name", ["9100", "AS9100", "as 9100", "AS9100D", "AS 9100 D", "AS9100:2016", "AS9100D:2016"])
def test_a_standard_whose_edition_is_a_letter_is_known_with_it_and_without(name: str) -> None:
    assert standard_key(name, SECTOR).key == "as9100d-2016"


def test_the_only_part_that_is_held_is_meant_by_the_number_without_it() -> None:
    part = (head("ISO/IEC 20000-1:2018", "2018-09"),)
    assert standard_key("ISO 20000", part).key == "iso20000-1-2018"
    with pytest.raises(UnknownNameError):
        standard_key("20000-2", part)


def test_who_begins_a_name_is_asked_for_it() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean IATF 16949:2016\?"):
        standard_key("iatf", SECTOR)


def test_where_no_clause_is_near_it_is_said_which_there_are() -> None:
    assert which_clause("0", ["4", "4.1", "10", "10.1", "A.5", "A.5.1"]) == "there are 4 to 10, A"
    assert which_clause("0", ["9.1"]) == "there are 9"
    assert which_clause("4.2", ["4", "4.1"]) == "did you mean 4.1?"


def test_a_point_is_named_by_what_its_standard_adds_else_by_the_words_of_its_id() -> None:
    held = graph(standard("iso1-2030", {"4": None, "4.1": ["=issues", "+Trees of neighbours"]}))
    told = [held.label(ref) for ref, _ in held.points(("iso1-2030:4.1",))]
    assert [words.partition(' "')[2] for words in told] == ['Issues"', 'The Trees of neighbours"']
