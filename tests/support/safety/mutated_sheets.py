"""Worksheets spelt and filled as other programs and unlucky people do: read the same, patched without harm, or refused by name."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from funnelbook.book import result_tables
from funnelbook.book.decode import decode
from funnelbook.book.edit import table_edit
from funnelbook.book.encode import encode
from funnelbook.book.labels import sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import refuse_without_customers
from support.packages import packed
from support.safety import books, oddities
from support.safety.foreign import Cell, Place, cells, parts_of, same_cells, sheet_parts, table_areas
from support.safety.spelling import Spelling, any_spelling, spelt
from support.safety.watched import HarmError

IN_A_BOOK = 4
FULL_REFRESH = 0.1  # of the trials; the others write tables of ours and edit two of theirs
SOUND = 0.75
_OWN = ("Problems", "Diagnosis", "Funnel", "CallList", "DailyReport", "History")
_THEIRS = {"Customers": (books.CUSTOMER_SHEET, books.CUSTOMERS), "Activities": (books.LOG_SHEET, books.CALLS)}
_ADDED = {
    "Customers": {"id": "新K9", "name": "新公司", "owner": "小李"},
    "Activities": {"activity_id": "新L9", "id": "K1"},
}
_CHANGED = {"Customers": {"row": 3, "tier": "B"}, "Activities": {"row": 3, "note": "有人"}}
_CHANGED_AT = {"Customers": (3, 4), "Activities": (3, 14)}
Mutated = dict[str, tuple[bytes, list[str]]]  # by table: its sheet's part, and what was done to it


def trial(rng: random.Random, folder: Path) -> str:
    """Two sheets of the user's and two of ours mutated in an adopted workbook, which is read and written; on a fault one by one."""
    kind, sound = rng.choice(books.KINDS), rng.random() < SOUND
    tables = [*_THEIRS, *rng.sample(_OWN, IN_A_BOOK - len(_THEIRS))]
    wrong = None if sound else rng.choice(tables)
    parts = {table: _part(kind, table) for table in tables}
    mutated = {t: _mutated(_parts(kind)[parts[t]], rng, t in _THEIRS, t != wrong) for t in tables}
    full = rng.random() < FULL_REFRESH
    try:
        return _tried(folder / "book.xlsx", kind, mutated, full, sound)
    except Exception:  # whatever it was is told again below, of the one sheet that shows it
        for table, one in mutated.items():
            try:
                _tried(folder / "alone.xlsx", kind, {table: one}, full, table != wrong)
            except Exception as error:
                error.args = (f"{error} ({kind}, {table}, {', '.join(one[1])})",)
                raise
        raise


def _mutated(xml: bytes, rng: random.Random, theirs: bool, sound: bool) -> tuple[bytes, list[str]]:
    """The part and what was done to it."""
    root = ElementTree.fromstring(xml)
    done = rng.sample(oddities.SOUND if theirs else oddities.ANYWHERE, rng.choice([0, 1, 1, 2, 4]))
    if not sound:
        done.append(rng.choice(oddities.WRONG))
    for mutate in done:
        mutate(root, rng)
    if sound and rng.random() < 0.15:
        done.append(oddities.no_addresses)
        oddities.no_addresses(root, rng)
    how = any_spelling(rng) if sound or rng.random() < 0.5 else Spelling()
    new = spelt(root, how, rng)
    if not sound and rng.random() < 0.1:
        new = new[: rng.randrange(len(new))]
    default = Spelling()
    return new, [m.__name__ for m in done] + [f"{k}={v!r}" for k, v in vars(how).items() if v != getattr(default, k)]


def _tried(path: Path, kind: str, mutated: Mutated, full: bool, sound: bool) -> str:
    parts = dict(_parts(kind))
    parts.update({_part(kind, table): xml for table, (xml, _) in mutated.items()})
    before = packed(parts)
    path.write_bytes(before)
    try:
        found = _read(path)
        if sound:
            _refuse_differing(found, _as_ever(kind))
        said = "done"
        _ = books.refresh(path) if full else _write(path, [t for t in mutated if t not in _THEIRS])
    except BookError as refusal:
        said = refusal.code
        if said == "unexpected" or (sound and said == "broken"):
            raise HarmError(f"sound, yet refused: {refusal}") from refusal
    after = path.read_bytes()
    if said == "done" and after != before:
        _judge(parts, parts_of(after), kind, mutated, sound, edited=not full)
    elif after != before:
        raise HarmError(f"written, though refused: {said}")
    return said


