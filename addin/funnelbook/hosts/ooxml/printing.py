"""A package made ready for printing."""

from __future__ import annotations

from collections.abc import Collection

from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook
from funnelbook.hosts.ooxml.xmlscan import splice, with_attribute

_PRINT_AREA = "_xlnm.Print_Area"


def only_sheets(data: bytes, names: Collection[str]) -> bytes:
    """A package with these sheets seen and every other one hidden, for printing.

    Print areas of the hidden ones go too: LibreOffice prints those, hidden or not.
    """
    package = Package(data, "copy")
    xml, root = Workbook(package).parsed(Workbook(package).part, 3)
    listed = root.within("sheets")
    edits = [
        (e.start, e.open_end, with_attribute(xml[e.start : e.open_end], "state", state))
        for e in listed
        for state in ("visible" if e.attributes.get("name") in names else "hidden",)
        if e.attributes.get("state", "visible") != state
    ]
    shown = next((i for i, e in enumerate(listed) if e.attributes.get("name") in names), 0)
    for view in root.within("bookViews"):  # an active sheet is shown even when hidden
        tag = with_attribute(xml[view.start : view.open_end], "activeTab", str(shown))
        edits.append((view.start, view.open_end, with_attribute(tag, "firstSheet", str(shown))))
    for name in root.within("definedNames"):  # LibreOffice prints an area of a hidden sheet too
        at = int(name.attributes.get("localSheetId", -1))
        if name.attributes.get("name") == _PRINT_AREA and listed[at].attributes.get("name") not in names:
            edits.append((name.start, name.end, b""))
    package.put(Workbook(package).part, splice(xml, sorted(edits)))
    return package.to_bytes()
