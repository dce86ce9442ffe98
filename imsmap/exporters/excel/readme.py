"""The sheet Read me: one printed page on use, signs, method and limits."""

from __future__ import annotations

from collections.abc import Iterator

from imsmap import about
from imsmap.exporters.excel import measure, page
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.sheet import Writer
from imsmap.library.model import WARNING_GLYPH, Kin
from imsmap.register import schema
from imsmap.register.schema import Part
from imsmap.report import NOTHING
from imsmap.values import frozen
from imsmap.wording import CONTAINS_LICENSED_TEXT, listed, together

ABOUT = about.Sheet(
    title="Read me",
    text="how to use this workbook, what the signs mean, method and limits",
    variants=("matrix", "audit", "print"),
    place=20,
)

_WIDTHS = (15.0, 76.0, 2.0, 15.0, 46.0)
_LEFT, _RIGHT = 1, 4
_CLASSES = {
    Kin.SAME: "the same core, and nothing more",
    Kin.EXTENDED: "a shared core, and one side or both add to it",
    Kin.RELATED: "no shared core, but a stated relation",
    Kin.TOUCHES: "a weak relation only: a reminder, counted nowhere",
    Kin.NONE: "looked at: nothing in common; the reason is stated",
    Kin.NOT_ASSESSED: "nobody has looked; never counted as none",
}


@frozen
class Entry:
    """A line of the page: a label with its style, and words; a section's heading has no words."""

    label: str
    words: str = ""
    style: tuple[str, ...] = ("label",)


def write(book: Book) -> None:
    """Write the sheet."""
    writer = Writer(book, "readme")
    writer.columns([12, *_WIDTHS])
    writer.head("Read me", f"{book.title} · {book.date.isoformat()} · mapping data {book.data_version}")
    row = 3
    left, right = (
        (list(_left(book)), list(_right(book))) if book.given.part is None else _of_part(book, book.given.part)
    )
    for place in range(max(len(left), len(right))):
        lines = 1
        for start, entries in ((_LEFT, left), (_RIGHT, right)):
            if place < len(entries):
                lines = max(lines, _entry(writer, row + place, start, entries[place]))
        writer.sheet.set_row(row + place, measure.height_of(lines))
    last = row + max(len(left), len(right)) - 1
    page.set_up(book, writer.sheet, pages_tall=1)
    page.print_columns(writer.sheet, last, 0, [(1, len(_WIDTHS))])


def _of_part(book: Book, part: Part) -> tuple[list[Entry], list[Entry]]:
    """Say in few lines what one person is asked, and what the words of the lists mean."""
    what = {kind: len(part.rows.get(kind, ())) for kind in book.names}
    left = [
        Entry(f"For {part.name}" if part.name else "For nobody yet"),
        *(
            Entry(book.names[kind], f"{count} row{'' if count == 1 else 's'}: {_ASKED[kind]}", ("label", "dark"))
            for kind, count in what.items()
            if count
        ),
        Entry(""),
        Entry("What to do"),
        *(Entry(str(number), step, ("label", "dark")) for number, step in enumerate(_steps_of(book, part), 1)),
    ]
    right = list(_words_of_lists()) if "requirements" in book.names else []
    if "audit" in book.names:
        right += [*([Entry("")] if right else ()), *_words_of_results(graded="requirements" not in book.names)]
    if "soa" in book.names:
        right += [*([Entry("")] if right else ()), Entry("Applicable, of a control")]
        right += [Entry(word, meaning, ("tool", "centred")) for word, meaning in schema.APPLICABLE.items()]
    return left, right