def _refuse_differing(found: Mapping[str, pd.DataFrame], wanted: Mapping[str, pd.DataFrame]) -> None:
    """HarmError when tables are not read as they are from sheets as Excel spells them."""
    for name, frame in wanted.items():
        if found[name].shape != frame.shape:
            raise HarmError(f"{name} read as {found[name].shape}")
        if not found[name].equals(frame):
            raise HarmError(f"{name} read as {found[name].compare(frame).to_dict('list')}")


def _write(path: Path, tables: list[str]) -> None:
    """A row more and a cell changed in the customers and in the log; tables of ours with other rows."""
    book = open_book(path)
    located = locate(book, mapping_of(book))
    refuse_without_customers(book, located)
    edits = []
    for name in _THEIRS.keys() & located.places.keys():
        added, changed = (pd.DataFrame([rows[name]]) for rows in (_ADDED, _CHANGED))
        edits.append(table_edit(book, located.places[name], "zh", added=added, changed=changed))
    standing, writes = result_tables.read_all(book), []
    for name in standing.keys() & set(tables):
        frame = standing[name].frame
        longer = pd.concat([frame, frame.head(3)], ignore_index=True).astype(frame.dtypes)
        writes.append(encode(TABLES[name], longer, "zh", standing[name].user))
    book.write(writes, edits)


def _judge(
    old: Mapping[str, bytes], new: Mapping[str, bytes], kind: str, mutated: Mutated, sound: bool, edited: bool
) -> None:
    for table in mutated:
        part = _part(kind, table)
        if not sound:  # what was wrong before can be wrong after, but XML it is, unless nobody touched it
            if new[part] != old[part]:
                ElementTree.fromstring(new[part])
            continue
        was, now = cells(old[part]), cells(new[part])
        if table not in _THEIRS:
            areas = table_areas(dict(old), part).values()
            theirs = {at: cell for at, cell in was.items() if not any(_of(area, at) for area in areas)}
            same_cells(theirs, now, set(), below=min(top for top, *_ in areas))
        elif edited:
            _judge_edit(table, was, now)
        else:
            same_cells(was, now, set())


def _judge_edit(table: str, was: dict[Place, Cell], now: dict[Place, Cell]) -> None:
    rows, key = _THEIRS[table][1], next(iter(_ADDED[table].values()))
    added = [row for (row, column), cell in now.items() if column == 1 and cell.value == key]
    if len(added) != 1 or added[0] <= len(rows):
        raise HarmError(f"the new row stands in {added}")
    apart = {_CHANGED_AT[table], *((added[0], j) for j in range(1, len(rows[0]) + 1))}
    same_cells(was, now, apart, below=len(rows) + 1)


def _of(area: tuple[int, int, int, int], at: Place) -> bool:
    """Whether a place is in a table of ours, or holds the note above it."""
    top, left, bottom, right = area
    return top - 1 <= at[0] <= bottom and left <= at[1] <= right


@cache
def _parts(kind: str) -> dict[str, bytes]:
    return parts_of(books.adopted(kind))


@cache
def _part(kind: str, table: str) -> str:
    name = _THEIRS[table][0] if table in _THEIRS else sheet_name(TABLES[table].sheet, "zh")
    return sheet_parts(_parts(kind))[name]


@cache
def _as_ever(kind: str) -> Mapping[str, pd.DataFrame]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(books.adopted(kind))
        return _read(path)


def _read(path: Path) -> Mapping[str, pd.DataFrame]:
    book = open_book(path)
    frames = decode(book, locate(book, mapping_of(book)), books.DAY).frames
    return {name: frames[name] for name in _THEIRS}
