from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from imsmap.analyses.matrix import MatrixAnswer
from imsmap.analyses.requirements import RequiredQuestion, RequiredTopic, RequiredVerdict, RequirementsAnswer
from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Reports, Settings
from imsmap.exporters.excel.text import CELL_LIMIT
from imsmap.register.cells import Key, Value
from imsmap.report import Column, Row, Table
from tests import office
from tests.exporters import nasty
from tests.exporters.excel.library import DAY, A, B, C, reports
from tests.exporters.excel.reading import describe, load, one_sheet

SETTINGS = Settings(as_of=DAY, client="Smith & Sons")
POINT = f"{A}:4.1#issues"


@pytest.fixture(scope="module")
def content() -> bytes:
    return excel.export(reports(A, B), SETTINGS)


def visible(book: Any) -> list[str]:
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def cells(sheet: Any) -> Any:
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_the_workbook_is_the_golden_one(content: bytes, golden: Callable[[str, str], None]) -> None:
    golden("excel.txt", describe(content))


def test_text_in_a_table_keeps_room_before_it(content: bytes) -> None:
    sheet = one_sheet(content, "Requirements")
    heads = {cell.value: cell.column for cell in sheet[4] if cell.value}
    assert {"Letter", "Title", "What is asked for, in our words"} < set(heads)
    for row in sheet.iter_rows(min_row=4):
        for cell in row[1:]:
            if not isinstance(cell.value, str):
                continue
            aligned = cell.alignment
            # What stands in the middle needs none; all else begins a little away from the column on its left.
            assert (aligned.horizontal, aligned.indent) in (("left", 1), ("center", 0)), cell.coordinate
            if cell.column == heads["Title"]:
                assert aligned.horizontal == "left"
            if cell.column == heads["Letter"]:
                assert aligned.horizontal == "center"


@pytest.mark.slow
def test_the_comparison_sees_a_wrong_last_cell(content: bytes) -> None:
    def resaved(change: Callable[[Any], None]) -> str:
        book = load(content)
        change(book.worksheets[-1])
        stream = io.BytesIO()
        book.save(stream)
        return describe(stream.getvalue())

    def wrong(sheet: Any) -> None:
        sheet.cell(sheet.max_row, sheet.max_column).value = "wrong"

    before, after = resaved(lambda sheet: None).splitlines(), resaved(wrong).splitlines()
    assert len(before) == len(after)
    differing = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert len(differing) == 1
    assert "'wrong'" in differing[0][1]


def test_the_sheets_are_in_order(content: bytes) -> None:
    names = [
        "Cover", "Read me", "Dashboard", "Matrix", "Requirements", "Actions", "Audit checklist", "Documents",
        "Blueprint", "Overlap", "Heat map", "Management review", "Integration", "Relations", "_imsmap_state", "_imsmap",
    ]  # fmt: skip
    found = load(content)
    assert found.sheetnames == names
    assert found["_imsmap"].sheet_state == "veryHidden"


def test_the_variant_for_a_mail_has_three_sheets_whatever_their_order() -> None:
    content = excel.export(reports(A, B), SETTINGS, sheets=("overlap", "matrix", "readme"))
    assert visible(load(content)) == ["Read me", "Matrix", "Overlap"]


@pytest.mark.parametrize("keys", [(A,), (A, B, C)])
def test_one_standard_and_three_make_a_workbook_too(keys: tuple[str, ...]) -> None:
    book = load(excel.export(reports(*keys), SETTINGS))
    assert ("Overlap" in book.sheetnames) == (len(keys) > 1)


def test_an_unknown_sheet_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no sheet mtrix; choose from cover, readme"):
        excel.export(reports(A, B), SETTINGS, sheets=("mtrix",))
    with pytest.raises(ValueError, match="no sheet to write"):
        excel.export(reports(A, B), SETTINGS, sheets=())


def test_the_same_input_gives_the_same_bytes(content: bytes) -> None:
    assert excel.export(reports(A, B), SETTINGS) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert load(content).properties.created == datetime.datetime(2031, 1, 2)


@pytest.mark.slow
def test_a_shuffled_library_gives_the_same_workbook(content: bytes) -> None:
    from random import Random

    from imsmap.library.graph import ClauseGraph
    from tests.exporters.excel.library import small
    from tests.fixtures import shuffle

    for seed in range(3):
        library = ClauseGraph(shuffle(small().library, Random(seed)))
        assert excel.export(reports(A, B, library=library), SETTINGS) == content


