"""Defined names of a package: read as formulas, marks of ownership put in, kept out of sight."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape

from funnelbook.book.marks import PREFIX
from funnelbook.hosts.ooxml.workbook import Workbook
from funnelbook.hosts.ooxml.xmlscan import appended, escape_attribute, prefixed, splice, with_attribute

_AFTER = ("sheets", "functionGroups", "externalReferences")


def read(book: Workbook) -> dict[str, str]:
    """Formula of each defined name; one of a sheet only is called Sheet!name."""
    if not book.defined_names:
        return {}
    xml, _ = book.parsed(book.part, 0)
    sheets = [sheet.name for sheet in book.sheets]
    found = {}
    for element in book.defined_names:
        name, local = element.attributes.get("name", ""), element.attributes.get("localSheetId", "")
        if local.isdigit() and int(local) < len(sheets):
            name = f"{sheets[int(local)]}!{name}"
        if not element.empty:
            found[name] = unescape(xml[element.open_end : element.close].decode())
    return found


def defined(book: Workbook, names: Mapping[str, str]) -> bytes:
    """The workbook part with hidden names of the whole workbook put in; those that are there are replaced."""
    entries = {
        name: f'<definedName name="{escape_attribute(name)}" hidden="1">{escape_attribute(formula)}</definedName>'.encode()
        for name, formula in names.items()
    }
    return replaced(book, entries)


def replaced(book: Workbook, entries: Mapping[str, bytes], local: bytes = b"") -> bytes:
    """The workbook part with definedName elements by name put in, those of the same name of the whole workbook gone.

    `local`: elements of names of one sheet only.
    """
    xml, root = book.parsed(book.part, 3)
    new = {name.casefold() for name in entries}
    listed = root.child("definedNames")
    edits = [
        (e.start, e.end, b"")
        for e in (listed.children if listed else ())
        if "localSheetId" not in e.attributes and e.attributes.get("name", "").casefold() in new
    ]
    content = prefixed(b"".join([*entries.values(), local]), root.prefix)
    if not content:
        return xml
    if listed:
        edits.append(appended(xml, listed, content))
    else:
        after = max(e.end for e in root.children if e.name in _AFTER)
        wrapped = prefixed(b"<definedNames>\x00</definedNames>", root.prefix).replace(b"\x00", content)
        edits.append((after, after, wrapped))
    return splice(xml, edits)


def hidden(book: Workbook) -> bytes:
    """The workbook part with every mark out of sight: LibreOffice shows what was hidden when it saves."""
    xml, _ = book.parsed(book.part, 3)
    shown = [
        e
        for e in book.defined_names
        if e.attributes.get("name", "").startswith(PREFIX) and e.attributes.get("hidden") not in ("1", "true")
    ]
    tags = ((e, with_attribute(xml[e.start : e.open_end], "hidden", "1")) for e in shown)
    return splice(xml, [(e.start, e.open_end, tag) for e, tag in tags])
