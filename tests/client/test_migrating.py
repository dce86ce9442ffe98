"""The settings of a project that moves name the new edition, and nothing else in them changes."""

from __future__ import annotations

import pytest

from imsmap.client.migrating import settings_after
from imsmap.errors import UsageError

BOTH = ["q", "new"]


@pytest.mark.parametrize(
    "written",
    [
        'standards = ["q", "OLD"]\n',
        "standards = ['q', 'OLD']\n",
        '"standards" = ["q", "OLD",]\n',
        'standards = [\n  "q",  # quality ] for all\n  "OLD",  # not "old", and not \'old\'\n  # "old"\n]\n',
        '# standards = ["q", "old"]\nstandards = ["q", "OLD"]\ntitle = "old"\n',
    ],
)
def test_only_the_edition_in_the_list_is_named_anew(written: str) -> None:
    before, after = written.replace("OLD", "old"), written.replace("'OLD'", '"OLD"').replace("OLD", "new")
    assert settings_after(before, "old", "new", BOTH) == after


@pytest.mark.parametrize("written", ['standards = ["q", "ol\\u0064"]\n', "a = 1\n", 'standards = ["q", "old\n'])
def test_a_list_that_a_program_cannot_change_is_told_as_it_should_be_written_now(written: str) -> None:
    with pytest.raises(UsageError, match=r'on one line, as standards = \["q", "old"\], then move again'):
        settings_after(written, "old", "new", BOTH)
