"""What must hold of the mapping data beyond their shape; every fault with its line and what to do."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from imsmap.library.load.tree import Path_, Tree
from imsmap.library.model import (
    ALL_CLAUSES,
    ASSESSED,
    BUY,
    HUB,
    KIND_WORDS,
    NO_STRUCTURE,
    USUALLY_INFORMATIVE,
    AuditQuestion,
    Clause,
    Comparison,
    Documented,
    Family,
    Integration,
    Library,
    Point,
    Relation,
    Standard,
    Structure,
    StructureClause,
    is_number,
    main_number,
    parent_number,
    split_ref,
)
from imsmap.library.relationships import PREDICATES
from imsmap.nearest import did_you_mean

MAX_TEXT = 500
_NO_SOURCE = frozenset(("?", "-", "–", "n/a", "na", "none", "tbd", "unknown", "no source"))
STATUSES = {"standard": ("current", "transition", "withdrawn"), "structure": ("current", "superseded")}


def check_texts(tree: Tree, path: Path_, texts: dict[str, str | None], *, may_be_empty: tuple[str, ...] = ()) -> None:
    """Find empty and overlong texts."""
    for name, text in texts.items():
        if text is None:
            continue
        if not text.strip() and name not in may_be_empty:
            tree.fault((*path, name), f"{name} is empty; fill it in or leave the key out")
        if name == "source" and text.strip().lower() in _NO_SOURCE:
            tree.fault(
                (*path, name),
                f"source {text.strip()!r} names none; say where it comes from, or that it is recalled and not checked",
            )
        if len(text) > MAX_TEXT:
            tree.fault((*path, name), f"{name} has {len(text)} characters; say it in {MAX_TEXT} or fewer")


def check_library(tree: Tree, library: Library) -> None:
    """Check disciplines and topics."""
    for name, ids in (
        ("disciplines", [(d.key, "key") for d in library.disciplines]),
        ("disciplines", [(d.letter, "letter") for d in library.disciplines]),
        ("topics", [(topic.id, "id") for topic in library.topics]),
    ):
        _unique(tree, (name,), ids)
    for index, topic in enumerate(library.topics):
        for key, number in (("main", topic.main), ("after", topic.after)):
            if not is_number(number):
                tree.fault(("topics", index, key), f"{number!r} is no clause number; write one such as 8.1")
        if main_number(topic.after) != topic.main:
            tree.fault(
                ("topics", index, "after"),
                f"{topic.after} does not lie in main clause {topic.main}; correct one of them",
            )


def check_audit(tree: Tree, questions: tuple[AuditQuestion, ...], library: Library) -> None:
    """Check the audit questions: known groups, each once, and nothing left empty."""
    _unique(tree, ("questions",), [(question.group, "group") for question in questions])
    groups = {topic.id for topic in library.topics}
    leaves = {c.number for s in library.structures if s.key == HUB for c in s.clauses if c.points}
    groups |= leaves
    # Where the hub or library.yaml is missing, that is told already, and nothing can be said of the groups.
    sure = bool(leaves and library.version)
    for index, question in enumerate(questions):
        path: Path_ = ("questions", index)
        if sure and question.group not in groups:
            tree.fault(
                (*path, "group"),
                f"no group {question.group}: no leaf clause of {HUB} and no topic of library.yaml; "
                + did_you_mean(question.group, groups),
            )
        names = ("question", "look_for", "evidence", "author", "source")
        check_texts(tree, path, {name: getattr(question, name) for name in names})


def check_integration(tree: Tree, integration: Integration) -> None:
    """Check the criteria of the level of integration and the cap on audit time."""
    _unique(tree, ("criteria",), [(criterion.id, "id") for criterion in integration.criteria])
    for index, criterion in enumerate(integration.criteria):
        names = ("id", "criterion", "evidence", "author", "source")
        check_texts(tree, ("criteria", index), {name: getattr(criterion, name) for name in names})
    cap = integration.cap
    check_texts(tree, ("cap",), {"text": cap.text, "source": cap.source})
    for name, value in (("hours", cap.hours), ("of", cap.of)):
        if not value.isascii() or not value.isdigit():
            tree.fault(("cap", name), f"{name} must be a whole number, not {value!r}")
            return
    if not 0 < int(cap.hours) <= int(cap.of):
        tree.fault(("cap", "hours"), f"{cap.hours} of every {cap.of} hours is no share; let hours be the smaller")


def check_families(
    tree: Tree, families: tuple[Family, ...], comparisons: tuple[Comparison, ...], library: Library
) -> None:
    """Check the families: known disciplines and words, members once, and comparisons of families that are there."""
    _unique(tree, ("families",), [(family.number, "number") for family in families])
    disciplines = {discipline.key for discipline in library.disciplines}
    for index, family in enumerate(families):
        path: Path_ = ("families", index)
        if disciplines:  # else library.yaml is missing, and that is told already
            _known(tree, (*path, "discipline"), family.discipline, disciplines)
        check_texts(tree, path, {name: getattr(family, name) for name in ("number", "title", "purpose", "source")})
        _unique(tree, (*path, "members"), [(member.number, "number") for member in family.members])
        certifiable = {member.number.split()[-1] for member in family.members if member.assessed == ASSESSED[0]}
        if family.requirements not in certifiable:
            advice = did_you_mean(family.requirements, certifiable)
            tree.fault((*path, "requirements"), f"{family.requirements} is no member that is {ASSESSED[0]}; {advice}")
        for place, member in enumerate(family.members):
            here: Path_ = (*path, "members", place)
            _known(tree, (*here, "assessed"), member.assessed, ASSESSED)
            _known(tree, (*here, "buy"), member.buy, BUY)
            told = ("number", "title", "edition", "what", "source")
            check_texts(tree, here, {name: getattr(member, name) for name in told})
    numbers = {family.number for family in families}
    for index, comparison in enumerate(comparisons):
        path = ("comparisons", index)
        for place, number in enumerate(comparison.families):
            _known(tree, (*path, "families", place), number, numbers)
        for place, choice in enumerate(comparison.choices):
            _known(tree, (*path, "choices", place, "family"), choice.family, comparison.families)
        names = ("question", "answer", "both", "source")
        check_texts(tree, path, {name: getattr(comparison, name) for name in names})


def _known(tree: Tree, path: Path_, word: str, known: Iterable[str]) -> None:
    if word not in known:
        tree.fault(path, f"{path[-1]} {word!r} is not known; {did_you_mean(word, known)}")


def _unique(tree: Tree, path: Path_, ids: list[tuple[str, str]]) -> None:
    first: dict[str, int] = {}
    for index, (id_, name) in enumerate(ids):
        if id_ in first:
            line = tree.line((*path, first[id_], name))
            tree.fault((*path, index, name), f"{name} {id_!r} is here twice, first in line {line}; rename one")
        first.setdefault(id_, index)


def check_numbers(tree: Tree, clauses: Sequence[Clause | StructureClause]) -> set[str]:
    """Check clause numbers, parents and titles; give the numbers of headings."""
    numbers = {clause.number for clause in clauses}
    above_of = {clause.number: clause.above for clause in clauses}
    _unique(tree, ("clauses",), [(clause.number, "number") for clause in clauses])
    headings = set()
    for index, clause in enumerate(clauses):
        path: Path_ = ("clauses", index)
        if not is_number(clause.number):
            tree.fault((*path, "number"), f"{clause.number!r} is no clause number; write one such as 8.5.1 or A.5.9")
            continue
        if clause.above is not None:
            headings.add(clause.above)
            if clause.above not in numbers:
                _lost(tree, path, clause, numbers)
        line = _line(clause.number, above_of)
        if above_of.get(line[-1]) == clause.number:
            tree.fault(
                (*path, "parent"),
                f"the headings above {clause.number} lead back to it: {', '.join(line[1:]) or 'itself'}; correct one",
            )
        if len(line) < 3 and not clause.title.strip():
            tree.fault(
                (*path, "title"), f"clause {clause.number} needs its title; only deeper subclauses may have none"
            )
        check_texts(tree, path, {"title": clause.title, "source": clause.source}, may_be_empty=("title",))
    return headings


def _lost(tree: Tree, path: Path_, clause: Clause | StructureClause, numbers: set[str]) -> None:
    """Tell that the heading above a clause is not there."""
    above = clause.above or ""
    if above == parent_number(clause.number):
        advice = "add it or correct the number; `parent` names another heading, or '' for none"
        tree.fault((*path, "number"), f"clause {clause.number} has no parent {above}; {advice}")
    else:
        tree.fault((*path, "parent"), f"no clause {above} above {clause.number}; {did_you_mean(above, numbers)}")


def _line(number: str, above_of: Mapping[str, str | None]) -> list[str]:
    """Give a number and those of the headings above it; the last is the main clause, or where a circle closes."""
    line = [number]
    while (above := above_of.get(line[-1], parent_number(line[-1]))) is not None and above not in line:
        line.append(above)
    return line


def check_structure(tree: Tree, structure: Structure, core_ids: set[str]) -> None:
    """Check one edition of the harmonized structure."""
    _check_status(tree, structure.status, STATUSES["structure"])
    headings = check_numbers(tree, structure.clauses)
    if structure.key == HUB and not core_ids:
        tree.fault(("clauses",), "the hub defines no core point; give its clauses points")
    seen: dict[str, Path_] = {}
    for index, clause in enumerate(structure.clauses):
        path: Path_ = ("clauses", index)
        if clause.number in headings and clause.core_ids:
            tree.fault(path, f"clause {clause.number} has subclauses; move its core points to one of them")
        if clause.points and structure.key != HUB:
            tree.fault((*path, "points"), f"only {HUB} defines core points; other editions name them under `places`")
        for place, core in enumerate(clause.core_ids):
            here: Path_ = (*path, "points" if clause.points else "places", place)
            if core in seen:
                tree.fault(
                    here, f"core point {core} stands here twice, first in line {tree.line(seen[core])}; keep one"
                )
            seen.setdefault(core, here)
            if core_ids and not clause.points and core not in core_ids:
                tree.fault(here, f"core point {core} does not exist; {did_you_mean(core, core_ids)}")
        for place, point in enumerate(clause.points):
            here = (*path, "points", place)
            check_texts(tree, here, {"id": point.id, "text": point.text, "source": point.source})
            _check_documented(tree, (*path, "points", place, "documented"), point.documented)


def _check_status(tree: Tree, status: str, known: tuple[str, ...]) -> None:
    if status not in known:
        tree.fault(("status",), f"status {status!r} is not known; use {', '.join(known)}")


def _check_date(tree: Tree, path: Path_, text: str) -> None:
    try:
        # A year or a month is enough: publications are often dated no closer.
        if len(text) not in {4, 7, 10} or not text.replace("-", "").isdecimal():
            raise ValueError
        datetime.date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError:
        tree.fault(path, f"published {text!r} is no date; write one such as 2015, 2015-09 or 2015-09-15")


def _check_documented(tree: Tree, path: Path_, documented: Documented | None) -> None:
    if documented is None:
        return
    if documented.kind not in KIND_WORDS:
        tree.fault((*path, "kind"), f"kind {documented.kind!r} is not known; use {', '.join(KIND_WORDS)}")
    check_texts(tree, path, {"what": documented.what})


def _check_profile(tree: Tree, standard: Standard) -> None:
    profile = standard.profile
    if profile is not None:
        names = ("purpose", "manages", "benefits", "focus", "sectors", "certified", "not_certified", "source")
        check_texts(tree, ("profile",), {name: getattr(profile, name) for name in names})


def check_standard(tree: Tree, standard: Standard, library: Library, core_ids: set[str]) -> None:
    """Check one standard against the library's disciplines, topics, structures and core points."""
    _check_status(tree, standard.status, STATUSES["standard"])
    _check_profile(tree, standard)
    disciplines = {discipline.key for discipline in library.disciplines}
    if standard.discipline not in disciplines:
        tree.fault(
            ("discipline",),
            f"discipline {standard.discipline} is not known; {did_you_mean(standard.discipline, disciplines)}",
        )
    structures = {structure.key for structure in library.structures}
    if standard.structure not in structures | {NO_STRUCTURE}:
        tree.fault(
            ("structure",),
            f"structure {standard.structure} is not known; {did_you_mean(standard.structure, structures)} "
            f"{NO_STRUCTURE!r} says that it follows no harmonized structure",
        )
    check_texts(tree, (), {"source": standard.source, "author": standard.author})
    _check_date(tree, ("published",), standard.published)
    for index, amendment in enumerate(standard.amendments):
        _check_date(tree, ("amendments", index, "published"), amendment.published)
    if standard.successor is not None:
        _check_date(tree, ("successor", "published"), standard.successor.published)
        check_texts(tree, ("successor",), {"source": standard.successor.source})
    topics = {topic.id for topic in library.topics}
    headings = check_numbers(tree, standard.clauses)
    numbers = {clause.number for clause in standard.clauses}
    for index, number in enumerate(standard.not_applicable):
        if number != ALL_CLAUSES and number not in numbers:
            advice = did_you_mean(number, numbers)
            tree.fault(
                ("not_applicable", index),
                f"no clause {number} in this standard; {advice} {ALL_CLAUSES!r} stands for every clause",
            )
    amendments = {amendment.id for amendment in standard.amendments}
    for index, clause in enumerate(standard.clauses):
        path: Path_ = ("clauses", index)
        _check_clause(tree, path, clause, headings, topics)
        if not clause.points and not clause.informative and clause.number not in headings and _asks(standard, clause):
            words = "say what it asks for, or write `informative: true` if it asks for nothing"
            tree.fault(path, f"leaf clause {clause.number} has no points; {words}")
        for place, point in enumerate(clause.points):
            _check_point(tree, (*path, "points", place), point, core_ids, amendments)
        for place, note in enumerate(clause.notes):
            check_texts(tree, (*path, "notes", place), {"text": note.text})


