"""What a matrix says of each standard: what it shares with others, which is done once, and what it adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from imsmap.drawing.colour import Colours, colours
from imsmap.drawing.lists import Item
from imsmap.drawing.slide import held
from imsmap.library.model import Kin, main_number, number_key
from imsmap.plain import unmarked

CORE_CLASSES = ("same", "extended")
"""What one can do once; what is only related is looked at together and still done for each."""
MARKS = {Kin.RELATED.glyph: "of these, related: look at them together", Kin.NOT_ASSESSED.glyph: "not assessed yet"}


@frozen
class Entry:
    """A clause that a column names."""

    number: str
    title: str
    letters: str
    mark: str = ""

    @property
    def item(self) -> Item:
        """How it reads: letters, number, title, mark."""
        return Item("\u00a0".join(filter(None, (self.letters, self.number, self.title))), self.mark)


@frozen
class Column:
    """What one column says: its head, and its clauses by main clause."""

    key: str
    letters: str
    name: str
    count: str
    colours: Colours
    rows: Mapping[str, tuple[Entry, ...]]

    @property
    def head(self) -> tuple[str, str]:
        """The two lines above the column."""
        return f"{self.letters} {self.name}", self.count

    def items(self, main: str) -> tuple[Item, ...]:
        """Say what stands in the box of a main clause, an entry for each clause."""
        return tuple(entry.item for entry in self.rows.get(main, ())) or (
            Item(f"{self.letters}\u00a0nothing of its own"),
        )


def counterparts(values: Mapping[str, Any]) -> str:
    """Say the matrix in one sentence: coverage of the second by the first, or what more than two share."""
    standards = values["standards"]
    if len(standards) == 2:
        of, by = standards[1], standards[0]
        wanted = (of["key"], by["key"], "leaf clause")
        entry = next(one for one in values["coverage"] if (one["of"], one["by"], one["unit"]) == wanted)
        unsure = f" ({entry['not_assessed']} not assessed)" if entry["not_assessed"] else ""
        return (
            f"{entry['n']} of {entry['m']} leaf clauses of {held(of['designation'])} have a counterpart in "
            f"{held(by['designation'])}{unsure}"
        )
    shared = sum(map(by_core, values["groups"]))
    total = len(values["groups"])
    return f"{shared} of {total} groups of requirements are shared by two or more of the {len(standards)} standards"


def by_core(group: Mapping[str, Any]) -> bool:
    """Tell whether two standards or more share a group by the common core."""
    return any(entry["class"] in CORE_CLASSES for entry in group["classes"])


def core_column(values: Mapping[str, Any], letters: str) -> Column:
    """Gather the groups that two standards or more share; subclauses x.y.z are told under x.y."""
    headings = values.get("headings", {}).get("core", {})
    letter_of = {standard["key"]: standard["letter"] for standard in values["standards"]}
    found: dict[str, dict[str, tuple[str, set[str]]]] = {}
    for group in values["groups"]:
        classes = [entry for entry in group["classes"] if entry["class"] in CORE_CLASSES]
        sharing = {key for entry in classes for key in (entry["subject"], entry["object"])}
        if not sharing:
            continue
        number = ".".join((group["number"] or "").split(".")[:2])
        name = number or group["id"]
        title = unmarked(headings.get(number) or group["title"])
        title, so_far = found.setdefault(group["main"], {}).setdefault(name, (title, set()))
        so_far |= {letter_of[key] for key in sharing}
    rows = {
        main: tuple(
            Entry(name if name[0].isdigit() else "", title, "".join(one for one in letters if one in used))
            for name, (title, used) in entries.items()
        )
        for main, entries in found.items()
    }
    shared = sum(map(by_core, values["groups"]))
    return Column(
        "core",
        letters,
        "common core",
        f"do once: {shared} of {len(values['groups'])} groups",
        colours(values.get("core_colours")),
        rows,
    )


def _mark(group: Mapping[str, Any], key: str) -> str:
    """Tell how a standard's clauses in a row stand to the others: `=` by the core, else nothing, `◐` or `?`."""
    kins = {one["class"] for one in group["classes"] if key in (one["subject"], one["object"])}
    if kins & set(CORE_CLASSES):
        return "="
    if Kin.RELATED.value in kins:
        return Kin.RELATED.glyph
    return Kin.NOT_ASSESSED.glyph if Kin.NOT_ASSESSED.value in kins else ""


