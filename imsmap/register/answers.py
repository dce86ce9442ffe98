"""What people answer, turned into the word of a list or the day that is meant.

Case, width, blanks and dashes do not count, and `SYNONYMS` holds what else people say for a word. A date has one
reading, or it is none: 31/12/2026 can only be the last of December, 04/05/2026 may be two days. Nothing is guessed;
what is not understood stays as it was written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cache

from imsmap.plain import folded
from imsmap.register import schema
from imsmap.register.cells import COLUMNS, OVER, PROCESS, Formula, Key, Value
from imsmap.register.schema import (
    CONFORMING,
    MAJOR,
    MINOR,
    NOT_APPLICABLE,
    NOT_ASSESSED,
    NOT_CONFORMING,
    OBSERVATION,
    PARTIAL,
)

_OUT = (
    "n/a", "na", "not applicable", "non applicable", "inapplicable", "does not apply", "not relevant", "excluded",
    "out of scope", "exclusion",
)  # fmt: skip
_MET = (
    "ok", "okay", "conform", "conforms", "conformant", "conformity", "in conformity", "compliant", "complies",
    "complied", "compliance", "fulfilled", "fulfils", "met", "fully met", "satisfied", "passed", "pass",
    "in order", "✓", "✔",
)  # fmt: skip
_NOT_MET = (
    "nok", "not ok", "nonconforming", "non-conforming", "nonconformant", "non-conformant", "nonconformity",
    "non-conformity", "not conform", "not in conformity", "nc", "noncompliant", "non-compliant", "not compliant",
    "does not conform", "does not comply", "not met", "not fulfilled", "not satisfied", "failed", "fail",
)  # fmt: skip
_GRADES = {
    MAJOR: ("major nc", "major nonconformity", "major non-conformity", "maj"),
    MINOR: ("minor nc", "minor nonconformity", "minor non-conformity", "min"),
    OBSERVATION: ("obs", "ofi", "opportunity for improvement", "opportunity", "remark", "hint"),
}
SYNONYMS: Mapping[tuple[str, ...], Mapping[str, tuple[str, ...]]] = {
    schema.APPLIES: {
        "Applies": ("yes", "y", "applicable", "in scope", "relevant", "apply"),
        "Partly": ("partially", "in part", "partial", "partially applicable", "partly applicable"),
        NOT_APPLICABLE: (*_OUT, "no", "n"),
    },
    tuple(schema.STATUS): {
        CONFORMING: _MET,
        PARTIAL: (
            "partially", "partly", "in part", "partially conforming", "partly conforming", "partially met",
            "partly met", "partially compliant", "partially fulfilled", "partly fulfilled",
        ),
        NOT_CONFORMING: _NOT_MET,
        NOT_APPLICABLE: _OUT,
        NOT_ASSESSED: (
            "not yet assessed", "unassessed", "tbd", "to be assessed", "to be determined", "not evaluated",
            "not checked", "not reviewed", "not yet",
        ),
    },
    schema.GRADE: _GRADES,
    schema.LAST: {CONFORMING: _MET, **_GRADES},
    schema.PROGRESS: {
        "Open": ("to do", "todo", "not started", "new", "pending"),
        "In progress": ("ongoing", "on-going", "started", "in work", "wip", "work in progress", "in process"),
        "Done": ("closed", "complete", "completed", "finished", "implemented"),
        "Verified": ("effective", "verified effective", "closed and verified", "done and verified"),
    },
    schema.RESULT: {
        CONFORMING: _MET,
        NOT_CONFORMING: _NOT_MET,
        NOT_APPLICABLE: _OUT,
        "Not seen": ("not looked at", "not audited", "not checked", "not sampled"),
    },
    schema.DEGREE: {
        "None": ("no", "not at all", "nothing"),
        "Partly": ("partially", "in part", "partial"),
        "Mostly": ("largely", "for the most part"),
        "Fully": ("yes", "full", "completely", "complete", "entirely"),
    },
    (schema.EVERY,): {schema.EVERY: ("y", "all", "x", "true", "✓", "✔")},
}  # fmt: skip
"""What else people say in English for the words of each list; other languages are further words of the same table."""
_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro",
    "february feb februar février fevrier févr febrero febbraio februari fevereiro fev",
    "march mar märz maerz mär mrz mars marzo maart mrt março",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DIGITS = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?")
_SOLID = re.compile(r"(?:19|20)\d{6}")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?[\s.,/-]*(?:of |de )?(?P<month>[^\W\d_]+)"
    r"|(?P<first>[^\W\d_]+)[\s.,/-]*(?P<then>\d{1,2})(?:st|nd|rd|th)?(?=[\s.,/'-]))"
    r"[\s.,/'-]*(?:de )?(?P<year>\d{4}|\d{2})\.?",
    re.IGNORECASE,
)
_NAMED_LAST = re.compile(r"(?P<year>\d{4})[\s.,/-]*(?P<month>[^\W\d_]+)[\s.,/-]*(?P<day>\d{1,2})\.?", re.IGNORECASE)
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[ap]\.?m\.?)?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_YEARS = range(1900, 10_000)
_EPOCH = datetime.date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
LAST_DAY = (datetime.date.max - _EPOCH).days
"""The number that a spreadsheet has for the last day that is one."""


# --- words -----------------------------------------------------------------------------------------------------------


def plain(value: Value | None) -> Value | None:
    """Give what a cell shows: the value of a formula in its place."""
    return value.value if isinstance(value, Formula) else value


def word(value: Value | None, choices: Iterable[str]) -> str:
    """Give the word of a list that an answer is or means; nothing where it is none."""
    found = plain(value)
    if found is None or isinstance(found, bool):
        return ""
    known = tuple(choices)
    return _words(known).get(_letters(str(found)), "")


@cache
def _words(choices: tuple[str, ...]) -> Mapping[str, str]:
    found = {_letters(said): meant for meant, others in SYNONYMS.get(choices, {}).items() for said in others}
    return {letters: meant for letters, meant in found.items() if meant in choices} | {_letters(c): c for c in choices}


def mark(value: Value | None) -> str:
    """Give the mark of a process that an answer is; nothing where it is none."""
    found = plain(value)
    return "" if found is None else _marks().get(_letters(str(found)), "")


@cache
def _marks() -> Mapping[str, str]:
    return {_letters(said): sign for said, sign in schema.SPELLINGS.items()}


def _letters(text: str) -> str:
    """Reduce an answer to what is compared."""
    plainly = " ".join(folded(text).split()).casefold()
    return (
        " ".join(re.sub(r"[\s/_-]+", " ", plainly.replace(".", "")).split()).rstrip("!,;: ") if plainly[1:] else plainly
    )


# --- days ------------------------------------------------------------------------------------------------------------


def day(value: Value | None) -> datetime.date | None:
    """Give the day that an answer is: a date, a moment, a spreadsheet's number for them, a text with one reading."""
    found = readings(value)
    return found[0] if len(found) == 1 else None


