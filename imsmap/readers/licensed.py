"""The text of a licensed copy, taken from whatever it was saved as: plain text, Markdown, Word, or a table.

Where a clause begins is known by its number and title, or by its title alone where Word numbers by itself. What stands
under numbers that the library does not hold (foreword, terms, annexes) is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from imsmap.errors import DataError, Problem, RefusedError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Head, main_number, may_ask
from imsmap.library.names import mention, number_of
from imsmap.licensed.text import LicensedText
from imsmap.plain import folded, legible
from imsmap.readers.tables import read_table
from imsmap.readers.texts import pieces
from imsmap.values import frozen

SUFFIXES = (".txt", ".md", ".docx", ".csv", ".xlsx")
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")
_HEADING = re.compile(
    r"(?P<marks>#{1,6}\s*)?[*_]{0,3}(?:(?:clause|section|abschnitt|kapitel|chapitre|article)\s+|§\s*)?"
    r"(?P<number>(?:[A-Z]\.)?[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}|[A-Z]{1,5}-[0-9]{1,3})[.):]?"
    r"(?:\s*[-:|]?\s+(?P<title>\S.*?))?[*_]{0,3}\s*#*",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(?P<marks>#{1,6})\s*(?P<title>\S.*?)\s*#*")
_APART = re.compile(
    r"(?:#{1,6}\s*)?[*_]{0,3}(?:foreword|introduction|bibliography|(?:table of )?contents|index|annexe?\s+[a-z]\b.*"
    r"|vorwort|einleitung|inhalt|inhaltsverzeichnis|literaturhinweise|anhang\s+[a-z]\b.*)[*_]{0,3}",
    re.IGNORECASE,
)
"""Headings of what is no clause."""
_ANNEX = re.compile(r"\b(?:annexe?|anhang)\s+([a-z])\b", re.IGNORECASE)
_LEADER = re.compile(r"(?:\s*\.){3,}\s*[0-9]*\s*$|\t\s*[0-9]+\s*$")
_PAGE = re.compile(r"(?:page\s+)?[0-9ivx]{1,4}(?:\s*(?:/|of)\s*[0-9]{1,4})?", re.IGNORECASE)
_FOOT = re.compile(r"©|\(c\)\s*iso\b|all rights reserved|licensed to\b|single.user licen[cs]e", re.IGNORECASE)
"""What stands at the head and foot of pages, and in no sentence of a standard."""
_ITEM = re.compile(r"(?:\(?[a-z0-9]{1,3}\)|[-*•—–·▪]|note\b|example\b)\s*", re.IGNORECASE)
_BEFORE = ("0", "1", "2", "3")
"""The clauses of ISO's standards that ask for nothing."""
_LONGEST_HEADING = 300
_MOST_WORDS = 16
_MOST_TOLD = 8
_HEAD = 60
"""So many lines say of which standard a file is."""
_CLAUSE_NAMES = (
    "clause", "clause no", "clause number", "subclause", "number", "no", "nr", "ref", "reference", "section", "id",
    "abschnitt", "kapitel", "ziffer", "article",
)  # fmt: skip
_TEXT_NAMES = (
    "text", "full text", "licensed text", "requirement text", "requirement", "requirements", "sentence", "wording",
    "content", "anforderung", "exigence",
)  # fmt: skip


@frozen
class Copy:
    """What a copy says, by clause; left_out: what it has under numbers that the library does not hold.

    notices: what a person should know of how it was read.
    """

    text: LicensedText
    left_out: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def refuse_strange(path: Path, shown: str) -> None:
    """Refuse a file of a kind that can't be read, and say what to do; DataError."""
    if path.suffix.lower() == ".pdf":
        words = (
            "a PDF keeps letters at places and no text; open it in Word, or copy all of it in a reader, save that as "
            ".docx or .txt, and add it"
        )
        raise DataError([Problem(shown, None, words)])
    if path.suffix.lower() not in (*SUFFIXES, *_TABLES):
        raise DataError([Problem(shown, None, f"is of no kind that can be read; save it as {', '.join(SUFFIXES)}")])


def standard_in(path: Path, heads: Sequence[Head], ours: Sequence[str] = ()) -> str:
    """Find the key of the standard of which a file's name or its first lines speak; nothing if they speak of none.

    ours: the keys of which one is meant where no edition is said.
    """
    found: dict[str, int] = {}
    for number, year in _mentions([path.stem.replace("_", " "), *_beginning(path)]):
        of = [head for head in heads if number_of(head) == number]
        exact = [head for head in of if year in (head.designation[-4:], head.published[:4])]
        meant = exact or [head for head in of if head.key in ours] or [head for head in of if head.meant]
        for head in meant:
            found[head.key] = found.get(head.key, 0) + (2 if exact else 1)
    return max(found, key=lambda key: found[key], default="")


