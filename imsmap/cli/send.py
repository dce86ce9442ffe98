"""`imsmap send`: a small workbook for each person with only their rows, to be answered and imported."""

from __future__ import annotations

import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap import __version__
from imsmap.cli import asking, licensed, projects
from imsmap.cli.asking import date_option
from imsmap.cli.speech import progress, say, tell

if TYPE_CHECKING:
    from imsmap.client.processes import Processes
    from imsmap.client.register import Writer
    from imsmap.client.sending import Out, Sent
    from imsmap.client.settings import Project
    from imsmap.client.values import Cells


@click.command(
    epilog='\b\nExamples:\n  imsmap send\n  imsmap send --to "Ann Archer" --to "quality manager" -o for-march'
)
@click.option("--to", "names", multiple=True, metavar="NAME", help="Only this person; may be said several times.")
@asking.output_option("folder", "DIR", "Folder in which the folder with the files is made; output if none is given.")
@click.option("--session", type=int, metavar="N", help="Only the checklist of this session of imsmap audit plan.")
@click.option("--dry-run", is_flag=True, help="Only say who would get how many rows.")
@click.option("--list", "listing", is_flag=True, help="Only list what was sent, and what of it came back.")
@licensed.quotes_option
@date_option
@click.pass_obj
def send(
    mappings: Path | None,
    names: tuple[str, ...],
    folder: Path | None,
    session: int | None,
    dry_run: bool,
    listing: bool,
    date: datetime.date,
) -> None:
    """Make a small workbook for each person with only their rows, and one of the rows that nobody answers.

    A row is its owner's, else of the owner of its process. The files come back in any order: imsmap import FILE...
    """
    from imsmap.client import processes as listed
    from imsmap.client import register

    project = projects.here()
    if listing:
        if names or folder or dry_run or session is not None:
            raise click.UsageError("--list stands alone")
        tell(_listed(project.root))
        return
    if names and session is not None:
        raise click.UsageError("a session is its auditor's; leave --to out")
    for notice in project.notices:
        say(notice)
    keys = projects.standards(project, mappings)
    asking.graph(mappings, keys)  # with the guides, so that processes and questions take the same
    found = projects.processes(project, mappings)
    output = folder or project.root / "output"
    if dry_run:
        cells = listed.edited(project.root, register.read(project.root).cells, found)
        tell(_Sending(mappings, project, found, cells, output, date, session).planned(names))
        return
    with register.writing(project.root, projects.now(), projects.somebody()) as writer:
        listed.take(project.root, writer, found)
        if projects.give_processes(writer, found):
            found = projects.processes(project, mappings)
        before = list(writer.notices)
        for notice in before:
            say(notice)
        _settle(mappings, project, writer)
        text = _Sending(mappings, project, found, writer.cells, output, date, session).made(names)
        for notice in writer.notices[len(before) :]:
            say(notice)
    tell(text)


def _settle(mappings: Path | None, project: Project, writer: Writer) -> None:
    """Put answers to where the workbook has their rows, as every workbook that goes out does."""
    from imsmap.client import joining, settling, snapshots

    questions = cache(lambda: projects.questions(project, mappings))
    for told in (
        joining.join(writer, questions),
        settling.settle(writer, questions, lambda: snapshots.newest(project.root)),
    ):
        if told:
            say(f"{told}; imsmap undo takes it back")


