"""A report whose cells hold what breaks formats; every exporter has to survive it."""

from __future__ import annotations

import datetime

from imsmap.library.model import Kin
from imsmap.report import NOTHING, Column, Link, Ref, Report, Row, Table

TEXTS = (
    "=1+1",
    "+49",
    "-5",
    "@SUM(A1)",
    "\tx",
    "\rx",
    'a "quoted" \\ back',
    "a|b",
    "<b>&amp;",
    "two\nlines",
    "🙂 مرحبا بالعالم",
    "\x1b[31mred\x07\x9b",
    "\u202egnihtemos",
    "x" * 300,
    "# no heading",
    "café * _under_ `code` [link](x)",
    "lone \ud800 surrogate",
)

COLUMNS = (
    Column("text", "Text"),
    Column("number", "Number", "number"),
    Column("class", "Class", "class"),
    Column("list", "List", "list"),
)


def report(texts: tuple[str, ...] = TEXTS) -> Report:
    """Build a report with the texts in one table and every kind of cell in another."""
    rows = tuple(Row(f"r{number}", (text, -number, Kin.SAME, ("one", text))) for number, text in enumerate(texts))
    cells = Table(
        "cells",
        "Every kind of cell",
        (Column("cell", "Cell"), Column("what", "What it is")),
        tuple(
            Row(f"c{number}", (cell, "kind"))
            for number, cell in enumerate(
                (
                    None,
                    True,
                    False,
                    3,
                    0.5,
                    datetime.date(2026, 11, 23),
                    Kin.RELATED,
                    Ref("iso9001-2015:4.1", "4.1"),
                    Link("there", "#there"),
                    NOTHING,
                    ("a", "b"),
                )
            )
        ),
    )
    return Report(
        "nasty",
        "A | title",
        "1.0",
        (Table("texts", "Texts", COLUMNS, (Row("h", ("Heading", None, None, None), heading=True), *rows)), cells),
        {"texts": list(texts)},
        dict,
        "9 of 9 say =it.",
        ("A note with a | pipe.",),
    )
