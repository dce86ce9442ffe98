"""The first page of the brief: what is recommended, why, and what is to be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imsmap.brief.model import Bars, Beside, Bullets, Choice, Choices, Part, Run, Section, Standing, Strip, Units, Words
from imsmap.decision.rules import NEITHER, PHASED, TOGETHER, UNDECIDED
from imsmap.drawing.look import Look
from imsmap.drawing.story import numbers, story
from imsmap.library.numbers import number_key
from imsmap.wording import counted, dated, listed, topics_of

if TYPE_CHECKING:
    from imsmap.analyses.choose.answer import ChooseAnswer
    from imsmap.analyses.matrix import MatrixAnswer
    from imsmap.reasoning.shares import Tally

_BLANKS = re.compile(r"[^\S\u00a0]+")
"""All but those that hold words together."""
MOST_CHOICES, _LINE = 3, 120
"""What a board decides on one page, and the characters of the reason for it."""
_TITLES = {
    PHASED: "Build one system for {both}; certify one after the other",
    TOGETHER: "Build one system for {both}; certify both together",
    NEITHER: "Seek no certificate yet; look again when somebody asks for one",
    UNDECIDED: "Do not choose a standard yet: first find out what decides it",
}


def _whole(why: str) -> str:
    """Say why in a line; of a longer reason its first part, so that no date is cut."""
    return why if len(why) <= _LINE else f"{short(why.partition('; ')[0].rstrip('.'), _LINE)}."


def short(text: str, most: int) -> str:
    """Cut what somebody wrote, so that the pages stay two."""
    words = _BLANKS.sub(" ", text).strip()
    if len(words) <= most:
        return words
    kept = words[: most - 1].rstrip()
    # Half a word, or half a date, says something else; what is one long word can only be cut.
    whole = kept if words[most - 1 : most].isspace() else kept.rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else kept).rstrip(" ,;:(") + "…"


def title(choose: ChooseAnswer, standing: Standing | None) -> str:
    """Say what is recommended."""
    if standing is not None and standing.has_begun and choose.answer == UNDECIDED:
        told = []
        if standing.majors:
            told.append(counted(standing.majors, "open major"))
        if standing.late:
            told.append(counted(standing.late, "late action"))
        if told:
            return f"Close {listed(told)} before anything new begins"
        n, m = standing.assessed
        return f"Go on as one system: {n} of {m} points are assessed"
    case, both = choose.case, listed(choose.disciplines.values())
    if all(case.holds(side) for side in case.sides):
        return f"Run {both} as one system"
    side = case.leading(choose.answer)
    if side is not None:
        return f"Begin with {choose.named[side]}; build so that {choose.named[case.other(side)]} fits in later"
    return _TITLES[choose.answer].format(both=both)


def front(
    choose: ChooseAnswer, matrix: MatrixAnswer, newer: str, standing: Standing | None, look: Look
) -> Iterator[Section | Beside]:
    """Give the sections of the page."""
    tally = matrix.shares.tally()
    looks = look.palettes(matrix.standards)
    runs = tuple(Run(round(s.count), s.kind, s.looks, s.letter) for s in story(tally, matrix.standards, looks))
    yield Section("", (Words(_why(choose, matrix, standing)), Strip(runs, numbers(tally))))
    yield Section("We ask you to decide", (Choices(tuple(_choices(choose, tally, newer, standing))[:MOST_CHOICES]),))
    rows = []
    for main in matrix.main_clauses:
        found = story(matrix.shares.tally((main.number,)), matrix.standards, looks)
        told = tuple(Run(round(s.count), s.kind, s.looks, s.letter) for s in found)
        rows.append((f"{main.number} {main.title}", told))
    # Figures may be counted on the edition to aim at, which has its standard's colours.
    ends = {
        one.coverage.by: (one.name, side.key)
        for one, side in zip(choose.brings, choose.standards.values(), strict=True)
    }
    parts = tuple(
        Part(f"Has {one.name}, wants {ends[one.coverage.of][0]}", one.coverage.n, one.coverage.m,
             looks[ends[one.coverage.of][1]])
        for one in choose.brings
    )  # fmt: skip
    yield Beside(
        (
            Section("Where the work is", (Units(tuple(rows)),)),
            Section("What one brings for the other", (Bars(parts),)),
        )
    )
    yield Beside(
        (
            Section("What it costs", (Bullets(tuple(_costs(choose))),)),
            Section("What could go wrong", (Bullets(tuple(_risks(matrix, standing))),)),
            Section("What we do not know", (Bullets(tuple(_unknown(choose, newer))),)),
        )
    )


def _are(number: int) -> str:
    return f"{number} {'is' if number == 1 else 'are'}"


def _why(choose: ChooseAnswer, matrix: MatrixAnswer, standing: Standing | None) -> str:
    tally = matrix.shares.tally()
    names = listed(side.designation for side in matrix.standards)
    said = [f"{choose.sentence}" if standing is None or choose.answer != UNDECIDED else ""]
    if standing is not None and standing.has_begun:
        n, m = standing.assessed
        said.append(
            f"{n} of {m} points that apply are assessed; {standing.late} of {standing.open} open actions are late."
        )
    said.append(
        f"Of {tally.total} {topics_of(tally)} of {names}, {tally.core} share{'s' if tally.core == 1 else ''} a core "
        f"that is built once, and each standard adds its part; {_are(tally.related)} looked at together; "
        f"{_are(tally.by_themselves)} asked by one standard only."
    )
    other = [
        (side.designation, choose.named[number])
        for number, side in choose.standards.items()
        if choose.named[number] != side.designation
    ]
    if other:
        olds, news = (listed(names) for names in zip(*other, strict=True))
        said.append(f"These figures are of {olds}, which {news} {'replaces' if len(other) == 1 else 'replace'}.")
    if tally.not_assessed:
        said.append(f"{tally.not_assessed} nobody has looked at.")
    return " ".join(filter(None, said))


def _choices(choose: ChooseAnswer, tally: Tally, newer: str, standing: Standing | None) -> Iterator[Choice]:
    if standing is not None and (standing.late or standing.majors):
        yield Choice(
            "Close what is late and what is major before anything new begins.",
            f"{standing.late} of {standing.open} open actions are late; {counted(standing.majors, 'major')} open.",
        )
    running = standing is not None and standing.has_begun
    dates = [gate.date for gate in choose.outcome.gates if gate.date is not None]
    first = min(dates) if dates else None
    if choose.answer != UNDECIDED:
        yield Choice(f"{title(choose, None)}.", dated(short(choose.reasons[0], _LINE)), first)
    elif not running:
        yield Choice(
            "Name who finds out what decides it.",
            f"{counted(len(choose.deciding), 'question')} would decide it; the next page names the first.",
        )
    yield Choice(
        "One owner for one system, with days a month.",
        f"{tally.core} of {tally.total} {topics_of(tally)} are kept once; one internal audit, one management review.",
    )
    if newer:
        late = [aim for aim in choose.aims.values() if aim.late]
        aims = late or [aim for aim in choose.aims.values() if aim.why]
        olds = [choose.standards[aim.side].designation for aim in aims]
        replaced = all(old != aim.designation for old, aim in zip(olds, aims, strict=True))
        why = f"They replace {listed(olds)}." if len(aims) > 1 and replaced and not late else dated(_whole(aims[0].why))
        yield Choice(f"Build for {listed(aim.designation for aim in aims)}.", why)


def _costs(choose: ChooseAnswer) -> Iterator[str]:
    effort = choose.effort
    if effort is None:
        yield "Days of your people: ______ (your figure)"
    else:
        yield f"Both as one system: {effort.together.low:g} to {effort.together.high:g} hours, by your estimate"
    yield "Audit days: ask your certification body"
    yield "One internal audit and one review for both"


def _risks(matrix: MatrixAnswer, standing: Standing | None) -> Iterator[str]:
    misleading = sorted({number for topic in matrix.topics for number in topic.false_friends}, key=number_key)
    if misleading:
        yield f"Same number, different duty: {listed(misleading)}"
    if standing is not None and standing.unowned:
        yield f"{counted(standing.unowned, 'process', 'processes')} without an owner"
    if alone := matrix.shares.tally().by_themselves:
        yield f"Forgotten: what only one standard asks for ({counted(alone)})"
    yield "Taking a counterpart for conformity"


def _unknown(choose: ChooseAnswer, newer: str) -> Iterator[str]:
    if choose.answer == UNDECIDED:
        yield "Who asks for a certificate, and by when"
    if newer:
        yield "When your body audits to the new editions"
    yield "Whether our data match the texts: compare"
