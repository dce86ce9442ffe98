"""What a build makes is looked through as others read it: a text taken from a file by another reader is found there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from pptx import Presentation

from imsmap.licensed.looking import find_in
from imsmap.licensed.runs import LENGTH, Runs
from imsmap.licensed.text import LicensedText
from tests.sharing import Built

pytestmark = pytest.mark.slow  # builds everything


def _long(texts: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Give of each place the longest text that has a run of words."""
    found: dict[str, str] = {}
    for place, text in texts:
        if len(re.findall(r"[^\W\d_]+", text)) >= LENGTH and len(text) > len(found.get(place, "")):
            found[place] = text
    return found


def _missed(path: Path, texts: dict[str, str]) -> list[str]:
    """Give the places whose text is not found in a file, all of them looked for in one go as if they were licensed."""
    runs = Runs([LicensedText("x", "X", {str(number): text for number, text in enumerate(texts.values())})])
    found = [quote.place for quote in find_in(runs, path.name, path.read_bytes())]
    wanted = {place: f"{path.name}, {place}" for place in texts}
    return [
        f"{place}: {text[:60]}"
        for place, text in texts.items()
        if not any(f"{wanted[place]} " in f"{one} " for one in found)
    ]


def test_the_longest_text_of_each_sheet_is_found_in_its_cell(whole_build: Built) -> None:
    (path,) = whole_build.folder.glob("*.xlsx")
    book = openpyxl.load_workbook(path, read_only=True)
    longest: dict[str, tuple[str, str]] = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                said = cell.value if isinstance(cell.value, str) and not cell.value.startswith("=") else ""
                if len(said) > len(longest.get(sheet.title, ("", ""))[1]):
                    longest[sheet.title] = (f"{sheet.title}!{cell.coordinate}", said)
    texts = _long(iter(longest.values()))
    assert len(texts) > 10
    assert _missed(path, texts) == []


def test_the_longest_text_of_each_slide_is_found_on_it(whole_build: Built) -> None:
    (path,) = whole_build.folder.glob("*.pptx")
    slides = enumerate(Presentation(str(path)).slides, 1)
    texts = _long(
        (f"slide {number}", shape.text_frame.text)
        for number, slide in slides
        for shape in slide.shapes
        if shape.has_text_frame
    )
    assert len(texts) > 8
    assert _missed(path, texts) == []


def test_what_each_picture_says_is_found_in_it_line_after_line(whole_build: Built) -> None:
    missed = []
    for path in sorted(whole_build.folder.rglob("*.svg")):
        root = ElementTree.parse(path).getroot()
        lines = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
        at = max(range(len(lines)), key=lambda place: len(lines[place]))
        for said in (" ".join(lines[at : at + 4]), root[1].text or ""):
            quotes = find_in(Runs([LicensedText("x", "X", {"1": said})]), path.name, path.read_bytes())
            if len(re.findall(r"[^\W\d_]+", said)) > LENGTH and not quotes:
                missed.append(f"{path.name}: {said[:80]}")
    assert missed == []


def test_what_the_page_tells_by_script_is_found_in_it(whole_build: Built) -> None:
    path = whole_build.folder / "page.html"
    text = path.read_text("utf-8")
    strings = (json.loads(found) for found in re.findall(r'"(?:[^"\\<>\n]|\\["\\/nrt]){60,}"', text))
    texts = dict(enumerate(sorted({one for one in strings if "\\" not in one and "<" not in one}, key=len)[-20:]))
    assert len(texts) == 20
    wanted = {str(place): said for place, said in texts.items() if len(re.findall(r"[^\W\d_]+", said)) > LENGTH}
    quotes = find_in(Runs([LicensedText("x", "X", wanted)]), "page.html", path.read_bytes())
    missed = {f"X, {place}" for place in wanted} - {quote.of for quote in quotes}
    # Of two texts that begin alike the first is named: each that was not is looked for alone.
    for place in (one.removeprefix("X, ") for one in missed):
        assert find_in(Runs([LicensedText("x", "X", {"1": wanted[place]})]), path.name, path.read_bytes()), place
