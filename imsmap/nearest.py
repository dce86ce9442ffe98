"""What somebody may have meant who wrote a word that is not known: one measure of nearness, one way to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_CUTOFF = 0.6
_LISTED = 40
_SHOWN = 6


def near(word: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Give the known words that are nearest to a word, the nearest first; small and capital letters count alike."""
    # Only needed once something is wrong, and it costs a start-up.
    import difflib

    names: dict[str, list[str]] = {}
    for name in known:
        names.setdefault(name.casefold(), []).append(name)
    close = difflib.get_close_matches(word.casefold(), list(names), most, _CUTOFF)
    return tuple(dict.fromkeys(name for found in close for name in names[found]))[:most]


def likeness(one: str, other: str) -> float:
    """Tell how much two texts say in the same words and order, from 0 to 1."""
    import difflib

    words = (one.casefold().split(), other.casefold().split())
    return difflib.SequenceMatcher(None, *words, autojunk=False).ratio()


def did_you_mean(
    word: str, known: Iterable[str], *, most: int = 3, quoted: bool = False, otherwise: str | None = None
) -> str:
    """Ask for the nearest known words; where none is near, name what is known, or say something else that helps.

    `quoted` puts the words into quotation marks, for keys of a file. Words in a sequence keep its order.
    """
    names = list(known) if isinstance(known, Sequence) else sorted(known)
    close = near(word, names, most)
    if close:
        return f"did you mean {' or '.join(repr(name) if quoted else name for name in close)}?"
    if otherwise is not None:
        return otherwise
    if not names:
        return "none is known"
    # A list of which nobody reads the end says no more than its beginning.
    shown = names if len(names) <= _LISTED else [*names[:_SHOWN], "..."]
    return f"there are {', '.join(shown)}" if len(names) > 1 else f"there is {names[0]}"
