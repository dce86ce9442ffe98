"""Relations as Markdown, to be read: a table for each two standards, with what is shared and what is not."""

from __future__ import annotations

from collections.abc import Iterator

from imsmap import about, interchange
from imsmap.interchange import MARKDOWN_COLUMNS, Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Relation, split_ref
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
        parts.append("Nothing is stated between them.")
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    stated = tuple(relation.id for relation in interchange.stated(graph))
    ties = tuple(tie.ref for tie in interchange.ties(graph))
    told = (
        ("written to be read: it does not come back in, and names no justification, author, source", stated),
        ("not written: which points say which core point", ties),
        (
            "mapping sets say whether all was looked at; the tables do not",
            tuple(o.name for o, _ in interchange.sets(graph)),
        ),
    )
    return (*interchange.never_said(graph), *(Loss(words, names) for words, names in told if names))


def _table(graph: ClauseGraph, names: list[str], relations: tuple[Relation, ...]) -> Iterator[str]:
    heads = (names[0], MARKDOWN_COLUMNS[0], names[1], *MARKDOWN_COLUMNS[1:])
    yield markdown_row(heads)
    yield markdown_row("---:" if head in ("Strength", "Confidence") else "---" for head in heads)
    for relation in relations:
        one, other = (_side(graph, refs) for refs in (relation.subject, relation.object))
        cells = (
            one, relation.predicate, other, "" if relation.strength is None else str(relation.strength),
            relation.shared, relation.differs, f"{relation.confidence:g}",
        )  # fmt: skip
        yield markdown_row(markdown(legible_line(cell)) for cell in cells)


def _side(graph: ClauseGraph, refs: tuple[str, ...]) -> str:
    """Name clauses and points by their numbers; whose they are stands above the column."""
    said = []
    for ref in refs:
        _, number, point = split_ref(ref)
        title = graph.title(ref.partition("#")[0]) if number else ""
        said.append(f"{number or 'all of it'}{f' ({point})' if point else ''} {title}".strip())
    return "; ".join(said) + (" together" if len(refs) > 1 else "")
