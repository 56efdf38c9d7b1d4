"""`funnelbook import`: the call log of a dialer or phone system becomes activities, however often it is imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook.book import ownership
from funnelbook.book.arrays import array_of
from funnelbook.book.checks import check
from funnelbook.book.decode import Inputs, decode
from funnelbook.book.edit import table_edit
from funnelbook.book.identity import activity_ids
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located, locate
from funnelbook.book.numbers import REFERRING, number
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError, TableEdit, TableWrite
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.book.table_reader import frame_of
from funnelbook.commands.adopt import refuse_unmatched
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.call_log.columns import LogColumns, Map, log_columns
from funnelbook.commands.call_log.files import LOGS, read_log
from funnelbook.commands.call_log.joined_legs import FILLED, joined
from funnelbook.commands.call_log.joined_legs import matched as found_again
from funnelbook.commands.call_log.log_rows import LogRows, log_rows
from funnelbook.commands.call_log.oddities import reached, tell
from funnelbook.commands.call_log.times import told_in
from funnelbook.commands.missing_sheets import add_missing
from funnelbook.commands.new_customers import put_below
from funnelbook.commands.open import log_mapping_of, mapping_of, matched, open_book, read_inputs
from funnelbook.domain import phone
from funnelbook.hosts.delimited import Grid
from funnelbook.hosts.memory import MemoryBook
from funnelbook.words import say

_LOG = "Activities"


@dataclass(frozen=True)
class ImportReport:
    """What an import came to: calls added, calls there already and how many of them it completed, rows of Problems (row: the line in
    the log). Of the added ones: `minutes` on average of those that took any, the share `connected`, NaN for none; numbers nobody has.
    """

    added: int
    known: int
    completed: int
    minutes: float
    connected: float
    unknown: int
    problems: pd.DataFrame
    written: bool

    def as_dict(self) -> dict[str, object]:
        told = {
            name: None if np.isnan(value) else round(value, 3)
            for name, value in (("minutes", self.minutes), ("connected", self.connected))
        }
        counts = {"added": self.added, "known": self.known, "completed": self.completed, "unknown": self.unknown}
        return {**counts, **told, "problems": len(self.problems), "written": self.written}

    def text(self, language: str) -> str:
        """What is added, in a sentence that somebody can say yes or no to."""
        minutes, connected = (
            "" if np.isnan(size) else say(f"import_{name}", language, **{name: format(size, form)})
            for name, size, form in (("minutes", self.minutes, ".1f"), ("connected", self.connected, ".0%"))
        )
        return say(
            "import_told",
            language,
            calls=self.added,
            minutes=minutes,
            connected=connected,
            unknown=self.unknown,
            completed=self.completed,
        )

    def done(self, language: str) -> str:
        """What was written."""
        counts = {"added": self.added, "known": self.known, "completed": self.completed}
        return say("done_import", language, **counts, problems=len(self.problems))


@dataclass(frozen=True)
class Staged:
    """An import that is read and not written: what it comes to, and what writes it."""

    report: ImportReport
    book: Book
    edits: list[TableEdit] = field(default_factory=list)
    writes: list[TableWrite] = field(default_factory=list)

    def write(self) -> ImportReport:
        """The report of the import, written."""
        return replace(self.report, written=self.book.write(self.writes, self.edits))


def import_calls(
    path: Path, logs: Sequence[Path], mapping: Map | None = None, *, as_of: date, allow_protected: bool = False
) -> ImportReport:
    """The report of call logs imported into a workbook; as `stage`, and written."""
    return stage(open_book(path, allow_protected=allow_protected), logs, mapping or {}, as_of=as_of).write()


def stage(
    book: Book,
    logs: Sequence[Path],
    mapping: Map,
    *,
    as_of: date,
    add_customers: bool = False,
    zone: tzinfo | None = None,
) -> Staged:
    """Call logs read for a workbook of any host, nothing written yet.

    Headers are recognised as phone systems write them, or named in `mapping` ((table, column) -> header), which the workbook
    remembers. A customer is found by phone number, else by id.
    A call keeps the log's number, or gets one that follows from its content; one that is there already
    is completed where it has blank cells. Rows that cannot be used are reported and left out. `add_customers`:
    numbers nobody has become customers. `zone`: whose clocks a log's times without an offset show; None: the
    workbook's. Source: ownbooks.md 3.
    """
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    inputs = read_inputs(book, as_of)
    language = inputs.settings.language
    if _LOG not in located.whole and add_missing(book, located, language):
        located = locate(book, mapping_of(book))
    old = inputs.frames[_LOG]
    old = old.assign(
        connected=old["connected"].astype(object).where(old["connected"], None)
    )  # a No is seen to where cells are filled
    remembered = log_mapping_of(book)
    by_hand, mapping = _Named(mapping), _with(remembered, mapping)
    seen = old.assign(activity_id=activity_ids(TABLES[_LOG], old), new=False)
    completed = pd.DataFrame({"row": old["row"]}).assign(**dict.fromkeys(FILLED))
    found: list[pd.DataFrame] = []
    known, unknown = 0, set[str]()
    prospects = frame_of(TABLES["Customers"], [])
    if add_customers:
        callers = {
            one
            for log in logs
            for _, _, numbers in _read(book, located, inputs, log, mapping, as_of, zone, by_hand)
            for one in numbers
        }
        prospects = _prospects(book, located, inputs, callers)
        with_them = pd.concat([inputs.frames["Customers"], prospects], ignore_index=True)
        inputs = replace(inputs, frames=inputs.frames | {"Customers": with_them})
    for log in logs:
        for calls, problems, numbers in _read(book, located, inputs, log, mapping, as_of, zone, by_hand):
            match = found_again(calls, seen)
            there = match.known >= 0
            _complete(seen, completed, match.calls[there], match.known[there])
            known += int(there.sum())
            unknown |= numbers
            seen = pd.concat([seen, match.calls[~there].assign(new=True)], ignore_index=True)
            named = problems.frame(language)
            found.append(named.assign(problem=f"{log.name}: " + named["problem"]) if len(logs) > 1 else named)
    refuse_unmatched(by_hand.mapping, by_hand.left, "、".join(log.name for log in logs))
    added = seen[seen["new"].to_numpy(bool)].drop(columns=["row", "new"]).reset_index(drop=True)
    if "source" in located.places[_LOG].columns:  # a workbook made before has no such column
        added = added.assign(source="import")
    # a log of their own: its calls are known by time and customer
    if "activity_id" not in located.places[_LOG].columns:
        added = added.drop(columns="activity_id")
    edits, filled = _edits(book, located.places[_LOG], language, added, completed)
    if len(prospects):
        first = added.sort_values("at", kind="stable").drop_duplicates("id").set_index("id")[["at", "owner"]]
        told = first.reindex(prospects["id"]).reset_index()
        new = pd.DataFrame(
            {
                "id": told["id"],
                "phone": prospects["phone"],
                "owner": told["owner"],
                "created": told["at"].dt.normalize(),
            }
        )
        edits += put_below(book, located, new, language)
    writes = [matched(mapping_of(book), dict(mapping), located, language)] if mapping != remembered else []
    minutes = added["minutes"][added["minutes"] > 0].mean()
    answered = reached(added, inputs).mean() if len(added) else np.nan
    report = ImportReport(
        len(added), known, filled, minutes, answered, len(unknown), pd.concat(found, ignore_index=True), False
    )
    return Staged(report, book, edits, writes)


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of taking the call logs of a folder into the workbook in front."""
    logs = sorted(
        file for file in press.folder.glob("*") if file.suffix.lower() in LOGS and not _is_of(file, press.book)
    )
    if not logs:
        raise BookError("no_logs", folder=str(press.folder))
    report = stage(press.book, logs, {}, as_of=press.day).write()
    counts = {
        "added": report.added,
        "known": report.known,
        "completed": report.completed,
        "problems": len(report.problems),
    }
    return ButtonResult(f"{report.text(press.language)} {say('done_import', press.language, **counts)}", waits=True)


