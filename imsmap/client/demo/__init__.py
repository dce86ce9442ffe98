"""An invented company with everything filled, for `imsmap new --demo`: its project's files are data beside this."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from imsmap.client import lines
from imsmap.client.register import FOLDER
from imsmap.errors import DataError, Problem
from imsmap.register.cells import Cells, Key, Value

AS_OF = datetime.date(2026, 11, 25)
"""The day for which its dates were written: what is overdue was overdue then."""
_HERE = Path(__file__).parent


def files() -> Mapping[str, bytes]:
    """Give the demo's files by their place in the project, with `/` between folders, in order."""
    found = (path for path in _HERE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc"))
    return {
        place: (_HERE / place).read_bytes() for place in sorted(path.relative_to(_HERE).as_posix() for path in found)
    }


def cells() -> Cells:
    """Give what the people of the demo wrote: its register, to be committed as the project's first state."""
    written: dict[Key, Value] = {}
    problems: list[Problem] = []
    for place, content in files().items():
        if place.startswith(f"{FOLDER}/"):
            found = lines.load(content, place)
            for number, record in found.records:
                value = lines.value(found, number, record["value"], problems)
                if value is not None:
                    written[Key(found.head["sheet"], record["row"], record["field"])] = value
    if problems:
        raise DataError(problems)
    return written