def _asks(standard: Standard, clause: Clause) -> bool:
    """Tell whether a clause is expected to ask for something: where the structure is common, from clause 4 on."""
    return standard.structure == NO_STRUCTURE or main_number(clause.number) not in USUALLY_INFORMATIVE


def _check_clause(tree: Tree, path: Path_, clause: Clause, headings: set[str], topics: set[str]) -> None:
    number = clause.number
    if number in headings:
        if clause.points:
            tree.fault(
                path, f"clause {number} has subclauses; move its points to one of them (`under` tells where from)"
            )
        return
    if clause.informative and clause.points:
        tree.fault((*path, "informative"), f"clause {number} asks for nothing and has points; remove one of both")
    _unique(tree, (*path, "points"), [(point.id, "id") for point in clause.points])
    cores = [point.core for point in clause.points if point.core is not None]
    for core in sorted({core for core in cores if cores.count(core) > 1}):
        tree.fault(path, f"clause {number} instantiates core point {core} twice; make one of the points its own")
    if clause.points and not cores and clause.topic is None:
        tree.fault(path, f"clause {number} has no core point and so needs a topic; {did_you_mean(number, topics)}")
    if clause.topic is not None:
        if clause.topic not in topics:
            tree.fault(
                (*path, "topic"), f"topic {clause.topic} is not in library.yaml; {did_you_mean(clause.topic, topics)}"
            )
        elif cores:
            tree.fault((*path, "topic"), f"clause {number} has core points, which settle its group; remove the topic")


