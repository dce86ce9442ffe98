"""`imsmap build`: the main job, everything that a consultant hands out for some standards or for a client."""

from __future__ import annotations

import datetime
import gc
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap import __version__, api
from imsmap.cli import asking, licensed, projects
from imsmap.cli.asking import date_option, standards_argument
from imsmap.cli.speech import progress, say, tell

if TYPE_CHECKING:
    from imsmap.api import Report
    from imsmap.api.deliverables import Pages
    from imsmap.api.library import ClauseGraph
    from imsmap.client.processes import Processes
    from imsmap.client.register import Writer
    from imsmap.client.settings import Project
    from imsmap.client.values import Cells
    from imsmap.files import Written

DEFAULT_STANDARDS = ("iso9001", "iso14001")
_GARBAGE = 400_000
_LONGEST_NAME = 100
_PACK = ".pdf"


@click.command(
    epilog='\b\nExamples:\n  imsmap build 9001 14001 -o deliverables --client "Smith Ltd"\n'
    "  imsmap build --variant audit\n  imsmap build -o pack.pdf",
)
@standards_argument(1, required=False)
@asking.output_option(
    "folder", "DIR", "Folder for everything, made if it is not there, else output; or FILE.pdf for a pack for paper."
)
@click.option("--client", default="", metavar="NAME", help="Whose it is, for the cover, the headers and the slides.")
@click.option(
    "--variant",
    default="",
    metavar="NAME",
    help="Only a workbook: matrix (for a mail), audit, print (for paper), one standard alone, or workbook (the whole).",
)
@click.option("--size", metavar="SIZE", help="The pages: 16:9, 4:3, A4 or A3; else the template's, else 16:9.")
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A .potx or .pptx whose layouts, fonts, theme and size the slides take; else the project's, if it names one.",
)
@click.option(
    "--with-text",
    is_flag=True,
    help="Only a workbook, with the project's licensed text (imsmap text), and marked so: for who has a licence.",
)
@licensed.quotes_option
@date_option
@click.pass_obj
def build(
    mappings: Path | None,
    standards: tuple[str, ...],
    folder: Path | None,
    client: str,
    variant: str,
    size: str | None,
    template: Path | None,
    with_text: bool,
    date: datetime.date,
) -> None:
    """Make workbook, pictures, slides and page for some standards, else for quality and environment together.

    In a client's project: for its standards and with all answers, as the next version in output/. With -o pack.pdf the
    pack for paper (Dashboard, Matrix, open points, actions), printed by LibreOffice; --variant prints another.
    """
    # All together is so much that not to look for garbage, as shorter commands may, costs a fifth more memory.
    if variant is None and gc.get_threshold()[0] > _GARBAGE:
        gc.set_threshold(_GARBAGE, 20, 20)
    from imsmap.api import deliverables

    pages = deliverables.pages(size, template)
    for notice in pages.notices:
        say(notice)
    pack = folder if folder is not None and folder.suffix.lower() == _PACK else None
    if pack is not None:
        from imsmap.files import look_whether_writable

        variant = _printable(variant, with_text)
        look_whether_writable(pack)
        folder = None
    if projects.find() is not None:
        _for_client(mappings, standards, folder, client, variant, pages, date, with_text, pack)
    else:
        if with_text:
            raise click.UsageError("licensed text is kept in a client's project; go into its folder for --with-text")
        _for_anybody(mappings, standards, folder or Path("output"), client, variant, pages, date, pack)


def _printable(variant: str, with_text: bool) -> str:
    """Give the variant to print: the pack for paper, unless another is named; OutputError where nothing can print."""
    from imsmap.api import printing
    from imsmap.errors import OutputError

    if with_text:
        raise click.UsageError("--with-text is for workbooks; name a folder after -o")
    if told := printing.missing():
        raise OutputError(told)
    return variant or printing.PRINT


def _print(workbook: bytes, path: Path, date: datetime.date) -> None:
    """Print a workbook into a file."""
    from imsmap.api import printing

    progress().step("printing")
    asking.put(path, printing.printed(workbook, date))


