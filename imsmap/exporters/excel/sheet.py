"""One function writes a table onto a sheet: headings, cells by kind and owner, links, heights, outline, lists."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Collection, Mapping, Sequence

from attrs import evolve
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range

from imsmap.exporters.excel import heads, measure, page, theme
from imsmap.exporters.excel.book import Volume
from imsmap.exporters.excel.grid import Computed, Grid, Held, Line, fitted, for_labels, roomy, slices, styles_of, worded
from imsmap.exporters.excel.offers import offer
from imsmap.exporters.excel.text import as_formula, clean, fitting, headings, is_fitting, is_sign, short
from imsmap.library.model import Kin, is_usual_number
from imsmap.register.cells import COLUMNS, COMMENT, LINK, Formula, reaches_outside
from imsmap.register.formulas import readable
from imsmap.register.places import address
from imsmap.register.schema import Field
from imsmap.register.syntax import is_formula
from imsmap.report import Filler, Ref
from imsmap.workbook import TOOL, mark

ZOOM = 90
Linker = Callable[[Line, Field, Held], "str | None"]
"""Tells where a cell leads."""
_TIP = "Go to {}"
_DISPLAYED = 100
_ADDRESS = 2000
"""Characters in a link; Excel takes 2079."""
_LONGEST = 8000
"""Characters in a formula; Excel takes 8192."""
_ENDLESS = 1e6
"""Pixels on which any text has room."""
_NOTE = 300
"""Pixels that a note is wide."""
_WORDS = (str, tuple)
_SAYING = frozenset((Kin, Filler))
"""What a cell holds that looks as it says."""


def nowhere(line: Line, field: Field, cell: Held) -> str | None:  # noqa: ARG001 - the shape of a Linker
    """Lead nowhere."""
    return None


def to_requirements(book: Volume, first: Mapping[tuple[str, str], str]) -> Linker:
    """Lead from cells, by row and field, to the points that stand for them on the sheet Requirements."""

    def link(line: Line, field: Field, _cell: Held) -> str | None:
        ref = first.get((line.id, field.key))
        return None if ref is None else book.link("requirements", ref, "D")

    return link


class Writer:
    """Writes onto one sheet."""

    def __init__(self, book: Volume, kind: str) -> None:
        """Take the sheet of that kind."""
        self.book = book
        self.kind = kind
        self.sheet = book.sheets[kind]
        self.formats = book.formats
        self.sheet.set_zoom(ZOOM)
        self.sheet.hide_gridlines(2)
        self.widths: list[float] = []
        self.inner: list[float] = []
        """The pixels for text in each column."""
        self.runs_to = 0
        """The last column that a heading's words may run over; 0 for the table's last."""
        self._doubts: list[str] = []
        self._blanks: dict[tuple[str, str, int | None, tuple[str, ...]], Format] = {}
        self._worded: dict[tuple[object, ...], tuple[tuple[str, ...], Format | None, bool]] = {}
        """The styles of cells with words: they come in a few dozen ways."""
        self._said: dict[tuple[int, int], str] = {}
        """The remarks on cells so far."""

    # --- words -----------------------------------------------------------------------------------------------------

    def text(self, row: int, column: int, text: str, *styles: str, link: str | None = None, tip: str = "") -> str:
        """Write text as text, whatever it begins with; with a link if there is one. Gives it as written."""
        written, was_cut = fitting(text)
        if was_cut:
            self.book.cuts.append(f"{self.book.names[self.kind]}, row {row + 1}, column {column + 1}")
        if link is not None:
            styles = (*styles, "link") if "title" not in styles else styles
            shown = short(written, _DISPLAYED) or "link"
            self.sheet.write_url(row, column, link, self.formats(*styles), shown, short(tip, 200) or None)
            # The link shows a short text; the cell holds the whole one. LibreOffice makes the text of a link a blue
            # field that it never wraps, unless a formula yields the text; a clause number may stay a plain text.
            formula = None if is_usual_number(written) else as_formula(written)
            if formula is None:
                self.sheet.write_string(row, column, written, self.formats(*styles))
            else:
                self.sheet.write_formula(row, column, formula, self.formats(*styles), written)
        elif written:
            self.sheet.write_string(row, column, written, self.formats(*styles))
        else:
            self.sheet.write_blank(row, column, None, self.formats(*styles))
        return written

    def columns(self, widths: Sequence[float], hidden: Collection[int] = (), folding: Collection[int] = ()) -> None:
        """Set the widths of the columns, in whole pixels; the first, for ids, is hidden, as others may be.

        folding: columns that fold away under the one before them.
        """
        pixels = [int(measure.outer(width)) for width in widths]
        shown = [0 if column in hidden else wide for column, wide in enumerate(pixels)]
        self.widths = [(wide - measure.PADDING) / measure.DIGIT for wide in shown]
        # What is hidden makes no row higher.
        self.inner = [measure.inner(width) if shown[column] else _ENDLESS for column, width in enumerate(self.widths)]
        for column, wide in enumerate(pixels):
            unseen = column == 0 or column in hidden
            options: dict[str, int | bool] = {"hidden": True} if unseen else {}
            self.sheet.set_column_pixels(
                column, column, wide, None, options | ({"level": 1} if column in folding else {})
            )

    def room(self, first: int, last: int) -> float:
        """Give the pixels for text across some columns."""
        return sum(measure.outer(width) for width in self.widths[first : last + 1]) - measure.PADDING

    def head(self, title: str, note: str) -> None:
        """Write the sheet's title, which leads back to the contents, and a note under it."""
        self.sheet.set_row(0, 26)
        shown = page.on_one_page(self.book, title)
        self.text(0, 1, shown, "title", link=self.book.link("cover"), tip="Back to the contents")
        self.sheet.set_row(1, 15)
        self.text(1, 1, note, "small")

    def section(self, row: int, first: int, last: int, title: str) -> None:
        """Write a section's heading with a line under it, across some columns."""
        self.sheet.set_row(row, 18)
        self.text(row, first, title, "section")
        for column in range(first + 1, last + 1):
            self.sheet.write_blank(row, column, None, self.formats("section"))

    def across(self, row: int, first: int, last: int, text: str, style: str) -> None:
        """Write large text across some columns, on as many lines as it needs; never on a sheet with tables."""
        size = self.formats.size((style,))
        lines = measure.lines_of(clean(text), self.room(first, last), size, bold=True)
        self.sheet.set_row(row, measure.height_of(lines, size) + 6)
        self.sheet.merge_range(row, first, row, last, "", self.formats(style))
        self.text(row, first, text, style)

    def pair(
        self,
        row: int,
        id_: str,
        words: tuple[str, str],
        styles: tuple[tuple[str, ...], tuple[str, ...]],
        link: str | None = None,
    ) -> None:
        """Write a label and what it labels, in the first two columns; a link leads from the label."""
        self.text(row, 0, id_, "plain")
        self.text(row, 1, words[0], *styles[0], link=link, tip=_TIP.format(_place(link)))
        self.text(row, 2, words[1], *styles[1])
        lines = max(self.lines(text, place) for place, text in enumerate(words, 1))
        self.sheet.set_row(row, measure.height_of(lines) + 1)

    def lines(self, text: str, column: int) -> int:
        """Count the lines that text takes in a column."""
        return measure.lines_of(clean(text), measure.inner(self.widths[column]) - measure.INDENT)

    def tall(self, row: int, lines: int) -> None:
        """Make a row as high as so many lines."""
        self.sheet.set_row(row, measure.height_of(lines))

    # --- tables ----------------------------------------------------------------------------------------------------

    def table(self, top: int, grid: Grid, link: Linker = nowhere, *, filters: bool = True) -> int:
        """Write a table with its headings in row `top`; give the row after its last."""
        titles = headings(["row id", *(field.title for field in grid.fields)])
        lines = grid.lines or (Line("none", (Filler.NONE, *(None for _ in grid.fields[1:]))),)
        columns = [{"header": titles[0], "header_format": self.formats("head")}]
        styled = heads.styles_of(titles[1:], grid.fields, self.inner[1 : len(titles)])
        for title, styles in zip(titles[1:], styled, strict=True):
            columns.append({"header": title, "header_format": self.formats(*styles)})
        last = top + len(lines)
        options = {"name": grid.name, "style": None, "columns": columns, "autofilter": filters}
        self.sheet.add_table(top, 0, last, len(grid.fields), options)
        # Clause numbers are text on purpose; Excel need not doubt it in each cell.
        self._doubts.append(xl_range(top, 0, last, len(grid.fields)))
        doubts = ("number_stored_as_text", "formula_differs", "calculated_column")
        self.sheet.ignore_errors(dict.fromkeys(doubts, " ".join(self._doubts)))
        self.sheet.set_row(top, heads.height(titles[1:], styled, self.inner[1 : len(titles)], filters=filters))
        for row, line in enumerate(lines, top + 1):
            write = self._heading if line.heading else self._line
            height = write(row, line, grid.fields, link)
            self.sheet.set_row(row, height, None, {"level": line.depth} if line.depth else {})
        offer(self.book, self.sheet, top + 1, lines, grid.fields)
        self._remarks(top, lines, grid.fields)
        return last + 1

    def _within(self, column: int, styles: tuple[str, ...]) -> float:
        """Give the pixels for text in a column, in some styles."""
        return self.inner[column] - (measure.INDENT if self.formats.indented(styles) else 0)

    def mark(self, row: int, keys: Sequence[str] = ()) -> None:
        """Say in a row of its own which sheet of which export this is, and the keys of its columns."""
        export = self.book.given.export
        if export:
            self.sheet.write_string(row, 0, mark(self.kind, export))
        for column, key in enumerate(keys, 1):
            self.sheet.write_string(row, column, key)
        self.book.marked.add(self.kind)

    def _line(self, row: int, line: Line, fields: Sequence[Field], link: Linker) -> float:
        sheet, formats = self.sheet, self.formats
        self.text(row, 0, line.id, "tool")
        tallest = 1
        theirs, elsewhere, looks = line.added or line.over, line.aside | line.override | line.closed, line.looks
        for column, (cell, field) in enumerate(zip(line.cells, fields, strict=True), 1):
            owner = field.owner
            if theirs and (column - 1 in line.over or (line.added and not isinstance(cell, Computed))):
                owner = "user"
            look = (looks[field.key],) if looks and field.key in looks else ()
            if cell is None:
                if field.key in elsewhere:
                    owner = "computed"
                sheet.write_blank(row, column, None, self._blank(line, field, owner, look))
            elif owner == "user" and not isinstance(cell, Filler):
                leads = self._place(field, cell)
                self.linked(row, column, self.book.said(self.kind, line.id, LINK + field.key) or leads)
                # In one person's workbook what somebody else answers is only to be seen.
                shade = "computed" if self.book.given.part and field.key in line.aside else owner
                styles = styles_of(line, cell, field, shade)
                words = self.value(row, column, cell, *styles)
                lines = measure.lines_of(words, self._within(column, styles), 10, False)
                if leads and lines > 1 and (formula := as_formula(words)) is not None:
                    # As text, LibreOffice would not wrap it; what comes back is text again.
                    sheet.write_formula(row, column, formula, formats(*styles), words)
                tallest = max(tallest, lines)
            elif isinstance(cell, _WORDS):
                tallest = max(tallest, self._said_by_us(row, column, line, cell, field, owner, look, link))
            elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell):
                sheet.write_number(row, column, cell, formats(*styles_of(line, cell, field, owner), *look))
            elif isinstance(cell, datetime.date):
                sheet.write_datetime(row, column, _moment(cell), formats(owner, "date"))
            elif isinstance(cell, Computed):
                formula = cell.formula.replace("{row}", str(row + 1))
                styles = styles_of(line, None, field, owner)
                sheet.write_formula(row, column, formula, formats(*styles), cell.value)
                if isinstance(cell.value, str):
                    tallest = max(tallest, measure.lines_of(clean(cell.value), self._within(column, styles), 10, False))
            elif isinstance(cell, Formula):
                self.value(row, column, cell, *styles_of(line, None, field, owner))
            else:
                tallest = max(tallest, self._said_by_us(row, column, line, cell, field, owner, look, link))
        for place, words in line.over.items():
            if words:
                box = {"validate": "any", "input_title": "Written over; it said", "input_message": short(words, 250)}
                sheet.data_validation(row, place + 1, row, place + 1, box)
        return measure.height_of(tallest)

    def _said_by_us(
        self,
        row: int,
        column: int,
        line: Line,
        cell: Held,
        field: Field,
        owner: str,
        look: tuple[str, ...],
        link: Linker,
    ) -> int:
        """Write words of a report, with where they lead; gives the lines that they take."""
        words = worded(cell, field)
        target = link(line, field, cell)
        looking = cell if type(cell) in _SAYING else ""
        inked = field.standard if target is not None else None
        key = (field.kind, owner, line.standard, bool(line.aside), looking, look, inked, target is None)
        styled = self._worded.get(key)
        if styled is None:
            styles = styles_of(line, cell, field, owner)
            if line.aside and styles == ("tool",):
                styles = ("tool", "bold")  # a question reads as the heading of its verdicts
            styles = (*styles, *look)
            if inked is not None:
                styles = (*styles, f"ink {inked}")
            made = self.formats(*styles) if target is None else None
            styled = self._worded[key] = styles, made, self.formats.bold(styles)
        styles, made, bold = styled
        if made is not None and words and is_fitting(words):
            self.sheet.write_string(row, column, words, made)
        else:
            tip = "" if target is None else self._tip(target, cell)
            words = self.text(row, column, words, *styles, link=target, tip=tip)
        return measure.lines_of(words, self._within(column, styles), 10, bold)

    def _blank(self, line: Line, field: Field, owner: str, look: tuple[str, ...]) -> Format:
        """Give the format of an empty cell; nearly half of all cells are empty, in a few ways."""
        key = (field.kind, owner, line.standard, look)
        if key not in self._blanks:
            self._blanks[key] = self.formats(*styles_of(line, None, field, owner), *look)
        return self._blanks[key]

    def _tip(self, target: str, cell: Held) -> str:
        """Say where a link leads; of several clauses in a cell, for which one, and how to get to the others."""
        there, first = _place(target), f"{self.book.names.get('requirements')}, "
        several = isinstance(cell, tuple) and sum(isinstance(part, Ref) for part in cell) > 1
        more = ", for the first of these; for the others filter by Clause there"
        return _TIP.format(there) + (more if several and there.startswith(first) else "")

    def _place(self, field: Field, cell: Held) -> str:
        """Give the address that a document's place is by its words."""
        return address(cell, self.book.given.home) if field.key == "location" and isinstance(cell, str) else ""

    def value(self, row: int, column: int, value: Held | datetime.datetime, *styles: str) -> str:
        """Write what a person wrote as what it is; only what came in as a formula is one. Gives it as text."""
        sheet, formats = self.sheet, self.formats
        if isinstance(value, str):
            words, was_cut = fitting(value)
            if was_cut:
                self.book.cuts.append(f"{self.sheet.get_name()}, row {row + 1}, column {column + 1}")
            # Else whoever goes through the cell makes a formula of it.
            styles = (*styles, "quoted") if is_sign(words) else styles
            if words:
                sheet.write_string(row, column, words, formats(*styles))
            else:
                sheet.write_blank(row, column, None, formats(*styles))
            return words
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, formats(*styles))
        elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < 1e300:
            sheet.write_number(row, column, value, formats(*styles))
        elif isinstance(value, datetime.datetime) and value.time() != datetime.time() and value.year >= 1900:
            sheet.write_datetime(row, column, value.replace(tzinfo=None), formats(*styles, "moment"))
        elif isinstance(value, datetime.date) and value.year >= 1900:
            sheet.write_datetime(row, column, _moment(value), formats(*styles, "date"))
        elif isinstance(value, Formula):
            text = self.book.formula(value.text, self.kind, row + 1)
            if text is not None and (reaches_outside(value) or len(text) > _LONGEST):
                return self.value(row, column, value.text, *styles)
            # What it refers to is not on this workbook's sheets, or Excel would repair the file for it.
            if text is None or not is_formula(text):
                self.remark(row, column, f"formula: {readable(value.text)}")
                return self.value(row, column, "" if value.value is None else value.value, *styles)
            shown = fitting(value.value)[0] if isinstance(value.value, str) else value.value
            shown = "" if shown is None else shown
            sheet.write_formula(row, column, clean(text), formats(*styles), shown)
            return str(shown)
        else:
            return self.value(row, column, str(value), *styles)
        return ""

    def linked(self, row: int, column: int, target: object) -> None:
        """Let a cell lead where a person's link led; write its value afterwards."""
        if not isinstance(target, str) or not target or len(target) > _ADDRESS or not target.isprintable():
            return
        inside = target.startswith("#")
        known = inside or ":" in target.partition("/")[0]
        url = f"internal:{target[1:]}" if inside else target if known else f"external:{target}"
        self.sheet.write_url(row, column, url, self.formats("plain"), short(target, _DISPLAYED))

    def remark(self, row: int, column: int, remarks: object) -> None:
        """Write remarks on a cell; they name who said what, so the note's author is the tool."""
        self._said[row, column] = "\n".join(filter(None, (self._said.get((row, column)), str(remarks))))
        words, _ = fitting(self._said[row, column])
        lines = measure.lines_of(words, _NOTE - 20, 9)
        options = {"author": TOOL, "x_scale": 1, "width": _NOTE, "height": min(400, 24 + 16 * lines)}
        self.sheet.write_comment(row, column, words, options)

    def _remarks(self, top: int, lines: Sequence[Line], fields: Sequence[Field]) -> None:
        """Write the remarks on the cells of a table and on its headings."""
        answers = self.book.answers.get(self.kind, {})
        columns = {field.key: column for column, field in enumerate(fields, 1)}
        rows = {line.id: row for row, line in enumerate(lines, top + 1)} | {COLUMNS: top}
        for id_, row in rows.items():
            for key, value in answers.get(id_, {}).items():
                if key.startswith(COMMENT) and key.removeprefix(COMMENT) in columns:
                    self.remark(row, columns[key.removeprefix(COMMENT)], value)

    def _heading(self, row: int, line: Line, fields: Sequence[Field], link: Linker) -> float:
        style = ["main" if line.depth == 0 else "sub"]
        if line.standard is not None:
            style.append(f"tint {line.standard}")
        self.text(row, 0, line.id, *style)
        filled = [column for column, cell in enumerate(line.cells, 1) if cell is not None]
        # What people wrote beside a heading stays in its cell.
        theirs = {column for column, field in enumerate(fields, 1) if field.owner == "user"}
        filled = [column for column in filled if column not in theirs]
        size, bold = self.formats.size(style), True
        lines, indent = 1, measure.INDENT
        for column, (cell, field) in enumerate(zip(line.cells, fields, strict=True), 1):
            if field.key in line.open and cell is None:
                self.sheet.write_blank(row, column, None, self.formats("user"))
                continue
            if column in theirs and cell is not None:
                looks = ("user",) if field.key in line.open else (*style, "wrapped")
                words = self.value(row, column, cell, *looks)
                lines = max(lines, measure.lines_of(words, self.room(column, column) - indent, size, bold))
                continue
            words = worded(cell, field) if cell is not None else ""
            # The last words run over the empty cells beside them; only what is longer than those is wrapped.
            room = (
                self.room(column, max(column, self.runs_to or len(fields)))
                if filled and column == filled[-1]
                else self.room(column, column)
            )
            needed = measure.lines_of(clean(words), room - indent, size, bold)
            wrapped = ("wrapped",) if needed > 1 else ()
            if needed > 1:
                needed = measure.lines_of(clean(words), self.room(column, column) - indent, size, bold)
            lines = max(lines, needed)
            extra = ("centred",) if field.kind == "letters" else ()
            target = link(line, field, cell) if words else None
            self.text(row, column, words, *style, *wrapped, *extra, link=target, tip=_TIP.format(_place(target)))
        return max(18.0 if line.depth == 0 else 16.0, measure.height_of(lines, size))


