"""What a cell of a returned workbook tells, whatever the program that saved it made of what people wrote."""

from __future__ import annotations

import datetime

from imsmap.register import answers
from imsmap.register.cells import Formula, Value, same

_SERIALS = range(32_874, 73_051)
"""Numbers that Excel means for days from 1990 to 2099."""


def day_meant(value: Value) -> Value:
    """Read a date that a program turned into text or a number; what could be another day stays as written."""
    if isinstance(value, str):
        return answers.day(value) or value
    if isinstance(value, int | float) and not isinstance(value, bool) and value in _SERIALS:
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))
    return value


ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"))


def ways_to_say(line: str) -> tuple[str, ...]:
    """Give how a line of a remark reads in programs that keep its author, drop it, or put it on a line of its own."""
    text = line.strip()
    author, _, words = text.partition(":")
    return text, words.strip(), f"{author}:", ""


def what_shows(value: Value | None) -> Value | None:
    """Give what a cell shows: a text of ours with a link in it is a formula in some programs and none in others."""
    return value.value if isinstance(value, Formula) else value


def tells_the_same(one: Value | None, other: Value | None) -> bool:
    """Tell whether two cells show the same."""
    # A formula that no program has computed shows nothing, which is not what an empty cell shows.
    return same(one, other) or (what_shows(one) is not None and same(what_shows(one), what_shows(other)))
