"""Lists of requirements: what is read of them, and what a spreadsheet did to them is told with its cell."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from imsmap.api.bringing import Addition, Said, bring, summary
from imsmap.errors import DataError
from imsmap.library.model import Documented, Standard
from imsmap.readers.own import columns
from imsmap.readers.own.rows import MAX_ROWS
from tests.conftest import MINI
from tests.once import copied

HEADER = ("Number", "Title", "Requirement", "Belongs to", "Relation")
FULL = (
    ("1", "Paint", "", "", ""),
    ("1.1", "No lead", "Use paint without lead.", "iso91001-2030:8.2", "intersects-with"),
    ("1.10", "Issues", "Find out what bears on paint.", "issues", ""),
    ("2", "Tins", "Take tins back.", "widgets", ""),
)


def write(path: Path, rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, title: str = "Rules") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def added(path: Path, **said: str) -> Addition:
    return bring(path, MINI, said=Said(**{"author": "Ann", **said}), day="2031-05-01")


def told(path: Path, **said: str) -> list[str]:
    return [str(problem).removeprefix(f"{path}") for problem in added(path, **said).problems]


def standard(addition: Addition) -> Standard:
    assert addition.problems == ()
    return addition.brought.standards[0]


# --- what is read ----------------------------------------------------------------------------------------------------


def test_a_list_becomes_a_standard_with_headings_points_topics_and_relations(tmp_path: Path):
    found = added(write(tmp_path / "Smith Rules.xlsx", FULL))
    one = standard(found)
    assert (one.key, one.designation, one.published, one.author) == ("smith-rules", "Smith Rules", "2031-05-01", "Ann")
    assert [(c.number, c.topic, [p.core or p.adds for p in c.points]) for c in one.clauses] == [
        ("1", None, []), ("1.1", "smith-rules-1", ["No lead"]), ("1.10", None, ["issues"]), ("2", "widgets", ["Tins"]),
    ]  # fmt: skip
    ((set_, relations),) = found.brought.sets
    assert (set_.subject, set_.object, set_.assessed, set_.bridges) == ("smith-rules", "iso91001-2030", "part", False)
    assert [(r.subject, r.predicate, r.object, r.strength) for r in relations] == [
        (("smith-rules:1.1#requirement",), "intersects-with", ("iso91001-2030:8.2",), 5)
    ]
    assert relations[0].affirmed
    assert sorted(found.files) == ["relations/smith-rules--iso91001-2030.yaml", "standards/smith-rules.yaml"]


def test_columns_may_stand_in_any_order_under_words_of_other_people(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("Our list;;\nDescription;Remarks;Req ID\nUse no lead.;why;REQ-1\n", "utf-8")
    found = added(path, name="Rules")
    assert [(c.number, c.title, c.points[0].text) for c in standard(found).clauses] == [
        ("REQ-1", "Use no lead.", "Use no lead.")
    ]
    assert any("not read, as nothing is known of such columns: Remarks" in word for word in found.brought.notices)
    assert any("1 without a title are called by their first words" in word for word in found.brought.notices)


def test_the_sheet_standard_says_what_it_is_and_documented_information_has_its_kind(tmp_path: Path):
    path = write(
        tmp_path / "x.xlsx", [("A", "Tins", "Count tins.", "List of tins", "record")],
        ("Number", "Title", "Requirement", "Documented information", "Kind"),
    )  # fmt: skip
    book = openpyxl.load_workbook(path)
    head = book.create_sheet("Standard")
    for row in (("Name", "Smith 5"), ("Discipline", "customer"), ("Letter", "k"), ("Edition", "5")):
        head.append(row)
    book.save(path)
    one = standard(added(path))
    assert (one.designation, one.edition, one.discipline) == ("Smith 5", "5", "customer")
    assert [(d.key, d.letter) for d in one.disciplines] == [("customer", "K")]
    assert one.clauses[0].points[0].documented == Documented("retain", "List of tins")


def test_a_number_without_its_heading_stands_by_itself_and_another_says_its_own(tmp_path: Path):
    rows = [("8.1.2", "Tins", "Count.", ""), ("B", "Lids", "", ""), ("REQ-1", "Red", "Red ones.", "B")]
    one = standard(added(write(tmp_path / "x.xlsx", rows, ("Number", "Title", "Requirement", "Under"))))
    assert [(c.number, c.above) for c in one.clauses] == [("8.1.2", None), ("B", None), ("REQ-1", "B")]


def test_all_that_a_clause_asks_for_is_named_point_by_point(tmp_path: Path):
    rows = [("1", "Tins", "Do all of it.", "iso90001-2030:8.1", "superset-of")]
    found = added(write(tmp_path / "x.xlsx", rows))
    assert found.problems == ()
    assert len(found.brought.sets[0][1][0].object) == 2


# --- what is wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (8.1, "A2 holds the number 8.1, which may have been 8.10; set the column's format to Text"),
        (datetime.datetime(2026, 1, 10), "A2 holds a date, 10 January 2026, which may have been 10.1 or 1.10"),
        ("10.01.2026", "A2 reads '10.01.2026', which a spreadsheet made of a number"),
        (46032, "A2 holds 46032, which is how a spreadsheet counts 10 January 2026 and may have been 10.1"),
        ("10. Jan", "A2 reads '10. Jan', which a spreadsheet made of a number such as 10.1"),
        (True, "A2 holds yes or no, and no number"),
        ("§§", "A2 '§§' is no number; write one such as 4.1"),
        (None, "A2 is blank; give the requirement a number of its own"),
    ],
)
def test_what_a_spreadsheet_made_of_a_number_is_told_with_its_cell(tmp_path: Path, number: object, words: str):
    found = told(write(tmp_path / "x.xlsx", [(number, "Tins", "Count tins.", "", ""), ("1.1", "Lids", "Lids.")]))
    assert not any("leads back" in one for one in found)
    assert [one for one in found if one.startswith(f", Rules:2: {words}")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("1", "a", "A.", "iso91001-2030:9.9", "")], "D2 'iso91001-2030:9.9' is no core point, topic or clause"),
        ([("1", "a", "A.", "isues", "")], "D2 'isues' is no core point, topic or clause: did you mean issues"),
        ([("1", "a", "A.", "issues; planned", "")], "D2 names two core points"),
        ([("1", "a", "A.", "iso91001-2030:8.2", "cousin")], "E2 'cousin' is no relation"),
        ([("1", "a", "A.", "", "equal-to")], "E2 is given, and no clause of another standard"),
        ([("1", "a", "A.", "", ""), ("1", "b", "B.", "", "")], "A3 1 is in row 2 already; each has a number"),
        ([("1", "a", "A.", "", ""), ("1.1", "b", "B.", "", "")], "C2 1 is a heading of others"),
        ([("1", "a", "", "", "")], "C2 is blank, and nothing stands under 1"),
        ([("1", "#REF!", "A.", "", "")], "B2 holds the error #REF!; write what is meant"),
        ([("1", "a", "=1/0", "", "")], "C2 holds a formula that nobody has worked out"),
        ([("1", "a", "x" * 501, "", "")], "C2 has 501 characters; say it in 500"),
    ],
)
def test_what_does_not_fit_is_told_with_its_cell(tmp_path: Path, rows: list[tuple[str, ...]], words: str):
    assert [one for one in told(write(tmp_path / "x.xlsx", rows)) if words in one]


def test_a_number_that_is_here_twice_may_have_lost_its_nought(tmp_path: Path):
    rows = [(f"8.{n}", "t", "T.", "", "") for n in (*range(1, 10), 1)]
    assert any("8.1 is in row 2 already; was 8.10 meant?" in one for one in told(write(tmp_path / "x.xlsx", rows)))


def test_of_many_alike_in_text_all_others_are_told_by_line(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("Number,Requirement\n" + "".join(f"{n}. Jan,Do it.\n" for n in range(1, 10)), "utf-8")
    assert any("the same holds of 4 more: line 7 to line 10" in one for one in told(path))


def test_numbers_of_five_digits_are_numbers_in_a_list_without_dots(tmp_path: Path):
    assert told(write(tmp_path / "x.xlsx", [(46032, "Tins", "Count tins."), (46033, "Lids", "Count lids.")])) == []


def test_what_stands_under_no_heading_is_told_and_in_text_keeps_the_list_out(tmp_path: Path):
    found = added(write(tmp_path / "x.xlsx", [("1", "Tins", "Count tins.", "", "", "", "by Ann")]))
    assert found.problems == ()
    assert any(one.endswith("not read, as no heading stands above: G2") for one in found.brought.notices)
    text = tmp_path / "x.csv"
    text.write_text("Number,Title,Requirement\n1,Tins,Count tins, and lids\n2,Lids,Wash lids,\n", "utf-8")
    (problem,) = told(text)
    assert problem.startswith(":2: the row has ' and lids'".replace("' ", "'"))


def test_headings_that_lead_back_to_themselves_are_told(tmp_path: Path):
    rows = [("A", "a", "", "B"), ("B", "b", "", "A"), ("C", "c", "C.", "A")]
    found = told(write(tmp_path / "x.xlsx", rows, ("Number", "Title", "Requirement", "Under")))
    assert any("D2 leads back to A itself: A under B under A" in one for one in found)


def test_of_many_alike_the_first_are_told_and_the_cells_of_all_others(tmp_path: Path):
    found = told(write(tmp_path / "x.xlsx", [(n + 0.5, "t", "T.", "", "") for n in range(40)]))
    assert any("the same holds of 35 more: A7 to A41" in one for one in found)


def test_merged_cells_are_told_by_their_range(tmp_path: Path):
    path = write(tmp_path / "x.xlsx", [("1", "a", "A.", "", ""), ("2", "b", "B.", "", "")])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A2:A3")
    book.save(path)
    assert any("A2:A3 are merged" in one for one in told(path))


def test_two_sheets_of_requirements_are_asked_about_and_one_can_be_named(tmp_path: Path):
    path = write(tmp_path / "x.xlsx", FULL)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active).title = "Old"
    book.save(path)
    with pytest.raises(DataError, match="'Rules' and 'Old' both hold requirements; say which is meant with --sheet"):
        added(path)
    assert standard(added(path, sheet="old"))
    with pytest.raises(DataError, match=r"no sheet 'New' .*; there are Rules, Old"):
        added(path, sheet="New")


def test_a_file_without_a_list_is_told_how_to_get_a_form(tmp_path: Path):
    with pytest.raises(DataError, match=r"begins with 'a, b'; imsmap add --template"):
        added(write(tmp_path / "x.xlsx", [], ("a", "b")))
    with pytest.raises(DataError, match="headings and no row below them"):
        added(write(tmp_path / "x.xlsx", []))


def test_a_workbook_that_is_none_is_refused_in_a_line(tmp_path: Path):
    path = tmp_path / "x.xlsx"
    for content in (b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", b"Number,Requirement\n1,A.\n"):
        path.write_bytes(content)
        with pytest.raises(DataError) as told:
            added(path)
        assert len(told.value.problems) == 1


def test_more_rows_than_a_standard_may_have_are_refused_in_a_line(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("Number,Requirement\n" + "".join(f"{n},T.\n" for n in range(MAX_ROWS + 1)), "utf-8")
    with pytest.raises(DataError, match=f"holds {MAX_ROWS + 1} requirements, and a standard may have {MAX_ROWS}"):
        added(path)


def test_the_name_or_key_of_a_standard_of_the_library_is_refused(tmp_path: Path):
    path = write(tmp_path / "iso91001-2030.xlsx", FULL)
    words = told(path)[0]
    assert "would be known as iso91001-2030, which is" in words
    assert "give yours another name" in words


@pytest.mark.parametrize(("discipline", "key", "own"), [("Quality", "quality", 0), ("customer", "customer", 1)])
def test_a_discipline_is_one_of_the_library_or_its_own(tmp_path: Path, discipline: str, key: str, own: int):
    one = standard(added(write(tmp_path / "x.xlsx", FULL), discipline=discipline))
    assert (one.discipline, len(one.disciplines)) == (key, own)


def test_no_title_of_a_column_means_two_of_them():
    words = [columns.word(name) for one in columns.COLUMNS for name in (one.title, one.key, *one.words)]
    assert columns.places(["Clause", "Obligation"]) == {"number": 0, "text": 1}
    assert len({one.key for one in columns.COLUMNS}) == len(columns.COLUMNS)
    assert all(words)


# --- legal registers -------------------------------------------------------------------------------------------------

LEGAL = ("Number", "Title", "Obligation", "Law", "Section", "Applicable", "Reason", "How evaluated", "Owner",
         "Last evaluated", "Next review")  # fmt: skip


def law(path: Path, **more: object) -> Addition:
    first = [
        "L-1",
        "Air",
        "Measure.",
        "Air Act",
        "§ 1",
        "yes",
        "",
        "By report",
        "Ann",
        "2030-01-31",
        datetime.date(2031, 2, 1),
    ]
    second = ["L-2", "Noise", "Be quiet.", "Noise Act", "", "no", "No work at night", "", "", "", ""]
    for name, value in more.items():
        first[LEGAL.index(name.replace("_", " ").capitalize())] = value  # type: ignore[call-overload]
    return added(write(path, [first, second], LEGAL))


def test_a_legal_register_says_from_where_obligations_come_and_fills_the_client_s_register(tmp_path: Path):
    found = law(tmp_path / "Law.xlsx")
    one = standard(found)
    assert [(c.obligation.law, c.obligation.place) for c in one.clauses if c.obligation] == [
        ("Air Act", "§ 1"), ("Noise Act", ""),
    ]  # fmt: skip
    assert [topic.title for topic in one.topics] == ["Air Act", "Noise Act"]
    assert {(key.sheet, key.row, key.field): value for key, value in found.brought.answers.items()} == {
        ("requirements", "law:L-1#requirement", "applies"): "Applies",
        ("obligations", "law:L-1", "how"): "By report",
        ("obligations", "law:L-1", "owner"): "Ann",
        ("obligations", "law:L-1", "evaluated"): datetime.date(2030, 1, 31),
        ("obligations", "law:L-1", "next"): datetime.date(2031, 2, 1),
        ("requirements", "law:L-2#requirement", "applies"): "Not applicable",
        ("requirements", "law:L-2#requirement", "justification"): "No work at night",
    }


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("next_review", "03/04/2031", "K2 '03/04/2031' may be 2031-03-04 or 2031-04-03"),
        ("applicable", "perhaps", "F2 'perhaps' says neither"),
        ("law", "", "D2 is blank; name the law"),
    ],
)
def test_what_does_not_fit_in_a_legal_register_is_told_with_its_cell(
    tmp_path: Path, column: str, value: object, words: str
):
    assert [one for one in law(tmp_path / "x.xlsx", **{column: value}).problems if words in one.message]


def test_columns_of_a_legal_register_in_a_list_that_is_none_are_told(tmp_path: Path):
    found = added(
        write(tmp_path / "x.xlsx", [("1", "a", "A.", "2031-01-01")], ("Number", "Title", "Requirement", "Next due"))
    )
    assert any("read in a legal register only" in one for one in found.brought.notices)
    assert found.brought.answers == {}


def test_a_legal_register_serves_the_clauses_that_ask_for_one(tmp_path: Path):
    path = write(
        tmp_path / "Law.xlsx", [("L-1", "Air", "Measure.", "Air Act")], ("Number", "Title", "Obligation", "Law")
    )
    found = bring(path, copied(tmp_path / "some", "iso9001-2015", "iso14001-2015", "iso45001-2018"), day="2031-01-01")
    assert found.problems == ()
    assert found.brought.standards[0].discipline == "compliance"
    assert any("1 requirement in 1 clause; 0 are core points, 1 has a relation" in line for line in summary(found))
    tied = {ref for _, relations in found.brought.sets for relation in relations for ref in relation.object}
    assert {"iso14001-2015:6.1.3", "iso14001-2015:9.1.2", "iso45001-2018:6.1.3", "iso45001-2018:9.1.2"} <= tied
