"""How the cells of a column are read, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes, counted, dates, durations, spoken_days, values
from funnelbook.book.arrays import distinct
from funnelbook.book.dates import day_order
from funnelbook.book.flipped_days import exchange, flipped
from funnelbook.book.labels import normalise
from funnelbook.book.ports import CellError
from funnelbook.book.refusals import forbids
from funnelbook.book.schema import Column, Kind
from funnelbook.book.spared import is_open, says_spared
from funnelbook.book.stage_order import ENDS, ends_of
from funnelbook.book.told_apart import told_apart
from funnelbook.domain import zones
from funnelbook.domain.dtypes import Flags, Moments, Numbers, Objects
from funnelbook.words import LANGUAGES

Parse = Callable[[object], object]
Typed = Numbers | Moments | Flags | pd.Series  # a column of a frame of Inputs; the series holds objects
_FEW, _PLAIN_DAYS = 50, {datetime, date, type(None)}
_NO_DOUBTS: Mapping[str, tuple[str, ...]] = {}
_FAR_LARGER = 100.0  # than the smaller ones


@dataclass(frozen=True)
class Reading:
    """What the cells of a column cannot tell themselves.

    `tiers`: the spellings of the workbook's tiers, None before they are known. `spares`: a yes spares somebody a call, and
    words for it count. `of_team`: where a person may be the team. `past`: where no day can lie after `as_of`; `to_come`: where
    days may be told as people say them (下周, month end). `zone`: in which times with an offset are told. `header`: what stands above
    the column, which may say what its numbers count.
    """

    as_of: date
    date1904: bool
    tiers: Mapping[str, str] | None
    spares: bool
    of_team: bool
    past: bool
    to_come: bool = False
    zone: zones.Zone = dates.HOME
    header: str = ""


class Reader(NamedTuple):
    """How a column's cells are read (None: they are right as they stand), and the problem of those that cannot be.

    `doubts`: by the problem they are, texts read in one of two ways where nothing in the column decides, or as of today.
    """

    parse: Parse | None
    trouble: str
    doubts: Mapping[str, tuple[str, ...]] = _NO_DOUBTS


def reader(column: Column, cells: Objects, reading: Reading) -> Reader:
    """How the cells of a column are read, by its kind and by what the column as a whole says."""
    kinds = _kinds(cells)
    match column.kind:
        case Kind.COUNT | Kind.NUMBER | Kind.MONEY | Kind.RATE:
            if counted.is_duration(column):
                return _durations(cells, counted.time_unit(reading.header))
            return _numbers(column, cells, counted.power(reading.header) if column.kind is Kind.MONEY else 0)
        case Kind.DATE | Kind.MOMENT:
            return _days(cells, reading)
        case Kind.FLAG if reading.spares:
            return Reader(says_spared(reading.header), "bad_do_not_call")
        case Kind.FLAG:
            return Reader(values.flag, "bad_flag")
        case Kind.TIER if reading.tiers is not None:
            ends = _ends(cells) if ENDS.items() <= reading.tiers.items() else ()
            return Reader(_tier(reading.tiers), "unknown_tier", {"share_ends": ends})
        case Kind.CODE:
            return Reader(_lookup(codes.code_of(column.codes or "")), "unknown_word")
        case Kind.ID | Kind.PHONE | Kind.TEXT if kinds <= {str} and _is_plain(cells, column.kind):
            return Reader(None, "")
        case Kind.PERSON:
            return Reader(_person if reading.of_team else _somebody, "team_as_person")
        case Kind.ID | Kind.PHONE | Kind.TIER:
            return Reader(_plain(values.identifier), "error_cell")
        case _:
            return Reader(_plain_text, "error_cell")


def _days(cells: Objects, reading: Reading) -> Reader:
    """How days and times are read, the order of their numbers by the column as a whole."""
    if _kinds(cells) <= {datetime}:
        return Reader(None, "bad_date")
    order = day_order(texts := _texts(cells), reading.as_of, past=reading.past)
    read = partial(dates.moment, date1904=reading.date1904, as_of=reading.as_of, order=order, zone=reading.zone)
    spoken = {t: day for t in texts if reading.to_come and (day := spoken_days.of_list(t, reading.as_of))}
    said = tuple(text for text in spoken if read(text) is values.BAD)
    shifting = tuple(text for text in said if not spoken_days.is_fixed(text))
    turned = flipped(cells, order, reading.as_of) if reading.past else ()
    known = {text: spoken[text] for text in said} | {day: exchange(day) for day in turned}
    known |= {text: None for text in texts if reading.to_come and is_open(text)}
    parse = (lambda cell: known[cell] if cell in known else read(cell)) if known else read
    told = tuple(map(str, sorted(turned)))
    return Reader(parse, "bad_date", {"date_order": order.unsure, "spoken_day": shifting, "flipped_day": told})


def _numbers(column: Column, cells: Objects, power: int) -> Reader:
    """How numbers are read; `power`: of ten, that those without a unit of their own are counted in."""
    if not power and _kinds(cells) <= {float}:
        return Reader(None, "bad_number")
    told = values.fractions(_texts(cells), whole=column.kind in (Kind.COUNT, Kind.MONEY) and not power)
    number = partial(values.number, decimal_comma=told.comma, power=power)
    read = (lambda cell: values.BAD if _is_share(cell) else number(cell)) if column.kind is Kind.MONEY else number
    doubts = {"number_point": told.unsure, "unit_doubt": _beyond_unit(cells, power)}
    if column.kind is Kind.MONEY:
        doubts["currencies"] = values.other_currencies(_texts(cells))
    return Reader(read, "bad_number", doubts)


def _durations(cells: Objects, unit: str) -> Reader:
    """How durations are read; numbers taken for seconds though no header says so are told."""
    there = told_apart(cells).values.tolist()
    written = durations.writing(there, unit)
    if written == durations.Writing() and all(isinstance(cell, float) for cell in there):
        return Reader(None, "bad_number")
    guessed = not unit and written.unit != "minutes"
    numbers = (str(cell) for cell in there if guessed and isinstance(values.number(cell), float))
    clocks = (str(cell) for cell in there if written.shifted and isinstance(cell, time | timedelta))
    return Reader(written.minutes, "bad_number", {"as_seconds": tuple(numbers), "as_minutes_seconds": tuple(clocks)})


def _is_share(cell: object) -> bool:
    return isinstance(cell, str) and values.fold(cell).endswith("%")


def _beyond_unit(cells: Objects, power: int) -> tuple[str, ...]:
    """Numbers below a header that says in what they are counted that are probably not: far larger than the others."""
    if not power:
        return ()
    there = told_apart(cells).values.tolist()
    plain = {
        str(cell): size for cell in there if _is_plain_number(cell) and isinstance(size := values.number(cell), float)
    }
    usual = (
        sorted(plain.values())[len(plain) // 4] if plain else 0.0
    )  # where many are so, they hide among themselves else
    return tuple(text for text, size in plain.items() if size >= max(_FAR_LARGER * usual, 10.0 ** (power - 1)))


def _is_plain_number(cell: object) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and values.number(cell, power=1) != values.number(cell))


def _ends(cells: Objects) -> tuple[str, ...]:
    """What stands for all and for none among shares."""
    return tuple(
        str(cell) for cell in told_apart(cells).values if (said := values.text(cell)) and normalise(said) in ENDS
    )


def _kinds(cells: Objects) -> set[type]:
    """The types of the cells that are not blank."""
    return set(map(type, told_apart(cells).values))


def _texts(cells: Objects) -> list[str]:
    return [v for v in told_apart(cells).values if isinstance(v, str)]


def plain(cells: Objects, column: Column, date1904: bool) -> pd.Series:
    """A result column read back: what Funnelbook itself wrote; what users typed over it and cannot be read is blank."""
    match column.kind:
        case Kind.COUNT | Kind.NUMBER | Kind.MONEY | Kind.RATE:
            parse = values.number
        case Kind.DATE | Kind.MOMENT:
            parse = partial(dates.moment, date1904=date1904, as_of=date(values.LAST_YEAR, 1, 1))
        case Kind.FLAG:
            parse = values.flag
        case Kind.CODE:
            parse = _lookup(codes.code_of(column.codes or ""))
        case Kind.ID | Kind.PHONE if _are_identifiers(cells):
            return pd.Series(cells, dtype=object)
        case Kind.ID | Kind.PHONE:
            parse = _plain(values.identifier)
        case Kind.TIER:
            parse = _special
        case Kind.PERSON:
            parse = _shown_person
        case _:
            parse = _plain_text
    parsed, at, _ = distinct(cells, parse)
    found = typed(column, parsed)
    return pd.Series(found.to_numpy()[at] if isinstance(found, pd.Series) else found[at], dtype=found.dtype)


def typed(column: Column, parsed: Objects) -> Typed:
    """What was read as a column of the kind's type; None is blank."""
    match column.kind:
        case Kind.COUNT | Kind.NUMBER | Kind.MONEY | Kind.RATE:
            return parsed.astype(np.float64)
        case Kind.DATE | Kind.MOMENT:
            return days_of(column, parsed)
        case Kind.FLAG:
            if column.blank is None:
                return pd.Series(parsed, dtype=object)
            return np.where(parsed == None, column.blank, parsed).astype(bool)  # noqa: E711 (elementwise)
        case _:
            return pd.Series(parsed, dtype=object)


