"""A quote is found in every kind of file that goes out, and told by its place."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
import xlsxwriter
from docx import Document
from openpyxl.comments import Comment
from pptx import Presentation
from pptx.util import Inches

from imsmap.licensed.looking import find, said
from imsmap.licensed.runs import Piece, Runs
from imsmap.licensed.text import LicensedText

QUOTE = "the gardener shall water each of the blue flowers before sunrise"
RUNS = Runs([LicensedText("iso3-2030", "ISO 3:2030", {"4.1": f"On Sundays {QUOTE}, if they are dry."})])


def places(name: str, content: bytes) -> list[str]:
    return [one.place for one in find(RUNS, {name: content})]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.csv", f"id,text\r\n1,fine\r\n2,{QUOTE}\r\n", "a.csv, line 3"),
        ("a.md", f"# Title\n\n* {QUOTE[:19]}\n  {QUOTE[19:]}\n", "a.md, line 3"),
        ("a.json", json.dumps({"x": f"as they say:\n{QUOTE}"}), "a.json, line 1"),
        ("a.dot", 'graph { "n" [label="' + QUOTE.replace(" water", "\\nwater") + '"] }', "a.dot, line 1"),
        ("a.svg", f"<svg>\n<text>{QUOTE[:30]}</text>\n<text>{QUOTE[30:]}</text></svg>", "a.svg, line 2"),
        ("a.svg", f'<svg><path aria-label="{QUOTE}"/></svg>', "a.svg, line 1"),
        ("a.svg", f"<svg><text><tspan>{QUOTE[:12]}</tspan><tspan>{QUOTE[12:]}</tspan></text></svg>", "a.svg, line 1"),
        ("a.html", f"<p>{QUOTE.replace('blue', '<b>blue</b>')}</p>", "a.html, line 1"),
        ("a.html", "<script>x = " + json.dumps(QUOTE.replace(" of", "\nof")) + "</script>", "a.html, line 1"),
        ("a.txt", "nothing at all", ""),
        ("a.pdf", QUOTE, ""),
    ],
)
def test_text_of_all_kinds_is_looked_through(name: str, text: str, place: str) -> None:
    assert places(name, text.encode()) == ([place] if place else [])


def test_a_workbook_tells_the_cell_and_remarks_and_footers_are_looked_at() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Notes & more"
    sheet["B7"], sheet["A1"] = QUOTE, "fine"
    other = book.create_sheet("Again")
    other["A1"].comment = Comment(f"Mind: {QUOTE.upper()}", "Ann")
    other.oddFooter.center.text = QUOTE
    out = io.BytesIO()
    book.save(out)
    found = places("a.xlsx", out.getvalue())
    assert found[:2] == ["a.xlsx, Notes & more!B7", "a.xlsx, Again"]
    assert "comment" in found[2]


def test_a_text_that_cells_share_is_told_with_the_cells() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, cell in (("Notes & more", "B7"), ("Again", "C2")):
        sheet = book.add_worksheet(name)
        sheet.write("A1", "fine")
        sheet.write(cell, QUOTE)
    book.close()
    assert places("a.xlsx", out.getvalue()) == ["a.xlsx, Notes & more!B7 and Again!C2"]


def test_slides_their_notes_and_descriptions_are_looked_through() -> None:
    deck = Presentation()
    for _ in range(2):
        deck.slides.add_slide(deck.slide_layouts[6])
    shape = deck.slides[1].shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
    shape.text_frame.text = f"{QUOTE[:25]}\n{QUOTE[25:]}"
    deck.slides[0].notes_slide.notes_text_frame.text = QUOTE
    shape = deck.slides[0].shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
    shape._element.nvSpPr.cNvPr.set("descr", QUOTE)
    out = io.BytesIO()
    deck.save(out)
    assert set(places("a.pptx", out.getvalue())) == {"a.pptx, slide 1", "a.pptx, slide 2", "a.pptx, notes of slide 1"}


def test_a_document_of_word_tells_the_paragraph() -> None:
    document = Document()
    document.add_paragraph("fine")
    paragraph = document.add_paragraph(QUOTE[:14])
    paragraph.add_run(QUOTE[14:]).bold = True
    out = io.BytesIO()
    document.save(out)
    assert places("a.docx", out.getvalue()) == ["a.docx, paragraph 2"]


def test_what_values_hold_is_found_before_it_is_drawn() -> None:
    assert [one.text for one in said((Piece("here", QUOTE), {"x": ["y", 7, None]}))] == ["here", QUOTE, "y"]
    assert RUNS.within(list(said({"x": (QUOTE,)})))