class _Named:
    """Headers that are named by hand; `left`: those of them that no log has had so far."""

    def __init__(self, mapping: Map) -> None:
        self.mapping, self.left = mapping, set(mapping)

    def look_in(self, heads: Sequence[str]) -> None:
        plain = set(map(normalise, heads))
        self.left = {key for key in self.left if normalise(self.mapping[key]) not in plain}


def _prospects(book: Book, located: Located, inputs: Inputs, callers: Iterable[str]) -> pd.DataFrame:
    """A customer with a new id for each number that can be one."""
    country = inputs.settings.country
    phones = sorted(
        {spelt[0] for caller in callers if (spelt := phone.of_log(caller, country)) and phone.can_be(spelt[0], country)}
    )
    ids = array_of([*inputs.frames["Customers"]["id"], *[None] * len(phones)])
    ids, numbers = number(book, ids, range(len(ids)), [located.places.get(name) for name in REFERRING])
    numbers.remember(book)
    made = ids[len(ids) - len(phones) :]
    return frame_of(TABLES["Customers"], [{"id": i, "phone": p} for i, p in zip(made, phones, strict=True)])


def _with(remembered: Map, named: Map) -> Map:
    """What is remembered of logs with what is named now, which goes first."""
    each = {key: [head, *remembered.get(key, "").split("\n")] for key, head in named.items()}
    return {**remembered, **{key: "\n".join(dict.fromkeys(filter(None, heads))) for key, heads in each.items()}}


