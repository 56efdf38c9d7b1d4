"""How far the cells of a worksheet reach is seen while it is unpacked, whatever piece they come in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.column_letters import column_letters
from funnelbook.hosts.ooxml.look import Look, Reach
from support.examples import examples

HEAD, TAIL = b'<worksheet xmlns="x"><sheetData>', b"</sheetData></worksheet>"
_PLACES = st.lists(
    st.tuples(st.integers(1, 16_384) | st.integers(1, 60), st.integers(1, 1_048_576) | st.integers(99_990, 100_010)),
    min_size=1,
    max_size=12,
)


def seen(cells: bytes, size: int = 1 << 20) -> Reach:
    look, xml = Look(), cells + TAIL
    pieces = [HEAD, *(xml[at : at + size] for at in range(0, len(xml), size))]  # the first always holds it
    for piece in pieces:
        look.feed(piece)
    look.close()
    return Reach(look, pieces)


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


@pytest.mark.parametrize("size", range(1, 70))
def test_a_shared_text_cut_in_two_is_still_one(size):
    look = seen(
        b'<row r="1"><c r="A1" s="12" t="s"><v>104</v></c><c r="B1" t="s"><v>9</v></c><c r="C1"><v>5</v></c></row>',
        size,
    )
    assert not look.strange


@pytest.mark.parametrize(
    "cell", ['t="s"/>', 't="s"><v/></c>', 't="s"><v>x</v></c>', 't="s"><v>1.5</v></c>', 't="s"></c>']
)
@pytest.mark.parametrize("size", [7, 20, 33, 1 << 20])
def test_a_shared_text_of_no_number_is_seen_wherever_it_is_cut(cell, size):
    assert seen(b'<c r="A1" t="s"><v>0</v></c><c r="B1" %s' % cell.encode(), size).strange
    assert seen(b'<c r="A1" %s<c r="B1" t="s"><v>0</v></c>' % cell.encode(), size).strange
