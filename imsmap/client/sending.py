"""A small workbook for each person with only their rows: who gets what, how files are called, the index of them.

Each is a workbook of ours with an export and a snapshot of its own. The rows of everybody as they went out are kept
once for all of them, so that a row of somebody else's that was pasted into a file is merged with what it was.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from imsmap import files
from imsmap.client import history, snapshots
from imsmap.client.delivery import UNTOLD, called
from imsmap.client.history import Entry
from imsmap.client.snapshots import PERSON, WHOLE
from imsmap.errors import UnknownNameError
from imsmap.exporters.csv import export as as_csv
from imsmap.nearest import did_you_mean
from imsmap.register.cells import Cells, Key, shown
from imsmap.register.owners import Hand, Hands, as_one
from imsmap.register.schema import NOT_ASSESSED, Part
from imsmap.register.state import REQUIREMENTS, State
from imsmap.report import Column, Json, Report, Row, Table
from imsmap.values import frozen

SENT = "send"
"""What the folders of such workbooks say after their version."""
INDEX = "sent.csv"
NO_OWNER = "no-owner"
"""What the file of the rows that nobody answers is called."""
_CLIENT, _PERSON = 24, 40
"""Letters of names of files: with three bytes each they are still taken everywhere."""


@frozen
class Sent:
    """A workbook that goes out: whose rows, in which file, and how many of their verdicts nobody has given yet."""

    hand: Hand
    file: str
    open: int

    @property
    def person(self) -> str:
        """Say whose it is."""
        return self.hand.name or "nobody"

    @property
    def told(self) -> str:
        """Say how many rows of which sheets they are."""
        by_sheet = ", ".join(f"{len(rows)} on {called(sheet)}" for sheet, rows in self.hand.rows.items())
        open_ = f"; {self.open} {NOT_ASSESSED.lower()}" if self.open else ""
        return f"{self.hand.count} row{'' if self.hand.count == 1 else 's'}: {by_sheet}{open_}"


def chosen(hands: Hands, names: Iterable[str]) -> tuple[Hand, ...]:
    """Give those with these names, or everybody and nobody; UnknownNameError says who is there.

    A name may be a part of a name that only one has.
    """
    wanted = tuple(names)
    everybody = hands.people + ((hands.nobody,) if hands.nobody.count else ())
    if not wanted:
        return everybody
    found: dict[str, Hand] = {}
    for name in wanted:
        if as_one(name) == "nobody" and hands.nobody.count:
            found[""] = hands.nobody
            continue
        names = {hand.name: [as_one(said) for said in (hand.name, *hand.roles)] for hand in hands.people}
        exact = [hand for hand in hands.people if as_one(name) in names[hand.name]]
        near = exact or [
            hand for hand in hands.people if as_one(name) and any(as_one(name) in said for said in names[hand.name])
        ]
        if len(near) != 1:
            known = [hand.name for hand in near or hands.people]
            several = " or ".join(known)
            words = f"which of them: {several}?" if near else did_you_mean(name, known)
            raise UnknownNameError(f"nobody called {name} answers any row; {words}")
        found[near[0].name] = near[0]
    return tuple(found.values())


def sent(hands: Iterable[Hand], state: State, client: str, number: int) -> tuple[Sent, ...]:
    """Name a file for each, as every system takes it, and no two alike."""
    taken: set[str] = set()
    found = []
    for place, hand in enumerate(hands, 1):
        points = hand.rows.get(REQUIREMENTS, ())
        still = sum(1 for point in points if point in state.points and state.points[point].status == NOT_ASSESSED)
        person = _plain(hand.name, _PERSON) or (f"person-{place}" if hand.name else NO_OWNER)
        stem = f"{_plain(client, _CLIENT) or 'workbook'}_{person}"
        name, count = stem, 2
        while name.casefold() in taken:
            name, count = f"{stem}-{count}", count + 1
        taken.add(name.casefold())
        found.append(Sent(hand, f"{name}_v{number}.xlsx", still))
    return tuple(found)


def _plain(name: str, most: int) -> str:
    plain = files.in_file_name(unicodedata.normalize("NFC", name))
    if len(plain) > most:
        plain = plain[: most + 1].rpartition("-")[0] or plain[:most]
    return plain.strip("-_")


def part_of(hand: Hand, said: Mapping[str, str]) -> Part:
    """Give what one person's workbook holds."""
    rows = {sheet: frozenset(ids) for sheet, ids in hand.rows.items()}
    points = rows.get(REQUIREMENTS, frozenset())
    return Part(
        hand.name,
        rows,
        frozenset(hand.beside),
        {point: text for point, text in said.items() if point in points},
        about=hand.about,
    )


