"""Every part of a package that refers to cells, led after the tables that have grown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from funnelbook.book.ports import Area, BookError
from funnelbook.book.room import TornError
from funnelbook.hosts.ooxml import anchors, cell_formulas, chart_ranges, outside
from funnelbook.hosts.ooxml.follow import Change, Follower, LostError, ranges, text_of
from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.look import REFERRING
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.references import references
from funnelbook.hosts.ooxml.reshaped import Reshaped
from funnelbook.hosts.ooxml.scanner import SheetData
from funnelbook.hosts.ooxml.workbook import Workbook, area, ref
from funnelbook.hosts.ooxml.xmlscan import (
    Edit,
    Element,
    escape_attribute,
    escape_text,
    plain,
    prefixed,
    scan,
    splice,
    with_attribute,
)

_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")
_LINKS = ("fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup", "textlink")
_VML_LINK = re.compile(rb"(<(?:\w+:)?Fmla(?:Link|Range|Txbx|Group|Pict)>)([^<]*)(</)")
_LONGEST_NAME = 512  # bytes of a sheet's name as XML may write it
_IN_TABLE = {"autoFilter": "ref", "sortState": "ref", "sortCondition": "ref"}


def follow(package: Package, growths: Sequence[Growth], blank: Callable[[str, Area], bool]) -> None:
    """Stages what has to change all over a package once the sheets of `growths` themselves have been changed.

    BookError when something cannot follow.
    """
    _Everywhere(package, growths, blank).stage()


def follow_ours(package: Package, reshaped: Sequence[Reshaped], blank: Callable[[str, Area], bool]) -> None:
    """Stages what has to change all over a package once sheets of ours, and all that hangs on them, have been written.

    Nothing is refused, as a refresh must not fail for it: what cannot follow or be read stays as it is.
    """
    _Everywhere(package, reshaped, blank, lenient=True).stage()


def grow_table(package: Package, part: str, new: Area, growth: Growth) -> None:
    """Stages the table that grew: its range, filter and sorting; columns stay as they are."""
    xml = package.text(part)
    package.put(part, _table(xml, lambda _: ref(new), lambda of: growth.followed(of.left, of.top, of.right, of.bottom)))


def widen_table(package: Package, part: str, new: Area, header: str) -> None:
    """Stages the table that got a column at its right: its range and filter; the other columns stay as they are."""
    xml = package.text(part)
    root = scan(xml, 3)
    edits = [_with(xml, root, "ref", ref(new))]
    if (filtered := root.child("autoFilter")) and "ref" in filtered.attributes:
        of = area(filtered.attributes["ref"])
        edits.append(_with(xml, filtered, "ref", ref(replace(of, right=new.right))))
    if columns := root.child("tableColumns"):
        free = max((int(e.attributes.get("id", "0")) for e in columns.children), default=0) + 1
        tag = b'<tableColumn id="%d" name="%s"/>' % (free, escape_attribute(header).encode())
        edits.append(_with(xml, columns, "count", str(len(columns.children) + 1)))
        edits.append((columns.close, columns.close, prefixed(tag, root.prefix)))
    package.put(part, splice(xml, edits))


def move_tables(package: Package, parts: Sequence[str], growth: Growth) -> None:
    """Stages the other tables of the sheet. TornError when only a part of one would move."""

    def rows(of: Area) -> tuple[int, int]:
        return growth.moved(of.left, of.top, of.right, of.bottom)

    for part in parts:
        package.put(part, _table(package.text(part), lambda said: ranges(said, rows), rows))


def _table(xml: bytes, of_root: Callable[[str], str], rows: Callable[[Area], tuple[int, int]]) -> bytes:
    root = scan(xml, 3)
    edits = [_with(xml, root, "ref", of_root(root.attributes.get("ref", "")))]
    for element in _all(root):
        if element.name in _IN_TABLE and "ref" in element.attributes:
            edits.append(_with(xml, element, "ref", ranges(element.attributes["ref"], rows)))
    return splice(xml, edits)


class _Everywhere:
    def __init__(
        self,
        package: Package,
        growths: Sequence[Change],
        blank: Callable[[str, Area], bool],
        *,
        lenient: bool = False,
    ) -> None:
        self.package, self.growths, self.book, self.lenient = package, growths, Workbook(package), lenient
        order = [sheet.name for sheet in self.book.sheets]
        self.follower = Follower(growths, order, blank, at_home=not lenient, strict=not lenient)
        self.named = {}
        for growth in growths:
            name = escape_text(growth.sheet.replace("'", "''")).encode()
            self.named[growth.sheet] = name, re.compile(re.escape(name) + rb"""(?:'|&apos;)?[!:"']""")
        self.done: set[str] = set()

    def stage(self) -> None:
        self._change(self.book.part, "", self._names)
        for sheet in self.book.sheets:
            if not sheet.part:
                continue
            if sheet.kind == "worksheet":
                self._change(sheet.part, sheet.name, self._worksheet)
            self._hanging_on(sheet.part, sheet.name)
        self._hanging_on(self.book.part, "", ("pivotCacheDefinition", "connections"))

    def _hanging_on(self, part: str, home: str, only: Sequence[str] = ()) -> None:
        """The parts that a part leads to."""
        try:
            led = self.book.relationships(part)
        except BookError:
            if not self.lenient:
                raise
            return
        for _, kind, target in led:
            change = _KINDS.get(kind)
            if change and target in self.package and target not in self.done and (not only or kind in only):
                self.done.add(target)
                self._change(target, home, getattr(self, change))
                self._hanging_on(target, home)

    def _change(self, part: str, home: str, change: Callable[[bytes, str], bytes]) -> None:
        if self.lenient and not self._names_other(part, home):
            return
        try:
            xml = self.package.text(part)
            if not self.follower.concerns(xml, home):
                return
            new = change(xml, home)
        except (LostError, TornError) as error:
            text = error.text if isinstance(error, LostError) else ""
            raise BookError("cannot_follow", file=self.package.name, where=home or part, text=text) from error
        except (ValueError, LookupError) as error:
            if self.lenient:
                return
            raise BookError("broken", file=self.package.name, detail=part) from error
        if new != xml:
            self.package.put(part, new)

    def _names_other(self, part: str, home: str) -> bool:
        """Whether a part refers to a sheet, other than its own, that changed; looked for piece by piece, as it may be large."""
        seen = self.package.looks.get(part)
        if seen and seen.sheet and not seen.refers and not self.package.differs(part):
            return False
        named, rest = [said for sheet, said in self.named.items() if sheet != home], b""
        for piece in self.package.chunks(part):
            text, rest = rest + piece, piece[-_LONGEST_NAME:]
            if b"\0" in piece[:4]:  # UTF-16 is looked at whole
                return True
            if any(mark in text for mark in REFERRING) and any(
                name in text and referring.search(text) for name, referring in named
            ):
                return True
        return False

    def _here(self, home: str) -> list[Growth]:
        if self.lenient:
            return []
        return [g for g in self.growths if isinstance(g, Growth) and g.sheet.casefold() == home.casefold()]

    def _names(self, xml: bytes, _home: str) -> bytes:
        edits: list[Edit] = []
        for name in self.book.defined_names:
            said = name.attributes.get("name", "")
            edits += text_of(xml, name, lambda text, said=said: self.follower.name(text, said))
        return splice(xml, edits)

    def _worksheet(self, xml: bytes, home: str) -> bytes:
        """What is about other sheets; the references of a sheet to itself have followed when its rows came in."""
        others = replace(self.follower, at_home=False)
        if not others.concerns(xml, home):
            return xml
        data = SheetData(xml)
        new = splice(xml, cell_formulas.edits(data, home, others))
        moved = len(new) - len(xml)
        return outside.followed(new, (data.start, data.end + moved), home, others)

    def _drawing(self, xml: bytes, home: str) -> bytes:
        for growth in self._here(home):
            xml = anchors.drawing(xml, growth)
        return self._linked(xml, home)

    def _linked(self, xml: bytes, home: str) -> bytes:
        """Shapes and controls that show, or write to, a cell."""
        edits = []
        for element in (root := scan(xml, 9), *_all(root)):
            tag = xml[element.start : element.open_end]
            for name in _LINKS:
                if said := element.attributes.get(name):
                    tag = with_attribute(tag, name, self.follower.formula(said, home))
            edits.append((element.start, element.open_end, tag))
        return splice(xml, edits)

    def _vml(self, xml: bytes, home: str) -> bytes:
        for growth in self._here(home):
            xml = anchors.vml(xml, growth)

        def one(found: re.Match[bytes]) -> bytes:
            old = plain(found[2])
            new = self.follower.formula(old, home)
            return found[0] if new == old else found[1] + escape_text(new).encode() + found[3]

        return _VML_LINK.sub(one, xml)

    def _chart(self, xml: bytes, home: str) -> bytes:
        return chart_ranges.followed(xml, home, self.follower, self.book.date1904)

    def _comments(self, xml: bytes, home: str) -> bytes:
        for growth in self._here(home):
            xml = anchors.comments(xml, growth)
        return xml

    def _table_formulas(self, xml: bytes, home: str) -> bytes:
        edits: list[Edit] = []
        for element in _all(scan(xml, 4)):
            if element.name in _FORMULAS:
                edits += text_of(xml, element, lambda text: self.follower.formula(text, home))
        return splice(xml, edits)

    def _pivot_table(self, xml: bytes, home: str) -> bytes:
        edits = []
        for element in _all(scan(xml, 1)):
            if element.name == "location" and "ref" in element.attributes:
                said = element.attributes["ref"]
                for growth in self._here(home):
                    said = ranges(said, lambda of, growth=growth: growth.moved(of.left, of.top, of.right, of.bottom))
                edits.append(_with(xml, element, "ref", said))
        return splice(xml, edits)

    def _pivot_source(self, xml: bytes, _home: str) -> bytes:
        edits = []
        for element in _all(scan(xml, 5)):
            said = element.attributes
            if element.name in ("worksheetSource", "rangeSet") and "ref" in said and "sheet" in said:
                local = not any(name.endswith(":id") for name in said)  # with one it is of another workbook
                if local:
                    edits.append(_with(xml, element, "ref", outside.source(self.follower, said["sheet"], said["ref"])))
        return splice(xml, edits)

    def _connections(self, xml: bytes, _home: str) -> bytes:
        edits = []
        for element in _all(scan(xml, 5)):
            if element.name == "parameter" and any(references(element.attributes.get("cell", ""))):
                edits.append(_with(xml, element, "cell", self.follower.cell(element.attributes["cell"])))
        return splice(xml, edits)


_KINDS = {  # by the kind of a relationship
    "drawing": "_drawing",
    "chart": "_chart",
    "chartEx": "_chart",
    "chartUserShapes": "_linked",
    "table": "_table_formulas",
    "comments": "_comments",
    "threadedComment": "_comments",
    "vmlDrawing": "_vml",
    "ctrlProp": "_linked",
    "pivotTable": "_pivot_table",
    "pivotCacheDefinition": "_pivot_source",
    "connections": "_connections",
}


def _with(xml: bytes, element: Element, name: str, value: str) -> Edit:
    return element.start, element.open_end, with_attribute(xml[element.start : element.open_end], name, value)


def _all(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _all(child)
