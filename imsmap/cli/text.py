"""`imsmap text`: the text of standards for which somebody has a licence, kept in the project and nowhere else."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli import asking, projects
from imsmap.cli.speech import say, tell
from imsmap.cli.text_check import check

_LISTED = 6


@click.group(
    epilog="\b\nExamples:\n  imsmap text add ISO_9001_2015.docx\n  imsmap show 9001:8.5.1 --text\n  imsmap text list",
)
def text() -> None:
    """Keep the licensed text of standards beside their points: in this project, and in nothing that goes out.

    It is shown by imsmap show --text. Whatever a command writes is looked through for it, and refused where it quotes
    eight words in a row.
    """


@text.command(
    short_help="Take a licensed copy in, clause by clause",
    epilog="\b\nExamples:\n  imsmap text add ISO_9001_2015.docx\n"
    "  imsmap text add requirements.xlsx --standard 14001:2015",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--standard", default="", metavar="STANDARD", help="Whose text it is, where the file does not say it.")
@click.option("--anyway", is_flag=True, help="Take it though it looks like another edition, without strange clauses.")
@click.pass_obj
def add(mappings: Path | None, file: Path, standard: str, anyway: bool) -> None:
    """Take the text of a licensed copy into the project, clause by clause.

    FILE is plain text, Markdown or Word with number and title of each clause on a line of its own, or a table (.csv,
    .xlsx) with the columns clause and text. What stands under no clause of the library is left out and told.
    """
    from attrs import evolve

    from imsmap.api.licensed import licensed_text
    from imsmap.client import licensed

    project = projects.here()
    copy = licensed_text(
        file, standard, roots=asking.roots(mappings), ours=projects.standards(project, mappings), anyway=anyway
    )
    for notice in copy.notices:
        say(notice if notice.startswith(str(file)) else f"{file}: {notice}")
    held = evolve(copy.text, added=projects.now()[:10], by=projects.somebody())
    new, changed = licensed.keep(project.root, held)
    same = len(held.clauses) - new - changed
    leaves = [leaf.number for leaf in asking.editions(mappings, (held.standard,)).leaves(held.standard)]
    missing = [number for number in leaves if number not in held.clauses]
    counts = [f"{new} new", *([f"{changed} changed"] if changed else []), *([f"{same} as before"] if same else [])]
    lines = [
        f"{held.designation}: text of {_count(len(held.clauses), 'clause')} ({', '.join(counts)}) is in "
        f"{licensed.FOLDER}/, which {licensed.IGNORED} names: it stays here.",
        f"{len(leaves) - len(missing)} of {len(leaves)} leaf clauses have text"
        + (f"; without: {_cut(missing)}." if missing else "."),
    ]
    if copy.left_out:
        lines.append(f"Left out, as no clause of the library: {_cut(copy.left_out)}.")
    lines.append(f"See it: imsmap show {held.standard}:{next(iter(held.clauses))} --text")
    tell("".join(f"{line}\n" for line in lines))


@text.command(
    "list", short_help="Which copies are kept, and how much of each", epilog="\b\nExample:\n  imsmap text list"
)
@click.pass_obj
def list_(mappings: Path | None) -> None:
    """List the licensed texts of the project: whose, from which file, how much."""
    from imsmap.client import licensed

    project = projects.here()
    found = licensed.read(project.root)
    if not found:
        tell("No licensed text is kept in this project; imsmap text add FILE takes one in.\n")
        return
    lines = []
    for one in found:
        held = {head.key for head in asking.heads(mappings)}
        leaves: list[str] = []
        if one.standard in held:
            leaves = [leaf.number for leaf in asking.editions(mappings, (one.standard,)).leaves(one.standard)]
        having = sum(number in one.clauses for number in leaves)
        words = sum(len(said.split()) for said in one.clauses.values())
        lines.append(
            f"{one.designation}: {having} of {len(leaves)} leaf clauses, {words} words, from {one.source}, "
            f"{one.added}, {one.by}"
        )
    tell("".join(f"{line}\n" for line in lines))


@text.command(
    short_help="Remove a copy, or some clauses of it",
    epilog="\b\nExamples:\n  imsmap text remove 9001:2015\n  imsmap text remove 9001:2015 8.5.1",
)
@click.argument("standard", metavar="STANDARD")
@click.argument("numbers", metavar="[NUMBER]...", nargs=-1)
@click.pass_obj
def remove(mappings: Path | None, standard: str, numbers: tuple[str, ...]) -> None:
    """Remove the licensed text of a standard from the project, or that of some clauses."""
    from imsmap.client import licensed

    project = projects.here()
    (key,) = asking.resolve((standard,), mappings)
    gone = licensed.remove(project.root, key, numbers)
    tell(f"{gone.designation}: the text of {_count(len(gone.clauses), 'clause')} is removed\n")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _cut(told: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(told) - _LISTED} more" if len(told) > _LISTED + 1 else ""
    shown = told if len(told) <= _LISTED + 1 else told[:_LISTED]
    return f"{', '.join(shown)}{more}"


text.add_command(check)
