"""A model of people at work in a workbook: it fills, sorts, moves, copies and deletes, and knows what it wrote.

`project(seed)` exports a workbook of a small invented library; `Work(...)` does to a copy of it what people do, and
`missing(...)` tells which of what it wrote is neither in the register after the merge nor among the conflicts.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from attrs import Factory, define, frozen
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from imsmap.client import conflicts, joining
from imsmap.client.delivery import fields
from imsmap.client.merge import Counts, Fields, base_of
from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Process, Settings
from imsmap.readers.workbook import read_workbook
from imsmap.reasoning.groups import grouped
from imsmap.register.cells import (
    COLUMNS,
    COMMENT,
    NEW,
    ORDER,
    OVER,
    OWN,
    SHEET,
    Cells,
    Formula,
    Key,
    Value,
    in_order,
    same,
)
from imsmap.register.questions import MAIN, SHARED, TOPIC, questions
from tests.building import graph, relation, standard
from tests.exporters.excel.library import DAY, A, B, reports
from tests.readers.workbooks import REL, TYPES, with_parts

PROCESSES = (Process("sell", "Sell", "Ann"), Process("buy", "Buy"))
FIELDS: Fields = fields((A, B), ("sell", "buy"))
SHEETS = ("requirements", "documents", "processes")
TITLES = {
    "requirements": "Requirements",
    "documents": "Documents",
    "processes": "Processes",
}
SIGNS = ("", "", "ß", "Ж 漢字 ", "'", "+", "@", "-1; ", "line\n", " two  ", "%s ", "<b>&amp;", "\u200b", "😀")


DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
_LAST = re.compile("<(legacyDrawing|tableParts|extLst|/worksheet)[ />]")
"""What stands behind the drawing in the XML of a sheet."""


LIBRARY = graph(
    standard(
        A,
        {"4": None, "4.1": ["=issues", "+watching"], "4.2": ["=parties"], "8": None, "8.1": ["=planned"],
         "8.4": ["+buying"]},
        topics={"8.4": "design"},
        documented={"issues": "maintain", "buying": "retain"},
    ),
    standard(
        B,
        {"4": None, "4.1": ["=issues"], "4.2": ["=parties", "+hearing"], "8": None, "8.1": ["=planned", "=controlled"],
         "8.2": ["+fleeing"]},
        topics={"8.2": "emergency"},
        discipline="environment",
        documented={"issues": "maintain"},
    ),
    relations=[relation(A, B, "4.1#watching equal-to 4.2#hearing @9")],
)  # fmt: skip
"""Four questions that both standards ask, one of them stated equal, and what each asks for alone."""
ASKED = questions(grouped(LIBRARY, (A, B)))
SHARED_ROWS = tuple(question.id for question in ASKED if question.is_shared)


@frozen
class Project:
    """A project whose workbook went out: what it held, and what the register says by now.

    shown: the rows of shared questions that the workbook has; one of an older layout has none.
    """

    workbook: bytes
    base: Cells
    ours: Cells
    shown: tuple[str, ...] = SHARED_ROWS

    def seen(self, cells: Cells) -> Cells:
        """Give the register as its workbook shows it."""
        return ASKED.spread(cells, self.shown)


def value_of(random: Random, token: str, kind: str = "text") -> Value:
    """Make up something that somebody writes; most is text that is nowhere else."""
    if kind == "date" and random.random() < 0.8:
        return datetime.date(2031, 1, 1) + datetime.timedelta(days=random.randrange(900))
    pick = random.random()
    if pick < 0.75:
        return random.choice(SIGNS) + token
    if pick < 0.8:
        return f"{token} " + "long " * random.randrange(1, 400)
    if pick < 0.85:
        return Formula(f"={random.randrange(9)}+{random.randrange(99)}")
    return random.choice((random.randrange(10**9), round(random.random() * 1e6, 4), -0.5, True, DAY))


def project(seed: int, folder: Path, *, older: bool = False) -> Project:
    """Export a workbook with random answers; then the consultant goes on in the register.

    older: the workbook went out when each requirement had all cells in its own row; the register was joined since.
    """
    random = Random(seed)
    known = reports(A, B, library=LIBRARY)
    settings = Settings(as_of=DAY, client="Smith")
    columns = excel.columns(known, settings, Given(processes=PROCESSES))
    bare = folder / f"bare-{seed}.xlsx"
    bare.write_bytes(excel.export(known, settings, SHEETS, Given(processes=PROCESSES, project="p", export="e0000")))
    rows = {(key.sheet, key.row) for key in base_of(read_workbook(bare), FIELDS) if not key.row.startswith("@")}
    places = [
        (Key(sheet, row, name), entry.kind)
        for sheet, row in sorted(rows)
        for name, entry in sorted(columns.get(sheet, {}).items())
        if entry.owner == "user" and sheet in TITLES
    ]
    answers: dict[Key, Value] = {
        key: value_of(random, f"a{n}", kind) for n, (key, kind) in enumerate(places) if random.random() < 0.5
    }
    for n in range(2):
        row = f"{NEW}{n:012}"
        answers |= {Key("requirements", row, "text"): f"added {n}", Key("requirements", row, "owner"): f"who {n}"}
    answers[Key("requirements", f"{A}:4.1#issues", f"{OWN}Plant")] = "Ulm"
    given = Given(answers, PROCESSES, project="p", export="e0001")
    path = folder / f"out-{seed}.xlsx"
    path.write_bytes(excel.export(known, settings, SHEETS, given))
    if older:
        _in_older_layout(path)
    ours = dict(ASKED.joined(answers) if older else answers)
    for n, (key, kind) in enumerate(places):
        pick = random.random()
        if pick < 0.05:
            ours.pop(key, None)
        elif pick < 0.15:
            ours[key] = value_of(random, f"o{n}", kind)
    return Project(path.read_bytes(), base_of(read_workbook(path), FIELDS), ours, () if older else SHARED_ROWS)


def _in_older_layout(path: Path) -> None:
    """Make the sheet Requirements what it was once: a row for each point with all its cells, under its clauses."""
    book = openpyxl.load_workbook(path)
    table = Table("requirements", book["Requirements"])
    columns = {column.key: column for column in table.columns}
    rows = {row.id: row for row in table.rows}
    for question in ASKED:
        for verdict in question.verdicts if question.is_shared else ():
            for name in SHARED:
                here, above = rows[verdict.point].cells, rows[question.id].cells
                here[columns[name]] = above[columns[name]] if here[columns[name]] is None else here[columns[name]]
    table.rows = [row for row in table.rows if row.id not in SHARED_ROWS and not row.id.startswith(TOPIC)]
    for row, clause in zip([row for row in table.rows if row.id.startswith(MAIN)], (f"{A}:4", f"{A}:8"), strict=True):
        row.id = clause
    table.write()
    book.save(path)


# --- a sheet, to be turned about -------------------------------------------------------------------------------------


@define(eq=False)
class Column:
    """A column as it is now; one that people added has no key."""

    key: str
    title: str


@frozen
class Reckoned:
    """A formula that people wrote over a cell of its own row, wherever that is when the file is saved."""

    of: Column
    factor: int


@define(eq=False)
class Row:
    """A row as it is now, by column; `typed` and `emptied` are what people did in it.

    shown: the id that stands beside it in hidden column A, which a sort may have left behind.
    """

    id: str
    cells: dict[Column, Any]
    comments: dict[Column, str] = Factory(dict)
    typed: dict[Column, Value | Reckoned] = Factory(dict)
    links: dict[Column, str] = Factory(dict)
    emptied: set[Column] = Factory(set)
    level: int = 0
    hidden: bool = False
    shown: str = Factory(lambda self: self.id, takes_self=True)


class Table:
    """A sheet of ours, read into rows and columns and written back however they stand then."""

    def __init__(self, kind: str, sheet: Any) -> None:
        """Read the sheet."""
        self.kind, self.sheet = kind, sheet
        self.mark = next(row for row in range(1, 20) if str(sheet.cell(row, 1).value or "").startswith("imsmap:"))
        values = [[cell for cell in row] for row in sheet.iter_rows()]  # noqa: C416 - a list of lists, to be indexed
        keys, titles = values[self.mark - 1], values[self.mark]
        self.columns = [
            Column(str(key.value or ""), str(title.value or ""))
            for key, title in zip(keys[1:], titles[1:], strict=True)
        ]
        self.renamed: dict[Column, str] = {}
        self.outside: dict[str, str] = {}
        self.around: list[tuple[int, int, str]] = []
        self.boxes: list[tuple[int, int, str]] = []
        self.merged: list[tuple[int, int, int]] = []
        self.written: list[tuple[int, int, str]] = []
        self.left, self.down, self.keys_gone = 2, 0, False
        self.rows = []
        for row in values[self.mark + 1 :]:
            entry = Row(str(row[0].value or ""), {})
            for column, cell in zip(self.columns, row[1:], strict=True):
                entry.cells[column] = cell.value
                if cell.comment:
                    entry.comments[column] = cell.comment.text
            self.rows.append(entry)
        self._extent = (len(values), len(self.columns) + 1)

    @property
    def first(self) -> int:
        """The row of the sheet in which its first row stands when it is written."""
        return self.mark + self.down + (1 if self.keys_gone else 2)

    def write(self) -> None:
        """Write the sheet anew from its mark downwards."""
        sheet = self.sheet
        for table in list(sheet.tables):
            del sheet.tables[table]
        height, width = self._extent
        above = [sheet.cell(self.mark, 1).value, sheet.cell(self.mark + 1, 1).value]
        sheet._hyperlinks.clear()  # ours lead to places in the workbook and move with their rows
        for row in range(self.mark, height + 1):
            for column in range(1, width + 1):
                sheet.cell(row, column)._hyperlink = None
                sheet.cell(row, column).value = None
                sheet.cell(row, column).comment = None
        # Rows that people inserted above the table move it down; a row of keys or a column of ids may be gone.
        top = self.mark + self.down
        heads = top if self.keys_gone else top + 1
        if self.left == 2:
            for number, said in zip((top, heads), above, strict=True):
                sheet.cell(number, 1).value = said
        letters = {column: get_column_letter(place) for place, column in enumerate(self.columns, self.left)}
        for place, column in enumerate(self.columns, self.left):
            sheet.cell(top, place).value = column.key or None
            sheet.cell(heads, place).value = column.title
        for number, row in enumerate(self.rows, heads + 1):
            if self.left == 2:
                sheet.cell(number, 1).value = row.shown or None
            sheet.row_dimensions[number].hidden = row.hidden
            for place, column in enumerate(self.columns, self.left):
                value = row.cells.get(column)
                cell = sheet.cell(number, place)
                if isinstance(value, Reckoned):
                    of = letters.get(value.of)
                    value = Formula(f"={f'{of}{number}' if of else '#REF!'}*{value.factor}")
                cell.value = value.text if isinstance(value, Formula) else value
                # A format moves along with its cell, or a number would become a date.
                cell.number_format = "dd.mm.yyyy" if isinstance(value, datetime.date) else "General"
                if isinstance(value, str) and value.startswith("=") and column in row.typed:
                    cell.data_type = "s"
                if column in row.comments:
                    cell.comment = Comment(row.comments[column], "Eve")
                if column in row.links:
                    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=row.links[column])
        for first, last, place in self.merged:
            begin, end, letter = heads + 1 + first, heads + 1 + last, get_column_letter(place + self.left)
            sheet.merge_cells(f"{letter}{begin}:{letter}{end}")
        for place, text in self.outside.items():
            sheet[place].value = text
        # Of two tables of their own in one place, the later one is there.
        last = {(max(1, top + row), len(self.columns) + self.left + column): text for row, column, text in self.around}
        self.written = [(*place, text) for place, text in last.items()]
        for (row, column), text in last.items():
            sheet.cell(row, column).value = text
        for number in range(self.down):
            sheet.cell(self.mark + number, 4).value = f"{self.kind} above {number}"


# --- people at work --------------------------------------------------------------------------------------------------


class Work:
    """One person's work in one workbook, from a seed."""

    def __init__(self, project: Project, seed: int, steps: int = 12) -> None:
        """Open the workbook and work in it."""
        self.random = Random(seed)
        self.book = openpyxl.load_workbook(io.BytesIO(project.workbook))
        self.tables = [Table(kind, self.book[title]) for kind, title in TITLES.items()]
        self.own: dict[tuple[str, int, int], Value] = {}
        self.done: list[str] = []
        self._count = 0
        acts: list[tuple[int, Callable[[Table], None]]] = [
            (10, self.fill), (2, self.empty), (2, self.write_over), (2, self.comment), (2, self.sort), (1, self.filter),
            (2, self.insert), (2, self.copy), (1, self.delete), (2, self.move_column), (1, self.rename_column),
            (1, self.add_column), (1, self.delete_column), (1, self.rename_tab), (1, self.add_sheet),
            (1, self.write_outside), (1, self.forget_id), (1, self.sort_apart), (1, self.link), (1, self.reckon),
            (1, self.write_beside), (1, self.insert_above), (1, self.draw_box),
        ]  # fmt: skip
        chosen = [act for weight, act in acts for _ in range(weight)]
        for _ in range(steps):
            act = self.random.choice(chosen)
            self.done.append(act.__name__)
            act(self.random.choice(self.tables))
        # Last steps: a merged cell can't be sorted, and a table without its ids or keys is found again by its words.
        for act, chance in ((self.merge_down, 0.2), (self.delete_ids, 0.07), (self.delete_keys, 0.07)):
            if self.random.random() < chance:
                self.done.append(act.__name__)
                act(self.random.choice(self.tables))

    @property
    def written(self) -> int:
        """Count the cells that were written, in, around and beside our tables and on other sheets; once it is saved."""
        cells = sum(len(row.typed) for table in self.tables for row in table.rows)
        return cells + sum(table.down + len(table.written) for table in self.tables) + len(self.own)

    def save(self, path: Path) -> Path:
        """Save the workbook."""
        for table in self.tables:
            table.write()
        self.book.save(path)
        if any(table.boxes for table in self.tables):
            path.write_bytes(self._with_boxes(path.read_bytes()))
        return path

    def _with_boxes(self, content: bytes) -> bytes:
        """Put text boxes over sheets, which openpyxl does not write."""
        drawing, text = (
            f"http://schemas.openxmlformats.org/drawingml/2006/{it}" for it in ("spreadsheetDrawing", "main")
        )
        types = "[Content_Types].xml"
        parts: dict[str, str | bytes | None] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts[types] = package.read(types).decode()
            for table in self.tables:
                if not table.boxes:
                    continue
                number = self.book.worksheets.index(table.sheet) + 1
                rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
                before = f'<Relationships xmlns="{TYPES}"></Relationships>'
                if rels in package.namelist():
                    before = package.read(rels).decode()
                name, sheet = f"xl/drawings/boxes{number}.xml", f"xl/worksheets/sheet{number}.xml"
                drawn = f'<drawing xmlns:r="{REL}" r:id="rBox"/>'
                parts[sheet] = _LAST.sub(drawn + r"\g<0>", package.read(sheet).decode(), count=1)
                kind = f'<Override PartName="/{name}" ContentType="{DRAWING}"/></Types>'
                parts[types] = str(parts[types]).replace("</Types>", kind)
                relation = f'<Relationship Id="rBox" Type="{REL}/drawing" Target="/{name}"/></Relationships>'
                parts[rels] = before.replace("</Relationships>", relation)
                boxes = "".join(
                    f"<d:oneCellAnchor><d:from><d:col>{column}</d:col><d:colOff>0</d:colOff><d:row>{row}</d:row>"
                    '<d:rowOff>0</d:rowOff></d:from><d:ext cx="900000" cy="300000"/><d:sp macro="" textlink="">'
                    f'<d:nvSpPr><d:cNvPr id="{place}" name="Box {place}"/><d:cNvSpPr txBox="1"/></d:nvSpPr><d:spPr>'
                    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect">'
                    f"<a:avLst/></a:prstGeom></d:spPr><d:txBody><a:bodyPr/><a:p><a:r><a:t>{said}</a:t></a:r></a:p></d:txBody>"
                    "</d:sp><d:clientData/></d:oneCellAnchor>"
                    for place, (row, column, said) in enumerate(table.boxes, 2)
                )
                parts[name] = f'<d:wsDr xmlns:d="{drawing}" xmlns:a="{text}">{boxes}</d:wsDr>'
        return with_parts(content, parts)

    def token(self) -> str:
        """Give a word that stands nowhere else."""
        self._count += 1
        return f"w{self._count}x"

    def _type(self, row: Row, column: Column, value: Value | Reckoned) -> None:
        row.cells[column] = value
        row.typed[column] = value
        row.emptied.discard(column)
        row.links.pop(column, None)

    def _pick(self, table: Table, owner: str) -> tuple[Row, Column] | None:
        columns = [column for column in table.columns if _owner(table.kind, column.key) == owner]
        return (self.random.choice(table.rows), self.random.choice(columns)) if columns and table.rows else None

    def fill(self, table: Table) -> None:
        """Write into cells that people fill."""
        for _ in range(self.random.randrange(1, 12)):
            if found := self._pick(table, "user"):
                kind = FIELDS[table.kind][found[1].key].kind if found[1].key in FIELDS[table.kind] else "text"
                self._type(*found, value_of(self.random, self.token(), kind))

    def empty(self, table: Table) -> None:
        """Take out what stands in cells that people fill."""
        for _ in range(3):
            if (found := self._pick(table, "user")) and found[0].id:
                row, column = found
                row.cells[column] = None
                row.typed.pop(column, None)
                row.links.pop(column, None)
                row.emptied.add(column)

    def write_over(self, table: Table) -> None:
        """Write over a cell of the tool, or over a formula."""
        owner = self.random.choice(("tool", "computed"))
        if found := self._pick(table, owner):
            self._type(*found, self.token())

    def comment(self, table: Table) -> None:
        """Remark on a cell."""
        if (found := self._pick(table, "user")) and found[1] not in found[0].comments:
            found[0].comments[found[1]] = f"{self.token()}: really?\nYes."

    def sort(self, table: Table) -> None:
        """Sort the rows by something."""
        column = self.random.choice(table.columns)
        table.rows.sort(key=lambda row: _reads(row.cells.get(column)), reverse=self.random.random() < 0.5)

    def sort_apart(self, table: Table) -> None:
        """Sort what can be seen, which leaves the ids in hidden column A where they stand."""
        ids = [row.shown for row in table.rows]
        self.sort(table)
        for row, id_ in zip(table.rows, ids, strict=True):
            row.shown = id_

    def filter(self, table: Table) -> None:
        """Hide rows and columns."""
        for row in table.rows:
            row.hidden = self.random.random() < 0.4
        table.sheet.column_dimensions["D"].hidden = True

    def insert(self, table: Table) -> None:
        """Insert rows, some of them empty."""
        for _ in range(self.random.randrange(1, 4)):
            row = Row("", {})
            for column in self.random.sample(table.columns, min(len(table.columns), self.random.randrange(5))):
                if _owner(table.kind, column.key) != "computed":
                    self._type(row, column, value_of(self.random, self.token()))
            table.rows.insert(self.random.randrange(len(table.rows) + 1), row)

    def copy(self, table: Table) -> None:
        """Copy a row with its id, and go on in one of the two."""
        if not table.rows:
            return
        row = self.random.choice(table.rows)
        twin = Row(row.id, dict(row.cells), typed=dict(row.typed), links=dict(row.links), emptied=set(row.emptied))
        table.rows.insert(self.random.randrange(len(table.rows) + 1), twin)
        columns = [column for column in table.columns if _owner(table.kind, column.key) == "user"]
        for column in self.random.sample(columns, min(len(columns), 3)):
            self._type(self.random.choice((row, twin)), column, self.token())

    def delete(self, table: Table) -> None:
        """Delete rows."""
        for _ in range(min(2, len(table.rows) - 1)):
            table.rows.pop(self.random.randrange(len(table.rows)))

    def move_column(self, table: Table) -> None:
        """Move a column."""
        column = table.columns.pop(self.random.randrange(len(table.columns)))
        table.columns.insert(self.random.randrange(len(table.columns) + 1), column)

    def rename_column(self, table: Table) -> None:
        """Write another title over a column's."""
        column = self.random.choice(table.columns)
        if column.key:
            column.title = table.renamed[column] = f"{self.token()} title"

    def add_column(self, table: Table) -> None:
        """Add a column with some cells."""
        column = Column("", f"{self.token()} column")
        table.columns.insert(self.random.randrange(len(table.columns) + 1), column)
        table.renamed[column] = column.title
        for row in self.random.sample(table.rows, min(3, len(table.rows))):
            self._type(row, column, value_of(self.random, self.token()))

    def delete_column(self, table: Table) -> None:
        """Delete a column."""
        if len(table.columns) > 4:
            column = table.columns.pop(self.random.randrange(len(table.columns)))
            table.renamed.pop(column, None)
            for row in table.rows:
                for found in (row.cells, row.typed, row.comments, row.links):
                    found.pop(column, None)
                row.emptied.discard(column)

    def rename_tab(self, table: Table) -> None:
        """Rename a tab, and put it elsewhere."""
        table.sheet.title = f"{self.token()} {table.kind[:10]} Ж"
        self.book.move_sheet(table.sheet, self.random.randrange(-2, 3))

    def add_sheet(self, table: Table) -> None:
        """Add a sheet with some cells."""
        sheet = self.book.create_sheet(f"{self.token()} notes")
        for _ in range(self.random.randrange(1, 6)):
            row, column = self.random.randrange(1, 30), self.random.randrange(1, 9)
            value = value_of(self.random, self.token())
            sheet.cell(row, column).value = value.text if isinstance(value, Formula) else value
            self.own[sheet.title, row, column] = value

    def write_outside(self, table: Table) -> None:
        """Write above a table, in an empty cell."""
        place = f"{get_column_letter(self.random.randrange(4, 8))}2"
        if table.sheet[place].value is None:
            table.outside[place] = self.token()

    def link(self, table: Table) -> None:
        """Write words with a link under them."""
        if found := self._pick(table, "user"):
            row, column = found
            self._type(row, column, self.token())
            row.links[column] = f"https://intranet.example/{self.token()}"

    def reckon(self, table: Table) -> None:
        """Reckon with a cell of the same row, in a column that people fill."""
        if found := self._pick(table, "user"):
            row, column = found
            of = self.random.choice(table.columns)
            if of is not column:
                self._count += 1
                self._type(row, column, Reckoned(of, 1000 + self._count))

    def write_beside(self, table: Table) -> None:
        """Keep a small table of one's own beside ours, which may begin above it."""
        row, column = self.random.randrange(-2, len(table.rows) + 3), self.random.randrange(1, 4)
        table.around += ((row + down, column + right, self.token()) for down in range(3) for right in range(2))

    def insert_above(self, table: Table) -> None:
        """Insert rows with words of one's own above the table."""
        table.down = self.random.randrange(1, 4)

    def draw_box(self, table: Table) -> None:
        """Put a text box over the sheet."""
        table.boxes.append((self.random.randrange(40), self.random.randrange(12), f"{self.token()} box"))

    def merge_down(self, table: Table) -> None:
        """Merge a cell that people fill with those below it."""
        columns = [place for place, column in enumerate(table.columns) if _owner(table.kind, column.key) == "user"]
        if len(table.rows) < 4 or not columns:
            return
        place, first = self.random.choice(columns), self.random.randrange(len(table.rows) - 2)
        said = self.token()
        for row in table.rows[first : first + 3]:
            rest = (value for column, value in row.cells.items() if column is not table.columns[place])
            if row is not table.rows[first] and not row.shown and not any(rest):
                # A row that holds nothing but what the range hides says nothing either.
                for found in (row.cells, row.typed, row.comments, row.links):
                    found.pop(table.columns[place], None)
                continue
            self._type(row, table.columns[place], said)
            row.comments.pop(table.columns[place], None)
        table.merged.append((first, first + 2, place))

    def delete_ids(self, table: Table) -> None:
        """Delete hidden column A."""
        table.left = 1
        for row in table.rows:
            row.shown = ""

    def delete_keys(self, table: Table) -> None:
        """Delete the hidden row of keys."""
        table.keys_gone = True

    def forget_id(self, table: Table) -> None:
        """Empty the hidden id of a row."""
        if table.rows:
            self.random.choice(table.rows).shown = ""


