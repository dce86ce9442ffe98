"""Brings rules of a client's own beside ISO 9001, looks for licensed text, sends the mapping out, compares two mappers.

    python docs/example.py FOLDER

writes into an empty folder. The rules, the sentence and the two mappings are invented.
"""

from __future__ import annotations

import sys
from pathlib import Path

from imsmap import api
from imsmap.api.bringing import Said
from imsmap.api.library import find_roots

DAY = "2030-05-01"
PAIR = ("iso9001-2015", "iso14001-2015")
RULES = """\
Number,Title,Requirement,Belongs to
R-1,Complaints,Answer each complaint within two working days,9001:9.1.2
R-2,Samples,Keep a sample of each batch for a year,9001:8.5.2
"""
SENTENCE = "The keeper of the lighthouse counts every lamp before the tide turns and writes the sum into the blue book."


def main(folder: Path) -> None:
    """Do it all, and say what came of it."""
    rules = folder / "rules.csv"
    rules.write_text(RULES, "utf-8")
    mappings = folder / "mappings"
    mappings.mkdir()
    (mappings / "standards").mkdir()

    # Add: read, check, write. The library of imsmap stays as it is; the new standard stands in a folder beside it.
    said = Said(name="Harbour Rules 2030", discipline="quality")
    addition = api.bring(rules, day=DAY, into=mappings, said=said)
    written = addition.put(mappings)
    (own,) = (standard.key for standard in addition.brought.standards)
    print(f"Added {own}: {len(written)} files")

    # Ask about it as about any other.
    roots = find_roots(mappings)
    library = api.load(roots, (PAIR[0], own))
    print(api.ask(library, "overlap", standards=(PAIR[0], own)).message)

    # Licensed text: kept beside the points, and found in whatever quotes it.
    copy = folder / "copy.txt"
    copy.write_text(f"ISO 9001:2015\n\n4.1 Understanding the organization and its context\n{SENTENCE}\n", "utf-8")
    text = api.licensed_text(copy, PAIR[0]).text
    for quote in api.find_quotes([text], {"note.md": f"They told us: {SENTENCE}".encode()}):
        print(f"A quotation in {quote.place}")

    # Export: what is stated between two standards, and what the format can't say.
    exported = api.export_mapping("sssom", PAIR, day=DAY)
    (folder / "ours.sssom.tsv").write_bytes(exported.content)
    print(f"Sent out: {len(exported.content.splitlines())} lines; {len(exported.losses)} things that SSSOM can't say")

    # Compare: how far two mappers agree beyond chance.
    both = api.load(None, PAIR)
    q, e = PAIR
    first = ((f"{q}:4.1", f"{e}:4.1", "equal-to"), (f"{q}:8.2.1", f"{e}:7.4.3", "intersects-with"))
    second = ((f"{q}:4.1", f"{e}:4.1", "equal-to"), (f"{q}:8.2.1", f"{e}:8.2", "intersects-with"))
    print(api.ask(both, "agreement", names=("One", "Other"), first=first, second=second).message)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
