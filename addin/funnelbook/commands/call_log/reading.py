"""Call logs read for a workbook: their calls by customer, what is wrong with their rows, the numbers nobody has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook.book.checks import check
from funnelbook.book.decode import Inputs, decode
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError
from funnelbook.book.problems import Problems
from funnelbook.book.read_otherwise import Otherwise, otherwise
from funnelbook.book.schema import TABLES
from funnelbook.commands.call_log.columns import LogColumns, Map, log_columns
from funnelbook.commands.call_log.files import read_log
from funnelbook.commands.call_log.joined_legs import joined
from funnelbook.commands.call_log.log_rows import LogRows, log_rows
from funnelbook.commands.call_log.oddities import tell, unread
from funnelbook.commands.call_log.times import told_in
from funnelbook.commands.understood import refuse_unmatched
from funnelbook.hosts.delimited import Grid
from funnelbook.hosts.memory import MemoryBook

_LOG = "Activities"


class Named:
    """Headers that are named by hand; `left`: those of them that no log has had so far."""

    def __init__(self, mapping: Map) -> None:
        self.mapping, self.left = mapping, set(mapping)

    def look_in(self, heads: Sequence[str]) -> None:
        plain = set(map(normalise, heads))
        self.left = {key for key in self.left if normalise(self.mapping[key]) not in plain}

    def refuse_left(self, files: str) -> None:
        """BookError that names the first of those that are left."""
        refuse_unmatched(self.mapping, self.left, files)


@dataclass(frozen=True)
class Calls:
    """What a sheet of a log holds: its calls, what is wrong with its rows, numbers nobody has, by unknown word how many calls, by header
    how many of its cells are read as something else than they say, headers of columns that are read as nothing."""

    calls: pd.DataFrame
    problems: Problems
    numbers: set[str]
    unread: Mapping[str, int]
    otherwise: Mapping[str, Otherwise]
    unused: Sequence[str]


@dataclass(frozen=True)
class LogReader:
    """Reads logs by what a workbook says. `mapping`: headers named by hand, now (`named`) or before; `zone`: of whose clocks.
    `language`: of what is told, else the workbook's."""

    book: Book
    located: Located
    inputs: Inputs
    mapping: Map
    named: Named
    as_of: date
    zone: tzinfo | None
    language: str | None = None

    def read(self, log: Path) -> list[Calls]:
        """Of each sheet of a log that holds calls what it holds. BookError `no_log` where none does."""
        found = []
        for grid in read_log(log, self.inputs.frames["People"]["person"].dropna()).values():
            columns = log_columns(grid, self.mapping)
            self.named.look_in(columns.heads if columns else ())
            rows = log_rows(grid, columns, self.inputs, self.as_of) if columns else None
            if columns and rows:
                found.append(self._calls(log, grid, columns, rows))
        if not found:
            self.named.refuse_left(log.name)
            raise BookError("no_log", file=log.name)
        return found

    def _calls(self, log: Path, grid: Grid, columns: LogColumns, rows: LogRows) -> Calls:
        places = self.located.places
        rules = {name: places[name] for name in ("Tiers", "Settings") if name in places}
        sheets: dict[str, Grid] = {rule.sheet: list(map(list, self.book.grid(rule.sheet))) for rule in rules.values()}
        sheet = f"log {log.name}"
        heads = {name: columns.head(name) if name == "quote" else name for name in rows.column}
        place = Place(_LOG, sheet, columns.top + 1, None, rows.column, heads)
        both = MemoryBook(log.name, {**sheets, sheet: rows.grid})
        read = decode(both, Located({**rules, _LOG: place}), self.as_of)
        told = read.frames[_LOG]
        if self.zone is not None:
            there = ~rows.kept["zoned"].reindex(told["row"]).to_numpy(bool)
            told = told.assign(at=told["at"].where(~there, told_in(told["at"], self.zone, self.inputs.settings.zone)))
        calls, words = joined(told, rows.kept), unread(rows)
        known = calls.assign(outcome=calls["outcome"].where(~calls["outcome"].isin(words), None))  # told by the word
        frames = self.inputs.frames | {_LOG: known}
        problems = check(replace(self.inputs, frames=frames, problems=read.problems.of(_LOG)), self.as_of).of(_LOG)
        lines = rows.said.index[rows.of.key != None].to_numpy(float)  # noqa: E711 (elementwise)
        # a lone number below a list is taken for a remark, in a log it is a call without its time
        lost = np.setdiff1d(lines, [*told["row"], *read.problems.rows(_LOG, "at")])
        problems.add(_LOG, "at", "blank_cell", lost[lost != rows.cut], None)
        for one in rows.plain:
            problems.add(_LOG, "minutes", one.code, [one.line], [one.said], count=one.count)
        tell(problems, rows, calls, self.inputs)
        counts = {word: len(lines) for word, lines in words.items()}
        read_as = told.set_index("row")
        otherwise, numbers = self._otherwise(columns, rows, read_as), set(map(str, rows.of.unknown.values()))
        return Calls(calls, problems, numbers, counts, otherwise, _with_cells(columns, grid))

    def _otherwise(self, columns: LogColumns, rows: LogRows, read: pd.DataFrame) -> dict[str, Otherwise]:
        """By header the cells that are read as something else than they say; `read`: the calls by line."""
        said, language = rows.said.loc[read.index], self.language or self.inputs.settings.language
        found = {
            columns.head(name): otherwise(
                TABLES[_LOG].by_name[name], said[name].to_numpy(object), read[name].to_numpy(object), language
            )
            for name in map(str, said)
        }
        return {head: of for head, of in found.items() if head and of}


def _with_cells(columns: LogColumns, grid: Grid) -> list[str]:
    """The headers of columns that are read as nothing though something stands below."""
    at = {head: columns.heads.index(head) for head in columns.unused}
    body = grid[columns.top + 1 :]
    return [head for head, j in at.items() if any(len(line) > j and line[j] not in (None, "") for line in body)]
