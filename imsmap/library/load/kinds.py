"""The kinds of file of a library, as they are written: what is handed down inside a file is written once."""

# Annotations are values here, no texts: whoever reads the library asks for each, and need not compile it first.

from imsmap.library.load.tree import Held, Tree
from imsmap.library.model import AuditQuestion, Colours, Discipline, Relation, Topic
from imsmap.values import frozen


@frozen
class LibraryFile:
    """`library.yaml`: version, the editions meant, colours, disciplines, topics."""

    version: str
    released: str
    core: Colours
    disciplines: tuple[Discipline, ...]
    topics: tuple[Topic, ...]
    editions: tuple[str, ...] = ()
    """The keys of the editions that are meant where a standard is named without one."""


@frozen
class AuditFile:
    """`audit.yaml`: what auditors ask."""

    author: str
    confidence: float
    source: str
    questions: tuple[AuditQuestion, ...]


@frozen
class RelationsFile:
    """One mapping set in `relations/`: stated relations between two standards."""

    subject: str
    object: str
    author: str
    confidence: float
    source: str
    justification: str
    relations: tuple[Relation, ...]
    assessed: str = "whole"
    bridges: bool = True
    """Whether what follows between two standards may lead through this set's pair."""


def inherit(tree: Tree, **extra: Held) -> None:
    """Hand confidence and source down from file to clause to point, so that each value carries its own."""
    top = {name: tree.value[name] for name in ("confidence", "source") if name in tree.value}
    clauses = tree.value.get("clauses")
    for clause in clauses if isinstance(clauses, list) else ():
        if not isinstance(clause, dict):
            continue
        for name, value in (*top.items(), *extra.items()):
            clause.setdefault(name, value)
        handed = {name: clause[name] for name in top}
        points = clause.get("points")
        for point in points if isinstance(points, list) else ():
            if isinstance(point, dict):
                for name, value in handed.items():
                    point.setdefault(name, value)


def hand_down(tree: Tree, name: str, keys: tuple[str, ...] = ("author", "confidence", "source")) -> None:
    """Hand author, confidence and source down from a file to each of its entries."""
    hand_from(tree.value, name, keys)


def hand_from(held: Held, name: str, keys: tuple[str, ...]) -> None:
    """Hand keys down from a mapping to each entry of one of its lists."""
    entries = held.get(name)
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            for key in keys:
                if key in held:
                    entry.setdefault(key, held[key])


def hand_to_clauses(tree: Tree) -> None:
    """Hand down what a standard's file writes once: to its clauses, their points and its audit questions."""
    inherit(tree, standard=tree.value.get("key"))
    hand_down(tree, "audit_questions")


def hand_to_families(tree: Tree) -> None:
    """Hand down what a file of families writes once: to families, their members and comparisons."""
    for name in ("families", "comparisons"):
        hand_down(tree, name, ("confidence", "source"))
    families = tree.value.get("families")
    for family in families if isinstance(families, list) else ():
        if isinstance(family, dict):
            hand_from(family, "members", ("confidence", "source"))


def as_it_is(_tree: Tree) -> None:
    """Hand nothing down."""
