"""`imsmap start`: a guided beginning of a client's project, by questions or by options; then it is made and built."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from imsmap.cli import asking, new
from imsmap.cli.asking import date_option
from imsmap.cli.compare import with_families
from imsmap.cli.speech import say, tell

STANDARDS = "9001 14001"
"""What most people begin with."""
_NAME = re.compile(r"(?:[^\W\d_][\w/]*[\s-]*)*\d[\w:.-]*")
_LONGEST = 60
T = TypeVar("T")


@click.command(
    epilog="\b\nExamples:\n  imsmap start\n"
    '  imsmap start 9001 14001 --client "Smith Ltd" --process Sell --process Make',
)
@click.argument("standards", nargs=-1, metavar="[STANDARD]...")
@click.option("--client", metavar="NAME", help="Whose project it is; with it nothing is asked.")
@click.option("--folder", metavar="DIR", type=click.Path(path_type=Path), help="Default: named after the client.")
@click.option("--logo", metavar="FILE", type=click.Path(path_type=Path), help="The client's logo: .png, .jpg or .svg.")
@click.option(
    "--process", "processes", metavar="NAME", multiple=True, help="A process, or NAME: OWNER; may be repeated."
)
@click.option("--no-build", "only", is_flag=True, help="Make the project and nothing more.")
@date_option
@click.pass_obj
def start(
    mappings: Path | None,
    standards: tuple[str, ...],
    client: str | None,
    folder: Path | None,
    logo: Path | None,
    processes: tuple[str, ...],
    only: bool,
    date: datetime.date,
) -> None:
    """Begin a client's project: client, standards, logo, processes; then make it, and everything to hand out.

    What is not given is asked for, with a proposal that Enter takes; with --client nothing is asked.
    """
    from imsmap.client import settings
    from imsmap.errors import ImsmapError, UsageError

    asks = client is None
    if asks:
        say("A few questions; Enter takes what stands in brackets, Ctrl+C stops. Nothing is made before the last one.")
    name = _settled(asks, client, _client, lambda: click.prompt("Client, as it reads on a cover", err=True))
    keys = _settled(
        asks and not standards,
        ",".join(standards) or STANDARDS,
        lambda text: with_families(_standards(text), mappings),
        lambda: click.prompt("Standards", default=STANDARDS, err=True),
    )
    picture = _settled(
        asks and logo is None,
        str(logo or ""),
        _logo,
        lambda: click.prompt("Logo, a file (.png, .jpg or .svg; Enter: none)", "", show_default=False, err=True),
    )
    listed = _settled(
        asks and not processes,
        ";".join(processes),
        _processes,
        lambda: click.prompt(
            "Processes, as in: Sell: Ann; Make; Deliver (Enter: later)", "", show_default=False, err=True
        ),
    )
    asks_place = asks and folder is None
    place = _place(asks_place, folder, name)
    builds = not only
    if builds and asks:
        builds = click.confirm("Make workbook, slides, pictures and page now", default=True, err=True)
    brand = settings.Brand() if picture is None else settings.Brand(logo=Path("brand") / picture.name)
    text = settings.draft(settings.new_id(name), name, keys, brand=brand)
    try:
        files = {} if picture is None else {picture.name: picture.read_bytes()}
    except OSError as error:
        raise UsageError(f"{picture}: can't be read ({error.strerror}); nothing was made") from None
    while True:
        try:
            new.empty(place, text.encode(), listed, files)
            break
        except ImsmapError as error:
            if not asks_place:
                raise
            # Whoever answered all of it shall not begin anew for a folder that can't be made.
            say(str(error))
            place = _place(asks_place, folder, name)
    count = f"{len(listed)} process{'' if len(listed) == 1 else 'es'}"
    tell(f"{place}: {name}, {asking.named(keys, mappings)}, {count}{'' if picture is None else f', {picture.name}'}\n")
    if builds:
        tell(f"In {place}:\n")
        try:
            _build(mappings, place, date)
        except (click.Abort, KeyboardInterrupt):
            say(f"the project is made; cd {new.quoted(place)}, and imsmap build goes on")
            raise
    then = "" if listed else "  processes.csv  write the client's processes into it, three names are enough\n"
    tell(
        f"Go on with\n  cd {new.quoted(place)}\n{then}"
        "  imsmap build   the next version, when something has changed\n"
        "  imsmap check   what is still to do\n"
    )


def _place(asks: bool, folder: Path | None, name: str) -> Path:
    proposed = str(folder or _folder_of(name))
    return _settled(asks, proposed, _free, lambda: click.prompt("Folder", default=proposed, err=True))


def _settled(asks: bool, given: str | None, read: Callable[[str], T], ask: Callable[[], str]) -> T:
    """Read what was given, or ask until the answer can be read."""
    from imsmap.errors import ImsmapError

    if not asks:
        return read(given or "")
    while True:
        try:
            return read(ask())
        except (ImsmapError, click.UsageError) as error:
            say(error.format_message() if isinstance(error, click.UsageError) else str(error))


def _client(text: str) -> str:
    # A key that was hit beside another leaves a sign that nobody sees.
    name = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    if not name:
        raise click.UsageError("the client's name is empty; write it as it reads on a cover")
    return name


def _standards(text: str) -> tuple[str, ...]:
    """Take standards apart as people write them: 9001 14001; ISO 9001 and ISO 14001."""
    found: list[str] = []
    for part in re.split(r"[,;&+]|\s(?:and|und|et|y|e)\s", text):
        several = [one.strip() for one in _NAME.findall(part)]
        found += several if len(several) > 1 else [part.strip()]
    named = tuple(one for one in found if one)
    if not named:
        raise click.UsageError("name at least one standard, such as 9001")
    return named


def _logo(text: str) -> Path | None:
    from imsmap.client import settings

    # Who drags a file into a terminal gets quotation marks around it.
    name = text.strip().strip("\"'")
    if not name:
        return None
    path = Path(name).expanduser()
    if path.suffix.lower() not in settings.LOGOS:
        raise click.UsageError(f"{name} is no picture that can be used; use {', '.join(settings.LOGOS)}")
    if not path.is_file():
        raise click.UsageError(f"{name}: there is no such file; write its path, or leave it out for now")
    return path


def _processes(text: str) -> tuple[tuple[str, str], ...]:
    """Take names of processes apart, each with its owner behind a colon if there is one."""
    found = []
    for part in re.split(r"[;\n]", text) if ";" in text or ":" in text else re.split(r"[,\n]", text):
        name, _, owner = (" ".join(one.split()) for one in part.partition(":"))
        if name:
            found.append((name, owner))
    return tuple(found)


def _folder_of(client: str) -> str:
    return re.sub(r"[^\w]+", "-", client).strip("-_").lower()[:_LONGEST].strip("-") or "project"


def _free(text: str) -> Path:
    folder = Path(text.strip()).expanduser()
    new.refuse_what_is_there(folder)
    return folder


def _build(mappings: Path | None, folder: Path, date: datetime.date) -> None:
    """Build in the new folder, as a person would who goes there."""
    from imsmap.cli.build import build

    context = click.get_current_context()
    context.obj = mappings.absolute() if mappings is not None else None
    with contextlib.chdir(folder):
        context.invoke(build, standards=(), date=date)
