"""The things imsmap knows, as frozen values in ISO's words: standards, clauses, points, relations, the library."""

# Annotations are values here, no texts: whoever reads the library asks for each, and need not compile it first.

import re
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING

from attrs import field

from imsmap.library.editions import Origin, Successor
from imsmap.library.legal import Obligation as Obligation
from imsmap.library.numbers import is_number as is_number
from imsmap.library.numbers import is_usual_number as is_usual_number
from imsmap.library.numbers import main_number as main_number
from imsmap.library.numbers import number_key as number_key
from imsmap.library.numbers import parent_number as parent_number
from imsmap.library.numbers import split_ref as split_ref
from imsmap.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imsmap.library.guides import Comparison, Criterion, Family, Integration, UsualWord
    from imsmap.library.mark import Mark

_YEAR = re.compile(r"\s*[:\s-]\s*(?:19|20)[0-9]{2}$")

ALL_CLAUSES = "*"
"""Stands for every clause of a standard where clauses are named."""

NO_STRUCTURE = "none"
"""The structure of a standard that does not follow the harmonized structure."""
USUALLY_INFORMATIVE = frozenset("123")
"""Scope, normative references, terms and definitions."""

HUB = "hs-2021"
"""The edition of the harmonized structure that defines the core points."""


class Kin(Enum):
    """How two clauses, or two sets of clauses, stand to each other."""

    SAME = "same"
    EXTENDED = "extended"
    RELATED = "related"
    TOUCHES = "touches"
    NONE = "none"
    NOT_ASSESSED = "not assessed"

    __hash__ = object.__hash__  # there is one of each; Python's own asks for its name, again and again

    @property
    def glyph(self) -> str:
        """The sign that carries the class where colour may be lost."""
        return _GLYPHS[self.value]

    @property
    def word(self) -> str:
        """The word that people read for it; whether anything lies beyond the core is told by the sign."""
        return _WORDS.get(self.value, self.value)

    @property
    def counted(self) -> str:
        """The word over a count of it, where both classes of the core are counted apart."""
        return _COUNTED.get(self.value, self.word)

    @property
    def is_core(self) -> bool:
        """Whether both hold a requirement of the common core."""
        return self in (Kin.SAME, Kin.EXTENDED)

    @property
    def is_counterpart(self) -> bool:
        """Whether it counts as a counterpart; what merely touches is a reminder to look, and counted nowhere."""
        return self.is_core or self is Kin.RELATED

    @property
    def distance(self) -> int:
        """How far apart the two are: nought for the closest; `none` only where nothing is left to be looked at."""
        return _CLOSEST.index(self._value_)


_GLYPHS = {"same": "=", "extended": "≈", "related": "◐", "touches": "·", "none": "○", "not assessed": "?"}
_WORDS = {"same": "core", "extended": "core", "none": "alone", "not assessed": "not looked at"}
"""Where the word is another than the value; `Not assessed` is what a client answers."""
_COUNTED = {"same": "core +0", "extended": "core +n"}
_CLOSEST = ("same", "extended", "related", "touches", "not assessed", "none")
WARNING_GLYPH = "⚠"


def closest_of(kins: Iterable[Kin]) -> Kin:
    """Give the class of what was compared with several: the closest; apart where it was compared with none.

    What merely touches one of them is not alone while nobody has looked at another: that may be a counterpart.
    """
    found = set(kins)
    if Kin.NOT_ASSESSED in found and not any(kin.is_counterpart for kin in found):
        return Kin.NOT_ASSESSED
    return min(found, key=lambda kin: kin.distance, default=Kin.NONE)


KIND_WORDS = {"maintain": "document", "retain": "record", "available": "available", "keep": "kept as needed"}
"""What the verbs of the standards mean to a reader; `available` is documented information of either kind, and `keep`,
of the first structure, as much of it as gives confidence."""


@frozen
class Documented:
    """Documented information that a point asks for: `maintain` (a document), `retain` (a record) or `available`."""

    kind: str
    what: str


@frozen
class Note:
    """A note of a standard that asks for nothing but that a reader should know."""

    text: str
    amendment: str | None = None
    since: str | None = None


@frozen
class CorePoint:
    """A requirement of the harmonized structure; its id does not depend on clause numbers."""

    id: str
    text: str
    confidence: float
    source: str
    documented: Documented | None = None
    since: str | None = None


@frozen
class PlacedDocument:
    """What kind of documented information an edition of the structure asks for at a core point that it places."""

    core: str
    kind: str
    what: str = ""
    """What it is about; nothing where the hub's words fit."""


@frozen
class StructureClause:
    """A clause of one edition of the harmonized structure; the hub defines points, other editions place them."""

    number: str
    confidence: float
    source: str
    title: str = ""
    points: tuple[CorePoint, ...] = ()
    places: tuple[str, ...] = ()
    documented: tuple[PlacedDocument, ...] = ()
    notes: tuple[Note, ...] = ()
    advice: str = ""
    """What practice advises where it is shared by several standards, in at most five words; else a rule does."""
    short: str = ""
    """What it is called in a list of names, in at most three words of our own; else by its title."""

    @property
    def above(self) -> str | None:
        """The number of the heading right above; nothing for a main clause."""
        return parent_number(self.number)

    @property
    def core_ids(self) -> tuple[str, ...]:
        """The core points that stand in this clause."""
        return tuple(point.id for point in self.points) or self.places


