"""`imsmap choose`: one standard, another, or both, and which first; asked in the terminal or answered in a file."""

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

FORM = "toml"
"""The form of the files of answers, by which one is told from a standard."""


@click.command(
    epilog="\b\nExamples:\n  imsmap choose --template choose.toml\n  imsmap choose choose.toml\n"
    "  imsmap choose 9001 45001 --template choose.toml",
)
@click.argument("words", nargs=-1, metavar="[FILE] [STANDARD STANDARD]", type=click.Path())
@click.option("--template", is_flag=True, help="Write FILE, to be filled in, and ask nothing.")
@click.option(
    "--save", metavar="FILE", type=click.Path(path_type=Path), help="Keep what was asked and answered in FILE."
)
@answered()
def choose(mappings: Path | None, output: Output, words: tuple[str, ...], template: bool, save: Path | None) -> None:
    """Decide which of two standards comes first, or both: gates, then criteria with weights.

    The two are those named, else those of FILE, of the client's project (its first two), or ISO 9001 and ISO 14001.
    Answers come from FILE (see --template); without one, in a client's project, from its choose.toml and its sheet
    Decision; else they are asked for, one by one, and in a project kept there. What you do not know stays unknown and
    is never counted as zero.
    """
    from imsmap.api import ask
    from imsmap.api.deciding import Case, between, read_case, to_toml

    criteria = asking.criteria(mappings)
    file, named = _taken_apart(words, mappings)
    pair = _pair(named, criteria, mappings) if named else ()
    mine = of_project(mappings, criteria)
    if template:
        content = to_toml(Case(criteria=between(criteria, pair or mine))).encode()
        if file is None:
            answer(content)
        else:
            put(file, content)
        return
    case = read_case(file, criteria) if file is not None else _of_project(criteria, pair, mine)
    if case is None:
        case = _asked(between(criteria, pair or mine))
        save = save or _keep(case, mine)
    elif pair and {*pair} != {*case.sides}:
        weighed = " against ".join(case.candidates)
        raise click.UsageError(f"{file} weighs {weighed}; name no others, or take a file for those two (--template)")
    if save is not None:
        put(save, to_toml(case).encode())
    standards = named or keys(mappings, case, output.date)
    newer = _newer(mappings, standards)
    graph = asking.graph(mappings, (*standards, *newer))
    if output.is_workbook:
        from imsmap.api import deliverables
        from imsmap.api.answers import Answers

        reports = Answers(graph, standards, case, lambda: asking.editions(mappings, standards), newer=newer)
        output.save(deliverables.workbook(reports, date=output.date, sheets=("decision",)))
    else:
        output.give(ask(graph, "choose", standards=standards, case=case, today=output.date, newer=newer))


def _taken_apart(words: tuple[str, ...], mappings: Path | None) -> tuple[Path | None, tuple[str, ...]]:
    """Tell the file from the standards, and give the keys of these."""
    # Some put commas between the names, as in a sentence.
    told = [one for word in words for part in ([word] if _is_file(word) else word.split(",")) if (one := part.strip())]
    files = [word for word in told if _is_file(word)]
    names = tuple(word for word in told if not _is_file(word))
    if len(files) > 1:
        raise click.UsageError(f"{files[0]} and {files[1]} are two files; give one")
    if names and len(names) != 2:
        raise click.UsageError(
            f"{', '.join(names)}: choose weighs one standard against another; name two, as in imsmap choose 9001 45001"
        )
    return (Path(files[0]) if files else None), asking.resolve(names, mappings)


def _is_file(word: str) -> bool:
    """Tell whether a word is meant for a file: there is one, or it looks like its name and not like a standard's."""
    path = Path(word)
    named = path.suffix.lower() == f".{FORM}" or "/" in word or path.name != word
    return named or path.is_file() or not any(letter.isdigit() for letter in word)


def _pair(named: tuple[str, ...], criteria: tuple[Criterion, ...], mappings: Path | None) -> tuple[str, ...]:
    """Give the two standards by their numbers; whoever names others is told which can be weighed."""
    from imsmap.api.deciding import candidates, cannot_weigh, weighed

    heads = {head.key: head for head in asking.heads(mappings)}
    meant, known = [heads[key] for key in named], candidates(criteria)
    if len({head.series for head in meant}) == 1:
        one, other = (head.designation for head in meant)
        raise click.UsageError(f"{one} and {other} are editions of one standard; imsmap transition compares those")
    found = weighed(meant, known)
    if len(found) != len(meant):
        names = [head.designation for head in meant if head.key not in found.values()]
        raise click.UsageError(cannot_weigh(names, known))
    return tuple(found)


