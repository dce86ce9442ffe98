"""How things are said, the same on every surface: lists, names, labels, coverage, method."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from imsmap.library.editions import SURE
from imsmap.library.model import Kin, Point, Standard
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.library.graph import ClauseGraph
    from imsmap.library.names import Taken
    from imsmap.reasoning.coverage import Coverage
    from imsmap.reasoning.friends import FalseFriend
    from imsmap.reasoning.shares import Tally

LICENSED_TEXT = "Licensed text"
"""What the sentences of a standard are called that somebody has a licence for."""
CONTAINS_LICENSED_TEXT = "Contains licensed text: not to be passed on"
"""What stands on everything that holds some."""
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_DAY = re.compile(r"(?<![\w.-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]|\.\w)")
_EDITION = re.compile(r"[0-9]+(?:-[0-9]+)*:[0-9]{4}")
_YEAR = re.compile(r":(?:[0-9]{2})?([0-9]{2})(?![0-9])")


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Put words into a sentence: `a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} {joint} {last}" if most else last


UNPAIRED = "not paired"
"""What a mapper says of two clauses by not listing them."""
SETTLING, SETTLED, WHY = "To settle", "Settled as", "Why"
"""The sheet on which people settle what two mappers differ in, and the columns that they fill."""


def counted(number: int, one: str = "topic", several: str = "") -> str:
    """Say a number with its noun."""
    return f"{number}\u00a0{one if number == 1 else several or one + 's'}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(date: datetime.date | str, *, short: bool = False) -> str:
    """Write a date as people do: `15 September 2026` for `2026-09-15`, `September 2026` for `2026-09`.

    What is no such date stays as it is.
    """
    found = _DATE.fullmatch(str(date))
    if found is None or not 1 <= int(found[2]) <= len(_MONTHS):
        return str(date)
    month = _MONTHS[int(found[2]) - 1]
    day = f"{int(found[3])}\u00a0" if found[3] else ""
    return f"{day}{month[:3] if short else month}\u00a0{found[1]}"


def dated(text: str) -> str:
    """Write each whole date within a text as people do; what is part of a name, as of a file, stays."""
    return _DAY.sub(lambda found: in_words(found[0]), text)


def reported(confidence: float) -> str:
    """Say behind a fact how sure it is, if nobody read it where it is decided."""
    return f" (reported, confidence {confidence:g})" if confidence < SURE else ""


LOW = 0.7
"""Below this, each fact is marked where it stands."""


def unsure(confidence: float) -> str:
    """Say how sure a fact is, where that is little; nothing else."""
    return f"confidence {confidence:g}" if confidence < LOW else ""


def marked(words: str, confidence: float) -> str:
    """Say words of a point, and behind them how sure it is, where that is little."""
    return f"{words} ({told})" if (told := unsure(confidence)) else words


def added(point: Point) -> str:
    """Say what a standard adds with a point, and how sure that is, where it is little."""
    return marked(point.adds or point.text, point.confidence)


def unsure_points(graph: ClauseGraph, key: str) -> tuple[int, int]:
    """Count the points of a standard that are held with little confidence, and all of its points."""
    points = [point for leaf in graph.leaves(key) for point in leaf.points]
    return sum(point.confidence < LOW for point in points), len(points)


def few_sure(counts: Iterable[tuple[str, int, int, bool]]) -> str:
    """Say of standards, each with its counts and whether it is held by clauses, how many points are unsure.

    Nothing where none is.
    """
    told = [f"{n} of {m} {'core ' if by_clause else ''}points of {name}" for name, n, m, by_clause in counts if n]
    return f"Held with confidence below {LOW:g}: {listed(told)}." if told else ""


def doubt(graph: ClauseGraph, keys: Iterable[str]) -> str:
    """Say how many points of standards are held with little confidence; nothing where none is."""
    return few_sure((graph.standard(key).designation, *unsure_points(graph, key), graph.by_clause(key)) for key in keys)


def doubts(graph: ClauseGraph, keys: Iterable[str]) -> tuple[str, ...]:
    """Give it as a note; none where there is nothing to say."""
    return tuple(filter(None, (doubt(graph, keys),)))


def unchecked(checked: int, points: int) -> str:
    """Say how far something was not checked against the text of its standard; nothing where all of it was."""
    if checked >= points > 0:
        return ""
    return f"{checked} of {points} points checked against its text" if checked else "not checked against its text"


def all_of(number: int) -> str:
    """Say that every one of some standards is meant: `both`, `all 3`."""
    return "both" if number == 2 else f"all {number}"


def called(designations: Iterable[str]) -> str:
    """Say what several standards are in one word: `standards`, or `editions of ISO 9001` where they are that."""
    series = [designation.rpartition(":")[0] for designation in designations]
    return f"editions of {series[0]}" if len(series) > 1 and series[0] and len(set(series)) == 1 else "standards"


def editions_taken(taken: Sequence[Taken]) -> tuple[str, ...]:
    """Say which editions stand for names without one, and which newer ones there are, each state in one sentence."""
    held = [one for one in taken if one.newer and not one.published]
    missing = [one for one in taken if one.published]
    told = []
    for some, where in ((held, "in the library, too"), (missing, "not in the library")):
        if some:
            newer = listed(
                f"{one.newer} (published {one.published}){reported(one.confidence)}" if one.published else one.newer
                for one in some
            )
            editions, be = ("a newer edition", "is") if len(some) == 1 else ("newer editions", "are")
            way = ""
            if some is held:
                old, new = (
                    " ".join(map(_typed, names))
                    for names in zip(*((one.designation, one.newer) for one in some), strict=True)
                )
                way = f"; write {new} for {'it' if len(some) == 1 else 'them'}; what changes: imsmap transition {old}"
            told.append(f"{_used(some)}; {editions}, {newer}, {be} {where}{way}")
    alone = [one for one in taken if not one.newer]
    return (*told, _used(alone)) if alone else tuple(told)


def _typed(designation: str) -> str:
    """Give a standard as people would type it: 9001:2015."""
    return designation.split(" ")[-1]


def _used(taken: Sequence[Taken]) -> str:
    return f"{listed(one.designation for one in taken)} {'is' if len(taken) == 1 else 'are'} used"


# --- names and labels -------------------------------------------------------------------------------------------------


def designations(graph: ClauseGraph, keys: Iterable[str]) -> dict[str, str]:
    """Give what standards are called, by key."""
    return {key: graph.standard(key).designation for key in keys}


def labels(graph: ClauseGraph, keys: Sequence[str]) -> dict[str, str]:
    """Give each standard at hand a short label that no other of them has: `Q`, else `Q15` and `Q26`, else `Q9001`.

    The letter of its discipline serves where it is alone with it. Editions of one standard add their years; several
    standards of one discipline add their numbers, and their years where one is there in several editions.
    """
    alike: dict[str, list[Standard]] = {}
    for key in keys:
        alike.setdefault(graph.discipline(key).letter, []).append(graph.standard(key))
    found: dict[str, str] = {}
    for letter, standards in alike.items():
        editions = Counter(standard.series for standard in standards)
        told = {}
        for one in standards:
            number = _number(one) if len(editions) > 1 else ""
            year = _year(one) if editions[one.series] > 1 else ""
            told[one.key] = letter + "-".join(filter(None, (number, year)))
        unique = len(set(told.values())) == len(told)
        found |= told if unique else {key: letter + key for key in told}
    return {key: found[key] for key in keys}


def _year(standard: Standard) -> str:
    match = _YEAR.search(standard.designation)
    return match[1] if match else standard.edition


def _number(standard: Standard) -> str:
    return "".join(re.findall(r"[0-9-]+", standard.designation.partition(":")[0]))


def bare(designation: str) -> str:
    """Give number and year of a standard where there is no room for more; of one's own, which has none, its name."""
    last = designation.rpartition(" ")[2]
    return last if _EDITION.fullmatch(last) else designation


