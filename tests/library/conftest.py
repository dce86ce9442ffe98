"""The real standards, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.library.load import load
from imsmap.library.model import Standard


@pytest.fixture(scope="session")
def real() -> Callable[[str], Standard]:
    library = load(Path(__file__).parents[2] / "mappings")
    return lambda key: next(standard for standard in library.standards if standard.key == key)
