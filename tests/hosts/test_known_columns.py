"""A large sheet that is stored as a refresh left it is not read again, and what is read is never other than what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.book.ports import BookError
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.files import versions
from funnelbook.hosts.ooxml import known_columns, large_sheet, read
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.hosts.ooxml.package import Package

DAY, NEXT = date(2026, 5, 20), date(2026, 5, 21)
SHEET = "客户名单"
HEAD = ["客户编号", "客户名称", "业务员", "级别", "录入日期"]
ROWS = [["K1", "甲公司", "小李", "B", date(2026, 5, 1)], ["K2", "乙公司", "小张", "A", date(2026, 5, 2)]]


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    """A workbook whose sheets count as large, refreshed."""
    monkeypatch.setattr(read, "_LARGE", -1)
    monkeypatch.setattr(read, "LEAST", 0)
    return refreshed(tmp_path / "book.xlsx", ROWS)


def refreshed(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet(SHEET)
        for number, row in enumerate([HEAD, *rows]):
            page.write_row(number, 0, row)
    adopt(path, as_of=DAY)
    assert refresh_file(path, DAY).status == "done"
    return path


@pytest.fixture
def heads(monkeypatch) -> list[list[object]]:
    """The first rows of the sheets that were read since."""
    found: list[list[object]] = []
    real = large_sheet.read

    def noted(*args):
        grid = real(*args)
        found.append(list(grid[0]) if len(grid) else [])
        return grid

    monkeypatch.setattr(large_sheet, "read", noted)
    return found


def kept(path: Path) -> list[Path]:
    return sorted((path.parent / versions.FOLDER).glob("*.columns"))


def rows(path: Path) -> list[list[object]]:
    return [list(row)[:5] for row in OoxmlBook(path).grid(SHEET)]


def test_the_next_day_reads_no_sheet_again_that_nobody_has_changed(path, heads):
    assert kept(path)
    assert refresh_file(path, NEXT).status == "done"
    assert not [head for head in heads if head[: len(HEAD)] == HEAD]
    assert rows(path) == [HEAD, *ROWS]


def test_it_is_refreshed_as_without(path, tmp_path):
    other = tmp_path / "other" / "book.xlsx"
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    for file in (path, other):
        assert refresh_file(file, NEXT).status == "done"
    assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: data[:40],
        lambda data: data[:-1],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes(len(data)),
    ],
    ids=["empty", "begun", "cut", "turned", "zeros"],
)
def test_what_is_kept_and_broken_is_read_and_kept_anew(path, tmp_path, heads, harm: Callable[[bytes], bytes]):
    for file in kept(path):
        file.write_bytes(harm(file.read_bytes()))
    test_it_is_refreshed_as_without(path, tmp_path)
    assert [head for head in heads if head[: len(HEAD)] == HEAD]
    heads.clear()
    assert rows(path) == [HEAD, *ROWS]
    assert not heads


def test_what_another_workbook_keeps_is_none_of_this_one(path, tmp_path):
    (tmp_path / "b").mkdir()
    other = refreshed(tmp_path / "b" / "book.xlsx", [[*row[:3], "C", row[4]] for row in ROWS])
    theirs = [file.read_bytes() for file in kept(other)]
    for at, mine in enumerate(kept(path)):
        mine.write_bytes(theirs[at % len(theirs)])
    assert rows(path) == [HEAD, *ROWS]


def bend_alone(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Changes one member and leaves all others as they are stored."""
    package = Package.open(path)
    assert old in package.read(part)
    package.put(part, package.read(part).replace(old, new))
    path.write_bytes(package.to_bytes())


def test_a_sheet_that_was_changed_since_is_read_as_it_is(path):
    bend_alone(path, "xl/worksheets/sheet1.xml", b">46143<", b">46153<")
    assert rows(path)[1][4] == date(2026, 5, 11)


def test_a_day_shown_as_a_number_since_is_a_number(path):
    bend_alone(path, "xl/styles.xml", b'formatCode="yyyy-mm-dd"', b'formatCode="0.000"')
    assert rows(path)[1][4] == 46143.0


def test_a_workbook_whose_days_count_from_another_since_is_read_so(path):
    bend_alone(path, "xl/workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"')
    assert rows(path)[1][4] == date(2030, 5, 2)


def test_a_shared_text_that_is_another_since_is_read_so(path):
    bend_alone(path, "xl/sharedStrings.xml", "小李".encode(), "小王".encode())
    assert rows(path)[1][2] == "小王"


def test_a_member_that_does_not_hold_what_its_checksum_says_is_refused(path):
    """The bytes of the sheet are those that are known, only the directory lies."""
    data = path.read_bytes()
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46 + 16  # the checksum in the directory
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    with pytest.raises(BookError) as caught:
        OoxmlBook(path)
    assert caught.value.code == "broken"


@pytest.mark.parametrize("name", ["FORMAT", "__version__"])
def test_another_version_reads_for_itself(path, heads, monkeypatch, name):
    monkeypatch.setattr(known_columns, name, "99")
    assert rows(path) == [HEAD, *ROWS]
    assert len(heads) == 1


def test_no_file_stands_beside_a_workbook_without_large_sheets(path, monkeypatch):
    monkeypatch.setattr(read, "LEAST", known_columns.LEAST)
    assert refresh_file(path, NEXT).status == "done"
    assert not kept(path)
