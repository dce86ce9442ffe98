from __future__ import annotations

from pathlib import Path

import pytest

from imsmap.errors import DataError, UnknownNameError
from imsmap.readers.mapping import Mapping, read_mapping
from tests.work import calls

KNOWN = {f"iso1-2030:{n}" for n in ("4.1", "8.2", "8.4")} | {f"iso2-2030:{n}" for n in ("4.1", "8.1", "8.2")}


def resolve(text: str) -> str:
    if text not in KNOWN:
        raise UnknownNameError(f"no clause {text}")
    return text


def read(tmp_path: Path, data: str | bytes) -> Mapping:
    file = tmp_path / "theirs.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_mapping(str(file), resolve)


def problems(tmp_path: Path, data: str | bytes) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(tmp_path, data)
    return [str(problem).removeprefix(str(tmp_path / "theirs.csv")) for problem in caught.value.problems]


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
        ":6: the subject is empty; give a clause such as 9001:8.4, or delete the row",
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
