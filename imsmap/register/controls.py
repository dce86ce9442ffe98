"""What the Statement of Applicability says of controls: whether each applies, with its reason, and how far it is."""

from __future__ import annotations

from imsmap.register import schema
from imsmap.register.answers import word
from imsmap.register.cells import Cells, Key
from imsmap.register.questions import CONTROL
from imsmap.register.questions import SHEET as REQUIREMENTS
from imsmap.values import frozen

SOA = "soa"


@frozen
class ControlState:
    """How a control stands in the Statement of Applicability: in words of `schema`; justified: with its reason."""

    ref: str
    stands: str
    justified: bool
    implementation: str

    @property
    def is_decided(self) -> bool:
        """Tell whether somebody said that it applies, or that it does not."""
        return self.stands != schema.UNDECIDED


def said_above(row: str, field: str) -> Key:
    """Give the cell in which a heading says something for all beneath it: a control, in its row of the statement."""
    if row.startswith(CONTROL):
        return Key(SOA, row.removeprefix(CONTROL), {"applies": "applicable"}.get(field, field))
    return Key(REQUIREMENTS, row, field)


def says(cells: Cells, row: str) -> str:
    """Give what the statement says of a control for all that it asks for, as Applies on Requirements would."""
    applicable = word(cells.get(said_above(row, "applies")), schema.APPLICABLE)
    return {schema.YES: schema.APPLIES[0], schema.NO: schema.NOT_APPLICABLE}.get(applicable, "")
