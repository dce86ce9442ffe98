"""A worksheet that stores formulas as they are given."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet without XlsxWriter's search for functions that are newer than the file format.

    Ours are all old, and what people wrote comes with its prefixes as a program stored it. The search would take half
    of the time for a formula, and would change words between quotes.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - its shape
        """Drop the sign of a formula."""
        return formula.removeprefix("=")
