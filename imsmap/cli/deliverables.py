"""Reports, pictures and workbooks as the commands hand them out: each report asked once, each page a file."""

from __future__ import annotations

import datetime
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

import imsmap.pictures
from imsmap.cli.formats import PICTURE_SUFFIXES, exporter
from imsmap.cli.speech import nearest
from imsmap.errors import UnsuitedError

if TYPE_CHECKING:
    from imsmap.decision import Case
    from imsmap.drawing import Picture, Size
    from imsmap.graph import ClauseGraph
    from imsmap.report import Report


@cache
def picture_names() -> tuple[str, ...]:
    """Give the names of the pictures: one for each file in `pictures/`."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(imsmap.pictures.__path__)))


class Reports(Mapping[str, "Report"]):
    """The answers about some standards by name of the question; each is asked when first wanted, and once."""

    NAMES = (
        "matrix", "overlap", "documents", "requirements", "relations", "friends", "audit", "management_review",
        "integration", "choose", "standards",
    )  # fmt: skip

    def __init__(self, graph: ClauseGraph, standards: tuple[str, ...], case: Case | None = None) -> None:
        """Ask nothing yet; the case is what is known for choosing between ISO 9001 and ISO 14001."""
        self._graph = graph
        self._standards = standards
        self._case = case
        self._known: dict[str, Report] = {}

    def __getitem__(self, name: str) -> Report:
        """Give the report of that name."""
        if name not in self._known:
            analysis = importlib.import_module(f"imsmap.analyses.{name}")
            if name == "standards":
                question = analysis.Question()
            elif name == "overlap":
                first, second, *more = self._standards
                question = analysis.Question(first, second, tuple(more))
            elif name == "choose" and self._case is not None:
                question = analysis.Question(self._standards, self._case)
            else:
                question = analysis.Question(self._standards)
            self._known[name] = analysis.analyse(self._graph, question)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names of the questions that suit these standards."""
        unsuited = set() if len(self._standards) > 1 else {"overlap"}
        if not {"quality", "environment"} <= {self._graph.standard(key).discipline for key in self._standards}:
            unsuited.add("choose")
        return (name for name in self.NAMES if name not in unsuited)

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)


def page_size(name: str) -> Size:
    """Give the page of that name."""
    from imsmap.drawing import SIZES

    if name not in SIZES:
        raise click.UsageError(f"there is no size {name}; {nearest(name, SIZES)}")
    return SIZES[name]


def draw(name: str, reports: Mapping[str, Report], size: Size) -> tuple[Picture, ...]:
    """Draw the pages of one picture."""
    module = importlib.import_module(f"imsmap.pictures.{name}")
    pages: tuple[Picture, ...] = module.draw(reports[module.ANALYSIS], size)
    return pages


def rendered(
    pages: tuple[Picture, ...], form: str, path: Path, *, date: datetime.date, title: str = ""
) -> Iterator[tuple[Path, bytes]]:
    """Render pages, each with its file: slides share one, other formats number theirs."""
    export = exporter(form)
    if form == "powerpoint":
        yield path, export(pages, date=date, title=title)
        return
    for number, page in enumerate(pages, 1):
        numbered = path if len(pages) == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        yield numbered, export(page)


def workbook(
    reports: Mapping[str, Report],
    *,
    date: datetime.date,
    client: str = "",
    sheets: tuple[str, ...] | None = None,
    variant: str = "",
) -> bytes:
    """Make the workbook, with all of its sheets, those named or those of a variant."""
    excel = importlib.import_module("imsmap.exporters.excel")
    settings = excel.Settings(as_of=date, client=client)
    content: bytes = excel.export(reports, settings, sheets=sheets, variant=variant)
    return content


def webpage(reports: Mapping[str, Report], *, date: datetime.date, client: str = "") -> bytes:
    """Make the page: one file to search, filter, explain and print."""
    content: bytes = exporter("html")(reports, date=date, client=client)
    return content


Step = Callable[[str], None]
"""Told the name of each step that begins."""


def drawn(
    reports: Mapping[str, Report], name: str, step: Step, *, date: datetime.date, client: str = "", size: str = "16:9"
) -> tuple[dict[str, bytes], list[str]]:
    """Make the pictures, the deck and the page; gives files by name, and what is left out with the reason."""
    if len(reports["matrix"].values["standards"]) < 2:
        return {}, ["pictures, slides and page: they compare standards, and there is one"]
    files: dict[str, bytes] = {}
    left_out = []
    every: list[Picture] = []
    for picture in picture_names():
        step(f"the picture {picture}")
        try:
            pages = draw(picture, reports, page_size(size))
        except UnsuitedError as error:
            left_out.append(f"picture {picture}: {error}")
            continue
        every += pages
        for suffix, form in PICTURE_SUFFIXES.items():
            for path, content in rendered(pages, form, Path(f"{picture}{suffix}"), date=date):
                files[path.name] = content
    step("the deck")
    title = f"{client}: {reports['matrix'].title}" if client else reports["matrix"].title
    for path, content in rendered(tuple(every), "powerpoint", Path(f"{name}.pptx"), date=date, title=title):
        files[path.name] = content
    step("the page")
    files["page.html"] = webpage(reports, date=date, client=client)
    return files, left_out


def variants(reports_of: Sequence[str], variant: str) -> tuple[str, ...]:
    """Give the standards that a variant is about; a variant that there is not is a wrong use."""
    excel = importlib.import_module("imsmap.exporters.excel")
    try:
        keys: tuple[str, ...] = excel.standards_of(variant, reports_of)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return keys


def sheets_left_out(keys: Sequence[str], *, processes: bool, changes: bool, project: bool = True) -> list[str]:
    """Name the sheets of the whole workbook that have nothing to show, with the reason."""
    found = []
    if len(keys) < 2:
        found.append("sheets Overlap, Heat map and Relations: they compare standards, and there is one")
    if not project:
        found.append("sheets Processes and Changes: a client's project has them (imsmap new)")
        return found
    if not processes:
        found.append("sheet Processes: processes.csv names no process")
    if not changes:
        found.append("sheet Changes: no answer has changed yet")
    return found
