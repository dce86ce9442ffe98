"""Where coverage looks on, which takes as long as what it looks at: at tests that reach what others do not.

It looks on, too, while something is made once for several tests of a process, whichever asks first: without that its
sum hung on the order of the tests, and on which of the processes they came to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import resting

_HERE = Path(__file__).parent
_configs: list[pytest.Config] = []


def begin(config: pytest.Config) -> Any:
    """Take a run's word on whether coverage is asked for; gives what starts it and lets it rest, or nothing."""
    _configs[:] = [config]
    return controller(config)


def controller(config: pytest.Config) -> Any:
    """Give what starts coverage and lets it rest, or nothing where none is asked for."""
    return getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)


def counts(item: pytest.Item) -> bool:
    """Tell whether coverage has something to learn of a test: it is quick, of one case, and no repetition."""
    if item.get_closest_marker("slow") or item.get_closest_marker("hypothesis"):
        return False
    file = item.path.relative_to(_HERE).as_posix()
    return file not in resting.FILES and getattr(item, "originalname", item.name) not in resting.TESTS.get(file, ())


@contextmanager
def on() -> Iterator[None]:
    """Let coverage look on, where it is asked for, and rest again if it rested."""
    found = controller(_configs[0]) if _configs else None
    if found is None or found.started:
        yield
        return
    found.resume()
    try:
        yield
    finally:
        found.pause()


@contextmanager
def at(item: pytest.Item) -> Iterator[None]:
    """Let coverage look on while a test that counts is run; at any other it looks only where `on` says so."""
    if not counts(item):
        yield
        return
    with on():
        yield
