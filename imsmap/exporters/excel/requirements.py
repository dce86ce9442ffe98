"""The sheet Requirements: the working sheet, each question once, with a verdict for each standard beneath it.

Process, document, owner and evidence stand in the question's row; a standard that needs its own has it in its verdict's
row. What one standard asks for alone is a row with all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from attrs import evolve

from imsmap import about
from imsmap.analyses.requirements import RequiredQuestion, RequiredTopic, RequiredVerdict, RequirementsAnswer
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.conditions import stand_out
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.page import unprinted_there
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import Writer, whole_sheet
from imsmap.library.model import KIND_WORDS
from imsmap.register import schema
from imsmap.register.cells import ACTION, ROWS
from imsmap.register.questions import MAIN, QUESTION_ROW, SHARED, TOPIC, VERDICT_ROW
from imsmap.register.schema import Field
from imsmap.report import NOTHING, Filler, Ref
from imsmap.wording import listed

ABOUT = about.Sheet(
    title="Requirements",
    text="the working sheet: every requirement in our words, yours to fill in",
    shows="requirements",
    variants=("audit",),
    place=50,
)

_STATUS = schema.column("requirements", "status")
_MOVES = tuple(schema.column("requirements", key) for key in ("moved", "before"))
"""What became of an answer in a move to another edition: columns that only a project has that moved."""
_ELSEWHERE = schema.column("requirements", "elsewhere")
"""What the other standards' verdicts on a question say: a column only where questions are shared."""
_UNTIL_NOW = Field("until_now", "Until now", "text", 14)
"""What was said when one person's rows went out: a column of such a workbook alone."""
_OF_ALL_POINTS = "clause_status"
"""The column that rests on all points of a clause, which one person's rows need not be."""
_FIELDS = (
    Field("letters", "Letter", "letters", 8),
    Field("standard", "Standard", "text", 15, firm=True),
    Field("clause", "Clause", "clause", 8),
    Field("title", "Title", "text", 20),
    Field("text", "What is asked for, in our words", "text", 38),
    _STATUS,  # beside what it answers
    _ELSEWHERE,
    _UNTIL_NOW,
    *_MOVES,
    Field("origin", "Kind", "text", 8.25),
    Field("documented", "Documented information", "text", 12),
    Field("question", "Question", "text", 12, hidden=True),
    *(field for field in schema.REQUIREMENTS if field not in (_STATUS, _ELSEWHERE, *_MOVES)),
)
_BLANK: tuple[Held, ...] = (None,) * (len(_FIELDS) - 4)
_BEFORE_KIND = next(place for place, field in enumerate(_FIELDS) if field.key == "origin") - 5
"""Columns between what is asked for and the kind of a row, which people fill or are computed."""
_FROZEN = 4
_REPEATED = 3
"""Columns that stand on the further pages of a row, too: its title need not."""
_OF_QUESTIONS = frozenset(SHARED)
_OF_VERDICTS = frozenset(field.key for field in schema.REQUIREMENTS if field.owner == "user") - _OF_QUESTIONS
"""What is said for each standard by itself, never in the row of a question that several ask."""
_FOR_ALL = frozenset(("applies", "justification"))
"""What is said beside a heading for all that is beneath it and may be left out."""


def lay(book: Book) -> Grid:
    """Lay the table out and note where each question, each point and each clause stands."""
    answer = needed(book.reports.requirements).answer
    laid = Grid("tRequirements", *_shown(book, answer, tuple(_lines(book, answer))))
    laid = _rolled_up(book, own.filled(book, "requirements", laid), answer)
    rows = {line.id: row for row, line in enumerate(laid.lines, laid.first)}
    for id_, row in rows.items():
        book.stand("requirements", id_, row)
    _stand_clauses(book, answer, rows)
    return laid


