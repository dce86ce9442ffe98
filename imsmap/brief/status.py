"""The status report on two to four pages: where it stands and what to decide; what moved; what is open, due, missing.

The pages are put together here from one answer, and set by the formats; nothing is counted anew. The first page stands
for itself: it is what a director gets in a running project.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imsmap.agenda import unsure, when
from imsmap.brief import told
from imsmap.brief.front import MOST_CHOICES, short
from imsmap.brief.model import Brief, Bullets, Choice, Choices, Grid, Numbers, Section, Words
from imsmap.drawing.look import Look
from imsmap.parts import doubt_of
from imsmap.register import schema
from imsmap.register.effort import Effort
from imsmap.report import Report
from imsmap.wording import counted, in_words, listed

if TYPE_CHECKING:
    from imsmap.agenda import DueAction
    from imsmap.analyses.status_report import ReportAnswer

MOST_ROWS = 10
"""Rows of each table; of more it says how many, and where they are."""
MOST_DUE, LEAST_SOON = 14, 4
"""Actions that are late or due, and how many of those to come have room whatever is late."""
MOST_NAMED = 5
"""Things that are missing, by name."""
_IN_HEAD = 4
"""Standards that the head of the page names."""
_CELL, _NAME = 150, 40
"""Characters of a cell, and of somebody's name."""
NOBODY, NO_DATE, NOTHING_YET = "nobody", "no date", "nothing yet"


def status(
    report: Report[ReportAnswer], *, client: str = "", by: str = "", look: Look | None = None, first: bool = False
) -> Brief:
    """Put the report together. by: whose hours and rates an estimate rests on. first: the first page alone."""
    answer = report.answer
    look = look or Look()
    several = len(answer.standards)
    names = listed(side.designation for side in answer.standards) if several <= _IN_HEAD else f"{several} standards"
    today = in_words(answer.date)
    pages = [tuple(_first(answer, look)), *(() if first else _further(answer, report, by))]
    return Brief(
        told.title(answer).replace("**", ""),
        " · ".join(filter(None, (short(client, 80), "Status report", names, today))),
        tuple(page for page in pages if page),
        " · ".join(filter(None, (short(client, 60), f"Mapping data {report.data_version}", today))),
        answer.date,
        look,
    )


def _first(answer: ReportAnswer, look: Look) -> Iterator[Section]:
    """Give what a director reads: how it stands, where, and what to decide."""
    numbers, stacks = told.numbers(answer), told.stacks(answer, look)
    yield Section("", (Words(_why(answer)), *([Numbers(numbers)] if numbers else [])))
    if stacks.rows:
        yield Section("Where it stands, in points", (stacks,))
    if answer.decisions:
        choices = tuple(Choice(one.what, short(one.why, _CELL), one.by) for one in answer.decisions[:MOST_CHOICES])
        yield Section("We ask you to decide", (Choices(choices),))


def _why(answer: ReportAnswer) -> str:
    """Say in two or three sentences how it stands, and what moved."""
    now, assessed = answer.now, answer.figure("assessed").count
    out = answer.figure("scope").count
    where = f"{out.n} of {counted(out.m, 'clause')}"
    if not assessed.m:
        said = [f"{where} {'applies' if out.n == 1 else 'apply'}."]
    elif not answer.has_begun:
        said = [f"Nobody has assessed any of {counted(assessed.m, 'point')} that apply, in {where}."]
    else:
        said = [
            f"Of {counted(now.whole, 'point')} that apply, {answer.conforming} conform, "
            f"{now.points[schema.PARTIAL]} do so in part, {now.points[schema.NOT_CONFORMING]} do not, and "
            f"{now.points[schema.NOT_ASSESSED]} nobody has looked at."
        ]
    if loose := [side.designation for side in answer.standards if side.by_clause]:
        is_in = "it is" if len(loose) == 1 else "they are"
        said.append(f"Of {listed(loose)} only the clauses are known, so {is_in} in no figure of points.")
    open_ = answer.figure("overdue").count
    soon = len(answer.agenda.actions) - sum(one.action.is_overdue for one in answer.agenda.actions)
    if answer.agenda.open:
        among = ", evaluations of compliance among them," if answer.agenda.evaluations else ""
        said.append(
            f"{open_.n} of {counted(open_.m, 'open action')} {'is' if open_.n == 1 else 'are'} late; "
            f"{soon} more{among} {'is' if soon == 1 else 'are'} due by {in_words(answer.agenda.until)}."
        )
    if answer.since is not None and answer.has_begun:
        what = told.moves(answer)
        said.append(f"S{told.since_when(answer)[1:]}: {'; '.join(what) if what else 'no answer moved'}.")
    return " ".join(said)


