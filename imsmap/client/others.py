"""What people put into a workbook beside cells, remarks and links: it is not taken, and so it is counted and told.

What is ours of it (charts, the logo, what is printed above each page) went out, and is in the snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator

from imsmap.readers.workbook import Returned
from imsmap.readers.workbook.others import HEADER, NAME, words
from imsmap.register.cells import OTHERS, OWN, Cells, Key, Value
from imsmap.values import frozen

_WHOLE = "book"
"""Stands for the workbook where a thing belongs to no sheet."""
_NOWHERE = "·"
"""Stands for the place of a thing that has none."""
_LISTED: dict[Key, Value] = {Key(OTHERS, _WHOLE, "listed"): True}
"""Says that a snapshot tells what went out beside cells, even where that is nothing."""
_EARLIER = {("dashboard", "chart"): 99, ("cover", "picture"): 1}
"""What of ours went out with snapshots that do not tell it."""


@frozen
class NotTaken:
    """Things of one kind on a sheet that are not taken: how many, and the line that tells them with their places."""

    count: int
    told: str


def kept(returned: Returned) -> dict[Key, Value]:
    """Give what a workbook holds beside cells, for the snapshot of an export."""
    return _LISTED | {
        Key(OTHERS, sheet, what): "\n".join(places)
        for sheet, _, found in _held(returned)
        for what, places in found.items()
    }


def not_taken(returned: Returned, base: Cells | None) -> Iterator[NotTaken]:
    """Tell what came back beside cells and did not go out."""
    tells = base is not None and not _LISTED.keys().isdisjoint(base)
    # A sheet whose mark is gone is not known here, but what is printed above its pages is.
    headers = {
        words(line)
        for key, value in (base or {}).items()
        if key.sheet == OTHERS and key.field == HEADER
        for line in str(value).splitlines()
    }
    for sheet, title, found in _held(returned):
        for what, places in sorted(found.items()):
            went = str((base or {}).get(Key(OTHERS, sheet, what), "")).splitlines()
            if what == HEADER:
                more = [place for place in places if words(place) not in headers] if tells else []
            elif what == NAME:
                more = [place for place in places if place not in went] if tells else []
            else:
                count = len(places) - (len(went) if tells else _EARLIER.get((sheet, what), 0))
                # What moved is not told from what is new: those that stand where nothing went out come first.
                more = sorted(places, key=lambda place: place in went)[: max(count, 0)]
            if more:
                yield NotTaken(len(more), _told(title, what, more))


def _held(returned: Returned) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Give the places of each kind of thing, by the keys and titles of sheets."""
    for key, title, others in (
        *((sheet.key or OWN + returned.original(sheet.title), sheet.title, sheet.others) for sheet in returned.sheets),
        (_WHOLE, "", returned.others),
    ):
        found: dict[str, list[str]] = {}
        for what, place in others:
            found.setdefault(what, []).append(place or _NOWHERE)
        if found:
            yield key, title, found


def _told(title: str, what: str, places: list[str]) -> str:
    named = [place for place in places if place != _NOWHERE]
    where = (
        ""
        if not named
        else f" ({', '.join(named)})"
        if what in (HEADER, NAME) or not title
        else f" at {', '.join(named)}"
    )
    several = len(places) > 1
    thing = f"{len(places)} × {what}" if several else f"the {what}"
    return f"{title or 'the workbook'}: {thing}{where} {'are' if several else 'is'} not taken; keep the file"
