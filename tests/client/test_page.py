from __future__ import annotations

import datetime

from imsmap.client.page import overlay_of
from imsmap.drawing.look import Look
from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Key, Value
from imsmap.register.state import state
from tests.building import graph, standard

A, B = "iso1-2030", "iso2-2030"
DAY = datetime.date(2031, 1, 2)
SMALL = graph(
    standard(A, {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.1": ["=planned"]}),
    standard(B, {"4": None, "4.1": ["=issues", "+nature"], "8": None, "8.1": ["=planned"]}, discipline="environment"),
)


def test_a_project_brings_its_look_and_who_answers_for_each_clause() -> None:
    cells: dict[Key, Value] = {
        Key("requirements", "core:issues", "owner"): "Jane Smith",
        Key("requirements", f"{B}:4.1#nature", "owner"): "Jo Miller",
        Key("requirements", f"{A}:4.1#issues", "status"): "conforming",
    }
    found = overlay_of(
        Look(name="Smith"),
        SMALL,
        (A, B),
        cells,
        state(asked(grouped(SMALL, (A, B))), cells, date=DAY),
    )
    assert found.owners[f"{A}:4.1"] == ("Jane Smith",)
    assert found.owners[f"{B}:4.1"] == ("Jane Smith", "Jo Miller")
    assert found.owners[f"{A}:8.1"] == ()
    assert found.look.name == "Smith"
    assert found.status([f"{B}:8.1"]) == ""


def test_what_nobody_has_looked_at_is_told_as_none() -> None:
    found = overlay_of(Look(), SMALL, (A, B), {}, state(asked(grouped(SMALL, (A, B))), {}, date=DAY))
    assert found.said == ("0 of 6 points are assessed", "")