class _Sending:
    """The files under way."""

    def __init__(
        self,
        mappings: Path | None,
        project: Project,
        found: Processes,
        cells: Cells,
        output: Path,
        date: datetime.date,
        session: int | None = None,
    ) -> None:
        """Share the rows out; those of a session go to its auditor."""
        from imsmap.api import auditing
        from imsmap.api.answers import Answers
        from imsmap.api.deliverables import answered_rows
        from imsmap.cli.audit import planned
        from imsmap.client.standing import hands_of, standing

        self._mappings, self._project, self._found, self._cells = mappings, project, found, cells
        self._output, self._date = output, date
        self._keys = projects.standards(project, mappings)
        progress().step("reading the mapping data")
        graph = asking.graph(mappings, self._keys)
        self._reports = Answers(graph, self._keys, editions=lambda: asking.editions(mappings, self._keys))
        self._state = standing(graph, self._keys, cells, found, date)
        progress().step("whose each row is")
        self._session = [] if session is None else [session]
        if session is None:
            self._hands = hands_of(graph, self._keys, cells, found, self._state, answered_rows(self._reports))
        else:
            self._hands = auditing.hands_of(graph, planned(mappings, project, graph, found, cells, date), session)

    def planned(self, names: tuple[str, ...]) -> str:
        """Say who would get what."""
        from imsmap.client import sending

        everyone = sending.sent(sending.chosen(self._hands, names), self._state, self._project.client, 1)
        return "\n".join(["nothing is written; there would go out:", *_lines(everyone, files=False)]) + "\n"

    def made(self, names: tuple[str, ...]) -> str:
        """Make the files, unless a folder holds just these; gives what to say."""
        from attrs import evolve

        from imsmap.api import deliverables
        from imsmap.client import delivery, sending, snapshots

        project, cells, found = self._project, self._cells, self._found
        chosen = sending.chosen(self._hands, names)
        if not chosen:
            return "nobody answers any row, and there is no row that somebody should answer; nothing was made\n"
        content = delivery.export_id(project, cells, found, __version__, asking.fingerprint(self._mappings))
        export = delivery.export_id(
            project, cells, found, content, sending.SENT, self._date, *(h.name for h in chosen), *self._session
        )
        version = delivery.version_of(self._output, export, content, sending.SENT, self._date)
        folder = projects.shown(version.folder)
        if version.made:
            return f"{folder} holds just this already; nothing new was made\n"
        everyone = sending.sent(chosen, self._state, project.client, version.number)
        look, of_brand = projects.look(project, self._mappings)
        settings, notices = delivery.settings_of(project, cells, look, self._date, str(version.number))
        said = sending.said_until_now(project.root, cells, projects.person)
        given = delivery.given_of(project, cells, found, (), export, version.folder)
        book = partial(deliverables.workbook, self._reports, date=self._date, settings=settings)
        files = {}
        about: dict[str, dict[str, str]] = {}
        for place, one in enumerate(everyone):
            progress().step(f"the workbook of {one.person}", (place, len(everyone)))
            id_ = delivery.export_id(project, cells, found, export, one.hand.name, place)
            part = sending.part_of(one.hand, said)
            files[one.file] = book(sheets=("readme", *one.hand.rows), given=evolve(given, export=id_, part=part))
            about[one.file] = {snapshots.PERSON: one.hand.name, snapshots.WHOLE: export}
        progress().step("putting them in place")
        licensed.guard(files)
        whole = book(sheets=tuple(self._answered()), given=evolve(given, part=sending.everything(said)))
        files[sending.INDEX] = sending.index(everyone, self._reports.matrix.data_version)
        columns = delivery.fields(self._keys, delivery.process_ids(cells, found))
        delivery.hand_out(project, version, (export, content), files, columns, said=about, kept=whole)
        for notice in (*of_brand, *notices):
            say(notice)
        count = len(everyone)
        first = f"Version {version.number}: {count} workbook{'' if count == 1 else 's'} in {folder}"
        lines = [f"{first}, and {sending.INDEX}, the index of them", *_lines(everyone, files=True)]
        return "\n".join([*lines, "When they come back: imsmap import FILE..."]) + "\n"

    def _answered(self) -> list[str]:
        from imsmap.api.deliverables import answered_rows

        return ["requirements", "actions", *answered_rows(self._reports)]


def _listed(root: Path) -> str:
    """List what was sent, version by version, and whether it came back."""
    from imsmap.client import sending

    folders: dict[str, list[Out]] = {}
    for out in sending.sent_out(root):
        folders.setdefault(out.folder, []).append(out)
    lines = []
    for folder, outs in folders.items():
        lines.append(f"{folder}: {sum(bool(out.back) for out in outs)} of {len(outs)} came back with answers")
        lines += [f"  {out.person}: {out.told}" for out in outs]
    return "\n".join(lines or ["nothing was sent yet; imsmap send makes the workbooks"]) + "\n"


def _lines(everyone: tuple[Sent, ...], *, files: bool) -> list[str]:
    """Say who gets how many rows, and who answers what nobody does."""
    lines = [f"  {one.person}: {one.told}" for one in everyone if one.hand.name]
    for one in everyone:
        if not one.hand.name:
            where = f"; name who in {one.file} and import it" if files else ""
            lines.append(f"nobody answers {one.told}{where}")
    return lines
