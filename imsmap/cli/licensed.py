"""What goes out is looked through for the licensed text that the project holds: by every command that writes a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from imsmap.cli.speech import say

if TYPE_CHECKING:
    from imsmap.api.licensed import LicensedText, Quote, Runs

Command = TypeVar("Command", bound=Callable[..., None])
_TOLD = 12
_ALLOWED = f"{__name__}.allowed"


def _allow(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[_ALLOWED] = value


def quotes_option(command: Command) -> Command:
    """Let a command write what quotes licensed text, which it else refuses."""
    return click.option(
        "--allow-quotes",
        is_flag=True,
        expose_value=False,
        callback=_allow,
        help="Write it though it quotes the licensed text of the project.",
    )(command)


def texts() -> tuple[LicensedText, ...]:
    """Read the licensed texts of the project in whose folder the command runs; none outside of one."""
    from imsmap.client import place

    root = place.find(Path.cwd())
    if root is None or not (root / place.LICENSED).is_dir():
        return ()
    from imsmap.client import licensed

    return licensed.read(root)


def of_clauses(standards: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give the licensed text of some standards by clause, in their order; wrong use where the project has none."""
    held = {one.standard: one for one in texts()}
    found = tuple(
        (f"{key}:{number}", said) for key in standards if key in held for number, said in held[key].clauses.items()
    )
    if not found:
        raise click.UsageError("no licensed text of these standards is kept in the project; imsmap text add FILE")
    return found


def runs() -> Runs | None:
    """Give what to look for, gathered once; nothing where the project holds no text."""
    context = click.get_current_context(silent=True)
    known: dict[str, Runs | None] = {} if context is None else context.meta
    if __name__ not in known:
        known[__name__] = None
        if held := texts():
            from imsmap.api.licensed import Runs

            known[__name__] = Runs(held)
    return known[__name__]


def guard(files: Mapping[str, bytes]) -> None:
    """Refuse files that quote the project's licensed text, unless that was asked for; files: content by name."""
    if found := runs():
        from imsmap.api.licensed import find

        _refuse(find(found, files))


def guard_values(values: Iterable[object], name: str) -> None:
    """Refuse what quotes licensed text before it is drawn into a file from which no words can be read."""
    if found := runs():
        from attrs import evolve

        from imsmap.api.licensed import said

        quotes = found.within(tuple(said(tuple(values))))
        _refuse(tuple(evolve(one, place=name) for one in quotes))


def _refuse(quotes: tuple[Quote, ...]) -> None:
    if not quotes:
        return
    from imsmap.errors import RefusedError

    told = "\n".join(f"  {one}" for one in quotes[:_TOLD])
    more = f"\n  and {len(quotes) - _TOLD} more" if len(quotes) > _TOLD else ""
    count = "a quote" if len(quotes) == 1 else f"{len(quotes)} quotes"
    if click.get_current_context().meta.get(_ALLOWED):
        say(f"{count} of licensed text, as you allowed:\n{told}{more}")
        return
    raise RefusedError(
        f"{count} of the licensed text that is kept in this project; nothing was handed out:\n{told}{more}\n"
        "Say it in your own words there, or write it all the same with --allow-quotes."
    )
