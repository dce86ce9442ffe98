"""The Dashboard's figures: true to what people answered, to the report on overlap, and to what LibreOffice computes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

import pytest

from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Process, Settings
from imsmap.register.cells import Key, Value
from tests import office
from tests.building import graph, standard
from tests.exporters.excel.library import DAY, A, B, C, reports
from tests.exporters.excel.reading import load, one_sheet
from tests.exporters.excel.recalculating import without_values

LATE, SOON = DAY - datetime.timedelta(days=3), DAY + datetime.timedelta(days=3)
FIGURES, STATUS, COVERAGE = "Figures behind", "Leaf clauses by status", "Leaf clauses by the class"


def cells(**rows: dict[str, Value]) -> dict[Key, Value]:
    """Give answers on Requirements by the last part of a point's id."""
    places = {
        "issues": f"{A}:4.1#issues", "watching": f"{A}:4.1#watching", "selling": f"{A}:8.2#selling",
        "buying": f"{A}:8.4#buying", "planned": f"{B}:8.1#planned", "fleeing": f"{B}:8.2#fleeing",
    }  # fmt: skip
    return {Key("requirements", places[row], key): value for row, found in rows.items() for key, value in found.items()}


GIVEN = Given(
    cells={
        **cells(
            issues={"status": "conforming"},
            watching={"status": "Partial", "severity": "Major", "action": "Watch", "due": LATE},
            selling={"status": "Not applicable", "justification": "Nothing is sold", "severity": "Major"},
            buying={"status": "Not conforming", "severity": "minor", "action": "Buy", "due": SOON},
            planned={"status": "Not assessed"},
            fleeing={"status": "Conforming", "severity": "MAJOR", "action": "Flee", "due": LATE},
        ),
        Key("actions", f"action:{B}:8.2#fleeing", "status"): "Done",
    },
    processes=(
        Process("sell", "Sell", "Ann", {f"{A}:8.2": "P", f"{A}:4.1": "S"}),
        Process("buy", "Buy", "", {f"{A}:8.4": "P"}),
    ),
    project="small", export="e1",
)  # fmt: skip


def made(*keys: str, given: Given = GIVEN, settings: Settings | None = None) -> bytes:
    return excel.export(reports(*keys), settings or Settings(as_of=DAY, client="Smith"), given=given)


@pytest.fixture(scope="module")
def content() -> bytes:
    return made(A, B)


