"""A family of standards: its members, what each is for, which one is certifiable, and which to buy first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from imsmap import about
from imsmap.errors import UnknownNameError
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import ASSESSED, BUY, Family, Member
from imsmap.report import Column, Json, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import listed

_WORDS = {
    "certifiable": "yes: the management system",
    "verifiable": "no; a statement made by it can be verified",
    "guidance": "no: guidance or vocabulary",
}


ABOUT = about.Question(short="The members of a family, and which is certifiable", takes="own", place=100)


@frozen
class Question:
    """Which family, by its number."""

    number: str


@frozen
class Listed:
    """A member of a family, and the designations of its editions in the library."""

    member: Member
    held: tuple[str, ...]


@frozen
class FamilyAnswer:
    """A family with its members, what to buy first in front."""

    family: Family
    members: tuple[Listed, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[FamilyAnswer]:
    """List the members of a family: the certifiable one first, then as somebody who begins would buy them."""
    family = _family(graph, question.number)
    members = _ordered(family)
    answer = FamilyAnswer(evolve(family, members=members), tuple(_listed(graph, member) for member in members))
    first = [member.number for member in members if member.buy == BUY[0]]
    next_ = [member.number for member in members if member.buy == BUY[1]]
    certified = [member.number for member in members if member.assessed == ASSESSED[0]]
    message = (
        f"ISO {family.number} is a family on {family.title.lower()}, {len(members)} of whose members are listed here. "
        f"Organizations are certified to {listed(certified)}; nobody is certified to ISO {family.number}. Buy "
        f"{listed(first)} first" + (f", then {listed(next_)}" if next_ else "") + ", the others when there is need."
    )
    return Report(
        "family",
        f"The family ISO {family.number}: {family.title.lower()}",
        graph.library.version,
        (_table(members),),
        answer,
        to_json,
        message,
        (
            f"What it is for: {family.purpose} (confidence {family.confidence:.2f}; {family.source})",
            "Editions move: look at ISO's catalogue before you buy. What was recalled and not checked is marked so at "
            "its source. The list is a choice, not the whole family.",
            f"Mapping data {graph.library.version} ({graph.library.released}).",
        ),
    )


def _family(graph: ClauseGraph, number: str) -> Family:
    for family in graph.library.families:
        if family.number == number:
            return family
    known = sorted((family.number for family in graph.library.families), key=lambda n: (len(n), n))
    advice = (
        f"there {'is' if len(known) == 1 else 'are'} {listed(known)}"
        if known
        else "the mapping data hold none (families.yaml)"
    )
    for family in graph.library.families:
        if family.requirements == number:
            advice = f"it belongs to the family {family.number}"
    raise UnknownNameError(f"no family {number}; {advice}")


def _ordered(family: Family) -> tuple[Member, ...]:
    """Put what to buy first in front; otherwise the order is that of the numbers."""

    def place(member: Member) -> tuple[int, list[int], str]:
        return BUY.index(member.buy), [int(digits) for digits in re.findall(r"[0-9]+", member.number)], member.number

    return tuple(sorted(family.members, key=place))


def _listed(graph: ClauseGraph, member: Member) -> Listed:
    held = (standard.designation for standard in graph.standards if standard.series == member.number)
    return Listed(member, tuple(held))


def to_json(answer: FamilyAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    family = answer.family
    return {
        "family": family.number,
        "title": family.title,
        "discipline": family.discipline,
        "requirements": next(
            (member.number for member in family.members if member.number.split()[-1] == family.requirements),
            f"ISO {family.requirements}",
        ),
        "purpose": family.purpose,
        "confidence": family.confidence,
        "source": family.source,
        "members": [
            {
                "number": one.member.number,
                "title": one.member.title,
                "edition": one.member.edition,
                "what": one.member.what,
                "assessed": one.member.assessed,
                "buy": one.member.buy,
                "in_library": list(one.held),
                "confidence": one.member.confidence,
                "source": one.member.source,
            }
            for one in answer.members
        ],
    }


def _table(members: Iterable[Member]) -> Table:
    columns = (
        Column("number", "Number", "text", 13),
        Column("title", "Title", "text", 44),
        Column("what", "What it is for", "text", 44),
        Column("edition", "Edition", "text", 14),
        Column("assessed", "Certifiable", "text", 22),
        Column("buy", "Buy", "text", 9),
        Column("confidence", "Confidence", "confidence", 11),
        Column("source", "Source", "text", 50),
    )
    return Table(
        "members",
        "Members",
        columns,
        tuple(
            Row(
                member.number,
                (
                    member.number, member.title, member.what, member.edition, _WORDS[member.assessed], member.buy,
                    member.confidence, member.source,
                ),
            )
            for member in members
        ),
    )  # fmt: skip
