from __future__ import annotations

from pathlib import Path

import pytest

from imsmap.errors import DataError, UnknownNameError
from imsmap.readers.mapping import Mapping, read_mapping
from tests.work import calls

KNOWN = {f"iso1-2030:{n}" for n in ("4.1", "8.2", "8.4")} | {f"iso2-2030:{n}" for n in ("4.1", "8.1", "8.2")}


def resolve(text: str, standard: str) -> tuple[str, ...]:
    refs = tuple(f"{standard}:{part}" if standard else part for part in text.split(" and "))
    if not KNOWN.issuperset(refs):
        raise UnknownNameError(f"no clause {text}")
    return refs


def read(tmp_path: Path, data: str | bytes) -> Mapping:
    file = tmp_path / "theirs.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_mapping(str(file), resolve)


def problems(tmp_path: Path, data: str | bytes) -> list[str]:
    """Give what is said of the rows that can't be read, of others that are, and of a file in which nothing is."""
    try:
        found = read(tmp_path, data).problems
    except DataError as error:
        found = error.problems
    told = sorted(set(found), key=lambda one: (one.line or 0, one.message))
    return [str(problem).removeprefix(str(tmp_path / "theirs.csv")) for problem in told]


@pytest.mark.parametrize(
    "text",
    [
        "subject,object\niso1-2030:8.4,iso2-2030:8.1\n",
        "\ufeffsubject,object\r\niso1-2030:8.4,iso2-2030:8.1\r\n",
        "Object;Note;Subject\niso2-2030:8.1;x;iso1-2030:8.4\n",
        'subject\tobject\tnote\niso1-2030:8.4\tiso2-2030:8.1\t"two\nlines"\n',
        'subject,object\n\n  iso1-2030:8.4 ,"iso2-2030:8.1"\n,\n',
        "sep=;\nsubject;object\niso1-2030:8.4;iso2-2030:8.1\n",
        "Our mapping, of May;;\n\nsubject;object;note\niso1-2030:8.4;iso2-2030:8.1;\n",
    ],
)
def test_dialects_read_the_same(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert [(p.subject, p.object, p.relation) for p in found.pairs] == [("iso1-2030:8.4", "iso2-2030:8.1", None)]


def test_a_file_of_old_windows_or_of_two_bytes_a_sign_is_read_and_the_first_is_said(tmp_path: Path) -> None:
    text = "subject,object,note\niso1-2030:8.4,iso2-2030:8.1,für\n"
    for encoding in ("cp1252", "utf-16"):
        found = read(tmp_path, text.encode(encoding))
        assert [pair.subject for pair in found.pairs] == ["iso1-2030:8.4"]
        assert [notice.partition(": ")[2] for notice in found.notices] == (
            ["is not UTF-8 and was read as Windows text; save it as CSV UTF-8"] if encoding == "cp1252" else []
        )


def test_a_row_that_can_not_be_read_hides_none_below_it(tmp_path: Path) -> None:
    text = 'subject,object\n"iso1-2030:8.4"x,iso2-2030:8.1\niso1-2030:9,iso2-2030:8.1\n'
    assert problems(tmp_path, text) == [
        ":2: the row can't be read (',' expected after '\"'); check its quotation marks",
        ":3: subject 'iso1-2030:9': no clause iso1-2030:9",
    ]


def test_a_pair_written_the_other_way_round_is_turned_with_its_relation(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "subject,object,relation\niso1-2030:4.1,iso2-2030:4.1,equal-to\niso2-2030:8.1,iso1-2030:8.4,subset-of\n",
    )
    assert [(p.subject, p.relation) for p in found.pairs] == [
        ("iso1-2030:4.1", "equal-to"),
        ("iso1-2030:8.4", "superset-of"),
    ]


def test_every_problem_is_told_at_once_with_the_line_on_which_its_row_begins(tmp_path: Path) -> None:
    text = (
        "subject,object,relation,note\n"
        'iso1-2030:4.1,iso2-2030:4.1,equal-to,"a\nquoted\nbreak"\n'
        "iso1-2030:9.9,iso2-2030:4.1,equal-to,\n"
        ",iso2-2030:4.1,equal-to,\n"
        "iso1-2030:8.2,iso2-2030:8.2,like,\n"
        "iso1-2030:8.2,iso1-2030:8.4,,\n"
        "iso1-2030:8.2\n"
    )
    assert problems(tmp_path, text) == [
        ":5: subject 'iso1-2030:9.9': no clause iso1-2030:9.9",
        ":6: says equal-to and names one clause only; give the other",
        ":7: relation 'like' is not known; use one of equal-to, subset-of, superset-of, intersects-with, "
        "no-relationship",
        ":8: iso1-2030:8.2 and iso1-2030:8.4 are of the same standard; a mapping pairs two standards",
        ":9: the row has 1 column; it needs subject and object",
    ]


def test_a_pair_with_and_without_a_relation_is_told_in_words(tmp_path: Path) -> None:
    rows = "subject,object,relation\niso1-2030:4.1,iso2-2030:4.1,equal-to\niso1-2030:4.1,iso2-2030:4.1,\n"
    assert problems(tmp_path, rows) == [
        ":3: iso1-2030:4.1 and iso2-2030:4.1 are paired without a relation here and as equal-to in line 2; keep one"
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("", ":1: the file is empty; it needs a header row: subject,object"),
        ("from,to\na,b\n", ":1: the header has no column subject and no column object; it reads: from, to"),
        ("subject,to\na,b\n", ":1: the header has no column object; it reads: subject, to"),
        ("subject,object\n", ":1: there is a header but no row below it; add the clause pairs"),
        (
            'subject,object\n"iso1-2030:8.4,iso2-2030:8.1\n',
            ":2: the row can't be read (unexpected end of data); check its quotation marks",
        ),
    ],
)
def test_a_file_that_is_no_mapping_gets_one_clear_line(tmp_path: Path, data: str | bytes, line: str) -> None:
    assert problems(tmp_path, data) == [line]


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(DataError, match="cannot be read"):
            read_mapping(str(path), resolve)


