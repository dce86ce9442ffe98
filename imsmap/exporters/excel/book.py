"""The workbook that is being made: its formats, its standards, and where each row stands, for links."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import xlsxwriter
from attrs import evolve

from imsmap import about
from imsmap.exporters.excel.formats import Formats
from imsmap.exporters.excel.grid import Grid
from imsmap.exporters.excel.reports import Reports
from imsmap.exporters.excel.settings import Settings
from imsmap.exporters.excel.text import sheet_name
from imsmap.exporters.excel.twin import Twin
from imsmap.exporters.excel.worksheet import Sheet
from imsmap.parts import doubt_of
from imsmap.register import answers
from imsmap.register.cells import OVER, SHEET, Value
from imsmap.register.formulas import placed
from imsmap.register.schema import Given, nested
from imsmap.register.state import state
from imsmap.report import Side
from imsmap.wording import CONTAINS_LICENSED_TEXT, listed
from imsmap.workbook import META, STATE

TITLES = {kind: sheet.title for kind, sheet in about.sheets().items()}
"""The sheets, in order."""
ON_POINTS = frozenset(
    [
        "audit",
        "blueprint",
        "dashboard",
        "documents",
        "heatmap",
        "management_review",
        "matrix",
        "open_points",
        "overlap",
        "topics",
    ]
)
"""Sheets that count points, or tell their words, without saying of each how sure it is."""
AS_OF = "as_of"
"""The name of the cell of the cover with the workbook's date, from which days left are counted."""


class Volume:
    """What any workbook of ours has: its standards, sheets, formats, and where things stand on them."""

    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        standards: tuple[Side, ...],
        settings: Settings,
        data_version: str,
        given: Given | None = None,
    ) -> None:
        """Begin without sheets."""
        self.workbook = workbook
        self.standards = standards
        self.settings = settings
        self.data_version = data_version
        given = given or Given()
        # In the words of the lists, which are what formulas understand.
        self.given = evolve(given, cells={key: answers.proper(key, value) for key, value in given.cells.items()})
        self.answers = nested(self.given.cells)
        """What people wrote: by sheet, row id and field key."""
        self.formats = Formats(workbook, standards, settings.look)
        self.grids: dict[str, Grid] = {}
        """The tables that other sheets link to, laid out before any sheet is written."""
        self.lists: dict[str, list[str]] = {}
        """Lists of words on the hidden sheet, by name: column by column."""
        self.whole = True
        """All sheets are in it; a variant has some of them, to be worked with."""
        self.behind: frozenset[str] = frozenset()
        """Sheets that nobody sees, and nothing leads to."""
        self.paper = False
        """It goes on paper, where there is no room to be filled."""
        self.marked: set[str] = set()
        """Sheets that say already which they are."""
        self.names: dict[str, str] = {}
        self.sheets: dict[str, Sheet] = {}
        self.cuts: list[str] = []
        """Cells whose text was too long for Excel."""
        self._rows: dict[tuple[str, str], int] = {}
        self._numbers: dict[str, dict[str, str]] = {}
        """The numbers of rows on sheets, by id."""

    def add_sheet(self, kind: str, title: str) -> None:
        """Add an empty sheet, named after the title."""
        self.names[kind] = sheet_name(title, self.taken())
        self.sheets[kind] = self.workbook.add_worksheet(self.names[kind], Sheet)

    @property
    def title(self) -> str:
        """The title of the workbook."""
        return self.settings.title or "Compliance workbook: " + self.designations()

    @property
    def date(self) -> datetime.date:
        """The date of the workbook."""
        return self.settings.as_of

    @property
    def words(self) -> str:
        """Say whose words stand in it."""
        if self.given.texts:
            return f"{CONTAINS_LICENSED_TEXT}. On all other sheets numbers, titles and our own words."
        return "Clause numbers, titles and our own words only: consult the standards for their text."

    def doubt(self, kind: str) -> str:
        """Say of a sheet that rests on points how many are held with little confidence; nothing where none is."""
        return doubt_of(self.standards) if kind in ON_POINTS else ""

    def designations(self) -> str:
        """List the standards."""
        return listed(side.designation for side in self.standards)

    def name_of(self, key: str) -> str:
        """Give the designation of a standard."""
        return self.standards[self.place_of(key)].designation

    def counted(self, kind: str, message: str = "") -> str:
        """Say what a sheet holds, as a sentence before others: of one person's rows, how many they are."""
        part = self.given.part
        if part is None:
            return f"{message}. " if message else ""
        count = len(part.rows.get(kind, ()))
        whose = f"of {part.name}" if part.name else "that nobody answers"
        return f"{count} row{'' if count == 1 else 's'} {whose}. {f'{part.about} ' if part.about else ''}"

    def place_of(self, key: str) -> int:
        """Give the place of a standard among those of the workbook."""
        return [standard.key for standard in self.standards].index(key)

    def area(self, kind: str, key: str | None = None) -> str:
        """Name the cells of a column (or of the row ids) of another sheet's table, for formulas."""
        return f"'{self.quoted(kind)}'!{self.grids[kind].area(key)}"

    def quoted(self, kind: str) -> str:
        """Give a sheet's name for use between apostrophes."""
        return self.names[kind].replace("'", "''")

    def taken(self) -> tuple[str, ...]:
        """Give the names that no further sheet may have."""
        return (META, STATE, *self.names.values())

    def said(self, kind: str, row: str, field: str) -> Value | None:
        """Give what somebody wrote in a cell."""
        return self.answers.get(kind, {}).get(row, {}).get(field)

    def formula(self, text: str, kind: str, number: int) -> str | None:
        """Give a formula that was kept as it stands in a row of a sheet; nothing if what it refers to is not here."""

        def find(sheet: str, field: str, row: str) -> tuple[str, str, str] | None:
            grid = self.grids.get(sheet or kind)
            if grid is None or field not in {one.key for one in grid.fields}:
                return None
            rows = self._numbers.setdefault(
                sheet or kind, {line.id: str(at) for at, line in enumerate(grid.lines, grid.first + 1)}
            )
            if row and row not in rows:
                return None
            return f"'{self.quoted(sheet)}'!" if sheet else "", grid.letter(field), rows[row] if row else ""

        return placed(text, number, find) if "⟦" in text else text

    def stand(self, kind: str, id_: str, row: int) -> None:
        """Note where something stands; the first place counts."""
        self._rows.setdefault((kind, id_), row)

    def link(self, kind: str, id_: str | None = None, column: str = "B") -> str | None:
        """Give the address of a sheet or of something on it; nothing if it isn't there."""
        if kind not in self.names or kind in self.behind:
            return None
        if id_ is None:
            return f"internal:'{self.quoted(kind)}'!B1"
        row = self._rows.get((kind, id_))
        return None if row is None else f"internal:'{self.quoted(kind)}'!{column}{row + 1}"


