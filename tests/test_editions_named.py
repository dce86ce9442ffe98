"""Whoever reads a deliverable knows which edition is meant: no standard is named without one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.fixtures import MAPPINGS
from tests.sharing import Built
from tests.surfaces import OFFICE, TEXT, texts, told

BARE = re.compile(r"(?<!\beditions of[ \u00a0])\bISO[ \u00a0]?(?:9001|14001)(?![:0-9])")
_ANY = "ISO[ \u00a0](?:9001|14001)"
EXCEPTIONS: tuple[tuple[str, str, str], ...] = (
    ("timeline", _ANY, "a row is a standard; its editions stand on it, each with its year"),
    ("Decision", _ANY, "the column Toward: a standard that one may begin with, whatever its edition"),
    (
        "brief",
        f"- (How much|In how many) .*(who ask for|did) {_ANY}[, ].*",
        "what customers and tenders ask for",
    ),
    ("Decision|choose", f"Customers ask for {_ANY}", "customers name a standard by its number alone"),
    (
        "Decision|choose",
        f"How much [^.]* who ask for {_ANY}, by its number[?]( Ask the largest customers[^.]*[.])?",
        "customers name it by its number alone",
    ),
    ("Decision|choose", f"Tenders count {_ANY}", "tenders name a standard by its number alone"),
    ("Decision|choose", f"In how many of the last ten tenders did {_ANY} give points or knock out[?]", "so do tenders"),
    ("Decision|choose", f"Is a certificate for {_ANY} held[?]", "the edition of the certificate is asked beside it"),
    (
        "Cover|Decision|choose",
        f"{_ANY},? (and|or)?,? ?{_ANY},? or both, and which first.*",
        "either standard is weighed, whatever its edition",
    ),
    (
        "venn|house|pdca|cover|hero",
        f"([^:.]* )?([Bb]oth|[Aa]ll [0-9]+) editions\\s+of\\s+{_ANY}[^:.]*([:.]\\s[^:]*)?",
        "two editions of one standard are named together",
    ),
    (
        "compare",
        f"(Why: )?(The question names families[.] Certified is a management system to {_ANY} or to {_ANY};|They have "
        f"different beneficiaries: {_ANY} looks at [^;:]*, {_ANY} at the environment, )[^;:]*[.;][^;:]*",
        "ISO 9000 and ISO 14000 are compared as families; of each the one that is certified is named",
    ),
    ("compare", "ISO (9000 [(]ISO 9001|14000 [(]ISO 14001)[)] when: [^(;]*", "the certified member of a family"),
)
"""Where a standard may be named without an edition, in which words exactly, and why."""
IN_CODE = {
    "cli/choose.py": "choosing weighs either standard, whatever its edition",
    "cli/start.py": "what people type",
    "library/citations.py": "what people write",
    "library/model.py": "says what a name without its year is",
}
IN_DATA = {
    "choose.yaml": "customers and tenders name a standard by its number alone; its head says so",
    "families.yaml": "members of a family are named by number, with their edition beside it",
}


def bare(said: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give what names a standard without its edition, with its place."""
    return [
        (place, text[max(0, found.start() - 60) : found.end() + 40])
        for place, text in dict.fromkeys(said)
        for found in BARE.finditer(text)
        if not any(re.search(where, place) and re.fullmatch(words, text, re.DOTALL) for where, words, _ in EXCEPTIONS)
    ]


@pytest.mark.slow
def test_no_deliverable_names_a_standard_without_its_edition(whole_build: Built) -> None:
    found = [path for path in sorted(whole_build.folder.rglob("*")) if path.suffix in OFFICE | TEXT]
    assert {path.suffix for path in found} >= {".xlsx", ".pptx", ".html", ".svg", ".dot"}
    assert {path.name: names for path in found if (names := bare(texts(path)))} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys",
    [
        ("iso9001-2015", "iso14001-2026"),
        ("iso9001-2026", "iso14001-2015"),
        ("iso9001-2026", "iso14001-2026"),
        ("iso9001-2015", "iso9001-2026"),
        ("iso9001-2015", "iso9001-2026", "iso14001-2015"),
    ],
    ids=" ".join,
)
def test_no_answer_screen_picture_page_workbook_or_brief_of_mixed_editions_does(keys: tuple[str, ...]) -> None:
    assert bare(told(keys)) == []


def test_a_name_without_an_edition_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>ISO 9001:2015 asks, ISO 14001 does not.</p><p>who ask for ISO 9001</p><p>ISO 9001</p>", "utf-8")
    assert [words for _, words in bare(texts(page))] == [
        "ISO 9001:2015 asks, ISO 14001 does not.", "who ask for ISO 9001", "ISO 9001",
    ]  # fmt: skip
    assert bare([("timeline", "ISO 9001"), ("Decision", "ISO 14001")]) == []


def test_no_word_of_the_program_does_but_where_the_edition_is_open() -> None:
    """Help, errors and everything else that it may ever say."""
    root = MAPPINGS.parent / "imsmap"
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if BARE.search(text := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and BARE.search(node.value)
    }
    assert found == set(IN_CODE)
    scripts = {path.name for path in root.rglob("*.js") if BARE.search(path.read_text("utf-8"))}
    assert scripts == set()


def test_no_mapping_data_do_but_where_the_edition_is_open() -> None:
    found = {
        path.name
        for path in MAPPINGS.rglob("*.yaml")
        if BARE.search(re.sub(r"\s+", " ", re.sub(r"(?m)^\s*#.*$", "", path.read_text("utf-8"))))
    }
    assert found == set(IN_DATA)
