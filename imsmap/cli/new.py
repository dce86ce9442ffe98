"""`imsmap new`: a folder for a client's project, empty or with an invented company in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from imsmap.cli import asking, projects
from imsmap.cli.asking import standards_argument
from imsmap.cli.speech import tell


@click.command(
    epilog='\b\nExamples:\n  imsmap new smith --client "Smith Ltd" 9001:2015 14001:2015\n  imsmap new demo --demo\n'
    "  imsmap new demo --demo 9001 14001 45001",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@standards_argument(1, required=False)
@click.option("--client", default="", metavar="NAME", help="Whose project it is.")
@click.option("--demo", is_flag=True, help="An invented company with everything filled, to look at and to try things.")
@click.option("--paper", default="A4", show_default=True, metavar="PAPER", help="A4, A3, Letter or Tabloid.")
@click.pass_obj
def new(mappings: Path | None, folder: Path, standards: tuple[str, ...], client: str, demo: bool, paper: str) -> None:
    """Make a folder for a client's project; DIR must not hold anything yet.

    In it, imsmap build makes everything for the client, and imsmap import takes back what came of it.
    """
    from imsmap.client import settings

    if demo:
        standards = _of_demo(standards, client)
    if not demo and not (client.strip() and standards):
        raise click.UsageError(
            f'say whose project it is and for which standards: imsmap new {folder} --client "Smith Ltd" 9001 14001'
        )
    papers = {name.lower(): name for name in settings.PAPERS}
    if paper.lower() not in papers:
        raise click.UsageError(f"there is no paper {paper}; use {', '.join(settings.PAPERS)}")
    refuse_what_is_there(folder)
    if demo:
        _demo(folder, standards)
    else:
        id_ = settings.new_id(client)
        text = settings.draft(id_, client.strip(), standards, paper=papers[paper.lower()])
        empty(folder, text.encode())
    what = (
        "an invented company, everything filled" if demo else f"{client.strip()}, {asking.named(standards, mappings)}"
    )
    tell(
        f"""\
{folder}: {what}
  imsmap.toml    client, scope, document control, brand: edit it
  processes.csv  the client's processes and their clauses: edit it, in Excel if you like
  brand/         room for a logo
Go on with
  cd {quoted(folder)}
  imsmap build
"""
    )


def refuse_what_is_there(folder: Path) -> None:
    """Stop where a folder holds something already; nothing is touched."""
    from imsmap.errors import OutputError

    try:
        if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
            raise OutputError(f"{folder}: holds something already, and nothing is touched; name a new folder")
    except OSError as error:
        raise OutputError(f"{folder}: can't be looked into ({error.strerror}); name a new folder") from None


def empty(
    folder: Path, text: bytes, listed: Sequence[tuple[str, str]] = (), brand: Mapping[str, bytes] | None = None
) -> None:
    """Make a project without answers. Its settings come last: before them it is no project.

    listed: names and owners of processes. brand: files for the folder of that name.
    """
    from imsmap import files
    from imsmap.client import licensed, processes, settings

    files.make_folder(folder / "brand")
    files.make_folder(folder / "register")
    for name, content in (brand or {}).items():
        files.put(folder / "brand" / name, content)
    licensed.ignore(folder)
    files.put(folder / processes.FILE, processes.draft(listed))
    files.put(folder / settings.FILE, text)


def _of_demo(standards: tuple[str, ...], client: str) -> tuple[str, ...]:
    """Give the standards of the demo that is wanted, in its order; none named: those of two."""
    from imsmap.client import demo

    if client:
        raise click.UsageError("the demo brings its own client; leave --client out")
    for held in demo.STANDARDS:
        if not standards or set(standards) == set(held):
            return held
    offered = " or ".join(" ".join(held) for held in demo.STANDARDS)
    raise click.UsageError(f"there is no demo of {' '.join(standards)}; leave the standards out, or write {offered}")


def _demo(folder: Path, standards: tuple[str, ...]) -> None:
    """Make the invented company, as a project of its own."""
    import re

    from imsmap import files
    from imsmap.client import demo, joining, licensed, processes, register, settings
    from imsmap.client.delivery import DEMO

    files.make_folder(folder)
    id_ = settings.new_id("demo")
    for place, content in demo.files(standards).items():
        if not place.startswith(f"{register.FOLDER}/") and place != settings.FILE:
            files.make_folder((folder / place).parent)
            files.put(folder / place, content)
    licensed.ignore(folder)
    with register.writing(folder, projects.now(), projects.somebody()) as writer:
        found = processes.read(folder)
        writer.commit(DEMO, processes.edited(folder, demo.cells(standards), found), **{joining.JOINED: True})
        processes.take(folder, writer, found)
    text = demo.files(standards)[settings.FILE].decode()
    files.put(folder / settings.FILE, re.sub(r'(?m)^project = "[^"]*"', f'project = "{id_}"', text, count=1).encode())


def quoted(folder: Path) -> str:
    """Give a folder as it is typed behind cd."""
    text = str(folder)
    return f'"{text}"' if " " in text else text
