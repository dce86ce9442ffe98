"""Two pages for a director: what to decide; then the answer with reasons, what is new, next 90 days, method.

The pages are put together here from reports, and set by the formats; nothing is asked or counted anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from imsmap.brief.front import front, short, title
from imsmap.brief.model import Brief as Brief
from imsmap.brief.model import Bullets, Grid, Section, Standing, Words
from imsmap.decision.rules import (
    AHEAD,
    COUNTS,
    MOST_SCORE,
    NEITHER,
    PHASED,
    TOGETHER,
    UNDECIDED,
)
from imsmap.drawing.look import Look
from imsmap.parts import doubt_of
from imsmap.report import Report
from imsmap.wording import dated, in_words

if TYPE_CHECKING:
    from imsmap.analyses.choose.answer import ChooseAnswer, Span, Turn
    from imsmap.analyses.compare import CompareAnswer
    from imsmap.analyses.matrix import MatrixAnswer

MOST_REASONS, MOST_DOUBTS, MOST_NAMES = 5, 2, 5
"""What fits the second page: reasons, doubts about the answers, and clauses by name."""


def brief(
    choose: Report[ChooseAnswer],
    compare: Report[CompareAnswer],
    matrix: Report[MatrixAnswer],
    *,
    date: datetime.date,
    client: str = "",
    standing: Standing | None = None,
    look: Look | None = None,
) -> Brief:
    """Put the two pages together from what was chosen, compared and set side by side.

    standing: how a client's project stands; nobody else's brief has figures of its own. look: the client's.
    """
    chosen = choose.answer
    names = {side: standard.designation for side, standard in chosen.standards.items()}
    told = " and ".join(names[side] for side in chosen.case.sides)
    if len(matrix.answer.standards) > len(names):
        told += f", among {len(matrix.answer.standards)} standards"
    newer = chosen.newer
    look = look or Look()
    return Brief(
        title(chosen, standing),
        " · ".join(filter(None, (short(client, 80), told, in_words(date)))),
        (
            tuple(front(chosen, matrix.answer, newer, standing, look)),
            (
                _answer(chosen, newer),
                _neither(compare.answer),
                _change(chosen),
                _new(chosen),
                _ninety(chosen),
                _method(chosen, compare.answer, choose.data_version),
            ),
        ),
        " · ".join(filter(None, (short(client, 60), f"Mapping data {choose.data_version}", in_words(date)))),
        date,
        look,
    )


def _answer(choose: ChooseAnswer, newer: str) -> Section:
    answer = choose.answer
    message = f"{answer[0].upper()}{answer[1:]}. {choose.sentence}"
    told = (
        *choose.reasons[:MOST_REASONS],
        *(f"To be looked at: {doubt}" for doubt in choose.doubts[:MOST_DOUBTS]),
    )
    return Section(
        "The answer",
        (
            Words(message, strong=True),
            Bullets(tuple(dated(short(one, 140 if newer or len(told) > MOST_REASONS else 240)) for one in told)),
            *((Words(dated(newer)),) if newer else ()),
        ),
    )


def _neither(compare: CompareAnswer) -> Section:
    if not compare.answers:
        return Section(
            "Why neither is better", (Words("They have different beneficiaries, and share much of the system."),)
        )
    one = compare.answers[0]
    choices = tuple(f"ISO {choice.family} when: {choice.when}" for choice in one.choices)
    return Section("Why neither is better", (Words(f"{one.question} {one.answer}"), Bullets(choices), Words(one.both)))


def _change(choose: ChooseAnswer) -> Section:
    if choose.answer == UNDECIDED:
        items = tuple(f"{entry.what} {entry.find}" for entry in choose.deciding[:4])
        return Section("What would decide it: find out first", (Bullets(items),))
    items = tuple(
        f"{title}: {change.what} {change.before} to {change.after} would make it: {change.answer}."
        for title, change in ((turn.title, turn.change) for turn in _few(choose.flips))
    )
    if choose.by_gate:
        words = (
            "A gate decides. If the obligation falls away or names another standard, the answer is to be taken anew."
        )
        return Section("What would change it", (Words(words),))
    if not items:
        return Section("What would change it", (Words("No single weight and no single score, changed alone."),))
    return Section("What would change it: the smallest changes", (Bullets(items),))


def _few(turns: Iterable[Turn]) -> list[Turn]:
    """Take two changes of a weight and two of a score."""
    found = list(turns)
    return [turn for what in ("weight", "score") for turn in [one for one in found if one.change.what == what][:2]]


def _new(choose: ChooseAnswer) -> Section:
    called = {brings.coverage.by: brings.name for brings in choose.brings}
    items = []
    for brings in choose.brings:
        entry, left = brings.coverage, brings.left
        listed = [f"{clause.number} {clause.title}" for clause in left[:MOST_NAMES]]
        more = f" and {len(left) - MOST_NAMES} more" if len(left) > MOST_NAMES else ""
        told = f": {'; '.join(listed)}{more}" if left else ""
        items.append(
            f"With {called[entry.by]} in place, {entry.n} of {entry.m} leaf clauses of {called[entry.of]} have a "
            f"counterpart: {entry.same + entry.extended} share a requirement, mostly with more beside it, and "
            f"{entry.related} are only related."
            + (f" {_without(len(left), entry.touches)}{told}." if left else "")
            + (f" {entry.not_assessed} more nobody has looked at." if entry.not_assessed else "")
        )
    words = (
        "Counted in leaf clauses, the numbered parts that hold requirements. Where there is a counterpart there is "
        "work, too: each subject still has to be dealt with."
    )
    return Section("What is new", (Words(words), Bullets(tuple(items)), *_effort(choose)))


def _without(count: int, touched: int) -> str:
    """Say how many have no counterpart, and how many of these are touched at least."""
    if count == 1:
        return "1 has none and is only touched" if touched else "1 has none"
    return f"{count} have none, {touched} of them only touched" if touched else f"{count} have none"


def _effort(choose: ChooseAnswer) -> Iterable[Words]:
    effort = choose.effort
    if effort is None:
        return
    alone = [f"{choose.named[side]} alone {_hours(effort.alone[side])}" for side in choose.case.sides]
    yield Words(f"Hours, by your own estimate: {', '.join(alone)}, both as one system {_hours(effort.together)}.")


def _hours(span: Span) -> str:
    return f"{span.low:g} to {span.high:g}"


def _ninety(choose: ChooseAnswer) -> Section:
    first = choose.case.leading(choose.answer) or choose.outcome.order
    work = {side: one.work for side, one in choose.case.candidates.items()}
    both = "; ".join(work.values())
    steps = {
        UNDECIDED: (
            'Settle what is listed under "find out first"; name an owner and days a month.',
            "Take the decision again with evidence; build what serves either: context, policy, documents.",
            "Gap analysis for the standard chosen; plan with dates; talk to certification bodies.",
        ),
        NEITHER: (
            "Keep a short list of who might ask for a certificate, with an owner who looks at it.",
            "Settle what hurts without a certificate: audits, reviews and documents where they are missing.",
            "Look at the criteria again, and whenever a contract, tender, permit or policy names a standard.",
        ),
        TOGETHER: (
            "Name one owner and days a month; one scope, one policy, one list of documents.",
            f"Build what is shared once; begin what is each discipline's own: {both}.",
            "One internal audit and one management review for both; ask certification bodies for an integrated audit.",
        ),
    }
    default = (
        "Name an owner and days a month; scope, policy and list of documents, made so that both standards fit.",
        f"Build what is shared once, and what is asked only in {choose.named[first]}: {work[first]}."
        if first
        else f"Build what is shared once; then: {both}.",
        "First internal audit and management review; ask certification bodies for offers"
        + (
            f" for {choose.named[first]}, with the other to follow."
            if first
            else ", for one system with two certificates."
        ),
    )
    told = steps.get(choose.answer, default)
    if choose.answer == PHASED and choose.case.held:
        told = (
            f"Keep the system that is certified; gap analysis of the other standard against it. {default[0]}",
            *default[1:],
        )
    if all(choose.case.holds(side) for side in choose.case.sides):
        told = (
            "One owner for both systems; list what is there twice: scope, policy, documents, registers.",
            "Bring together what is shared; leave apart what is each discipline's own.",
            "One internal audit and one management review for both; ask for an integrated certification audit.",
        )
    rows = tuple(zip(("Days 1 to 30", "Days 31 to 60", "Days 61 to 90"), told, strict=True))
    return Section("The next 90 days", (Grid(("When", "What"), rows),))


def _method(choose: ChooseAnswer, compare: CompareAnswer, data_version: str) -> Section:
    sure = ", ".join(f"{one.designation} {one.confidence:.2f}" for one in choose.standards.values())
    words = (
        "Neither certificate is a label on a product. Gates decide first; then criteria with your weights, as ranges: "
        f"{_THRESHOLDS} Criteria and thresholds are "
        "our judgement. Unknown is never counted as zero, and neither standard is ranked. A counterpart says where to "
        "look together, not that anything is met. No certificate and no saving is promised. Clause numbers, titles "
        f"and our own words only: consult the standards. Mapping data {data_version}, which hold the "
        f"source of each fact; confidence {sure}{_sure_of_answer(compare)}."
    )
    few = doubt_of(choose.standards.values())
    return Section("Method and limits", (Words(f"{words} {few}".rstrip()),))


def _sure_of_answer(compare: CompareAnswer) -> str:
    return f", of why neither is better {compare.answers[0].confidence:.2f}" if compare.answers else ""


_THRESHOLDS = (
    f"a pull counts from {float(COUNTS):g} of {MOST_SCORE} on, and {AHEAD} more than the other puts a standard first."
)
