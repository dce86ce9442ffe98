from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import attrs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imsmap.errors import DataError, ImsmapError
from imsmap.library.load import catalogue, find_mappings, load, load_with_places
from imsmap.library.load.checks.words import NO_SOURCE
from imsmap.library.load.dumping import dump
from imsmap.library.model import Documented, Point, Standard
from tests.drawn import tried
from tests.fixtures import MAPPINGS
from tests.once import shipped

ROOT = Path(__file__).parents[2]
ONE = "standards/iso90001-2030.yaml"
HUB = "structures/hs-2021.yaml"
RELATIONS = "relations/iso90001-2030_iso91001-2030.yaml"


def problems(root: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load(root)
    return [str(problem).removeprefix(f"{root.as_posix()}/") for problem in caught.value.problems]


def test_the_tiny_library_loads_with_inherited_confidence_and_source(mini_root: Path) -> None:
    library = load(mini_root)
    assert [standard.key for standard in library.standards] == ["iso90001-2030", "iso91001-2030"]
    clauses = {clause.number: clause for clause in library.standards[0].clauses}
    assert clauses["4.1"].points[0].confidence == 0.9
    assert clauses["4.1"].points[1].confidence == 0.5
    assert (clauses["8.2.1"].confidence, clauses["8.2.1"].points[0].source) == (0.7, "recalled and not checked")
    assert clauses["8.1"].points[0].documented == Documented("maintain", "Plan of widget making")
    relation = library.relations[0]
    assert (relation.id, relation.subject, relation.object) == (
        "iso90001-2030_iso91001-2030#oil-and-water",
        ("iso90001-2030:8.2",),
        ("iso91001-2030:",),
    )


def test_only_the_standards_that_are_needed_are_read(mini_root: Path) -> None:
    (mini_root / "standards/iso91001-2030.yaml").write_text("broken: [", "utf-8")
    library = load(mini_root, ["iso90001-2030"])
    assert [standard.key for standard in library.standards] == ["iso90001-2030"]
    assert library.relations == ()


def test_the_catalogue_reads_no_clause(mini_root: Path) -> None:
    path = mini_root / ONE
    head = path.read_text("utf-8").partition("clauses:")[0]
    path.write_text(head + "clauses: [&what *ever", "utf-8")
    heads = catalogue(mini_root)
    assert [(head.key, head.edition, head.confidence) for head in heads] == [
        ("iso90001-2030", "1", 0.9),
        ("iso91001-2030", "1", 0.9),
    ]
    assert heads[0].successor is not None


def test_the_head_of_a_standard_may_stand_below_its_clauses(mini_root: Path) -> None:
    heads = catalogue(mini_root)
    path = mini_root / ONE
    head, mark, clauses = path.read_text("utf-8").partition("clauses:\n")
    path.write_text(f"{mark}{clauses}\n{head}", "utf-8")
    assert catalogue(mini_root) == heads


def test_places_tell_file_and_line_of_clauses_points_and_relations(mini_root: Path) -> None:
    _, places = load_with_places(mini_root)
    lines = (mini_root / ONE).read_text("utf-8").splitlines()
    assert lines[places["iso90001-2030:8.1#polish"].line - 1].strip() == "- id: polish"
    assert places["iso90001-2030_iso91001-2030#no-flood"].shown.endswith(RELATIONS)


# --- each fault alone ----------------------------------------------------------------------------------------------

FAULTS = [
    (ONE, '"8.2.1"', '"8.3.1"', "48: clause 8.3.1 has no parent 8.3; add it or correct the number"),
    (ONE, '"8.2.1"', '"8.1"', "48: number '8.1' is here twice, first in line 36; rename one"),
    (ONE, '  - number: "8.1"\n', '  - number: A\n    title: Controls\n  - number: A.10\n    title: b\n    theme: Care\n    topic: widgets\n    points: [{id: a, adds: b, text: c}]\n  - number: A.9\n    title: b\n    theme: Care\n    topic: widgets\n    points: [{id: a, adds: b, text: c}]\n  - number: "8.1"\n', "43: clause A.9 stands behind A.10; controls stand in the order of their numbers"),
    (ONE, '  - number: "8.1"\n', '  - number: A\n    title: Controls\n  - number: A.2\n    title: b\n    theme: Care\n    topic: widgets\n    points: [{id: a, adds: b, text: c}]\n  - number: A.03\n    title: b\n    theme: Care\n    topic: widgets\n    points: [{id: a, adds: b, text: c}]\n  - number: "8.1"\n', "43: clause A.03 is written with a zero, and others beside it are not; write A.3"),
    (ONE, '  - number: "8.2"\n', '  - number: "8.2"\n    theme: Care\n', "47: clause 8.2 is a heading of others; write the theme at each control"),
    (ONE, '  - number: "8.2.1"\n', '  - number: "8.2.1"\n    theme: Care\n', "36: control 8.1 has no theme; write under `theme`"),
    (ONE, '"8.2.1"', '"8..x"', "48: '8..x' is no clause number; write one such as 8.5.1 or A.5.9"),
    (ONE, "        core: issues", "        core: isues", "25: core point isues does not exist; did you mean issues?"),
    (ONE, "        adds: Polish\n", "        adds: Polish\n        core: planned\n", "43: point polish must have either"),
    (ONE, "        adds: Polish\n", "", "43: point polish must have either"),
    (ONE, "        adds: Polish\n", "        core: planned\n", "36: clause 8.1 instantiates core point planned twice"),
    (ONE, "    topic: widgets\n", "", "48: clause 8.2.1 has no core point and so needs a topic"),
    (ONE, "    topic: widgets\n", "    topic: wigets\n", "49: topic wigets is neither in library.yaml nor in this file; did you mean widgets?"),
    (ONE, "title: Widget care", "title:", "47: clause 8.2 needs its title; only deeper subclauses may have none"),
    (ONE, "    title: Widget care\n", "", "46: clause 8.2 needs its title; only deeper subclauses may have none"),
    (ONE, "text: Oil each widget.", "text: ''", "55: text is empty; fill it in or leave the key out"),
    (ONE, "text: Oil each widget.", "text: [Oil]", "55: here belongs a text, not a list or mapping"),
    (ONE, "text: Oil each widget.", f"text: {'x' * 501}", "55: text has 501 characters; say it in 500 or fewer"),
    (ONE, "text: Oil each widget.", "tekst: Oil.", "55: unknown key 'tekst'; did you mean 'text'?"),
    (ONE, "        text: Oil each widget.", "", "53: the key 'text' is missing; add it"),
    (ONE, 'confidence: "0.5"\n    notes', 'confidence: "1.5"\n    notes', "31: confidence must lie between 0 and 1, not 1.5"),
    (ONE, 'confidence: "0.7"', "confidence: high", "50: confidence must be a number from 0 to 1, not 'high'"),
    (ONE, "kind: maintain", "kind: kept", "42: kind 'kept' is not known; use maintain, retain, available, keep"),
    (ONE, "discipline: quality", "discipline: qualty", "5: discipline qualty is not known; did you mean quality?"),
    (ONE, "structure: hls-2012", "structure: hls", "10: structure hls is not known; there are hls-2012, hs-2021"),
    (ONE, "status: transition", "status: old", "8: status 'old' is not known; use current, transition, withdrawn"),
    (ONE, "key: iso90001-2030", "key: iso90001-2031", "1: key iso90001-2031 and the file's name iso90001-2030 differ"),
    (ONE, 'amendment: "Amd 1:2031"', 'amendment: "Amd 2"', "29: amendment Amd 2 is not among the standard's amendments"),
    (ONE, "    title: Scope", "    title: Scope\n    informative: true\n    points: [{id: a, core: issues, text: b}]", "19: clause 1 asks for nothing and has points"),
    (ONE, "    title: Scope", "    title: Scope\n    informative: maybe", "19: here belongs true or false, not 'maybe'"),
    (ONE, "  - number: \"8.2\"\n", "  - number: \"8.2\"\n    points: [{id: a, adds: b, text: c}]\n", "46: clause 8.2 has subclauses"),
    (ONE, "source: invented for tests\nclauses", "source: ''\nclauses", "source is empty"),
    (ONE, "clauses:", "clauses: none\nclaws:", "unknown key 'claws'; did you mean 'clauses'?"),
    (HUB, "id: planned", "id: issues", "24: core point issues stands here twice, first in line 14; keep one"),
    (HUB, "title: Context", "title: Context\n    advice: one two three four five six", "advice has at most 5 words; say it shorter"),
    (ONE, "successor: {", "successor: {transition_ends: {date: soon, confidence: 0.8, source: a}, ", "date 'soon' is no date; write one such as 2015"),
    (ONE, "successor: {", "successor: {last_certificates: {date: '2031', confidence: 0.8, source: '?'}, ", "source '?' names none"),
    (HUB, "title: Context", "title: Context\n    short: one two three four", "short has at most 3 words; say it shorter"),
    (ONE, "    title: Scope", "    title: Scope\n    gist: one two three four five six seven eight nine", "gist has at most 8 words; say it shorter"),
    ("structures/hls-2012.yaml", "[planned]", "[plan]", "18: core point plan does not exist; did you mean planned?"),
    ("structures/hls-2012.yaml", "places: [issues]", "points: [{id: a, text: b}]", "only hs-2021 defines core points"),
    ("library.yaml", "id: widgets, title", "id: widgets, titel", "unknown key 'titel'; did you mean 'title'?"),
    ("library.yaml", "letter: E", "letter: Q", "6: letter 'Q' is here twice, first in line 5; rename one"),
    ("library.yaml", 'after: "8.1"', 'after: "9.1"', "8: 9.1 does not lie in main clause 8; correct one of them"),
    ("library.yaml", 'after: "8.1"', 'after: "8.4"', "8: no clause 8.4 in hs-2021, after which to stand; did you mean 8.1"),
    (RELATIONS, 'object: "8.2"', 'object: "8.9"', "18: no clause 8.9 in iso91001-2030; did you mean 8.2"),
    (RELATIONS, 'object: "8.2"', 'object: "8.2#fold"', "18: no point 8.2#fold in iso91001-2030; did you mean 8.2#flood"),
    (RELATIONS, "object: iso91001-2030", "object: iso9100-2030", "2: no standard iso9100-2030 in standards/; did you mean iso91001-2030"),
    (RELATIONS, 'object: "8.2"', 'object: "iso91001-2030:8.2"', "18: no clause iso91001-2030:8.2 in iso91001-2030; write 8.2 alone"),
    (RELATIONS, 'object: "8.2"', 'object: "iso90001-2030:8.2"', "18: no clause iso90001-2030:8.2 in iso91001-2030; in this file each object is of iso91001-2030"),
    (RELATIONS, 'object: "8.2"', 'object: "8.1#zzz"', "18: no point 8.1#zzz in iso91001-2030; there is 8.1#planned"),
    (RELATIONS, 'object: "8.2"', 'object: "77"', "18: no clause 77 in iso91001-2030; there are 4, 4.1, 8, 8.1, 8.2"),
    (ONE, "published: ", "published: 2030-13 #", "published '2030-13' is no date; write one such as 2015, 2015-09 or 2015-09-15"),
    (ONE, "published: ", "published: 2030-1 #", "published '2030-1' is no date; write one such as 2015, 2015-09 or 2015-09-15"),
    (RELATIONS, "object: iso91001-2030", "object: iso90001-2030", "2: a mapping set relates two standards"),
    (RELATIONS, "predicate: no-relationship\n    object: \"8.2\"", "predicate: none\n    object: \"8.2\"", "17: predicate 'none' is not known"),
    (RELATIONS, "id: no-flood", "id: oil-and-water", "14: id 'oil-and-water' is here twice, first in line 8; rename one"),
    (RELATIONS, "    differs: Widgets know no floods.\n", "", "14: `differs` is missing; say why there is none"),
    (RELATIONS, 'confidence: "0.6"', 'confidence: "0.6"\n    strength: "11"', "strength must be a whole number from 1 (weak) to 10, not '11'"),
    (RELATIONS, 'confidence: "0.6"', 'confidence: "0.6"\n    strength: "3"', "no-relationship has no strength; remove the key"),
    (RELATIONS, 'predicate: no-relationship\n    object: "8.2"', 'predicate: equal-to\n    object: "8.2"', "14: strength is missing"),
    (RELATIONS, '    subject: "*"\n    predicate: no-relationship\n    object: "8.2"', '    subject: "8.2"\n    predicate: no-relationship\n    object: "*"', "14: no-flood relates the same pair as no-relationship here and also in line 8; keep one"),
    (RELATIONS, '    subject: "*"\n    predicate: no-relationship\n    object: "8.2"', '    subject: "8.2"\n    predicate: subset-of\n    strength: "4"\n    shared: All.\n    object: "*"', "14: no-flood relates the same pair as subset-of here and as no-relationship in line 8; keep one"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS, ids=[f[3][:40] for f in FAULTS])
def test_each_fault_is_told_with_its_line_and_what_to_do(
    mini_root: Path, file: str, old: str, new: str, expected: str
) -> None:
    path = mini_root / file
    text = path.read_text("utf-8")
    assert old in text, "the case does not fit the file"
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = problems(mini_root)
    assert any(line.startswith(file) and expected in line.removeprefix(f"{file}:") for line in found), found


def test_what_has_the_key_of_another_is_not_held_against_what_is_said_of_that_other(mini_root: Path) -> None:
    text = (mini_root / ONE).read_text("utf-8")
    (mini_root / ONE).write_text(text.replace("key: iso90001-2030", "key: iso91001-2030", 1), "utf-8")
    words = "key iso91001-2030 and the file's name iso90001-2030 differ; make them the same"
    assert problems(mini_root) == [f"{ONE}:1: {words}"]


def test_all_faults_are_told_at_once_across_files(mini_root: Path) -> None:
    (mini_root / HUB).write_text((mini_root / HUB).read_text("utf-8") + "surplus: x\n", "utf-8")
    (mini_root / "structures/hls-2012.yaml").write_text("key: [\n", "utf-8")
    text = (mini_root / ONE).read_text("utf-8")
    (mini_root / ONE).write_text(text.replace("tekst", "text").replace("adds: Oil", "ads: Oil"), "utf-8")
    found = problems(mini_root)
    assert any("unknown key 'surplus'" in line for line in found)
    assert any("is not YAML here" in line for line in found)
    assert any("unknown key 'ads'; did you mean 'adds'?" in line for line in found)


def test_what_can_not_be_read_hides_no_other_problem_of_its_file_or_entry(mini_root: Path) -> None:
    path = mini_root / RELATIONS
    text = path.read_text("utf-8")
    text = text.replace('confidence: "0.6"', 'confidence: "1.6"').replace('object: "8.2"', 'object: "8.9"')
    path.write_text(
        text.replace("    differs: Oil and water do not mix.\n", "    diffs: Oil.\n    strength: 12\n"), "utf-8"
    )
    assert [line.removeprefix(f"{RELATIONS}:") for line in problems(mini_root)] == [
        "13: unknown key 'diffs'; did you mean 'differs'?",
        "14: strength must be a whole number from 1 (weak) to 10, not '12'",
        "19: no clause 8.9 in iso91001-2030; did you mean 8.2 or 8.1?",
        "20: confidence must lie between 0 and 1, not 1.6",
    ]


@pytest.mark.parametrize(
    ("name", "key", "written"),
    [
        (ONE, "confidence", "confidance"),
        (ONE, "designation", "desigantion"),
        (ONE, "        text", "        tekst"),
        (RELATIONS, "author", "auther"),
    ],
)
def test_a_key_that_is_misspelt_is_told_once_wherever_it_is_handed_down_to(
    mini_root: Path, name: str, key: str, written: str
) -> None:
    before, _, after = (mini_root / name).read_text("utf-8").partition(f"\n{key}:")
    (mini_root / name).write_text(f"{before}\n{written}:{after}", "utf-8")
    line, words = before.count("\n") + 2, f"unknown key {written.strip()!r}; did you mean {key.strip()!r}?"
    assert problems(mini_root) == [f"{name}:{line}: {words}"]
    if name == ONE and key == key.strip():
        with pytest.raises(DataError, match=re.escape(words)) as caught:
            catalogue(mini_root)
        assert len(caught.value.problems) == 1


def test_what_only_follows_from_something_unreadable_is_not_told(mini_root: Path) -> None:
    path = mini_root / ONE
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("    points:\n      - id: oiled", "    points: none\n    notes:\n      - id: x", 1), "utf-8"
    )
    found = problems(mini_root)
    assert any("here belongs a list" in line for line in found)
    assert not any("has no points" in line or "needs a topic" in line for line in found), found


@pytest.mark.parametrize("key", ["key", "designation", "discipline", "structure", "confidence", "source", "clauses"])
def test_a_key_that_is_missing_at_the_top_hides_nothing_below(mini_root: Path, key: str) -> None:
    path = mini_root / ONE
    text = path.read_text("utf-8").replace("core: climate-issue", "core: climate")
    lines = text.splitlines(keepends=True)
    at = next(index for index, line in enumerate(lines) if line.startswith(f"{key}:"))
    del lines[at : at + 1 if key != "clauses" else len(lines)]
    path.write_text("".join(lines), "utf-8")
    found = problems(mini_root)
    assert any(f"the key {key!r} is missing; add it" in line for line in found)
    if key != "clauses":
        assert any("core point climate does not exist" in line for line in found), found


@pytest.mark.parametrize("word", ["?", "unknown", "TBD", "none"])
def test_a_fact_without_a_source_is_told(mini_root: Path, word: str) -> None:
    for file, old in (
        (ONE, "source: recalled and not checked"),
        (RELATIONS, "source: invented for tests"),
        (HUB, "source:"),
    ):
        path = mini_root / file
        text = path.read_text("utf-8")
        line = next(line for line in text.splitlines() if line.strip().startswith(old))
        path.write_text(text.replace(line, f"{line.partition('source')[0]}source: '{word}'", 1), "utf-8")
    found = problems(mini_root)
    for file in (ONE, RELATIONS, HUB):
        assert any(line.startswith(file) and f"source {word!r} names none" in line for line in found), found


# --- standards that lie between others -----------------------------------------------------------------------------


def bridged(mini_root: Path, *pairs: tuple[str, str]) -> Path:
    """Give the library two further standards and files of relations between the pairs."""
    for key in ("iso92001-2030", "iso93001-2030"):
        number = key[3:8]
        text = (mini_root / "standards/iso91001-2030.yaml").read_text("utf-8")
        (mini_root / f"standards/{key}.yaml").write_text(text.replace("91001", number), "utf-8")
    (mini_root / RELATIONS).unlink()
    for one, other in pairs:
        (mini_root / f"relations/{one}_{other}.yaml").write_text(
            f"subject: {one}\nobject: {other}\nauthor: tester\nconfidence: '0.8'\nsource: invented for tests\n"
            "justification: invented for tests\nrelations:\n  - {id: some, subject: '8.1', predicate: subset-of, "
            "object: '8.1', strength: '4', shared: Some., differs: Other.}\n",
            "utf-8",
        )
    return mini_root


W, X, Y, Z = (f"iso9{digit}001-2030" for digit in "0123")


@pytest.mark.parametrize(
    ("pairs", "asked", "loaded"),
    [
        ([(W, X), (X, Y)], (W, Y), {W, X, Y}),
        ([(W, X), (X, Z), (Y, Z)], (W, Y), {W, X, Y, Z}),
        ([(W, Y), (X, Y), (X, Z)], (W, Y), {W, Y}),
        ([(W, X), (X, Y), (W, Y), (Y, Z)], (W, Y), {W, X, Y}),
        ([(W, X), (Y, Z)], (W, Y), {W, Y}),
        ([(X, Z), (W, Y)], (W,), {W}),
        ([], (W, Y), {W, Y}),
    ],
    ids=["through one", "through two", "a dead end", "a second way", "no way", "one standard", "no relations"],
)
def test_bridges_are_the_standards_through_which_relations_lead_from_one_named_to_another(
    mini_root: Path, pairs: list[tuple[str, str]], asked: tuple[str, ...], loaded: set[str]
) -> None:
    root = bridged(mini_root, *pairs)
    library = load(root, asked, bridges=True)
    assert {standard.key for standard in library.standards} == loaded
    assert {relation.id.partition("#")[0] for relation in library.relations} == {
        f"{one}_{other}" for one, other in pairs if {one, other} <= loaded
    }
    assert {standard.key for standard in load(root, asked).standards} == set(asked)


# --- files that are no mapping data --------------------------------------------------------------------------------

BROKEN: list[tuple[str | bytes, str]] = [
    ("", ":1: is empty; fill it or delete it"),
    ("   \n", ":1: is empty; fill it or delete it"),
    ("just words", ":1: must be a mapping with keys such as `key:` and `clauses:`"),
    ("- a\n- b\n", ":1: must be a mapping with keys such as `key:` and `clauses:`"),
    ("key: a\nkey: b\n", ":2: the key 'key' is here twice, first in line 1; keep one"),
    ("key: [a\n", "is not YAML here"),
    ("a: b\n\tc: d\n", ":2: is not YAML here"),
    ("key: &x a\nother: *x\n", ":1: uses an anchor or a tag (`&name`, `!tag`); write plain values"),
    ("key: *x\n", ":1: uses an alias"),
    ("key: !!python/object/apply:os.system [x]\n", ":1: uses an anchor or a tag"),
    ("key: a\n---\nkey: b\n", ":2: holds a second document (`---`); put it into a file of its own"),
    ("? [a, b]\n: c\n", ":1: uses a list or mapping as a key; keys are words"),
    ("key: a\x00b\n", "holds a character that YAML forbids"),
    ("key: a\x07b\n", "holds a character that YAML forbids"),
    (b"key: a\nname: \xff\xfe\n", ":2: is not UTF-8; save the file as UTF-8"),
]


@pytest.mark.parametrize(("content", "expected"), BROKEN)
def test_a_file_that_is_no_mapping_data_gets_a_clear_line(mini_root: Path, content: str | bytes, expected: str) -> None:
    path = mini_root / "standards" / "iso95000-2030.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = problems(mini_root)
    assert any(line.startswith("standards/iso95000-2030.yaml") and expected in line for line in found), found


@pytest.mark.parametrize(
    "text", ["[" * 30_000, "{a: " * 30_000, "- " * 30_000, "? " * 30_000, "[" * 30_000 + "]" * 30_000]
)
def test_text_nested_very_deep_is_refused_and_does_not_crash_the_process(mini_root: Path, text: str) -> None:
    (mini_root / "standards" / "iso95000-2030.yaml").write_text(f"key: {text}", "utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom imsmap.library.load import load\nfrom imsmap.errors import DataError\n"
        "try:\n    load(Path(sys.argv[1]))\nexcept DataError as error:\n    print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(mini_root)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "iso95000-2030.yaml:1: " in ran.stdout
    assert "deeper than" in ran.stdout or "is not YAML" in ran.stdout or "as a key" in ran.stdout


def test_a_file_over_ten_megabytes_is_refused(mini_root: Path) -> None:
    with (mini_root / ONE).open("r+b") as file:
        file.truncate(10_000_001)
    assert f"{ONE}: is larger than 10 MB; split it or remove what is no data" in problems(mini_root)


def test_a_byte_order_mark_is_read_over(mini_root: Path) -> None:
    path = mini_root / ONE
    path.write_text("\ufeff" + path.read_text("utf-8"), "utf-8")
    assert load(mini_root).standards[0].key == "iso90001-2030"


def test_a_file_that_cannot_be_read_is_told(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DataError, match="cannot be read"):
        load(mini_root)


# --- where the data are --------------------------------------------------------------------------------------------


def test_a_missing_mappings_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ImsmapError, match="there is no such folder"):
        find_mappings(tmp_path / "nowhere")
    with pytest.raises(ImsmapError, match=r"holds no library\.yaml"):
        find_mappings(tmp_path)


def test_the_folder_here_comes_before_the_installed_copy(
    mini_root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(mini_root.parent)
    assert find_mappings() == Path("mappings")
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert (find_mappings() / "library.yaml").is_file()


def test_without_any_data_the_line_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("imsmap.library.load.roots.INSTALLED", tmp_path / "a")
    monkeypatch.setattr("imsmap.library.load.roots._CHECKOUT", tmp_path / "b")
    with pytest.raises(ImsmapError, match="name one with --mappings"):
        find_mappings()


def test_a_library_without_its_hub_says_so(mini_root: Path) -> None:
    (mini_root / HUB).unlink()
    assert any("hs-2021.yaml, the hub, is missing; add it" in line for line in problems(mini_root))


# --- load and dump -------------------------------------------------------------------------------------------------

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40),
    st.sampled_from(
        [
            "=1+1",
            "no",
            "8.10",
            "~",
            "null",
            "# not a comment",
            "a: b",
            "- x",
            "'",
            '"',
            "\\",
            "{a}",
            "[b]",
            "*",
            "&a",
            "!t",
            "🌱",
            "שלום",
            "two\nlines",
            " lead",
            "trail ",
            "<b>&amp;",
            "%",
            "@x",
            "1e3",
            "0o7",
            "2030-01-01",
            "yes",
            "x" * 300,
        ]
    ),
)


