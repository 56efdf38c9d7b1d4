"""Worksheets spelt and filled as other programs and unlucky people do: read the same, patched without harm, or refused by name."""

from __future__ import annotations

import random
import tempfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import books
import oddities
import pandas as pd
from foreign import cells, parts_of, same_cells, sheet_parts, table_areas
from packages import packed
from spelling import Spelling, any_spelling, spelt
from watched import HarmError, attempted

from funnelbook.book import results
from funnelbook.book.decode import decode
from funnelbook.book.edit import table_edit
from funnelbook.book.encode import encode
from funnelbook.book.labels import sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import refuse_without_customers

OWN = ("Problems", "Diagnosis", "Funnel", "CallList", "DailyReport", "History")
FULL_REFRESH = 0.04  # of the trials; the others write one table of ours and one of theirs


def trial(rng: random.Random, folder: Path) -> str:
    """A sheet of the user's, or one of ours, mutated in an adopted workbook that is then read and written."""
    kind = rng.choice(books.KINDS)
    theirs = rng.random() < 0.6
    table = "" if theirs else rng.choice(OWN)
    parts = dict(_parts(kind))
    part = sheet_parts(parts)[books.CUSTOMER_SHEET if theirs else sheet_name(TABLES[table].sheet, "zh")]
    sound = rng.random() < 0.75
    parts[part], told = _mutated(parts[part], rng, theirs, sound)
    path = folder / "book.xlsx"
    path.write_bytes(packed(parts))
    try:
        return _tried(path, kind, part, table, rng, sound)
    except (HarmError, ElementTree.ParseError) as harm:
        raise HarmError(f"{harm} ({kind}, {part}, {', '.join(told)})") from harm


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


def _tried(path: Path, kind: str, part: str, table: str, rng: random.Random, sound: bool) -> str:
    before = path.read_bytes()
    said = attempted(lambda: _read(path, kind, sound))
    if said == "done":
        full = rng.random() < FULL_REFRESH
        said = attempted(lambda: books.refresh(path) if full else _write(path, table))
    after = path.read_bytes()
    if sound and said == "broken":
        raise HarmError("sound, yet refused as broken")
    if after == before:
        return said if said != "done" else "done, unchanged"
    if said != "done":
        raise HarmError(f"written, though refused: {said}")
    _judge(before, after, part, table, sound)
    return said


def _read(path: Path, kind: str, sound: bool) -> None:
    """The customers read as they are read from the sheet as Excel spells it."""
    found = _customers(path)
    if sound and not found.equals(_as_ever(kind)):
        raise HarmError(
            f"read as {found.compare(_as_ever(kind)) if found.shape == _as_ever(kind).shape else found.shape}"
        )


def _write(path: Path, table: str) -> None:
    """A row more and a cell changed in the customers; a table of ours with other rows."""
    book = open_book(path)
    located = locate(book, mapping_of(book))
    refuse_without_customers(book, located)
    place = located.places["Customers"]
    new = pd.DataFrame([{"id": "K9", "name": "新公司", "owner": "小李"}])
    edits = [table_edit(book, place, "zh", added=new, changed=pd.DataFrame([{"row": 3, "tier": "B"}]))]
    if not table:
        book.write([], edits)
        return
    standing = results.read_all(book)[table]
    longer = pd.concat([standing.frame, standing.frame.head(3)], ignore_index=True).astype(standing.frame.dtypes)
    book.write([encode(TABLES[table], longer, "zh", standing.user)], edits)


def _judge(before: bytes, after: bytes, part: str, table: str, sound: bool) -> None:
    old, new = parts_of(before), parts_of(after)
    if not sound:  # what was wrong before can be wrong after, but XML it is
        ElementTree.fromstring(new[part])
        return
    was, now = cells(old[part]), cells(new[part])
    if table:
        areas = table_areas(old, part).values()
        ours = {
            at
            for at in was
            for top, left, bottom, right in areas
            if top - 1 <= at[0] <= bottom and left <= at[1] <= right
        }
        same_cells(
            {at: cell for at, cell in was.items() if at not in ours}, now, set(), below=min(top for top, *_ in areas)
        )
    else:
        last = len(books.CUSTOMERS)
        added = [row for (row, column), cell in now.items() if column == 1 and cell.value == "K9"]
        if len(added) != 1 or added[0] <= last:
            raise HarmError(f"the new row stands in {added}")
        same_cells(was, now, {(3, 4), *((added[0], j) for j in range(1, 9))}, below=last + 1)


@cache
def _parts(kind: str) -> dict[str, bytes]:
    return parts_of(books.adopted(kind))


@cache
def _as_ever(kind: str) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(books.adopted(kind))
        return _customers(path)


def _customers(path: Path) -> pd.DataFrame:
    book = open_book(path)
    return decode(book, locate(book, mapping_of(book)), books.DAY).frames["Customers"]
