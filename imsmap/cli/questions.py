"""The questions, each as a command: made from what it says about itself, or written here where it takes more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from imsmap.api import about
from imsmap.cli import asking, projects
from imsmap.cli.asking import Output, answered, standards_argument
from imsmap.cli.speech import later


def asking_command(name: str, question: about.Question) -> click.Command:
    """Make the command of a question that takes standards, clauses or nothing."""

    def put_to(mappings: Path | None, output: Output, **typed: Any) -> None:
        from imsmap.api import ask

        standards: tuple[str, ...] | None = typed.get("standards")
        if standards is not None and question.takes == "editions":
            graph = asking.editions(mappings, standards)
        else:
            graph = asking.graph(mappings, standards, guides=question.guides)
        words: dict[str, Any] = {} if standards is None else {"standards": standards}
        for field in ("clause", "subject", "object"):
            if field in typed:
                words[field] = asking.clause(typed[field], graph, mappings)
        output.give(ask(graph, name, **words))

    taken = {
        "standards": (standards_argument(question.least),),
        "editions": (standards_argument(question.least),),
        "clause": (click.argument("clause", metavar="CLAUSE"),),
        "clauses": (click.argument("object", metavar="CLAUSE"), click.argument("subject", metavar="CLAUSE")),
        "nothing": (),
    }[question.takes]
    made = answered()(put_to)
    for argument in taken:
        made = argument(made)
    word = name.replace("_", "-")
    epilog = f"\b\nExample:\n  imsmap {word} {question.example}" if question.example else None
    made.__doc__ = question.text
    return click.command(word, short_help=question.short, epilog=epilog)(made)


@click.command(
    epilog="\b\nExamples:\n  imsmap show 9001:8.5.1\n  imsmap show ISO 14001:2015 6.1.2\n  imsmap show 8.2",
)
@click.argument("reference", nargs=-1, required=True, metavar="CLAUSE")
@click.option("--text", "with_text", is_flag=True, help="Also the text of the project's licensed copy (imsmap text).")
@answered()
def show(mappings: Path | None, output: Output, reference: tuple[str, ...], with_text: bool) -> None:
    """Show a clause: its points, documented information, counterparts, false friends.

    A number alone, such as 8.2, is shown in every standard of the library, with a warning where it misleads.
    """
    from imsmap.api import ask
    from imsmap.api.library import alone, related

    texts = _texts(output) if with_text else {}
    if (number := asking.bare_number(reference)) is not None:
        if with_text:
            raise click.UsageError(f"--text needs a standard: imsmap show 9001:{number} --text")
        output.give(
            ask(asking.graph(mappings, guides=False), "number", number=number, first=asking.of_project(mappings))
        )
        return
    found = asking.citations(" ".join(reference), mappings)
    roots = asking.roots(mappings)
    named = alone(roots, found.standards)
    refs = asking.clauses(found, named)
    if len(refs) > 1 and not output.takes_many:
        raise click.UsageError(f"{len(refs)} clauses are named; a file and JSON hold one of them")
    for ref in refs:
        key, clause, point = ref.partition(":")[0], *ref.partition("#")[::2]
        cores = named.core_ids(leaf.ref for leaf in named.leaves_under(clause))
        graph = asking.graph(mappings, related(roots, key, cores), guides=False)
        shown = {"clause": clause, "point": point or None, "first": asking.of_project(mappings), "texts": texts}
        if texts and not any(leaf.ref in texts for leaf in (graph.clause(clause), *graph.leaves_under(clause))):
            later(f"the licensed copy has no text of {graph.label(clause)}")
        output.give(ask(graph, "show", **shown))


def _texts(output: Output) -> dict[str, str]:
    """Give the project's licensed text by clause; it goes to the terminal and into no file."""
    from imsmap.cli.licensed import texts

    if output.path is not None or output.form != "table":
        raise click.UsageError("--text shows licensed text here, and writes it nowhere; leave -o and --format out")
    projects.here()
    found = {f"{one.standard}:{number}": said for one in texts() for number, said in one.clauses.items()}
    if not found:
        raise click.UsageError("no licensed text is kept in this project; imsmap text add FILE takes one in")
    return found


@click.command(
    epilog="\b\nExamples:\n  imsmap find calibration\n  imsmap find supplier -o supplier.xlsx",
)
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@answered()
def find(mappings: Path | None, output: Output, words: tuple[str, ...]) -> None:
    """Find the clauses and points that speak of something, in every standard of the library, the strongest first.

    Usual words find those of the standards, too: supplier finds external provider, training finds competence.
    """
    from imsmap.api import ask

    if (number := asking.bare_number(words)) is not None:
        raise click.UsageError(f"{number} is the number of a clause; imsmap show {number} shows it in every standard")
    output.give(ask(asking.graph(mappings), "find", word=" ".join(words), first=asking.of_project(mappings)))


@click.command(
    epilog="\b\nExamples:\n  imsmap matrix 9001 14001 -o matrix.xlsx\n  imsmap matrix 9001 14001 -o page.html",
)
@standards_argument(2)
@click.option("--standards-only", is_flag=True, help="Clauses alone, and not what is shared and what each adds.")
@answered(page=True)
def matrix(mappings: Path | None, output: Output, standards: tuple[str, ...], standards_only: bool) -> None:
    """Set standards side by side: a row for what belongs together.

    With -o x.xlsx as a workbook, with -o x.html as a page to explore in a browser. With many standards --standards-only
    keeps it small: where each of them speaks of a topic.
    """
    from imsmap.api import Answers, export

    reports = Answers(
        asking.graph(mappings, standards), standards, editions=lambda: asking.editions(mappings, standards)
    )
    if output.is_workbook:
        summary = ("topics",) if len(standards) >= about.sheets()["topics"].least and not standards_only else ()
        sheets = ("readme", *summary, "matrix", "overlap")
        output.save(export(reports, "workbook", date=output.date, sheets=sheets, standards_only=standards_only))
    elif standards_only:
        if output.is_page:
            raise click.UsageError("the page folds by itself; leave --standards-only out")
        output.give(reports.matrix_of_clauses)
    elif output.is_page:
        output.save(export(reports, "page", date=output.date))
    else:
        output.give(reports["matrix"])


@click.command(
    epilog="\b\nExample:\n  imsmap gap --have 9001 --want 14001 --table work -o work.csv",
)
@click.option(
    "--have", "have", multiple=True, required=True, metavar="STANDARD", help="What is in place; may be repeated."
)
@click.option("--want", required=True, metavar="STANDARD", help="What is wanted.")
@answered()
def gap(mappings: Path | None, output: Output, have: tuple[str, ...], want: str) -> None:
    """Say what is still to do for a standard, point by point, when others are in place."""
    from imsmap.api import ask

    *had, wanted = asking.resolve((*have, want), mappings)
    output.give(ask(asking.graph(mappings, (*had, wanted)), "gap", have=tuple(had), want=wanted))
