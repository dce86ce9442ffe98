"""python-pptx reads decks as it does, and looks up once what stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from lxml import etree


@pytest.fixture(scope="package", autouse=True)
def _paths_and_names_made_once() -> Iterator[None]:
    """Keep compiled paths and whole names: python-pptx makes them anew each time it asks what a shape is."""
    from pptx.oxml import ns, xmlchemy

    @cache
    def compiled(path: str) -> etree.XPath:
        return etree.XPath(path, namespaces=ns._nsmap)

    def xpath(self: etree._Element, path: str) -> object:
        return compiled(path)(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xmlchemy.BaseOxmlElement, "xpath", xpath)
        patch.setattr(xmlchemy, "qn", cache(ns.qn))
        yield
