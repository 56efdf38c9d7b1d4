"""`funnelbook import`: the call log of a dialer or phone system becomes activities, however often it is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook.book import ownership
from funnelbook.book.checks import check
from funnelbook.book.decode import Inputs, decode
from funnelbook.book.edit import table_edit
from funnelbook.book.handout_copy import keyed
from funnelbook.book.identity import activity_ids
from funnelbook.book.locate import Located, locate
from funnelbook.book.ports import Book, BookError
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import add_missing
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.log_columns import Map, in_minutes, repeated, whole_times, with_ids
from funnelbook.commands.open import mapping_of, open_book, read_inputs
from funnelbook.hosts.delimited import read_csv
from funnelbook.hosts.memory import MemoryBook
from funnelbook.words import say

_LOG = "Activities"
_SAME_CALL = ["at", "id"]


@dataclass(frozen=True)
class ImportReport:
    """What an import came to: calls added, calls that were there already, rows of Problems (row: the line in the log)."""

    added: int
    known: int
    problems: pd.DataFrame
    written: bool

    def as_dict(self) -> dict[str, object]:
        return {"added": self.added, "known": self.known, "problems": len(self.problems), "written": self.written}


def import_calls(
    path: Path, logs: Sequence[Path], mapping: Map | None = None, *, as_of: date, allow_protected: bool = False
) -> ImportReport:
    """The report of call logs imported into a workbook.

    Headers are recognised as those of Activities are, or named in `mapping` ((table, column) -> header). A customer is found by
    id, else by phone number. A call keeps the log's id, or gets one that follows from its content. Rows that cannot be used are
    reported and left out.
    """
    book = open_book(path, allow_protected=allow_protected)
    return import_book(book, logs, mapping or {}, as_of=as_of)


def import_book(book: Book, logs: Sequence[Path], mapping: Map, *, as_of: date) -> ImportReport:
    """As `import_calls`, of a workbook in any host."""
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    inputs = read_inputs(book, as_of)
    language = inputs.settings.language
    if _LOG not in located.whole and add_missing(book, located, language):
        located = locate(book, mapping_of(book))
    seen = keyed(_LOG, inputs.frames[_LOG])[_SAME_CALL]
    new: list[pd.DataFrame] = []
    found: list[pd.DataFrame] = []
    known = 0
    for log in logs:
        calls, problems = _read(book, located, inputs, log, mapping, as_of)
        calls = _numbered_anew(calls, seen)
        there = calls["activity_id"].isin(seen.index).to_numpy(bool)
        known += int(there.sum())
        new.append(calls[~there])
        seen = pd.concat([seen, keyed(_LOG, calls[~there])[_SAME_CALL]])
        named = problems.frame(language)
        found.append(named.assign(problem=f"{log.name}: " + named["problem"]) if len(logs) > 1 else named)
    added = pd.concat(new, ignore_index=True).drop(columns="row")
    edits = [table_edit(book, located.places[_LOG], language, added=_filled(added))] if len(added) else []
    return ImportReport(len(added), known, pd.concat(found, ignore_index=True), book.write([], edits))


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of taking the call logs of a folder into the workbook in front."""
    logs = sorted(file for file in press.folder.glob("*") if file.suffix.lower() == ".csv")
    if not logs:
        raise BookError("no_logs", folder=str(press.folder))
    report = import_book(press.book, logs, {}, as_of=press.day)
    counts = {"added": report.added, "known": report.known, "problems": len(report.problems)}
    return ButtonResult(say("done_import", press.language, **counts), waits=True)


def _numbered_anew(calls: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """Calls with an id each: one whose number is another call's, as when the numbering starts again, gets one of its content."""
    here = keyed(_LOG, calls)[_SAME_CALL]
    differs = (here.to_numpy(object) != seen.reindex(here.index).to_numpy(object)).any(axis=1)
    another = np.where(here.index.isin(seen.index), differs, here.index.duplicated())
    taken = calls["activity_id"].notna().to_numpy(bool) & another
    calls = calls.assign(activity_id=calls["activity_id"].where(~taken, None))
    return calls.assign(activity_id=activity_ids(TABLES[_LOG], calls))


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame without the columns that hold nothing: no cell is written for them."""
    empty = [name for name in frame if frame[name].isna().all() or frame[name].map(lambda v: v is False).all()]
    return frame.drop(columns=empty)


def _read(
    book: Book, located: Located, inputs: Inputs, log: Path, mapping: Map, as_of: date
) -> tuple[pd.DataFrame, Problems]:
    """The calls of a log by schema columns, and what is wrong with its rows."""
    grid = read_csv(log)
    top = next((i for i, row in enumerate(grid) if sum(v is not None for v in row) > 1), None)
    if top is None:
        raise BookError("no_log", file=log.name)
    unknown = with_ids(grid, top, inputs.frames["Customers"], mapping)
    as_seconds = in_minutes(grid, top, mapping)
    whole_times(grid, top, mapping)
    place = locate(MemoryBook(grids={_LOG: grid}), mapping).places.get(_LOG)
    if place is None or place.lacks:
        raise BookError("no_log", file=log.name)
    again = repeated(grid, top, place.columns)
    rules = {name: located.places[name] for name in ("Tiers", "Settings") if name in located.places}
    sheets = {rule.sheet: book.grid(rule.sheet) for rule in rules.values()}
    both = MemoryBook(log.name, {**sheets, f"csv {log.name}": grid})
    read = decode(both, Located({**rules, _LOG: replace(place, sheet=f"csv {log.name}")}), as_of)
    only_log = read.problems.of(_LOG)
    calls = read.frames[_LOG]
    numbers = calls["activity_id"].fillna(calls["row"].map(again))
    calls = calls.assign(activity_id=numbers.astype(object).where(numbers.notna(), None))
    checked = check(replace(inputs, frames=inputs.frames | {_LOG: calls}, problems=only_log), as_of)
    problems = checked.of(_LOG)
    if as_seconds:
        line, said = as_seconds[0]
        problems.add(_LOG, "minutes", "as_seconds", [line], [said], count=len(as_seconds))
    problems.add(_LOG, "id", "unknown_phone", [row for row, _ in unknown], [number for _, number in unknown])
    return calls, problems
