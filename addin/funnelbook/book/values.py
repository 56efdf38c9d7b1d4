"""Cells as people type them: numbers, dates, yes and no, ids, read one value at a time."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from funnelbook.book import codes
from funnelbook.book.labels import normalise
from funnelbook.book.ports import CellError


class Unreadable(Enum):
    """What a cell is read as that cannot be what its column holds."""

    BAD = "bad"


BAD: Final = Unreadable.BAD
EPOCH = datetime(1899, 12, 30)
EPOCH_1904 = datetime(1904, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 2200
LARGEST = 1e15  # beyond it a cell no longer holds every whole number, and sums of such say nothing

_CURRENCY = r"(?:[¥$€£]|(?:us|hk|a|c)\$|usd|rmb|cny|hkd|eur|gbp|chf|sfr\.?|jpy|sgd|twd|inr|aud|cad|人民币)"
_CURRENCIES = {  # by code its marks, those that hold others first
    "chf": ("chf", "sfr"),
    **{code: (code,) for code in ("jpy", "sgd", "twd", "inr", "aud", "cad")},
    "hkd": ("hk$", "hkd", "港元", "港币"),
    "usd": ("$", "usd", "美元"),
    "eur": ("€", "eur", "欧元"),
    "gbp": ("£", "gbp", "英镑"),
    "cny": ("¥", "元", "圆", "块", "rmb", "cny", "人民币"),
}
_NUMBER = re.compile(
    rf"(?P<bracket>\()?\s*(?P<sign>[-+])?\s*{_CURRENCY}?\s*(?P<inner>[-+])?\s*(?P<digits>[\d.,' ]*\d[.,]?)(?P<power>e[-+]?\d{{1,4}})?"
    rf"\s*(?P<unit>百万|千万|[%千万亿wkm])?\s*(?:(?P<yuan>[元圆]整?|块钱?)|{_CURRENCY})?\s*(?(bracket)\))"
)
_SAID = re.compile(r"(?<![\d.,])(\d+)([万千])(\d)(?=元?$)")  # 1万2, said for 1.2万
_ABOUT = re.compile(  # what says that a number is not exact
    r"(?:大约|大概|约莫|约|近|将近|差不多|估计|预估|[~≈]|\b(?:about|approx(?:imately|\.)?|around|circa|ca\.?|roughly|est\.?)(?![a-z]))\s*(?=\S)"
)
_OR_SO = re.compile(r"(?<=[\d千万亿wk元])\s*(?:左右|上下|(?:多|余)(?=[元块]?$)|\b(?:or so|approx\.?)$)")
# thousands apart by commas (in India by lakhs), spaces or apostrophes, and the point; or by points, and the comma
_POINT = re.compile(r"(?:\d+|\d{1,3}(?:([, '])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})(?:\.\d*)?|\.\d+")
_COMMA = re.compile(r"(?:\d+|\d{1,3}(?:([. '])\d{3})(?:\1\d{3})*)(?:,\d*)?|,\d+")
_BY_FOUR = re.compile(r"\d{1,4}(?:,\d{4})+(?:\.\d*)?")
_SURE_COMMA, _SURE_POINT = (
    re.compile(
        rf"\d{point}\d{{1,2}}(?!\d)(?!{point})|\d{point}\d{{{fewest},}}|{other}\d{{3}}[{point}{other}]\d|\d{{4}}{point}\d"
        rf"|(?<!\d)0{point}\d|{point}\d{{3}}\s*[%千万亿wkm]"
    )
    for point, other, fewest in ((",", r"\.", 5), (r"\.", ",", 4))  # 1,2000 may as well be 12000, apart by 万
)
_ONES = {sign: i for i, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "": 0}
_ONE = "[一二两三四五六七八九]"
_NUMERALS = re.compile(r"(?=.*[十百千万亿])(?:(\w+?)亿)?(?:零?(\w+?)万)?(?:(\w+?)(千)?)?(?:[元圆]整?|块钱?)?")
_SPOKEN = {"百": 10, "千": 100}
_SECTION = re.compile(rf"零?(?:({_ONE})千)?零?(?:({_ONE})百)?零?(?:({_ONE}?)(十))?零?({_ONE}?)")
_EITHER = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")
_NOTHING = frozenset(("", "-", "--", "—", "——", "/", "null", "(null)", "\\n", "n/a", "none", "nil", "无", "暂无"))
_POWERS = {"%": -2, "千": 3, "k": 3, "万": 4, "w": 4, "百万": 6, "m": 6, "千万": 7, "亿": 8, None: 0}  # of ten


def fold(value: str) -> str:
    """Text with full-width letters and digits made ordinary, spaces at the ends dropped."""
    return value.strip() if value.isascii() else unicodedata.normalize("NFKC", value).strip()


def is_nothing(plain: str) -> bool:
    """Whether a folded text in small letters only says that there is nothing, as exports write it: -, NULL, \\N, N/A, 无."""
    return plain in _NOTHING


def text(value: object) -> str | None:
    """A cell as text; None for a blank."""
    match value:
        case None | "":
            return None
        case str():
            return value.strip() or None
        case bool():
            return "TRUE" if value else "FALSE"
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case _:
            return str(value)


def identifier(value: object) -> str | None:
    """An id or phone as text: zeros kept, full-width digits folded, 12.0 as 12."""
    found = fold(text(value) or "")
    return None if is_nothing(found.casefold()) else found


def number(value: object, *, decimal_comma: bool = False, power: int = 0) -> float | Unreadable | None:
    """A float, None for a blank, BAD for what is no number or is beyond LARGEST.

    Takes 1,234.50, 1.234,50, 2,5, ￥3万, 8千, 3.5w, 1.2m, USD 1,200, 45%, (120) and full-width digits. `decimal_comma`: 1,250 is 1.25.
    `power`: of ten, that a number without a unit of its own is counted in.
    """
    return BAD if is_too_large(found := _any_number(value, decimal_comma, power)) else found


@dataclass(frozen=True)
class Fractions:
    """How a column writes its fractions; `unsure`: texts such as 1.250 that nothing in it decides about."""

    comma: bool
    unsure: tuple[str, ...] = ()


def fractions(texts: Iterable[str], *, whole: bool = False) -> Fractions:
    """How a column writes its fractions, from its distinct texts: behind a comma if some can be read so only and none the other way.

    Where none tells, three digits behind a comma are thousands; behind a point they are in a column that is `whole` numbers mostly,
    which is not certain. Source: ownbooks.md 2.
    """
    folded = {text: fold(text).casefold() for text in texts}
    comma, point = (any(map(sure.search, folded.values())) for sure in (_SURE_COMMA, _SURE_POINT))
    if comma != point:
        return Fractions(comma)
    either = tuple(text for text, plain in folded.items() if _EITHER.search(plain))
    if comma or any("," in text for text in either):
        return Fractions(False, either if comma or any("." in text for text in either) else ())
    return Fractions(whole and bool(either), either if whole else ())


def other_currencies(texts: Iterable[str]) -> tuple[str, ...]:
    """Amounts of a column in another currency than most that name one; none where all name the same."""
    named = {text: named for text in texts if (named := currency(text))}
    usual = Counter(named.values()).most_common(1)
    return tuple(text for text, currency in named.items() if currency != usual[0][0])


def currency(text: str) -> str | None:
    """The code of the currency that an amount names, in small letters; None where it names none."""
    plain = fold(text).casefold()
    return next((code for code, marks in _CURRENCIES.items() if any(mark in plain for mark in marks)), None)


def is_too_large(value: object) -> bool:
    """Whether a cell holds a number that is beyond LARGEST."""
    size = _any_number(value)
    return isinstance(size, float) and not abs(size) <= LARGEST


def _any_number(value: object, comma: bool = False, power: int = 0) -> float | Unreadable | None:
    match value:
        case None | "":
            return None
        case bool() | datetime() | date() | time() | timedelta() | CellError():
            return BAD
        case float() | int():
            return round(value * 10.0**power, 9) if power else float(value)
        case _:
            plain = _exact(fold(str(value)).casefold())
            plain = _SAID.sub(r"\1.\3\2", plain if plain.isascii() else _in_digits(plain))
    if is_nothing(plain):
        return None
    found = _NUMBER.fullmatch(plain)
    digits = _digits(found["digits"], comma) if found else None
    if not found or digits is None:
        return BAD
    tens = int((found["power"] or "e0")[1:]) + (_POWERS[found["unit"]] if found["unit"] or found["yuan"] else power)
    size = float(f"{digits}e{tens}")  # a product would make 1.1万 a little more than 11000
    return -size if found["bracket"] or "-" in (found["sign"], found["inner"]) else size


def is_about(text: str) -> bool:
    """Whether an amount says that it is not exact: 约3万, 5千左右, about 5k."""
    plain = fold(text).casefold()
    return _exact(plain) != plain


def _exact(plain: str) -> str:
    """A number without what says that it is not exact."""
    start = _ABOUT.match(plain)
    return _OR_SO.sub("", plain[start.end() :] if start else plain)


def _in_digits(plain: str) -> str:
    """A number in Chinese numerals, 三万 or 十二万五千元, in digits; any other text with the usual apostrophe."""
    found = _NUMERALS.fullmatch(plain)
    parts = [_section(part) for part in (found[1], found[2], (found[3] or "") + (found[4] or ""))] if found else []
    if not found or None in parts or not any(parts):
        return plain.replace("’", "'")
    above, thousands, rest = (part or 0 for part in parts)
    if found[2] and found[3] in _ONES:  # 三万五 is said for 三万五千
        rest *= 1 if found[4] else 1_000
    return f"{above * 100_000_000 + thousands * 10_000 + rest}元"


def _section(said: str | None) -> int | None:
    """A number below 10,000 in Chinese numerals, 0 for nothing; None for none."""
    found = _SECTION.fullmatch(said or "")
    if not found:
        return None
    thousands, hundreds, tens, ten, ones = (part or "" for part in found.groups())
    last = _SPOKEN.get((said or "")[-2:-1], 1) if ones else 1  # 一百二 is said for 一百二十
    return 1000 * _ONES[thousands] + 100 * _ONES[hundreds] + 10 * (_ONES[tens] or bool(ten)) + last * _ONES[ones]


def _digits(said: str, comma: bool) -> str | None:
    """Digits and a point of a number as people write it; None for none."""
    if not comma and _BY_FOUR.fullmatch(said):
        return None
    forms = ((_COMMA, ","), (_POINT, ".")) if comma else ((_POINT, "."), (_COMMA, ","))
    for form, point in forms:
        if form.fullmatch(said):
            return "".join("." if sign == point else sign for sign in said if sign.isdigit() or sign == point)
    return None


def flag(value: object, yes: frozenset[str] = codes.YES, no: frozenset[str] = codes.NO) -> bool | Unreadable | None:
    """True, False, None for a blank, BAD for neither yes nor no. `yes` and `no`: normalised spellings of them."""
    match value:
        case None | "":
            return None
        case bool():
            return value
        case float() | int():
            return bool(value) if value in (0, 1) else BAD
        case _:
            plain = normalise(value)
    if is_nothing(plain) and plain not in no:
        return None
    return True if plain in yes else False if plain in no else BAD
