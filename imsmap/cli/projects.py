"""The client's project in whose folder a command runs: its settings, its standards, its processes, who is at work."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking
from imsmap.cli.speech import later, say

if TYPE_CHECKING:
    from imsmap.client.earlier import Moves
    from imsmap.client.history import Entry
    from imsmap.client.look import Look
    from imsmap.client.merge import Fields
    from imsmap.client.migrating import Move
    from imsmap.client.processes import Processes, Resolve
    from imsmap.client.register import Writer
    from imsmap.client.settings import Project
    from imsmap.client.standing import Questions
    from imsmap.client.values import Cells


def find() -> Path | None:
    """Find the project's folder: this one, or the nearest above it with an `imsmap.toml`."""
    from imsmap.client import place

    return place.find(Path.cwd())


def here() -> Project:
    """Read the settings of the project in whose folder the command runs; ImsmapError if it runs outside of any."""
    from imsmap.client import settings
    from imsmap.errors import UsageError

    root = find()
    if root is None:
        raise UsageError(
            f"you are in {Path.cwd()}, which belongs to no client's project (there is no {settings.FILE} here or "
            'above it); go into the folder of one, or make one: imsmap start, or imsmap new DIR --client "Smith Ltd" '
            "9001 14001"
        )
    return settings.read(root)


def standards(project: Project, mappings: Path | None) -> tuple[str, ...]:
    """Give the keys of the project's standards; DataError names the line of one that is not in the library."""
    from imsmap.api.library import standard_key
    from imsmap.errors import DataError, ImsmapError

    known = asking.heads(mappings)
    keys: list[str] = []
    problems = []
    for text in project.standards:
        try:
            key = standard_key(text, known).key
        except ImsmapError as error:
            problems.append(project.problem("standards", str(error)))
            continue
        if key in keys:
            problems.append(project.problem("standards", f"{key} is here twice; keep one"))
        keys.append(key)
    if problems:
        raise DataError(problems)
    return tuple(keys)


def look(project: Project, mappings: Path | None) -> tuple[Look, list[str]]:
    """Give the project's look, the same whatever a command is about, and what a person should be told of it."""
    from imsmap.client.look import look_of

    keys = standards(project, mappings)
    return look_of(project, asking.graph(mappings, keys), keys)


def tell_of_newer_editions(keys: Sequence[str], mappings: Path | None) -> None:
    """Say after the answer which of some standards have a newer edition."""
    from imsmap.api.library import newer_edition

    known = asking.heads(mappings)
    for key in keys:
        taken = newer_edition(key, known)
        if taken is not None and taken.newer not in {head.designation for head in known if head.key in keys}:
            later(taken)


def naming(project: Project, mappings: Path | None) -> Resolve:
    """Give what turns words of a person into leaf clauses of the project's standards."""
    from imsmap.api.clauses import citations, cited
    from imsmap.client.processes import Named

    known = asking.heads(mappings)
    keys = standards(project, mappings)
    # A command that writes reads the processes twice, in which the same words mean the same.
    context = click.get_current_context(silent=True)
    meant: dict[tuple[object, ...], Named] = {} if context is None else context.meta.setdefault(f"{__name__}.meant", {})

    def resolve(text: str, standard: str) -> Named:
        asked = (mappings, keys, text, standard)
        if asked not in meant:
            meant[asked] = found(text, standard)
        return meant[asked]

    def found(text: str, standard: str) -> Named:
        named = citations(text, known, standard)
        graph = asking.graph(mappings, tuple(dict.fromkeys((*keys, *named.standards))), guides=False)
        refs = cited(named, graph)
        clauses = [ref.partition("#")[0] for ref in refs.refs]
        leaves = [tuple(leaf.ref for leaf in graph.leaves_under(ref)) or (ref,) for ref in clauses]
        heading = leaves != [(ref,) for ref in clauses]
        return Named(tuple(dict.fromkeys(sum(leaves, ()))), named.standards[-1], refs.notes, heading)

    return resolve


