"""Answers whose row is no longer there, as the mapping data or the standards changed: none is lost, each is told.

What was said once for several points goes to each of them when they no longer share a question. What belongs to a row
that is nowhere stays in the register, and whoever makes a workbook is told where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from imsmap.client.register import Writer
from imsmap.register.cells import ACTION, COMMENT, LINK, NEW, OWN, Cells, Key, Value
from imsmap.register.moving import ARCHIVE
from imsmap.register.questions import CORE, EQUAL, SHARED, SHEET, Questions
from imsmap.values import frozen
from imsmap.wording import listed

DISSOLVED = "dissolved"
"""The entry of the history that gives points what their question said."""
_TOLD = 5


@frozen
class Dissolved:
    """What became of answers to questions that are no longer shared; points: how many took them over."""

    cells: dict[Key, Value]
    answers: int = 0
    questions: int = 0
    points: int = 0

    @property
    def told(self) -> str:
        """Say it in one line; nothing if there was none."""
        if not self.answers:
            return ""
        return (
            f"{_count(self.answers, 'answer')} of {_count(self.questions, 'question')} that standards no longer share "
            f"went to {_count(self.points, 'requirement')} of which it was said, too"
        )


def dissolved(cells: Cells, questions: Questions, before: Cells) -> Dissolved:
    """Give points what was said for them in the row of a question that they no longer belong to.

    before: the newest workbook as it went out, which tells what each point's question was.
    """
    was: dict[str, list[str]] = {}
    for key, value in before.items():
        if key.sheet == SHEET and key.field == "question" and key.row != value and key.row in questions.of:
            was.setdefault(str(value), []).append(key.row)
    ids = {question.id for question in questions}
    rows = {row for question in questions for row in question.rows} | ids
    found = dict(cells)
    answers, left, took = 0, set(), set()
    for key, value in cells.items():
        if key.sheet != SHEET or not key.row.startswith((CORE, EQUAL)) or _bare(key.field) not in SHARED:
            continue
        # What is beside an answer (a remark, a link) stands in no other row of the question.
        beside = key.field not in SHARED
        parted = [
            point
            for point in was.get(key.row, ())
            if key.row not in (questions.of[point].id, *(() if beside else questions.of[point].rows))
        ]
        for point in parted:
            found.setdefault(key._replace(row=point), value)
        if parted:
            answers += 1
            left.add(key.row)
            took.update(parted)
            if key.row not in (ids if beside else rows):
                del found[key]
    return Dissolved(found, answers, len(left), len(took))


def settle(writer: Writer, asking: Callable[[], Questions], before: Callable[[], Cells | None]) -> str:
    """Do so as an entry of the history, if there is anything to do; gives what to tell."""
    if not any(key.sheet == SHEET and key.row.startswith((CORE, EQUAL)) for key in writer.cells):
        return ""
    went = before()
    if went is None:
        return ""
    found = dissolved(writer.cells, asking(), went)
    counts = {"answers": found.answers, "questions": found.questions, "points": found.points}
    return found.told if found.answers and writer.commit(DISSOLVED, found.cells, counts=counts) else ""


def unseen(
    cells: Cells, shown: Cells, questions: Questions, say: Callable[[Key], str], away: Mapping[str, str] | None = None
) -> str:
    """Tell which answers have no row in a workbook of their sheet; nothing if there are none.

    shown: what the workbook holds, as it went out. say: tells where a cell is. away: the project's standards that this
    workbook leaves out, with their names: what only they have is somewhere else, and is not named cell by cell.
    """
    rows = {(key.sheet, key.row) for key in shown}
    sheets = {sheet for sheet, _ in rows} - {ARCHIVE}  # it has a row for each answer that it keeps
    cells = questions.spread(cells, {row for sheet, row in rows if sheet == SHEET})
    lost: dict[tuple[str, str], Key] = {}
    for key in sorted(cells):
        ours = key.sheet in sheets and not key.sheet.startswith(OWN) and not key.row.startswith(("@", NEW))
        if ours and (key.sheet, key.row) not in rows:
            lost.setdefault((key.sheet, key.row), key)
    here = {verdict.standard for question in questions for verdict in question.verdicts}.difference(away or ())
    elsewhere = [at for at in lost if away and at[1].removeprefix(ACTION).partition(":")[0] not in here]
    told = []
    if away and elsewhere:
        told.append(
            f"answers in {_count(len(elsewhere), 'row')} are kept in the register and not in this workbook, as it "
            f"leaves out {listed(away.values())}"
        )
    places = [say(key) for at, key in lost.items() if at not in elsewhere]
    more = f" and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
    if places:
        told.append(
            f"answers in {_count(len(places), 'row')} that no workbook has now are kept in the register: "
            f"{'; '.join(places[:_TOLD])}{more}"
        )
    return "; ".join(told)


def _bare(name: str) -> str:
    return name.removeprefix(COMMENT).removeprefix(LINK)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
