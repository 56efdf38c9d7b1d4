"""How marks of ownership are written: hidden defined names of the whole workbook, in Excel's notation.

A table's mark refers to its header row, a sheet's to cells at its head, a defined name's to that name, the workbook's holds its
id. Excel, WPS and LibreOffice have them follow whatever is renamed, moved or deleted, and keep them when they save.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from funnelbook.book.column_letters import column_letters, column_number
from funnelbook.book.ports import Area

PREFIX = "_funnelbook_"
BOOK = f"{PREFIX}book"  # the id of the workbook
NUMBERS = f"{PREFIX}numbers"  # headers of columns of numbers we make; a further one is called so with _2, _3 ...
REFRESHED = f"{PREFIX}refreshed"  # as what the file was last refreshed, and its checksum
NEXT_NUMBER = f"{PREFIX}next_number"  # which none has had
UNFINISHED = f"{PREFIX}unfinished"  # while a running Excel is written into: which file tells how to take it back
PREVIEW = f"{PREFIX}preview"  # headers of the sheet that shows what setting up would do; it is no table and goes again

_CELLS = re.compile(
    r"(?:'((?:[^'\[\]:]|'')+)'|([^\s'!\[\]():#]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?"
)


def cells_of(formula: str) -> tuple[str, Area] | None:
    """The sheet and the block of cells a formula such as '漏斗'!$B$5:$K$5 refers to; None when it is anything else."""
    found = _CELLS.fullmatch(formula)
    if not found:
        return None
    quoted, bare, left, top, right, bottom = found.groups()
    sheet = quoted.replace("''", "'") if quoted else bare
    return sheet, Area(int(top), column_number(left), int(bottom or top), column_number(right or left))


def formula_of(sheet: str, area: Area) -> str:
    """The formula that refers to a block of cells."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!${column_letters(area.left)}${area.top}:${column_letters(area.right)}${area.bottom}"


def preview_of(names: Mapping[str, str], sheets: Collection[str]) -> tuple[str, Area] | None:
    """The sheet that shows what setting up would do, and its headers; None where there is none."""
    found = cells_of(names.get(PREVIEW, ""))
    return found if found and found[0] in sheets else None


def taken(names: Mapping[str, str]) -> set[str]:
    """Names of a workbook that are the user's, casefolded: neither marks nor marked. `names` as `Book.names` gives them."""
    ours = {formula.casefold() for name, formula in names.items() if name.startswith(PREFIX)}
    found = set()
    for name in names:
        sheet, _, plain = name.rpartition("!")
        if sheet or not (name.startswith(PREFIX) or plain.casefold() in ours):
            found.add(plain.casefold())
    return found
