"""Dates with several readings on the hidden sheet of formulas: what is due on one is late once each of them is over.

A formula can't know what else a text may mean, so the last day of each stands there beside it.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs

from imsmap.exporters.excel.worksheet import Sheet
from imsmap.register.answers import plain, readings
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.state import ACTIONS, State, serial
from imsmap.workbook import STATE

_COLUMN = 26
"""The column from which on they stand side by side: a formula holds each cell of a column against all of them."""
_DUE = ((ACTIONS, "due"), (OBLIGATIONS, "next"))


class Unsure:
    """The dates with several readings on which something is due, each with the last day that it may mean."""

    def __init__(self, state: State) -> None:
        """Find them among what was not understood."""
        self._last: dict[str, float] = {}
        for one in state.misread:
            if one.column in _DUE and len(days := readings(one.value)) > 1:
                text = " ".join(filter(None, str(plain(one.value)).casefold().split(" ")))
                self._last[text] = serial(days[-1])

    def late(self, area: str, as_of: str) -> str:
        """Tell for each cell of an area, within SUMPRODUCT, whether each reading of its date is over by a day.

        Nothing where no date has several readings.
        """
        if not self._last:
            return ""
        last = _COLUMN + len(self._last) - 1
        texts, days = (f"'{STATE}'!{xl_range_abs(row, _COLUMN, row, last)}" for row in (1, 2))
        return f"ISNUMBER(1/((TRIM({area})={texts})*({days}<{as_of})))"

    def write(self, sheet: Sheet) -> None:
        """Write them, a column each: the text, and the last day."""
        for column, (text, day) in enumerate(self._last.items(), _COLUMN):
            sheet.write_string(0, column, "several readings, the last")
            sheet.write_string(1, column, text)
            sheet.write_number(2, column, day)
