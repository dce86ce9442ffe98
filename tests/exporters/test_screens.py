from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from imsmap.api import ask
from imsmap.decision.rules import Case, Gate, Given, candidates
from imsmap.exporters.terminal import export, screens
from imsmap.exporters.terminal.letters import cut, measure
from imsmap.exporters.terminal.screen import MOST_LINES, Col, Entry, Grid, Line, Screen, Text, said
from imsmap.exporters.terminal.screens import friends as friends_screen
from imsmap.library.editions import Milestone, Successor
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import Criterion
from imsmap.parts import TopicName
from tests.analyses.test_transition import NEW, OLD, both, clause, point
from tests.choosing import CRITERIA
from tests.exporters.excel.library import A, B, reports, small
from tests.exporters.nasty import report
from tests.pictures import invented

DRAWN = sorted(path.stem for path in Path(screens.__path__[0]).glob("*.py") if path.stem != "__init__")


def plain(lines: list) -> list[str]:
    return [said(line) for line in lines]


def test_every_screen_is_of_a_question() -> None:
    assert [name for name in DRAWN if importlib.util.find_spec(f"imsmap.analyses.{name}") is None] == []


@pytest.mark.parametrize("width", [20, 40, 80, 140])
def test_no_line_of_a_screen_is_wider_than_the_terminal(width: int) -> None:
    for found in (report(), reports(A, B).overlap, reports(A, B).matrix):
        assert max(measure(line) for line in export(found, width, brief=True).decode().splitlines()) <= width


def test_nothing_on_a_screen_steers_the_terminal() -> None:
    written = export(report(), brief=True).decode()
    assert not [sign for sign in written if sign != "\n" and (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0)]
    assert "\x1b[31m" not in export(report(), brief=True, painted=True).decode()


def test_paint_changes_no_words() -> None:
    found = reports(A, B).overlap
    painted = export(found, brief=True, painted=True).decode()
    assert "\x1b[1m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == export(found, brief=True).decode()


def test_rows_give_way_until_a_screen_is_full_and_the_rest_is_counted() -> None:
    rows = tuple(Entry((str(n), f"row {n}"), counts=(n,)) for n in range(100))
    table = Grid((Col(right=True), Col("What", gives=True)), rows, rest=lambda n, sums: (str(sums[0]), f"{n} more"))
    lines = plain(Screen("So many.", ((table,),), ("More: --all.",)).lines(80))
    # Of 40 lines four are left to the remarks behind the answer, and to the prompt.
    assert len(lines) == MOST_LINES == 36
    assert lines[2:5] == ["      What", "   0  row 0", "   1  row 1"]
    assert lines[-3] == f"{sum(range(30, 100))}  70 more"


def test_long_tables_are_not_laid_out_row_by_row_less(monkeypatch: pytest.MonkeyPatch) -> None:
    def table(count: int) -> Grid:
        rows = tuple(Entry((str(n), "what"), counts=(1,)) for n in range(count))
        return Grid((Col(right=True), Col("What", gives=True)), rows, rest=lambda n, sums: (str(sums[0]), f"{n} more"))

    laid: list[int] = []
    whole = Grid.lines

    def counted(grid: Grid, width: int, most: int | None = None) -> list[Line]:
        laid.append(len(grid.entries[:most]))
        return whole(grid, width, most)

    monkeypatch.setattr(Grid, "lines", counted)
    found = Screen("All", ((table(2000), table(900)),)).lines(80, 40)
    assert len(found) == 40
    assert max(laid) <= 41
    assert [said(line).split()[0] for line in found if "more" in said(line)] == ["1983", "883"]


def test_a_column_that_gives_way_is_cut_at_words_and_an_optional_one_goes_first() -> None:
    columns = (Col("What", gives=True), Col("n", right=True), Col("Why", optional=True))
    table = Grid(columns, (Entry(("one two three four five six", "7", "because of this")),))
    assert plain(table.lines(60)) == [
        "What                         n  Why",
        "one two three four five six  7  because of this",
    ]
    assert plain(table.lines(24)) == ["What                   n", "one two three four...  7"]


def test_columns_that_belong_together_go_together_and_before_a_word_is_cut() -> None:
    adds = Col("+", right=True, optional=True, together=True)
    table = Grid((Col("What", gives=True, least=4), adds, adds), (Entry(("communication of all", "1", "2")),))
    assert plain(table.lines(22))[1] == "communication...  1  2"
    assert plain(table.lines(21))[1] == "communication of all"
    fixed = evolve(table, columns=(Col("What", gives=True, least=4), Col(), Col()))
    assert plain(fixed.lines(16))[1] == "communi...  1  2"


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    table = Grid((Col("What"), Col("Empty"), Col("n", right=True)), (Entry(("x", "", "1")),))
    assert plain(table.lines(80)) == ["What  n", "x     1"]


