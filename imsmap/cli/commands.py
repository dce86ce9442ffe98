"""The command `imsmap` itself: its options, its commands, and what it says when asked nothing."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from imsmap import __version__
from imsmap.api import about
from imsmap.cli.speech import answer, say_what_was_kept
from imsmap.nearest import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path


class _Known(NamedTuple):
    """A command before it is loaded: its place in the list, its line there, and where it is."""

    place: int
    short: str
    module: str
    name: str = ""


_WORK = {
    "start": _Known(5, "A guided beginning: client, standards, logo, processes", "start"),
    "build": _Known(10, "Workbook, pictures, slides and page: the main job", "build"),
    "brief": _Known(120, "Two pages for the client's director", "brief"),
    "report": _Known(125, "How the project stands: pages, slides, data", "report"),
    "audit": _Known(127, "The audit programme, and what a session asks", "audit"),
    "picture": _Known(160, "One picture: columns, heatmap, house, ...", "picture"),
    "check": _Known(170, "Every problem of the mapping data and the project", "check"),
    "new": _Known(180, "A client's project: settings, processes, answers", "new"),
    "add": _Known(185, "A standard of your own, or another tool's mapping", "add"),
    "send": _Known(188, "A small workbook for each person with their rows", "send"),
    "import": _Known(190, "Merge a workbook that came back", "importing", "bring_in"),
    "text": _Known(192, "A licensed copy's sentences, kept at home", "text"),
    "export": _Known(193, "Mapping data for other tools: SSSOM, OSCAL, JSON-LD", "export"),
    "migrate": _Known(195, "Move the project to another edition of a standard", "migrate"),
    "undo": _Known(200, "Take the last change back", "history"),
    "history": _Known(210, "What happened to the answers", "history"),
    "affirm": _Known(220, "Say that you looked again at a relation", "affirm"),
}
"""The commands that are no questions."""
OWN = {
    "gap": "questions", "show": "questions", "matrix": "questions", "compare": "compare",
    "family": "compare", "choose": "choose", "compare_mapping": "mappings",
    "find": "questions", "blueprint": "blueprint",
}  # fmt: skip
"""Where the commands of questions are that take more than a kind of words; those of all others are made."""


def one(name: str) -> _Known | None:
    """Give a command by its name, reading no more than that takes; nothing if there is none of that name."""
    if name in _WORK:
        return _WORK[name]
    key = name.replace("-", "_")
    question = about.question(key) if name == key.replace("_", "-") else None
    return None if question is None or not question.place else _asking(key, question)


def _asking(name: str, question: about.Question) -> _Known:
    return _Known(question.place, question.short, OWN.get(name, ""), name)


@cache
def known() -> dict[str, _Known]:
    """Give every command that there is, in the order of a first day's work."""
    asked = {
        name.replace("_", "-"): _asking(name, question)
        for name, question in about.questions().items()
        if question.place
    }
    return dict(sorted((_WORK | asked).items(), key=lambda item: (item[1].place, item[0])))


class _Commands(click.Group):
    """Commands, each loaded when it is used; a mistyped one gets the nearest names."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(known())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return None if one(cmd_name) is None else command(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        args = _meant(args)
        if args and one(args[0]) is None and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"there is no command {args[0]}; {did_you_mean(args[0], known())}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.short) for name, entry in known().items()])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        # As click does it, but without the library that it loads to learn the width.
        extra.setdefault("terminal_width", max(min(_width(), 80) - 2, 50))
        return super().make_context(info_name, args, parent, **extra)


def _meant(args: list[str]) -> list[str]:
    """Take a command in capitals as what it is, and `help`, with or without a command, as `--help`."""
    if not args or one(args[0]) is not None:
        return args
    first, *rest = args
    if first.casefold() == "help" and not rest:
        click.echo(click.get_current_context().get_help())
        click.get_current_context().exit()
    if first.casefold() == "help" and one(rest[0].casefold()) is not None:
        return [rest[0].casefold(), "--help"]
    return [first.casefold(), *rest] if one(first.casefold()) is not None else args


def command(name: str) -> click.Command:
    """Load a command, or make that of a question."""
    import importlib

    entry = one(name)
    if entry is None:
        raise KeyError(name)
    if entry.module:
        module = importlib.import_module(f"imsmap.cli.{entry.module}")
        loaded: click.Command = getattr(module, entry.name or name)
    else:
        from imsmap.cli.questions import asking_command

        question = about.question(entry.name)
        assert question is not None
        loaded = asking_command(entry.name, question)
    loaded.short_help = entry.short
    for one_of_it in (loaded, *(loaded.commands.values() if isinstance(loaded, click.Group) else ())):
        for parameter in one_of_it.params:
            if type(parameter.type) is click.types.StringParamType:
                parameter.type = _Words()
    return loaded


class _Words(click.types.StringParamType):
    """Text as a person types it; bytes that no program could show again are refused, where they came in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        text = super().convert(value, param, ctx)
        if isinstance(text, str) and any("\ud800" <= sign <= "\udfff" for sign in text):
            raise click.BadParameter(f"{text!r} holds bytes that are no UTF-8 text; type it anew", ctx, param)
        return text


def _width() -> int:
    """Give the terminal's width, 80 where there is none."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told):
        return int(told)
    out = sys.__stdout__
    try:
        return 80 if out is None else os.get_terminal_size(out.fileno()).columns or 80
    except (AttributeError, ValueError, OSError):
        return 80


def _folder(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    from pathlib import Path

    return Path(value)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExample:\n  imsmap overlap 9001 14001",
)
@click.option(
    "--mappings",
    metavar="DIR",
    type=click.Path(),
    callback=_folder,
    help="Folder with the mapping data; else ./mappings, else the data that came with imsmap.",
)
@click.version_option(__version__, prog_name="imsmap", message="%(prog)s %(version)s")
@click.pass_context
def imsmap(ctx: click.Context, mappings: Path | None) -> None:
    """Map integrated management systems: what ISO standards share, what each adds, and where.

    Answers go to stdout, remarks to stderr. Exit codes: 0 fine, 1 the data or the files have problems, 2 wrong use.
    """
    ctx.obj = mappings
    if ctx.invoked_subcommand is None:
        answer(_welcome(mappings).encode())


@imsmap.result_callback()
def _end(*_result: object, **_options: object) -> None:
    """Add the remarks that wait until the answer is given."""
    say_what_was_kept()


def _welcome(mappings: Path | None) -> str:
    from imsmap.cli import asking

    heads = asking.heads(mappings)
    names = [head.designation for head in heads]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    # ISO and its number stay on one line.
    listed = listed.replace("ISO ", "ISO\u00a0")
    held = click.wrap_text(f"In the library: {listed or 'nothing yet'}.", 79).replace("\u00a0", " ")
    return f"""\
imsmap {__version__} maps integrated management systems: what ISO management
system standards share and what each of them adds, clause by clause and point
by point, as tables, a workbook, pictures and slides.

{held}

Three commands to try:
  imsmap overlap 9001 14001    what the two have in common, and what not
  imsmap show 9001:8.5.1       one clause, and its counterparts elsewhere
  imsmap build                 workbook, pictures and slides into output/

imsmap start begins a client's project with you, question by question.
imsmap --help lists all commands; imsmap COMMAND --help explains one.
"""