def _check_point(tree: Tree, path: Path_, point: Point, core_ids: set[str], amendments: set[str]) -> None:
    check_texts(tree, path, {"id": point.id, "text": point.text, "adds": point.adds, "source": point.source})
    if (point.core is None) == (point.adds is None):
        tree.fault(
            path,
            f"point {point.id} must have either `core` (which core point it instantiates) or `adds` (what the standard "
            f"adds), {'and has neither' if point.core is None else 'not both'}",
        )
    if point.core is not None and point.core not in core_ids:
        tree.fault((*path, "core"), f"core point {point.core} does not exist; {did_you_mean(point.core, core_ids)}")
    if point.amendment is not None and point.amendment not in amendments:
        tree.fault(
            (*path, "amendment"),
            f"amendment {point.amendment} is not among the standard's amendments; "
            + did_you_mean(point.amendment, amendments),
        )
    _check_documented(tree, (*path, "documented"), point.documented)


def check_relations(tree: Tree, relations: tuple[Relation, ...], known: Mapping[str, set[str]]) -> None:
    """Check one mapping set: its ends, predicates, strengths, and that no pair is told twice."""
    _unique(tree, ("relations",), [(relation.id.partition("#")[2], "id") for relation in relations])
    seen: dict[tuple[frozenset[str], frozenset[str]], int] = {}
    for index, relation in enumerate(relations):
        path: Path_ = ("relations", index)
        for role, refs in (("subject", relation.subject), ("object", relation.object)):
            if not refs:
                tree.fault((*path, role), f'{role} is empty; name a clause, a point or "*"')
            for ref in refs:
                _check_end(tree, (*path, role), ref, known)
        if relation.predicate not in PREDICATES:
            tree.fault(
                (*path, "predicate"),
                f"predicate {relation.predicate!r} is not known; {did_you_mean(relation.predicate, PREDICATES)}",
            )
        _check_reasons(tree, path, relation)
        pair = (frozenset(relation.subject), frozenset(relation.object))
        if pair in seen:
            first = relations[seen[pair]]
            line = tree.line(("relations", seen[pair]))
            told = (
                f"as {relation.predicate} here and as {first.predicate}"
                if relation.predicate != first.predicate
                else f"as {relation.predicate} here and also"
            )
            name = relation.id.partition("#")[2]
            tree.fault((*path, "id"), f"{name} relates the same pair {told} in line {line}; keep one")
        seen.setdefault(pair, index)


