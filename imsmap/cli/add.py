"""`imsmap add`: requirements of a client or a sector, or somebody else's mapping, become the project's own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, projects
from imsmap.cli.speech import progress, say, tell

if TYPE_CHECKING:
    from imsmap.api.bringing import Addition
    from imsmap.client.adding import Renewing
    from imsmap.client.settings import Project

_FORM = "requirements.xlsx"
_MOST = 12
"""So many standards may come among those of a project at once."""


@click.command(
    epilog="\b\nExamples:\n  imsmap add --template\n  imsmap add customer.xlsx\n"
    '  imsmap add rules.csv --name "Smith Rules 2030" --discipline quality',
)
@click.argument("words", nargs=-1, metavar="FILE | --template [FILE]")
@click.option(
    "--template", is_flag=True, help="Write the form to fill in, an Excel workbook with lists and an example."
)
@click.option("--name", default="", metavar="NAME", help="What the standard is called, if the file does not say.")
@click.option("--discipline", default="", metavar="WORD", help="Of which discipline it is, if the file does not say.")
@click.option("--sheet", default="", metavar="TITLE", help="The sheet that is meant, if several hold requirements.")
@click.option("--same", multiple=True, metavar="OLD=NEW", help="Brought anew: OLD is the requirement NEW now.")
@click.option("--gone", multiple=True, metavar="OLD", help="Brought anew: nobody asks for OLD any more.")
@click.option("--aside", is_flag=True, help="Put it beside the project's standards, and not among them.")
@click.option("--dry-run", is_flag=True, help="Only check it, and say what it would bring.")
@asking.dated("The day on which it is added")
@click.pass_obj
def add(
    mappings: Path | None,
    words: tuple[str, ...],
    template: bool,
    name: str,
    discipline: str,
    sheet: str,
    same: tuple[str, ...],
    gone: tuple[str, ...],
    aside: bool,
    dry_run: bool,
    date: datetime.date,
) -> None:
    """Add a standard of one's own, from Excel, CSV or YAML, or somebody's mapping, as SSSOM, OSCAL, OLIR or CSV.

    It is checked as the shipped data are, and then stands wherever a standard does: matrix, workbook, slides, page,
    checklist, processes. Nothing is added while anything is wrong. The file again, changed, brings what is new: answers
    follow by number and by words, and what is in doubt is asked. imsmap undo takes it back.
    """
    if template:
        if len(words) > 1 or any((name, discipline, sheet, same, gone, aside, dry_run)):
            raise click.UsageError("--template goes with the name of a file to write, and with nothing else")
        _template(mappings, Path(words[0] if words else _FORM))
        return
    if len(words) != 1:
        raise click.UsageError("name one file, such as: imsmap add customer.xlsx; imsmap add --template writes a form")
    from imsmap.api.bringing import Said, bring
    from imsmap.api.library import OWN

    project = projects.here()
    path = Path(words[0])
    progress().step(f"reading {path.name}")
    addition = bring(
        path, asking.roots(mappings), into=project.root / OWN, standards=projects.standards(project, mappings),
        said=Said(name, discipline, sheet, projects.somebody()), day=date.isoformat(),
    )  # fmt: skip
    if addition.problems:
        _refuse(addition)
    listed = () if aside else _unlisted(addition, mappings, project)
    if len(listed) > _MOST:
        why = f"{path} brings {len(listed)} standards, and each would be compared with each"
        raise click.UsageError(f"{why}; --aside puts them beside those of the project, to be asked about")
    if dry_run:
        tell(_told(addition, listed, would=True))
        return
    _put(mappings, project, addition, path.name, listed, _said(same, gone))


def _template(mappings: Path | None, path: Path) -> None:
    from imsmap.api.bringing import template

    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{path}: the form is an Excel workbook; name it {path.with_suffix('.xlsx')}")
    asking.put(path, template(asking.roots(mappings)))
    say("fill the sheets Standard and Requirements in, then: imsmap add " + _quoted(path.name))


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _refuse(addition: Addition) -> None:
    """Say everything that is wrong, and that nothing was added."""
    from imsmap.errors import DataError

    problems = DataError(addition.problems).problems
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    tell("\n".join([*map(str, problems), f"{count}; nothing was added", ""]))
    click.get_current_context().exit(1)


def _unlisted(addition: Addition, mappings: Path | None, project: Project) -> tuple[str, ...]:
    """Give the standards that are not among the project's yet."""
    there = projects.standards(project, mappings)
    return tuple(one.key for one in addition.brought.standards if one.key not in there)


