"""A few cells in memory for formulas to refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from funnelbook.book.ports import Area
from funnelbook.formulas.evaluate import Evaluator
from funnelbook.formulas.native.blocks import Range, UntoldError

_PLACE = re.compile(r"\$?([A-Z])\$?(\d+)(?::\$?([A-Z])\$?(\d+))?")


class FewCells:
    """Rows of cells from A1 on, and defined names."""

    def __init__(self, rows: Sequence[Sequence[object]], names: Mapping[str, str], *, date1904: bool = False) -> None:
        self.cells, self.names, self.date1904 = rows, names, date1904

    def place(self, text: str, sheet: str) -> Range | str:
        if text in self.names:
            return self.names[text]
        found = _PLACE.fullmatch(text.removeprefix(f"{sheet}!"))
        if not found:
            raise UntoldError(text)
        left, top = ord(found[1]) - 64, int(found[2])
        right, bottom = (ord(found[3]) - 64, int(found[4])) if found[3] else (left, top)
        return Range(sheet, Area(top, left, bottom, right))

    def rows(self, cells: Range) -> list[list[object]]:
        area = cells.area
        return [[self._at(i, j) for j in range(area.left, area.right + 1)] for i in range(area.top, area.bottom + 1)]

    def _at(self, row: int, column: int) -> object:
        line = self.cells[row - 1] if row <= len(self.cells) else []
        return line[column - 1] if column <= len(line) else None


def gives(
    formula: str,
    rows: Sequence[Sequence[object]] = (),
    *,
    array: bool = False,
    date1904: bool = False,
    **names: str,
) -> object:
    """What a formula in a cell gives, errors as their codes; "untold" when it cannot be told."""
    try:
        found = Evaluator(FewCells(rows, names, date1904=date1904), "en").rows(formula, "S", array=array)
    except UntoldError:
        return "untold"
    value = found[0][0]
    return str(value) if type(value).__name__ in ("CellError", "Explained") else value
