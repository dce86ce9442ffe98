"""`imsmap choose`: ISO 9001, ISO 14001, or both, and which first; asked in the terminal or answered in a file."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking
from imsmap.cli.asking import Output, answered, put
from imsmap.cli.speech import answer, say

if TYPE_CHECKING:
    from imsmap.api.deciding import Case, Certificate, Gate, Given
    from imsmap.api.library import Criterion

STANDARDS = ("iso9001", "iso14001")


@click.command(
    epilog="\b\nExamples:\n  imsmap choose --template choose.toml\n  imsmap choose choose.toml",
)
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path))
@click.option("--template", is_flag=True, help="Write FILE, to be filled in, and ask nothing.")
@click.option(
    "--save", metavar="FILE", type=click.Path(path_type=Path), help="Keep what was asked and answered in FILE."
)
@answered()
def choose(mappings: Path | None, output: Output, file: Path | None, template: bool, save: Path | None) -> None:
    """Decide whether ISO 9001 or ISO 14001 comes first, or both: gates, then criteria with weights.

    Answers come from FILE (see --template); without one they are asked for, one by one. What you do not know stays
    unknown and is never counted as zero.
    """
    from imsmap.api import ask
    from imsmap.api.deciding import Case, read_case, to_toml

    criteria = asking.criteria(mappings)
    if template:
        content = to_toml(Case(criteria=criteria)).encode()
        if file is None:
            answer(content)
        else:
            put(file, content)
        return
    case = read_case(file, criteria) if file is not None else _asked(criteria)
    if save is not None:
        put(save, to_toml(case).encode())
    graph, standards = asking.graph(mappings, keys(mappings)), keys(mappings, quiet=True)
    if output.is_workbook:
        from imsmap.api import deliverables
        from imsmap.api.answers import Answers

        reports = Answers(graph, standards, case)
        output.save(deliverables.workbook(reports, date=output.date, sheets=("decision",)))
    else:
        output.give(ask(graph, "choose", standards=standards, case=case, today=output.date))


def keys(mappings: Path | None, quiet: bool = False) -> tuple[str, ...]:
    """Give the editions that are weighed, the newest whose data are sure; say which on stderr, once."""
    from imsmap.api.library import standard_key

    if quiet:
        known = asking.heads(mappings)
        return tuple(standard_key(text, known).key for text in STANDARDS)
    return asking.resolve(STANDARDS, mappings)


# --- asked one by one ------------------------------------------------------------------------------------------------


def _asked(criteria: tuple[Criterion, ...]) -> Case:
    """Ask for gates, certificates, scores with evidence, and weights."""
    from imsmap.api.deciding import CAPACITY, MOST_SCORE, MOST_WEIGHT, SIDES, WEIGHT, Case, Given, weighable

    say("First what obliges, then what weighs. Enter alone means: no, or not known. Ctrl+C stops; nothing is kept.")
    gates = _gates()
    held = tuple(one for one in (_held(side) for side in SIDES) if one is not None)
    given: dict[str, Given] = {}
    for criterion in criteria:
        click.echo(f"\n{criterion.question}\n0 = {criterion.least}; {MOST_SCORE} = {criterion.most}", err=True)
        score = _number(f"Score, 0 to {MOST_SCORE}", MOST_SCORE, "unknown")
        evidence = "" if score is None else _line("Evidence")
        given[criterion.id] = Given(score, WEIGHT, evidence)
    while True:
        told = ", ".join(f"{name} {one.weight}" for name, one in given.items() if name != CAPACITY)
        click.echo(f"\nThe weights, 0 to {MOST_WEIGHT}: {told}", err=True)
        id_ = _choice("Change the weight of", [one.id for one in criteria if one.side is not None], "")
        if not id_:
            break
        weight = _number("Weight", MOST_WEIGHT, str(given[id_].weight))
        changed = {
            **given,
            id_: Given(given[id_].score, given[id_].weight if weight is None else weight, given[id_].evidence),
        }
        if weighable(Case(given=changed, criteria=criteria)):
            given = changed
        else:
            say("that would leave one standard without any weight; kept as it was")
    return Case(gates, held, given, criteria=criteria)


def _gates() -> tuple[Gate, ...]:
    from imsmap.api.deciding import BOTH, KINDS, SIDES, UNKNOWN, Gate

    gates = []
    for kind, words in KINDS.items():
        if click.confirm(f"Does {words} ask for a certificate?", default=False, err=True):
            names = _choice("Which", [*SIDES, BOTH, UNKNOWN], UNKNOWN)
            gates.append(Gate(kind, names, _date("By when"), _line("Evidence: which paper says so")))
    return tuple(gates)


def _held(side: str) -> Certificate | None:
    from imsmap.api.deciding import Certificate

    if not click.confirm(f"Is a certificate for ISO {side} held?", default=False, err=True):
        return None
    return Certificate(side, _line("Edition"), _date("Until when"), _line("Evidence: its number"))


def _line(words: str) -> str:
    found: str = click.prompt(words, default="", show_default=False, err=True)
    return found.strip()


def _choice(words: str, known: list[str], default: str) -> str:
    while True:
        found = click.prompt(
            f"{words} ({', '.join(known)})", default=default, show_default=bool(default), err=True
        ).strip()
        if found in known or found == default:
            return str(found)
        from imsmap.nearest import did_you_mean

        say(f"{found} is none of them; {did_you_mean(found, known)}")


def _number(words: str, most: int, default: str) -> int | None:
    """Ask for a whole number; nothing if the default is taken."""
    while True:
        found = click.prompt(words, default=default, err=True).strip()
        if found == default or found == "?":
            return None
        if found.isascii() and found.isdigit() and int(found) <= most:
            return int(found)
        say(f"{found} is no whole number from 0 to {most}")


def _date(words: str) -> datetime.date | None:
    while True:
        found = click.prompt(f"{words} (YYYY-MM-DD)", default="unknown", err=True).strip()
        if found in ("unknown", "?"):
            return None
        try:
            return datetime.date.fromisoformat(found)
        except ValueError:
            say(f"{found} is no date such as 2027-03-31")
