"""What a worksheet says outside its rows: rules, filters, merged cells, links, breaks, sparklines, when tables have grown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from funnelbook.book.ports import Area
from funnelbook.hosts.ooxml.anchors import anchored
from funnelbook.hosts.ooxml.follow import Follower, ranges, text_of
from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.references import Rows
from funnelbook.hosts.ooxml.workbook import area
from funnelbook.hosts.ooxml.xmlscan import Edit, Element, plain, scan, splice, with_attribute

_DEPTH = 9
_RULED = ("conditionalFormatting", "dataValidation")
_OVER_BODY = {  # ranges that go on with a table's rows, by element
    "conditionalFormatting": "sqref", "dataValidation": "sqref", "protectedRange": "sqref", "ignoredError": "sqref",
    "autoFilter": "ref", "sortState": "ref", "sortCondition": "ref",
}  # fmt: skip
_PLACED = {"mergeCell": "ref", "hyperlink": "ref", "cellWatch": "r", "inputCells": "r"}  # ranges that only move
_FORMULA_TEXTS = ("f", "formula", "formula1", "formula2")
_FORMULA_ATTRIBUTES = {
    "control": ("linkedCell", "listFillRange"), "controlPr": ("linkedCell", "listFillRange"),
    "webPublishItem": ("sourceRef",), "cfvo": ("val",),
}  # fmt: skip


def followed(xml: bytes, data: tuple[int, int], home: str, follower: Follower, here: Growth | None = None) -> bytes:
    """A worksheet part with what stands before and after its sheetData (from .. to) following; `here`: the growth on it.

    ValueError when it is not XML.
    """
    start, end = data
    outside = xml[:start] + xml[end:]
    edits = list(_Around(outside, home, follower, here).edits(scan(outside, _DEPTH)))
    gap = end - start
    return splice(xml, [(a + gap * (a >= start), b + gap * (a >= start), new) for a, b, new in edits]) if edits else xml


class _Around:
    def __init__(self, xml: bytes, home: str, follower: Follower, here: Growth | None) -> None:
        self.xml, self.home, self.follower, self.here = xml, home, follower, here

    def edits(self, element: Element, parent: Element | None = None) -> Iterator[Edit]:
        """Of an element and all in it."""
        if element.name in _RULED:
            yield from self._ruled(element)
            return
        if element.name in ("sheetViews", "cols"):
            return
        if element.name == "sparkline":
            yield from self._sparkline(element)
            return
        if element.name in ("anchor", "twoCellAnchor", "oneCellAnchor") and self.here:
            yield from anchored(self.xml, element, self.here)
        if element.name in _FORMULA_TEXTS:
            change = self.follower.series if parent and parent.name == "sparklineGroup" else self._formula
            yield from text_of(self.xml, element, change)
        elif element.name == "sqref":
            yield from self._sqref_text(element, self._over_body)
        tag = self._tag(element, parent)
        if tag != self.xml[element.start : element.open_end]:
            yield element.start, element.open_end, tag
        for child in element.children:
            yield from self.edits(child, element)

    def _formula(self, text: str) -> str:
        return self.follower.formula(text, self.home)

    def _over_body(self, of: Area) -> Rows:
        return (
            self.here.followed(of.left, of.top, of.right, of.bottom, loose=True) if self.here else (of.top, of.bottom)
        )

    def _placed(self, of: Area) -> Rows:
        return self.here.moved(of.left, of.top, of.right, of.bottom) if self.here else (of.top, of.bottom)

    def _tag(self, element: Element, parent: Element | None) -> bytes:
        """The start tag, its ranges and formulas following."""
        tag, said = self.xml[element.start : element.open_end], element.attributes
        for name in _FORMULA_ATTRIBUTES.get(element.name, ()):
            if name in said:
                tag = with_attribute(tag, name, self._formula(said[name]))
        if element.name == "hyperlink" and "location" in said:
            tag = with_attribute(tag, "location", self.follower.cell(said["location"], self.home))
        if element.name == "dataRef" and "ref" in said:
            tag = with_attribute(tag, "ref", source(self.follower, said.get("sheet", self.home), said["ref"]))
        if not self.here:
            return tag
        if (over := _OVER_BODY.get(element.name)) and over in said:
            tag = with_attribute(tag, over, ranges(said[over], self._over_body))
        elif (place := _PLACED.get(element.name)) and place in said:
            tag = with_attribute(tag, place, ranges(said[place], self._placed))
        elif element.name == "brk" and parent and parent.name == "rowBreaks" and said.get("id", "").isdecimal():
            tag = with_attribute(tag, "id", str(self.here.row(int(said["id"]) + 1) - 1))
        return tag

    def _sqref_text(self, element: Element, rows: Callable[[Area], Rows]) -> Iterator[Edit]:
        if self.here:
            yield from text_of(self.xml, element, lambda text: ranges(text, rows))

    def _sparkline(self, element: Element) -> Iterator[Edit]:
        for child in element.children:
            if child.name == "f":
                yield from text_of(self.xml, child, lambda text: self.follower.series(text, self.home))
            elif child.name == "sqref":
                yield from self._sqref_text(child, self._placed)

    def _ruled(self, element: Element) -> Iterator[Edit]:
        """A conditional format or a validation: its formulas read from the first cell of its ranges."""
        inner = next((e for e in _all(element) if e.name == "sqref"), None)
        said = plain(self.xml[inner.open_end : inner.close]) if inner else element.attributes.get("sqref", "")
        by, alone = self._first_moves(said)
        for child in _all(element):
            if child.name in _FORMULA_TEXTS:
                yield from text_of(self.xml, child, lambda text: self.follower.rule(text, self.home, by, alone))
            elif child.name == "sqref":
                yield from self._sqref_text(child, self._over_body)
            elif child.name == "cfvo" and "val" in child.attributes:
                tag = self.xml[child.start : child.open_end]
                new = self.follower.rule(child.attributes["val"], self.home, by, alone)
                if new != child.attributes["val"]:
                    yield child.start, child.open_end, with_attribute(tag, "val", new)
        if self.here and "sqref" in element.attributes:
            tag = self.xml[element.start : element.open_end]
            yield element.start, element.open_end, with_attribute(tag, "sqref", ranges(said, self._over_body))

    def _first_moves(self, sqref: str) -> tuple[int, bool]:
        """How far the first cell of some ranges goes down, and whether it is the only one."""
        try:
            first = area(sqref.split(maxsplit=1)[0])
        except (ValueError, IndexError):
            return 0, False
        by = self._over_body(first)[0] - first.top if self.here else 0
        return by, len(sqref.split()) == 1 and (first.top, first.left) == (first.bottom, first.right)


def source(follower: Follower, sheet: str, ref: str) -> str:
    """A range kept apart from the name of its sheet, as the source of a pivot table is."""
    quoted = "'{}'!".format(sheet.replace("'", "''"))
    return follower.formula(quoted + ref, "").removeprefix(quoted)


def _all(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _all(child)