def _highest(number: str, own: set[str], clauses: set[str]) -> tuple[str, set[str]]:
    """Climb to the highest clause, x.y at most, under which every leaf clause is the standard's own."""
    parts = number.split(".")
    for level in range(min(2, len(parts)), len(parts)):
        upper = ".".join(parts[:level])
        under = {other for other in clauses if other.startswith(upper + ".")}
        if under <= own:
            return upper, under
    return number, {number}


def side(values: Mapping[str, Any], standard: Mapping[str, Any]) -> Column:
    """Gather the leaf clauses of a standard that share no core with any other, at two levels where all agree."""
    key, letter = standard["key"], standard["letter"]
    clauses = {
        c["number"]: (c.get("name", c["title"]), group) for group in values["groups"] for c in group["clauses"][key]
    }
    mark = {number: _mark(group, key) for number, (_, group) in clauses.items()}
    own = {number for number in clauses if mark[number] != "="}
    headings = values.get("headings", {}).get(key, {})
    rows: dict[str, list[Entry]] = {}
    told: set[str] = set()
    for number in sorted(own, key=number_key):
        upper, under = _highest(number, own, set(clauses))
        if upper in told:
            continue
        told.add(upper)
        title, group = clauses[number]
        if upper != number:
            title = headings.get(upper) or (group["title"] if group["kind"] == "topic" else title)
        marks = "".join(sorted({mark[other] for other in under}))
        rows.setdefault(main_number(number), []).append(Entry(upper, title, letter, marks))
    marked = ((glyph, sum(glyph in mark[number] for number in own)) for glyph in MARKS)
    told_apart = "".join(f", {count}\u00a0{glyph}" for glyph, count in marked if count)
    return Column(
        key,
        letter,
        standard["designation"],
        f"adds {len(own)} of {len(clauses)} leaf clauses{told_apart}",
        colours(standard.get("colours")),
        {main: tuple(found) for main, found in rows.items()},
    )


def of_main(values: Mapping[str, Any], mains: Iterable[str]) -> tuple[int, int]:
    """Count the groups under some main clauses that are shared by the common core, of how many."""
    groups = [group for group in values["groups"] if group["main"] in set(mains)]
    return sum(map(by_core, groups)), len(groups)


def added(values: Mapping[str, Any], mains: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Count for each standard the leaf clauses under some main clauses that share no core with another, of how many."""
    wanted = set(mains)
    found = {}
    for standard in values["standards"]:
        key = standard["key"]
        marks = [
            _mark(group, key)
            for group in values["groups"]
            for clause in group["clauses"][key]
            if main_number(clause["number"]) in wanted
        ]
        found[key] = (sum(mark != "=" for mark in marks), len(marks))
    return found


def regions(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Sort the groups by the letters of the standards that share them by the common core, largest sets first.

    A standard that has a clause of its own in a group and shares it with none counts it as its own, marked ◐ where a
    stated relation ties it to another. So a group may be named under several letters, and each standard has it once.
    """
    letter_of = {standard["key"]: standard["letter"] for standard in values["standards"]}
    found: dict[str, list[str]] = {}
    for group in values["groups"]:
        ties = [(entry["subject"], entry["object"]) for entry in group["classes"] if entry["class"] in CORE_CLASSES]
        tied = {key for ends in ties for key in ends}
        present = [key for key in letter_of if key in tied or group["clauses"][key]]
        together = {key: {key} for key in present}
        for one, other in ties:
            union = together[one] | together[other]
            together |= dict.fromkeys(union, union)
        title = unmarked(group["title"])
        name = f"{group['number']}\u00a0{title}" if group["number"] else title
        related = {
            key
            for entry in group["classes"]
            if entry["class"] == Kin.RELATED.value
            for key in (entry["subject"], entry["object"])
        }
        for keys in {tuple(sorted(one)): one for one in together.values()}.values():
            letters = "".join(letter for key, letter in letter_of.items() if key in keys)
            mark = f"\u00a0{Kin.RELATED.glyph}" if len(keys) == 1 and keys <= related else ""
            found.setdefault(letters, []).append(name + mark)
    order = sorted(found, key=lambda one: (-len(found[one]), -len(one), [*letter_of.values()].index(one[0]), one))
    return {letters: tuple(found[letters]) for letters in order}


def counted(number: int, one: str = "group", several: str = "") -> str:
    """Say a number with its noun."""
    return f"{number}\u00a0{one if number == 1 else several or one + 's'}"


def all_of(number: int) -> str:
    """Say that every one of some standards is meant: `both`, `all 3`."""
    return "both" if number == 2 else f"all {number}"
