"""How much work something is, counted and not timed: a machine may be busy with other things."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def calls(work: Callable[[], Any]) -> int:
    """Count the calls of functions, in Python and of libraries in C, that a piece of work makes in this thread."""
    count = 0

    def seen(_frame: Any, event: str, _given: Any) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
