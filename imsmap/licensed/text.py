"""The sentences of a licensed copy by clause, as they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping

from attrs import field

from imsmap.errors import DataError, Problem
from imsmap.values import frozen


@frozen
class LicensedText:
    """What a licensed copy of one standard says; clauses: its text by number, in the standard's order.

    titles: the official titles of the standard's clauses, which everybody may print. source: what the file was called.
    """

    standard: str
    designation: str
    clauses: Mapping[str, str]
    titles: tuple[str, ...] = ()
    source: str = ""
    added: str = field(default="", eq=False)
    by: str = field(default="", eq=False)

    def of(self, number: str) -> str:
        """Give the text of a clause; nothing where the copy has none."""
        return self.clauses.get(number, "")


def to_json(text: LicensedText) -> bytes:
    """Write it as it is kept."""
    held = {
        "standard": text.standard, "designation": text.designation, "source": text.source, "added": text.added,
        "by": text.by, "clauses": dict(text.clauses), "titles": list(text.titles),
    }  # fmt: skip
    return json.dumps(held, ensure_ascii=False, indent=1).encode() + b"\n"


def from_json(content: bytes, shown: str) -> LicensedText:
    """Read it again; DataError, with one line, for what somebody changed so that it is none any more."""
    try:
        held = json.loads(content)
        texts = {name: held[name] for name in ("standard", "designation", "source", "added", "by")}
        clauses, titles = dict(held["clauses"]), tuple(held["titles"])
        if not all(isinstance(one, str) for one in (*texts.values(), *clauses, *clauses.values(), *titles)):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        words = "is no licensed text as imsmap keeps it; take it away and add the copy again"
        raise DataError([Problem(shown, None, words)]) from None
    return LicensedText(clauses=clauses, titles=titles, **texts)
