"""HTML from values: whatever is not markup already is escaped and made legible."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping

from imsmap.plain import is_legible, legible
from imsmap.report import Json

_EMPTY = frozenset({"input", "meta", "br", "img"})


class Markup(str):
    """Text that is HTML already, made by `element`; plain text never becomes this by itself."""

    __slots__ = ()


Child = str | None | Iterable["Child"]


def text(words: object) -> Markup:
    """Escape words, so that they show as they are, in text and in attributes."""
    return Markup(html.escape(legible(str(words)), quote=True))


def joined(children: Iterable[Child]) -> Markup:
    """Put parts one behind the other; text among them is escaped."""
    return Markup("".join(_given(child) for child in children))


def element(tag: str, *children: Child, **attributes: object) -> Markup:
    """Make an element; `class_` is class, `data_ref` is data-ref; true is a bare attribute, false and None are none."""
    given = "".join(_attribute(name, value) for name, value in attributes.items() if not _is_none(value))
    if tag in _EMPTY:
        return Markup(f"<{tag}{given}>")
    return Markup(f"<{tag}{given}>{joined(children)}</{tag}>")


def _is_none(value: object) -> bool:
    # 0 is equal to False, and yet a value.
    return value is None or value is False


def _attribute(name: str, value: object) -> str:
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(value)}"'


def _given(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return text(child)
    return joined(child)


# None of these can end the script element, begin another one or a comment, or end a line of JavaScript.
_SIGNS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


_ESCAPED = re.compile(r"\\[bfru]")
"""How JSON writes control characters, all but tabs and line breaks."""


def embedded(values: Json) -> Markup:
    """Write values as JSON that can stand inside a script element."""
    written = _json(values)
    # Nearly always all of it is legible, which shows sooner on the whole than on each of thousands of texts.
    if _ESCAPED.search(written) or not is_legible(written):
        written = _json(_legible(values))
    return Markup(written.translate(_SIGNS))


def _json(values: Json) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _legible(value: Json) -> Json:
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, Mapping):
        return {legible(key): _legible(part) for key, part in value.items()}
    if value is None or isinstance(value, int | float):
        return value
    return [_legible(part) for part in value]
