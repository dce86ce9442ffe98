"""A picture as PDF, one page: real text, with its type inside, a title and a language."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from imsmap.drawing.glyphs import Face, faces_of
from imsmap.drawing.logo import Logo, dots
from imsmap.drawing.outline import ends, outline_of, placed, way
from imsmap.drawing.sheet import Part, Picture, Step
from imsmap.drawing.size import Area
from imsmap.drawing.text import advance_of, font_of

Canvas = Any  # reportlab ships no types
_DASHES = [3, 2]


def written(picture: Picture) -> bytes:
    """Draw the picture as PDF; the same picture gives the same bytes, so the day of drawing is not told."""
    from reportlab.pdfgen.canvas import Canvas as NewCanvas

    size = picture.size
    content = io.BytesIO()
    canvas = NewCanvas(content, pagesize=(size.width, size.height), invariant=1, lang="en", pageCompression=1)
    canvas.setTitle(picture.title)
    canvas.setSubject(picture.alt[:1000])
    canvas.setAuthor("imsmap")
    canvas.setCreator("imsmap")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    drawing = _Drawing(canvas, size.height)
    for part in picture.parts.values():
        drawing.part(part)
    for link in picture.links:
        drawing.line(way(link, picture.parts), link.line, link.weight, dashed=link.dashed, tip=link.kind == "arrow")
    canvas.showPage()
    canvas.save()
    return content.getvalue()


@cache
def _font(face: Face) -> str:
    """Make a font known, once; gives its name, or nothing where it can't be put into a PDF."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    name = face.family if face.carried else f"{face.family} {face.path.name} {face.number}"
    try:
        pdfmetrics.registerFont(TTFont(name, str(face.path), subfontIndex=face.number))
    except TTFError:
        return ""
    return name