def test_one_pair_with_two_relations_is_a_problem_and_a_repeated_row_is_not(tmp_path: Path) -> None:
    row = "iso1-2030:8.4,iso2-2030:8.1,"
    assert len(read(tmp_path, f"subject,object,relation\n{row}equal-to\n{row}equal-to\n").pairs) == 1
    assert problems(tmp_path, f"subject,object,relation\n{row}equal-to\n{row}subset-of\n") == [
        ":3: iso1-2030:8.4 and iso2-2030:8.1 are paired as subset-of here and as equal-to in line 2; keep one"
    ]


@pytest.mark.slow
def test_twice_as_many_relations_with_a_problem_each_are_twice_the_work(tmp_path: Path) -> None:
    def work(count: int) -> int:
        text = "subject,object\n" + "".join(f"iso1-2030:{i},iso2-2030:8.1\n" for i in range(1000, 1000 + count))
        assert len(problems(tmp_path, text)) == count  # and what is read once has been read
        return calls(lambda: problems(tmp_path, text))

    assert work(4000) < 2.2 * work(2000)


def test_a_row_with_several_faults_tells_each_and_hides_none_of_the_rows_behind_it(tmp_path: Path) -> None:
    text = (
        "subject,object,relation\niso1-2030:9.9,iso2-2030:9.9,like\niso1-2030:4.1,iso1-2030:4.1,\n"
        "iso1-2030:4.1,iso2-2030:4.1,equal-to\niso1-2030:4.1,iso2-2030:4.1,subset-of\n"
        'iso1-2030:4.1,"iso2-2030:4.1\n'
    )
    assert problems(tmp_path, text) == [
        ":2: object 'iso2-2030:9.9': no clause iso2-2030:9.9",
        ":2: relation 'like' is not known; use one of equal-to, subset-of, superset-of, intersects-with, "
        "no-relationship",
        ":2: subject 'iso1-2030:9.9': no clause iso1-2030:9.9",
        ":3: iso1-2030:4.1 is paired with itself; a mapping pairs clauses of two standards",
        ":5: iso1-2030:4.1 and iso2-2030:4.1 are paired as subset-of here and as equal-to in line 4; keep one",
        ":6: the row can't be read (unexpected end of data); check its quotation marks",
    ]


