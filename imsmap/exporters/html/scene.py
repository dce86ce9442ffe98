"""What every part of the page needs to know: the standards with their tags and colours, and clauses by reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from imsmap.drawing.colour import INK, PAPER, READS, contrast
from imsmap.report import Report

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@frozen
class Side:
    """A standard on the page; the tag is its letter, with more where two standards have the same one."""

    key: str
    name: str
    title: str
    discipline: str
    tag: str
    place: int
    dark: str
    tint: str


class Scene:
    """The reports behind one page."""

    def __init__(self, reports: Mapping[str, Report[object]]) -> None:
        """Look up what all parts share."""
        self.reports = reports
        self.matrix = reports["matrix"].values
        self.sides = _sides(self.matrix["standards"])
        self.by_key = {side.key: side for side in self.sides}
        self.clauses: list[dict[str, Any]] = list(reports["requirements"].values["clauses"])
        self.titles: dict[str, str] = {clause["ref"]: clause["name"] for clause in self.clauses}
        overlap = reports["overlap"].values
        pairs = overlap.get("pairs", [overlap])
        self.links: list[dict[str, Any]] = [link for pair in pairs for link in pair["links"]]
        self.friends = reports["friends"].values
        self.coverage: list[dict[str, Any]] = list(self.matrix["coverage"])
        self.closest = self._closest()

    def side(self, ref: str) -> Side:
        """Give the standard that a reference is of."""
        return self.by_key[ref.partition(":")[0]]

    def name(self, ref: str) -> str:
        """Say a clause in full: ISO 9001:2015, 8.4.1 General."""
        number = ref.partition(":")[2]
        return f"{self.side(ref).name}, {number} {self.titles.get(ref, '')}".strip()

    @property
    def names(self) -> str:
        """List the standards."""
        *most, last = [side.name for side in self.sides]
        return f"{', '.join(most)} and {last}" if most else last

    def _closest(self) -> dict[str, str]:
        """Find for each leaf clause the closest class that any other of the standards has for it."""
        order = ("same", "extended", "related", "not assessed", "none")
        found: dict[str, str] = {}

        def offer(ref: str, kin: str) -> None:
            if ref not in found or order.index(kin) < order.index(found[ref]):
                found[ref] = kin

        for link in self.links:
            offer(link["subject"], link["class"])
            offer(link["object"], link["class"])
        for entry in self.coverage:
            if entry["unit"] == "leaf clause":
                for number in entry["uncovered"]:
                    offer(f"{entry['of']}:{number}", "none")
                for number in entry.get("unassessed", ()):
                    offer(f"{entry['of']}:{number}", "not assessed")
        return found


def _sides(standards: list[dict[str, Any]]) -> tuple[Side, ...]:
    letters = [standard["letter"] for standard in standards]
    sides = []
    for place, standard in enumerate(standards):
        tag = standard["letter"]
        if letters.count(tag) > 1:
            # Two editions of one standard have one letter: the year tells them apart, else their order.
            years = [other["key"].rpartition("-")[2][-2:] for other in standards if other["letter"] == tag]
            mine = standard["key"].rpartition("-")[2][-2:]
            tag += mine if years.count(mine) == 1 else str(place + 1)
        dark, tint = (
            found if _COLOUR.fullmatch(found) else fallback
            for found, fallback in (
                (standard["colours"]["dark"], "#4D4D4D"),
                (standard["colours"]["tint"], "#E6E6E6"),
            )
        )
        sides.append(
            Side(
                standard["key"],
                standard["designation"],
                standard["title"],
                standard["discipline_name"],
                tag,
                place,
                dark,
                tint,
            )
        )
    return tuple(sides)


def ink_on(ground: str) -> str:
    """Choose a colour for text that reads on a ground, whatever the ground is."""
    for ink in (INK, PAPER):
        if contrast(ink, ground) >= READS:
            return ink
    return "#000000"
