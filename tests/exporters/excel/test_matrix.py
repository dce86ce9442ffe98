"""The sheet Matrix holds every topic, every leaf clause and every label, and no row of any sheet is cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from openpyxl.utils import get_column_letter, range_boundaries

from imsmap.analyses.matrix import only_standards
from imsmap.exporters import excel
from imsmap.exporters.excel import Reports, Settings, measure
from imsmap.exporters.excel.parted import TALL
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.report import reads
from tests.building import graph, relation, standard
from tests.exporters.excel.library import DAY, A, B, C, reports
from tests.exporters.excel.reading import load, one_sheet
from tests.exporters.excel.recalculating import computed
from tests.sharing import Built

KEYS = tuple(f"iso{number}-2030" for number in range(1, 7))
Cells = dict[str, Any]


def library() -> ClauseGraph:
    """Give six standards: some clauses split, one clause with more labels than a row can hold."""
    many = [f"+{'requirement-number-' * 3}{number}" for number in range(60)]
    standards = []
    for place, key in enumerate(KEYS):
        clauses = {
            "4": None, "4.1": ["=issues", f"+mine{place}"], "8": None,
            "8.1": None if place < 2 else ["=planned", "=controlled", f"+way{place}"],
        }  # fmt: skip
        if place < 2:
            clauses |= {"8.1.1": ["=planned", f"+first{place}"], "8.1.2": ["=controlled"]}
        if place == 0:
            clauses |= {"8.2": ["+selling"], "8.3": [*many]}
        if place == 1:
            clauses |= {"8.2": ["+fleeing"]}
        topics = {0: {"8.2": "design", "8.3": "design"}, 1: {"8.2": "emergency"}}.get(place, {})
        discipline = ("quality", "environment", "energy")[place % 3]
        standards.append(standard(key, clauses, topics=topics, discipline=discipline))
    ties = [
        relation(KEYS[0], KEYS[1], "8.3 intersects-with 8.1.2 @6", name="buying"),
        relation(KEYS[0], KEYS[1], "8.2 no-relationship 8.2", name="apart"),
    ]
    return graph(*standards, relations=ties)


@pytest.fixture(scope="module", params=[1, 2, 3, 6])
def answers(request: pytest.FixtureRequest) -> Reports:
    return reports(*KEYS[: request.param], library=library())


@pytest.fixture(scope="module")
def content(answers: Reports) -> bytes:
    return excel.export(answers, Settings(as_of=DAY), sheets=("matrix",))


@pytest.fixture(scope="module")
def rows(content: bytes) -> dict[str, Cells]:
    """Give the rows by id; their cells by the key of the column."""
    sheet = one_sheet(content, "Matrix", values=True)
    keys = [cell.value for cell in sheet[3]][1:]
    return {
        row[0]: dict(zip(keys, row[1:], strict=True)) for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]
    }


def said(cell: object) -> list[str]:
    """Give what a cell lists."""
    return [part.removeprefix("• ") for part in str(cell or "").split("\n")]


def under(rows: dict[str, Cells], topic: str) -> list[Cells]:
    """Give the row of a topic, and those below it."""
    ids = list(rows)
    first = ids.index(topic)
    name = rows[topic]["topic"]
    return [rows[id_] for id_ in ids[first:] if rows[id_]["topic"] == name]


def test_every_topic_has_a_row_and_the_three_numbers_count_these(answers: Reports, rows: dict[str, Cells]) -> None:
    answer = answers.matrix.answer
    assert [id_ for id_ in rows if id_ in {topic.id for topic in answer.topics}] == [t.id for t in answer.topics]
    if len(answer.standards) > 1:
        found = Counter(str(rows[topic.id]["class"])[2:] for topic in answer.topics)
        tally = answer.shares.tally()
        assert found["core"] == tally.core
        assert found["related"] == tally.related
        assert found["touches"] + found["alone"] == tally.by_themselves
        assert found["not looked at"] == tally.not_assessed


def test_every_leaf_clause_of_every_standard_is_at_home_in_one_row(answers: Reports, rows: dict[str, Cells]) -> None:
    answer = answers.matrix.answer
    for key, leaves in answer.leaves.items():
        # The row of a topic names in short what stands in full below it.
        found = [line for row in rows.values() for line in said(row[key]) if not line.startswith(("see ", "none"))]
        in_full = [line for line in found if " " in line and "," not in line]
        assert sorted(in_full) == sorted(clause.words for clause in leaves)


def test_where_a_standard_has_several_leaf_clauses_each_has_its_row_and_class(
    answers: Reports, rows: dict[str, Cells]
) -> None:
    answer = answers.matrix.answer
    spread = [topic for topic in answer.topics if any(len(found) > 1 for found in topic.clauses.values())]
    assert spread
    for topic in spread:
        for clause in (clause for found in topic.clauses.values() for clause in found):
            row = rows[clause.ref]
            assert row["topic"] == rows[topic.id]["topic"]
            if len(answer.standards) > 1:
                assert row["class"] == reads(answer.closest[clause.ref])
    if len(answer.standards) > 1:
        assert {answer.closest[clause.ref] for topic in spread for c in topic.clauses.values() for clause in c} >= {
            Kin.EXTENDED, Kin.RELATED,
        }  # fmt: skip


def test_a_topic_says_how_many_points_each_standard_adds_and_its_class_by_the_strength_of_its_ground(
    content: bytes, answers: Reports, rows: dict[str, Cells]
) -> None:
    answer = answers.matrix.answer
    if len(answer.standards) == 1:
        assert not any(key.startswith("beyond_") for key in next(iter(rows.values())))
        return
    grounds = {row[0].value: row[1].fill.fgColor for row in one_sheet(content, "Matrix").iter_rows(min_row=5)}
    solid = {str(vars(grounds[share.topic])) for share in answer.shares.topics if share.kin.is_core}
    tinted = {str(vars(grounds[share.topic])) for share in answer.shares.topics if share.kin is Kin.RELATED}
    assert len(solid) == len(tinted) == 1
    assert solid != tinted
    for topic in answer.topics:
        for key, adds in topic.adds.items():
            assert rows[topic.id][f"beyond_{key}"] == len(adds)
            below = [row[f"beyond_{key}"] for row in under(rows, topic.id)[1:]]
            own = [count for count in below if isinstance(count, int)]
            assert sum(own) <= len(adds)


def test_every_label_stands_once_and_none_is_counted_away(answers: Reports, rows: dict[str, Cells]) -> None:
    for topic in answers.matrix.answer.topics:
        here = under(rows, topic.id)
        for key, adds in topic.adds.items():
            told = [
                text for row in here for text in said(row[f"adds_{key}"]) if not text.startswith(("none", "+", "Non"))
            ]
            assert Counter(filter(None, told)) == Counter(one.text for one in adds)
        if len(answers.matrix.answer.standards) > 1:
            told = [text for row in here for text in said(row["shared"])]
            for entry in topic.shared:
                assert any(text.startswith(entry.text) for text in told)


def test_advice_has_five_words_at_most(answers: Reports, rows: dict[str, Cells]) -> None:
    if len(answers.matrix.answer.standards) > 1:
        advice = {row["advice"] for row in rows.values()} - {None}
        assert {"related: one owner", "not looked at"} <= advice
        assert all(len(words.split()) <= 5 for words in advice)


def test_rows_fold_by_topic(content: bytes, answers: Reports) -> None:
    sheet = one_sheet(content, "Matrix")
    topics = {topic.id for topic in answers.matrix.answer.topics}
    for row in range(5, sheet.max_row + 1):
        id_ = str(sheet.cell(row, 1).value)
        level = sheet.row_dimensions[row].outlineLevel
        assert level == (0 if id_.startswith("main-") else 1 if id_ in topics else 2)


def test_no_row_is_higher_than_it_may_be(content: bytes, rows: dict[str, Cells]) -> None:
    sheet = one_sheet(content, "Matrix")
    assert any("~" in id_ for id_ in rows)
    assert max(dimension.height or 0 for dimension in sheet.row_dimensions.values()) <= TALL
    assert list(cut(load(content), content)) == []


def test_a_row_that_goes_on_below_counts_once_and_still_says_its_topic(rows: dict[str, Cells]) -> None:
    further = {id_: row for id_, row in rows.items() if "~" in id_}
    assert [row.get("class") for row in further.values()] == [None] * len(further)
    assert all(row["topic"] == rows[id_.partition("~")[0]]["topic"] for id_, row in further.items())


@pytest.mark.parametrize("keys", [(A, B), (A, B, C)])
def test_a_matrix_of_two_or_three_standards_is_one_page_wide(keys: tuple[str, ...]) -> None:
    sheet = one_sheet(excel.export(reports(*keys), Settings(as_of=DAY), sheets=("matrix",)), "Matrix")
    assert "," not in sheet.print_area
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")


@pytest.mark.slow
def test_no_row_of_the_demo_is_cut(whole_demo: Built) -> None:
    content = next(path for path in whole_demo.folder.glob("v1*/*.xlsx") if "audit" not in path.stem).read_bytes()
    book = load(content)
    assert list(cut(book, content)) == []
    heights = [(d.height, sheet.title, row) for sheet in book for row, d in sheet.row_dimensions.items() if d.height]
    assert [found for found in heights if found[0] > TALL] == []


def cut(book: Any, content: bytes) -> Iterator[str]:
    """Name the cells of all tables whose text needs more room than their row has."""
    values = computed(content)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        widths = {
            column: dimension.width
            for letter, dimension in sheet.column_dimensions.items()
            for column in range(dimension.min, dimension.max + 1)
            if letter
        }
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            for row in range(top, bottom + 1):
                for column in range(left + 1, right + 1):
                    cell = sheet.cell(row, column)
                    letter = get_column_letter(column)
                    _, text = values[sheet.title].get(f"{letter}{row}", (None, None))
                    if not cell.alignment.wrap_text or not isinstance(text, str) or column not in widths:
                        continue
                    if sheet.column_dimensions[letter].hidden:
                        continue
                    pixels = int(widths[column] * measure.DIGIT + 0.5) - measure.PADDING
                    lines = measure.lines_of(text, pixels, cell.font.sz, bool(cell.font.b))
                    height = sheet.row_dimensions[row].height or 17
                    if lines * measure.LINE * cell.font.sz / 10 > height:
                        yield f"{sheet.title}!{letter}{row}: {lines} lines in {height} points: {text[:60]}"


def test_of_many_standards_what_each_adds_folds_away_under_its_clauses() -> None:
    for count, folding in ((3, set()), (6, {"adds", "beyond"})):
        known = reports(*KEYS[:count], library=library())
        sheet = one_sheet(excel.export(known, Settings(as_of=DAY), ("matrix",)), "Matrix")
        levels = {
            str(sheet.cell(3, place).value).partition("_")[0]
            for place in range(2, sheet.max_column + 1)
            if sheet.column_dimensions[get_column_letter(place)].outlineLevel
        }
        assert levels == folding, count


def test_a_matrix_of_standards_only_has_a_row_for_each_topic_with_every_clause_and_nothing_that_is_added() -> None:
    known = reports(*KEYS, library=library())
    small = evolve(known, matrix=only_standards(known.matrix))
    sheet = one_sheet(excel.export(small, Settings(as_of=DAY), ("matrix",)), "Matrix")
    keys = [sheet.cell(3, place).value for place in range(2, sheet.max_column + 1)]
    assert keys == ["class", "topic", *KEYS, "advice", "letters", "false_friends"]
    ids = [row[0].value for row in sheet.iter_rows(min_row=5) if not str(row[0].value).startswith("main-")]
    assert ids == [topic.id for topic in known.matrix.answer.topics]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows(min_row=5) for cell in row)
    assert all(f"{leaf.number} Clause" in text for leaves in known.matrix.answer.leaves.values() for leaf in leaves)
    assert all(column.role not in ("adds", "shared") for column in small.matrix.table("matrix").columns)


def test_of_many_standards_the_figures_of_overlap_are_printed_and_not_its_lists() -> None:
    for count in (3, 4):
        book = load(excel.export(reports(*KEYS[:count], library=library()), Settings(as_of=DAY), ("matrix", "overlap")))
        sheet = book["Overlap"]
        last = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))[3]
        lists = next(row for row in range(1, sheet.max_row) if "without a counterpart" in str(sheet.cell(row, 2).value))
        assert (last < lists) == (count > 3)
