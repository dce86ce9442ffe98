"""What must hold of texts and names wherever they stand in the mapping data."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.library.load.tree import Path_, Tree
from imsmap.nearest import did_you_mean

MAX_TEXT = 500
FEW_WORDS = {"advice": 5, "short": 3, "gist": 8}
"""How many words there is room for where a text is shown."""
NO_SOURCE = frozenset(("?", "-", "–", "n/a", "na", "none", "tbd", "unknown", "no source"))


def check_texts(tree: Tree, path: Path_, texts: dict[str, str | None], *, may_be_empty: tuple[str, ...] = ()) -> None:
    """Find empty and overlong texts."""
    for name, text in texts.items():
        if text is None:
            continue
        if len(text) <= MAX_TEXT and name != "source" and not text.isspace() and text:
            continue  # nearly all
        if not text.strip() and name not in may_be_empty:
            tree.fault((*path, name), f"{name} is empty; fill it in or leave the key out")
        if name == "source" and text.strip().lower() in NO_SOURCE:
            tree.fault(
                (*path, name),
                f"source {text.strip()!r} names none; say where it comes from, or that it is recalled and not checked",
            )
        if len(text) > MAX_TEXT:
            tree.fault((*path, name), f"{name} has {len(text)} characters; say it in {MAX_TEXT} or fewer")


def check_few_words(tree: Tree, path: Path_, texts: dict[str, str]) -> None:
    """Find advice, short names and gists that are longer than there is room for."""
    for name, text in texts.items():
        if len(text.split()) > FEW_WORDS[name]:
            tree.fault((*path, name), f"{name} has at most {FEW_WORDS[name]} words; say it shorter")


def check_known(tree: Tree, path: Path_, word: str, known: Iterable[str]) -> None:
    """Find a word that is not among those that are known."""
    if word not in known:
        tree.fault(path, f"{path[-1]} {word!r} is not known; {did_you_mean(word, known)}")


def check_unique(tree: Tree, path: Path_, ids: list[tuple[str, str]]) -> None:
    """Find what is named twice in a list; of each entry its name, and the key under which it stands."""
    first: dict[str, int] = {}
    for index, (id_, name) in enumerate(ids):
        if id_ in first:
            line = tree.line((*path, first[id_], name))
            tree.fault((*path, index, name), f"{name} {id_!r} is here twice, first in line {line}; rename one")
        first.setdefault(id_, index)
