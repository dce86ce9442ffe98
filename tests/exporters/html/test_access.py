"""The page for those who use a keyboard, a screen reader, or other eyes, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from tests.exporters.html import pages
from tests.exporters.html.conftest import Opened
from tests.exporters.html.pages import A, B

pytestmark = pytest.mark.slow

Open = Callable[..., Opened]


# --- axe-core --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("two", 1440, "light"),
        ("few", 1440, "dark"),
        ("few", 390, "dark"),
        ("few_of_six", 1440, "light"),
        ("few_broken", 800, "dark"),
    ],
)
def test_axe_finds_no_violation(opened: Open, name: str, width: int, scheme: str):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed: pip install .[test]"
    )
    found = opened(name, f"#{A}:8.4.1", color_scheme=scheme, viewport={"width": width, "height": 900})
    page = found.page
    page.evaluate(
        "document.querySelectorAll('.why details, #coverage details').forEach((part) => { part.open = true; })"
    )
    page.locator(".matrix details").first.evaluate("part => { part.open = true; }")
    page.fill("#find", "audit")
    results = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert [(v["id"], v["nodes"][0]["html"], v["nodes"][0]["failureSummary"]) for v in results["violations"]] == []
    assert len(results["passes"]) > 20


class _Kinds(HTMLParser):
    """The kinds of parts that a page has: tag, classes and role."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.found: set[tuple[str | None, ...]] = set()
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.found.add((tag, has.get("role"), *sorted((has.get("class") or "").split())))


@pytest.mark.parametrize(("whole", "few"), [("two", "few"), ("six", "few_of_six"), ("broken", "few_broken")])
def test_a_page_of_few_clauses_has_each_kind_of_part_that_the_whole_has(whole: str, few: str):
    assert _Kinds(getattr(pages, whole)()).found - _Kinds(getattr(pages, few)()).found == set()


# --- the keyboard ----------------------------------------------------------------------------------------------------


def press(found: Opened, *keys: str) -> None:
    for key in keys:
        found.page.keyboard.press(key)


def test_a_reader_skips_to_the_content_first(opened: Open):
    found = opened()
    press(found, "Tab")
    assert found.focused("textContent") == "Skip to the content"
    assert found.page.locator(".skip").bounding_box()["y"] >= 0
    press(found, "Enter")
    assert found.focused("id") == "main"


def test_the_tab_key_leads_through_the_whole_page_and_out_of_it(opened: Open):
    found = opened("few")
    seen: list[str] = []
    marked = True
    for _ in range(1500):
        press(found, "Tab")
        state = found.page.evaluate(
            """() => {
              const here = document.activeElement;
              if (!here || here === document.body) return null;
              const style = getComputedStyle(here);
              return [here.id || here.dataset.ref || here.textContent.trim().slice(0, 30),
                style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
            }"""
        )
        if state is None:
            break
        seen.append(state[0])
        marked = marked and state[1]
    else:
        pytest.fail("the end of the page was never reached")
    assert marked, "what has the focus is not marked"
    assert {"find", "theme", "print", "unfold"} <= set(seen)
    # The columns are one stop, not a hundred.
    assert sum(":" in name and name.split(":")[0] in (A, B, "core") for name in seen) == 1


