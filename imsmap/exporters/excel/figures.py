"""The figures of the Dashboard: each as a formula on the other sheets and the value that it yields today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from imsmap.exporters.excel import actions, processes
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Computed, Held, said
from imsmap.exporters.excel.requirements import QUESTION_ROW
from imsmap.register import schema
from imsmap.register.cells import PROCESS
from imsmap.report import Filler, reads

SHARING = ("same", "extended", "related")
"""The classes of a counterpart."""
CLASSES = (*SHARING, "none", "not assessed")


@frozen
class Figure:
    """n of m: what it is called, what m counts, and whether more is worse."""

    key: str
    label: str
    n: Computed
    m: Computed
    unit: str
    alarming: bool = False


@frozen
class Leaf:
    """A leaf clause of a standard (by place) with its status, the worst of its points."""

    ref: str
    standard: int
    main: str
    label: str
    status: Computed


def figures(book: Book, leaves: Sequence[Leaf], statuses: str) -> list[Figure]:
    """Give the figures that the workbook's sheets allow; `statuses` are the cells with the leaf clauses' status."""
    found: list[Figure] = []
    if "requirements" in book.grids:
        found += [_assessed(book), _majors(book)]
    if "actions" in book.grids:
        found.append(_overdue(book))
    if "documents" in book.grids:
        found.append(_documents(book))
    if "processes" in book.grids:
        found.append(_unowned(book))
    if leaves:
        out = sum(leaf.status.value == schema.NOT_APPLICABLE for leaf in leaves)
        n = Computed(f'=ROWS({statuses})-COUNTIF({statuses},"{schema.NOT_APPLICABLE}")', len(leaves) - out)
        m = Computed(f"=ROWS({statuses})", len(leaves))
        found.append(Figure("scope", "Leaf clauses in scope", n, m, "leaf clauses apply"))
    if "matrix" in book.grids:
        found += _rows(book)
    return found


# --- requirements, actions, documents, processes ---------------------------------------------------------------------


def count(book: Book, kind: str, key: str, *words: str) -> Computed:
    """Count the cells of a column that say one of some words; case does not matter."""
    area = book.area(kind, key)
    wanted = {word.casefold() for word in words}
    formula = "+".join(f'COUNTIF({area},"{word}")' for word in words)
    return Computed(f"={formula}", sum(said(cell) in wanted for cell in book.grids[kind].values(key)))


def _rows_of(book: Book, kind: str, key: str) -> Computed:
    """Count the rows of a sheet by a column that is never blank."""
    return Computed(f"=COUNTA({book.area(kind, key)})", sum(_filled(cell) for cell in book.grids[kind].values(key)))


def _filled(cell: Held) -> bool:
    return shown(cell) not in (None, "", ())


def _verdicts(book: Book, *keys: str) -> list[tuple[str, ...]]:
    """Give what columns of Requirements say in the rows of verdicts: that of a shared question has none."""
    grid = book.grids["requirements"]
    rows = zip(grid.values("origin"), *(grid.values(key) for key in keys), strict=True)
    return [tuple(said(cell) for cell in cells) for kind, *cells in rows if said(kind) != QUESTION_ROW]


def _assessed(book: Book) -> Figure:
    status, text, kind = (book.area("requirements", key) for key in ("status", "text", "origin"))
    said_words = [word for word in schema.STATUS if word != schema.NOT_ASSESSED]
    formula = "+".join(f'COUNTIFS({status},"{word}",{kind},"<>{QUESTION_ROW}")' for word in said_words)
    known = {word.casefold() for word in said_words}
    n = Computed(f"={formula}", sum(word in known for (word,) in _verdicts(book, "status")))
    all_ = sum(words != "" for (words,) in _verdicts(book, "text"))
    m = Computed(f'=SUMPRODUCT(({text}<>"")*({kind}<>"{QUESTION_ROW}"))', all_)
    return Figure("assessed", "Assessed", n, m, "requirement points have a status")


def _majors(book: Book) -> Figure:
    severity, status, kind = (book.area("requirements", key) for key in ("severity", "status", "origin"))
    here = f'{severity},"{schema.MAJOR}",{kind},"<>{QUESTION_ROW}"'
    closed = (schema.CONFORMING, schema.NOT_APPLICABLE)
    off = "".join(f'-COUNTIFS({here},{status},"{word}")' for word in closed)
    words = {word.casefold() for word in closed}
    majors = [state for one, state in _verdicts(book, "severity", "status") if one == schema.MAJOR.casefold()]
    n = Computed(f"=COUNTIFS({here}){off}", sum(state not in words for state in majors))
    return Figure(
        "majors", "Open majors", n, Computed(f"=COUNTIFS({here})", len(majors)), "majors are still open", True
    )


def _overdue(book: Book) -> Figure:
    grid = book.grids["actions"]
    text, status = (book.area("actions", key) for key in ("text", "status"))
    n = count(book, "actions", "late", actions.OVERDUE)
    done = {word.casefold() for word in schema.CLOSED}
    pairs = zip(grid.values("text"), grid.values("status"), strict=True)
    m = sum(_filled(one) and said(other) not in done for one, other in pairs)
    tests = "".join(f'*({status}<>"{word}")' for word in schema.CLOSED)
    return Figure(
        "overdue", "Overdue actions", n, Computed(f'=SUMPRODUCT(({text}<>""){tests})', m),
        f"open actions are late on {book.date.isoformat()}", True,
    )  # fmt: skip


def _documents(book: Book) -> Figure:
    grid = book.grids["documents"]
    what, document = book.area("documents", "what"), book.area("documents", "document")
    pairs = list(zip(grid.values("what"), grid.values("document"), strict=True))
    n = sum(_filled(one) and not _filled(other) for one, other in pairs)
    formula = f'=SUMPRODUCT(({what}<>"")*({document}=""))'
    m = _rows_of(book, "documents", "what")
    return Figure(
        "documents", "Documents missing", Computed(formula, n), m, "documents and records are not named yet", True
    )


def _unowned(book: Book) -> Figure:
    grid = book.grids["processes"]
    given = book.given.processes
    n = sum(not process.owner.strip() for process in given)
    columns = [grid.letter(field.key) for field in grid.fields if field.key.startswith(PROCESS)]
    # Whose a process is stands in the first row above the table.
    row = grid.first - 1 - grid.lead
    area = f"'{book.quoted('processes')}'!${columns[0]}${row}:${columns[-1]}${row}" if columns else ""
    formulas = (f'=COUNTIF({area},"{processes.NO_OWNER}")', f"=COUNTA({area})") if columns else ("=0", "=0")
    return Figure(
        "unowned", "Processes without owner", Computed(formulas[0], n), Computed(formulas[1], len(given)),
        "processes have no owner", True,
    )  # fmt: skip


# --- the Matrix -------------------------------------------------------------------------------------------------------


def _rows(book: Book) -> Iterator[Figure]:
    """Count the rows in which standards share something, and for each standard those that it has alone."""
    if len(book.standards) < 2:
        return
    grid = book.grids["matrix"]
    m = _rows_of(book, "matrix", "letters")
    classes = book.area("matrix", "class")
    tests = "+".join(f'ISNUMBER(SEARCH("{word}",{classes}))' for word in SHARING)
    shared = [any(word in _text(cell) for word in SHARING) for cell in grid.values("class")]
    yield Figure(
        "shared", "Shared rows", Computed(f"=SUMPRODUCT(--(({tests})>0))", sum(shared)), m,
        "rows of the Matrix share something",
    )  # fmt: skip
    keys = [standard.key for standard in book.standards]
    home = '({0}<>"")*({0}<>"none")*(LEFT({0},4)<>"see ")'
    at_home = {key: home.format(book.area("matrix", key)) for key in keys}
    has = {key: [_at_home(cell) for cell in grid.values(key)] for key in keys}
    for key in keys:
        others = [other for other in keys if other != key]
        n = sum(
            has[key][place] and not shares and not any(has[other][place] for other in others)
            for place, shares in enumerate(shared)
        )
        # Rows of headings are blank for every standard, so the first test keeps them out.
        parts = [at_home[key], *(f"(1-{at_home[other]})" for other in others), f"(({tests})=0)"]
        name = book.name_of(key)
        yield Figure(
            f"only {key}", f"Only {name}", Computed(f"=SUMPRODUCT({'*'.join(parts)})", n), m,
            f"rows of the Matrix belong to {name} alone",
        )  # fmt: skip


def _at_home(cell: Held) -> bool:
    text = _text(cell)
    return text not in ("", Filler.NONE.value) and not text.startswith("see ")


def _text(cell: Held) -> str:
    return "" if isinstance(cell, Computed) or cell is None else reads(cell)  # type: ignore[arg-type]


# --- clause by clause -------------------------------------------------------------------------------------------------


def leaves(book: Book) -> list[Leaf]:
    """Give the leaf clauses with their status, found by the id of their first point wherever its row was sorted to."""
    if "requirements" not in book.grids:
        return []
    grid = book.grids["requirements"]
    status = {
        line.id: line.cells[grid.place("clause_status")] for line in grid.lines if not line.heading and not line.added
    }
    ids, area = book.area("requirements"), book.area("requirements", "clause_status")
    found = []
    for entry in book.reports["requirements"].values["clauses"]:
        if not entry["leaf"] or not entry["points"]:
            continue
        first = entry["points"][0]["id"]
        cell = status.get(first)
        value = cell.value if isinstance(cell, Computed) and cell.value in schema.STATUS else schema.NOT_ASSESSED
        formula = f'=IFERROR(INDEX({area},MATCH("{first}",{ids},0)),"{schema.NOT_ASSESSED}")'
        place = book.place_of(entry["standard"])
        main = entry["number"].partition(".")[0]
        label = f"{entry['number']} {entry['title']}".strip()
        found.append(Leaf(entry["ref"], place, main, label, Computed(formula, value)))
    return found


def coverage(book: Book, of: str, by: str) -> dict[str, Computed]:
    """Count the leaf clauses of one standard by the class of their closest counterpart in another."""
    entry = next(
        entry
        for entry in book.reports["matrix"].values["coverage"]
        if (entry["of"], entry["by"], entry["unit"]) == (of, by, "leaf clause")
    )
    found = {}
    for word in CLASSES:
        value = int(entry[word.replace(" ", "_")])
        formula = f"={value}"
        if "heatmap" in book.grids:
            whose, there = book.area("heatmap", "standard"), book.area("heatmap", by)
            formula = f'=COUNTIFS({whose},"{book.name_of(of)}",{there},"*{word}*")'
        found[word] = Computed(formula, value)
    return found


# --- holes ------------------------------------------------------------------------------------------------------------


def is_hole(cell: Held) -> bool:
    """Tell whether a clause's count of processes says that there is none."""
    return shown(cell) == processes.NO_PROCESS


def without_process(book: Book, cell: Callable[[int], str], most: int) -> list[Computed]:
    """Find the first clauses without a process: for each the place of its row, in cells that go on from each other."""
    grid = book.grids["processes"]
    counts, word = book.area("processes", "count"), processes.NO_PROCESS
    last = counts.rpartition(":")[2]
    count = grid.place("count")
    empty = [place for place, line in enumerate(grid.lines, 1) if not line.heading and is_hole(line.cells[count])]
    found = []
    for number in range(most):
        value: int | str = empty[number] if number < len(empty) else ""
        if number == 0:
            formula = f'=IFERROR(MATCH("{word}",{counts},0),"")'
        else:
            before = cell(number - 1)
            rest = f"INDEX({counts},{before}+1):'{book.quoted('processes')}'!{last}"
            formula = f'=IFERROR(IF({before}>=ROWS({counts}),"",{before}+MATCH("{word}",{rest},0)),"")'
        found.append(Computed(formula, value))
    return found


def shown(cell: Held) -> Held:
    """Give what a cell shows."""
    return cell.value if isinstance(cell, Computed) else cell


def words(cell: Held) -> str:
    """Say what a cell shows."""
    return _text(shown(cell))
