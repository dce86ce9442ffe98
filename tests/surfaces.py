"""What is said on every surface, with its place: answers, pictures, page, workbook, brief, and files of a build."""

from __future__ import annotations

import datetime
import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from imsmap import api
from imsmap.api import deck, deliverables
from imsmap.api.deciding import Case
from imsmap.errors import UnsuitedError
from imsmap.library.graph import ClauseGraph
from tests import once

DAY = datetime.date(2026, 11, 29)
OFFICE, TEXT = {".xlsx", ".pptx", ".docx"}, {".html", ".svg", ".dot", ".md"}
WIDE = 400
"""Columns of a screen on which no sentence is broken."""
Told = Iterator[tuple[str, str]]
"""Places and what is said there."""


def texts(path: Path) -> Told:
    """Give every text of a file with its place: paragraphs, cells, labels, descriptions."""
    place = path.stem
    if path.suffix == ".xlsx":
        yield from cells(path.read_bytes())
    elif path.suffix in OFFICE:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith(".xml"):
                    written = package.read(name).decode("utf-8", "replace")
                    slide = re.search(r'<p:cSld name="([^"]+)"|name="([^"]+)"', written) if "/slides/" in name else None
                    yield from pieces(_called(slide) or place, written, "</a:p>|</w:p>")
    elif path.suffix in TEXT:
        ends = '"' if path.suffix == ".dot" else r"\n|</text>|</p>|</li>|</td>|</tr>|\",\""
        yield from pieces(place, path.read_text("utf-8"), ends)


def _called(slide: re.Match[str] | None) -> str:
    """Give the name of a slide, which is that of its picture."""
    return "" if slide is None else slide[1] or slide[2]


def cells(content: bytes) -> Told:
    """Give the texts of a workbook by the sheet on which they stand."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        shared = re.findall(r"<si>(.*?)</si>", package.read("xl/sharedStrings.xml").decode(), re.DOTALL)
        names = re.findall(r'<sheet name="([^"]*)"', package.read("xl/workbook.xml").decode())
        for place, name in enumerate(names, 1):
            sheet = package.read(f"xl/worksheets/sheet{place}.xml").decode()
            for index in re.findall(r't="s"[^>]*><v>([0-9]+)</v>', sheet):
                yield html.unescape(name), _plain(shared[int(index)])
            yield from pieces(html.unescape(name), sheet, "</c>")
        for part in package.namelist():
            if part.endswith(".xml") and "/worksheets/" not in part and "sharedStrings" not in part:
                yield from pieces(part, package.read(part).decode("utf-8", "replace"), "</a:p>|</t>")


def pieces(place: str, written: str, ends: str) -> Told:
    for piece in re.split(ends, written):
        yield place, _plain(piece).removesuffix("\\l")
    for told in re.findall(r'(?:descr|title|label|prompt|error)="([^"]*)"', written):
        yield place, html.unescape(told).removesuffix("\\l")


def _plain(piece: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", piece)).strip()


def told(keys: tuple[str, ...], library: ClauseGraph | None = None, date: datetime.date = DAY) -> Told:
    """Give all that is said of some standards on every surface, with its place, and draw no file for it.

    library: instead of the one that comes with imsmap; then the editions before and after are those in it.
    """
    graph = library or once.shipped(keys, bridges=True)
    answers = api.Answers(graph, keys, editions=None if library else lambda: once.around(keys))
    for name in answers:
        for line in api.export(answers[name], "markdown").decode().splitlines():
            yield from ((name, cell.strip().replace("\\`", "`")) for cell in re.split(r" \| |^\||\|$|<br>", line))
        screen = api.export(answers[name], "table", width=WIDE, brief=True).decode()
        # A sentence is broken over lines at the width of a screen: wide enough, it is whole.
        yield from ((name, cell.strip()) for cell in re.split(r"\n| {2,}", screen))
    for name in api.pictures():
        try:
            pages = api.draw(name, answers, occasion=deck.for_anybody(date))  # type: ignore[call-arg]
        except UnsuitedError:
            continue
        for page in pages:
            said = (page.title, *page.notes, *(words for part in page.parts.values() for words in part.paragraphs))
            yield from ((name, str(words)) for words in said)
    page = deliverables.webpage(answers, date=date).decode()
    yield from pieces("page", page, r"\n|</text>|</p>|</li>|</td>|</tr>|\",\"")
    yield from cells(deliverables.workbook(answers, date=date))
    if {graph.discipline(key).key for key in keys} == {"quality", "environment"}:
        made = deliverables.brief(graph, keys, Case(), date=date)
        yield from (("brief", line) for line in api.export(made, "markdown").decode().splitlines())
