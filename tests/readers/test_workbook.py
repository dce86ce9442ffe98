from __future__ import annotations

import contextlib
import datetime
import io
import random
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from imsmap.errors import RefusedError
from imsmap.readers.workbook import Marker, Returned, read_workbook
from imsmap.register.cells import Formula
from tests.readers import workbooks
from tests.readers.workbooks import MAIN, ours, part, resaved, small, threaded, with_parts
from tests.work import calls


def read(tmp_path: Path, content: bytes) -> Returned:
    path = tmp_path / "back.xlsx"
    path.write_bytes(content)
    return read_workbook(path)


def refused(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(RefusedError) as caught:
        read(tmp_path, content)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"{tmp_path / 'back.xlsx'}: ")
    return line.removeprefix(f"{tmp_path / 'back.xlsx'}: ")


def cells(tmp_path: Path, rows: str, **how) -> dict[int, dict[int, object]]:
    (sheet,) = read(tmp_path, small(rows, **how)).sheets
    return {row: dict(there) for row, there in sheet.rows.items() if row > 1}


class TestOurs:
    def test_says_whose_it_is_and_gives_values_formulas_and_comments(self, tmp_path: Path):
        found = read(tmp_path, ours())
        assert (found.project, found.client, found.exports) == ("p1", "Acme", ("e0001",))
        (sheet,) = found.sheets
        assert (sheet.title, sheet.key, sheet.export, sheet.marker) == (
            "Requirements", "requirements", "e0001", Marker(3, 1),
        )  # fmt: skip
        assert sheet.keys == {2: "text", 3: "owner", 4: "due", 5: "days"}
        assert sheet.rows[5] == {
            1: "r4", 2: "Text 4", 3: "Ann", 4: datetime.date(2026, 3, 5), 5: Formula("=D5-DATE(2026,1,1)", 4),
        }  # fmt: skip
        assert sheet.comments == {(5, 3): "Eve: why?"}

    def test_saved_anew_by_openpyxl_it_says_the_same_but_what_formulas_showed(self, tmp_path: Path):
        found = read_workbook(resaved(ours(), tmp_path / "again.xlsx"))
        before = read(tmp_path, ours())
        assert (found.meta, found.exports) == (before.meta, before.exports)
        assert found.sheets[0].comments == before.sheets[0].comments
        assert found.sheets[0].rows[6] == {**before.sheets[0].rows[6], 5: Formula("=D6-DATE(2026,1,1)", None)}

    def test_without_its_hidden_sheet_the_properties_and_marks_say_whose_it_is(self, tmp_path: Path):
        found = read_workbook(resaved(ours(), tmp_path / "again.xlsx", lambda book: book.remove(book["_imsmap"])))
        assert (found.project, found.exports) == ("p1", ("e0001",))

    def test_a_column_before_the_ids_and_a_row_above_the_keys_move_the_mark(self, tmp_path: Path):
        def change(book: openpyxl.Workbook) -> None:
            book.active.insert_cols(1)
            book.active.insert_rows(1, 2)
            book.active["D1"] = "remark"

        (sheet,) = read_workbook(resaved(ours(), tmp_path / "again.xlsx", change)).sheets
        assert (sheet.marker, sheet.keys) == (Marker(5, 2), {3: "text", 4: "owner", 5: "due", 6: "days"})

    def test_hidden_and_filtered_rows_hidden_columns_and_sheets_are_read(self, tmp_path: Path):
        def change(book: openpyxl.Workbook) -> None:
            sheet = book["Requirements"]
            sheet.row_dimensions[5].hidden = True
            sheet.column_dimensions["C"].hidden = True
            sheet.auto_filter.ref = "B4:E7"
            sheet.auto_filter.add_filter_column(1, ["Ann"])
            book.create_sheet("versteckt").sheet_state = "hidden"
            book["versteckt"]["B2"] = 7
            sheet["C5"] = "Bob"

        found = read_workbook(resaved(ours(), tmp_path / "again.xlsx", change))
        assert found.sheets[0].rows[5][3] == "Bob"
        assert (found.sheets[1].title, found.sheets[1].key, found.sheets[1].rows) == ("versteckt", None, {2: {2: 7}})

    def test_rich_text_booleans_errors_merged_cells_and_sheet_names_in_other_scripts(self, tmp_path: Path):
        def change(book: openpyxl.Workbook) -> None:
            sheet = book["Requirements"]
            sheet.title = "要求事項 – Αΐ عر"
            sheet["C5"] = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"), " end")
            sheet["C6"] = True
            sheet["C7"] = "#REF!"
            sheet.merge_cells("C6:C7")

        (sheet,) = read_workbook(resaved(ours(), tmp_path / "again.xlsx", change)).sheets
        assert sheet.title == "要求事項 – Αΐ عر"
        assert (sheet.rows[5][3], sheet.rows[6][3]) == ("plain bold end", True)
        assert [sheet.is_covered(row, 3) for row in (5, 6, 7, 8)] == [False, False, True, False]
        assert not sheet.is_covered(7, 4)


