"""What can go wrong for a person, told so that the person can act: where, what, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One fault in the data or the files."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


class ImsmapError(Exception):
    """Something a person can mend; the text says where, what and what to do."""

    exit_code = 1


class DataError(ImsmapError):
    """The mapping data or a file has problems; `problems` holds every one of them, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.path, p.line or 0, p.message)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownNameError(ImsmapError):
    """A standard, clause, point, picture or format was named that does not exist; the text gives the nearest ones."""

    exit_code = 2


class UsageError(ImsmapError):
    """The question can't be put in this way (one standard twice, an unknown suffix, ...)."""

    exit_code = 2


class UnsuitedError(UsageError):
    """A picture can't show this many standards; the text says which one can."""


class OutputError(ImsmapError):
    """An output could not be written; what was there before is untouched."""


class MissingToolError(ImsmapError):
    """A library or program that this job needs is not on the machine; the text says how to get it."""


class RefusedError(ImsmapError):
    """A file from outside is not taken; one line says why and what to do, and nothing was changed."""