def names_in(standard: Standard) -> set[str]:
    """Give every name that a relation may use for a part of a standard: its clauses and points."""
    numbers = {clause.number for clause in standard.clauses}
    return numbers | {f"{clause.number}#{point.id}" for clause in standard.clauses for point in clause.points}


def is_sound(relation: Relation, known: Mapping[str, set[str]]) -> bool:
    """Tell whether a relation says something of clauses and points that exist, so that it can be reasoned with."""
    if relation.predicate not in PREDICATES or not relation.subject or not relation.object:
        return False
    for ref in (*relation.subject, *relation.object):
        key, number, point = split_ref(ref)
        if key not in known or (number and (number if point is None else f"{number}#{point}") not in known[key]):
            return False
    return split_ref(relation.subject[0])[0] != split_ref(relation.object[0])[0]


def _check_end(tree: Tree, path: Path_, ref: str, known: Mapping[str, set[str]]) -> None:
    key, number, point = split_ref(ref)
    if not number or key not in known:
        return  # the whole standard, or a standard that was told to be missing already
    name = f"{number}#{point}" if point is not None else number
    if name not in known[key]:
        kind = "point" if point is not None else "clause"
        tree.fault(path, f"no {kind} {name} in {key}; {_advice(path[-1], key, name, known)}")


