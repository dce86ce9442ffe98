"""What the script needs to explain a clause: points, links, stated relations and false friends, as plain values."""

from __future__ import annotations

from typing import Any

from imsmap.exporters.html.scene import Scene
from imsmap.exporters.html.usual import USUAL
from imsmap.library.model import KIND_WORDS, WARNING_GLYPH, Kin

CLASSES = {
    Kin.SAME: "the same core requirements, and nothing more",
    Kin.EXTENDED: "a shared core requirement, and one side or both add to it",
    Kin.RELATED: "no shared core requirement, but a relation that a person stated or that follows from such",
    Kin.NONE: "looked at: nothing in common, and the reason is stated",
    Kin.NOT_ASSESSED: "nobody has looked; never counted as none",
}
RELATIONS = {
    "equal-to": "both ask for the same",
    "subset-of": "all that {a} asks for is part of what {b} asks for",
    "superset-of": "all that {b} asks for is part of what {a} asks for",
    "intersects-with": "they overlap, and each asks for something that the other does not",
    "no-relationship": "they have nothing in common",
}


def data(scene: Scene) -> dict[str, Any]:
    """Collect it; short keys, since they come a thousand times."""
    sources: dict[str, int] = {}
    relations = [_relation(entry, sources) for entry in _entries(scene) if entry["basis"] != "core"]
    return {
        "standards": [{"key": side.key, "name": side.name, "tag": side.tag} for side in scene.sides],
        "glyphs": {kin.value: kin.glyph for kin in Kin},
        "classes": {kin.value: words for kin, words in CLASSES.items()},
        "words": RELATIONS,
        "warning": WARNING_GLYPH,
        "core": _core(scene),
        "clauses": [_clause(clause) for clause in scene.clauses],
        "groups": [_group(group) for group in scene.matrix["groups"]],
        "headings": {**scene.matrix["headings"]["core"]},
        "links": [_link(link) for link in scene.links],
        "relations": relations,
        "sources": list(sources),
        "friends": [
            {"n": entry["number"], "a": entry["subject"], "b": entry["object"], "note": entry["note"]}
            for entry in scene.friends["false_friends"]
        ],
        "none": _without(scene, "uncovered"),
        "open": _without(scene, "unassessed"),
        "usual": USUAL,
    }


def _entries(scene: Scene) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scene.reports["relations"].values["relations"]
    return found


def _without(scene: Scene, kind: str) -> list[list[str]]:
    """List the leaf clauses without a counterpart in another standard: reference, key of the other."""
    return [
        [f"{entry['of']}:{number}", entry["by"]]
        for entry in scene.coverage
        if entry["unit"] == "leaf clause"
        for number in entry.get(kind, ())
    ]


def _core(scene: Scene) -> dict[str, str]:
    """Give the words of the core points that any two of the standards share."""
    return {
        entry["core"]: entry["text"]
        for group in scene.matrix["groups"]
        for entry in group["shared"]
        if entry["core"] is not None
    }


def _clause(clause: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"r": clause["ref"], "t": clause["name"]}
    if clause["leaf"]:
        found["p"] = [_point(point) for point in clause["points"]]
    return found


def _point(point: dict[str, Any]) -> list[Any]:
    """Give a point as id, words, core point (or nothing), kind of documented information (or nothing)."""
    words = point["text"] + (f" ({point['amendment']})" if point.get("amendment") else "")
    kind = KIND_WORDS[point["documented"]] if point.get("documented") else ""
    return [point["id"].partition("#")[2], words, point["core"] or "", kind]


def _group(group: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": group["id"],
        "n": group["number"] or "",
        "t": group["title"],
        "c": [clause["ref"] for clauses in group["clauses"].values() for clause in clauses],
        "also": [clause["ref"] for clauses in group["also"].values() for clause in clauses],
        "s": [entry["core"] for entry in group["shared"] if entry["core"] is not None],
    }


def _link(link: dict[str, Any]) -> dict[str, Any]:
    found = {
        "a": link["subject"],
        "b": link["object"],
        "k": link["class"],
        "ok": link["possible"],
        "claim": link["claim"],
        "basis": link["basis"],
        "c": link["confidence"],
    }
    if link["jointly"]:
        found["j"] = True
    if link["shared"]:
        found["s"] = link["shared"]
    for key, name in (("x", "subject_adds"), ("y", "object_adds")):
        if link[name]:
            found[key] = [ref.partition("#")[2] for ref in link[name]]
    return found


def _relation(entry: dict[str, Any], sources: dict[str, int]) -> dict[str, Any]:
    source = f"{entry['justification']} {entry['source']}".strip()
    found = {
        "id": entry["id"].partition("#")[2] or entry["id"],
        "a": entry["subject_refs"],
        "p": entry["relation"],
        "b": entry["object_refs"],
        "basis": entry["basis"],
        "why": entry["rationale"],
        "c": entry["confidence"],
        "by": entry["author"],
        "src": sources.setdefault(source, len(sources)),
    }
    if entry["strength"] is not None:
        found["n"] = entry["strength"]
    if entry["suspect"]:
        found["suspect"] = True
    if entry["premises"]:
        found["from"] = entry["premises"]
    return found
