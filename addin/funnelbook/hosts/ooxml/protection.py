"""What a user has locked: read as Excel reads it, so that nothing is written where Excel itself would refuse."""

from __future__ import annotations

import re
from collections.abc import Collection

from funnelbook.hosts.ooxml.xmlscan import Element, scan

_PROTECTION = re.compile(rb"<(?:\w+:)?sheetProtection\b[^>]*>")
_ON = re.compile(rb"""\ssheet\s*=\s*["'](?:1|true|on)["']""")


def is_protected(sheet: bytes) -> bool:
    """Whether a worksheet part (UTF-8) is protected, with a password or without."""
    found = _PROTECTION.search(sheet, max(0, sheet.rfind(b"sheetData")))  # it follows the cells
    return bool(found) and bool(_ON.search(found[0]))


def all_unlocked(styles: bytes, formats: Collection[int]) -> bool:
    """Whether cells of these formats of a styles part (UTF-8) can be typed into on a protected sheet."""
    entries = scan(styles, 3).within("cellXfs")
    return all(number < len(entries) and _unlocked(entries[number]) for number in formats)


def _unlocked(entry: Element) -> bool:
    protection = entry.child("protection")
    return protection is not None and protection.attributes.get("locked", "1") in ("0", "false", "off")
