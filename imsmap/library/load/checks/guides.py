"""What must hold of what helps to work with the standards: disciplines, topics, audit questions, families."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from imsmap.library.load.checks.words import check_few_words, check_known, check_texts, check_unique
from imsmap.library.load.tree import Path_, Tree
from imsmap.library.model import HUB, AuditQuestion, Discipline, Library, Topic, is_number, main_number
from imsmap.nearest import did_you_mean

if TYPE_CHECKING:
    from imsmap.library.guides import Candidate, Comparison, Criterion, Family, Integration, UsualWord

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_NUMBER = ("both", "unknown")
"""What a gate says in the place of a number."""
Told = Mapping[tuple[str, str], object]
"""What other files tell already, by kind and name, and where."""


def check_disciplines(tree: Tree, disciplines: tuple[Discipline, ...]) -> None:
    """Check disciplines: each key and letter once."""
    check_unique(tree, ("disciplines",), [(discipline.key, "key") for discipline in disciplines])
    check_unique(tree, ("disciplines",), [(discipline.letter, "letter") for discipline in disciplines])


def check_topics(tree: Tree, topics: tuple[Topic, ...]) -> None:
    """Check topics: each id once, and places that are clauses of one main clause."""
    check_unique(tree, ("topics",), [(topic.id, "id") for topic in topics])
    for index, topic in enumerate(topics):
        check_few_words(tree, ("topics", index), {"advice": topic.advice, "short": topic.short})
        for key, number in (("main", topic.main), ("after", topic.after)):
            if not is_number(number):
                tree.fault(("topics", index, key), f"{number!r} is no clause number; write one such as 8.1")
        if main_number(topic.after) != topic.main:
            tree.fault(
                ("topics", index, "after"),
                f"{topic.after} does not lie in main clause {topic.main}; correct one of them",
            )


def check_places(tree: Tree, topics: tuple[Topic, ...], library: Library) -> None:
    """Check that topics stand after clauses of the hub: readers look for them there, whatever standards they are of."""
    clauses = [clause for structure in library.structures if structure.key == HUB for clause in structure.clauses]
    # A hub without core points is no hub, which is told already.
    numbers = {clause.number for clause in clauses} if any(clause.points for clause in clauses) else set()
    for index, topic in enumerate(topics if numbers else ()):
        if is_number(topic.after) and topic.after not in numbers:
            advice = did_you_mean(topic.after, numbers)
            tree.fault(("topics", index, "after"), f"no clause {topic.after} in {HUB}, after which to stand; {advice}")


def check_defaults(tree: Tree, library: Library) -> None:
    """Check that of each standard one edition is meant by a name without one."""
    held = {standard.key: standard for standard in library.standards}
    first: dict[str, str] = {}
    for index, key in enumerate(library.editions):
        meant = first.setdefault(held[key].series, key) if key in held else key
        if meant != key:
            words = f"{held[meant].designation} and {held[key].designation} are editions of one standard"
            tree.fault(("editions", index), f"{words}: a name without one can't mean both; keep one of them")


def check_audit(tree: Tree, questions: tuple[AuditQuestion, ...], library: Library, name: str, told: Told) -> None:
    """Check the audit questions of a file, under the key `name`: known groups, each once, and nothing left empty."""
    check_unique(tree, (name,), [(question.group, "group") for question in questions])
    groups = {topic.id for topic in library.topics}
    leaves = {c.number for s in library.structures if s.key == HUB for c in s.clauses if c.points}
    groups |= leaves
    where = "library.yaml" if name == "questions" else "library.yaml or this file"
    # Where the hub or library.yaml is missing, that is told already, and nothing can be said of the groups.
    sure = bool(leaves and library.version)
    for index, question in enumerate(questions):
        path: Path_ = (name, index)
        _elsewhere(tree, (*path, "group"), ("question", question.group), told)
        if sure and question.group not in groups:
            tree.fault(
                (*path, "group"),
                f"no group {question.group}: no leaf clause of {HUB} and no topic of {where}; "
                + did_you_mean(question.group, groups),
            )
        names = ("question", "look_for", "evidence", "author", "source")
        check_texts(tree, path, {name: getattr(question, name) for name in names})


def check_integration(tree: Tree, integration: Integration) -> None:
    """Check the criteria of the level of integration and the cap on audit time."""
    check_unique(tree, ("criteria",), [(criterion.id, "id") for criterion in integration.criteria])
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


def check_choosing(
    tree: Tree, sides: tuple[Candidate, ...], criteria: tuple[Criterion, ...], library: Library | None
) -> None:
    """Check what is weighed: each criterion once and told in full, some for each standard, and one for the capacity."""
    from imsmap.library.guides import CAPACITY

    _check_sides(tree, sides, library)
    numbers = tuple(side.number for side in sides)
    check_unique(tree, ("criteria",), [(criterion.id, "id") for criterion in criteria])
    for index, criterion in enumerate(criteria):
        names = ("title", "question", "least", "most", "find")
        check_texts(tree, ("criteria", index), {name: getattr(criterion, name) for name in names})
        if not _WORD.fullmatch(criterion.id):
            words = f"{criterion.id!r} is no name for a criterion; write small letters, digits and hyphens"
            tree.fault(("criteria", index, "id"), words)
        if criterion.side is not None:
            check_known(tree, ("criteria", index, "side"), criterion.side, numbers)
        elif criterion.id != CAPACITY:
            words = f"{criterion.id} has no side; name the standard that it pulls toward, {' or '.join(numbers)}"
            tree.fault(("criteria", index), words)
    pulled = {criterion.side for criterion in criteria}
    lacking = [f"one with side {number}" for number in numbers if number not in pulled]
    lacking += [] if None in pulled else [f"the criterion {CAPACITY}, which has no side"]
    if lacking and pulled <= {*numbers, None}:  # a side that is misspelt is told already
        tree.fault(("criteria",), f"{' and '.join(lacking)} is missing; without it nothing can be weighed")


def _check_sides(tree: Tree, sides: tuple[Candidate, ...], library: Library | None) -> None:
    """Check the standards that may be chosen: two or more, each once and by its number, of known disciplines."""
    if len(sides) < 2:
        tree.fault(("sides",), "only two standards can be weighed against each other; name two or more")
    check_unique(tree, ("sides",), [(side.number, "number") for side in sides])
    disciplines = () if library is None else tuple(discipline.key for discipline in library.disciplines)
    for index, side in enumerate(sides):
        names = ("number", "name", "discipline", "work")
        check_texts(tree, ("sides", index), {name: getattr(side, name) for name in names})
        if not _WORD.fullmatch(side.number) or side.number in _NO_NUMBER:
            words = f"{side.number!r} is no number by which a standard is called; write one such as 9001"
            tree.fault(("sides", index, "number"), words)
        if disciplines:  # else library.yaml is missing, and that is told already
            check_known(tree, ("sides", index, "discipline"), side.discipline, disciplines)


def check_usual_words(tree: Tree, words: tuple[UsualWord, ...]) -> None:
    """Check what people say for what stands in the standards: something on either side, and nothing empty."""
    for index, word in enumerate(words):
        for name, said in (("says", word.says), ("means", word.means)):
            if not said or not all(one.strip() for one in said):
                tree.fault(("words", index, name), f"{name} is empty or holds an empty word; fill it in")


def _elsewhere(tree: Tree, path: Path_, name: tuple[str, str], told: Told) -> None:
    if name in told:
        tree.fault(path, f"{name[0]} {name[1]!r} is in {told[name]} already, which this may not replace; remove one")


def check_families(
    tree: Tree, families: tuple[Family, ...], comparisons: tuple[Comparison, ...], library: Library, told: Told
) -> None:
    """Check the families: known disciplines and words, members once, and comparisons of families that are there."""
    from imsmap.library.guides import ASSESSED, BUY

    check_unique(tree, ("families",), [(family.number, "number") for family in families])
    disciplines = {discipline.key for discipline in library.disciplines}
    for index, family in enumerate(families):
        path: Path_ = ("families", index)
        _elsewhere(tree, (*path, "number"), ("family", family.number), told)
        if disciplines:  # else library.yaml is missing, and that is told already
            check_known(tree, (*path, "discipline"), family.discipline, disciplines)
        check_texts(tree, path, {name: getattr(family, name) for name in ("number", "title", "purpose", "source")})
        check_unique(tree, (*path, "members"), [(member.number, "number") for member in family.members])
        certifiable = {member.number.split()[-1] for member in family.members if member.assessed == ASSESSED[0]}
        if family.requirements not in certifiable:
            advice = did_you_mean(family.requirements, certifiable)
            tree.fault((*path, "requirements"), f"{family.requirements} is no member that is {ASSESSED[0]}; {advice}")
        for place, member in enumerate(family.members):
            here: Path_ = (*path, "members", place)
            check_known(tree, (*here, "assessed"), member.assessed, ASSESSED)
            check_known(tree, (*here, "buy"), member.buy, BUY)
            words = ("number", "title", "edition", "what", "source")
            check_texts(tree, here, {name: getattr(member, name) for name in words})
    numbers = {family.number for family in (*library.families, *families)}
    for index, comparison in enumerate(comparisons):
        path = ("comparisons", index)
        for place, number in enumerate(comparison.families):
            check_known(tree, (*path, "families", place), number, numbers)
        for place, choice in enumerate(comparison.choices):
            check_known(tree, (*path, "choices", place, "family"), choice.family, comparison.families)
        names = ("question", "answer", "both", "source")
        check_texts(tree, path, {name: getattr(comparison, name) for name in names})
