"""Text from others, fit to be shown and to name files."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.plain import escaped, file_stems, for_chat, line, visible


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("王芳", "王芳"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31m红\x1b[0m", "红"),
        ("\x1b]0;title\x07Ann", "Ann"),
        ("\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x9b2J清屏", "清屏"),
        ("Ann\u202exslx.exe", "Annxslx.exe"),
        ("\u2066王\u2069\u200b\u200e芳\ufeff\u00ad", "王芳"),
        ("a\x00\x07\x08\x0b\r\x7f\x85b", "ab"),
        ("\ud800x", "x"),
        ("é ñ 👩 ½", "é ñ 👩 ½"),
    ],
)
def test_what_steers_or_hides_is_not_shown(typed, shown):
    assert visible(typed) == shown


@given(st.text())
def test_no_control_character_stays(text):
    shown = visible(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" for c in shown)
    assert not any(
        unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI") for c in shown
    )
    assert visible(shown) == shown
    assert "\n" not in line(text)


@given(st.text(st.characters(codec="utf-8")))
def test_json_says_the_same_and_steers_nothing(text):
    written = escaped(json.dumps([text], ensure_ascii=False, indent=1))
    assert json.loads(written) == [text]
    assert visible(written) == written


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("王芳", "王芳"),
        ("J. Smith-O'Hara", "J. Smith-O'Hara"),
        ("王芳\n1. 李四：订单 99", "王芳 1. 李四：订单 99"),
        ("**[免费](http://evil.example/x)**", "＊＊［免费］(http：／／evil．example／x)＊＊"),
        ("<!channel> @everyone", "＜！channel＞ ＠everyone"),
        ("`_~#|", "｀＿～＃｜"),
        ("王" * 300, "王" * 39 + "…"),
    ],
)
def test_a_chat_finds_no_markup_in_a_name(name, told):
    assert for_chat(name) == told


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("王芳", "王芳"),
        ("J. Smith", "J. Smith"),
        ("../../etc/passwd", "__.._etc_passwd"),
        (r"C:\Windows\x", "C__Windows_x"),
        ("CON", "_CON"),
        ("aux", "_aux"),
        ("NUL.xlsx", "_NUL.xlsx"),
        ("com1", "_com1"),
        ("LPT³", "_LPT³"),
        ("con .txt", "_con .txt"),
        ("console", "console"),
        (".hidden", "_hidden"),
        ("~$王芳", "_$王芳"),
        ("Ann. . ", "Ann"),
        ("...", "_"),
        ("", "_"),
        ("a\nb\x1b[31m", "a b"),
        ("Ann\u202excod", "Annxcod"),
    ],
)
def test_a_file_can_be_called_so_anywhere(name, stem):
    assert file_stems([name]) == [stem]


def test_names_alike_give_different_files():
    assert file_stems(["Ann", "ANN", "ann", "Ａnn"]) == ["Ann", "ANN (2)", "ann (3)", "Ａnn (4)"]
    assert file_stems(["b (3)", "b (2)", "b", "B"]) == ["b (3)", "b (2)", "b", "B (4)"]
    assert file_stems(["e\u0301", "é"]) == ["é", "é (2)"]
    long = file_stems(["王" * 300, "王" * 299, "W" * 300])
    assert len(set(long)) == 3
    assert max(len(stem.encode()) for stem in long) < 150


@given(st.lists(st.text(max_size=40) | st.sampled_from(["CON", "aux.", "..", "a/b", "A\\b", "\ud800"]), max_size=8))
def test_every_name_gives_a_file_of_its_own_in_the_folder(names):
    stems = file_stems(names)
    assert len({stem.casefold() for stem in stems}) == len(names)
    for stem in stems:
        file = PureWindowsPath(f"{stem}.xlsx")
        assert file.name == f"{stem}.xlsx"
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|(com|lpt)[0-9])(\..*)?", file.name)
        assert not stem.startswith((".", "~"))
        assert not stem.endswith((".", " "))
        file.name.encode()
