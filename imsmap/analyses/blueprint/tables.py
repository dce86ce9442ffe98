"""The blueprint as tables and as JSON: documents, the manual's contents, and where each record is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from imsmap.analyses.blueprint.answer import BlueprintAnswer, Chapter, Copy, Plan
from imsmap.documented import Item
from imsmap.parts import ClauseName, Side, clause_json, main_clause_json, side_json
from imsmap.register.plans import ANNEXES, IN_MANUAL, ONE, OWN, SEPARATE
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Row, Table, sole
from imsmap.wording import NOT_LISTED, counted, listed, together

NO_DOCUMENT = "no document asked for"


def said(answer: BlueprintAnswer) -> str:
    """Say in a sentence how many documents it takes, and of what kinds."""
    if not answer.plans:
        return "No document is listed as asked for."
    if len(answer.standards) == 1:
        first = f"**{counted(answer.documents, 'document')}** hold what is asked for in writing"
    elif answer.documents < answer.apart:
        first = f"**{counted(answer.documents, 'document')} instead of {answer.apart}** if each standard has its own"
    else:
        first = f"**{counted(answer.documents, 'document')}**, no fewer than if each standard has its own"
    counts = answer.of_forms
    parts = [f"{counts[form]} {word}" for form, word in _WORDS.items() if counts[form]]
    parts += ["the manual"] if counts[IN_MANUAL] else []
    return f"{first}: {listed(parts)}." if len(answer.standards) > 1 else f"{first}."


_WORDS = {
    ONE: "shared as one",
    ANNEXES: "with a shared core and annexes",
    SEPARATE: "kept separate",
    OWN: "of one standard",
}


def tables(answer: BlueprintAnswer) -> tuple[Table, ...]:
    """Give the documents, the manual's contents and the records."""
    return _documents(answer), _manual(answer), _records(answer)


def forms(copies: Sequence[Copy], label: Mapping[str, str]) -> Cell:
    """Say what documents a topic takes: one word, or one for each set of standards."""
    if len({copy.form for copy in copies}) == 1:
        return copies[0].form
    return tuple(f"{together(label[key] for key in copy.standards)}: {copy.form}" for copy in copies)


def _sides(standards: Sequence[Side], width: int = 12) -> Iterator[Column]:
    return (Column(one.key, one.designation, "clause", width, standard=one.key, role="clauses") for one in standards)


def _numbers(sides: Sequence[Side], held: Mapping[str, Sequence[ClauseName]]) -> Iterator[Cell]:
    return (
        tuple(Ref(clause.ref, clause.number) for clause in held.get(side.key, ()))
        or (NOT_LISTED if side.by_clause else NOTHING)
        for side in sides
    )


def _documents(answer: BlueprintAnswer) -> Table:
    columns = (
        Column("letters", "Letters", "letters", 8),
        Column("topic", "Document", "text", 26),
        *_sides(answer.standards),
        Column("what", "What must be in writing", "list", 40),
        Column("records", "Records that it makes", "list", 40),
        Column("advice", "Matrix advises", "text", 16),
        Column("proposed", "Proposed", "text", 16),
        Column("documents", "Documents", "number", 10),
        Column("exists", "Exists already", "list", 24),
        Column("whose", "Owner", "text", 14),
    )
    label = {side.key: side.label for side in answer.standards}
    rows = [
        Row(
            plan.id,
            (
                plan.letters,
                plan.name,
                *_numbers(answer.standards, plan.clauses),
                tuple(item.what for item in plan.items),
                tuple(item.what for item in plan.records) or NOTHING,
                plan.advice,
                forms(plan.copies, label) if not plan.in_manual else IN_MANUAL,
                plan.count,
                tuple(one.name for one in plan.held) or NOTHING,
                plan.owner or NOTHING,
            ),
            standard=sole(plan.clauses),
        )
        for plan in answer.plans
    ]
    return Table("blueprint", "Documents", columns, tuple(rows))


