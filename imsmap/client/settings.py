"""The settings of a client's project, `imsmap.toml`: a person edits it, every problem is told at its line."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field

from imsmap import files
from imsmap.client import moved
from imsmap.client.audit_settings import ASKED, AUDIT, AuditSettings, read_audit
from imsmap.client.place import FILE, find
from imsmap.drawing.colour import readable
from imsmap.errors import DataError, Problem
from imsmap.nearest import did_you_mean
from imsmap.readers import toml
from imsmap.readers.toml import TomlText, quoted
from imsmap.register.effort import WORK, Rates, Span
from imsmap.values import frozen

__all__ = ["FILE", "LOGOS", "PAPERS", "TEMPLATES", "Brand", "Project", "draft", "find", "new_id", "read"]

LANGUAGE = "en"
"""The language that workbooks and pictures speak; others may come."""
PAPERS = ("A4", "A3", "Letter", "Tabloid")
LOGOS = (".png", ".jpg", ".jpeg", ".svg")
TEMPLATES = (".potx", ".pptx")
_MOST_COLOURS = 6
_MOST_MB = {"picture": 5, "template of slides": 100}
"""Of a file that a project names: it goes into every workbook, or is unpacked for every deck."""


@frozen
class Brand:
    """How the client's deliverables look. colours: as `#RRGGBB`, the main one first, dark enough to carry white text.

    logo, logo_dark: files in the project, the second for dark grounds. template: of slides, a file in the project.
    """

    name: str = ""
    colours: tuple[str, ...] = ()
    logo: Path | None = None
    logo_dark: Path | None = None
    font: str = ""
    legal: str = ""
    template: Path | None = None


@frozen
class Project:
    """A client's project: what `imsmap.toml` says. `notices` are what a person should be told but need not mend.

    id: what its workbooks carry. formerly: names that the client had while workbooks went out. standards: as the person
    named them. text: the file, for further problems.
    """

    root: Path
    id: str
    client: str
    standards: tuple[str, ...]
    formerly: tuple[str, ...] = ()
    title: str = ""
    scope: str = ""
    language: str = LANGUAGE
    paper: str = "A4"
    document_number: str = ""
    prepared: str = ""
    checked: str = ""
    approved: str = ""
    brand: Brand = field(factory=Brand)
    rates: Rates = field(factory=Rates)
    audit: AuditSettings | None = None
    notices: tuple[str, ...] = ()
    text: TomlText | None = None

    def problem(self, key: str, message: str) -> Problem:
        """Make a problem at the line of a key, such as `standards` or `brand.logo`."""
        return Problem(FILE, None if self.text is None else self.text.line(*key.split(".")), message)


def read(root: Path) -> Project:
    """Read a project's settings; DataError holds every problem with its line."""
    moved.settle(root)
    content = files.read(root / FILE, FILE)
    return _Reading(root, toml.parse(content, FILE, 'client = "Acme"')).project()


