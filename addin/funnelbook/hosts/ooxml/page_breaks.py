"""Where the printed pages of a worksheet begin."""

from __future__ import annotations

from collections.abc import Sequence

from funnelbook.hosts.ooxml.xmlscan import scan, splice

# what stands between the cells and the breaks of rows. Source: ECMA-376 part 1, CT_Worksheet
_BEFORE = frozenset(
    (
        "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
        "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
        "pageMargins", "pageSetup", "headerFooter",
    )
)  # fmt: skip
_MOST = 1023  # Excel takes no more
_LAST_COLUMN = 16_383


def broken(tail: bytes, rows: Sequence[int], prefix: str) -> bytes:
    """What follows the cells of a worksheet part, with a page beginning at each of `rows` and no other breaks of rows."""
    opening = f"<{prefix}worksheet>".encode()
    there = scan(opening + tail, 1).children
    old = next((e for e in there if e.name == "rowBreaks"), None)
    behind = next((e.start for e in there if e.name not in _BEFORE), len(opening) + tail.rindex(b"</"))
    start, end = (old.start, old.end) if old else (behind, behind)
    breaks = "".join(f'<{prefix}brk id="{row - 1}" max="{_LAST_COLUMN}" man="1"/>' for row in rows[:_MOST])
    count = min(len(rows), _MOST)
    new = f'<{prefix}rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</{prefix}rowBreaks>' if count else ""
    return splice(opening + tail, [(start, end, new.encode())]).removeprefix(opening)
