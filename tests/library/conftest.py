"""The real standards, read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imsmap.library.model import Standard
from tests.once import shipped


@pytest.fixture(scope="session")
def real() -> Callable[[str], Standard]:
    library = shipped().library
    return lambda key: next(standard for standard in library.standards if standard.key == key)
