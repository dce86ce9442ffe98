"""Signs that the carried fonts lack: a font of the system draws and measures them, or it is told that none does."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from imsmap.api import deliverables
from imsmap.drawing import breaks_word, glyphs, width_of
from imsmap.drawing.glyphs import FONTS, Face, faces_of, lacking
from imsmap.drawing.text import _advance, advance_of

JAPANESE = "\u7ba1\u7406"
HERE = Face(FONTS / "Arimo-Bold.ttf", 0, "A font of the system")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(glyphs, "_chosen", [])
    monkeypatch.setattr(glyphs, "_lacking", {})
    found = (glyphs._of_system, glyphs._known, advance_of, _advance)
    for one in found:
        one.cache_clear()
    yield
    for one in found:
        one.cache_clear()


def alone(monkeypatch: pytest.MonkeyPatch, *known: Face) -> None:
    """Let a machine have no fontconfig and these fonts."""
    monkeypatch.setattr(glyphs, "_matched", lambda _: iter(()))
    monkeypatch.setattr(glyphs, "_known", lambda: known)


def test_usual_text_is_one_piece_in_the_carried_font_and_no_font_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> Iterator[Face]:
        raise AssertionError("looked for")

    monkeypatch.setattr(glyphs, "_matched", never)
    for text in ("8.5.1 Control", "Müller \u2013 Привет \u0395\u03bb\u03bb\u03ac\u03b4\u03b1"):
        ((piece, face),) = faces_of(text)
        assert (piece, face.family) == (text, "Arimo")
        ((piece, face),) = faces_of(text, bold=True)
        assert (piece, face.family) == (text, "Arimo Bold")
    assert lacking() == ()


def test_a_sign_that_only_the_system_has_is_measured_in_its_font(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Face(Path("other.ttf"), 0, "Other")
    asked: list[str] = []

    def matched(sign: str) -> Iterator[Face]:
        asked.append(sign)
        yield from (other, HERE)

    read = glyphs._signs
    theirs = frozenset(map(ord, JAPANESE))
    monkeypatch.setattr(glyphs, "_matched", matched)
    monkeypatch.setattr(glyphs, "_signs", lambda path, at: theirs if path == HERE.path else read(path, at))
    pieces = faces_of(f"A {JAPANESE}")
    assert pieces == (("A ", pieces[0][1]), (JAPANESE, HERE))
    # The font that was found for the first serves for the second.
    assert (asked, lacking()) == ([JAPANESE[0]], ())


def test_what_no_font_has_is_told_once_for_each_sign_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)
    assert deliverables.not_shown() == ()
    assert width_of(JAPANESE * 3, 11) > 0
    (told,) = deliverables.not_shown()
    assert told.startswith(f"no font on this machine has the signs {JAPANESE[0]} {JAPANESE[1]}, so pictures show")
    assert "install one that has them" in told


def test_signs_that_are_not_seen_need_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)
    faces_of("a\u200bb\u2060c\u3000")
    assert lacking() == ()


def test_a_program_that_fails_or_answers_nonsense_is_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs.shutil, "which", lambda _: "/bin/fc-match")
    for answer in (b"", b"nonsense", b"a\tb\tc", b"\xff\t0\tx"):
        monkeypatch.setattr(
            glyphs.subprocess, "run", lambda *_, answer=answer, **__: type("Run", (), {"stdout": answer})()
        )
        assert list(glyphs._matched("x")) == []
    monkeypatch.setattr(glyphs.subprocess, "run", lambda *_, **__: (_ for _ in ()).throw(OSError()))
    assert list(glyphs._matched("x")) == []


def test_the_folders_of_each_system_are_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for system, folder in (("win32", "Fonts"), ("darwin", "Supplemental"), ("linux", "fonts")):
        monkeypatch.setattr(glyphs.sys, "platform", system)
        assert any(path.name == folder for path in glyphs._folders())
    monkeypatch.setattr(glyphs, "_folders", lambda: [tmp_path])
    assert glyphs._known() == ()
    (tmp_path / "malgun.ttf").write_bytes(b"")
    glyphs._known.cache_clear()
    assert [face.family for face in glyphs._known()] == ["Malgun Gothic"]


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\0\0", b"ttcf\0\0", b"\0\1\0\0\0\1" + bytes(6) + b"cmap" + struct.pack(">III", 0, 28, 90)]
)
def test_a_file_that_is_no_font_has_no_signs(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(content)
    assert glyphs._signs(tmp_path / "x.ttf", 0) == frozenset()
    assert glyphs._signs(tmp_path / "none.ttf", 0) == frozenset()


def test_both_shapes_of_the_table_of_signs_are_read() -> None:
    arimo = glyphs._signs(FONTS / "Arimo-Regular.ttf", 0)
    assert {0x41, 0x2260} <= arimo
    assert 0x7BA1 not in arimo
    wide = struct.pack(">HHIII", 12, 0, 28, 0, 1) + struct.pack(">III", 0x1F600, 0x1F602, 7)
    assert glyphs._mapped(struct.pack(">HHHHI", 0, 1, 3, 10, 12) + wide) == {0x1F600, 0x1F601, 0x1F602}


def test_a_line_may_end_before_or_behind_any_sign_of_japanese() -> None:
    from imsmap.drawing import plain, rich, wrap_rich

    assert not breaks_word(JAPANESE * 20, 60, 11)
    lines = wrap_rich(rich(JAPANESE * 20), 60, 11)
    assert len(lines) > 3
    assert "".join(map(plain, lines)) == JAPANESE * 20
