"""Whether a file is still what it was, told without reading it where that can be."""

from __future__ import annotations

import os

from funnelbook.files.state import left_as, still

WHOLE_S = 1_779_000_000 * 10**9


def test_a_file_nobody_wrote_is_known_without_reading_it(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    os.utime(path, ns=(WHOLE_S + 7, WHOLE_S + 7))
    state = left_as(path, b"old")
    assert state and still(path, state) == state
    path.write_bytes(b"new")  # which only a reading could tell
    os.utime(path, ns=(WHOLE_S + 7, WHOLE_S + 7))
    assert still(path, state) == state


def test_a_file_written_anew_is_another(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    state = left_as(path, b"old")
    for content in (b"longer", b"new"):
        path.write_bytes(content)
        os.utime(path, ns=(WHOLE_S + 7, WHOLE_S + 7))
        assert still(path, state) is None
    path.write_bytes(b"old")
    os.utime(path, ns=(WHOLE_S + 8, WHOLE_S + 8))
    assert still(path, state) == left_as(path, b"old") != state  # copied, say: the same content at another time


def test_where_time_is_told_in_whole_seconds_the_content_decides(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    os.utime(path, ns=(WHOLE_S, WHOLE_S))
    state = left_as(path, b"old")
    assert state and still(path, state) == state
    path.write_bytes(b"new")
    os.utime(path, ns=(WHOLE_S, WHOLE_S))
    assert still(path, state) is None


def test_what_somebody_else_wrote_meanwhile_is_not_what_was_left(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old, and it grows")
    assert left_as(path, b"old") is None
    assert left_as(tmp_path / "gone", b"old") is None
