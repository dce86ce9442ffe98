"""Relations as Markdown, to be read: a table for each two standards, with what is shared and what is not.

Each clause stands by its full reference before its title, so that `imsmap add` reads what `imsmap export` wrote.
"""

from __future__ import annotations

from collections.abc import Iterator

from imsmap import about, interchange
from imsmap.interchange import MARKDOWN_COLUMNS, MARKDOWN_NONE, Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import ALL_CLAUSES, Relation, split_ref
from imsmap.plain import legible_line, markdown, markdown_line, markdown_row

ABOUT = about.Format(suffix=".mapping.md", holds=("mappings",), name="markdown", place=270)


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write what is stated between the standards of a library; day: 2030-05-01."""
    parts = [
        f"# {markdown_line(interchange.title(graph))}",
        markdown_line(f"{interchange.ABOUT_RELATIONS} Mapping data {graph.library.version}, {day}."),
    ]
    for one, relations in interchange.sets(graph):
        names = [graph.standard(key).designation for key in (one.subject, one.object)]
        parts.append(f"## {markdown_line(' and '.join(names))}")
        parts.append("\n".join(_table(graph, names, relations)))
    if len(parts) == 2:
        parts.append(MARKDOWN_NONE)
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    ties = tuple(tie.ref for tie in interchange.ties(graph))
    told = (
        ("not written: which points say which core point; sssom, jsonld and oscal-mapping hold it", ties),
        *interchange.table_losses(graph),
    )
    return (*interchange.never_said(graph), *(Loss(words, names) for words, names in told if names))


def _table(graph: ClauseGraph, names: list[str], relations: tuple[Relation, ...]) -> Iterator[str]:
    heads = (names[0], MARKDOWN_COLUMNS[0], names[1], *MARKDOWN_COLUMNS[1:])
    yield markdown_row(map(markdown, heads))
    yield markdown_row("---:" if head in ("Strength", "Confidence") else "---" for head in heads)
    for relation in relations:
        one, other = (_side(graph, refs) for refs in (relation.subject, relation.object))
        cells = (
            "" if relation.strength is None else str(relation.strength), relation.shared, relation.differs,
            str(relation.confidence), relation.justification, relation.author, relation.source, relation.affirmed or "",
            relation.id.partition("#")[2],
        )  # fmt: skip
        yield markdown_row((one, relation.predicate, other, *(markdown(legible_line(cell)) for cell in cells)))


def _side(graph: ClauseGraph, refs: tuple[str, ...]) -> str:
    """Name clauses and points by their full references, each with the title of its clause."""
    said = []
    for ref in refs:
        whole = not split_ref(ref)[1]
        title = "all of it" if whole else graph.title(ref.partition("#")[0])
        said.append(f"`{ref}{ALL_CLAUSES if whole else ''}` {markdown(legible_line(title))}".strip())
    return "; ".join(said) + (" together" if len(refs) > 1 else "")
