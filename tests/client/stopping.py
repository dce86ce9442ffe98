"""Commands that are stopped in the middle: run in a process of their own, told at which step to die or to fail.

`run(root, job, fault, number)` forks; `python -m tests.client.stopping ROOT JOB` starts anew. The fault `kill` dies at
the step of that number, `full` lets so many bytes go to the disk and then has no room; a job is a function below.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from imsmap.client import register
from imsmap.register.cells import Key

OLD = {Key("requirements", f"r{n}", "owner"): f"Ann {n}" for n in range(40)} | {Key("actions", "a", "due"): 1}
NEW = {Key("requirements", f"r{n}", "owner"): f"Bob {n}" for n in range(60)} | {Key("own:Ä", "1", "B"): "x" * 5000}
WHEN = "2026-11-25T10:00:00"


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


def run(root: Path, job: str, fault: str = "none", number: int = 0) -> Done:
    """Run a job in a process of its own."""
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
    globals()[sys.argv[2]](Path(sys.argv[1]))
