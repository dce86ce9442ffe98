"""The screen of a transition: points by main clause, then the clauses that change most, and what to do by when."""

from __future__ import annotations

from collections import Counter

from imsmap.analyses.transition import ALIKE, TYPES, Change, Transition, TransitionAnswer
from imsmap.exporters.terminal.names import figure
from imsmap.exporters.terminal.screen import BOLD, Block, Col, Entry, Grid, Screen, Text
from imsmap.library.editions import SURE
from imsmap.library.model import split_ref
from imsmap.report import Report
from imsmap.wording import counted

_HOWS = ("widened", "narrowed", "several", "new", "withdrawn")
_AS_BEFORE = ("editorial", "renumbered", "retitled", "unchanged")


def screen(report: Report[TransitionAnswer]) -> Screen:
    """Lay it out, each transition after the other; of several only what changes, so that they fit one screen."""
    groups: list[tuple[Block, ...]] = []
    several = len(report.answer.transitions) > 1
    for one in report.answer.transitions:
        groups += [(_mains(one, several),), (_clauses(one, several),), _days(one, several)]
    return Screen(
        report.summary,
        tuple(group for group in groups if group),
        (
            "Every clause: --all.",
            "Every point: --table points.",
            "As a file: -o transition.xlsx.",
            f"Mapping data {report.data_version}.",
        ),
    )


def _mains(one: Transition, short: bool) -> Grid:
    """Count points by how they come across, under the main clause of the new edition, else of the old."""
    titles = {
        clause.number: clause.title
        for change in one.changes
        for clause in (change.old, change.new)
        if clause is not None and "." not in clause.number
    }
    counts: dict[str, Counter[str]] = {}
    for point in one.points:
        main = split_ref(point.new or point.old[0])[1].partition(".")[0]
        counts.setdefault(main, Counter())["as before" if point.how in ALIKE else point.how] += 1
    total: Counter[str] = sum(counts.values(), Counter())
    hows = [how for how in _HOWS if total[how]]
    columns = (
        Col(right=True), Col(f"Points of {one.new.designation}", gives=True), Col("As before", right=True),
        *(Col(how.capitalize(), right=True) for how in hows),
    )  # fmt: skip

    def entry(number: str, title: str, found: Counter[str], look: str = "") -> Entry:
        return Entry((number, title, *(figure(found[how]) for how in ("as before", *hows))), look=look)

    rows = tuple(
        entry(number, titles.get(number, ""), found)
        for number, found in counts.items()
        if not short or found.total() > found["as before"]
    )
    return Grid(columns, rows, (entry("", "In all", total, BOLD),))


def _clauses(one: Transition, short: bool) -> Grid:
    """List the clauses that ask for something else than before, the strictest change first."""
    changed = [change for change in one.changes if change.leaf and change.strictest not in _AS_BEFORE]
    changed.sort(key=lambda change: TYPES.index(change.strictest))
    columns = (Col(), Col("What changes most first", gives=True, least=20), Col("Change"))
    rows = tuple(Entry((_number(one), _title(one), one.strictest), "" if short else one.note) for one in changed)
    return Grid(columns, rows, rest=lambda n, _: ("", counted(n, "more clause"), ""))


def _number(change: Change) -> str:
    old, new = (clause.number if clause else "" for clause in (change.old, change.new))
    return new or old if not (old and new) or old == new else f"{old} → {new}"


def _title(change: Change) -> str:
    clause = change.new or change.old
    return clause.name if clause else ""


def _days(one: Transition, short: bool) -> tuple[Block, ...]:
    return tuple(
        Text(
            f"{day.what}{' (reported)' if day.confidence < SURE else ''}{'' if short else f': {day.todo}'}",
            f"{day.date}  ",
        )
        for day in one.days
        if not short or day.what != "published"
    )
