"""Every question about three and four standards of realistic size: the real ones, and two invented from their data."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from imsmap.api.upkeep import unassessed_pairs
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import catalogue, load
from imsmap.library.load.dumping import dump
from tests.cli.test_cli import VERSIONS
from tests.fixtures import Answer

Command = Callable[..., Answer]
A, B, C, D = "iso9001-2015", "iso14001-2015", "iso24901-2031", "iso29901-2031"
QUESTIONS = (
    ("overlap", A, B, C),
    ("matrix", A, B, C, D),
    ("friends", A, B, C),
    ("coverage", A, B, C, D),
    ("documents", A, B, C),
    ("gap", "--have", A, "--have", B, "--want", C),
)
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=[words[0] for words in QUESTIONS])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, two_standards: Path) -> Path:
    """Add to ISO 9001 and ISO 14001 the same once more as two other standards with fewer points."""
    root = tmp_path_factory.mktemp("many") / "mappings"
    shutil.copytree(two_standards, root)
    for standard in load(two_standards).standards:
        key = {A: D, B: C}[standard.key]
        number = key[3:8]
        clauses = tuple(
            evolve(
                clause,
                standard=key,
                points=tuple(p for i, p in enumerate(clause.points) if p.core or i % 3 == 0) or clause.points[:1],
            )
            for clause in standard.clauses
        )
        clauses = tuple(
            evolve(c, topic=c.topic or ("emergency-preparedness" if c.points and not _has_core(c.points) else None))
            for c in clauses
        )
        invented = evolve(
            standard,
            key=key,
            designation=f"ISO {number}:2031",
            family=number,
            published="2031-01",
            successor=None,
            clauses=clauses,
        )
        (root / "standards" / f"{key}.yaml").write_text(dump(invented), "utf-8")
    return root


def _has_core(points: tuple[object, ...]) -> bool:
    return any(getattr(point, "core", None) for point in points)


@pytest.mark.slow
@every_question
def test_each_format_answers(imsmap: Command, library: Path, question: tuple[str, ...]) -> None:
    values = json.loads(imsmap(*question, "--format", "json", mappings=library).out)
    assert (values["analysis"], values["version"]) == (question[0], VERSIONS.get(question[0], 1))
    rows = list(csv.reader(io.StringIO(imsmap(*question, "--format", "csv", mappings=library).out)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert imsmap(*question, "--format", "markdown", mappings=library).out.startswith("# ")
    table = imsmap(*question, mappings=library)
    assert table.code == 0
    assert max(len(line) for line in table.out.splitlines()) <= 80
    assert imsmap(*question, "-o", "x.xlsx", "--date", "2026-01-31", mappings=library).code == 0
    assert len(openpyxl.load_workbook("x.xlsx").sheetnames) >= 2


@pytest.mark.slow
def test_of_each_pair_the_answer_is_the_same_as_alone(imsmap: Command, library: Path) -> None:
    together = json.loads(imsmap("overlap", A, B, C, "--format", "json", mappings=library).out)
    alone = json.loads(imsmap("overlap", A, B, "--format", "json", mappings=library).out)
    pair = together["pairs"][0]
    assert pair == {key: alone[key] for key in pair}
    core = together["core"]
    assert len(core["all"]) + len(core["some"]) + len(core["one"]) + len(core["nobody"]) == core["points"]


def test_every_leaf_clause_of_every_standard_stands_in_one_row(imsmap: Command, library: Path) -> None:
    values = json.loads(imsmap("matrix", A, B, C, D, "--format", "json", mappings=library).out)
    listed = [c["ref"] for group in values["groups"] for clauses in group["clauses"].values() for c in clauses]
    sizes = {standard["key"]: standard["leaf_clauses"] for standard in values["standards"]}
    assert len(listed) == len(set(listed)) == sum(sizes.values())
    assert {len(group["classes"]) for group in values["groups"]} <= {3, 4, 5, 6}


def test_false_friends_are_named_with_the_standards_that_they_mislead(imsmap: Command, library: Path) -> None:
    values = json.loads(imsmap("friends", A, B, C, "--format", "json", mappings=library).out)
    found = {(entry["number"], entry["subject"], entry["object"]) for entry in values["false_friends"]}
    assert {("8.2", f"{A}:8.2", f"{B}:8.2"), ("9.1.2", f"{A}:9.1.2", f"{B}:9.1.2")} <= found
    # Nobody has looked at the third: what is not assessed is never a false friend.
    assert not any(C in subject + object_ for _, subject, object_ in found)


def test_a_question_about_two_reads_also_what_ties_them_through_a_third(imsmap: Command, mini_root: Path) -> None:
    one, other, third = "iso90001-2030", "iso91001-2030", "iso92001-2030"
    text = (mini_root / f"standards/{other}.yaml").read_text("utf-8")
    (mini_root / f"standards/{third}.yaml").write_text(text.replace("91001", "92001"), "utf-8")
    (mini_root / f"relations/{one}_{other}.yaml").unlink()
    for subject, object_ in ((one, third), (third, other)):
        (mini_root / f"relations/{subject}_{object_}.yaml").write_text(
            f"subject: {subject}\nobject: {object_}\nauthor: tester\nconfidence: '0.8'\nsource: invented for tests\n"
            "justification: invented for tests\nrelations:\n  - {id: some, subject: '8.2', predicate: subset-of, "
            "object: '8.2', strength: '4', shared: Some., differs: Other.}\n",
            "utf-8",
        )
    values = json.loads(imsmap("overlap", one, other, "--format", "json", mappings=mini_root).out)
    assert [entry["key"] for entry in values["standards"]] == [one, other]
    link = next(link for link in values["links"] if link["subject"] == f"{one}:8.2.1")
    assert (link["object"], link["basis"], link["possible"]) == (f"{other}:8.2", ["derived"], ["subset-of"])
    told = imsmap("explain", f"{one}:8.2.1", f"{other}:8.2", mappings=mini_root).out
    assert "It follows from these premises: ISO 90001:2030, 8.2.1 subset-of ISO 92001:2030, 8.2" in " ".join(
        told.split()
    )


def test_the_check_of_standards_that_nobody_compared_says_so_in_one_line(
    imsmap: Command, library: Path, two_standards: Path
) -> None:
    answer = imsmap("check", library)
    assert answer.code == 0, answer.out
    first, second = answer.out.splitlines()
    heads = catalogue([library])
    names = ", ".join(head.designation for head in sorted(heads, key=lambda head: head.key))
    assert f"no problems. Checked {names}: " in first
    pairs, ours = (math.comb(len(found), 2) for found in (heads, catalogue([two_standards])))
    looked_at = ours - len(unassessed_pairs(ClauseGraph(load(two_standards))))
    assert looked_at == 1
    assert second.startswith(f"Of {pairs} pairs of standards {pairs - looked_at} were not looked at as a whole")