def _shown(
    book: Book, answer: RequirementsAnswer, lines: tuple[Line, ...]
) -> tuple[tuple[Field, ...], tuple[Line, ...]]:
    """Leave out the columns that would say nothing: on a move of a project that never moved, and the like."""
    out = set()
    moves = {field.key for field in _MOVES}
    if not any(key.sheet == "requirements" and key.field in moves for key in book.given.cells):
        out |= moves
    part = book.given.part
    if not any(
        question.is_shared and (part is None or part.holds("requirements", verdict.point.id))
        for topic in answer.topics
        for question in topic.questions
        for verdict in question.verdicts
    ):
        out.add(_ELSEWHERE.key)
    out.add(_UNTIL_NOW.key if book.given.part is None else _OF_ALL_POINTS)
    places = [place for place, field in enumerate(_FIELDS) if field.key not in out]
    cut = tuple(evolve(line, cells=tuple(line.cells[place] for place in places)) for line in lines)
    return tuple(_FIELDS[place] for place in places), cut


def _lines(book: Book, answer: RequirementsAnswer) -> Iterator[Line]:
    """Give the rows as they fold: main clause, topic, question, verdict."""
    titles = {main.number: main.title for main in answer.main_clauses}
    noted = _noted(book, answer)
    may_be = answer.asked.may_be_left_out
    may_hold = {row for point in may_be for row in answer.asked.headings[point]}
    main = ""
    part = book.given.part
    for topic in answer.topics:
        if topic.main != main:
            main = topic.main
            id_ = f"{MAIN}{main}"
            for_all = _FOR_ALL if id_ in may_hold else frozenset()
            yield Line(id_, (None, None, main, titles.get(main), *_BLANK), heading=True, open=for_all)
        notes = "\n".join(topic.notes) or None
        words = (None, None, topic.number, topic.title, notes, *_BLANK[1:])
        id_ = f"{TOPIC}{topic.id}"
        for_all = _FOR_ALL if id_ in may_hold else frozenset()
        yield Line(id_, words, heading=True, depth=1, open=for_all)
        yield from noted.get(topic.id, ())
        for question in topic.questions:
            if question.is_shared:
                # What somebody else answers is only to be seen here.
                elsewhere = _OF_QUESTIONS if part is not None and question.id in part.beside else frozenset()
                aside = _OF_VERDICTS | elsewhere
                yield Line(question.id, _question(topic, question), depth=2, aside=aside)
            for verdict in question.verdicts:
                place = book.place_of(verdict.side.key)
                if question.is_shared:
                    cells = _verdict(verdict, VERDICT_ROW, question.id)
                    yield Line(verdict.point.id, cells, depth=3, standard=place, override=_OF_QUESTIONS)
                else:
                    cells = _verdict(verdict, "core" if verdict.point.core else "own", question.id)
                    yield Line(verdict.point.id, cells, depth=2, standard=place)


def _question(topic: RequiredTopic, question: RequiredQuestion) -> tuple[Held, ...]:
    clauses = {verdict.clause.ref: verdict for verdict in question.verdicts}
    cited = tuple(Ref(ref, f"{one.side.label} {one.clause.number}") for ref, one in clauses.items())
    names = tuple(dict.fromkeys(verdict.side.designation for verdict in question.verdicts))
    kinds = dict.fromkeys(one.point.documented for one in question.verdicts if one.point.documented)
    documented = tuple(KIND_WORDS[kind] for kind in kinds) or NOTHING
    return (
        question.label,
        names,
        cited,
        topic.title,
        question.text,
        *_BLANK[:_BEFORE_KIND],
        QUESTION_ROW,
        documented,
        question.id,
        *_BLANK[_BEFORE_KIND + 4 :],
    )


def _verdict(verdict: RequiredVerdict, kind: str, question: str) -> tuple[Held, ...]:
    side, clause, point = verdict.side, verdict.clause, verdict.point
    documented = KIND_WORDS[point.documented] if point.documented else NOTHING
    number = Ref(clause.ref, clause.number)
    return (
        side.label,
        side.designation,
        number,
        clause.title,
        verdict.text,
        *_BLANK[:_BEFORE_KIND],
        kind,
        documented,
        question,
        *_BLANK[_BEFORE_KIND + 4 :],
    )


