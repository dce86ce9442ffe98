"""What files say that are to be handed out, piece by piece with its place, read from their bytes as cheaply as can be.

Workbooks, slides and documents of Office, pages, SVG and all kinds of plain text. A PDF and a PNG keep no words that
could be read again: what they show is looked at before it is drawn (`said`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

import attrs

from imsmap.licensed.runs import Piece, Quote, Runs
from imsmap.packing import parts_of

_TAG = re.compile(r"<[^>]*>")
_TOLD = re.compile(r'\b(?:descr|title|alt|aria-label|prompt|error|promptTitle|label|content)="([^"]*)"')
"""Attributes that people read or hear."""
_ENDS = re.compile(
    r"</(?:a:p|w:p|si|text|p|li|td|th|tr|h[1-6]|title|desc|dt|dd|div|option|script|style|c)>|<(?:a:|w:)?br\b[^>]*>"
)
"""Where what stands in a tag is no part of the word that stands in the next."""
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nlrt])")
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*(?<!/)>(.*?)</c>', re.DOTALL)
_SHEETS = "xl/worksheets/"
_SHARED = "xl/sharedStrings.xml"
_BY_PAGE = re.compile(r"ppt/(slides|notesSlides)/[A-Za-z]+([0-9]+)\.xml")
_BOOK = "xl/workbook.xml"
_OFFICE = (".xlsx", ".xlsm", ".pptx", ".potx", ".docx")
_MARKED = (".html", ".htm", ".svg", ".xml", ".graphml")
UNREAD = (".pdf", ".png", ".jpg")
"""What keeps no words that could be read again."""


def find(runs: Runs, files: Mapping[str, bytes]) -> tuple[Quote, ...]:
    """Find quotes of licensed texts in files that are to be handed out; files: their content by name."""
    return tuple(chain.from_iterable(find_in(runs, name, content) for name, content in files.items()))


def find_in(runs: Runs, name: str, content: bytes) -> tuple[Quote, ...]:
    """Find quotes in one file; the place of each begins with the file's name."""
    suffix = f".{name.lower().rpartition('.')[2]}"
    if suffix in UNREAD:
        return ()
    if suffix in _OFFICE:
        return _named(name, _in_package(runs, content))
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    if suffix in _MARKED:
        return _named(name, _in_lines(runs, text, _unmarked))
    return _named(name, _in_lines(runs, text, _unescaped))


def said(value: object) -> Iterator[Piece]:
    """Give every text that a value holds, such as a picture or the pages of a brief, whatever it is made of."""
    for text in _texts(value):
        yield Piece("", text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_texts, value.values()))
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        yield from chain.from_iterable(map(_texts, value))
    elif attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            yield from _texts(getattr(value, field.name))


