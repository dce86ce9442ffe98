"""The questions: standards, show, overlap, matrix, documents."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli import asking
from imsmap.cli.asking import Output, answered, standards_argument


@click.command(epilog="\b\nExample:\n  imsmap standards --format json")
@answered()
def standards(mappings: Path | None, output: Output) -> None:
    """List the library: editions, status, leaf clauses, points, data version."""
    from imsmap.analyses import standards as analysis

    output.give(analysis.analyse(asking.graph(mappings), analysis.Question()))


@click.command(epilog="\b\nExamples:\n  imsmap show 9001:8.5.1\n  imsmap show ISO 14001:2015 6.1.2")
@click.argument("reference", nargs=-1, required=True, metavar="CLAUSE")
@answered()
def show(mappings: Path | None, output: Output, reference: tuple[str, ...]) -> None:
    """Show a clause: its points, documented information, counterparts, false friends."""
    from imsmap.analyses import show as analysis

    ref = asking.reference(" ".join(reference), mappings)
    output.give(analysis.analyse(asking.graph(mappings), analysis.Question(ref)))


@click.command(epilog="\b\nExample:\n  imsmap overlap 9001 14001 --format json")
@standards_argument(2, 2)
@answered()
def overlap(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """Say what two standards have in common: n of m both ways, and what is uncovered, by name."""
    from imsmap.analyses import overlap as analysis

    output.give(analysis.analyse(asking.graph(mappings, standards), analysis.Question(*standards)))


@click.command(epilog="\b\nExample:\n  imsmap matrix 9001 14001 -o matrix.xlsx")
@standards_argument(2)
@answered(workbook=True)
def matrix(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """Set standards side by side: a row for what belongs together; with -o x.xlsx as a workbook."""
    from imsmap.analyses import matrix as analysis

    graph = asking.graph(mappings, standards)
    if output.is_workbook:
        from imsmap.cli.deliverables import workbook

        output.save(workbook(graph, standards, sheets=("readme", "matrix", "overlap")))
    else:
        output.give(analysis.analyse(graph, analysis.Question(standards)))


@click.command(epilog="\b\nExample:\n  imsmap documents 9001 14001 -o documents.csv")
@standards_argument(1)
@answered()
def documents(mappings: Path | None, output: Output, standards: tuple[str, ...]) -> None:
    """List the documented information that standards ask for, each thing once."""
    from imsmap.analyses import documents as analysis

    output.give(analysis.analyse(asking.graph(mappings, standards), analysis.Question(standards)))
