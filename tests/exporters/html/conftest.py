"""A real browser for tests of the page: Debian's Chromium, or any that is on the path, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exporters.html import pages
from tests.sharing import PATIENCE

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
        """Give the tab back as it was; a page stores nothing that the next one could find."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        assert self.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        self.page.goto("about:blank")

    def go(self, hash_: str = "") -> Any:
        self.page.goto(f"{self.address}{hash_}")
        return self.page

    def focused(self, what: str) -> Any:
        return self.page.evaluate(f"document.activeElement && document.activeElement.{what}")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages once, as they come out of a mail: files in some folder."""
    folder = tmp_path_factory.mktemp("mail")
    for name in (
        "two", "three", "six", "broken", "few", "few_of_six", "few_broken", "few_of_a_client", "third", "alike",
        "numbered",
    ):  # fmt: skip
        (folder / f"{name}.html").write_bytes(getattr(pages, name)())
    return folder


SCREEN = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def tab(chromium: Any) -> Any:
    """Open one tab that the tests use in turn: to start another takes longer than what most of them do in it."""
    context = chromium.new_context(viewport=SCREEN)
    context.set_default_timeout(WAIT)
    return context.new_page()


@pytest.fixture
def opened(chromium: Any, tab: Any, folder: Path) -> Iterator[Callable[..., Opened]]:
    """Open one of the pages in a browser that knows nothing yet; it must not complain."""
    contexts = []
    everything: list[Opened] = []

    def open_(
        name: str = "two",
        hash_: str = "",
        viewport: dict[str, int] = SCREEN,
        color_scheme: str = "light",
        **options: Any,
    ) -> Opened:
        if everything or options:
            context = chromium.new_context(viewport=viewport, color_scheme=color_scheme, **options)
            context.set_default_timeout(WAIT)
            contexts.append(context)
            page = context.new_page()
        else:
            page = tab
            page.set_viewport_size(viewport)
            page.emulate_media(media="null", color_scheme=color_scheme)
        found = Opened(page, (folder / f"{name}.html").as_uri())
        everything.append(found)
        found.go(hash_)
        return found

    yield open_
    faults = [fault for found in everything for fault in found.faults]
    if everything and everything[0].page is tab:
        everything[0].leave()
    for context in contexts:
        context.close()
    assert faults == []
