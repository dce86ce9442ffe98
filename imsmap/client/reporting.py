"""What a project brings to its status report: how it stands, how it stood, and what its settings say of hours."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from imsmap.analyses import documents, next90, status_report
from imsmap.client import processes as kept
from imsmap.client import register
from imsmap.client.course import course
from imsmap.client.processes import Processes, as_shown
from imsmap.client.settings import Project
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS
from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Cells
from imsmap.register.state import State, state
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import listed


@frozen
class Reported:
    """The report, and what is due in the next 90 days, of the same state."""

    report: Report[status_report.ReportAnswer]
    due: Report[next90.NextAnswer]


def reported(
    project: Project,
    graph: ClauseGraph,
    standards: tuple[str, ...],
    found: Processes,
    date: datetime.date,
    since: str = "",
) -> Reported:
    """Say how a project stands about some standards, and what moved since a version or a day."""
    root: Path = project.root
    known = register.read(root)
    cells = kept.edited(root, known.cells, found)
    told = documents.analyse(graph, documents.Question(standards)).answer
    asking = asked(grouped(graph, standards))

    def standing(written: Cells, day: datetime.date) -> State:
        return state(asking, written, as_shown(written, found), told.asking, date=day)

    now = standing(cells, date)
    pending = bool(known.by_hand) or cells != known.cells
    question = status_report.Question(
        standards,
        now,
        cells,
        _called(told),
        course(root, standing, now, since, pending=pending),
        project.rates,
    )
    return Reported(status_report.analyse(graph, question), next90.analyse(graph, next90.Question(standards, now)))


def _called(told: documents.DocumentsAnswer) -> Mapping[str, str]:
    """Say what each documented information is; of two that are called alike also whether it is document or record."""
    alike = Counter(one.what for one in told.documents)
    found = {}
    for one in told.documents:
        kinds = dict.fromkeys(KIND_WORDS[kind] for asked_ in one.asked.values() for kind in asked_.kinds)
        found[one.id] = f"{one.what} as {listed(kinds)}" if alike[one.what] > 1 and kinds else one.what
    return found
