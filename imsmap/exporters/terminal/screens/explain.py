"""The screen of an explanation: how two stand, what ties them, strongest first, what only one asks for; each once."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap.analyses.explain.answer import ClausesAnswer, End, ExplainAnswer, Stated
from imsmap.exporters.terminal.letters import cut
from imsmap.exporters.terminal.names import letter
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Run, Screen, Text
from imsmap.library.model import Kin, split_ref
from imsmap.report import Report
from imsmap.wording import CLAUSE_LEVEL, NOT_LISTED, counted

_NAMED = 4


def screen(report: Report[ExplainAnswer]) -> Screen:
    """Lay it out: of clauses with what only one asks for, of points their sentences."""
    answer = report.answer
    blocks: list[tuple[Block, ...]] = []
    summary = report.summary
    if isinstance(answer, ClausesAnswer):
        ends = answer.ends
        width = max(len(end.clause.number) for end in ends) + max(len(end.side.label) for end in ends)
        hangs = [
            (letter(end.side), Run(f" {end.clause.number}".ljust(width + 3 - len(end.side.label)))) for end in ends
        ]
        blocks.append(tuple(Text(end.clause.name, hang) for end, hang in zip(ends, hangs, strict=True)))
        if answer.shared:
            blocks.append((_shared(answer),))
        for premises in answer.ways:
            blocks.append((Text(f"It follows from these premises: {' '.join(premises)}"),))
        blocks.append(_ties(answer))
        only = [
            Text(_few(end), (Run("Only in "), *hang))
            for end, hang in zip(ends, hangs, strict=True)
            if end.adds or end.side.by_clause
        ]
        blocks.append(tuple(only) if answer.kin.is_counterpart else ())
    else:
        summary, *more = (str(sentence) for sentence in answer.words)
        blocks += [(Text(words),) for words in more]
    return Screen(
        summary,
        tuple(group for group in blocks if group),
        ("The whole reasoning: --all.", "Who says so: --sources.", f"Mapping data {report.data_version}."),
        _sure(answer) if isinstance(answer, ClausesAnswer) else (),
    )


def _shared(answer: ClausesAnswer) -> Grid:
    rows = tuple(Entry((entry.text,)) for entry in answer.shared)
    return Grid(
        (Col("Core points that both hold", gives=True),), rows, rest=lambda n, _: (counted(n, "more core point"),)
    )


_APART = {Kin.NONE: "Why nothing ties them", Kin.NOT_ASSESSED: "Of parts of them only: why nothing ties them"}


def _ties(answer: ClausesAnswer) -> tuple[Block, ...]:
    """Tell what is stated of the two: what ties them, or, where nothing does, why it does not."""
    ties = [one for one in answer.relations if one.relation.predicate != "no-relationship"]
    if not ties:
        return _reasons(answer)
    columns = (
        Col("Of 10", right=True),
        Col("What both want", gives=True, least=24),
        *(Col(f"In {end.side.label}", optional=True) for end in answer.ends),
    )
    rows = tuple(_tie(one, answer) for one in ties)
    return (Grid(columns, rows, rest=lambda n, _: ("", counted(n, "more tie"), "", "")),)


def _tie(one: Stated, answer: ClausesAnswer) -> Entry:
    relation = one.relation
    strength = "" if relation.strength is None else str(relation.strength)
    return Entry((strength, relation.shared or relation.rationale, *_places(one, answer)), relation.differs or "")


def _reasons(answer: ClausesAnswer) -> tuple[Block, ...]:
    """Tell in full why nothing ties them, where somebody said so; of parts of them only, if not all was looked at."""
    if answer.kin not in _APART or not answer.relations:
        return ()
    blocks: list[Block] = [Text(_APART[answer.kin], look="dim")]
    for one in answer.relations[:_NAMED]:
        where = zip(answer.ends, _places(one, answer), strict=True)
        named = "; ".join(f"{end.side.label} {numbers}" for end, numbers in where if numbers)
        blocks.append(Text(one.relation.rationale, f"{named}  " if named else ""))
    more = len(answer.relations) - _NAMED
    if more > 0:
        blocks.append(Text(counted(more, "more reason"), look="dim"))
    return tuple(blocks)


def _places(one: Stated, answer: ClausesAnswer) -> tuple[str, ...]:
    """Name the clauses of each side of which something was stated; nothing where it holds of all of a standard."""
    relation = one.relation
    where = [_where(refs) for refs in (relation.subject, relation.object)]
    if split_ref(relation.subject[0])[0] != split_ref(answer.subject)[0]:
        where.reverse()  # a relation reads the way it was stated, which may be the other way round
    return tuple(where)


def _where(refs: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(split_ref(ref)[1] for ref in refs))


def _few(end: End) -> str:
    if end.side.by_clause:
        return f"{NOT_LISTED}: held at {CLAUSE_LEVEL}"
    named = ", ".join(cut(label.rstrip("."), 40) for label in end.adds[:_NAMED])
    more = len(end.adds) - _NAMED
    return f"{named}; {more} more" if more > 0 else named


def _sure(answer: ClausesAnswer) -> tuple[str, ...]:
    none = sum(one.relation.predicate == "no-relationship" for one in answer.relations)
    told = []
    if answer.confidence is not None:
        told.append(f"Confidence {answer.confidence:g} of 1, that of the weakest premise.")
    if none and answer.kin.is_counterpart:
        parts = counted(none, "part").replace("\u00a0", " ")
        told.append(f"{parts} looked at and found to have nothing in common.")
    return (" ".join(told),) if told else ()
