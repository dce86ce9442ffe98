"""The page of the benchmarks: each script has its section there, between two marks."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).with_name("README.md")


def put(name: str, section: str, *, page: Path = PAGE) -> None:
    """Put a script's figures in the place of its last ones; refuse a page that does not hold both marks, in order."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    head, _, rest = page.read_text("utf-8").partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        raise SystemExit(
            f"{page.name} has no line {begin} with a line {end} after it: put both where the figures belong"
        )
    page.write_text(f"{head}{begin}\n{section}\n{end}{tail}", "utf-8")
