"""What is stated of some editions, carried over to others: nothing that does not follow, and all that is equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from attrs import evolve

from imsmap.library.editions import Origin
from imsmap.library.load.carrying import carried
from imsmap.library.model import Relation, Standard
from tests.building import relation, standard

OLD, NEW, FAR, FURTHER = "iso1-2020", "iso1-2030", "iso2-2020", "iso2-2030"
Sets = dict[str, frozenset[int]]


def revise(
    old: Standard, key: str, clauses: Mapping[str, Sequence[str]], origins: Mapping[str, Sequence[str]]
) -> Standard:
    """Build an edition that revises another; a point comes from `4.1#issues`, or `4.1#issues widened`."""
    new = standard(key, clauses)
    told = {name: tuple(Origin(*words.split()) for words in found) for name, found in origins.items()}
    return evolve(
        new,
        revises=old.key,
        clauses=tuple(
            evolve(
                clause,
                points=tuple(evolve(p, from_=told.get(f"{clause.number}#{p.id}", ())) for p in clause.points),
            )
            for clause in new.clauses
        ),
    )


def words(found: Sequence[Relation]) -> list[str]:
    return [f"{','.join(one.subject)} {one.predicate} {','.join(one.object)}" for one in found]


OLDER = standard(OLD, {"4.1": ["+a", "+b"], "8.1": ["+c"]})
NEWER = revise(
    OLDER,
    NEW,
    {"4.1": ["+a", "+more"], "8.2": ["+b", "+c"]},
    {"4.1#a": ["4.1#a"], "8.2#b": ["4.1#b reworded"], "8.2#c": ["8.1#c widened"]},
)
OTHER = standard(FAR, {"5.1": ["+x", "+y"], "6.1": ["+z"]})


def carry(*told: str, also: Sequence[Relation] = (), others: Sequence[Standard] = ()) -> list[str]:
    stated = [relation(OLD, FAR, one) for one in told]
    return words(carried((OLDER, NEWER, OTHER, *others), (*stated, *also)))


def test_what_is_stated_of_points_that_come_unchanged_holds_of_them_wherever_they_stand_now() -> None:
    assert carry("4.1 intersects-with 5.1 @6") == [f"{NEW}:4.1#a,{NEW}:8.2#b intersects-with {FAR}:5.1"]


def test_an_overlap_with_what_grew_is_left_to_people() -> None:
    assert carry("8.1#c intersects-with 5.1 @6", "8.1#c equal-to 6.1 @6") == []


def test_what_grew_still_holds_what_it_held_and_what_it_has_nothing_of_is_open() -> None:
    assert carry("8.1#c superset-of 6.1 @6") == [f"{NEW}:8.2#c superset-of {FAR}:6.1"]
    assert carry("8.1#c subset-of 5.1 @6", "8.1#c no-relationship 6.1") == []


def test_nothing_in_a_whole_standard_is_whole_again_once_the_rest_is_stated() -> None:
    none = "* no-relationship 6.1"
    assert carry(none) == [f"{NEW}:4.1#a,{NEW}:8.2#b no-relationship {FAR}:6.1"]
    rest = relation(NEW, FAR, "4.1#more,8.2#c no-relationship 6.1")
    assert carry(none, also=[rest]) == [f"{NEW}: no-relationship {FAR}:6.1"]


def test_what_is_stated_of_newer_editions_under_the_same_name_stands_in_its_place() -> None:
    old = relation(OLD, FAR, "4.1#a intersects-with 5.1 @6", name=f"{OLD}_{FAR}#tie")
    new = relation(NEW, FAR, "4.1#a subset-of 5.1 @6", name=f"{NEW}_{FAR}#tie")
    assert carry(also=[old, new]) == []


def test_a_relation_is_no_surer_than_the_points_through_which_it_is_carried() -> None:
    first, *rest = NEWER.clauses
    doubtful = evolve(first, points=tuple(evolve(point, confidence=0.5) for point in first.points))
    unsure = evolve(NEWER, clauses=(doubtful, *rest))
    (found,) = carried((OLDER, unsure, OTHER), [relation(OLD, FAR, "4.1#a intersects-with 5.1 @6", confidence=0.8)])
    assert (found.confidence, found.implied, found.strength) == (0.5, True, 6)


def test_what_is_stated_of_new_editions_holds_of_one_new_and_one_old_and_says_nothing_of_two_old_ones() -> None:
    further = revise(OTHER, FURTHER, {"5.1": ["+x", "+w"]}, {"5.1#x": ["5.1#x"]})
    stated = relation(NEW, FURTHER, "4.1#a intersects-with 5.1#x @6")
    assert sorted(carry(also=[stated], others=[further])) == [
        f"{OLD}:4.1#a intersects-with {FURTHER}:5.1#x",
        f"{NEW}:4.1#a intersects-with {FAR}:5.1#x",
    ]


def test_what_is_stated_between_two_editions_of_one_standard_is_of_these_alone() -> None:
    assert carry(also=[relation(OLD, NEW, "4.1#a intersects-with 8.2 @6")]) == []


def _draw(random: Random, key: str) -> tuple[Standard, Sets]:
    names = [f"p{n}" for n in range(random.randint(2, 5))]
    cut = random.randint(1, len(names) - 1)
    clauses = {"4.1": [f"+{name}" for name in names[:cut]], "4.2": [f"+{name}" for name in names[cut:]]}
    drawn = standard(key, clauses)
    return drawn, {c.point_ref(p): _some(random, range(6)) for c in drawn.clauses for p in c.points}


def _some(random: Random, of: Sequence[int] | range) -> frozenset[int]:
    return frozenset(random.sample(list(of), random.randint(1, len(of))))


def _draw_newer(random: Random, old: Standard, sets: Sets, key: str) -> tuple[Standard, Sets]:
    """Draw a next edition: each of its points asks for what it says that it comes from, or more, or less."""
    held: Sets = {}
    origins: dict[str, list[str]] = {}
    refs = sorted(sets)
    for place in range(random.randint(2, 6)):
        name = f"{random.choice(('4.1', '5.1'))}#n{place}"
        come = random.sample(refs, random.randint(0, min(2, len(refs))))
        union = frozenset().union(*(sets[ref] for ref in come))
        how = random.choice(("same", "reworded", "widened", "narrowed"))
        if how == "widened" and len(union) < 6:
            held[f"{key}:{name}"] = union | {random.choice([n for n in range(6) if n not in union])}
        elif how == "narrowed" and len(union) > 1:
            held[f"{key}:{name}"] = union - {random.choice(sorted(union))}
        else:
            how = "same"
            held[f"{key}:{name}"] = union or _some(random, range(6))
        origins[name] = [f"{ref.partition(':')[2]} {how}" for ref in come]
    if random.random() < 0.5:
        # One of the old points that nothing else took up is told in two.
        free = [ref for ref in refs if not any(ref.partition(":")[2] in o for found in origins.values() for o in found)]
        for ref in free[:1]:
            part = _some(random, sorted(sets[ref]))
            for name, asked in (("4.1#t1", part), ("5.1#t2", (sets[ref] - part) or sets[ref])):
                held[f"{key}:{name}"] = asked
                origins[name] = [f"{ref.partition(':')[2]} clarified"]
    clauses: dict[str, list[str]] = {"4.1": [], "5.1": []}
    for ref in held:
        number, _, id_ = ref.partition(":")[2].partition("#")
        clauses[number].append(f"+{id_}")
    return revise(old, key, {n: found for n, found in clauses.items() if found}, origins), held


def _true(one: frozenset[int], other: frozenset[int]) -> str:
    if one == other:
        return "equal-to"
    if not one & other:
        return "no-relationship"
    return "subset-of" if one < other else "superset-of" if one > other else "intersects-with"


def _asked(refs: Sequence[str], sets: Sets) -> frozenset[int]:
    """Give what some references ask for, whole standards and clauses among them."""
    return frozenset().union(
        *(asked for name, asked in sets.items() for ref in refs
          if name == ref or name.startswith(f"{ref}#") or (ref.endswith(":") and name.startswith(ref)))
    )  # fmt: skip


def test_whatever_is_carried_over_is_true_of_the_duties_that_points_stand_for() -> None:
    random, told = Random(2026), 0
    for _ in range(150):
        (one, sets), (other, far) = _draw(random, OLD), _draw(random, FAR)
        (newer, new), (further, more) = _draw_newer(random, one, sets, NEW), _draw_newer(random, other, far, FURTHER)
        everything = sets | far | new | more
        stated = []
        for number in range(8):
            left, right = random.choice(((one, other), (one, other), (newer, further)))
            ends = []
            for drawn in (left, right):
                points = [clause.point_ref(point) for clause in drawn.clauses for point in clause.points]
                whole = [f"{drawn.key}:{clause.number}" for clause in drawn.clauses] + [f"{drawn.key}:"]
                picked = random.sample(points, random.randint(1, len(points)))
                ends.append(random.choice((picked, picked, [random.choice(whole)])))
            predicate = _true(*(_asked(refs, everything) for refs in ends))
            row = ",".join(ref.partition(":")[2] or "*" for ref in ends[0])
            column = ",".join(ref.partition(":")[2] or "*" for ref in ends[1])
            name = f"{left.key}_{right.key}#r{number}"
            stated.append(relation(left.key, right.key, f"{row} {predicate} {column} @5", name=name))
        for found in carried((one, other, newer, further), stated):
            told += 1
            assert _true(_asked(found.subject, everything), _asked(found.object, everything)) == found.predicate
    assert told > 500