def test_arrow_keys_walk_the_columns_and_enter_leads_to_the_explanation_and_escape_back(opened: Open):
    found = opened()
    page = found.page
    page.locator('.chip[tabindex="0"]').focus()
    assert found.focused("dataset.ref") == f"{A}:4.1"
    press(found, "ArrowDown")
    assert found.focused("dataset.ref") == f"{A}:4.2"
    assert "ISO 9001:2015, 4.2" in page.inner_text("#why h3")
    assert "counterpart" in page.inner_text("#said")
    press(found, "ArrowRight")
    assert found.focused("dataset.ref") == "core:4.2"
    press(found, "ArrowRight")
    assert found.focused("dataset.ref") == f"{B}:4.2"
    press(found, "End")
    assert found.focused("dataset.ref") == f"{B}:10.3"
    press(found, "Home", "ArrowUp", "ArrowLeft", "ArrowLeft")
    assert found.focused("dataset.ref") == f"{A}:4.1"
    press(found, "Enter")
    assert found.focused("id") == "why-title"
    assert page.url.endswith(f"#{A}:4.1")
    press(found, "Tab")
    assert page.evaluate("document.querySelector('#why').contains(document.activeElement)")
    press(found, "Escape")
    assert found.focused("dataset.ref") == f"{A}:4.1"
    assert page.locator(".chip.chosen").count() == 0


def test_search_with_the_keyboard_alone(opened: Open):
    found = opened()
    page = found.page
    page.focus("#find")
    page.keyboard.type("environmental")
    press(found, "ArrowDown", "ArrowDown")
    assert found.focused("getAttribute('href')") == page.locator("#found a").nth(1).get_attribute("href")
    press(found, "ArrowUp", "ArrowUp")
    assert found.focused("id") == "find"
    press(found, "ArrowDown")
    wanted = found.focused("getAttribute('href')")
    press(found, "Enter")
    page.wait_for_selector("#found", state="hidden")
    assert page.url.endswith(wanted)
    assert page.locator(".chip.chosen").get_attribute("data-ref") == wanted[1:]
    page.focus("#find")
    press(found, "Escape")
    assert page.locator("#found").is_hidden()
    assert found.focused("id") == "find"


def test_filters_with_the_keyboard_alone(opened: Open):
    found = opened()
    page = found.page
    page.focus("[name=class][value=same]")
    press(found, "Space")
    assert page.inner_text("#matrix-count").split()[0] != page.inner_text("#matrix-count").split()[2]
    page.focus(".matrix summary >> nth=3")
    press(found, "Enter")
    assert page.locator(".matrix details[open]").count() == 1


# --- the screen reader -----------------------------------------------------------------------------------------------


def test_landmarks_and_headings_tell_the_page(opened: Open):
    page = opened(hash_=f"#{A}:8.4.1").page
    for role, count in (("banner", 1), ("navigation", 1), ("main", 1), ("contentinfo", 1), ("search", 2)):
        assert page.get_by_role(role).count() == count
    levels: list[int] = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_counts_are_announced(opened: Open):
    page = opened().page
    for name in ("#find-count", "#matrix-count", "#said"):
        assert page.get_attribute(name, "role") == "status"


def test_a_clause_is_named_with_what_the_marks_mean(opened: Open):
    page = opened().page
    chip = page.get_by_role("button", name="8.4.1 General (closest: related)", exact=True)
    assert chip.count() == 1
    chip.click()
    assert page.locator(".chip.chosen").get_attribute("aria-pressed") == "true"
    named = page.locator(f'.chip[data-ref="{B}:8.1"]').text_content()
    assert "belongs with ISO 9001:2015, 8.4.1: related" in named


def test_without_colour_every_class_and_standard_can_still_be_told(opened: Open):
    """In grey the fills look alike: each says by a letter, and each lit one by a glyph and its border, what it is."""
    page = opened(hash_=f"#{B}:8.1").page
    told: list[Any] = page.eval_on_selector_all(
        ".chip",
        "all => all.map(one => [one.querySelector('.tag').textContent.trim(), one.classList.contains('lit'),"
        " one.querySelector('.mark').textContent.trim()])",
    )
    assert {letter for letter, _, _ in told} == {"Q", "E", "·"}
    marks = {mark for _, is_lit, mark in told if is_lit}
    assert marks <= {"=", "≈", "◐", "+"}
    assert len(marks) >= 2
    borders = set(page.eval_on_selector_all(".chip.lit", "all => all.map(one => getComputedStyle(one).borderTopStyle)"))
    assert {"solid", "dashed"} <= borders
