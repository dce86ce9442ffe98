"""The page (.html): one file without network that searches, filters, explains and prints, also out of a mail."""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from importlib import resources

from imsmap import about
from imsmap.exporters.html.board import board
from imsmap.exporters.html.data import data
from imsmap.exporters.html.markup import Child, Markup, element, embedded, joined
from imsmap.exporters.html.method import method
from imsmap.exporters.html.overlay import Overlay as Overlay
from imsmap.exporters.html.overview import hero, overview, parts
from imsmap.exporters.html.palette import style
from imsmap.exporters.html.reports import Reports as Reports
from imsmap.exporters.html.scene import Scene
from imsmap.exporters.html.tables import documents, friends, matrix
from imsmap.exporters.html.transition import transition
from imsmap.exporters.html.wanted import wanted
from imsmap.wording import in_words

ABOUT = about.Format(suffix=".html", holds=("deliverables",), name="page", place=70)
VIEWS = {
    "overview": "Overview",
    "clauses": "Side by side",
    "matrix": "Matrix",
    "new": "What is new",
    "friends": "Misleading numbers",
    "documents": "Documents",
    "transition": "New editions",
    "method": "Method",
}
SCRIPTS = (
    "elements",
    "address",
    "explain",
    "unfolded",
    "topic",
    "board",
    "filters",
    "wanted",
    "moves",
    "taking",
    "search",
    "views",
)
"""The parts of the script, in the order in which they know each other."""


def export(reports: Reports, *, date: datetime.date, client: str = "", overlay: Overlay | None = None) -> bytes:
    """Make the page from reports about two standards or more; the same input gives the same bytes.

    overlay: what a client's project brings along.
    """
    scene = Scene(reports, overlay)
    title = f"{client}: {scene.names}" if client else f"{scene.names}: what is built once"
    script, styles = (
        Markup(_script()),
        Markup(_styles(scene)),
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(scene, script, styles)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=f"imsmap, mapping data {reports.data_version}"),
        element("title", title),
        element("style", styles),
        element("script", script),
    )
    body = element(
        "body",
        element("a", "Skip to the content", href="#main", class_="skip"),
        _banner(scene, client),
        element(
            "main",
            hero(scene, date),
            element("p", id="notice", role="status", class_="notice"),
            overview(scene),
            board(scene),
            matrix(scene),
            wanted(),
            friends(scene),
            documents(scene),
            transition(scene),
            method(scene, date),
            id="main",
            tabindex="-1",
        ),
        _foot(scene, client, date),
        element("p", role="status", id="said", class_="vh"),
        element("script", embedded(data(scene)), type="application/json", id="data"),
        class_="two" if len(scene.sides) == 2 else "many",
    )
    page = joined([Markup("<!DOCTYPE html>\n"), element("html", head, "\n", body, lang="en"), "\n"])
    return page.encode("utf-8", "replace")


def _styles(scene: Scene) -> str:
    tags = [shown.tag for shown in scene.sides]
    return style([shown.look for shown in scene.sides], parts(scene), tags, scene.overlay.look.font)


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


_ASIDE = re.compile(r"^\s*(?://.*\n)?", re.MULTILINE)
"""What a reader of the script's files needs, and the page does not: comments in lines of their own, and indents."""


def _script() -> str:
    """Put the script's files into one function of its own, so that no name leaks; it begins once all is there."""
    # Before anything is painted: with a script one view is shown at a time.
    return (
        '"use strict";\ndocument.documentElement.classList.add("js");\naddEventListener("DOMContentLoaded", () => {\n'
        + "\n".join(_ASIDE.sub("", _read(f"{name}.js")) for name in SCRIPTS)
        + "});\n"
    )


def _policy(scene: Scene, script: str, styles: str) -> str:
    """Forbid everything but this very script and these very styles: no network, no frame, no form that is sent.

    A client's logo is carried inside the file; only then are pictures allowed, and only such.
    """
    given = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (script, styles)]
    pictures = " img-src data:;" if scene.overlay.look.logo else ""
    return (
        f"default-src 'none';{pictures} script-src 'sha256-{given[0]}'; style-src 'sha256-{given[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _banner(scene: Scene, client: str) -> Markup:
    views = {view: words for view, words in VIEWS.items() if view != "transition" or scene.reports.transition}
    links = [element("li", element("a", words, href=f"#{view}")) for view, words in views.items()]
    options = [element("option", words, value=view) for view, words in views.items()]
    return element(
        "header",
        _brand(scene, client),
        element("nav", element("ul", links), aria_label="Views"),
        element("select", options, id="views", aria_label="View", class_="script"),
        _finder(),
        element(
            "div",
            element("button", "Dark", type="button", id="theme"),
            _take(),
            class_="tools script",
        ),
        element(
            "noscript",
            element(
                "p",
                "Without scripts this page shows its message, numbers and tables, and nothing that unfolds, searches, "
                "filters or explains.",
            ),
        ),
    )


_MOST_SIGNS = 28
"""So long may the names of the standards in the head be together, beside all views; longer ones are counted."""


_PUBLISHER = re.compile(r"^ISO(?:/IEC)? ")


def _brand(scene: Scene, client: str) -> Markup:
    look = scene.overlay.look
    name = look.name or client
    standards = " + ".join(_PUBLISHER.sub("", shown.name) for shown in scene.sides)
    if len(standards) > _MOST_SIGNS:
        standards = f"{len(scene.sides)} standards"
    pictures: list[Child] = []
    if look.logo:
        dark = look.logo_dark
        kind = "logo light" if dark else "logo both"
        pictures.append(element("img", src=look.logo.address, alt="", class_=kind))
        if dark:
            pictures.append(element("img", src=dark.address, alt="", class_="logo dark"))
    words = [element("strong", name), " ", element("span", standards)] if name else element("strong", standards)
    return element("p", pictures, element("span", words, class_="words"), class_="brand")


def _finder() -> Markup:
    return element(
        "form",
        element("label", "Find a clause", for_="find", class_="vh"),
        element("input", type="search", id="find", autocomplete="off", placeholder="Search: 8.4"),
        element(
            "div",
            element("p", role="status", id="find-count", class_="count"),
            element("ul", id="found", hidden=True, aria_label="Clauses found"),
            id="results",
            class_="shut",
        ),
        role="search",
        aria_label="Find a clause",
        id="finder",
        class_="script",
    )


def _take() -> Markup:
    """Offer what can be taken along of the view as it is filtered."""
    return element(
        "details",
        element("summary", "Export"),
        element(
            "div",
            element("button", "Copy link", type="button", id="copy-link"),
            element("button", "Download as CSV", type="button", id="download"),
            element("button", "Copy as a table", type="button", id="copy-table"),
            element("button", "Print", type="button", id="print"),
            element("p", "What is shown and filtered. The whole as a workbook:", class_="note"),
            element("code", id="command", tabindex="0"),
            element("button", "Copy command", type="button", id="copy-command"),
            element("p", id="taken", role="status", class_="note"),
            class_="menu",
        ),
        id="take",
    )


def _foot(scene: Scene, client: str, date: datetime.date) -> Markup:
    made = f"Made with imsmap, mapping data {scene.reports.data_version}, {in_words(date)}."
    line = f"{client}. {made}" if client else made
    return element(
        "footer",
        element(
            "p",
            f"{line} Clause numbers, titles and our own words only: consult the standards. A counterpart does not "
            "say that anybody conforms.",
        ),
        element("p", scene.overlay.look.legal) if scene.overlay.look.legal else None,
    )
