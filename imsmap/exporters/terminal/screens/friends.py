"""The screen of friends: numbers that mislead, with both duties, then what belongs together, strongest first."""

from __future__ import annotations

from imsmap.analyses.friends import FriendsAnswer
from imsmap.exporters.terminal.names import letter
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Run, Screen, Text
from imsmap.report import Report
from imsmap.wording import counted


def screen(report: Report[FriendsAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    sides = {side.key: side for side in answer.standards}
    groups: list[tuple[Block, ...]] = []
    false: list[Block] = []
    for friend in answer.false_friends:
        for at, clause in enumerate((friend.subject, friend.object)):
            number = friend.number if not at else ""
            hang = (Run(f"{number:8}"), letter(sides[clause.standard]), Run(" "))
            false.append(Text(clause.name, hang))
    if false:
        groups.append((Text("Same number, other duty: never merge them", look="bold"), *false))
    # A shared core point needs no strength: it is the strongest tie that there is.
    hidden = sorted(answer.hidden_friends, key=lambda one: (one.kin.distance, -(one.strength or 0)))
    if hidden:
        columns = (
            Col(), Col(gives=True), Col(), Col(gives=True),
            Col("Of 10", right=True, optional=True),
        )  # fmt: skip
        rows = tuple(
            Entry(
                (
                    (letter(sides[one.subject.standard]), Run(f" {one.subject.number}")),
                    one.subject.name,
                    (Run(f"{one.kin.glyph} "), letter(sides[one.object.standard]), Run(f" {one.object.number}")),
                    one.object.name,
                    str(one.strength or ""),
                )
            )
            for one in hidden
        )
        title, rest = "Different number, same matter", ("",) * 3
        groups.append((Grid(columns, rows, title=title, rest=lambda n, _: ("", counted(n, "more pair"), *rest)),))
    return Screen(
        report.summary,
        tuple(groups),
        (
            "What each pair shares: --all.",
            "As a file: -o friends.xlsx.",
            f"Mapping data {report.data_version}.",
        ),
    )
