"""How far the cells of a worksheet reach is seen while it is unpacked, whatever piece they come in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.column_letters import column_letters
from funnelbook.hosts.ooxml.look import Look
from support.examples import examples

HEAD, TAIL = b'<worksheet xmlns="x"><sheetData>', b"</sheetData></worksheet>"
_PLACES = st.lists(
    st.tuples(st.integers(1, 16_384) | st.integers(1, 60), st.integers(1, 1_048_576) | st.integers(99_990, 100_010)),
    min_size=1,
    max_size=12,
)


def seen(cells: bytes, size: int = 1 << 20) -> Look:
    look, xml = Look(), HEAD + cells + TAIL
    for at in range(0, len(xml), size):
        look.feed(xml[at : at + size])
    look.close()
    return look


@settings(max_examples=examples(100))
@given(_PLACES, st.integers(40, 300))
def test_no_cell_is_beyond_and_few_rows_are_added(places, size):
    cells = b"".join(b'<c r="%s%d"/>' % (column_letters(column).encode(), row) for column, row in places)
    look, (columns, rows) = seen(cells, size), map(max, zip(*places, strict=True))
    assert not look.unusual
    assert look.columns == columns
    assert rows <= look.rows <= max(99_999, 1.1 * rows)
    assert look.sprawls == (columns > 52 or rows > 99_999)


@pytest.mark.parametrize(
    "cell",
    ["<c/>", '<c r="2"/>', '<c r="B"/>', '<c s="1" r="B2"/>', "<c r='B2'/>", '<c r="ABCD2"/>', '<c r="A000002"/>'],
)
def test_an_address_that_is_not_read_may_be_any(cell):
    look = seen(b'<c r="A1"/>' + cell.encode())
    assert look.unusual
    assert look.sprawls
