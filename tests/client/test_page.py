from __future__ import annotations

import datetime
from pathlib import Path

from imsmap.client.page import overlay_of
from imsmap.client.settings import Brand, Project
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


def test_a_project_brings_brand_and_who_answers_for_each_clause(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"a picture")
    brand = Brand("Smith", ("#7A1F6B",), tmp_path / "logo.png", legal="Smith Ltd, an invented company")
    cells: dict[Key, Value] = {
        Key("requirements", "core:issues", "owner"): "Jane Smith",
        Key("requirements", f"{B}:4.1#nature", "owner"): "Jo Miller",
        Key("requirements", f"{A}:4.1#issues", "status"): "conforming",
    }
    found = overlay_of(
        Project(tmp_path, "smith-1", "Smith Ltd", (A, B), brand=brand),
        SMALL,
        (A, B),
        cells,
        state(asked(grouped(SMALL, (A, B))), cells, date=DAY),
    )
    assert found.owners[f"{A}:4.1"] == ("Jane Smith",)
    assert found.owners[f"{B}:4.1"] == ("Jane Smith", "Jo Miller")
    assert found.owners[f"{A}:8.1"] == ()
    assert (found.name, found.colours, found.legal) == ("Smith", ("#7A1F6B",), "Smith Ltd, an invented company")
    assert found.logo is not None
    assert found.logo.address == "data:image/png;base64,YSBwaWN0dXJl"
    assert found.logo_dark is None
    assert found.status([f"{B}:8.1"]) == ""


def test_without_a_logo_the_page_has_none(tmp_path: Path) -> None:
    project = Project(tmp_path, "smith-1", "Smith Ltd", (A, B))
    found = overlay_of(project, SMALL, (A, B), {}, state(asked(grouped(SMALL, (A, B))), {}, date=DAY))
    assert found.logo is None
    assert found.said == ("0 of 6 points are assessed", "")
