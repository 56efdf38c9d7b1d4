"""Nothing is saved that Excel would have to repair: every part that changes is judged first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.book.ports import BookError
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml import sheet_parts
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.sound import refuse_unsound
from funnelbook.hosts.ooxml.workbook import Workbook, rels_name
from support.dialects import Dialect, respelled
from support.packages import members, packed, sheet_part, team

_MADE = Workbook(Package.open(template.path("zh")))
SHEET = _MADE.worksheets[sheet_name("customers", "zh")]
TABLE = next(target for _, kind, target in _MADE.relationships(SHEET) if kind == "table")
RELS = rels_name(SHEET)


def second(xml: bytes, of: bytes) -> bytes:
    """The second of all elements that look so."""
    return re.findall(of, xml, re.DOTALL)[1]


def swapped(of: bytes) -> Callable[[bytes], bytes]:
    def swap(xml: bytes) -> bytes:
        one, other = re.findall(of, xml, re.DOTALL)[:2]
        return xml.replace(one + other, other + one)

    return swap


ROW, CELL = rb"<row [^>]*[^/]>.*?</row>", rb'<c r="[A-Z]+4"[^>]*?(?:/>|>.*?</c>)'
UNSOUND = {
    "no end": (SHEET, lambda xml: xml[:-9]),
    "a prefix nobody declared": (SHEET, lambda xml: xml.replace(b"<sheetData>", b'<sheetData><q:x xmlns=""/>')),
    "an attribute twice": (SHEET, lambda xml: xml.replace(b'<row r="1"', b"<row r=\"1\" r='1'")),
    "a row twice": (SHEET, lambda xml: xml.replace(second(xml, ROW), second(xml, ROW) * 2)),
    "rows out of order": (SHEET, swapped(ROW)),
    "a cell twice": (SHEET, lambda xml: xml.replace(second(xml, CELL), second(xml, CELL) * 2)),
    "cells out of order": (SHEET, swapped(CELL)),
    "a cell of another row": (SHEET, lambda xml: xml.replace(b'r="B4"', b'r="B7"')),
    "a longer range": (TABLE, lambda xml: re.sub(rb' ref="A4:[A-Z]+(\d+)"', rb' ref="A4:B\1"', xml, count=1)),
    "another header": (TABLE, lambda xml: xml.replace(sheet_parts.headers(xml)[1].encode(), "别的".encode())),
    "two columns of one name": (
        TABLE,
        lambda xml: xml.replace(
            f'name="{sheet_parts.headers(xml)[1]}"'.encode(), f'name="{sheet_parts.headers(xml)[0]}"'.encode()
        ),
    ),
    "a link to nothing": (RELS, lambda xml: re.sub(rb"table\d+\.xml", b"table999.xml", xml)),
}
IN_ANY_SPELLING = ("a row twice", "rows out of order", "a cell twice", "cells out of order", "a cell of another row")


@pytest.fixture(scope="module")
def parts(tmp_path_factory) -> dict[str, bytes]:
    found = members(team(tmp_path_factory.mktemp("made") / "a.xlsx"))
    assert b'<c r="B4"' in found[SHEET]
    assert sheet_parts.headers(found[TABLE])
    return found


def judged(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    refuse_unsound(Package(packed(before), "a.xlsx"), Package(packed(after), "a.xlsx"), {})


@pytest.mark.parametrize("spelling", [None, Dialect(quote="'"), Dialect(prefix="x"), Dialect(noise=True)], ids=str)
@pytest.mark.parametrize("kind", UNSOUND)
def test_an_unsound_part_is_refused_by_name_however_it_is_written(parts, kind, spelling):
    part, change = UNSOUND[kind]
    unsound = parts | {part: change(parts[part])}
    assert unsound != parts
    if spelling and part == SHEET and kind in IN_ANY_SPELLING:
        unsound[SHEET] = respelled(unsound[SHEET], spelling)
    with pytest.raises(BookError) as refused:
        judged(parts, unsound)
    assert refused.value.code == "unsound"
    assert part in refused.value.text("zh")


def test_what_was_so_before_is_left_as_it_is(parts):
    part, change = UNSOUND["a link to nothing"]
    odd = parts | {part: change(parts[part])}
    judged(odd, odd | {"xl/workbook.xml": odd["xl/workbook.xml"].replace(b"<calcPr", b"<calcPr  ")})


def test_sound_parts_pass_however_they_are_written(parts):
    for spelling in (Dialect(quote="'"), Dialect(prefix="x"), Dialect(implied=True, noise=True, spaced=True)):
        judged(parts, parts | {SHEET: respelled(parts[SHEET], spelling)})


def test_nothing_is_written_where_the_result_would_be_unsound(tmp_path):
    """Two cells of the user's at one place beside a table of ours: Excel would ask to repair the file we wrote."""
    path = team(tmp_path / "a.xlsx")
    day = date(2026, 5, 20)
    refresh_file(path, day)
    found = members(path)
    name = sheet_part(path, "诊断")
    twice = b'<c r="ZZ2"><v>1</v></c><c r="ZZ2"><v>2</v></c>'
    found[name] = re.sub(
        rb'(<row r="2"[^>]*>.*?)(</row>)', rb"\1" + twice + rb"\2", found[name], count=1, flags=re.DOTALL
    )
    path.write_bytes(packed(found))
    before = path.read_bytes()
    report = refresh_file(path, date(2026, 5, 21))
    assert (report.status, path.read_bytes() == before) == ("refused", True), report.message
    assert name in report.message
