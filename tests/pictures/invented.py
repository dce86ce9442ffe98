"""Invented reports of realistic size, in the shape that the analyses return."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from itertools import combinations, pairwise, permutations
from typing import NamedTuple, TypeVar

from imsmap import about
from imsmap.agenda import DueAction
from imsmap.analyses import choose
from imsmap.analyses import friends as friends_analysis
from imsmap.analyses import matrix as matrix_analysis
from imsmap.analyses import next90 as next90_analysis
from imsmap.analyses import processes as processes_analysis
from imsmap.analyses import requirements as requirements_analysis
from imsmap.analyses import timeline as timeline_analysis
from imsmap.analyses import transition as transition_analysis
from imsmap.analyses.choose.answer import ChooseAnswer
from imsmap.analyses.friends import FriendsAnswer, SameMatter, SameNumber
from imsmap.analyses.matrix import Addition, MatrixAnswer, PairClass, Topic
from imsmap.analyses.next90 import NextAnswer
from imsmap.analyses.processes import ProcessesAnswer, ServedClause
from imsmap.analyses.requirements import RequiredClause, RequiredPoint, RequirementsAnswer
from imsmap.analyses.timeline import Event, TimelineAnswer
from imsmap.analyses.transition import Change, Day, Transition, TransitionAnswer
from imsmap.decision.rules import Given
from imsmap.drawing import SIZES, Picture
from imsmap.library.model import Colours, Kin
from imsmap.parts import ClauseName, MainClause, Side
from imsmap.pictures import cover as cover_picture
from imsmap.pictures.cover import CoverAnswer
from imsmap.reasoning.coverage import Coverage
from imsmap.register import schema
from imsmap.register.actions import Action
from imsmap.register.questions import Questions
from imsmap.register.state import Asked, ClauseState, ProcessState
from imsmap.report import Json, Report
from imsmap.wording import together
from tests import looking
from tests.building import graph, standard
from tests.choosing import Case
from tests.exporters.excel.library import A, B, small

HEADINGS = {"7.5": "Documented information", "9.2": "Internal audit", "9.3": "Management review"}
MAINS = {
    "4": "Context of the organization",
    "5": "Leadership",
    "6": "Planning",
    "7": "Support",
    "8": "Operation",
    "9": "Performance evaluation",
    "10": "Improvement",
}
# group | title | clauses of the first | of the second | class. A clause is `number title`, `;` divides.
ROWS = """
4.1 | Understanding the organization and its context | 4.1 Context looked at | 4.1 Context looked at | extended
4.2 | Understanding the needs and expectations of interested parties | 4.2 Parties | 4.2 Parties | same
4.3 | Determining the scope of the management system | 4.3 Scope of it all | 4.3 Scope of it all | extended
4.4 | Management system | 4.4.1 | 4.4 The system | extended
process-information | Documented information on processes | 4.4.2 | | none
5.1 | Leadership and commitment | 5.1.1 General | 5.1 Leadership and commitment | extended
customer-focus | Customer focus | 5.1.2 Customer focus | | none
5.2 | Policy | 5.2.1 Setting the policy; 5.2.2 Telling the policy | 5.2 The policy | extended
5.3 | Roles, responsibilities and authorities | 5.3 Roles | 5.3 Roles | extended
6.1 | Actions to address risks and opportunities | 6.1.1; 6.1.2 | 6.1.1 General; 6.1.4 Planning action | extended
environmental-aspects | Environmental aspects | | 6.1.2 Environmental aspects | none
compliance-obligations | Compliance obligations | | 6.1.3 Compliance obligations | none
6.2 | Objectives and planning to achieve them | 6.2.1; 6.2.2 | 6.2.1 Objectives; 6.2.2 Plans for them | extended
6.3 | Planning of changes | 6.3 Planning of changes | | not assessed
7.1 | Resources | 7.1.1 General | 7.1 Resources | extended
people | People | 7.1.2 People | | none
infrastructure | Infrastructure | 7.1.3 Infrastructure | | none
process-environment | Environment for the operation of processes | 7.1.4 Environment for processes | | none
measuring | Monitoring and measuring resources | 7.1.5.1 General; 7.1.5.2 Measurement traceability | | none
knowledge | Organizational knowledge | 7.1.6 Organizational knowledge | | none
7.2 | Competence | 7.2 Competence | 7.2 Competence | same
7.3 | Awareness | 7.3 Awareness | 7.3 Awareness | extended
7.4 | Communication | 7.4 Communication | 7.4.1 General | extended
internal-communication | Internal communication | | 7.4.2 Internal communication | none
external-communication | External communication | | 7.4.3 External communication | none
7.5.1 | General | 7.5.1 General | 7.5.1 General | same
7.5.2 | Creating and updating | 7.5.2 Creating and updating | 7.5.2 Creating and updating | same
7.5.3 | Control of documented information | 7.5.3.1; 7.5.3.2 | 7.5.3 Control of documented information | extended
8.1 | Operational planning and control | 8.1 Planning | 8.1 Operational planning and control | extended
requirements | Requirements for products and services | 8.2.1 Talking with customers; 8.2.2 Finding; 8.2.3.1 | | none
design | Design and development of products and services | 8.3.1 General; 8.3.2 Planning; 8.3.3 Inputs | | none
external | Control of externally provided processes, products and services | 8.4.1 General; 8.4.2 Extent | | related
production | Production and service provision | 8.5.1 Control; 8.5.2 Identification; 8.5.5 After delivery | | none
release | Release of products and services | 8.6 Release of products and services | | none
nonconforming | Control of nonconforming outputs | 8.7.1; 8.7.2 | | none
emergency | Emergency preparedness and response | | 8.2 Emergency preparedness and response | none
9.1 | Monitoring, measurement, analysis and evaluation | 9.1.1 General | 9.1.1 General | extended
satisfaction | Customer satisfaction | 9.1.2 Customer satisfaction | | none
compliance-evaluation | Evaluation of compliance | | 9.1.2 Evaluation of compliance | none
9.2.1 | General | 9.2.1 | 9.2.1 General | same
9.2.2 | Internal audit programme | 9.2.2 | 9.2.2 Internal audit programme | extended
9.3.1 | General | 9.3.1 General | 9.3 Management review | extended
9.3.2 | Management review inputs | 9.3.2 Management review inputs | | extended
9.3.3 | Management review results | 9.3.3 Management review outputs | | extended
10.1 | Continual improvement | 10.3 Continual improvement | 10.3 Continual improvement | same
improvement | Improvement in general | 10.1 General | 10.1 General | related
10.2 | Nonconformity and corrective action | 10.2.1; 10.2.2 | 10.2 Nonconformity and corrective action | extended
"""
OWN_HEADINGS = {
    "8.2": "Requirements for products and services",
    "8.3": "Design and development of products and services",
    "8.4": "Control of externally provided processes, products and services",
    "8.5": "Production and service provision",
    "8.7": "Control of nonconforming outputs",
}


class Invented(NamedTuple):
    """A discipline and its standard."""

    letter: str
    discipline: str
    designation: str
    colours: tuple[str, str, str]
    label: str = ""


DISCIPLINES = (
    Invented("Q", "quality", "ISO 90001:2031", ("#00507D", "#0072B2", "#AACCDF")),
    Invented("E", "environment", "ISO 14901:2031", ("#00704F", "#009E73", "#A9DECE")),
    Invented("S", "OH&S", "ISO 45901:2033", ("#A84300", "#D55E00", "#E0C2AD")),
    Invented("I", "information security", "ISO/IEC 27901:2030", ("#7A4FA3", "#7A4FA3", "#CBC3D3")),
    Invented("N", "energy", "ISO 50901:2029", ("#E69F00", "#E69F00", "#E2D4B3")),
    Invented("B", "business continuity", "ISO 22901:2030", ("#6B3E26", "#6B3E26", "#D2C2B9")),
)
_SHARES = (Kin.SAME, Kin.EXTENDED, Kin.RELATED)
Answer = TypeVar("Answer")


def matrix(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report[MatrixAnswer]:
    """Invent a matrix of some standards; titles may be lengthened, and words swapped for nastier ones."""

    def words(text: str) -> str:
        for old, new in (swap or {}).items():
            text = text.replace(old, new)
        return text + " " + ("n" * 7 + " ") * round(len(text) * (lengthen - 1) / 8) if lengthen > 1 else text

    keys = [f"invented{index}-2031" for index in range(count)]
    told = dict(zip(keys, DISCIPLINES, strict=False))
    topics = [_topic(line, told, words) for line in ROWS.strip().splitlines()]
    leaves = {
        key: tuple(sorted((one for topic in topics for one in topic.clauses[key]), key=lambda one: _place(one.number)))
        for key in keys
    }
    answer = MatrixAnswer(
        tuple(_side(key, one, words, len(leaves[key]), renamed=swap is not None) for key, one in told.items()),
        Colours("#4D4D4D", "#C6C6C6"),
        tuple(MainClause(number, words(title)) for number, title in MAINS.items()),
        {number: words(title) for number, title in HEADINGS.items()},
        {key: {n: words(t) for n, t in OWN_HEADINGS.items()} for key in keys},
        leaves,
        tuple(topics),
        {clause.ref: _closest(topic, key) for topic in topics for key in keys for clause in topic.clauses[key]},
        {},
        tuple(_coverage(topics, leaves, of, by) for of, by in permutations(keys, 2)),
    )
    return _report("matrix", answer, matrix_analysis.to_json)


Words = Callable[[str], str]


def _place(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _side(key: str, told: Invented, words: Words, leaves: int, *, renamed: bool) -> Side:
    dark, accent, tint = told.colours
    return Side(
        key,
        words(told.designation) if renamed else told.designation,
        words("Management systems, requirements"),
        told.discipline,
        told.discipline,
        told.letter,
        told.label or told.letter,
        Colours(dark, tint),
        accent,
        "1",
        "2031-01",
        "current",
        leaves,
        leaves,
        leaves,
        0.9,
    )


def _topic(line: str, told: Mapping[str, Invented], words: Words) -> Topic:
    """Invent a row: standards after the second repeat the first two where the row is of the common structure."""
    id_, title, first, second, kin = (part.strip() for part in line.split("|"))
    keys = list(told)
    clauses = {
        key: _clauses(key, (first, second)[index % 2] if index < 2 or id_[0] in "1456789e" else "", title, words)
        for index, key in enumerate(keys)
    }
    is_core = id_[0].isdigit()

    def between(one: str, other: str) -> Kin:
        if (one, other) == (keys[0], keys[1]) or not (clauses[one] and clauses[other]):
            return Kin(kin)
        return Kin.EXTENDED if is_core else Kin.NONE

    present = tuple(key for key in keys if clauses[key])
    return Topic(
        id_,
        id_.split(".")[0] if is_core else (first or second).split(".")[0],
        id_ if is_core else None,
        words(title),
        clauses,
        dict.fromkeys(keys, ()),
        tuple(
            PairClass(one, other, between(one, other), jointly=False)
            for one, other in combinations(keys, 2)
            if clauses[one] or clauses[other]
        ),
        Kin(kin),
        {key: (Kin.SAME if kin == "same" else Kin.EXTENDED) if is_core and clauses[key] else None for key in keys},
        (),
        {key: _adds(key, clauses[key], Kin(kin)) for key in keys},
        dict.fromkeys(keys, ()),
        present,
        together(told[key].label or told[key].letter for key in present),
        "one document",
        ("8.2",) if id_ in ("requirements", "emergency") else (),
        {key: _points(clauses[key], Kin(kin)) for key in keys},
    )


def _points(clauses: Sequence[ClauseName], kin: Kin) -> dict[Kin, int]:
    """Invent points: three for each clause that has the class of its row, and two that stand alone."""
    told = Kin.SAME if kin is Kin.EXTENDED else kin
    found = {told: 3 * len(clauses), Kin.NONE: (5 if told is Kin.NONE else 2) * len(clauses)}
    return {one: count for one, count in found.items() if count}


def _adds(key: str, clauses: Sequence[ClauseName], kin: Kin) -> tuple[Addition, ...]:
    count = sum(count for one, count in _points(clauses, kin).items() if not one.is_core)
    return tuple(Addition(f"{clauses[0].ref}#adds-{at}", "an invented addition") for at in range(count))


def _closest(topic: Topic, key: str) -> Kin:
    kins = (one.kin for one in topic.classes if key in (one.subject, one.object))
    return min(kins, key=lambda kin: kin.distance, default=Kin.NONE)


def _coverage(topics: Iterable[Topic], leaves: Mapping[str, tuple[ClauseName, ...]], of: str, by: str) -> Coverage:
    kins = {}
    for topic in topics:
        kin = next((one.kin for one in topic.classes if {one.subject, one.object} == {of, by}), Kin.NONE)
        kins |= {clause.number: kin for clause in topic.clauses[of]}
    numbers = [clause.number for clause in leaves[of]]
    covered = sum(kins[number] in _SHARES for number in numbers)
    unassessed = tuple(sorted(number for number in numbers if kins[number] is Kin.NOT_ASSESSED))
    uncovered = tuple(number for number in numbers if kins[number] is Kin.NONE)
    same = min(5, covered)
    return Coverage(
        of, by, "leaf clause", same, covered - same, 0, 0, 0, len(uncovered), len(unassessed), (), uncovered, unassessed
    )


def _clauses(key: str, text: str, fallback: str, words: Words) -> tuple[ClauseName, ...]:
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        number, _, title = part.partition(" ")
        found.append(_clause(key, number, words(title or fallback)))
    return tuple(found)


def _clause(key: str, number: str, title: str) -> ClauseName:
    parts = number.split(".")
    line = tuple(".".join(parts[:level]) for level in range(len(parts), 0, -1))
    return ClauseName(f"{key}:{number}", number, title, title, line)


def requirements(
    count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None
) -> Report[RequirementsAnswer]:
    """Invent the requirements of some standards: the clauses of the matrix with their headings."""
    source = matrix(count, lengthen, swap).answer
    clauses = []
    for side in source.standards:
        key = side.key
        leaves = {clause.number: clause.title for clause in source.leaves[key]}
        numbers = {".".join(n.split(".")[:i]) for n in leaves for i in range(1, n.count(".") + 2)}
        titles = {
            **{main.number: main.title for main in source.main_clauses},
            **source.core_headings,
            **source.headings[key],
            **leaves,
        }
        for number in sorted(numbers, key=_place):
            title = titles.get(number, f"Clause {number}")
            point = RequiredPoint(f"{key}:{number}#x", "x", None, None, None, None)
            clauses.append(
                RequiredClause(
                    key,
                    _clause(key, number, title),
                    titles.get(number, ""),
                    number.rpartition(".")[0] or None,
                    number in leaves,
                    None,
                    tuple(f"{key}:{leaf}" for leaf in leaves if f"{leaf}.".startswith(f"{number}.")),
                    (point,) if number in leaves else (),
                )
            )
    answer = RequirementsAnswer(
        source.standards, tuple(clauses), source.main_clauses, (), Asked((), Questions(()), frozenset(), {})
    )
    return _report("requirements", answer, requirements_analysis.to_json)


def _report(name: str, answer: Answer, to_json: Callable[[Answer], Mapping[str, Json]]) -> Report[Answer]:
    title = name.capitalize()
    return Report(name, title, "2031.1", (), answer, to_json, "an invented message", ("an invented note",))


FALSE_FRIENDS = ("6.1", "6.2", "6.3", "7.1", "7.4", "8.1", "8.2", "8.3", "8.4", "8.5", "9.1", "9.2")


def friends(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report[FriendsAnswer]:
    """Invent false friends: as if nothing were shared under some numbers that two standards use."""
    source = requirements(count, lengthen, swap).answer
    named: dict[str, list[ClauseName]] = {}
    for entry in source.clauses:
        if entry.clause.number in FALSE_FRIENDS:
            named.setdefault(entry.clause.number, []).append(entry.clause)
    found = tuple(
        SameNumber(
            number,
            one,
            other,
            "Weak tie (2 of 10): records" if number == "8.2" else "",
            *(("agree what is wanted" + " n" * round(9 * (lengthen - 1)), "be ready") if number != "7.1" else ("", "")),
        )
        for number, clauses in named.items()
        for one, other in combinations(clauses, 2)
    )
    ends = [
        (one.subject, other.object) for one, other in pairwise(found) if one.object.standard == other.object.standard
    ]
    hidden = tuple(
        SameMatter(one, other, Kin.EXTENDED if at == 3 else Kin.RELATED, False, None if at == 3 else 4 + at % 4, (), (),
                   (f"matter {at % 6}" + " n" * round(9 * (lengthen - 1)),))
        for at, (one, other) in enumerate(ends)
        if one.standard != other.standard
    )  # fmt: skip
    return _report("friends", FriendsAnswer(source.standards, found, hidden), friends_analysis.to_json)


def timeline(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report[TimelineAnswer]:
    """Invent edition windows: every second edition is replaced, every third amended."""
    standards = matrix(count, lengthen, swap).answer.standards
    events = []
    for at, side in enumerate(standards):
        end = "n" * 7 + " "
        told = [("published", f"202{at}-0{at + 1}", side.designation)]
        if at % 3 == 0:
            told.append(("amended", "2031-02", "Amd 1:2031: " + end * round(4 * lengthen)))
        if at % 2 == 0:
            told.append(("replaced", f"2031-0{at + 1}-15", side.designation.replace("20", "21")))
        if at == 0:
            told += [("last certificates", "2032-07-31", side.designation), ("ends", "2034-01-31", side.designation)]
        events += [Event(side.key, kind, date, what, 0.7, "an invented source") for kind, date, what in told]
    replaced = tuple(event.standard for event in events if event.kind == "replaced")
    answer = TimelineAnswer(standards, tuple(events), replaced, today="2031-11-28")
    return _report("timeline", answer, timeline_analysis.to_json)


def transition(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report[TransitionAnswer]:
    """Invent what changes from the first edition to the second: some of each kind."""
    answer = matrix(count, lengthen, swap).answer
    old, new = answer.standards[:2]
    after = {leaf.number: leaf for leaf in answer.leaves[new.key]}
    hows = (("unchanged",), ("broadened", "retitled"), ("clarified",), ("editorial",), ("split", "renumbered"))
    changes: list[Change] = []
    for at, leaf in enumerate(answer.leaves[old.key]):
        other = after.pop(leaf.number, None)
        types = hows[at % len(hows)] if other else ("withdrawn",)
        changes.append(Change(leaf, other, types, "an invented note", 0.8, "an invented source", leaf=True, points=3))
    changes += [Change(None, leaf, ("new",), "", 0.95, "an invented source", leaf=True) for leaf in after.values()]
    days = (Day("published", "2031-01-02", "buy it", 0.95, "an invented source"),)
    told = (Transition(old, new, tuple(changes), (), days),)
    return _report("transition", TransitionAnswer((old, new), told), transition_analysis.to_json)


def cover(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report[CoverAnswer]:
    """Invent what a cover says: a client with a long name and scope."""
    scope = "Contract plating and coating of customers' steel parts up to 4 m, with laboratory and stores, at one site"
    scope += " n" * round(60 * (lengthen - 1))
    standards = matrix(count, lengthen, swap).answer.standards
    tally = matrix(count, lengthen, swap).answer.shares.tally()
    answer = CoverAnswer(standards, "Invented Coatings Ltd", scope, "2031-01-02", tally)
    return _report("cover", answer, cover_picture.to_json)


def processes(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report[ProcessesAnswer]:
    """Invent processes by clause: a dozen, every ninth leaf clause without one, one that does not apply."""
    source = requirements(count, lengthen, swap).answer
    names = ("Lead and review", "Plan risks, aspects and objectives", "Quote and agree orders", "Plate", "Coat",
             "Inspect and release", "Pack", "Buy and control providers", "Maintain plant and buildings",
             "Find, train and inform people", "Treat effluent, waste and emissions", "Audit")  # fmt: skip
    given = tuple(
        ProcessState(f"p{at}", name + " n" * round(20 * (lengthen - 1)), "" if at == 6 else "Ann", 1)
        for at, name in enumerate(names)
    )
    leaves = []
    for at, one in enumerate(one for one in source.clauses if one.leaf):
        marks = {f"p{(at * step) % 12}": mark for step, mark in ((7, "·"), (5, "S"), (1, "P"))} if at % 9 else {}
        status = schema.NOT_APPLICABLE if at == 18 else schema.CONFORMING
        leaves.append(ServedClause(one.standard, one.clause, ClauseState(one.clause.ref, status, marks, at == 27)))
    counted = [one.state for one in leaves if one.state.in_scope]
    headings = {one.clause.ref: one.clause.title for one in source.clauses}
    holes = sum(one.is_hole for one in counted)
    answer = ProcessesAnswer(source.standards, headings, given, tuple(leaves), len(counted) - holes, len(counted))
    return _report("processes", answer, processes_analysis.to_json)


def next90(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report[NextAnswer]:
    """Invent eleven actions that are due, some overdue, one without an owner, one of nobody's clause."""
    source = requirements(count, lengthen, swap).answer
    leaves = [one for one in source.clauses if one.leaf]
    side_of = {side.key: side for side in source.standards}
    actions = []
    for at, one in enumerate(leaves[:55:5]):
        own = at == 7
        due = datetime.date(2030 if at < 2 else 2031, 1 + at % 3, 15)
        action = Action(
            f"row {at}",
            "" if own else one.points[0].id,
            f"See to it: {one.clause.title}, and write down what came of it",
            "" if at == 2 else "Priya Nandakumar, operations manager",
            "Major" if at < 3 else "" if own else "Minor",
            due,
            is_open=True,
            is_overdue=at < 2,
        )
        actions.append(
            DueAction(action, due, None, "")
            if own
            else DueAction(action, due, side_of[one.standard], one.clause.number)
        )
    day, until = datetime.date(2031, 1, 2), datetime.date(2031, 4, 2)
    return _report(
        "next90", NextAnswer(source.standards, day, until, tuple(actions), 20, 15, 1), next90_analysis.to_json
    )


