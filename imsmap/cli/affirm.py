"""`imsmap affirm`: a person looked again at a relation, and says so in the mapping data."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli import asking
from imsmap.cli.speech import answer
from imsmap.nearest import did_you_mean


@click.command(
    epilog="\b\nExamples:\n  imsmap affirm external-provision\n  imsmap affirm --all",
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="Every suspect relation, once you have looked at each.")
@click.pass_obj
def affirm(mappings: Path | None, ids: tuple[str, ...], every: bool) -> None:
    """Note in the mapping data that a person looked again at suspect relations and stands by them.

    A relation becomes suspect when the points of either side change. `imsmap check` lists them.
    """
    from imsmap.errors import ImsmapError, UnknownNameError
    from imsmap.files import put
    from imsmap.library.graph import ClauseGraph
    from imsmap.library.load import load_with_places
    from imsmap.library.load.editing import set_affirmed
    from imsmap.reasoning.checking import fingerprint, is_suspect

    if bool(ids) == every:
        raise click.UsageError("name the relations to affirm, or --all; imsmap check lists the suspect ones")
    library, places = load_with_places(asking.roots(mappings))
    graph = ClauseGraph(library)
    by_name = {name: r for r in library.relations for name in (r.id, r.id.partition("#")[2])}
    for id_ in ids:
        if id_ not in by_name:
            raise UnknownNameError(
                f"no relation {id_}; {did_you_mean(id_, [r.id.partition('#')[2] for r in library.relations])}"
            )
    chosen = [by_name[id_] for id_ in ids] or [r for r in library.relations if is_suspect(graph, r)]
    texts: dict[Path, str] = {}
    # From the last line up, so that a line put in does not move those still to be changed.
    for relation in sorted(chosen, key=lambda r: -places[r.id].line):
        place = places[relation.id]
        text = texts.get(place.path) or place.path.read_bytes().decode("utf-8")
        changed = set_affirmed(text, place.line, fingerprint(graph, relation))
        if changed is None:
            raise ImsmapError(f"{place.shown}:{place.line}: write this relation with one key a line, then affirm it")
        texts[place.path] = changed
    for path, text in texts.items():
        put(path, text.encode())
    names = ", ".join(sorted(relation.id.partition("#")[2] for relation in chosen))
    answer(f"{len(chosen)} relations affirmed{': ' if names else ''}{names}\n".encode())