def block(sheet: Any, title: str) -> dict[str, list[Any]]:
    """Give a block of figures behind the page: its labels, each with its numbers."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(place for place, row in enumerate(rows) if str(row[1] or "").startswith(title)) + 2
    found = {}
    for row in rows[first:]:
        if row[1] is None:
            break
        found[row[1]] = [value for value in row[4:] if isinstance(value, int | float)]
    return found


def test_figures_count_what_people_answered(content: bytes) -> None:
    found = block(one_sheet(content, "Dashboard", values=True), FIGURES)
    # One does not apply; planned is not assessed, and B's issues is blank.
    assert found["Assessed"] == [4, 6]
    assert found["Open majors"] == [1, 2]  # one is conforming by now, and what does not apply counts in neither
    assert found["Overdue actions"] == [1, 2]  # of three, one is done
    assert found["Processes without owner"] == [1, 2]
    assert found["Leaf clauses in scope"] == [5, 6]
    assert found["Documents missing"][0] == found["Documents missing"][1] > 0


def test_a_clause_counts_by_the_worst_of_its_points(content: bytes) -> None:
    found = block(one_sheet(content, "Dashboard", values=True), STATUS)
    # Conforming, Partial, Not conforming, Not applicable, Not assessed
    assert [numbers for label, numbers in found.items() if label.startswith("Q · 4")] == [[0, 1, 0, 0, 0]]
    assert [numbers for label, numbers in found.items() if label.startswith("Q · 8")] == [[0, 0, 1, 1, 0]]
    assert [numbers for label, numbers in found.items() if label.startswith("E · 8")] == [[1, 0, 0, 0, 1]]


def test_the_points_of_the_status_report_stand_behind_the_page(content: bytes) -> None:
    found = block(one_sheet(content, "Dashboard", values=True), "Points by status")
    # Conforming, Partial, Not conforming, Not applicable, Not assessed
    assert [numbers for label, numbers in found.items() if label.startswith("Q · 4")] == [[1, 1, 0, 0, 0]]
    assert [numbers for label, numbers in found.items() if label.startswith("Q · 8")] == [[0, 0, 1, 1, 0]]
    assert sum(map(sum, found.values())) == 7
    assert [sum(numbers[place] for numbers in found.values()) for place in (0, 1, 2)] == [2, 1, 1]


@pytest.mark.parametrize("keys", [(A, B), (B, A)])
def test_coverage_is_that_of_the_report_on_overlap(keys: tuple[str, str]) -> None:
    sheet = one_sheet(made(*keys), "Dashboard", values=True)
    found = block(sheet, COVERAGE)
    report = reports(*keys).overlap
    assert report is not None
    entries = [entry for entry in report.answer.coverage if entry.unit == "leaf clause"]
    assert len(entries) == len(found) == 2
    names = {side.key: side.designation for side in report.answer.standards}
    said = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    for entry in entries:
        of, by = names[entry.of], names[entry.by]
        classes = (entry.same, entry.extended, entry.related, entry.touches, entry.none, entry.not_assessed)
        assert found[f"{of} in {by}"] == [*classes, entry.n, entry.m]
        sentence = f"{entry.n} of {entry.m} leaf clauses of {of} have a counterpart in {by}: "
        assert any(text.startswith(sentence) for text in said)


def test_topics_are_counted_in_the_parts_that_the_matrix_has_and_sum_to_all(content: bytes) -> None:
    found = block(one_sheet(content, "Dashboard", values=True), FIGURES)
    answer = reports(A, B).matrix.answer
    tally = answer.shares.tally()
    assert found["Common core"] == [tally.core, tally.total]
    assert found["Only related"] == [tally.related, tally.total]
    parts = [name for name in found if name in ("Common core", "Only related", "Not looked at") or "Alone" in name]
    assert sum(found[name][0] for name in parts) == tally.total == len(answer.topics)
    for key in (A, B):
        name = next(side.designation for side in answer.standards if side.key == key)
        assert found[f"Alone: {name}"] == [tally.alone.get((key,), 0), tally.total]


def test_the_three_numbers_come_first_and_sum_to_all_topics(content: bytes) -> None:
    sheet = one_sheet(content, "Dashboard", values=True)
    found = [
        str(cell.value) for row in sheet.iter_rows() for cell in row if re.fullmatch(r".*\d of \d+", str(cell.value))
    ]
    tally = reports(A, B).matrix.answer.shares.tally()
    expected = (tally.core, tally.related, tally.by_themselves)
    assert found[:3] == [f"{count} of {tally.total}" for count in expected]


def test_open_actions_are_counted_by_when_they_are_due_and_late_ones_are_those_of_the_tile(content: bytes) -> None:
    sheet = one_sheet(content, "Dashboard", values=True)
    found = block(sheet, "Open actions by due date")
    late, still = block(sheet, FIGURES)["Overdue actions"]
    assert found == {"late": [1], "in 30 days": [1], "in 31 to 90 days": [0], "later": [0], "without a date": [0]}
    assert found["late"] == [late]
    assert sum(count for (count,) in found.values()) == still


def test_holes_are_named(content: bytes) -> None:
    said = [cell.value for row in one_sheet(content, "Dashboard", values=True).iter_rows() for cell in row]
    assert "Leaf clauses that apply without a process: 3 of 5: E 4.1, E 8.1, E 8.2." in said
    assert "Processes without an owner: Buy." in said


def test_no_figure_stands_alone(content: bytes) -> None:
    said = [str(c.value) for row in one_sheet(content, "Dashboard", values=True).iter_rows() for c in row if c.value]
    assert not any("%" in text for text in said)
    assert any(re.fullmatch("4 of 6", text) for text in said)


def test_charts_have_titles_and_words_for_who_does_not_see_them(content: bytes) -> None:
    charts = one_sheet(content, "Dashboard")._charts
    assert len(charts) == 4
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        drawings = "".join(
            parts.read(name).decode() for name in parts.namelist() if "/drawing" in name and "rels" not in name
        )
        xml = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    assert len(re.findall('descr="Stacked bars: [^"]{30,}"', drawings)) == 4
    for chart in xml:
        assert "<c:title>" in chart
        assert re.findall("<c:numCache>.*?<c:v>[0-9]", chart)  # a preview shows bars without computing


def test_the_page_prints_once_without_the_figures_behind_it(content: bytes) -> None:
    sheet = one_sheet(content, "Dashboard")
    last = int(re.findall(r"\d+", sheet.print_area)[-1])
    title = next(c.row for row in sheet.iter_rows() for c in row if str(c.value or "").startswith(FIGURES))
    assert last < title
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth) in ((1, 1), (None, None))


@pytest.mark.parametrize("keys", [(A,), (A, B, C)])
def test_one_standard_and_three_have_a_dashboard_too(keys: tuple[str, ...]) -> None:
    book = load(made(*keys), values=True)
    found = block(book["Dashboard"], FIGURES)
    leaves = [entry for entry in reports(*keys).requirements.answer.clauses if entry.leaf]
    assert found["Leaf clauses in scope"][1] == len(leaves)
    assert ("Only related" in found) == (len(keys) > 1)


# --- LibreOffice ------------------------------------------------------------------------------------------------------


def shown(sheet: Any) -> dict[str, Any]:
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value not in (None, "")}


@pytest.fixture(scope="module")
def recomputed(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give the Dashboard as LibreOffice computes it: filled, blank, and after somebody filled in more."""
    books = {"filled": without_values(content), "blank": without_values(made(A, B, given=Given()))}
    books["changed"] = with_another_answer(content)
    folder = tmp_path_factory.mktemp("recomputed")
    for name, book in books.items():
        (folder / f"{name}.xlsx").write_bytes(book)
    office.convert([folder / f"{name}.xlsx" for name in books], folder / "out")
    return {name: one_sheet((folder / "out" / f"{name}.xlsx").read_bytes(), "Dashboard", values=True) for name in books}


