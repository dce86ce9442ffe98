from __future__ import annotations

import sys
import threading
import time

import pytest

from imsmap import raster
from imsmap.raster import Drawer, Order
from tests.pictures.invented import draw, report_for

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 54"><rect width="9" height="9" fill="red"/></svg>'


@pytest.fixture(scope="module")
def page() -> bytes:
    from imsmap.drawing import pdf

    return pdf.written(draw("columns", report_for("columns", 2))[0])


def test_a_thread_draws_what_this_one_would_each_in_its_place(page: bytes) -> None:
    orders = [Order(page, width, 24) for width in (301, 400, 517)] + [Order(SVG, 96, 300)]
    with Drawer() as drawer:
        waiting = [drawer.put(order) for order in orders]
        assert [waits() for waits in waiting] == [raster.raster(order) for order in orders]


@pytest.mark.parametrize("width", [97, 300, 960, 1001])
def test_a_page_is_as_wide_as_asked_and_as_high_as_its_shape_says(page: bytes, width: int) -> None:
    import io

    from PIL import Image

    with Image.open(io.BytesIO(raster.raster(Order(page, width, 240)))) as image:
        image.load()
        assert image.width == width
        assert image.height == pytest.approx(width * 9 / 16, abs=1)
        assert image.info["dpi"] == pytest.approx((240, 240), abs=0.1)
        assert image.getpixel((1, 1)) == (255, 255, 255)


def test_a_page_that_is_drawn_in_bands_is_what_it_is_in_one(page: bytes) -> None:
    import io

    import pypdfium2
    from PIL import Image, ImageChops

    width = 1001
    document = pypdfium2.PdfDocument(page)
    whole = (
        document[0]
        .render(scale=(width - 0.01) / document[0].get_width(), rev_byteorder=True, may_draw_forms=False)
        .to_pil()
    )
    assert whole.height > 2 * raster._BAND
    with Image.open(io.BytesIO(raster.raster(Order(page, width, 240)))) as image:
        assert image.size == whole.size
        # The grey at the edges of letters is rounded from another corner.
        assert max(most for _, most in ImageChops.difference(image, whole.convert("RGB")).getextrema()) <= 1


@pytest.mark.parametrize("drawing", [b"no picture", b"%PDF-1.4 and nothing more"])
def test_what_can_not_be_drawn_is_an_error_where_it_is_waited_for(drawing: bytes) -> None:
    with Drawer() as drawer:
        waits = drawer.put(Order(drawing, 96, 300))
        with pytest.raises(ValueError, match=r"unknown token|no PDF"):
            waits()


def test_several_threads_may_ask_for_pages_at_once(page: bytes) -> None:
    order, found = Order(page, 320, 24), []
    threads = [threading.Thread(target=lambda: found.append(raster.raster(order))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [raster.raster(order)] * 4


def test_after_an_error_nothing_is_drawn_any_more(page: bytes) -> None:
    before = threading.active_count()
    begun = time.monotonic()

    def work() -> None:
        with Drawer() as drawer:
            for _ in range(500):
                drawer.put(Order(page, 800, 24))
            raise LookupError

    with pytest.raises(LookupError):
        work()
    assert threading.active_count() == before
    one = time.monotonic()
    raster.raster(Order(page, 800, 24))
    assert one - begun < 250 * (time.monotonic() - one)  # not all of them


def test_where_there_is_no_pdfium_no_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert raster.draws_pages()
    monkeypatch.setattr(raster, "_pdfium", raster._pdfium.__wrapped__)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert not raster.draws_pages()