def short_number(number: str) -> str:
    """Give the first of several clause numbers, with a sign that more follow: `6.1.2.2…` for `6.1.2.2 and 6.1.2.3`."""
    first, *more = number.replace("\u00a0", " ").split(" ")
    return f"{first}…" if more else number


def together(found: Iterable[str]) -> str:
    """Put labels side by side: `QE`, but `Q15 Q26`."""
    several = tuple(found)
    return ("" if all(len(label) == 1 for label in several) else " ").join(several)


def labelled(label: str, *words: str) -> str:
    """Put words behind the label of their standards: letters alone stay on one line with what follows."""
    return ("\u00a0" if label.isalpha() else " ").join(filter(None, (label, *words)))


def named(graph: ClauseGraph, refs: Iterable[str]) -> list[str]:
    """Name clauses, points or a whole standard for a reader, in clause order."""
    return [graph.label(ref) for ref in graph.in_order(refs)]


def trap(graph: ClauseGraph, friend: FalseFriend) -> str:
    """Say in a sentence why a number misleads, and name what ties the two weakly, if anything does."""
    one, other = (graph.standard(ref.partition(":")[0]).designation for ref in (friend.subject, friend.object))
    words = (
        f"{friend.number} is {graph.title(friend.subject)!r} in {one} and {graph.title(friend.object)!r} in {other}: "
        "one number, two duties; never merge them."
    )
    return " ".join(filter(None, (words, weakly_tied(friend))))


