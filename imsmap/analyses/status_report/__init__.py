"""How a client's project stands: by topic and standard, what moved, what is open, late, due and missing.

Nothing is counted here that a state does not count: figures are those of the Dashboard and the check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field

from imsmap import about
from imsmap.agenda import agenda
from imsmap.analyses.status_report.answer import (
    DOCUMENTS,
    LATE,
    MAJORS,
    POINTS,
    PROCESSES,
    Decision,
    Heap,
    Hole,
    MissingDocument,
    OpenMajor,
)
from imsmap.analyses.status_report.answer import ReportAnswer as ReportAnswer
from imsmap.analyses.status_report.tables import tables, to_json
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import NO_STRUCTURE, number_key, split_ref
from imsmap.parts import Side, sides
from imsmap.reasoning.groups import grouped
from imsmap.register.actions import Action
from imsmap.register.cells import Cells, Key
from imsmap.register.course import Course, Moved, by_status, moment, moved
from imsmap.register.effort import Rates, effort
from imsmap.register.questions import place_of, questions
from imsmap.register.state import REQUIREMENTS, State, words
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import counted, in_words, listed

ABOUT = about.Question(short="How a project stands", takes="project", place=0)
OTHER = "Other"
"""The topic of what the data put under none."""
Placed = Mapping[tuple[str, str], Mapping[str, set[str]]]
"""Points by main clause and topic, and by standard."""
_MANY = 0.1
"""Of the points, from which on those that nobody has looked at weigh more than a missing document."""
_NAMED = 4
"""Places that a reason names; of more it says how many."""


@frozen
class Question:
    """How the project stands about these standards; cells: what people wrote, for the words beside figures.

    documents: what each documented information is, by id. course: how the project stood over time; rates: what somebody
    gave for an estimate.
    """

    standards: tuple[str, ...]
    state: State
    cells: Cells
    documents: Mapping[str, str] = field(factory=dict)
    course: Course = field(factory=Course)
    rates: Rates = field(factory=Rates)


def analyse(graph: ClauseGraph, question: Question) -> Report[ReportAnswer]:
    """Say how it stands."""
    answer = _answer(graph, question)
    found = [answer.figure(key) for key in ("assessed", "majors", "overdue")]
    names = listed(side.designation for side in answer.standards)
    return Report(
        "status-report",
        f"How it stands: {names}",
        graph.library.version,
        tables(answer),
        answer,
        to_json,
        "; ".join(one.words for one in found),
        (
            "Counted are requirement points that apply, open actions, documents and processes, as on the Dashboard. "
            "Earlier days are counted by what is asked for today.",
        ),
        standards=answer.standards,
    )


def _answer(graph: ClauseGraph, question: Question) -> ReportAnswer:
    state, course = question.state, question.course
    standards = sides(graph, question.standards)
    side_of = {side.key: side for side in standards}
    placed = _placed(graph, question.standards)
    topics = tuple(_topics(graph, question, placed))
    now = moment(state, 0)
    majors = tuple(_majors(graph, question, side_of))
    missing = tuple(
        MissingDocument(one.id, question.documents.get(one.id, one.id), tuple(_places(one.unnamed, side_of)))
        for one in state.documents.values()
        if one.is_missing
    )
    unowned = tuple(one.name for one in state.processes if not one.owner)
    holes = tuple(
        Hole(one.ref, side_of[split_ref(one.ref)[0]], split_ref(one.ref)[1], graph.name(one.ref))
        for one in state.clauses.values()
        if one.is_hole
    )
    due = agenda(graph, standards, state)
    late = sorted((one for one in state.actions if one.is_overdue), key=lambda one: (one.by or state.date, one.row))
    return ReportAnswer(
        standards,
        state.date,
        now.figures,
        tuple(_mains(graph, question.state, placed)),
        topics,
        course.moments or (now,),
        course.since,
        moved(course.before, state) if course.before is not None else Moved(),
        majors,
        due,
        missing,
        unowned,
        holes,
        tuple(_decisions(state, majors, late, unowned, holes, missing)),
        effort(state, question.cells, question.rates),
    )


# --- by topic --------------------------------------------------------------------------------------------------------


def _placed(graph: ClauseGraph, standards: tuple[str, ...]) -> Placed:
    """Give the points of each topic by standard, in reading order; each point stands in one."""
    grouping = grouped(graph, standards)
    groups = {group.id: group for group in grouping.groups}
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for asked in questions(grouping):
        topic, main = place_of(asked, graph, groups)
        for verdict in asked.verdicts:
            found.setdefault((main, topic), {}).setdefault(verdict.standard, set()).add(verdict.point)
    return dict(sorted(found.items(), key=lambda entry: number_key(entry[0][0])))


def _topics(graph: ClauseGraph, question: Question, placed: Placed) -> Iterator[Heap]:
    """Count the points of each topic."""
    groups = {group.id: group for group in grouped(graph, question.standards).groups}
    for (main, topic), points in placed.items():
        group = groups.get(topic)
        counts = {key: by_status(question.state, frozenset(refs)) for key, refs in points.items()}
        applying = {key: told for key, told in counts.items() if sum(told.values())}
        number, title = ("", OTHER) if group is None else (group.number or "", group.title)
        yield Heap(topic, number, title, main, applying)


def _mains(graph: ClauseGraph, state: State, placed: Placed) -> Iterator[Heap]:
    """Count the points of each main clause; what lies under none of the structure, under that of its topic."""
    found: dict[str, dict[str, set[str]]] = {}
    for (topic_main, _), points in placed.items():
        for key, refs in points.items():
            for ref in refs:
                clause = ref.partition("#")[0]
                own = graph.main_clause(clause)
                is_own = graph.standard(key).structure != NO_STRUCTURE and own != split_ref(clause)[1]
                main = own if is_own else topic_main
                found.setdefault(main, {}).setdefault(key, set()).add(ref)
    for main, by in sorted(found.items(), key=lambda entry: number_key(entry[0])):
        counts = {key: by_status(state, frozenset(by[key])) for key in by}
        applying = {key: told for key, told in counts.items() if sum(told.values())}
        title = graph.hub_titles.get(main) or next((graph.name(f"{key}:{main}") for key in by), "")
        yield Heap(main, main, title, main, applying)


# --- what is open and missing ----------------------------------------------------------------------------------------


def _majors(graph: ClauseGraph, question: Question, side_of: Mapping[str, Side]) -> Iterator[OpenMajor]:
    """Give the open majors, those first of which the action is due first; those without one begin."""
    actions: dict[str, Action] = {}
    for action in question.state.actions:
        if action.is_open and action.point:
            actions.setdefault(action.point, action)
    found = []
    for ref, point in question.state.points.items():
        if point.is_open_major:
            key, number, _ = split_ref(ref)
            gap = words(question.cells.get(Key(REQUIREMENTS, ref, "gap"))) or graph.point(ref).text
            clause = ref.partition("#")[0]
            found.append(OpenMajor(ref, side_of[key], number, graph.name(clause), gap, actions.get(ref)))
    none = question.state.date.min
    yield from sorted(found, key=lambda one: none if one.action is None or one.action.by is None else one.action.by)


def _places(refs: Iterable[str], side_of: Mapping[str, Side]) -> Iterator[str]:
    named = dict.fromkeys(split_ref(ref)[:2] for ref in refs)
    return (f"{side_of[key].label} {number}" for key, number in named)


# --- what is to be decided -------------------------------------------------------------------------------------------


def _decisions(
    state: State,
    majors: Sequence[OpenMajor],
    late: Sequence[Action],
    unowned: Sequence[str],
    holes: Sequence[Hole],
    missing: Sequence[MissingDocument],
) -> Iterator[Decision]:
    """Give what somebody has to decide so that it goes on, what weighs most first."""
    loose = [one for one in majors if not one.is_planned]
    rest = state.assessed.m - state.assessed.n
    points = Decision(
        POINTS,
        f"Name who assesses {_the(rest, 'point')} that nobody has looked at.",
        f"{rest} of {state.assessed.m} points that apply." if rest < state.assessed.m else "That is all that apply.",
    )
    if loose:
        what = f"Name who closes {_the(len(loose), 'open major')} that nobody has taken on, and by when."
        yield Decision(MAJORS, what, f"Without an action, its owner or its date: {_named(one.place for one in loose)}.")
    planned = [one for one in majors if one.is_planned and one.action and not one.action.is_overdue]
    if late:
        first = late[0]
        assert first.by is not None
        days = (state.date - first.by).days
        least, since = ("", "") if first.due else ("at least ", "by ")
        who = f", {first.owner}" if first.owner else ""
        some = sum(one.is_open and not one.owner for one in late)
        nobody = f" {some} of them {'has' if some == 1 else 'have'} no owner." if some else ""
        yield Decision(
            LATE,
            f"Give {_the(len(late), 'late action')} people and time, or new dates.",
            f"The oldest is {least}{counted(days, 'day')} late ({since}{in_words(first.by)}{who}).{nobody}",
        )
    if rest > _MANY * state.assessed.m:
        yield points
    if not state.processes:
        yield Decision(
            PROCESSES, "Name the processes, and who owns each.", "None is named yet, and an auditor begins with them."
        )
    elif unowned or holes:
        told = []
        if unowned:
            told.append(f"Without an owner: {_some(unowned)}.")
        if holes:
            told.append(f"Without a process: {_named(f'{one.place} {one.title}' for one in holes)}.")
        what = listed(
            [*(["each process"] if unowned else []), *(["each clause that no process answers for"] if holes else [])]
        )
        yield Decision(PROCESSES, f"Name an owner for {what}.", " ".join(told))
    if missing:
        yield Decision(
            DOCUMENTS,
            f"Say who writes {_the(len(missing), 'document')} that {'is' if len(missing) == 1 else 'are'} missing.",
            f"{_some([one.what for one in missing])}.",
        )
    if 0 < rest <= _MANY * state.assessed.m:
        yield points
    if planned:
        dates = [one.action.due for one in planned if one.action and one.action.due]
        yield Decision(
            MAJORS,
            f"Hold to the dates of {_the(len(planned), 'major')} under way.",
            f"{_named(one.place for one in planned)}; the last is due on {in_words(max(dates))}.",
            max(dates),
        )


def _the(number: int, one: str) -> str:
    return f"the {one}" if number == 1 else f"the {counted(number, one)}"


def _further(count: int) -> str:
    return f" and {count - _NAMED} more" if count > _NAMED else ""


def _some(names: Sequence[str]) -> str:
    """Name a few things that have long names."""
    shown = names if len(names) <= _NAMED else names[: _NAMED // 2]
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return f"{'; '.join(shown)}{more}"


def _named(places: Iterable[str]) -> str:
    """Name some of the places, each on one line with its standard's label."""
    found = [place.replace(" ", "\u00a0", 1) for place in dict.fromkeys(places)]
    return f"{', '.join(found[:_NAMED])}{_further(len(found))}" if len(found) > _NAMED else listed(found)
