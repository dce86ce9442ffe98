"""Draws the pictures of the gallery anew and writes its page: `python docs/gallery.py`."""

from __future__ import annotations

import datetime
from pathlib import Path

from imsmap import about, api
from imsmap.api import deck
from imsmap.errors import UnsuitedError

DOCS = Path(__file__).parent
STANDARDS = ("iso9001-2015", "iso14001-2015")
DAY = datetime.date(2026, 11, 28)
"""The date in the pictures: the same data give the same files."""
MOST = 600_000
"""Bytes that the pictures may take together."""
_HEAD = """# Gallery

What imsmap draws of ISO 9001:2015 and ISO 14001:2015. Hue says whose, strength says class: what both share is solid,
what is related is tinted, what stands alone is open. `imsmap build` makes them all, as SVG, PNG, PDF and editable
slides; `imsmap picture NAME 9001 14001 -o NAME.svg` makes one. A client's project has more: processes, next 90 days,
which first.

`python docs/gallery.py` draws this page anew.
"""


def files() -> dict[str, bytes]:
    """Make the page and its pictures, by their place in the folder of the documentation."""
    data = DOCS.parent / "mappings"
    answers = api.Answers(api.load(data, STANDARDS), STANDARDS, editions=lambda: api.editions(data, STANDARDS))
    occasion = deck.for_anybody(DAY)
    found: dict[str, bytes] = {}
    told = [_HEAD]
    for name, picture in about.pictures().items():
        try:
            pages = api.draw(name, answers, "16:9", occasion)
        except UnsuitedError:
            continue
        what = f": {picture.slide}" if picture.slide else ""
        told.append(f"## `{name}`{what}\n")
        for number, page in enumerate(pages, 1):
            place = f"pictures/{name}{'' if len(pages) == 1 else f'-{number}'}.svg"
            found[place] = api.export(page, "svg")
            told.append(f"![{page.title.replace('**', '')}]({place})\n")
    return {**found, "gallery.md": "\n".join(told).encode()}


def main() -> None:
    """Write what is missing or has changed, and take away what is no longer drawn."""
    made = files()
    for old in (DOCS / "pictures").glob("*.svg"):
        if f"pictures/{old.name}" not in made:
            old.unlink()
    for place, content in made.items():
        (DOCS / place).write_bytes(content)


if __name__ == "__main__":
    main()
