"""Smaller workbooks: for a mail, for an auditor, for one standard alone; which sheets and standards they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from imsmap import about

_HELD = Counter(name for sheet in about.sheets().values() for name in sheet.variants)
VARIANTS = tuple(sorted(_HELD, key=lambda name: (_HELD[name], name)))
"""The variants, the smallest first: `matrix` for a mail, `audit` with what an auditor asks for and no more,
`print` with what goes on paper."""
PRINT = "print"
BEHIND = {PRINT: ("requirements", "processes", "documents", "soa", "obligations")}
"""Sheets that are in a variant unseen, since figures of others rest on them: no program prints them."""
TRANSITION = "transition"


def standards_of(variant: str, standards: Sequence[str]) -> tuple[str, ...]:
    """Give the standards (by key) about which the reports of a variant must be asked: a standard's key is one too.

    ValueError says what is wrong with the variant, and which there are.
    """
    if variant == TRANSITION:
        raise ValueError(
            "the variant transition sets two editions of one standard side by side, and there are only "
            f"{', '.join(standards)}; without a second edition in the mapping data it is not possible"
        )
    if variant in standards:
        return (variant,)
    known = (about.WORKBOOK, *VARIANTS)
    if variant and variant not in known:
        raise ValueError(f"there is no variant {variant!r}; choose from {', '.join((*known, *standards))}")
    return tuple(standards)


def sheets_of(variant: str, sheets: Sequence[str], *, named: bool = False) -> tuple[str, ...]:
    """Give those of some sheets that a variant holds; a standard alone holds all but those for paper.

    named: somebody asked for just these.
    """
    told = about.sheets()
    if variant not in VARIANTS:
        return tuple(kind for kind in sheets if named or told[kind].whole)
    return tuple(kind for kind in sheets if variant in told[kind].variants or kind in BEHIND.get(variant, ()))
