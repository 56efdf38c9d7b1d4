"""Sheets taken ready-made from a template package into a workbook: one mechanism for adding a sheet, none for drawing one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from funnelbook.book.marks import taken
from funnelbook.book.ports import BookError
from funnelbook.hosts.ooxml import defined_names, styles
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook, rels_name
from funnelbook.hosts.ooxml.xmlscan import (
    appended,
    escape_attribute,
    prefixed,
    scan,
    splice,
    with_attribute,
    without_attribute,
)

_RELATED = re.compile(rb""":id\s*=\s*["']([^"']+)""")
_LONGEST_NAME = 31
_SERIALS_1904 = 1462  # days between the two date systems
_KINDS = {  # how the parts a sheet brings are named and typed
    "worksheet": ("worksheets/sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"),
    "table": ("tables/table", "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"),
    "drawing": ("drawings/drawing", "application/vnd.openxmlformats-officedocument.drawing+xml"),
    "chart": ("charts/chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"),
}
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {  # transitional namespace -> Strict
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
}


def graft(package: Package, template: bytes, sheets: Sequence[str], *, allow_locked: bool = False) -> dict[str, str]:
    """Stages sheets of a template after the last one of `package`; the name each got, by its template name.

    Parts, relationships, ids, styles and names are renumbered, strings put inline; nothing of the workbook's own changes but
    the parts that must name the new ones. BookError when it cannot be done safely, or the user locked the workbook's structure
    and does not allow it; it stays locked.
    """
    return _Graft(package, template, allow_locked).take(sheets)


class _Graft:
    def __init__(self, package: Package, template: bytes, allow_locked: bool) -> None:
        self.package, self.target = package, Workbook(package)
        if self.target.locked and not allow_locked:
            raise BookError("locked_structure", file=package.name)
        self.source = Workbook(Package(template, "template"))
        self.strings = _shared_strings(self.source)
        self.folder = posixpath.dirname(self.target.part)
        parts = (self.target.part, *self.target.worksheets.values())
        led_to = [target for part in parts for _, _, target in self.target.relationships(part)]
        self.taken = {
            name.casefold() for name in (*package.names, *led_to)
        }  # what is lost must not come back as a part of ours
        self.names: dict[str, str] = {}  # sheets, by template name
        self.overrides: list[tuple[str, str]] = []
        self.next_table_id = max((t.table_id for t in self.target.tables), default=0) + 1
        self.serials = _date_styles(self.source) if self.target.date1904 else set()

    def take(self, sheets: Sequence[str]) -> dict[str, str]:
        self._refuse_taken_names(sheets)
        used = {s.name.casefold() for s in self.target.sheets}
        for sheet in sheets:
            self.names[sheet] = _free_name(sheet, used)
            used.add(self.names[sheet].casefold())
        self.styles = self._merge_styles()
        parts = [(self.names[sheet], self._worksheet(self.source.worksheets[sheet])) for sheet in sheets]
        self._enter(parts)
        return self.names

    def _refuse_taken_names(self, sheets: Sequence[str]) -> None:
        used = {t.listed.name.casefold() for t in self.target.tables}
        used |= taken(defined_names.read(self.target))
        wanted = [table.listed.name for table in self.source.tables if table.listed.sheet in sheets]
        for name in (*wanted, *defined_names.read(self.source)):
            if name.casefold() in used:
                raise BookError("name_taken", file=self.package.name, name=name)

    def _merge_styles(self) -> styles.Merged:
        found = [t for _, kind, t in self.target.relationships(self.target.part) if kind == "styles"]
        template = next(t for _, kind, t in self.source.relationships(self.source.part) if kind == "styles")
        part = found[0] if found else self._free_part("styles.xml")
        own = self.package.text(part) if part in self.package else self._in_namespace(styles.EMPTY)
        merged = styles.merge(own, self.source.package.read(template), self.package.name)
        self.package.put(part, merged.xml)
        if not found:
            self._relate("styles", part)
            self.overrides.append((part, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"))
        return merged

    def _worksheet(self, part: str) -> str:
        """Copies a worksheet with all it brings; the name of the new part."""
        xml = self.source.package.read(part)
        xml = self._strings_inline(self._restyled(xml)).replace(b' tabSelected="1"', b"")
        return self._copy("worksheet", part, self._renamed(xml))

    def _copy(self, kind: str, part: str, xml: bytes) -> str:
        stem, content_type = _KINDS[kind]
        new = self._free_part(f"{stem}.xml")
        self.package.put(new, self._in_namespace(xml))
        self.overrides.append((new, content_type))
        related = self.source.relationships(part)
        if related:
            rels = self.source.package.read(rels_name(part))
            for rid, child, target in related:
                rels = _retargeted(rels, rid, posixpath.relpath(self._child(child, target), posixpath.dirname(new)))
            self.package.put(rels_name(new), self._in_namespace(rels))
        return new

    def _child(self, kind: str, part: str) -> str:
        xml = self.source.package.read(part)
        if kind == "table":
            tag_end = xml.index(b">", xml.index(b"<table")) + 1
            tag = with_attribute(xml[:tag_end], "id", str(self.next_table_id))
            self.next_table_id += 1
            xml = _mapped(tag + xml[tag_end:], rb"[dD]xfId", self.styles.dxfs)
        elif kind == "chart":
            xml = self._renamed(xml)
        return self._copy(kind, part, xml)

    def _restyled(self, xml: bytes) -> bytes:
        cells, rest = xml.find(b"<sheetData"), xml.find(b"</sheetData>")
        head, body, tail = xml[:cells], xml[cells:rest], xml[rest:]
        if self.serials:
            body = _shifted_serials(body, self.serials)
        head = _mapped(head, rb"style", self.styles.styles)
        body = _mapped(body, rb"s", self.styles.styles)
        return head + body + _mapped(tail, rb"dxfId", self.styles.dxfs)

    def _strings_inline(self, xml: bytes) -> bytes:
        def inline(found: re.Match[bytes]) -> bytes:
            return found[1] + b't="inlineStr"><is>' + self.strings[int(found[2])] + b"</is></c>"

        return re.sub(rb'(<c [^>]*)t="s"><v>(\d+)</v></c>', inline, xml)

    def _renamed(self, xml: bytes) -> bytes:
        """References to grafted sheets by the names they got."""
        for old, new in self.names.items():
            if old != new:
                for quote in ("'", "&apos;"):
                    before, after = (quote + name.replace("'", 2 * quote) + quote + "!" for name in (old, new))
                    xml = xml.replace(before.encode(), after.encode())
                xml = re.sub(rb"(?<![\w'])%s!" % re.escape(old.encode()), f"'{new}'!".encode(), xml)
        return xml

    def _in_namespace(self, xml: bytes) -> bytes:
        if self.target.strict:
            for transitional, strict in _STRICT.items():
                xml = xml.replace(transitional, strict)
        return xml

    def _free_part(self, stem: str) -> str:
        base, extension = posixpath.splitext(posixpath.join(self.folder, stem))
        number = 1
        while (part := f"{base}{number}{extension}").casefold() in self.taken:
            number += 1
        self.taken.add(part.casefold())
        return part

    def _enter(self, parts: list[tuple[str, str]]) -> None:
        """Names the new parts in the workbook, its relationships and the content types."""
        xml, root = self.target.parsed(self.target.part, 3)
        listed = root.child("sheets")
        if listed is None or not listed.children:
            raise BookError("broken", file=self.package.name, detail=self.target.part)
        next_id = max(s.sheet_id for s in self.target.sheets) + 1
        space = self._relationship_namespace()
        content = b""
        for i, (name, part) in enumerate(parts):
            rid = self._relate("worksheet", part)
            tag = f'<sheet xmlns:r="{space}" name="{escape_attribute(name)}" sheetId="{next_id + i}"'
            state = ' state="hidden"' if self._hidden(name) else ""
            content += prefixed(f'{tag}{state} r:id="{rid}"/>'.encode(), root.prefix)
        self.package.put(self.target.part, splice(xml, [appended(xml, listed, content)]))
        names = self._defined_names(parts)
        self.package.put(self.target.part, defined_names.replaced(Workbook(self.package), *names))
        self._enter_types()

    def _hidden(self, name: str) -> bool:
        template = next(old for old, new in self.names.items() if new == name)
        return next(s for s in self.source.sheets if s.name == template).state != "visible"

    def _defined_names(self, parts: list[tuple[str, str]]) -> tuple[dict[str, bytes], bytes]:
        """The template's names of the whole workbook, and those of grafted sheets."""
        position = {name: len(self.target.sheets) + i for i, (name, _) in enumerate(parts)}
        xml = self.source.parsed(self.source.part, 3)[0]
        names, local = {}, b""
        for element in self.source.defined_names:
            at = element.attributes.get("localSheetId")
            entry = self._renamed(xml[element.start : element.end])
            if at is None:
                names[element.attributes["name"]] = entry
            elif (sheet := self.source.sheets[int(at)].name) in self.names:
                tag_end = entry.index(b">") + 1
                tag = with_attribute(entry[:tag_end], "localSheetId", str(position[self.names[sheet]]))
                local += tag + entry[tag_end:]
        return names, local

    def _relationship_namespace(self) -> str:
        return _STRICT[_TRANSITIONAL.encode()].decode() if self.target.strict else _TRANSITIONAL

    def _relate(self, kind: str, part: str) -> str:
        """Adds a relationship of the workbook; its id."""
        rels = rels_name(self.target.part)
        rels = next((name for name in self.package.names if name.casefold() == rels.casefold()), rels)
        xml, root = self.target.parsed(rels, 1)
        used = {e.attributes.get("Id", "") for e in root.children}
        book, _ = self.target.parsed(self.target.part, 1)
        used.update(
            found.decode() for found in _RELATED.findall(book)
        )  # a tab that leads nowhere must not lead to ours
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        target = posixpath.relpath(part, self.folder)
        tag = f'<Relationship Id="rId{number}" Type="{self._relationship_namespace()}/{kind}" Target="{target}"/>'
        self.package.put(rels, splice(xml, [appended(xml, root, prefixed(tag.encode(), root.prefix))]))
        return f"rId{number}"

    def _enter_types(self) -> None:
        part = "[Content_Types].xml"
        xml, root = self.target.parsed(part, 1)
        listed = {e.attributes.get("Extension", "").casefold() for e in root.children}
        tags = b""
        if "rels" not in listed:
            tags += (
                b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            )
        for name, content_type in self.overrides:
            tags += f'<Override PartName="/{name}" ContentType="{content_type}"/>'.encode()
        self.package.put(part, splice(xml, [appended(xml, root, prefixed(tags, root.prefix))]))


def _shared_strings(workbook: Workbook) -> list[bytes]:
    """Content of each <si>."""
    parts = [t for _, kind, t in workbook.relationships(workbook.part) if kind == "sharedStrings"]
    if not parts:
        return []
    xml = workbook.package.read(parts[0])
    return [xml[e.open_end : e.close] for e in scan(xml, 1).children]


def _date_styles(workbook: Workbook) -> set[int]:
    """Cell formats of the template that show dates."""
    part = next(t for _, kind, t in workbook.relationships(workbook.part) if kind == "styles")
    root = scan(workbook.package.read(part), 2)
    dates = {e.attributes["numFmtId"] for e in root.within("numFmts") if "yy" in e.attributes["formatCode"]}
    return {i for i, e in enumerate(root.within("cellXfs")) if e.attributes.get("numFmtId") in dates}


def _shifted_serials(body: bytes, dates: set[int]) -> bytes:
    """Serials of 1900 written in the 1904 system."""

    def shifted(found: re.Match[bytes]) -> bytes:
        serial = float(found[3]) - _SERIALS_1904 if int(found[2]) in dates else float(found[3])
        return found[1] + found[2] + b'"><v>%s</v>' % f"{serial:g}".encode()

    return re.sub(rb'(<c r="[A-Z]+\d+" s=")(\d+)"><v>([\d.]+)</v>', shifted, body)


def _mapped(xml: bytes, attribute: bytes, numbers: dict[int, int]) -> bytes:
    """Every value of an attribute by its new number."""
    return re.sub(
        rb'(\s\w*?%s=")(\d+)"' % attribute if attribute != rb"s" else rb'(\ss=")(\d+)"',
        lambda m: m[1] + b'%d"' % numbers.get(int(m[2]), int(m[2])),
        xml,
    )


def _retargeted(rels: bytes, rid: str, target: str) -> bytes:
    root = scan(rels, 1)
    element = next(e for e in root.children if e.attributes.get("Id") == rid)
    tag = with_attribute(without_attribute(rels[element.start : element.open_end], "Target"), "Target", target)
    return splice(rels, [(element.start, element.open_end, tag)])


def _free_name(name: str, used: set[str]) -> str:
    number, free = 2, name[:_LONGEST_NAME]
    while free.casefold() in used:
        mark = f" ({number})"
        free, number = name[: _LONGEST_NAME - len(mark)] + mark, number + 1
    return free
