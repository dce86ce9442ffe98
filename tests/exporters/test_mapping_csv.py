from __future__ import annotations

import csv
import io

from imsmap import interchange
from imsmap.exporters.mapping_csv import COLUMNS, export, losses
from tests.exporters.interchange import DAY, PAIR, mini, shipped


def test_each_relation_is_a_row_with_both_sides_by_full_reference():
    graph = shipped(*PAIR)
    rows = list(csv.DictReader(io.StringIO(export(graph, DAY).decode(), newline="")))
    stated = interchange.stated(graph)
    assert [row["id"] for row in rows] == [relation.id.partition("#")[2] for relation in stated]
    assert tuple(rows[0]) == COLUMNS
    for row, relation in zip(rows, stated, strict=True):
        assert row["subject"].replace("*", "").split("; ") == list(relation.subject)
        assert (row["predicate"], row["strength"]) == (relation.predicate, str(relation.strength or ""))
    assert any("; " in row["object"] for row in rows)
    assert any(row["subject"] == f"{PAIR[0]}:*" for row in rows)


def test_what_a_table_can_not_say_is_told():
    assert export(mini(), DAY) == export(mini(), DAY)
    told = "\n".join(map(str, losses(shipped(*PAIR))))
    assert "213: not written: which points say which core point" in told
    assert "they come back as in part" in told
