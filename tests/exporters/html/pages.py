"""Pages for tests: of two and of six real standards, of some invented ones, and with text that breaks pages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from functools import cache

from attrs import evolve

from imsmap.api.answers import Answers
from imsmap.api.deliverables import webpage
from imsmap.drawing.logo import Logo
from imsmap.drawing.look import Look
from imsmap.exporters.html import Overlay
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import editions as load_editions
from imsmap.library.model import Clause, Library, Point, Standard
from imsmap.parts import sides
from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Key, Value
from imsmap.register.state import state
from tests.building import graph, relation, standard
from tests.exporters import nasty
from tests.fixtures import MAPPINGS
from tests.once import shipped

A, B = "iso9001-2015", "iso14001-2015"
SIX = (A, B, "iso45001-2018", "iso27001-2022", "iso50001-2018", "iso22301-2019")
DAY = datetime.date(2031, 1, 2)
BREAKING = (
    *nasty.TEXTS,
    "</script><script>document.title='broken'</script>",
    "<!--<script>",
    "]]> </style> </title> </textarea>",
    "<img src=x onerror=\"document.title='broken'\">",
    '" onfocus="document.title=\'broken\'" autofocus x="',
    "&lt;b&gt; {{x}} ${x} `x` \\u003c \u2028 \u2029",
)


@cache
def real() -> Library:
    return shipped([A, B]).library


@cache
def both() -> ClauseGraph:
    """Give both with the editions that follow them."""
    return ClauseGraph(load_editions(MAPPINGS, (A, B)))


@cache
def two() -> bytes:
    return page(real(), A, B, editions=both())


@cache
def few() -> bytes:
    """Give the page of a few clauses of the two: each kind of part is there, so what looks at each part ends soon."""
    return page(cut(real()), A, B, editions=ClauseGraph(cut(both().library, {*FEW, "6.3"})))


@cache
def few_of_six() -> bytes:
    return page(cut_of_six(), *SIX)


@cache
def cut_of_six() -> Library:
    few = FEW - {"4", "4.2", "5", "5.1.2", "9", "9.2", "9.2.1", "9.2.2"} | {"4.2.2", "8.1.2", "8.6", "A.5.31"}
    return cut(shipped(SIX).library, few)


@cache
def few_broken() -> bytes:
    return page(with_breaking_text(cut(real())), A, B, client=BREAKING[-4])


@cache
def six() -> bytes:
    return page(shipped(SIX).library, *SIX)


@cache
def broken() -> bytes:
    return page(with_breaking_text(real()), A, B, client=BREAKING[-4])


@cache
def third() -> bytes:
    library = through_a_third()
    return page(library, *(standard.key for standard in library.standards))


@cache
def alike() -> bytes:
    library = of_one_discipline()
    return page(library, *(standard.key for standard in library.standards))


@cache
def three() -> bytes:
    library = six_standards()
    return page(library, *(standard.key for standard in library.standards[:3]))


@cache
def few_of_a_client() -> bytes:
    """Give the page of a client's project: brand and logo, a status of each kind, an owner, an action that is late."""
    return of_a_client(cut(real()))


def of_a_client(library: Library) -> bytes:
    graph = ClauseGraph(library)
    grouping = grouped(graph, (A, B))
    said = {"4.1": "Conforming", "9.2.1": "Partial", "8.1": "Not conforming"}
    cells: dict[Key, Value] = {}
    for key in (A, B):
        for leaf in graph.leaves(key):
            for ref, _ in graph.points((leaf.ref,)):
                if leaf.number in said:
                    cells[Key("requirements", ref, "status")] = said[leaf.number]
    (first, *_) = (ref for ref, _ in graph.points((f"{A}:8.1",)))
    cells[Key("requirements", first, "action")] = "Write the plan </script>"
    cells[Key("requirements", first, "owner")] = "Jane Smith"
    cells[Key("requirements", first, "due")] = DAY - datetime.timedelta(days=3)
    look = Look.of(
        sides(graph, (A, B)),
        name="Smith Ltd",
        colours=("#7A1F6B",),
        logo=Logo(
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>",
            "image/svg+xml",
        ),
        legal="Smith Ltd, an invented company",
    )
    overlay = Overlay(
        look=look,
        state=state(asked(grouping), cells, date=DAY),
        owners={f"{A}:8.1": ("Jane Smith",)},
    )
    return webpage(Answers(graph, (A, B)), date=DAY, client="Smith Ltd (invented)", overlay=overlay)


