"""A page of PDF, or an SVG, to PNG.

A page takes a fifth of the time that an SVG takes, and another thread works meanwhile: PDFium and the packing let it.
"""

from __future__ import annotations

import math
import struct
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import ModuleType
from typing import NamedTuple, Protocol

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BAND = 256
"""Rows drawn and packed at once: all of them would take the memory of a whole picture, single ones their time."""
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
        height = math.ceil(page.get_height() * scale)
        try:
            return b"".join(_written(_bands(page, scale, height), order.width, height, order.dpi))
        finally:
            page.close()
    finally:
        document.close()


class _Bitmap(Protocol):
    """What PDFium draws on; stride: bytes of a row."""

    width: int
    height: int
    stride: int
    buffer: bytearray

    def close(self) -> None:
        """Let go its memory."""


class _Sheet(Protocol):
    """A page as PDFium knows it."""

    def render(self, **how: object) -> _Bitmap:
        """Draw it, or what is left when so much is cropped on each side."""


def _bands(page: _Sheet, scale: float, height: int) -> Iterator[bytes]:
    """Draw a page band by band, as the rows of a PNG: as a whole it takes seven times the memory, and no less time."""
    for top in range(0, height, _BAND):
        below = max(0, height - top - _BAND)
        # In units of the page; half a dot less, for it rounds up.
        above, under = (max(0.0, dots - 0.5) / scale for dots in (top, below))
        bitmap = page.render(
            scale=scale, crop=(0, under, 0, above), rev_byteorder=True, may_draw_forms=False, draw_annots=False
        )
        try:
            rows, stride, wide = memoryview(bitmap.buffer).cast("B"), bitmap.stride, 3 * bitmap.width
            starts = range(0, bitmap.height * stride, stride)
            yield b"".join(piece for start in starts for piece in (b"\0", rows[start : start + wide]))
        finally:
            bitmap.close()


def _written(bands: Iterable[bytes], width: int, height: int, dpi: int) -> Iterator[bytes]:
    """Write rows as PNG. Without filters: of pages of words and plain areas they make no less, and take their time."""
    yield _SIGNATURE
    yield _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    yield _resolution(dpi)
    packing = zlib.compressobj(6)
    packed = [packing.compress(band) for band in bands]
    yield _chunk(b"IDAT", b"".join((*packed, packing.flush())))
    yield _chunk(b"IEND", b"")


def _resolution(dpi: int) -> bytes:
    per_metre = round(dpi / 0.0254)
    return _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
