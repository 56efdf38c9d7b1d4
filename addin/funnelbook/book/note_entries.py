"""Notes that people keep in a cell, as dated entries: 5/3 电话，有意向；5/8 已报价 9800，下周三回复."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book.month_names import MONTH, MONTHS
from funnelbook.book.note_days import Written, days
from funnelbook.book.note_joints import Joint, Place, again, agreed, alike, begins, direction, planned
from funnelbook.domain.dtypes import Counts, Moments

FOUND = ("cell", "text", "body", "day", "minutes")
_DAY = "datetime64[D]"
_POINTED = "d."  # the sign of 12.05. as Germans write, which has the day first
_OF_YEAR = {"年": "y月", "/": "y/", ".": "y.", "-": "y-"}  # signs of days behind their year, by what parts them
_CELL = "\x00"
_PLAIN = str.maketrans(
    "０１２３４５６７８９／．－：；，（）【】　", "0123456789/.-:;,()[] "
)  # sign for sign: places stay
_UNITS = (  # and no words that begin like one
    r"[千块折件套次位年月季倍秒吨米寸楼层室度的~%亿斤尺]|[kKwW](?![A-Za-z])|万(?![总经先女科达])|百(?!度)|元(?!旦)|台(?![湾州北])|个(?!人)|家(?![长人里])"
    r"|人(?![事力])|周(?![一二三四五六日天总经先女])|天(?![津河气])|小时|分(?![公店管])|点(?![名评])|版(?!本)|代(?![理表购])|款(?![到已])"
    r"|英[寸尺里]|公[斤里分顷]|[毫厘][米升]|升(?!级)|匹(?!配)|\d(?!\d?(?::\d\d|[点时]))|cm\b|mm\b|kg\b|km\b|pm\b|am\b"
)
_DAYS = (
    r"(?P<year>(?:19|20)\d\d) ?(?P<parted>[-/.年]) ?(?P<of_year>\d{1,2}) ?[-/.月] ?(?P<on>\d{1,2})(?!\d|-\d) ?[日号]?"
    r"|(?P<compact>20\d\d(?:0[1-9]|1[0-2])[0-3]\d)(?![\d.\-])"
    r"|(?P<three>\d{1,2}(?P<sign>[-/.])\d{1,2}(?P=sign)(?:\d{4}|\d{1,2}))(?![\d/.\-])"
    r"|(?P<month>\d{1,2}) ?月 ?(?P<number>\d{1,2})(?:[日号]|(?![\d.]))"
    r"|(?!(?:24/7|7/24) ?(?:小时|服务|客服|支持|(?i:support|service|hotline)))"
    rf"(?P<first>\d{{1,2}})(?P<mark>[/.\-])(?P<second>\d{{1,2}})"
    rf"(?:[日号]|(?!\d|[/.\-]|:\d\d?(?!\d)|\s?(?:{_UNITS}))|(?P<point>(?<=\.\d)\.|(?<=\.\d\d)\.)(?=[ \t]*(?:[^\W\d_]|\d\d?:\d\d|[:,\-])))"
    rf"|(?P<named>(?i:\d{{1,2}}(?:st|nd|rd|th)?[ .\-]?(?:{MONTH})\b\.?|(?:{MONTH})\b\.?[ \-]?\d{{1,2}}(?:st|nd|rd|th)?\b)"
    r"(?:(?:,? ?|-)(?:19|20)\d\d\b)?)"
)
_ENTRY = re.compile(
    r"(?P<before>(?:^|[\x00\n\r;。!！|、，, \t→①-⑳]|(?<=[^\W\d_])(?=\d{1,2}\)))[ \t]*"
    r"(?P<count>\(?\d{1,2}[、)]|\d{1,2}\. )?(?P<open>[ \t*•·\-\[(→]*))"
    rf"(?:{_DAYS})(?:[ \t]*\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)?"
    r"(?:[ \t]*(?P<clock>\d{1,2}:\d\d)(?::\d\d)?(?!\d))?[\])]?[ \t]*[:,、\-]?[ \t]*"
)
_ANY = re.compile(r"\d(?: ?[-/.月年] ?\d|\d{7}|(?:st|nd|rd|th)?[ .\-]?[A-Za-zéûä]{3})|[A-Za-zéûä]{3}\.?[ \-]?\d")
_COMMAS, _SPACES = ("、", ","), (" ", "\t", "→", "")  # within an entry too
_NO_CONTACT = re.compile(
    r"(?:之?前|左右|以后|之后)?(?:提醒|到期)|(?i:remind|due\b)"
    r"|是?(?:[他她][的]?)?(?:生日|出生|生辰|寿辰)|(?:合同|订单|单据)编?号|编号|(?i:birthday|born\b|dob\b)"
)
_ENDS = " \t\r\n;；。、，,|　"
_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[一-鿿]")
_NAME = re.compile(rf"(?i:{MONTH})")
_NUMBER = re.compile(r"\d+")


class Notes(NamedTuple):
    """What is found in cells. `entries` (FOUND): cell (position), text as it stands, body (behind the day), day (datetime64[D], NaT:
    it cannot be told), minutes after midnight; `silent`: of each cell how many pieces of text begin with no day."""

    entries: pd.DataFrame
    silent: Counts


def tells_days(texts: Sequence[str]) -> bool:
    """Whether any of the texts may hold a day: a look that is cheap."""
    return _ANY.search(_CELL.join(texts).translate(_PLAIN)) is not None


def body(text: str) -> str:
    """What an entry says behind its day."""
    found = _ENTRY.match(text.translate(_PLAIN))
    return text[found.end() :].strip(_ENDS) if found else text


def notes(texts: Sequence[str], created: Moments, as_of: date, others: Sequence[str] = ()) -> Notes:
    """The Notes of cells that are not blank; `others`: cells of the same columns that are only asked for what they tell of its days.

    An entry begins with its day: at the start of the cell, of a line or behind a full stop or semicolon; behind a comma where the day
    is written as that of the entry before it and nothing is to be done on it; behind a space as note_joints tells. A day without
    a year is of the year that its neighbours tell, which may run up or down; the newest is the latest such day, unless the oldest
    follows `created`, the day each cell's customer came, by less than a month. A day to come is none, nor one that may be of next
    month as well as of last year. Source: ownbooks.md 1.
    """
    silent = np.ones(len(texts), dtype=np.int64)
    found = pd.DataFrame(
        list(_found(texts, as_of)), columns=["cell", "free", "at", "body_at", *Written._fields, "minutes"]
    )
    if found.empty:
        return Notes(pd.DataFrame(columns=list(FOUND)), silent)
    cell, at = found["cell"].to_numpy(np.intp), found["at"].to_numpy(np.intp)
    last = np.r_[cell[1:] != cell[:-1], True]
    of: list[str] = [texts[int(i)] for i in cell]
    end = np.where(last, [len(text) for text in of], np.r_[found["free"].to_numpy(np.intp)[1:], 0])
    tell = pd.DataFrame(list(_found(others, as_of)), columns=found.columns)
    chinese = _HAN.search(_CELL.join(texts)) is not None
    day = days(found, tell, created.astype(_DAY)[cell], as_of, chinese=chinese)
    pieces = zip(of, at, found["body_at"], end, strict=True)
    said = [(text[start:stop].strip(_ENDS), text[body:stop].strip(_ENDS)) for text, start, body, stop in pieces]
    entries = pd.DataFrame(said, columns=["text", "body"]).assign(cell=cell, day=day, minutes=found["minutes"])
    first = np.flatnonzero(np.r_[True, last[:-1]])
    silent[cell[first]] = [_LETTER.search(of[i][: at[i]]) is not None for i in first]
    return Notes(entries[list(FOUND)], silent)


def _found(texts: Sequence[str], as_of: date) -> Iterator[tuple[object, ...]]:
    """(cell, end of what stands before, start, start of the body, parts of Written, minutes) of each entry: one look through all."""
    whole = _CELL.join(texts).translate(_PLAIN)
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    cell, last, way = 0, None, 0
    for match in _ENTRY.finditer(whole):
        at = match.end("before")
        while starts[cell + 1] <= at:
            cell, last, way = cell + 1, None, 0
        day = _written(match)
        if day is None or _NO_CONTACT.match(whole, match.end()):
            continue
        brackets = match["open"].strip(" \t*•·-→")
        joint = Joint(day, brackets, int((_NUMBER.findall(match["count"] or "") or "0")[0]))
        place = Place(whole, starts[cell], match.start(), match.end())
        if again(place) or (last is not None and agreed(last.day, day, place, as_of)):
            continue
        between = match["before"][:1]
        if between in _COMMAS:
            if last is None or not alike(last.day, day) or planned(last.day, day, place, as_of):
                continue
        elif (
            between in _SPACES
            and brackets != "["
            and match.start() > starts[cell]
            and (last is None or not begins(joint, last, way, place, as_of))
        ):
            continue
        if last is not None:
            way = way or direction(last.day, day)
        last = joint
        hour, _, minute = (match["clock"] or "0:00").partition(":")
        minutes = int(hour) * 60 + int(minute)
        body = min(match.end(), starts[cell + 1] - 1)
        free, at = max(match.start() - starts[cell], 0), at - (whole[at - 1 : at] in ("[", "("))
        yield (cell, free, at - starts[cell], body - starts[cell], *day, minutes if minutes < 1440 else 0)


def _written(match: re.Match[str]) -> Written | None:
    """The day of a match; None where the numbers are none of a day."""
    said = match.groupdict()
    if said["year"]:
        day = Written(int(said["year"]), int(said["of_year"]), int(said["on"]), _OF_YEAR[said["parted"]])
    elif said["compact"]:
        day = Written(int(said["compact"][:4]), int(said["compact"][4:6]), int(said["compact"][6:]), "c")
    elif said["three"]:
        return Written(0, 0, 0, said["sign"] * 2, said["three"])
    elif said["month"]:
        day = Written(0, int(said["month"]), int(said["number"]), "月")
    elif said["first"]:
        first, second = int(said["first"]), int(said["second"])
        possible = 1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12
        if possible and said["point"] and second <= 12 and not _HAN.match(match.string, match.end()):
            return Written(0, second, first, _POINTED)
        return Written(0, first, second, said["mark"]) if possible else None
    else:
        name = _NAME.search(said["named"])
        numbers = [int(number) for number in _NUMBER.findall(said["named"])]
        year = next((number for number in numbers if number > 31), 0)
        number = next((number for number in numbers if number <= 31), 0)
        day = Written(year, MONTHS[name[0].casefold()] if name else 0, number, "n")
    return day if 1 <= day.month <= 12 and 1 <= day.number <= 31 else None
