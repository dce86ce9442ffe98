"""Invented standards to send to other tools, and what those tools make of them, where they are installed."""

from __future__ import annotations

from functools import cache

from imsmap.library import load
from imsmap.library.graph import ClauseGraph
from tests.fixtures import MAPPINGS, ROOT

MINI = ROOT / "tests" / "data" / "good" / "mini"
DAY = "2030-05-01"
WHY = "is not installed: pip install -e .[interchange]"


@cache
def mini(*keys: str) -> ClauseGraph:
    """Give the tiny library, or some of its standards."""
    return ClauseGraph(load.load(MINI, keys or None, guides=False))


@cache
def shipped(*keys: str) -> ClauseGraph:
    """Give some standards of the shipped data."""
    return ClauseGraph(load.load(MAPPINGS, keys, guides=False))


PAIR = ("iso9001-2015", "iso14001-2015")
