"""What a status report says on page and slide alike: its titles, its figures, the tones of its bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imsmap.brief.model import Columns, Number, Stack, Stacks, Tone
from imsmap.drawing import ALERT, CORE_TINT, GREY, INK, PAPER, SHADE, held
from imsmap.drawing.look import Look
from imsmap.register import schema
from imsmap.register.course import STILL, Moment
from imsmap.register.effort import ACTION, DOCUMENT, POINT, Work
from imsmap.wording import counted, in_words, listed

if TYPE_CHECKING:
    from imsmap.analyses.status_report import ReportAnswer
    from imsmap.analyses.status_report.answer import Counts, Heap
    from imsmap.parts import Side

MOST_BARS = 3
"""Standards, up to which each main clause has a bar for each of them."""
_PLACES = 6
"""Clauses that a line names; of more it says how many."""
TONES = (
    Tone(schema.NOT_CONFORMING, ALERT, PAPER),
    Tone(schema.PARTIAL, SHADE, INK),
    Tone(schema.NOT_ASSESSED, PAPER, GREY, GREY, dashed=True),
    Tone(schema.CONFORMING, CORE_TINT, INK),
)
"""What is to be done stands first and strongest, what is done recedes."""
BURNING = TONES[: len(STILL)]
"""What a project has still to do, from below."""


def title(answer: ReportAnswer) -> str:
    """Say how it stands in one sentence, its message between `**`."""
    assessed, first = answer.figure("assessed").count, [*_open(answer)]
    if not assessed.m:
        rest = f"nly the clauses of {_names(answer.standards)} are known"
        if first:
            return f"**Close {listed(first)} first**; o{rest}"
        return f"**O{rest}**: nothing is counted in points"
    if not answer.has_begun:
        names = _names([side for side in answer.standards if not side.by_clause])
        return f"**Nothing is assessed yet**: {counted(assessed.m, 'point')} of {names} wait for an answer"
    if first:
        return f"**Close {listed(first)} first**; {assessed.n} of {counted(assessed.m, 'point')} are assessed"
    if assessed.n < assessed.m:
        return f"**{assessed.n} of {counted(assessed.m, 'point')} are assessed**; no major is open, no action is late"
    whole = answer.now.whole
    return f"**{answer.conforming} of {counted(whole, 'point')} conform**; no major is open, no action is late"


def _names(standards: Sequence[Side]) -> str:
    """Name standards, or say how many they are."""
    if len(standards) > MOST_BARS:
        return f"{len(standards)} standards"
    return listed(held(side.designation) for side in standards)


def _open(answer: ReportAnswer) -> Iterator[str]:
    majors, late = answer.figure("majors").count.n, answer.figure("overdue").count.n
    if majors:
        yield counted(majors, "open major")
    if late:
        yield counted(late, "late action")


def moved_title(answer: ReportAnswer) -> str:
    """Say how far it has come since what moved is counted from."""
    since = answer.since
    assert since is not None
    now = answer.now
    gone = since.still - now.still
    when = _when(since)
    if gone > 0:
        return f"**{now.still} of {counted(now.whole, 'point')} are still to do**, {gone} fewer than {when}"
    if gone < 0:
        return f"**{now.still} of {counted(now.whole, 'point')} are still to do**, {-gone} more than {when}"
    return f"**{now.still} of {counted(now.whole, 'point')} are still to do**, as many as {when}"


def _when(moment: Moment) -> str:
    version = f" (version {moment.version})" if moment.version is not None else ""
    return f"on {in_words(moment.date)}{version}"


def since_when(answer: ReportAnswer) -> str:
    """Say from when what moved is counted, as a heading goes on."""
    since = answer.since
    assert since is not None
    day = in_words(since.date)
    return f"since {day}" if since.version is None else f"since version {since.version}, {day}"


def moves(answer: ReportAnswer) -> tuple[str, ...]:
    """Say what moved, in a line each; nothing of what did not."""
    moved = answer.moved
    labels = {side.key: side.label for side in answer.standards}

    def named(points: tuple[str, ...]) -> str:
        keys = list(dict.fromkeys(point.partition("#")[0].partition(":")[::2] for point in points))
        more = f" and {len(keys) - _PLACES} more" if len(keys) > _PLACES else ""
        return ", ".join(f"{labels[key]}\u00a0{number}" for key, number in keys[:_PLACES]) + more

    told = []
    if moved.assessed:
        told.append(f"{counted(len(moved.assessed), 'point')} assessed for the first time")
    if moved.better:
        told.append(f"{counted(len(moved.better), 'point')} better than before")
    if moved.worse:
        told.append(f"{counted(len(moved.worse), 'point')} worse than before: {named(moved.worse)}")
    if moved.closed:
        told.append(f"{counted(len(moved.closed), 'major')} closed: {named(moved.closed)}")
    if moved.opened:
        told.append(f"{counted(len(moved.opened), 'major')} opened: {named(moved.opened)}")
    if moved.done:
        told.append(f"{counted(len(moved.done), 'action')} done")
    if moved.written:
        told.append(f"{counted(len(moved.written), 'action')} added")
    return tuple(told)


def numbers(answer: ReportAnswer) -> tuple[Number, ...]:
    """Give the figures that a director looks for; those that nobody has anything for are left out."""
    words = {
        "assessed": "points assessed", "majors": "majors still open", "overdue": "open actions late",
        "documents": "documents missing", "late_evaluations": "evaluations late",
    }  # fmt: skip
    there = {one.key: one for one in answer.now.figures}
    found = [(there[key], word) for key, word in words.items() if key in there]
    return tuple(
        Number(one.count.n, one.count.m, word, one.alarming and one.count.n > 0) for one, word in found if one.count.m
    )


def stacks(answer: ReportAnswer, look: Look) -> Stacks:
    """Give how it stands by clause and standard; of many standards, by each of these and by each of those."""
    looks = look.palettes(answer.standards)
    if len(answer.standards) <= MOST_BARS:
        rows = tuple(
            (
                heap.name,
                tuple(
                    Stack(_counts(heap.points[side.key]), side.label, looks[side.key])
                    for side in answer.standards
                    if side.key in heap.points
                ),
            )
            for heap in answer.main_clauses
            if heap.points
        )
    else:
        rows = (
            *(
                (side.designation, (Stack(_whole(answer, side.key), side.label, looks[side.key]),))
                for side in answer.standards
            ),
            *((heap.name, (Stack(_sum(heap)),)) for heap in answer.main_clauses if heap.points),
        )
    return Stacks(TONES, rows, TONES.index(TONES[-1]))


def _counts(counts: Counts) -> tuple[int, ...]:
    return tuple(counts[tone.word] for tone in TONES)


def _whole(answer: ReportAnswer, key: str) -> tuple[int, ...]:
    held = [heap.points[key] for heap in answer.main_clauses if key in heap.points]
    return tuple(sum(counts[tone.word] for counts in held) for tone in TONES)


def _sum(heap: Heap) -> tuple[int, ...]:
    return tuple(sum(counts[tone.word] for counts in heap.points.values()) for tone in TONES)


def columns(answer: ReportAnswer) -> Columns:
    """Give what was still to do, moment by moment."""
    labels = tuple(_label(one, answer.moments[at - 1] if at else None) for at, one in enumerate(answer.moments))
    counts = tuple(tuple(one.points[tone.word] for tone in BURNING) for one in answer.moments)
    told = "; ".join(f"{in_words(one.date)}: {one.still} of {one.whole}" for one in answer.moments)
    return Columns(BURNING, labels, counts, "points still to do", f"Points still to do. {told}.")


def _label(one: Moment, before: Moment | None) -> str:
    """Say a day under its bar; the year where another begins."""
    day = in_words(one.date, short=True)
    day, _, year = day.rpartition("\u00a0")
    told = [day]
    if before is None or before.date.year != one.date.year:
        told.append(year)
    if one.version is not None:
        told.append(f"version\u00a0{one.version}")
    return "\n".join(told)


def hours(low: float, high: float) -> str:
    """Say a range of hours, or one number where both ends are the same."""
    return amount(low) if low == high else f"{amount(low)} to {amount(high)}"


def amount(number: float) -> str:
    """Write a number as people do: whole from a hundred on, with a blank between thousands."""
    text = f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:,.1f}"
    return text.replace(",", "\u00a0")


def work(one: Work) -> str:
    """Say how much there is of a kind of work."""
    single, several = _WORK[one.kind]
    return f"{one.count} {single if one.count == 1 else several}"


def work_of(kind: str) -> str:
    """Say what a kind of work is called, several of it."""
    words = _WORK[kind][1]
    return words[:1].upper() + words[1:]


_WORK = {
    POINT: ("point to assess", "points to assess"),
    "S": ("action of hours (S)", "actions of hours (S)"),
    "M": ("action of days (M)", "actions of days (M)"),
    "L": ("action of weeks (L)", "actions of weeks (L)"),
    "XL": ("action of months (XL)", "actions of months (XL)"),
    ACTION: ("action of unknown effort", "actions of unknown effort"),
    DOCUMENT: ("document to write", "documents to write"),
}
