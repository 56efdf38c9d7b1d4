"""A workbook in memory that somebody looks at."""

from __future__ import annotations

from funnelbook.hosts.memory import MemoryBook


class Looked(MemoryBook):
    """A workbook on a screen: the cell `chosen`, the sheet in `front`, rows put `away`."""

    chosen: tuple[str, int] | None = None
    front = ""
    away: frozenset[tuple[str, int]] = frozenset()

    def selected(self) -> tuple[str, int] | None:
        return self.chosen

    def is_hidden(self, sheet: str, row: int) -> bool:
        return (sheet, row) in self.away

    def hide(self, sheet: str, first: int, last: int, *, hidden: bool) -> None:
        rows = {(sheet, row) for row in range(first, last + 1)}
        self.away = self.away | rows if hidden else self.away - rows

    def show(self, sheet: str) -> None:
        self.front = sheet
