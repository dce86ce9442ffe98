from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from imsmap.api.terminal import laid
from imsmap.cli import run, speech
from imsmap.cli.speech import tell


@pytest.mark.slow
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


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_whoever_wants_no_colour_gets_none(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", Screen())
    assert speech.paints()
    monkeypatch.setenv(name, value)
    assert not speech.paints()


def test_a_pipe_gets_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert not speech.paints()


def test_steps_are_named_on_a_terminal_once_they_take_long_and_leave_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Screen())
    progress = speech.Progress()
    progress.step("reading")
    assert sys.stderr.getvalue() == ""
    monkeypatch.setattr(progress, "_began", progress._now() - 2)
    progress.step("the workbook")
    progress.step("")
    told = sys.stderr.getvalue()
    assert "the workbook" in told
    assert "reading" not in told
    assert told.endswith("\x1b[2K")


def test_steps_are_not_named_down_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    progress = speech.Progress()
    monkeypatch.setattr(progress, "_began", progress._now() - 2)
    progress.step("the workbook")
    assert sys.stderr.getvalue() == ""


def test_a_long_step_is_named_while_nobody_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Screen())
    progress = speech.Progress()
    progress.step("the workbook")
    assert progress._timer is not None
    progress._come_late()
    progress.step("")
    assert "the workbook" in sys.stderr.getvalue()
    assert progress._timer is None
    progress._come_late()
    assert progress._bar is None


def test_what_is_said_takes_the_line_of_progress_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Screen())
    progress = speech.Progress()
    monkeypatch.setattr(progress, "_began", progress._now() - 2)
    progress.step("the workbook")
    speech.say("one file is there")
    assert sys.stderr.getvalue().endswith("\x1b[2Kimsmap: one file is there\n")


@pytest.mark.parametrize("aside", [True, False])
def test_a_remark_stands_back_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch, aside: bool) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for stream, dim in ((Screen(), aside), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        speech.say("so many", aside=aside)
        assert stream.getvalue() == ("\x1b[2mimsmap: so many\x1b[0m\n" if dim else "imsmap: so many\n")


def test_what_is_said_is_wrapped_at_words_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    for stream, told in (
        (Screen(), "imsmap: one two three ISO 9001\n        was read as a whole\n"),
        (io.StringIO(), "imsmap: one two three ISO 9001 was read as a whole\n"),
    ):
        monkeypatch.setattr(sys, "stderr", stream)
        speech.say("one two three ISO 9001 was read as a whole")
        assert stream.getvalue() == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  brand/  room for a logo", "  brand/  room for a\n          logo"),
        ("  a/long/path/that/nobody/may/cut.xlsx: it", "  a/long/path/that/nobody/may/cut.xlsx:\n    it"),
        ("one two three by ISO 9001", "one two three by\n  ISO 9001"),
        ("one two", "one two"),
    ],
)
def test_further_lines_begin_below_what_follows_the_gap_and_no_path_is_cut(line: str, told: str) -> None:
    assert laid(line, 24) == told
