"""Two editions of one standard, and two standards of one discipline: on every sheet each stands for itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from imsmap.client.delivery import fields
from imsmap.client.merge import base_of
from imsmap.drawing import INK, PAPER, contrast
from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Process, Reports, Settings
from imsmap.library.graph import ClauseGraph
from imsmap.readers.workbook import read_workbook
from imsmap.register.cells import COLUMNS, Key, Value
from imsmap.report import NOTHING
from tests import office
from tests.building import graph, relation, standard
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import load, one_sheet
from tests.exporters.excel.recalculating import differences, recalculated

NEXT, LIKE = "iso1-2035", "iso4-2030"
"""The edition that follows A, and another standard of A's discipline."""
SETS = {
    (A, NEXT): ("Q30", "Q35"),
    (NEXT, A): ("Q35", "Q30"),
    (A, LIKE): ("Q1", "Q4"),
    (A, NEXT, LIKE, B): ("Q1-30", "Q1-35", "Q4", "E"),
}


def library() -> ClauseGraph:
    return graph(
        standard(
            A,
            {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.2": ["+selling"], "8.4": ["+buying"]},
            topics={"8.2": "design", "8.4": "design"},
            documented={"issues": "maintain", "buying": "retain"},
        ),
        standard(
            NEXT,
            {"4": None, "4.1": ["=issues", "=climate-issue"], "8": None, "8.2": ["+selling"], "8.5": ["+buying"]},
            topics={"8.2": "aspects", "8.5": "design"},
            documented={"issues": "available"},
        ),
        standard(
            LIKE,
            {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"], "8.2": ["+fleeing"]},
            topics={"8.2": "emergency"},
        ),
        standard(B, {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"]}, discipline="environment"),
        relations=[
            relation(A, NEXT, "8.4 equal-to 8.5 @9", name="buying"),
            relation(A, LIKE, "8.2 no-relationship 8.2", name="apart"),
        ],
    )


GIVEN = Given(
    cells={
        Key("requirements", f"{A}:4.1#issues", "status"): "Conforming",
        Key("requirements", f"{A}:4.1#watching", "status"): "Conforming",
        Key("requirements", f"{NEXT}:4.1#issues", "status"): "Not conforming",
        Key("requirements", f"{LIKE}:4.1#issues", "status"): "Partial",
        Key("requirements", f"{NEXT}:8.2#selling", "action"): "Sell better",
    },
    processes=(Process("sell", "Sell", "Ann", {f"{NEXT}:8.2": "P"}),),
    project="p",
    export="e",
)


SETTINGS = Settings(as_of=DAY, client="Smith")


@pytest.fixture(scope="module", params=list(SETS), ids=lambda keys: " ".join(keys))
def keys(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture(scope="module")
def answers(keys: tuple[str, ...]) -> Reports:
    return reports(*keys, library=library())


@pytest.fixture(scope="module")
def content(answers: Reports) -> bytes:
    return excel.export(answers, SETTINGS, given=GIVEN)


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return load(content, values=True)


@pytest.fixture(scope="module")
def styled(content: bytes) -> Any:
    return load(content)


def rows(book: Any, sheet: str, table: str) -> list[dict[str, Any]]:
    """Give the rows of a table that are no headings of a main clause, by the titles of their columns."""
    titles, *lines = [[cell.value for cell in row] for row in book[sheet][book[sheet].tables[table].ref]]
    assert len(set(titles)) == len(titles)
    assert not any(str(title).endswith("(2)") for title in titles)
    return [dict(zip(titles, line, strict=True)) for line in lines]


def names(keys: tuple[str, ...]) -> dict[str, str]:
    """Say how each standard is called at the head of its columns."""
    return {key: f"{label} · {key.upper().replace('-', ':')}" for key, label in zip(keys, SETS[keys], strict=True)}


def test_every_standard_has_a_label_of_its_own_on_cover_and_read_me(book: Any, keys: tuple[str, ...]) -> None:
    cover = [cell.value for cell in book["Cover"]["B"]]
    for name in names(keys).values():
        assert cover.count(name) == 1
    legend = [row[4].value for row in book["Read me"].iter_rows(min_col=1, max_col=5)]
    for label in SETS[keys]:
        assert legend.count(label) == 1
    assert legend.count(" ".join(SETS[keys])) == 1


def test_every_standard_has_its_columns_in_the_matrix_and_its_clauses_there_once(
    book: Any, keys: tuple[str, ...]
) -> None:
    lines = rows(book, "Matrix", "tMatrix")
    for key, name in names(keys).items():
        cells = [str(line[name]) for line in lines if line[name] not in (None, "none")]
        # The row of a topic with several of them names their numbers only, and each has a row of its own below.
        home = [part for cell in cells for part in cell.split("\n") if " Clause " in f" {part}"]
        home = [part for part in home if not part.startswith("see ")]
        assert sorted(part.partition(" ")[0] for part in home) == [leaf.number for leaf in library().leaves(key)]
        assert f"{name} adds" in lines[0]


def test_every_point_is_asked_for_once_with_the_label_of_its_standard(book: Any, keys: tuple[str, ...]) -> None:
    lines = rows(book, "Requirements", "tRequirements")
    found = {line["row id"]: line["Letter"] for line in lines if "#" in str(line["row id"])}
    label = dict(zip(keys, SETS[keys], strict=True))
    graph = library()
    points = {ref: label[key] for key in keys for ref, _ in graph.points(leaf.ref for leaf in graph.leaves(key))}
    assert points.items() <= found.items()
    assert len([line for line in lines if line["row id"] in points]) == len(points)


def test_an_action_is_that_of_its_standard(book: Any, keys: tuple[str, ...]) -> None:
    lines = [line for line in rows(book, "Actions", "tActions") if line["row id"]]
    if NEXT not in keys:
        assert not lines
        return
    (line,) = lines
    label = SETS[keys][keys.index(NEXT)]
    assert (line["Letter"], line["Requirement"], line["Action"]) == (label, f"{label} 8.2", "Sell better")


def test_a_verdict_is_asked_of_the_standards_that_ask_and_of_no_other(book: Any, keys: tuple[str, ...]) -> None:
    lines = [line for line in rows(book, "Audit checklist", "tAudit") if line["Letters"]]
    assert lines
    for line in lines:
        asked = line["Letters"].split()
        for label, name in zip(SETS[keys], names(keys).values(), strict=True):
            cited = str(line[f"{name}: clauses"])
            assert (label in asked) == (cited != "none" and not cited.startswith("see "))
            assert (line[f"{label} · result"] is None) == (label in asked)


def test_a_process_answers_for_the_clause_of_one_edition_and_not_for_its_namesake(
    book: Any, keys: tuple[str, ...]
) -> None:
    lines = rows(book, "Processes", "tProcesses")
    ids = [line["row id"] for line in lines]
    for key in keys:
        assert all(ids.count(leaf.ref) == 1 for leaf in library().leaves(key))
    assert [line["row id"] for line in lines if line["Sell"] == "P"] == [f"{NEXT}:8.2"] * (NEXT in keys)
    label = dict(zip(keys, SETS[keys], strict=True))
    assert all(line["Letter"] == label[line["row id"].partition(":")[0]] for line in lines)


def test_documents_tell_each_standards_kind_in_its_own_column(book: Any, keys: tuple[str, ...]) -> None:
    (line,) = [line for line in rows(book, "Documents", "tDocuments") if line["row id"] == "core-issues"]
    kinds = {key: line[f"{label} · kind"] for key, label in zip(keys, SETS[keys], strict=True)}
    expected = {A: "document", NEXT: "available", LIKE: "none", B: "none"}
    assert kinds == {key: expected[key] for key in keys}
    assert line["Letters"] == " ".join(label for key, label in zip(keys, SETS[keys], strict=True) if key in (A, NEXT))


def test_the_heat_map_has_every_leaf_clause_once_and_adds_up_to_coverage(
    book: Any, keys: tuple[str, ...], answers: Reports
) -> None:
    lines = rows(book, "Heat map", "tHeatMap")
    label = dict(zip(keys, SETS[keys], strict=True))
    called = {side.key: side.designation for side in answers.matrix.answer.standards}
    for of in keys:
        whose = [line for line in lines if line["Standard"] == called[of]]
        assert sorted(line["row id"] for line in whose) == [leaf.ref for leaf in library().leaves(of)]
        for by in keys:
            said = [line[f"{label[by]} · has in {called[by]}"] for line in whose]
            if of == by:
                assert set(said) == {"itself"}
                continue
            entry = answers.matrix.answer.covered(of=of, by=by)
            words = {"= core": entry.same, "≈ core": entry.extended, "◐ related": entry.related}
            assert {word: said.count(word) for word in words} == words


def test_the_dashboard_tells_each_standards_status_and_coverage_apart(
    book: Any, keys: tuple[str, ...], answers: Reports
) -> None:
    said = [str(cell.value) for row in book["Dashboard"].iter_rows() for cell in row if cell.value is not None]
    for entry in answers.matrix.answer.coverage:
        of, by = (next(s for s in answers.matrix.answer.standards if s.key == key) for key in (entry.of, entry.by))
        if entry.unit == "leaf clause" and (len(keys) < 4 or keys[0] in (of.key, by.key)):
            words = f"{entry.n} of {entry.m} leaf clauses of {of.designation} have a counterpart in {by.designation}: "
            assert sum(text.startswith(words) for text in said) == 1
    if not answers.matrix.answer.shares.tally().by_themselves:
        assert "none" in said[said.index("Apart: one standard only") :]
        return
    tile = next(text for text in said if re.match(r"\S+ \d+   \S+ \d+", text))
    assert [part.split()[0] for part in tile.split("   ")] == list(SETS[keys])


def test_no_two_standards_have_the_same_colours_and_words_read_on_all_of_them(
    styled: Any, keys: tuple[str, ...]
) -> None:
    accents = re.findall(r'<a:accent\d><a:srgbClr val="(\w{6})"', styled.loaded_theme.decode())

    def seen(colour: Any) -> str:
        # Before the accents of a theme stand two colours for text and two for paper.
        return f"#{accents[colour.theme - 4] if colour.type == 'theme' else colour.rgb[2:]}"

    heads = {cell.value: cell for cell in styled["Matrix"][4]}
    legend = {row[4].value: row[4] for row in styled["Read me"].iter_rows(max_col=5) if row[4].value}
    dark = [seen(heads[name].border.bottom.color) for name in names(keys).values()]
    tint = [seen(legend[label].fill.fgColor) for label in SETS[keys]]
    assert len(set(dark)) == len(set(tint)) == len(keys)
    assert all(contrast(colour, PAPER) >= 4.5 for colour in dark)
    assert all(contrast(colour, INK) >= 4.5 for colour in tint)


def test_a_label_has_the_tint_of_its_standard_and_several_share_the_grey_one(
    styled: Any, keys: tuple[str, ...]
) -> None:
    legend = {row[4].value: row[4].fill.fgColor for row in styled["Read me"].iter_rows(max_col=5) if row[4].value}
    seen = set()
    for sheet, table, title in (
        ("Matrix", "tMatrix", "Letters"), ("Requirements", "tRequirements", "Letter"),
        ("Actions", "tActions", "Letter"),
        ("Audit checklist", "tAudit", "Letters"), ("Documents", "tDocuments", "Letters"),
        ("Processes", "tProcesses", "Letter"),
    ):  # fmt: skip
        heads, *lines = styled[sheet][styled[sheet].tables[table].ref]
        place = [cell.value for cell in heads].index(title)
        for cell in (line[place] for line in lines if line[place].value):
            label = cell.value if cell.value in SETS[keys] else " ".join(SETS[keys])
            assert cell.fill.fgColor == legend[label]
            seen.add(label)
    assert seen == {*SETS[keys], " ".join(SETS[keys])}


def test_formulas_tell_standards_apart_by_key_and_not_by_what_they_are_called(
    content: bytes, keys: tuple[str, ...], answers: Reports
) -> None:
    formulas = [str(c.value) for row in one_sheet(content, "Dashboard").iter_rows() for c in row if c.data_type == "f"]
    counting = [formula for formula in formulas if "COUNTIF" in formula]
    for key in keys:
        assert any(f'"{key}:*"' in formula for formula in counting)
        assert any(f'"{key}"' in formula for formula in counting)
    called = [side.designation for side in answers.matrix.answer.standards] + list(SETS[keys])
    assert not [formula for formula in counting for name in called if f'"{name}"' in formula]


@pytest.mark.slow
def test_what_people_wrote_for_one_standard_comes_back_as_its_own(
    answers: Reports, keys: tuple[str, ...], tmp_path: Path
) -> None:
    written: dict[Key, Value] = {
        Key("requirements", f"{key}:4.1#issues", "status"): status
        for key, status in zip(keys, ("Conforming", "Partial", "Not conforming", "Not assessed"), strict=False)
    }
    written |= {Key("audit", "4.1", f"result_{key}"): "Not seen" if key == keys[0] else "Conforming" for key in keys}
    path = tmp_path / "book.xlsx"
    given = Given(written, project="p", export="e")
    path.write_bytes(excel.export(answers, Settings(as_of=DAY), given=given))
    found = base_of(read_workbook(path), fields(keys, ()))
    answered = {"status", *(f"result_{key}" for key in keys)}
    assert written == {
        key: value
        for key, value in found.items()
        if key.field in answered and key.row != COLUMNS and value != NOTHING.value
    }


@office.needed
def test_libreoffice_computes_what_python_computed(tmp_path: Path) -> None:
    contents = [excel.export(reports(*keys, library=library()), SETTINGS, given=GIVEN) for keys in SETS]
    for keys, content, other in zip(SETS, contents, recalculated(contents, tmp_path), strict=True):
        count, found = differences(content, other)
        assert count > 50
        assert not found, keys