@st.composite
def standards(draw: st.DrawFn, base: Standard) -> Standard:
    clauses = []
    for clause in base.clauses:
        points = tuple(
            attrs.evolve(
                point,
                text=draw(WORDS.filter(str.strip)),
                adds=None if point.adds is None else draw(WORDS.filter(str.strip)),
                confidence=draw(st.floats(0, 1)),
                source=draw(WORDS.filter(lambda text: text.strip() and text.strip().lower() not in NO_SOURCE)),
            )
            for point in clause.points
        )
        titled = clause.number.count(".") < 2
        title = draw(WORDS.filter(str.strip)) if titled else draw(st.one_of(st.just(""), WORDS.filter(str.strip)))
        clauses.append(attrs.evolve(clause, title=title, points=points, confidence=draw(st.floats(0, 1))))
    return attrs.evolve(base, title=draw(WORDS.filter(str.strip)), clauses=tuple(clauses))


@pytest.mark.slow
@settings(max_examples=tried(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_dumped_and_loaded_again_is_the_same(mini_root: Path, data: st.DataObject) -> None:
    base = load(Path(__file__).parents[1] / "data/good/mini").standards[0]
    changed = data.draw(standards(base))
    (mini_root / ONE).write_text(dump(changed), "utf-8", newline="\n")
    assert load(mini_root).standards[0] == changed


@pytest.mark.slow
def test_the_real_library_survives_dump_and_load(tmp_path: Path) -> None:
    library = shipped().library
    again = tmp_path / "mappings"
    shutil.copytree(MAPPINGS, again)
    for standard in library.standards:
        (again / "standards" / f"{standard.key}.yaml").write_text(dump(standard), "utf-8")
    assert load(again) == library


def test_the_order_of_clauses_is_that_of_the_file(mini_root: Path) -> None:
    from imsmap.library.graph import ClauseGraph

    path = mini_root / ONE
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    Random(7).shuffle(content["clauses"])
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8")
    graph = ClauseGraph(load(mini_root))
    numbers = [clause["number"] for clause in content["clauses"]]
    assert [clause.number for clause in graph.clauses("iso90001-2030")] == numbers
    assert graph.in_order(f"iso90001-2030:{number}" for number in sorted(numbers)) == tuple(
        f"iso90001-2030:{number}" for number in numbers
    )


@pytest.mark.parametrize(
    ("key", "clauses", "leaves"), [("iso9001-2015", 94, 65), ("iso14001-2015", 52, 32)], ids=["9001", "14001"]
)
def test_the_real_standards_have_the_official_number_of_clauses(
    real: Callable[[str], Standard], key: str, clauses: int, leaves: int
) -> None:
    standard = real(key)
    assert len(standard.clauses) == clauses
    assert sum(1 for clause in standard.clauses if clause.points) == leaves


def test_every_point_of_the_real_data_has_text_source_and_confidence(real: Callable[[str], Standard]) -> None:
    points: list[Point] = [
        point for key in ("iso9001-2015", "iso14001-2015") for clause in real(key).clauses for point in clause.points
    ]
    assert all(point.text and point.source and 0 < point.confidence <= 1 for point in points)
    assert all(len(point.text) <= 160 for point in points)
