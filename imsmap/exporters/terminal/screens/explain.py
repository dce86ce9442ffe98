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


def _ties(answer: ClausesAnswer) -> tuple[Block, ...]:
    """Tell what is stated of the two: what ties them, or, where nothing does, why it does not."""
    ties = [one for one in answer.relations if one.relation.predicate != "no-relationship"]
    chosen = ties or (list(answer.relations) if answer.kin in (Kin.NONE, Kin.NOT_ASSESSED) else [])
    if not chosen:
        return ()
    columns = (
        Col("Of 10", right=True),
        Col("What both want" if ties else "Why nothing ties them", gives=True, least=24),
        *(Col(f"In {end.side.label}", optional=True) for end in answer.ends),
    )
    rows = tuple(_tie(one, answer) for one in chosen)
    return (Grid(columns, rows, rest=lambda n, _: ("", counted(n, "more tie"), "", "")),)


def _tie(one: Stated, answer: ClausesAnswer) -> Entry:
    relation = one.relation
    where = [_where(refs) for refs in (relation.subject, relation.object)]
    if split_ref(relation.subject[0])[0] != split_ref(answer.subject)[0]:
        where.reverse()  # a relation reads the way it was stated, which may be the other way round
    strength = "" if relation.strength is None else str(relation.strength)
    told = relation.shared or relation.rationale
    return Entry((strength, told, *where), relation.differs or "")


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