def _for_anybody(
    mappings: Path | None,
    standards: tuple[str, ...],
    folder: Path,
    client: str,
    variant: str,
    pages: Pages,
    date: datetime.date,
    pack: Path | None,
) -> None:
    from imsmap.api import deck, deliverables
    from imsmap.api.answers import Answers
    from imsmap.files import in_file_name, make_folder, write

    keys = standards or asking.resolve(DEFAULT_STANDARDS, mappings)
    if len(keys) < 2:
        raise click.UsageError("name at least 2 standards, such as: imsmap build 9001 14001; one alone is a variant")
    variant = _variant(variant, keys, mappings)
    sheets = "" if variant == api.about.WORKBOOK else variant
    about = deliverables.variants(keys, sheets)
    step = progress().step
    step("reading the mapping data")
    reports = Answers(asking.graph(mappings, about), about, editions=lambda: asking.editions(mappings, about))
    book = partial(deliverables.workbook, reports, date=date, client=client, variant=sheets)
    if pack is not None:
        step("the workbook")
        _print(book(), pack, date)
        return
    make_folder(folder)
    done: dict[str, Written] = {}

    def keep(path: Path, content: bytes) -> None:
        make_folder(path.parent)
        written = write(path, content)
        if written.renamed:
            say(f"{written.asked} holds something else and was left alone; this is in {written.path}")
        done[path.relative_to(folder).as_posix()] = written

    name = "_".join(filter(None, (in_file_name(client), _name(keys), variant)))
    left_out: list[str] = []
    if not sheets:
        left_out = deliverables.sheets_left_out(about, processes=False, changes=False, project=False)
    if variant:
        step("the workbook")
        keep(folder / f"{name}.xlsx", book())
    else:
        occasion = deck.for_anybody(date, client)
        files, not_drawn = deliverables.whole(reports, name, step, occasion, pages, book)
        left_out += not_drawn
        for place, content in files.items():
            keep(folder / place, content)
    for notice in deliverables.not_shown():
        say(notice)
    new = sum(written.new for written in done.values())
    first = f"{_files(len(done))} in {folder}, {new} of them new. Open first:"
    tell(_summary(first, {place: w.path for place, w in done.items()}, name, left_out))


def _for_client(
    mappings: Path | None,
    standards: tuple[str, ...],
    folder: Path | None,
    client: str,
    variant: str,
    pages: Pages,
    date: datetime.date,
    with_text: bool,
    pack: Path | None,
) -> None:
    from attrs import evolve

    from imsmap.api import deliverables
    from imsmap.client import processes as listed
    from imsmap.client import register

    project = projects.here()
    for notice in project.notices:
        say(notice)
    project = evolve(project, client=client or project.client)
    if project.brand.template is not None and not pages.chosen:
        pages = deliverables.pages(None, project.brand.template)
        for notice in pages.notices:
            say(notice)
    keys = standards or projects.standards(project, mappings)
    projects.tell_of_newer_editions(keys, mappings)
    asking.graph(mappings, keys)  # with the guides, so that processes and questions take the same
    found = projects.processes(project, mappings)
    with register.writing(project.root, projects.now(), projects.somebody()) as writer:
        listed.take(project.root, writer, found)
        if projects.give_processes(writer, found):
            found = projects.processes(project, mappings)
        before = list(writer.notices)
        for notice in before:
            say(notice)
        texts = licensed.of_clauses(keys) if with_text else ()
        text, made = _next_version(
            mappings, project, keys, found, writer, folder or project.root / "output",
            _variant(variant or (api.about.WORKBOOK if texts else ""), keys, mappings), pages, date, texts,
        )  # fmt: skip
        for notice in writer.notices[len(before) :]:
            say(notice)
    tell(text)
    if pack is not None:
        from imsmap.files import read

        (book,) = made.glob("*.xlsx")
        _print(read(book, str(book)), pack, date)


def _next_version(
    mappings: Path | None,
    project: Project,
    keys: tuple[str, ...],
    found: Processes,
    writer: Writer,
    output: Path,
    variant: str,
    pages: Pages,
    date: datetime.date,
    texts: tuple[tuple[str, str], ...] = (),
) -> tuple[str, Path]:
    """Make the files of a project, unless a version holds just these; gives what to say, and the folder.

    texts: licensed text that its workbook is to hold, by clause.
    """
    from attrs import evolve

    from imsmap.api import deck, deliverables
    from imsmap.api.answers import Answers
    from imsmap.cli.choose import of_project
    from imsmap.client import delivery, joining, settling, snapshots
    from imsmap.client.deciding import case_in
    from imsmap.client.licensed import IN_NAMES, ignore, without_quotes
    from imsmap.client.page import overlay_of
    from imsmap.client.standing import standing

    sheets = "" if variant == api.about.WORKBOOK else variant
    about = deliverables.variants(keys, sheets)
    changes, more = delivery.changes_of(project.root, projects.person)
    criteria = asking.criteria(mappings)
    case = case_in(project.root, writer.cells, criteria, of_project(mappings, criteria))
    fingerprint = asking.fingerprint(mappings)

    def marks() -> tuple[str, str]:
        content = delivery.export_id(project, writer.cells, found, changes, __version__, fingerprint, case)
        export = delivery.export_id(project, writer.cells, found, content, about, variant, date, pages.id, *texts)
        return export, content

    export, content = marks()
    called = f"{variant}-{IN_NAMES}" if texts else variant
    if texts:
        ignore(project.root)
    version = delivery.version_of(output, export, content, called, date)
    if version.made:
        return f"{projects.shown(version.folder)} holds just this already; nothing new was made\n", version.folder
    questions = cache(lambda: projects.questions(project, mappings))
    for told in (
        joining.join(writer, questions),
        settling.settle(writer, questions, lambda: snapshots.newest(project.root)),
    ):
        if told:
            say(f"{told}; imsmap undo takes it back")
            export, content = marks()
    cells = writer.cells
    if runs := licensed.runs():
        changes = without_quotes(changes, runs)
    step = progress().step
    step("reading the mapping data")
    graph = asking.graph(mappings, about)
    reports = Answers(graph, about, case, lambda: asking.editions(mappings, about))
    name = delivery.file_name(project.client, version)
    look, of_brand = projects.look(project, mappings)
    settings, notices = delivery.settings_of(project, cells, look, date, str(version.number))
    notices[:0] = of_brand
    given = evolve(delivery.given_of(project, cells, found, changes, export, version.folder), texts=texts)
    whole = projects.standards(project, mappings)
    planned = _programme(mappings, project, graph, found, cells, date) if about == whole else None
    book = partial(
        deliverables.workbook, reports, date=date, variant=sheets, settings=settings, given=given, programme=planned
    )
    left_out: list[str] = []
    if not sheets:
        left_out = deliverables.sheets_left_out(about, processes=bool(found.entries), changes=bool(changes))
    if variant:
        step("the workbook")
        files = {f"{name}.xlsx": book()}
    else:
        state = standing(graph, about, cells, found, date)
        occasion = deck.for_client(
            graph,
            about,
            state,
            case,
            date=date,
            client=settings.client,
            scope=settings.scope,
            look=look,
        )
        overlay = overlay_of(look, graph, about, cells, state)
        files, not_drawn = deliverables.whole(reports, name, step, occasion, pages, book, overlay)
        left_out += not_drawn
    if more:
        left_out.append(f"on the sheet Changes {more} older ones; history/ holds them all")
    step("looking for licensed text")
    if not texts:
        licensed.guard(files)
    step("putting them in place")
    held = delivery.hand_out(
        project, version, (export, content), files, delivery.fields(keys, delivery.process_ids(cells, found)),
        day=date,
    )  # fmt: skip
    if not sheets:
        named = {head.key: head.designation for head in asking.heads(mappings)}
        away = {key: named[key] for key in projects.standards(project, mappings) if key not in about}
        if told := settling.unseen(
            cells, held[f"{name}.xlsx"], questions(), delivery.Places(cells, named, found).of, away
        ):
            notices.append(told)
    for notice in (*notices, *deliverables.not_shown()):
        say(notice)
    folder = projects.shown(version.folder)
    first = f"Version {version.number}: {_files(len(files))} in {folder}. Open first:"
    start = {"": "Dashboard", "print": "Dashboard", "matrix": "Matrix", "audit": "Audit checklist"}.get(
        sheets, "Requirements"
    )
    return _summary(first, {place: folder / place for place in files}, name, left_out, start), version.folder


