"""Decks are read quickly."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from lxml import etree


@pytest.fixture(scope="package", autouse=True)
def _paths_compiled_once() -> Iterator[None]:
    """Keep compiled paths: python-pptx compiles one anew each time it asks what a shape is, which takes longest."""
    from pptx.oxml import ns, xmlchemy

    @cache
    def compiled(path: str) -> etree.XPath:
        return etree.XPath(path, namespaces=ns._nsmap)

    def xpath(self: etree._Element, path: str) -> object:
        return compiled(path)(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xmlchemy.BaseOxmlElement, "xpath", xpath)
        yield
