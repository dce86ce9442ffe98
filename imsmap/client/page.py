"""What a client's project lays over the page: brand, status, owners and actions."""

from __future__ import annotations

from pathlib import Path

from imsmap import files
from imsmap.client.settings import Project
from imsmap.client.standing import questions_of
from imsmap.exporters.html import Logo, Overlay
from imsmap.library.graph import ClauseGraph
from imsmap.register.cells import Cells
from imsmap.register.state import State, words

_KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


def overlay_of(project: Project, graph: ClauseGraph, standards: tuple[str, ...], cells: Cells, state: State) -> Overlay:
    """Gather it; who answers for a clause is who answers for any of its points."""
    asked = questions_of(graph, standards)
    owners = {}
    for key in standards:
        for leaf in graph.leaves(key):
            named = (words(asked.effective(cells, ref, "owner")) for ref, _ in graph.points((leaf.ref,)))
            owners[leaf.ref] = tuple(dict.fromkeys(filter(None, named)))
    brand = project.brand
    return Overlay(
        name=brand.name,
        colours=brand.colours,
        logo=_logo(project, brand.logo),
        logo_dark=_logo(project, brand.logo_dark),
        font=brand.font,
        legal=brand.legal,
        state=state,
        owners=owners,
    )


def _logo(project: Project, path: Path | None) -> Logo | None:
    if path is None:
        return None
    return Logo(files.read(path, path.relative_to(project.root).as_posix()), _KINDS[path.suffix.lower()])
