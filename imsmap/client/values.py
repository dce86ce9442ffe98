"""What a cell of the register holds, and how it reads, for whoever tells people of it."""

from __future__ import annotations

from imsmap.register.cells import Cells, Value, shown

__all__ = ["Cells", "Value", "shown"]
