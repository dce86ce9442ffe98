from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from imsmap import interchange
from imsmap.errors import UsageError
from imsmap.exporters.olir import export, losses
from imsmap.interchange import OLIR, OLIR_COLUMNS
from tests.exporters.interchange import DAY, PAIR, mini, shipped


def rows_of(content: bytes, sheet: str) -> list[tuple]:
    return list(openpyxl.load_workbook(BytesIO(content), read_only=True)[sheet].iter_rows(values_only=True))


def test_each_relation_of_one_focal_element_is_a_row_and_one_with_several_references_a_group():
    graph = shipped(*PAIR)
    head, *rows = rows_of(export(graph, DAY), "Relationships")
    assert head == OLIR_COLUMNS
    written = [relation for relation in interchange.stated(graph) if len(relation.subject) == 1]
    assert len(rows) == sum(len(relation.object) for relation in written)
    expected = [
        (interchange.local(r.subject), OLIR[r.predicate], interchange.local((ref,)), r.strength)
        for r in written
        for ref in r.object
    ]
    assert [(row[0], row[3], row[4], row[9]) for row in rows] == expected
    groups = {row[7] for row in rows} - {None}
    assert len(groups) == sum(len(relation.object) > 1 for relation in written) > 0
    assert {(row[3] in ("equal", "subset of"), row[6]) for row in rows} <= {(True, "Y"), (False, "N")}


def test_general_information_names_both_documents():
    said = dict(rows_of(export(shipped(*PAIR), DAY), "General Information"))
    assert said["Focal Document Version"] == "ISO 9001:2015"
    assert (said["Reference Document"], said["Reference Document Author"]) == ("ISO 14001:2015", "ISO")


def test_a_workbook_is_about_two_documents():
    with pytest.raises(UsageError, match="is about two documents, and 1 are named"):
        export(mini("iso90001-2030"), DAY)


def test_the_same_library_gives_the_same_bytes_and_what_is_not_written_is_told():
    graph = mini(*[one.key for one in mini().standards][:2])
    assert export(graph, DAY) == export(graph, DAY)
    told = losses(shipped(*PAIR))
    several = [r.id for r in interchange.stated(shipped(*PAIR)) if len(r.subject) > 1]
    assert next(loss.names for loss in told if "focal side has one" in loss.words) == tuple(several)
