"""What the formats of other tools share: how clauses are named in them, what goes out, and what a format can't say.

* A clause is `iso9001-2015:8.5.1`, a point `iso9001-2015:8.5.1/planned`, several together `iso9001-2015:8.4.1,8.4.2`,
  which is an entity of its own: what holds of all together need not hold of one. Other signs are written as in URLs.
* `urn:imsmap:` stands before it where a whole address is asked for. Nothing can be got there.
* What the data say of the common core goes out as relations to the points of the harmonized structure; what only
  follows (between editions, through a supplement, by derivation) stays at home: whoever has the premises has it, too.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import ALL_CLAUSES, HUB, MappingSet, Point, Relation, split_ref
from imsmap.report import Json
from imsmap.values import frozen
from imsmap.wording import listed

NAMESPACE = "urn:imsmap:"
"""Before a key, and between it and a number, it makes an address of a clause."""
RECORDS = "imsmap"
"""The prefix under which relations are named."""
DENIED = "skos:mappingRelation"
"""What is denied where two sides have nothing in common: every relation of a mapping is one of these."""
OSCAL_VERSION = "1.2.1"
JUSTIFIED = {True: "semapv:ManualMappingCuration", False: "semapv:BackgroundKnowledgeBasedMatching"}
"""What SSSOM calls a person's judgement, and what was taken over from somebody else's table."""
CORE_PREDICATE = "subset-of"
"""How a point stands to the core point that it says for a discipline: the core point is the wider."""
ABOUT_DATA = (
    "Relations between requirements of management system standards, stated by people, and which requirement says which "
    "point of the harmonized structure. Numbers and titles are the standards', all else is in other words."
)
"""What is said about the data where a format has room for it."""
ABOUT_RELATIONS = (
    "Relations between requirements of management system standards, stated by people. Numbers and titles are the "
    "standards', all else is in other words."
)
"""The same where a format holds nothing but relations."""
CISO = {
    "equal-to": "equal",
    "subset-of": "subset",
    "superset-of": "superset",
    "intersects-with": "intersect",
    "no-relationship": "not_related",
}
"""How libraries of CISO Assistant say the relations."""
OLIR = {
    "equal-to": "equal",
    "subset-of": "subset of",
    "superset-of": "superset of",
    "intersects-with": "intersects with",
    "no-relationship": "not related to",
}
"""How workbooks of NIST's OLIR say the relations, after IR 8477."""
OLIR_GENERAL, OLIR_RELATIONSHIPS = "General Information", "Relationships"
"""The sheets of such a workbook."""
OLIR_COLUMNS = (
    "Focal Document Element", "Focal Document Element Description", "Rationale", "Relationship",
    "Reference Document Element", "Reference Document Element Description", "Fulfilled By (Y/N)",
    "Group Identifier (Optional)", "Comments (Optional)", "Strength of Relationship (Optional)",
)  # fmt: skip
MARKDOWN_COLUMNS = (
    "Relation", "Strength", "In common", "Not in common", "Confidence", "Justification", "Author", "Source", "Affirmed",
    "Id",
)  # fmt: skip
"""The columns of tables in Markdown, beside those that the two standards head: before and behind the first of these."""
MARKDOWN_NONE = "Nothing is stated between them."
"""What stands in their place where there is nothing to tell."""
_NO_URN = re.compile(r"[^a-z0-9._-]")
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._-]")
_PUBLISHED = re.compile(r"published", re.IGNORECASE)
_KEPT = "-._~*()!$'"
_IDS = uuid.UUID("5f2b7c1e-8a54-5d0b-9c67-1d6f0a3c2b90")
"""The space of names in which ids are made, so that the same thing has the same id in every file."""
_SHOWN = 5


@frozen
class Tie:
    """A point of a standard that says a core point for its discipline."""

    ref: str
    core: str
    point: Point
    author: str


@frozen
class Loss:
    """Something that a format can't say, and of which it holds."""

    words: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        shown = self.names[:_SHOWN]
        more = len(self.names) - len(shown)
        return f"{len(self.names)}: {self.words} ({', '.join(shown)}{f' and {more} more' if more else ''})"


def local(refs: Iterable[str]) -> str:
    """Give what names a clause, a point or several of one standard behind its prefix."""
    return ",".join(_local(ref) for ref in refs)


def _local(ref: str) -> str:
    _, number, point = split_ref(ref)
    written = quote(number, safe=_KEPT) if number else ALL_CLAUSES
    return written if point is None else f"{written}/{quote(point, safe=_KEPT)}"


def curie(refs: tuple[str, ...]) -> str:
    """Name a side of a relation with its prefix, the key of its standard."""
    return f"{split_ref(refs[0])[0]}:{local(refs)}"


def quoted(name: str) -> str:
    """Write the id of a relation or a point as the end of an address."""
    return quote(name.replace("#", "/"), safe=_KEPT + "/:")