def _programme(
    mappings: Path | None, project: Project, graph: ClauseGraph, found: Processes, cells: Cells, date: datetime.date
) -> Report[object] | None:
    """Give the audit programme of a project that says who audits; what is wrong with what it says is told."""
    from imsmap.cli.audit import planned
    from imsmap.errors import DataError

    if project.audit is None or not found.entries:
        return None
    try:
        return planned(mappings, project, graph, found, cells, date)
    except DataError as error:
        say(f"the sheets of the audit programme are left out: {error}")
        return None


def _variant(text: str, keys: tuple[str, ...], mappings: Path | None) -> str:
    """Take the name of a variant, or a standard in any way that people write it."""
    from imsmap.api import sheets
    from imsmap.api.library import standard_key
    from imsmap.errors import ImsmapError

    # Those are no standards, and looking for the nearest one takes its time.
    named = {api.about.WORKBOOK, *(name for sheet in sheets().values() for name in sheet.variants)}
    if text and text not in keys and text not in named:
        try:
            key = standard_key(text, asking.heads(mappings)).key
        except ImsmapError:
            return text
        return key if key in keys else text
    return text


def _name(keys: tuple[str, ...]) -> str:
    """Name the files after the standards; a long list is cut, and says so."""
    whole = "_".join(keys)
    return whole if len(whole) <= _LONGEST_NAME else f"{'_'.join(keys[:3])}_and-{len(keys) - 3}-more"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


_WORDS = {
    ".xlsx": "the workbook; start with the sheet {}",
    ".pptx": "the slides, every shape editable",
    ".html": "the page, to search and explore in a browser, and to send by mail",
}


def _summary(first: str, paths: dict[str, Path], name: str, left_out: list[str], sheets: str = "Matrix") -> str:
    lines = [first]
    for place in (f"{name}.xlsx", f"{name}.pptx", "page.html"):
        if place in paths:
            lines.append(f"  {paths[place]}: {_WORDS[Path(place).suffix].format(sheets)}")
    pictures = {place: path for place, path in paths.items() if place.endswith(".svg")}
    if pictures:
        where = next(iter(pictures.values())).parent
        names = " ".join(sorted(Path(place).stem for place in pictures))
        lines.append(f"The pictures ({names}) are in {where} as .svg, .png, .pdf, .dot and .pptx.")
    for why, what in _by_reason(left_out).items():
        lines.append(f"Left out: {', '.join(what)}: {why}" if why else f"Left out: {', '.join(what)}")
    return "\n".join(lines) + "\n"


def _by_reason(left_out: list[str]) -> dict[str, list[str]]:
    """Tell each reason once, with all that it leaves out."""
    found: dict[str, list[str]] = {}
    for words in left_out:
        what, _, why = words.partition(": ")
        found.setdefault(why, []).append(what)
    return found