def _named(name: str, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    return tuple(attrs.evolve(one, place=f"{name}, {one.place}" if one.place else name) for one in quotes)


def _in_lines(runs: Runs, text: str, plain: Callable[[str], str]) -> tuple[Quote, ...]:
    """Look through a text as a whole, and tell the lines only if something is in it."""
    found = runs.within((Piece("", plain(text)),))
    # What a tag of several lines divides is found as a whole alone.
    return found and (runs.within(plain_lines(text, plain)) or found)


def plain_lines(text: str, plain: Callable[[str], str] = str) -> tuple[Piece, ...]:
    """Give a text as its lines, each with its number."""
    return tuple(Piece(f"line {number}", plain(line)) for number, line in enumerate(text.splitlines(), 1))


def _unescaped(text: str) -> str:
    """Write what stands escaped in JSON and DOT as what it stands for."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", text)


def _unmarked(text: str) -> str:
    """Leave out tags, but not what their attributes tell."""
    told = "\n".join(match[1] for match in _TOLD.finditer(text))
    plain = _TAG.sub("", _ENDS.sub("\n", text))
    return html.unescape(_unescaped(f"{plain}\n{told}"))


# --- files of Office -------------------------------------------------------------------------------------------------


def _in_package(runs: Runs, content: bytes) -> tuple[Quote, ...]:
    found: list[Quote] = []
    package = parts_of(content, (".xml", ".vml", ".rels", ".xlsx"))
    for name, part in package.items():
        if name.endswith(".rels"):
            continue
        if name.endswith(".xlsx"):  # the figures behind a chart
            found += _in_package(runs, part)
            continue
        text = part.decode("utf-8", "replace")
        plain = html.unescape(_worth(text) if name.startswith(_SHEETS) else _unmarked(text))
        quotes = runs.within((Piece(_called(name), plain),))
        if quotes and name == _SHARED:
            quotes = _of_cells(runs, package, text) or quotes
        elif quotes and name == "word/document.xml":
            paragraphs = (_unmarked(part) for part in text.split("</w:p>"))
            quotes = runs.within([Piece(f"paragraph {at}", part) for at, part in enumerate(paragraphs, 1)]) or quotes
        elif quotes and name.startswith(_SHEETS):
            quotes = runs.within(_of_sheet(_sheets(package).get(name, ""), text)) or quotes
        found += quotes
    return tuple(dict.fromkeys(found))


def _worth(text: str) -> str:
    """Leave of a sheet what holds letters beyond the shared texts: most of it is numbers and tags."""
    texts = re.findall(r">([^<]*[^\W\d_][^<]*)<", text)
    return "\n".join((*texts, *(match[1] for match in _TOLD.finditer(text))))


def _of_sheet(sheet: str, text: str) -> list[Piece]:
    """Give what stands in a sheet itself: texts and results of formulas by their cell, heads and feet of its pages."""
    pieces = [Piece(f"{sheet}!{cell}", html.unescape(_TAG.sub("", held))) for cell, held in _CELL.findall(text)]
    return [*pieces, Piece(sheet, html.unescape(_worth(_CELL.sub("", text))))]


def _called(part: str) -> str:
    page = _BY_PAGE.fullmatch(part)
    if page is not None:
        return f"slide {page[2]}" if page[1] == "slides" else f"notes of slide {page[2]}"
    return part.rpartition("/")[2].removesuffix(".xml")


def _sheets(package: Mapping[str, bytes]) -> dict[str, str]:
    """Give the sheets by the parts that hold them."""
    links = package["xl/_rels/workbook.xml.rels"].decode("utf-8", "replace")
    targets: dict[str, str] = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", links):
        id_, target = re.search(r'\bId="([^"]*)"', tag), re.search(r'\bTarget="([^"]*)"', tag)
        if id_ and target:
            targets[id_[1]] = f"xl/{target[1].removeprefix('/xl/')}"
    book = package[_BOOK].decode("utf-8", "replace")
    found = {}
    for tag in re.findall(r"<sheet\b[^>]*>", book):
        name, link = re.search(r'\bname="([^"]*)"', tag), re.search(r'\br:id="([^"]*)"', tag)
        if name and link and link[1] in targets:
            found[targets[link[1]]] = html.unescape(name[1])
    return found


def _of_cells(runs: Runs, package: Mapping[str, bytes], text: str) -> tuple[Quote, ...]:
    """Find in which cells the shared texts stand that hold a quote."""
    pieces = [
        Piece(str(at), html.unescape(_TAG.sub("", part))) for at, part in enumerate(re.split(r"</si>", text)[:-1])
    ]
    quotes = runs.within(pieces)
    cells: dict[str, list[str]] = {}
    for part, sheet in _sheets(package).items():
        written = package[part].decode("utf-8", "replace")
        for cell, index in re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*\bt="s"[^>]*><v>([0-9]+)</v>', written):
            cells.setdefault(index, []).append(f"{sheet}!{cell}")
    return tuple(attrs.evolve(one, place=_listed(cells.get(one.place, []))) for one in quotes)


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - 1} more cells" if len(places) > 2 else f" and {places[1]}" if len(places) > 1 else ""
    return f"{places[0]}{more}" if places else "a text that no cell shows"
