"""What each question, picture, sheet, format and reader says about itself, in its own file, as the value ABOUT.

These values are read without importing the files: a list of all commands costs no more than reading them. So
ABOUT holds plain values only, no names and no calls. Adding a file adds what it says: nothing else keeps a list.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeVar

T = TypeVar("T")
_ABOUT = re.compile(r"^ABOUT = about\.\w+(\((?:[^\n]*\)|\n.*?^\)))$", re.MULTILINE | re.DOTALL)
# Not pathlib, which takes longer to load than all of this to read.
_HERE = __file__.rpartition("about.py")[0]
WORKBOOK = "workbook"
"""The variant that is the whole workbook, without pictures, slides and page."""
LAST = 1000
"""The place of what says none."""


class Question(NamedTuple):
    """A question: how it is listed and explained, what it takes, and when it makes sense.

    short: the line in the list of commands. text, example: of its command's help. takes: `standards`, a `clause`, two
    `clauses` or `nothing`, or `editions`, which are standards with those before and after them, and its command is
    made from that, if it has none of its own; `own` if it takes other words, `project` if it takes a project's
    answers, too. least: the fewest standards that it can be asked about. guides: it needs the audit questions and the
    signs of integration, too. place: in the list of commands; 0 if no command but sheets, pictures and pages ask it.
    weighs: two of the standards must be such as choosing has criteria for. controls: one of them must list controls.
    obligations: one of them must be a legal register.
    """

    short: str
    text: str = ""
    example: str = ""
    takes: str = "standards"
    least: int = 1
    guides: bool = False
    place: int = LAST
    weighs: bool = False
    controls: bool = False
    obligations: bool = False


class Picture(NamedTuple):
    """A picture: the question that it draws the answer to, and its slide in the deck.

    slide: the point of its slide; a picture without one is no slide. filed: it is a file of its own, too, and not only
    on demand. client: it says something only with a client's answers. appendix: nobody misses its slide. place: in the
    deck.
    """

    of: str
    slide: str = ""
    filed: bool = True
    client: bool = False
    appendix: bool = False
    place: int = LAST


class Format(NamedTuple):
    """A format: the suffix of its files, what they hold, and how people call it (else as its file is called).

    holds: `answers` to one question, `pictures`, `documents` of a few pages, `deliverables` with many answers, or the
    `mappings` of some standards for other tools, of which `losses` tells what the format can't say. `export` writes it;
    a document is written by `document` where there is one. many: one file holds several pictures. place: among the
    formats that hold the same.
    """

    suffix: str
    holds: tuple[str, ...]
    name: str = ""
    many: bool = False
    place: int = LAST


class Reader(NamedTuple):
    """A reader of files that bring standards or mapping sets: how people call such a file, and its suffixes.

    `takes(beginning)` of it says whether a file with such a suffix is one, by its first bytes; `bring` reads it. place:
    among those that take the same suffix; the first that takes a file reads it.
    """

    name: str
    suffixes: tuple[str, ...]
    place: int = LAST


class Sheet(NamedTuple):
    """A sheet of the workbook: what it is called and shows, and when it has something to show.

    text: its line among the contents. shows: the question of its answer; besides: further ones, if they were asked.
    least: the fewest standards for which it says something. given: what a client's project must bring along for it;
    missing: what to say where that is not there. variants: the smaller workbooks that have it, too. whole: the whole
    workbook has it. place: in the workbook.
    """

    title: str
    text: str = ""
    shows: str = "matrix"
    besides: tuple[str, ...] = ()
    least: int = 1
    given: str = ""
    missing: str = ""
    variants: tuple[str, ...] = ()
    whole: bool = True
    place: int = LAST


@cache
def question(name: str) -> Question | None:
    """Give what one question says about itself, reading its file alone; nothing if there is no such question."""
    if not name.isidentifier():
        return None
    for path in (f"{_HERE}analyses/{name}.py", f"{_HERE}analyses/{name}/__init__.py"):
        if os.access(path, os.R_OK):
            return _read(path, Question)
    return None


@cache
def questions() -> Mapping[str, Question]:
    """Give what each file in `analyses/` says about itself, by the question's name."""
    return _told("analyses", Question)


@cache
def pictures() -> Mapping[str, Picture]:
    """Give what each file in `pictures/` says about itself, by the picture's name, in their order."""
    found = _told("pictures", Picture)
    return dict(sorted(found.items(), key=lambda item: (item[1].place, item[0])))


@cache
def formats() -> Mapping[str, Format]:
    """Give what each file in `exporters/` says about itself, by the file's name, in their order."""
    found = _told("exporters", Format)
    return dict(sorted(found.items(), key=lambda item: (item[1].place, item[0])))


@cache
def readers() -> Mapping[str, Reader]:
    """Give what each reader of files to be brought in says about itself, by the file's name, in their order."""
    found = _told("readers", Reader)
    return dict(sorted(found.items(), key=lambda item: (item[1].place, item[0])))


@cache
def sheets() -> Mapping[str, Sheet]:
    """Give what each sheet in `exporters/excel/` says about itself, by the sheet's name, in their order."""
    found = _told("exporters/excel", Sheet)
    return dict(sorted(found.items(), key=lambda item: (item[1].place, item[0])))


def _told(folder: str, kind: Callable[..., T]) -> Mapping[str, T]:
    """Read the values ABOUT of a folder's files; a file without one is none of the kind."""
    found = ((name, _read(path, kind)) for name, path in sorted(_files(f"{_HERE}{folder}")))
    return {name: told for name, told in found if told is not None}


def _read(path: str, kind: Callable[..., T]) -> T | None:
    """Read the value ABOUT of a file."""
    import ast

    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        match = _ABOUT.search(file.read())
    if match is None:
        return None
    call = ast.parse(f"about{match[1]}", mode="eval").body
    assert isinstance(call, ast.Call)
    return kind(**{word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg})


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """Give name and path of each module in a folder."""
    for entry in os.scandir(folder):
        if entry.name.endswith(".py") and entry.name != "__init__.py":
            yield entry.name[:-3], entry.path
        elif entry.is_dir() and os.access(f"{entry.path}/__init__.py", os.R_OK):
            yield entry.name, f"{entry.path}/__init__.py"
