"""How a standard is added, as CONTRIBUTING.md tells it: its text is followed, and nothing beside it is done."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from imsmap.library.load.keys import schema
from tests.fixtures import ROOT, Answer
from tests.library.test_keys import kind_of, validator

_BLOCK = re.compile(r"(?:`(?P<path>mappings/[^`]+)`\n\n)?^ *```(?P<kind>yaml|sh)\n(?P<text>.*?)^ *```$", re.M | re.S)


def steps() -> list[tuple[str, str]]:
    """Give what the text shows: files as (path, content), commands as ("", command)."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    text = page.partition("## Add a standard\n")[2].partition("\n## ")[0]
    found: list[tuple[str, str]] = []
    for block in _BLOCK.finditer(text):
        lines = [line.removeprefix("   ") for line in block["text"].splitlines()]
        if block["kind"] == "yaml":
            assert block["path"], "a file without a name"
            found.append((block["path"], "\n".join(lines) + "\n"))
        else:
            found.extend(("", line.strip()) for line in lines if line.strip())
    return found


@pytest.mark.slow
def test_whoever_follows_the_text_has_a_standard_and_a_green_check(
    imsmap: Callable[..., Answer], tmp_path: Path
) -> None:
    said: dict[str, list[Answer]] = {}
    for path, text in steps():
        if path:
            target = tmp_path / "here" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
            continue
        program, *words = shlex.split(text)
        assert program == "imsmap"
        answer = imsmap(*words, mappings=None)
        assert (answer.code, "Traceback" in answer.err) == (0, False), (text, answer)
        said.setdefault(text, []).append(answer)
    checks = said["imsmap check mappings"]
    assert [answer.out.count("no problems") for answer in checks] == [1, 1]
    # Each standard of the library makes a pair with the new one, so that the counts grow with the data.
    counts = [re.search(r"Of (\d+) pairs of standards (\d+) were not looked at as a whole", one.out) for one in checks]
    assert [found is not None and int(found[1]) > int(found[2]) > 1 for found in counts] == [True, True]
    assert "Inspect each tree" in " ".join(said['imsmap show "Tree Care 2030:TC-1"'][0].out.split())
    assert "Tree Care 2030" in said["imsmap overlap tree-care-2030 14001"][0].out


def test_the_files_that_it_shows_fit_the_schemas_that_they_name() -> None:
    files = [(path, text) for path, text in steps() if path]
    assert len(files) == 2
    for path, text in files:
        kind = kind_of(Path(path))
        assert text.splitlines()[0].endswith(f"docs/schema/{kind.name}.json")
        assert (ROOT / f"docs/schema/{kind.name}.json").read_text("utf-8") == schema(kind)
        assert validator(kind).is_valid(yaml.safe_load(text))