def _manual(answer: BlueprintAnswer) -> Table:
    columns = (
        Column("chapter", "Clause", "clause", 9),
        Column("topic", "Chapter", "text", 36),
        Column("letters", "Letters", "letters", 8),
        *_sides(answer.standards),
        Column("document", "Where it is written", "text", 28),
        Column("records", "Records made there", "list", 40),
    )
    titles = {plan.id: plan for plan in answer.plans}
    rows: list[Row] = []
    for main in answer.main_clauses:
        blank: tuple[Cell, ...] = (None,) * (len(columns) - 2)
        rows.append(Row(f"main-{main.number}", (main.number, main.title, *blank), heading=True))
        rows += [
            Row(
                chapter.id,
                (
                    chapter.number or NOTHING,
                    chapter.title,
                    chapter.letters,
                    *_numbers(answer.standards, chapter.clauses),
                    where(titles, chapter),
                    tuple(item.what for item in chapter.records) or NOTHING,
                ),
                depth=1,
            )
            for chapter in answer.chapters
            if chapter.main == main.number
        ]
    return Table("manual", "Contents of the manual", columns, tuple(rows))


def where(plans: Mapping[str, Plan], chapter: Chapter) -> str:
    """Say where a chapter's matter is written."""
    plan = None if chapter.plan is None else plans[chapter.plan]
    if plan is None:
        return NO_DOCUMENT
    return "here" if plan.in_manual else plan.title


def _records(answer: BlueprintAnswer) -> Table:
    columns = (
        Column("letters", "Letters", "letters", 8),
        Column("what", "Record", "text", 44),
        *_sides(answer.standards),
        Column("made", "Made by", "text", 36),
    )
    rows = [
        Row(
            item.id,
            (
                item.letters,
                item.what,
                *(
                    tuple(Ref(f"{side.key}:{number}", number) for number in item.asked[side.key].clauses)
                    if side.key in item.asked
                    else NOT_LISTED
                    if side.by_clause
                    else NOTHING
                    for side in answer.standards
                ),
                made,
            ),
            standard=sole(item.asked),
        )
        for made, records in _makers(answer)
        for item in records
    ]
    return Table("records", "Records, with what makes them", columns, tuple(rows))


def _makers(answer: BlueprintAnswer) -> Iterator[tuple[str, tuple[Item, ...]]]:
    for chapter in answer.chapters:
        plan = next((one for one in answer.plans if one.id == chapter.plan), None)
        if plan is not None:
            yield plan.name, plan.records
        yield f"chapter {chapter.name}", chapter.records


# --- as JSON ----------------------------------------------------------------------------------------------------------


def to_json(answer: BlueprintAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "counts": {
            "documents": answer.documents,
            "apart": answer.apart,
            "forms": [{"form": form, "n": n} for form, n in answer.of_forms.items()],
            "items": answer.items,
            "records": answer.records,
            "left_out": answer.left_out,
            "missing": answer.missing,
        },
        "documents": [_plan_json(plan) for plan in answer.plans],
        "main_clauses": [main_clause_json(main) for main in answer.main_clauses],
        "manual": [
            {
                "id": one.id,
                "number": one.number,
                "title": one.title,
                "main": one.main,
                "letters": one.letters,
                "clauses": _clauses_json(one.clauses),
                "document": one.plan,
                "records": [_item_json(item) for item in one.records],
            }
            for one in answer.chapters
        ],
    }


def _plan_json(plan: Plan) -> dict[str, Json]:
    return {
        "id": plan.id,
        "number": plan.number,
        "title": plan.title,
        "main": plan.main,
        "letters": plan.letters,
        "advice": plan.advice,
        "proposed": [_copy_json(copy) for copy in plan.proposed],
        "decided": plan.decided or None,
        "documents": [] if plan.in_manual else [_copy_json(copy) for copy in plan.copies],
        "clauses": _clauses_json(plan.clauses),
        "items": [_item_json(item) for item in plan.items],
        "records": [_item_json(item) for item in plan.records],
        "asks": [
            {"text": one.text, "clauses": {key: list(numbers) for key, numbers in one.clauses.items()}}
            for one in plan.demands
        ],
        "owner": plan.owner or None,
        "exists": [
            {"document": one.document, "number": one.number, "version": one.version, "location": one.location}
            for one in plan.held
        ],
        "missing": [item.id for item in plan.missing],
    }


def _copy_json(copy: Copy) -> dict[str, Json]:
    return {"form": copy.form, "standards": list(copy.standards)}


def _clauses_json(held: Mapping[str, Sequence[ClauseName]]) -> dict[str, Json]:
    return {key: [clause_json(clause) for clause in clauses] for key, clauses in held.items()}


def _item_json(item: Item) -> dict[str, Json]:
    return {
        "id": item.id,
        "what": item.what,
        "letters": item.letters,
        "points": {key: list(asked.points) for key, asked in item.asked.items()},
    }