def weakly_tied(friend: FalseFriend) -> str:
    """Name what ties two clauses of one number weakly; empty if nothing does."""
    return " ".join(f"Weak tie ({r.strength} of 10): {r.shared}" for r in friend.weak)


# --- topics -----------------------------------------------------------------------------------------------------------


CLAUSE_LEVEL = "clause level"
"""The mark of what is told of a standard held by its clauses alone."""
NOT_LISTED = "not listed"
"""What stands where a standard held at clause level would tell what it adds, or count its points."""


def topics_of(tally: Tally) -> str:
    """Say the noun for topics; with a standard held at clause level among them, with that mark."""
    return f"topics ({CLAUSE_LEVEL})" if tally.by_clause else "topics"


def counterpart_in_core(unit: str) -> str:
    """Say what it takes for a point or a leaf clause to be built once with another standard."""
    from imsmap.reasoning.coverage import LEAF_CLAUSE  # whoever only names standards does without it

    if unit == LEAF_CLAUSE:
        return "a leaf clause that shares a core point with one of another of the standards"
    return "a point for which another of the standards has the same, or one of equal meaning"


def story(names: Mapping[str, str], tally: Tally) -> str:
    """Say how topics are shared, in numbers that sum; names: what the standards are called, by key.

    Of one standard alone, which may share them with others, only how many they are is said.
    """
    if len(names) == 1:
        return f"{counted(tally.total)} of {listed(names.values())}"
    adds = f"each {'discipline' if called(names.values()) == 'standards' else 'edition'} adds"
    core = f"share a common core (built once, {adds})"
    if len(names) > 2:
        of_some = f"{tally.core_of_all} of {all_of(len(names))} standards, {tally.core_of_some} of some"
        core = f"share a common core ({of_some}; built once, {adds})"
    told = [
        f"{tally.core} {core}",
        f"{tally.related} {'is' if tally.related == 1 else 'are'} only related (looked at together, done for each)",
        f"{tally.by_themselves} {'stands' if tally.by_themselves == 1 else 'stand'} alone{alone(names, tally)}",
    ]
    if tally.not_assessed:
        told.append(f"{tally.not_assessed} {'was' if tally.not_assessed == 1 else 'were'} not looked at")
    mark = f" ({CLAUSE_LEVEL})" if tally.by_clause else ""
    return f"Of {counted(tally.total)}{mark}, {listed(told)}"


def in_core_of(tally: Tally, standards: int) -> str:
    """Say how many topics of the core all standards ask for, and how many only some; nothing of two standards."""
    if standards <= 2 or not tally.core:
        return ""
    if not tally.core_of_all:
        return f"by some of the {standards}"
    return f"{tally.core_of_all} by all {standards}" + (f", {tally.core_of_some} by some" if tally.core_of_some else "")


def in_short(tally: Tally) -> str:
    """Say the three numbers in a title, its message between `**`, without what they mean and whose they are."""
    are = "is" if tally.core == 1 else "are"
    stay = "stays" if tally.by_themselves == 1 else "stay"
    unknown = f", {tally.not_assessed} not looked at" if tally.not_assessed else ""
    return (
        f"**{tally.core} of {tally.total} {topics_of(tally)} {are} built once**, {tally.related} looked at together, "
        f"{tally.by_themselves} {stay} apart{unknown}"
    )


def three_numbers(tally: Tally, standards: int = 2) -> str:
    """Say the three numbers in short, the first of them with what it is out of; `**` stand around what counts.

    standards: of how many they are; of more than two it is told what is of all and what of some.
    """
    once = "built once"
    if by := in_core_of(tally, standards):
        once += f" ({by})"
    told = [
        f"**{tally.core} of {tally.total} {topics_of(tally)}** {once}",
        f"**{tally.related}** looked at together",
        f"**{tally.by_themselves}** apart",
    ]
    if tally.not_assessed:
        told.append(f"**{tally.not_assessed}** not looked at")
    return ", ".join(told)


def in_points(names: Mapping[str, str], entries: Iterable[Coverage]) -> str:
    """Say in short how many points of two standards have a counterpart in the other, and how many are only related."""
    entries = list(entries)
    told = [f"**{entry.n} of {entry.m} points** of {names[entry.of]}" for entry in entries]
    more = listed(str(one.related) for one in entries)
    related = f"; {more} more are only related" if any(one.related for one in entries) else ""
    return f"{listed(told)} have a counterpart in the other{related}"


