"""The page for those who use a keyboard, a screen reader, or other eyes, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from imsmap.drawing.colour import contrast
from tests.exporters.html.axe import CONTRAST, bring, findings
from tests.exporters.html.conftest import Opened
from tests.exporters.html.pages import A, B

pytestmark = pytest.mark.slow

Open = Callable[..., Opened]


# --- axe-core --------------------------------------------------------------------------------------------------------


# Every view, with all that can be unfolded; the sheet with a clause, the sheet with a topic, the menu, the search.
VIEWS = ("clauses", "overview", "new", "matrix", "friends", "documents", "transition", "method")


@pytest.mark.parametrize(
    ("name", "width", "scheme", "views", "apart"),
    [
        # Its text has the colours of the page of few clauses, which has each kind of part: these take most of the time.
        pytest.param("two", 1366, "light", VIEWS[:2], (CONTRAST,), id="two-1366-light"),
        pytest.param("few", 1440, "light", VIEWS, (), id="few-1440-light"),
        pytest.param("few", 390, "dark", VIEWS, (), id="few-390-dark"),
        pytest.param("few_of_six", 1440, "light", VIEWS[:3], (), id="few_of_six-1440-light"),
        pytest.param("few_broken", 800, "dark", VIEWS[:3], (CONTRAST,), id="few_broken-800-dark"),
        pytest.param("few_of_a_client", 1440, "dark", VIEWS[:3], (), id="few_of_a_client-1440-dark"),
        pytest.param("few_of_a_client", 390, "light", VIEWS[:3], (), id="few_of_a_client-390-light"),
    ],
)
def test_axe_finds_no_violation(
    opened: Open,
    request: pytest.FixtureRequest,
    name: str,
    width: int,
    scheme: str,
    views: tuple[str, ...],
    apart: tuple[str, ...],
):
    everything = request.config.getoption("--all")
    page = opened(name, f"#{A}:8.4.1", color_scheme=scheme, viewport={"width": width, "height": 900}).page
    bring(page, each=everything)
    seen = 0
    for view in views:
        if view != "clauses":
            page.evaluate("view => document.querySelector(`nav a[href='#${view}']`).click()", view)
        if view == "overview":
            page.locator(".t:not([disabled])").first.click()
        page.evaluate("document.querySelectorAll('.now details').forEach((part) => { part.open = true; })")
        if view == "matrix":
            page.fill("#find", "audit")
        if view == "friends":
            page.click("#take summary")
        found = findings(page, *(() if everything else apart))
        assert (view, found.broken) == (view, [])
        seen += found.held
    assert seen > 25 * len(views)


def test_a_part_that_says_nothing_or_is_not_seen_does_not_stand_for_a_pale_one_of_its_look(tab: Any):
    for other in ("<i></i>", "<i> <b></b></i>", '<i style="visibility: hidden">pale</i>'):
        tab.goto("about:blank")  # whose policy allows styles of its own
        tab.set_content(f"<style>i {{ color: #ddd; background: #fff }}</style>{other}<i>pale</i>")
        bring(tab, each=False)
        assert [one for one, *_ in findings(tab).broken if one == CONTRAST] == [CONTRAST], other


class _Kinds(HTMLParser):
    """The kinds of parts that a page has: tag, classes and role."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.found: set[tuple[str | None, ...]] = set()
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.found.add((tag, has.get("role"), *sorted((has.get("class") or "").split())))


@pytest.mark.parametrize(
    ("whole", "few"),
    [("two", "few"), ("six", "few_of_six"), ("broken", "few_broken"), ("few_broken", "few")],
)
def test_a_page_of_few_clauses_has_each_kind_of_part_that_the_whole_has(
    mailed: Callable[[str], Path], whole: str, few: str
):
    assert _Kinds(mailed(whole).read_bytes()).found - _Kinds(mailed(few).read_bytes()).found == set()


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
        if state[0] == "Side by side":
            press(found, "Enter")
    else:
        pytest.fail("the end of the page was never reached")
    assert marked, "what has the focus is not marked"
    assert {"find", "theme", "words"} <= set(seen)
    # The board is one stop, not a hundred; only the view that is shown is walked through.
    assert sum(name.partition(":")[0] in (A, B, "topic") for name in seen) == 1


