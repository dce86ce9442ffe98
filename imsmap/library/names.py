"""What people type for standards and clauses, turned into keys and full references; the nearest name for a typo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from imsmap.errors import UnknownNameError, UsageError
from imsmap.library.model import Head, is_number, is_usual_number, number_key, series_of
from imsmap.nearest import near
from imsmap.plain import folded
from imsmap.values import frozen

SURE = 0.8
"""An edition whose data are less sure is not chosen for somebody who names none."""

_ADOPTED = (
    "DIN", "ÖNORM", "ONORM", "SN", "BS", "NF", "UNE", "UNI", "NEN", "NBN", "DS", "SS", "NS", "SFS", "EVS", "LVS",
    "LST", "PN", "CSN", "ČSN", "STN", "MSZ", "SR", "BDS", "БДС", "ELOT", "HRN", "SIST", "SRPS", "ILNAS", "TS", "GOST",
    "ГОСТ", "ДСТУ", "DSTU", "SI", "IS", "I.S.", "AS/NZS", "AS", "NZS", "ANSI", "ASQ", "CAN/CSA", "CSA", "ABNT", "NBR",
    "NMX", "NTC", "IRAM", "UNIT", "JIS", "KS", "JIS Q", "KS Q", "SANS", "Norm", "EN",
)  # fmt: skip
"""What standards bodies put before ISO's number when they adopt a standard as it is."""
_PREFIX = rf"(?:(?:{'|'.join(map(re.escape, _ADOPTED))})[\s/-]+)*"
_ADOPTION = rf"(?i:{_PREFIX}(?=(?:EN[\s/-]*)?ISO)|{_PREFIX}(?=[0-9]{{4,6}}))"
_WITHOUT_ISO = r"(?:(?:ANSI\s*/\s*(?:ISO\s*/\s*)?)?ASQ\s+|JIS\s+|KS\s+)Q"
"""How some of them call it by ISO's number alone, behind a letter of their own."""
_BODY = r"(?:iso(?:\s*/?\s*iec)?(?:\s*/?\s*(?:dis|fdis|cd))?)"
_NAME = (
    rf"(?P<body>{_PREFIX}{_BODY}|{_WITHOUT_ISO})?[\s-]*(?P<number>[0-9]{{4,6}}(?:-[0-9]{{1,2}}(?![0-9]))?)"
    r"(?:\s*[:\s-]\s*(?P<year>(?:19|20)[0-9]{2})|\s*[(\[]\s*(?P<bracketed>(?:19|20)[0-9]{2})\s*[)\]])?"
)
_MORE = (
    r"(?(year)(?:[-/](?:0[1-9]|1[0-2])(?![0-9.]))?"
    r"(?:\s*[+/]\s*A(?:md\.?\s*)?[0-9]{1,2}(?::[0-9]{4})?)?(?:\s?\([EF]\))?)"
)
_PUBLISHED = frozenset(
    {
        9004, 10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10010, 10012, 10013, 10014, 10015,
        10018, 10019, 13485, 14002, 14003, 14004, 14005, 14006, 14007, 14008, 14009, 14031, 14040, 14044, 14064,
        14067, 14971, 15189, 15378, 16949, 17020, 17021, 17024, 17025, 18001, 18788, 19011, 19443, 19600, 20000,
        20121, 20400, 21001, 21101, 21401, 21502, 22000, 22001, 22003, 22301, 22313, 22458, 22716, 24518, 26000,
        27001, 27002, 27003, 27004, 27005, 27017, 27018, 27701, 27799, 28000, 29001, 29990, 30301, 30401, 30414,
        31000, 31022, 34101, 35001, 37001, 37002, 37101, 37301, 38500, 39001, 41001, 42001, 44001, 45001, 45002,
        45003, 45004, 45005, 46001, 50001, 50002, 50003, 50004, 50005, 50006, 50009, 50015, 53800, 55001, 55002,
        56001, 56002, 62304, 9110, 9120,
    }
)  # fmt: skip
"""Numbers under which a standard is published: who writes one that is not held has made no typing error."""

_CALLED = r"(?P<called>[^\W\d_].*?(?P<number>[0-9]{4,6}))[A-Z]?(?:\s*[:\s-]\s*(?:19|20)[0-9]{2})?"
_EDITION = re.compile(r"(?P<name>.+?)\s*[:\s-]\s*(?P<year>(?:19|20)[0-9]{2})")
_CLAUSE = re.compile(
    r"(?P<standard>.+?)\s*(?:[:,\s]\s*(?:clause\s+|cl\.?\s*)?)(?P<number>(?:[0-9]+|[A-Za-z])(?:\.[0-9]+)*)"
    r"(?:#(?P<point>[\w-]+))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[:,\s]\s*(?:clause\s+|cl\.?\s*)?", re.IGNORECASE)
