"""The deck: which slides in which order, for anybody or for a client; what has no data is left out, with the reason."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, field

from imsmap import about
from imsmap.drawing.look import Look
from imsmap.report import Report
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.analyses.matrix import MatrixAnswer
    from imsmap.analyses.timeline import TimelineAnswer
    from imsmap.decision.rules import Case
    from imsmap.drawing import Picture
    from imsmap.library.graph import ClauseGraph
    from imsmap.pictures.cover import CoverAnswer
    from imsmap.register.state import State

IN_PROJECTS = "a client's project has them (imsmap new)"
"""Why something is left out for anybody else."""


@frozen
class Occasion:
    """For whom and when the slides are made, and how they look.

    reports: what only a project knows; missing: why a picture has no data.
    """

    date: datetime.date
    client: str = ""
    scope: str = ""
    reports: Mapping[str, Report[object]] = field(factory=dict)
    missing: Mapping[str, str] = field(factory=dict)
    look: Look = field(factory=Look)

    def cover(self, matrix: Report[MatrixAnswer]) -> Report[CoverAnswer]:
        """Give what the cover says."""
        from imsmap.pictures import cover

        told = matrix.answer
        answer = cover.CoverAnswer(told.standards, self.client, self.scope, self.date.isoformat(), told.shares.tally())
        return Report(
            "cover", matrix.title, matrix.data_version, (), answer, cover.to_json, matrix.message, matrix.notes
        )

    def timeline(self, told: Report[TimelineAnswer]) -> Report[TimelineAnswer]:
        """Give the editions in time as seen from this day."""
        return evolve(told, answer=evolve(told.answer, today=self.date.isoformat()))


def for_anybody(date: datetime.date, client: str = "") -> Occasion:
    """Say what slides without a project lack."""
    return Occasion(
        date,
        client,
        look=Look(client=client),
        missing={name: IN_PROJECTS for name, picture in about.pictures().items() if picture.client},
    )


def for_client(
    graph: ClauseGraph,
    standards: tuple[str, ...],
    state: State,
    case: Case,
    *,
    date: datetime.date,
    client: str,
    scope: str,
    look: Look,
) -> Occasion:
    """Gather what a project's answers say on slides, and what they do not say."""
    from imsmap.analyses import next90, processes

    reports: dict[str, Report[object]] = {}
    missing = {}
    if state.processes:
        reports["processes"] = processes.analyse(graph, processes.Question(standards, state))
    else:
        missing["processes"] = "processes.csv names no process"
    if state.actions or any(one.next for one in state.obligations.values()):
        reports["next90"] = next90.analyse(graph, next90.Question(standards, state))
    else:
        missing["next90"] = "no action is written on the sheet Requirements"
    if case.is_empty:
        missing["choice"] = "nothing is answered yet (imsmap choose asks)"
    return Occasion(date, client, scope, reports, missing, look)


def slides(drawn: Mapping[str, Sequence[Picture]], undrawn: Mapping[str, str]) -> tuple[tuple[Picture, ...], list[str]]:
    """Put the slides in their order; gives them and what is left out, with the reason."""
    shown: list[Picture] = []
    left_out = []
    for name, told in about.pictures().items():
        if not told.slide:
            continue
        if name in drawn:
            shown += drawn[name]
        elif not told.appendix:
            left_out.append(f"slide {name} ({told.slide}): {undrawn.get(name, 'it was not drawn')}")
    return tuple(shown), left_out