@frozen
class Structure:
    """One edition of the harmonized structure (formerly High-Level Structure)."""

    key: str
    designation: str
    title: str
    published: str
    status: str
    confidence: float
    source: str
    clauses: tuple[StructureClause, ...]


@frozen
class Point:
    """One thing that a leaf clause asks for: a core point said for a discipline, or the standard's own."""

    id: str
    """Unique within the clause; the whole id is `iso9001-2015:4.1#issues`."""
    text: str
    confidence: float
    source: str
    core: str | None = None
    adds: str | None = None
    documented: Documented | None = None
    amendment: str | None = None
    under: str | None = None
    """The heading under which the standard puts this text, if it stands above the numbered leaf clauses."""
    from_: tuple[Origin, ...] = ()
    """From which points of the edition that this one revises it comes; from none, if it is new."""


@frozen
class Clause:
    """A numbered clause of one standard; a leaf clause states points, a heading has subclauses."""

    standard: str
    number: str
    confidence: float
    source: str
    title: str = ""
    """The official title; empty where the standard leaves the subclause untitled."""
    points: tuple[Point, ...] = ()
    topic: str | None = None
    notes: tuple[Note, ...] = ()
    parent: str | None = None
    """The number of the heading above, where the dots of the number do not tell; empty where there is none."""
    informative: bool = False
    """Whether the clause asks for nothing; of clauses 1 to 3 of the harmonized structure nobody needs to say so."""
    supplements: tuple[str, ...] = ()
    """The clauses of the standard that this one supplements, whose requirements are asked for here, too."""
    gist: str = ""
    """What it is about, in at most eight words of our own, for whom its number may mislead."""
    theme: str = ""
    """Of a control: the theme under which the standard lists it. What has one may be chosen, and is justified so."""
    obligation: Obligation | None = None
    """In a legal register: from where the obligation comes that the clause is; whether it is met is evaluated again
    and again."""
    change: str = ""
    """What changed against the edition before, in our own words; empty where nothing of substance is known to have."""

    @property
    def ref(self) -> str:
        """The full reference, `iso9001-2015:8.5.1`."""
        return f"{self.standard}:{self.number}"

    @property
    def above(self) -> str | None:
        """The number of the heading right above, as stated or by the dots; nothing for a main clause."""
        return parent_number(self.number) if self.parent is None else self.parent or None

    @property
    def is_control(self) -> bool:
        """Whether it is a control of an annex, which applies as far as the organization states so with its reason."""
        return bool(self.theme)

    def point_ref(self, point: Point) -> str:
        """Give the full id of one of this clause's points, `iso9001-2015:4.1#issues`."""
        return f"{self.standard}:{self.number}#{point.id}"


@frozen
class Amendment:
    """An amendment that the data include."""

    id: str
    published: str
    what: str


@frozen
class Profile:
    """What a standard is for, told for somebody who has to choose."""

    purpose: str
    manages: str
    benefits: str
    focus: str
    sectors: str
    certified: str
    not_certified: str
    confidence: float
    source: str


@frozen
class Discipline:
    """What a standard manages, with its letter and colours (hex, measured against white and dark text)."""

    key: str
    name: str
    letter: str
    dark: str
    accent: str
    tint: str


@frozen
class Topic:
    """A group of leaf clauses without core points, placed where readers look for it."""

    id: str
    title: str
    main: str
    after: str
    advice: str = ""
    """What practice advises where it is shared by several standards, in at most five words; else a rule does."""
    short: str = ""
    """What it is called in a list of names, in at most three words of our own; else by its title."""


@frozen
class AuditQuestion:
    """What an auditor asks in a group, once for all standards in it; what each of them adds comes from its points."""

    group: str
    """A leaf clause of the hub by its number, or a topic by its id."""
    question: str
    look_for: str
    evidence: str
    author: str
    confidence: float
    source: str


LEVELS = ("point", "clause")
"""How deep the library holds a standard: what each clause asks for, point by point, or no more than its clauses."""


def series_of(designation: str) -> str:
    """Give what the editions of a standard are called together: its designation without the year."""
    return _YEAR.sub("", designation).strip()


