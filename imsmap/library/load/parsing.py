"""YAML text into plain values with the line of every key and value, all scalars as text.

PyYAML's composer is recursive and its C form crashes the process on text nested very deep; the event stream is not.
One pass over the events builds the values, finds equal keys, and stops at what is too deep or not plain YAML.
"""

from __future__ import annotations

import yaml

from imsmap.errors import DataError, Problem
from imsmap.library.load.tree import Held, Tree

MAX_DEPTH = 20
LOADER: Held = getattr(yaml, "CLoader", yaml.Loader)  # the C parser where PyYAML was built with it


def parse(text: str, shown: str, *, until: str | None = None) -> Tree:
    """Build the tree of a YAML text; DataError if it is no plain mapping.

    until: stop at this key of the outermost mapping, so that a file's head is read without its body.
    """
    tree = Tree(shown)
    try:
        loader = LOADER(text)
        try:
            _build(tree, loader, until)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        words = " ".join(part for part in (error.context, error.problem) if part)
        raise DataError([Problem(shown, line, f"is not YAML here: {words}; mend the line or the one above")]) from None
    except yaml.YAMLError as error:
        words = str(error).splitlines()[0]
        at = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise DataError([Problem(shown, at, f"holds a character that YAML forbids ({words}); remove it")]) from None
    if not isinstance(tree.value, dict):
        raise DataError([Problem(shown, 1, "must be a mapping with keys such as `key:` and `clauses:`")])
    return tree


_UNTAGGED = (None, "!")


def _build(tree: Tree, loader: Held, until: str | None) -> None:
    """Fill the tree from the events of a loader, without recursion, and stop at a key of the outermost mapping."""
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends, over, next_event = (yaml.MappingEndEvent, yaml.SequenceEndEvent), yaml.StreamEndEvent, loader.get_event
    outer: list[Held] = []  # the dicts and lists around the innermost that is open, with the key that waits there
    top: Held = None  # the innermost
    here: dict[Held, int] = {}  # its lines
    key: str | None = None  # in it, the key that waits for its value
    documents = 0
    # Asking before each event whether there is one, as `yaml.parse` does, would take as long as the event.
    while (kind := type(event := next_event())) is not over:
        if kind is scalar or kind is mapping or kind is sequence:
            if event.anchor is not None or event.tag not in _UNTAGGED:
                raise _refused(tree, event, "uses an anchor or a tag (`&name`, `!tag`); write plain values")
            value: Held = event.value if kind is scalar else {} if kind is mapping else []
            if key is not None:
                # The key's own line stays: it is the better place to look at.
                top[key] = value
                key = None
            elif top is None:
                tree.value = value
            elif type(top) is list:
                here[len(top)] = event.start_mark.line + 1
                top.append(value)
            elif kind is not scalar:
                raise _refused(tree, event, "uses a list or mapping as a key; keys are words")
            elif value == until and len(outer) == 1:
                return
            else:
                key = value
                line = event.start_mark.line + 1
                if key in here:
                    tree.problems.append(_twice(tree.shown, line, key, here[key]))
                here[key] = line
            if kind is not scalar:
                if len(outer) >= MAX_DEPTH:
                    raise _refused(tree, event, f"is nested deeper than {MAX_DEPTH} levels; no mapping data is")
                outer.append((top, here))
                top = value
                here = tree.lines[id(value)] = {}
        elif kind in ends:
            top, here = outer.pop()
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _refused(tree, event, "holds a second document (`---`); put it into a file of its own")
        elif kind is yaml.AliasEvent:
            raise _refused(tree, event, "uses an alias (`*name`); write the value out")


def _twice(shown: str, line: int, key: str, first: int) -> Problem:
    return Problem(shown, line, f"the key {key!r} is here twice, first in line {first}; keep one")


def _refused(tree: Tree, event: Held, words: str) -> DataError:
    return DataError([*tree.problems, Problem(tree.shown, event.start_mark.line + 1, words)])
