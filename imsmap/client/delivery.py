"""What a client's project brings to its workbook, and the numbered folders of what was handed out."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from imsmap import files
from imsmap.client import history
from imsmap.client.importing import keep_snapshot
from imsmap.client.joining import JOINED
from imsmap.client.merge import Field, Fields
from imsmap.client.moved import MIGRATED
from imsmap.client.processes import SHEET as PROCESSES
from imsmap.client.processes import Processes, as_shown, without_names
from imsmap.client.register import CONFLICTS, WITHOUT_HISTORY
from imsmap.client.settings import Project
from imsmap.drawing.logo import SVG
from imsmap.drawing.look import Look
from imsmap.exporters.excel import Change, Given, Settings
from imsmap.exporters.excel import Process as Shown
from imsmap.exporters.excel import notices as told_of
from imsmap.exporters.excel.book import TITLES
from imsmap.register import schema as columns
from imsmap.register.cells import (
    ACTION,
    COLUMNS,
    ORDER,
    OVER,
    OWN,
    PROCESS,
    ROWS,
    SHEET,
    Cells,
    Key,
    beside,
    essence,
    shown,
    to_json,
)
from imsmap.register.cells import NEW as ADDED
from imsmap.register.controls import SOA
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.plans import BLUEPRINT
from imsmap.register.programme import SHEET as PROGRAMME
from imsmap.register.questions import CORE, EQUAL, MAIN, TOPIC
from imsmap.register.schema import Field as Column
from imsmap.values import frozen

NEW, DEMO = "new", "demo"
"""Entries of the history with which a project begins."""
UNTOLD = (NEW, DEMO, JOINED, WITHOUT_HISTORY, MIGRATED)
"""Entries that tell no change of what somebody said: beginnings, what was only joined, and moves, told row by row."""
DECISION = "decision"
"""The sheet whose cells go out filled from choose.toml where nobody wrote anything else on it."""
MOST_CHANGES = 2000
_MARK = ".imsmap"
_KEPT = "kept.xlsx"
"""What is kept and not handed out is called so until then."""
_VERSION = re.compile(r"v([1-9][0-9]{0,5})(?:-[\w-]+)?")
_COVER = {
    "client": "client", "scope": "scope", "document_number": "document_number", "prepared": "prepared",
    "checked": "checked", "approved": "approved",
}  # fmt: skip
"""Lines of the cover by their key, and what they are called in `imsmap.toml`."""


_AROUND = {
    COLUMNS: "headings", SHEET: "the sheet itself", ROWS: "where people's rows stand",
    ORDER: "the order of people's columns",
}  # fmt: skip


def called(sheet: str) -> str:
    """Say what people call a sheet of ours."""
    return TITLES.get(sheet, sheet)


def fields(standards: Sequence[str], processes: Iterable[str]) -> Fields:
    """Tell which columns of the workbook people fill or are computed, for these standards and ids of processes."""
    return {
        sheet: {
            entry.key: Field(
                "computed" if entry.owner == "computed" else "user", entry.kind, sheet == DECISION, entry.choices
            )
            for entry in table
            if entry.owner != "tool"
        }
        for sheet, table in _tables(dict.fromkeys(standards, ""), [Shown(id_, id_) for id_ in processes]).items()
    }


def _tables(standards: Mapping[str, str], processes: Iterable[Shown]) -> dict[str, Iterable[Column]]:
    """Give the columns that people fill, by sheet; standards: what they are called, by key."""
    described = [columns.Called(key, name, name) for key, name in standards.items()]
    return {
        "requirements": columns.REQUIREMENTS,
        "actions": columns.ACTIONS,
        "documents": columns.DOCUMENTS,
        BLUEPRINT: columns.BLUEPRINT,
        "audit": columns.audit(described),
        "management_review": columns.MANAGEMENT_REVIEW,
        "integration": columns.INTEGRATION,
        SOA: columns.SOA,
        OBLIGATIONS: columns.OBLIGATIONS,
        PROGRAMME: columns.PROGRAMME,
        DECISION: columns.DECISION,
        PROCESSES: columns.processes(processes),
    }


class Places:
    """Says where a cell stands as people know it: sheet, row and column by their headings."""

    def __init__(self, cells: Cells, standards: Mapping[str, str], found: Processes) -> None:
        """Take the register; standards: what they are called, by key."""
        self._cells, self._standards = cells, standards
        tables = _tables(standards, [Shown(e.id, e.name) for e in found.entries])
        self._titles = {sheet: {entry.key: entry.title for entry in table} for sheet, table in tables.items()}

    def of(self, key: Key) -> str:
        """Say where a cell stands."""
        cells = self._cells
        if key.sheet == CONFLICTS:
            return f"conflict {shown(cells.get(key._replace(field='number'))) or key.row}, {key.field}"
        named = cells.get(Key(key.sheet, SHEET, f"{OVER}title"))
        sheet = shown(named) or TITLES.get(key.sheet) or key.sheet.removeprefix(OWN)
        kind, bare = beside(key.field)
        if key.sheet.startswith(OWN):
            return f"{sheet}, {kind}{bare}{key.row}"
        renamed = cells.get(Key(key.sheet, COLUMNS, f"{OVER}{bare}")) or cells.get(Key(key.sheet, COLUMNS, bare))
        title = shown(renamed) or self._titles.get(key.sheet, {}).get(bare)
        title = title or bare.removeprefix(OWN).removeprefix(PROCESS).replace("_", " ")
        return f"{sheet}, {_row(key.row, self._standards)}, {kind}{title}"

    def with_ids(self, key: Key) -> str:
        """Say where a cell stands, and by which names the register's files have it."""
        return f"{self.of(key)} ({key.row}, {key.field})"


