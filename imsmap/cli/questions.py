"""The questions, each as a command: what to ask about, and where the answer goes."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli import asking
from imsmap.cli.asking import Output, answered, standards_argument


@click.command(short_help="What the library holds", epilog="\b\nExample:\n  imsmap standards --format json")
@answered()
def standards(mappings: Path | None, output: Output) -> None:
    """List the library: editions, status, leaf clauses, points, data version."""
    from imsmap.analyses import standards as analysis

    output.give(analysis.analyse(asking.graph(mappings), analysis.Question()))


@click.command(
    short_help="One clause and its counterparts",
    epilog="\b\nExamples:\n  imsmap show 9001:8.5.1\n  imsmap show ISO 14001:2015 6.1.2",
)
@click.argument("reference", nargs=-1, required=True, metavar="CLAUSE")
@answered()
def show(mappings: Path | None, output: Output, reference: tuple[str, ...]) -> None:
    """Show a clause: its points, documented information, counterparts, false friends."""
    from imsmap.analyses import show as analysis

    graph = asking.graph(mappings)
    clause, _, point = asking.existing(graph, asking.reference(" ".join(reference), mappings)).partition("#")
    output.give(analysis.analyse(graph, analysis.Question(clause, point or None)))


@click.command(
    short_help="What standards have in common, and what not",
    epilog="\b\nExample:\n  imsmap overlap 9001 14001 --format json",
)
@standards_argument(2)
@answered()
def overlap(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """Say what standards have in common: n of m both ways, and what is uncovered, by name.

    With three and more, also what all of them hold of the common core, what some hold, and what each adds.
    """
    from imsmap.analyses import overlap as analysis

    first, second, *more = standards
    output.give(
        analysis.analyse(asking.graph(mappings, standards, guides=False), analysis.Question(first, second, tuple(more)))
    )


@click.command(
    short_help="Standards side by side; a workbook or a page, too",
    epilog="\b\nExamples:\n  imsmap matrix 9001 14001 -o matrix.xlsx\n  imsmap matrix 9001 14001 -o page.html",
)
@standards_argument(2)
@answered(page=True)
def matrix(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """Set standards side by side: a row for what belongs together.

    With -o x.xlsx as a workbook, with -o x.html as a page to explore in a browser.
    """
    from imsmap.cli import deliverables

    reports = deliverables.Reports(asking.graph(mappings, standards), standards)
    if output.is_workbook:
        output.save(deliverables.workbook(reports, date=output.date, sheets=("readme", "matrix", "overlap")))
    elif output.is_page:
        output.save(deliverables.webpage(reports, date=output.date))
    else:
        output.give(reports["matrix"])


@click.command(
    short_help="Documented information, each thing once",
    epilog="\b\nExample:\n  imsmap documents 9001 14001 -o documents.csv",
)
@standards_argument(1)
@answered()
def documents(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """List the documented information that standards ask for, each thing once."""
    from imsmap.analyses import documents as analysis

    output.give(analysis.analyse(asking.graph(mappings, standards), analysis.Question(standards)))


@click.command(
    short_help="What is still to do, point by point",
    epilog="\b\nExample:\n  imsmap gap --have 9001 --want 14001 --table work -o work.csv",
)
@click.option(
    "--have", "have", multiple=True, required=True, metavar="STANDARD", help="What is in place; may be repeated."
)
@click.option("--want", required=True, metavar="STANDARD", help="What is wanted.")
@answered()
def gap(mappings: Path | None, output: Output, have: tuple[str, ...], want: str) -> None:
    """Say what is still to do for a standard, point by point, when others are in place."""
    from imsmap.analyses import gap as analysis

    *had, wanted = asking.resolve((*have, want), mappings)
    output.give(analysis.analyse(asking.graph(mappings, (*had, wanted)), analysis.Question(tuple(had), wanted)))


@click.command(short_help="Misleading numbers, hidden counterparts", epilog="\b\nExample:\n  imsmap friends 9001 14001")
@standards_argument(2)
@answered()
def friends(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """Name false friends (same number, different duty) and hidden ones (different number, same duty)."""
    from imsmap.analyses import friends as analysis

    output.give(analysis.analyse(asking.graph(mappings, standards), analysis.Question(standards)))


@click.command(short_help="Why two clauses belong together", epilog="\b\nExample:\n  imsmap explain 9001:8.4 14001:8.1")
@click.argument("subject", metavar="CLAUSE")
@click.argument("object_", metavar="CLAUSE")
@answered()
def explain(mappings: Path | None, output: Output, subject: str, object_: str) -> None:
    """Say why two clauses or points belong together, or why nothing is known."""
    from imsmap.analyses import explain as analysis

    graph = asking.graph(mappings)
    first, second = (asking.existing(graph, asking.reference(text, mappings)) for text in (subject, object_))
    output.give(analysis.analyse(graph, analysis.Question(first, second)))


@click.command(
    short_help="Standards against the common core and each other", epilog="\b\nExample:\n  imsmap coverage 9001 14001"
)
@standards_argument(1)
@answered()
def coverage(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """Measure standards against the common core, and against each other."""
    from imsmap.analyses import coverage as analysis

    output.give(analysis.analyse(asking.graph(mappings, standards), analysis.Question(standards)))
