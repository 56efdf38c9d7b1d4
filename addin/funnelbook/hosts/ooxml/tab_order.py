"""The order of the tabs: a sheet put before all others, with all that counts sheets by their place."""

from __future__ import annotations

from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook
from funnelbook.hosts.ooxml.xmlscan import Edit, Element, splice, with_attribute


def put_first(package: Package, sheet: str) -> None:
    """Stages a sheet as the first one; the one that is shown stays the one that is shown."""
    book = Workbook(package)
    xml, root = book.parsed(book.part, 3)
    listed = root.within("sheets")
    at = next(i for i, element in enumerate(listed) if element.attributes.get("name") == sheet)
    if at == 0:
        return
    moved = listed[at]
    edits: list[Edit] = [
        (listed[0].start, listed[0].start, xml[moved.start : moved.end]),
        (moved.start, moved.end, b""),
    ]
    for element in root.within("definedNames"):
        edits += _renumbered(xml, element, "localSheetId", element.attributes.get("localSheetId", ""), at)
    for element in root.within("bookViews"):
        edits += _renumbered(xml, element, "activeTab", element.attributes.get("activeTab", "0"), at)
    package.put(book.part, splice(xml, edits))


def _renumbered(xml: bytes, element: Element, name: str, said: str, moved: int) -> list[Edit]:
    """The place of a sheet that an element names, as it is once one has moved to the front."""
    if not said.isdigit():
        return []
    place = 0 if int(said) == moved else int(said) + (int(said) < moved)
    tag = with_attribute(xml[element.start : element.open_end], name, str(place))
    return [(element.start, element.open_end, tag)]
