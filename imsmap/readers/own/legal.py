"""The legal register in a list: laws, where each obligation stands, and what the register says of its evaluation."""

from __future__ import annotations

from imsmap.library.load.sets import Set
from imsmap.library.model import MappingSet, Obligation, Relation, Topic
from imsmap.nearest import did_you_mean
from imsmap.readers.brought import Around, Faults
from imsmap.readers.own.columns import COLUMNS
from imsmap.readers.own.head import Head, key_of
from imsmap.readers.own.rows import Row, Table
from imsmap.register import schema
from imsmap.register.answers import advice, day, word
from imsmap.register.cells import Key, Value
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.state import REQUIREMENTS

DISCIPLINE = "compliance"
TOPICS = ("compliance-obligations", "compliance-evaluation")
"""The topics whose clauses a legal register serves: to know the obligations, and to evaluate whether they are met."""
_ADVICE = "one register of law"
_STRENGTH = 6
_SHARED = {
    TOPICS[0]: "The obligations that have to be known are those of this register.",
    TOPICS[1]: "What has to be evaluated is whether the obligations of this register are met.",
}
_DIFFERS = {
    TOPICS[0]: "The clause asks to find, know and apply them; the register holds what they ask for.",
    TOPICS[1]: "The clause asks for the evaluation and its records; the register holds what is evaluated.",
}
_YES, _NO = ("yes", "y", "x", "applicable", "relevant"), ("no", "n", "not relevant", "none")


def is_legal(table: Table) -> bool:
    """Tell whether a list is a legal register: in some row it names a law."""
    return any(row.text("law") for row in table.rows)


def unread(table: Table) -> str:
    """Tell of columns of a legal register in a list that is none, where they are not read; nothing if all are blank."""
    if is_legal(table):
        return ""
    filled = [one.title for one in COLUMNS if one.legal and any(row.text(one.key) for row in table.rows)]
    if not filled:
        return ""
    return f"{table.path}: read in a legal register only, with a law in its own column: {', '.join(filled)}"


def obligation(row: Row, table: Table, faults: Faults) -> Obligation | None:
    """Give from where an obligation comes; a row without a law is told."""
    law = row.line_of("law")
    if not law:
        words = "is blank; name the law, permit or contract from which the obligation comes"
        faults.add("no law", table.path, row.line, table.cell("law", row.line), words)
        return None
    return Obligation(law, row.line_of("place"))


def topic(row: Row, head: Head, around: Around, usual: tuple[str, str]) -> Topic:
    """Give the topic of a law, where readers look for obligations; usual: where other topics of a list stand."""
    law = row.line_of("law")
    place = next(((one.main, one.after) for one in around.common.topics if one.id == TOPICS[0]), usual)
    return Topic(f"{head.key}-{key_of(law)}", law, *place, advice=_ADVICE)


def sets(head: Head, around: Around) -> tuple[Set, ...]:
    """Tie the register as a whole to the clauses that ask for one, in every standard of the library that has some."""
    found: dict[str, list[Relation]] = {}
    for ref, home in around.homes(TOPICS):
        key, _, number = ref.partition(":")
        found.setdefault(key, []).append(
            Relation(
                f"{head.key}--{key}#register--{key_of(number)}",
                (f"{head.key}:",),
                "intersects-with",
                (ref,),
                "By its purpose: a legal register is what such a clause asks for.",
                0.9,
                head.author,
                head.source,
                _STRENGTH,
                _SHARED[home],
                _DIFFERS[home],
            )
        )
    return tuple(
        (MappingSet(f"{head.key}--{key}", head.key, key, "part", bridges=False), tuple(relations))
        for key, relations in found.items()
    )


def answers(row: Row, clause: str, point: str, table: Table, faults: Faults) -> dict[Key, Value]:
    """Give what a row says for the client's register: whether it applies, and how and when it is evaluated."""
    found: dict[Key, Value] = {}
    if said := row.line_of("applies"):
        short = said.casefold().strip(" .")
        applies = schema.APPLIES[0] if short in _YES else schema.NOT_APPLICABLE if short in _NO else ""
        applies = applies or word(said, schema.APPLIES)
        if applies:
            found[Key(REQUIREMENTS, point, "applies")] = applies
        else:
            words = f"{said[:40]!r} says neither; {did_you_mean(said, schema.APPLIES)}"
            faults.add("applies", table.path, row.line, table.cell("applies", row.line), words)
    if why := row.text("justification"):
        found[Key(REQUIREMENTS, point, "justification")] = why
    for field in ("how", "owner"):
        if text := row.text(field):
            found[Key(OBLIGATIONS, clause, field)] = text
    for field in ("evaluated", "next"):
        value = row.values.get(field)
        if value is None or not row.text(field):
            continue
        key = Key(OBLIGATIONS, clause, field)
        when = day(value)
        if when is None:
            words = f"{row.line_of(field)[:40]!r} {advice(key, value)}"
            faults.add("day", table.path, row.line, table.cell(field, row.line), words)
        else:
            found[key] = when
    return found
