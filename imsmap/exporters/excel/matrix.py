"""The sheet Matrix: a row for what belongs together, what is shared in it, and what each standard adds.

A topic always has a row. Where a standard has several leaf clauses in it, a row for each leaf clause stands under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Shared, Topic
from imsmap.exporters.excel import page
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line, filling
from imsmap.exporters.excel.page import unprinted
from imsmap.exporters.excel.parted import parted
from imsmap.exporters.excel.sheet import whole_sheet
from imsmap.library.model import WARNING_GLYPH, Kin
from imsmap.parts import ClauseName
from imsmap.reasoning.shares import Share, advised
from imsmap.register.schema import Field
from imsmap.report import NOTHING, Cell, Ref, sole
from imsmap.values import frozen
from imsmap.wording import NOT_LISTED, together

ABOUT = about.Sheet(
    title="Matrix",
    text="what belongs together, what is shared, what each standard adds",
    variants=("matrix", "audit", "print"),
    place=40,
)


def lay(book: Book) -> Grid:
    """Lay the table out and note where each row stands."""
    answer = book.reports.matrix.answer
    fields = tuple(_fields(answer, compared=len(book.standards) > 1))
    if answer.standards_only:
        told = [field for field in fields if not field.key.startswith(_BEYOND)]
        fields = tuple(told)
    if answer.standards_only or len(book.standards) == 1:
        fields = filling(fields, page.room(book, large=True))
    lines = tuple(_lines(answer, [field.key for field in fields]))
    laid = parted(book, "matrix", Grid("tMatrix", fields, lines), ("topic",))
    for row, line in enumerate(laid.lines, laid.first):
        book.stand("matrix", line.id, row)
    return laid


def write(book: Book) -> None:
    """Write the sheet."""
    laid = book.grids["matrix"]
    frozen_columns = laid.place("topic") + 1

    def link(line: Line, field: Field, cell: Held) -> str | None:  # noqa: ARG001 - the shape of a Linker
        first = cell[0] if isinstance(cell, tuple) and cell else cell
        return book.link("requirements", first.key, "D") if isinstance(first, Ref) else None

    report = book.reports.matrix
    unsaid = "" if report.answer.standards_only else unprinted(book, "topics")
    whole_sheet(
        book,
        "matrix",
        report.title,
        laid,
        link,
        note=f"{unsaid}A topic is what belongs together; each has a row in bold. {report.message}".strip(". ") + ".",
        frozen=frozen_columns,
        repeated=frozen_columns,
        large=True,
        printed=not unsaid,
    )


# --- columns ----------------------------------------------------------------------------------------------------------

_SEVERAL = 3
"""Of more standards, what each adds folds away under its clauses."""
_WIDE, _NARROW = (22, 24, 40, 50), (25, 21, 28, 38)
"""How wide topic, clause, what is added and what is shared are: three standards share one page."""
_BEYOND = ("adds_", "beyond_", "shared")
"""The columns that tell what is asked for, and not where."""
_COMPARING = ("class", "shared", "advice", "letters", "false_friends")
"""The columns that say nothing of one standard alone."""


def _fields(answer: MatrixAnswer, *, compared: bool) -> Iterator[Field]:
    folds = len(answer.standards) > _SEVERAL
    asked = "Asked by both" if len(answer.standards) == 2 else "Asked by several"
    several = len(answer.standards) == _SEVERAL
    topic, clause, added, shared = _NARROW if several else _WIDE
    found = [Field("class", "Class", "class", 13), Field("topic", "Topic", "text", topic)]
    for place, side in enumerate(answer.standards):
        found.append(Field(side.key, f"{side.label} · {side.designation}", "clause", clause, standard=place))
        adds = f"{side.label} · {side.designation} adds" if compared else "What is asked for, in our words"
        found.append(Field(f"adds_{side.key}", adds, "list", added, standard=place, folds=folds))
        if side.key in answer.counted:
            found.append(Field(f"beyond_{side.key}", f"{side.label} +", "number", 5, standard=place, folds=folds))
    found += [
        Field("shared", asked, "list", shared), Field("advice", "Advice", "text", 13),
        Field("letters", "Letters", "letters", 8), Field("false_friends", "Misleading number", "warning", 11),
    ]  # fmt: skip
    alone = (field for field in found if not field.key.startswith((*_COMPARING, "beyond_")))
    yield from found if compared else alone


# --- rows -------------------------------------------------------------------------------------------------------------


_OWN_GROUND = ("class", "letters")
"""Columns whose cells say by their ground what they are, in a topic's row, too."""


@frozen
class _Entry:
    """A row before its cells are put in the order of the columns.

    clause: the reference of the leaf clause whose row it is. standard: the key of the one that it is about alone.
    """

    id: str
    clause: str
    cells: Mapping[str, Cell]
    standard: str | None
    depth: int


def _lines(answer: MatrixAnswer, columns: Sequence[str]) -> Iterator[Line]:
    places = {side.key: place for place, side in enumerate(answer.standards)}
    shares = {share.topic: share for share in answer.shares.topics}
    for main in answer.main_clauses:
        blank: tuple[Cell, ...] = (None,) * (len(columns) - 1)
        yield Line(f"main-{main.number}", (f"{main.number}\u00a0{main.title}", *blank), heading=True)
        for topic in answer.topics:
            if topic.main != main.number:
                continue
            for entry in _entries(answer, topic, shares[topic.id]):
                place = None if entry.standard is None else places[entry.standard]
                cells = tuple(entry.cells[key] for key in columns)
                looks = {key: _look(key, entry.depth) for key in columns if entry.depth > 1 or key not in _OWN_GROUND}
                looks = {key: look for key, look in looks.items() if look}
                yield Line(entry.id, cells, depth=entry.depth, standard=place, looks=looks)


