"""How text is laid out on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsmap.exporters.terminal.letters import laid as laid
from imsmap.exporters.terminal.letters import measure as measure

if TYPE_CHECKING:
    from imsmap.brief import Brief


def document(brief: Brief, width: int, *, painted: bool = False) -> bytes:
    """Write a document of a few pages as a terminal shows it."""
    from imsmap.exporters.terminal import pages

    return pages.document(brief, width, painted=painted)