@office.needed
@pytest.mark.parametrize(("name", "given"), [("filled", GIVEN), ("blank", Given())], ids=["filled", "blank"])
def test_libreoffice_computes_the_same_figures(recomputed: dict[str, Any], name: str, given: Given) -> None:
    content = made(A, B, given=given)
    ours = one_sheet(content, "Dashboard", values=True)
    assert len(shown(one_sheet(without_values(content), "Dashboard", values=True))) < len(shown(ours))
    assert shown(recomputed[name]) == shown(ours)


def with_another_answer(content: bytes) -> bytes:
    """Fill in a status, as a person does."""
    book = load(content)
    sheet = book["Requirements"]
    keys = {cell.value: cell.column for row in sheet.iter_rows(max_row=5) for cell in row if cell.value == "status"}
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == f"{B}:8.1#planned")
    sheet.cell(row, keys["status"]).value = "Not conforming"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@office.needed
def test_figures_follow_what_somebody_fills_in(recomputed: dict[str, Any]) -> None:
    found = recomputed["changed"]
    assert block(found, FIGURES)["Assessed"] == [5, 6]
    (numbers,) = (numbers for label, numbers in block(found, STATUS).items() if label.startswith("E · 8"))
    assert numbers == [1, 0, 1, 0, 0]


def test_of_many_standards_the_bars_are_one_for_each_and_coverage_is_with_the_first() -> None:
    keys = tuple(f"iso{number}-2030" for number in range(1, 6))
    library = graph(*(standard(key, {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"]}) for key in keys))
    content = excel.export(reports(*keys, library=library), Settings(as_of=DAY))
    sheet = one_sheet(content, "Dashboard", values=True)
    assert list(block(sheet, STATUS).values()) == [[0, 0, 0, 0, 2]] * 5
    directions = block(sheet, COVERAGE)
    assert len(directions) == 8
    assert all("ISO1:2030" in label for label in directions)
    assert block(sheet, FIGURES)["Core of all"] == [2, 2]
    said = [cell.value for row in sheet.iter_rows() for cell in row]
    # One number for what is built once, as everywhere; of nothing, as of what stands alone here, nothing is listed.
    place = said.index("Common core")
    tiles = [text for text in said[place:] if text is not None]
    assert tiles[:4] == ["Common core", "Only related", "Apart: one standard only", "2 of 2"]
    assert "built once: 2 by all 5" in tiles
    assert "none" in tiles
    assert not any(str(text).startswith("0 of 0") or "; 0 of 0" in str(text) for text in said)


def test_a_hole_stands_out_only_once_somebody_has_marked_anything(content: bytes) -> None:
    sheet = one_sheet(content, "Processes")
    rules = [rule.formula[0] for ranges in sheet.conditional_formatting for rule in ranges.rules]
    (hole,) = (formula for formula in rules if "NO PROCESS" in formula)
    assert re.search(r"COUNTA\(\$[A-Z]+\$\d+:\$[A-Z]+\$\d+\).*>0", hole)