def last(value: Value | None) -> datetime.date | None:
    """Give the last day that an answer may mean: what is over by then is over however it is read."""
    return max(readings(value), default=None)


def readings(value: Value | None) -> tuple[datetime.date, ...]:
    """Give every day that an answer may mean, the earliest first."""
    found = plain(value)
    if isinstance(found, datetime.datetime):
        return (found.date(),)
    if isinstance(found, datetime.date):
        return (found,)
    if isinstance(found, bool) or found is None:
        return ()
    if isinstance(found, int | float):
        if 1 <= found < LAST_DAY + 1:
            return (_EPOCH + datetime.timedelta(int(found)),)
        return _solid(str(int(found))) if found == int(min(max(found, -1), 1e8)) else ()
    text = _CLOCK.sub("", _WEEKDAY.sub("", " ".join(folded(str(found)).split())))
    if match := _DIGITS.fullmatch(text):
        return _by_digits(match[1], match[2], match[3], match[4])
    if match := _NAMED.fullmatch(text) or _NAMED_LAST.fullmatch(text):
        parts = match.groupdict()
        month = _MONTH.get((parts["month"] or parts.get("first") or "").casefold(), 0)
        year = parts["year"]
        return _valid([(int(year) + (2000 if len(year) == 2 else 0), month, int(parts["day"] or parts["then"]))])
    return _solid(text)


def _solid(text: str) -> tuple[datetime.date, ...]:
    return _valid([(int(text[:4]), int(text[4:6]), int(text[6:]))]) if _SOLID.fullmatch(text) else ()


