"""Measure mapping sets of the size and shape that are public: read, checked with every problem named, and derived.

    python benchmarks/public.py [--write]

Prints the table of `benchmarks/README.md`; `--write` puts it there. The set is invented, in the shape of public ones: a
hub of controls in the middle, many frameworks around it, relations from each framework to the hub, drawn from hidden
true sets, and the dirt that is usual there: pairs told twice, two relations for one pair, ends that lead nowhere, prose
where a relation belongs, relations without a word.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(HERE))
NODES, RELATIONS, FRAMEWORKS, CONTROLS = 70_000, 76_000, 175, 1_400
LIMITS = (15, 1000)
"""Seconds of CPU, and MB."""
WIDTH = 12
_SPANS = ((6, 12), (-5, 9), (3, 5), (0, WIDTH), (-2, 18))
_OFTEN = (50, 24, 24, 1.0, 1.0)
"""What nodes ask for beside a control, and how often: of public chains two in a hundred entail an overlap."""
DIRT = 0.01
_WORDS = {
    "equal-to": "equal", "subset-of": "subset", "superset-of": "superset", "intersects-with": "intersect",
    "no-relationship": "not_related",
}  # fmt: skip
_SKOS = {
    "equal-to": "skos:exactMatch", "subset-of": "skos:broadMatch", "superset-of": "skos:narrowMatch",
    "intersects-with": "skos:relatedMatch",
}  # fmt: skip


def name_of(framework: int) -> str:
    """Name a framework; the first is the hub."""
    return "hub" if framework == 0 else f"fw{framework:03}"


def nodes() -> Iterator[tuple[int, str]]:
    """Give framework and number of each node."""
    for number in range(CONTROLS):
        yield 0, f"{number // 20 + 1}.{number % 20 + 1}"
    each = (NODES - CONTROLS) // FRAMEWORKS
    for framework in range(1, FRAMEWORKS + 1):
        for number in range(each):
            yield framework, f"{number // 20 + 1}.{number % 20 + 1}"


def relations(seed: int = 1) -> Iterator[tuple[str, str, str, str, int]]:
    """Draw the relations: of a framework's node, with which word, to the hub's; with dirt as it is usual."""
    from synthetic import predicate

    random = Random(f"public {seed}")
    of: dict[int, list[str]] = {}
    for framework, number in nodes():
        of.setdefault(framework, []).append(number)
    hub = [(place * 10, place * 10 + WIDTH) for place in range(CONTROLS)]
    sets: dict[tuple[int, str], tuple[int, tuple[int, int]]] = {}
    told: set[tuple[int, str, int]] = set()
    given = 0
    while given < RELATIONS:
        framework = given % FRAMEWORKS + 1
        number = random.choice(of[framework])
        if (framework, number) not in sets:
            place = random.randrange(1, CONTROLS - 1)
            first, width = random.choices(_SPANS, _OFTEN)[0]
            sets[framework, number] = place, (place * 10 + first, place * 10 + first + width)
        place, span = sets[framework, number]
        at = place + random.choice((*[0] * 8, -1, 1))
        if (framework, number, at) in told:
            continue
        told.add((framework, number, at))
        word, strength = predicate(span, hub[at]), random.randrange(1, 11)
        dirt = random.random()
        if dirt < DIRT:
            number = f"{number}-gone?"
        elif dirt < 2 * DIRT:
            word = "partially addresses the intent of"
        yield name_of(framework), number, word, of[0][at], strength
        given += 1
        if dirt > 1 - 2 * DIRT and given < RELATIONS:
            yield name_of(framework), number, word if dirt > 1 - DIRT else "equal-to", of[0][at], strength
            given += 1


def ciso(path: Path) -> None:
    """Write all as one library of CISO Assistant: its frameworks with their nodes, and its mapping sets."""
    by: dict[int, list[str]] = {}
    for framework, number in nodes():
        by.setdefault(framework, []).append(number)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("urn: urn:x:risk:library:all\nlocale: en\nref_id: all\nname: All\nobjects:\n  frameworks:\n")
        for framework, numbers in by.items():
            key = name_of(framework)
            file.write(f"    - urn: urn:x:risk:framework:{key}\n      ref_id: {key}\n      name: Rules {key}\n")
            file.write("      requirement_nodes:\n")
            for number in numbers:
                file.write(
                    f"        - urn: urn:x:risk:req_node:{key}:{number}\n          ref_id: '{number}'\n"
                    f"          name: Control {number} of {key}\n"
                )
        file.write("  requirement_mapping_sets:\n")
        sets: dict[str, list[tuple[str, str, str, int]]] = {}
        for key, number, word, control, strength in relations():
            sets.setdefault(key, []).append((number, word, control, strength))
        for key, rows in sets.items():
            file.write(
                f"    - urn: urn:x:risk:req_mapping_set:{key}-to-hub\n"
                f"      source_framework_urn: urn:x:risk:framework:{key}\n"
                "      target_framework_urn: urn:x:risk:framework:hub\n      requirement_mappings:\n"
            )
            for number, word, control, strength in rows:
                file.write(
                    f"        - source_requirement_urn: urn:x:risk:req_node:{key}:{number}\n"
                    f"          target_requirement_urn: urn:x:risk:req_node:hub:{control}\n"
                    f"          relationship: {_WORDS.get(word, word)}\n"
                    f"          strength_of_relationship: {strength}\n"
                )


def sssom(path: Path, count: int = RELATIONS) -> None:
    """Write relations as a mapping set of SSSOM."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("# curie_map:\n")
        for framework in range(FRAMEWORKS + 1):
            key = name_of(framework)
            file.write(f"#   {key}: https://example.org/{key}/\n")
        file.write("# mapping_set_id: https://example.org/all\n")
        file.write("subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence\n")
        for at, (key, number, word, control, strength) in enumerate(relations()):
            if at == count:
                return
            told = _SKOS.get(word, word) if word != "no-relationship" else "skos:mappingRelation"
            denied = "Not" if word == "no-relationship" else ""
            justified = "semapv:ManualMappingCuration"
            file.write(f"{key}:{number}\t{told}\t{denied}\thub:{control}\t{justified}\t{strength / 10}\n")


