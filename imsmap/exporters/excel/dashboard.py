"""The sheet Dashboard: how it stands, on one page: a sentence, tiles, two charts; figures live on the other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from imsmap import about
from imsmap.exporters.excel import charts, figures, measure, page, twin
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.figures import CLASSES, SHARING, Figure
from imsmap.exporters.excel.grid import Computed
from imsmap.exporters.excel.sheet import Writer
from imsmap.register import schema
from imsmap.wording import together

ABOUT = about.Sheet(
    title="Dashboard", text="how it stands, on one page", shows="requirements", variants=("print",), place=30
)

_COLUMNS = 12
_TILE, _NARROW, _FEW = 4, 3, 2
"""Columns that a tile takes; three stand in a row, and four of more standards than a few."""
_LABEL, _FIRST = 1, 4
"""Columns of the figures behind the page: what they are, and where the numbers begin."""
_MOST_PAIRS = 3
"""Standards, up to which every direction of coverage is shown; of more, those with the first."""
_HOLES = 8
"""Clauses without a process that are named; of the rest it is said how many they are."""
_COUNTED = tuple(kin.counted for kin in CLASSES)
_SIGNS = (
    "core +0 = the same core and nothing more; core +n = a shared core, and one side adds to it; related = no shared "
    "core, but a stated relation. A counterpart says where to look together, not that anything is met."
)
_LEADS = {
    "assessed": "requirements", "majors": "requirements", "overdue": "actions", "documents": "documents",
    "unowned": "processes", "scope": "requirements", "core": "matrix",
    "decided": "soa", "unjustified": "soa", "implemented": "soa",
    "late_evaluations": "obligations", "unplanned": "obligations",
    "some": "matrix", "related": "matrix", "unseen": "matrix",
}  # fmt: skip
"""The sheet that a tile leads to."""
_SHORT = 14
"""Characters that a tile takes in large letters."""
_URGENT = ("assessed", "majors", "overdue", "documents", "unowned")
_STORY = ("core", "some", "related", "alone", "unseen")
"""Figures of the strip, in this order: the three numbers come first."""
_STRIP, _LEGEND, _ABREAST = 84, 18, 5
"""Pixels that the strip is high, with its title and legend; that a further line of the legend takes; what one holds."""
_SPANS = {1: (12,), 2: (7, 5), 3: (5, 3, 4)}
"""Columns that charts beside each other take."""
_IN_WORDS = ("holes", "misread", "questions")
"""Figures that have a sentence under the charts, or a word on another tile, and no tile of their own."""


def write(book: Book) -> None:
    """Write the sheet: what is printed first, below it the figures from which it is made."""
    _Dashboard(book).write()


class _Dashboard:
    """Places what is on the page, and what is behind it."""

    def __init__(self, book: Book) -> None:
        """Place everything; nothing is written yet."""
        self.book = book
        self.writer = Writer(book, "dashboard")
        self.directions = _directions(book)
        self.figures = figures.figures(book)
        self.places = {figure.key: place for place, figure in enumerate(self.figures)}
        self.bars = _bars(book) if "requirements" in book.grids else []
        # The page: title, note, sentence, two rows of tiles, charts, sentences; then the figures behind it.
        # What one standard has alone shares a tile with the others, and what some share with what all do.
        tiles = {"alone" if figure.alone else figure.key for figure in self.figures if figure.key not in _IN_WORDS}
        tiles -= {"some"}
        self.has_story = not tiles.isdisjoint(_STORY)
        # Of more standards there are more tiles: a fourth beside the others, so that the page stays large in print.
        self.tile = _TILE if len(book.standards) <= _FEW else _NARROW
        beside = _COLUMNS // self.tile
        self.strip_row = 4 + 4 * -(-len(tiles.intersection(_STORY)) // beside)
        self.tiles_row = self.strip_row + 2 * self.has_story
        self.chart_row = self.tiles_row + 4 * -(-len(tiles.difference(_STORY)) // beside)
        self.words_row = self.chart_row + 2
        self.sentences = [
            sentence
            for key, sentence in (
                ("scope", self._exclusions_sentence),
                ("holes", self._holes_sentence),
                ("misread", self._misread_sentence),
            )
            if key in self.places
        ]
        lines = len(self.directions) + bool(self.directions) + len(self.sentences) + bool(self._unowned())
        self.behind = self.words_row + lines + 2
        self.status_row = self.behind + len(self.figures) + 4
        self.points_row = self.status_row + len(self.bars) + 4
        self.coverage_row = self.points_row + (len(self.bars) + 4 if self.bars else 0)
        self.due_row = self.coverage_row + len(self.directions) + 4
        self.due = figures.by_due(book)
        self.holes_row = self.due_row + len(self.due) + 4

    def write(self) -> None:
        """Write it all."""
        book, writer, sheet = self.book, self.writer, self.writer.sheet
        wide = int(page.room(book) / _COLUMNS)
        writer.columns([12, *[(wide - measure.PADDING) / measure.DIGIT] * _COLUMNS])
        words = f"{book.title} · as of {book.date.isoformat()} · mapping data {book.data_version}"
        writer.head("Dashboard", words)
        self._sentence(2)
        if told := book.doubt("dashboard"):
            writer.text(3, 1, told, "small")
        tiles = list(self._tiles())
        for top, is_story in ((4, True), (self.tiles_row, False)):
            chosen = [tile for tile in tiles if (tile[4] == "matrix") is is_story]
            for place, (label, text, unit, alarm, kind) in enumerate(chosen):
                row, column = divmod(place, _COLUMNS // self.tile)
                self._tile(top + 4 * row, 1 + self.tile * column, (label, text, unit), alarm=alarm, kind=kind)
        last = self._words(self.words_row) - 1
        self._behind()
        self._charts(wide)
        sheet.freeze_panes(2, 0)
        page.set_up(book, sheet, pages_tall=1)
        page.print_columns(sheet, last, 0, [(1, _COLUMNS)])

    # --- the page ------------------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int) -> str:
        return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))

    def _formula(self, row: int, column: int, found: Computed, *styles: str) -> None:
        self.writer.sheet.write_formula(row, column, found.formula, self.writer.formats(*styles), found.value)

    def _n_of_m(self, place: int) -> tuple[str, str]:
        row = self.behind + 2 + place
        return self._cell(row, _FIRST), self._cell(row, _FIRST + 1)

    def _sentence(self, row: int) -> None:
        """Say what matters most, across the page."""
        parts: list[str] = []
        values: list[str] = []
        for place, figure in enumerate(self.figures):
            if figure.key in _URGENT:
                n, m = self._n_of_m(place)
                # Of nothing there is nothing to say, but for the first: nothing was assessed is said, too.
                said, before = f'{n}&" of "&{m}&" {figure.unit}"', '"; "&' if parts else ""
                parts.append(f'IF({m}=0,"",{before}{said})' if parts else said)
                if figure.m.value or not values:
                    values.append(f"{figure.n.value} of {figure.m.value} {figure.unit}")
        if not parts:
            return
        sheet, style = self.writer.sheet, self.writer.formats("plain", "bold")
        text = "; ".join(values) + "."
        lines = measure.lines_of(text, self.writer.room(1, _COLUMNS), bold=True)
        sheet.set_row(row, measure.height_of(lines) + 4)
        sheet.merge_range(row, 1, row, _COLUMNS, "", style)
        sheet.write_formula(row, 1, "=" + "&".join(parts) + '&"."', style, text)

    def _tiles(self) -> Iterator[tuple[str, Computed, str | Computed, Computed | None, str]]:
        """Give what stands on each tile: label, figure, unit, when it alarms, the sheet that it leads to."""
        alone: list[tuple[str, str, Figure]] = []
        label = {side.key: side.label for side in self.book.standards}
        for place, figure in enumerate(self.figures):
            n, m = self._n_of_m(place)
            if figure.key in (*_IN_WORDS, "some"):
                continue
            if figure.key == "core" and "some" in self.places:
                yield self._core()
                continue
            if figure.key == "unseen" and alone:
                yield self._alone(alone)
                alone = []
            if figure.alone:
                alone.append((together(label[key] for key in figure.alone), n, figure))
                continue
            mark = f'IF({n}>0,"⚠ ","")&' if figure.alarming else ""
            text = f"{figure.n.value} of {figure.m.value}" if figure.m.value else "none yet"
            if figure.alarming and figure.m.value and int(figure.n.value) > 0:
                text = "⚠ " + text
            formula = f'=IF({m}=0,"none yet",{mark}{n}&" of "&{m})'
            alarm = Computed(f"={n}>0", "") if figure.alarming else None
            unit = self._with_questions() if figure.key == "assessed" and "questions" in self.places else figure.unit
            yield figure.label, Computed(formula, text), unit, alarm, _LEADS[figure.key]
        if alone:
            yield self._alone(alone)

    def _with_questions(self) -> Computed:
        """Count questions beside the points: each standard has a verdict of its own on what is asked once."""
        place = self.places["questions"]
        (n, m), figure = self._n_of_m(place), self.figures[place]
        text = f"points; {figure.n.value} of {figure.m.value} questions in full"
        return Computed(f'="points; "&{n}&" of "&{m}&" questions in full"', text)

    def _core(self) -> tuple[str, Computed, Computed, None, str]:
        """Say what is built once, and below it how much of that all ask for, and how much only some."""
        by_all, by_some = (self.figures[self.places[key]] for key in ("core", "some"))
        (n, m), (some, _) = self._n_of_m(self.places["core"]), self._n_of_m(self.places["some"])
        count = int(by_all.n.value) + int(by_some.n.value)
        figure = Computed(f'={n}+{some}&" of "&{m}', f"{count} of {by_all.m.value}")
        standards = len(self.book.standards)
        # As wording.in_core_of says it.
        rest = f'IF({some}=0,"",", "&{some}&" by some")'
        formula = f'="built once: "&IF({n}=0,"by some of the {standards}",{n}&" by all {standards}"&{rest})'
        more = f", {by_some.n.value} by some" if by_some.n.value else ""
        said = f"{by_all.n.value} by all {standards}{more}" if by_all.n.value else f"by some of the {standards}"
        return "Common core", figure, Computed(formula, f"built once: {said}"), None, "matrix"

    def _alone(self, alone: Sequence[tuple[str, str, Figure]]) -> tuple[str, Computed, Computed, None, str]:
        """Say what stands apart, of all, and below it for which standards."""
        m = self._n_of_m(self.places[alone[0][2].key])[1]
        n, whole = sum(int(figure.n.value) for _, _, figure in alone), alone[0][2].m.value
        figure = Computed(f'={"+".join(cell for _, cell, _ in alone)}&" of "&{m}', f"{n} of {whole}")
        formula = '&"   "&'.join(f'"{letter} "&{cell}' for letter, cell, _ in alone)
        text = "   ".join(f"{letter} {one.n.value}" for letter, _, one in alone)
        whose = Computed(f'=IF({"+".join(cell for _, cell, _ in alone)}=0,"none",{formula})', text if n else "none")
        return "Apart: one standard only", figure, whose, None, "matrix"

    def _tile(
        self,
        row: int,
        column: int,
        words: tuple[str, Computed, str | Computed],
        *,
        alarm: Computed | None,
        kind: str,
    ) -> None:
        label, figure, unit = words
        writer, sheet = self.writer, self.writer.sheet
        large = ("hero",) if kind == "matrix" else ()
        for line, (tall, style) in enumerate(((17, "tile label"), (38 if large else 30, "figure"), (16, "tile unit"))):
            sheet.set_row(row + line, tall)
            for place in range(self.tile):
                edge = ("tile edge",) if place == 0 else ("tile end",) if place == self.tile - 1 else ()
                sheet.write_blank(row + line, column + place, None, writer.formats(style, *edge))
        name = self.book.names.get(kind, "")
        writer.text(row, column, label, "tile label", "tile edge", link=self.book.link(kind), tip=f"Go to {name}")
        small = ("less",) if len(str(figure.value)) > _SHORT else ()
        self._formula(row + 1, column, figure, "figure", *(small or large), "tile edge")
        if isinstance(unit, Computed):
            self._formula(row + 2, column, unit, "tile unit", "tile edge")
        else:
            writer.text(row + 2, column, unit, "tile unit", "tile edge")
        sheet.set_row(row + 3, 6)
        if alarm is not None:
            rule = {"type": "formula", "criteria": alarm.formula, "format": writer.formats.condition("alarm")}
            sheet.conditional_format(row, column, row + 2, column + self.tile - 1, rule)

    def _unowned(self) -> list[str]:
        return [process.name for process in self.book.given.processes if not process.owner.strip()]

    def _words(self, row: int) -> int:
        """Write coverage both ways and what is missing as sentences; give the row after them."""
        for place, (of, by) in enumerate(self.directions):
            self._line(row, self._coverage_sentence(place, of, by))
            row += 1
        if self.directions:
            self._line(row, Computed("", _SIGNS), "small", "wrapped")
            row += 1
        for sentence in self.sentences:
            self._line(row, sentence())
            row += 1
        if names := self._unowned():
            self._line(row, Computed("", f"Processes without an owner: {', '.join(names)}."))
            row += 1
        return row

    def _line(self, row: int, words: Computed, *more: str) -> None:
        styles = ("plain", *more, "lined")
        sheet, style = self.writer.sheet, self.writer.formats(*styles)
        text = str(words.value)
        lines = measure.lines_of(text, self.writer.room(1, _COLUMNS))
        sheet.set_row(row, measure.height_of(lines) + 1)
        sheet.merge_range(row, 1, row, _COLUMNS, "", style)
        if words.formula:
            sheet.write_formula(row, 1, words.formula, style, text)
        else:
            self.writer.text(row, 1, text, *styles)

    def _coverage_sentence(self, place: int, of: str, by: str) -> Computed:
        row = self.coverage_row + 2 + place
        cells = [self._cell(row, _FIRST + index) for index in range(len(CLASSES) + 2)]
        counts = figures.coverage(self.book, of, by)
        values = [int(counts[kin].value) for kin in CLASSES]
        n, m = sum(values[: len(SHARING)]), sum(values)
        have = f"leaf clauses of {self.book.name_of(of)} have a counterpart in {self.book.name_of(by)}: "
        parts = [f'{cell}&" {kin.counted}"' for cell, kin in zip(cells, CLASSES, strict=False)]
        formula = f'={cells[-2]}&" of "&{cells[-1]}&" {have}"&' + '&", "&'.join(parts) + '&"."'
        told = ", ".join(f"{count} {word}" for count, word in zip(values, _COUNTED, strict=True))
        return Computed(formula, f"{n} of {m} {have}{told}.")

    # --- holes -----------------------------------------------------------------------------------------------------

    def _hole(self, number: int) -> str:
        return self._cell(self.holes_row + 1, _FIRST + number)

    def _exclusions_sentence(self) -> Computed:
        """Say how many points are held not applicable, and how many of them against the standard."""
        held = [entry for entry in self.book.twin.state.exclusions if entry.is_held]
        out, against = (sum(entry.left_out == left_out for entry in held) for left_out in (True, False))
        stands = self.book.area("requirements", "stands")
        counts = (f'COUNTIF({stands},"{schema.NOT_APPLICABLE}")', twin.held_against(self.book))
        lead = "Requirement points held not applicable and left out of every count"
        more = "held so where the standard does not let them be, and so in scope"
        return Computed(
            f'="{lead}: "&{counts[0]}&IF({counts[1]}>0,"; ⚠ {more}: "&({counts[1]}),"")&"."',
            f"{lead}: {out}{f'; ⚠ {more}: {against}' if against else ''}.",
        )

    def _holes_sentence(self) -> Computed:
        """Name the clauses that no process answers for."""
        held, area = self.book.twin, self.book.twin.area(twin.LABEL)
        place = self.places["holes"]
        (count, whole), figure = self._n_of_m(place), self.figures[place]
        holes = int(figure.n.value)
        clauses = list(held.state.clauses)
        named = [held.label(clauses[number - 1]) for number in held.holes()[:_HOLES]]
        text = f"Leaf clauses that apply without a process: {holes} of {figure.m.value}"
        text += (": " + ", ".join(named) if named else "") + (f" and {holes - _HOLES} more" if holes > _HOLES else "")
        pieces = []
        for number in range(_HOLES):
            cell = self._hole(number)
            pieces.append(f'IF({cell}="","","{": " if number == 0 else ", "}"&INDEX({area},{cell}))')
        formula = f'="Leaf clauses that apply without a process: "&{count}&" of "&{whole}&' + "&".join(pieces)
        formula += f'&IF({count}>{_HOLES}," and "&({count}-{_HOLES})&" more","")&"."'
        return Computed(formula, text + ".")

    def _misread_sentence(self) -> Computed:
        """Say how many answers were not understood, in which columns."""
        held, place = self.book.twin, self.places["misread"]
        (count, whole), figure = self._n_of_m(place), self.figures[place]
        text = f"Answers not understood, and counted as nothing said: {figure.n.value} of {figure.m.value}"
        formula = f'="Answers not understood, and counted as nothing said: "&{count}&" of "&{whole}'
        for number, column in enumerate(held.answers(self.book)):
            understood, answered = held.counts(column)
            wrong = f"{held.cell(twin.ANSWERED, number)}-{held.cell(twin.UNDERSTOOD, number)}"
            formula += f'&IF({wrong}>0,"; {column.title} "&({wrong}),"")'
            text += f"; {column.title} {answered - understood}" if answered > understood else ""
        return Computed(formula + '&"."', text + ".")

    # --- behind the page -------------------------------------------------------------------------------------------

    def _behind(self) -> None:
        row, writer = self.behind, self.writer
        writer.section(row, 1, _COLUMNS, "Figures behind this page: they follow the other sheets")
        self._heads(row + 1, "Figure", ("n", "of m", "what is counted"))
        for place, figure in enumerate(self.figures, row + 2):
            writer.text(place, _LABEL, figure.label, "plain")
            self._formula(place, _FIRST, figure.n, "computed", "number")
            self._formula(place, _FIRST + 1, figure.m, "computed", "number")
            writer.text(place, _FIRST + 2, figure.unit, "small")
        self._status()
        self._coverage()
        if self.due:
            writer.section(self.due_row, 1, _COLUMNS, "Open actions by due date")
            self._heads(self.due_row + 1, "Due", ("open actions",))
            for place, (label, found) in enumerate(self.due.items(), self.due_row + 2):
                writer.text(place, _LABEL, label, "plain")
                self._formula(place, _FIRST, found, "computed", "number")
        if "holes" in self.places:
            writer.section(self.holes_row, 1, _COLUMNS, "The first leaf clauses without a process, by their place")
            cells = [self._hole(number) for number in range(_HOLES)]
            for number, found in enumerate(figures.without_process(self.book, _HOLES, cells)):
                self._formula(self.holes_row + 1, _FIRST + number, found, "computed", "number")

    def _heads(self, row: int, label: str, words: Sequence[str]) -> None:
        self.writer.text(row, _LABEL, label, "label")
        for place, word in enumerate(words):
            self.writer.text(row, _FIRST + place, word, "label", "centred")

    def _status(self) -> None:
        if not self.bars:
            return
        words = tuple(schema.STATUS)
        for row, title, count in (
            (self.status_row, "Leaf clauses by status, the worst of their points", figures.by_status),
            (self.points_row, "Points by status: those of the status report", figures.points_by_status),
        ):
            self.writer.section(row, 1, _COLUMNS, title)
            self._heads(row + 1, "Standard, main clause", words)
            for place, (label, standard, main) in enumerate(self.bars, row + 2):
                self.writer.text(place, _LABEL, label, "plain")
                for offset, word in enumerate(words):
                    self._formula(place, _FIRST + offset, count(self.book, standard, main, word), "computed", "number")

    def _coverage(self) -> None:
        if not self.directions:
            return
        row = self.coverage_row
        self.writer.section(row, 1, _COLUMNS, "Leaf clauses by the class of their closest counterpart")
        self._heads(row + 1, "Of, in", (*_COUNTED, "have one", "of all"))
        for place, (of, by) in enumerate(self.directions, row + 2):
            self.writer.text(place, _LABEL, f"{self.book.name_of(of)} in {self.book.name_of(by)}", "plain")
            counts = figures.coverage(self.book, of, by)
            for offset, kin in enumerate(CLASSES):
                self._formula(place, _FIRST + offset, counts[kin], "computed", "number")
            ends = [self._cell(place, _FIRST + offset) for offset in (0, len(SHARING) - 1, len(CLASSES) - 1)]
            n = sum(int(counts[kin].value) for kin in SHARING)
            m = sum(int(found.value) for found in counts.values())
            for offset, end, value in ((0, ends[1], n), (1, ends[2], m)):
                found = Computed(f"=SUM({ends[0]}:{end})", value)
                self._formula(place, _FIRST + len(CLASSES) + offset, found, "computed", "number")

    # --- charts ----------------------------------------------------------------------------------------------------

    def _charts(self, wide: int) -> None:
        book, sheet = self.book, self.writer.sheet
        bars = max(len(self.bars), 2 * len(self.directions))
        tall = charts.height(bars)
        sheet.set_row(self.chart_row, min(409, tall * 0.75 + 6))
        found: list[tuple[str, charts.Block, Sequence[charts.Look], str]] = []
        if self.bars:
            words = tuple(schema.STATUS)
            title = "Leaf clauses by status, in percent of each bar"
            block = charts.Block(
                self.status_row + 1, self.status_row + 2, self.status_row + 1 + len(self.bars), _LABEL, _FIRST,
                words,
            )  # fmt: skip
            said = "Stacked bars: for each standard and main clause the number of leaf clauses by status."
            found.append((title, block, [charts.STATUS[word] for word in words], said))
        if self.due:
            title = "Open actions by due date"
            first = self.due_row + 2
            block = charts.Block(self.due_row + 1, first, first + len(self.due) - 1, _LABEL, _FIRST, ("open",))
            found.append((title, block, [charts.DUE], "Stacked bars: how many open actions are due when, late first."))
        if self.directions:
            title = "Leaf clauses by their closest counterpart"
            block = charts.Block(
                self.coverage_row + 1, self.coverage_row + 2, self.coverage_row + 1 + len(self.directions), _LABEL,
                _FIRST, _COUNTED,
            )  # fmt: skip
            said = "Stacked bars: for each direction the number of leaf clauses by the class of their counterpart."
            found.append((title, block, [charts.CLASS[kin] for kin in CLASSES], said))
        column = 1
        for (title, block, looks, said), span in zip(found, _SPANS.get(len(found), ()), strict=True):
            chart = charts.stacked(book, "dashboard", title, block, looks, (wide * span - 10, tall))
            sentences = [str(self._coverage_sentence(i, *pair).value) for i, pair in enumerate(self.directions)]
            alt = f"{said} {' '.join(sentences)}" if block.words == _COUNTED else said
            options: dict[str, object] = {"description": alt[:1000], "object_position": 2, "x_offset": 1, "y_offset": 3}
            sheet.insert_chart(self.chart_row, column, chart, options)
            column += span
        if self.has_story:
            self._strip(wide)

    def _strip(self, wide: int) -> None:
        """Draw the three numbers to scale, whose they are by hue."""
        sheet, looks = self.writer.sheet, self.book.settings.look.palettes(self.book.standards)
        sheet.set_row(self.strip_row + 1, 6)
        parts = []
        for key in _STORY:
            for place, figure in enumerate(self.figures):
                if (figure.key == key or (key == "alone" and figure.alone)) and figure.n.value:
                    look = charts.STORY.get(key) or charts.apart([looks[one] for one in figure.alone])
                    parts.append((self.behind + 2 + place, look))
        whole = next(figure.m.value for figure in self.figures if figure.key == "core")
        title = f"{whole} topics to scale"
        # Where the legend takes a second line, the bar keeps its height.
        high = _STRIP + (_LEGEND if len(parts) > _ABREAST else 0)
        sheet.set_row(self.strip_row, high * 0.75 + 4)
        size = wide * _COLUMNS - 10, high
        chart = charts.strip(self.book, "dashboard", title, (_LABEL, _FIRST), parts, size, int(whole))
        said = [f"{figure.n.value} {figure.unit}" for figure in self.figures if figure.alone or figure.key in _STORY]
        alt = f"Stacked bars: of {whole} topics {', '.join(said)}."
        options: dict[str, object] = {"description": alt[:1000], "object_position": 2, "x_offset": 1, "y_offset": 2}
        sheet.insert_chart(self.strip_row, 1, chart, options)


def _directions(book: Book) -> list[tuple[str, str]]:
    """Give the directions of coverage that are shown."""
    keys = [standard.key for standard in book.standards]
    every = [(of, by) for by in keys for of in keys if of != by]
    return every if len(keys) <= _MOST_PAIRS else [pair for pair in every if keys[0] in pair]


def _bars(book: Book) -> list[tuple[str, str, str]]:
    """Give the bars of the chart of status: label, standard (key), main clause (nothing for all of them)."""
    if len(book.standards) > _MOST_PAIRS:
        return [(standard.designation, standard.key, "") for standard in book.standards]
    found: dict[tuple[str, str], str] = {}
    for ref in book.twin.state.clauses:
        key, _, main = book.twin.main_of[ref].partition(":")
        if (key, main) not in found:
            title = book.reports.matrix.answer.title_of_main(key, main)
            label = book.standards[book.place_of(key)].label
            found[key, main] = f"{label} · {main} {title}".strip()
    return [(label, key, main) for (key, main), label in found.items()]
