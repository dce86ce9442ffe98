"""Measure derivation and the search for contradictions on synthetic libraries, SeMRA beside it, and reading a CSV.

    python benchmarks/derivation.py [--semra PYTHON] [--seconds 120] [--write]

Prints the tables of `benchmarks/README.md`; `--write` puts them there. PYTHON is an interpreter that has the package
`semra` 0.3; nothing of this project needs it, and without the option its rows are left out. Each figure comes from a
process of its own; what is derived is held against the hidden sets afterwards, outside the time that is told.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from synthetic import SHAPES, World, generate, predicate

HERE = Path(__file__).parent
ROOT = HERE.parent
SIZES = (1_000, 10_000, 100_000)
SEMRA_SIZES = {"chain": (1_000, 10_000), "star": (1_000, 10_000), "nm": (100, 200, 400, 800)}
SEMRA_LIMIT = 100
NO_LIMIT = 1_000_000_000
SEMRA_PREFIXES = ("chebi", "cl", "doid", "efo", "go", "hp", "mondo", "omim", "uberon")
"""SeMRA knows only registered namespaces: each synthetic standard borrows one."""


# --- in a process of its own -----------------------------------------------------------------------------------------


def peak() -> float:
    """Give the peak memory of this process in MB; works where the system tells (not on Windows)."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def run_ours(shape: str, size: int) -> dict[str, Any]:
    from imsmap.library.relationships import PREDICATES
    from imsmap.reasoning.derive import Constraint, derive

    world = generate(shape, size)
    constraints = [
        Constraint(stated.subject, stated.object, PREDICATES[stated.predicate], f"r{number}", stated.confidence)
        for number, stated in enumerate(world.relations)
    ]
    start, worked = time.perf_counter(), time.process_time()
    found = derive(constraints)
    clashes = found.contradictions
    claims = list(found.derived())
    seconds, cpu = time.perf_counter() - start, time.process_time() - worked
    used = peak()
    true = {(c.subject, c.object): PREDICATES[predicate(world.sets[c.subject], world.sets[c.object])] for c in claims}
    return {
        "seconds": seconds,
        "cpu": cpu,
        "derived": len(claims),
        "proved": sum(claim.claim == "proved" for claim in claims),
        "false": sum(not claim.possible & true[claim.subject, claim.object] for claim in claims),
        "contradictions": len(clashes),
        "peak": used,
    }


def run_semra(shape: str, size: int, limit: int) -> dict[str, Any]:
    from semra import BROAD_MATCH, EXACT_MATCH, NARROW_MATCH, Mapping, Reference
    from semra.inference import infer_chains
    from semra.rules import FLIP

    related = Reference(prefix="skos", identifier="relatedMatch")
    words = {
        "equal-to": EXACT_MATCH,
        "subset-of": BROAD_MATCH,
        "superset-of": NARROW_MATCH,
        "intersects-with": related,
    }
    turned = {**FLIP, related: related}
    names: dict[str, str] = {}
    world = generate(shape, size)

    def reference(name: str) -> Any:
        standard, _, number = name.partition(":8.")
        made = Reference(prefix=SEMRA_PREFIXES[int(standard[3:7]) - 1001], identifier=f"{int(number):07}")
        names[made.curie] = name
        return made

    # Both directions and no evidence: hashing the evidence takes SeMRA far longer than the inference that is measured.
    given = [
        (reference(stated.subject), words[stated.predicate], reference(stated.object))
        for stated in world.relations
        if stated.predicate in words
    ]
    mappings = [Mapping(subject=subject, predicate=word, object=object_) for subject, word, object_ in given]
    mappings += [Mapping(subject=object_, predicate=turned[word], object=subject) for subject, word, object_ in given]
    start = time.perf_counter()
    result = infer_chains(mappings, progress=False, maximum_component_size=limit)
    seconds = time.perf_counter() - start
    stated_pairs = {frozenset((mapping.subject.curie, mapping.object.curie)) for mapping in mappings}
    claims = {(m.subject.curie, m.predicate.curie, m.object.curie) for m in result}
    new = {claim for claim in claims if frozenset((claim[0], claim[2])) not in stated_pairs and claim[0] < claim[2]}
    return {"seconds": seconds, "derived": len(new), "false": _false(world, names, new), "peak": peak()}


def _false(world: World, names: dict[str, str], claims: set[tuple[str, str, str]]) -> int:
    words = {"skos:exactMatch": "equal-to", "skos:broadMatch": "subset-of", "skos:narrowMatch": "superset-of"}
    return sum(
        predicate(world.sets[names[subject]], world.sets[names[object_]]) != words[word]
        for subject, word, object_ in claims
    )


FAULTS = {
    "none": "no fault",
    "mixed": "each row faulty, in four ways",
    "clauses": "each row names a clause that does not exist, each another one",
}


