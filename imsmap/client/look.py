"""How a client's deliverables look, as `imsmap.toml` says it: one value for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from imsmap import files
from imsmap.client.settings import Project
from imsmap.drawing.logo import SVG, Logo, dots
from imsmap.drawing.look import Look as Look
from imsmap.library.graph import ClauseGraph
from imsmap.parts import sides

_KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": SVG}


def look_of(project: Project, graph: ClauseGraph, standards: Sequence[str]) -> tuple[Look, list[str]]:
    """Give the look under which the project's standards go out, and what of the brand no discipline can have."""
    brand = project.brand
    look = Look.of(
        sides(graph, standards),
        name=brand.name,
        client=project.client,
        colours=brand.colours,
        logo=_logo(project, brand.logo),
        logo_dark=_logo(project, brand.logo_dark),
        font=brand.font,
        legal=brand.legal,
    )
    told = [str(project.problem("brand.colours", remark)) for remark in look.remarks]
    if look.logo is not None and dots(look.logo) is None:
        told.append(str(project.problem("brand.logo", "the picture can't be drawn; slides and pictures go without it")))
    return look, told


def _logo(project: Project, path: Path | None) -> Logo | None:
    if path is None:
        return None
    return Logo(files.read(path, path.relative_to(project.root).as_posix()), _KINDS[path.suffix.lower()])
