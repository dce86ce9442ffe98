"""`imsmap import`: a workbook comes back; what both sides changed differently is listed and solved here, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, licensed, projects
from imsmap.cli import import_summary as summary
from imsmap.cli.speech import progress, say, tell

if TYPE_CHECKING:
    from imsmap.api.auditing import Place
    from imsmap.client.conflicts import Conflict, Side
    from imsmap.client.importing import Brought, Outcome
    from imsmap.client.merge import Fields
    from imsmap.client.settings import Project
    from imsmap.client.standing import Questions
    from imsmap.client.values import Cells, Value

_LONGEST = 300
_WORKBOOKS = (".xlsx", ".xlsm")
_NOT_OURS = ("~$", ".~lock", ".")
"""What the names of files begin with that programs lay beside those that are open."""
_GIVEN = "has the marks of the sheet Processes now"
"""What is said of the list of processes, when marks went into it."""


@click.command(
    "import",
    epilog='\b\nExamples:\n  imsmap import "Smith_v1 (client).xlsx"\n  imsmap import returned/\n'
    "  imsmap import --conflicts\n  imsmap import --resolve --theirs 2 5",
)
@click.argument("words", nargs=-1, metavar="FILE... | --conflicts | --resolve [N...]")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--conflicts", "listing", is_flag=True, help="List what both sides changed differently.")
@click.option("--resolve", is_flag=True, help="Solve conflicts: those numbered N..., or all.")
@click.option("--ours", "side", flag_value="ours", help="With --resolve: keep what the project has.")
@click.option("--theirs", "side", flag_value="theirs", help="With --resolve: take what came back.")
@click.option("--both", "side", flag_value="both", help="With --resolve: one below the other.")
@click.pass_obj
def bring_in(
    mappings: Path | None, words: tuple[str, ...], dry_run: bool, listing: bool, resolve: bool, side: Side | None
) -> None:
    """Merge workbooks that came back into the project; nothing that anybody wrote is lost.

    Several come in any order, older beside newer; of a folder, each workbook in it. What both sides changed differently
    is kept as a conflict, never decided silently. imsmap undo takes it back.
    """
    if listing + resolve > 1 or (side and not resolve):
        raise click.UsageError("--ours, --theirs and --both go with --resolve, and --conflicts stands alone")
    if listing:
        if words or dry_run:
            raise click.UsageError("--conflicts stands alone")
        _list(mappings, projects.here())
    elif resolve:
        if side is None:
            raise click.UsageError("say how: --resolve --ours, --theirs or --both, and the numbers if not all")
        _resolve(mappings, projects.here(), side, _numbers(words), dry_run)
    elif not words:
        raise click.UsageError("name the workbooks that came back, such as: imsmap import back.xlsx")
    else:
        project = projects.here()
        _take(mappings, project, _files(words), dry_run, several=len(words) > 1 or Path(words[0]).is_dir())


def _files(words: Sequence[str]) -> list[Path]:
    """Give the files that are named, and those of folders by name, each once; a program's own files are none."""
    found: list[Path] = []
    for word in words:
        path = Path(word)
        if not path.is_dir():
            found.append(path)
            continue
        there = sorted(
            one for one in path.iterdir() if one.suffix.lower() in _WORKBOOKS and not one.name.startswith(_NOT_OURS)
        )
        if not there:
            raise click.UsageError(f"in {path} there is no workbook (.xlsx); name the files or another folder")
        found += there
    return list(dict.fromkeys(found))


def _take(mappings: Path | None, project: Project, paths: list[Path], dry_run: bool, *, several: bool) -> None:
    from imsmap.api import auditing
    from imsmap.client import delivery, importing, register
    from imsmap.client import processes as listed

    keys = projects.standards(project, mappings)
    found = projects.processes(project, mappings)
    asked = cache(lambda: projects.questions(project, mappings))

    def fields(cells: Cells) -> Fields:
        return delivery.fields(keys, delivery.process_ids(cells, found))

    def places() -> Mapping[str, Place]:
        return auditing.places(asking.graph(mappings, keys), keys)

    def step(path: Path, done: int) -> None:
        progress().step(f"merging {path.name}", (done, len(paths)) if several else None)

    root, clients = project.root, (project.client, *project.formerly)
    known = importing.Incoming(root, project.id, clients, fields, asked, projects.moves(mappings, found), places)
    progress().step(f"reading {len(paths)} files" if several else f"merging {paths[0].name}")
    if dry_run:
        cells = listed.edited(root, register.read(root).cells, found)
        brought = importing.look_at_all(known, paths, cells, step)
    else:
        brought = importing.bring_in_all(
            known, paths, when=projects.now(), who=projects.somebody(),
            before=lambda writer: listed.take(root, writer, found), step=step,
        )  # fmt: skip
    # What was taken is told before anything else can go wrong.
    prefix = "nothing is written; the import would bring: " if dry_run else ""
    if several:
        of_standards = _by_standard(mappings, brought, asked)
        tell(summary.told(brought, of_standards, prefix), paged=False)
    else:
        (one,) = brought
        assert one.outcome is not None
        _tell(one.outcome, prefix)
    if not dry_run:
        _tell_of_quotes(register.read(root).cells)
        projects.give_marks(mappings, project, _GIVEN)
    if any(one.refused for one in brought):
        raise click.exceptions.Exit(1)