def through_a_third() -> Library:
    """Invent three standards of which two are related only through the third, both ways of a chain stated."""
    one, through, other = "iso1-2030", "iso2-2030", "iso3-2030"
    return graph(
        standard(one, {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"], "8.4": ["+buying"]}),
        standard(through, {"8": None, "8.1": ["+outsourcing"]}, discipline="environment"),
        standard(other, {"8": None, "8.2": ["+contracting", "+watching"]}, discipline="energy"),
        relations=[
            relation(one, through, "8.4 equal-to 8.1 @6", name="first"),
            relation(through, other, "8.1 subset-of 8.2 @5", name="second", confidence=0.7),
        ],
    ).library


@cache
def numbered() -> bytes:
    library = of_any_numbers()
    return page(library, *(standard.key for standard in library.standards))


def of_any_numbers() -> Library:
    """Invent a standard whose numbers do not tell by dots which clause lies under which, and one beside it."""
    clauses = {"4": None, "4.1": None, "4.1 a": ["=issues"], "REQ": None, "REQ-12": ["=planned"], "REQ-2": ["+buying"]}
    odd = standard("iso3-2030", clauses, topics={"REQ-2": "design"})
    above = {"4.1 a": "4.1", "REQ-12": "REQ", "REQ-2": "REQ"}
    told = tuple(evolve(clause, parent=above.get(clause.number)) for clause in odd.clauses)
    usual = standard("iso2-2030", {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"]}, discipline="energy")
    return graph(evolve(odd, clauses=told), usual).library


def of_one_discipline() -> Library:
    """Invent two editions of one standard, and another standard of their discipline."""
    first, later, beside = "iso1-2030", "iso1-2035", "iso7-2030"
    common = {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"]}
    return graph(
        standard(first, {**common, "8.4": ["+buying"]}, topics={"8.4": "design"}, documented={"issues": "maintain"}),
        standard(later, {**common, "8.2": ["+purchasing"]}, topics={"8.2": "design"}),
        standard(beside, {**common, "8.4": ["+fleeing"]}, topics={"8.4": "emergency"}),
        relations=[relation(first, later, "8.4 equal-to 8.2 @9", name="moved")],
    ).library


def page(library: Library, *keys: str, client: str = "", editions: ClauseGraph | None = None) -> bytes:
    answers = Answers(ClauseGraph(library), keys, editions=editions and (lambda: editions))
    return webpage(answers, date=DAY, client=client)


def six_standards() -> Library:
    """Invent four standards beside the two, each from one of them with fewer points, each of its own discipline."""
    library = real()
    standards = list(library.standards)
    disciplines = [d.key for d in library.disciplines if d.key not in {s.discipline for s in standards}]
    for place, discipline in zip(
        range(4), [*disciplines, *disciplines, "quality", "environment", "quality"], strict=False
    ):
        standards.append(_invented(library.standards[place % 2], place, discipline))
    return evolve(library, standards=tuple(standards))


FEW = set(
    re.findall(
        r"\S+",
        "10.1 4 4.1 4.2 5 5.1 5.1.2 6 6.1 6.1.2 6.1.3 7 7.1 7.1.5 7.1.5.1 8 8.1 8.2 8.4 8.4.1 9 9.1 9.1.2"
        " 9.2 9.2.1 9.2.2",
    )
)


def cut(library: Library, few: Collection[str] = FEW) -> Library:
    """Leave few clauses, and what is stated between these."""

    def left_of(point: Point) -> Point:
        return evolve(point, from_=tuple(origin for origin in point.from_ if origin.id.partition("#")[0] in few))

    standards = tuple(
        evolve(
            standard,
            clauses=tuple(
                evolve(clause, points=tuple(map(left_of, clause.points)))
                for clause in standard.clauses
                if clause.number in few
            ),
        )
        for standard in library.standards
    )
    left = {f"{s.key}:{number}" for s in standards for number in ("", *(c.number for c in s.clauses))}
    relations = tuple(
        relation
        for relation in library.relations
        if all(ref.partition("#")[0] in left for ref in (*relation.subject, *relation.object))
    )
    return evolve(library, standards=standards, relations=relations)


def _invented(pattern: Standard, place: int, discipline: str) -> Standard:
    key = f"iso9{place}001-203{place}"
    clauses = tuple(
        evolve(
            clause,
            standard=key,
            points=tuple(p for n, p in enumerate(clause.points) if p.core or (n + place) % 3) or clause.points[:1],
        )
        for clause in pattern.clauses
    )
    return evolve(
        pattern,
        key=key,
        designation=f"ISO 9{place}001:203{place}",
        family=f"9{place}001",
        edition="1",
        discipline=discipline,
        successor=None,
        clauses=clauses,
    )


def with_breaking_text(library: Library) -> Library:
    """Put text that breaks pages wherever a text of the data is shown."""
    texts = iter(BREAKING * 200)
    # No file can bring a lone surrogate into a point, whose text is also summed up.
    words = iter([text for text in BREAKING if "\ud800" not in text] * 200)

    def clause(old: Clause) -> Clause:
        points = tuple(
            evolve(
                point,
                text=next(words),
                adds=next(words) if point.adds else None,
                documented=evolve(point.documented, what=next(texts)) if point.documented else None,
            )
            for point in old.points
        )
        return evolve(old, title=f"{old.title} {next(texts)}", points=points)

    standards = tuple(
        evolve(
            standard,
            title=next(texts),
            designation=f"{standard.designation} {BREAKING[-3]}",
            clauses=tuple(clause(old) for old in standard.clauses),
        )
        for standard in library.standards
    )
    relations = tuple(
        evolve(relation, differs=next(words), author=next(texts), source=next(texts)) for relation in library.relations
    )
    return evolve(library, standards=standards, relations=relations)


def text_of(content: bytes) -> str:
    """Give a page's words without its script and styles."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))