def _steps_of(book: Book, part: Part) -> Iterator[str]:
    """Say what to do with one person's rows, step by step."""
    titles = dict.fromkeys(_WHO.get(kind, "Owner") for kind, rows in part.rows.items() if rows)
    who = listed(titles or ("Owner",), "or")
    if part.name:
        yield f"These rows are yours as the workbook says now. If one is somebody else's, write their name under {who}."
    else:
        yield f"Nobody is named for these rows: write under {who} who answers them, and bring the file back in."
    yield "Fill in the yellow cells; leave empty what you don't know. White and grey cells are there to help."
    if "requirements" in book.names:
        shared = any(field.key == "elsewhere" for field in book.grids["requirements"].fields)
        others = "; Said for the others is what another standard's verdict on the same question says" if shared else ""
        yield f"Until now is what was said before{others}. Your answer is what holds for the standard of the row today."
    yield "Sort, filter, add rows, columns and comments as you like; save it under any name."
    yield "Send the file back. Whatever others answer meanwhile, nothing of yours is lost."


_WHO = {"audit": "Auditor", "obligations": "Who evaluates"}
"""The column that says whose a row is, where it is not called Owner."""
_ASKED = {
    "requirements": "what is asked for, and how it stands with us",
    "actions": "how far it is, and what shows that it is done",
    "documents": "which of our documents holds it, where it is, when it is looked at again",
    "audit": "what was seen, and a verdict for each standard",
    "management_review": "what is brought to the review, and what was decided",
    "soa": "whether the control applies, why, and how far it is",
    "obligations": "how compliance is evaluated, when last and when next",
}


def _entry(writer: Writer, row: int, column: int, entry: Entry) -> int:
    """Write a line on one side; give how many lines of text it takes."""
    if not entry.words:
        if entry.label:
            writer.section(row, column, column + 1, entry.label)
        return 1
    writer.text(row, column, entry.label, *entry.style, "wrapped")
    writer.text(row, column + 1, entry.words, "plain", "lined")
    widths = [measure.inner(width) for width in writer.widths[column : column + 2]]
    return max(
        measure.lines_of(entry.label, widths[0], bold=writer.formats.bold(entry.style)),
        measure.lines_of(entry.words, widths[1]),
    )


def _left(book: Book) -> Iterator[Entry]:
    yield Entry("Use it" if book.paper else "Use it in five lines")
    for number, step in enumerate(_steps(book), 1):
        yield Entry(str(number), step, ("label", "dark"))
    yield Entry("")
    yield Entry("Who fills what")
    yield Entry("white", "ours: text of the tool; leave it as it is", ("tool", "centred"))
    yield Entry("pale yellow", "yours: fill in and change; leave empty what you do not know yet", ("user", "centred"))
    shared = ", or said in another row: a shared question, or its verdicts" if len(book.standards) > 1 else ""
    yield Entry("light grey", "computed" + shared, ("computed", "centred"))
    yield Entry("none", "looked at, and there is nothing; an empty yellow cell waits to be filled", ("tool", "filler"))
    if "requirements" in book.names and not book.paper:
        there = book.names["requirements"]
        yield Entry("a link", "leads to the rows of a clause: of several in a cell, of the first; a filter on the")
        yield Entry("", f"column Clause of {there} leads to each of the others")
        if len(book.standards) > 1:
            yield Entry("one standard", f"alone: filter Standard on {there} for what contains its number; its shared")
            yield Entry("", "questions stay above its verdicts")
    yield Entry("")
    yield Entry("Method and limits")
    yield Entry("Matrix row", "Requirements that belong together: a row for each leaf clause of the harmonized")
    yield Entry("", "structure, and rows by topic for what has no common core. Headings never count.")
    yield Entry("Leaf clause", "a clause without subclauses that states requirements")
    yield Entry("Counterpart", "says where to look together; not that meeting one standard meets the other,")
    yield Entry("", "and not that anybody conforms")
    if book.reports.matrix is not None and (told := book.reports.matrix.answer.looked_at):
        yield Entry("Pairs of clauses", told)
    yield Entry("Figures", "always n of m, with direction and unit; never a percentage alone")
    yield Entry("Confidence", "0 = a guess, 1 = certain; never surer than the weakest premise")
    yield Entry("", _confidence(book))
    for number, (source, whose) in enumerate(_sources(book).items()):
        yield Entry("" if number else "Sources", f"{', '.join(whose)}: {source}")
    yield Entry(
        "Text",
        CONTAINS_LICENSED_TEXT if book.given.texts else "numbers, titles and our own words only: consult the standards",
    )
    yield Entry("Data", f"mapping data {book.data_version}")
    yield Entry("Editions", _editions(book))


