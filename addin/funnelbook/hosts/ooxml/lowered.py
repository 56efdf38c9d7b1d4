"""The rows of a worksheet, or some columns of them, moved down to make room for the new rows of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.rows import Rows
from funnelbook.hosts.ooxml.workbook import column_letters
from funnelbook.hosts.ooxml.xmlscan import Edit, splice, with_attribute


def lowered(xml: bytes, growth: Growth) -> bytes:
    """A worksheet part whose cells stand where the growth puts them; formulas read as they did."""
    if not growth.shift:
        return xml
    if growth.whole_rows:
        return splice(xml, _addresses(Rows(xml), growth.after, growth.shift))
    addressed = Rows(splice(xml, _addresses(Rows(xml), growth.after, 0)))
    return splice(addressed.xml, _columns(addressed, growth))


def _addresses(rows: Rows, after: int, by: int) -> Iterator[Edit]:
    """Rows and cells below a row with addresses so many rows down, whether said before or not."""
    for at, row in enumerate(rows.rows):
        if row.number > after:
            number = row.number + by
            yield row.start, row.open_end, with_attribute(rows.xml[row.start : row.open_end], "r", str(number))
            for column, cell in rows.cells(at):
                tag = with_attribute(cell.tag, "r", f"{column_letters(column)}{number}")
                yield cell.start, cell.start + len(cell.tag), tag


def _columns(rows: Rows, growth: Growth) -> list[Edit]:
    left, right = growth.columns
    puts: dict[int, dict[int, bytes]] = defaultdict(dict)
    for number in rows.numbers:
        if number <= growth.after:
            continue
        for column, cell in rows.line(number).items():
            if left <= column <= right:
                to = growth.row(number, column)
                tag = with_attribute(cell.tag, "r", f"{column_letters(column)}{to}")
                puts[to][column] = tag + cell.xml[len(cell.tag) :]
                puts[number].setdefault(column, b"")
    return rows.edits(puts, 0)