def _by_standard(
    mappings: Path | None, brought: Sequence[Brought], asked: Callable[[], Questions]
) -> list[tuple[str, int]]:
    """Count new conflicts by standard; what is said for several counts for each of them."""
    from imsmap.client.conflicts import standards_of

    clashes = [clash for one in brought if one.outcome for clash in one.outcome.clashes]
    counted: Counter[str] = Counter(key for clash in clashes for key in standards_of(clash.key, asked))
    named = {head.key: head.designation for head in asking.heads(mappings)} if counted else {}
    return [(named.get(key, key), count) for key, count in counted.items()]


def _tell_of_quotes(cells: Cells) -> None:
    """Say that what people wrote quotes the licensed text that the project holds, while they can still be asked."""
    runs = licensed.runs()
    if not runs:
        return
    from imsmap.client.checking import quotes_in

    if count := len(quotes_in(cells, runs)):
        cells_ = f"{count} cell{'' if count == 1 else 's'}"
        say(
            f"licensed text is quoted in the answers, in {cells_}; imsmap check says where, and imsmap build hands "
            "none of it out"
        )


def _tell(outcome: Outcome, prefix: str = "") -> None:
    lines = [prefix + outcome.message, *(f"  {note}" for note in outcome.notes)]
    lines += summary.waiting(outcome.open_conflicts)
    if outcome.entry is not None:
        lines.append("imsmap undo takes it back; imsmap build makes the next version")
    tell("\n".join(lines) + "\n")


# --- conflicts -------------------------------------------------------------------------------------------------------


def _list(mappings: Path | None, project: Project) -> None:
    from imsmap.client import conflicts, delivery, register

    cells = register.read(project.root).cells
    waiting = conflicts.unresolved(cells)
    places: list[str] = []
    whose: list[str] = []
    if waiting:
        named = {head.key: head.designation for head in asking.heads(mappings)}
        found = projects.processes(project, mappings)
        place = delivery.Places(cells, named, found)
        asked = cache(lambda: projects.questions(project, mappings))
        for conflict in waiting:
            several = conflicts.standards_of(conflict.clash.key, asked)
            of = f" ({', '.join(named.get(key, key) for key in several)})" if len(several) > 1 else ""
            places.append(place.with_ids(conflict.clash.key) + of)
        whose = _whose(project.root, waiting, asked)
    tell(_listed(waiting, places, whose))


def _whose(root: Path, waiting: Sequence[Conflict], asked: Callable[[], Questions]) -> list[str]:
    """Say whose file ours came in, where that is known: beside a verdict it may be what is said for all."""
    from imsmap.client import conflicts, history

    rows = [conflicts.rows_of(conflict.clash.key, asked) for conflict in waiting]
    said = history.said_by(root, (key for keys in rows for key in keys))
    entries = [next((said[key] for key in keys if key in said), None) for keys in rows]
    return [
        f" ({entry.about['person']}, {entry.when[:10]})" if entry is not None and "person" in entry.about else ""
        for entry in entries
    ]


def _listed(waiting: Sequence[Conflict], places: Sequence[str], whose: Sequence[str]) -> str:
    if not waiting:
        return "no conflict is open\n"
    lines = []
    for conflict, place, ours in zip(waiting, places, whose, strict=True):
        clash = conflict.clash
        lines += [
            f"{conflict.number}. {place}, from {conflict.file}{f', {conflict.person}' if conflict.person else ''}",
            f"   it was: {_said(clash.base)}",
            f"   ours:   {_said(clash.ours)}{ours}",
            f"   theirs: {_said(clash.theirs)}",
        ]
    lines.append(f"{len(waiting)} open. imsmap import --resolve --ours, --theirs or --both, and numbers if not all")
    return "\n".join(lines) + "\n"


def _said(value: Value | None) -> str:
    from imsmap.client.values import shown

    text = " / ".join(shown(value).splitlines())
    return "(empty)" if not text else text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _resolve(mappings: Path | None, project: Project, side: Side, numbers: list[int], dry_run: bool) -> None:
    from imsmap.client import conflicts, register
    from imsmap.client import processes as listed

    asking = partial(projects.questions, project, mappings)
    if dry_run:
        done = conflicts.resolved(register.read(project.root).cells, side, numbers, asking)[1]
    else:
        found = projects.processes(project, mappings)
        with register.writing(project.root, projects.now(), projects.somebody()) as writer:
            listed.take(project.root, writer, found)
            cells, done = conflicts.resolved(writer.cells, side, numbers, asking)
            writer.commit("resolve", cells, side=side, numbers=[conflict.number for conflict in done])
            for notice in writer.notices:
                say(notice)
        projects.give_marks(mappings, project, _GIVEN)
    if not done:
        tell("no conflict is open\n")
        return
    words = {"ours": "ours kept", "theirs": "theirs taken", "both": "both kept, one below the other"}[side]
    which = ", ".join(str(conflict.number) for conflict in done)
    count = f"{len(done)} conflict{'' if len(done) == 1 else 's'} ({which})"
    tell(f"{count} {'would be ' if dry_run else ''}solved: {words}\n")


def _numbers(words: tuple[str, ...]) -> list[int]:
    for word in words:
        if not word.isdecimal():
            raise click.UsageError(f"{word} is no number of a conflict; imsmap import --conflicts lists them")
    return [int(word) for word in words]
