"""What several standards ask for is answered once: answers of a time when each requirement had its own are joined.

A workbook may have no row for a shared question: an older one, or that of one standard alone. It is merged as it went
out, each requirement for itself, and what it says is then put where the register keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path

from attrs import evolve

from imsmap.client import history
from imsmap.client.merge import Clash, Fields, Merged, merge
from imsmap.client.register import Writer
from imsmap.readers.workbook import Returned
from imsmap.register.cells import Cells, Key, Value, identical, same
from imsmap.register.questions import (
    CORE,
    EQUAL,
    SHARED,
    SHEET,
    VERDICT_ROW,
    Questions,
    in_rows_of_points,
    in_rows_of_questions,
)
from imsmap.values import frozen

Asking = Callable[[], Questions]
"""Gives what a project's standards ask for; the mapping data are read only where that matters."""
JOINED = "joined"
"""The entry of the history that joins answers, and what one says after which they are joined anyway."""


@frozen
class Joined:
    """What became of the answers to shared questions.

    answers, requirements: of which points they were; questions: into which they went; apart: answers that differ from
    another standard's, or have none beside them, and stay where they were.
    """

    cells: dict[Key, Value]
    answers: int
    requirements: int
    questions: int
    apart: int

    @property
    def told(self) -> str:
        """Say it in one line."""
        answers = "1 answer" if self.answers == 1 else f"{self.answers} answers"
        return (
            f"{answers} of {self.requirements} shared requirements joined into {_questions(self.questions)}; "
            f"{self.apart} that differ stay{'s' if self.apart == 1 else ''} with their standard"
        )


def joined(cells: Cells, questions: Questions) -> Joined:
    """Join what is said alike of all requirements of a question."""
    found = questions.joined(cells)
    shared = [question for question in questions if question.is_shared]
    points = {verdict.point for question in shared for verdict in question.verdicts}
    said = [key for key in cells if key.sheet == SHEET and key.row in points and key.field in SHARED]
    gone = [key for key in said if key not in found]
    into = {questions.of[key.row].id for key in gone}
    return Joined(found, len(gone), len({key.row for key in gone}), len(into), len(said) - len(gone))


def is_left_alone(root: Path) -> bool:
    """Tell whether somebody just took back that answers were joined: they stay apart until something else happens."""
    entries = history.entries(root)
    return bool(entries) and entries[-1].undoes is not None and entries[entries[-1].undoes - 1].what == JOINED


def is_due(root: Path, cells: Cells) -> bool:
    """Tell whether a project's answers were never joined and might be."""
    if len(in_rows_of_points(cells)) < 2 or is_left_alone(root):
        return False
    stands = (entry for entry in history.entries(root) if entry.undone is None)
    return not any(entry.what == JOINED or entry.about.get(JOINED) for entry in stands)


def join(writer: Writer, asking: Asking) -> str:
    """Join answers as an entry of the history, if that is due; gives what to tell, nothing if nothing was joined."""
    if not is_due(writer.root, writer.cells):
        return ""
    found = joined(writer.cells, asking())
    counts = {
        "answers": found.answers, "requirements": found.requirements, "questions": found.questions,
        "apart": found.apart,
    }  # fmt: skip
    return found.told if found.answers and writer.commit(JOINED, found.cells, counts=counts) else ""


def merged(
    base: Cells | None,
    ours: Cells,
    returned: Returned,
    fields: Fields,
    asking: Asking,
    sent: Set[tuple[str, str]] | None = None,
) -> Merged:
    """Merge a workbook that came back in the layout in which it went out; conflicts are told in that layout.

    base: what it held when it went out. sent: the rows of it that went out, where base tells others' rows, too.
    """
    rows = _rows(returned) if base is None else {key.row for key in base if key.sheet == SHEET}
    shown = {row for row in rows if row.startswith((CORE, EQUAL))}
    standards = {row.partition(":")[0] for row in rows - shown if "#" in row}
    all_there = in_rows_of_questions(ours) <= shown and (shown or len(standards) < 2)
    if all_there or not rows:
        found = merge(base, ours, returned, fields, sent)
        if not _overrides(base or {}, ours, found):
            return found
    questions = asking()
    seen = questions.spread(ours, shown)
    found = _apart(questions, base or {}, seen, merge(base, seen, returned, fields, sent))
    home = questions.brought_home(seen, found.cells, ours, base or {})
    new = [
        key
        for key, value in found.cells.items()
        if key.row in questions.of and key not in home and not identical(seen.get(key), value)
    ]
    notes = found.notes
    if new:
        into = _questions(len({questions.of[key.row].id for key in new}))
        notes = (f"{len(new)} of the answers joined into {into}, as several standards say the same", *notes)
    clashes = tuple(clash for clash in found.clashes if not _holds(questions, home, clash))
    return evolve(found, cells=home, clashes=clashes, counts=evolve(found.counts, conflicts=len(clashes)), notes=notes)


def _overrides(base: Cells, before: Cells, found: Merged) -> bool:
    """Tell whether somebody wrote a shared cell beside a verdict: several standards may say the same by now."""
    written = [key for key, value in found.cells.items() if not identical(before.get(key), value)]
    return any(
        key.sheet == SHEET and key.field in SHARED and base.get(Key(SHEET, key.row, "origin")) == VERDICT_ROW
        for key in (*written, *(clash.key for clash in found.clashes))
    )


def _apart(questions: Questions, base: Cells, seen: Cells, found: Merged) -> Merged:
    """Keep as conflicts what they wrote for one standard where something else is said for all since it went out."""
    cells = dict(found.cells)
    clashes = list(found.clashes)
    for key, value in found.cells.items():
        if key.sheet != SHEET or key.field not in SHARED or key.row not in questions.of or key in seen:
            continue
        now = questions.said_for_all(seen, key.row, key.field)
        went = questions.said_for_all(base, key.row, key.field)
        if now is not None and not identical(now, went) and not same(now, value):
            del cells[key]
            clashes.append(Clash(key, went, now, value))
    taken_back = len(found.cells) - len(cells)
    if not taken_back:
        return found
    counts = evolve(found.counts, changed=found.counts.changed - taken_back, conflicts=len(clashes))
    return evolve(found, cells=cells, clashes=tuple(sorted(clashes, key=lambda clash: clash.key)), counts=counts)


def _holds(questions: Questions, cells: Cells, clash: Clash) -> bool:
    """Tell whether what they wrote for one standard is what holds for it, though it is said for all by now."""
    key = clash.key
    shared = key.sheet == SHEET and key.field in SHARED and key.row in questions.of
    return shared and same(questions.effective(cells, key.row, key.field), clash.theirs)


def _questions(count: int) -> str:
    return f"{count} question{'' if count == 1 else 's'}"


def _rows(returned: Returned) -> set[str]:
    """Give the ids of rows on the sheet Requirements."""
    found: set[str] = set()
    for sheet in returned.sheets:
        if sheet.key == SHEET and sheet.marker is not None:
            found |= {str(cells.get(sheet.marker.column, "")).strip() for cells in sheet.rows.values()}
    return found
