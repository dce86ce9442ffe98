"""Reports, pictures and workbooks as the commands hand them out: each report asked once, each page a file."""

from __future__ import annotations

import datetime
import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

import imsmap.pictures
from imsmap.cli.formats import PICTURE_SUFFIXES, exporter
from imsmap.errors import UnsuitedError
from imsmap.nearest import did_you_mean

if TYPE_CHECKING:
    from imsmap.cli.deck import Occasion
    from imsmap.decision.rules import Case
    from imsmap.drawing import Picture, Size
    from imsmap.library.graph import ClauseGraph
    from imsmap.report import Report


@cache
def picture_names() -> tuple[str, ...]:
    """Give the names of the pictures: one for each file in `pictures/`."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(imsmap.pictures.__path__)))


class Reports(Mapping[str, "Report[object]"]):
    """The answers about some standards by name of the question; each is asked when first wanted, and once."""

    NAMES = (
        "matrix", "overlap", "documents", "requirements", "relations", "friends", "audit", "management_review",
        "integration", "choose", "standards",
    )  # fmt: skip

    def __init__(self, graph: ClauseGraph, standards: tuple[str, ...], case: Case | None = None) -> None:
        """Ask nothing yet; the case is what is known for choosing between ISO 9001 and ISO 14001."""
        self._graph = graph
        self.standards = standards
        self._case = case
        self._known: dict[str, Report[object]] = {}

    def __getitem__(self, name: str) -> Report[object]:
        """Give the report of that name."""
        if name not in self._known:
            analysis = importlib.import_module(f"imsmap.analyses.{name}")
            if name == "standards":
                question = analysis.Question()
            elif name == "overlap":
                first, second, *more = self.standards
                question = analysis.Question(first, second, tuple(more))
            elif name == "choose" and self._case is not None:
                question = analysis.Question(self.standards, self._case)
            else:
                question = analysis.Question(self.standards)
            self._known[name] = analysis.analyse(self._graph, question)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names of the questions that suit these standards."""
        unsuited = set() if len(self.standards) > 1 else {"overlap"}
        if not {"quality", "environment"} <= {self._graph.standard(key).discipline for key in self.standards}:
            unsuited.add("choose")
        return (name for name in self.NAMES if name not in unsuited)

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)


class Pages(NamedTuple):
    """How large pages are, and the client's template for slides; chosen: somebody said so on the command line."""

    size: Size
    template: bytes | None = None
    chosen: bool = False

    @property
    def id(self) -> str:
        """Tell these pages from others."""
        return f"{self.size} {hashlib.sha256(self.template or b'').hexdigest()}"


def pages(size: str | None, template: Path | None) -> Pages:
    """Give the pages of a size or of a template, which has its own; 16:9 if nothing is said."""
    if template is None:
        return Pages(page_size(size or "16:9"), chosen=size is not None)
    if size is not None:
        raise click.UsageError("--size and --template: the slides have the template's size; leave --size out")
    from imsmap.exporters.powerpoint.template import page_of

    content = template.read_bytes()
    return Pages(page_of(content), content, chosen=True)


def page_size(name: str) -> Size:
    """Give the page of that name."""
    from imsmap.drawing import SIZES

    if name not in SIZES:
        raise click.UsageError(f"there is no size {name}; {did_you_mean(name, SIZES)}")
    return SIZES[name]


def draw(
    name: str, reports: Mapping[str, Report[object]], size: Size, occasion: Occasion | None = None
) -> tuple[Picture, ...]:
    """Draw the pages of one picture; for whom and when, says the occasion, which also knows what only a project has."""
    module = importlib.import_module(f"imsmap.pictures.{name}")
    question = module.ANALYSIS
    if occasion is not None and name in occasion.missing:
        raise UnsuitedError(occasion.missing[name])
    if occasion is not None and question == "cover":
        report = occasion.cover(reports["matrix"])
    elif occasion is not None and question in occasion.reports:
        report = occasion.reports[question]
    else:
        report = reports[question]
    pages: tuple[Picture, ...] = module.draw(report, size)
    return pages


def rendered(
    pages: tuple[Picture, ...],
    form: str,
    path: Path,
    *,
    date: datetime.date,
    title: str = "",
    template: bytes | None = None,
) -> Iterator[tuple[Path, bytes]]:
    """Render pages, each with its file: slides share one, other formats number theirs."""
    export = exporter(form)
    if form == "powerpoint":
        yield path, export(pages, date=date, title=title, template=template)
        return
    for number, page in enumerate(pages, 1):
        numbered = path if len(pages) == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        yield numbered, export(page)


def workbook(
    reports: Mapping[str, Report[object]],
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


def webpage(reports: Mapping[str, Report[object]], *, date: datetime.date, client: str = "") -> bytes:
    """Make the page: one file to search, filter, explain and print."""
    content: bytes = exporter("html")(reports, date=date, client=client)
    return content


Step = Callable[[str], None]
"""Told the name of each step that begins."""


def drawn(
    reports: Reports, name: str, step: Step, occasion: Occasion, pages: Pages
) -> tuple[dict[str, bytes], list[str]]:
    """Make the pictures, the deck and the page; gives files by name, and what is left out with the reason."""
    from imsmap.cli import deck

    if len(reports.standards) < 2:
        return {}, ["pictures, slides and page: they compare standards, and there is one"]
    template = pages.template
    files: dict[str, bytes] = {}
    found: dict[str, tuple[Picture, ...]] = {}
    undrawn: dict[str, str] = {}
    for picture in picture_names():
        step(f"the picture {picture}")
        try:
            found[picture] = draw(picture, reports, pages.size, occasion)
        except UnsuitedError as error:
            undrawn[picture] = str(error)
            continue
        if picture in deck.UNFILED:
            continue
        for suffix, form in PICTURE_SUFFIXES.items():
            for path, content in rendered(
                found[picture], form, Path(f"{picture}{suffix}"), date=occasion.date, template=template
            ):
                files[path.name] = content
    step("the deck")
    client = occasion.client
    title = f"{client}: {reports['matrix'].title}" if client else reports["matrix"].title
    slides, left_out = deck.slides(found, undrawn, reports["standards"], reports.standards)
    for path, content in rendered(
        slides, "powerpoint", Path(f"{name}.pptx"), date=occasion.date, title=title, template=template
    ):
        files[path.name] = content
    left_out += [f"picture {one}: {why}" for one, why in undrawn.items() if one not in deck.ORDER or one == "upset"]
    step("the page")
    files["page.html"] = webpage(reports, date=occasion.date, client=client)
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
    from imsmap.cli.deck import IN_PROJECTS

    found = []
    if len(keys) < 2:
        found.append("sheets Overlap, Heat map and Relations: they compare standards, and there is one")
    if not project:
        found.append(f"sheets Processes and Changes: {IN_PROJECTS}")
        return found
    if not processes:
        found.append("sheet Processes: processes.csv names no process")
    if not changes:
        found.append("sheet Changes: no answer has changed yet")
    return found