class _Reading:
    """Takes values one by one and gathers the problems."""

    def __init__(self, root: Path, text: TomlText) -> None:
        """Take what the file says."""
        self._root = root
        self._file_text = text
        self._found = text.values
        self._problems: list[Problem] = []
        self._notices: list[str] = []

    def project(self) -> Project:
        """Make the project, or tell every problem."""
        self._unknown(self._found, "", _KEYS)
        client = self._text("client", needed='write the client\'s name, as in client = "Acme Coatings"')
        id_ = self._text("project", needed="it ties workbooks to this project; put it back from one of them or a copy")
        if id_ and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", id_):
            self._fault("project", f"{id_!r} is no id; letters, digits and hyphens only")
        language = self._text("language") or LANGUAGE
        if language != LANGUAGE:
            words = "this version speaks English only; write en, or leave the line out"
            self._fault("language", f"{language!r} is not there yet: {words}")
        paper = self._text("paper") or "A4"
        if paper not in PAPERS:
            self._fault("paper", f"{paper!r} is no paper; {did_you_mean(paper, PAPERS, most=1)}")
        plain = {name: self._text(name) for name in _PLAIN}
        standards = self._standards()
        formerly = self._formerly()
        brand = self._brand()
        rates = self._rates()
        audit = read_audit(self._section("audit", AUDIT), self._fault, self._span) if "audit" in self._found else None
        if self._problems:
            raise DataError(self._problems)
        return Project(
            self._root, id_, client, standards, formerly, language=language, paper=paper, brand=brand,
            rates=rates, audit=audit, notices=tuple(self._notices), text=self._file_text, **plain,
        )  # fmt: skip

    def _standards(self) -> tuple[str, ...]:
        found = self._found.get("standards")
        if not isinstance(found, list) or not found or not all(isinstance(s, str) and s.strip() for s in found):
            self._fault("standards", 'name the standards in a list, as in standards = ["9001:2015", "14001:2015"]')
            return ()
        plain = [" ".join(name.split()) for name in found]
        for name in sorted({name for name in plain if plain.count(name) > 1}):
            self._fault("standards", f"{name!r} is here twice; keep one")
        return tuple(plain)

    def _formerly(self) -> tuple[str, ...]:
        found = self._found.get("formerly", [])
        if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
            self._fault("formerly", 'give the client\'s former names in a list, as in formerly = ["Smith Ltd"]')
            return ()
        return tuple(found)

    def _section(self, name: str, known: Sequence[str]) -> toml.Table:
        """Give a section of the file; empty where it is missing, or is none."""
        found = self._found.get(name, {})
        if not isinstance(found, dict):
            self._fault(name, f"here belongs a section: [{name}] on a line of its own, its keys below")
            return {}
        self._unknown(found, f"{name}.", known)
        return found

    def _rates(self) -> Rates:
        hours = self._section("report", WORK)
        rates = self._section("rates", _RATES)
        spans = {key: self._span(f"report.{key}", hours[key]) for key in WORK if key in hours}
        hour = self._span("rates.hour", rates["hour"]) if "hour" in rates else None
        currency = self._text("rates.currency") if rates else ""
        if hour is not None and not currency:
            self._fault("rates.hour", 'a price needs its currency; write it below, as in currency = "EUR"')
        return Rates({key: span for key, span in spans.items() if span is not None}, hour, currency)

    def _span(self, key: str, found: object) -> Span | None:
        given: list[object] = found if isinstance(found, list) else [found, found]
        name = key.rpartition(".")[2]
        ends = [float(end) for end in given if isinstance(end, int | float) and not isinstance(end, bool)]
        if len(given) != 2 or len(ends) != 2 or not all(0 <= end <= _MOST_HOURS for end in ends):
            self._fault(key, f"{name} is a number of 0 and more, or the least and the most, as in {name} = [2, 6]")
            return None
        low, high = ends
        if low > high:
            self._fault(key, f"{name} goes from {low:g} to {high:g}; write the least first")
            return None
        return Span(low, high)

    def _brand(self) -> Brand:
        found = self._section("brand", _BRAND)
        return Brand(
            self._text("brand.name"),
            self._colours(found.get("colours", [])),
            self._file("brand.logo", LOGOS, "picture"),
            self._file("brand.logo_dark", LOGOS, "picture"),
            self._text("brand.font"),
            self._text("brand.legal"),
            self._file("brand.template", TEMPLATES, "template of slides"),
        )

    def _colours(self, found: Any) -> tuple[str, ...]:
        key = "brand.colours"
        if isinstance(found, str):
            found = [found]
        if not isinstance(found, list) or len(found) > _MOST_COLOURS:
            self._fault(key, f'give one to {_MOST_COLOURS} colours in a list, as in colours = ["#00558C", "#E07B00"]')
            return ()
        result = []
        for given in found:
            match = (
                re.fullmatch(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})", given.strip()) if isinstance(given, str) else None
            )
            if match is None:
                self._fault(key, f"{given!r} is no colour; write one as #00558C")
                continue
            digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
            colour = f"#{digits.upper()}"
            result.append(readable(colour))
            if result[-1] != colour:
                where = Problem(
                    FILE, self._file_text.line(*key.split(".")), f"{colour} is too pale to carry white text"
                )
                self._notices.append(f"{where}; {result[-1]}, the same colour darker, is used")
        return tuple(result)

    def _file(self, key: str, suffixes: Sequence[str], what: str) -> Path | None:
        name = self._text(key)
        if not name:
            return None
        path = self._root / name
        if not path.resolve().is_relative_to(self._root.resolve()):
            self._fault(key, f"{name!r} lies outside the project; copy it into brand/")
        elif path.suffix.lower() not in suffixes:
            self._fault(key, f"{name!r} is no {what} that can be used; use {', '.join(suffixes)}")
        elif not path.is_file():
            self._fault(key, f"there is no file {name!r} in the project; copy it there, or empty this line")
        elif path.stat().st_size > _MOST_MB[what] * 1_000_000:
            size = f"{path.stat().st_size / 1_000_000:.0f} MB, and a {what} may have {_MOST_MB[what]} MB"
            self._fault(key, f"{name!r} has {size}; save it smaller")
        return path

    def _text(self, key: str, needed: str = "") -> str:
        *sections, name = key.split(".")
        place: Any = self._found
        for section in sections:
            place = place.get(section, {})
        value = place.get(name, "") if isinstance(place, dict) else ""
        if not isinstance(value, str):
            self._fault(key, f"{name} must be a text in quotes")
            return ""
        if needed and not value.strip():
            is_there = tuple(key.split(".")) in self._file_text.lines
            self._fault(key, f"{name} is {'empty' if is_there else 'missing'}; {needed}")
        return value.strip()

    def _unknown(self, found: Mapping[str, Any], prefix: str, known: Sequence[str]) -> None:
        for name in found:
            if name not in known:
                elsewhere = "it belongs under [brand]" if not prefix and name in _BRAND else None
                ask = did_you_mean(name, known, most=1, quoted=True, otherwise=elsewhere)
                self._fault(prefix + name, f"unknown key {name!r}; {ask}")

    def _fault(self, key: str, message: str) -> None:
        line = self._file_text.line(*key.split("."))
        self._problems.append(Problem(FILE, line, message))


