"""The screen of a number: what it is in each standard, what stands beneath it, and what to look at together."""

from __future__ import annotations

from imsmap.analyses.number import Beneath, Meaning, NumberAnswer, also, moved, not_seen, printed, whole
from imsmap.exporters.terminal.names import command, letter
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Run, Screen, Text, dim
from imsmap.report import Report, Side
from imsmap.wording import CLAUSE_LEVEL, NOT_LISTED, counted, listed

_SHOWN = 12
_WHOLE = 3
"""So many standards are told with what stands beneath the number and with counterparts."""


def screen(report: Report[NumberAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    sides = {one.side.key: one.side for one in answer.meanings} | {side.key: side for side in answer.lacking}
    remarks: tuple[str, ...] = ()
    if answer.lacking:
        remarks = (f"No such clause in {listed(side.designation for side in answer.lacking)}.",)
    misleading = list(dict.fromkeys(side.key for pair in answer.told_apart for side in pair))
    friends = command("friends", (sides[key] for key in misleading))
    told = tuple(_meaning(one, sides, answer.led) for one in answer.told)
    if len(told) > _WHOLE:
        # Of many standards each is told in a line or two; one of them whole is a question of its own.
        columns = (Col(), Col(gives=True, least=24), Col(), Col(optional=True))
        told = ((Grid(columns, tuple(_entry(one) for one in answer.told)),),)
    return Screen(
        report.summary,
        told,
        (
            f"{whole(answer)}: imsmap show {answer.told[0].clause.ref}.",
            *((f"All such numbers: {friends}.",) if misleading else ()),
        ),
        (*moved(answer), *not_seen(answer), *printed(answer), *remarks, *also(answer)),
    )


def _entry(one: Meaning) -> Entry:
    """Tell in a row whose it is, what it is called, and below it what it is about."""
    name = (Run(one.clause.name),)
    cells = ((letter(one.side),), name, (dim(one.side.designation),), (dim(_size(one)),))
    return Entry(cells, _capital(one.gist))


def _size(one: Meaning) -> str:
    """Say how many points it holds, if they are counted."""
    points = counted(sum(leaf.points or 0 for leaf in one.leaves), "point") if one.leaves else ""
    return CLAUSE_LEVEL if one.side.by_clause else points


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _head(one: Meaning) -> tuple[Text, ...]:
    """Tell whose it is, what it is called, and what it is about."""
    told = ", ".join(filter(None, (one.side.designation, _size(one))))
    head = (letter(one.side), Run(f" {one.clause.number}  "))
    found = [Text((Run(one.clause.name), dim(f" ({told})")), head)]
    if one.gist:
        found.append(Text(_capital(one.gist), (Run(_indent(one)),)))
    return tuple(found)


def _indent(one: Meaning) -> str:
    return " " * len(f"{one.side.label} {one.clause.number}  ")


def _meaning(one: Meaning, sides: dict[str, Side], led: frozenset[str]) -> tuple[Block, ...]:
    """Tell a number of one standard; who has only itself beneath it is told in one line."""
    alone = [leaf.clause.ref for leaf in one.leaves] == [one.clause.ref]
    indent = _indent(one)
    blocks: list[Block] = [*_head(one)]
    blocks += [Text((dim(edition.words),), (Run(indent),)) for edition in one.editions]
    if not alone:
        rows = tuple(Entry((indent[2:], leaf.clause.number, leaf.clause.name, _points(leaf))) for leaf in one.leaves)
        columns = (Col(), Col(), Col(gives=True), Col(right=True))
        blocks.append(Grid(columns, rows, rest=lambda n, _: (indent[2:], "", counted(n, "more clause"), "")))
    found: dict[str, dict[str, None]] = {}
    for leaf in one.leaves:
        for clause in leaf.counterparts:
            if clause.standard in led:
                continue
            found.setdefault(clause.standard, {})[clause.number] = None
    for at, (key, numbers) in enumerate(found.items()):
        words = "Together with" if not at else ""
        told = "  ".join(list(numbers)[:_SHOWN]) + (f"  {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else "")
        blocks.append(Text(told, (Run(f"{indent}{words:13}  "), letter(sides[key]), Run(" "))))
    return tuple(blocks)


def _points(leaf: Beneath) -> str:
    return NOT_LISTED if leaf.points is None else counted(leaf.points, "point")
