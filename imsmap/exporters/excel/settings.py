"""What a person says about a workbook; everything else comes from the reports."""

from __future__ import annotations

import datetime

from attrs import field

from imsmap.drawing.look import Look
from imsmap.values import frozen

PAPERS = {"A4": (9, 11.69), "A3": (8, 16.54), "Letter": (1, 11.0), "Tabloid": (3, 17.0)}
"""Excel's number of the paper and its longer side in inches: sheets are printed in landscape."""
SHORTER = {"A4": 8.27, "A3": 11.69, "Letter": 8.5, "Tabloid": 11.0}
"""The paper's shorter side in inches."""
LARGER = {"A4": "A3", "A3": "A3", "Letter": "Tabloid", "Tabloid": "Tabloid"}
"""The paper for wide sheets."""


@frozen
class Settings:
    """Whose workbook it is, and what stands on its cover and in its headers and footers; `as_of` is its date."""

    as_of: datetime.date
    client: str = ""
    title: str = ""
    scope: str = ""
    document_number: str = ""
    version: str = "1"
    author: str = ""
    company: str = ""
    paper: str = "A4"
    prepared: str = ""
    checked: str = ""
    approved: str = ""
    look: Look = field(factory=Look)

    def __attrs_post_init__(self) -> None:
        """Refuse a paper that nobody prints on."""
        if self.paper not in PAPERS:
            raise ValueError(f"paper {self.paper!r} is not known; use {', '.join(PAPERS)}")
