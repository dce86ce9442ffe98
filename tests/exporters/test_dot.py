from __future__ import annotations

from imsmap.drawing import graphviz
from imsmap.exporters import dot
from tests.pictures.invented import draw, report_for


def test_nodes_are_numbered_and_never_named_after_clauses() -> None:
    (picture,) = draw("columns", report_for("columns", 2))
    names = [node.get_name() for node in picture.dot.get_nodes() if node.get_name().startswith("n")]
    numbered = [name for name in names if name[1:].isdigit()]
    assert numbered == [f"n{index}" for index in range(len(picture.parts))]


def test_the_text_that_is_written_can_be_drawn() -> None:
    (picture,) = draw("columns", report_for("columns", 2))
    text = dot.export(picture).decode()
    assert graphviz.render(text, "svg", "neato").startswith(b"<?xml")
    assert len(graphviz.layout(text, "neato")["edges"]) == 14
