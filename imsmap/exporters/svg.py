"""A picture as SVG: text stays text, with title and description for those who can't see it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from imsmap import about
from imsmap.drawing import FAMILY, Picture, graphviz

ABOUT = about.Format(suffix=".svg", holds=("pictures",), place=80)

_SVG = "http://www.w3.org/2000/svg"
_FAMILIES = f"{FAMILY}, Arial, Liberation Sans, Helvetica, sans-serif"
"""Every family after ours is no wider, so that text stays in its box where ours is missing."""


def export(picture: Picture) -> bytes:
    """Draw the picture as SVG."""
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    drawn = graphviz.render(picture.dot.to_string(), "svg", picture.engine)
    root = ET.fromstring(drawn)
    root.set("role", "img")
    root.set("aria-labelledby", "picture-title picture-description")
    for parent in root.iter(f"{{{_SVG}}}g"):
        for child in parent.findall(f"{{{_SVG}}}title"):
            # Graphviz's own names of nodes and lines, which browsers would show under the pointer.
            part = picture.parts.get(child.text or "")
            if part is None or part.role not in ("box", "words"):
                parent.remove(child)
            else:
                child.text = part.alt or "; ".join(part.paragraphs) or part.name
    for text in root.iter(f"{{{_SVG}}}text"):
        if (text.get("font-family") or "").endswith(" Bold"):
            text.set("font-weight", "bold")
        text.set("font-family", _FAMILIES)
    for at, (tag, words) in enumerate((("title", picture.title), ("desc", picture.alt))):
        element = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"picture-{'title' if tag == 'title' else 'description'}"})
        element.text = words
        element.tail = "\n"
        root.insert(at, element)
    drawn_text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn_text
