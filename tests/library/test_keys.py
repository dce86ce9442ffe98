"""The keys of every kind of file: told to people, and to editors as schemas that match the model and the real files."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
import yaml

from imsmap.errors import DataError
from imsmap.library.load import load
from imsmap.library.load.keys import KINDS, Kind, schema, told
from imsmap.library.load.meanings import MEANINGS
from tests.fixtures import MAPPINGS, ROOT, Answer

GOOD = ROOT / "tests/data/good"
FILES = sorted([*MAPPINGS.rglob("*.yaml"), *GOOD.rglob("*.yaml")])
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


def kind_of(path: Path) -> Kind:
    name = "/".join(path.parts[-2:])
    return next(kind for kind in KINDS if fnmatch(name, f"*{kind.where}".replace("KEY", "*").replace("ANY-NAME", "*")))


def validator(kind: Kind) -> jsonschema.Draft202012Validator:
    return validators()[kind.name]


@cache
def validators() -> dict[str, jsonschema.Draft202012Validator]:
    return {kind.name: jsonschema.Draft202012Validator(json.loads(schema(kind))) for kind in KINDS}


@every_kind
def test_the_schemas_in_docs_are_those_of_the_model(kind: Kind) -> None:
    path = ROOT / f"docs/schema/{kind.name}.json"
    assert path.read_text("utf-8") == schema(kind), "imsmap check --schemas docs/schema writes it anew"
    jsonschema.Draft202012Validator.check_schema(json.loads(schema(kind)))


def test_each_key_of_the_model_has_its_meaning_and_none_has_one_in_vain() -> None:
    names = {name for kind in KINDS for name in json.loads(schema(kind))["$defs"]}
    assert names == set(MEANINGS)
    for kind in KINDS:
        for name, shape in json.loads(schema(kind))["$defs"].items():
            assert set(shape["properties"]) == set(MEANINGS[name]), name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["BaseLoader", "SafeLoader"], ids=["as text", "as editors read"])
def test_every_file_of_the_data_and_of_the_good_fixtures_fits(name: str) -> None:
    # Where the library written in C is there, it reads the same in a tenth of the time.
    loader = getattr(yaml, f"C{name}", None) or getattr(yaml, name)
    offenders = [
        f"{path}: {error.json_path}: {error.message}"
        for path in FILES
        for error in validator(kind_of(path)).iter_errors(plain(yaml.load(path.read_text("utf-8"), loader)))
    ]
    assert offenders == []
    assert {kind_of(path).name for path in FILES} == {kind.name for kind in KINDS}


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def mappings_in(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Give each mapping in a file once: of lists only the first entry."""
    if isinstance(value, dict):
        yield at, value
        for key, inner in value.items():
            yield from mappings_in(inner, (*at, key))
    elif isinstance(value, list) and value:
        yield from mappings_in(value[0], (*at, 0))


def with_change(whole: Any, at: tuple[str | int, ...], change: Callable[[dict[str, Any]], None]) -> Any:
    changed = copy.deepcopy(whole)
    inner = changed
    for step in at:
        inner = inner[step]
    change(inner)
    return changed


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "library.yaml",
        "standards/iso90001-2030.yaml",
        "structures/hs-2021.yaml",
        "relations/iso90001-2030_iso91001-2030.yaml",
    ],
)
def test_the_schema_and_the_door_refuse_the_same(mini_root: Path, name: str) -> None:
    path = mini_root / name
    whole = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    check = validator(kind_of(path))
    assert check.is_valid(whole)
    disagreeing = []
    for at, mapping in mappings_in(whole):
        changes: list[tuple[str, Callable[[dict[str, Any]], None]]] = [
            ("surplus", lambda inner: inner.update(surplus="x")),
            *((key, lambda inner, key=key: inner.pop(key)) for key in mapping),  # type: ignore[misc]
        ]
        for what, change in changes:
            changed = with_change(whole, at, change)
            path.write_text(yaml.safe_dump(changed, sort_keys=False), "utf-8")
            if check.is_valid(changed) == refused_for_its_shape(mini_root):
                disagreeing.append((at, what))
    assert disagreeing == []


def refused_for_its_shape(root: Path) -> bool:
    try:
        load(root)
    except DataError as error:
        return any("is missing; add it" in p.message or "unknown key" in p.message for p in error.problems if p.line)
    return False


@every_kind
def test_people_are_told_each_key_with_its_meaning(kind: Kind) -> None:
    lines = told(kind).splitlines()
    assert lines[0] == f"{kind.where}: {kind.says}"
    for name in (field.name for field in attrs.fields(kind.holds)):
        mark = "*" if kind.needs(kind.holds, name) else " "
        meaning = MEANINGS[kind.holds.__name__][name]
        assert any(line.startswith(f"  {mark} {name}: {meaning}") for line in lines), name


def test_the_check_prints_the_keys_of_one_kind_or_of_all(imsmap: Callable[..., Answer], tmp_path: Path) -> None:
    one = imsmap("check", "--keys", "relations")
    assert (one.code, one.err) == (0, "")
    assert "* predicate: How the subject stands to the object. One of: equal-to," in one.out
    assert "standards/KEY.yaml" not in one.out
    every = imsmap("check", "--keys")
    assert all(kind.where in every.out for kind in KINDS)
    wrong = imsmap("check", "--keys", "relation")
    assert (wrong.code, "did you mean relations" in wrong.err) == (2, True)


def test_the_check_writes_the_schemas(imsmap: Callable[..., Answer], tmp_path: Path) -> None:
    assert imsmap("check", "--schemas", tmp_path / "schemas").code == 0
    for kind in KINDS:
        assert (tmp_path / f"schemas/{kind.name}.json").read_text("utf-8") == schema(kind)