_PLAIN = ("title", "scope", "document_number", "prepared", "checked", "approved")
_KEYS = (
    "project",
    "client",
    "formerly",
    "standards",
    *_PLAIN,
    "language",
    "paper",
    "brand",
    "report",
    "rates",
    "audit",
)
_BRAND = ("name", "colours", "logo", "logo_dark", "template", "font", "legal")
_RATES = ("hour", "currency")
_MOST_HOURS = 1_000_000
"""What is more is a slip of the finger."""


def new_id(client: str, token: Callable[[], str] = lambda: os.urandom(4).hex()) -> str:
    """Make the id of a new project: the client's name, and something that no other project has."""
    plain = unicodedata.normalize("NFKD", client).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return f"{words or 'project'}-{token()}"


def draft(
    id_: str,
    client: str,
    standards: Sequence[str],
    *,
    scope: str = "",
    title: str = "",
    paper: str = "A4",
    language: str = LANGUAGE,
    document_number: str = "",
    prepared: str = "",
    checked: str = "",
    approved: str = "",
    brand: Brand | None = None,
) -> str:
    """Write the text of a new `imsmap.toml`, with a word on each key. Logos are written as they are given."""
    brand = brand or Brand()
    return f"""\
# The settings of this project. Texts stand in quotes; a line that begins with # is a comment.

project = {quoted(id_)}  # ties workbooks to this project: leave it as it is
client = {quoted(client)}
scope = {quoted(scope)}  # of the management system, as on the certificate
standards = [{", ".join(map(quoted, standards))}]  # with their editions
title = {quoted(title)}  # of the workbook; empty: a plain one

language = {quoted(language)}
paper = {quoted(paper)}  # {", ".join(PAPERS)}; wide sheets take the next larger one

# Document control: on the cover, and in headers and footers.
document_number = {quoted(document_number)}
prepared = {quoted(prepared)}
checked = {quoted(checked)}
approved = {quoted(approved)}

[brand]
name = {quoted(brand.name)}  # in headers; empty: the client's
colours = [{", ".join(map(quoted, brand.colours))}]  # the main one first, such as "#00558C"
logo = {quoted(_posix(brand.logo))}  # such as "brand/logo.png"; .png, .jpg or .svg
logo_dark = {quoted(_posix(brand.logo_dark))}  # for dark grounds, if there is one
template = {quoted(_posix(brand.template))}  # for slides, such as "brand/house.potx"; .potx or .pptx
font = {quoted(brand.font)}  # one that your readers have; empty: Arial
legal = {quoted(brand.legal)}  # a line at the foot of pages
{ASKED}{ESTIMATE}"""


ESTIMATE = """
# For an estimate in imsmap report, your own figures: one number, or the least and the most, as in [2, 6].
# [report]
# point = []     # hours to assess a point that nobody has looked at
# S = []         # hours of an open action, by the effort that the sheet Actions says of it
# M = []
# L = []
# XL = []
# action = []    # hours of an open action of which it says none
# document = []  # hours for a document or record that is missing
# [rates]
# hour = []      # the price of an hour
# currency = ""  # such as "EUR"
"""
"""How an estimate is asked for, in a new file: no figure of ours, as the price is not ours to name."""


def _posix(path: Path | None) -> str:
    return path.as_posix() if path else ""
