"""Whether a text is a formula as a workbook may hold it: one that is none makes Excel repair the whole file.

Only what can't be a formula is refused: a quotation mark, bracket or operand that is missing, or one too many. Names,
functions and what they are given are not looked at.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KEPT = re.compile(r"⟦[^⟦⟧]*⟧")
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<operand>"(?:[^"]|"")*"
      |\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!)
      |(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w$]))
    |(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)
    |(?P<name>[\w$\\?][\w.$\\?]*)
    |(?P<operator><=|>=|<>|[-+*/^&=<>:])
    |(?P<sign>[][(){},;%])""",
    re.VERBOSE,
)
_LONGEST = 32_767


@lru_cache(maxsize=20_000)
def is_formula(text: str) -> bool:
    """Tell whether a text that begins with = can be read as a formula."""
    if len(text) > _LONGEST:
        return False
    return _Reading(_KEPT.sub("A1", text.removeprefix("="))).is_whole()


class _Reading:
    """A formula under way."""

    def __init__(self, text: str) -> None:
        """Begin where an operand is needed."""
        self._text = text
        self._open: list[str] = []
        self._needs = True
        self._before = ""

    def is_whole(self) -> bool:
        """Read to the end."""
        place = 0
        while place < len(self._text):
            match = _TOKEN.match(self._text, place)
            if match is None:
                return False
            kind, token = match.lastgroup or "", match[0]
            place = match.end()
            if token == "[":
                end = self._bracketed(match.start())
                if end is None:
                    return False
                kind, place = "name" if self._before != "name" or self._needs else "columns", end
            if not self._takes(kind, token):
                return False
            self._before = token if kind == "sign" else kind
        return not self._open and not self._needs

    def _takes(self, kind: str, token: str) -> bool:
        if kind in ("space", "columns"):
            return True
        if kind in ("operand", "name"):
            return self._operand()
        if kind == "sheet":
            return self._needs or self._before in ("space", "name")
        if kind == "operator":
            fits = not self._needs or token in "+-"
            self._needs = True
            return fits
        return self._sign(token)

    def _operand(self) -> bool:
        # A blank between two references gives what they have in common; what stands before a name belongs to it.
        fits = self._needs or self._before in ("space", "sheet", "name")
        self._needs = False
        return fits

    def _sign(self, token: str) -> bool:
        if token == "(":
            is_call = not self._needs and self._before in ("name", ")")
            self._open.append("call" if is_call else "(")
            fits = self._needs or is_call or self._before == "space"
            self._needs = True
            return fits
        if token == "{":
            self._open.append("{")
            return self._needs
        if token == "%":
            return not self._needs
        inner = self._open[-1] if self._open else ""
        if token == ",":
            fits = inner == "call" or not self._needs
            self._needs = True
            return fits
        fits = not self._needs or (token == ")" and inner == "call")
        if token == ";":
            self._needs = True
            return fits and inner == "{"
        self._needs = False
        if self._open:
            self._open.pop()
        return fits and inner in (("{",) if token == "}" else ("call", "("))

    def _bracketed(self, start: int) -> int | None:
        """Give the end of what stands in brackets: columns of a table, or the number of another file."""
        depth, place = 0, start
        while place < len(self._text):
            sign = self._text[place]
            if sign == "'":
                place += 1
            depth += (sign == "[") - (sign == "]")
            place += 1
            if not depth:
                return place
        return None