def test_every_table_has_its_name_its_row_ids_and_no_merged_cells(content: bytes) -> None:
    book = load(content)
    tables = {name: sheet for sheet in book.worksheets for name in sheet.tables}
    assert tables.keys() >= {"tMatrix", "tRequirements", "tDocuments", "tOverlap", "tRelations"}
    for sheet in set(tables.values()):
        assert not sheet.merged_cells.ranges
        assert sheet.column_dimensions["A"].hidden
        for table in sheet.tables.values():
            rows = list(sheet[table.ref])
            headings = [cell.value for cell in rows[0]]
            assert headings == [column.name for column in table.tableColumns]
            ids = [row[0].value for row in rows[1:]]
            if table.displayName == "tActions":  # room for rows of people's own
                ids = list(filter(None, ids))
                assert len(ids) == len(rows) - 11
            assert all(ids)
            assert len(set(ids)) == len(ids)


def test_headings_look_like_headings_and_have_no_status_cell(content: bytes) -> None:
    sheet = one_sheet(content, "Requirements")
    headings = {cell.value: cell.column for cell in sheet[4]}
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    heading, point = rows["topic:4.1"], rows[POINT]
    status = headings["Status"] - 1
    assert heading[headings["Title"] - 1].font.b
    assert heading[status].fill.fgColor.rgb != point[status].fill.fgColor.rgb == "FFFFFAE0"
    checked = {str(cells) for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges}
    boxes = [openpyxl.worksheet.cell_range.CellRange(cells) for cells in checked]
    assert any(point[status].coordinate in box for box in boxes)
    assert not any(heading[status].coordinate in box for box in boxes)


def test_links_lead_to_where_they_say(content: bytes) -> None:
    book = load(content)
    seen = set()
    for sheet in book.worksheets:
        for cell in cells(sheet):
            if cell.hyperlink is None:
                continue
            name, _, place = cell.hyperlink.location.rpartition("!")
            assert place == "B1" or book[name.strip("'")][place].value is not None
            seen.add((sheet.title, name.strip("'")))
    assert seen >= {
        ("Cover", "Matrix"), ("Matrix", "Requirements"), ("Requirements", "Matrix"), ("Requirements", "Documents"),
        ("Documents", "Requirements"), ("Overlap", "Requirements"), ("Matrix", "Cover"),
    }  # fmt: skip


def test_a_clause_leads_to_its_own_row(content: bytes) -> None:
    book, values = load(content), load(content, values=True)
    for cell in cells(book["Matrix"]):
        if cell.hyperlink is not None and "Requirements" in cell.hyperlink.location:
            target = book["Requirements"][cell.hyperlink.location.rpartition("!")[2]]
            words = values["Matrix"][cell.coordinate].value.removeprefix("see ")
            assert words.split()[0] == target.value


def test_every_linked_formula_is_text_with_its_value(content: bytes) -> None:
    book, values = load(content), load(content, values=True)
    for sheet in book.worksheets:
        for cell in cells(sheet):
            if cell.data_type == "f" and cell.hyperlink is not None:
                value = values[sheet.title][cell.coordinate].value
                assert cell.value.replace('"&CHAR(10)&"', "\n") == f'="{value}"'


def test_answers_stand_in_the_cells_that_people_fill() -> None:
    written: dict[Key, Value] = {
        Key("requirements", POINT, "status"): "Partial",
        Key("requirements", POINT, "due"): datetime.date(2031, 2, 3),
        Key("requirements", POINT, "client_note"): "=HYPERLINK(1)",
        Key("requirements", POINT, "text"): "no",
        Key("requirements", f"{A}:4", "status"): "Conforming",
        Key("requirements", "elsewhere", "status"): "Conforming",
        Key("documents", "core-issues", "document"): "Context",
        Key("cover", "cover:approved", "value"): "A. Boss",
    }
    book = load(excel.export(reports(A, B), SETTINGS, given=Given(written)))
    sheet = book["Requirements"]
    place = {cell.value: cell.column for cell in sheet[4]}
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == POINT)
    assert sheet.cell(row, place["Status"]).value == "Partial"
    assert sheet.cell(row, place["Due"]).value == datetime.datetime(2031, 2, 3)
    note = sheet.cell(row, place["Client's note"])
    assert (note.data_type, note.value) == ("s", "=HYPERLINK(1)")
    assert [cell.value for cell in cells(sheet)].count("Conforming") == 1, "beside the heading, and no row is elsewhere"
    assert "no" not in [cell.value for cell in sheet[row]]
    assert "Context" in [cell.value for cell in cells(book["Documents"])]
    assert "A. Boss" in [cell.value for cell in cells(book["Cover"])]


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "A3", "Letter", "Tabloid"])
def test_each_paper_prints_one_page_wide_in_landscape(paper: str) -> None:
    book = load(excel.export(reports(A, B), evolve(SETTINGS, paper=paper)))
    for name in visible(book):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what stands for nothing
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "uncontrolled when printed" in sheet.oddFooter.right.text
    assert [book[name].page_setup.paperSize for name in ("Cover", "Matrix")] == {
        "A4": [9, 8], "A3": [8, 8], "Letter": [1, 3], "Tabloid": [3, 3],
    }[paper]  # fmt: skip


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="paper 'A5' is not known"):
        Settings(as_of=DAY, paper="A5")


