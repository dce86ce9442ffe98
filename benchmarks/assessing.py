"""What people type to assess the demo: each requirement for itself, as it was, and each question once, as it is.

    python benchmarks/assessing.py [--write]

Counted are the cells of Requirements that its people filled, and the keys for them: each character of a text, one key
for a word of a list or a date's day. Nothing is assumed: the same answers are written in both orders, by the rule that
puts an old register into the new one and back (`Questions.spread`).
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

from imsmap.client import demo
from imsmap.client.processes import parse
from imsmap.client.standing import questions_of, standing
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from imsmap.register.cells import Cells, Key, Value, shown
from imsmap.register.offers import others
from imsmap.register.questions import SHARED, SHEET
from imsmap.register.schema import REQUIREMENTS
from imsmap.register.state import ASSESSED

MAPPINGS = Path(__file__).parents[1] / "mappings"
USER = {field.key: field for field in REQUIREMENTS if field.owner == "user"}


def typed(cells: Cells) -> tuple[int, int]:
    """Count the cells that people fill on Requirements, and the keys for them."""
    filled = {key: value for key, value in cells.items() if key.sheet == SHEET and key.field in USER}
    return len(filled), sum(keys(key, value) for key, value in filled.items())


def keys(key: Key, value: Value) -> int:
    """Count the keys for a cell: one where a word of a list is chosen, ten for a date, else a key for each sign."""
    return 1 if USER[key.field].choices else len(shown(value))


def down(rows: Sequence[str], cells: Cells) -> tuple[int, int]:
    """Fill a sheet row by row: the keys for its cells where the one above may be taken down, and those to move.

    A cell takes its keys and one to leave it, or three where the cell above says the same (Ctrl+D, and to leave it);
    one arrow leads over an empty cell, one over a row that is left as it is, and two to the row below.
    """
    typed_, moved, above = 0, 0, dict.fromkeys(USER, "")
    for row in rows:
        place = 0
        filled = False
        for number, name in enumerate(USER):
            if (key := Key(SHEET, row, name)) not in cells:
                continue
            said, filled = shown(cells[key]), True
            typed_ += 3 if above[name] == said and len(said) > 1 else keys(key, cells[key]) + 1
            above[name] = said
            moved += number - place
            place = number
        moved += 2 if filled else 1
    return typed_, moved


def lines(graph: ClauseGraph, standards: tuple[str, ...]) -> list[str]:
    """Give the rows of the table for one demo."""
    cells = demo.cells(standards)
    questions = questions_of(graph, standards)
    apart = questions.spread(cells)
    before, after = typed(apart), typed(cells)
    points = [ref for key in standards for leaf in graph.leaves(key) for ref, _ in graph.points((leaf.ref,))]
    once_down = [
        row for question in questions for row in dict.fromkeys((question.id, *(v.point for v in question.verdicts)))
    ]
    each, asked = down(points, apart), down(once_down, cells)
    found = parse(demo.files(standards)["processes.csv"])
    state = standing(graph, standards, cells, found, datetime.date(2026, 11, 25))
    shared = [point for question in questions if question.is_shared for point in (v.point for v in question.verdicts)]
    given = [point for point in shared if state.points[point].status in ASSESSED]
    offered = sum(
        any(state.points[other].status == state.points[point].status for other, _ in others(questions, point))
        for point in given
    )
    own = sum(Key(SHEET, point, name) in cells for point in shared for name in SHARED)
    once = sum(
        1 for question in questions if question.is_shared for name in SHARED if Key(SHEET, question.id, name) in cells
    )
    names = ", ".join(graph.standard(key).designation for key in standards)
    return [
        names,
        f"  each requirement for itself: {before[0]} cells, {before[1]} keys",
        f"  each question once:          {after[0]} cells, {after[1]} keys",
        f"  not typed again:             {before[0] - after[0]} cells, {before[1] - after[1]} keys",
        "  down the sheet, with Ctrl+D for what stands above:",
        f"    each requirement for itself: {each[0]} keys, and {each[1]} to move",
        f"    each question once:          {asked[0]} keys, and {asked[1]} to move",
        f"  of what may be said once for shared questions, {once} cells are, and {own} are a standard's own",
        f"  verdicts on shared questions that say what another standard's says: {offered} of {len(given)}",
    ]


def main() -> None:
    """Count for each demo, and print it or write it into the README."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write", action="store_true")
    graph = ClauseGraph(load(MAPPINGS))
    told = "\n".join(line for standards in demo.STANDARDS for line in lines(graph, standards))
    if not parser.parse_args().write:
        print(told)
        return
    from page import put

    put("assessing", indent(told, "    "))


if __name__ == "__main__":
    main()
