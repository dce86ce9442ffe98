"""What people say of the documents to be: which form they take, what exists already, what does not apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsmap.register import schema
from imsmap.register.answers import word
from imsmap.register.cells import Cells, Key
from imsmap.register.questions import Questions
from imsmap.register.state import DOCUMENTS, words
from imsmap.values import frozen

BLUEPRINT = "blueprint"
ONE, ANNEXES, SEPARATE, IN_MANUAL = schema.FORMS
OWN = "Of one standard"
"""What a document is that one standard alone asks for."""


@frozen
class Holding:
    """A document that exists, as people named it: name, number, version, whose it is, where it is."""

    document: str
    number: str = ""
    version: str = ""
    owner: str = ""
    location: str = ""

    @property
    def name(self) -> str:
        """How people call it."""
        return " ".join(dict.fromkeys(filter(None, (self.number, self.document)))) or self.location


@frozen
class Decision:
    """What a person decided for the documents of a topic: their form, what they are called, whose they are."""

    form: str = ""
    title: str = ""
    owner: str = ""


def decisions(cells: Cells) -> Mapping[str, Decision]:
    """Give what was decided on the sheet Blueprint, by topic; a form that is not on the list decides nothing."""
    rows = dict.fromkeys(key.row for key in cells if key.sheet == BLUEPRINT)

    def said(row: str, name: str) -> str:
        return words(cells.get(Key(BLUEPRINT, row, name)))

    return {
        row: Decision(
            word(cells.get(Key(BLUEPRINT, row, "decided")), schema.FORMS),
            *(said(row, name) for name in ("title", "owner")),
        )
        for row in rows
    }


def holdings(
    cells: Cells, questions: Questions, asking: Mapping[str, Iterable[str]]
) -> Mapping[str, tuple[Holding, ...]]:
    """Give what exists of each documented information: as Documents names it, else as Requirements does for its points.

    asking: the points that ask for each, by id.
    """
    found: dict[str, tuple[Holding, ...]] = {}
    for id_, points in asking.items():
        names = ("document", "document_id", "version", "owner", "location")
        one = Holding(*(words(cells.get(Key(DOCUMENTS, id_, name))) for name in names))
        if one.document or one.number or one.location:
            found[id_] = (one,)
            continue
        told = [
            Holding(named, owner=one.owner or words(questions.effective(cells, point, "owner")))
            for point in points
            if (named := words(questions.effective(cells, point, "document")))
        ]
        if told:
            found[id_] = tuple(dict.fromkeys(told))
    return found
