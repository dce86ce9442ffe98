"""Edition windows: when each standard was published and amended, and which edition follows it."""

from __future__ import annotations

from collections.abc import Iterator

from imsmap import about
from imsmap.library.editions import SURE
from imsmap.library.graph import ClauseGraph
from imsmap.parts import Side, side_json, sides
from imsmap.report import Column, Json, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import listed

CONFIRM = "confirm with your certification body"


ABOUT = about.Question(short="When editions come and go", place=0)


@frozen
class Question:
    """Whose editions to set on one line of time; one is enough."""

    standards: tuple[str, ...]


@frozen
class Event:
    """What happens to an edition, with the confidence and source of its date.

    kind: `published`, `amended`, `replaced`, `last certificates` (no new ones to it afterwards), `ends` (those that
    there are count no longer).
    """

    standard: str
    kind: str
    date: str
    what: str
    confidence: float
    source: str

    @property
    def is_reported(self) -> bool:
        """Tell whether its date is hearsay."""
        return self.confidence < SURE


@frozen
class TimelineAnswer:
    """Editions in time; replaced: the keys of those that have a successor. today: from which day it is seen, if any."""

    standards: tuple[Side, ...]
    events: tuple[Event, ...]
    replaced: tuple[str, ...]
    confirm: str = CONFIRM
    today: str = ""


def analyse(graph: ClauseGraph, question: Question) -> Report[TimelineAnswer]:
    """Gather the dates that the library holds of some editions, each with confidence and source.

    How long certificates to a replaced edition stay valid is reported at best: a certification body says it.
    """
    keys = tuple(graph.standard(key).key for key in question.standards)
    answer = TimelineAnswer(
        sides(graph, keys),
        tuple(event for key in keys for event in sorted(_events(graph, key), key=lambda one: one.date)),
        tuple(key for key in keys if graph.standard(key).successor is not None),
    )
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
            f"{event.standard}-{event.kind}-{event.date}-{at}",
            (names[event.standard], event.date, event.kind, event.what, event.confidence, event.source),
        )
        for at, event in enumerate(answer.events)
    )
    told = ", ".join(names[key] for key in answer.replaced)
    return Report(
        "timeline",
        "Editions in time: " + listed(names.values()),
        graph.library.version,
        (Table("events", "What happened when", columns, rows),),
        answer,
        to_json,
        f"{len(answer.replaced)} of {len(keys)} editions have a successor" + (f": {told}" if told else ""),
        (
            _ends(answer.events),
            f"Mapping data {graph.library.version} ({graph.library.released}). Numbers, titles and dates only.",
        ),
    )


def _ends(events: tuple[Event, ...]) -> str:
    ends = [event for event in events if event.kind == "ends"]
    if not ends:
        return f"When certificates to a replaced edition end is not in these data: {CONFIRM}."
    told = "reported only" if any(event.is_reported for event in ends) else "known"
    return f"When certificates to a replaced edition end is {told}: {CONFIRM}, which may ask for the change earlier."


def _events(graph: ClauseGraph, key: str) -> Iterator[Event]:
    """Tell what happened to one edition."""
    standard = graph.standard(key)
    source = " ".join(standard.source.split())
    yield Event(key, "published", standard.published, standard.designation, standard.confidence, source)
    for amendment in standard.amendments:
        what = f"{amendment.id}: {amendment.what}"
        yield Event(key, "amended", amendment.published, what, standard.confidence, source)
    if (next_ := standard.successor) is not None:
        source = " ".join(next_.source.split())
        yield Event(key, "replaced", next_.published, next_.designation, next_.confidence, source)
        for kind, day in (("last certificates", next_.last_certificates), ("ends", next_.transition_ends)):
            if day is not None:
                source = " ".join(day.source.split())
                yield Event(key, kind, day.date, standard.designation, day.confidence, source)


def to_json(answer: TimelineAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "events": [
            {
                "standard": event.standard,
                "kind": event.kind,
                "date": event.date,
                "what": event.what,
                "confidence": event.confidence,
                "source": event.source,
            }
            for event in answer.events
        ],
        "replaced": list(answer.replaced),
        "confirm": answer.confirm,
        "today": answer.today or None,
    }
