from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.library.guides import ASSESSED
from imsmap.library.load import load
from tests.fixtures import MAPPINGS

FAMILIES = """\
author: tester
confidence: "0.5"
source: invented
families:
  - number: "90000"
    title: Widgets
    discipline: quality
    requirements: "90001"
    purpose: Good widgets.
    members:
      - number: ISO 90001
        title: Widget systems
        edition: "2030"
        what: What a widget system must do.
        assessed: certifiable
        buy: first
      - number: ISO 90002
        title: Widget words
        edition: "2030"
        what: Words.
        assessed: guidance
        buy: on need
        confidence: "0.9"
        source: a catalogue
"""


@pytest.fixture
def held(mini_root: Path) -> Path:
    (mini_root / "families.yaml").write_text(FAMILIES, "utf-8")
    return mini_root


def problems(root: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load(root)
    return [str(problem).removeprefix(f"{root.as_posix()}/") for problem in caught.value.problems]


def test_families_load_with_inherited_confidence_and_source(held: Path):
    (family,) = load(held).families
    assert [(member.number, member.confidence, member.source) for member in family.members] == [
        ("ISO 90001", 0.5, "invented"),
        ("ISO 90002", 0.9, "a catalogue"),
    ]


def test_a_library_may_do_without_families(mini_root: Path):
    library = load(mini_root)
    assert (library.families, library.comparisons) == ((), ())
    assert all(standard.profile is None for standard in library.standards)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("assessed: guidance", "assessed: perhaps", "families.yaml:21: assessed 'perhaps' is not known; there are"),
        ("buy: on need", "buy: nxt", "families.yaml:22: buy 'nxt' is not known; did you mean next?"),
        ('requirements: "90001"', 'requirements: "90002"', "families.yaml:8: 90002 is no member that is certifiable"),
        ("discipline: quality", "discipline: qualty", "families.yaml:7: discipline 'qualty' is not known"),
        ("number: ISO 90002", "number: ISO 90001", "families.yaml:17: number 'ISO 90001' is here twice"),
        ("what: Words.", "what: ''", "families.yaml:20: what is empty"),
        ("families:", "comparisons: [{families: ['1']}]\nfamilies:", "families.yaml:4: the key 'question' is missing"),
        ("title: Widgets", "titel: Widgets", "families.yaml:6: unknown key 'titel'; did you mean 'title'?"),
        ("families:\n", "families: 3\nothers:\n", "families.yaml:4: here belongs a list"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(held: Path, old: str, new: str, message: str):
    text = (held / "families.yaml").read_text("utf-8")
    assert old in text
    (held / "families.yaml").write_text(text.replace(old, new, 1), "utf-8")
    assert any(problem.startswith(message) for problem in problems(held)), problems(held)


def test_a_profile_is_read_and_checked(mini_root: Path):
    path = mini_root / "standards/iso90001-2030.yaml"
    words = "".join(
        f"  {name}: x\n"
        for name in ("purpose", "manages", "benefits", "focus", "sectors", "certified", "not_certified")
    )
    profile = f'profile:\n{words}  confidence: "0.5"\n  source: invented\n'
    path.write_text(path.read_text("utf-8").replace("\nclauses:", f"\n{profile}clauses:"), "utf-8")
    (read,) = (s for s in load(mini_root).standards if s.key == "iso90001-2030")
    assert read.profile is not None
    assert (read.profile.not_certified, read.profile.confidence) == ("x", 0.5)
    path.write_text(path.read_text("utf-8").replace("  focus: x", "  focus: ''"), "utf-8")
    assert any("focus is empty" in problem for problem in problems(mini_root))


def test_the_real_families_have_one_member_each_to_be_bought_first_and_it_is_certifiable():
    library = load(MAPPINGS)
    assert {family.number for family in library.families} >= {"9000", "14000"}
    for family in library.families:
        certifiable = {member.number for member in family.members if member.assessed == ASSESSED[0]}
        first = [member.number for member in family.members if member.buy == "first"]
        assert [number.split()[-1] for number in first] == [family.requirements]
        assert certifiable >= set(first)
        assert all(member.source and 0 < member.confidence <= 1 for member in family.members)
        assert all("recalled" in m.source.lower() for m in family.members if m.confidence < 0.7)


@pytest.mark.slow
def test_the_real_families_stand_apart_from_the_standards(tmp_path: Path):
    root = tmp_path / "mappings"
    shutil.copytree(MAPPINGS, root)
    (root / "families.yaml").unlink()
    before, after = load(MAPPINGS), load(root)
    assert after.standards == before.standards
    assert after.relations == before.relations