def _further(answer: ReportAnswer, report: Report[ReportAnswer], by: str) -> Iterator[tuple[Section, ...]]:
    """Give what stands behind the first page, on as many as it takes; what nobody has anything for is left out."""
    yield (
        *_moved(answer),
        *_majors(answer),
        *_due(answer),
        *_missing(answer),
        *_rest(answer),
        *_estimate(answer, by),
        *_method(answer, report),
    )


# --- what moved ------------------------------------------------------------------------------------------------------


def _moved(answer: ReportAnswer) -> Iterator[Section]:
    if answer.since is None or not answer.has_begun:
        return
    head, *rows = figures_then_and_now(answer)
    sentence = f"{told.moved_title(answer).replace('**', '')}."
    what = told.moves(answer)
    yield Section(
        f"What moved {told.since_when(answer)}",
        (
            Words(sentence, strong=True),
            told.columns(answer),
            Grid(head, tuple(rows)),
            *((Bullets(tuple(f"{one}." for one in what)),) if what else ()),
        ),
    )


def figures_then_and_now(answer: ReportAnswer) -> tuple[tuple[str, ...], ...]:
    """Set figures from when what moved is counted beside those of now, under a head."""
    since, now = answer.since, answer.now
    assert since is not None
    days = (since.date, answer.date)
    then, now_of = ({one.key: one.count for one in moment.figures} for moment in (since, now))
    return (
        ("Figure", *(in_words(day, short=True) for day in days)),
        ("Points still to do", f"{since.still} of {since.whole}", f"{now.still} of {now.whole}"),
        *(
            (word, f"{then[key].n} of {then[key].m}", f"{count.n} of {count.m}")
            for key, word in _COMPARED.items()
            if key in then and ((count := now_of[key]).m or then[key].m)
        ),
    )


_COMPARED = {
    "assessed": "Points assessed", "majors": "Majors still open", "overdue": "Open actions late",
    "documents": "Documents missing", "holes": "Clauses without a process",
    "decided": "Controls decided", "late_evaluations": "Evaluations late",
}  # fmt: skip
"""Figures that older days have, too."""


# --- what is open ----------------------------------------------------------------------------------------------------


def _majors(answer: ReportAnswer) -> Iterator[Section]:
    if not answer.majors:
        return
    shown = answer.majors[:MOST_ROWS]
    rows = []
    for one in shown:
        action = one.action
        due = when(action, NO_DATE)
        what = NOTHING_YET if action is None else short(action.text, _CELL)
        who = NOBODY if action is None else short(action.owner, _NAME) or NOBODY
        rows.append((_held([one.place])[0], short(one.gap, _CELL), what, who, due))
    late = frozenset(at for at, one in enumerate(shown) if one.action is not None and one.action.is_overdue)
    count = answer.figure("majors").count
    yield Section(
        f"Open majors: {count.n} of {count.m} found",
        (
            Grid(("Clause", "What is missing", "What is done", "Who", "Due"), tuple(rows), (11, 30, 30, 16, 13), late),
            *_more(len(answer.majors) - len(shown), "Requirements"),
        ),
    )


def _more(count: int, sheet: str) -> tuple[Words, ...]:
    return (Words(f"And {count} more, on the sheet {sheet}."),) if count > 0 else ()


def _due(answer: ReportAnswer) -> Iterator[Section]:
    agenda = answer.agenda
    by_day = sorted(agenda.actions, key=lambda one: one.due)
    late = [one for one in by_day if one.action.is_overdue]
    soon = [one for one in by_day if not one.action.is_overdue]
    if by_day:
        kept = late[: MOST_DUE - min(len(soon), LEAST_SOON)]
        shown = [*kept, *soon[: MOST_DUE - len(kept)]]
        rows = tuple(map(_row, shown))
        alert = frozenset(at for at, one in enumerate(shown) if one.action.is_overdue)
        left = len(by_day) - len(shown)
        undated = f"{agenda.undated} open actions have no date." if agenda.undated > 1 else ""
        undated = "1 open action has no date." if agenda.undated == 1 else undated
        among = ", evaluations of compliance among them" if agenda.evaluations else ""
        whole = f"{counted(agenda.open, 'open action')}{among}"
        yield Section(
            f"Late: {len(late)}; due by {in_words(agenda.until)}: {len(soon)} of {whole}",
            (
                Grid(("Due", "Clause", "What is done", "Who", "Gap"), rows, (13, 11, 44, 19, 13), alert),
                *_more(left, "Actions"),
                *((Words(undated),) if undated else ()),
                *((Words(unsure(agenda.unsure)),) if agenda.unsure else ()),
            ),
        )
    elif agenda.open:
        words = f"None of {counted(agenda.open, 'open action')} is late or due by {in_words(agenda.until)}; "
        yield Section("The next 90 days", (Words(f"{words}{agenda.undated} of them have no date."),))


