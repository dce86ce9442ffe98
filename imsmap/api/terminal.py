"""How text is laid out on a terminal."""

from __future__ import annotations

from imsmap.exporters.terminal.letters import laid as laid
from imsmap.exporters.terminal.letters import measure as measure
