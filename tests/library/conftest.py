"""The real standards, read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imsmap.library.model import Library, Standard
from tests.once import shipped


@pytest.fixture(scope="session")
def whole() -> Library:
    return shipped().library


@pytest.fixture(scope="session")
def real(whole: Library) -> Callable[[str], Standard]:
    return lambda key: next(standard for standard in whole.standards if standard.key == key)
