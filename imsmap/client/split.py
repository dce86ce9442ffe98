"""Rows of shared questions that somebody split by hand: what a row says for one standard is that standard's own.

Who makes two rows of one and writes a standard into each means no answer for all of them, nor a further requirement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from attrs import evolve

from imsmap.client.sheets import Owner, Row, Sheet
from imsmap.register.cells import OWN, Cells, Key, Value, essence, same, shown
from imsmap.register.questions import SHEET

_SAYS = ("standard", "letters")
"""The columns that say of which standards a row is, the surer first."""
_NAMES = (*_SAYS, "clause", "title")
"""What people write over when they split a row."""
_KIND = ("text", "origin")
"""What tells a row of a question from those of its verdicts, and nobody writes over to split it."""
_JOINED = ("evidence", "gap", "action", "consultant_note", "client_note", "assessor_note")
"""Where two texts may stand one below the other."""


def put_together(sheet: Sheet, base: Cells, owner: Owner) -> tuple[Sheet, str]:
    """Give Requirements with what split rows say in the rows of verdicts, and what to tell; base: what went out."""
    points = _points(base) if sheet.key == SHEET else {}
    split = [(row, asked, meant) for row in sheet.rows for asked, meant in [_meant(row, points, base)] if meant]
    if not split:
        return sheet, ""
    rows = {row.id: row for row in sheet.rows}
    gone: dict[str, str] = {}
    for row, asked, meant in split:
        untold: set[str] = set()
        for name, value in tuple(row.cells.items()):
            if owner(SHEET, name) != "user" or name.startswith(OWN) or essence(value) is None:
                continue
            if not same(value, base.get(Key(SHEET, asked, name))):
                untold |= {name for point in meant if not _give(rows, sheet, base, point, name, value)}
        if not row.added:
            _reset(row, base, owner, untold)
        elif not untold and not _is_more(row, asked, base):
            gone[row.id] = meant[0]
    sheet = evolve(
        sheet,
        rows=[row for row in rows.values() if row.id not in gone],
        remarks={(gone.get(row, row), name): text for (row, name), text in sheet.remarks.items()},
        links={(gone.get(row, row), name): to for (row, name), to in sheet.links.items()},
    )
    count = len({asked for _, asked, _ in split})
    rows_ = "1 row of a shared question was" if count == 1 else f"{count} rows of shared questions were"
    return sheet, (
        f"{sheet.title}: {rows_} split by hand; what was written there for one standard is that standard's own now, "
        "and what was said for all of them stays"
    )


def _points(base: Cells) -> Mapping[str, tuple[str, ...]]:
    """Give the points of each shared question that went out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in base.items():
        if key.sheet == SHEET and key.field == "question" and key.row != value:
            found[str(value)].append(key.row)
    return {asked: tuple(points) for asked, points in found.items()}


def _meant(row: Row, points: Mapping[str, tuple[str, ...]], base: Cells) -> tuple[str, tuple[str, ...]]:
    """Give the question whose row it is or is a copy of, and the points of which alone it says that it is."""
    asked = str(row.cells.get("question", "")) if row.added else row.id
    if row.added and asked in points and _is_of_a_verdict(row, asked, points[asked], base):
        return asked, ()
    for name in _SAYS if asked in points else ():
        said = shown(row.cells.get(name)).split() if name == "letters" else shown(row.cells.get(name)).splitlines()
        names = {" ".join(one.split()) for one in said}
        meant = tuple(point for point in points[asked] if shown(base.get(Key(SHEET, point, name))).strip() in names)
        if meant and len(meant) < len(points[asked]):
            return asked, meant
    return asked, ()


def _is_of_a_verdict(row: Row, asked: str, points: tuple[str, ...], base: Cells) -> bool:
    """Tell a copy of a verdict's row, which was of one standard before, from one of the question's."""

    def alike(other: str) -> int:
        return sum(same(row.cells.get(name), base.get(Key(SHEET, other, name))) for name in _KIND)

    return max(map(alike, points)) > alike(asked)


def _give(rows: dict[str, Row], sheet: Sheet, base: Cells, point: str, name: str, value: Value) -> bool:
    """Put what a split row says into the row of a verdict, unless that says something else; tells whether it is in."""
    if point not in rows:
        # Nothing else of it is in the file, so nothing else is said of it.
        rows[point] = Row(point, {}, frozenset(sheet.fields))
    row = rows[point]
    there = row.cells.get(name)
    if same(there, value):
        return True
    if essence(there) is not None and name in _JOINED:
        row.cells[name] = f"{shown(there)}\n{shown(value)}"
    elif same(there, base.get(Key(SHEET, point, name))):
        row.cells[name] = value
    else:
        return False
    row.covered -= {name}
    return True


def _is_more(row: Row, asked: str, base: Cells) -> bool:
    """Tell whether a copied row says more than the row of its question does: other words, or columns of people."""
    own = any(name.startswith(OWN) and essence(value) is not None for name, value in row.cells.items())
    return own or not same(row.cells.get("text"), base.get(Key(SHEET, asked, "text")))


def _reset(row: Row, base: Cells, owner: Owner, untold: Collection[str]) -> None:
    """Let the row of the question say for all standards what it said, but for what no other row could take."""
    for name in row.cells.keys() - untold:
        if name in _NAMES or (owner(SHEET, name) == "user" and not name.startswith(OWN)):
            went = base.get(Key(SHEET, row.id, name))
            if went is None:
                del row.cells[name]
            else:
                row.cells[name] = went
