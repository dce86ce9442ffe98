"""Edition windows: when each standard was published and amended, and which edition follows it."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.parts import side_json, sides
from imsmap.report import Column, Report, Row, Table, untyped

CONFIRM = "confirm with your certification body"


@frozen
class Question:
    """Whose editions to set on one line of time; one is enough."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Gather the dates that the library holds of some editions, each with confidence and source.

    How long certificates to a replaced edition stay valid is not in the library: a certification body says it.
    """
    keys = tuple(graph.standard(key).key for key in question.standards)
    events = [event for key in keys for event in _events(graph, key)]
    replaced = [key for key in keys if graph.standard(key).successor is not None]
    values = {
        "standards": [side_json(side) for side in sides(graph, keys)],
        "events": events,
        "replaced": replaced,
        "confirm": CONFIRM,
    }
    names = {key: graph.standard(key).designation for key in keys}
    columns = (
        Column("standard", "Standard", "text", 18),
        Column("date", "Date", "text", 12),
        Column("kind", "What happened", "text", 14),
        Column("what", "Edition or amendment", "text", 40),
        Column("confidence", "Confidence", "confidence", 10),
        Column("source", "Source", "text", 60),
    )
    rows = tuple(
        Row(
            f"{event['standard']}-{event['kind']}-{event['date']}-{at}",
            (
                names[event["standard"]],
                event["date"],
                event["kind"],
                event["what"],
                event["confidence"],
                event["source"],
            ),
        )
        for at, event in enumerate(events)
    )
    told = ", ".join(names[key] for key in replaced)
    return Report(
        "timeline",
        "Editions in time: " + " and ".join(names.values()),
        graph.library.version,
        (Table("events", "What happened when", columns, rows),),
        values,
        untyped,
        f"{len(replaced)} of {len(keys)} editions have a successor" + (f": {told}" if told else ""),
        (
            f"When certificates to a replaced edition end is not in these data: {CONFIRM}.",
            f"Mapping data {graph.library.version} ({graph.library.released}). Numbers, titles and dates only.",
        ),
    )


def _events(graph: ClauseGraph, key: str) -> list[dict[str, Any]]:
    """List what happened to one edition, in the order of the dates."""
    standard = graph.standard(key)

    def event(kind: str, date: str, what: str, confidence: float, source: str) -> dict[str, Any]:
        return {
            "standard": key,
            "kind": kind,
            "date": date,
            "what": what,
            "confidence": confidence,
            "source": " ".join(source.split()),
        }

    found = [event("published", standard.published, standard.designation, standard.confidence, standard.source)]
    found += [
        event("amended", amendment.published, f"{amendment.id}: {amendment.what}", standard.confidence, standard.source)
        for amendment in standard.amendments
    ]
    if (next_ := standard.successor) is not None:
        found.append(event("replaced", next_.published, next_.designation, next_.confidence, next_.source))
    return sorted(found, key=lambda one: str(one["date"]))
