"""Synthetic libraries: seeded, and drawn from hidden true sets, so that the relations agree with each other.

    python benchmarks/synthetic.py chain 1000 --seed 1

prints the relations as CSV (subject, object, relation, confidence). Three shapes:

* chain: 5 standards, each clause related to its counterpart in the next standard;
* star: 8 standards around a hub, each clause of the hub related to its counterpart in every one of them;
* nm: 5 standards, each clause related to its counterpart and to its neighbour in the next standard, so that all is one
  connected component.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

SHAPES = ("chain", "star", "nm")
CONFIDENCES = (0.6, 0.7, 0.8, 0.9, 0.95)
STANDARDS = tuple(f"iso{number}-2030" for number in range(1001, 1010))
WIDTH = 8
"""How many duties a clause has when it is neither widened nor narrowed."""

Span = tuple[int, int]


class Stated(NamedTuple):
    """One relation as a person would state it."""

    subject: str
    predicate: str
    object: str
    confidence: float


class World(NamedTuple):
    """The hidden sets (first and last duty of each clause) and what is stated of them."""

    sets: dict[str, Span]
    relations: tuple[Stated, ...]


def predicate(one: Span, other: Span) -> str:
    """Tell the one true relation between two spans of duties."""
    if one == other:
        return "equal-to"
    if one[0] >= other[0] and one[1] <= other[1]:
        return "subset-of"
    if one[0] <= other[0] and one[1] >= other[1]:
        return "superset-of"
    return "intersects-with" if one[0] <= other[1] and other[0] <= one[1] else "no-relationship"


def generate(shape: str, size: int, seed: int = 1) -> World:
    """Draw a world with `size` relations."""
    random = Random(f"{shape} {size} {seed}")
    sets: dict[str, Span] = {}

    def clause(standard: int, number: int) -> str:
        name = f"{STANDARDS[standard]}:8.{number}"
        if name not in sets:
            sets[name] = _span(random, number, shape == "nm")
        return name

    relations = []
    for subject, object_ in _pairs(shape):
        one, other = clause(*subject), clause(*object_)
        relations.append(Stated(one, predicate(sets[one], sets[other]), other, random.choice(CONFIDENCES)))
        if len(relations) == size:
            break
    return World(sets, tuple(relations))


def _span(random: Random, number: int, wide: bool) -> Span:
    """Draw the duties of a clause: as usual in half of the cases, else moved at either end.

    wide: it nearly always reaches into the next clause's duties, so that neighbours are tied.
    """
    start, end = number * WIDTH, number * WIDTH + WIDTH - 1
    if wide:
        reach = -2 if random.random() < 0.03 else random.choice((3, WIDTH, WIDTH, WIDTH + 3))
        return start + random.choice((-WIDTH, 0, 0, 2)), end + reach
    kind = random.random()
    if kind < 0.5:
        return start, end
    if kind < 0.6:
        return random.choice(((start, start + 2), (end - 2, end)))  # two such may have nothing in common
    return start + random.choice((-WIDTH, -2, 0, 0, 2, 4)), end + random.choice((-2, 0, 0, 2, WIDTH))


def _pairs(shape: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Give the related clauses as (standard, number), clause by clause without end."""
    number = 0
    while True:
        number += 1
        if shape == "star":
            for standard in range(1, 9):
                yield (0, number), (standard, number)
            continue
        for standard in range(4):
            yield (standard, number), (standard + 1, number)
            if shape == "nm":
                yield (standard, number), (standard + 1, number + 1)


def main() -> None:
    """Print one world's relations as CSV."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("size", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["subject", "object", "relation", "confidence"])
    for stated in generate(options.shape, options.size, options.seed).relations:
        writer.writerow([stated.subject, stated.object, stated.predicate, stated.confidence])


if __name__ == "__main__":
    main()
