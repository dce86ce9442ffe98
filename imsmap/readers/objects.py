"""JSON of other tools: read whole, and looked into without trusting what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from imsmap.errors import DataError, Problem
from imsmap.readers import csv
from imsmap.report import Json


def parsed(content: bytes, shown: str) -> Mapping[str, Json]:
    """Read a text of JSON; nothing where it holds no object. DataError, with the line, where it is no JSON."""
    text, _, _ = csv.decoded(content)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError([Problem(shown, error.lineno, f"is no JSON: {error.msg}; export it again")]) from None
    except RecursionError:
        raise DataError([Problem(shown, None, "is nested too deeply; export it again")]) from None
    except ValueError:
        raise DataError([Problem(shown, None, "holds a number that is too long; correct it")]) from None
    return found if is_object(found) else {}


def is_object(value: object) -> TypeGuard[Mapping[str, Json]]:
    """Tell whether a value is an object."""
    return isinstance(value, dict)


def objects(value: Json | None) -> Iterator[tuple[int, Mapping[str, Json]]]:
    """Give the objects of a list, each with its place; of what is no list, none."""
    for place, one in enumerate(value if isinstance(value, list) else ()):
        if is_object(one):
            yield place, one


def text_of(held: Mapping[str, Json], name: str) -> str:
    """Give a text or a number of an object as text; nothing for all else."""
    value = held.get(name)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