@frozen
class Standard:
    """One edition of a management system standard."""

    key: str
    designation: str
    title: str
    discipline: str
    edition: str
    published: str
    status: str
    structure: str
    author: str
    confidence: float
    source: str
    clauses: tuple[Clause, ...]
    successor: Successor | None = None
    amendments: tuple[Amendment, ...] = ()
    profile: Profile | None = None
    family: str = ""
    """The number by which it and the standards around it are called, if families.yaml or people have one."""
    series: str = field()
    """What its editions are called without their year: `ISO 9001`; without the key, as the designation begins."""
    disciplines: tuple[Discipline, ...] = ()
    topics: tuple[Topic, ...] = ()
    audit_questions: tuple[AuditQuestion, ...] = ()
    """Disciplines, topics and audit questions that no other file of the library holds."""
    level: str = LEVELS[0]
    """`point`, or `clause` where the library holds the standard's clauses but not what each of them asks for."""
    supplements: str = ""
    """The key of the standard that this one supplements, clause by clause."""
    revises: str = ""
    """The key of the edition that this one replaces, from whose points its own come."""
    not_applicable: tuple[str, ...] = ()
    """The clauses and headings whose requirements the standard lets be held not applicable, with a justification;
    `*` for every one, nothing where it lets none."""

    @series.default
    def _by_designation(self) -> str:
        return series_of(self.designation)


def may_ask(standard: Standard, clause: Clause) -> bool:
    """Tell whether a clause is one that asks for something: where the structure is common, from clause 4 on."""
    usual = standard.structure == NO_STRUCTURE or main_number(clause.number) not in USUALLY_INFORMATIVE
    return usual and not clause.informative


@frozen
class Head:
    """What is known of a standard's edition without reading its clauses."""

    key: str
    designation: str
    title: str
    discipline: str
    edition: str
    published: str
    status: str
    confidence: float
    successor: Successor | None = None
    family: str = ""
    series: str = field()
    revises: str = ""
    meant: bool = False
    """Whether it is the edition that is meant where none is said, as library.yaml says."""

    @series.default
    def _by_designation(self) -> str:
        return series_of(self.designation)


STRONG = 4
"""From this strength on, a stated relation makes a counterpart; below it, what it ties merely touches."""

SUPPLEMENTS = "By its layout: the clause is read together with what it supplements"
"""The justification of a relation that nobody needed to state."""
REVISES = "By its origin: a point of a new edition says from which points of the old it comes"
"""The justification of a relation between two editions of a standard."""
CARRIED = "By its origin: stated of other editions, from whose points those named here come"
"""The justification of a relation that a person stated of other editions of the two standards."""


@frozen
class Relation:
    """A relation between clauses or points of two standards that the core can't show, as a person stated it."""

    id: str
    subject: tuple[str, ...]
    """Full references; several mean their union, a heading the union of its leaf clauses."""
    predicate: str
    object: tuple[str, ...]
    justification: str
    confidence: float
    author: str
    source: str
    strength: int | None = None
    """1 (weak) to 10; nothing for `no-relationship`."""
    shared: str = ""
    differs: str = ""
    affirmed: str | None = None
    """Fingerprint of both sides as they were when a person last affirmed the relation."""

    @property
    def is_strong(self) -> bool:
        """Whether it makes a counterpart; what a supplement takes over has no strength and is strong."""
        return self.strength is None or self.strength >= STRONG

    @property
    def implied(self) -> bool:
        """Whether a supplement's layout or a new edition's origins say it, so that nobody needs to affirm it."""
        return self.justification in (SUPPLEMENTS, REVISES, CARRIED)

    @property
    def rationale(self) -> str:
        """What is shared and what is not, in one text."""
        return " ".join(part for part in (self.shared, self.differs) if part)


@frozen
class MappingSet:
    """What one file in `relations/` says about a pair of standards; `assessed`: as a whole, or only what is in it."""

    name: str
    subject: str
    object: str
    assessed: str = "whole"
    bridges: bool = True
    """Whether anything follows for other pairs of standards through this one."""


ASSESSED_AS = ("whole", "part")
"""How far a mapping set looked at its two standards: at every clause of both, or only at what it names."""


@frozen
class Colours:
    """Dark for lines and fills under white text, tint for fills under dark text (hex)."""

    dark: str
    tint: str


@frozen
class Library:
    """Everything that was loaded from `mappings/`."""

    version: str
    released: str
    core: Colours = Colours("#4D4D4D", "#C6C6C6")
    """The colours of what is common to all disciplines."""
    disciplines: tuple[Discipline, ...] = ()
    topics: tuple[Topic, ...] = ()
    structures: tuple[Structure, ...] = ()
    standards: tuple[Standard, ...] = ()
    relations: tuple[Relation, ...] = ()
    sets: tuple[MappingSet, ...] = ()
    audit_questions: tuple[AuditQuestion, ...] = ()
    integration: "Integration | None" = None
    families: "tuple[Family, ...]" = ()
    comparisons: "tuple[Comparison, ...]" = ()
    criteria: "tuple[Criterion, ...]" = ()
    """What is weighed to choose a standard: what pulls toward the first, toward the second, then the capacity."""
    usual_words: "tuple[UsualWord, ...]" = ()
    editions: tuple[str, ...] = ()
    """The keys of the editions that are meant where a standard is named without one."""
    marks: "Mapping[str, Mark]" = field(factory=dict)
    """Which points were checked against the text of their standard, by reference."""
    root: str = field(default="", eq=False)
    """Where the files were found, for messages."""