def alone(names: Mapping[str, str], tally: Tally) -> str:
    """Say in brackets which standards hold the topics that stand alone; nothing if there are none."""
    held = [f"{count} in {' and '.join(names[key] for key in keys)}" for keys, count in tally.alone.items()]
    return f" ({', '.join(held)})" if held else ""


# --- coverage ---------------------------------------------------------------------------------------------------------


def coverage_sentence(names: Mapping[str, str], entry: Coverage, *, unsure: bool = True) -> str:
    """Say a coverage as a sentence: n of m, direction, unit, both editions; unsure: also how many nobody looked at.

    names: what the standards are called, by key.
    """
    from imsmap.reasoning.coverage import LEAF_CLAUSE  # whoever only names standards does without it

    unit = "leaf clauses" if entry.unit == LEAF_CLAUSE else "requirement points"
    words = f"{entry.n} of {entry.m} {unit} of {names[entry.of]} have a counterpart in {names[entry.by]}"
    return f"{words} ({entry.not_assessed} not looked at)" if unsure and entry.not_assessed else words


def coverage_in_full(names: Mapping[str, str], entry: Coverage) -> str:
    """Say a coverage as a sentence with its classes, so that it can be read aloud."""
    words = [f"{entry.of_class(kin)} {kin.counted}" for kin in entry.counterparts]
    if entry.jointly:
        words[-1] += f" ({entry.jointly} only jointly)"
    rest = [f"{entry.touches} only touched", f"{entry.none} alone", f"{entry.not_assessed} not looked at"]
    rest = rest if entry.touches else rest[1:]
    if Kin.RELATED not in entry.counterparts:
        rest.insert(0, f"{entry.related} only related")
    return f"{coverage_sentence(names, entry, unsure=False)}: {', '.join(words)}; {', '.join(rest)}"


CLASS_NOTES = (
    "core +0 = the same core points and nothing more; core +n = a shared core point, and at least one side has "
    "more; related = no shared core, but a stated relation of strength 4 or more (of 10); jointly = related only "
    "through a larger union of clauses; touches = a weaker relation only, a reminder to look that counts nowhere; "
    "alone = looked at, and there is none, with the reason; not looked at = nobody has said anything.",
    "In points, core +0 counts the points with a counterpart: the same core point, or stated as equal to something "
    "there or as a part of it. All others are what the standard adds; those of them that are related are in no n.",
)
"""What the classes mean, of clauses and of points."""


def method_notes(graph: ClauseGraph, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Give the notes that belong under every comparison: definition, data version, limits."""
    names = ", ".join(graph.standard(key).designation for key in keys)
    return (
        "A leaf clause has a counterpart if it shares a common core requirement with a clause of the other standard "
        "(same, extended) or a stated relation of strength 4 or more (of 10) ties them (related). A counterpart says "
        "where to look together; it does not say that meeting one standard meets the other.",
        *at_clause_level(graph, keys),
        *doubts(graph, keys),
        f"Editions: {names}. Mapping data {graph.library.version} ({graph.library.released}). Clause numbers, titles "
        "and our own words only: consult the standards.",
    )


NUMBER = ("is", "what it adds", "it stands"), ("are", "what they add", "they stand")
"""What is said of a standard held at clause level, and of several."""


def at_clause_level(graph: ClauseGraph, keys: Iterable[str]) -> tuple[str, ...]:
    """Say under a comparison which standards are held at clause level, and what follows; nothing if none is."""
    loose = [graph.standard(key).designation for key in keys if graph.by_clause(key)]
    if not loose:
        return ()
    are, what, stand = NUMBER[len(loose) > 1]
    return (
        f"{listed(loose)} {are} held at {CLAUSE_LEVEL}: {what} to the common core is {NOT_LISTED}, so nothing is said "
        f"to be the same or proved there, and {stand} in no count of points; others are held against those that are "
        "listed point by point.",
    )


# --- sentences --------------------------------------------------------------------------------------------------------


@frozen
class Sentence:
    """A sentence: a template with places `{0}`, `{1}`, ..., and what stands in them; of several parts, one after other.

    What stands there is words or other sentences. points: ids of the points that it counts. A template is ours and
    holds no text of the data.
    """

    template: str
    arguments: tuple[str | tuple[str | Sentence, ...], ...] = ()
    points: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it."""
        return self.template.format(
            *(one if isinstance(one, str) else " ".join(map(str, one)) for one in self.arguments)
        )
