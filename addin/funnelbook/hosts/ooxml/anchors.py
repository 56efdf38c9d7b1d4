"""Where drawings, notes and controls hang on a sheet, when the rows under them go down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.references import LAST_ROW
from funnelbook.hosts.ooxml.workbook import area, column_letters
from funnelbook.hosts.ooxml.xmlscan import Edit, Element, plain, scan, splice, with_attribute

_ANCHORS = ("twoCellAnchor", "oneCellAnchor")
_CLIENT = re.compile(rb"<((?:\w+:)?)ClientData\b.*?</\1ClientData>", re.DOTALL)
_PLACE = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)(</)")
_ROW, _COLUMN = (re.compile(rb"(<(?:\w+:)?%b>\s*)(\d+)(\s*</)" % name) for name in (b"Row", b"Column"))
_ANCHOR_NUMBERS = 8  # left column and offset, top row and offset, the same of the right bottom corner


def drawing(xml: bytes, growth: Growth) -> bytes:
    """A drawing whose shapes went with the cells they hang on. ValueError when it is not XML."""
    root = scan(xml, 5)
    return splice(xml, [edit for e in _all(root) if e.name in _ANCHORS for edit in anchored(xml, e, growth)])


def anchored(xml: bytes, anchor: Element, growth: Growth) -> Iterator[Edit]:
    """The edits of one anchor: it goes with its first cell, and is stretched when it sizes with cells and rows come in under it."""
    first, last = anchor.child("from"), anchor.child("to")
    if not first or not growth.shift or anchor.attributes.get("editAs") == "absolute":
        return
    column, row = _number(xml, first, "col") + 1, _number(xml, first, "row") + 1
    by = growth.row(row, column) - row
    if by:
        yield _written(first, row - 1 + by)
    if last:
        end = _number(xml, last, "row") + 1
        flush = not _number(xml, last, "rowOff")  # it ends where the row begins
        sized = anchor.name == "twoCellAnchor" and anchor.attributes.get("editAs", "twoCell") == "twoCell"
        if sized and not by and growth.whole_rows:
            by = growth.row(end - flush) - (end - flush)
        if by:
            yield _written(last, min(end + by, LAST_ROW) - 1)


def comments(xml: bytes, growth: Growth) -> bytes:
    """Notes, or threaded comments, at the cells they are of. ValueError when it is not XML."""
    edits = []
    for element in _all(scan(xml, 3)):
        if element.name in ("comment", "threadedComment") and "ref" in element.attributes:
            place = area(element.attributes["ref"])
            row = growth.row(place.top, place.left)
            if row != place.top:
                tag = xml[element.start : element.open_end]
                new = with_attribute(tag, "ref", f"{column_letters(place.left)}{row}")
                edits.append((element.start, element.open_end, new))
    return splice(xml, edits)


def vml(xml: bytes, growth: Growth) -> bytes:
    """A drawing of notes and controls in VML, which need not be XML, whose shapes went with their cells."""

    def one(found: re.Match[bytes]) -> bytes:
        client = found[0]
        place = _PLACE.search(client)
        numbers = [int(n) for n in place[2].split(b",")] if place and re.fullmatch(rb"[\s\d,-]+", place[2]) else []
        row, column = _ROW.search(client), _COLUMN.search(client)
        if row and column:
            at = int(row[2]) + 1
            by = growth.row(at, int(column[2]) + 1) - at
        elif len(numbers) == _ANCHOR_NUMBERS:
            by = growth.row(numbers[2] + 1, numbers[0] + 1) - numbers[2] - 1
        else:
            return client
        if not by:
            return client
        client = _ROW.sub(lambda m: b"%b%d%b" % (m[1], int(m[2]) + by, m[3]), client, count=1)
        if len(numbers) == _ANCHOR_NUMBERS:
            numbers[2], numbers[6] = numbers[2] + by, numbers[6] + by
            said = ", ".join(map(str, numbers)).encode()
            client = _PLACE.sub(lambda m: m[1] + said + m[3], client, count=1)
        return client

    return _CLIENT.sub(one, xml) if growth.shift else xml


def _number(xml: bytes, corner: Element, name: str) -> int:
    element = corner.child(name)
    return int(plain(xml[element.open_end : element.close]).strip() or 0) if element else 0


def _written(corner: Element, row: int) -> Edit:
    element = corner.child("row")
    if element is None:
        raise ValueError(f"{corner.name} without a row")
    return element.open_end, element.close, b"%d" % row


def _all(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _all(child)
