"""Change one entry of a mapping file in place, leaving comments, order and line breaks as a person wrote them."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"^(?P<indent>\s*)- ")


def set_affirmed(text: str, line: int, fingerprint: str) -> str | None:
    """Write the fingerprint into the relation that begins in a line; nothing if its form is not one key a line."""
    lines = text.splitlines(keepends=True)
    start = line - 1
    begins = _ENTRY.match(lines[start])
    if begins is None:
        return None
    indent = begins["indent"] + "  "
    end = start + 1
    # An entry ends where something stands at its own depth or above; blank lines and comments don't count.
    while end < len(lines) and (
        not lines[end].strip() or lines[end].startswith(indent) or lines[end].lstrip()[0] == "#"
    ):
        end += 1
    breaks = "\r\n" if lines[start].endswith("\r\n") else "\n"
    written = f'{indent}affirmed: "{fingerprint}"{breaks}'
    for index in range(start + 1, end):
        if lines[index].startswith(f"{indent}affirmed:"):
            lines[index] = written
            return "".join(lines)
    if not lines[start].endswith(("\n", "\r")):
        lines[start] += breaks
    lines.insert(start + 1, written)
    return "".join(lines)
