"""`imsmap choose`: ISO 9001, ISO 14001, or both, and which first; asked in the terminal or answered in a file."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, projects
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

    Answers come from FILE (see --template); without one, in a client's project, from its choose.toml and its sheet
    Decision; else they are asked for, one by one, and in a project kept there. What you do not know stays unknown and
    is never counted as zero.
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
    case = read_case(file, criteria) if file is not None else of_project(criteria)
    if case is None:
        case = _asked(criteria)
        save = save or _keep()
    if save is not None:
        put(save, to_toml(case).encode())
    standards = _with_newer(mappings, keys(mappings))
    graph = asking.graph(mappings, standards)
    if output.is_workbook:
        from imsmap.api import deliverables
        from imsmap.api.answers import Answers

        reports = Answers(graph, standards, case, lambda: asking.editions(mappings, standards))
        output.save(deliverables.workbook(reports, date=output.date, sheets=("decision",)))
    else:
        output.give(ask(graph, "choose", standards=standards, case=case, today=output.date))


def keys(mappings: Path | None) -> tuple[str, ...]:
    """Give the editions that are weighed: the project's, else the default ones; the answer names them."""
    from imsmap.api.library import standard_key

    known = {head.key: head for head in asking.heads(mappings)}
    ours = projects.standards(projects.here(), mappings) if projects.find() is not None else ()
    found = []
    for text in STANDARDS:
        default = standard_key(text, tuple(known.values())).key
        series = known[default].series
        found.append(next((key for key in ours if known[key].series == series), default))
    return tuple(found)


def _with_newer(mappings: Path | None, standards: tuple[str, ...]) -> tuple[str, ...]:
    """Add the editions that revise these: the answer may name one of them to aim at, and then counts on it.

    A client's project has its own editions, and is told of theirs.
    """
    if projects.find() is not None:
        return standards
    return (*standards, *(head.key for head in asking.heads(mappings) if head.revises in standards))


def of_project(criteria: tuple[Criterion, ...]) -> Case | None:
    """Give what the client's project knows, and say where it stands; nothing outside of one, or if it knows nothing."""
    from imsmap.api.deciding import Case
    from imsmap.client import deciding, register

    root = projects.find()
    if root is None:
        return None
    case = deciding.case_in(root, register.read(root).cells, criteria)
    if case in (Case(), Case(criteria=criteria)):
        return None
    there = (root / deciding.FILE).is_file()
    file = f"its {deciding.FILE}" if there else "no file"
    say(
        f"the answers are the project's, from {file} and the sheet Decision of the workbook; to change them, edit "
        + (f"{root / deciding.FILE}" if there else "that sheet and import it")
    )
    return case


def _keep() -> Path | None:
    """Give the file that keeps what was answered: the project's, else one that is asked for."""
    from imsmap.client import deciding

    root = projects.find()
    if root is not None:
        say("the answers are kept in the project, where imsmap brief and imsmap build find them")
        return root / deciding.FILE
    try:
        named = click.prompt("Keep the answers in this file (- for: do not)", default=deciding.FILE, err=True).strip()
    except click.Abort:
        named = "-"
    if named in ("-", ""):
        say(f"the answers are not kept; --save {deciding.FILE} would have done it")
        return None
    return Path(named)


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