_BEGINNING = re.compile(r"[^\W\d_]+|[0-9]+")
_REST = re.compile(r"(?P<number>[^#]+?)\s*(?:#(?P<point>[\w-]+))?")


# Compiled when first asked for: whoever names standards by their keys needs neither, and both take their time.


@cache
def _name_of_standard() -> re.Pattern[str]:
    return re.compile(_NAME + _MORE, re.IGNORECASE)


@cache
def mention() -> re.Pattern[str]:
    """Find the number of a standard within a text: with ISO or a body that adopted it, month, amendment, or bare."""
    return re.compile(rf"(?<![\w.#-])(?:{_NAME}{_MORE})(?![^\W_])(?!\.[0-9])", re.IGNORECASE)


@frozen
class Taken:
    """The edition that was taken for a name without one, and the newest; published: when, if it is not held."""

    designation: str
    newer: str = ""
    published: str = ""
    confidence: float = 1.0


@frozen
class Choice:
    """What was meant: a key or a full reference; `taken` tells of the edition where none was named."""

    key: str
    taken: Taken | None = None


def standard_key(text: str, heads: Sequence[Head]) -> Choice:
    """Find the standard that somebody names: 9001, 9001:2015, iso9001-2015, ISO 9001:2015."""
    word = " ".join(folded(text).split())
    for head in heads:
        if word.lower() in (head.key.lower(), head.designation.lower()):
            return Choice(head.key)
    match = _name_of_standard().fullmatch(word)
    number, year = (match["number"], match["year"] or match["bracketed"]) if match else (None, None)
    found = [head for head in heads if number_of(head) == number]
    # Who says 20000 means its part with requirements, the only one that is held.
    found = found or [head for head in heads if number and number_of(head).partition("-")[0] == number]
    if match is None:
        number, year, found = _of_series(word, heads)
    if not found:
        family = [head for head in heads if head.family and head.family == number]
        if family:
            newest = max(family, key=lambda head: head.published)
            raise UnknownNameError(
                f"{number} is a family of standards; the one with requirements is "
                f"{newest.series}: write {number_of(newest)}"
            )
        if match is not None and int(match["number"].partition("-")[0]) in _PUBLISHED and heads:
            called = (
                f"ISO {number}"
                if not match["body"]
                else re.sub(_ADOPTION, "", match["body"]).strip().upper() + f" {number}"
            )
            raise UnknownNameError(f"{called} is not in the library, which holds {_held(heads)}")
        if heads and (called := _of_another_body(word, heads)):
            raise UnknownNameError(f"{called} is not in the library, which holds {_held(heads)}")
        raise UnknownNameError(f"no standard {text!r}; {nearest(word, heads)}")
    if year is not None:
        for head in found:
            if year in (head.designation[-4:], head.published[:4], head.edition):
                return Choice(head.key)
        raise UnknownNameError(f"no edition {year} of {number} in the library; there is {_held(found)}")
    sure = [head for head in found if head.meant] or [head for head in found if head.confidence >= SURE] or found
    chosen = max(sure, key=lambda head: (head.published, head.key))
    return Choice(chosen.key, _taken(chosen, found))


def _of_another_body(word: str, heads: Sequence[Head]) -> str:
    """Give the name, without its year, of a standard that is published and not held: OHSAS 18001, AS9120."""
    match = re.fullmatch(_CALLED, word)
    if match is None or int(match["number"]) not in _PUBLISHED:
        return ""
    return "" if match["number"] in map(number_of, heads) else match["called"]


def newer_edition(key: str, heads: Sequence[Head]) -> Taken | None:
    """Tell that a standard has a newer edition; nothing if it has none."""
    head = next(head for head in heads if head.key == key)
    taken = _taken(head, [other for other in heads if other.series == head.series])
    return taken if taken.newer else None


def number_of(head: Head) -> str:
    """Give the number by which a standard is called: 9001, of AS9100 9100; its name, where that holds none."""
    last = head.series.split()[-1]
    return re.sub(r"^[^\W\d]+(?=[0-9]{4,6}$)", "", last)


def _bare(name: str) -> str:
    """Leave out what people write differently between the parts of a name: IATF-16949, iatf16949."""
    return re.sub(r"[\s-]+", "", name).casefold()


def _of_series(word: str, heads: Sequence[Head]) -> tuple[str, str | None, list[Head]]:
    """Find the editions of a series that is called by its name, with or without a year or the letter of an edition."""
    called = _EDITION.fullmatch(word)
    for name, year in ((word, None), *([(called["name"], called["year"])] if called else [])):
        found = [head for head in heads if _bare(name) in (_bare(head.series), _bare(series_of(head.designation)))]
        if found:
            return found[0].series, year, found
    return word, None, []


def _taken(chosen: Head, found: Sequence[Head]) -> Taken:
    newer = [head for head in found if head.published > chosen.published]
    if newer:
        return Taken(chosen.designation, max(newer, key=lambda head: head.published).designation)
    if chosen.successor is not None:
        return Taken(
            chosen.designation, chosen.successor.designation, chosen.successor.published, chosen.successor.confidence
        )
    return Taken(chosen.designation)


