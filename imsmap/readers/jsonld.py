"""JSON-LD of mappings in the words of SSSOM: prefixes in `@context`, rows under `mappings`, each told with its path."""

from __future__ import annotations

import re
from pathlib import Path

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.interchange import RECORDS
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Taker, gathered
from imsmap.readers.objects import is_object, objects, parsed, text_of
from imsmap.readers.sssom import Rows
from imsmap.readers.tables import content_of

ABOUT = about.Reader(name="JSON-LD mapping set", suffixes=(".jsonld", ".json"), place=120)

_OURS = ("strength", "shared", "differs", "justification", "source", "affirmed")
_WORDS = ("xsd", "owl", "dcterms", "sssom", "skos", "semapv", RECORDS)
"""Prefixes of vocabularies, which are no standards."""


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins with a context, as linked data do."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"@context"', beginning) is not None


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a mapping set; DataError for a file that is no JSON or holds none. What is wrong is told with its path."""
    return gathered(gather, ABOUT.name, path, shown, around)


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every row; DataError for a file that is no JSON or holds none."""
    held = parsed(content_of(str(path), shown), shown)
    if not isinstance(held.get("mappings"), list):
        words = "holds no list of mappings; only linked data in the form of SSSOM's JSON are read"
        raise DataError([Problem(shown, None, words)])
    context = held.get("@context")
    prefixes = {}
    for name, one in context.items() if is_object(context) else ():
        address = one if isinstance(one, str) else text_of(one, "@id") if is_object(one) else ""
        if name not in _WORDS and address.endswith((":", "/", "#", "_")):
            prefixes[name] = address
    rows = Rows(shown, {"curie_map": prefixes}, around, gathering)
    for place, one in objects(held.get("mappings")):
        cells = {name: text_of(one, name) for name in one}
        cells |= {f"ext_{name}": cells.pop(name, "") for name in _OURS} if "differs" in one or "source" in one else {}
        cells["record_id"] = cells.get("@id", "")
        # A row of SSSOM says it so, where a bare | would part two names; JSON has nothing to escape.
        cells["author_label"] = cells.get("author_label", "").replace("|", r"\|")
        rows.take(cells, f"{shown} $.mappings[{place}]", None, "")