def everything(said: Mapping[str, str]) -> Part:
    """Give what holds the rows of everybody."""
    return Part("", {}, said=said, is_whole=True)


def said_until_now(root: Path, cells: Cells, person: Callable[[str], str]) -> dict[str, str]:
    """Say of each verdict what it is, since when and by whom, by point; person: gives the name for a login."""
    since: dict[Key, tuple[str, str]] = {}
    for entry in history.entries(root):
        if entry.what in UNTOLD or entry.undone is not None or entry.undoes is not None:
            continue
        for change in history.changes(root, entry.number):
            if change.key.sheet == REQUIREMENTS and change.key.field == "status":
                since[change.key] = (entry.when[:10], person(entry.answered_by))
    return {
        key.row: ", ".join((" ".join(shown(value).split()), *since.get(key, ())))
        for key, value in cells.items()
        if key.sheet == REQUIREMENTS and key.field == "status"
    }


@frozen
class Out:
    """A workbook that was sent out: whose, in which folder and file; back: the imports that brought it."""

    person: str
    folder: str
    version: int
    file: str
    back: tuple[Entry, ...]

    @property
    def told(self) -> str:
        """Say whether it came back, and with how much."""
        if not self.back:
            return "no answer yet"
        days = ", ".join(dict.fromkeys(entry.when[:10] for entry in self.back))
        counts = (entry.about.get("counts") for entry in self.back)
        answers = sum(int(count.get("changed", 0)) for count in counts if isinstance(count, dict))
        return f"back {days}, {answers} answer{'' if answers == 1 else 's'}"


def sent_out(root: Path) -> tuple[Out, ...]:
    """Give the workbooks that were sent to people, the newest version first, and whether each came back.

    One that came back as it went out, with nothing new in it, has left no trace.
    """
    back: dict[object, list[Entry]] = {}
    for entry in history.entries(root):
        if entry.undone is None and entry.undoes is None:
            back.setdefault(entry.about.get("export"), []).append(entry)
    found = [
        Out(
            str(head.get(PERSON) or "nobody"), str(head.get("folder")), int(head.get("version", 0)),
            str(head.get("file")), tuple(back.get(head.get("export"), ())),
        )
        for head in snapshots.heads(root)
        if WHOLE in head
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda out: (-out.version, out.folder, as_one(out.person), out.file)))


def index(all_sent: Iterable[Sent], version: str) -> bytes:
    """Write who got which file, with how many rows of which sheets."""
    everyone = tuple(all_sent)
    sheets = tuple(dict.fromkeys(sheet for one in everyone for sheet in one.hand.rows))
    columns = (
        Column("person", "Person"),
        Column("file", "File"),
        *(Column(sheet, called(sheet), "number") for sheet in sheets),
        Column("not_assessed", NOT_ASSESSED, "number"),
    )
    rows = tuple(
        Row(
            str(number),
            (
                one.person, one.file, *(len(one.hand.rows.get(sheet, ())) for sheet in sheets),
                one.open,
            ),
        )
        for number, one in enumerate(everyone, 1)
    )  # fmt: skip
    table = Table(SENT, "Sent", columns, rows)
    return as_csv(Report(SENT, "Sent", version, (table,), everyone, _to_json, ""), spreadsheet=True)


def _to_json(everyone: tuple[Sent, ...]) -> Mapping[str, Json]:
    return {"sent": [{"person": one.person, "file": one.file} for one in everyone]}