def _row(id_: str, standards: Mapping[str, str]) -> str:
    """Say a row: the clause of a point with its standard's name, and the words of its id."""
    if id_.startswith(ADDED):
        return "a row that people added"
    if id_ in _AROUND:
        return _AROUND[id_]
    if id_.startswith((MAIN, TOPIC)):
        return f"the heading {id_.partition(':')[2]}"
    if id_.startswith(CORE):
        return f"what several standards ask for: {id_.removeprefix(CORE).replace('-', ' ')}"
    if id_.startswith(EQUAL):
        return f"what several standards ask for: {_row(id_.removeprefix(EQUAL), standards)}"
    standard, _, rest = id_.removeprefix(ACTION).partition(":")
    if not rest or standard not in standards:
        return id_
    number, _, point = rest.partition("#")
    return ", ".join(filter(None, (standards[standard], number, point.replace("-", " "))))


def process_ids(cells: Cells, found: Processes) -> list[str]:
    """Give the ids of all processes, also of those that only the register remembers."""
    known = {entry.id for entry in found.entries or columns.BLANKS}
    known |= {
        key.field.removeprefix(PROCESS) for key in cells if key.sheet == PROCESSES and key.field.startswith(PROCESS)
    }
    return sorted(known)


def settings_of(
    project: Project, cells: Cells, look: Look, as_of: datetime.date, version: str
) -> tuple[Settings, list[str]]:
    """Give whose workbook it is, with what a person should be told of it.

    What `imsmap.toml` leaves open comes from what somebody wrote on the cover.
    """
    notices = []
    said = {}
    for line, name in _COVER.items():
        ours = getattr(project, name)
        written = cells.get(Key("cover", f"cover:{line}", f"{OVER}value"))
        said[name] = ours or shown(written)
        if ours and written is not None and essence(written) != essence(ours):
            notices.append(
                f"{project.problem(name, 'somebody wrote')} {shown(written)!r} on the cover; this file has {ours!r}: "
                "change it here if the cover is right"
            )
    if look.logo is not None and look.logo.kind == SVG:
        notices.append(f"{project.problem('brand.logo', 'an .svg')} is not shown in workbooks; name a .png here")
    settings = Settings(
        as_of, title=project.title, version=version, paper=project.paper, author=said["prepared"],
        company=said["client"], look=look, **said,
    )  # fmt: skip
    return settings, [*notices, *told_of(look)]


def given_of(
    project: Project,
    cells: Cells,
    found: Processes,
    changes: tuple[Change, ...] = (),
    export: str = "",
    folder: Path | None = None,
) -> Given:
    """Give what the project brings to its workbook; folder: in which it will lie."""
    home = ""
    if folder is not None and folder.absolute().anchor == project.root.absolute().anchor:
        home = f"{Path(os.path.relpath(project.root, folder)).as_posix()}/"
    return Given(without_names(cells, found), as_shown(cells, found), changes, project.id, export, home)


def changes_of(root: Path, person: Callable[[str], str] = str) -> tuple[tuple[Change, ...], int]:
    """Give the cells that changed and stayed so, the newest first, and how many more there are than are given.

    person: gives the name of a person for a login, which older histories hold.
    """
    result: list[Change] = []
    more = 0
    for entry in reversed(history.entries(root)):
        if entry.what in UNTOLD or entry.undone is not None or entry.undoes is not None:
            continue
        if len(result) >= MOST_CHANGES:
            more += entry.count
            continue
        day = datetime.date.fromisoformat(entry.when[:10])
        changed = [
            Change(entry.number, day, person(entry.answered_by), c.key.sheet, c.key.row, c.key.field, c.old, c.new)
            for c in history.changes(root, entry.number)
            if c.key.sheet != CONFLICTS
        ]
        room = MOST_CHANGES - len(result)
        result += changed[:room]
        more += len(changed[room:])
    return tuple(result), more


