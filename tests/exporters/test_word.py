from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from attrs import evolve
from PIL import Image

from imsmap.brief import brief
from imsmap.brief.model import (
    BOX,
    Bars,
    Beside,
    Brief,
    Bullets,
    Choice,
    Choices,
    Grid,
    Part,
    Run,
    Section,
    Strip,
    Units,
    Words,
)
from imsmap.drawing import CORE, Colours
from imsmap.drawing.logo import Logo
from imsmap.drawing.look import Look
from imsmap.exporters import markdown, word
from tests import office
from tests.exporters.nasty import TEXTS
from tests.once import shipped
from tests.test_brief import CASES, KEYS, LONG, reports

DAY = datetime.date(2026, 11, 25)


def small(*texts: str) -> Brief:
    page = tuple(
        Section(text, (Words(text, strong=True), Bullets((text, text)), Grid((text, "b"), ((text, "c"),))))
        for text in texts
    )
    return Brief("Title", "Subtitle", (page, page), "Foot", DAY)


def test_the_document_has_real_headings_lists_and_tables():
    document = docx.Document(io.BytesIO(word.export(small("Hello"))))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles == ["Subtitle", "Title", *["Heading 1", "Normal", "List Bullet", "List Bullet", "Gap"] * 2]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["Hello", "b"], ["Hello", "c"]]
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
    assert document.sections[0].footer.paragraphs[0].text == "Foot"
    assert document.core_properties.title == "Title"


def test_there_is_one_list_of_styles():
    with zipfile.ZipFile(io.BytesIO(word.export(small("Hello")))) as package:
        assert [name for name in package.namelist() if "styles" in name.lower()] == ["word/styles.xml"]


def test_each_page_begins_on_a_page_of_its_own():
    document = docx.Document(io.BytesIO(word.export(small("One"))))
    breaks = [p.paragraph_format.page_break_before for p in document.paragraphs if p.style.name == "Heading 1"]
    assert breaks == [None, True]


def test_a_small_table_of_figures_stays_on_one_page():
    made = docx.Document(io.BytesIO(word.export(small("One"))))
    kept = [
        [p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs]
        for row in made.tables[0].rows
    ]
    assert kept == [[True, True], [None, None]]


