"""A picture's boxes and lines as DOT text with every place written down; draw it with `neato -n2`."""

from __future__ import annotations

from imsmap import about
from imsmap.drawing import FAMILY, LEADING, Part, Picture

ABOUT = about.Format(suffix=".dot", holds=("pictures",), place=110)
_SHAPES = {"ellipse": "ellipse", "triangle": "triangle"}


def export(picture: Picture) -> bytes:
    """Give the picture as DOT text in UTF-8; outlines that no node can have stand as boxes."""
    import pydot

    dot = pydot.Dot("picture", graph_type="graph")
    dot.set_graph_defaults(charset='"UTF-8"', pad="0", margin="0", outputorder="nodesfirst", splines="line")
    dot.set_node_defaults(fontname=f'"{FAMILY}"', shape="box", fixedsize="true", penwidth="0.75")
    dot.set_edge_defaults(penwidth="1.25", color='"#7F7F7F"')
    for node, part in picture.parts.items():
        if part.image is not None:
            continue
        dot.add_node(pydot.Node(node, **_node(part, picture.size.height)))
    for link in picture.links:
        ends = {"tailport": link.ports[0], "headport": link.ports[1]}
        tip = {"dir": "forward"} if link.kind == "arrow" else {}
        dot.add_edge(pydot.Edge(link.tail, link.head, **ends, **tip))
    text: str = dot.to_string()
    return text.encode()


def _node(part: Part, height: float) -> dict[str, str]:
    """Say where a node stands and how it looks."""
    area = part.area
    x, y = area.centre
    styles = ["filled"] * (part.fill is not None) + ["dashed"] * part.dashed
    how = {
        "label": quoted(part.lines, part.align),
        "pos": f'"{x:.2f},{height - y:.2f}"',
        "width": f"{area.width / 72:.4f}",
        "height": f"{max(area.height, 0.5, part.size * LEADING * len(part.lines)) / 72:.4f}",
        "fontsize": f"{part.size:g}",
        "color": f'"{part.line}"' if part.line else "transparent",
    }
    if styles:
        how["style"] = f'"{",".join(styles)}"'
    if part.bold:
        how["fontname"] = f'"{FAMILY} Bold"'
    how["fontcolor"] = f'"{part.ink}"'
    if part.fill:
        how["fillcolor"] = f'"{part.fill}"'
    if part.shape in _SHAPES:
        how["shape"] = _SHAPES[part.shape]
    return how


def quoted(lines: tuple[str, ...], align: str = "c") -> str:
    """Write lines as a quoted DOT label."""
    end = {"l": "\\l", "r": "\\r", "c": "\\n"}[align]
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines]
    if not any(escaped):
        # An empty line that ends in \\l makes Graphviz free what it never had, and crash.
        return '""'
    return '"' + (end.join(escaped) + (end if align != "c" else "")) + '"'
