"""What a project makes of a blueprint: what was decided, what exists, and what does not apply."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from imsmap.analyses.blueprint.answer import BlueprintAnswer, Copy, Demand, Plan
from imsmap.documented import Item
from imsmap.library.model import split_ref
from imsmap.register.plans import OWN, SEPARATE, Decision, Holding
from imsmap.wording import together

NONE_OUT: frozenset[str] = frozenset()


def settled(
    answer: BlueprintAnswer,
    decisions: Mapping[str, Decision],
    holdings: Mapping[str, tuple[Holding, ...]],
    applies_not: Collection[str] = NONE_OUT,
) -> BlueprintAnswer:
    """Put in what people decided by topic and what exists of each item, and leave out what does not apply."""
    label = {side.key: side.label for side in answer.standards}
    plans: list[Plan] = []
    fallen: dict[str, tuple[Item, ...]] = {}
    for plan in answer.plans:
        items = tuple(_applying(plan.items, applies_not, label))
        records = tuple(_applying(plan.records, applies_not, label))
        if items:
            plans.append(_plan(evolve(plan, items=items, records=records), decisions, holdings, applies_not, label))
        else:
            fallen[plan.id] = records
    chapters = tuple(
        evolve(
            chapter,
            plan=None if chapter.id in fallen else chapter.plan,
            records=(*_applying(chapter.records, applies_not, label), *fallen.get(chapter.id, ())),
        )
        for chapter in answer.chapters
    )
    left = evolve(answer, plans=tuple(plans), chapters=chapters, holdings=holdings)
    return evolve(left, left_out=answer.left_out + answer.items + answer.records - left.items - left.records)


def _applying(items: Iterable[Item], out: Collection[str], label: Mapping[str, str]) -> Iterator[Item]:
    """Leave of each item what applies of it, if anything does."""
    for item in items:
        asked = {
            key: evolve(one, points=points, clauses=tuple(dict.fromkeys(split_ref(ref)[1] for ref in points)))
            for key, one in item.asked.items()
            if (points := tuple(ref for ref in one.points if ref not in out))
        }
        if asked:
            yield item if asked == item.asked else evolve(item, asked=asked, letters=together(label[k] for k in asked))


def _plan(
    plan: Plan,
    decisions: Mapping[str, Decision],
    holdings: Mapping[str, tuple[Holding, ...]],
    out: Collection[str],
    label: Mapping[str, str],
) -> Plan:
    decision = decisions.get(plan.id, Decision())
    asking = [key for key in plan.clauses if any(key in item.asked for item in plan.items)]
    proposed = tuple(_left(plan.proposed, asking))
    held = {item.id: holdings[item.id] for item in plan.items if item.id in holdings}
    owners = dict.fromkeys(one.owner for several in held.values() for one in several if one.owner)
    numbers = {key: {n for item in plan.items if key in item.asked for n in item.asked[key].clauses} for key in asking}
    return evolve(
        plan,
        title=decision.title or plan.title,
        letters=together(label[key] for key in asking),
        proposed=proposed,
        copies=tuple(_decided(asking, decision.form)) or proposed,
        decided=decision.form,
        clauses={key: tuple(one for one in plan.clauses[key] if one.number in numbers[key]) for key in asking},
        demands=tuple(_demanded(plan.demands, asking, out)),
        owner=decision.owner or ", ".join(owners),
        holdings=held,
    )


def _left(copies: Iterable[Copy], asking: Sequence[str]) -> Iterator[Copy]:
    """Give the documents of the standards that still ask for any: one alone has no one to share with."""
    for copy in copies:
        kept = tuple(key for key in copy.standards if key in asking)
        if kept:
            alone = OWN if len(asking) == 1 else SEPARATE
            yield Copy(kept, copy.form if len(kept) > 1 else alone)


def _decided(asking: Sequence[str], form: str) -> Iterator[Copy]:
    """Give the documents as a person decided; nothing if nobody did."""
    if not form:
        return
    if len(asking) == 1:
        yield Copy(tuple(asking), OWN)
    elif form == SEPARATE:
        for key in asking:
            yield Copy((key,), SEPARATE)
    else:
        yield Copy(tuple(asking), form)


def _demanded(demands: Iterable[Demand], asking: Sequence[str], out: Collection[str]) -> Iterator[Demand]:
    for demand in demands:
        points = {key: tuple(ref for ref in refs if ref not in out) for key, refs in demand.points.items()}
        left = {key: refs for key, refs in points.items() if refs and key in asking}
        if left:
            yield Demand(demand.text, left)
