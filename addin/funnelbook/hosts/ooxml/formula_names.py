"""A workbook LibreOffice has saved gets the formula names Excel knows back: FB_NEED for FB.NEED. All else keeps its bytes."""

from __future__ import annotations

import re
from pathlib import Path

from funnelbook.files.write import safe_write
from funnelbook.formulas.names import DOTTED, with_underscores
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.xmlscan import escape_text, plain, splice, texts

_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")
_PARTS = re.compile(r"xl/(workbook|worksheets/[^/]+)\.xml")


def name_with_underscores(path: Path) -> bool:
    """Whether there was a formula to name anew; the file keeps its time of change, by which LibreOffice knows its own work."""
    package = Package(path.read_bytes(), path.name)
    for part in filter(_PARTS.fullmatch, package.names):
        xml = package.read(part)
        if DOTTED.encode() in xml:
            dotted = [(a, b) for a, b in texts(xml, *_FORMULAS) if DOTTED.encode() in xml[a:b]]
            package.put(part, splice(xml, [(a, b, _renamed(xml[a:b])) for a, b in dotted]))
    if not package.changed:
        return False
    saved = path.stat()
    safe_write(path, package.to_bytes(), times_of=saved)
    return True


def _renamed(formula: bytes) -> bytes:
    return escape_text(with_underscores(plain(formula))).encode()
