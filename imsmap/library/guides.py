"""What helps to choose and to integrate standards, as frozen values: signs of integration, families, comparisons."""

# Annotations are values here, no texts: whoever reads the library asks for each, and need not compile it first.

from imsmap.values import frozen


@frozen
class IntegrationCriterion:
    """One sign of how far a single system serves several standards."""

    id: str
    criterion: str
    evidence: str
    author: str
    confidence: float
    source: str


@frozen
class AuditTimeCap:
    """The most by which integration shortens a certification audit: so many hours of every so many."""

    hours: str
    of: str
    text: str
    confidence: float
    source: str


@frozen
class Integration:
    """How the level of integration is judged, in reading order, and what it can save at most."""

    criteria: tuple[IntegrationCriterion, ...]
    cap: AuditTimeCap


CAPACITY = "capacity"
"""The criterion that pulls toward none of them, and tells how much can be done at once."""


@frozen
class Candidate:
    """A standard that may be chosen, whatever its edition, and what its own part of the work begins with."""

    number: str
    name: str
    discipline: str
    work: str


@frozen
class Criterion:
    """One thing to weigh: which standard it pulls toward, what to ask, what 0 and 4 mean, and how to find out."""

    id: str
    title: str
    question: str
    least: str
    most: str
    find: str
    side: str | None = None
    standard: Candidate | None = None


@frozen
class UsualWord:
    """Words that people use for what standards say otherwise; `means` are the words of standards."""

    says: tuple[str, ...]
    means: tuple[str, ...]


ASSESSED = ("certifiable", "verifiable", "guidance")
"""What may be certified: a management system, a statement that is verified, or nothing."""
BUY = ("first", "next", "on need")
"""When somebody who begins should get a member of a family."""


@frozen
class Member:
    """One standard of a family: what it is for, and whether anybody can be certified to it."""

    number: str
    title: str
    edition: str
    what: str
    assessed: str
    buy: str
    confidence: float
    source: str


@frozen
class Family:
    """Standards that are called by one number; `requirements` is the one with requirements for a management system."""

    number: str
    title: str
    discipline: str
    requirements: str
    purpose: str
    confidence: float
    source: str
    members: tuple[Member, ...] = ()


@frozen
class FamilyChoice:
    """When a family is the one to take."""

    family: str
    when: str


@frozen
class Comparison:
    """The answer to whether one family is better than another, with its reasons."""

    families: tuple[str, ...]
    question: str
    answer: str
    reasons: tuple[str, ...]
    choices: tuple[FamilyChoice, ...]
    both: str
    confidence: float
    source: str
