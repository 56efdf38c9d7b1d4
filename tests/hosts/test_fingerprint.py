"""The same refresh asked for again: told by what the first one left in the file, as long as nothing in it is another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from funnelbook.commands import refresh_files
from funnelbook.commands.adopt import adopt
from funnelbook.commands.log_call import log_call
from funnelbook.commands.refresh_files import FileReport, refresh_file
from support.packages import bend, members, packed, plain

DAY, NEXT = date(2026, 5, 20), date(2026, 5, 21)
PART = "xl/workbook.xml"
MARK = re.compile(rb'<definedName name="_funnelbook_refreshed" hidden="1">[^<]*</definedName>')


@pytest.fixture
def path(tmp_path) -> Path:
    """A workbook with a row in Problems, refreshed."""
    made = plain(
        tmp_path / "book.xlsx",
        ("客户编号", "客户名称", "业务员", "级别", "录入日期"),
        ("K1", "甲公司", "小李", "Z", "2026-05-01"),
        ("K2", "乙公司", "小张", "A", "2026-05-02"),
    )
    adopt(made, as_of=DAY)
    assert refresh_file(made, DAY).status == "done"
    return made


@pytest.fixture
def opened(monkeypatch) -> list[Path]:
    """The files that were opened since."""
    found: list[Path] = []
    real = refresh_files.open_book

    def noted(file: Path, *, allow_protected: bool = False):
        found.append(file)
        return real(file, allow_protected=allow_protected)

    monkeypatch.setattr(refresh_files, "open_book", noted)
    return found


def told(report: FileReport) -> object:
    return report.status, report.problems, report.message, report.state


def test_the_same_refresh_is_not_done_again_and_says_the_same(path, opened):
    before = path.read_bytes()
    short = refresh_file(path, DAY)
    assert opened == []
    full = refresh_file(path, DAY, again=True)
    assert opened == [path]
    assert told(short) == told(full)
    assert (short.status, short.problems) == ("unchanged", 1)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "another",
    [{"as_of": NEXT}, {"language": "en"}, {"language": "zh"}, {"allow_protected": True}],
    ids=lambda another: next(iter(another)),
)
def test_another_refresh_is_done(path, opened, another):
    refresh_file(path, **({"as_of": DAY} | another))
    assert opened == [path]


def test_one_of_another_version_is_done(path, opened, monkeypatch):
    monkeypatch.setattr(refresh_files, "__version__", "99.0")
    refresh_file(path, DAY)
    assert opened == [path]


def _customer(parts: dict[str, bytes]) -> dict[str, bytes]:
    strings = parts["xl/sharedStrings.xml"].replace("乙公司".encode(), "丙公司".encode())
    return parts | {"xl/sharedStrings.xml": strings}


def _without_mark(parts: dict[str, bytes]) -> dict[str, bytes]:
    return parts | {PART: MARK.sub(b"", parts[PART])}


def _two_marks(parts: dict[str, bytes]) -> dict[str, bytes]:
    return parts | {PART: MARK.sub(lambda found: found[0] * 2, parts[PART])}


def _fewer_problems(parts: dict[str, bytes]) -> dict[str, bytes]:
    return parts | {PART: MARK.sub(lambda found: re.sub(rb" 1 (?=[0-9a-f]{64})", b" 0 ", found[0]), parts[PART])}


def _another_name(parts: dict[str, bytes]) -> dict[str, bytes]:
    return parts | {
        PART: parts[PART].replace(b"</definedNames>", b'<definedName name="a">1</definedName></definedNames>')
    }


def _one_more_member(parts: dict[str, bytes]) -> dict[str, bytes]:
    return parts | {"xl/note.txt": b"a"}


def _one_member_less(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in parts.items() if name != "docProps/app.xml"}


@pytest.mark.parametrize(
    "change", [_customer, _without_mark, _two_marks, _fewer_problems, _another_name, _one_more_member, _one_member_less]
)
def test_a_file_that_was_changed_is_opened(path, opened, change: Callable[[dict[str, bytes]], dict[str, bytes]]):
    before = members(path)
    after = change(before)
    assert after != before
    path.write_bytes(packed(after))
    refresh_file(path, DAY)
    assert opened == [path]


def test_a_damaged_file_is_refused_as_ever(path):
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x03\x04", len(data) // 2) - 40  # in what a member holds
    data[at] ^= 1
    path.write_bytes(data)
    assert refresh_file(path, DAY).status == "refused"


def test_one_that_had_more_to_tell_is_done_again(path, opened):
    """What a refresh takes from people's entries is told once; nothing is left that would keep the next from looking."""
    log_call(path, "K2", {"outcome": "占线", "note": "再打"}, as_of=DAY)
    refresh_file(path, DAY)
    assert opened == [path]


def test_the_mark_is_hidden_and_is_taken_for_nothing_else(path, opened):
    found = MARK.findall(members(path)[PART])
    assert len(found) == 1
    assert re.search(rb">&quot;[\w. -]+ 1 [0-9a-f]{64}&quot;<", found[0])
    bend(path, xl_sharedStrings_xml=lambda xml: xml.replace(b"<t>Z</t>", b"<t>B</t>"))
    report = refresh_file(path, NEXT)
    assert (report.status, report.problems) == ("done", 0)
    assert refresh_file(path, NEXT).status == "unchanged"
    assert opened == [path]
