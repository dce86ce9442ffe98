"""Mapping data in the formats of other tools: which there are, what goes out, and what a format can't say.

from imsmap import api

exported = api.export_mapping("sssom", ("iso9001-2015", "iso14001-2015"), day="2030-05-01")
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from imsmap import about
from imsmap.api.library import Roots, roots_of
from imsmap.errors import UnknownNameError
from imsmap.library import load as reading
from imsmap.library.graph import ClauseGraph
from imsmap.nearest import did_you_mean
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.interchange import Loss

FORMATS = {one.name or name: name for name, one in about.formats().items() if "mappings" in one.holds}
"""What formats of other tools are called, and the exporter behind each."""
SUFFIXES = {about.formats()[name].suffix: called for called, name in FORMATS.items()}
"""What their files end in: more than one dot, since .json and .tsv say too little."""


@frozen
class Exported:
    """What goes out, and what of it the format can't say."""

    content: bytes
    losses: tuple[Loss, ...]


def format_of(path: str | Path) -> str | None:
    """Tell by the end of a file's name which format it has; nothing for any other."""
    name = Path(path).name.lower()
    return next((called for suffix, called in SUFFIXES.items() if name.endswith(suffix)), None)


def export_mapping(form: str, standards: tuple[str, ...], roots: Roots = None, *, day: str) -> Exported:
    """Write what is stated between some standards, and what each has of the core, for another tool.

    form: a name of a format that holds mappings. standards: their keys. day: that is written into it, as 2030-05-01.
    """
    if form not in FORMATS:
        raise UnknownNameError(f"no format {form} holds mappings; {did_you_mean(form, FORMATS)}")
    exporter = importlib.import_module(f"imsmap.exporters.{FORMATS[form]}")
    graph = ClauseGraph(reading.load(roots_of(roots), standards, guides=False))
    return Exported(exporter.export(graph, day), exporter.losses(graph))
