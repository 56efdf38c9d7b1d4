"""What is left to be written of a log that stands in a workbook: not the rows it holds already."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from funnelbook.book.encode import encode
from funnelbook.book.ports import Area, ListObject, TableWrite
from funnelbook.book.result_tables import ResultTable, read
from funnelbook.book.schema import TABLES
from funnelbook.hosts.memory import MemoryBook

HISTORY = TABLES["History"]
ROWS = pd.DataFrame(
    {
        "at": np.array(["2026-05-18", "2026-05-19", "2026-05-20"], dtype="datetime64[s]"),
        "id": ["K1", "K2", "K1"],
        "from_tier": [None, None, "E"],
        "to_tier": ["E", "D", "C"],
        "owner": ["张三", "李四", "张三"],
        "source": ["initial", "initial", "activity"],
    }
)


def said(rows: int) -> TableWrite:
    return encode(HISTORY, ROWS.iloc[:rows], "zh")


def log(rows: int, head: int | None = None, first_id: str = "K1") -> ResultTable:
    """The log with so many rows, read; `head`: how many of its headers are there."""
    write = said(rows)
    lines = [[None if pd.isna(v) else v for v in row] for row in zip(*map(list, write.columns), strict=True)]
    lines = [[v.astype("datetime64[s]").item() if isinstance(v, np.datetime64) else v for v in row] for row in lines]
    lines[0][1] = first_id
    book = MemoryBook(grids={"log": [list(write.headers)[:head], *lines]})
    area = Area(1, 1, 1 + rows, len(write.headers))
    found = read(book, HISTORY, ListObject("log", "log", area, 0, tuple(write.headers)))
    assert len(found.frame) == rows
    return found


def test_rows_that_stand_are_left_and_new_ones_go_below():
    left = log(2).still_to_write(said(3))
    assert left is not None
    assert (left.standing, left.rows) == (2, 3)


def test_a_log_that_says_all_of_it_is_not_written():
    assert log(3).still_to_write(said(3)) is None


def test_a_row_that_says_something_else_has_all_written():
    write = said(3)
    assert log(2, first_id="K9").still_to_write(write) is write


def test_a_column_whose_header_is_blank_has_all_written():
    there = log(2, head=-1)
    write = replace(said(3), headers=there.header[:-1], columns=said(3).columns[:-1])
    assert replace(there, header=there.header[:-1]).still_to_write(write) is write
