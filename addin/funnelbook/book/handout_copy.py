"""The hidden copy a handed-out workbook carries of what it was given, by which it is brought back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from funnelbook.book import marks
from funnelbook.book.identity import activity_ids, texts
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Area, Book, BookError, ListObject
from funnelbook.book.schema import TABLES
from funnelbook.book.seal import Seal, seal, signed

EXCHANGED = ("Customers", "Activities")  # what a person may change and collect brings back
BASE_TABLE, BASE_SHEET = "HandoutBase", "Handout base"
MARK_TABLE, MARK_SHEET = "RolledUp", "Rolled up"
_HEADERS, _TEAM = ("table", "key", "column", "text"), ("team",)
_ABOUT = "about"  # rows that tell of the handout itself
_SIGNATURE = "signature"  # the one of them that is over all others
_LONGEST = 32_000  # letters of a text: a cell has room for it and for the marks around it


def keyed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Texts of a frame of Customers or Activities by its key; an activity without id gets the one of its content."""
    table = TABLES[name]
    content = texts(table, frame)
    keys = activity_ids(table, frame) if name == "Activities" else content[table.keys[0]]
    return content.set_index(pd.Index(keys.to_numpy(object))).drop(columns=list(table.keys))


def base_sheet(person: str, team: str, day: date, frames: Mapping[str, pd.DataFrame], key: bytes) -> bytes:
    """A package with a hidden sheet that holds the base copy, signed: Customers and Activities as handed out on a day."""
    rows = [(_ABOUT, "", "person", person), (_ABOUT, "", "team", team), (_ABOUT, "", "day", day.isoformat())]
    for name in EXCHANGED:
        long = keyed(name, frames[name]).rename_axis("key").reset_index().melt("key")
        rows += [(name, *row) for row in long.itertuples(index=False)]
    rows = [tuple(str(cell)[:_LONGEST] for cell in row) for row in rows]
    rows.append((_ABOUT, "", _SIGNATURE, signed(rows, key)))
    return _hidden(BASE_SHEET, BASE_TABLE, _HEADERS, rows)


def mark_sheet(teams: Sequence[str]) -> bytes:
    """A package with a hidden sheet by which a workbook is known as the roll-up of teams."""
    return _hidden(MARK_SHEET, MARK_TABLE, _TEAM, [(name,) for name in teams])


class HandedTo(NamedTuple):
    """Whom a workbook was handed out to, and when, as it says itself: nothing is proved by it."""

    person: str
    day: date


def handed_to(book: Book) -> HandedTo | None:
    """Whose own book a workbook is; None of a team's."""
    place = _of_ours(book, BASE_TABLE)
    if place is None:
        return None
    long = _long(book, place)
    about = dict(long.loc[long["table"] == _ABOUT, ["column", "text"]].itertuples(index=False))
    try:
        return HandedTo(about["person"], date.fromisoformat(about["day"]))
    except (KeyError, ValueError):
        return None


def refuse_no_team(book: Book) -> None:
    """BookError when a workbook is not a team's own: one handed out to a person, or a roll-up of teams."""
    for table, code in ((BASE_TABLE, "handed_out"), (MARK_TABLE, "rolled_up")):
        if _of_ours(book, table):
            raise BookError(code, file=book.name)


def _of_ours(book: Book, table: str) -> ListObject | None:
    """A hidden table of ours: the one that is marked; in a workbook of 0.1.0, which marked none, one with all its headers."""
    own = owned(book)
    if own.book and not own.unmarked:
        return own.tables.get(table)
    headers = {BASE_TABLE: _HEADERS, MARK_TABLE: _TEAM}[table]
    return next((lo for lo in book.list_objects() if lo.name == table and lo.headers == headers), None)


def _long(book: Book, place: ListObject) -> pd.DataFrame:
    """The texts of the base copy as they were before they were written, a row each."""
    area = place.area
    body = [row[area.left - 1 : area.right] for row in book.grid(place.sheet)[area.top : area.bottom]]
    long = pd.DataFrame([[str(v or "") for v in row] for row in body], columns=list(_HEADERS))
    return long.assign(text=long["text"].str[1:-1])


def _hidden(name: str, table: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    import xlsxwriter  # noqa: PLC0415 - most only read, and it takes long to load

    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.add_worksheet("-")  # a workbook has a sheet that shows
        sheet = workbook.add_worksheet(name)
        sheet.hide()
        columns = [{"header": header} for header in headers]
        sheet.add_table(0, 0, len(rows), len(headers) - 1, {"name": table, "columns": columns, "style": None})
        mark = marks.formula_of(name, Area(1, 1, 1, len(headers)))
        workbook.defined_names.append([f"{marks.PREFIX}{table}", -1, mark, True])
        quoted = workbook.add_format({"quote_prefix": True})  # whatever a text starts with, it never becomes a formula
        for i, row in enumerate(rows, 1):
            for j, text in enumerate(row):
                # a mark in front, or spaces at its ends would be lost
                sheet.write_string(i, j, f"'{text}'" if j == len(row) - 1 else str(text), quoted)
    return out.getvalue()


@dataclass(frozen=True)
class Base:
    """To whom and when a workbook was handed out, its base copies as `keyed` gives them, and what its signature tells."""

    person: str
    day: date
    frames: dict[str, pd.DataFrame]
    seal: Seal


def read_base(book: Book, keys: Sequence[bytes]) -> Base:
    """The Base of a workbook. BookError `not_handout` when it has none, or not a whole one, `forged` when it was changed since
    it was signed with one of the keys."""
    place = _of_ours(book, BASE_TABLE)
    if place is None:
        raise BookError("not_handout", file=book.name)
    long = _long(book, place)
    is_signature = (long["table"] == _ABOUT) & (long["column"] == _SIGNATURE)
    found = seal(long[~is_signature].to_numpy(object), "".join(long.loc[is_signature, "text"]), keys)
    if found is Seal.BROKEN:
        raise BookError("forged", file=book.name)
    about = long[long["table"] == _ABOUT].set_index("column")["text"]
    try:
        day = date.fromisoformat(about.get("day", ""))
    except (TypeError, ValueError) as error:  # TypeError: there are several
        raise BookError("not_handout", file=book.name) from error
    if not about.index.is_unique or not about.get("person"):
        raise BookError("not_handout", file=book.name)
    bases = {}
    for name in EXCHANGED:
        mine = long[long["table"] == name]
        columns = [c for c in TABLES[name].names if c not in TABLES[name].keys]
        if mine.duplicated(["key", "column"]).any() or not set(mine["column"]) <= set(columns):
            raise BookError("not_handout", file=book.name)
        wide = mine.pivot(index="key", columns="column", values="text")
        bases[name] = wide.reindex(columns=columns).fillna("").rename_axis(index=None, columns=None)
    return Base(str(about["person"]), day, bases, found)
