"""How many days a row has left until the date that people gave it, and whether it is late: value and formula alike."""

from __future__ import annotations

import datetime

from attrs import evolve

from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Computed, Grid, Line, plain
from imsmap.register.answers import LAST_DAY
from imsmap.register.state import serial

OVERDUE, NO_DATE = "OVERDUE", "no date"


def left_and_late(
    book: Book, laid: Grid, line: Line, key: str, none: str, *, counts: bool, due: datetime.date | None, overdue: bool
) -> dict[int, Computed]:
    """Give what the columns `days_left` and `late` hold, by their place.

    key: the column of the date. none: the formula that holds where nothing counts, as `counts` says of the row's value.
    """
    cell, days = laid.here(key), laid.here("days_left")
    is_day = f"AND({cell}>=1,{cell}<{LAST_DAY + 1})"
    left: str | float = ""
    late = ""
    if counts:
        when = plain(line.cells[laid.place(key)])
        if due is not None and isinstance(when, int | float | datetime.date):
            left = (serial(when) if isinstance(when, datetime.date) else when) - serial(book.date)
        late = OVERDUE if overdue else NO_DATE if due is None else ""
    over = book.twin.unsure.late(cell, book.as_of)
    undated = f'IF(SUMPRODUCT(--{over})>0,"{OVERDUE}","{NO_DATE}")' if over else f'"{NO_DATE}"'
    return {
        laid.place("days_left"): Computed(
            f'=IF({none},"",IF(ISNUMBER({cell}),IF({is_day},{cell}-{book.as_of},""),""))', left
        ),
        laid.place("late"): Computed(
            f'=IF({none},"",IF(ISNUMBER({days}),IF({days}<0,"{OVERDUE}",""),{undated}))', late
        ),
    }


def unless_written_over(line: Line, computed: dict[int, Computed]) -> Line:
    """Put what is computed into the cells of a row that are empty and that nobody wrote over."""
    cells = tuple(
        computed[place] if place in computed and cell is None and place not in line.over else cell
        for place, cell in enumerate(line.cells)
    )
    return evolve(line, cells=cells)
