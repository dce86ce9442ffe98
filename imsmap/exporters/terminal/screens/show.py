"""The screen of a clause: what it asks for, its counterparts, the closest first, and where its number misleads."""

from __future__ import annotations

from imsmap.analyses.show import ShowAnswer, ShownPoint
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Run, Screen, Text, dim
from imsmap.library.model import KIND_WORDS
from imsmap.parts import ClauseName
from imsmap.report import Report
from imsmap.wording import LICENSED_TEXT, counted, unsure

_IN_FULL = 8
"""So many points are told in full."""


def screen(report: Report[ShowAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    several = not answer.leaf
    groups: list[tuple[Block, ...]] = []
    if answer.points:
        groups.append(_points(answer.points))
    groups += [_licensed(clause, said, several) for clause, said in answer.licensed]
    near = sorted(answer.told, key=lambda one: one.kin.distance)
    rows = tuple(
        Entry(
            (
                one.kin.glyph,
                f"{one.label} {one.clause.name}".strip(),
                one.kin.word,
                one.of.number if several else "",
            )
        )
        for one in near
    )
    if rows:
        columns = (Col(), Col("Counterparts, the closest first", gives=True), Col(), Col("To", optional=True))
        groups.append((Grid(columns, rows, rest=lambda n, _: ("", counted(n, "more counterpart"), "", "")),))
    if answer.traps:
        groups.append(tuple(Text(friend.note) for friend in answer.traps))
    if answer.control:
        groups.append((Text(answer.not_control),))
    if answer.editions:
        groups.append(tuple(Text(edition.words) for edition in answer.editions))
    first = f"  Why: imsmap explain {near[0].of.ref} {near[0].clause.ref}." if near else ""
    return Screen(
        report.summary,
        tuple(groups),
        (f"Everything: --all.{first}", "Where it is from: --sources."),
        (f"Confidence {answer.confidence:g} of 1.  Mapping data {report.data_version}.",),
    )


def _licensed(clause: ClauseName, text: str, several: bool) -> tuple[Block, ...]:
    """Give the text of a licensed copy as it is: two stars in it are two stars."""
    number = f"{clause.number}, " if several else ""
    told = (Text((Run(line),), "     ") for line in text.splitlines())
    return (Text((dim(f"{number}{LICENSED_TEXT.lower()}, not to be passed on"),)), *told)


def _points(points: tuple[ShownPoint, ...]) -> tuple[Block, ...]:
    """Tell points in full where they are few, else each on a line."""
    head = "What it asks for, in our words"
    if len(points) <= _IN_FULL:
        told = []
        for at, shown in enumerate(points, 1):
            what = ["core" if shown.point.core else "own"]
            what += [KIND_WORDS[shown.point.documented.kind]] if shown.point.documented else []
            what += filter(None, (unsure(shown.point.confidence),))
            told.append(Text((Run(shown.point.text), dim(f" ({', '.join(what)})")), f"{at:3}  "))
        return (Text(head, look="dim"), *told)
    several = len({shown.clause.ref for shown in points}) > 1
    rows = tuple(
        Entry(
            (
                # A number stands once, before the first of its points.
                shown.clause.number if several and (not at or shown.clause != points[at - 1].clause) else "",
                shown.point.text,
                ", ".join(filter(None, ("core" if shown.point.core else "own", unsure(shown.point.confidence)))),
                KIND_WORDS[shown.point.documented.kind] if shown.point.documented else "",
            )
        )
        for at, shown in enumerate(points)
    )
    columns = (Col(), Col(head, gives=True), Col(), Col(optional=True))
    return (Grid(columns, rows, rest=lambda n, _: ("", counted(n, "more point"), "", ""), least=8),)
