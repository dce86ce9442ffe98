"""SVG to PNG, by as many processes side by side as there are processors: the renderer lets no second thread work.

The processes are Python's own, told by a pipe what to draw. They need no `if __name__` in the program that uses them,
put nothing on the disk, and end with it. Where there can be none, or one breaks off, this process draws itself.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

_MOST = 2
"""More processes would draw sooner than the rest is made, and each takes some 55 MB for a slide of 16:9."""
_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from imsmap.raster import serve; serve()"
_LENGTH = struct.Struct(">I")


class Order(NamedTuple):
    """What to draw: how wide in dots, how many of them an inch, in which fonts, and in which family without another."""

    svg: str
    width: int
    dpi: int
    fonts: tuple[str, ...]
    family: str


def raster(order: Order) -> bytes:
    """Draw, and write the resolution into it, so that Word places it at its size."""
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=order.svg,
        width=order.width,
        dpi=72.0,
        skip_system_fonts=True,
        font_files=list(order.fonts),
        font_family=order.family,
    )
    return _with_resolution(bytes(drawn), order.dpi)


def processes() -> int:
    """Tell how many processes draw: one for each processor that this one may use, 0 where it must do it itself."""
    frozen = getattr(sys, "frozen", False)
    # Where Python runs within another program, that one would be started.
    named = Path(sys.executable or "").stem.lower().startswith(("python", "pypy"))
    told = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(told, _MOST) if named and not frozen and told > 1 else 0


class Drawers:
    """Processes that draw while this one does something else; none is left after the `with`, whatever ends it."""

    def __init__(self, most: int | None = None) -> None:
        # Whoever draws one picture, or reads a logo, waits for no pool.
        from concurrent.futures import ThreadPoolExecutor

        self._most = processes() if most is None else most
        self._pool = ThreadPoolExecutor(max(1, self._most))
        self._lock = threading.Lock()
        self._idle: list[subprocess.Popen[bytes]] = []
        self._started: list[subprocess.Popen[bytes]] = []
        self._closed = False

    def __enter__(self) -> Drawers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            for process in self._started:
                process.kill()
        # Whoever waits for one of them now reads its end.
        self._pool.shutdown()
        for process in self._started:
            _end(process)

    def put(self, order: Order) -> Callable[[], bytes]:
        """Have something drawn; gives what waits for it."""
        if not self._most:
            return lambda: raster(order)
        return self._pool.submit(self._drawn, order).result

    def _drawn(self, order: Order) -> bytes:
        try:
            process = self._process()
            drawn = _ask(process, order)
        except OSError:
            if self._closed:
                raise
            # It says what is wrong, if anything is.
            return raster(order)
        with self._lock:
            self._idle.append(process)
        return drawn

    def _process(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise OSError("nobody waits any more")
            if self._idle:
                return self._idle.pop()
            started = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._started.append(started)
            return started


def serve() -> None:
    """Draw what stdin asks for, until it ends."""
    # Ctrl+C reaches all processes of a terminal; the one that asks ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := asked.read(_LENGTH.size):
        svg, width, dpi, fonts, family = json.loads(asked.read(*_LENGTH.unpack(head)))
        _tell(answers, raster(Order(svg, width, dpi, tuple(fonts), family)))


def _ask(process: subprocess.Popen[bytes], order: Order) -> bytes:
    """Have one process draw; OSError says that it broke off."""
    assert process.stdin is not None
    assert process.stdout is not None
    _tell(process.stdin, json.dumps(order).encode())
    head = process.stdout.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else -1
    drawn = process.stdout.read(length) if length >= 0 else b""
    if len(drawn) != length:
        _end(process)
        raise OSError("a process that draws broke off")
    return drawn


def _tell(to: IO[bytes], content: bytes) -> None:
    to.write(_LENGTH.pack(len(content)) + content)
    to.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # it still held something for who no longer reads
                continue


def _with_resolution(drawn: bytes, dpi: int) -> bytes:
    end_of_header = 8 + 25
    per_metre = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    return drawn[:end_of_header] + chunk + drawn[end_of_header:]