def days_of(column: Column, parsed: Objects) -> Moments:
    """A column of days or moments; those of days without their time."""
    if len(parsed) <= _FEW and all(type(day) in _PLAIN_DAYS for day in parsed):  # pandas takes longer to begin
        days = np.array(parsed.tolist(), dtype="datetime64[us]").astype("datetime64[s]")
    else:
        # numpy takes longer for each, and so does looking for those that come again
        days = pd.to_datetime(pd.Index(parsed, dtype=object), cache=False).to_numpy("datetime64[s]")
    return days.astype("datetime64[D]").astype("datetime64[s]") if column.kind is Kind.DATE else days


def tier_words(tiers: Sequence[str], names: Sequence[str] = ()) -> dict[str, str]:
    """Normalised spelling -> tier code: a, A类, A级, its name, 成交, Lost ...; who must not be called again is lost, unless a tier is
    called so; where they are shares, 100% is won and 0% lost."""
    spellings = dict.fromkeys(codes.DO_NOT_CALL_WORDS, codes.LOST) | dict(ends_of(tiers))
    spellings |= {s: code for s, code in codes.special_of().items() if code in (codes.WON, codes.LOST)}
    spellings |= {normalise(name): code for code, name in zip(tiers, names, strict=False)}
    for code in tiers:
        spellings |= {normalise(form): code for form in codes.tier_forms(code)}
    return spellings | {normalise(code): code for code in tiers}


