"""A page of PDF, or an SVG, to PNG.

A page takes a fifth of the time that an SVG takes, and another thread works meanwhile: PDFium and the packing let it.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import NamedTuple, Protocol

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BAND = 256
"""Rows packed at once: a whole picture would take its memory twice, single rows would wait for the other thread."""
_one_at_a_time = threading.Lock()
"""PDFium knows no threads."""


class Order(NamedTuple):
    """What to draw: an SVG or the first page of a PDF, how wide in dots, and how many of them an inch.

    fonts, family: of an SVG, in which files its type is, and in which family without another; a page holds its own.
    """

    drawing: bytes
    width: int
    dpi: int
    fonts: tuple[str, ...] = ()
    family: str = ""


def raster(order: Order) -> bytes:
    """Draw, and write the resolution into it, so that Word places it at its size; ValueError if there is no drawing."""
    if order.drawing.startswith(b"%PDF"):
        with _one_at_a_time:
            return _page(order)
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=order.drawing.decode(),
        width=order.width,
        dpi=72.0,
        skip_system_fonts=True,
        font_files=list(order.fonts),
        font_family=order.family,
    )
    end_of_header = len(_SIGNATURE) + 25
    return drawn[:end_of_header] + _resolution(order.dpi) + drawn[end_of_header:]


def draws_pages() -> bool:
    """Tell whether pages of PDF can be drawn: not on a machine for which nobody builds PDFium."""
    return _pdfium() is not None


class Drawer:
    """A thread that draws while this one does something else; it is gone after the `with`, whatever ends it."""

    def __init__(self) -> None:
        # Whoever draws one picture, or reads a logo, waits for no pool.
        from concurrent.futures import ThreadPoolExecutor

        self._pool = ThreadPoolExecutor(1)

    def __enter__(self) -> Drawer:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def put(self, order: Order) -> Callable[[], bytes]:
        """Have something drawn; gives what waits for it."""
        return self._pool.submit(raster, order).result


@cache
def _pdfium() -> ModuleType | None:
    try:
        import pypdfium2
    except (ImportError, OSError):  # no library for this machine
        return None
    module: ModuleType = pypdfium2
    return module


def _page(order: Order) -> bytes:
    """Draw the first page of a PDF on white."""
    pdfium = _pdfium()
    assert pdfium is not None
    try:
        document = pdfium.PdfDocument(order.drawing)
    except pdfium.PdfiumError as error:
        raise ValueError(f"no PDF: {error}") from None
    try:
        page = document[0]
        # A hair less, for it rounds up.
        scale = (order.width - 0.01) / page.get_width()
        bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False, draw_annots=False)
        try:
            return b"".join(_written(bitmap, order.dpi))
        finally:
            bitmap.close()
            page.close()
    finally:
        document.close()


class _Bitmap(Protocol):
    """What PDFium draws on; stride: bytes of a row."""

    width: int
    height: int
    stride: int
    buffer: bytearray


def _written(bitmap: _Bitmap, dpi: int) -> Iterator[bytes]:
    """Write dots as PNG. Without filters: of pages of words and plain areas they make no less, and take their time."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    rows = memoryview(bitmap.buffer).cast("B")
    yield _SIGNATURE
    yield _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    yield _resolution(dpi)
    packing = zlib.compressobj(6)
    packed = []
    for top in range(0, height, _BAND):
        band = range(top, min(top + _BAND, height))
        lines = (piece for row in band for piece in (b"\0", rows[row * stride : row * stride + 3 * width]))
        packed.append(packing.compress(b"".join(lines)))
    yield _chunk(b"IDAT", b"".join((*packed, packing.flush())))
    yield _chunk(b"IEND", b"")


def _resolution(dpi: int) -> bytes:
    per_metre = round(dpi / 0.0254)
    return _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
