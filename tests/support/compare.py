"""All tables of a workbook, and whether two workbooks hold the same."""

from __future__ import annotations

from funnelbook.book.ports import Book, alike


def tables(book: Book) -> dict[str, list[list[object]]]:
    """Every table of a workbook, header and body."""
    found, places = {}, book.list_objects()
    grids = {sheet: book.grid(sheet) for sheet in {place.sheet for place in places}}
    for place in places:
        area, grid = place.area, grids[place.sheet]
        rows = [[*row, *[None] * (area.right - len(row))] for row in [*grid, *[[]] * (area.bottom - len(grid))]]
        found[place.name] = [row[area.left - 1 : area.right] for row in rows[area.top - 1 : area.bottom]]
    return found


def assert_same(one: dict[str, list[list[object]]], other: dict[str, list[list[object]]]) -> None:
    assert one.keys() == other.keys()
    for name, rows in one.items():
        assert len(rows) == len(other[name]), name
        for i, (a, b) in enumerate(zip(rows, other[name], strict=True)):
            assert all(map(alike, a, b)), f"{name} row {i}: {a} and {b}"