def _noted(book: Book, answer: RequirementsAnswer) -> dict[str, list[Line]]:
    """Give headings of standards, by topic, where people wrote beside or under them in an older layout."""
    topic: dict[str, str] = {}
    for held in answer.topics:
        for question in held.questions:
            for verdict in question.verdicts:
                topic.setdefault(verdict.clause.ref, held.id)
    said_in = book.answers.get("requirements", {})
    wanted = {*said_in, *said_in.get(ROWS, {}).values()}
    found: dict[str, list[Line]] = {}
    for clause in answer.clauses:
        if not clause.leaf and clause.clause.ref in wanted and not topic.keys().isdisjoint(clause.leaves):
            place = book.place_of(clause.standard)
            side, name = answer.standards[place], clause.clause
            cells = (side.label, side.designation, Ref(name.ref, name.number), name.title, *_BLANK)
            line = Line(name.ref, cells, heading=True, depth=2, standard=place)
            found.setdefault(next(topic[ref] for ref in clause.leaves if ref in topic), []).append(line)
    return found


def _stand_clauses(book: Book, answer: RequirementsAnswer, rows: Mapping[str, int]) -> None:
    """Note where each clause stands: at its first verdict in the topic in which it is at home."""
    asked = answer.asked.questions.of
    first: dict[str, int] = {}
    for clause in answer.clauses:
        points = [point.id for point in clause.points if point.id in asked]
        at_home = [point for point in points if asked[point].topic == clause.topic]
        found = [rows[id_] for id_ in at_home or points if id_ in rows]
        if found:
            first[clause.clause.ref] = min(found)
    for clause in answer.clauses:
        found = [first[ref] for ref in clause.leaves if ref in first]
        if found:
            book.stand("requirements", clause.clause.ref, min(found))


def _rolled_up(book: Book, laid: Grid, answer: RequirementsAnswer) -> Grid:
    """Say in each verdict's row as what it counts and how its clause stands, unless people wrote over that."""
    clause_of = {point.id: entry.clause.ref for entry in answer.clauses for point in entry.points}
    keys = {field.key for field in laid.fields}
    there = {line.id for line in laid.lines}
    lines = []
    for line in laid.lines:
        clause = clause_of.get(line.id)
        if clause is not None:
            computed: dict[int, Held] = {laid.place("stands"): book.twin.stands(laid, line.id)}
            if _OF_ALL_POINTS in keys:
                computed[laid.place(_OF_ALL_POINTS)] = book.twin.clause_status(clause)
            if _ELSEWHERE.key in keys:
                computed[laid.place(_ELSEWHERE.key)] = book.twin.offered(laid, line.id, there)
            if book.given.part is not None:
                computed[laid.place(_UNTIL_NOW.key)] = book.given.part.said.get(line.id, NOTHING)
            cells = tuple(
                computed[place] if place in computed and place not in line.over else cell
                for place, cell in enumerate(line.cells)
            )
            line = evolve(line, cells=cells)
        lines.append(line)
    return evolve(laid, lines=tuple(lines))