def _look(key: str, depth: int) -> str:
    """Name how a cell looks: a topic's row is faint, its name bold, its class strong; below it all is open."""
    if key == "topic":
        return "lead" if depth == 1 else "muted"
    if key == "class":
        return "open"
    if key.startswith("beyond_"):
        return "topic plus" if depth == 1 else "plus"
    return "topic" if depth == 1 else ""


def _entries(answer: MatrixAnswer, topic: Topic, share: Share) -> Iterator[_Entry]:
    """Give the row of a topic, and those of its leaf clauses if a standard has several in it."""
    label = {side.key: side.label for side in answer.standards}
    is_spread = any(len(clauses) > 1 for clauses in topic.clauses.values())
    is_spread = is_spread and not answer.standards_only
    below = tuple(_leaves(answer, topic, share.kin, label)) if is_spread else ()
    told = {entry.clause for entry in below}
    asked = [_asked(entry, label) for entry in topic.shared if not entry.at & told]
    cells: dict[str, Cell] = {
        "class": share.kin,
        "topic": topic.name,
        "shared": _with_rest(asked, len(topic.shared) - len(asked)),
        "advice": topic.advice,
        "letters": topic.letters,
        "false_friends": _flags(topic.false_friends),
    }
    for key, adds in topic.adds.items():
        home, also = topic.clauses[key], [one.clause for one in topic.also[key]]
        texts = [one.text for one in adds if one.clause not in told]
        cells[f"adds_{key}"] = _with_rest(texts, len(adds) - len(texts))
        if key in answer.by_clause and home:
            cells[f"adds_{key}"] = NOT_LISTED
        cells[f"beyond_{key}"] = len(adds)
        if is_spread:
            # Titles stand in the rows below; a cell of several clauses leads to none of them.
            numbers = [", ".join(clause.number for clause in home)] if home else []
            cells[key] = "\n".join((*numbers, *(f"see {clause.words}" for clause in also))) or NOTHING
        else:
            cells[key] = (*_named(home), *(() if answer.standards_only else _seen(also))) or NOTHING
    yield _Entry(topic.id, "", cells, sole(topic.present), 1)
    yield from below


def _leaves(answer: MatrixAnswer, topic: Topic, topics: Kin, label: Mapping[str, str]) -> Iterator[_Entry]:
    """Give a row for each leaf clause that is at home in a topic, and for each other that adds something there.

    topics: the class of the topic, whose advice holds for all that stand as close.
    """
    for key, home in topic.clauses.items():
        adding = {one.clause for one in topic.adds[key]}
        elsewhere = [one.clause for one in topic.also[key] if one.clause.ref in adding]
        for clause in (*home, *elsewhere):
            kin = answer.closest[clause.ref]
            cells: dict[str, Cell] = {
                "class": kin,
                "topic": topic.name,
                "shared": tuple(_asked(entry, label) for entry in topic.shared if clause.ref in entry.at) or NOTHING,
                "advice": topic.advice if kin.is_core or kin is topics else advised(kin),
                "letters": label[key],
                "false_friends": _flags(number for number in topic.false_friends if number in clause.line),
            }
            for other in topic.clauses:
                cells[other] = _seen(answer.nearest[clause.ref].get(other, ())) or NOTHING
                cells[f"adds_{other}"] = cells[f"beyond_{other}"] = NOTHING
            cells[key] = _named((clause,)) if clause in home else _seen((clause,))
            cells[f"adds_{key}"] = tuple(one.text for one in topic.adds[key] if one.clause == clause.ref) or NOTHING
            if key in answer.by_clause:
                cells[f"adds_{key}"] = NOT_LISTED
            cells[f"beyond_{key}"] = sum(one.clause == clause.ref for one in topic.adds[key])
            row = clause.ref if clause in home else f"{topic.id}/{clause.ref}"
            yield _Entry(row, clause.ref, cells, key, 2)


def _named(clauses: Iterable[ClauseName]) -> tuple[Cell, ...]:
    return tuple(Ref(clause.ref, clause.words) for clause in clauses)


def _seen(clauses: Iterable[ClauseName]) -> tuple[Cell, ...]:
    return tuple(Ref(clause.ref, f"see {clause.words}") for clause in clauses)


def _asked(entry: Shared, label: Mapping[str, str]) -> str:
    """Say what standards have in common, and which of them where those are not all."""
    if len(entry.by) == len(label):
        return entry.text
    return f"{entry.text} ({together(label[key] for key in entry.by)})"


def _with_rest(texts: Sequence[str], rest: int) -> Cell:
    """List what is told in a topic's own row, and count what the rows below tell."""
    if not rest:
        return tuple(texts) or NOTHING
    return (*texts, f"+{rest}, in the row{'s' if rest > 1 else ''} below")


def _flags(numbers: Iterable[str]) -> Cell:
    return tuple(f"{WARNING_GLYPH} {number}" for number in numbers) or NOTHING