def test_a_title_stands_before_the_heads_or_above_them() -> None:
    table = Grid((Col(gives=True), Col("n", right=True)), (Entry(("one two", "7")),), title="Both")
    assert plain(table.lines(80)) == ["Both     n", "one two  7"]
    assert plain(evolve(table, title="Both of them").lines(80)) == ["Both of them", "         n", "one two  7"]
    assert plain(Grid((Col(),), (Entry(("x",)),), title="Both").lines(80)) == ["Both", "x"]


def test_iso_and_its_number_stay_on_one_line() -> None:
    assert plain(Text("one two ISO 9001").lines(13)) == ["one two", "ISO 9001"]


def test_lines_of_what_hangs_begin_behind_it() -> None:
    assert plain(Text("one two three", "Alone  ").lines(15)) == ["Alone  one two", "       three"]


def test_bold_goes_over_blanks_and_ends_with_its_words() -> None:
    (line,) = Text("Of **4 topics** one").lines(80)
    assert [(run.text, run.look) for run in line if run.look] == [("4", "bold"), (" ", "bold"), ("topics", "bold")]


@pytest.mark.parametrize(
    ("room", "words"), [(13, "one two three"), (12, "one two..."), (6, "one..."), (5, "on..."), (2, "on")]
)
def test_text_is_cut_at_a_word_or_within_the_only_one(room: int, words: str) -> None:
    assert cut("one two three", room) == words


ASKED: dict[str, dict[str, object]] = {
    "overlap": {"standards": (A, B)},
    "matrix": {"standards": (A, B)},
    "documents": {"standards": (A, B)},
    "blueprint": {"standards": (A, B)},
    "friends": {"standards": (A, B)},
    "coverage": {"standards": (A, B)},
    "gap": {"have": (A,), "want": B},
    "explain": {"subject": f"{A}:8.4", "object": f"{B}:8.1"},
    "show": {"clause": f"{A}:4.1"},
    "number": {"number": "8.2"},
    "find": {"word": "selling"},
    "standards": {},
    "compare": {"standards": (A, B)},
    "compare_mapping": {
        "name": "theirs.csv",
        "subject": A,
        "object": B,
        "pairs": ((f"{A}:4.1", f"{B}:4.1", "equal-to"), (f"{A}:8.2", f"{B}:8.2", None)),
    },
    "agreement": {
        "names": ("first.csv", "second.csv"),
        "first": ((f"{A}:4.1", f"{B}:4.1", "equal-to"), (f"{A}:8.4", f"{B}:8.1", None)),
        "second": ((f"{A}:4.1", f"{B}:4.1", "intersects-with"), (f"{A}:8.4", f"{B}:8.1", None)),
    },
    "transition": {"standards": (OLD, NEW)},
    "choose": {
        "standards": (A, B),
        "case": Case(
            given={"faults": Given(3, evidence="Returns"), "aspects": Given(2), "capacity": Given(None)},
            gates=(Gate("tender", "unknown", None, "A letter"),),
        ),
    },
}


def library(question: str) -> ClauseGraph:
    """Give the invented standards, with what is weighed to choose one; of a transition two editions."""
    if question == "transition":
        return revised()
    told = (("faults", "Faults cost", "9001"), ("aspects", "Spills cost", "14001"), ("capacity", "People", None))
    known = candidates(CRITERIA)
    criteria = tuple(
        Criterion(id_, title, f"How far: {title}?", "no", "yes", "Count.", side, known.get(side))
        for id_, title, side in told
    )
    return ClauseGraph(evolve(small().library, criteria=criteria))


def revised() -> ClauseGraph:
    before = (clause("4", title="Context"), clause("4.1", point("looking"), point("asking")), clause("4.2", point("x")))
    after = (
        clause("4", title="Context"),
        evolve(clause("4.1", point("looking", "4.1#looking"), title="Looks"), change="Asks for nothing any more."),
        clause("4.3", point("seeing", "4.2#x", how="widened"), point("telling")),
    )
    end = Milestone("2034-06-30", 0.5, "a newsletter")
    return both(before, after, Successor("X:2", "2031-01-01", 1.0, "seen", transition_ends=end))


def test_every_screen_has_a_golden_or_is_of_a_family() -> None:
    assert sorted({*ASKED, "family"}) == DRAWN


@pytest.mark.parametrize("question", ASKED)
def test_a_screen_about_invented_standards_reads_as_it_did(golden: Callable[[str, str], None], question: str) -> None:
    golden(f"screens/{question}.txt", export(ask(library(question), question, **ASKED[question]), brief=True).decode())