class _Drawing:
    """A page that counts from its top left, as pictures do."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height

    def part(self, part: Part) -> None:
        """Draw a shape and its text."""
        if part.shape == "line":
            x1, y1, x2, y2 = ends(part)
            self.line(((x1, y1), (x2, y2)), part.line or part.ink, part.weight, dashed=part.dashed)
        elif part.image is not None:
            self._image(part.image, part.area)
        elif part.fill or part.line or part.hatched:
            self._shape(part)
        for x, y, line in placed(part):
            wide = sum(advance_of(run.text, part.size, run.bold) for run in line)
            at = x - {"l": 0.0, "c": wide / 2, "r": wide}[part.align]
            for run in line:
                for piece, face in faces_of(run.text, run.bold):
                    self._words(piece, face, at, self.height - y, part.size, run.ink or part.ink)
                    at += float(font_of(face).getlength(piece)) / 100 * part.size

    def _image(self, image: Logo, area: Area) -> None:
        from reportlab.lib.utils import ImageReader

        seen = dots(image)
        if seen is not None:
            picture = ImageReader(io.BytesIO(seen.content))
            self.canvas.drawImage(
                picture,
                area.x,
                self.height - area.bottom,
                area.width,
                area.height,
                mask="auto",
                preserveAspectRatio=True,
            )

    def _words(self, text: str, face: Face, x: float, y: float, size: float, ink: str) -> None:
        """Write words in one font; one that a PDF can't have inside (with outlines of PostScript) is drawn as dots."""
        name = _font(face)
        if name:
            self.canvas.setFont(name, size)
            self.canvas.setFillColor(ink)
            self.canvas.drawString(x, y, text)
            return
        from PIL import Image, ImageColor
        from reportlab.lib.utils import ImageReader

        font = font_of(face)
        left, top, right, bottom = font.getbbox(text, anchor="ls")
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (int(right - left) + 1, int(bottom - top) + 1))
        from PIL import ImageDraw

        ImageDraw.Draw(mask).text((-left, -top), text, fill=255, font=font, anchor="ls")
        image = Image.new("RGB", mask.size, ImageColor.getrgb(ink))
        image.putalpha(mask)
        scale = size / 100
        self.canvas.drawImage(
            ImageReader(image), x + left * scale, y - (top + mask.height) * scale, mask.width * scale,
            mask.height * scale, mask="auto",
        )  # fmt: skip

    def _shape(self, part: Part) -> None:
        canvas = self.canvas
        canvas.saveState()
        if part.line:
            canvas.setStrokeColor(part.line)
            canvas.setLineWidth(part.weight)
            canvas.setDash(_DASHES if part.dashed else [])
        canvas.setFillColor(part.fill or "#FFFFFF", alpha=part.opacity)
        how = {"stroke": int(bool(part.line)), "fill": int(bool(part.fill) and not part.fades)}
        area = part.area.shrunk(part.weight / 2 if part.line and part.shape in ("box", "ellipse") else 0.0)
        bottom = self.height - area.bottom
        if part.fades and part.fill:
            self._clipped(part)
            y = self.height - area.centre[1]
            canvas.linearGradient(area.x, y, area.right, y, (_colour(part.fill), _colour(part.fades)))
        elif part.shape == "ellipse":
            canvas.ellipse(area.x, bottom, area.right, bottom + area.height, **how)
        elif part.shape == "box":
            canvas.rect(area.x, bottom, area.width, area.height, **how)
        else:
            canvas.drawPath(self._path(outline_of(part), close=True), **how)
        if part.hatched:
            self._hatch(part)
        canvas.restoreState()

    def _clipped(self, part: Part) -> None:
        area = part.area
        box = ((area.x, area.y), (area.right, area.y), (area.right, area.bottom), (area.x, area.bottom))
        steps = box if part.shape == "box" else outline_of(part)
        self.canvas.clipPath(self._path(steps, close=True), stroke=0, fill=0)

    def _hatch(self, part: Part) -> None:
        self._clipped(part)
        area = part.area
        self.canvas.setStrokeColor(part.ink)
        self.canvas.setLineWidth(1.0)
        self.canvas.setDash([])
        at = area.x - area.height
        while at < area.right:
            bottom = self.height - area.bottom
            self.canvas.line(at, bottom, at + area.height, bottom + area.height)
            at += 6

    def line(self, steps: tuple[Step, ...], colour: str, weight: float, *, dashed: bool, tip: bool = False) -> None:
        """Draw a line; tip: with an arrow at its end."""
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(weight)
        canvas.setDash(_DASHES if dashed else [])
        canvas.drawPath(self._path(steps), stroke=1, fill=0)
        if tip:
            canvas.setFillColor(colour)
            canvas.drawPath(self._path(_tip(steps, weight * 3), close=True), stroke=0, fill=1)
        canvas.restoreState()

    def _path(self, steps: tuple[Step, ...], close: bool = False) -> Any:
        path = self.canvas.beginPath()
        path.moveTo(steps[0][0], self.height - steps[0][1])
        for step in steps[1:]:
            turned = [value if at % 2 == 0 else self.height - value for at, value in enumerate(step)]
            if len(turned) > 2:
                path.curveTo(*turned)
            else:
                path.lineTo(*turned)
        if close:
            path.close()
        return path


def _tip(steps: tuple[Step, ...], size: float) -> tuple[Step, ...]:
    """Give the outline of an arrow's tip at the end of a line."""
    x, y = steps[-1][-2:]
    before = steps[-1][-4:-2] if len(steps[-1]) > 2 else steps[-2][-2:]
    long = max(((x - before[0]) ** 2 + (y - before[1]) ** 2) ** 0.5, 0.01)
    dx, dy = (x - before[0]) / long * size, (y - before[1]) / long * size
    return ((x + dx * 0.3, y + dy * 0.3), (x - dx - dy / 2, y - dy + dx / 2), (x - dx + dy / 2, y - dy - dx / 2))


def _colour(value: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(value)