def _beginning(path: Path) -> list[str]:
    if path.suffix.lower() in _TABLES or path.suffix.lower() not in SUFFIXES:
        return []
    try:
        return [text for _, text in islice(_lines(path, path.name), _HEAD)]
    except RefusedError:
        return []  # whoever reads the whole tells of it


def _mentions(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the numbers of standards that some lines name, with the year or nothing; a bare number is none."""
    for line in lines:
        for match in mention().finditer(folded(line)):
            if match["body"] or match["year"] or match["bracketed"]:
                yield match["number"], match["year"] or match["bracketed"] or ""


def read_copy(path: Path, shown: str, graph: ClauseGraph, standard: str, *, anyway: bool = False) -> Copy:
    """Read a copy of a standard; DataError holds every problem, and nothing of it is taken then.

    graph: holds the standard and the other editions of it. anyway: also where it looks like another edition, and with
    clauses that the standard does not have left out.
    """
    refuse_strange(path, shown)
    reading = _Reading(graph, standard, shown)
    try:
        if path.suffix.lower() in _TABLES:
            reading.table(path)
        else:
            reading.lines(_lines(path, shown))
    except RefusedError as error:
        raise DataError([Problem(shown, None, str(error).removeprefix(f"{shown}: "))]) from None
    return reading.copy(path.name, anyway)


def _lines(path: Path, shown: str) -> Iterator[tuple[str, str]]:
    """Give the lines of a text or the paragraphs of a document, without what Word has at heads, feet and edges."""
    for place, text in pieces(path, shown):
        if place.startswith(("line", "paragraph")):
            yield place, text


class _Reading:
    """A copy under way to its clauses."""

    def __init__(self, graph: ClauseGraph, standard: str, shown: str) -> None:
        """Know the titles of the standard."""
        self._graph = graph
        self._standard = graph.standard(standard)
        self._shown = shown
        self._clauses = graph.clauses(standard)
        self._mains = {main_number(clause.number) for clause in self._clauses if may_ask(self._standard, clause)}
        self._said: dict[str, list[list[str]]] = {}
        """The paragraphs of each clause, each as its lines: put together at the end, as there may be very many."""
        self._now: str | None = None
        self._annex = ""
        """The letter of the annex in which a line stands."""
        self._depth = 0
        self._left_out: dict[str, None] = {}
        self._problems: list[Problem] = []
        self._notices: list[str] = []
        self._other: dict[str, list[str]] = {}
        self._years: dict[str, int] = {}
        self._feet = 0
        self._above = 0
        self._new = True

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {clause.number: _tidy(clause.title) for clause in self._clauses}

    @cached_property
    def _others(self) -> tuple[str, ...]:
        """The other editions of the standard that are loaded."""
        series = self._standard.series
        return tuple(one.key for one in self._graph.standards if one.series == series and one.key != self._standard.key)

    # --- text ----------------------------------------------------------------------------------------------------

    def lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Take the lines of a text."""
        for place, line in lines:
            text = folded(line).strip()
            self._see_years(text)
            if not text:
                self._new = True
            elif self._is_foot(text):
                self._feet += 1
            elif len(text) > _LONGEST_HEADING or not self._heading(text, place):
                self._body(text)

    def _see_years(self, text: str) -> None:
        number = self._number
        if number in text:
            for found, year in _mentions((text,)):
                if found == number and year:
                    self._years[year] = self._years.get(year, 0) + 1

    @cached_property
    def _number(self) -> str:
        return self._standard.series.split()[-1]

    def _is_foot(self, text: str) -> bool:
        if _PAGE.fullmatch(text) or (len(text) < 120 and _FOOT.search(text)):
            return True
        match = mention().match(text)
        return match is not None and match["number"] == self._number and not text[match.end() :].strip(" ().:EFRD-")

    def _heading(self, text: str, place: str) -> bool:
        """Take a line as a heading, if it is one."""
        plain = _LEADER.sub("", text)
        if _APART.fullmatch(plain):
            annex = _ANNEX.search(plain)
            self._annex = annex[1].upper() if annex else ""
            self._leave(plain)
            return True
        match = _HEADING.fullmatch(plain)
        if match is not None and self._numbered(match, place):
            return True
        title = _MARKED.fullmatch(plain)
        words = _tidy(title["title"] if title else plain)
        if self._now is not None and words == self._titles[self._now] and not self._said.get(self._now):
            return True  # the title on a line of its own, below its number
        number = self._by_title(words)
        if number is not None:
            self._begin(number, len(title["marks"]) if title else 0)
            return True
        if title is not None and len(title["marks"]) <= self._depth:
            self._leave(title["title"])
            return True
        return False

    def _numbered(self, match: re.Match[str], place: str) -> bool:
        marks, title = len((match["marks"] or "").strip()), match["title"] or ""
        number = self._graph.known_number(self._standard.key, match["number"])
        words = _tidy(re.sub(r"\s+[0-9]{1,3}$", "", title)) if number and title else _tidy(title)
        if self._annex and (number is None or not words or words != self._titles[number]):
            # An annex prints its numbers without its letter: 5.1 is the control A.5.1 there.
            control = self._graph.known_number(self._standard.key, f"{self._annex}.{match['number']}")
            if control is None and number is not None:
                return False
            number = control or number
        else:
            self._annex = ""
        if number is None:
            return self._strange(match["number"], title, marks, place)
        official = self._titles[number]
        same = bool(words) and bool(official) and (words == official or _tidy(title) == official)
        if not same:
            self._of_another(number, words)
        dotted = not number.isdigit()
        if not (same or marks or (dotted and (not title or (_is_title(title) and self._goes_on(number))))):
            return False
        self._begin(number, marks)
        return True

    def _strange(self, number: str, title: str, marks: int, place: str) -> bool:
        """Take a heading whose number the standard does not have; whether it is one."""
        ours = main_number(number) in self._mains
        dotted = "." in number and (_is_title(title) if title else not ours)
        if not (marks or dotted or (number in _BEFORE and title and _is_title(title))):
            return False
        told = f"{number} {title}".strip()
        self._of_another(number, _tidy(title))
        if ours:
            self._unknown(number, place)
        self._leave(told)
        return True

    def _unknown(self, number: str, place: str) -> None:
        words = f"{place}: {self._standard.designation} has no clause {number}"
        line = int(place.removeprefix("line ")) if place.startswith("line ") else None
        message = words.partition(": ")[2] if line is not None else words
        self._problems.append(Problem(self._shown, line, message))

    def _of_another(self, number: str, title: str) -> None:
        """Remember a number with a title that another edition has, and this one has not."""
        if not title:
            return
        for key in self._others:
            other = self._graph.known_number(key, number)
            if other is not None and _tidy(self._graph.clause(f"{key}:{other}").title) == title:
                self._other.setdefault(key, []).append(number)

    def _goes_on(self, number: str) -> bool:
        place = self._graph.place
        key = self._standard.key
        return self._now is None or place(f"{key}:{number}") > place(f"{key}:{self._now}")

    def _by_title(self, words: str) -> str | None:
        """Give the clause with that title: the next one, else the first that has no text yet."""
        if not words or len(words) > 120:
            return None
        found = [number for number, title in self._titles.items() if title == words]
        later = [number for number in found if self._goes_on(number)]
        return next(iter(later), next((number for number in found if number not in self._said), None))

    def _begin(self, number: str, depth: int) -> None:
        self._now, self._depth, self._new = number, depth, True

    def _leave(self, told: str) -> None:
        self._left_out[told[:60]] = None
        self._now, self._depth, self._new = None, 0, True

    def _body(self, text: str) -> None:
        if self._now is None:
            return
        said = self._said.setdefault(self._now, [])
        if self._new or text.startswith("#") or _ITEM.match(text) or not said:
            said.append([text])
        else:
            said[-1].append(text)
        self._new = text.startswith("#")

    # --- tables --------------------------------------------------------------------------------------------------

    def table(self, path: Path) -> None:
        """Take the rows of a table with a column for the clause and one for its text."""
        table = read_table(str(path), lambda names: _columns(names) is not None, self._shown)
        self._notices += table.notices
        columns = None if table.header is None else _columns([cell.lower() for cell in table.header.cells])
        if table.header is None or columns is None:
            words = "has no header with a column clause and a column text; write both over the columns"
            raise DataError([Problem(self._shown, None if table.header is None else table.header.line, words)])
        at_clause, at_text = columns
        for record in table.records:
            cells = (*record.cells, *("",) * (max(columns) + 1))
            self._row(folded(cells[at_clause]).strip(), cells[at_text].strip(), record.line)

    def _row(self, clause: str, text: str, line: int) -> None:
        if not text:
            return
        self._see_years(folded(text))
        if clause:
            named = mention().match(clause)
            if (named is not None and named["body"]) or (named is not None and named["number"] == self._number):
                year = named["year"] or named["bracketed"]
                if named["number"] != self._number or (year and year != self._standard.designation[-4:]):
                    self._left_out[clause[:60]] = None
                    self._now = None
                    return
                clause = clause[named.end() :].strip(" :,;")
            match = _HEADING.fullmatch(clause)
            number = self._graph.known_number(self._standard.key, match["number"] if match else clause)
            self._now = number
            if number is None:
                told = match["number"] if match else clause[:60]
                if match and main_number(told) not in self._mains:
                    self._left_out[clause[:60]] = None
                else:
                    words = f"{told} is no clause of {self._standard.designation}"
                    self._problems.append(Problem(self._shown, line, words))
                return
        elif self._now is not None:
            self._above += 1
        if self._now is None:
            self._left_out[f"row {line}"] = None
            return
        self._said.setdefault(self._now, []).append([text])

    # --- what came of it -----------------------------------------------------------------------------------------

    def copy(self, source: str, anyway: bool) -> Copy:
        """Give what was read, if it is of the standard."""
        name = self._standard.designation
        clauses = {
            clause.number: legible("\n".join(" ".join(lines) for lines in self._said[clause.number])).strip()
            for clause in self._clauses
            if self._said.get(clause.number)
        }
        problems = list(self._problems)
        if (told := self._another()) and not anyway:
            problems.insert(0, Problem(self._shown, None, told))
        if not clauses and not problems:
            words = (
                f"holds no clause of {name} that could be told: write number and title of each on a line of its own, "
                "or a table with the columns clause and text"
            )
            problems.append(Problem(self._shown, None, words))
        elif not clauses and anyway:
            problems.append(Problem(self._shown, None, f"holds no text of any clause of {name}"))
        if problems and not (anyway and clauses):
            raise DataError(problems)
        titles = tuple(dict.fromkeys(clause.title for clause in self._clauses if clause.title))
        notices = [*self._notices]
        if problems:
            notices.append(f"left out, as {name} has no such clause: {_listed([one.message for one in problems])}")
        if self._feet:
            notices.append(f"left out: {_count(self._feet, 'line')} at the heads and feet of pages")
        if self._above:
            notices.append(f"{_count(self._above, 'row')} without a clause went to the clause above")
        text = LicensedText(self._standard.key, name, clauses, titles, source)
        return Copy(text, tuple(self._left_out), tuple(notices))

    def _another(self) -> str:
        """Say by what a copy looks like one of another edition; nothing if it does not."""
        own = self._standard.designation[-4:]
        name = self._standard.designation
        years = {year: count for year, count in self._years.items() if year != own and count > self._years.get(own, 0)}
        told = [f"names {self._standard.series}:{year} {_times(count)}" for year, count in sorted(years.items())]
        matched = sum(bool(self._titles[number]) for number in self._said)
        for key, numbers in self._other.items():
            strange = any(self._graph.known_number(self._standard.key, number) is None for number in numbers)
            if strange or len(numbers) > matched // 4:
                other = self._graph.standard(key)
                found = ", ".join(
                    f"{number} {self._graph.clause(f'{key}:{number}').title}" for number in dict.fromkeys(numbers[:3])
                )
                told.append(f"has clauses as {other.designation} has them ({found})")
        if not told:
            return ""
        said = " and ".join(told)
        return (
            f"{said}, so it looks like another edition than {name}; say which it is with --standard, or --anyway if it "
            f"is {name}"
        )


def _columns(names: Sequence[str]) -> tuple[int, int] | None:
    """Find the columns of clause and text; nothing if there are none."""
    plain = [" ".join(re.split(r"[\s_.-]+", name.strip().lower())).strip() for name in names]
    clause = next((plain.index(name) for name in _CLAUSE_NAMES if name in plain), None)
    text = next((plain.index(name) for name in _TEXT_NAMES if name in plain), None)
    return None if clause is None or text is None else (clause, text)


def _tidy(title: str) -> str:
    return re.sub(r"[^\w]+", " ", folded(title).casefold()).strip()


def _is_title(text: str) -> bool:
    return text[:1].isupper() and text[-1] not in ".;:," and len(text.split()) <= _MOST_WORDS


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _listed(told: Sequence[str]) -> str:
    more = f" and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    return f"{'; '.join(told[:_MOST_TOLD])}{more}"