def _by_digits(first: str, sign: str, second: str, third: str) -> tuple[datetime.date, ...]:
    """Read a date in digits: with dots the day comes first, with a year of four digits in front the month follows."""
    one, two, three = int(first), int(second), int(third)
    if len(first) == 4:
        return _valid([(one, two, three)]) if len(third) <= 2 else ()
    if len(first) == 3 or len(third) not in (2, 4):
        return ()
    year = three + (2000 if len(third) == 2 else 0)
    found = [(year, two, one)]
    if sign != ".":
        found.append((year, one, two))
        if len(third) == 2 and len(first) == 2:
            found.append((2000 + one, two, three))
    return _valid(found)


def _valid(days: Iterable[tuple[int, int, int]]) -> tuple[datetime.date, ...]:
    found = set()
    for year, month, number in days:
        try:
            found.add(datetime.date(year, month, number))
        except ValueError:
            continue
    return tuple(sorted(one for one in found if one.year in _YEARS))


# --- cells -----------------------------------------------------------------------------------------------------------


def column_of(key: Key) -> schema.Field | None:
    """Give the column of ours in which an answer of a list or a date stands; nothing for any other cell."""
    if key.row == COLUMNS:
        return None  # what a column is called answers nothing
    field = key.field.removeprefix(OVER)
    if key.sheet == "processes" and field.startswith(PROCESS):
        return schema.Field(field, "", "state", choices=tuple(schema.MARKS))
    found = _columns().get((key.sheet, field))
    if found is None and key.sheet == "audit" and field.startswith(schema.result("")):
        return schema.Field(field, "Result", "state", choices=schema.RESULT)
    return found


@cache
def _columns() -> Mapping[tuple[str, str], schema.Field]:
    tables = {
        "requirements": schema.REQUIREMENTS, "actions": schema.ACTIONS, "documents": schema.DOCUMENTS,
        "integration": schema.INTEGRATION, "soa": schema.SOA, "audit": schema.audit(()),
        "obligations": schema.OBLIGATIONS, "processes": schema.processes(()), "programme": schema.PROGRAMME,
        "blueprint": schema.BLUEPRINT,
    }  # fmt: skip
    found = {(sheet, field.key): field for sheet, fields in tables.items() for field in fields}
    severity = found["requirements", "severity"]
    return {
        place: field for place, field in found.items() if field.choices or field.kind == "date"
    } | {("actions", "severity"): severity}  # fmt: skip


def proper(key: Key, value: Value) -> Value:
    """Give an answer in the word of its list, or as the day that it means; as it is where neither is sure."""
    column = column_of(key)
    if column is None or isinstance(value, Formula):
        return value
    if column.kind == "date":
        # A number is a spreadsheet's day where it stands as one; only digits that spell a date are put right.
        is_solid = isinstance(value, int | float) and not isinstance(value, bool) and value > LAST_DAY
        return day(value) or value if isinstance(value, str) or is_solid else value
    if key.sheet == "processes" and key.field.startswith(PROCESS):
        return mark(value) or value
    return word(value, column.choices) or value


def is_understood(key: Key, value: Value) -> bool:
    """Tell whether an answer is a word of its list or a day; so is any text in a column that takes any."""
    column = column_of(key)
    if column is None or not str(plain(value) or "").strip():
        return True
    if column.kind == "date":
        return day(value) is not None
    if key.sheet == "processes" and key.field.startswith(PROCESS):
        return mark(value) != ""
    return word(value, column.choices) != ""


def advice(key: Key, value: Value) -> str:
    """Say why an answer was not understood, and what to write."""
    column = column_of(key)
    if column is None:
        return "is not understood"
    if column.kind == "date":
        found = readings(value)
        if len(found) > 1:
            return f"may be {' or '.join(map(str, found))}, under {column.title}; write the one that is meant"
        return f"is no date, under {column.title}; write it as 2026-03-01"
    offered = [f"{choice}" for choice in column.choices]
    listed = f"{', '.join(offered[:-1])} or {offered[-1]}" if len(offered) > 1 else offered[0]
    if key.field.removeprefix(OVER).startswith(PROCESS):
        return f"is no mark; write {listed}"
    return f"is not understood, under {column.title}; write {listed}"
