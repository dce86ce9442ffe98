"""What a client's project lays over the page: its look, status, owners and actions."""

from __future__ import annotations

from imsmap.client.standing import questions_of
from imsmap.drawing.look import Look
from imsmap.exporters.html import Overlay
from imsmap.library.graph import ClauseGraph
from imsmap.register.cells import Cells
from imsmap.register.state import State, words


def overlay_of(look: Look, graph: ClauseGraph, standards: tuple[str, ...], cells: Cells, state: State) -> Overlay:
    """Gather it; who answers for a clause is who answers for any of its points."""
    asked = questions_of(graph, standards)
    owners = {}
    for key in standards:
        for leaf in graph.leaves(key):
            named = (words(asked.effective(cells, ref, "owner")) for ref, _ in graph.points((leaf.ref,)))
            owners[leaf.ref] = tuple(dict.fromkeys(filter(None, named)))
    return Overlay(look=look, state=state, owners=owners)
