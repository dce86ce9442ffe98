"""The columns of a list of requirements: what the form calls them, what other people call them, what belongs there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from imsmap.library.model import KIND_WORDS
from imsmap.library.relationships import PREDICATES
from imsmap.plain import folded
from imsmap.register.schema import APPLIES
from imsmap.values import frozen

SHEET, HEAD, LISTS, EXAMPLE, LAW = "Requirements", "Standard", "Lists", "Example", "Example of law"
"""The sheets of the form; the examples are not read."""
DASH = " \N{EM DASH} "
"""Stands in the lists between a name and what it means; what follows it need not be read."""


@frozen
class Column:
    """A column: its title in the form, other words for it, what to write there, how wide it is.

    offers: the words of which one is chosen. legal: it is for legal registers only.
    """

    key: str
    title: str
    words: tuple[str, ...]
    prompt: str
    width: float
    offers: tuple[str, ...] = ()
    legal: bool = False


COLUMNS = (
    Column(
        "number", "Number",
        ("no", "nr", "id", "ref", "reference", "clause", "clause no", "clause number", "requirement no",
         "requirement number", "requirement id", "req", "req id", "item"),
        "As you call it: 4.1, REQ-12, A.5.9. It stays the same when the words change.", 11,
    ),
    Column(
        "title", "Title", ("name", "heading", "topic", "subject", "short title"),
        "A few words. A row with number and title alone is a heading of those beneath it.", 28,
    ),
    Column(
        "text", "Requirement",
        ("requirements", "text", "description", "obligation", "what is asked", "what it asks for", "duty", "shall"),
        "What is asked for, in one or two sentences; at most 500 characters.", 52,
    ),
    Column(
        "belongs", "Belongs to",
        ("belongs with", "mapped to", "mapping", "related to", "iso clause", "core point", "link", "links"),
        "A core point or a topic of the list, or clauses such as 14001:6.1.3; several behind semicolons.", 36,
    ),
    Column(
        "relation", "Relation", ("relationship", "predicate", "relation type"),
        "How the requirement stands to those clauses; blank: they share something.", 16, tuple(PREDICATES),
    ),
    Column("strength", "Strength", ("how strong",), "1 (weak) to 10, for the relation; blank: 5.", 9),
    Column("shared", "In common", ("shared", "what is shared"), "What it shares with those clauses.", 28),
    Column("differs", "Not in common", ("differs", "difference", "what differs"), "What it does not share.", 28),
    Column(
        "documented", "Documented information",
        ("document", "documents", "record", "records", "documented information required"),
        "Which document or record has to exist.", 28,
    ),
    Column(
        "kind", "Kind", ("document kind", "kind of document"),
        "A document that is kept up to date, or a record.", 12, tuple(KIND_WORDS.values()),
    ),
    Column("under", "Under", ("parent", "heading above", "group"),
           "The number of the heading above, where the dots of the number do not tell.", 10),
    Column("law", "Law", ("legislation", "regulation", "act", "statute", "law, permit or contract", "legal source"),
           "The law, permit, contract or promise from which the obligation comes.", 26, legal=True),
    Column("place", "Place in the law", ("section", "article", "paragraph", "condition"),
           "The section, article or condition.", 14, legal=True),
    Column("applies", "Applies", ("applicable", "applicability", "relevant"),
           "Whether it binds you; blank: yes.", 13, APPLIES, legal=True),
    Column("justification", "Why, or why not", ("why", "reason", "justification"),
           "Needed where it does not apply.", 22, legal=True),
    Column("how", "How evaluated", ("evaluation", "method of evaluation", "how compliance is evaluated"),
           "How you find out whether you comply.", 26, legal=True),
    Column("owner", "Who evaluates", ("owner", "responsible", "responsible person", "evaluated by"), "A name.", 14,
           legal=True),
    Column("evaluated", "Last evaluated", ("evaluated on", "last evaluation", "date of evaluation"), "A date.", 12,
           legal=True),
    Column("next", "Next evaluation", ("next evaluation due", "next due", "due", "evaluate by", "next review"),
           "A date; what is overdue shows in workbook, Dashboard and check.", 12, legal=True),
)  # fmt: skip
_BY_KEY = {column.key: column for column in COLUMNS}


@frozen
class Field:
    """A line of the sheet Standard: what it is called, other words for it, what to write there."""

    key: str
    title: str
    words: tuple[str, ...]
    prompt: str


FIELDS = (
    Field("name", "Name", ("designation", "standard"), "What everybody calls it: Smith Supplier Manual 2030."),
    Field("title", "Title", ("full title", "subject"), "What it is about."),
    Field("discipline", "Discipline", (), "One of the list, or a word of your own, such as customer."),
    Field("letter", "Letter", (), "One capital letter for a discipline of your own; blank: a free one is taken."),
    Field("edition", "Edition", ("version", "revision", "issue"), "Such as 3; blank: 1."),
    Field("published", "Published", ("date", "issued", "published on"), "Such as 2030-05; blank: the day it is added."),
    Field("author", "Author", ("owner", "prepared by"), "Who wrote this list; blank: who adds it."),
    Field("source", "Source", (), "Where the requirements come from: the document, its version."),
    Field("key", "Key", ("short name", "id"), "Its name in files and references; blank: made of the name."),
)


def word(text: str) -> str:
    """Reduce a heading to what is compared."""
    return " ".join(re.split(r"[\s_.:*]+", folded(text).casefold().replace("(s)", "s"))).strip()


def places(names: Sequence[str]) -> Mapping[str, int]:
    """Find the columns of a header by their keys: by their own titles first, else by what people call them."""
    plain = [word(name) for name in names]
    found: dict[str, int] = {}
    for column in COLUMNS:
        own = (word(column.title), column.key)
        place = next((plain.index(name) for name in own if name in plain), None)
        if place is not None:
            found[column.key] = place
    for column in COLUMNS:
        place = next(
            (plain.index(name) for name in column.words if name in plain and plain.index(name) not in found.values()),
            None,
        )
        if column.key not in found and place is not None:
            found[column.key] = place
    return found


def fits(names: Sequence[str]) -> bool:
    """Tell whether the names of columns are those of a list of requirements."""
    return {"number", "text"} <= places(names).keys()


def is_example(sheet: str) -> bool:
    """Tell whether a sheet is one of the form's examples."""
    return sheet.casefold() in (EXAMPLE.casefold(), LAW.casefold())


def title(key: str) -> str:
    """Give the title of a column."""
    return _BY_KEY[key].title


def field(said: str) -> str:
    """Give the key of a line of the sheet Standard; nothing for another."""
    plain = word(said)
    return next((one.key for one in FIELDS if plain in (word(one.title), one.key, *one.words)), "")
