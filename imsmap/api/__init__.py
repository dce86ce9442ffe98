"""What programs use: load the library, ask it, and turn answers into files. The command line uses nothing else.

    from imsmap import api

    library = api.load()
    report = api.ask(library, "overlap", standards=("iso9001-2015", "iso14001-2015"))
    print(report.message)
    content = api.export(report, "json")

`questions()`, `pictures()`, `sheets()` and `formats()` say what there is. `docs/api.md` tells the whole of it; names
that are not in `__all__` may change.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from imsmap import about
from imsmap.about import formats, pictures, questions, sheets

if TYPE_CHECKING:
    from imsmap.api.answers import Answers, ask
    from imsmap.api.bringing import bring, template
    from imsmap.api.deliverables import brief, draw
    from imsmap.api.exporting import export
    from imsmap.api.library import catalogue, editions, load
    from imsmap.api.licensed import find_quotes, licensed_text, mark_point, read_marks, write_marks
    from imsmap.api.mappings import export_mapping
    from imsmap.drawing import Picture, Size
    from imsmap.report import Report

__all__ = [
    "Answers",
    "Picture",
    "Report",
    "Size",
    "about",
    "ask",
    "brief",
    "bring",
    "catalogue",
    "draw",
    "editions",
    "export",
    "export_mapping",
    "find_quotes",
    "formats",
    "licensed_text",
    "load",
    "mark_point",
    "pictures",
    "questions",
    "read_marks",
    "sheets",
    "template",
    "write_marks",
]

_PLACES = {
    "Answers": "imsmap.api.answers",
    "Picture": "imsmap.drawing",
    "Report": "imsmap.report",
    "Size": "imsmap.drawing",
    "ask": "imsmap.api.answers",
    "brief": "imsmap.api.deliverables",
    "bring": "imsmap.api.bringing",
    "catalogue": "imsmap.api.library",
    "draw": "imsmap.api.deliverables",
    "export": "imsmap.api.exporting",
    "export_mapping": "imsmap.api.mappings",
    "find_quotes": "imsmap.api.licensed",
    "licensed_text": "imsmap.api.licensed",
    "mark_point": "imsmap.api.licensed",
    "read_marks": "imsmap.api.licensed",
    "write_marks": "imsmap.api.licensed",
    "load": "imsmap.api.library",
    "editions": "imsmap.api.library",
    "template": "imsmap.api.bringing",
}


def __getattr__(name: str) -> Any:
    """Load what is used when it is used: a program that only lists the questions waits for no library."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(_PLACES[name]), name)
    globals()[name] = found
    return found