def _advice(role: object, key: str, name: str, known: Mapping[str, set[str]]) -> str:
    owner, colon, bare = name.rpartition(":")
    if not colon:
        clause, hash_, _ = name.partition("#")
        like = {other for other in known[key] if ("#" in other) == bool(hash_)}
        here = {other for other in like if hash_ and other.startswith(f"{clause}#")}
        return did_you_mean(name, here or like)
    if owner == key:
        return f"write {bare} alone"
    return f"in this file each {role} is of {key}; what is of another belongs to the other side or into another file"


def _check_reasons(tree: Tree, path: Path_, relation: Relation) -> None:
    none = relation.predicate == "no-relationship"
    if none and relation.strength is not None:
        tree.fault((*path, "strength"), "no-relationship has no strength; remove the key")
    if not none and relation.strength is None:
        tree.fault(path, "strength is missing; give a whole number from 1 (weak) to 10")
    if none and relation.shared:
        tree.fault((*path, "shared"), "no-relationship shares nothing; say the reason under `differs`")
    if not none and not relation.shared.strip():
        tree.fault(path, "`shared` is missing; say what the two sides have in common")
    if not relation.differs.strip():
        tree.fault(path, "`differs` is missing; say " + ("why there is none" if none else "what they do not share"))
    check_texts(
        tree,
        path,
        {
            "shared": relation.shared or None,
            "differs": relation.differs or None,
            "source": relation.source,
            "author": relation.author,
            "justification": relation.justification,
        },
    )
