"""The screen of friends: numbers that mislead, with both duties, then what belongs together, strongest first."""

from __future__ import annotations

from itertools import permutations

from imsmap.analyses.friends import FriendsAnswer
from imsmap.exporters.terminal.names import letter
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Run, Screen, Text, Words
from imsmap.report import Report
from imsmap.wording import counted

_FEW, _LEAST = 3, 12
"""Of more standards, numbers that mislead are cut to what a screen holds; so many lines of them stay."""


def screen(report: Report[FriendsAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    sides = {side.key: side for side in answer.standards}
    groups: list[tuple[Block, ...]] = []
    false = _misleading(answer)
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


def _misleading(answer: FriendsAnswer) -> list[Block]:
    """Tell of each number what it is, once where standards agree; of many standards as many as have room."""
    sides = {side.key: side for side in answer.standards}
    pairs = {(one.number, *ends) for one in answer.false_friends
             for ends in permutations((one.subject.standard, one.object.standard))}  # fmt: skip
    rows: dict[str, list[tuple[str, list[str]]]] = {}
    for friend in answer.false_friends:
        row = rows.setdefault(friend.number, [])
        for clause in (friend.subject, friend.object):
            key = clause.standard
            if any(key in keys for _, keys in row):
                continue
            # Two that mislead each other stay apart, whatever they are called.
            same = (keys for name, keys in row
                    if name == clause.name and not any((friend.number, key, one) in pairs for one in keys))  # fmt: skip
            found = next(same, None)
            if found is None:
                row.append((clause.name, [key]))
            else:
                found.append(key)
    told = [
        (number if not at else "", tuple(letter(sides[key]) for key in keys), name)
        for number, row in rows.items()
        for at, (name, keys) in enumerate(row)
    ]
    if len(sides) <= _FEW:
        return [Text(name, (Run(f"{number:8}"), *whose, Run(" "))) for number, whose, name in told]
    entries = tuple(Entry(row, counts=(int(bool(row[0])),)) for row in told)

    def rest(_: int, sums: tuple[int, ...]) -> tuple[Words, ...]:
        return ("", "", counted(sums[0], "more number") if sums[0] else "and more")

    return [Grid((Col(), Col(), Col(gives=True)), entries, rest=rest, least=_LEAST, closed=True)]