def _steps(book: Book) -> Iterator[str]:
    """Say how to use the sheets that are there, in five lines at most."""
    mind = f"; mind each {WARNING_GLYPH}, the same number for another matter" if "overlap" in book.names else ""
    steps = {
        "dashboard": "See on the Dashboard how it stands; its figures follow what you fill in elsewhere.",
        "matrix": f"Read the Matrix row by row: what is done once, and what each standard adds{mind}.",
        "requirements": "On Requirements fill the yellow cells: does it apply, whose is it, what is missing"
        + ("; what is shared, once." if len(book.standards) > 1 else "."),
        "documents": "On Documents name your documents and records: one may serve several rows.",
    }
    yield from (step for kind, step in steps.items() if kind in book.names and kind not in book.behind)
    if book.paper:
        yield "This is for paper; requirements, documents and processes are filled in in the whole workbook."
        return
    yield "Sort, filter, hide, add columns as you like; keep hidden column A, the row ids."


def _confidence(book: Book) -> str:
    return "; ".join(f"{standard.designation}: {standard.confidence:.2f}" for standard in book.standards)


def _sources(book: Book) -> dict[str, list[str]]:
    """Say once on what the data of each standard rest, so that no row below has to."""
    found: dict[str, list[str]] = {}
    for standard in book.standards:
        if standard.source:
            found.setdefault(standard.source, []).append(standard.designation)
    return found


def _editions(book: Book) -> str:
    return ", ".join(" with ".join([standard.designation, *standard.amendments]) for standard in book.standards)


def _right(book: Book) -> Iterator[Entry]:
    yield Entry("Signs: how standards stand to each other")
    for kin, words in _CLASSES.items():
        yield Entry(f"{kin.glyph} {kin.counted}", words, ("tool", kin.value))
    yield Entry(f"{WARNING_GLYPH} false friend", "the same clause number, another matter", ("tool", "warning"))
    yield Entry("")
    yield Entry("Letters")
    for index, standard in enumerate(book.standards):
        words = f"{standard.discipline_name}: {standard.designation}"
        yield Entry(standard.label, words, ("tool", f"letter {index}"))
    if len(book.standards) > 1:
        letters = together(standard.label for standard in book.standards)
        yield Entry(letters, "shared by these standards", ("tool", "shared"))
    if "requirements" not in book.names:
        return
    yield Entry("")
    yield from _words_of_lists()


def _words_of_lists() -> Iterator[Entry]:
    """Say what the words for a verdict mean."""
    yield Entry("Status")
    for word, meaning in schema.STATUS.items():
        yield Entry(word, meaning, ("tool", "centred", f"is {word}"))
    yield Entry("")
    yield Entry("Severity of a gap")
    yield from _grades()


def _grades() -> Iterator[Entry]:
    for word, meaning in schema.SEVERITY.items():
        yield Entry(word, meaning, ("tool", "centred", f"is {word}") if word == schema.MAJOR else ("tool", "centred"))


def _words_of_results(*, graded: bool) -> Iterator[Entry]:
    """Say what the words for a verdict on the checklist mean; graded: with those for how bad a finding is."""
    yield Entry("Result, for each standard")
    for word, meaning in schema.RESULTS.items():
        look = (f"is {word}",) if word in schema.STATUS else ()
        yield Entry(word, meaning, ("tool", "centred", *look))
    yield Entry(NOTHING.value, "this standard asks for nothing here", ("tool", "filler"))
    if graded:
        yield Entry("")
        yield Entry("Grade of a finding")
        yield from _grades()
