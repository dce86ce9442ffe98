"""Licensed copies that a project holds: in a folder of their own, which git leaves alone and nothing hands out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from imsmap import files
from imsmap.client.place import LICENSED
from imsmap.errors import UnknownNameError
from imsmap.licensed.runs import Piece, Runs
from imsmap.licensed.text import LicensedText, from_json, to_json
from imsmap.register.cells import Value
from imsmap.register.schema import Change

FOLDER = LICENSED
IGNORED = ".gitignore"
IN_NAMES = "contains-licensed-text"
"""What the names of folders and files say that hold such text."""
_NOTE = "# Licensed text of standards: it stays on this machine."


def read(root: Path) -> tuple[LicensedText, ...]:
    """Read the copies of a project, by standard; none where there are none. DataError for one that can't be read."""
    folder = root / FOLDER
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.glob("*.json")):
        shown = f"{FOLDER}/{path.name}"
        found.append(from_json(files.read(path, shown), shown))
    return tuple(found)


def ignore(root: Path) -> None:
    """Name the folder, and what is made with text, in the project's `.gitignore`; what else stands in it is kept."""
    path = root / IGNORED
    before = files.read(path, IGNORED).decode("utf-8", "surrogateescape") if path.exists() else ""
    said = {line.strip().strip("/") for line in before.splitlines()}
    lines = [line for line in (f"/{FOLDER}/", f"*{IN_NAMES}*") if line.strip("/") not in said]
    if not lines:
        return
    between = "" if not before or before.endswith("\n") else "\n"
    files.put(path, "\n".join([f"{before}{between}{_NOTE}", *lines, ""]).encode("utf-8", "surrogateescape"))


def keep(root: Path, text: LicensedText) -> tuple[int, int]:
    """Keep a copy with what is kept of its standard already; gives how many clauses are new, and how many changed.

    The folder is named in `.gitignore` before anything is in it.
    """
    before = next((one.clauses for one in read(root) if one.standard == text.standard), {})
    new = sum(number not in before for number in text.clauses)
    changed = sum(before.get(number, said) != said for number, said in text.clauses.items())
    ignore(root)
    files.make_folder(root / FOLDER)
    _put(root, evolve(text, clauses={**before, **text.clauses}))
    return new, changed


def remove(root: Path, standard: str, numbers: Sequence[str] = ()) -> LicensedText:
    """Remove the copy of a standard, or of some clauses of it; gives what was removed.

    UnknownNameError if there is none.
    """
    held = next((one for one in read(root) if one.standard == standard), None)
    if held is None:
        raise UnknownNameError(f"there is no licensed text of {standard}; imsmap text list tells of what there is")
    gone = {number: held.clauses[number] for number in numbers if number in held.clauses}
    if numbers and not gone:
        raise UnknownNameError(f"the licensed text of {held.designation} has none of {', '.join(numbers)}")
    left = {number: said for number, said in held.clauses.items() if gone and number not in gone}
    if left:
        _put(root, evolve(held, clauses=left))
    else:
        files.remove(root / FOLDER / f"{standard}.json")
    return evolve(held, clauses=gone or held.clauses)


def _put(root: Path, text: LicensedText) -> None:
    files.put(root / FOLDER / f"{text.standard}.json", to_json(text))


LEFT_OUT = "(a quote of licensed text, left out)"


def without_quotes(changes: Sequence[Change], runs: Runs) -> tuple[Change, ...]:
    """Leave quotes out of what changed: who has mended a note need not find it again in what it was before."""

    def told(value: Value | None) -> Value | None:
        return LEFT_OUT if isinstance(value, str) and runs.within((Piece("", value),)) else value

    return tuple(evolve(one, old=told(one.old), new=told(one.new)) for one in changes)
