"""The sheet Overlap: coverage both ways as n of m, what has no counterpart, false and hidden friends, every pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from imsmap import about
from imsmap.analyses.overlap import LeafPair, OverlapAnswer
from imsmap.exporters.excel import page, parted
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.sheet import Writer
from imsmap.library.model import WARNING_GLYPH, Kin, split_ref
from imsmap.reasoning.coverage import LEAF_CLAUSE, POINT, Coverage
from imsmap.register.schema import Field
from imsmap.report import NOTHING, Ref

ABOUT = about.Sheet(
    title="Overlap",
    text="coverage both ways, false friends, hidden friends",
    besides=("overlap", "relations"),
    least=2,
    variants=("matrix",),
    place=100,
)

_WIDTHS = (26.0, 26.0, 13.0, 58.0, 11.0, 11.0)
"""All tables of this sheet stand on the same columns: two sides, what they are to each other, words, figures."""
_NAMING = ("clause", "by", "subject", "object")
"""What a row that goes on says anew, to be found by."""
_FIRST_LIST, _IN_FULL = "tUncovered", 3
"""Of more standards the figures are printed, and not the lists below them, which take hundreds of pages."""
_MEANING = {
    "overlap coefficient": "points in common, out of the points of the standard that has fewer",
    "Jaccard": "points in common, out of all different points of both",
}


def write(book: Book) -> None:
    """Write the sheet."""
    writer = Writer(book, "overlap")
    writer.columns([12, *_WIDTHS])
    overlap = None if book.reports.overlap is None else book.reports.overlap.answer
    writer.head(
        f"Overlap of {book.designations()}",
        "Read each figure with its direction and unit: n of m of one standard have a counterpart in the other. "
        "A counterpart says where to look together; it does not say that meeting one meets the other.",
    )
    if told := book.doubt("overlap"):
        writer.text(2, 1, told, "small")
    coverage = book.reports.matrix.answer.coverage
    tables = [("Coverage, both ways", _coverage(book, coverage))]
    if overlap is not None:
        tables.append(("On points: overlap coefficient and Jaccard", _measures(book, overlap)))
    tables.append(("Leaf clauses without a counterpart, by name", _uncovered(book, coverage)))
    if overlap is not None:
        hidden = [link for between in overlap.pairs for link in between.hidden]
        links = [link for between in overlap.pairs for link in between.links]
        tables += [
            (f"{WARNING_GLYPH} False friends: the same number, another matter", _false_friends(book, overlap)),
            ("Hidden friends: another number, and yet something in common", _pairs("tHiddenFriends", book, hidden)),
            ("Every pair of leaf clauses with something in common", _pairs("tPairs", book, links)),
        ]

    def link(line: Line, field: Field, cell: Held) -> str | None:  # noqa: ARG001 - the shape of a Linker
        return book.link("requirements", cell.key, "D") if isinstance(cell, Ref) else None

    row, last = 3, 0
    for title, laid in tables:
        if laid.name == "tPairs":
            writer.sheet.set_h_pagebreaks([row])
        if laid.name == _FIRST_LIST and len(book.standards) > _IN_FULL:
            last = row - 2
        writer.sheet.set_row(row, 20)
        writer.text(row, 1, title, "subtitle")
        whole = parted.within(laid, _WIDTHS, _NAMING)
        row = writer.table(row + 1, whole, link, filters=len(laid.lines) > 10) + 1
    writer.sheet.freeze_panes(2, 0)
    page.set_up(book, writer.sheet)
    page.print_columns(writer.sheet, last or row - 2, 0, [(1, len(_WIDTHS))])


def _coverage(book: Book, measured: Iterable[Coverage]) -> Grid:
    fields = (
        Field("of", "Of"),
        Field("by", "Have a counterpart in"),
        Field("unit", "Unit"),
        Field("classes", "By class"),
        Field("n", "n", "number"),
        Field("m", "of m", "number"),
    )
    lines = []
    for entry in measured:
        id_ = f"{entry.of}-{entry.by}-{entry.unit}".replace(" ", "-")
        sides = book.name_of(entry.of), book.name_of(entry.by)
        unit = "leaf clauses" if entry.unit == LEAF_CLAUSE else "points"
        lines.append(Line(id_, (*sides, unit, _classes(entry), entry.n, entry.m)))
    return Grid("tOverlap", fields, tuple(lines))


def _classes(entry: Coverage) -> str:
    """Say a coverage by class: what has a counterpart, and behind the semicolon what has none."""
    # Of a point the same says that it has a counterpart, and nothing of what stands beside it.
    word = {Kin.SAME: "with a counterpart"} if entry.unit == POINT else {}
    classes = ", ".join(f"{kin.glyph} {entry.of_class(kin)} {word.get(kin, kin.counted)}" for kin in entry.counterparts)
    aside = f" ({entry.jointly} only jointly)" if entry.jointly else ""
    touched = f"{Kin.TOUCHES.glyph} {entry.touches} touches, " if entry.touches else ""
    related = f"{Kin.RELATED.glyph} {entry.related} related, " if entry.unit == POINT else ""
    rest = f"{Kin.NONE.glyph} {entry.none} alone, {Kin.NOT_ASSESSED.glyph} {entry.not_assessed} not looked at"
    return f"{classes}{aside}; {related}{touched}{rest}"


def _measures(book: Book, overlap: OverlapAnswer) -> Grid:
    fields = (
        Field("measure", "Measure"),
        Field("between", "Between"),
        Field("unit", "Unit"),
        Field("meaning", "Meaning"),
        Field("n", "n", "number"),
        Field("m", "of m", "number"),
    )
    lines = []
    for pair in overlap.pairs:
        between = f"{book.name_of(pair.subject)} and {book.name_of(pair.object)}"
        for told in pair.measures:
            cells = (told.name, between, f"{told.unit}s", _MEANING.get(told.name, NOTHING), told.n, told.m)
            lines.append(Line(f"{told.name}-{pair.subject}-{pair.object}".replace(" ", "-"), cells))
    return Grid("tOverlapMeasures", fields, tuple(lines))


def _uncovered(book: Book, measured: Iterable[Coverage]) -> Grid:
    fields = (
        Field("clause", "Leaf clause", "clause"),
        Field("by", "Without a counterpart in"),
        Field("class", "Class", "class"),
        Field("reason", "Why"),
    )
    reasons, reminders = _reasons(book), _reminders(book)
    lines = []
    for entry in measured:
        if entry.unit != LEAF_CLAUSE:
            continue
        for kin, numbers in entry.without.items():
            for number in numbers:
                ref = f"{entry.of}:{number}"
                why = reminders if kin is Kin.TOUCHES else reasons
                said = why.get((ref, f"{entry.by}:"), NOTHING)
                cells = (Ref(ref, book.clause(ref)), book.name_of(entry.by), kin, said)
                lines.append(Line(f"{ref}-{entry.by}", cells))
    return Grid("tUncovered", fields, tuple(lines))


def _reasons(book: Book) -> dict[tuple[str, str], str]:
    """Find what was said about clauses without a counterpart in another clause, or in a whole standard (`key:`).

    Of a clause of which nothing was said as a whole, what was said of its points.
    """
    whole: dict[tuple[str, str], str] = {}
    points: dict[tuple[str, str], dict[str, None]] = {}
    for entry in () if book.reports.relations is None else book.reports.relations.answer.relations:
        if entry.kin is not Kin.NONE:
            continue
        for one, other in product(entry.subject, entry.object):
            for ref, far in ((one, other), (other, one)):
                clause, _, point = ref.partition("#")
                if point:
                    points.setdefault((clause, far), {})[entry.rationale] = None
                else:
                    whole[ref, far] = entry.rationale
    return {at: " · ".join(said) for at, said in points.items()} | whole


def _reminders(book: Book) -> dict[tuple[str, str], str]:
    """Say for each leaf clause what in another standard (`key:`) touches it."""
    found: dict[tuple[str, str], list[str]] = {}
    for pair in () if book.reports.overlap is None else book.reports.overlap.answer.pairs:
        for link in pair.links:
            if link.kin is Kin.TOUCHES:
                for clause, other, key in (
                    (link.subject, link.object, pair.object),
                    (link.object, link.subject, pair.subject),
                ):
                    said = f"{other.number} {other.name}: {' '.join(link.words)}".rstrip(": ")
                    found.setdefault((clause.ref, f"{key}:"), []).append(said)
    return {key: "Only a reminder: " + " · ".join(said) for key, said in found.items()}


def _sides(book: Book) -> Iterator[Field]:
    """Give the two columns that name a clause of either standard; of more than two, each clause says whose it is."""
    if len(book.standards) > 2:
        yield Field("subject", "Clause", "clause")
        yield Field("object", "Clause of another standard", "clause")
        return
    for place, (key, standard) in enumerate(zip(("subject", "object"), book.standards, strict=True)):
        yield Field(key, f"{standard.label} · {standard.designation}", "clause", standard=place)


def _side(book: Book, ref: str, number: str, title: str) -> Ref:
    """Name a clause: by its number where the head of the column says whose it is, else in full."""
    whose = f"{book.name_of(split_ref(ref)[0])}, " if len(book.standards) > 2 else ""
    return Ref(ref, f"{whose}{number} {title}".strip())


def _false_friends(book: Book, overlap: OverlapAnswer) -> Grid:
    fields = (
        *_sides(book),
        Field("number", "False friend", "warning"),
        Field("note", "The trap, and what ties them"),
    )
    two = len(book.standards) == 2
    lines = []
    for pair in overlap.pairs:
        for friend in pair.false_friends:
            number = friend.number
            sides = (
                _side(book, f"{pair.subject}:{number}", number, friend.subject_title),
                _side(book, f"{pair.object}:{number}", number, friend.object_title),
            )
            id_ = f"false-{number}" if two else f"false-{number}-{pair.subject}-{pair.object}"
            lines.append(Line(id_, (*sides, f"{WARNING_GLYPH} {number}", friend.note or NOTHING)))
    return Grid("tFalseFriends", fields, tuple(lines))


def _pairs(name: str, book: Book, links: Iterable[LeafPair]) -> Grid:
    fields = (
        *_sides(book),
        Field("class", "Class", "class"),
        Field("shared", "What is shared", "list"),
        Field("confidence", "Confidence", "confidence"),
        Field("basis", "Basis"),
    )
    lines = []
    for link in links:
        sides = (_side(book, clause.ref, clause.number, clause.name) for clause in (link.subject, link.object))
        id_ = f"{link.subject.ref}-{link.object.ref}"
        lines.append(Line(id_, (*sides, link.kin, link.words or NOTHING, link.confidence, link.because)))
    return Grid(name, fields, tuple(lines))