def test_arrow_keys_walk_the_board_and_enter_leads_to_the_explanation_and_escape_back(opened: Open):
    found = opened(hash_="#clauses")
    page = found.page
    page.locator('.chip[tabindex="0"]').focus()
    assert found.focused("dataset.ref") == "topic:4.1"
    press(found, "ArrowRight")
    assert found.focused("dataset.ref") == f"{A}:4.1"
    press(found, "ArrowDown")
    assert found.focused("dataset.ref") == f"{A}:4.2"
    assert "counterpart" in page.inner_text("#said")
    press(found, "ArrowRight")
    assert found.focused("dataset.ref") == f"{B}:4.2"
    press(found, "End")
    assert found.focused("dataset.ref") == f"{B}:10.2"
    press(found, "Home", "ArrowUp", "ArrowLeft")
    assert found.focused("dataset.ref") == f"{A}:4.1"
    press(found, "Enter")
    assert found.focused("id") == "why-title"
    assert page.url.endswith(f"#{A}:4.1")
    press(found, "Tab")
    assert page.evaluate("document.querySelector('#why').contains(document.activeElement)")
    press(found, "Escape")
    assert found.focused("dataset.ref") == f"{A}:4.1"
    assert page.locator(".chip.chosen").count() == 0


def test_tiles_are_walked_with_arrow_keys_and_chosen_with_enter(opened: Open):
    found = opened()
    page = found.page
    page.focus("[data-topic='4.1']")
    press(found, "ArrowRight", "ArrowDown")
    assert found.focused("dataset.topic") == "5.2"
    press(found, "Enter")
    assert found.focused("id") == "why-title"
    assert page.inner_text("#why-title") == "Policy"
    press(found, "Escape")
    assert found.focused("dataset.topic") == "5.2"


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
    page.focus("[data-value=related]")
    press(found, "Space")
    assert page.inner_text("#shown").startswith("15 of 48 topics")
    assert found.focused("dataset.value") == "related"


# --- the screen reader -----------------------------------------------------------------------------------------------


def test_landmarks_and_headings_tell_the_page(opened: Open):
    page = opened(hash_=f"#{A}:8.4.1").page
    for role, count in (("banner", 1), ("navigation", 1), ("main", 1), ("contentinfo", 1), ("search", 1)):
        assert page.get_by_role(role).count() == count
    levels: list[int] = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_counts_are_announced(opened: Open):
    page = opened().page
    for name in ("#find-count", "#shown", "#said", "#notice", "#taken", "#new-said"):
        assert page.get_attribute(name, "role") == "status"


def test_a_clause_is_named_with_what_the_marks_mean(opened: Open):
    page = opened(hash_="#clauses").page
    chip = page.get_by_role("button", name="8.4.1 General (closest: related)", exact=True)
    assert chip.count() == 1
    chip.click()
    assert page.locator(".chip.chosen").get_attribute("aria-pressed") == "true"
    named = page.locator(f'.chip[data-ref="{B}:8.1"]').text_content()
    assert "belongs with it: related" in named


def test_without_colour_every_class_and_standard_can_still_be_told(opened: Open):
    page = opened().page
    fills = page.evaluate(
        "['.t.core', '.t.related.o0', 'body'].map(one => getComputedStyle(document.querySelector(one)).backgroundColor)"
    )
    white = "#FFFFFF"
    lights = [1.05 / contrast(hexed(fill), white) - 0.05 for fill in fills]
    assert all(after - before > 0.25 for before, after in pairwise(lights))
    letters = page.eval_on_selector_all(".t", "all => all.map(one => one.querySelector('b').textContent)")
    assert set(letters) == {"Q", "E", "QE"}
    words = page.eval_on_selector_all(".t .vh", "all => all.map(one => one.textContent)")
    assert all(any(word in said for word in ("core", "related", "alone")) for said in words)


def hexed(colour: str) -> str:
    """A colour as the browser tells it, as #RRGGBB."""
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])
