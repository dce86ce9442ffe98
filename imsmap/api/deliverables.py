"""Reports, pictures and workbooks as the commands hand them out: each report asked once, each page a file."""

from __future__ import annotations

import datetime
import hashlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imsmap import about
from imsmap.api.answers import Answers
from imsmap.api.suffixes import PICTURE_SUFFIXES, exporter
from imsmap.errors import UnknownNameError, UnsuitedError, UsageError
from imsmap.nearest import did_you_mean

if TYPE_CHECKING:
    from imsmap.api.deck import Occasion
    from imsmap.brief import Brief
    from imsmap.decision.rules import Case
    from imsmap.drawing import Picture, Size
    from imsmap.drawing.look import Look
    from imsmap.exporters import excel, html
    from imsmap.library.graph import ClauseGraph
    from imsmap.raster import Drawer
    from imsmap.register.schema import Given
    from imsmap.register.state import State
    from imsmap.report import Report


_SIGNS_TOLD = 8


class Pages(NamedTuple):
    """How large pages are, and the client's template for slides; chosen: somebody said so on the command line.

    notices: what a person should be told of the template.
    """

    size: Size
    template: bytes | None = None
    chosen: bool = False
    notices: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Tell these pages from others."""
        return f"{self.size} {hashlib.sha256(self.template or b'').hexdigest()}"


def pages(size: str | None, template: Path | None) -> Pages:
    """Give the pages of a size or of a template, which has its own; 16:9 if nothing is said."""
    if template is None:
        return Pages(page_size(size or "16:9"), chosen=size is not None)
    if size is not None:
        raise UsageError("--size and --template: the slides have the template's size; leave --size out")
    from imsmap.exporters.powerpoint.template import look_at

    content = template.read_bytes()
    page, left_out, remarks = look_at(content)
    told = [f"left out of the slides: {', '.join(left_out)}"] if left_out else []
    return Pages(page, content, chosen=True, notices=tuple(f"{template}: {one}" for one in (*told, *remarks)))


def not_shown() -> tuple[str, ...]:
    """Tell which signs of the pictures made so far no font has, neither a carried one nor one of the system."""
    from imsmap.drawing.glyphs import lacking

    signs = lacking()
    if not signs:
        return ()
    more = f" and {len(signs) - _SIGNS_TOLD} more" if len(signs) > _SIGNS_TOLD else ""
    return (
        f"no font on this machine has the signs {' '.join(signs[:_SIGNS_TOLD])}{more}, so pictures show boxes or "
        "nothing in their place; install one that has them, such as Noto Sans, and make them again",
    )


def page_size(name: str) -> Size:
    """Give the page of that name."""
    from imsmap.drawing import SIZES

    if name not in SIZES:
        raise UsageError(f"there is no size {name}; {did_you_mean(name, SIZES)}")
    return SIZES[name]


def draw(
    name: str, answers: Answers, size: Size | str = "16:9", occasion: Occasion | None = None
) -> tuple[Picture, ...]:
    """Draw the pages of one picture.

    occasion: for whom and when; it also knows what only a project has. UnsuitedError says why these standards have no
    such picture, and which one they have.
    """
    if name not in about.pictures():
        raise UnknownNameError(f"there is no picture {name}; {did_you_mean(name, about.pictures())}")
    from imsmap.drawing.text import measured_for

    module = importlib.import_module(f"imsmap.pictures.{name}")
    question = module.ABOUT.of
    if occasion is not None and name in occasion.missing:
        raise UnsuitedError(occasion.missing[name])
    report: Report[object]
    if occasion is not None and question == "cover":
        report = occasion.cover(answers.matrix)
    elif occasion is not None and question == "timeline":
        report = occasion.timeline(answers.timeline)
    elif occasion is not None and question in occasion.reports:
        report = occasion.reports[question]
    elif about.questions()[question].takes == "editions" and question not in answers:
        raise UnsuitedError(
            "the library holds no edition before or after one of these standards that says how they differ"
        )
    else:
        report = answers[question]
    page = page_size(size) if isinstance(size, str) else size
    page = page if occasion is None else occasion.look.sized(page)
    with measured_for(page.letters):
        pages: tuple[Picture, ...] = module.draw(report, page)
    if name == "cover" or len(answers.standards) < 2:
        return pages
    return tuple(sign(one, answers) for one in pages)


def sign(page: Picture, answers: Answers) -> Picture:
    """Give a page the three numbers of its standards as its signature, where it has none yet."""
    from imsmap.drawing import palettes, signed
    from imsmap.drawing.story import story

    told = answers.matrix.answer
    return signed(page, story(told.shares.tally(), told.standards, palettes(told.standards)))


def rendered(
    pages: tuple[Picture, ...],
    form: str,
    path: Path,
    *,
    date: datetime.date,
    title: str = "",
    template: bytes | None = None,
    look: Look | None = None,
) -> Iterator[tuple[Path, bytes]]:
    """Render pages, each with its file: slides share one, other formats number theirs. look: the client's."""
    export = exporter(form)
    if about.formats()[form].many:
        yield path, export(pages, date=date, title=title, template=template, look=look)
        return
    if look is not None:
        pages = _dressed(pages, look)
    for place, page in _numbered(path, pages):
        yield place, export(page)


