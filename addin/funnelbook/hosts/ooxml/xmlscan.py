"""Where the elements of an XML part stand, so that it can be edited by splicing bytes and never be written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from xml.parsers import expat

_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""encoding=["']([A-Za-z0-9._-]+)["']""")
# Groups are never possessive: Python before 3.11.5 matches those wrongly, and a sheet is read as empty.
REST = rb"""[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*"""  # of a start tag after its name, up to its end
_TAG_END = re.compile(REST + b">")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*("[^"]*+"|'[^']*+')""")
_NOT_TAGS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_NUMBERED = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|(\d+));")
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(amp|lt|gt|quot|apos));")
_KEPT = 1 << 16  # bytes of a part whose elements are kept
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

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

    def within(self, name: str) -> list[Element]:
        """The children of the first child of that name; none without one."""
        found = self.child(name)
        return found.children if found else []

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
    """The root of a UTF-8 part with its descendants down to `depth` levels below it, not to be changed. ValueError when it is not XML."""
    return _known(xml, depth) if len(xml) <= _KEPT else _scanned(xml, depth)


def _scanned(xml: bytes, depth: int) -> Element:
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


_known = lru_cache(maxsize=512)(_scanned)  # most parts are asked for several times, and are the same the next day


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


def masked(xml: bytes) -> bytes:
    """A part of the same length in which every `<` begins a tag: comments, CDATA sections and instructions are blanks."""
    if b"<!" not in xml and xml.find(b"<?", 1) < 0:
        return xml
    return _NOT_TAGS.sub(lambda m: b" " * len(m[0]), xml)


def tags(xml: bytes, *names: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the start tags of elements with these names, whatever their prefix, stand between two offsets."""
    for found in _tag_pattern(names).finditer(masked(xml[start:end])):
        yield start + found.start(), start + found.end()


def texts(xml: bytes, *names: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the contents of elements with these names, which hold nothing but text, stand between two offsets."""
    shape = masked(xml[start:end])
    for found in _tag_pattern(names).finditer(shape):
        if shape[found.end() - 2 : found.end()] != b"/>":
            close = shape.find(b"</", found.end())
            if close >= 0:
                yield start + found.end(), start + close


@cache
def _tag_pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(rb"<(?:[\w.-]+:)?(?:%b)(?=[\s/>])%b>" % ("|".join(map(re.escape, names)).encode(), REST))


def plain(content: bytes) -> str:
    """The text that an element's content stands for, markup resolved."""
    if b"<" not in content:
        return _resolved(content)
    out, at = [], 0
    for found in _NOT_TAGS.finditer(content):
        out.append(_resolved(content[at : found.start()]))
        if found[0].startswith(_CDATA):
            out.append(found[0][len(_CDATA) : -len(_CDATA_END)].decode())
        at = found.end()
    return "".join([*out, _resolved(content[at:])])


def _resolved(raw: bytes) -> str:
    text = raw.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(found: re.Match[str]) -> str:
    if found[3]:
        return _ENTITIES[found[3]]
    try:
        return chr(int(found[1], 16) if found[1] else int(found[2]))
    except OverflowError as error:
        raise ValueError(found[0]) from error


def simple(xml: bytes) -> bytes:
    """A part that reads the same without comments, CDATA sections, instructions, and characters by number."""
    if masked(xml) is not xml:
        declared = _DECLARATION.match(xml)
        start = declared.end() if declared else 0
        xml = xml[:start] + _NOT_TAGS.sub(lambda m: escape_text(plain(m[0])).encode(), xml[start:])
    return _NUMBERED.sub(_written_out, xml) if b"&#" in xml else xml


def _written_out(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    if number < ord(" "):  # white space, which would not read the same
        return found[0]
    return escape_attribute(_resolved(found[0])).replace("'", "&apos;").encode()


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag as they read."""
    return {m[1].decode(): _resolved(m[2][1:-1]) for m in _ATTRIBUTE.finditer(tag)}


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with an attribute set; as it is when the attribute reads so already."""
    written = f'"{escape_attribute(value)}"'.encode()
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name.encode():
            if _resolved(found[2][1:-1]) == value:
                return tag
            return tag[: found.start(2)] + written + tag[found.end(2) :]
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + f" {name}=".encode() + written + tag[end:]


def without_attribute(tag: bytes, *names: str) -> bytes:
    """A start tag without some attributes."""
    gone = {name.encode() for name in names}
    return _ATTRIBUTE.sub(lambda m: b"" if m[1] in gone else m[0], tag)


def escape_attribute(text: str) -> str:
    """Text as it stands between double quotes."""
    escaped = escape_text(text).replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def escape_text(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