def run_csv(rows: int, fault: str) -> dict[str, Any]:
    """Read a mapping file against the real library, as `imsmap compare-mapping` does."""
    from imsmap.cli.asking import graph, heads
    from imsmap.cli.mappings import resolver
    from imsmap.errors import DataError
    from imsmap.readers.mapping import read_mapping

    keys = ("iso9001-2015", "iso14001-2015")
    library, known = graph(None, keys), heads(None)
    clauses = [[clause.ref for clause in library.leaves(key)] for key in keys]
    lines = ["subject,object,relation"]
    for number in range(rows):
        one, other = clauses[0][number % len(clauses[0])], clauses[1][number // len(clauses[0]) % len(clauses[1])]
        relation = "similar" if fault == "mixed" and number % 4 == 3 else "intersects-with"
        if fault == "mixed":
            one = (f"{one}.{number}", "", f"iso{number}", one)[number % 4]
        elif fault == "clauses":
            one = f"{one}.{number}"
        lines.append(f"{one},{other},{relation}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        told = 0
        start = time.perf_counter()
        try:
            read_mapping(str(path), resolver(library, known))
        except DataError as error:
            told = len({problem.line for problem in error.problems})
        return {"seconds": time.perf_counter() - start, "told": told, "peak": peak()}


# --- the tables ------------------------------------------------------------------------------------------------------


def in_process(python: str, seconds: float, *words: object) -> dict[str, Any] | None:
    """Run one measurement in a new process; give nothing if it takes too long."""
    command = [python, str(Path(__file__).resolve()), "--child", *(str(word) for word in words)]
    environment = dict(os.environ) | ({"PYTHONPATH": str(ROOT)} if python == sys.executable else {})
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def count(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def our_rows() -> list[str]:
    rows = []
    for shape in SHAPES:
        for size in SIZES:
            found = in_process(sys.executable, 600, "ours", shape, size)
            assert found is not None, f"{shape} {size} took ten minutes"
            rows.append(
                f"| {shape} | {count(size)} | {found['seconds']:.2f} s | {found['cpu']:.2f} s "
                f"| {count(found['derived'])} | {count(found['proved'])} | {found['false']} "
                f"| {found['contradictions']} | {found['cpu'] / max(found['derived'], 1) * 1e6:.0f} µs "
                f"| {found['peak']:.0f} MB |"
            )
    return rows


def semra_rows(python: str, seconds: float) -> list[str]:
    rows = []
    for shape in SHAPES:
        for size in SEMRA_SIZES[shape]:
            ours = in_process(sys.executable, 600, "ours", shape, size)
            assert ours is not None
            for limit in (SEMRA_LIMIT, NO_LIMIT) if shape == "nm" else (SEMRA_LIMIT,):
                # Its imports alone take ten seconds and more; they are in the time-out, not in the figure.
                found = in_process(python, seconds + 60, "semra", shape, size, limit)
                words = "lifted" if limit == NO_LIMIT else f"{limit} clauses"
                theirs = (
                    f"more than {seconds:.0f} s | | | "
                    if found is None
                    else f"{found['seconds']:.2f} s | {count(found['derived'])} | {found['false']} "
                    f"| {found['peak']:.0f} MB "
                )
                rows.append(
                    f"| {shape} | {count(size)} | {words} | {theirs}"
                    f"| {ours['seconds']:.3f} s | {count(ours['derived'])} | {ours['peak']:.0f} MB |"
                )
    return rows


def csv_rows() -> list[str]:
    rows = []
    for fault, words in FAULTS.items():
        found = in_process(sys.executable, 600, "csv", 10_000, fault)
        assert found is not None
        rows.append(
            f"| 10 000 | {words} | {found['seconds']:.2f} s | {count(found['told'])} | {found['peak']:.0f} MB |"
        )
    return rows


def tables(semra: str | None, seconds: float) -> str:
    lines = [
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; each "
        "row one process, one run. Time: derivation, search for contradictions and the list of all claims together; "
        "CPU: what of it this process worked, where the machine had other work too; per derived: CPU.",
        "",
        "| shape | relations | time | CPU | derived | proved | false | contradictions | per derived | memory |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *our_rows(),
        "",
    ]
    if semra:
        lines += [
            "SeMRA's `infer_chains` on the same relations, in the same run. intersects-with is `skos:relatedMatch` "
            "there; it has no word for no-relationship, which is left out of its input. It is given both directions "
            "and no evidence, whose hashing would take most of its time. Derived: by SeMRA, pairs that were not "
            "stated, each once; by imsmap also what is narrower than stated.",
            "",
            "| shape | relations | its limit | SeMRA | derived | false | peak | imsmap | derived | peak |",
            "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|",
            *semra_rows(semra, seconds),
            "",
        ]
    lines += [
        "A mapping as CSV, read and checked against ISO 9001:2015 and ISO 14001:2015:",
        "",
        "| rows | | time | lines told | peak memory |",
        "|---:|---|---:|---:|---:|",
        *csv_rows(),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure all and print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--semra", metavar="PYTHON", help="an interpreter that has semra 0.3")
    parser.add_argument("--seconds", type=float, default=120, help="give up on one SeMRA figure after this time")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        kind, *words = options.child
        if kind == "csv":
            print(json.dumps(run_csv(int(words[0]), words[1])))
        elif kind == "semra":
            print(json.dumps(run_semra(words[0], int(words[1]), int(words[2]))))
        else:
            print(json.dumps(run_ours(words[0], int(words[1]))))
        return
    text = tables(options.semra, options.seconds)
    print(text)
    if options.write:
        from page import put

        put("derivation", text)


if __name__ == "__main__":
    main()
