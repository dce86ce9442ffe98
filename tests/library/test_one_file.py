"""A new standard is one file: what it needs stands in it, and the check finds nothing to say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from imsmap.reasoning.groups import Grouping
from tests.fixtures import Answer
from tests.library.test_load_sheets import AUDIT

KEY = "works-rule-7"
FILE = f"standards/{KEY}.yaml"
OTHER = "iso90001-2030"


@pytest.fixture
def root(mini_root: Path) -> Path:
    shutil.copytree(Path(__file__).parents[1] / "data/good/own", mini_root, dirs_exist_ok=True)
    return mini_root


def test_the_check_is_green_and_tells_in_one_line_which_pairs_nobody_assessed(
    imsmap: Callable[..., Answer], root: Path
) -> None:
    answer = imsmap("check", root)
    assert (answer.code, answer.err) == (0, "")
    first, second = answer.out.splitlines()
    assert "no problems" in first
    assert second == (
        "Of 3 pairs of standards 2 were not looked at as a whole, and nothing is known of them beyond the common core "
        "and what is stated: ISO 90001:2030 and Works Rule 7; ISO 91001:2030 and Works Rule 7."
    )


def test_topics_disciplines_audit_questions_and_profile_come_from_its_own_file(root: Path) -> None:
    library = load(root)
    graph = ClauseGraph(library)
    assert graph.discipline(KEY).letter == "R"
    assert [topic.id for topic in library.topics] == ["widgets", "robots"]
    (question,) = library.audit_questions
    assert (question.group, question.author, question.confidence) == ("robots", "tester", 0.8)
    assert graph.standard(KEY).profile is not None
    assert graph.standard(KEY).family == ""


def test_advice_of_a_topic_is_short(root: Path) -> None:
    file = root / FILE
    text = file.read_text("utf-8")
    assert "id: robots," in text
    for advice, wrong in (("one rule for all robots", False), ("one rule for all the robots", True)):
        file.write_text(text.replace("id: robots,", f"id: robots, advice: {advice},"), "utf-8")
        if wrong:
            with pytest.raises(DataError, match="at most 5 words"):
                load(root)
        else:
            assert load(root).topics[-1].advice == advice


def test_a_question_that_does_not_need_it_sees_nothing_of_it(root: Path) -> None:
    library = load(root, [OTHER])
    assert [topic.id for topic in library.topics] == ["widgets"]
    assert library.audit_questions == ()


def test_the_topic_of_a_clause_wins_over_its_core_points(root: Path) -> None:
    grouping = Grouping(ClauseGraph(load(root)), (OTHER, KEY))
    assert grouping.home[f"{KEY}:REQ-2"] == "robots"
    assert grouping.home[f"{KEY}:REQ-1"] == "4.1"
    groups = {group.id: group for group in grouping.groups}
    assert groups["robots"].home[KEY] == (f"{KEY}:REQ-2",)
    assert groups["8.1"].also[KEY] == (f"{KEY}:REQ-2",)


def test_the_matrix_shows_it_beside_another(imsmap: Callable[..., Answer], root: Path) -> None:
    values = json.loads(imsmap("matrix", "90001", "Works Rule 7", "--format", "json", mappings=root).out)
    topics = {group["id"]: group for group in values["groups"]}
    assert [clause["number"] for clause in topics["robots"]["clauses"][KEY]] == ["REQ-2"]
    assert [clause["number"] for clause in topics["8.1"]["also"][KEY]] == ["REQ-2"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- {id: robots,", "- {id: widgets,", "topic widgets is told otherwise in "),
        (
            'main: "8", after: "8.1"',
            'main: "2", after: "2"',
            "no clause 2 in hs-2021, after which to stand; there are 4,",
        ),
        ("letter: R", "letter: Q", "letter Q is told otherwise in "),
        ("{key: robots,", "{key: quality,", "discipline quality is told otherwise in "),
        ("    topic: robots", "    topic: robot", "is neither in library.yaml nor in this file; did you mean robots?"),
        ("- group: robots", "- group: robot", "no topic of library.yaml or this file; did you mean robots?"),
        (
            "    informative: true\n",
            "",
            "leaf clause 1 has no points; say what it asks for, or write `informative: true`",
        ),
        ("structure: none", "structure: hs-2012", "structure hs-2012 is not known; did you mean hls-2012"),
        (
            "edition:",
            "series: Iso 90001\nedition:",
            "no other edition has the series 'Iso 90001'; did you mean ISO 90001?",
        ),
        ("published:", "publishd: x\npublished:", "unknown key 'publishd'; did you mean 'published'?"),
    ],
)
def test_what_its_file_says_wrong_is_told_at_its_line(root: Path, old: str, new: str, told: str) -> None:
    path = root / FILE
    text = path.read_text("utf-8")
    assert old in text, "the case does not fit the file"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataError) as caught:
        load(root)
    assert any(problem.line and told in problem.message for problem in caught.value.problems), caught.value


def test_two_standards_may_tell_one_topic_in_the_same_words(root: Path) -> None:
    second = (root / FILE).read_text("utf-8").replace("works-rule-7", "works-rule-8").replace("Rule 7", "Rule 8")
    (root / "standards/works-rule-8.yaml").write_text(second, "utf-8")
    library = load(root)
    assert [topic.id for topic in library.topics] == ["widgets", "robots"]
    assert len(library.audit_questions) == 1
    (root / "standards/works-rule-8.yaml").write_text(second.replace("Who looks", "Who else looks"), "utf-8")
    with pytest.raises(DataError, match="question robots is told otherwise in "):
        load(root)


def test_two_standards_may_not_be_called_the_same(root: Path) -> None:
    path = root / FILE
    path.write_text(
        path.read_text("utf-8").replace("designation: Works Rule 7", "designation: ISO 90001:2030"), "utf-8"
    )
    with pytest.raises(
        DataError, match=r"ISO 90001:2030 is also what .*iso90001-2030.yaml:1 is called; tell them apart"
    ):
        load(root)


def test_a_group_without_a_question_is_told_where_one_may_be_added(imsmap: Callable[..., Answer], root: Path) -> None:
    (root / "audit.yaml").write_text(AUDIT.partition('  - group: "8.1"')[0], "utf-8")
    told = imsmap("check", root).out
    assert "Works" not in "".join(line for line in told.splitlines() if "audit question" in line)
    path = root / FILE
    path.write_text(path.read_text("utf-8").replace("group: robots", 'group: "8.1"'), "utf-8")
    told = imsmap("check", root).out
    assert f"{FILE}:45: group robots (Works Rule 7, REQ-2) has no audit question; add one" in told
