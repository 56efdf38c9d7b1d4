"""Result tables in a running LibreOffice: read whole, written whole, put back as they were by Undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from com.sun.star.sheet.FillDirection import TO_BOTTOM, TO_RIGHT

from funnelbook.book.labels import aliases, normalise
from funnelbook.book.ports import Area, BookError, Link, TableWrite, alike
from funnelbook.book.schema import TABLES
from funnelbook.hosts import libreoffice_charts as charts
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.libreoffice_values import Null, Raw, cells_of, fit_formats, given_column, put, read
from funnelbook.hosts.live_values import Rows, columns, filled

_GAP = 2  # blank rows that stay below a table where something follows


def area_of(address: Uno) -> Area:
    """An area from a range's address."""
    return Area(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


class Table:
    """A result table as it stands in a document: a database range of header row, body and perhaps a row of totals."""

    def __init__(self, document: Uno, name: str, null: Null, read_before: Mapping[str, Raw]) -> None:
        """`read_before`: by sheet the data array of all of it, where it was read and nothing changed since."""
        self.document, self.name, self.null = document, name, null
        self.sheet = document.Sheets.getByIndex(self._range.DataArea.Sheet)
        self._read_before = read_before.get(self.sheet.Name)

    @property
    def _range(self) -> Uno:
        return self.document.DatabaseRanges.getByName(self.name)

    @property
    def totals(self) -> int:
        """How many rows of totals there are."""
        return int(self._range.TotalsRow)

    @property
    def area(self) -> Area:
        """Header and body, without totals."""
        whole = area_of(self._range.DataArea)
        return Area(whole.top, whole.left, whole.bottom - self.totals, whole.right)

    @property
    def others(self) -> list[Area]:
        """Where the sheet's other tables stand."""
        ranges, mine = self.document.DatabaseRanges, self._range.DataArea.Sheet
        places = [ranges.getByName(name).DataArea for name in ranges.ElementNames if name != self.name]
        return [area_of(place) for place in places if place.Sheet == mine]

    def values(self, area: Area) -> Rows:
        return read(self.document, self.sheet, area, self.null)

    def raw(self, area: Area) -> Raw:
        """The data array of an area before anything is written."""
        if self._read_before is None:
            return self.cells(area).getDataArray()
        return [row[area.left - 1 : area.right] for row in self._read_before[area.top - 1 : area.bottom]]

    def cells(self, area: Area) -> Uno:
        return cells_of(self.sheet, area)

    def resize(self, area: Area) -> None:
        """Has the body end where `area` does."""
        found = self._range
        address = found.DataArea
        address.EndRow, address.EndColumn = area.bottom - 1 + self.totals, area.right - 1
        found.DataArea = address

    def lift_filter(self) -> None:
        """Shows the rows that a filter hides: it knows nothing of the new ones."""
        if self.cells(self.area).Rows.IsFiltered:
            found = self._range
            found.getFilterDescriptor().setFilterFields(())
            found.refresh()

    def calculated(self, write: TableWrite) -> list[int]:
        """Positions in what is written of columns users added that hold one formula in every row."""
        schema, area = TABLES[write.table], self.area
        ours = {alias for c in schema.columns for alias in aliases(schema, c.name)}
        at = {head: j for j, head in enumerate(write.headers)}
        heads = map(str, self.values(Area(area.top, area.left, area.top, area.right))[0])
        theirs = [(column, head) for column, head in enumerate(heads, area.left) if normalise(head) not in ours]
        return [
            at[head]
            for column, head in theirs
            if at.get(head) == column - area.left and self._one_formula(Area(area.top + 1, column, area.bottom, column))
        ]

    def _one_formula(self, column: Area) -> bool:
        """Whether all cells of a column hold the same formula, told by its relative form."""
        formulas = [row[0] for row in self.cells(column).getFormulaArray()]
        if not all(text.startswith("=") for text in formulas):
            return False
        tokens = [
            self.sheet.getCellByPosition(column.left - 1, row - 1).getTokens()
            for row in range(column.top, column.bottom + 1)
        ]
        return all(other == tokens[0] for other in tokens)


class Content:
    """What is to be written: `columns` of values below the header, and `rows` with it as cells take them."""

    def __init__(self, write: TableWrite, null: Null) -> None:
        self.write, self.columns = write, columns(write)
        self.rows = [
            tuple(write.headers), *zip(*(given_column(column, null) for column in self.columns), strict=True)
        ]  # fmt: skip


def same(table: Table, content: Content) -> bool:
    """Whether a table holds what is to be written already; of calculated columns only the header counts."""
    write, new = content.write, content.rows
    area, width = table.area, len(write.headers)
    lacking = area.bottom - area.top + 1 - len(new)
    if (lacking and not (table.totals and lacking > 0)) or area.right - area.left + 1 != width:
        return False
    new = [*new, *[("",) * width] * lacking]
    if area.top > 1 and write.note and table.values(_note_of(area))[0][0] != write.note:
        return False
    if not _lead_there(table, write):
        return False
    there = table.raw(area)
    calculated = table.calculated(write)
    return all(
        old == row or all((i and j in calculated) or alike(a, b) for j, (a, b) in enumerate(zip(old, row, strict=True)))
        for i, (old, row) in enumerate(zip(there, new, strict=True))
    )


def _links(table: Table, write: TableWrite) -> Iterator[tuple[Uno, list[str]]]:
    """Runs of cells in a column that are to lead to others, and their formulas."""
    area = table.area
    linked = [j for j, column in enumerate(write.columns) if Link in set(map(type, column))]
    for j, column in ((area.left + j, write.columns[j]) for j in linked):
        runs = groupby(enumerate(column, area.top + 1), key=lambda at: isinstance(at[1], Link))
        for _, run in ((leads, list(run)) for leads, run in runs if leads):
            yield (
                table.cells(Area(run[0][0], j, run[-1][0], j)),
                [f"={value.formula(';')}" for _, value in run if isinstance(value, Link)],
            )


def _lead_there(table: Table, write: TableWrite) -> bool:
    """Whether links lead where they should; sheets may have been renamed since."""
    return all(_lead(cells, texts) for cells, texts in _links(table, write))


def _lead(cells: Uno, texts: list[str]) -> bool:
    return [row[0] for row in cells.getFormulaArray()] == texts


def refuse_crowded(table: Table, write: TableWrite, book: str) -> None:
    """BookError when a table would grow over what stands right of it."""
    area = table.area
    right = area.left + len(write.headers) - 1
    if right > area.right and any(map(filled, table.values(Area(area.top, area.right + 1, area.bottom, right)))):
        raise BookError("no_room", file=book, sheet=table.sheet.Name, table=write.table)


class Written:
    """The new content of a table, put in so that LibreOffice's own Undo takes all of it back."""

    def __init__(self, table: Table, content: Content, book: str) -> None:
        self.table, self.content, self.write, self.book = table, content, content.write, book
        self.before = area = table.area
        write, self.last = content.write, area.top + len(content.rows) - 1
        bottom = self.last
        bottom = max(bottom, area.bottom) if table.totals else bottom
        self.after = Area(area.top, area.left, bottom, area.left + len(write.headers) - 1)
        self.formulas = {j: self._first(j).Formula for j in table.calculated(write)}
        self.drew = charts.rows_drawn(table.sheet, area)

    def put(self) -> None:
        table, before, after = self.table, self.before, self.after
        self._make_room()
        width, bottom = max(before.right, after.right) - before.left + 1, max(before.bottom, after.bottom)
        lacking = ("",) * (width - len(self.write.headers))
        rows = [row + lacking for row in self.content.rows] if lacking else self.content.rows
        rows = [*rows, *[("",) * width] * (bottom - before.top + 1 - len(rows))]
        put(table.sheet, Area(before.top, before.left, bottom, before.left + width - 1), rows)
        for j, formula in self.formulas.items():
            self._first(j).Formula = formula
            column = after.left + j
            table.cells(Area(after.top + 1, column, after.bottom, column)).fillAuto(TO_BOTTOM, 1)
        for cells, texts in _links(table, self.write):
            if not _lead(cells, texts):
                cells.setFormulaArray(tuple((text,) for text in texts))
        if after.top > 1 and self.write.note:
            put(table.sheet, _note_of(after), [(self.write.note,)])  # a protected sheet refuses it, but not a `String`

    def draw(self) -> None:
        """Has the charts draw the new rows, as many of them as they are to draw."""
        drawn = self.last - self.after.top
        rows = min(drawn, max(1, self.write.chart_rows or drawn))
        if rows != self.drew or self.after != self.before:
            self._draw(rows)

    def draw_as_before(self) -> None:
        """Has the charts draw as many rows as before."""
        self._draw(self.drew)

    def _draw(self, rows: int) -> None:
        charts.redraw(self.table.sheet, self.table.area, rows)

    def _make_room(self) -> None:
        """Gives the table its new size, and new cells the formats of those beside them."""
        table, before, after = self.table, self.before, self.after
        table.lift_filter()
        if after.bottom > before.bottom:
            self._insert_rows(after.bottom - before.bottom)
        table.resize(after)
        if after.right > before.right:
            table.cells(Area(before.top, before.right, before.bottom, after.right)).fillAuto(TO_RIGHT, 1)
        if after.bottom > before.bottom:
            last = Area(before.bottom, before.left, before.bottom, after.right)
            # Undo empties what was filled; only it leaves no text behind in cells that were blank
            put(table.sheet, last, [tuple(v or "-" for v in row) for row in table.cells(last).getDataArray()])
            table.cells(Area(before.bottom, before.left, after.bottom, after.right)).fillAuto(TO_BOTTOM, 1)
        there = Area(after.top + 1, after.left, self.last, after.right)
        fit_formats(table.document, table.sheet, there, self.content.columns)

    def _first(self, j: int) -> Uno:
        return self.table.sheet.getCellByPosition(self.before.left - 1 + j, self.before.top)

    def _insert_rows(self, grown: int) -> None:
        """Puts in the rows that lack below the body; never into a list that stands beside it."""
        table, area = self.table, self.before
        end = table.sheet.createCursor()
        end.gotoEndOfUsedArea(False)
        used = area_of(end.RangeAddress)
        if used.bottom <= area.bottom:
            return
        width = max(used.right, area.right)
        below = table.values(Area(area.bottom + 1, 1, min(used.bottom, area.bottom + grown + _GAP), width))
        free = next((i for i, row in enumerate(below) if filled(row)), grown + _GAP)
        lacking = grown if table.totals else grown - max(0, free - _GAP)
        if lacking <= 0:
            return
        if self._stands_beside(below[0]):
            ours = [row[area.left - 1 : area.right] for row in below[:grown]]
            if table.totals or any(map(filled, ours)) or self._meets_table(grown):
                raise BookError("no_room", file=self.book, sheet=table.sheet.Name, table=self.write.table)
            return
        table.sheet.Rows.insertByIndex(area.bottom, lacking)

    def _stands_beside(self, next_row: list[object]) -> bool:
        """Whether a list right or left of the table goes on below its end."""
        area = self.before
        if any(other.top <= area.bottom < other.bottom for other in self.table.others):
            return True
        last_row = self.table.values(Area(area.bottom, 1, area.bottom, len(next_row)))[0]
        outside = [j for j in range(len(next_row)) if not area.left - 1 <= j <= area.right - 1]
        return any(last_row[j] not in (None, "") and next_row[j] not in (None, "") for j in outside)

    def _meets_table(self, grown: int) -> bool:
        area = self.before
        return any(
            o.top <= area.bottom + grown and o.bottom > area.bottom and o.left <= area.right and o.right >= area.left
            for o in self.table.others
        )


def _note_of(area: Area) -> Area:
    """The cell above a table's first header, where its note stands."""
    return Area(max(1, area.top - 1), area.left, max(1, area.top - 1), area.left)
