"""What people wrote, as one flat map of cells: their keys, their values, and how values are compared and stored.

A key has a sheet, a row and a field. Sheets of ours have their key (`requirements`); one that people added is
`own:<title>`, its rows and fields being places (row `12`, field `C`). Rows have the stable id of hidden column A;
rows that people added are `new:<hash>`; `@columns` holds titles of columns, `@rows` the id of the row under which an
added row stood, `@order` the columns that people added in the order in which they stood, `@sheet` the name of the
sheet's tab and what stands above its table. Fields have the key of their
column (`owner`); `own:<title>` is a column that people added, `over:<field>` is written over a cell of the tool, and
`comment:<field>` holds the remarks on a cell, `link:<field>` the address to which a link on it leads.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from imsmap.register.formulas import readable
from imsmap.values import frozen

OWN = "own:"
NEW = "new:"
OVER = "over:"
COMMENT = "comment:"
LINK = "link:"
"""Begins the field of the address to which a link on a cell leads."""
ACTION = "action:"
"""Begins the id of an action's row; the requirement that asked for it follows."""
PROCESS = "process:"
"""Begins the field of a process; its id follows."""
TAKEN_OUT = "—"
"""Stands where somebody emptied a cell that had come filled from a file of the project: it stays empty."""
OTHERS = "@others"
"""The sheet of a snapshot that tells what went out beside cells: by sheet, the places of each kind of thing."""
COLUMNS = "@columns"
ROWS = "@rows"
ORDER = "@order"
SHEET = "@sheet"


class Key(NamedTuple):
    """Where a cell is; it sorts by sheet, row and field."""

    sheet: str
    row: str
    field: str


@frozen
class Formula:
    """A formula (`=B2*2`) and what it showed when it was saved; nothing where no program had computed it."""

    text: str
    value: str | int | float | bool | None = None


Value = str | int | float | bool | datetime.date | datetime.datetime | Formula
"""What a cell holds; a blank cell is a key that is absent."""
Cells = Mapping[Key, Value]


def beside(name: str) -> tuple[str, str]:
    """Tell what a field is to a cell, in words that stand before its title, and the field of the cell itself."""
    for mark, words in ((COMMENT, "remark on "), (LINK, "link on "), (OVER, "written over ")):
        if name.startswith(mark):
            return words, name.removeprefix(mark)
    return "", name


def in_order(names: Iterable[str], kept: Value | None) -> list[str]:
    """Put columns that people added in the order that is kept of them, a line for each; others follow by name."""
    there = set(names)
    known = [name for name in str(kept or "").splitlines() if name in there]
    return [*dict.fromkeys(known), *sorted(there.difference(known))]


def to_json(value: Value) -> Any:
    """Give a value as JSON that keeps its type."""
    if type(value) is str:
        return value
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, Formula):
        return {"formula": value.text, "value": value.value}
    return value


def from_json(found: Any) -> Value | None:
    """Take a value from JSON; nothing for a blank one, ValueError for what is no value."""
    if type(found) is str:
        return found or None
    if found is None:
        return None
    if isinstance(found, str | bool | int | float):
        return found
    if isinstance(found, dict):
        try:
            if found.keys() == {"date"}:
                return datetime.date.fromisoformat(found["date"])
            if found.keys() == {"moment"}:
                return datetime.datetime.fromisoformat(found["moment"])
        except (TypeError, ValueError):
            raise ValueError("holds a date that is none; write it as 2026-03-01") from None
        if found.keys() <= {"formula", "value"} and isinstance(found.get("formula"), str):
            value = found.get("value")
            if value is None or isinstance(value, str | bool | int | float):
                return Formula(found["formula"], value)
    raise ValueError('is no value; write a text, a number, true, false, {"date": "2026-03-01"} or {"formula": "=B2*2"}')


def identical(one: Value | None, other: Value | None) -> bool:
    """Tell whether two values are stored alike: 1, 1.0 and true are three values."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, Formula) and isinstance(other, Formula):
        return one.text == other.text and type(one.value) is type(other.value) and one.value == other.value
    return one == other


def essence(value: Value | None) -> tuple[str, str] | None:
    """Reduce a value to what it says, so that what saving by another program changes is no difference.

    3 is 3.0, a date is its midnight, trailing blanks, line ends and what a formula showed do not count; a text of
    blanks is blank.
    """
    if value is None:
        return None
    if isinstance(value, str):
        text = value
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text and (text[-1].isspace() or " \n" in text or "\t\n" in text):
            # Line by line, since a pattern would look again at each of many thousand blanks.
            text = "\n".join(line.rstrip(" \t") for line in text.split("\n")).rstrip()
        return ("text", text) if text else None
    if isinstance(value, bool):
        return ("truth", str(value))
    if isinstance(value, int | float):
        # Spreadsheets keep 15 digits. Adding nothing turns -0.0 into 0.0.
        return ("number", format(float(value) + 0.0, ".15g") if abs(value) < 1e300 else str(value))
    if isinstance(value, Formula):
        return ("formula", "".join(value.text.replace("_xlfn.", "").split()))
    if isinstance(value, datetime.datetime):
        # A spreadsheet's moment is a fraction of a day, which loses the last digits.
        moment = (value + datetime.timedelta(microseconds=500_000)).replace(microsecond=0, tzinfo=None)
        return ("day", moment.isoformat() if moment.time() != datetime.time() else moment.date().isoformat())
    return ("day", value.isoformat())


def same(one: Value | None, other: Value | None) -> bool:
    """Tell whether two values say the same."""
    if one is other or (type(one) is type(other) and one == other):
        return True
    return essence(one) == essence(other)


def shown(value: Value | None) -> str:
    """Say how a value reads for a person; a formula as itself with what it showed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Formula):
        text = readable(value.text)
        return text if value.value is None else f"{text} (showed {shown(value.value)})"
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


_OUTSIDE = re.compile(
    r"\[\d+\]|\[[^\[\]]*\.xl|\b(?:call|register(?:\.id)?|exec|rtd|dde|dde?link|webservice|filterxml|hyperlink|image"
    r"|import(?:data|feed|html|range|xml)|query|sql\.request|stockhistory)\s*\(",
    re.IGNORECASE,
)


def reaches_outside(formula: Formula) -> bool:
    """Tell whether a formula may reach out of the workbook: to a program, another file or the network."""
    # Between quotes, a bar or an address is text that leads nowhere.
    bare = re.sub(r'"(?:[^"]|"")*"', '""', formula.text)
    return "|" in bare or "://" in bare or _OUTSIDE.search(formula.text) is not None
