"""What axe-core says of a page as it stands in a browser."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

CONTRAST = "color-contrast"
ONE_OF_EACH = """() => {
  const seen = new Set();
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  window.lookAtEachOnce = () => {
    const under = new Map();
    const ground = (part) => {
      if (!part) return "";
      if (!under.has(part)) {
        const { backgroundColor, backgroundImage, filter, mixBlendMode, opacity, position } = getComputedStyle(part);
        const own = [backgroundColor, backgroundImage, filter, mixBlendMode, opacity, position, part.disabled];
        under.set(part, `${ground(part.parentElement)} ${part.localName} ${part.className} ${own}`);
      }
      return under.get(part);
    };
    const words = (one) => one.nodeType === Node.TEXT_NODE && one.data.trim();
    const says = (part) => part.matches("input, select, textarea") || [...part.childNodes].some(words);
    for (const part of document.querySelectorAll("*")) {
      part.removeAttribute("data-look");
      // Axe passes over what says nothing: it must not stand for others of its look.
      if (!part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !says(part)) continue;
      const { color, fontSize, fontWeight, textShadow } = getComputedStyle(part);
      const look = `${[color, fontSize, fontWeight, textShadow]} ${ground(part)}`;
      if (!seen.has(look)) part.setAttribute("data-look", "");
      seen.add(look);
    }
  };
}"""
"""Let axe look at the contrast of one part of each look in all views of a page: it takes longer than all else.

A look is all of which contrast is made: a part's colour and type, and whatever it and all around it lay under it.
"""
RUN = """async apart => {
  window.lookAtEachOnce?.();
  const rules = Object.fromEntries(apart.map(rule => [rule, { enabled: false }]));
  const found = await axe.run(document, { resultTypes: ["violations"], rules });
  const told = found.violations.map(one => [one.id, one.nodes[0].html, one.nodes[0].failureSummary]);
  return [found.passes.length, told];
}"""


class Findings(NamedTuple):
    """How many rules hold, and which do not: the rule, the first part that breaks it, and why."""

    held: int
    broken: list[list[str]]


def bring(page: Any, *, each: bool) -> None:
    """Bring axe into a page; `each` lets it look at the contrast of parts that look the same, too."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: pip install .[test]")
    page.evaluate(axe.AXE_SCRIPT)
    if not each:
        page.evaluate(ONE_OF_EACH)


def findings(page: Any, *apart: str) -> Findings:
    """Let axe look at the page as it stands now, with all rules but those that are named."""
    return Findings(*page.evaluate(RUN, list(apart)))