class TestComments:
    def test_a_thread_is_read_in_order_and_the_note_that_stands_in_is_not(self, tmp_path: Path):
        (sheet,) = read(tmp_path, threaded(ours())).sheets
        assert sheet.comments == {
            (5, 3): "Eve: why?",
            (6, 3): "Eve Ärmel (2026-03-01): Is Ann right?\nBob (2026-03-02): Yes.",
        }

    def test_where_a_program_dropped_the_thread_the_note_that_stood_in_still_says_it(self, tmp_path: Path):
        path = resaved(threaded(ours()), tmp_path / "again.xlsx")
        (sheet,) = read_workbook(path).sheets
        assert sheet.comments[6, 3] == "Is Ann right?\nYes."

    def test_the_tools_own_notes_get_no_author_before_them(self, tmp_path: Path):
        content = with_parts(
            ours(),
            {
                "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>imsmap</author></authors><commentList>'
                '<comment ref="C5" authorId="0"><text><t>Eve (2026-03-01): why?</t></text></comment></commentList>'
                "</comments>"
            },
        )
        assert read(tmp_path, content).sheets[0].comments == {(5, 3): "Eve (2026-03-01): why?"}


class TestDialects:
    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ('<c r="B2"><v>3</v></c>', 3),
            ('<c r="B2"><v>3.0</v></c>', 3.0),
            ('<c r="B2"><v>1e3</v></c>', 1000.0),
            ('<c r="B2"><v>123456789012345678</v></c>', 123456789012345680.0),
            ('<c r="B2"><v>1e999</v></c>', "1e999"),
            ('<c r="B2" t="b"><v>1</v></c>', True),
            ('<c r="B2" t="b"><v>0</v></c>', False),
            ('<c r="B2" t="e"><v>#N/A</v></c>', "#N/A"),
            ('<c r="B2" t="str"><v>x &amp; y</v></c>', "x & y"),
            ('<c r="B2" t="d"><v>2026-03-01</v></c>', datetime.date(2026, 3, 1)),
            ('<c r="B2" t="d"><v>2026-03-01T08:30:00</v></c>', datetime.datetime(2026, 3, 1, 8, 30)),
            ('<c r="B2" t="inlineStr"><is><t>a</t><rPh><t>phonetic</t></rPh><r><t> b</t></r></is></c>', "a b"),
            ('<c r="B2" t="s"><v>0</v></c>', "shared\nrich"),
            ('<c r="B2" t="s"><v>1</v></c>', "a\rb_x0041_ 😀 _xD83D_"),
            ('<c r="$B$2"><v>5</v></c>', 5),
            ('<c/><c><v>5</v></c>', 5),
            ('<x:c xmlns:x="' + MAIN + '" r="B2"><x:v>5</x:v></x:c>', 5),
            ('<c r="B2"><f>A1*2</f><v>6</v></c>', Formula("=A1*2", 6)),
            ('<c r="B2" t="b"><f aca="false">TRUE()</f><v>1</v></c>', True),
            ('<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', Formula('="a"&"b"', "ab")),
            ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Formula("=1/0", "#DIV/0!")),
            ('<c r="B2"><f t="array" ref="B2:B3">SUM(A1:A2)</f><v>1</v></c>', Formula("=SUM(A1:A2)", 1)),
            ('<c r="B2"><f t="dataTable" ref="B2:B3"/><v>1</v></c>', 1),
        ],
    )  # fmt: skip
    def test_each_kind_of_cell(self, tmp_path: Path, cell: str, value: object):
        strings = (
            "<si><r><t>shared</t></r><r><rPr><b/></rPr><t>\nrich</t></r></si>"
            "<si><t>a_x000D_b_x005F_x0041_ _xD83D__xDE00_ _xD83D_</t></si>"
        )
        found = cells(tmp_path, f'<row r="2">{cell}</row>', strings=strings)[2][2]
        assert found == value
        assert type(found) is type(value)

    @pytest.mark.parametrize(
        "cell", ['<c r="B2"/>', '<c r="B2" s="1"><v></v></c>', '<c r="B2" t="s"/>', '<c r="B2" t="inlineStr"/>']
    )
    def test_a_cell_without_a_value_is_blank(self, tmp_path: Path, cell: str):
        assert cells(tmp_path, f'<row r="2">{cell}</row>') == {}

    @pytest.mark.parametrize("text", ['"abc', "[" * 9000, "'Staff!A2", "{1", "A2)"])
    def test_a_shared_formula_that_does_not_parse_is_kept_with_what_it_showed(self, tmp_path: Path, text: str):
        rows = (
            f'<row r="2"><c r="B2" t="str"><f t="shared" ref="B2:B3" si="0">{text}</f><v>x</v></c></row>'
            '<row r="3"><c r="B3" t="str"><f t="shared" si="0"/><v>y</v></c></row>'
        )
        assert cells(tmp_path, rows) == {2: {2: Formula(f"={text}", "x")}, 3: {2: Formula(f"={text}", "y")}}

    def test_a_shared_formula_is_shifted(self, tmp_path: Path):
        rows = (
            '<row r="2"><c r="B2"><f t="shared" ref="B2:B3" si="0">A2*$C$1</f><v>1</v></c></row>'
            '<row r="3"><c r="B3"><f t="shared" si="0"/><v>2</v></c></row>'
        )
        assert cells(tmp_path, rows) == {2: {2: Formula("=A2*$C$1", 1)}, 3: {2: Formula("=A3*$C$1", 2)}}

    @pytest.mark.parametrize(
        ("code", "number", "value"),
        [
            ("dd.mm.yyyy", "46082", datetime.date(2026, 3, 1)),
            ("[$-407]d. mmmm yyyy", "46082.5", datetime.datetime(2026, 3, 1, 12)),
            ("h:mm", "0.354166666666667", "08:30:00"),
            ("[h]:mm", "1.5", "1 day, 12:00:00"),
            ('0.0" days"', "2", 2),
            ("yyyy", "99999999999", 99999999999),
        ],
    )
    def test_dates_are_told_by_their_format(self, tmp_path: Path, code: str, number: str, value: object):
        code = code.replace('"', "&quot;")
        styles = (
            f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
            "</styleSheet>"
        )
        content = small(f'<row r="2"><c r="B2" s="1"><v>{number}</v></c></row>')
        rels = part(content, "xl/_rels/workbook.xml.rels")
        styled = f'<Relationship Id="r9" Type="{workbooks.REL}/styles" Target="styles.xml"/></Relationships>'
        content = with_parts(
            content,
            {"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", styled)},
        )
        (sheet,) = read(tmp_path, content).sheets
        assert sheet.rows[2][2] == value

    def test_days_are_counted_from_1904_where_the_workbook_says_so(self, tmp_path: Path):
        def change(book: openpyxl.Workbook) -> None:
            book.epoch = openpyxl.utils.datetime.MAC_EPOCH

        found = read_workbook(resaved(ours(), tmp_path / "mac.xlsx", change))
        assert found.sheets[0].rows[5][4] == datetime.date(2026, 3, 5)

    def test_a_text_longer_than_excel_can_show_is_read_whole(self, tmp_path: Path):
        long = "x" * 32_768
        rows = f'<row r="2"><c r="B2" t="inlineStr"><is><t>{long}</t></is></c></row>'
        assert cells(tmp_path, rows)[2][2] == long


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return content.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b"", "is empty"),
            (b"clause;owner\n4.1;Ann\n", "is no Excel workbook"),
            (b"<html><table>", "is no Excel workbook"),
            (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
            (OLE, "is in the old format of Excel 97"),
            (b"PK\x03\x04 and no more", "is cut short or damaged"),
            (zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "is an OpenDocument file"),
            (zipped({"a.txt": b"x"}), "is no Excel workbook"),
            (zipped({"xl/workbook.xml": b"<workbook/>"}), "holds no sheets"),
            (zipped({"xl/workbook.xml": b"<workbook><sheets>"}), "is cut short or damaged"),
            (with_parts(ours(), {"xl/worksheets/sheet1.xml": None}), "is cut short or damaged"),
            (with_parts(ours(), {"xl/sharedStrings.xml": "<sst/>"}), "is damaged (a text is missing"),
            (small('<row r="9999999"><c><v>1</v></c></row>'), "holds rows that no spreadsheet has"),
            (small('<row r="2"><c r="XFE2"><v>1</v></c></row>'), "holds columns that no spreadsheet has"),
            (small("<a>" * 300 + "</a>" * 300), "holds XML that is nested too deep"),
        ],
    )
    def test_what_is_no_workbook_gets_one_line(self, tmp_path: Path, content: bytes, line: str):
        assert refused(tmp_path, content).startswith(line)

    def test_a_missing_file_and_a_folder(self, tmp_path: Path):
        for path in (tmp_path / "none.xlsx", tmp_path):
            with pytest.raises(RefusedError, match="cannot be read"):
                read_workbook(path)

    def test_cut_anywhere_it_is_refused_or_whole(self, tmp_path: Path):
        content = ours()
        for length in range(1, len(content), len(content) // 40):
            assert refused(tmp_path, content[:length])

    def test_with_any_byte_changed_it_is_refused_or_read(self, tmp_path: Path):
        content = ours()
        chance = random.Random(3)
        for _ in range(150):
            broken = bytearray(content)
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
            # Any other error than a refusal fails the test.
            with contextlib.suppress(RefusedError):
                read(tmp_path, bytes(broken))

    def test_the_workbook_of_another_program(self, tmp_path: Path):
        book = openpyxl.Workbook()
        book.active["A1"] = "imsmap"
        book.save(tmp_path / "other.xlsx")
        assert refused(tmp_path, (tmp_path / "other.xlsx").read_bytes()).startswith("is not a workbook of imsmap")

    def test_one_of_a_newer_imsmap(self, tmp_path: Path):
        def change(book: openpyxl.Workbook) -> None:
            book["_imsmap"]["B2"] = 2

        content = resaved(ours(), tmp_path / "x.xlsx", change).read_bytes()
        assert refused(tmp_path, content).startswith("was written by a newer imsmap")

    @pytest.mark.parametrize("type_", [LAUGHS, OUTSIDE, "<!DOCTYPE x>"])
    @pytest.mark.parametrize(
        "name",
        ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels",
         "xl/comments1.xml", "docProps/custom.xml", "xl/_rels/workbook.xml.rels"],
    )  # fmt: skip
    def test_a_document_type_in_any_part_that_is_read(self, tmp_path: Path, name: str, type_: str):
        text = part(ours(), name)
        head, end, rest = text.partition("?>")
        content = with_parts(ours(), {name: head + end + type_ + rest})
        assert refused(tmp_path, content).startswith("holds a document type or entities")

    @pytest.mark.slow
    def test_zip_bombs_are_refused_before_they_are_unpacked(self, tmp_path: Path):
        name = "xl/worksheets/sheet1.xml"
        deep = with_parts(ours(), {name: b"<x>" + b" " * 130_000_000})
        wide = with_parts(ours(), {f"xl/media/{n}.bin": random.Random(n).randbytes(100) * 200_000 for n in range(13)})
        many = with_parts(ours(), {f"x/{n}": b"" for n in range(5_001)})
        tracemalloc.start()
        for content in (deep, wide, many):
            assert "nothing was" in refused(tmp_path, content)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()

    def test_a_part_that_lies_about_its_size_is_cut_off_there(self, tmp_path: Path):
        content = bytearray(with_parts(ours(), {"xl/worksheets/sheet1.xml": b"<x>" + b" " * 3_000_000}))
        size = (3_000_003).to_bytes(4, "little")
        assert content.count(size) == 2
        assert refused(tmp_path, bytes(content).replace(size, (100).to_bytes(4, "little"))).startswith("is cut short")

    def test_two_parts_of_one_name(self, tmp_path: Path):
        content = io.BytesIO(ours())
        with zipfile.ZipFile(content, "a") as package:
            package.writestr("XL/Workbook.xml", "<workbook/>")
        assert refused(tmp_path, content.getvalue()).startswith("holds two parts of the name")

    def test_many_tabs_on_one_part(self, tmp_path: Path):
        text = part(ours(), "xl/workbook.xml")
        tabs = "".join(f'<sheet name="Tab {n}" sheetId="{n + 10}" r:id="rId1"/>' for n in range(100))
        content = with_parts(ours(), {"xl/workbook.xml": text.replace("</sheets>", f"{tabs}</sheets>")})
        assert refused(tmp_path, content).startswith("holds several sheets that are one and the same part")

    def test_a_part_behind_a_password(self, tmp_path: Path):
        content = bytearray(ours())
        start = content.index(b"PK\x01\x02")
        content[start + 8] |= 1
        assert refused(tmp_path, bytes(content)).startswith("is protected by a password")

    def test_a_number_of_cells_that_no_memory_holds(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("imsmap.readers.workbook.CELLS_LIMIT", 20)
        assert refused(tmp_path, ours(rows=30)).startswith("holds more filled cells")


def test_rows_that_are_empty_are_hardly_more_work_than_to_count_them(tmp_path: Path):
    begin, end = 1_000_000, 1_020_000
    rows = "".join(f'<row r="{n}" ht="15" customHeight="1"><c r="A{n}" s="0"/></row>' for n in range(begin, end))
    path = tmp_path / "tall.xlsx"
    path.write_bytes(small(rows))
    (sheet,) = read_workbook(path).sheets
    assert list(sheet.rows) == [1]
    parts = 2 * (end - begin)
    assert calls(lambda: read_workbook(path)) < parts / 10


@pytest.mark.slow
def test_what_is_empty_takes_no_memory(tmp_path: Path):
    path = tmp_path / "tall.xlsx"
    path.write_bytes(small("".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 200_000))))
    read_workbook(path)
    tracemalloc.start()
    read_workbook(path)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.slow
def test_rows_of_thirty_columns_are_less_work_than_for_openpyxl(tmp_path: Path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Requirements")
    sheet.append(["imsmap:requirements:e0001"])
    for row in range(300):
        sheet.append([f"text {row * column}" if column % 3 else row * column for column in range(30)])
    path = tmp_path / "large.xlsx"
    book.save(path)
    assert calls(lambda: read_workbook(path)) < calls(lambda: openpyxl.load_workbook(path))