def peak() -> float:
    """Give the peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def brought(path: Path) -> str:
    """Read a file and check it in a library, as `imsmap add` does."""
    from imsmap import api

    addition = api.bring(path, ROOT / "mappings", day="2030-05-01", into=path.parent / "mappings")
    if addition.problems:
        raise SystemExit("\n".join(map(str, addition.problems[:5])))
    found = addition.brought
    count = sum(len(relations) for _, relations in found.sets)
    clauses = sum(len(standard.clauses) for standard in found.standards)
    return f"{clauses} clauses and {count} relations come in, {len(found.left_out)} lines tell of the rest"


def validated(path: Path) -> str:
    """Read a mapping set of SSSOM, every row with what is wrong in it."""
    from imsmap.api.bringing import surroundings
    from imsmap.readers.sssom import bring

    around = surroundings(ROOT / "mappings")
    start = time.process_time()
    found = bring(path, path.name, around)
    told = f"{sum(len(relations) for _, relations in found.sets)} relations, {len(found.left_out)} lines told"
    return f"{time.process_time() - start:.3f} {told}"


def derived(path: Path) -> str:  # noqa: ARG001 - each is called alike
    """Derive all that follows from the same relations, were the standards known by their points."""
    from imsmap.library.relationships import PREDICATES
    from imsmap.reasoning.derive import Constraint, derive

    told: dict[tuple[str, str, str], str] = {}
    for key, number, word, control, _ in relations():
        if word in PREDICATES and not number.endswith("?"):
            told.setdefault((key, number, control), word)
    constraints = [
        Constraint(f"{key}:{number}", f"hub:{control}", PREDICATES[word], f"r{at}", 0.5)
        for at, ((key, number, control), word) in enumerate(told.items())
    ]
    start = time.process_time()
    found = derive(constraints)
    clashes, claims = len(found.contradictions), sum(1 for _ in found.derived())
    took = time.process_time() - start
    return f"{took:.3f} {claims} pairs follow from {len(constraints)} relations, {clashes} contradictions"


def refused(path: Path) -> str:
    """Let a file be read that is too large."""
    from imsmap import api
    from imsmap.errors import DataError

    try:
        api.bring(path, ROOT / "mappings", day="2030-05-01")
    except DataError as error:
        return str(error.problems[0].message)
    raise SystemExit("it was read")


ROWS = {
    "library of CISO Assistant, read and checked": (brought, "all.yaml"),
    "the same relations as SSSOM, read and checked": (brought, "all.sssom.tsv"),
    "what follows from them, were points known": (derived, "all.yaml"),
    "10 000 rows of SSSOM, read and validated": (validated, "few.sssom.tsv"),
    "YAML of 50 MB": (refused, "large.yaml"),
}
"""What is measured, each in a process of its own, with the file that it is given."""


def make(folder: Path) -> None:
    """Write the files."""
    ciso(folder / "all.yaml")
    sssom(folder / "all.sssom.tsv")
    sssom(folder / "few.sssom.tsv", 10_000)
    line = "    - a: b\n"
    (folder / "large.yaml").write_text("urn: x\nobjects:\n  frameworks:\n" + line * (50_000_000 // len(line)), "utf-8")


def main() -> None:
    """Measure all and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--make", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make(Path(options.make))
        return
    if options.one:
        what, path = options.one
        gc.set_threshold(1_000_000, 20, 20)  # as the command line does
        start = time.process_time()
        told = ROWS[what][0](Path(path))
        took = time.process_time() - start
        if told[:1].isdigit() and "." in told.partition(" ")[0]:
            seconds, _, told = told.partition(" ")  # what was timed inside, without loading and drawing
            took = float(seconds)
        print(f"{took:.3f}\t{peak():.0f}\t{told}")
        return
    rows, spent = [], {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: a child begins with the peak of its parent.
        subprocess.run([sys.executable, str(Path(__file__)), "--make", name], check=True)
        size = (folder / "all.yaml").stat().st_size / 1_000_000
        for what, (_, file) in ROWS.items():
            command = [sys.executable, str(Path(__file__)), "--one", what, str(folder / file)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            took, memory, told = done.stdout.strip().split("\t")
            spent[what] = float(took)
            most = "1 s" if what.startswith("10 000") else ""
            rows.append(f"| {what} | {float(took):.2f} s | {most} | {memory} MB | {told} |")
    first, _, third, *_ = spent.values()
    seconds, room = LIMITS
    table = "\n".join(
        [
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
            f"one run, CPU of the process. {NODES} nodes, {RELATIONS} relations, {FRAMEWORKS} frameworks around a "
            f"hub; as YAML {size:.0f} MB. Read, checked and derived together: {first + third:.1f} s (at most "
            f"{seconds} s and {room} MB).",
            "",
            "| | CPU | at most | peak memory | |",
            "|---|---:|---:|---:|---|",
            *rows,
        ]
    )
    print(table)
    if options.write:
        from page import put

        put("public", table)


if __name__ == "__main__":
    main()
