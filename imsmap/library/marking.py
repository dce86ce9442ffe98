"""Which points somebody checked against the text of the standard, and what follows for where each says it comes from.

A mark holds for a point as it was then: once the point says something else, it is one that was changed since.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from imsmap.library.mark import DIFFERS, Mark
from imsmap.library.model import Clause, Library, Point, Standard, parent_number

_UNCHECKED = re.compile(
    r"(?:[;,]\s*|\s+and\s+)?\b(?:none of it was|not(?:\s+yet)?)\s+checked(?:\s+against\s+(?:the|its)\s+text)?", re.I
)
_NOTHING = ("", "recalled")
"""What is left of a source that said no more than that."""


def fingerprint(point: Point) -> str:
    """Sum up what somebody checked: what the point says, and what it wants documented."""
    documented = point.documented
    told = (point.text, point.under, point.amendment, documented and documented.kind, documented and documented.what)
    # With a letter before it, or a spreadsheet might take it for a number.
    return "p" + hashlib.sha256("\n".join(str(one or "") for one in told).encode()).hexdigest()[:12]


def marked(library: Library, marks: Iterable[Mark]) -> Library:
    """Give a library in which clauses and standards say, instead of "not checked", who checked their points and when.

    Marks of points that are not in it, or changed since, prove nothing; the latter are told where the source stands.
    """
    given = {mark.point: mark for mark in marks}
    if not given:
        return library
    held: dict[str, Mark] = {}
    standards = []
    for standard in library.standards:
        if any(point.partition(":")[0] == standard.key for point in given):
            standards.append(_marked(standard, given, held))
        else:
            standards.append(standard)
    return evolve(library, standards=tuple(standards), marks=held)


def lapsed(library: Library, marks: Iterable[Mark]) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Give the marks of points that changed since, and those of points that are not there any more.

    Marks of standards that are not loaded are neither.
    """
    points = {
        clause.point_ref(point): point
        for standard in library.standards
        for clause in standard.clauses
        for point in clause.points
    }
    keys = {standard.key for standard in library.standards}
    ours = [mark for mark in marks if mark.point.partition(":")[0] in keys]
    gone = tuple(mark for mark in ours if mark.point not in points)
    changed = (mark for mark in ours if mark.point in points and fingerprint(points[mark.point]) != mark.fingerprint)
    return tuple(changed), gone


def _marked(standard: Standard, given: Mapping[str, Mark], held: dict[str, Mark]) -> Standard:
    """Say at a standard, its headings and its leaf clauses how many of the points beneath were checked."""
    above = {clause.number: clause.above for clause in standard.clauses}
    counts: defaultdict[str, int] = defaultdict(int)
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    changed: defaultdict[str, int] = defaultdict(int)
    for clause in standard.clauses:
        places = ["", *_line(clause.number, above)]
        for point in clause.points:
            mark = given.get(clause.point_ref(point))
            holds = mark is not None and mark.fingerprint == fingerprint(point)
            for place in places:
                counts[place] += 1
                if mark is not None and holds:
                    found[place].append(mark)
                elif mark is not None:
                    changed[place] += 1
            if mark is not None and holds:
                held[mark.point] = mark

    def said(place: str, source: str) -> str:
        return _said(standard.designation, found[place], counts[place], changed[place], source)

    clauses: tuple[Clause, ...] = tuple(
        evolve(clause, source=said(clause.number, clause.source)) for clause in standard.clauses
    )
    return evolve(standard, clauses=clauses, source=said("", standard.source))


def _line(number: str, above: Mapping[str, str | None]) -> list[str]:
    """Give a clause and the headings above it."""
    line: list[str] = []
    here: str | None = number
    while here and here not in line:
        line.append(here)
        here = above[here] if here in above else parent_number(here)
    return line


def _checked(source: str) -> str:
    """Leave out of a source that it was not checked: where numbers, titles and days come from still holds."""
    rest = re.sub(r"\s*\.(?:\s*\.)+", ".", _UNCHECKED.sub("", " ".join(source.split()))).strip(" ;,")
    return "" if rest.strip(".").casefold() in _NOTHING else rest


def _said(designation: str, marks: Sequence[Mark], count: int, changed: int, source: str) -> str:
    """Say who checked how many of some points; source: where the others come from."""
    if not marks and not changed:
        return source
    since = f" {changed} changed since {'it was' if changed == 1 else 'they were'} checked." if changed else ""
    if not marks:
        return f"{source}{since}"
    differ = sum(mark.verdict == DIFFERS for mark in marks)
    but = f", of which {differ} {'differs' if differ == 1 else 'differ'} from it" if differ else ""
    who = " and ".join(dict.fromkeys(mark.by for mark in marks))
    days = sorted({mark.on for mark in marks})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    if len(marks) == count:
        points = "the point was" if count == 1 else f"all {count} points were"
        told = f"Against {designation}, {points} checked by {who}, {when}{but}."
        rest = _checked(source)
        return f"{told} Otherwise: {rest}" if rest else told
    verb = "was" if len(marks) == 1 else "were"
    return (
        f"Against {designation}, {len(marks)} of {count} points {verb} checked by {who}, {when}{but}.{since} "
        f"The others: {source}"
    )