def _reads(value: Any) -> str:
    """Say what a cell holds in the same words each time; formulas over an area are objects."""
    return str(getattr(value, "text", value))


def _owner(kind: str, key: str) -> str:
    if not key or key.startswith(OWN):
        return "user"
    found = FIELDS[kind].get(key)
    return found.owner if found else "tool"


# --- what became of it -----------------------------------------------------------------------------------------------


@frozen
class Merged:
    """The register after an import, with its conflicts."""

    cells: Mapping[Key, Value]
    counts: Counts


def merged(project: Project, path: Path, ours: Cells | None = None) -> Merged:
    """Merge a workbook that came back."""
    before = project.ours if ours is None else ours
    result = joining.merged(project.base, before, read_workbook(path), FIELDS, lambda: ASKED)
    return Merged(conflicts.kept(result.cells, result.clashes, path.name)[0], result.counts)


def missing(project: Project, work: Work, result: Merged) -> list[str]:
    """Tell what somebody wrote and is found nowhere, and what of ours is gone though nobody touched it."""
    return [*_missing_theirs(project, work, result), *_missing_ours(project, work, result)]


def needless(project: Project, result: Merged) -> list[str]:
    """Tell which conflicts there are about cells of which ours says what it said when they went out."""
    ours = project.seen(project.ours)
    clashes = [conflict.clash for conflict in conflicts.listed(result.cells)]
    return [str(clash) for clash in clashes if same(_holds(ours, clash.key), _holds(project.base, clash.key))]


