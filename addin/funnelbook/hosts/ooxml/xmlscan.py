"""Where the elements of an XML part stand, so that it can be edited by splicing bytes and never be written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""encoding=["']([A-Za-z0-9._-]+)["']""")
_TAG_END = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = rb"""(\s%s\s*=\s*)("[^"]*"|'[^']*')"""

Edit = tuple[int, int, bytes]  # bytes from .. to are replaced


@dataclass
class Element:
    """An element: `name` without prefix; offsets of `<`, after the start tag, of the end tag, and after it."""

    name: str
    prefix: str
    attributes: dict[str, str]
    start: int
    open_end: int
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((c for c in self.children if c.name == name), None)

    @property
    def empty(self) -> bool:
        """Whether it is written <a/>."""
        return self.close == self.open_end == self.end


def utf8(xml: bytes) -> bytes:
    """The same part in UTF-8 without a mark; parts in UTF-8 come back as they are."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = xml.decode("utf-16")
    elif xml[:2] == b"<\x00":
        text = xml.decode("utf-16-le")
    elif xml[:2] == b"\x00<":
        text = xml.decode("utf-16-be")
    else:
        xml = xml.removeprefix(b"\xef\xbb\xbf")
        declared = _DECLARATION.match(xml)
        named = _ENCODING.search(declared[0]) if declared else None
        if not named or named[1].lower() in (b"utf-8", b"us-ascii", b"ascii"):
            return xml
        text = xml.decode(named[1].decode("ascii"))
    return re.sub(r"""encoding=["'][^"']*["']""", 'encoding="UTF-8"', text, count=1).encode()


def scan(xml: bytes, depth: int) -> Element:
    """The root of a UTF-8 part with its descendants down to `depth` levels below it. ValueError when it is not XML."""
    parser = expat.ParserCreate()
    stack: list[Element | None] = []
    root: list[Element] = []

    def opened(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > depth:
            stack.append(None)
            return
        start = parser.CurrentByteIndex
        prefix, _, local = name.rpartition(":")
        element = Element(local, prefix, attributes, start, tag_end(xml, start))
        if stack and stack[-1]:
            stack[-1].children.append(element)
        elif not stack:
            root.append(element)
        stack.append(element)

    def closed(_name: str) -> None:
        element = stack.pop()
        if element is None:
            return
        if xml[element.open_end - 2 : element.open_end] == b"/>":
            element.close = element.end = element.open_end
        else:
            element.close = parser.CurrentByteIndex
            element.end = xml.index(b">", element.close) + 1

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return root[0]


def tag_end(xml: bytes, start: int) -> int:
    """The offset after the start tag that begins at `start`."""
    found = _TAG_END.match(xml, start + 1)
    if not found:
        raise ValueError("a tag without end")
    return found.end()


def splice(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with its edits made; they must not overlap. Edits at one place are made in the order given."""
    out, at = [], 0
    for start, end, new in sorted(edits, key=lambda e: e[:2]):
        out += [xml[at:start], new]
        at = end
    return b"".join([*out, xml[at:]])


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with an attribute set."""
    written = f'"{escape_attribute(value)}"'.encode()
    changed, count = re.subn(_ATTRIBUTE % re.escape(name.encode()), lambda m: m[1] + written, tag, count=1)
    if count:
        return changed
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + f" {name}=".encode() + written + tag[end:]


def without_attribute(tag: bytes, name: str) -> bytes:
    """A start tag without an attribute."""
    return re.sub(_ATTRIBUTE % re.escape(name.encode()), b"", tag, count=1)


def escape_attribute(text: str) -> str:
    """Text as it stands between double quotes."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def prefixed(fragment: bytes, prefix: str) -> bytes:
    """A fragment written without prefixes, its elements given one."""
    return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix.encode() + b":", fragment) if prefix else fragment


def appended(xml: bytes, element: Element, content: bytes) -> Edit:
    """The edit that puts `content` at the end of an element, written <a/> or not."""
    if not element.empty:
        return element.close, element.close, content
    name = f"{element.prefix}:{element.name}" if element.prefix else element.name
    tag = xml[element.start : element.open_end - 2].rstrip() + b">"
    return element.start, element.end, tag + content + f"</{name}>".encode()