def test_the_same_input_gives_the_same_bytes():
    content = word.export(small("One"))
    assert content == word.export(small("One"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_any_text_survives(text: str):
    document = docx.Document(io.BytesIO(word.export(small(text))))
    shown = document.paragraphs[2].text
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", shown)
    assert document.tables[0].rows[1].cells[0].text == shown
    if text.isprintable():
        assert shown == " ".join(text.split())


def test_markdown_holds_the_same_words():
    text = markdown.document(small("Plain <b> | *x*")).decode()
    assert text.startswith("# Title\n\nSubtitle\n\n## Plain &lt;b&gt; \\| \\*x\\*\n\n**Plain")
    assert "| --- | --- |\n| Plain &lt;b&gt; \\| \\*x\\* | c |" in text
    assert text.endswith("\n\nFoot\n")


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdfinfo") is None, reason="needs LibreOffice and Poppler"
)
@pytest.mark.skipif(
    office.arial() not in ("Arial", "Liberation Sans", "Arimo"),
    reason=f"needs a font as wide as Arial, as fonts-liberation has; {office.arial()} stands in for it",
)
def test_the_brief_has_exactly_two_pages_whatever_was_answered(tmp_path: Path):
    graph = shipped(KEYS)
    names = []
    for at, (name, case) in enumerate(CASES.items()):
        client = LONG if name == "worst" else "Smith Ltd"
        (tmp_path / f"b{at}.docx").write_bytes(word.export(brief(*reports(graph, case), date=DAY, client=client)))
        names.append(f"b{at}")
    office.convert([tmp_path / f"{name}.docx" for name in names], tmp_path, "pdf")
    for name, told in zip(names, CASES, strict=True):
        said = subprocess.run(["pdfinfo", str(tmp_path / f"{name}.pdf")], check=True, capture_output=True, text=True)
        assert re.search(r"Pages:\s+2\n", said.stdout), (told, said.stdout)


@pytest.mark.parametrize("count", [2, 3])
def test_what_is_related_across_more_standards_than_there_are_strands_has_the_tint_of_the_core(count: int):
    told = (("#111111", "#AAAAAA"), ("#222222", "#BBBBBB"), ("#333333", "#CCCCCC"))
    looks = tuple(Colours(dark, dark, tint) for dark, tint in told)
    runs = (Run(1, "core", (CORE,), ""), Run(2, "related", looks[:count], ""), Run(1, "unknown", (CORE,), ""))
    shown = Section("Strip", (Strip(runs, ((1, "built once"), (2, "looked at together"), (1, "not looked at"))),))
    content = word.export(evolve(small("one"), pages=((shown,), (shown,))))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        body = packed.read("word/document.xml").decode()
    strands = {look.tint[1:] for look in looks if look.tint[1:] in body}
    assert strands == ({"AAAAAA", "BBBBBB"} if count == 2 else set())
    assert (CORE.tint[1:] in body) == (count == 3)
    assert 'w:val="dashed"' in body


def test_numbers_of_the_strip_begin_under_their_parts_of_it():
    runs = (Run(25, "core", (CORE,), ""), Run(15, "related", (CORE,), ""), Run(8, "alone", (CORE,), "Q"))
    for counts, parts in (((25, 15, 8), (0.52, 0.31, 0.17)), ((29, 49, 0, 4), (0.35, None, None, None))):
        words = ("built once", "looked at together", "apart", "not looked at")[: len(counts)]
        strip = Strip(
            runs if len(counts) == 3 else (Run(82, "core", (CORE,), ""),), tuple(zip(counts, words, strict=True))
        )
        content = word.export(evolve(small("one"), pages=((Section("S", (strip,)),), (Section("S", (strip,)),))))
        numbers = docx.Document(io.BytesIO(content)).tables[1]
        widths = [column.width for column in numbers.columns]
        for width, part in zip(widths, parts, strict=True):
            if part is not None:
                assert width / sum(widths) == pytest.approx(part, abs=0.01)
        assert min(widths) > 0.1 * sum(widths)


def test_what_stands_beside_each_other_is_to_be_decided_or_is_a_small_picture_has_its_place():
    drawn = io.BytesIO()
    Image.new("RGB", (40, 10), "#C00000").save(drawn, "PNG")
    look = Look(client="Acme", colours=("#00558C",), logo=Logo(drawn.getvalue(), "image/png"), legal="Acme Ltd")
    left = Section("Left", (Units((("Topics", (Run(2, "core", (CORE,)), Run(1, "alone", (CORE,), "Q"))),)),))
    right = Section("Right", (Bars((Part("Quality", 3, 4, CORE), Part("Nothing", 0, 0, CORE))),))
    asked = Choices((Choice("Name an owner", "Nobody is named", DAY), Choice("Say when", "No date is known")))
    told = evolve(small("one"), look=look, pages=((Beside((left, right)),), (Section("To decide", (asked,)),)))
    content = word.export(told)
    document = docx.Document(io.BytesIO(content))
    beside, choices = document.tables[0], document.tables[-1]
    # Beside each other, with a gap between them; what belongs to a section stands in its cell.
    assert [cell.paragraphs[0].text for cell in beside.rows[0].cells] == ["Left", "", "Right"]
    assert [row.cells[0].text for row in beside.rows[0].cells[0].tables[0].rows] == ["Topics"] * 2
    texts = [paragraph.text for paragraph in beside.rows[0].cells[2].paragraphs]
    assert "Quality: 3 of 4 clauses have a counterpart" in texts
    full, rest = beside.rows[0].cells[2].tables[0].rows[0].cells
    assert full.width == pytest.approx(rest.width * 3, rel=0.01)
    assert [[cell.text for cell in row.cells] for row in choices.rows] == [
        ["", "", "by", "yes", "no"],
        ["1", "Name an owner\nNobody is named", "25\u00a0November\u00a02026", BOX, BOX],
        ["2", "Say when\nNo date is known", "____________", BOX, BOX],
    ]
    section = document.sections[0]
    assert [paragraph.text for paragraph in section.footer.paragraphs] == ["Foot", "Acme Ltd"]
    assert f'descr="{look.logo_told}"' in section.header._element.xml