def _is_of(file: Path, book: Book) -> bool:
    return file.name.startswith("~$") or file.name == book.name


def _complete(seen: pd.DataFrame, completed: pd.DataFrame, calls: pd.DataFrame, at: np.ndarray) -> None:
    """Notes what calls tell that those of `seen` at `at` leave blank; those that are new themselves are completed there."""
    for name in FILLED:
        told, blank = calls[name].to_numpy(object), seen[name].isna().to_numpy()[at]
        fill = blank & ~pd.isna(told)
        if not fill.any():
            continue
        filled = seen[name].astype(object)
        filled.iloc[at[fill]] = told[fill]
        seen[name] = filled.astype(seen[name].dtype)
        mine = fill & (at < len(completed))
        completed.loc[at[mine], name] = told[mine]


def _edits(
    book: Book, place: Place, language: str, added: pd.DataFrame, completed: pd.DataFrame
) -> tuple[list[TableEdit], int]:
    """What adds calls and fills blank cells of those that are there, and how many of these it is. A cell that holds anything stays."""
    grid = book.grid(place.sheet)
    cells: dict[tuple[int, int], object] = {}
    for name in FILLED:
        there = completed[completed[name].notna()][["row", name]]
        if name not in place.columns or not len(there):
            continue
        column = place.columns[name]
        blank = [len(grid[row - 1]) < column or grid[row - 1][column - 1] in (None, "") for row in there["row"]]
        if len(there := there[blank]):
            typed = there.assign(**{name: pd.Series(there[name].tolist(), index=there.index)})
            cells |= table_edit(book, place, language, changed=typed).cells
    edits = [table_edit(book, place, language, added=_filled(added))] if len(added) else []
    if cells:
        rows = edits[0] if edits else table_edit(book, place, language)
        edits = [replace(rows, cells=cells)]
    return edits, len({row for row, _ in cells})


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame without the columns that hold nothing: no cell is written for them."""
    empty = [name for name in frame if frame[name].isna().all() or frame[name].map(lambda v: v is False).all()]
    return frame.drop(columns=empty)


def _read(
    book: Book,
    located: Located,
    inputs: Inputs,
    log: Path,
    mapping: Map,
    as_of: date,
    zone: tzinfo | None,
    named: _Named,
) -> list[tuple[pd.DataFrame, Problems, set[str]]]:
    """Of each sheet of a log that holds calls: the calls, what is wrong with its rows, the numbers nobody has."""
    found = []
    for grid in read_log(log, inputs.frames["People"]["person"].dropna()).values():
        columns = log_columns(grid, mapping)
        named.look_in(columns.heads if columns else ())
        rows = log_rows(grid, columns, inputs, as_of) if columns else None
        if columns and rows:
            found.append(_calls(book, located, inputs, log, columns, rows, as_of, zone))
    if not found:
        refuse_unmatched(named.mapping, named.left, log.name)
        raise BookError("no_log", file=log.name)
    return found


def _calls(
    book: Book,
    located: Located,
    inputs: Inputs,
    log: Path,
    columns: LogColumns,
    rows: LogRows,
    as_of: date,
    zone: tzinfo | None,
) -> tuple[pd.DataFrame, Problems, set[str]]:
    rules = {name: located.places[name] for name in ("Tiers", "Settings") if name in located.places}
    sheets: dict[str, Grid] = {rule.sheet: book.grid(rule.sheet) for rule in rules.values()}
    sheet = f"log {log.name}"
    place = Place(_LOG, sheet, columns.top + 1, None, rows.column, {name: name for name in rows.column})
    both = MemoryBook(log.name, {**sheets, sheet: rows.grid})
    read = decode(both, Located({**rules, _LOG: place}), as_of)
    told = read.frames[_LOG]
    if zone is not None:
        there = ~rows.kept["zoned"].reindex(told["row"]).to_numpy(bool)
        told = told.assign(at=told["at"].where(~there, told_in(told["at"], zone, inputs.settings.zone)))
    calls = joined(told, rows.kept)
    with_log = replace(inputs, frames=inputs.frames | {_LOG: calls}, problems=read.problems.of(_LOG))
    problems = check(with_log, as_of).of(_LOG)
    for one in rows.plain:
        problems.add(_LOG, "minutes", one.code, [one.line], [one.said], count=one.count)
    tell(problems, rows, calls, inputs)
    return calls, problems, set(map(str, rows.of.unknown.values()))
