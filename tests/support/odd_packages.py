"""Packages that are sound and look like no ordinary one."""

from __future__ import annotations

import re

ODD = {
    "1904": lambda parts: (
        parts | {"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')}
    ),
    "prefixed": lambda parts: parts | {name: _prefixed(parts[name]) for name in ("xl/workbook.xml", "xl/styles.xml")},
    "utf16": lambda parts: parts | {"xl/worksheets/sheet1.xml": _utf16(parts["xl/worksheets/sheet1.xml"])},
    "strict": lambda parts: {name: _strict(xml) for name, xml in parts.items()},
}


def _prefixed(xml: bytes) -> bytes:
    body = re.sub(rb"<(/?)(?=[a-zA-Z])(?!\w+:)", rb"<\1x:", xml)
    return body.replace(b" xmlns=", b" xmlns:x=", 1)


def _utf16(xml: bytes) -> bytes:
    return xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _strict(xml: bytes) -> bytes:
    return xml.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ).replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
