"""The columns of a call log as they come, turned into those that Activities has, before the rows are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from funnelbook.book.dates import clock
from funnelbook.book.durations import look_like_seconds, minutes
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.schema import TABLES
from funnelbook.book.values import BAD, number
from funnelbook.domain import phone
from funnelbook.hosts.delimited import Grid
from funnelbook.words import typed

Map = Mapping[tuple[str, str], str]
_LOG = "Activities"
_SAME_CALL = ("at", "id")
_DIALLED = tuple(typed("dialled"))
_OF_MINUTES = frozenset(aliases(TABLES[_LOG], "minutes"))
_TALKED = frozenset(map(normalise, typed("talked")))
_DAYS, _TIMES_OF_DAY = (frozenset(map(normalise, typed(key))) for key in ("day_column", "time_column"))
_IN_MINUTES = re.compile("|".join(map(re.escape, typed("in_minutes"))), re.IGNORECASE)
_IN_SECONDS = re.compile("|".join((*map(re.escape, typed("seconds")), r"\(s\)", "（s）", "_s$")), re.IGNORECASE)


def with_ids(grid: Grid, top: int, customers: pd.DataFrame, mapping: Map) -> list[tuple[int, object]]:
    """Adds a column of customer ids found by phone where the log has none; the lines whose number nobody has are blanked."""
    heads = grid[top]
    if _position(heads, _LOG, "id", mapping) is not None:
        return []
    dialled = _position(heads, "Customers", "phone", mapping, _DIALLED)
    if dialled is None:
        return []
    numbers = customers.dropna(subset="phone")
    ids: dict[str, object] = {}
    of_each = [(phone.every(str(text)), key) for text, key in zip(numbers["phone"], numbers["id"], strict=True)]
    for known, key in [(n[:1], key) for n, key in of_each] + [(n[1:], key) for n, key in of_each]:
        for one in known:
            ids.setdefault(one, key)
    heads += [None] * (max(map(len, grid)) - len(heads))
    heads.append("id")
    unknown: list[tuple[int, object]] = []
    for i, row in enumerate(grid[top + 1 :], top + 2):
        if not any(v is not None for v in row):
            continue
        said = row[dialled] if dialled < len(row) else None
        key = next((ids[n] for n in phone.of_log(str(said or "")) if n in ids), None)
        if key is None:
            unknown.append((i, said))
            row.clear()
        else:
            row.extend([*[None] * (len(heads) - 1 - len(row)), key])
    return unknown


def in_minutes(grid: Grid, top: int, mapping: Map) -> list[tuple[int, object]]:
    """Turns durations into minutes; the lines whose plain numbers were taken for seconds though no header says so."""
    heads = grid[top]
    at = next((j for j, head in enumerate(heads) if head and normalise(head) in _TALKED), None)
    if at is None or ("Activities", "minutes") in mapping:
        at = _position(heads, _LOG, "minutes", mapping)
    if at is None:
        at = next((j for j, head in enumerate(heads) if head and _is_seconds(str(head))), None)
        if at is None:
            return []
    lines = [(i, row) for i, row in enumerate(grid[top + 1 :], top + 2) if at < len(row)]
    told = bool(_IN_SECONDS.search(str(heads[at])))
    guessed = not told and not _IN_MINUTES.search(str(heads[at])) and look_like_seconds([row[at] for _, row in lines])
    for head in [j for j, head in enumerate(heads) if j != at and head and normalise(head) in _OF_MINUTES]:
        heads[head] = None  # ringing and all
    heads[at] = "minutes"
    plain = [(i, row[at]) for i, row in lines if guessed and isinstance(number(row[at]), float)]
    for _, row in lines:
        size = minutes(row[at], seconds=told or guessed)
        row[at] = row[at] if size is BAD else size
    return plain


def whole_times(grid: Grid, top: int, mapping: Map) -> None:
    """Joins a day and a time of day that stand in two columns."""
    heads = grid[top]
    day = _position(heads, _LOG, "at", mapping)
    names = [normalise(head) if head else "" for head in heads]
    if day is None or ("Activities", "at") in mapping:
        return
    times = [j for j, name in enumerate(names) if name in _TIMES_OF_DAY and j != day]
    days = [j for j, name in enumerate(names) if name in _DAYS]
    day, time = (days[0], day) if names[day] in _TIMES_OF_DAY and days else (day, times[0] if times else None)
    if time is None or time == day:
        return
    rows = [row for row in grid[top + 1 :] if max(day, time) < len(row) and row[day] and row[time]]
    if not rows or any(not isinstance(clock(row[time]), int) for row in rows):
        return
    for row in rows:
        row[day] = f"{row[day]} {row[time]}"
    heads[day], heads[time] = "at", None


def repeated(grid: Grid, top: int, columns: Mapping[str, int]) -> dict[int, object]:
    """Blanks numbers that stood in the log before for another call, as when the numbering starts again; they by line."""
    again: dict[int, object] = {}
    if "activity_id" not in columns:
        return again
    number, *call = (columns[name] - 1 for name in ("activity_id", *_SAME_CALL))
    first: dict[object, list[object]] = {}
    for i, row in enumerate(grid[top + 1 :], top + 2):
        if max(number, *call) < len(row) and row[number] is not None:
            said = [row[j] for j in call]
            if first.setdefault(row[number], said) != said:
                again[i], row[number] = row[number], None
    return again


def _is_seconds(head: str) -> bool:
    plain = normalise(_IN_SECONDS.sub("", head))
    return bool(_IN_SECONDS.search(head)) and plain in {
        *aliases(TABLES[_LOG], "minutes"),
        *typed("duration"),
        "",
    }


def _position(heads: Sequence[object], table: str, column: str, mapping: Map, more: Sequence[str] = ()) -> int | None:
    """Where the column stands in a header row: as named by hand, else by one of its aliases."""
    by_hand = mapping.get((table, column))
    wanted = [normalise(by_hand)] if by_hand else [*aliases(TABLES[table], column), *map(normalise, more)]
    texts = [normalise(head) if head else "" for head in heads]
    return next((texts.index(text) for text in wanted if text in texts), None)
