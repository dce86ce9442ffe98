"""A real browser for tests of the page: Debian's Chromium, or any that is on the path, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.exporters.html import pages
from tests.sharing import PATIENCE, shared

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the browser once; where there is none, the tests skip and say so."""
    driver = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install .[test]")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser is installed: none of {', '.join(NAMES)} is there")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), timeout=WAIT)
        yield browser
        browser.close()


WAIT = PATIENCE * 1000
"""Milliseconds that the browser may take for a step, as Playwright counts."""


WIDEN = """() => {
  const words = "Operational planning and control of the organization 8.4.2";
  const context = document.createElement("canvas").getContext("2d");
  context.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  const wide = 25.5 * 1.18 - context.measureText(words).width / 100;
  document.styleSheets[0].insertRule(`html *{letter-spacing:${wide / words.length}em!important}`);
}"""
"""The words are as wide then as in Verdana, the widest that people often have: 1.18 times the 25.5 em of Arial."""


class Opened:
    """A page in the browser, with all that went wrong in it and all that it asked for."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.refused: dict[str, str] = {}
        self._listeners: dict[str, Callable[[Any], None]] = {
            "request": lambda request: self.asked.append(request.url),
            "requestfailed": lambda request: self.refused.update({request.url: request.failure}),
            "console": lambda message: self.faults.append(message.text),
            "pageerror": lambda error: self.faults.append(str(error)),
            "dialog": lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()),
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)

    def leave(self) -> None:
        """Look away: a page stores nothing that the next one could find, and asked for nothing but itself."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        assert self.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        assert {address.partition("#")[0] for address in self.asked} <= {self.address}

    def go(self, hash_: str = "") -> Any:
        self.page.goto(f"{self.address}{hash_}")
        return self.page

    def widen(self) -> None:
        """Write as wide as Verdana, in whichever font is there: what fits so fits whatever usual font a reader has."""
        self.page.evaluate(WIDEN)

    def focused(self, what: str) -> Any:
        return self.page.evaluate(f"document.activeElement && document.activeElement.{what}")


@pytest.fixture(scope="session")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give a page as it comes out of a mail: a file in some folder, made once in a run, by who first asks for it."""

    @cache
    def file(name: str) -> Path:
        def make(folder: Path) -> None:
            (folder / f"{name}.html").write_bytes(getattr(pages, name)())

        return shared(tmp_path_factory, f"page-{name}", make) / f"{name}.html"

    return file


SCREEN = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def tab(chromium: Any) -> Any:
    """Open one tab that the tests use in turn: to start another takes longer than what most of them do in it."""
    context = chromium.new_context(viewport=SCREEN)
    context.set_default_timeout(WAIT)
    return context.new_page()


TIMES = count()
"""Each address is a new one, so that the browser goes there and does not take it for a place in the page it shows."""


@pytest.fixture
def opened(chromium: Any, tab: Any, mailed: Callable[[str], Path]) -> Iterator[Callable[..., Opened]]:
    """Open one of the pages, in place of the one before, in a browser that knows nothing yet; it must not complain."""
    contexts = []
    everything: list[Opened] = []

    def open_(
        name: str = "two",
        hash_: str = "",
        viewport: dict[str, int] = SCREEN,
        color_scheme: str = "light",
        **options: Any,
    ) -> Opened:
        if everything:
            everything[-1].leave()
        if options:
            context = chromium.new_context(viewport=viewport, color_scheme=color_scheme, **options)
            context.set_default_timeout(WAIT)
            contexts.append(context)
            page = context.new_page()
        else:
            page = tab
            page.set_viewport_size(viewport)
            page.emulate_media(media="null", color_scheme=color_scheme)
        found = Opened(page, f"{mailed(name).as_uri()}?{next(TIMES)}")
        everything.append(found)
        found.go(hash_)
        return found

    yield open_
    if everything:
        everything[-1].leave()
    for context in contexts:
        context.close()
    assert [fault for found in everything for fault in found.faults] == []