# --- versions --------------------------------------------------------------------------------------------------------


def export_id(project: Project, cells: Cells, found: Processes, *further: object) -> str:
    """Make the id of an export from all that goes into it: the same input has the same id.

    further: what else the files depend on, such as the date, the variant and the mapping data.
    """
    brand = [
        (path.name, hashlib.sha256(files.read(path, str(path))).hexdigest())
        for path in (project.brand.logo, project.brand.logo_dark, project.brand.template)
        if path is not None
    ]
    plain = [
        project.id, project.client, project.standards, project.title, project.scope, project.language, project.paper,
        project.document_number, project.prepared, project.checked, project.approved, project.brand.name,
        project.brand.colours, project.brand.font, project.brand.legal, brand,
    ]  # fmt: skip
    if project.audit is not None:
        plain.append(str(project.audit))
    written = [[*key, to_json(cells[key])] for key in sorted(cells)]
    entries = [[e.id, e.name, e.owner, e.kind] for e in found.entries]
    said = json.dumps([plain, written, entries, [str(value) for value in further]], ensure_ascii=True)
    return f"e{hashlib.sha256(said.encode()).hexdigest()[:15]}"


@frozen
class Version:
    """A number of what is handed out; `folder` is where it is or will be, `made` tells which."""

    number: int
    folder: Path
    made: bool


def version_of(output: Path, export: str, content: str, variant: str, date: datetime.date) -> Version:
    """Find the folder of an export among those that were handed out, or name the next one.

    The number is the client's, for document control: what was handed out with the same content keeps its number in
    whatever form, and a further folder of that form is named after its date, too.
    """
    newest, same = 0, 0
    taken: set[str] = set()
    if output.is_dir():
        for path in sorted(output.iterdir()):
            match = _VERSION.fullmatch(path.name)
            if match:
                taken.add(path.name)
                newest = max(newest, int(match[1]))
                exported, held = _marks(path)
                if exported == export:
                    return Version(int(match[1]), path, True)
                if held == content:
                    same = max(same, int(match[1]))
    number = same or newest + 1
    bare = f"v{number}" + (f"-{variant}" if variant else "")
    dated = f"{bare}-{date.isoformat()}"
    names = (bare, dated, *(f"{dated}-{count}" for count in range(2, len(taken) + 3)))
    return Version(number, output / next(name for name in names if name not in taken), False)


def _marks(folder: Path) -> tuple[str, str]:
    """Give the ids of export and content that a folder was made with; empty where it says none."""
    try:
        said = (folder / _MARK).read_text("utf-8").split()
    except (OSError, ValueError):
        return "", ""
    return (*said, "", "")[0], (*said, "", "")[1]


def hand_out(
    project: Project,
    version: Version,
    marks: tuple[str, str],
    contents: Mapping[str, bytes],
    columns: Fields,
    *,
    said: Mapping[str, Mapping[str, str]] | None = None,
    kept: bytes = b"",
    day: datetime.date | None = None,
) -> dict[str, Cells]:
    """Put the files of a version into its folder, all at once: it is there whole or not at all.

    What its workbooks hold is kept before as the base for when they come back, and given by their places.
    marks: the ids of export and content.
    said: what else to keep with the workbook of a place. kept: a workbook that is kept so and not handed out.
    day: on which it goes to the client, so that a report can tell what moved since; the entry of the history is kept
    with it.
    """
    output = version.folder.parent
    files.make_folder(output)
    whose = hashlib.sha256(str(project.root.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    files.sweep_folders(output, whose)
    part = files.part_folder(output, whose)
    held: dict[str, Cells] = {}
    about: dict[str, object] = {"version": version.number, "folder": version.folder.name}
    if day is not None:
        about |= {"date": day.isoformat(), "entry": history.newest(project.root)}
    try:
        if kept:
            files.put(part / _KEPT, kept)
            keep_snapshot(project.root, project.id, part / _KEPT, columns, **about)
            files.remove(part / _KEPT)
        for place, content in contents.items():
            files.make_folder((part / place).parent)
            files.put(part / place, content)
            if place.endswith(".xlsx"):
                more = {**about, **(said or {}).get(place, {})}
                _, held[place] = keep_snapshot(project.root, project.id, part / place, columns, **more)
        files.put(part / _MARK, "".join(f"{mark}\n" for mark in marks).encode())
        files.move(part, version.folder)
    finally:
        files.sweep_folders(output, whose)
    return held


def file_name(client: str, version: Version) -> str:
    """Name the workbook after client and version, since it goes out and comes back by itself."""
    return f"{files.in_file_name(client) or 'workbook'}_{version.folder.name}"
