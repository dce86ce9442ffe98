"""That somebody who owns a standard checked a point against its text."""

from __future__ import annotations

from imsmap.values import frozen

AGREES, DIFFERS = "agrees", "differs"
VERDICTS = (AGREES, DIFFERS)
"""What somebody found: the point says what the standard asks for, or not quite."""


@frozen
class Mark:
    """Who checked a point, when (a day as ISO writes it), what was found, and what differs, in words of their own.

    fingerprint: of the point as it was then.
    """

    point: str
    by: str
    on: str
    verdict: str
    fingerprint: str
    note: str = ""