def _dressed(pages: tuple[Picture, ...], look: Look) -> tuple[Picture, ...]:
    """Give pages a client's look, for formats that are no slides: those have it in their theme and master."""
    from imsmap.drawing.look import dressed

    return tuple(dressed(page, look) for page in pages)


def _numbered(path: Path, pages: tuple[Picture, ...]) -> Iterator[tuple[Path, Picture]]:
    """Give each page its file."""
    for number, page in enumerate(pages, 1):
        yield path if len(pages) == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}"), page


def brief(
    library: ClauseGraph,
    standards: tuple[str, ...],
    case: Case,
    *,
    date: datetime.date,
    client: str = "",
    state: State | None = None,
    look: Look | None = None,
) -> Brief:
    """Put two pages together for a director; the case is what is known of the organization, the state its project.

    look: the client's.
    """
    from imsmap.analyses import choose, compare, matrix
    from imsmap.brief import brief as pages
    from imsmap.brief.model import Standing

    chosen = choose.analyse(library, choose.Question(standards, case, date))
    weighed = {library.standard(side.key).series: side.key for side in chosen.answer.standards.values()}
    # Of several editions of one standard a director is told of one: what they share between them is no common core.
    counted = tuple(key for key in standards if weighed.get(library.standard(key).series, key) == key)
    return pages(
        chosen,
        # Why neither is better is told of the two that are weighed.
        compare.analyse(library, compare.Question(tuple(weighed.values()))),
        matrix.analyse(library, matrix.Question(counted)),
        date=date,
        client=client,
        standing=None if state is None else Standing.of(state),
        look=look,
    )


def for_workbook(reports: Answers, variant: str, sheets: tuple[str, ...] | None = None) -> excel.Reports:
    """Ask what a workbook with these sheets shows, and nothing else."""
    from attrs import fields

    from imsmap.exporters import excel

    wanted = {name for name in excel.needs(variant, sheets) if name in reports}
    known = {field.name for field in fields(excel.Reports)}
    return excel.Reports(
        matrix=reports.matrix,
        requirements=reports.requirements if "requirements" in wanted else None,
        documents=reports.documents if "documents" in wanted else None,
        audit=reports.audit if "audit" in wanted else None,
        management_review=reports.management_review if "management_review" in wanted else None,
        integration=reports.integration if "integration" in wanted else None,
        overlap=reports.overlap if "overlap" in wanted else None,
        relations=reports.relations if "relations" in wanted else None,
        choose=reports.choose if "choose" in wanted else None,
        further={name: reports[name] for name in wanted - known},
    )


