"""Values of imsmap are attrs' frozen values, made faster."""

from __future__ import annotations

import copy
import pickle
from functools import cached_property
from pathlib import Path

import attrs
import pytest
from attrs import evolve, field
from hypothesis import given
from hypothesis import strategies as st

from imsmap.values import frozen, names_of, types_of

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


@frozen
class Plain:
    """All its fields have plain defaults, or none."""

    a: int
    _b: str = "b"
    c: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        return 2 * self.a


@attrs.frozen
class PlainTheirs:
    a: int
    _b: str = "b"
    c: tuple[int, ...] = ()


@frozen
class FurtherPlain(Plain):
    d: int = 4


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


PLAIN = st.tuples(st.integers(0, 1), st.sampled_from("bB"), st.tuples(st.integers(0, 1)))


@given(PLAIN, PLAIN)
def test_those_of_plain_fields_do_too(one: tuple[int, str, tuple[int]], two: tuple[int, str, tuple[int]]) -> None:
    a, b = Plain(*one), Plain(two[0], b=two[1], c=two[2])
    assert (a == b) == (PlainTheirs(*one) == PlainTheirs(*two))
    assert a != b or hash(a) == hash(b)
    assert repr(a) == repr(PlainTheirs(*one)).replace("PlainTheirs", "Plain")
    assert evolve(a, b=two[1]) == Plain(one[0], two[1], one[2])
    assert [copy.copy(a), copy.deepcopy(a), pickle.loads(pickle.dumps(a))] == [a, a, a]
    assert attrs.asdict(a) == attrs.asdict(PlainTheirs(*one))
    assert (Plain(1), a.twice) == (Plain(1, "b", ()), 2 * one[0])


def test_their_fields_are_told_as_attrs_tells_them() -> None:
    @frozen
    class Asked:
        """Its fields are asked for before there is a value."""

        a: int
        _b: str = "b"
        c: tuple[int, ...] = ()

    def told(class_: type) -> list[tuple[object, ...]]:
        return [(one.name, one.default, one.type, one.init, one.alias) for one in attrs.fields(class_)]

    assert told(Asked) == told(PlainTheirs)
    assert told(Asked) == told(Plain)
    assert (Asked(1, c=(2,)).c, attrs.has(Asked)) == ((2,), True)
    assert [names_of(Plain), names_of(Ours)] == [["a", "_b", "c"], ["a", "b", "c", "d"]]
    assert types_of(Ours) == {"a": int, "b": str, "c": int, "d": int}
    assert types_of(Plain) == {"a": int, "_b": str, "c": tuple[int, ...]}


def test_whoever_leaves_out_what_a_value_needs_is_told() -> None:
    @frozen
    class Needy:
        a: int

    for _ in range(2):
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
            Needy()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'b'"):
            Needy(1, b=2)  # type: ignore[call-arg]


def test_a_class_that_begins_in_its_own_way_or_names_itself_does_so() -> None:
    @frozen
    class Begins:
        a: int
        b: int = 0

        def __attrs_post_init__(self) -> None:
            object.__setattr__(self, "b", self.a + 1)

    @frozen
    class Names:
        a: int

        def kind(self) -> type:
            return __class__  # type: ignore[name-defined]

        @cached_property
        def twice(self) -> int:
            return 2 * self.a

    assert Begins(1).b == 2
    assert (Names(1).kind(), Names(2).twice) == (Names, 4)


def test_a_value_of_another_class_is_another_value() -> None:
    assert Ours(1) != Theirs(1)
    assert Further(1) != Ours(1)
    assert (Further(1), hash(Further(1))) == (Further(1), hash(Further(1)))
    assert Further(1) != Further(1, e=6)
    assert FurtherPlain(1) != Plain(1)
    assert (FurtherPlain(1, "c"), hash(FurtherPlain(1))) == (FurtherPlain(1, "c", (), 4), hash(FurtherPlain(1)))
    assert repr(Further(1)) == "Further(a=1, b='b', c=0, e=5)"
    assert (Empty(), hash(Empty()), repr(Empty())) == (Empty(), hash(Empty()), "Empty()")


def test_what_a_class_says_itself_stays() -> None:
    assert (repr(Own(1)), Own(1), hash(Own(1))) == ("own", Own(2), 7)


@pytest.mark.parametrize("value", [Ours(1), Plain(1), FurtherPlain(1)], ids=lambda value: type(value).__name__)
def test_nothing_of_them_can_be_changed_and_nothing_added(value: Ours) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.a = 2  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.z = 2  # type: ignore[attr-defined]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del value.a
    assert not hasattr(value, "__dict__")


def test_every_frozen_value_of_imsmap_is_made_here() -> None:
    files = sorted((ROOT / "imsmap").rglob("*.py"))
    others = [path.name for path in files if path.name != "values.py" and "attrs.frozen" in path.read_text("utf-8")]
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            if line.strip().startswith("from attrs import") and "frozen" in line and path.name != "values.py":
                others.append(path.name)
    assert others == []