def test_a_column_that_is_there_twice_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, "subject,object,subject\na,b,c\n") == [
        ":1: the header has the column subject twice; rename one"
    ]


def relations(tmp_path: Path, data: str | bytes) -> list[tuple[str, str, str | None]]:
    found = read(tmp_path, data)
    assert found.problems == ()
    return [(p.subject.partition(":")[2], p.object.partition(":")[2], p.relation) for p in found.pairs]


def test_a_table_of_sssom_is_read_by_its_ids_and_not_by_its_labels(tmp_path: Path) -> None:
    text = (
        '# curie_map:\n#   iso: "https://example.org/"\n'
        "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\n"
        "iso1-2030:4.1\tContext\tskos:exactMatch\t\tiso2-2030:4.1\tContext\n"
        "iso1-2030:8.2\tOrders\tskos:broadMatch\tNot\tiso2-2030:8.2\tStaff\n"
        "iso1-2030:8.4\tBuying\tskos:closeMatch\t\tiso2-2030:8.1\tWork\n"
        "iso1-2030:8.2\tOrders\tskos:closeMatch\tNot\tiso2-2030:8.1\tWork\n"
        "iso1-2030:8.4\tBuying\thttp://www.w3.org/2004/02/skos/core#narrowMatch\t\tiso2-2030:8.2\tStaff\n"
    )
    assert relations(tmp_path, text) == [
        ("4.1", "4.1", "equal-to"),
        ("8.2", "8.2", "not subset-of"),
        ("8.4", "8.1", None),
        ("8.2", "8.1", "no-relationship"),
        ("8.4", "8.2", "superset-of"),
    ]


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("Equal", "equal-to"), ("IDENTICAL", "equal-to"), ("=", "equal-to"), ("Exact Match", "equal-to"),
        ("Subset Of", "subset-of"), ("is subset of", "subset-of"), ("⊂", "subset-of"), ("subset_of", "subset-of"),
        ("Superset Of", "superset-of"), ("Intersects With", "intersects-with"), ("∩", "intersects-with"),
        ("No Relationship", "no-relationship"), ("Not related to", "no-relationship"), ("∅", "no-relationship"),
        ("intersects-with; superset-of", None), ("skos:closeMatch", None), ("x", None), ("", None),
    ],
)  # fmt: skip
def test_relations_are_known_in_the_words_of_nist_oscal_and_skos(
    tmp_path: Path, word: str, relation: str | None
) -> None:
    text = f"FDE #,STRM Relationship,Reference Document Element\niso1-2030:4.1,{word},iso2-2030:4.1\n"
    assert relations(tmp_path, text) == [("4.1", "4.1", relation)]


def test_standards_may_be_the_headings_and_clauses_numbers_alone(tmp_path: Path) -> None:
    file = tmp_path / "theirs.csv"
    file.write_text("Our matrix\n\nTopic;One;Two\nContext;4.1;4.1\nWork;8.4;8.1 and 8.2\nOrders;8.2;none\n", "utf-8")
    found = read_mapping(
        str(file), resolve, lambda name: {"One": "iso1-2030", "Two": "iso2-2030"}.get(name.title(), "")
    )
    assert [(p.subject, p.object) for p in found.pairs] == [
        ("iso1-2030:4.1", "iso2-2030:4.1"), ("iso1-2030:8.4", "iso2-2030:8.1"), ("iso1-2030:8.4", "iso2-2030:8.2"),
    ]  # fmt: skip
    assert (found.subject, found.object, found.without) == ("iso1-2030", "iso2-2030", ("iso1-2030:8.2",))


