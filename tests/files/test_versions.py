"""The last five versions of a workbook: by content, in the order they were replaced, for nobody else to read."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from funnelbook.book.ports import BookError
from funnelbook.files import versions
from funnelbook.files.versions import FOLDER
from funnelbook.hosts.ooxml import save


@pytest.fixture
def path(tmp_path) -> Path:
    file = tmp_path / "a [1].xlsx"
    file.write_bytes(b"0")
    return file


def write(path: Path, *contents: bytes, saved: float | None = None) -> None:
    for new in contents:
        if saved is not None:
            os.utime(path, (saved, saved))
        save.replace(path, path.read_bytes(), new)


def kept(path: Path) -> list[bytes]:
    return [version.read() for version in versions.versions(path)]


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_last_five_are_kept_the_latest_first(path):
    write(path, *(str(n).encode() for n in range(1, 8)))
    assert kept(path) == [b"6", b"5", b"4", b"3", b"2"]
    assert path.read_bytes() == b"7"


@pytest.mark.parametrize("clock", ["standing still", "going back", "mad"])
def test_whatever_the_clock_says(path, clock):
    times = {
        "standing still": itertools.repeat(1_700_000_000),
        "going back": itertools.count(1_700_000_000, -100_000_000),
        "mad": itertools.cycle([-5_000_000_000, 0, 4_102_444_800, 15_000_000_000]),
    }[clock]
    for n, saved in zip(range(1, 8), times, strict=False):
        write(path, str(n).encode(), saved=saved)
    assert kept(path) == [b"6", b"5", b"4", b"3", b"2"]


def test_a_content_is_stored_once_and_the_latest_stands_first(path):
    write(path, b"1", b"0", b"1", b"0", b"1", b"2")
    assert kept(path) == [b"1", b"0"]


def test_a_damaged_version_is_none_and_is_stored_anew(path):
    write(path, b"1")
    versions.versions(path)[0].path.write_bytes(b"damaged")
    assert kept(path) == [None]
    write(path, b"0", b"2")
    assert kept(path)[:2] == [b"0", b"1"]


def test_files_with_like_names_do_not_push_each_other_out(tmp_path):
    names = ("a.xlsx", "a-b.xlsx", "a.xlsm", "a-000001.xlsx", "ａ.xlsx")
    for name in names:
        (tmp_path / name).write_bytes(b"0")
        write(tmp_path / name, *(f"{n} {name}".encode() for n in range(1, 7)))
    for name in names:
        assert kept(tmp_path / name) == [f"{n} {name}".encode() for n in range(5, 0, -1)]


@pytest.mark.parametrize("stem", ["漏" * 83, "x" * 250])
def test_a_name_as_long_as_names_can_be(tmp_path, stem):
    path = tmp_path / f"{stem}.xlsx"
    path.write_bytes(b"0")
    write(path, b"1", b"2")
    assert kept(path) == [b"1", b"0"]


def test_versions_that_were_kept_by_0_1_0_are_the_older_ones(path):
    folder = path.parent / FOLDER
    folder.mkdir()
    for moment in ("20260101-090000-000000", "20990101-090000-000000"):
        (folder / f"a [1]-{moment}.xlsx").write_bytes(moment.encode())
    write(path, b"1")
    assert kept(path) == [b"0", b"20990101-090000-000000", b"20260101-090000-000000"]
    assert versions.versions(path)[2].saved.year == 2026
    assert mode(folder) == 0o700
    assert {mode(file) for file in folder.iterdir()} == {0o600}


# Who else may see them, and what is in the way


def test_versions_are_for_their_owner_alone(path):
    path.chmod(0o644)
    write(path, b"1", b"2")
    assert mode(path.parent / FOLDER) == 0o700
    assert {mode(file) for file in (path.parent / FOLDER).iterdir()} == {0o600}
    assert mode(path) == 0o644


def in_the_way_file(folder: Path) -> None:
    folder.write_bytes(b"theirs")


def in_the_way_link(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir(exist_ok=True)
    folder.symlink_to(folder.parent / "elsewhere")


def in_the_way_nowhere(folder: Path) -> None:
    folder.symlink_to(folder.parent / "nowhere")


def in_the_way_stranger(folder: Path) -> None:
    if os.geteuid():
        pytest.skip("NOT CHECKED: only the superuser can make a folder somebody else's")
    folder.mkdir(mode=0o777)
    os.chown(folder, 12345, 12345)


IN_THE_WAY = [in_the_way_file, in_the_way_link, in_the_way_nowhere, in_the_way_stranger]


@pytest.mark.parametrize("put", IN_THE_WAY)
def test_what_is_in_the_way_stays_and_versions_get_another_place(path, put):
    put(path.parent / FOLDER)
    before = (path.parent / FOLDER).lstat()
    write(path, b"1", b"2")
    assert kept(path) == [b"1", b"0"]
    after = (path.parent / FOLDER).lstat()
    assert (after.st_mode, after.st_mtime_ns, after.st_uid) == (before.st_mode, before.st_mtime_ns, before.st_uid)
    assert mode(path.parent / f"{FOLDER}-2") == 0o700
    assert not (path.parent / "nowhere").exists()
    assert not list(path.parent.glob("elsewhere/*"))


def test_the_order_holds_over_several_places(path):
    write(path, b"1", b"2")
    (path.parent / FOLDER).rename(path.parent / f"{FOLDER}-2")
    in_the_way_file(path.parent / FOLDER)
    write(path, b"3")
    (path.parent / FOLDER).unlink()
    write(path, b"4")
    assert kept(path) == [b"3", b"2", b"1", b"0"]


def test_with_every_place_taken_nothing_is_written(path):
    for place in [FOLDER, *(f"{FOLDER}-{n}" for n in range(2, 10))]:
        in_the_way_file(path.parent / place)
    with pytest.raises(BookError) as caught:
        write(path, b"1")
    assert caught.value.code == "no_place_for_versions"
    assert FOLDER in caught.value.text("zh")
    assert path.read_bytes() == b"0"
