"""What a spreadsheet program is to work out anew when it opens a workbook that was changed."""

from __future__ import annotations

from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook, rels_name
from funnelbook.hosts.ooxml.xmlscan import prefixed, splice, with_attribute

_BEFORE_CALC_PR = ("sheets", "functionGroups", "externalReferences", "definedNames")


def on_load(package: Package, workbook: Workbook) -> None:
    """Stages that formulas of the user's, which may look at our tables, are worked out when the workbook is opened."""
    xml, root = workbook.parsed(workbook.part, 1)
    known = root.child("calcPr")
    if known:
        tag = with_attribute(xml[known.start : known.open_end], "fullCalcOnLoad", "1")
        edit = (known.start, known.open_end, tag)
    else:
        after = max(e.end for e in root.children if e.name in _BEFORE_CALC_PR)
        edit = (after, after, prefixed(b'<calcPr fullCalcOnLoad="1"/>', root.prefix))
    package.put(workbook.part, splice(xml, [edit]))


def drop_chain(package: Package, workbook: Workbook) -> None:
    """Stages that the calculation chain goes: Excel makes it anew, and one that names a cell without formula is an error to it."""
    for rid, kind, part in workbook.relationships(workbook.part):
        if kind == "calcChain":
            package.drop(part)
            rels = next(n for n in package.names if n.casefold() == rels_name(workbook.part).casefold())
            _take_out(package, workbook, rels, "Id", rid)
            _take_out(package, workbook, "[Content_Types].xml", "PartName", f"/{part}")


def _take_out(package: Package, workbook: Workbook, part: str, attribute: str, value: str) -> None:
    xml, root = workbook.parsed(part, 1)
    gone = [
        (e.start, e.end, b"") for e in root.children if e.attributes.get(attribute, "").casefold() == value.casefold()
    ]
    package.put(part, splice(xml, gone))