def _said(same: Sequence[str], gone: Sequence[str]) -> dict[str, str]:
    """Take what somebody says of requirements that were in doubt."""
    found = dict.fromkeys(gone, "")
    for words in same:
        old, mark, new = (part.strip() for part in words.partition("="))
        if not (old and mark and new):
            raise click.UsageError(f"--same {words}: write the old number, =, and the new one, such as --same 4.1=4.2")
        found[old] = new
    return found


def _anew(mappings: Path | None, project: Project, addition: Addition, said: Mapping[str, str]) -> Renewing | None:
    """Give what lets answers follow standards that are among the project's already; nothing for others."""
    from imsmap.api import load
    from imsmap.api.bringing import tried
    from imsmap.api.library import OWN
    from imsmap.client.renewing import renewed

    keys = projects.standards(project, mappings)
    again = [standard.key for standard in addition.brought.standards if standard.key in keys]
    if not again:
        return None
    roots = asking.roots(mappings)
    before = load(roots, keys, guides=False)
    with tried(addition, roots, project.root / OWN) as places:
        after = load(places, keys, guides=False)
    return lambda cells: renewed(cells, again, (before, keys), (after, keys), said)


def _put(
    mappings: Path | None,
    project: Project,
    addition: Addition,
    name: str,
    listed: Sequence[str],
    said: Mapping[str, str],
) -> None:
    from imsmap.client import adding, register, renewing
    from imsmap.client import processes as marks
    from imsmap.errors import UsageError

    anew = _anew(mappings, project, addition, said)

    with register.writing(project.root, projects.now(), projects.somebody()) as writer:
        if projects.here().standards != project.standards:
            raise UsageError("another command changed the project's standards meanwhile; nothing was done, try again")
        found = None if anew is None else projects.processes(project, mappings)
        if found is not None:
            marks.take(project.root, writer, found)
        done = adding.add(writer, project, addition, name, listed, anew, found)
        if found is not None:
            projects.give_processes(writer, found)
        for notice in writer.notices:
            say(notice)
    if not done.changed:
        for notice in addition.brought.notices:
            say(notice)
        tell("\n".join([*_left_out(addition), f"{name} brings nothing new; nothing was changed", ""]))
        return
    told = _told(addition, listed, would=False)
    if done.answers:
        cells = f"{done.answers} cell{'' if done.answers == 1 else 's'}"
        told = f"{cells} of the register filled: what applies, how and when it is evaluated\n{told}"
    if moved := renewing.told(done.fates):
        told = f"{moved}\n{told}"
    if done.conflicts:
        told += f"conflicts: {done.conflicts}, where people answered otherwise; imsmap import --conflicts lists them\n"
    tell(told)


def _left_out(addition: Addition) -> list[str]:
    """Say what could not be taken; many of one kind stand in one line."""
    left = addition.brought.left_out
    return ["left out:", *(f"  {problem}" for problem in left)] if left else []


def _told(addition: Addition, listed: Sequence[str], *, would: bool) -> str:
    """Say what a file brings, or would."""
    from imsmap.api.bringing import summary

    for notice in addition.brought.notices:
        say(notice)
    lines = [*summary(addition), *_left_out(addition)]
    if addition.doubts:
        count = f"{len(addition.doubts)} relation{'' if len(addition.doubts) == 1 else 's'}"
        lines.append(f"to look at again: {count} of words that are others now; imsmap check names them")
    if would:
        lines.append("nothing was added; the same without --dry-run adds it")
    else:
        if listed:
            lines.append(f"among the standards of imsmap.toml now: {', '.join(listed)}")
        lines.append("imsmap matrix and imsmap build show it; imsmap undo takes it back")
    return "\n".join(lines) + "\n"