def _held(heads: Sequence[Head]) -> str:
    return ", ".join(sorted(head.designation for head in heads))


def nearest(text: str, heads: Sequence[Head]) -> str:
    """Ask for the standard that may have been meant, or name those that there are."""
    if not heads:
        return "the library holds no standard; each has a file in the folder standards of the mapping data"
    # A name without an edition means the edition that library.yaml says.
    names = {
        name: head.designation
        for head in sorted(heads, key=lambda head: head.meant)
        for name in (head.key, head.designation, head.series, number_of(head))
    }
    begun = [name for name in names if _bare(name).startswith(_bare(text))] if len(_bare(text)) > 1 else []
    close = near(text, names) or begun[:3]
    if close:
        return f"did you mean {' or '.join(dict.fromkeys(names[name] for name in close))}?"
    return f"the library holds {_held(heads)}"


def reference(text: str, heads: Sequence[Head]) -> Choice:
    """Find the clause or point that somebody names: 9001:8.4, ISO 9001:2015, 8.4, iso9001-2015:4.1#issues.

    The clause itself is not looked up: whether it exists is known only once the standard is loaded.
    """
    word = " ".join(folded(text).split())
    match = _CLAUSE.fullmatch(word)
    whole = _name_of_standard().fullmatch(word)
    # 9001:2015 reads as a clause 2015 of 9001; it is an edition, and a clause is missing.
    named = whole is not None or any(word.lower() in (head.key.lower(), head.designation.lower()) for head in heads)
    found = None if named else _split(word, heads)
    if found is not None:
        return found
    if match is None or whole is not None:
        if whole is not None or any(word.lower() == head.key for head in heads):
            raise UsageError(f"{text!r} names a standard, but a clause is needed; write one such as {word}:4.1")
        raise UsageError(f"{text!r} is no clause; write one such as 9001:8.4, 9001:2015:8.4 or iso9001-2015:4.1#issues")
    return _clause(standard_key(match["standard"], heads), match)


def _clause(choice: Choice, match: re.Match[str]) -> Choice:
    """Put a standard and what follows its name into one; how letters of other numbers are written, the clause knows."""
    number = match["number"].upper() if is_usual_number(match["number"].upper()) else match["number"]
    point = f"#{match['point']}" if match["point"] else ""
    return Choice(f"{choice.key}:{number}{point}", choice.taken)


def _split(word: str, heads: Sequence[Head]) -> Choice | None:
    """Find the longest beginning that names a standard and is followed by what may be the number of a clause."""
    for gap in reversed(list(_BETWEEN.finditer(word))):
        rest = _REST.fullmatch(word, gap.end())
        if rest is None or not is_number(rest["number"]):
            continue
        try:
            return _clause(standard_key(word[: gap.start()], heads), rest)
        except UnknownNameError:
            continue
    return None


def nearest_clauses(number: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give up to three known clause numbers that are nearest to one that does not exist.

    Only one under the same main clause is near, or one that has the same digits: 12.4 is not 8.2.4, but 84 is 8.4. A
    control is printed without the letter of its annex: where there is no 5.9, A.5.9 is meant.
    """
    numbers = sorted(known, key=number_key)
    lettered = tuple(other for other in numbers if re.fullmatch(rf"[A-Z]\.{re.escape(number)}", other))
    if lettered:
        return lettered[:3]
    undotted = tuple(other for other in numbers if other.replace(".", "") == number.replace(".", ""))
    if undotted:
        return undotted[:3]
    # A supplement has no 8.3, and clauses under it.
    below = tuple(other for other in numbers if other.startswith(f"{number}."))
    if below:
        return below[:3]
    close = near(number, [other for other in numbers if _begins(other) == _begins(number)])
    if close:
        return close
    head = number
    while head:
        under = tuple(other for other in numbers if other == head or other.startswith(head + "."))
        if under:
            return under[:3]
        head = head.rpartition(".")[0]
    return ()


def which_clause(number: str, known: Iterable[str]) -> str:
    """Ask for the nearest clauses to a number that does not exist; where none is near, say which there are."""
    numbers = list(known)
    close = nearest_clauses(number, numbers)
    if close:
        return f"did you mean {' or '.join(close)}?"
    mains = sorted({_begins(other) for other in numbers}, key=number_key)
    counted = [main for main in mains if main.isdecimal()]
    begun = [f"{counted[0]} to {counted[-1]}"] if len(counted) > 1 else counted
    return f"there are {', '.join([*begun, *(main for main in mains if main not in counted)])}"


def _begins(number: str) -> str:
    """Give the letters or digits with which a number begins: 8 of 8.5.1, A of A.5, REQ of REQ-12."""
    match = _BEGINNING.match(number)
    return match[0].upper() if match else number
