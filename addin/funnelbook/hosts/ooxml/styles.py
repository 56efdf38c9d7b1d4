"""Styles of a template's sheets added to a workbook's own: entries appended, none changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from funnelbook.book.ports import BookError
from funnelbook.hosts.number_formats import TEXT, shows_day
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook
from funnelbook.hosts.ooxml.xmlscan import (
    Edit,
    Element,
    appended,
    prefixed,
    scan,
    splice,
    with_attribute,
    without_attribute,
)

# The order of the schema; what is missing is put before the first later one there is
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_OWN_FORMATS = 164  # number formats below are Excel's own
_GENERAL, _DAY, _MOMENT, _TEXT = 0, 14, 22, 49  # of them, a number as it is, a day, a day and its time, a text
_SHOWING_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_MARK = b"quotePrefix"
_MARKED = re.compile(rb"""\squotePrefix\s*=\s*["'](?:1|true)["']""")
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="' + _MAIN + b'">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Merged:
    """The workbook's styles with the template's appended, and the new index of each template style and dxf."""

    xml: bytes
    styles: dict[int, int]
    dxfs: dict[int, int]


def merge(own: bytes, template: bytes, name: str) -> Merged:
    """`template`'s cell formats and differential formats appended to `own` (UTF-8). BookError when that is not safe.

    An entry the workbook has already, byte for byte, is used again.
    """
    source = _Sheet(template, name)
    target = _Sheet(own, name)
    formats = {}
    for code, number in source.formats().items():
        formats[number] = target.add_format(code)
    maps = {
        part: {i: target.add(part, xml) for i, xml in enumerate(source.entries(part))}
        for part in ("fonts", "fills", "borders")
    }
    ids = {
        "numFmtId": formats,
        "fontId": maps["fonts"],
        "fillId": maps["fills"],
        "borderId": maps["borders"],
        "xfId": None,
    }
    styles = {i: target.add("cellXfs", _renumbered(xml, ids)) for i, xml in enumerate(source.entries("cellXfs"))}
    dxfs = {
        i: target.add("dxfs", _renumbered(xml, {"numFmtId": formats})) for i, xml in enumerate(source.entries("dxfs"))
    }
    return Merged(target.written(), styles, dxfs)


class CellStyles:
    """Cell formats of a workbook (UTF-8), and others like them for days and for texts that look like formulas.

    `xml` is the part with the formats asked for. Without a part (None) every format is itself.
    """

    def __init__(self, own: bytes | None, name: str) -> None:
        self._own, self._name, self._part = own, name, ""
        self._known: dict[tuple[int, bool], int] = {}  # with the mark of a text, and without

    @classmethod
    def of(cls, book: Workbook) -> CellStyles:
        """The cell formats of a workbook as staged."""
        part = next((part for _, kind, part in book.relationships(book.part) if kind == "styles"), None)
        found = cls(book.package.text(part) if part else None, book.package.name)
        found._part = part or ""
        return found

    def stage(self, package: Package) -> None:
        """Stages the formats asked for."""
        if self.more:
            package.put(self._part, self.xml)

    @cached_property
    def _sheet(self) -> _Sheet:
        return _Sheet(self._own or EMPTY, self._name)

    @cached_property
    def _formats(self) -> list[bytes]:
        return self._sheet.entries("cellXfs") if self._own else []

    @cached_property
    def _dated(self) -> list[bool]:
        shown = {number: shows_day(code) for code, number in self._sheet.formats().items()}
        return [shown.get(number, number in _SHOWING_DAYS) for number in self._numbers]

    @cached_property
    def _numbers(self) -> list[int]:
        """The number format of each format."""
        return [int(e.attributes.get("numFmtId", "0")) for e in self._sheet.children("cellXfs")]

    def quoted(self, style: int) -> int:
        """A format like it with the mark of a text, so that F2 and Enter make no formula of what a cell holds."""
        return self._marked(style, True)

    def plain(self, style: int) -> int:
        """The format without that mark."""
        if (style, False) not in self._known and not (self._own and _MARK in self._own):
            self._known[style, False] = style  # formats with the mark that are made later know the way back
        return self._marked(style, False)

    def _marked(self, style: int, marked: bool) -> int:
        if (style, marked) not in self._known:
            found = self._known[style, marked] = self._made(style, marked)
            if found != style:
                self._known.setdefault((found, not marked), style)  # there and back again
        return self._known[style, marked]

    def _made(self, style: int, marked: bool) -> int:
        if not 0 <= style < len(self._formats):
            return style
        entry = self._formats[style]
        end = entry.index(b">") + 1
        name = _MARK.decode()
        if marked == bool(_MARKED.search(entry[:end])):
            return style
        tag = with_attribute(entry[:end], name, "1") if marked else without_attribute(entry[:end], name)
        try:
            return self._sheet.add("cellXfs", tag + entry[end:])
        except BookError:  # formats that cannot be added to safely: the text is only not marked
            return style

    def dated(self, style: int, with_time: bool) -> int:
        """The format itself where it shows days, else one like it that does."""
        if not 0 <= style < len(self._formats) or self._dated[style]:
            return style
        return self._numbered(style, _MOMENT if with_time else _DAY)

    def of_number(self, style: int) -> int:
        """The format itself where it shows numbers, else one like it that does: a text format makes a text of a number typed anew."""
        if not 0 <= style < len(self._formats) or not (self._dated[style] or self._numbers[style] in self._texts):
            return style
        return self._numbered(style, _GENERAL)

    @cached_property
    def _texts(self) -> set[int]:
        """The number formats that make a text of what is typed."""
        return {_TEXT, *(number for code, number in self._sheet.formats().items() if code == TEXT)}

    def _numbered(self, style: int, number: int) -> int:
        """A format like it with another number format."""
        entry = self._formats[style]
        end = entry.index(b">") + 1
        tag = with_attribute(entry[:end], "numFmtId", str(number))
        return self._sheet.add("cellXfs", with_attribute(tag, "applyNumberFormat", "1") + entry[end:])

    @property
    def more(self) -> bool:
        """Whether formats were added."""
        return "_sheet" in vars(self) and bool(self._sheet.new)

    @property
    def xml(self) -> bytes:
        return self._sheet.written()


class _Sheet:
    """A styleSheet part: its entries and those to be appended."""

    def __init__(self, xml: bytes, name: str) -> None:
        self.xml, self.name = xml, name
        try:
            self.root = scan(xml, 3)
        except ValueError as error:
            raise BookError("broken", file=name, detail="styles.xml") from error
        self.prefix = self.root.prefix
        self.new: dict[str, list[bytes]] = {}
        self._known: dict[str, dict[bytes, int]] = {}
        self._format_ids = [int(e.attributes.get("numFmtId", "0")) for e in self.children("numFmts")]

    def entries(self, part: str) -> list[bytes]:
        return [self.xml[e.start : e.end] for e in self.children(part)]

    def formats(self) -> dict[str, int]:
        """Number of each number format of its own, by code."""
        return {
            e.attributes.get("formatCode", ""): int(e.attributes.get("numFmtId", "0")) for e in self.children("numFmts")
        }

    def add_format(self, code: str) -> int:
        known = self.formats()
        if code in known:
            return known[code]
        number = max([_OWN_FORMATS - 1, *self._format_ids]) + 1
        self._format_ids.append(number)
        tag = with_attribute(b'<numFmt numFmtId="%d"/>' % number, "formatCode", code)
        self.new.setdefault("numFmts", []).append(prefixed(tag, self.prefix))
        return number

    def add(self, part: str, entry: bytes) -> int:
        """The index of an entry, appended if it is not there."""
        if part not in self._known:
            children = self.children(part)
            if any(e.name == "AlternateContent" for e in children):
                raise BookError("styles_unsafe", file=self.name, detail=part)
            self._known[part] = {}
            for i, xml in enumerate(self.entries(part)):
                self._known[part].setdefault(xml, i)
        written = entry if entry.startswith(b"<" + self.prefix.encode() + b":") else prefixed(entry, self.prefix)
        if written not in self._known[part]:
            new = self.new.setdefault(part, [])
            self._known[part][written] = len(self.children(part)) + len(new)
            new.append(written)
        return self._known[part][written]

    def written(self) -> bytes:
        edits: list[Edit] = []
        for part, new in self.new.items():
            container = self.root.child(part)
            content = b"".join(new)
            if container is None:
                tag = prefixed(
                    b'<%s count="%d">%s</%s>' % (part.encode(), len(new), b"\x00", part.encode()), self.prefix
                )
                edits.append((self._place(part), self._place(part), tag.replace(b"\x00", content)))
                continue
            count = len(container.children) + len(new)
            start, end, data = appended(self.xml, container, content)
            if container.empty:
                tag_end = data.index(b">") + 1
                edits.append((start, end, with_attribute(data[:tag_end], "count", str(count)) + data[tag_end:]))
            else:
                tag = self.xml[container.start : container.open_end]
                edits += [
                    (container.start, container.open_end, with_attribute(tag, "count", str(count))),
                    (start, end, data),
                ]
        return splice(self.xml, edits)

    def children(self, part: str) -> list[Element]:
        container = self.root.child(part)
        return container.children if container else []

    def _place(self, part: str) -> int:
        """Where a missing container goes."""
        later = _ORDER[_ORDER.index(part) + 1 :]
        following = [e.start for e in self.root.children if e.name in later]
        return min(following, default=self.root.close)


def _renumbered(entry: bytes, ids: dict[str, dict[int, int] | None]) -> bytes:
    """An entry with its references to other entries changed; xfId, the named style, becomes Normal."""
    for attribute, mapping in ids.items():

        def new(found: re.Match[bytes], mapping: dict[int, int] | None = mapping) -> bytes:
            number = int(found[2])
            return found[1] + b"%d" % (0 if mapping is None else mapping.get(number, number)) + b'"'

        entry = re.sub(rb"(\s%s=\")(\d+)\"" % attribute.encode(), new, entry)
    return entry
