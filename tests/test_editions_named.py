"""Whoever reads a deliverable knows which edition is meant: no standard is named without one."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sharing import Built

BARE = re.compile(r"\bISO[ \u00a0]?(?:9001|14001)(?![:0-9])")
ALLOWED = (
    "which first",  # what is asked on the sheet Decision: either standard, whatever its edition
    "ask for ISO",  # customers and tenders name a standard by its number alone
    "asks for ISO",
    "last ten tenders did ISO",
    "Is a certificate for ISO",  # the edition is told in the same line
)
"""What may be said without an edition, and why."""
ROWS = re.compile(r"ISO[ \u00a0]?(?:9001|14001)")
"""The timeline's rows are standards; their editions stand on them, each with its year."""
OFFICE, TEXT = {".xlsx", ".pptx", ".docx"}, {".html", ".svg", ".dot", ".md"}


def texts(path: Path) -> Iterator[str]:
    """Give every text of a file: paragraphs, cells, labels, descriptions."""
    if path.suffix in OFFICE:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith(".xml"):
                    yield from _pieces(package.read(name).decode("utf-8", "replace"), "</a:p>|</si>|</c>|</w:p>")
    elif path.suffix in TEXT:
        ends = '"' if path.suffix == ".dot" else r"\n|</text>|</p>|</li>|</td>|</tr>|\",\""
        yield from _pieces(path.read_text("utf-8"), ends)


def _pieces(written: str, ends: str) -> Iterator[str]:
    for piece in re.split(ends, written):
        yield html.unescape(re.sub(r"<[^>]*>", "", piece)).strip().removesuffix("\\l")
    for told in re.findall(r'(?:descr|title|label|prompt|error)="([^"]*)"', written):
        yield html.unescape(told).removesuffix("\\l")


def bare(path: Path) -> list[str]:
    """Give what a file says of a standard without its edition."""
    return [
        text[max(0, found.start() - 60) : found.end() + 40]
        for text in texts(path)
        if not any(words in text for words in ALLOWED) and not ROWS.fullmatch(text)
        for found in BARE.finditer(text)
    ]


@pytest.mark.slow
def test_no_deliverable_names_a_standard_without_its_edition(whole_build: Built) -> None:
    found = [path for path in sorted(whole_build.folder.rglob("*")) if path.suffix in OFFICE | TEXT]
    assert {path.suffix for path in found} >= {".xlsx", ".pptx", ".html", ".svg", ".dot"}
    assert {path.name: told for path in found if (told := bare(path))} == {}


def test_a_name_without_an_edition_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>ISO 9001:2015 asks, ISO 14001 does not.</p><p>who ask for ISO 9001</p><p>ISO 9001</p>", "utf-8")
    assert bare(page) == ["ISO 9001:2015 asks, ISO 14001 does not."]


def test_stated_relations_name_the_editions_that_they_are_of() -> None:
    from tests.fixtures import MAPPINGS

    found = {
        path.name: BARE.findall(re.sub(r"^\s*#.*$|\s+", " ", path.read_text("utf-8"), flags=re.MULTILINE))
        for path in sorted((MAPPINGS / "relations").glob("*.yaml"))
    }
    assert {name: told for name, told in found.items() if told} == {}