def _holds(cells: Cells, key: Key) -> Value | None:
    """Give what holds in a cell: for a standard, what is said for all, where nothing else is said for it."""
    return ASKED.effective(cells, key.row, key.field) if key.sheet == "requirements" else cells.get(key)


def _missing_theirs(project: Project, work: Work, result: Merged) -> Iterator[str]:
    cells = project.seen(result.cells)
    theirs: dict[Key, list[Value | None]] = {}
    for conflict in conflicts.listed(cells):
        theirs.setdefault(conflict.clash.key, []).append(conflict.clash.theirs)
    added: dict[tuple[str, str], list[Value]] = {}
    for key, value in cells.items():
        if key.row.startswith(NEW):
            added.setdefault((key.sheet, key.field), []).append(value)

    anywhere: dict[str, list[Value | None]] = {}
    for key, value in cells.items():
        anywhere.setdefault(key.sheet, []).append(value)
    for key, values in theirs.items():
        anywhere.setdefault(key.sheet, []).extend(values)

    def stands(table: Table, value: Value | str) -> bool:
        sheets = (table.kind, OWN + table.sheet.title)
        return any(same(other, value) for sheet in sheets for other in anywhere.get(sheet, ()))

    def said(table: Table, token: str) -> bool:
        sheets = (table.kind, OWN + table.sheet.title)
        return any(token in str(other) for sheet in sheets for other in anywhere.get(sheet, ()))

    def kept(key: Key, value: Value | None) -> bool:
        if value is not None and key.row in ASKED.of and same(ASKED.effective(cells, key.row, key.field), value):
            return True  # what several standards say alike was joined
        return same(cells.get(key), value) or any(same(other, value) for other in theirs.get(key, ()))

    for table in work.tables:
        copies: dict[str, int] = {}
        for row in table.rows:
            copies[row.id] = copies.get(row.id, 0) + 1
        # Where ids were left behind, a row is known by the tool's own words in it alone. Where somebody wrote over
        # them or deleted their column it may be kept as a new one, which is told: a guess would be worse.
        apart = any(row.shown not in ("", row.id) for row in table.rows)
        for row in table.rows:
            doubtful = apart and not _reads_as_before(table, row, project)
            alone = bool(row.id) and copies[row.id] == 1 and (row.shown == row.id or apart) and not doubtful
            for column, value in row.typed.items():
                name = column.key or OWN + column.title
                if isinstance(value, Reckoned):
                    if not said(table, f"*{value.factor}"):
                        yield f"{table.kind}, {row.id}, {name}: {value}"
                    elif value.of in table.columns and not table.keys_gone:
                        of = value.of.key or OWN + value.of.title
                        if not said(table, f"=⟦{of}··⟧*{value.factor}"):
                            yield f"{table.kind}, {row.id}, {name}: {value.factor} reckons with another cell"
                    continue
                owner = _owner(table.kind, column.key)
                theirs_all = row.id.startswith(NEW) and owner == "tool"
                field = name if owner == "user" or theirs_all else OVER + name
                found = bool(row.id) and kept(Key(table.kind, row.id, field), value)
                if not found and (table.keys_gone or (table.around and not column.key)):
                    found = stands(table, value)
                if not found and not alone:
                    found = any(same(other, value) for other in added.get((table.kind, name), ()))
                if not found and not same(value, project.base.get(Key(table.kind, row.id, name))):
                    yield f"{table.kind}, {row.id or 'new row'}, {name}: {value!r}"
            for column in row.emptied:
                key = Key(table.kind, row.id, column.key or OWN + column.title)
                if alone and not kept(key, None) and key in project.base:
                    yield f"{key}: emptied"
            for address in row.links.values():
                if not stands(table, address):
                    yield f"{table.kind}, {row.id}: {address}"
            for column, text in row.comments.items():
                key = Key(table.kind, row.id, COMMENT + (column.key or OWN + column.title))
                if text.strip() in str(project.base.get(key)):
                    continue  # it went out so
                remarks = [str(cells.get(key, ""))]
                if not alone:
                    # A comment in a row that holds nothing else stands for itself, at its place on the sheet.
                    remarks += [
                        str(v)
                        for k, v in cells.items()
                        if k.sheet == table.kind
                        and (k.field == key.field or (k.row == SHEET and k.field.startswith(COMMENT)))
                    ]
                if not any(text.partition(":")[0] in words for words in remarks) and not (
                    table.keys_gone and said(table, text.partition(":")[0])
                ):
                    yield f"{key}: {text!r}"
        for column, title in table.renamed.items():
            if table.keys_gone and stands(table, title):
                continue
            ours = bool(column.key) and not column.key.startswith(OWN)
            key = Key(table.kind, COLUMNS, OVER + column.key if ours else column.key or OWN + title)
            if not kept(key, title):
                yield f"{key}: {title!r}"
        for place, text in table.outside.items():
            if not kept(Key(table.kind, SHEET, OVER + place), text) and not (table.keys_gone and stands(table, text)):
                yield f"{table.kind}, {place}: {text!r}"
        above = [f"{table.kind} above {number}" for number in range(table.down)]
        for text in above + [text for *_, text in table.written]:
            if not stands(table, text):
                yield f"{table.kind}, around the table: {text!r}"
        for *_, text in table.boxes:
            if not said(table, text):
                yield f"{table.kind}, a text box: {text!r}"
        yield from _out_of_order(table, cells)
    for (title, number, column), value in work.own.items():
        if not kept(Key(OWN + title, str(number), get_column_letter(column)), value):
            yield f"{title}, {number}, {column}: {value!r}"


