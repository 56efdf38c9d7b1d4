"""Rows just rendered are told sound by their bytes, as an XML parser would tell them."""

from __future__ import annotations

from xml.parsers import expat

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.ports import Cells
from funnelbook.hosts.ooxml import cell_xml
from funnelbook.hosts.ooxml.sound_rows import are_sound
from funnelbook.hosts.ooxml.styles import CellStyles


def rendered(*columns: Cells) -> bytes:
    """Rows as a table's body is written."""
    none = [None] * len(columns)
    runs = cell_xml.rows(columns, none, [3] * len(columns), 1, 2, False, CellStyles(None, ""))
    return "".join(
        f'<row r="{number}" ht="18">{line}</row>' for start, lines in runs for number, line in enumerate(lines, start)
    ).encode()


def parses(rows: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(b"<sheetData>" + rows + b"</sheetData>", True)
    except expat.ExpatError:
        return False
    return True


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1))
def test_whatever_is_written_is_sound(texts: list[str]) -> None:
    rows = rendered(texts, np.arange(len(texts)) / 8)
    assert parses(rows)
    assert are_sound(rows)


_LONG = [f"客户{n} & <{n}>" for n in range(40_000)]  # several pieces


@pytest.mark.parametrize("place", [0.0, 0.31, 0.77])
@pytest.mark.parametrize(
    ("was", "broken"),
    [
        (b"</t>", b""),
        (b"</c>", b"<c>"),
        (b"&amp;", b"&"),
        (b"&lt;", b"<"),
        (b"</is>", b"</b></is>"),
        ("客户".encode(), b"\x00"),
        ("客户".encode(), b"\x1b"),
        ("客户".encode(), b"\xef\xbf\xbe"),
        (b"</row>", b"<row/></row><row>"),
    ],
)
def test_one_fault_anywhere_is_seen(was: bytes, broken: bytes, place: float) -> None:
    rows = rendered(_LONG, np.arange(len(_LONG)))
    assert are_sound(rows)
    at = rows.index(was, int(place * len(rows)))
    assert not are_sound(rows[:at] + broken + rows[at + len(was) :])


def test_line_ends_and_tabs_in_texts_are_sound() -> None:
    assert are_sound(rendered(["一行\n两行\t三"] * 3))