def keys(mappings: Path | None, case: Case, today: datetime.date) -> tuple[str, ...]:
    """Give the editions that may be weighed: all that the project has, else the default ones; the answer names them."""
    from imsmap.api.deciding import editions_held
    from imsmap.api.library import standard_key

    known = {head.key: head for head in asking.heads(mappings)}
    ours = projects.standards(projects.here(), mappings) if projects.find() is not None else ()
    held = editions_held([known[key] for key in ours], case.candidates, today)
    return tuple(
        key
        for side, one in case.candidates.items()
        for key in held.get(side) or (standard_key(one.name, tuple(known.values())).key,)
    )


def weighs(case: Case, standards: tuple[str, ...], mappings: Path | None) -> bool:
    """Tell whether both standards that a case weighs are among these."""
    from imsmap.api.deciding import weighed

    known = {head.key: head for head in asking.heads(mappings)}
    return len(weighed([known[key] for key in standards], case.candidates)) == len(case.candidates)


def _newer(mappings: Path | None, standards: tuple[str, ...]) -> tuple[str, ...]:
    """Give the editions that revise these: the answer may name one of them to aim at, and then counts on it.

    A client's project has its own editions, and is told of theirs.
    """
    if projects.find() is not None:
        return ()
    newer = (head.key for head in asking.heads(mappings) if head.revises in standards)
    return tuple(key for key in newer if key not in standards)


def of_project(mappings: Path | None, criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    """Give the first two standards of the client's project that can be weighed; none without two of them."""
    from imsmap.api.deciding import candidates, weighed

    if projects.find() is None:
        return ()
    known = {head.key: head for head in asking.heads(mappings)}
    found = tuple(weighed([known[key] for key in asking.of_project(mappings)], candidates(criteria)))
    return found[:2] if len(found) >= 2 else ()


def _of_project(criteria: tuple[Criterion, ...], pair: tuple[str, ...], mine: tuple[str, ...]) -> Case | None:
    """Give what the client's project knows of a pair, and say where it stands; nothing outside of one, or of others."""
    from imsmap.client import deciding, register

    root = projects.find()
    if root is None:
        return None
    case = deciding.case_in(root, register.read(root).cells, criteria, mine)
    if case.is_empty or (pair and {*pair} != {*case.sides}):
        return None
    there = (root / deciding.FILE).is_file()
    file = f"its {deciding.FILE}" if there else "no file"
    say(
        f"the answers are the project's, from {file} and the sheet Decision of the workbook; to change them, edit "
        + (f"{root / deciding.FILE}" if there else "that sheet and import it")
    )
    return case


def _keep(case: Case, mine: tuple[str, ...]) -> Path | None:
    """Give the file that keeps what was answered: the project's for its own two, else one that is asked for."""
    from imsmap.client import deciding

    root, default = projects.find(), deciding.FILE
    if root is not None and mine and {*mine} != {*case.sides}:
        default = f"choose-{'-'.join(case.sides)}.toml"
    elif root is not None:
        say("the answers are kept in the project, where imsmap brief and imsmap build find them")
        return root / deciding.FILE
    try:
        named = click.prompt("Keep the answers in this file (- for: do not)", default=default, err=True).strip()
    except click.Abort:
        named = "-"
    if named in ("-", ""):
        say(f"the answers are not kept; --save {default} would have done it")
        return None
    return Path(named)


# --- asked one by one ------------------------------------------------------------------------------------------------


def _asked(criteria: tuple[Criterion, ...]) -> Case:
    """Ask for gates, certificates, scores with evidence, and weights."""
    from imsmap.api.deciding import CAPACITY, MOST_SCORE, MOST_WEIGHT, WEIGHT, Case, Given, candidates, weighable

    known = candidates(criteria)
    say("First what obliges, then what weighs. Enter alone means: no, or not known. Ctrl+C stops; nothing is kept.")
    gates = _gates(tuple(known))
    held = tuple(one for one in (_held(side, told.name) for side, told in known.items()) if one is not None)
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


def _gates(sides: tuple[str, ...]) -> tuple[Gate, ...]:
    from imsmap.api.deciding import BOTH, KINDS, UNKNOWN, Gate

    gates = []
    for kind, words in KINDS.items():
        if click.confirm(f"Does {words} ask for a certificate?", default=False, err=True):
            names = _choice("Which", [*sides, BOTH, UNKNOWN], UNKNOWN)
            gates.append(Gate(kind, names, _date("By when"), _line("Evidence: which paper says so")))
    return tuple(gates)


def _held(side: str, name: str) -> Certificate | None:
    from imsmap.api.deciding import Certificate

    if not click.confirm(f"Is a certificate for {name} held?", default=False, err=True):
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
