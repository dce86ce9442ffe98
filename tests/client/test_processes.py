"""The client's processes: a file that a person edits in any program, and marks that go both ways."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from imsmap.client import history, processes, register
from imsmap.errors import DataError, UnknownNameError
from imsmap.register.cells import Key

WHEN = "2026-11-25T10:00:00"
HEAD = "id,name,owner,kind,clauses"
PLAIN = f'{HEAD}\nbuy,Buy,Ann,support,a:8.4=P; a:8.1=S\nsell,"Sell, ship",,core,\n'


def parsed(content: str | bytes) -> processes.Processes:
    return processes.parse(content if isinstance(content, bytes) else content.encode())


def mark(row: str, id_: str) -> Key:
    return Key("processes", row, f"process:{id_}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "register").mkdir()
    (tmp_path / "processes.csv").write_text(PLAIN, "utf-8")
    return tmp_path


def synced(root: Path, **new: str) -> None:
    """Run what a command does: take what the file says, set further marks, give them back."""
    with register.writing(root, WHEN, "tester") as writer:
        found = processes.read(root)
        processes.take(root, writer, found)
        cells = {**writer.cells, **{mark(*name.split("__")): value for name, value in new.items()}}
        writer.commit("import", cells)
        processes.give(root, writer.cells, found)


def test_a_process_has_its_owner_its_marks_and_its_line():
    buy, sell = parsed(PLAIN).entries
    assert (buy.id, buy.name, buy.owner, buy.kind, buy.line) == ("buy", "Buy", "Ann", "support", 2)
    assert buy.marks == {"a:8.4": "P", "a:8.1": "S"}
    assert (sell.name, sell.owner, sell.marks, sell.line) == ("Sell, ship", "", {}, 3)


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        b"sep=;\r\n" + HEAD.replace(",", ";").encode()
        + b'\r\nbuy;Buy;Ann;support;"a:8.4=p; a:8.1=s"\r\nsell;Sell, ship;;core;\r\n',
        codecs.BOM_UTF16_LE + PLAIN.replace(",", "\t").replace("Sell\t ship", "Sell, ship").encode("utf-16-le"),
        f"{HEAD},notes\n\nbuy,Buy,Ann,support,a:8.4=P; a:8.1=S,mine\n,,,,,\nsell,\"Sell, ship\",,core,,\n".encode(),
    ],
    ids=["mark", "windows", "old mac", "semicolons", "tabs", "own column and empty rows"],
)  # fmt: skip
def test_however_a_program_saves_it_it_says_the_same(content: bytes):
    assert [(e.id, e.name, e.owner, e.kind, dict(e.marks)) for e in parsed(content).entries] == [
        (e.id, e.name, e.owner, e.kind, dict(e.marks)) for e in parsed(PLAIN).entries
    ]


def test_text_in_the_encoding_of_old_windows_is_read_and_it_is_said():
    found = parsed(f"{HEAD}\nbuy,Käufe,Müller,support,a:8.4=·\n".encode("cp1252"))
    assert (found.entries[0].name, found.entries[0].owner, dict(found.entries[0].marks)) == (
        "Käufe", "Müller", {"a:8.4": "·"},
    )  # fmt: skip
    assert "not UTF-8" in found.notices[0]


def test_every_problem_is_told_at_its_line():
    text = (
        f"{HEAD}\nbuy,Buy,,support,a:8.4\n?,Plan,,,\nbuy,Again,,other,a:1=Q\nsell,,,,a:1=P; a:1=S\n"
        'plan,"Plan\nand do",,,a:8.4=P\nlast one,Last,,,\n'
    )
    with pytest.raises(DataError) as caught:
        parsed(text)
    told = [str(problem) for problem in caught.value.problems]
    assert [line.partition(": ")[0] for line in told] == [
        "processes.csv:2", "processes.csv:3", "processes.csv:4", "processes.csv:4", "processes.csv:5",
        "processes.csv:5", "processes.csv:8",
    ]  # fmt: skip
    assert "such as plan" in told[1]
    assert "'other' is no kind of process; write management, core, support" in told[3]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("owner,kind\nAnn,core\n", "has no column name"),
        ("name,owner\nBuy,Ann\nBuy,Bo\n", "csv:3: the process 'Buy' is here twice, first in line 2"),
        ("id,name,id\nbuy,Buy,x\n", "the column id is here twice"),
        (f"{HEAD}\nbuy,Buy,,,\nbuy,Sell,,,\n", "first in line 2"),
        (f'{HEAD}\nbuy,"Buy,,,\nsell,Sell,,,\n', r"csv:2: a quotation mark opens in this row and is never closed"),
        ("x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(text: str, words: str):
    with pytest.raises(DataError, match=words):
        parsed(text)


def test_clauses_are_named_as_people_do_and_an_unknown_one_is_told():
    def resolve(text: str, _: str) -> processes.Named:
        if text == "9001:99":
            raise UnknownNameError("no clause 99")
        return processes.Named((text.replace("9001:", "iso9001-2015:"),))

    found = processes.parse(f"{HEAD}\nbuy,Buy,,,9001:8.4=P\n".encode(), resolve)
    assert found.entries[0].marks == {"iso9001-2015:8.4": "P"}
    with pytest.raises(DataError, match=r"processes\.csv:2: no clause 99"):
        processes.parse(f"{HEAD}\nbuy,Buy,,,9001:99=P\n".encode(), resolve)


def test_an_empty_file_or_none_holds_no_process(tmp_path: Path):
    assert processes.read(tmp_path).entries == ()
    for content in (b"", b"\n", processes.draft(), codecs.BOM_UTF8):
        assert parsed(content).entries == ()


# --- both ways -------------------------------------------------------------------------------------------------------


def test_marks_of_the_file_come_into_the_register_and_of_the_register_into_the_file(root: Path):
    synced(root, **{"a:8.5__sell": "p", "a:8.4__buy": "S"})
    assert register.read(root).cells == {
        mark("a:8.4", "buy"): "S", mark("a:8.1", "buy"): "S", mark("a:8.5", "sell"): "p",
    }  # fmt: skip
    text = (root / "processes.csv").read_text("utf-8")
    assert text == f'{HEAD}\nbuy,Buy,Ann,support,a:8.1=S; a:8.4=S\nsell,"Sell, ship",,core,a:8.5=P\n'
    before = (root / "processes.csv").read_bytes()
    synced(root)
    assert history.newest(root) == 2
    assert (root / "processes.csv").read_bytes() == before


def test_what_a_person_edits_in_the_file_wins_over_what_stood_there(root: Path):
    synced(root, **{"a:9__buy": "P"})
    path = root / "processes.csv"
    path.write_text(path.read_text("utf-8").replace("a:8.1=S; ", "").replace("a:9=P", "a:9=S"), "utf-8")
    synced(root)
    assert register.read(root).cells == {mark("a:8.4", "buy"): "P", mark("a:9", "buy"): "S"}
    assert [entry.what for entry in history.entries(root)] == ["processes", "import", "processes"]


def test_a_stop_before_the_file_was_written_loses_no_mark(root: Path):
    synced(root)
    with register.writing(root, WHEN, "tester") as writer:
        writer.commit("import", {**writer.cells, mark("a:8.5", "sell"): "P"})
    synced(root)
    assert register.read(root).cells[mark("a:8.5", "sell")] == "P"
    assert "a:8.5=P" in (root / "processes.csv").read_text("utf-8")


def test_undo_takes_the_marks_out_of_the_file_again(root: Path):
    path = root / "processes.csv"
    path.write_bytes(path.read_bytes().replace(b"a:8.4=P; a:8.1=S", b"a:8.1=S; a:8.4=P"))
    synced(root)
    before = path.read_bytes()
    synced(root, **{"a:8.5__sell": "P", "a:8.6__buy": "P"})
    assert path.read_bytes() != before
    with register.writing(root, WHEN, "tester") as writer:
        writer.undo()
        assert processes.give(root, writer.cells, processes.read(root))
    assert path.read_bytes() == before


def named(root: Path, **cells: str) -> None:
    """Take names that were typed over the empty columns of the sheet, and marks beneath them."""
    with register.writing(root, WHEN, "tester") as writer:
        found = processes.read(root)
        processes.take(root, writer, found)
        names = {Key("processes", "@columns", f"over:process:{id_}"): name for id_, name in NAMES.items()}
        writer.commit("import", {**writer.cells, **names, mark("a:8.4", "process-1"): "P"})
        processes.give(root, writer.cells, found)


def undone(root: Path) -> None:
    with register.writing(root, WHEN, "tester") as writer:
        found = processes.read(root)
        processes.take(root, writer, found)
        writer.undo()
        processes.give(root, writer.cells, found)


NAMES = {"process-1": "Purchasing", "process-2": "Sales"}


@pytest.mark.parametrize("content", [None, b"", b"id,name", processes.draft()])
def test_undo_takes_back_the_processes_that_a_sheet_named_and_the_file_is_as_before(root: Path, content: bytes | None):
    path = root / "processes.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    named(root)
    assert {entry.id: entry.name for entry in processes.read(root).entries} == NAMES
    undone(root)
    assert (path.read_bytes() if path.exists() else None) == content
    synced(root)
    assert (path.read_bytes() if path.exists() else None) == content
    named(root)
    assert [dict(entry.marks) for entry in processes.read(root).entries] == [{"a:8.4": "P"}, {}]


def test_undo_leaves_the_rows_of_which_people_wrote_more_since(root: Path):
    path = root / "processes.csv"
    path.write_bytes(processes.draft())
    named(root)
    path.write_bytes(path.read_bytes().replace(b"Sales,", b"Sales,Ann"))
    undone(root)
    (left,) = processes.read(root).entries
    assert (left.id, left.name, left.owner) == ("process-2", "Sales", "Ann")


def test_what_is_no_mark_stays_in_the_register_and_out_of_the_file(root: Path):
    synced(root, **{"a:8.5__sell": "perhaps"})
    assert register.read(root).cells[mark("a:8.5", "sell")] == "perhaps"
    assert "perhaps" not in (root / "processes.csv").read_text("utf-8")
    synced(root)
    assert register.read(root).cells[mark("a:8.5", "sell")] == "perhaps"


def test_the_manner_of_the_file_stays_and_so_does_every_other_record(root: Path):
    path = root / "processes.csv"
    path.write_bytes(
        codecs.BOM_UTF8 + b'sep=;\r\nId;Name;Notes;Clauses\r\nbuy;"B""uy";"a;\r\nb";a:1=P\r\nsell; Sell ;"x";\r\n;;;'
    )
    synced(root, **{"a:2__sell": "·"})
    assert path.read_bytes() == codecs.BOM_UTF8 + (
        'sep=;\r\nId;Name;Notes;Clauses\r\nbuy;"B""uy";"a;\r\nb";a:1=P\r\nsell; Sell ;x;a:2=·\r\n;;;'.encode()
    )


def test_a_file_without_the_column_gets_it_and_a_bare_encoding_gives_way(root: Path):
    path = root / "processes.csv"
    path.write_bytes("id,name\nbuy,Käufe\n".encode("cp1252"))
    synced(root, **{"a:2__buy": "P"})
    assert path.read_bytes() == "id,name,clauses\nbuy,Käufe,a:2=P\n".encode("cp1252")
    path.write_bytes("id,name,owner\nbuy,Käufe,Ł".encode("utf-16"))
    synced(root, **{"a:2__buy": "P"})
    assert processes.read(root).entries[0].owner == "Ł"


def test_one_mark_stands_for_all_clauses_before_it():
    seen: list[tuple[str, str]] = []

    def resolve(text: str, standard: str) -> processes.Named:
        seen.append((text, standard))
        return processes.Named((text,), standard="iso9001-2015")

    text = '"9001:8.4.1, 8.4.2=P, 9001:4.1=S; 4.2; 4.3 = ·\n5.1=P"'
    processes.parse(f"{HEAD}\nbuy,Buy,,,{text}\n".encode(), resolve)
    assert seen == [
        ("9001:8.4.1, 8.4.2", ""), ("9001:4.1", "iso9001-2015"), ("4.2; 4.3", "iso9001-2015"), ("5.1", "iso9001-2015"),
    ]  # fmt: skip


def test_what_is_said_of_a_clause_comes_before_what_is_said_of_its_heading():
    def resolve(text: str, _: str) -> processes.Named:
        leaves = {"8.4": ("8.4.1", "8.4.2")}
        return processes.Named(leaves.get(text, (text,)), by_heading=text in leaves)

    for text in ("8.4=P; 8.4.2=S", "8.4.2=S; 8.4=P"):
        (entry,) = processes.parse(f"{HEAD}\nbuy,Buy,,,{text}\n".encode(), resolve).entries
        assert entry.marks == {"8.4.1": "P", "8.4.2": "S"}


def test_a_cross_says_that_a_clause_applies_and_it_is_said_how_it_is_read():
    found = parsed(f"{HEAD}\nbuy,Buy,,,a:8.4=X; a:8.1=✓; a:4=P\n")
    assert found.entries[0].marks == {"a:8.4": "P", "a:8.1": "P", "a:4": "P"}
    assert found.notices == (
        "processes.csv:2: a:8.4=X says that it applies; it is read as P (primary)",
        "processes.csv:2: a:8.1=✓ says that it applies; it is read as P (primary)",
    )


@pytest.mark.parametrize("none", ["", "-", "—", "N/A", "none"])
def test_a_process_may_say_that_it_has_no_clause(none: str):
    assert parsed(f"{HEAD}\nbuy,Buy,,,{none}\n").entries[0].marks == {}


# --- tables of people's own shape -------------------------------------------------------------------------------------

BY_COLUMN = """Our processes,,,
Clause,Title,Purchasing,Sales
Process owner,,Ann,
a:8.4,Buying,X,
a:8.1,,S,p
5,,,-
"""
BY_ROW = "Process;Responsible;a:8.4;a:8.1;Remark\nPurchasing;Ann;x;s;\nSales;;n/a;P;mine\n"
BY_LIST = "Process,Process owner,Clauses\nPurchasing,Ann,a:8.4=P; a:8.1=S\nSales,,a:8.1=P\n"
NO_HEAD = ",Purchasing,Sales\nowner,Ann,\na:8.4,X,\na:8.1,S,P\n"
ACROSS = ",a:8.4,a:8.1\nPurchasing,X,S\nSales,,P\n"


@pytest.mark.parametrize("text", [BY_COLUMN, BY_ROW, BY_LIST, NO_HEAD, ACROSS])
def test_a_table_of_people_is_read_in_their_words_whichever_way_it_lies(text: str):
    found = parsed(text)
    assert {entry.id: dict(entry.marks) for entry in found.entries} == {
        "purchasing": {"a:8.4": "P", "a:8.1": "S"}, "sales": {"a:8.1": "P"},
    }  # fmt: skip
    assert [entry.owner for entry in found.entries] in ([["Ann", ""]] if text != ACROSS else [["", ""]])
    crosses = [note for note in found.notices if "says that it applies; it is read as P (primary)" in note]
    assert len(crosses) == ("X" in text or "x" in text)
    assert parsed(found.content).entries[0].id == "purchasing"


def test_a_workbook_of_people_is_read_as_their_text_is(root: Path):
    (root / "processes.csv").unlink()
    workbook(root / "processes.xlsx", *(tuple(line.split(",")) for line in BY_COLUMN.splitlines()))
    assert [(entry.name, entry.owner, len(entry.marks)) for entry in processes.read(root).entries] == [
        ("Purchasing", "Ann", 2), ("Sales", "", 1),
    ]  # fmt: skip


def test_the_sheet_processes_of_a_workbook_of_ours_is_such_a_table_too(root: Path):
    (root / "processes.csv").unlink()
    workbook(
        root / "processes.xlsx", ("", "Processes"), ("imsmap:processes:e1", "letters", "clause", "process:x"),
        ("row id", "Letter", "Standard", "Clause", "Title", "Processes", "All", "Buy"),
        ("9001:8.4", "Q", "ISO 9001:2015", "8.4", "Purchasing", "1", "yes", "P"),
    )  # fmt: skip
    found = processes.read(root)
    assert "processes.xlsx: 1 × yes under All is not read; say it on the sheet Processes" in found.notices
    (entry,) = found.entries
    assert (entry.name, dict(entry.marks)) == ("Buy", {"ISO 9001:2015 8.4": "P"})


def test_the_standard_beside_or_above_a_clause_belongs_to_it():
    seen: list[str] = []

    def resolve(text: str, _: str) -> processes.Named:
        seen.append(text)
        return processes.Named((text,))

    beside = "Standard,Clause,Buy\nISO 9001:2015,8.4,P\nISO 14001:2015,8.1,S\n"
    above = "Clause,Buy\nISO 9001:2015,\n8.4,P\nISO 14001:2015,\n8.1,S\n"
    for text in (beside, above):
        seen.clear()
        (entry,) = processes.parse(text.encode(), resolve).entries
        assert entry.marks == {"ISO 9001:2015 8.4": "P", "ISO 14001:2015 8.1": "S"}
        assert set(seen) == set(entry.marks)


def test_a_row_for_each_clause_of_a_process_and_clauses_without_a_mark_are_understood():
    found = parsed("Process,Owner,Standard,Clause\nBuy,,9001,8.4\nSell,Li,9001,8.2\nBuy,Ann,14001,8.1\n")
    assert [(entry.name, entry.owner, dict(entry.marks)) for entry in found.entries] == [
        ("Buy", "Ann", {"9001 8.4": "P", "14001 8.1": "P"}), ("Sell", "Li", {"9001 8.2": "P"}),
    ]  # fmt: skip
    assert "processes.csv: 3 × clauses without a mark apply; they are read as P (primary)" in found.notices
    with pytest.raises(DataError, match="the process 'Buy' is here twice"):
        parsed("Process,Owner,Clause\nBuy,Ann,8.4\nBuy,Bo,8.1\n")


def test_ids_made_from_names_stay_whatever_else_the_table_holds():
    one = parsed("Process\n采购\nBuy & sell\n".encode()).entries
    other = parsed("Process,Owner\nBuy & sell,\nMake,\n采购,Li\n".encode()).entries
    assert {entry.name: entry.id for entry in one}.items() <= {entry.name: entry.id for entry in other}.items()
    assert one[1].id == "buy-sell"


@pytest.mark.parametrize(
    "text", ["name\nBuy\nSell\n", "Buy\n\nSell", "Our processes\nBuy\nSell\n", "id,name\n,Buy\n,Sell\n"]
)
def test_names_alone_are_enough(text: str):
    assert [(entry.id, entry.name) for entry in parsed(text).entries] == [("buy", "Buy"), ("sell", "Sell")]


def test_what_a_table_of_people_says_of_no_clause_or_with_no_mark_is_told_at_its_line():
    def resolve(text: str, _: str) -> processes.Named:
        if text == "a:99":
            raise UnknownNameError("no clause 99")
        return processes.Named((text,))

    with pytest.raises(DataError) as caught:
        processes.parse(b"Clause,Buy,Sell\na:8.4,maybe,P\na:99,X,\n", resolve)
    assert [str(problem) for problem in caught.value.problems] == [
        "processes.csv:2: a:8.4: 'maybe' is no mark; write P, S, · or X", "processes.csv:3: no clause 99",
    ]  # fmt: skip


def test_a_table_of_people_is_kept_when_marks_come_back_and_undo_puts_it_back(root: Path):
    path = root / "processes.csv"
    path.write_text(BY_COLUMN, "utf-8")
    synced(root)
    assert path.read_text("utf-8") == BY_COLUMN
    synced(root, **{"a:8.5__sales": "P"})
    assert (root / processes.KEPT).read_text("utf-8") == BY_COLUMN
    assert path.read_text("utf-8-sig").startswith("id,name,owner,")
    assert [dict(entry.marks) for entry in processes.read(root).entries] == [
        {"a:8.1": "S", "a:8.4": "P"}, {"a:8.1": "P", "a:8.5": "P"},
    ]  # fmt: skip
    undone(root)
    assert path.read_text("utf-8") == BY_COLUMN


def workbook(path: Path, *rows: tuple[str, ...]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Processes")
        for place, cells in enumerate(rows):
            sheet.write_row(place, 0, cells)


ROWS = (("Our processes",), (), ("ID", "Name", "clauses"), ("buy", "Buy", "a:8.4=P\na:8.1=S"), (), ("sell", "Sell"))


def test_a_workbook_lists_the_processes_while_the_text_file_lists_none(root: Path):
    workbook(root / "processes.xlsx", *ROWS)
    found = processes.read(root)
    assert found.notices[-1] == "processes.xlsx: is not read, since processes.csv lists processes"
    for content in (processes.draft(), b""):
        (root / "processes.csv").write_bytes(content)
        buy, sell = processes.read(root).entries
        assert (dict(buy.marks), buy.line, sell.line) == ({"a:8.4": "P", "a:8.1": "S"}, 4, 6)
    workbook(root / "processes.xlsx", *ROWS, ("?", "No id"))
    with pytest.raises(DataError, match=r"processes\.xlsx:7: '\?' is no id"):
        processes.read(root)


def test_marks_that_change_turn_a_workbook_into_text(root: Path):
    workbook(root / "processes.csv", *ROWS)
    synced(root, **{"a:4.1__sell": "S"})
    text = (root / "processes.csv").read_text("utf-8-sig")
    assert "a:4.1=S" in text
    assert [entry.id for entry in processes.read(root).entries] == ["buy", "sell"]