def workbook(
    reports: Answers,
    *,
    date: datetime.date,
    client: str = "",
    sheets: tuple[str, ...] | None = None,
    variant: str = "",
    settings: excel.Settings | None = None,
    given: Given | None = None,
    standards_only: bool = False,
    programme: Report[object] | None = None,
) -> bytes:
    """Make the workbook, with all of its sheets, those named or those of a variant.

    standards_only: the Matrix holds clauses, and not what is shared and added, as on paper. settings: how it looks,
    instead of a plain one of a date and client. given: what a client's project brings along. programme: of its audits.
    """
    from attrs import evolve

    from imsmap.exporters import excel

    settings = settings or excel.Settings(as_of=date, client=client)
    shown = for_workbook(reports, variant, sheets)
    if standards_only or variant == excel.PRINT:
        shown = evolve(shown, matrix=reports.matrix_of_clauses)
    if given is not None and given.part is not None and shown.audit is not None and not given.part.is_whole:
        from imsmap.analyses.audit.part import in_full

        shown = evolve(shown, audit=in_full(shown.audit, given.part.rows.get("audit", ())))
    if programme is not None:
        shown = evolve(shown, further={**shown.further, "programme": programme})
    return excel.export(shown, settings, sheets=sheets, given=given, variant=variant)


def answered_rows(reports: Answers) -> dict[str, tuple[str, ...]]:
    """Name the rows of the sheets on which somebody stands who answers them, beside those of Requirements."""
    found = {"documents": tuple(item.id for item in reports.documents.answer.documents)}
    for sheet in ("audit", "management_review", "soa", "obligations"):
        if sheet in reports:
            rows = reports[sheet].table(sheet).rows
            found[sheet] = tuple(row.id for row in rows if not row.heading)
    return found


def for_page(reports: Answers) -> html.Reports:
    """Ask what a page shows, and nothing else."""
    from imsmap.exporters import html

    return html.Reports(
        matrix=reports.matrix,
        requirements=reports.requirements,
        documents=reports.documents,
        friends=reports.friends,
        explanations=reports.explanations,
        transition=reports.transition if "transition" in reports else None,
        gaps={
            (have, want): reports.gap(have, want)
            for want in reports.standards
            for have in reports.standards
            if have != want and not {have, want} & set(reports.by_clause)
        },
    )


def webpage(reports: Answers, *, date: datetime.date, client: str = "", overlay: html.Overlay | None = None) -> bytes:
    """Make the page: one file to search, filter, explain and print.

    overlay: what a client's project lays over it: its look, status, owners, actions.
    """
    from imsmap.exporters import html

    return html.export(for_page(reports), date=date, client=client, overlay=overlay)


UNNAMED = (
    "none is named yet; write three names over the empty columns of the sheet Processes and import it, or write them "
    "into processes.csv, and build"
)
PICTURES = "pictures"
"""The folder of the pictures, beside workbook, slides and page."""
Step = Callable[[str], None]
"""Told the name of each step that begins."""


def whole(
    reports: Answers,
    name: str,
    step: Step,
    occasion: Occasion,
    pages: Pages,
    book: Callable[[], bytes],
    overlay: html.Overlay | None = None,
) -> tuple[dict[str, bytes], list[str]]:
    """Make workbook, pictures, deck and page; gives files by place, and what is left out with the reason.

    book: makes the workbook.
    """
    from imsmap.api import deck
    from imsmap.raster import Drawer

    files: dict[str, bytes] = {}
    if len(reports.standards) < 2:
        step("the workbook")
        return {f"{name}.xlsx": book()}, ["pictures, slides and page: they compare standards, and there is one"]
    step("the workbook")
    # It takes the most memory of all, so it is made before the libraries of the others are there.
    files[f"{name}.xlsx"] = book()
    template = pages.template
    step("the page")
    # Before them, too: what it leaves free they take.
    dressed = _coloured(overlay, template, reports)
    files["page.html"] = webpage(reports, date=occasion.date, client=occasion.client, overlay=dressed)
    found: dict[str, tuple[Picture, ...]] = {}
    undrawn: dict[str, str] = {}
    with Drawer() as drawer:
        waiting: dict[str, Callable[[], bytes]] = {}
        for picture, told in about.pictures().items():
            step(f"the picture {picture}")
            try:
                found[picture] = draw(picture, reports, pages.size, occasion)
            except UnsuitedError as error:
                undrawn[picture] = str(error)
                continue
            if told.filed:
                made = _filed(picture, found[picture], drawer, occasion, template)
                files |= dict.fromkeys(made, b"")
                waiting |= made
        step("the deck")
        client = occasion.client
        title = f"{client}: {reports['matrix'].title}" if client else reports["matrix"].title
        slides, left_out = deck.slides(found, undrawn)
        for path, content in rendered(
            slides, "powerpoint", Path(f"{name}.pptx"), date=occasion.date, title=title, template=template,
            look=occasion.look,
        ):  # fmt: skip
            files[path.name] = content
        no_slide = {name for name, told in about.pictures().items() if not told.slide or told.appendix}
        left_out += [f"picture {one}: {why}" for one, why in undrawn.items() if one in no_slide]
        step("the pictures as .png")
        for place, drawn in waiting.items():
            files[place] = drawn()
    return files, left_out


