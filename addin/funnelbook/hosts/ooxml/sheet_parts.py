"""The parts that speak of an owned sheet's cells: its tables, drawings and charts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from html import unescape

from funnelbook.book.ports import Area
from funnelbook.hosts.ooxml import chart_labels
from funnelbook.hosts.ooxml.layout import Layout, single_column
from funnelbook.hosts.ooxml.workbook import plain_name, ref
from funnelbook.hosts.ooxml.xmlscan import Element, escape_attribute, prefixed, scan, splice, with_attribute

_ANCHOR = re.compile(
    rb"(<(?:\w+:)?from>.*?<(?:\w+:)?row>)(\d+)(</.*?)(?:(<(?:\w+:)?to>.*?<(?:\w+:)?row>)(\d+)(</))?", re.DOTALL
)
_DATA = re.compile(
    rb"(<(?:\w+:)?f>)([^<]*)(</(?:\w+:)?f>\s*)(?:<((?:\w+:)?)(num|str)Cache>(.*?)</(?:\w+:)?(?:num|str)Cache>)?",
    re.DOTALL,
)
_FORMAT = re.compile(rb"<(?:\w+:)?formatCode>[^<]*</(?:\w+:)?formatCode>")


def headers(xml: bytes) -> list[str]:
    """Column names of a table part, as they stand in the cells."""
    return [plain_name(e.attributes.get("name", "")) for e in _columns(xml)]


def formulas(xml: bytes) -> dict[str, str]:
    """The calculated column formula of each column that has one."""
    found = {}
    for column in _columns(xml):
        formula = column.child("calculatedColumnFormula")
        if formula:
            found[plain_name(column.attributes.get("name", ""))] = unescape(
                xml[formula.open_end : formula.close].decode()
            )
    return found


def rewritten(xml: bytes, area: Area, names: Sequence[str]) -> bytes:
    """A table part with a new range and columns; filters no longer hide anything, columns of the same name keep what they are."""
    root = scan(xml, 3)
    edits = [(root.start, root.open_end, with_attribute(xml[root.start : root.open_end], "ref", ref(area)))]
    filtered, sorting, columns = (root.child(name) for name in ("autoFilter", "sortState", "tableColumns"))
    if filtered:
        tag = with_attribute(xml[filtered.start : filtered.open_end], "ref", ref(area))
        if filtered.children and not filtered.empty:
            tag = tag[:-1].rstrip() + b"/>"
            edits.append((filtered.start, filtered.end, tag))
        else:
            edits.append((filtered.start, filtered.open_end, tag))
    if sorting:
        edits.append((sorting.start, sorting.end, b""))
    if columns and [plain_name(e.attributes.get("name", "")) for e in columns.children] != list(names):
        edits.append((columns.start, columns.end, _new_columns(xml, columns, names, root.prefix)))
    return splice(xml, edits)


def moved_drawing(xml: bytes, layout: Layout) -> bytes:
    """A drawing with the anchors below a grown table moved down with it."""

    def moved(found: re.Match[bytes]) -> bytes:
        first = int(found[2])
        by = layout.row(first + 1) - first - 1
        end = b"" if found[4] is None else found[4] + b"%d" % (int(found[5]) + by) + found[6]
        return found[1] + b"%d" % (first + by) + found[3] + end

    return _ANCHOR.sub(moved, xml) if layout.moves else xml


def redrawn(xml: bytes, sheet: str, layout: Layout, values: Callable[[Area], list[object]]) -> bytes:
    """A chart whose ranges on `sheet` span the leading rows of its tables, with what they hold in its caches; the labels of such
    a chart are said in full.

    `values` gives the cells of a range as it is now.
    """

    ours = False

    def drawn(found: re.Match[bytes]) -> bytes:
        nonlocal ours
        text = unescape(found[2].decode())
        place = single_column(text)
        if not place or place[0].casefold() != sheet.casefold():
            return found[0]
        ours = True
        prefix, mark, cells = text.rpartition("!")
        new = f"{prefix}{mark}{layout.span(cells, drawn=True)}"
        cache = b""
        if found[5] and (now := single_column(new)):
            formatted = _FORMAT.search(found[6])
            cache = _cache(found[4], found[5], formatted[0] if formatted else b"", values(now[1]))
        return found[1] + escape_attribute(new).encode() + found[3] + cache

    new = _DATA.sub(drawn, xml)
    return chart_labels.explicit(new) if ours else new


def _cache(prefix: bytes, kind: bytes, formatted: bytes, values: list[object]) -> bytes:
    points = b""
    for i, value in enumerate(values):
        if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
            continue
        text = escape_attribute(f"{value:.15g}" if isinstance(value, float) else str(value)).encode()
        points += b'<%spt idx="%d"><%sv>%s</%sv></%spt>' % (prefix, i, prefix, text, prefix, prefix)
    head = formatted if kind == b"num" else b""
    return b'<%s%sCache>%s<%sptCount val="%d"/>%s</%s%sCache>' % (
        prefix,
        kind,
        head,
        prefix,
        len(values),
        points,
        prefix,
        kind,
    )


def _columns(xml: bytes) -> list[Element]:
    columns = scan(xml, 3).child("tableColumns")
    return columns.children if columns else []


def _new_columns(xml: bytes, columns: Element, names: Sequence[str], prefix: str) -> bytes:
    old = {plain_name(e.attributes.get("name", "")): e for e in columns.children}
    free = max((int(e.attributes.get("id", "0")) for e in columns.children), default=0)
    out = []
    for name in names:
        element = old.get(name)
        if element:
            out.append(xml[element.start : element.end])
            continue
        free += 1
        tag = b'<tableColumn id="%d" name="%s"/>' % (free, escape_attribute(name).replace("&#10;", "_x000a_").encode())
        out.append(prefixed(tag, prefix))
    tag = with_attribute(xml[columns.start : columns.open_end], "count", str(len(names)))
    return tag + b"".join(out) + xml[columns.close : columns.end]
