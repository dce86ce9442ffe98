from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from imsmap import raster
from imsmap.raster import Drawers, Order
from tests.sharing import PATIENCE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 54"><rect x="{}" width="9" height="9" fill="red"/></svg>'
ORDERS = [Order(SVG.format(place), 96, 300, (), "Arimo") for place in (3, 30, 60)]


def drawn(orders: list[Order], most: int) -> list[bytes]:
    with Drawers(most) as drawers:
        return [waits() for waits in [drawers.put(order) for order in orders]]


def test_processes_draw_what_this_one_would_each_in_its_place() -> None:
    assert drawn(ORDERS, 2) == drawn(ORDERS, 0) == [raster.raster(order) for order in ORDERS]
    assert len(set(drawn(ORDERS, 0))) == 3


@pytest.mark.parametrize("program", ["pass", "import sys; sys.stdout.write('abcdefgh')", "import sys; sys.exit(3)"])
def test_where_a_process_breaks_off_this_one_draws(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_PROGRAM", program)
    assert drawn(ORDERS[:1], 2) == [raster.raster(ORDERS[0])]


def test_where_no_process_starts_this_one_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert drawn(ORDERS, 2) == [raster.raster(order) for order in ORDERS]


def test_what_can_not_be_drawn_is_the_same_error_with_processes_and_without() -> None:
    told = []
    for most in (0, 2):
        with pytest.raises(ValueError, match="unknown token") as error:
            drawn([Order("no picture", 96, 300, (), "Arimo")], most)
        told.append(str(error.value))
    assert told[0] == told[1]


def test_no_process_is_left_after_an_error() -> None:
    drawers = Drawers(2)

    def work() -> None:
        with drawers:
            for order in ORDERS:
                drawers.put(order)()
            raise LookupError

    with pytest.raises(LookupError):
        work()
    assert drawers._started
    assert all(process.returncode is not None for process in drawers._started)


def test_another_program_than_python_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    if hasattr(os, "sched_getaffinity"):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3.12")
    assert raster.processes() == raster._MOST == 2  # more would take more memory than a build may
    monkeypatch.setattr(sys, "executable", r"/Applications/Spreadsheet")
    assert raster.processes() == 0
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3.12")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert raster.processes() == 0


ENDLESS = """
from imsmap.raster import Drawers, Order
with Drawers(2) as drawers:
    orders = [Order({svg!r}, 900 + at, 300, (), "Arimo") for at in range({count})]
    waiting = [drawers.put(order) for order in orders]
    while len(drawers._started) < 2:
        pass
    print(*(process.pid for process in drawers._started), flush=True)
    for one in waiting:
        one()
"""


@pytest.mark.skipif(os.name != "posix", reason="no signal ends a program there")
@pytest.mark.parametrize("number", ["SIGINT", "SIGKILL"])
def test_no_process_is_left_after_ctrl_c_nor_when_the_program_is_killed(number: str) -> None:
    # It has no `if __name__`: a process that ran it again would start more, and so on.
    program = ENDLESS.format(svg=ORDERS[0].svg, count=400)
    started = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=number == "SIGINT",
        # What a shell starts in the background is deaf to Ctrl-C, and so would be what it starts.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert started.stdout is not None
    pids = [int(pid) for pid in started.stdout.readline().split()]
    assert len(pids) == 2
    if number == "SIGINT":
        os.killpg(started.pid, signal.SIGINT)
    else:
        started.send_signal(signal.SIGKILL)
    assert started.wait(PATIENCE)
    started.stdout.close()
    ends = time.monotonic() + PATIENCE
    while any(runs(pid) for pid in pids) and time.monotonic() < ends:
        time.sleep(0.01)
    assert not any(runs(pid) for pid in pids)


def runs(pid: int) -> bool:
    """Tell whether a process runs; one that ended and that nobody has asked about does not."""
    state = Path(f"/proc/{pid}/stat")
    if Path("/proc").exists():
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
