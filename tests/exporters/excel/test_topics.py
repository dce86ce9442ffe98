"""Of many standards a summary is printed: where each speaks of a topic; what takes hundreds of pages is not."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

import pytest
from openpyxl.utils import range_boundaries

from imsmap.exporters import excel
from imsmap.exporters.excel import Settings, page
from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard
from tests.exporters.excel.library import DAY, reports
from tests.exporters.excel.reading import load, one_sheet

KEYS = ("iso1-2030", "iso2-2030", "iso3-2030", "iso4-2030")
ONE, OTHER, *_ = KEYS


@cache
def library() -> ClauseGraph:
    first = {
        "4": None, "4.1": ["=issues"], "8": None, "8.2": None, "8.2.1": ["+ask"], "8.2.2": ["+agree"], "8.3": ["+draw"],
        "8.4": ["+buy"],
    }  # fmt: skip
    topics = {"8.2.1": "emergency", "8.2.2": "emergency", "8.3": "design", "8.4": "design"}
    return graph(
        standard(ONE, first, topics=topics),
        standard(OTHER, {"4": None, "4.1": ["=issues"], "8.2": ["+flee"]}, topics={"8.2": "aspects"}),
        *(standard(key, {"4": None, "4.1": ["=issues"]}) for key in KEYS[2:]),
        relations=[relation(ONE, OTHER, "8.2 no-relationship 8.2", name="apart")],
    )


@cache
def book(count: int) -> bytes:
    return excel.export(reports(*KEYS[:count], library=library()), Settings(as_of=DAY))


@cache
def opened(count: int) -> Any:
    """Open it for all that leave it as it is."""
    return load(book(count))


def test_each_topic_says_in_a_word_where_each_standard_speaks_of_it() -> None:
    sheet = one_sheet(book(4), "Topics", values=True)
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=5)}
    found = {id_: cells[1:5] for id_, cells in rows.items() if not id_.startswith("main-")}
    assert found == {
        "4.1": ["4.1"] * 4,
        "aspects": ["none", "8.2", "none", "none"],
        "design": ["8.3, 8.4", "none", "none", "none"],
        "emergency": ["8.2", "none", "none", "none"],
    }
    assert rows["emergency"][-1] == "⚠ 8.2"
    assert [topic.id for topic in reports(*KEYS, library=library()).matrix.answer.topics] == list(found)


@pytest.mark.parametrize("name", ["Matrix", "Relations", "Requirements", "Audit checklist", "Heat map"])
def test_of_many_standards_no_table_is_printed_that_takes_hundreds_of_pages_and_it_is_said(name: str) -> None:
    for count in (3, 4):
        found = opened(count)
        assert ("Topics" in found.sheetnames) == (count > 3)
        sheet = found[name]
        last = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))[3]
        said = "not printed" in str(sheet.cell(2, 2).value)
        assert (last < 4, said) == (count > 3, count > 3)
        assert (sheet.print_title_rows is None) == (count > 3)


def test_a_table_that_is_not_printed_says_what_is() -> None:
    found = opened(4)
    assert "printed is the sheet Topics" in str(found["Matrix"].cell(2, 2).value)
    alone = load(excel.export(reports(*KEYS, library=library()), Settings(as_of=DAY), ("matrix",)))
    assert "Topics" not in str(alone["Matrix"].cell(2, 2).value)


def test_what_an_auditor_asks_for_alone_is_printed_of_many_standards_too() -> None:
    alone = excel.export(reports(*KEYS, library=library()), Settings(as_of=DAY), variant="audit")
    found = load(alone)
    for name in ("Requirements", "Audit checklist"):
        assert range_boundaries(str(found[name].print_area).rpartition("!")[2].replace("$", ""))[3] > 4
        assert "not printed" not in str(found[name].cell(2, 2).value)


def test_a_title_that_has_no_room_in_the_header_counts_the_standards_and_is_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "ISO4:2030" in one_sheet(book(4), "Cover").oddHeader.left.text
    monkeypatch.setattr(page, "_TITLE", 40)
    low = excel.export(reports(*KEYS, library=library()), Settings(as_of=DAY), ("topics",))
    assert one_sheet(low, "Topics").oddHeader.left.text.endswith("Compliance workbook of 4 standards")


def test_the_strip_of_the_dashboard_has_a_part_for_each_number_that_is_not_zero() -> None:
    answer = reports(*KEYS, library=library()).matrix.answer
    tally = answer.shares.tally()
    there = [tally.core, tally.related, *tally.alone.values(), tally.not_assessed]
    with zipfile.ZipFile(io.BytesIO(book(4))) as packed:
        charts = [packed.read(name).decode() for name in packed.namelist() if "/charts/chart" in name]
    (strip,) = [chart for chart in charts if "topics to scale" in chart]
    assert strip.count("<c:ser>") == sum(map(bool, there))


def test_a_title_that_is_wider_than_a_page_counts_the_standards(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ("documents", "requirements")
    asked = reports(*KEYS, library=library())
    told = {ws.title: ws.cell(1, 2).value for ws in load(excel.export(asked, Settings(as_of=DAY), wanted))}
    assert "ISO1:2030, ISO2:2030" in str(told["Documents"])
    monkeypatch.setattr(page, "room", lambda book, large=False: 300.0)
    low = {ws.title: ws.cell(1, 2).value for ws in load(excel.export(asked, Settings(as_of=DAY), wanted))}
    assert str(low["Documents"]).endswith(" 4 standards")
    assert str(low["Requirements"]).endswith(" 4 standards")


@pytest.mark.parametrize(("count", "beside"), [(2, 3), (3, 4)])
def test_of_more_standards_four_tiles_of_the_dashboard_stand_beside_each_other(count: int, beside: int) -> None:
    sheet = one_sheet(book(count), "Dashboard")
    assert sum(bool(cell.value) for cell in sheet[5][1:13]) == beside