class Book(Volume):
    """A workbook that a client fills in: what all of its sheets share."""

    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        reports: Reports,
        settings: Settings,
        sheets: Sequence[str],
        given: Given | None = None,
    ) -> None:
        """Name the sheets; nothing is written yet."""
        matrix = reports.matrix
        super().__init__(workbook, matrix.answer.standards, settings, matrix.data_version, given)
        self.reports = reports
        day = settings.as_of
        self.as_of = AS_OF if "cover" in sheets else f"DATE({day.year},{day.month},{day.day})"
        """The date of the workbook for formulas: the cover's cell of that name, or the date itself."""
        for kind in sheets:
            renamed = self.answers.get(kind, {}).get(SHEET, {}).get(f"{OVER}title")
            self.add_sheet(kind, renamed if isinstance(renamed, str) else TITLES[kind])
        self._twin = self._meaning()
        self.titles = {
            clause.ref: clause.name
            for topic in matrix.answer.topics
            for clauses in topic.clauses.values()
            for clause in clauses
        }

    @property
    def twin(self) -> Twin:
        """The hidden sheet that works out what answers mean, for workbooks that show what is asked for."""
        if self._twin is None:
            raise ValueError("a sheet is wanted that shows answers, and what the standards ask for is not there")
        return self._twin

    def _meaning(self) -> Twin | None:
        if self.reports.requirements is None:
            return None
        asked = self.reports.requirements.answer.asked
        asking = self.reports.documents.answer.asking if self.reports.documents is not None else {}
        found = state(asked, self.given.cells, self.given.processes, asking, date=self.date)
        labels = {side.key: side.label for side in self.standards}
        return Twin(asked, found, asking, labels, self.given.cells, self.reports.matrix.answer.shares)

    def clause(self, ref: str) -> str:
        """Say a clause in full: ISO 9001:2015, 8.4.1 General."""
        key, _, number = ref.partition(":")
        return f"{self.name_of(key)}, {number} {self.titles.get(ref, '')}".strip()
