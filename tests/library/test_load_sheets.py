"""Four optional files of a library: audit.yaml, integration.yaml, choose.yaml and words.yaml."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from imsmap.errors import DataError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import criteria, load, load_with_places
from imsmap.library.model import main_number
from imsmap.reasoning.checking import find_problems
from tests.fixtures import MAPPINGS, shuffle

AUDIT = """\
author: tester
confidence: "0.8"
source: invented
questions:
  - group: "4.1"
    question: What goes on?
    look_for: News.
    evidence: Papers.
  - group: "8.1"
    question: How is it run?
    look_for: Order.
    evidence: Plans.
    confidence: "0.6"
  - group: widgets
    question: How are widgets cared for?
    look_for: Oil.
    evidence: Cans.
"""
INTEGRATION = """\
author: tester
confidence: "0.7"
source: invented
cap:
  hours: "20"
  of: "100"
  text: The body decides.
  confidence: "0.9"
  source: invented
criteria:
  - id: one-book
    criterion: There is one book.
    evidence: The book.
  - id: one-talk
    criterion: There is one talk.
    evidence: The talk.
"""


CHOOSE = """\
author: tester
confidence: "0.6"
source: invented
sides:
  - {number: "9001", name: ISO 9001, discipline: quality, work: customers}
  - {number: "14001", name: ISO 14001, discipline: environment, work: aspects}
criteria:
  - id: capacity
    title: People
    question: Are there people?
    least: none
    most: many
    find: Count them.
  - id: green
    side: "14001"
    title: It is green
    question: How green is it?
    least: not at all
    most: very
    find: Look.
  - id: good
    side: "9001"
    title: It is good
    question: How good is it?
    least: not at all
    most: very
    find: Try.
"""

WORDS = """\
author: tester
confidence: "0.6"
source: invented
words:
  - says: [supplier]
    means: [external provider]