def _is_plain(cells: Objects, kind: Kind) -> bool:
    """Whether texts are as they would be read: no space around, in ids and phones nothing to fold."""
    texts = told_apart(cells).values.tolist()
    return list(map(str.strip, texts)) == texts and (kind is Kind.TEXT or all(map(str.isascii, texts)))


def _are_identifiers(cells: Objects) -> bool:
    """Whether ids are such as they stand, so that none of a hundred thousand needs to be read."""
    told = told_apart(cells).values.tolist()
    return (
        all(type(text) is str for text in told)
        and all(map(str.isascii, told))
        and list(map(str.strip, told)) == told
        and not any(map(values.is_nothing, map(str.casefold, told)))
    )


def _lookup(spellings: Mapping[str, str]) -> Parse:
    def parse(value: object) -> object:
        found = values.text(value)
        return None if found is None else spellings.get(normalise(found), values.BAD)

    return parse


def _tier(spellings: Mapping[str, str]) -> Parse:
    """As `_lookup` of tiers; who must not be called is lost in whatever words."""
    known = _lookup(spellings)

    def parse(value: object) -> object:
        found = known(value)
        return codes.LOST if found is values.BAD and forbids(value) else found

    return parse


def _plain(parse: Parse) -> Parse:
    return lambda value: values.BAD if isinstance(value, CellError) else parse(value)


_plain_text = _plain(values.text)


def _person(value: object) -> object:
    """A person, None for the team."""
    said = _plain_text(value)
    return None if isinstance(said, str) and SPECIAL.get(normalise(said)) == codes.TEAM else said


def _shown_person(value: object) -> object:
    """A person of a result table, None for the team, a code of SHARES for nobody; 成交 and 订单 are people's names here."""
    said = _person(value)
    return _SHARES.get(str(said), said)


def _somebody(value: object) -> object:
    """A person, None for who is in the pool; the words for the team are nobody's name."""
    said = _person(value)
    if isinstance(said, str) and (normalise(said) in codes.NOBODY_WORDS or values.is_nothing(said.casefold())):
        return None
    return values.BAD if said is None and values.text(value) else said


def _special(value: object) -> object:
    """A tier of a result table: Won, Lost and order as codes."""
    said = _plain_text(value)
    return (SPECIAL.get(normalise(said)) if isinstance(said, str) else None) or said


SPECIAL = codes.special_of()
_SHARES = {codes.share(code, language): code for code in codes.SHARES for language in LANGUAGES}
