"""Where a document lies, as people write it: which words are an address or a path, and what a link to it is."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ADDRESS = re.compile(r"(?:https?|ftp|file|mailto|sftp):\S+", re.IGNORECASE)
_WWW = re.compile(r"www\.\S+\.\S+", re.IGNORECASE)
_PATH = re.compile(
    r"(?:[A-Za-z]:[\\/]|\\\\|\.{0,2}/)?[^:*?\"<>|\r\n]*(?:[\\/][^:*?\"<>|\r\n]*|\.[A-Za-z][A-Za-z0-9]{1,4})"
)
_ROOTED = re.compile(r"[A-Za-z]:[\\/]|\\\\|/")


def address(words: str, home: str = "") -> str:
    """Give the address to which words lead, nothing if they are none; home: the folder of a path without a root."""
    text = words.strip()
    if _ADDRESS.fullmatch(text):
        return text
    if _WWW.fullmatch(text):
        return f"https://{text}"
    if not _PATH.fullmatch(text) or not text.isprintable():
        return ""
    if _ROOTED.match(text):
        return f"file:///{text}" if text[1:2] == ":" else text
    return f"{home}{text}".replace("\\", "/")


def is_of(link: str, words: str) -> bool:
    """Tell whether a link leads just where the words of its cell say, however a program wrote it."""
    said = address(words)
    return bool(said) and _bare(link).endswith(_bare(said))


def _bare(text: str) -> str:
    return unquote(text).replace("\\", "/").removeprefix("file:///").lstrip("./").rstrip("/").casefold()
