"""Input tables as typed frames: what people typed, read as they meant it, with a row in Problems for what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.arrays import array_of, columns_of, through
from funnelbook.book.below import notes, typed_below
from funnelbook.book.consequences import BLANK_SPEAKS, needed
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError, CellError
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES, Column, Kind, Table
from funnelbook.book.settings import Settings
from funnelbook.book.totals import say_totals
from funnelbook.domain.dtypes import At, Flags, Moments, Numbers, Objects
from funnelbook.domain.tiers import BadTiers, Tiers
from funnelbook.words import LANGUAGES

_DO_NOT_CALL = ("Customers", "do_not_call")
_SUMMED = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE)
_DAYS = (Kind.DATE, Kind.MOMENT)
_FIRST_DAY = np.datetime64(f"{values.FIRST_YEAR}-01-01", "s")
_LAST_DAY = np.datetime64(f"{values.LAST_YEAR}-12-31T23:59:59", "s")
Parse = Callable[[object], object]
_Typed = Numbers | Moments | Flags | pd.Series  # a column of a frame of Inputs; the series holds objects


@dataclass(frozen=True)
class Inputs:
    """The input tables of a workbook.

    `frames`: by table name, every schema column and `row`, the row in the sheet; a table that is not there is empty. Columns:
    float64 for numbers, datetime64 for days (DATE without time), bool for flags, else object with None for blanks; tiers and
    words as codes. `present`: the tables found. `problems`: what could not be read. `typed_below`: by table name how many rows
    right below its ListObject were read as its own.
    """

    frames: dict[str, pd.DataFrame]
    present: frozenset[str]
    settings: Settings
    tiers: Tiers
    problems: Problems
    typed_below: Mapping[str, int] = field(default_factory=dict)


def decode(book: Book, located: Located, as_of: date) -> Inputs:
    """The Inputs of a workbook. BookError when its tiers cannot be used. Source: workbook.md, Input tables."""
    problems = Problems()
    reader = _Reader(book, as_of, problems)
    frames = {name: reader.frame(TABLES[name], located.places.get(name)) for name in _FIRST}
    settings, unusable = Settings.from_frame(frames["Settings"])
    for one in unusable:
        problems.add("Settings", one.column, one.code, [one.row], [one.value])
    frames["Tiers"] = _without_special(frames["Tiers"], problems)
    tiers = _tiers(frames["Tiers"])
    reader.tiers = tier_words(tiers.codes, tiers.names)
    for table in TABLES.inputs:
        if table.name not in _FIRST:
            frames[table.name] = reader.frame(table, located.places.get(table.name))
    for rival in located.rivals:
        taken = located.places[rival.table]
        problems.add(
            rival.table, None, "two_tables", [rival.header_row], [rival.sheet], taken=taken.sheet, row=taken.header_row
        )
    for place in located.places.values():
        for name in place.lacks:
            problems.add(place.table, name, "missing_column", [place.header_row], [None])
    return Inputs(frames, frozenset(located.places), settings, tiers, problems, reader.typed_below)


def settings_of(book: Book, located: Located, as_of: date) -> Settings:
    """The Settings of a workbook, read without its other tables."""
    frame = _Reader(book, as_of, Problems()).frame(TABLES["Settings"], located.places.get("Settings"))
    return Settings.from_frame(frame)[0]


_FIRST = ("Settings", "Tiers")  # the others are read by what these say


def _tiers(frame: pd.DataFrame) -> Tiers:
    if frame["code"].notna().sum() == 0:
        return Tiers.default()
    try:
        return Tiers.from_frame(frame)
    except BadTiers as error:
        raise BookError(error.code, **error.fields) from error


def _without_special(frame: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """The rows of Tiers but for those called Won, Lost, an order or the team: every funnel has these, and they are no tiers."""
    taken = frame["code"].map(lambda code: normalise(code) in _SPECIAL, na_action="ignore").eq(True)
    problems.add("Tiers", "code", "tier_special", frame["row"][taken].to_numpy(), frame["code"][taken].to_numpy(object))
    said = {normalise(codes.special(code, language)) for code in (codes.WON, codes.LOST) for language in LANGUAGES}
    named = ~taken & frame["name"].map(lambda name: normalise(name) in said, na_action="ignore").eq(True)
    problems.add(
        "Tiers", "name", "tier_special_name", frame["row"][named].to_numpy(), frame["name"][named].to_numpy(object)
    )
    return frame.assign(name=frame["name"].where(~named, None))[~taken].reset_index(drop=True)


def tier_words(tiers: Sequence[str], names: Sequence[str] = ()) -> dict[str, str]:
    """Normalised spelling -> tier code: a, A类, A级, its name, 成交, Lost ..."""
    spellings = {s: code for s, code in codes.special_of().items() if code in (codes.WON, codes.LOST)}
    spellings |= {normalise(name): code for code, name in zip(tiers, names, strict=False)}
    for code in tiers:
        spellings |= {normalise(form): code for form in codes.tier_forms(code)}
    return spellings | {normalise(code): code for code in tiers}


class _Reader:
    """Reads tables of one workbook; a sheet is read once, its cells let go column by column."""

    def __init__(self, book: Book, as_of: date, problems: Problems) -> None:
        self.book, self.as_of, self.problems = book, as_of, problems
        self.tiers: Mapping[str, str] | None = None
        self.sheet = ""
        self.grid: list[list[object]] = []
        self.typed_below: dict[str, int] = {}

    def frame(self, table: Table, place: Place | None) -> pd.DataFrame:
        if place is None or place.lacks:
            return _empty(table)
        raw, row = self._cells(place)
        columns: dict[str, _Typed] = {}
        for column in table.columns:
            cells = raw.pop(column.name, None)
            columns[column.name] = (
                self._column(table, column, cells, row) if cells is not None else _blank(column, len(row))
            )
        frame = pd.DataFrame(columns).assign(row=row)
        return self._keyed(table, frame)

    def _cells(self, place: Place) -> tuple[dict[str, Objects], At]:
        """Columns of a table's body as object arrays, blank and totals rows left out, and the sheet row of each."""
        if place.sheet != self.sheet:
            self.sheet, self.grid = place.sheet, self.book.grid(place.sheet)
        below = typed_below(self.grid, place)
        self.problems.add(
            place.table, None, "rows_below", [below.first] if below.unsure else [], None, count=below.unsure
        )
        if below.rows:
            self.typed_below[place.table] = below.rows
        body = self.grid[place.header_row : place.last_row and place.last_row + below.rows]
        columns = columns_of(body, max(place.columns.values(), default=0))
        raw = {
            name: array_of(columns[j - 1] if j <= len(columns) else [None] * len(body))
            for name, j in place.columns.items()
        }
        filled = np.zeros(len(body), dtype=bool)
        totals = np.zeros(len(body), dtype=bool)
        for cells in raw.values():
            filled |= cells != None  # noqa: E711 (elementwise)
        first = next(iter(raw.values())) if raw else array_of([])
        for cells in {id(first): first, **{id(raw[k]): raw[k] for k in TABLES[place.table].keys if k in raw}}.values():
            totals |= say_totals(cells)
        totals[notes(body, place, np.flatnonzero(filled))] = True
        keep = filled & ~totals
        row = np.arange(place.header_row + 1, place.header_row + 1 + len(body))[keep]
        return {name: cells if keep.all() else cells[keep] for name, cells in raw.items()}, row

    def _column(self, table: Table, column: Column, cells: Objects, row: At) -> _Typed:
        parse, trouble = self._parser(table, column, cells)
        parsed, bad = through(cells, parse) if parse else (cells, np.zeros(len(cells), dtype=bool))
        if (table.name, column.name) == _DO_NOT_CALL:
            parsed[bad] = True  # one call too few does no harm
        if column.kind in _SUMMED:
            typed = parsed.astype(np.float64)
            beyond = ~(np.abs(typed) <= values.LARGEST) & (cells != None)  # noqa: E711 (elementwise)
            typed[beyond] = np.nan
        elif column.kind in _DAYS:
            days = _days(column, parsed)
            beyond = (days < _FIRST_DAY) | (days > _LAST_DAY)
            typed = np.where(beyond, np.datetime64("NaT", "s"), days)  # one without any day cannot be written into
        else:
            typed, beyond = _typed(column, parsed), bad
        for code, at in _troubles(column, trouble, cells, bad | beyond):
            self.problems.add(table.name, column.name, code, row[at], cells[at])
        return typed

    def _parser(self, table: Table, column: Column, cells: Objects) -> tuple[Parse | None, str]:
        """How a column's cells are read (None: they are right as they stand), and the problem of those that cannot be."""
        kinds = set(map(type, cells))
        match column.kind:
            case Kind.COUNT | Kind.NUMBER | Kind.MONEY | Kind.RATE:
                return None if kinds <= {float, type(None)} else values.number, "bad_number"
            case Kind.DATE | Kind.MOMENT:
                if kinds <= {datetime, type(None)}:
                    return None, "bad_date"
                texts = [v for v in pd.unique(cells) if isinstance(v, str)]
                read = {"date1904": self.book.date1904, "as_of": self.as_of, "day_first": values.day_comes_first(texts)}
                return partial(values.moment, **read), "bad_date"
            case Kind.FLAG if (table.name, column.name) == _DO_NOT_CALL:
                return partial(values.flag, yes=codes.DO_NOT_CALL, no=codes.MAY_CALL), "bad_do_not_call"
            case Kind.FLAG:
                return values.flag, "bad_flag"
            case Kind.TIER if self.tiers is not None:
                return _lookup(self.tiers), "unknown_tier"
            case Kind.CODE:
                return _lookup(codes.code_of(column.codes or "")), "unknown_word"
            case Kind.ID | Kind.PHONE | Kind.TEXT if kinds <= {str, type(None)} and _is_plain(cells, column.kind):
                return None, ""
            case Kind.PERSON:
                return _person if table.name == "Targets" else _somebody, "team_as_person"
            case Kind.ID | Kind.PHONE | Kind.TIER:
                return _plain(values.identifier), "error_cell"
            case _:
                return _plain_text, "error_cell"

    def _keyed(self, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows whose required cells are there and whose key stands for the first time; the others become problems."""
        lacking = np.zeros(len(frame), dtype=bool)
        for column in table.columns:
            if needed(table, column):
                unread = frame["row"].isin(self.problems.rows(table.name, column.name)).to_numpy()
                if (table.name, column.name) in BLANK_SPEAKS:
                    lacking |= unread
                    continue
                blank = frame[column.name].isna().to_numpy() & ~lacking
                silent = blank & ~unread
                self.problems.add(table.name, column.name, "blank_cell", frame["row"].to_numpy()[silent], None)
                lacking |= blank
        frame = frame[~lacking].reset_index(drop=True) if lacking.any() else frame
        keys = list(table.keys)
        if not keys:
            return frame
        again = frame.duplicated(keys, keep="first").to_numpy() & frame[keys[0]].notna().to_numpy()
        if not again.any():
            return frame
        self.problems.add(
            table.name, keys[0], "duplicate", frame["row"].to_numpy()[again], frame[keys[0]].to_numpy()[again]
        )
        return frame[~again].reset_index(drop=True)


def plain(cells: Objects, column: Column, date1904: bool) -> pd.Series:
    """A result column read back: what Funnelbook itself wrote; what users typed over it and cannot be read is blank."""
    match column.kind:
        case Kind.COUNT | Kind.NUMBER | Kind.MONEY | Kind.RATE:
            parse = values.number
        case Kind.DATE | Kind.MOMENT:
            parse = partial(values.moment, date1904=date1904, as_of=date(values.LAST_YEAR, 1, 1))
        case Kind.FLAG:
            parse = values.flag
        case Kind.CODE:
            parse = _lookup(codes.code_of(column.codes or ""))
        case Kind.ID | Kind.PHONE:
            parse = _plain(values.identifier)
        case Kind.TIER:
            parse = _special
        case Kind.PERSON:
            parse = _shown_person
        case _:
            parse = _plain_text
    return pd.Series(_typed(column, through(cells, parse)[0]))


def _typed(column: Column, parsed: Objects) -> _Typed:
    match column.kind:
        case Kind.COUNT | Kind.NUMBER | Kind.MONEY | Kind.RATE:
            return parsed.astype(np.float64)
        case Kind.DATE | Kind.MOMENT:
            return _days(column, parsed)
        case Kind.FLAG:
            if column.blank is None:
                return pd.Series(parsed, dtype=object)
            return np.where(parsed == None, column.blank, parsed).astype(bool)  # noqa: E711 (elementwise)
        case _:
            return pd.Series(parsed, dtype=object)


def _days(column: Column, parsed: Objects) -> Moments:
    days = pd.to_datetime(pd.Index(parsed, dtype=object)).to_numpy("datetime64[s]")  # numpy takes twenty times as long
    return days.astype("datetime64[D]").astype("datetime64[s]") if column.kind is Kind.DATE else days


def _troubles(column: Column, trouble: str, cells: Objects, bad: Flags) -> Iterator[tuple[str, At]]:
    """(code, positions) of the cells that cannot be used, by what is wrong with them."""
    at = np.flatnonzero(bad)
    troubles = [_trouble(column, trouble, value) for value in cells[at]]
    for code in dict.fromkeys(troubles):
        yield code, at[[one == code for one in troubles]]


def _trouble(column: Column, trouble: str, value: object) -> str:
    if column.kind is Kind.PERSON and isinstance(value, CellError):
        return "error_cell"
    return "too_large" if column.kind in _SUMMED and values.is_too_large(value) else trouble


def _blank(column: Column, rows: int) -> _Typed:
    return _typed(column, np.full(rows, None, dtype=object))


def _empty(table: Table) -> pd.DataFrame:
    return pd.DataFrame({c.name: _blank(c, 0) for c in table.columns}).assign(row=np.zeros(0, dtype=int))


def _is_plain(cells: Objects, kind: Kind) -> bool:
    """Whether texts are as they would be read: no space around, in ids and phones nothing to fold."""
    texts = cells[cells != None].tolist()  # noqa: E711 (elementwise)
    return list(map(str.strip, texts)) == texts and (kind is Kind.TEXT or all(map(str.isascii, texts)))


def _lookup(spellings: Mapping[str, str]) -> Parse:
    def parse(value: object) -> object:
        found = values.text(value)
        return None if found is None else spellings.get(normalise(found), values.BAD)

    return parse


def _plain(parse: Parse) -> Parse:
    return lambda value: values.BAD if isinstance(value, CellError) else parse(value)


_plain_text = _plain(values.text)


def _person(value: object) -> object:
    """A person, None for the team."""
    said = _plain_text(value)
    return None if isinstance(said, str) and _SPECIAL.get(normalise(said)) == codes.TEAM else said


def _shown_person(value: object) -> object:
    """A person of a result table, None for the team, UNASSIGNED for nobody; 成交 and 订单 are people's names here."""
    said = _person(value)
    return codes.UNASSIGNED if said in _UNASSIGNED else said


def _somebody(value: object) -> object:
    """A person; the words for the team are nobody's name."""
    said = _person(value)
    return values.BAD if said is None and values.text(value) else said


def _special(value: object) -> object:
    """A tier of a result table: Won, Lost and order as codes."""
    said = _plain_text(value)
    return (_SPECIAL.get(normalise(said)) if isinstance(said, str) else None) or said


_SPECIAL = codes.special_of()
_UNASSIGNED = {codes.unassigned(language) for language in LANGUAGES}
