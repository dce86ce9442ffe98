"""What must hold of standards and of the harmonized structure: numbers, headings, points, core points."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from imsmap.library.editions import HOWS, Milestone
from imsmap.library.load.checks.words import check_few_words, check_texts, check_unique
from imsmap.library.load.tree import Path_, Tree
from imsmap.library.model import (
    ALL_CLAUSES,
    HUB,
    KIND_WORDS,
    LEVELS,
    NO_STRUCTURE,
    Clause,
    Documented,
    Library,
    Point,
    Standard,
    Structure,
    StructureClause,
    is_number,
    main_number,
    may_ask,
    number_key,
    parent_number,
)
from imsmap.nearest import did_you_mean, near

_ONE_DIGIT = re.compile(r"\.[1-9]$")
_ZEROS = re.compile(r"\.0+(?=[0-9]+$)")
STATUSES = {"standard": ("current", "transition", "withdrawn"), "structure": ("current", "superseded")}


def check_numbers(tree: Tree, clauses: Sequence[Clause | StructureClause]) -> set[str]:
    """Check clause numbers, parents and titles; give the numbers of headings."""
    numbers = {clause.number for clause in clauses}
    above_of = {clause.number: clause.above for clause in clauses}
    check_unique(tree, ("clauses",), [(clause.number, "number") for clause in clauses])
    headings = set()
    unpadded = {parent_number(number) for number in numbers if _ONE_DIGIT.search(number)}
    for index, clause in enumerate(clauses):
        path: Path_ = ("clauses", index)
        if not is_number(clause.number):
            tree.fault((*path, "number"), f"{clause.number!r} is no clause number; write one such as 8.5.1 or A.5.9")
            continue
        if (bare := _without_zeros(clause.number)) != clause.number and parent_number(bare) in unpadded:
            words = f"is written with a zero, and others beside it are not; write {bare}"
            tree.fault((*path, "number"), f"clause {clause.number} {words}")
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
        # The heading of a supplement's subclause may stand in what it supplements: then the dots tell how deep it is.
        deep = len(line) > 2 or clause.number.count(".") > 1
        if not deep and not clause.title.strip():
            tree.fault(
                (*path, "title"), f"clause {clause.number} needs its title; only deeper subclauses may have none"
            )
        check_texts(tree, path, {"title": clause.title, "source": clause.source}, may_be_empty=("title",))
    return headings


def _without_zeros(number: str) -> str:
    """Give a number without the zeros before its last figure: A.5.2 for A.5.02."""
    return _ZEROS.sub(".", number)


def _lost(tree: Tree, path: Path_, clause: Clause | StructureClause, numbers: set[str]) -> None:
    """Tell that the heading above a clause is not there."""
    above = clause.above or ""
    if above == parent_number(clause.number):
        advice = "add it or correct the number; `parent` names another heading, or '' for none"
        tree.fault((*path, "number"), f"clause {clause.number} has no parent {above}; {advice}")
    else:
        tree.fault((*path, "parent"), f"no clause {above} above {clause.number}; {did_you_mean(above, numbers)}")


def _check_controls(tree: Tree, standard: Standard, headings: Collection[str]) -> None:
    """Check that in an annex of controls each leaf clause says its theme, no heading does, and all stand in order."""
    themed = Counter(clause.theme for clause in standard.clauses if clause.is_control)
    for index, clause in enumerate(standard.clauses):
        others = [theme for theme, count in themed.items() if count > 1 and theme != clause.theme]
        if themed[clause.theme] == 1 and (close := near(clause.theme, others, 1)):
            words = f"has the theme {clause.theme!r} alone; did you mean {close[0]!r}?"
            tree.fault(("clauses", index, "theme"), f"control {clause.number} {words}")
    annexes = {main_number(clause.number) for clause in standard.clauses if clause.is_control}
    last = ""
    for index, clause in enumerate(standard.clauses):
        if main_number(clause.number) in annexes:
            if number_key(clause.number) < number_key(last):
                words = f"stands behind {last}; controls stand in the order of their numbers: move it"
                tree.fault(("clauses", index, "number"), f"clause {clause.number} {words}")
            last = clause.number
        if clause.number in headings and clause.is_control:
            words = "is a heading of others; write the theme at each control below it"
            tree.fault(("clauses", index, "theme"), f"clause {clause.number} {words}")
        elif main_number(clause.number) in annexes and not (
            clause.number in headings or clause.is_control or clause.informative
        ):
            words = "write under `theme` where the standard lists it, or `informative: true` if it asks for nothing"
            tree.fault(("clauses", index), f"control {clause.number} has no theme; {words}")


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
        check_few_words(tree, path, {"advice": clause.advice, "short": clause.short})
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
        for place, placed in enumerate(clause.documented):
            here = (*path, "documented", place)
            if placed.core not in clause.core_ids:
                advice = did_you_mean(placed.core, clause.core_ids)
                tree.fault((*here, "core"), f"core point {placed.core} does not stand in this clause; {advice}")
            _check_kind(tree, here, placed.kind)
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
        tree.fault(path, f"{path[-1]} {text!r} is no date; write one such as 2015, 2015-09 or 2015-09-15")


def _check_documented(tree: Tree, path: Path_, documented: Documented | None) -> None:
    if documented is None:
        return
    _check_kind(tree, path, documented.kind)
    check_texts(tree, path, {"what": documented.what})


def _check_kind(tree: Tree, path: Path_, kind: str) -> None:
    if kind not in KIND_WORDS:
        tree.fault((*path, "kind"), f"kind {kind!r} is not known; use {', '.join(KIND_WORDS)}")


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
        for name in ("last_certificates", "transition_ends"):
            milestone: Milestone | None = getattr(standard.successor, name)
            if milestone is not None:
                _check_date(tree, ("successor", name, "date"), milestone.date)
                check_texts(tree, ("successor", name), {"source": milestone.source})
                for place, other in enumerate(milestone.others):
                    _check_date(tree, ("successor", name, "others", place, "date"), other.date)
    if standard.level not in LEVELS:
        tree.fault(("level",), f"level {standard.level!r} is not known; {did_you_mean(standard.level, LEVELS)}")
    topics = {topic.id for topic in library.topics}
    hub = next((structure.clauses for structure in library.structures if structure.key == HUB), ())
    topics |= {clause.number for clause in hub if clause.points}
    headings = check_numbers(tree, standard.clauses)
    _check_controls(tree, standard, headings)
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
        leaf = clause.number not in headings
        if leaf and standard.level == "clause":
            _check_by_clause(tree, path, standard, clause, topics)
            _check_parents(tree, path, library, standard, clause)
        elif leaf and not clause.points and may_ask(standard, clause):
            words = "say what it asks for, or write `informative: true` if it asks for nothing"
            tree.fault(path, f"leaf clause {clause.number} has no points; {words}")
        for place, point in enumerate(clause.points):
            _check_point(tree, (*path, "points", place), point, core_ids, amendments)
        for place, note in enumerate(clause.notes):
            check_texts(tree, (*path, "notes", place), {"text": note.text})


def check_supplement(tree: Tree, standard: Standard, base: Standard | None, there: Collection[str]) -> None:
    """Check what a supplement says of the standard that it supplements, and of its clauses."""
    key = standard.supplements
    if not key:
        for index, clause in enumerate(standard.clauses):
            if clause.supplements:
                words = "say at the top which standard this one supplements, as its key under `supplements`"
                tree.fault(("clauses", index, "supplements"), f"clause {clause.number} supplements nothing; {words}")
    elif key == standard.key or key not in there:
        tree.fault(
            ("supplements",), f"no standard {key} to supplement; {did_you_mean(key, set(there) - {standard.key})}"
        )
    elif base is not None:
        numbers = {clause.number for clause in base.clauses}
        for index, clause in enumerate(standard.clauses):
            for place, number in enumerate(clause.supplements):
                if number not in numbers:
                    advice = did_you_mean(number, numbers)
                    tree.fault(("clauses", index, "supplements", place), f"no clause {number} in {key}; {advice}")


def check_revision(
    tree: Tree, standard: Standard, old: Standard | None, others: Sequence[Standard], there: Collection[str]
) -> None:
    """Check what a new edition says of the one that it revises, and from which points its own come."""
    if not standard.revises:
        for index, clause in enumerate(standard.clauses):
            for place, point in enumerate(clause.points):
                if point.from_:
                    words = "say at the top which edition this one revises, as its key under `revises`"
                    tree.fault(("clauses", index, "points", place, "from"), f"{point.id} comes from nowhere; {words}")
        return
    if standard.revises == standard.key:
        words = "name the edition before it, or leave the key out"
        tree.fault(("revises",), f"{standard.key} revises itself; {words}")
        return
    if standard.revises not in there:
        advice = did_you_mean(standard.revises, set(there) - {standard.key})
        tree.fault(("revises",), f"no edition {standard.revises} to revise; {advice}")
        return
    line = [standard.key]
    before = {one.key: one.revises for one in others}
    while line[-1] in before and before[line[-1]] and len(line) <= len(before):
        if before[line[-1]] in line:
            words = f"{' revises '.join((*line, before[line[-1]]))}: an edition can't revise itself; correct one"
            tree.fault(("revises",), words)
            return
        line.append(before[line[-1]])
    twin = next((one for one in others if one.key < standard.key and one.revises == standard.revises), None)
    if twin is not None:
        tree.fault(("revises",), f"{twin.key} revises {standard.revises}, too; an edition has one successor")
    if old is not None and old.series != standard.series:
        words = f"is no edition of {standard.series}; correct it, or write under `series` what both are called"
        tree.fault(("revises",), f"{old.designation} {words}")
    elif old is not None and "clause" in {standard.level, old.level}:
        words = "what became of each point is unknown where one is held at clause level; leave the key out"
        tree.fault(("revises",), f"{standard.key} revises {old.key}: {words}")
    elif old is not None:
        _check_origins(tree, standard, old)


def _check_origins(tree: Tree, standard: Standard, old: Standard) -> None:
    known = {f"{clause.number}#{point.id}" for clause in old.clauses for point in clause.points}
    for index, clause in enumerate(standard.clauses):
        for place, point in enumerate(clause.points):
            path: Path_ = ("clauses", index, "points", place, "from")
            check_unique(tree, path, [(origin.id, "id") for origin in point.from_])
            for at, origin in enumerate(point.from_):
                key, colon, alone = origin.id.rpartition(":")
                if colon and key != old.key:
                    words = f"{key}; it comes from {old.key}, which this edition revises: write its id there"
                    tree.fault((*path, at, "id"), f"{origin.id} is a point of {words}")
                elif colon:
                    tree.fault((*path, at, "id"), f"{origin.id} needs no standard, it is {old.key}; write {alone}")
                elif origin.id not in known:
                    advice = did_you_mean(origin.id, known)
                    tree.fault((*path, at, "id"), f"no point {origin.id} in {old.key}; {advice}")
                if origin.how not in HOWS:
                    advice = did_you_mean(origin.how, HOWS)
                    tree.fault((*path, at, "how"), f"a point does not come {origin.how!r} from another; {advice}")


def _check_by_clause(tree: Tree, path: Path_, standard: Standard, clause: Clause, topics: set[str]) -> None:
    """Check a leaf clause of which no more is held than that it is there, and which core points it descends from."""
    for place, point in enumerate(clause.points):
        if point.core is None:
            words = "the standard is held at clause level, where additions are not listed; remove the point"
            tree.fault((*path, "points", place), f"point {point.id} instantiates no core point; {words}")
        if point.documented is not None:
            words = "the standard is held at clause level, where documents and records are not listed; remove the key"
            tree.fault((*path, "points", place, "documented"), f"point {point.id} asks for a document; {words}")
    if may_ask(standard, clause) and not clause.points and clause.topic is None and not clause.supplements:
        tree.fault(
            path,
            f"clause {clause.number} has no core point and so needs a topic; {did_you_mean(clause.number, topics)}",
        )


def _check_parents(tree: Tree, path: Path_, library: Library, standard: Standard, clause: Clause) -> None:
    """Check that a clause of which no more is known holds what its parent in the structure of its standard has."""
    structure = next((one for one in library.structures if one.key == standard.structure), None)
    clauses = () if structure is None else structure.clauses
    theirs = {point.id for one in clauses for point in one.points} | {id_ for one in clauses for id_ in one.places}
    for place, point in enumerate(clause.points):
        # What an amendment brought may have entered the structure later.
        if theirs and point.core is not None and point.core not in theirs and not point.amendment:
            words = f"is not in {standard.structure}, from which the clause descends; remove it, or correct `structure`"
            tree.fault((*path, "points", place, "core"), f"core point {point.core} {words}")


def _check_clause(tree: Tree, path: Path_, clause: Clause, headings: set[str], topics: set[str]) -> None:
    number = clause.number
    check_few_words(tree, path, {"gist": clause.gist})
    if number in headings:
        if clause.points:
            tree.fault(
                path, f"clause {number} has subclauses; move its points to one of them (`under` tells where from)"
            )
        return
    if clause.informative and clause.points:
        tree.fault((*path, "informative"), f"clause {number} asks for nothing and has points; remove one of both")
    check_unique(tree, (*path, "points"), [(point.id, "id") for point in clause.points])
    cores = [point.core for point in clause.points if point.core is not None]
    for core in sorted({core for core in cores if cores.count(core) > 1}):
        tree.fault(path, f"clause {number} instantiates core point {core} twice; make one of the points its own")
    if clause.points and not cores and clause.topic is None and not clause.supplements:
        tree.fault(path, f"clause {number} has no core point and so needs a topic; {did_you_mean(number, topics)}")
    if clause.topic is not None and clause.topic not in topics:
        advice = did_you_mean(clause.topic, topics)
        tree.fault((*path, "topic"), f"topic {clause.topic} is neither in library.yaml nor in this file; {advice}")


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
