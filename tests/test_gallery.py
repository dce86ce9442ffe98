"""The gallery of the documentation shows the pictures as they are drawn now, and stays small."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
SCRIPT = runpy.run_path(str(DOCS / "gallery.py"))


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    found: dict[str, bytes] = SCRIPT["files"]()
    return found


@pytest.mark.slow
def test_the_gallery_is_up_to_date(made: dict[str, bytes], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-goldens"):
        SCRIPT["main"]()
    stale = [place for place, content in made.items() if (DOCS / place).read_bytes().replace(b"\r", b"") != content]
    assert stale == [], "run: python docs/gallery.py"


@pytest.mark.slow
def test_no_picture_is_left_that_nothing_draws_and_all_are_small(made: dict[str, bytes]) -> None:
    there = {f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir()}
    assert there == {place for place in made if place.startswith("pictures/")}
    assert sum(map(len, made.values())) <= SCRIPT["MOST"]
