"""Each standard against what was collected of it beforehand: documented information, and parents in the structure."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from imsmap.library.model import HUB, Library, Standard

FACTS = Path(__file__).parents[1] / "data" / "facts"
# Where the points decide otherwise than the collected parents, which are one reader's opinion: why.
EXPLAINED: Mapping[str, str] = {
    "iso45001-2018:7.5.3": "extended by a note only, which asks for nothing",
    "iso45001-2018:8.1.3": "management of change holds what the structure says of changes in its 8.1",
    "iso45001-2018:8.1.4.1": "purchased products and services are controlled, which is the core point of 2021",
    "iso45001-2018:8.1.4.3": "outsourced processes are controlled, which the structure asks for in its 8.1",
    "iso45001-2018:9.2.1": "policy and objectives are named among the rules that are audited",
    "iso42001-2023:4.4": "that the system is documented is recalled in both lists (0.75)",
    "iso42001-2023:5.1": "neither list named anything beyond the core",
    "iso42001-2023:6.2": "neither list named anything beyond the core",
    "iso22301-2019:4.1": "neither list named anything beyond the core but the amendment",
    "iso22301-2019:4.3.1": "mission, goals and obligations are considered, too",
    "iso22301-2019:4.3.2": "parts and products in the scope, and what is left out: the core of 4.3 stands in 4.3.1",
    "iso22301-2019:5.1": "neither list named anything beyond the core",
    "iso22301-2019:6.3": "what entered the structure in 2021 is asked for here, with more beyond it",
    "iso22301-2019:7.5.3.2": "neither list named anything beyond the core",
    "iso22301-2019:9.2.2": "prompt corrective action and follow-up audits are asked for",
    "iso22301-2019:10.1.1": "opportunities for improvement, of which the structure says nothing",
    "iso50001-2018:7.1": "resources for energy performance are told apart from those for the system",
    "iso50001-2018:7.5.3": "neither list named anything beyond the core",
    "iso50001-2018:9.3.3": "how the system performs is the core point and stands in 9.3.2; here is energy performance",
    "iso50001-2018:10.1": "neither list named anything beyond the core",
    "iso27001-2022:5.1": "policy and objectives of information security are the core point, said for the discipline",
    "iso27001-2022:5.2": "that the policy may hold the objectives is an option, which asks for nothing further",
    "iso27001-2022:6.1.1": "what it adds stands in 6.1.2 and 6.1.3",
    "iso27001-2022:8.1": "neither list named anything beyond the core",
    "iso27001-2022:9.1": "who measures and evaluates is decided, and controls are among what is measured",
    "iso27001-2022:9.3.2": "objectives, feedback, risk assessment and risk treatment are inputs of its own",
}

# Documented information that was not collected, and why it is told nevertheless.
BEYOND: Mapping[tuple[str, str, str], str] = {
    (
        "iso42001-2023",
        "6.1.3",
        "available",
    ): "both lists have the necessary controls available as documented information",
}


def keys(what: str) -> list[str]:
    return sorted(path.name.removesuffix(f"-{what}.csv") for path in FACTS.glob(f"*-{what}.csv"))


def rows(key: str, what: str) -> list[dict[str, str]]:
    with (FACTS / f"{key}-{what}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("key", keys("documented"))
def test_kinds_of_documented_information_are_those_that_were_collected(
    real: Callable[[str], Standard], key: str
) -> None:
    # What controls of an annex call for was not collected.
    clauses = [clause for clause in real(key).clauses if not clause.is_control]
    held = {(c.number, p.documented.kind) for c in clauses for p in c.points if p.documented}
    beyond = {(number, kind) for of, number, kind in BEYOND if of == key}
    assert held == {(row["number"], row["kind"]) for row in rows(key, "documented")} | beyond


@pytest.mark.parametrize("key", keys("parents"))
def test_a_clause_says_core_points_of_the_parent_that_was_collected_or_it_is_explained(
    real: Callable[[str], Standard], whole: Library, key: str
) -> None:
    standard = real(key)
    placed = {
        structure.key: {point.id: clause.number for clause in structure.clauses for point in clause.points}
        for structure in whole.structures
    }
    parents = {row["number"]: row for row in rows(key, "parents")}
    differ = set()
    for clause in standard.clauses:
        if clause.number not in parents or not clause.points:
            continue
        row = parents[clause.number]
        core = {point.core for point in clause.points if point.core}
        own = any(point.core is None and point.amendment is None for point in clause.points)
        as_told = {"identical": bool(core) and not own, "extended": bool(core) and own, "specific": not core}
        # What entered the structure only later has its place in the newest edition.
        at = {placed[row["structure"]].get(one) or placed[HUB][one] for one in core}
        if not as_told[row["relation"]] or any(number.split(".")[0] != row["clause"].split(".")[0] for number in at):
            differ.add(f"{key}:{clause.number}")
    assert differ == {ref for ref in EXPLAINED if ref.startswith(f"{key}:")}
