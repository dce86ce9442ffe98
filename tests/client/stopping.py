"""Commands that are stopped in the middle: run in a process of their own, told at which step to die or to fail.

A small process stands ready, and each job is done in a copy of it: to copy a process that ran many tests takes longer
than what the copy does. The fault `kill` dies at the step of that number, `late` is killed after so many microseconds
wherever it is, `full` lets so many bytes go to the disk and then has no room; a job is a function below.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from imsmap.client import register
from imsmap.register.cells import Key

OLD = {Key("requirements", f"r{n}", "owner"): f"Ann {n}" for n in range(40)} | {Key("actions", "a", "due"): 1}
NEW = {Key("requirements", f"r{n}", "owner"): f"Bob {n}" for n in range(60)} | {Key("own:Ä", "1", "B"): "x" * 5000}
WHEN = "2026-11-25T10:00:00"
Run = Callable[..., "Done"]


def commit(root: Path) -> None:
    """Bring the register from OLD to NEW: files that change, come and go."""
    with register.writing(root, WHEN, "tester") as writer:
        writer.commit("import", NEW, file="back.xlsx")


def undo(root: Path) -> None:
    """Go back."""
    with register.writing(root, WHEN, "tester") as writer:
        writer.undo()


def settle(root: Path) -> None:
    """Only bring the register's files up to the history."""
    with register.writing(root, WHEN, "tester"):
        pass


def watched(step: Callable[[str], None], name: str) -> None:
    """Call a step before and after each call of a function of the system."""
    real: Callable[..., Any] = getattr(os, name)

    def call(*given: Any, **named: Any) -> Any:
        step("")
        result = real(*given, **named)
        step(name)
        return result

    setattr(os, name, call)


class Done(NamedTuple):
    """How a run ended: its signal, what was done at each step, bytes written, and what it said if it failed."""

    signal: int
    steps: tuple[str, ...]
    written: int
    error: str


@contextmanager
def ready() -> Iterator[Run]:
    """Start the process that stands ready, and give what runs a job: `run(root, job, fault, number)`."""
    words = [sys.executable, "-m", "tests.client.stopping"]
    with subprocess.Popen(
        words, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        asked, answered = process.stdin, process.stdout
        assert asked is not None
        assert answered is not None

        def run(root: Path, job: str, fault: str = "none", number: int = 0) -> Done:
            print(json.dumps([str(root), job, fault, number]), file=asked, flush=True)
            ended, steps, written, error = json.loads(answered.readline())
            return Done(ended, tuple(steps), written, error)

        yield run


def _run(root: Path, job: str, fault: str, number: int) -> Done:
    """Run a job in a copy of this process."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        said = {"steps": [], "written": 0, "error": ""}
        write, leave = os.write, os._exit
        try:
            _fail(fault, number, said)
            globals()[job](root)
        except BaseException as error:
            said["error"] = f"{type(error).__name__}: {error}"
        finally:
            write(writing, json.dumps(said).encode())
            leave(0)
    os.close(writing)
    if fault == "late":
        time.sleep(number / 1_000_000)
        os.kill(process, signal.SIGKILL)
    with os.fdopen(reading) as file:
        text = file.read()
    _, status = os.waitpid(process, 0)
    said = json.loads(text) if text else {"steps": [], "written": 0, "error": ""}
    return Done(
        os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, tuple(said["steps"]), said["written"], said["error"]
    )


def telling(steps: tuple[str, ...]) -> list[int]:
    """Choose the steps at which another state is on the disk: after calls that change it, long writes at their ends."""
    done = [(number, name) for number, name in enumerate(steps, 1) if name and name != "fsync"]
    names = ["", *(name for _, name in done), ""]
    inner = {at for at in range(1, len(names) - 1) if names[at - 1] == names[at] == names[at + 1] == "write"}
    return [1, *(number for at, (number, _) in enumerate(done, 1) if at not in inner)]


def _fail(fault: str, number: int, said: dict[str, Any]) -> None:
    """Count the steps from here on, and fail at one of them."""
    real_write = os.write

    def step(done: str) -> None:
        said["steps"].append(done)
        if fault == "kill" and len(said["steps"]) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def write(handle: int, content: bytes) -> int:
        room = number - said["written"]
        if fault == "full" and len(content) > room:
            if room > 0:
                said["written"] += real_write(handle, content[:room])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        # A system may take a part only.
        done = real_write(handle, content[: max(1, len(content) // 2)])
        said["written"] += done
        return done

    os.write = write
    for name in ("open", "write", "fsync", "replace", "unlink", "ftruncate"):
        watched(step, name)


if __name__ == "__main__":
    os.fsync = lambda handle: None  # a process that is killed does not take the system's memory along
    for line in sys.stdin:
        root, *words = json.loads(line)
        print(json.dumps(_run(Path(root), *words)), flush=True)