def processes(project: Project, mappings: Path | None) -> Processes:
    """Read the project's processes, and say what a person should know of how."""
    from imsmap.client.processes import read

    found = read(project.root, naming(project, mappings))
    # A command that changes marks reads the file again; what it said of it, it need not repeat.
    context = click.get_current_context(silent=True)
    told: set[str] = set() if context is None else context.meta.setdefault(f"{__name__}.told", set())
    for notice in found.notices:
        if notice not in told:
            told.add(notice)
            say(notice)
    return found


def give_processes(writer: Writer, found: Processes) -> bool:
    """Write the register's marks into processes.csv, and tell if it changed; where it can't be written, that follows.

    Spreadsheets on Windows keep a file that they show from being written: no reason to stop, since the next command
    writes what this one could not.
    """
    from imsmap.client import processes as listed
    from imsmap.errors import OutputError

    try:
        return listed.give(writer.root, writer.cells, found)
    except OutputError as error:
        writer.notices.append(
            f"{error}; the marks are safe in the register, and the next command writes them into {listed.FILE}"
        )
        return False


def give_marks(mappings: Path | None, project: Project, words: str) -> None:
    """Bring processes.csv up to the marks that changed in the register; words: what to say of it then."""
    from imsmap.client import processes as listed
    from imsmap.client import register

    with register.writing(project.root, now(), somebody()) as writer:
        found = processes(project, mappings)
        if give_processes(writer, found):
            writer.notices.append(f"{listed.FILE} {words}")
        for notice in writer.notices:
            say(notice)


def questions(project: Project, mappings: Path | None) -> Questions:
    """Give what the project's standards ask for, each question once."""
    from imsmap.client.standing import questions_of

    keys = standards(project, mappings)
    return questions_of(asking.graph(mappings, keys, guides=False), keys)


def moves(mappings: Path | None, found: Processes) -> Moves:
    """Give what a workbook needs that went out before a move to another edition."""
    from imsmap.client import delivery, renewing
    from imsmap.client.earlier import Moves
    from imsmap.client.moved import way_told
    from imsmap.client.standing import questions_of

    def move(entry: Entry) -> Move:
        if told := way_told(entry):
            asked = asking_of(told["standards"])
            return renewing.Move(renewing.way_of(told), asked, asked)
        old, new, before = (entry.about.get(name) for name in ("old", "new", "standards"))
        keys = before if isinstance(before, list) else []
        return move_between(mappings, [str(key) for key in keys], str(old), str(new))

    def asking_of(keys: Sequence[str]) -> Questions:
        return questions_of(asking.graph(mappings, tuple(keys), guides=False), tuple(keys))

    def fields(keys: Sequence[str], cells: Cells) -> Fields:
        return delivery.fields(keys, delivery.process_ids(cells, found))

    return Moves(move, asking_of, fields, {head.key: head.designation for head in asking.heads(mappings)})


def move_between(mappings: Path | None, keys: Sequence[str], old: str, new: str) -> Move:
    """Find how the answers of a project of some standards go from one edition to another."""
    from imsmap.client import migrating

    editions = asking.editions(mappings, (old, new))
    return migrating.move_between(
        editions, lambda standards: asking.graph(mappings, standards, guides=False), keys, old, new
    )


def now() -> str:
    """Give the moment for the history; only the command line looks at the clock."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def somebody() -> str:
    """Give the name of who is at work, for the history: the person's, where the system knows it."""
    try:
        return person(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return "unknown"


def person(login: str) -> str:
    """Give the name of the person behind a login of this machine, where the system knows it; else the login."""
    try:
        import pwd

        said = pwd.getpwnam(login).pw_gecos.partition(",")[0].replace("&", login.capitalize())
    except ImportError:
        said = _display_name() if login == getpass.getuser() else ""
    except (KeyError, ValueError):
        said = ""
    return said.strip() or login


def _display_name() -> str:
    """Ask Windows for the full name of who is logged in; nothing where it has none."""
    import ctypes

    asked = getattr(getattr(ctypes, "windll", None), "secur32", None)
    if asked is None:
        return ""
    size = ctypes.c_ulong(256)
    name = ctypes.create_unicode_buffer(size.value)
    return name.value if asked.GetUserNameExW(3, name, ctypes.byref(size)) else ""


def shown(path: Path) -> Path:
    """Give a path from here, where it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