def choice(count: int, lengthen: float, swap: dict[str, str] | None) -> Report[ChooseAnswer]:
    """Answer for two invented standards of which one criterion is known."""
    case = Case(given={"law": Given(3, 5, "Two notices")})
    return choose.analyse(small(), choose.Question((A, B), case))


def asked(of: str, count: int) -> Report:
    """Put a question that has no invented answer here to standards of one clause each."""
    keys = tuple(f"iso{number}-2030" for number in range(1, count + 1))
    question = importlib.import_module(f"imsmap.analyses.{of}")
    return question.analyse(graph(*(standard(key, {"4.1": ["=issues"]}) for key in keys)), question.Question(keys))


REPORTS = {
    "cover": cover, "processes": processes, "next90": next90, "friends": friends, "timeline": timeline,
    "transition": transition, "choice": choice,
}  # fmt: skip


_reports: dict[object, Report] = {}
_drawn: dict[tuple[str, int, str], tuple[Report, tuple[Picture, ...]]] = {}


def is_invented(name: str) -> bool:
    """Tell whether the answer that a picture draws is invented here, and not asked for."""
    return name in REPORTS or about.pictures()[name].of == "matrix"


def report_for(name: str, count: int, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent the report that a picture draws, once: it is frozen."""
    of = about.pictures()[name].of
    make = REPORTS.get(name, matrix) if is_invented(name) else None
    key = make or of, count, lengthen, tuple((swap or {}).items()), DISCIPLINES
    if key not in _reports:
        _reports[key] = asked(of, count) if make is None else make(count, lengthen, swap)
    return _reports[key]


def draw(name: str, report: Report, size: str = "16:9") -> tuple[Picture, ...]:
    """Draw a picture by its name; the same report is drawn once."""
    key = name, id(report), size
    if key not in _drawn:
        picture = importlib.import_module(f"imsmap.pictures.{name}")
        # Whoever asks first, what is drawn of each picture counts; other sizes repeat it.
        with looking.on() if size == "16:9" else nullcontext():
            # The report is kept beside its picture, so that no other takes its identity.
            _drawn[key] = report, picture.draw(report, SIZES[size])
    return _drawn[key][1]
