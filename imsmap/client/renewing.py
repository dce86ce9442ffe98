"""A standard of a project's own is brought anew: what people answered follows its requirements, and nothing is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from imsmap.client import lines
from imsmap.client.standing import questions_of
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.register.cells import ACTION, Cells, Key, Value, same, shown
from imsmap.register.moving import ARCHIVE, ARCHIVED, Fate
from imsmap.register.moving import Move as Move
from imsmap.register.questions import SHEET
from imsmap.register.renewing import Doubt, renewal
from imsmap.register.ways import Target, Way, together
from imsmap.values import frozen

_TEXT = "text"


@frozen
class Renewed:
    """The cells after a renewal, what became of the answers that moved, and the way that they went.

    standards: those of the project.
    """

    cells: dict[Key, Value]
    fates: tuple[Fate, ...]
    way: Way
    standards: tuple[str, ...]


def renewed(
    cells: Cells, keys: Sequence[str], before: tuple[ClauseGraph, Sequence[str]],
    after: tuple[ClauseGraph, Sequence[str]], said: Mapping[str, str],
) -> Renewed:  # fmt: skip
    """Let the answers to standards follow them into what they are now; UsageError asks where nobody can tell.

    before, after: the library with the standards of the project, as they were and will be. said: what somebody told of
    what was in doubt (`renewing.renewal`); of several standards by their keys before the numbers.
    """
    several = len(keys) > 1
    bare = next((name for pair in said.items() for name in pair if name and ":" not in name), "") if several else ""
    if bare:
        raise UsageError(f"{bare} does not say of which standard; the file brings {len(keys)}: write {keys[0]}:{bare}")
    found = [renewal(before[0], after[0], key, said) for key in keys]
    rows = {key_.row.removeprefix(ACTION) for key_ in cells if not key_.sheet.startswith("@") and key_.sheet != ARCHIVE}
    doubts = [doubt for one in found for doubt in one.doubts]
    answered = [doubt for doubt in doubts if doubt.ref in rows or doubt.ref.partition("#")[0] in rows]
    if answered:
        raise UsageError(_asked(answered, several=several))
    way = together([one.way for one in found]) if several else found[0].way
    if not way.targets and not way.clauses:
        return Renewed(dict(cells), (), way, tuple(before[1]))
    kept = _stay(cells, keys, way, after[0])
    was, now = (questions_of(graph, tuple(of)) for graph, of in (before, after))
    moved = Move(way, was, now).move({one: value for one, value in cells.items() if one not in kept})
    result = moved.cells
    for one, value in kept.items():
        there = result.get(one)
        result[one] = value if there is None or same(there, value) else f"{shown(there)}\n{shown(value)}"
    return Renewed(result, moved.fates, way, tuple(before[1]))


def _stay(cells: Cells, keys: Sequence[str], way: Way, after: ClauseGraph) -> dict[Key, Value]:
    """Give what was archived before and comes back to no requirement, as none says the same."""
    texts = {ref: point.text for key in keys for leaf in after.leaves(key) for ref, point in after.points((leaf.ref,))}
    archived = {one.row: value for one, value in cells.items() if one.sheet == ARCHIVE and one.field == _TEXT}
    back = {row for row, text in archived.items() if texts.get(row) == text and row not in way.targets}
    return {
        one: value for one, value in cells.items()
        if one.sheet == ARCHIVE and any(f"{key}:" in one.row for key in keys) and one.row not in back
    }  # fmt: skip


def _asked(doubts: Collection[Doubt], *, several: bool) -> str:
    """Ask what became of requirements that somebody answered."""
    lines = [f"{len(doubts)} answered requirements are in doubt, and nothing was added; say of each what it is now:"]
    for doubt in doubts:
        name = _called(doubt.ref, several=several)
        lines.append(f"  {name} was: {doubt.text}")
        lines += [
            f"    --same {name}={_called(one, several=several)}  if it is now: {text}" for one, text in doubt.candidates
        ]
        lines.append(f"    --gone {name}  if nobody asks for it any more: its answers are archived")
    return "\n".join(lines)


def _called(ref: str, *, several: bool) -> str:
    clause = ref.partition("#")[0]
    return clause if several else clause.partition(":")[2]


def told(fates: Collection[Fate]) -> str:
    """Say in a line what became of the answers that moved; nothing if none did."""
    ours = [fate for fate in fates if fate.sheet == SHEET]
    if not ours:
        return ""
    archived = sum(fate.what == ARCHIVED for fate in ours)
    review = sum(fate.review for fate in ours)
    return (
        f"{len(ours)} answered requirements followed: {len(ours) - archived} carried, of them {review} to be reviewed, "
        f"{archived} archived, as nobody asks for them now"
    )


def as_json(way: Way, standards: Sequence[str]) -> lines.Record:
    """Give a way as an entry of the history keeps it; standards: those of the project."""
    return {
        "key": way.new,
        "name": way.name,
        "standards": list(standards),
        "targets": {ref: [[one.point, one.how] for one in found] for ref, found in way.targets.items()},
        "clauses": {ref: list(found) for ref, found in way.clauses.items()},
        "places": {ref: place for ref, place in way.places.items() if ref in way.targets or ref in way.clauses},
        "texts": {ref: text for ref, text in way.texts.items() if ref in way.targets},
    }


def way_of(told: lines.Record) -> Way:
    """Take a way from an entry of the history."""
    targets = {ref: tuple(Target(*one) for one in found) for ref, found in told["targets"].items()}
    clauses = {ref: tuple(found) for ref, found in told["clauses"].items()}
    return Way(told["key"], told["key"], told["name"], targets, clauses, told["places"], told["texts"])


def follow(said: Cells, way: Way) -> dict[Key, Value]:
    """Give what a list said before by the rows in which it stands now."""
    found: dict[Key, Value] = {}
    for key, value in said.items():
        to = [one.point for one in way.targets[key.row]] if key.row in way.targets else way.clauses.get(key.row)
        for row in [key.row] if to is None else to:
            found[key._replace(row=row)] = value
    return found
