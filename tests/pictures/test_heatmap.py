from __future__ import annotations

import pytest
from attrs import evolve

from imsmap.analyses import matrix
from imsmap.drawing import SIZES, Area
from imsmap.pictures import heatmap
from tests.once import shipped
from tests.pictures import rules
from tests.pictures.invented import draw, report_for


def test_a_cell_tells_whose_the_topic_is_its_number_and_to_those_who_cant_see_it_its_title_and_class() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 2))
    cells = {part.alt.replace("\u00a0", " "): part for part in picture.parts.values() if part.role == "cell"}
    design = cells["Q 8.3 Design and development of products and services: alone"]
    assert design.paragraphs == ("Q", "8.3")
    assert cells["QE 4.1 Understanding the organization and its context: core"].paragraphs == ("QE", "4.1")
    assert any(alt.endswith("same number with another duty elsewhere") for alt in cells)


def test_the_title_names_the_clause_with_the_smallest_share_of_the_core_and_counts_it() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 2))
    assert picture.title.replace("\u00a0", " ") == (
        "Integration stops in operation: 1 of 8 topics is built once in clause 8, 24 of 39 elsewhere"
    )


def test_topics_of_the_core_come_first_and_a_clause_with_too_many_goes_on_in_a_second_line() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 2))
    table = picture.tables["Topics by class"]
    for row in range(1, len(table.heights)):
        kinds = [picture.parts[node].alt.rpartition(": ")[2].partition(",")[0]
                 for (at, column), node in sorted(table.cells.items())
                 if at == row and 0 < column < len(table.widths) - 1]  # fmt: skip
        assert kinds == sorted(kinds, key=["core", "related", "alone", "unknown"].index)
    (narrow,) = draw("heatmap", report_for("heatmap", 6), "4:3")
    assert len(narrow.tables["Topics by class"].heights) >= len(table.heights)


def test_with_more_than_three_standards_a_cell_counts_them() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 6))
    words = [part.paragraphs[0] for part in picture.parts.values() if part.role == "cell" and part.alt]
    assert "all" in words


def test_where_a_cell_has_the_first_of_several_clauses_its_notes_say_so_and_name_them() -> None:
    (two,) = draw("heatmap", report_for("heatmap", 2))
    keys = ("iso9001-2015", "iso45001-2018")
    (several,) = draw("heatmap", matrix.analyse(shipped(keys), matrix.Question(keys)))
    assert "Of several clauses a cell has the number of the first" not in "\n".join(two.notes)
    assert "Of several clauses a cell has the number of the first; all of them stand below." in "\n".join(several.notes)


def test_boxes_too_low_for_two_lines_all_say_the_same_kind_of_thing() -> None:
    low = evolve(SIZES["16:9"], title=Area(40, 20, 880, 60), body=Area(40, 90, 880, 120))
    (picture,) = heatmap.draw(report_for("heatmap", 2), low)
    said = [part.paragraphs for part in picture.parts.values() if part.role == "cell" and part.alt]
    assert len(said) > 40
    assert len({len(words) for words in said}) == 1


@pytest.mark.parametrize(("count", "wide", "high", "pages"), [(2, 880, 265, 1), (6, 560, 260, 2), (6, 880, 180, 3)])
def test_where_boxes_have_no_room_for_their_numbers_the_map_goes_on_on_a_further_page(
    count: int, wide: int, high: int, pages: int
) -> None:
    low = evolve(SIZES["16:9"], title=Area(36, 20, 888, 60), body=Area(36, 90, wide, high))
    found = heatmap.draw(report_for("heatmap", count), low)
    assert len(found) == pages
    boxes = [part for page in found for part in page.parts.values() if part.role == "cell" and part.alt]
    (whole,) = heatmap.draw(report_for("heatmap", count), SIZES["16:9"])
    assert sorted(box.alt for box in boxes) == sorted(p.alt for p in whole.parts.values() if p.role == "cell" and p.alt)
    assert {len(box.paragraphs) for box in boxes} == {2}
    assert len({box.size for box in boxes}) == 1
    for at, page in enumerate(found, start=1):
        assert rules.broken(page) == []
        assert page.title.endswith(f"({at} of {pages})") == (pages > 1)
        (table,) = page.tables.values()
        assert (1, 0) in table.cells  # each page begins with the name of a main clause


def test_what_is_one_standards_own_stands_beside_what_else_is_its_own() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 6))
    (table,) = picture.tables.values()
    letters = [side.label for side in report_for("heatmap", 6).answer.standards]
    rows: dict[tuple[int, str], list[int]] = {}
    for (row, _), node in sorted(table.cells.items()):
        owner, kind = picture.parts[node].alt.split(" ")[0], picture.parts[node].alt.rpartition(": ")[2]
        if owner in letters and not kind.startswith("core"):
            rows.setdefault((row, kind.partition(",")[0]), []).append(letters.index(owner))
    assert any(len(set(places)) > 1 for places in rows.values())
    assert all(places == sorted(places) for places in rows.values())


@pytest.mark.parametrize(("count", "size"), [(2, "16:9"), (3, "4:3"), (6, "16:9")])
def test_every_box_has_its_number_in_one_size_for_all(count: int, size: str) -> None:
    (picture,) = draw("heatmap", report_for("heatmap", count), size)
    boxes = [part for part in picture.parts.values() if part.role == "cell" and part.alt]
    assert [box.alt for box in boxes if len(box.paragraphs) < 2] == []
    assert len({box.size for box in boxes}) == 1


def test_a_clause_that_goes_on_has_lines_that_are_as_even_as_can_be() -> None:
    narrow = evolve(SIZES["16:9"], title=Area(40, 20, 480, 60), body=Area(40, 90, 480, 400))
    (picture,) = heatmap.draw(report_for("heatmap", 2), narrow)
    table = picture.tables["Topics by class"]
    named = {row for row, column in table.cells if row and not column}
    lengths = [sum(at == row and 0 < column < len(table.widths) - 1 for at, column in table.cells)
               for row in range(1, len(table.heights))]  # fmt: skip
    goes_on = [(lengths[row - 2], lengths[row - 1]) for row in range(2, len(table.heights)) if row not in named]
    assert goes_on
    assert all(0 <= before - after <= 2 for before, after in goes_on)


def test_where_a_number_has_no_room_the_letters_of_whose_it_is_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heatmap, "PAGES", 1)
    low = evolve(SIZES["16:9"], title=Area(36, 20, 888, 60), body=Area(36, 90, 560, 260))
    (picture,) = heatmap.draw(report_for("heatmap", 6), low)
    (table,) = picture.tables.values()
    boxes = [picture.parts[node] for (row, _), node in table.cells.items() if row and picture.parts[node].fill]
    letters = {side.label for side in report_for("heatmap", 6).answer.standards}
    lone = [part for part in boxes if part.alt.split(" ")[0] in letters]
    assert lone
    assert all(part.paragraphs and part.paragraphs[0].split(" ")[0] in letters for part in lone)


def test_of_two_standards_of_one_discipline_boxes_say_both_and_keep_their_numbers() -> None:
    keys = ("iso9001-2015", "iatf16949-2016")
    (picture,) = draw("heatmap", matrix.analyse(shipped(keys), matrix.Question(keys)))
    boxes = [part for part in picture.parts.values() if part.role == "cell" and part.alt]
    assert {len(box.paragraphs) for box in boxes} == {2}
    assert {box.paragraphs[0] for box in boxes} == {"both", "Q9001"}