@pytest.mark.parametrize("width", [60, 140])
@pytest.mark.parametrize("painted", [False, True])
def test_seven_screens_read_as_they_did_at_other_widths_and_in_colour(
    golden: Callable[[str, str], None], width: int, painted: bool
) -> None:
    told = [
        export(ask(library(question), question, **ASKED[question]), width, brief=True, painted=painted).decode()
        for question in ("overlap", "gap", "explain", "compare_mapping", "agreement", "choose", "transition")
    ]
    golden(f"screens/{'painted' if painted else 'plain'}-{width}.txt", "\n".join(told).replace("\x1b", "ESC"))


def test_a_decision_by_scores_tells_what_pulls_what_would_change_it_and_what_nobody_knows() -> None:
    scores = {"faults": Given(3, evidence="Returns"), "aspects": Given(1, evidence="Spills"), "capacity": Given(None)}
    found = ask(library("choose"), "choose", standards=(A, B), case=Case(given=scores))
    told = export(found, brief=True).decode().replace("\u00a0", " ")
    assert re.search(r"\nQ +ISO1:2030 next +3.0 +counts\nE +ISO2:2030 next +1.0 +does not count\n", told)
    assert re.search(r"\nQ +Faults cost +3 +3\nE +Spills cost +1 +3\nNot known +People\n", told)
    assert "Would change it  Faults cost, score 1 instead of 3: then neither yet\n" in told
    assert "Changed alone, no single weight gives another answer." in told


def test_topics_that_several_hold_each_for_itself_are_named_among_those_that_stand_alone() -> None:
    found = reports(A, B).overlap
    alone = {(A, B): (TopicName("8.2", "Selling"),), (B,): (TopicName("9", "Doors"),)}
    told = export(evolve(found, answer=evolve(found.answer, alone=alone)), brief=True).decode().replace("\u00a0", " ")
    assert "\nAlone  E 9 Doors\n       QE 8.2 Selling\n" in told


def test_a_pipe_does_not_load_rich() -> None:
    code = (
        "import sys; from imsmap.cli import run; run(['overlap', '9001', '14001']); "
        "assert 'rich' not in sys.modules, 'rich is loaded'"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout.startswith("ISO 9001:2015 and ISO 14001:2015: ")) == (0, True), found.stderr


@pytest.mark.parametrize(("width", "size"), [(44, False), (100, True)])
def test_a_number_of_many_standards_is_told_in_a_row_for_each_and_the_size_goes_before_the_title(
    width: int, size: bool
) -> None:
    found = ask(library("number"), "number", number="8.2")
    one, other = found.answer.meanings
    titled = evolve(one.clause, name="Business impact analysis and assessment of risks in all that is done")
    copies = (evolve(one, side=evolve(one.side, key=f"many{n}"), clause=titled, gist="what it is") for n in range(12))
    many = (one, other, *copies)
    shown = export(evolve(found, answer=evolve(found.answer, meanings=many)), width, brief=True).decode().split("\n")
    rows = [line for line in shown if " Business impact" in line and one.side.designation in line]
    assert len(rows) == 12
    assert ("point" in rows[0]) is size
    assert sum(line.strip() == "What it is" for line in shown) == 12


def test_why_nothing_ties_two_clauses_is_told_in_full_and_whose_part_it_is_about() -> None:
    found = ask(small(), "explain", subject=f"{A}:8.2", object=f"{B}:8.2")
    text = export(found, 40, brief=True).decode()
    (stated,) = (one.relation for one in found.answer.relations)
    assert stated.differs in " ".join(text.split())
    assert "Why nothing ties them" in text
    assert "..." not in text.partition("Why nothing ties them")[2]


def test_a_tie_names_the_clause_of_each_under_its_own_letter_whichever_way_it_was_stated() -> None:
    for subject, object_ in ((f"{A}:8.4", f"{B}:8.1"), (f"{B}:8.1", f"{A}:8.4")):
        found = ask(small(), "explain", subject=subject, object=object_)
        lines = export(found, 100, brief=True).decode().splitlines()
        (head,) = (line for line in lines if "What both want" in line)
        tie = lines[lines.index(head) + 1]
        want = [ref.partition(":")[2] for ref in (subject, object_)]
        assert tie.split()[-2:] == want


def test_numbers_that_mislead_among_many_standards_fit_a_screen_and_say_how_many_more_there_are() -> None:
    report = invented.friends(6)
    numbers = list(dict.fromkeys(one.number for one in report.answer.false_friends))
    shown = friends_screen.screen(report)
    lines = ["".join(run.text for run in line) for line in shown.lines(80)]
    assert len(lines) <= 40
    (more,) = [int(found[1]) for found in (re.match(r" +(\d+) more number", line) for line in lines) if found]
    assert sum(any(line.startswith(f"{number} ") for line in lines) for number in numbers) == len(numbers) - more
    whole = ["".join(run.text for run in line) for line in shown.lines(80, None)]
    assert all(any(line.startswith(f"{number} ") for line in whole) for number in numbers)
