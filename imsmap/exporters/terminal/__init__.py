"""What people read on a terminal or down a pipe: first what the answer says, on one screen, or all of it.

`screens/` holds a file for each question that has a screen of its own; any other shows its sentence and its first
table.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable

from attrs import evolve

from imsmap import about
from imsmap.exporters.terminal import generic, whole
from imsmap.exporters.terminal.letters import measure as measure
from imsmap.exporters.terminal.screen import MOST_LINES, Screen, said
from imsmap.report import Report

ABOUT = about.Format(suffix=".txt", holds=("answers",), name="table", place=10)


def export(
    report: Report[object], width: int = 80, *, brief: bool = False, sources: bool = True, painted: bool = False
) -> bytes:
    """Write an answer, wrapped to the width in characters.

    brief: on one screen, and how to get the rest; else every table in full. sources: also who says so, and where.
    painted: bold, dim and with the hues of letters, for a terminal that takes them.
    """
    if not brief:
        return whole.export(report, width, sources=sources).encode("utf-8", "replace")
    lines = screen(report).lines(width, MOST_LINES)
    if painted:
        from imsmap.exporters.terminal.paint import painted as paint

        return paint(lines).encode("utf-8", "replace")
    return "".join(f"{said(line).rstrip()}\n" for line in lines).encode("utf-8", "replace")


def screen(report: Report[object]) -> Screen:
    """Give what an answer shows on one screen."""
    name = f"{__name__}.screens.{report.analysis}"
    draw: Callable[[Report[object]], Screen] = generic.screen
    if importlib.util.find_spec(name) is not None:
        draw = importlib.import_module(name).screen
    drawn = draw(report)
    return evolve(drawn, remarks=(*drawn.remarks, report.doubt)) if report.doubt else drawn
