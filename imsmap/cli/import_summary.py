"""What an import of several files tells: a line for each person, what was not taken, and what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imsmap.client.importing import Brought

_NAMED = 3
"""Files of which each note is told by name."""
_HEADS = ("person", "answers", "conflicts", "left out", "saved")


def told(brought: Sequence[Brought], of_standards: Sequence[tuple[str, int]], prefix: str = "") -> str:
    """Tell it all. of_standards: new conflicts by standard; prefix: stands before the first line."""
    whole = [one for one in brought if one.outcome is not None]
    lines = [f"{prefix}{_count(len(whole), 'file')}: {_sums(brought)}", *_table(brought)]
    lines += [one.outcome.message for one in whole if one.outcome is not None and one.outcome.already]
    lines += _notes(brought)
    refused = [one for one in brought if one.refused]
    if refused:
        lines.append(f"{_count(len(refused), 'file')} not taken; the rest went in:")
        lines += [f"  {one.refused}" for one in refused]
    if of_standards:
        lines.append("New conflicts: " + ", ".join(f"{count} of {name}" for name, count in of_standards))
    lines += waiting(max((one.outcome.open_conflicts for one in whole if one.outcome is not None), default=0))
    entries = [one.outcome.entry for one in whole if one.outcome is not None and one.outcome.entry is not None]
    if len(entries) > 1:
        lines.append(
            "imsmap undo takes all of it back, with --one the last file alone; imsmap build makes the next version"
        )
    elif entries:
        lines.append("imsmap undo takes it back; imsmap build makes the next version")
    return "\n".join(lines) + "\n"


def waiting(count: int) -> list[str]:
    """Tell that conflicts wait, if any do."""
    if not count:
        return []
    words = "conflict waits" if count == 1 else "conflicts wait"
    return [f"{count} {words}: imsmap import --conflicts lists them, --resolve solves them"]


def _sums(brought: Sequence[Brought]) -> str:
    counts = [one.outcome.counts for one in brought if one.outcome is not None]
    left = sum(count.left for count in counts)
    parts = [
        _count(sum(count.changed for count in counts), "answer"),
        _count(sum(count.new_rows for count in counts), "new row"),
        _count(sum(count.conflicts for count in counts), "conflict"),
        f"{_count(left, 'thing')} not taken" if left else "nothing discarded",
    ]
    return ", ".join(parts)


def _notes(brought: Sequence[Brought]) -> Iterator[str]:
    """Tell each note once, with the files that it is about."""
    about: dict[str, list[str]] = {}
    for one in brought:
        for note in one.outcome.notes if one.outcome is not None else ():
            about.setdefault(note, []).append(one.path.name)
    heading = ""
    for note, names in about.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        whose = f"{', '.join(names[:_NAMED])}{more}:"
        if whose != heading:
            yield whose
        heading = whose
        yield f"  {note}"


def _table(brought: Sequence[Brought]) -> Iterator[str]:
    """Give a line for each file, by person; the file is named where that does not tell which it is."""
    rows = [_HEADS]
    whose = Counter(one.person for one in brought)
    for one in sorted(brought, key=lambda one: (not one.person, one.person.casefold(), one.saved)):
        if one.outcome is not None:
            counts = one.outcome.counts
            name = one.person if whose[one.person] == 1 else f"{one.person}: {one.path.name}"
            numbers = (str(counts.changed), str(counts.conflicts), str(counts.left))
            rows.append((name if one.person else one.path.name, *numbers, one.saved[:10] or "-"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows if len(rows) > 1 else ():
        cells = [
            cell.rjust(width) if 1 <= place <= 3 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