def _reads_as_before(table: Table, row: Row, project: Project) -> bool:
    """Tell whether all words of the tool that went out in a row are in it still."""
    said = {
        key.field: value
        for key, value in project.base.items()
        if (key.sheet, key.row) == (table.kind, row.id) and _owner(table.kind, key.field) == "tool"
    }
    there = {column.key: row.cells.get(column) for column in table.columns if column.key}
    return all(name in there and _reads(there[name]) == _reads(value) for name, value in said.items())


def _out_of_order(table: Table, cells: Mapping[Key, Value]) -> Iterator[str]:
    """Tell where columns that people added no longer stand in the order in which they stood."""
    names = [column.key or OWN + column.title for column in table.columns]
    names = [name for name in names if name.startswith(OWN)]
    if table.keys_gone or len(names) < 2:
        return
    order = in_order(names, cells.get(Key(table.kind, ORDER, COLUMNS)))
    if order != names:
        yield f"{table.kind}: columns stood as {names}, and now as {order}"


def _missing_ours(project: Project, work: Work, result: Merged) -> Iterator[str]:
    """What nobody touched stays, and so does what both touched: it is in the register or was given to theirs."""
    touched = {
        (table.kind, row.id, column.key or OWN + column.title)
        for table in work.tables
        for row in table.rows
        for column in (*row.typed, *row.emptied)
    }
    copied = {
        (table.kind, row.id)
        for table in work.tables
        for row in table.rows
        if sum(other.id == row.id for other in table.rows) > 1
    }
    cells = project.seen(result.cells)
    verdicts = {question.id: [one.point for one in question.verdicts] for question in ASKED if question.is_shared}
    ours = project.seen(project.ours)
    for key, value in ours.items():
        untouched = tuple(key) not in touched and (key.sheet, key.row) not in copied
        if (
            key.row in verdicts
            and same(project.base.get(key), value)
            and all(
                (key.sheet, row, key.field) in touched or Key(key.sheet, row, key.field) in ours
                for row in verdicts[key.row]
            )
        ):
            continue  # whoever gave every standard its own saw what was said for all, and it holds for none by now
        if key.row in ASKED.of and same(ASKED.effective(cells, key.row, key.field), value):
            continue  # what several standards say alike was joined
        if untouched and not same(cells.get(key), value):
            yield f"ours is gone: {key} {value!r}"
