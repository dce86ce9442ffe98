"""`imsmap text check`: who owns a standard says, point by point, whether our words say what it asks for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, projects
from imsmap.cli.licensed import texts
from imsmap.cli.speech import say, tell
from imsmap.errors import ImsmapError

if TYPE_CHECKING:
    from imsmap.api.library import ClauseGraph
    from imsmap.api.licensed import Mark
    from imsmap.client.settings import Project

_SAVED = "what was answered is kept; imsmap text check goes on here"


@click.command(
    short_help="Say that points agree with your copy",
    epilog='\b\nExamples:\n  imsmap text check 9001:4.1 --name "Jane Smith"\n  imsmap text check 9001:8.5 --agrees\n'
    "  imsmap text check --export checked-by-jane.csv",
)
@click.argument("references", nargs=-1, metavar="[CLAUSE]...")
@click.option("--name", default="", metavar="NAME", help="Who checks; you, as this machine knows you, if not given.")
@asking.dated("The day on which it was checked")
@click.option("--agrees", is_flag=True, help="All points of these clauses agree: ask nothing.")
@click.option("--differs", default="", metavar="WORDS", help="They differ, and how, in your own words: ask nothing.")
@click.option("--again", is_flag=True, help="Also points that are checked already.")
@click.option("--list", "listing", is_flag=True, help="Say how far it is, and ask nothing.")
@click.option("--export", "out", metavar="FILE", type=click.Path(path_type=Path), help="Write what is checked to FILE.")
@click.option(
    "--import",
    "taken",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take what somebody else checked.",
)
@click.pass_obj
def check(
    mappings: Path | None,
    references: tuple[str, ...],
    name: str,
    date: datetime.date,
    agrees: bool,
    differs: str,
    again: bool,
    listing: bool,
    out: Path | None,
    taken: Path | None,
) -> None:
    """Check points against the text of their standard, one by one; it may be stopped at any point, and goes on there.

    CLAUSE is a standard, a clause or a point; without it, all standards of the project. What is checked is told
    wherever a source says that it was not, with name and day; a mark no longer holds once its point says something
    else.
    """
    from imsmap.client import checked

    project = projects.here()
    ways = [bool(one) for one in (agrees, differs, listing, out, taken)]
    if sum(ways) > 1:
        raise click.UsageError("--agrees, --differs, --list, --export and --import are different jobs; take one")
    if out is not None:
        _export(out, project)
        return
    if taken is not None:
        _import(mappings, project, taken)
        return
    if (agrees or differs) and not references:
        raise click.UsageError("say which clauses: imsmap text check 9001:4.1 --agrees")
    graph, points = _points(mappings, project, references)
    marks = {mark.point: mark for mark in checked.read(project.root)}
    if listing:
        tell(_standing(graph, points, marks))
        return
    open_ = [ref for ref in points if again or not _holds(graph, marks.get(ref), ref)]
    if not open_:
        tell("Every one of these points is checked; --again asks once more.\n")
        return
    who = name.strip() or projects.somebody()
    if agrees or differs:
        from imsmap.api.licensed import mark_point

        made = [mark_point(graph, ref, who, date, differs=differs.strip()) for ref in open_]
        checked.put(project.root, made)
        verdict = "differ from" if differs else "agree with"
        tell(f"{_count(len(made), 'point')} {verdict} the text, as {who} says, {date.isoformat()}\n")
        return
    _ask(graph, project, open_, who, date)


def _ask(graph: ClauseGraph, project: Project, points: Sequence[str], who: str, date: datetime.date) -> None:
    """Ask about one point after the other, and keep each answer at once."""
    from imsmap.api.licensed import mark_point
    from imsmap.client import checked

    said = {f"{one.standard}:{number}": text for one in texts() for number, text in one.clauses.items()}
    done = differ = 0
    shown = ""
    try:
        for at, ref in enumerate(points, 1):
            clause = graph.clause(ref)
            if clause.ref != shown:
                shown = clause.ref
                click.echo(f"\n{graph.label(clause.ref)} {clause.title}", err=True)
                if clause.ref in said:
                    click.echo(f"\n{said[clause.ref]}", err=True)
            click.echo(f"\n{at} of {len(points)}: {graph.point(ref).text}", err=True)
            answer = _answer()
            if answer == "quit":
                break
            if answer == "skip":
                continue
            differs = ""
            if answer == "no":
                differs = click.prompt("What differs, in your own words", err=True).strip()
                differ += 1
            checked.put(project.root, [mark_point(graph, ref, who, date, differs=differs)])
            done += 1
    except click.Abort:
        click.echo("", err=True)
    left = len(points) - done
    but = f", {differ} of them as different" if differ else ""
    goes_on = f"; {_SAVED}" if left and done else ""
    tell(f"{_count(done, 'point')} checked by {who}, {date.isoformat()}{but}; {left} left{goes_on}\n")


def _answer() -> str:
    """Ask until it is understood."""
    words = {"y": "yes", "n": "no", "s": "skip", "q": "quit"}
    while True:
        typed = click.prompt("Does the standard ask for this? y, n, s(kip), q(uit)", err=True).strip().lower()
        found = words.get(typed[:1])
        if found is not None and found.startswith(typed):
            return found
        say(f"{typed!r} is no answer: y for yes, n for no, s to leave it for later, q to stop")


def _points(mappings: Path | None, project: Project, references: Sequence[str]) -> tuple[ClauseGraph, list[str]]:
    """Give the points of clauses, or of the project's standards, in their order."""
    keys = projects.standards(project, mappings)
    whole: list[str] = []
    clauses: list[str] = []
    for text in references:
        try:
            whole += asking.resolve((text,), mappings, settled=True)
        except ImsmapError:
            clauses.append(text)
    found = [asking.citations(text, mappings) for text in clauses]
    named = tuple(dict.fromkeys((*whole, *(key for one in found for key in one.standards)))) or keys
    graph = asking.graph(mappings, named, guides=False)
    refs = [ref for one in found for ref in asking.clauses(one, graph)]
    points: list[str] = []
    for key in whole if references else keys:
        points += [ref for ref, _ in graph.points(leaf.ref for leaf in graph.leaves(key))]
    for ref in refs:
        under = [name for name, _ in graph.points(leaf.ref for leaf in graph.leaves_under(ref.partition("#")[0]))]
        points += [name for name in under if "#" not in ref or name == ref]
    if not points:
        raise click.UsageError("these clauses have no points that could be checked")
    return graph, list(dict.fromkeys(points))


