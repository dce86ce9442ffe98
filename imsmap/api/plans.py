"""The blueprint of an integrated system's documents, and its outline that a person fills."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from imsmap.analyses import blueprint
from imsmap.analyses.blueprint import BlueprintAnswer as BlueprintAnswer
from imsmap.report import Report

if TYPE_CHECKING:
    from imsmap.brief import Brief
    from imsmap.drawing.look import Look
    from imsmap.library.graph import ClauseGraph


def asked(library: ClauseGraph, standards: tuple[str, ...]) -> Report[BlueprintAnswer]:
    """Propose documents for some standards, of which no project says anything."""
    return blueprint.analyse(library, blueprint.Question(standards))


def document(
    report: Report[BlueprintAnswer], *, date: datetime.date, client: str = "", look: Look | None = None
) -> Brief:
    """Put the outline together. client: whose it is; look: the client's."""
    from imsmap.brief.blueprint import outline

    return outline(report, date, client=client, look=look)
