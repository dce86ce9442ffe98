"""What the command line says, and where: results to stdout, talk to stderr."""

from __future__ import annotations

import sys

import click

from imsmap.plain import legible


def say(text: str, *, plain: bool = False) -> None:
    """Say something about the work on stderr; `plain` leaves out who says it."""
    click.echo(legible(text) if plain else f"imsmap: {legible(text)}", err=True)


def later(text: str) -> None:
    """Keep a remark until the answer is given; an error drops it, since nobody asks for both at once."""
    context = click.get_current_context(silent=True)
    if context is None:
        say(text)
    else:
        # The keys are the remarks, each of them once and in their order.
        context.meta.setdefault(__name__, {})[text] = None


def say_what_was_kept() -> None:
    """Say what waited for the end of the answer."""
    for text in click.get_current_context().meta.pop(__name__, {}):
        say(text)


def answer(content: bytes) -> None:
    """Write a result to stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def paints() -> bool:
    """Tell whether stdout is a terminal that shows bold and colour, and its owner wants them."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in ("dumb", "")


def leaf_through(content: bytes) -> None:
    """Write something long to stdout: on a terminal through the pager that its owner chose, as git does."""
    import os

    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        answer(content)
        return
    # As git: leave what fits on the screen there, and give the terminal back as it was.
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(content.decode("utf-8", "replace"))


def terminal_width() -> int:
    """Give the width to wrap to: the terminal's, 80 in a pipe."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def tell(text: str) -> None:
    """Write text for people to stdout; signs that would steer a terminal become visible."""
    answer(legible(text).encode("utf-8", "replace"))


class Progress:
    """Name the step that is under way, on a terminal only."""

    def __init__(self) -> None:
        """Find out whether anybody watches."""
        self._watched = sys.stderr.isatty()

    def step(self, what: str) -> None:
        """Replace the name of the step; an empty one clears the line."""
        if self._watched:
            click.echo(f"\r\x1b[K{what}", err=True, nl=False)