def write(book: Book) -> None:
    """Write the sheet."""
    topics = {clause.clause.ref: clause.topic for clause in needed(book.reports.requirements).answer.clauses}

    def link(line: Line, field: Field, cell: Held) -> str | None:
        first = cell[0] if isinstance(cell, tuple) and cell else cell
        if isinstance(first, Ref) and (topic := topics.get(first.key)) is not None:
            return book.link("matrix", topic)
        if field.key == "documented" and not isinstance(cell, Filler) and not line.aside:
            return book.link("documents", line.id)
        if field.key == "text":
            return book.link("actions", f"{ACTION}{line.id}", "F")
        return None

    report = needed(book.reports.requirements)
    shared = ""
    if any(line.aside for line in book.grids["requirements"].lines):
        shared = (
            " What is shared is answered once (process, document, owner, evidence), with a verdict for each standard "
            "beneath; grey cells are answered in the other row."
        )
    elsewhere = ""
    if (loose := [side.designation for side in book.standards if side.by_clause]) and "audit" in book.grids:
        elsewhere = f" For {listed(loose)} give your verdicts on Audit checklist, question by question."
    writer, laid = whole_sheet(
        book,
        "requirements",
        report.title,
        book.grids["requirements"],
        link,
        note=_note(book, report.message, elsewhere, shared),
        frozen=_FROZEN,
        repeated=_REPEATED,
        large=True,
        printed=not unprinted_there(book),
    )
    _colours(writer, laid)


def _note(book: Book, message: str, elsewhere: str, shared: str) -> str:
    """Say under the title what the sheet holds and how it is filled in."""
    if book.given.part is not None:
        return f"{book.counted('requirements').rstrip()}{shared} Yellow cells are yours."
    worst = "A clause's status is the worst of its points."
    return f"{unprinted_there(book)}{message}.{elsewhere}{shared} Yellow cells are yours. {worst}{_headings_note(book)}"


def _headings_note(book: Book) -> str:
    """Say what Applies beside a heading is for, where there is one that may be filled."""
    if not any(line.open for line in book.grids["requirements"].lines):
        return ""
    return (
        f" {schema.NOT_APPLICABLE} beside a heading, with its justification, holds for all beneath it that the "
        "standard lets be left out and of which Applies says nothing."
    )


def _colours(writer: Writer, laid: Grid) -> None:
    """Let answers show: a colour beside each word, and what has still to be said."""
    if not laid.lines:
        return
    rule = partial(stand_out, writer, laid)
    rolled_up = any(field.key == _OF_ALL_POINTS for field in laid.fields)
    # Not applicable that does not count, as the standard does not let it be, says so before all else.
    for key in ("applies", "status"):
        said = f'{{{key}}}="{schema.NOT_APPLICABLE}"'
        rule(key, f'=AND({said},{{stands}}<>"",{{stands}}<>"{schema.NOT_APPLICABLE}")', "in scope")
    for word in schema.STATUS:
        rule("status", f'={{status}}="{word}"', word)
        if rolled_up:
            rule("clause_status", f'={{clause_status}}="{word}"', word)
    rule("severity", f'={{severity}}="{schema.MAJOR}"', schema.MAJOR)
    # Held not applicable without a reason, or a gap that nobody owns, stays in sight until it is mended.
    # What a heading says for all beneath it has its reason there; a heading has no kind of row.
    said = f'OR({{applies}}="{schema.NOT_APPLICABLE}",{{status}}="{schema.NOT_APPLICABLE}")'
    counts = f'OR({{stands}}="{schema.NOT_APPLICABLE}",AND({{origin}}="",{{stands}}=""))'
    why = f"{said},{counts},LEN({{justification}})=0"
    rule("justification", f"=AND({why})", "missing")
    rule("applies", f"=AND({why},LEN({{applies}})>0)", "say why")
    rule("status", f'=AND({{stands}}="{schema.NOT_APPLICABLE}",LEN({{status}})=0)', schema.NOT_APPLICABLE)
    alone = f'{{origin}}<>"{QUESTION_ROW}",{{origin}}<>"{VERDICT_ROW}",{{status}}="{schema.NOT_CONFORMING}"'
    # A shared question wants an owner for each standard that has none of its own.
    of = f'{laid.area("question")},{{question}},{laid.area("status")},"{schema.NOT_CONFORMING}",{laid.area("owner")},""'
    shared = f'{{origin}}="{QUESTION_ROW}",COUNTIFS({of})>0'
    rule("owner", f"=AND(LEN({{owner}})=0,OR(AND({alone}),AND({shared})))", "missing")
