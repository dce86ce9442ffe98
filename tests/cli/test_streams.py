from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from imsmap.cli import run
from imsmap.cli.speech import tell


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_was_closed_before_the_start_is_no_fault_of_imsmap(closed: str):
    command = f'"{sys.executable}" -m imsmap standards {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"fault in imsmap" not in done.stderr


def test_what_somebody_wrote_never_steers_the_terminal(capfdbinary: pytest.CaptureFixture[bytes]):
    tell("theirs: \x1b]0;TITLE\x07\x9b2J \u202egnp.exe \ud800\n")
    assert capfdbinary.readouterr().out.decode() == "theirs: ␛]0;TITLE␇\ufffd2J \ufffdgnp.exe \ufffd\n"


def test_words_that_are_refused_do_not_steer_the_terminal_either(capfdbinary: pytest.CaptureFixture[bytes]):
    assert run(["import", "--resolve", "--ours", "\x1b]0;TITLE\x07"]) != 0
    assert b"\x1b" not in capfdbinary.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("new", "{}", "--client", "Sm\udcfcller", "9001", "14001"),
        ("overlap", "9001", "14001\udcff"),
        ("show", "9001:8\udcff"),
        ("brief", "--client", "\ud800", "-o", "{}/brief.docx"),
    ],
)
def test_bytes_that_are_no_text_are_refused_where_they_came_in(
    words: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    assert run([word.format(tmp_path / "made") for word in words]) == 2
    assert "holds bytes that are no UTF-8 text; type it anew" in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []
