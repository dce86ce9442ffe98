"""The page (.html): one file without network that searches, filters, explains and prints, also out of a mail."""

from __future__ import annotations

import base64
import datetime
import hashlib
from importlib import resources

from imsmap import about
from imsmap.exporters.html.board import board
from imsmap.exporters.html.data import CLASSES, data
from imsmap.exporters.html.figures import coverage
from imsmap.exporters.html.markup import Markup, element, embedded, joined
from imsmap.exporters.html.palette import style
from imsmap.exporters.html.reports import Reports as Reports
from imsmap.exporters.html.scene import Scene, Shown
from imsmap.exporters.html.tables import badge, documents, friends, matrix, tag

ABOUT = about.Format(suffix=".html", holds=("deliverables",), name="page", place=70)
_PARTS = {
    "coverage": "Coverage",
    "clauses": "Clauses",
    "matrix": "Matrix",
    "friends": "False friends",
    "documents": "Documents",
    "method": "Method",
}
_SCRIPTS = ("elements.js", "explain.js", "board.js", "page.js")


def export(reports: Reports, *, date: datetime.date, client: str = "") -> bytes:
    """Make the page from reports about two standards or more; the same input gives the same bytes."""
    scene = Scene(reports)
    title = f"{client}: {scene.names}" if client else f"{scene.names}, clause by clause"
    script, styles = Markup(_script()), Markup(style(scene.sides))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(script, styles)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=f"imsmap, mapping data {reports.data_version}"),
        element("title", title),
        element("style", styles),
    )
    body = element(
        "body",
        element("a", "Skip to the content", href="#main", class_="skip"),
        _banner(scene, client, date),
        element("div", _parts(), _finder(), class_="bar-top"),
        element(
            "main",
            coverage(scene),
            board(scene),
            matrix(scene),
            friends(scene),
            documents(scene),
            _method(scene, date),
            id="main",
            tabindex="-1",
        ),
        element("footer", element("p", _foot(scene))),
        element("p", role="status", id="said", class_="vh"),
        element("script", embedded(data(scene)), type="application/json", id="data"),
        element("script", script),
        class_="two" if len(scene.sides) == 2 else "many",
    )
    page = joined([Markup("<!DOCTYPE html>\n"), element("html", head, "\n", body, lang="en"), "\n"])
    return page.encode("utf-8", "replace")


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _script() -> str:
    """Put the script's files into one function of its own, so that no name leaks."""
    return '(() => {\n"use strict";\n' + "\n".join(_read(name) for name in _SCRIPTS) + "})();\n"


def _policy(script: str, styles: str) -> str:
    """Forbid everything but this very script and these very styles: no network, no frame, no form that is sent."""
    given = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (script, styles)]
    return (
        f"default-src 'none'; script-src 'sha256-{given[0]}'; style-src 'sha256-{given[1]}'; base-uri 'none'; "
        "form-action 'none'"
    )


def _banner(scene: Scene, client: str, date: datetime.date) -> Markup:
    line = [client] if client else []
    line += [date.isoformat(), f"mapping data {scene.reports.data_version}"]
    return element(
        "header",
        element(
            "div",
            element("h1", scene.names),
            element("p", " · ".join(line), class_="byline"),
            element(
                "p",
                [
                    element("span", tag(scene, shown.key), f" {shown.name} {shown.side.title}", class_="standard")
                    for shown in scene.sides
                ],
                class_="standards",
            ),
            class_="names",
        ),
        element(
            "div",
            element("button", "Dark", type="button", id="theme", aria_pressed="false"),
            element("button", "Print", type="button", id="print"),
            class_="tools script",
        ),
        element(
            "noscript",
            element("p", "Without scripts the tables can be read, but search, filters and explanations do not work."),
        ),
    )


def _parts() -> Markup:
    links = [element("li", element("a", words, href=f"#{part}")) for part, words in _PARTS.items()]
    return element("nav", element("ul", links), aria_label="Parts of the page")


def _finder() -> Markup:
    return element(
        "form",
        element("label", "Find a clause", for_="find"),
        element("input", type="search", id="find", autocomplete="off", placeholder="8.4, provider, 14001 audit …"),
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


def _method(scene: Scene, date: datetime.date) -> Markup:
    classes = [element("div", element("dt", badge(kin)), element("dd", words)) for kin, words in CLASSES.items()]
    return element(
        "section",
        element("h2", "Method and limits", id="method-title"),
        element("h3", "Classes"),
        element("dl", classes, class_="classes"),
        element("h3", "Editions"),
        element("ul", [_edition(scene, shown) for shown in scene.sides]),
        element("h3", "What the figures mean"),
        element("ul", [element("li", note) for note in scene.reports.notes]),
        element(
            "p",
            f"Mapping data {scene.reports.data_version}; page of {date.isoformat()}. Nothing that you type "
            "here leaves this file, and nothing is kept.",
        ),
        id="method",
        aria_labelledby="method-title",
    )


def _edition(scene: Scene, shown: Shown) -> Markup:
    side = shown.side
    return element(
        "li",
        tag(scene, side.key),
        f" {side.designation} {side.title}",
        ", with " + ", ".join(side.amendments) if side.amendments else None,
        f" (published {side.published}",
        f"; newer: {side.successor.designation}" if side.successor else None,
        f"; confidence of the data {side.confidence:g} of 1)",
    )


def _foot(scene: Scene) -> str:
    return (
        f"Made with imsmap, mapping data {scene.reports.data_version}. Clause numbers, titles and our own "
        "words only: consult the standards. A counterpart does not say that anybody conforms."
    )
