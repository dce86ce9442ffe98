"""The status report on page and slide: the figures of its answer, its titles, and what is left out."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import pytest
from attrs import evolve
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation

from imsmap import api
from imsmap.analyses import next90, status_report
from imsmap.analyses.status_report.answer import ReportAnswer
from imsmap.api import status, terminal
from imsmap.brief import major_slide, status_slides
from imsmap.brief.model import Brief, Bullets, Choices, Columns, Grid, Numbers, Stacks, Words
from imsmap.brief.status import MOST_DUE, MOST_ROWS, missing
from imsmap.brief.told import TONES, hours, moved_title, moves, title
from imsmap.drawing import SIZES, Picture
from imsmap.exporters import powerpoint, word
from imsmap.packing import part_of
from imsmap.pictures.next90 import draw as next90_picture
from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Key
from imsmap.register.course import Course, Moved, moment
from imsmap.register.effort import Rates, Span
from imsmap.register.state import state
from imsmap.report import Report
from tests.analyses.test_next90 import DAY, A, B, action
from tests.analyses.test_status_report import CELLS, PAST, SOON, Told, point, report, stands
from tests.building import graph, standard
from tests.pictures import rules

RATES = Rates({"point": Span(0.5, 1), "action": Span(4, 12)}, Span(90, 120), "EUR")
LONG = "Everything that nobody would ever read on a page for a director, and Donaudampfschifffahrtsgesellschaften "


def full(cells: Told | None = None, **words: Any) -> Report[ReportAnswer]:
    """Report on a project with a past."""
    cells = CELLS if cells is None else cells
    first, before, now = stands({}, PAST - datetime.timedelta(9)), stands(point(f"{A}:4.1#issues", status="Partial"),
                                                                          PAST), stands(cells)  # fmt: skip
    course = Course((moment(first, 1), moment(before, 2, 3), moment(now, 3)), moment(before, 2, 3), before)
    return report(cells, now, **{"course": course, "rates": RATES, **words})


def wordy(times: int) -> Told:
    found = dict(CELLS)
    for key, value in CELLS.items():
        if key.field in ("gap", "action", "owner") and isinstance(value, str):
            found[key] = value + " " + LONG * times
    for at in range(40):
        found |= {
            Key("actions", f"new:{at}", "text"): LONG * times,
            Key("actions", f"new:{at}", "owner"): LONG * times,
            Key("actions", f"new:{at}", "due"): DAY + datetime.timedelta(at - 20),
        }
    return found


def drawn(told: Report[ReportAnswer], size: str = "16:9") -> tuple[Picture, ...]:
    page = SIZES[size]
    found = [status_slides.standing(told, page)]
    found += [status_slides.course(told, page)] if told.answer.since is not None else []
    last = status_slides.deciding(told, page, "Ann"), major_slide.majors(told, page)
    return (*found, *(one for one in last if one is not None))


def blocks(made: Brief, kind: type) -> list[Any]:
    return [block for section in made.sections for block in section.blocks if isinstance(block, kind)]


def texts(picture: Picture) -> str:
    return " ".join(text for part in picture.parts.values() for text in part.paragraphs).replace("\u00a0", " ")


# --- figures ---------------------------------------------------------------------------------------------------------


def test_page_and_slide_have_the_figures_of_the_answer() -> None:
    told = full()
    answer = told.answer
    made = status.document(told)
    (numbers,) = blocks(made, Numbers)
    keys = ("assessed", "majors", "overdue", "documents")
    counts = [answer.figure(key).count for key in keys]
    assert [(one.n, one.m) for one in numbers.items] == [(one.n, one.m) for one in counts]
    assert [one.alarms for one in numbers.items] == [False, True, True, True]
    standing, course, *_ = drawn(told)
    for one in counts:
        assert re.search(rf"\b{one.n} of {one.m}\b", texts(standing))
    (stacks,) = blocks(made, Stacks)
    bars = [bar for _, several in stacks.rows for bar in several]
    assert sum(bar.total for bar in bars) == answer.now.whole
    assert sum(bar.counts[stacks.counted] for bar in bars) == answer.conforming
    (columns,) = blocks(made, Columns)
    assert [sum(counts) for counts in columns.counts] == [one.still for one in answer.moments]
    (chart,) = course.charts.values()
    assert chart.upright
    assert [series.values for series in chart.series] == [
        tuple(float(one.points[tone.word]) for one in answer.moments) for tone in TONES[:3]
    ]
    (lying,) = standing.charts.values()
    assert not lying.upright
    assert sum(sum(series.values) for series in lying.series) == answer.now.whole


def test_charts_are_native_in_word_and_powerpoint_and_hold_the_history() -> None:
    told = full()
    still = [[one.points[tone.word] for one in told.answer.moments] for tone in TONES[:3]]
    deck = Presentation(io.BytesIO(powerpoint.export(drawn(told), date=DAY)))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert [chart.chart_type.name for chart in charts] == ["BAR_STACKED", "COLUMN_STACKED"]
    # What is open has an edge, which nothing does not: its cell is blank.
    assert [[value or 0 for value in series.values] for series in charts[1].plots[0].series] == still
    content = word.export(status.document(told))
    assert content == word.export(status.document(told))
    assert len(list(Document(io.BytesIO(content)).element.body.iter(qn("c:chart")))) == 1
    xml = part_of(content, "word/charts/chart1.xml").decode()
    found = [[int(n) for n in re.findall(r"<c:v>(\d+)</c:v>", one)] for one in re.findall(r"<c:val>.*?</c:val>", xml)]
    assert found == [*still, [one.still for one in told.answer.moments]]
    sheet = part_of(part_of(content, "word/embeddings/chart1.xlsx"), "xl/worksheets/sheet1.xml").decode()
    rows = [[int(n) for n in re.findall(r"<v>(\d+)</v>", row)] for row in re.findall(r"<row.*?</row>", sheet)][1:]
    assert rows == [list(column) for column in zip(*found, strict=True)]


def test_every_surface_tells_the_same_table() -> None:
    made = status.document(full())
    markdown, screen = api.export(made, "markdown").decode(), terminal.document(made, 80).decode()
    for said in ("4 of 7", "1 of 2", "Close 2 open majors and 1 late action first", "Nobody asks them"):
        assert said in " ".join(screen.split()).replace("\u00a0", " ") or said in screen
    assert "| points assessed | 4 | 7 |" in markdown.replace("\u00a0", " ")
    assert max(map(len, screen.splitlines())) <= 80
    assert "Q 4.2  3 Dec 2030  Ann\n   What is missing: Nobody asks them\n   What is done: Ask them\n" in screen
    assert max(map(len, terminal.document(status.document(full(wordy(2))), 40).decode().splitlines())) <= 40


# --- titles ----------------------------------------------------------------------------------------------------------


def test_a_title_says_what_counts_most() -> None:
    said = title(full().answer)
    assert said == "**Close 2\u00a0open majors and 1\u00a0late action first**; 4 of 7\u00a0points are assessed"
    assert title(full({}).answer).startswith("**Nothing is assessed yet**: 7\u00a0points of ")
    some = point(f"{A}:4.1#issues", status="Conforming")
    assert title(full(some).answer) == "**1 of 7\u00a0points are assessed**; no major is open, no action is late"
    refs = [ref for ref in stands({}).points if ref != f"{A}:9.1#measured"]
    every = {key: value for ref in refs for key, value in point(ref, status="Conforming").items()}
    every |= point(f"{A}:9.1#measured", status="Partial")
    assert title(full(every).answer) == "**6 of 7\u00a0points conform**; no major is open, no action is late"


def test_what_moved_is_told_as_far_as_anything_did() -> None:
    answer = full().answer
    assert moved_title(answer) == (
        "**6 of 7\u00a0points are still to do**, 1 fewer than on 3\u00a0December\u00a02030 (version 3)"
    )
    assert moves(answer) == (
        "3\u00a0points assessed for the first time", "1\u00a0point better than before",
        "2\u00a0majors opened: Q\u00a04.2, Q\u00a06.1", "2\u00a0actions added",
    )  # fmt: skip
    same = full(point(f"{A}:4.1#issues", status="Partial")).answer
    assert moves(same) == ()
    assert "as many as on" in moved_title(same)


def test_ranges_are_written_as_people_do() -> None:
    assert [hours(*ends) for ends in ((2, 2), (0.5, 1), (1234.5, 20_000))] == [
        "2",
        "0.5 to 1",
        "1\u00a0234 to 20\u00a0000",
    ]


# --- what is left out ------------------------------------------------------------------------------------------------


def headings(made: Brief) -> list[str]:
    return [section.heading.partition(":")[0] for section in made.sections]


def test_what_nobody_has_anything_for_is_left_out() -> None:
    assert headings(status.document(full())) == [
        "", "Where it stands, in points", "We ask you to decide",
        "What moved since version 3, 3\u00a0December\u00a02030", "Open majors", "Late", "What is missing",
        "Also to be decided", "What it takes", "How it is counted",
    ]  # fmt: skip
    bare = report(point(f"{A}:4.1#issues", status="Conforming"))
    assert headings(status.document(bare)) == [
        "", "Where it stands, in points", "We ask you to decide", "What is missing", "How it is counted",
    ]  # fmt: skip
    assert len(drawn(bare)) == 2


def test_the_first_page_stands_alone() -> None:
    told = full()
    first = status.document(told, first=True)
    assert first.pages == status.document(told).pages[:1]
    assert [one.what for one in blocks(first, Choices)[0].items] == [one.what for one in told.answer.decisions[:3]]


def test_an_estimate_rests_on_what_somebody_gave_and_says_what_it_lacks() -> None:
    (strong, rest) = [one.text for one in blocks(status.document(full(), by="Ann"), Words) if "stimate" in one.text
                      or "ours are" in one.text]  # fmt: skip
    # Three points to assess and two open actions of no known effort.
    assert strong == "Estimate: 855 to 3\u00a0240 EUR for 9.5 to 27 hours."
    assert rest == (
        "Hours and rates are those of Ann: 90 to 120 EUR an hour. A range, and no fixed price. Not in it, as no hours "
        "are given: 1 document to write."
    )
    text = api.export(status.document(full(rates=Rates({"point": Span(1, 1)}))), "markdown").decode()
    assert "**Estimate: 3 hours.**" in text
    assert "Hours are our own" in text
    assert "stimate" not in api.export(status.document(full(rates=Rates())), "markdown").decode()


def test_where_no_process_is_named_that_is_what_is_missing() -> None:
    told = report(CELLS, stands(CELLS, processes=()))
    assert missing(told.answer)[-1] == "Processes: none is named yet."
    (decision,) = [one for one in told.answer.decisions if one.about == "processes"]
    assert decision.what == "Name the processes, and who owns each."


def test_long_tables_are_cut_and_say_where_the_rest_is() -> None:
    made = status.document(full(wordy(3)), client=LONG * 3, by=LONG)
    grids = [grid for grid in blocks(made, Grid) if grid.widths]
    assert max(len(grid.rows) for grid in grids) == max(MOST_ROWS, MOST_DUE)
    due = grids[-1]
    assert len(due.rows) == MOST_DUE
    # What is late comes first, and some of what is to come has room all the same.
    assert due.alert == frozenset(range(10))
    said = [one.text for one in blocks(made, Words)]
    assert "And 28 more, on the sheet Actions." in said
    assert all(len(cell) <= 150 for grid in grids for row in grid.rows for cell in row)
    assert all(len(item) < 600 for one in blocks(made, Bullets) for item in one.items)


# --- how it looks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("kind", ["full", "wordy", "bare", "empty"])
def test_slides_keep_the_rules(kind: str, size: str) -> None:
    told = {
        "full": full, "wordy": lambda: full(wordy(4)), "bare": lambda: report(CELLS), "empty": lambda: report({}),
    }[kind]()  # fmt: skip
    for picture in drawn(told, size):
        assert rules.broken(picture) == []
        assert rules.twice(picture) == []


def test_of_many_standards_each_has_a_bar_and_so_has_each_clause() -> None:
    told = full()
    sides = tuple(
        evolve(side, key=f"{side.key}-{at}", label=f"{side.label}{at}")
        for at in range(2)
        for side in told.answer.standards
    )
    heaps = tuple(
        evolve(heap, points={f"{key}-{at}": counts for at in range(2) for key, counts in heap.points.items()})
        for heap in told.answer.main_clauses
    )
    many = evolve(told, answer=evolve(told.answer, standards=sides, main_clauses=heaps, moved=Moved()))
    (stacks,) = blocks(status.document(many), Stacks)
    assert [len(bars) for _, bars in stacks.rows] == [1] * (len(sides) + len(heaps))
    assert sum(bar.total for _, (bar,) in stacks.rows[: len(sides)]) == 2 * told.answer.now.whole
    assert rules.broken(status_slides.standing(many, SIZES["16:9"])) == []


def test_an_open_major_that_is_late_stands_out() -> None:
    cells = CELLS | action(f"{B}:4.1#issues", "Paint", SOON)
    made = status.document(full(cells))
    majors, due = [grid for grid in blocks(made, Grid) if grid.widths]
    assert majors.alert == frozenset((1,))
    assert majors.rows[0][2:] == ("nothing yet", "nobody", "no date")
    assert due.alert == frozenset((0,))
    unsure = status.document(full(cells | {Key("requirements", f"{A}:4.2#parties", "due"): "02/12/2030"}))
    majors, due = [grid for grid in blocks(unsure, Grid) if grid.widths]
    assert (majors.alert, due.alert, due.rows[0][0]) == ({1}, {0}, "by 2\u00a0Dec\u00a02030")
    assert majors.rows[1][-1] == due.rows[0][0]
    assert any("1 date has several readings, and is late in each" in one.text for one in blocks(unsure, Words))


def test_open_majors_have_a_slide_that_tells_gap_action_owner_and_day() -> None:
    told = full(CELLS | action(f"{B}:4.1#issues", "Paint", SOON))
    slide = major_slide.majors(told, SIZES["16:9"])
    assert slide is not None
    count = told.answer.figure("majors").count
    assert slide.title.replace("\u00a0", " ").startswith(f"{count.n} of {count.m} majors found are still open")
    words = texts(slide)
    for one in told.answer.majors:
        assert one.gap in words
    assert "nothing yet" in words
    assert "that nobody has taken on" in slide.title
    assert major_slide.majors(report({}), SIZES["16:9"]) is None


def test_evaluations_of_compliance_are_told_apart_from_actions() -> None:
    library = graph(
        standard(A, {"1": ["+air"], "2": ["+water"]}, topics=dict.fromkeys("12", "design"),
                 laws={"1": "Air Act", "2": "Water Act"}, not_applicable=["*"]),
    )  # fmt: skip
    cells: Told = point(f"{A}:1#air", status="Partial")
    cells[Key("obligations", f"{A}:1", "next")] = DAY - datetime.timedelta(3)
    now = state(asked(grouped(library, (A,))), cells, (), date=DAY)
    told = status_report.analyse(library, status_report.Question((A,), now, cells))
    made = status.document(told)
    (numbers,) = blocks(made, Numbers)
    assert [(one.n, one.m, one.label) for one in numbers.items][-1] == (1, 2, "evaluations late")
    (due,) = [section.heading for section in made.sections if section.heading.startswith("Late")]
    assert due.endswith("0 of 1\u00a0open action, evaluations of compliance among them")
    (slide,) = next90_picture(next90.analyse(library, next90.Question((A,), now)), SIZES["16:9"])
    assert slide.title.replace("\u00a0", " ") == "Next 90 days: 1 of 1 open actions and evaluations are late"
    assert rules.broken(slide) == []


def test_of_what_is_known_by_its_clauses_alone_no_point_is_counted() -> None:
    whole, loose = (standard(key, {"4.1": ["=issues"]}) for key in (A, B))
    library = graph(whole, evolve(loose, level="clause"))
    cells = {Key("actions", "new:1", "text"): "Paint the door", Key("actions", "new:1", "due"): PAST}
    for keys, said, numbers in (
        ((B,), "Close 1 late action first; only the clauses of 2 are known", 1),
        ((A, B), "Nothing is assessed yet: 1 point of 1 wait for an answer", 2),
    ):
        now = state(asked(grouped(library, keys)), cells, date=DAY)
        told = status_report.analyse(library, status_report.Question(keys, now, cells))
        made = status.document(told)
        names = {side.designation: side.key[3] for side in told.answer.standards}
        title = made.title.replace("\u00a0", " ")
        for designation, number in names.items():
            title = title.replace(designation, number)
        assert title == said
        assert [len(one.items) for one in blocks(made, Numbers)] == [numbers]
        assert len(blocks(made, Stacks)) == len(keys) - 1
        text = " ".join(one.text for one in blocks(made, Words))
        assert "only the clauses are known, so it is in no figure of points" in text
        assert "1 of 1\u00a0open action is late" in text
        assert word.export(made)
        for picture in drawn(told):
            assert rules.broken(picture) == []