def _coloured(overlay: html.Overlay | None, template: bytes | None, reports: Answers) -> html.Overlay | None:
    """Give the page the colours that a template gives the slides: a standard has one colour on both."""
    if template is None:
        return overlay
    from attrs import evolve

    from imsmap.exporters import html
    from imsmap.exporters.powerpoint.template import accents_of

    found = overlay or html.Overlay()
    return evolve(found, look=found.look.with_accents(reports.matrix.answer.standards, accents_of(template)))


def _filed(
    name: str, pages: tuple[Picture, ...], drawer: Drawer, occasion: Occasion, template: bytes | None
) -> dict[str, Callable[[], bytes]]:
    """Make the files of one picture, by place; what takes long is made elsewhere, and waited for."""
    from imsmap.exporters import png

    files: dict[str, Callable[[], bytes]] = {}
    dressed = _dressed(pages, occasion.look)
    made: dict[str, tuple[bytes, ...]] = {}
    for suffix, form in PICTURE_SUFFIXES.items():
        path = Path(f"{PICTURES}/{name}{suffix}")
        if form != "png":
            found = tuple(rendered(pages, form, path, date=occasion.date, template=template, look=occasion.look))
            files |= {place.as_posix(): partial(bytes, content) for place, content in found}
            made[form] = tuple(content for _, content in found)
    for (place, page), drawn in zip(_numbered(Path(f"{PICTURES}/{name}.png"), dressed), made["pdf"], strict=True):
        files[place.as_posix()] = drawer.put(png.order(page, drawn))
    return files


def variants(reports_of: Sequence[str], variant: str) -> tuple[str, ...]:
    """Give the standards that a variant is about; a variant that there is not is a wrong use."""
    from imsmap.exporters import excel

    try:
        return excel.standards_of(variant, reports_of)
    except ValueError as error:
        raise UsageError(str(error)) from None


def sheets_left_out(keys: Sequence[str], *, processes: bool, changes: bool, project: bool = True) -> list[str]:
    """Name the sheets of the whole workbook that have nothing to show, with the reason."""
    from imsmap.api.deck import IN_PROJECTS

    sheets = about.sheets().values()
    found = []
    alone = [sheet.title for sheet in sheets if sheet.least == 2 > len(keys)]
    if alone:
        found.append(f"{_called(alone)}: they compare standards, and there is one")
    if not project:
        found.append(f"{_called([sheet.title for sheet in sheets if sheet.given and sheet.missing])}: {IN_PROJECTS}")
        return found
    if not processes:
        found.append(f"your processes: {UNNAMED}")
    there = {"changes": changes}
    return found + [f"sheet {sheet.title}: {sheet.missing}" for sheet in sheets if not there.get(sheet.given, True)]


def _called(titles: Sequence[str]) -> str:
    *most, last = titles
    return f"sheets {', '.join(most)} and {last}" if most else f"sheet {last}"