def with_texts(texts: tuple[str, ...]) -> Reports:
    """Give reports whose every table holds the texts, in each of its columns."""
    found = reports(A, B)
    changed = {}
    for name in found.names - found.further.keys():
        report = found[name]
        if name == "requirements":
            report = evolve(report, answer=with_questions(report.answer, texts))
        if name == "matrix":
            report = evolve(report, answer=with_topics(report.answer, texts))
        tables = []
        for table in report.tables:
            rows = tuple(Row(f"nasty-{number}", (text,) * len(table.columns)) for number, text in enumerate(texts))
            tables.append(evolve(table, rows=(*table.rows, *rows)))
        changed[name] = evolve(report, tables=tuple(tables), title=texts[0])
    return evolve(found, **changed)


def with_topics(answer: MatrixAnswer, texts: tuple[str, ...]) -> MatrixAnswer:
    """Put texts into topics of their own, as title and as what a standard adds."""
    first = answer.topics[0]
    adds = first.adds[A]
    found = (
        evolve(
            first, id=f"nasty-{number}", number=None, title=text, adds={**first.adds, A: (evolve(adds[0], text=text),)}
        )
        for number, text in enumerate(texts)
    )
    return evolve(answer, topics=(*answer.topics, *found))


def with_questions(answer: RequirementsAnswer, texts: tuple[str, ...]) -> RequirementsAnswer:
    """Put texts into a topic of their own: as titles, and as what is asked."""
    verdict = answer.topics[0].questions[0].verdicts[0]
    questions = []
    for number, text in enumerate(texts):
        point = evolve(verdict.point, id=f"{A}:nasty#{number}", text=text)
        clause = evolve(verdict.clause, title=text)
        questions.append(RequiredQuestion(point.id, "Q", text, False, (RequiredVerdict(verdict.side, clause, point),)))
    topic = RequiredTopic("nasty", None, texts[0], "9", tuple(questions))
    return evolve(answer, topics=(*answer.topics, topic))


def test_nasty_text_survives_as_text() -> None:
    texts = (*nasty.TEXTS, "{=1}", "https://example.org", "0123", "'quoted'", "ß" * 300)
    settings = evolve(SETTINGS, client="=A & B", title='"T" & <b> 🙂' + "x" * 300)
    content = excel.export(with_texts(texts), settings)
    book = load(content)
    for name in ("Matrix", "Requirements", "Documents", "Relations"):
        written = {cell.value: cell for cell in cells(book[name])}
        for text in ("=1+1", "+49", "-5", "@SUM(A1)", "<b>&amp;", "a|b", "🙂 مرحبا بالعالم", "x" * 300, "0123", "{=1}"):
            assert written[text].data_type == "s"
        assert "\x1b" not in "".join(map(str, written))
    for sheet in book.worksheets:
        assert all(len(part.text or "") <= 255 for part in (sheet.oddHeader.left, sheet.oddFooter.left))


@pytest.mark.slow
def test_what_excel_cannot_hold_is_cut_with_a_mark_and_told() -> None:
    content = excel.export(with_texts(("y" * 32_768, "🙂" * 20_000, "z\n" * 400)), SETTINGS)
    book = load(content)
    long = [cell.value for cell in cells(book["Relations"]) if isinstance(cell.value, str) and len(cell.value) > 9000]
    assert long
    for text in long:
        assert len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT
        assert text.endswith("characters]")
    assert "imsmap cut texts" in book.custom_doc_props.names
    assert all(cell.value.count("\n") < 253 for cell in cells(book["Relations"]) if isinstance(cell.value, str))


def test_a_table_without_rows_says_none() -> None:
    found = reports(A, B)
    report = found.documents
    assert report is not None
    empty = Table("documents", "Documented information", (Column("letters", "Letters"), Column("what", "What")), ())
    report = evolve(report, tables=(empty,), answer=evolve(report.answer, documents=()))
    sheet = one_sheet(excel.export(evolve(found, documents=report), SETTINGS), "Documents")
    assert [sheet.cell(5, column).value for column in (1, 2)] == ["none", "none"]


@office.needed
def test_libreoffice_opens_it_and_reads_the_same_cells(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "book.xlsx"
    source.write_bytes(content)
    office.convert([source], tmp_path / "out")
    ours, theirs = load(content, values=True), load((tmp_path / "out" / "book.xlsx").read_bytes(), values=True)
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours.worksheets:
        other = theirs[sheet.title]
        assert {c.coordinate: c.value for c in cells(sheet)} == {c.coordinate: c.value for c in cells(other)}
        assert other.tables.keys() == sheet.tables.keys()
