"""What the command line says, and where: results to stdout, talk to stderr."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

import click

from imsmap.plain import legible

if TYPE_CHECKING:
    import threading

    from imsmap.api.library import Taken

_UNSEEN = 1.0
"""Work that is done in so many seconds says nothing of its steps."""
_PROGRESS = f"{__name__}.progress"
_RUNNING: list[Progress] = []
"""Whose line is there, or comes once the first second is over."""
_SAYS = "imsmap: "


def say(text: str, *, plain: bool = False, aside: bool = False) -> None:
    """Say something about the work on stderr; `plain` leaves out who says it.

    aside: it is a remark, which stands back behind the answer where a terminal can show that.
    """
    _take_away()
    words = legible(text) if plain else f"{_SAYS}{legible(text)}"
    fitted = _fitted(words, sys.stderr, None if plain else len(_SAYS))
    click.echo(click.style(fitted, dim=True) if aside and _shows_looks(sys.stderr) else fitted, err=True)


def later(remark: str | Taken) -> None:
    """Keep a remark until the answer is given; an error drops it, since nobody asks for both at once."""
    context = click.get_current_context(silent=True)
    if context is None:
        _remark([remark])
    else:
        # The keys are the remarks, each of them once and in their order.
        context.meta.setdefault(__name__, {})[remark] = None


def say_what_was_kept() -> None:
    """Say what waited for the end of the answer."""
    _take_away()
    _remark(click.get_current_context().meta.pop(__name__, {}))


def _remark(kept: Iterable[str | Taken]) -> None:
    """Say remarks, and of all editions that were taken in one."""
    taken = []
    for remark in kept:
        if isinstance(remark, str):
            say(remark, aside=True)
        else:
            taken.append(remark)
    if taken:
        from imsmap.wording import editions_taken

        for text in editions_taken(taken):
            say(text, aside=True)


def answer(content: bytes) -> None:
    """Write a result to stdout."""
    _take_away()
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def paints() -> bool:
    """Tell whether stdout is a terminal that shows bold and colour, and its owner wants them."""
    return _shows_looks(sys.stdout)


def _shows_looks(stream: TextIO) -> bool:
    import os

    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in ("dumb", "")


def watched() -> bool:
    """Tell whether stdout is a terminal, with somebody before it."""
    return sys.stdout.isatty()


def leaf_through(content: bytes) -> None:
    """Write something long to stdout: on a terminal through the pager that its owner chose, as git does."""
    import os

    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        answer(content)
        return
    _take_away()
    # As git: leave what fits on the screen there, and give the terminal back as it was.
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(content.decode("utf-8", "replace"))


def terminal_width() -> int:
    """Give the width to wrap to: the terminal's, 80 in a pipe."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def tell(text: str, *, paged: bool = False) -> None:
    """Write text for people to stdout, on a terminal wrapped at words; signs that would steer it become visible.

    paged: it is long, and goes through the pager.
    """
    (leaf_through if paged else answer)(_fitted(legible(text), sys.stdout).encode("utf-8", "replace"))


def _fitted(text: str, stream: TextIO, hang: int | None = None) -> str:
    """Wrap what does not fit on a terminal; down a pipe each line stays whole, as programs look for lines.

    hang: where further lines of each begin, if that is not told by how it begins.
    """
    if not stream.isatty() or max(map(len, text.split("\n"))) <= terminal_width() // 2:
        return text
    from imsmap.api.terminal import laid

    return "\n".join(laid(line, terminal_width(), hang) for line in text.split("\n"))


class Progress:
    """Name the step that is under way and how long it has taken, on a terminal only; nothing in the first second."""

    def __init__(self) -> None:
        """Find out whether anybody watches."""
        import os
        import time

        self._watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._now = time.monotonic
        self._began = self._now()
        self._what = ""
        self._of: tuple[int, int] | None = None
        self._bar: Any = None
        self._timer: threading.Timer | None = None
        self._lock: contextlib.AbstractContextManager[object] = contextlib.nullcontext()
        if self._watched:
            import threading

            # The line appears from a thread of its own: whoever does a long step has no time to look at the clock.
            self._lock = threading.Lock()

    def step(self, what: str, of: tuple[int, int] | None = None) -> None:
        """Replace the name of the step; an empty one takes the line away. of: so many of so many are done."""
        if not self._watched:
            return
        with self._lock:
            self._what, self._of = what, of
            if not what:
                self._end()
            elif self._bar is not None:
                done, total = of or (0, None)
                self._bar.update(self._bar.task_ids[0], description=what, completed=done, total=total)
            elif self._timer is None or self._now() - self._began >= _UNSEEN:
                self._wait()

    def _wait(self) -> None:
        import threading

        left = _UNSEEN - (self._now() - self._began)
        if left <= 0:
            self._begin()
            return
        _RUNNING.append(self)
        self._timer = threading.Timer(left, self._come_late)
        self._timer.daemon = True
        self._timer.start()

    def _come_late(self) -> None:
        with self._lock:
            if self._what and self._bar is None:
                self._begin()

    def _begin(self) -> None:
        import atexit

        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (
            # Colours are for the letters of disciplines; a bar without any would be magenta.
            BarColumn(20, style="bright_black", complete_style="white", finished_style="white", pulse_style="white"),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.elapsed:.0f} s", style="dim"),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        done, total = self._of or (0, None)
        self._bar.add_task(self._what, total=total, completed=done)
        self._bar.start()
        if self not in _RUNNING:
            _RUNNING.append(self)
        # An error passes by whoever would take the line away.
        atexit.register(self.step, "")

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        if self in _RUNNING:
            _RUNNING.remove(self)
        self._began = self._now()


def progress() -> Progress:
    """Give the one line of progress of the command that runs; whatever is said takes it away."""
    context = click.get_current_context(silent=True)
    if context is None:
        return Progress()
    found: Progress = context.meta.setdefault(_PROGRESS, None) or Progress()
    context.meta[_PROGRESS] = found
    return found


def _take_away() -> None:
    for one in tuple(_RUNNING):
        one.step("")
