"""People do to a workbook what people do, at random; every cell that they wrote is found again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from openpyxl.utils import get_column_letter

from imsmap.client.merge import base_of
from imsmap.readers.workbook import read_workbook
from imsmap.register.cells import Key
from tests import office
from tests.readers.workbooks import THREADS, part, with_parts
from tests.round_trips import FIELDS, Merged, Project, Work, merged, missing, needless, project

pytestmark = pytest.mark.slow

SEEDS = 4
"""Projects whose workbooks go out."""
CASES = 60
OF_THE_OLDER_LAYOUT = 24
SAVED_BY_LIBREOFFICE = 8


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[Project]:
    folder = tmp_path_factory.mktemp("projects")
    return [project(seed, folder) for seed in range(SEEDS)]


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> list[Project]:
    folder = tmp_path_factory.mktemp("older")
    return [project(seed, folder, older=True) for seed in range(SEEDS)]


def told(work: Work, seed: int, lost: list[str]) -> str:
    return f"case {seed} ({', '.join(work.done)}):\n" + "\n".join(lost)


def test_every_cell_that_people_wrote_is_found_again(
    projects: list[Project], tmp_path: Path, request: pytest.FixtureRequest
):
    asked = request.config.getoption("--round-trips")
    written = conflicts = 0
    for seed in range(asked or CASES):
        here = projects[seed % SEEDS]
        work = Work(here, seed)
        path = work.save(tmp_path / "back.xlsx")
        result = merged(here, path)
        lost = missing(here, work, result)
        assert not lost, told(work, seed, lost)
        assert not needless(here, result), seed
        if seed % 5 == 0:
            again = merged(here, path, result.cells)
            assert again.cells == result.cells, f"case {seed}: a second time changes something"
        written += work.written
        conflicts += result.counts.conflicts
    # The model does write, and collides with ours now and then; else it would prove nothing.
    assert written > 10 * (asked or CASES)
    assert conflicts > (asked or CASES) // 10


def test_the_model_notices_what_is_lost(projects: list[Project], tmp_path: Path):
    here = projects[0]
    tried = 0
    for seed in range(10):
        work = Work(here, seed)
        result = merged(here, work.save(tmp_path / "back.xlsx"))
        typed = {str(value) for table in work.tables for row in table.rows for value in row.typed.values()}
        once = Counter(str(value) for value in result.cells.values())
        keys = [key for key, value in result.cells.items() if str(value) in typed and once[str(value)] == 1]
        keys = sorted(
            key for key in keys if not key.sheet.startswith("@") and re.search(r"w\d+x", str(result.cells[key]))
        )
        if keys:
            tried += 1
            lost = Random(seed).choice(keys)
            less = {key: value for key, value in result.cells.items() if key != lost}
            assert missing(here, work, Merged(less, result.counts)), seed
    assert tried >= 8


def test_every_cell_is_found_again_in_a_workbook_of_the_older_layout(older: list[Project], tmp_path: Path):
    conflicts = 0
    for seed in range(3000, 3000 + OF_THE_OLDER_LAYOUT):
        here = older[seed % SEEDS]
        work = Work(here, seed)
        path = work.save(tmp_path / "back.xlsx")
        result = merged(here, path)
        lost = missing(here, work, result)
        assert not lost, told(work, seed, lost)
        assert not needless(here, result), seed
        if seed % 5 == 0:
            again = merged(here, path, result.cells)
            assert again.cells == result.cells, f"case {seed}: a second time changes something"
        conflicts += result.counts.conflicts
    assert conflicts > OF_THE_OLDER_LAYOUT // 10


@office.needed
def test_every_cell_is_found_again_in_what_libreoffice_saved(projects: list[Project], tmp_path: Path):
    works = {}
    for seed in range(1000, 1000 + SAVED_BY_LIBREOFFICE):
        works[seed] = Work(projects[seed % SEEDS], seed)
        works[seed].save(tmp_path / f"{seed}.xlsx")
    office.convert([tmp_path / f"{seed}.xlsx" for seed in works], tmp_path / "saved")
    for seed, work in works.items():
        here = projects[seed % SEEDS]
        lost = missing(here, work, merged(here, tmp_path / "saved" / f"{seed}.xlsx"))
        assert not lost, told(work, seed, lost)


def test_threads_of_todays_excel_come_along_whatever_else_was_done(projects: list[Project], tmp_path: Path):
    for seed in range(5):
        here = projects[seed % SEEDS]
        work = Work(here, seed)
        table = next(table for table in work.tables if table.kind == "requirements")
        counts: dict[str, int] = {}
        for row in table.rows:
            counts[row.id] = counts.get(row.id, 0) + 1
        number, row = next((n, row) for n, row in enumerate(table.rows) if row.id and counts[row.id] == 1)
        column = next(column for column in table.columns if column.key)
        path = work.save(tmp_path / "plain.xlsx")
        place = f"{get_column_letter(table.columns.index(column) + table.left)}{table.first + number}"
        sheet = f"sheet{work.book.sheetnames.index(table.sheet.title) + 1}.xml"
        threaded = tmp_path / "threads.xlsx"
        threaded.write_bytes(with_thread(path.read_bytes(), sheet, place))
        result = merged(here, threaded)
        said = str(result.cells.get(Key("requirements", row.id, f"comment:{column.key}")))
        assert "Ärmel (2031-01-02): Is that so?" in said, (seed, place)
        assert "Bob (2031-01-03): Yes." in said


def test_a_conditional_format_does_not_change_what_a_date_is(projects: list[Project], tmp_path: Path):
    """Numbers of formats in conditional formats are their own: once they turned dates into numbers."""
    path = tmp_path / "back.xlsx"
    for number in range(164, 168):
        content = part(projects[0].workbook, "xl/styles.xml")
        clash = f'<dxf><numFmt numFmtId="{number}" formatCode="@"/></dxf></dxfs>'
        path.write_bytes(with_parts(projects[0].workbook, {"xl/styles.xml": content.replace("</dxfs>", clash)}))
        assert base_of(read_workbook(path), FIELDS) == projects[0].base, number


def with_thread(content: bytes, sheet: str, place: str) -> bytes:
    """Put a thread on a cell, as today's Excel keeps it."""
    office = "http://schemas.microsoft.com/office/2017/10/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes | None] = {
        "xl/threadedComments/threadedComment9.xml": (
            f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="{place}" dT="2031-01-02T09:00:00.00" '
            f'personId="{{P1}}" id="{{T1}}"><text>Is that so?</text></threadedComment><threadedComment ref="{place}" '
            'dT="2031-01-03T09:00:00.00" personId="{P2}" id="{T2}" parentId="{T1}"><text>Yes.</text></threadedComment>'
            "</ThreadedComments>"
        ),
        "xl/persons/person.xml": (
            f'<personList xmlns="{THREADS}"><person displayName="Ärmel" id="{{P1}}"/>'
            '<person displayName="Bob" id="{P2}"/></personList>'
        ),
    }
    for name, kind, target in (
        (f"xl/worksheets/_rels/{sheet}.rels", "threadedComment", "/xl/threadedComments/threadedComment9.xml"),
        ("xl/_rels/workbook.xml.rels", "person", "/xl/persons/person.xml"),
    ):
        try:
            before = part(content, name)
        except KeyError:
            before = f'<Relationships xmlns="{package}"></Relationships>'
        relation = f'<Relationship Id="rT" Type="{office}/{kind}" Target="{target}"/></Relationships>'
        parts[name] = before.replace("</Relationships>", relation)
    return with_parts(content, parts)