def whole_sheet(
    book: Volume,
    kind: str,
    title: str,
    grid: Grid,
    link: Linker,
    *,
    note: str,
    frozen: int,
    repeated: int,
    large: bool = False,
    lead: Sequence[str] = (),
    printed: bool = True,
) -> tuple[Writer, Grid]:
    """Write a sheet that holds one table: title, note, headings that stay in sight, print set-up.

    lead: further notes above the table, a row each. printed: whether the table is, and not only what stands above it.
    """
    room = page.room(book, large=large)
    labelled = for_labels(grid.fields, (side.label for side in book.standards))
    grid = evolve(grid, fields=roomy(fitted(labelled, room), grid.lines))
    runs = slices(grid.fields, repeated, room)
    writer = Writer(book, kind)
    hidden = {place for place, field in enumerate(grid.fields, 1) if field.hidden}
    folding = {place for place, field in enumerate(grid.fields, 1) if field.folds}
    writer.columns([12, *(field.width for field in grid.fields)], hidden, folding)
    writer.runs_to = repeated if len(runs) > 1 else 0
    writer.head(title, note)
    if grid.lead > len(lead) and (told := book.doubt(kind)):
        lead = (*lead, told)
    for row, words in enumerate(lead, 2):
        writer.sheet.set_row(row, 15)
        writer.text(row, 1, words, "small")
    head = grid.first - 1
    writer.mark(head - 1, [field.key for field in grid.fields])
    after = writer.table(head, grid, link)
    sheet = writer.sheet
    sheet.set_row(head - 1, None, None, {"hidden": True})
    if any(field.owner == "user" for field in grid.fields):
        sheet.set_tab_color(theme.YELLOW_HEAD)
    sheet.freeze_panes(grid.first, frozen + 1)
    sheet.outline_settings(True, False, not folding, False)
    page.set_up(book, sheet, large=large)
    if kind in book.behind:
        return writer, grid  # LibreOffice prints a hidden sheet that has a print area, and none that has not
    if printed:
        sheet.repeat_rows(head)
        sheet.repeat_columns(1, repeated)
        page.print_columns(sheet, after - 1, head, [(a + 1, b + 1) for a, b in runs])
        _keep_headings(writer, grid, runs, repeated, large=large)
    else:
        page.print_columns(sheet, 1 + len(lead), 0, [(1, runs[0][1] + 1)])
    return writer, grid


def _keep_headings(writer: Writer, grid: Grid, runs: Sequence[tuple[int, int]], repeated: int, *, large: bool) -> None:
    """Let no heading be the last line of a page; how much a page takes follows from the widest run of columns."""
    wide = [measure.outer(width) for width in writer.widths[1:]]
    again = sum(wide[:repeated])
    widest = max(sum(wide[a : b + 1]) + (again if a else 0) for a, b in runs)
    # A question stays with its first verdict, as a heading with its first row.
    headings = {row for row, line in enumerate(grid.lines, grid.first) if line.heading or line.aside}
    table = (grid.first - 1, grid.first, grid.first + max(1, len(grid.lines)) - 1)
    page.keep_headings(writer.sheet, headings, table, page.capacity(writer.book, widest, large=large))


def _place(target: str | None) -> str:
    return (target or "").removeprefix("internal:").replace("'", "").replace("!", ", ")


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day)
