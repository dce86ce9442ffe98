"""The sheet Requirements: the working sheet, a row for each point, with the columns that people fill."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Computed, Grid, Held, Line, grid, said
from imsmap.exporters.excel.sheet import Writer, whole_sheet
from imsmap.register import schema
from imsmap.register.cells import ACTION
from imsmap.register.schema import Field
from imsmap.report import Filler, Ref

_WIDTHS = {
    "letters": 8, "standard": 15, "clause": 8, "title": 20, "text": 45, "origin": 8, "documented": 12,
}  # fmt: skip
_FROZEN = 4


def lay(book: Book) -> Grid:
    """Lay the table out and note where each clause and each point stands."""
    table = book.reports["requirements"].table("requirements")
    laid = grid("tRequirements", table, book.standards, _WIDTHS, schema.REQUIREMENTS)
    laid = _rolled_up(own.filled(book, "requirements", laid))
    for row, line in enumerate(laid.lines, laid.first):
        book.stand("requirements", line.id, row)
        for cell in line.cells:
            if isinstance(cell, Ref) and not line.added:
                book.stand("requirements", cell.key, row)
    return laid


def worst(states: Sequence[tuple[str, str]]) -> str:
    """Give a clause's status from what its points say of status and of whether they apply: the worst of them."""
    status = [state for state, _ in states]
    for word in (schema.NOT_CONFORMING, schema.PARTIAL):
        if word.casefold() in status:
            return word
    out = schema.NOT_APPLICABLE.casefold()
    left = [state for state, applies in states if state != out and not (state == "" and applies == out)]
    if any(state != schema.CONFORMING.casefold() for state in left):
        return schema.NOT_ASSESSED
    return schema.CONFORMING if left else schema.NOT_APPLICABLE


def _rolled_up(laid: Grid) -> Grid:
    """Put the status of its clause into each row: a formula that also counts rightly when rows are sorted."""
    status, applies, target = (laid.place(key) for key in ("status", "applies", "clause_status"))
    points: dict[str, list[tuple[str, str]]] = {}
    for line in laid.lines:
        if "#" in line.id:
            states = points.setdefault(line.id.partition("#")[0], [])
            states.append((said(line.cells[status]), said(line.cells[applies])))
    found = {clause: Computed(_formula(laid, clause), worst(states)) for clause, states in points.items()}
    lines = []
    for line in laid.lines:
        computed = found.get(line.id.partition("#")[0])
        if computed is not None and "#" in line.id and target not in line.over:
            line = evolve(line, cells=(*line.cells[:target], computed, *line.cells[target + 1 :]))
        lines.append(line)
    return evolve(laid, lines=tuple(lines))


def _formula(laid: Grid, clause: str) -> str:
    """Write what `worst` computes, over the rows whose id begins with the clause."""
    here, status, applies = laid.area(), laid.area("status"), laid.area("applies")

    def count(word: str) -> str:
        return f'COUNTIFS({here},"{clause}#*",{status},"{word}")'

    out, bad, part, good = schema.NOT_APPLICABLE, schema.NOT_CONFORMING, schema.PARTIAL, schema.CONFORMING
    unsaid = f'COUNTIFS({here},"{clause}#*",{status},"",{applies},"{out}")'
    left = f'COUNTIF({here},"{clause}#*")-{count(out)}-{unsaid}'
    return (
        f'=IF({count(bad)}>0,"{bad}",IF({count(part)}>0,"{part}",'
        f'IF({left}>{count(good)},"{schema.NOT_ASSESSED}",IF({count(good)}>0,"{good}","{out}"))))'
    )


def write(book: Book) -> None:
    """Write the sheet."""
    groups = {entry["ref"]: entry["group"] for entry in book.reports["requirements"].values["clauses"]}

    def link(line: Line, field: Field, cell: Held) -> str | None:
        if isinstance(cell, Ref) and groups.get(cell.key) is not None:
            return book.link("matrix", groups[cell.key])
        if field.key == "documented" and not isinstance(cell, Filler):
            return book.link("documents", line.id)
        if field.key == "text":
            return book.link("actions", f"{ACTION}{line.id}", "F")
        return None

    report = book.reports["requirements"]
    writer, laid = whole_sheet(
        book,
        "requirements",
        report.title,
        book.grids["requirements"],
        link,
        note=f"{report.message}. Yellow cells are yours; an underlined text leads to its action. Core = from the "
        "harmonized structure, own = what the standard adds. A clause's status is the worst of its points.",
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
    )
    _colours(writer, laid)


def _colours(writer: Writer, laid: Grid) -> None:
    """Let answers show: a colour beside each word, and what has still to be said."""
    if not laid.lines:
        return
    last = laid.first + len(laid.lines) - 1
    cells = {field.key: f"${laid.letter(field.key)}{laid.first + 1}" for field in laid.fields}

    def rule(key: str, formula: str, style: str) -> None:
        column = laid.place(key) + 1
        writer.sheet.conditional_format(
            laid.first,
            column,
            last,
            column,
            {"type": "formula", "criteria": formula.format(**cells), "format": writer.formats.condition(style)},
        )

    for word in schema.STATUS:
        rule("status", f'={{status}}="{word}"', word)
        rule("clause_status", f'={{clause_status}}="{word}"', word)
    rule("severity", f'={{severity}}="{schema.MAJOR}"', schema.MAJOR)
    # Held not applicable without a reason, or a gap that nobody owns, stays in sight until it is mended.
    out = f'OR({{applies}}="{schema.NOT_APPLICABLE}",{{status}}="{schema.NOT_APPLICABLE}")'
    rule("justification", f"=AND({out},LEN({{justification}})=0)", "missing")
    rule("applies", f"=AND({out},LEN({{applies}})>0,LEN({{justification}})=0)", "say why")
    rule("owner", f'=AND({{status}}="{schema.NOT_CONFORMING}",LEN({{owner}})=0)', "missing")