"""


@pytest.fixture
def root(mini_root: Path) -> Path:
    (mini_root / "audit.yaml").write_text(AUDIT, "utf-8")
    (mini_root / "integration.yaml").write_text(INTEGRATION, "utf-8")
    (mini_root / "choose.yaml").write_text(CHOOSE, "utf-8")
    (mini_root / "words.yaml").write_text(WORDS, "utf-8")
    return mini_root


def test_both_files_are_read_and_hand_down_what_their_entries_leave_out(root: Path):
    library = load(root)
    assert [question.group for question in library.audit_questions] == ["4.1", "8.1", "widgets"]
    assert [question.confidence for question in library.audit_questions] == [0.8, 0.6, 0.8]
    assert {question.author for question in library.audit_questions} == {"tester"}
    assert library.integration is not None
    assert [criterion.id for criterion in library.integration.criteria] == ["one-book", "one-talk"]
    assert (library.integration.cap.hours, library.integration.criteria[0].confidence) == ("20", 0.7)


def test_what_is_weighed_stands_standard_by_standard_and_the_capacity_last(root: Path):
    assert [criterion.id for criterion in load(root).criteria] == ["good", "green", "capacity"]
    assert criteria(root) == load(root).criteria
    assert load(root, guides=False).criteria == ()


def test_a_library_may_do_without_them(mini_root: Path):
    library = load(mini_root)
    assert library.audit_questions == ()
    assert library.integration is None
    assert library.criteria == criteria(mini_root) == ()
    assert not [problem for problem in check(mini_root) if "audit" in problem]


def check(root: Path) -> list[str]:
    library, places = load_with_places(root)
    found = find_problems(ClauseGraph(library), places)
    return [str(problem).removeprefix(f"{root.as_posix()}/") for problem in found]


FAULTS = [
    ("audit.yaml", '"8.1"', '"8.9"', "9: no group 8.9: no leaf clause of hs-2021 and no topic of library.yaml"),
    ("audit.yaml", '"8.1"', '"4.1"', "9: group '4.1' is here twice, first in line 5; rename one"),
    ("audit.yaml", "What goes on?", "''", "6: question is empty; fill it in or leave the key out"),
    ("audit.yaml", "look_for: News", "lookfor: News", "7: unknown key 'lookfor'; did you mean 'look_for'?"),
    ("audit.yaml", "    evidence: Cans.\n", "", "14: the key 'evidence' is missing; add it"),
    ("audit.yaml", "questions:", "questions: none\nmore:", "unknown key 'more'"),
    ("audit.yaml", "author: tester", "author: [", "is not YAML here"),
    ("integration.yaml", "id: one-talk", "id: one-book", "14: id 'one-book' is here twice, first in line 11"),
    ("integration.yaml", 'hours: "20"', "hours: some", "5: hours must be a whole number, not 'some'"),
    ("integration.yaml", 'hours: "20"', 'hours: "120"', "5: 120 of every 100 hours is no share; let"),
    ("integration.yaml", 'of: "100"', 'of: "1e2"', "6: of must be a whole number, not '1e2'"),
    ("integration.yaml", "text: The body decides.", "text: ''", "7: text is empty"),
    ("integration.yaml", "evidence: The talk.", "", "14: the key 'evidence' is missing; add it"),
    ("choose.yaml", "id: green", "id: good", "21: id 'good' is here twice, first in line 14"),
    ("choose.yaml", "id: green", "id: Green Things", "14: 'Green Things' is no name for a criterion; write small"),
    ("choose.yaml", "id: capacity", "id: people", "8: people has no side; name the standard that it pulls toward"),
    ("choose.yaml", 'side: "14001"', 'side: "14000"', "15: side '14000' is not known; did you mean 14001?"),
    ("choose.yaml", 'side: "14001"', 'side: "9001"', "one with side 14001 is missing; without it nothing can be"),
    ("choose.yaml", "find: Try.", "find: ''", "27: find is empty"),
    ("words.yaml", "says: [supplier]", "says: []", "5: says is empty or holds an empty word; fill it in"),
    ("words.yaml", "means: [external provider]", "means: ['']", "6: means is empty or holds an empty word"),
    ("choose.yaml", '"14001", name', '"9001", name', "6: number '9001' is here twice, first in line 5"),
    ("choose.yaml", '"14001", name', "both, name", "6: 'both' is no number by which a standard is called"),
    ("choose.yaml", "discipline: quality", "discipline: qualty", "5: discipline 'qualty' is not known; did you mean"),
    ("choose.yaml", "work: aspects", "work: ''", "6: work is empty"),
    ("choose.yaml", CHOOSE.splitlines()[5], "", "two standards can be weighed against each other; name two or more"),
    ("choose.yaml", "least: none", "lest: none", "unknown key 'lest'; did you mean 'least'?"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS, ids=[fault[3][:30] for fault in FAULTS])
def test_each_fault_is_told_with_its_line_and_what_to_do(root: Path, file: str, old: str, new: str, expected: str):
    text = (root / file).read_text("utf-8")
    assert old in text, "the case does not fit the file"
    (root / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load(root)
    found = [str(problem).removeprefix(f"{root.as_posix()}/") for problem in caught.value.problems]
    assert any(line.startswith(f"{file}:") and expected in line for line in found), found


def test_check_names_a_group_without_a_question_and_loading_does_not_mind(root: Path):
    text = (root / "audit.yaml").read_text("utf-8")
    (root / "audit.yaml").write_text(text.partition("  - group: widgets")[0], "utf-8")
    assert len(load(root).audit_questions) == 2
    told = [problem for problem in check(root) if problem.startswith("audit.yaml")]
    words = "group widgets (ISO 90001:2030, 8.2.1 and 1 more) has no audit question; add one"
    assert told == [f"audit.yaml:4: {words}"]


def test_the_order_of_the_questions_means_nothing_and_that_of_the_criteria_stays(root: Path):
    library = load(root)
    other = shuffle(library, Random(3))
    assert set(other.audit_questions) == set(library.audit_questions)
    assert other.integration == library.integration


def test_the_real_data_ask_one_open_question_in_every_group():
    library = load(MAPPINGS)
    asked = [question.group for question in library.audit_questions]
    # The topics of an edition that is held by its clauses, as it was before the harmonized structure, ask nothing.
    earlier = {topic.id for one in library.standards if one.status == "withdrawn" for topic in one.topics}
    topics = {topic.id: topic for topic in library.topics if topic.id not in earlier}
    hub = {c.number for s in library.structures if s.key == "hs-2021" for c in s.clauses if c.points}
    assert set(asked) == hub | set(topics)
    # In the common file they stand main clause by main clause.
    own = {question.group for one in library.standards for question in one.audit_questions}
    common = [group for group in asked if group not in own]
    mains = [int(topics[group].main if group in topics else main_number(group)) for group in common]
    assert mains == sorted(mains)
    closed = ("is ", "are ", "do ", "does ", "did ", "has ", "have ", "can ")
    assert not [q.question for q in library.audit_questions if q.question.lower().startswith(closed)]
    assert all(q.question.endswith("?") for q in library.audit_questions)