def named(graph: ClauseGraph, refs: tuple[str, ...]) -> str:
    """Say in words what a side of a relation is."""
    labels = [graph.label(ref) for ref in refs]
    return labels[0] if len(labels) == 1 else f"{listed(labels)} together"


def core_curie(core: str) -> str:
    """Name a core point."""
    return f"{HUB}:{core}"


def refs_of(key: str, name: str) -> tuple[str, ...]:
    """Give the references that a name behind a prefix stands for; `#` before a point is understood, too."""
    found = []
    for part in name.split(","):
        number, _, point = part.replace("#", "/", 1).partition("/")
        number = "" if number == ALL_CLAUSES else unquote(number)
        found.append(f"{key}:{number}#{unquote(point)}" if point else f"{key}:{number}")
    return tuple(found)


def stated(graph: ClauseGraph) -> tuple[Relation, ...]:
    """Give what people stated between the standards, in the order of the data."""
    return tuple(relation for relation in graph.library.relations if not relation.implied)


def sets(graph: ClauseGraph) -> Iterator[tuple[MappingSet, tuple[Relation, ...]]]:
    """Give each mapping set that states something, with what it states."""
    by_set: dict[str, list[Relation]] = {}
    for relation in stated(graph):
        by_set.setdefault(relation.id.partition("#")[0], []).append(relation)
    for one in graph.library.sets:
        if one.name in by_set:
            yield one, tuple(by_set[one.name])


def ties(graph: ClauseGraph) -> Iterator[Tie]:
    """Give every point that is a core point, standard by standard, in their order."""
    for standard in graph.standards:
        for clause in standard.clauses:
            for point in clause.points:
                if point.core is not None:
                    yield Tie(clause.point_ref(point), point.core, point, standard.author)


def justification(relation: Relation) -> str:
    """Give SSSOM's word for how a relation was found."""
    return JUSTIFIED[_PUBLISHED.search(relation.justification) is None]


def title(graph: ClauseGraph) -> str:
    """Name what goes out by its standards."""
    return "Mapping of " + listed(standard.designation for standard in graph.standards)


def license_of(graph: ClauseGraph) -> str:
    """Give the licence where all of it came with imsmap; of what people stated themselves none is claimed."""
    authors = {relation.author for relation in stated(graph)} | {standard.author for standard in graph.standards}
    ours = authors <= {"imsmap"}
    return "https://opensource.org/license/mit" if ours else "https://w3id.org/sssom/license/unspecified"


def token(ref: str) -> str:
    """Name a clause or a point as OSCAL names things: a letter first, then letters, figures, dots, hyphens."""
    _, number, point = split_ref(ref)
    name = f"clause-{number}" if point is None else f"clause-{number}_smt.{point}"
    return _NO_TOKEN.sub(lambda sign: f"_{ord(sign[0]):x}_", name)


def ciso_name(ref: str) -> str:
    """Name a clause or a point as libraries of CISO Assistant do, in small letters, another sign by its number."""
    _, number, point = split_ref(ref)
    return ":".join(ciso_word(name) for name in (number, point) if name)


def ciso_word(name: str) -> str:
    """Write a word of such a name."""
    return _NO_URN.sub(lambda sign: f"_{ord(sign[0]):x}_", name.lower())


def oscal_props(values: Mapping[str, str]) -> list[Json]:
    """Write what OSCAL has no place for as properties in our namespace; what is empty says nothing."""
    return [
        {"name": name, "ns": f"{NAMESPACE}property", "value": " ".join(value.split())}
        for name, value in values.items()
        if value.strip()
    ]


def oscal_metadata(name: str, version: str, day: str) -> dict[str, Json]:
    """Write the head of a document of OSCAL."""
    return {
        "title": name,
        "last-modified": f"{day}T00:00:00Z",
        "version": version,
        "oscal-version": OSCAL_VERSION,
    }


def id_of(*names: str) -> str:
    """Give the id of a thing by its names: the same in every file, as UUID of version 5."""
    return str(uuid.uuid5(_IDS, "\n".join(names)))


def never_said(graph: ClauseGraph) -> Iterator[Loss]:
    """Tell what none of these formats says of relations."""
    implied = tuple(relation.id for relation in graph.library.relations if relation.implied)
    if implied:
        yield Loss("relations that follow from origins or layout are not written; only what was stated is", implied)


def table_losses(graph: ClauseGraph) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Tell what a table of relations says of neither mapping sets nor standards, in words and with their names."""
    held = [one for one, _ in sets(graph)]
    yield (
        "mapping sets say whether all was looked at; the format does not, so they come back as in part",
        tuple(one.name for one in held if one.assessed != "part"),
    )
    yield (
        "mapping sets keep what follows from leading through them; the format does not say so",
        tuple(one.name for one in held if not one.bridges),
    )
    yield (
        "standards are only named: their clauses, topics and documents go out as oscal-catalog",
        tuple(standard.key for standard in graph.standards),
    )