def _holds(graph: ClauseGraph, mark: Mark | None, ref: str) -> bool:
    from imsmap.api.licensed import fingerprint

    return mark is not None and mark.fingerprint == fingerprint(graph.point(ref))


def _standing(graph: ClauseGraph, points: Sequence[str], marks: dict[str, Mark]) -> str:
    """Say of each standard how far it is, and which points differ or changed since."""
    from imsmap.api.licensed import DIFFERS

    lines = []
    for key in dict.fromkeys(ref.partition(":")[0] for ref in points):
        ours = [ref for ref in points if ref.startswith(f"{key}:")]
        hold = [ref for ref in ours if _holds(graph, marks.get(ref), ref)]
        lines.append(f"{graph.standard(key).designation}: {len(hold)} of {len(ours)} points checked")
        for ref in ours:
            mark = marks.get(ref)
            if mark is not None and ref not in hold:
                lines.append(f"  {ref}: changed since {mark.by} checked it on {mark.on}; check it again")
            elif mark is not None and mark.verdict == DIFFERS:
                lines.append(f"  {ref}: differs, as {mark.by} says, {mark.on}: {mark.note}")
    return "".join(f"{line}\n" for line in lines)


def _export(out: Path, project: Project) -> None:
    from imsmap.api.licensed import write_marks
    from imsmap.client import checked

    marks = checked.read(project.root)
    if not marks:
        raise click.UsageError("nothing is checked in this project yet, so there is nothing to write")
    asking.put(out, write_marks(marks))


def _import(mappings: Path | None, project: Project, path: Path) -> None:
    """Take marks of somebody else; all of the file, or nothing."""
    from imsmap.api.licensed import lapsed, read_marks
    from imsmap.client import checked
    from imsmap.files import read

    marks = read_marks(read(path, str(path)), str(path))
    keys = {mark.point.partition(":")[0] for mark in marks}
    known = tuple(head.key for head in asking.heads(mappings) if head.key in keys)
    strange = sorted(keys - set(known))
    changed, gone = ((), ()) if not known else lapsed(asking.graph(mappings, known, guides=False).library, marks)
    left = {mark.point for mark in gone} | {mark.point for mark in marks if mark.point.partition(":")[0] in strange}
    result = checked.keep(project.root, [mark for mark in marks if mark.point not in left])
    lines = [f"{path}: {result.new} new, {result.newer} later than yours, {result.known} as yours or earlier"]
    if changed:
        lines.append(f"{_count(len(changed), 'point')} changed since: {_cut([mark.point for mark in changed])}")
    if left:
        lines.append(f"left out, as the library has no such point: {_cut(sorted(left))}")
    tell("".join(f"{line}\n" for line in lines))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _cut(told: Sequence[str], most: int = 6) -> str:
    more = f" and {len(told) - most} more" if len(told) > most else ""
    return f"{', '.join(told[:most])}{more}"
