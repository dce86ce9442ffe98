"""What a project's answers say on slides: its processes by clause with the gaps, its actions of the next 90 days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imsmap.client.processes import SHEET, Processes, marked
from imsmap.library.model import number_key, split_ref
from imsmap.register.cells import NEW, OVER, Cells, Formula, Key, Value, shown
from imsmap.report import Report, untyped

DAYS = 90
_OVER_WITH = ("done", "verified")
_SEVERITY = ("major", "minor", "observation")
_ACTION = "action:"


def processes(requirements: Report[object], cells: Cells, found: Processes) -> Report[object]:
    """Answer which process answers for which clause, for the picture `processes`.

    A leaf clause has a process if one is marked for it or if all take part; what is held not applicable in whole is no
    gap, and is counted apart.
    """
    marks = {entry.id: marked(cells, entry.id) for entry in found.entries}
    spared = _not_applicable(requirements, cells)
    clauses = []
    for clause in requirements.values["clauses"]:
        if clause["leaf"]:
            ref = clause["ref"]
            clauses.append(
                {
                    "standard": clause["standard"],
                    "ref": ref,
                    "number": clause["number"],
                    "title": clause["title"],
                    "marks": {id_: held[ref] for id_, held in marks.items() if ref in held},
                    "all": _said(cells, SHEET, ref, "all") == "yes",
                    "applies": ref not in spared,
                }
            )
    counted = [one for one in clauses if one["applies"]]
    n = sum(1 for one in counted if one["marks"] or one["all"])
    values = {
        "standards": requirements.values["standards"],
        "headings": {one["ref"]: one["title"] for one in requirements.values["clauses"]},
        "processes": [{"id": one.id, "name": one.name, "owner": one.owner} for one in found.entries],
        "clauses": clauses,
        "n": n,
        "m": len(counted),
        "not_applicable": len(clauses) - len(counted),
    }
    return Report(
        "processes",
        "Processes by clause",
        requirements.data_version,
        (),
        values,
        untyped,
        f"{n} of {len(counted)} leaf clauses that apply have a process",
        (
            "A leaf clause has a process if processes.csv or the sheet Processes marks one for it, or all for it. Not "
            "counted: leaf clauses of which every requirement is held not applicable. A mark says who answers, not "
            "that anything is met.",
        ),
    )


def next90(requirements: Report[object], cells: Cells, date: datetime.date) -> Report[object] | None:
    """Answer which actions are due within 90 days of a date, the weightiest first; nothing if none was written."""
    written = list(_actions(requirements, cells))
    if not written:
        return None
    until = date + datetime.timedelta(DAYS)
    still = [one for one in written if one["progress"].casefold() not in _OVER_WITH]
    due = [one for one in still if one["due"] and one["due"] <= until.isoformat()]
    for one in due:
        one["overdue"] = one["due"] < date.isoformat()
    undated = sum(1 for one in still if not one["due"])
    values = {
        "standards": requirements.values["standards"],
        "date": date.isoformat(),
        "until": until.isoformat(),
        "actions": sorted(due, key=_weight),
        "written": len(written),
        "open": len(still),
        "due": len(due),
        "overdue": sum(1 for one in due if one["overdue"]),
        "undated": undated,
        "unowned": sum(1 for one in due if not one["owner"]),
    }
    return Report(
        "next90",
        "Next 90 days",
        requirements.data_version,
        (),
        values,
        untyped,
        f"{len(due)} of {len(still)} open actions are due by {until.isoformat()}",
        (
            f"Open: neither done nor verified, {len(still)} of {len(written)} actions written. Due: on or before "
            f"{until.isoformat()}, 90 days after {date.isoformat()}; overdue: before {date.isoformat()}. "
            f"{undated} of {len(still)} open actions have no date and are not among them. Order: major gaps first, "
            "then by date. Source: the project's answers, sheets Requirements and Actions.",
        ),
    )


def _weight(action: Mapping[str, Any]) -> tuple[Any, ...]:
    severity = action["severity"].casefold()
    place = _SEVERITY.index(severity) if severity in _SEVERITY else len(_SEVERITY)
    return place, action["due"], action["standard"], number_key(action["clause"] or "0"), action["text"]


def _actions(requirements: Report[object], cells: Cells) -> Iterator[dict[str, Any]]:
    """Give the actions that requirements ask for, then those that people wrote into rows of their own."""
    letters = {one["key"]: one["letter"] for one in requirements.values["standards"]}
    for clause in requirements.values["clauses"]:
        for point in clause["points"]:
            text = _said(cells, "requirements", point["id"], "action")
            if text:
                standard, number, _ = split_ref(point["id"])
                yield {
                    "standard": standard, "letter": letters[standard], "clause": number, "text": text,
                    **{key: _said(cells, "requirements", point["id"], key) for key in ("owner", "severity")},
                    "due": _day(cells.get(Key("requirements", point["id"], "due"))),
                    "progress": _said(cells, "actions", _ACTION + point["id"], "status"), "overdue": False,
                }  # fmt: skip
    for row in sorted({key.row for key in cells if key.sheet == "actions" and key.row.startswith(NEW)}):
        text = _own(cells, row, "text")
        if text:
            yield {
                "standard": "", "letter": "", "clause": "", "text": text,
                **{key: _own(cells, row, key) for key in ("owner", "severity")},
                "due": _day(cells.get(Key("actions", row, "due"), cells.get(Key("actions", row, f"{OVER}due")))),
                "progress": _said(cells, "actions", row, "status"), "overdue": False,
            }  # fmt: skip


def _own(cells: Cells, row: str, field: str) -> str:
    return _said(cells, "actions", row, field) or _said(cells, "actions", row, f"{OVER}{field}")


def _said(cells: Cells, sheet: str, row: str, field: str) -> str:
    value = cells.get(Key(sheet, row, field))
    if isinstance(value, Formula):
        value = value.value
    return " ".join(shown(value).split()) if value is not None else ""


def _day(value: Value | None) -> str:
    """Give a date as text that sorts; nothing for what is none."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else ""


def _not_applicable(requirements: Report[object], cells: Cells) -> set[str]:
    """Name the leaf clauses of which every requirement is held not applicable."""

    def out(points: Iterable[Mapping[str, Any]]) -> bool:
        said = [_said(cells, "requirements", point["id"], "applies").casefold() for point in points]
        return bool(said) and all(one == "not applicable" for one in said)

    return {clause["ref"] for clause in requirements.values["clauses"] if clause["leaf"] and out(clause["points"])}