def _row(one: DueAction) -> tuple[str, ...]:
    due = when(one.action, NO_DATE)
    who = short(one.action.owner, _NAME) or NOBODY
    return due, *_held([one.place or "own"]), short(one.action.text, _CELL), who, one.action.severity


# --- what is missing -------------------------------------------------------------------------------------------------


def _missing(answer: ReportAnswer) -> Iterator[Section]:
    if found := missing(answer):
        yield Section("What is missing", (Bullets(found),))


def missing(answer: ReportAnswer) -> tuple[str, ...]:
    """Say what is missing, a line for each kind of thing, by name."""
    found = []
    if answer.documents:
        count = answer.figure("documents").count
        what = [f"{short(one.what, 60)} ({', '.join(_held(one.clauses[:3]))})" for one in answer.documents]
        names = _named(what, "Documents")
        found.append(f"Documents and records, {count.n} of {count.m}: {names}.")
    count = answer.figure("unowned").count
    if not count.m:
        return (*found, "Processes: none is named yet.")
    if answer.unowned:
        count = answer.figure("unowned").count
        names = _named([short(name, _NAME) for name in answer.unowned], "Processes")
        found.append(f"Owners of processes, {count.n} of {count.m}: {names}.")
    if answer.holes:
        count = answer.figure("holes").count
        names = _named([f"{_held([one.place])[0]} {one.title}" for one in answer.holes], "Processes")
        found.append(f"Processes for clauses, {count.n} of {count.m}: {names}.")
    return tuple(found)


def _held(places: Sequence[str]) -> list[str]:
    """Keep a clause's number on one line with its standard's label."""
    return [place.replace(" ", "\u00a0") for place in places]


def _named(names: list[str], sheet: str) -> str:
    left = len(names) - MOST_NAMED
    if left <= 1:
        return "; ".join(names)
    return f"{'; '.join(names[:MOST_NAMED])}; and {left} more on the sheet {sheet}"


def _rest(answer: ReportAnswer) -> Iterator[Section]:
    """Name what is to be decided, too, and found no room on the first page."""
    if rest := answer.decisions[MOST_CHOICES:]:
        yield Section("Also to be decided", (Bullets(tuple(one.what for one in rest)),))


# --- what it takes ---------------------------------------------------------------------------------------------------


def _estimate(answer: ReportAnswer, by: str) -> Iterator[Section]:
    effort = answer.effort
    if effort is None:
        return
    known = [one for one in effort.work if one.hours is not None]
    rows = [
        (told.work_of(one.kind), str(one.count), told.hours(one.hours.low, one.hours.high))
        for one in known
        if one.hours is not None
    ]
    whole = effort.hours
    rows.append(("In all", "", told.hours(whole.low, whole.high)))
    yield Section(
        "What it takes",
        (
            Words(f"{price(effort)}.", strong=True),
            Grid(("Still to do", "How many", "Hours"), tuple(rows)),
            Words(estimated(effort, by)),
        ),
    )


def price(effort: Effort) -> str:
    """Say the estimate: money where a rate is known, else hours."""
    whole, cost = effort.hours, effort.price
    spent = f"{told.hours(whole.low, whole.high)} hours"
    if cost is None:
        return f"Estimate: {spent}"
    return f"Estimate: {told.hours(cost.low, cost.high)} {effort.currency} for {spent}"


def estimated(effort: Effort, by: str) -> str:
    """Say on what it rests, and what is not in it."""
    rate = effort.hour
    said = f"Hours{' and rates' if rate is not None else ''} are {f'those of {short(by, 60)}' if by else 'our own'}"
    if rate is not None:
        said += f": {told.hours(rate.low, rate.high)} {effort.currency} an hour"
    left = [told.work(one) for one in effort.unknown]
    more = f" Not in it, as no hours are given: {listed(left)}." if left else ""
    return f"{said}. A range, and no fixed price.{more}"


def _method(answer: ReportAnswer, report: Report[ReportAnswer]) -> Iterator[Section]:
    words = (
        "A point is one thing that a standard asks for; counted are those that apply. Still to do: all that do not "
        "conform yet, also those that nobody has looked at. Late: due before "
        f"{in_words(answer.date)} and not done. Every figure is that of the workbook on this day"
        + (", and earlier days are counted by what is asked for today" if answer.since is not None else "")
        + f". Numbers, titles and our own words only: consult the standards. Mapping data {report.data_version}."
    )
    few = doubt_of(answer.standards)
    yield Section("How it is counted", (Words(f"{words} {few}".rstrip()),))
