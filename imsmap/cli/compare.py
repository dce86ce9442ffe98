"""`imsmap compare` and `imsmap family`: what standards are for, side by side, and which belong together."""

from __future__ import annotations

import re
from pathlib import Path

import click

from imsmap.cli import asking
from imsmap.cli.asking import Output, answered
from imsmap.cli.speech import say

_FAMILY = re.compile(r"(?:iso)?[\s-]*([0-9]+)", re.IGNORECASE)


def with_families(texts: tuple[str, ...], mappings: Path | None) -> tuple[str, ...]:
    """Turn what was typed into keys of standards; a family stands for the standard in it that has requirements."""
    known = asking.heads(mappings)
    families = {head.family: head.series for head in known if head.family}
    numbers = {head.series.split()[-1] for head in known}
    named = []
    for text in texts:
        match = _FAMILY.fullmatch(text.strip())
        number = match[1] if match else ""
        if number in families and number not in numbers:
            say(f"ISO {number} is a family; its standard with requirements, {families[number]}, is taken for it")
            text = families[number]
        named.append(text)
    return asking.resolve(tuple(named), mappings)


@click.command(
    epilog="\b\nExamples:\n  imsmap compare 9000 14000\n  imsmap compare 9001 14001 -o compare.md",
)
@click.argument("standards", nargs=-1, required=True, metavar="STANDARD...")
@answered()
def compare(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """Set standards side by side: purpose, who benefits, what they ask, what is certified, what only each has.

    The name of a family (9000, 14000) stands for its standard with requirements.
    """
    from imsmap.api import ask

    if len(standards) < 2:
        raise click.UsageError("name at least 2 standards or families, such as: imsmap compare 9000 14000")
    keys = with_families(standards, mappings)
    output.give(ask(asking.graph(mappings, keys), "compare", standards=keys))


@click.command(epilog="\b\nExample:\n  imsmap family 9000")
@click.argument("number", metavar="FAMILY")
@answered()
def family(mappings: Path | None, output: Output, number: str) -> None:
    """List the members of a family of standards: what they are for, and which one is certifiable."""
    from imsmap.api import ask

    match = _FAMILY.fullmatch(number.strip())
    output.give(ask(asking.graph(mappings), "family", number=match[1] if match else number))
