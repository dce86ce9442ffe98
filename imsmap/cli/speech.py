"""What the command line says, and where: results to stdout, talk to stderr."""

from __future__ import annotations

import sys
from typing import Any

import click

from imsmap.plain import legible

_UNSEEN = 1.0
"""Work that is done in so many seconds says nothing of its steps."""


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
    """Name the step that is under way and how long it has taken, on a terminal only; nothing in the first second."""

    def __init__(self) -> None:
        """Find out whether anybody watches."""
        import os
        import time

        self._watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._now = time.monotonic
        self._began = self._now()
        self._bar: Any = None

    def step(self, what: str) -> None:
        """Replace the name of the step; an empty one takes the line away."""
        if not self._watched:
            return
        if not what:
            self._end()
        elif self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=what)
        elif self._now() - self._began >= _UNSEEN:
            self._begin(what)

    def _begin(self, what: str) -> None:
        import atexit

        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (
            BarColumn(20, style="dim", pulse_style="bold"),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.elapsed:.0f} s", style="dim"),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._bar.add_task(what, total=None)
        self._bar.start()
        # An error passes by whoever would take the line away.
        atexit.register(self._end)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        self._began = self._now()