def test_a_row_of_figures_about_two_standards_heads_no_columns(tmp_path: Path) -> None:
    file = tmp_path / "coverage.csv"
    file.write_text("id,of,by,n\na,One,Two,29\nb,Two,One,49\n", "utf-8")
    with pytest.raises(DataError, match="the header has no column subject and no column object; it reads: id, of, by"):
        read_mapping(str(file), resolve, lambda name: {"One": "iso1-2030", "Two": "iso2-2030"}.get(name, ""))


@pytest.mark.parametrize("none", ["", "-", "—", "–", "N/A", "n.a.", "None", "No counterpart", "sssom:NoTermFound"])
def test_a_clause_without_a_counterpart_is_data(tmp_path: Path, none: str) -> None:
    text = f"subject,object\niso1-2030:4.1,iso2-2030:4.1\niso1-2030:8.2,{none}\n{none},iso2-2030:8.1\n{none},{none}\n"
    found = read(tmp_path, text)
    assert (found.without, found.problems) == (("iso1-2030:8.2", "iso2-2030:8.1"), ())


def test_what_is_said_of_several_together_is_compared_as_pairs_and_said(tmp_path: Path) -> None:
    row = "iso1-2030:8.4,{},iso2-2030:8.1 and iso2-2030:8.2\n"
    found = read(tmp_path, "subject,relation,object\n" + row.format("subset-of"))
    assert [(p.object, p.relation) for p in found.pairs] == [("iso2-2030:8.1", None), ("iso2-2030:8.2", None)]
    assert [notice.partition(":2: ")[2] for notice in found.notices] == [
        "what is said of several clauses together is compared as pairs without a relation"
    ]
    none = read(tmp_path, "subject,relation,object\n" + row.format("none"))
    assert [(p.relation, none.notices) for p in none.pairs] == [("no-relationship", ())] * 2


def test_an_export_of_ours_that_names_no_standard_is_read_by_the_ids_of_its_rows(tmp_path: Path) -> None:
    text = (
        "id,subject,class,object,possible\n"
        "iso1-2030:4.1-iso2-2030:4.1,4.1 Context,extended,4.1 Context,intersects-with; superset-of\n"
        "iso1-2030:8.4-iso2-2030:8.1,8.4 Buying,related,8.1 Work,intersects-with\n"
    )
    assert relations(tmp_path, text) == [("4.1", "4.1", None), ("8.4", "8.1", "intersects-with")]


def test_rows_that_can_be_read_are_given_beside_those_that_can_not(tmp_path: Path) -> None:
    found = read(tmp_path, "subject,object\niso1-2030:4.1,iso2-2030:4.1\niso1-2030:9.9,iso2-2030:4.1\n")
    assert len(found.pairs) == 1
    assert [problem.line for problem in found.problems] == [3]


def test_a_workbook_is_read_from_the_sheet_with_the_columns(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "theirs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("About").write(0, 0, "Our table")
        sheet = book.add_worksheet("Map")
        for place, cells in enumerate([("From May",), (), ("Subject", "Object"), ("iso1-2030:8.4", "iso2-2030:8.1")]):
            sheet.write_row(place, 0, cells)
        sheet.write_row(5, 0, ("iso1-2030:9", 8.1))
    found = read_mapping(str(path), resolve)
    assert [(p.subject, p.object, p.line) for p in found.pairs] == [("iso1-2030:8.4", "iso2-2030:8.1", 4)]
    assert [problem.line for problem in found.problems] == [6, 6]
    assert [notice.partition(": ")[2] for notice in found.notices] == [
        "the sheet 'Map' was read, of 2",
        "1 cells hold numbers, in which 8.10 can't be told from 8.1; format clauses as text",
    ]


def test_what_only_calls_itself_a_workbook_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "theirs.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(DataError) as caught:
        read_mapping(str(path), resolve)
    assert len(caught.value.problems) == 1
