"""Values of imsmap are attrs' frozen values, made faster."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import attrs
import pytest
from attrs import evolve, field
from hypothesis import given
from hypothesis import strategies as st

from imsmap.values import frozen

ROOT = Path(__file__).parents[1]


@frozen
class Ours:
    a: int
    b: str = "b"
    c: int = field(default=0, eq=False)
    d: int = field(default=0, repr=False)


@attrs.frozen
class Theirs:
    a: int
    b: str = "b"
    c: int = field(default=0, eq=False)
    d: int = field(default=0, repr=False)


@frozen
class Further(Ours):
    e: int = 5


@frozen
class Empty:
    pass


@frozen
class Own:
    a: int

    def __repr__(self) -> str:
        return "own"

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 7


SMALL = st.tuples(st.integers(0, 1), st.sampled_from("bB"), st.integers(0, 1), st.integers(0, 1))


@given(SMALL, SMALL)
def test_they_equal_hash_and_read_as_attrs_values_do(one: tuple[int, str, int, int], two: tuple[int, str, int, int]):
    a, b = Ours(*one), Ours(*two)
    assert (a == b) == (Theirs(*one) == Theirs(*two))
    assert (a != b) == (Theirs(*one) != Theirs(*two))
    assert a != b or hash(a) == hash(b)
    assert repr(a) == repr(Theirs(*one)).replace("Theirs", "Ours")
    assert evolve(a, a=two[0]) == Ours(two[0], *one[1:])
    assert [copy.copy(a), copy.deepcopy(a), pickle.loads(pickle.dumps(a))] == [a, a, a]


def test_a_value_of_another_class_is_another_value() -> None:
    assert Ours(1) != Theirs(1)
    assert Further(1) != Ours(1)
    assert (Further(1), hash(Further(1))) == (Further(1), hash(Further(1)))
    assert Further(1) != Further(1, e=6)
    assert repr(Further(1)) == "Further(a=1, b='b', c=0, e=5)"
    assert (Empty(), hash(Empty()), repr(Empty())) == (Empty(), hash(Empty()), "Empty()")


def test_what_a_class_says_itself_stays() -> None:
    assert (repr(Own(1)), Own(1), hash(Own(1))) == ("own", Own(2), 7)


def test_nothing_of_them_can_be_changed_and_nothing_added() -> None:
    value = Ours(1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.a = 2  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.z = 2  # type: ignore[attr-defined]
    assert not hasattr(value, "__dict__")


def test_every_frozen_value_of_imsmap_is_made_here() -> None:
    files = sorted((ROOT / "imsmap").rglob("*.py"))
    others = [path.name for path in files if path.name != "values.py" and "attrs.frozen" in path.read_text("utf-8")]
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            if line.strip().startswith("from attrs import") and "frozen" in line and path.name != "values.py":
                others.append(path.name)
    assert others == []
