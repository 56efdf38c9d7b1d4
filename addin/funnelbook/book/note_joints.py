"""Where an entry of a note begins in the middle of a line: 3/6未接 3/8加微信, and not 3/6 约 3/8 见面."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from funnelbook.book.note_days import Written

_CYCLE, _MONTH = 372, 31  # a year of 12 months of 31 days, and one of them
_AGREED = 62  # days ahead, at most
_TURN = 124  # over the turn of a year two entries lie at most 4 months apart
_LATIN = re.compile(r"[\[\"“]?[A-Za-z]")
_SAYS = re.compile(r"[\[(\"“]?\w")
_TOLD = re.compile(  # what happened, in English
    r"(?i:\w+ed|left|spoke|sent|met|no|not|told|said|got|gave|won|lost|paid|wants|asks|saw|rang|voicemail|vm|quote|busy)\b"
)
_DONE = r"(?![^,，;；。\s]{0,12}\s?[^,，;；。\s\d]{0,6}(?:[了过已没未不太嫌]|接通|成功))"
_TO_DO = re.compile(
    r"(?:之?前|左右|以后|之后)?(?:回|答复|联系|跟进|约|预约|见|面谈|签(?!(?:约|单|了|合同)?\s?[￥¥$]?\d)|付|给|来(?!电)|去(?!电)|打)"
    rf"{_DONE}|(?i:(?:call|reply|meet|visit|demo|send|sign|pay)\b"
    r"(?! (?:\w+ )?(?:done|went|held|ok|okay|good|well|great|happened|made|took|was|completed|finished|over)\b))"
)
_NOUN = re.compile(r"(?i:(?:call|visit|demo|reply)\s?(?:[,.;:]|-\s|\Z|[\x00\r\n]))")  # is it to be done, or was it?
_AGAIN = re.compile(
    r"(?:之?前|左右|以后|之后)?再(?!次|(?:打|拨|联系|去|跟进)(?:了|过|没|未|无|还是|仍|又|不[通接]))"
    r"|(?i:call (?:back|again)\b|follow(?!ed)|again\b)"
)
_ONCE_MORE = re.compile(  # what came of it stands behind
    r"再[^\W\d_]{1,3}[ ,:]+(?:客户|对方|老板|[他她])?(?:说|同意|没|未|不|已|嫌|还是|仍|考虑|表示|答应|要求|接|通[了话]|打通"
    r"|关机|停机|占线|空号|拒|在|太|忙|无人|有意|成交|签[了单约]|下单|报[了价])|(?i:follow(?:ing)?[ -]?up\b(?: call)?[,:\-] *[a-z])"
    r"|再(?:打|拨|联系)(?:关机|停机|占线|忙线|空号|无人)"
    r"|(?i:(?:call )?again[ ,:]+(?:no|not|busy|voicemail|said|told|got|wants|spoke|still)\b)"
)
_TO_VISIT = re.compile(rf"(?:再|去|来)?(?:拜访|上门|演示|面谈|开会|签|送样){_DONE}")
_TO_COME = re.compile(
    r"(?:(?<![签])约|改|(?<![收接见达找])到|定|于|(?<!不)在|等|至|待|预计|计划|说|答应|要|从|自"
    r"|截止日?|生日|到期日?|交期|日期|有效期|准备|打算)[了好]?[ ,、]*$"
    r"|(?i:\b(?:by|until|till|on|due|for|from|before|after|since|next|of|the|to|at|in|around|about))[ ,、]*$"
)
_NOUN_BEFORE = re.compile(r"(?i:\b(?:call|meet|meeting|demo)[ ,、]*$)")
_NO_DAY = re.compile(
    r"(?:报价?|预算|价格?|[给降涨约共是只仅才打第要+*×\-]|优惠|金额|版本?|(?i:\bv|\bversion|\bno\.?|#))\s*$"
)
_BEFORE = 14  # signs that are looked at
_EITHER = frozenset("/.-")
_Day = tuple[int, int, int]  # year, 0 for none told, month, day


class Place(NamedTuple):
    """Where a day stands: in the text from `start` of what goes before it to the `end` of the day; `cell`: where its cell begins."""

    whole: str
    cell: int
    start: int
    end: int


class Joint(NamedTuple):
    """How an entry is written: its day, the bracket before it, its number in a numbered note (0: none)."""

    day: Written
    bracket: str
    item: int


def planned(last: Written, day: Written, at: Place, as_of: date) -> bool:
    """Whether something is to be done on a day rather than that it was done."""
    before = (at.whole, max(at.start - _BEFORE, at.cell), at.start)
    if _TO_COME.search(*before):
        return True
    if _NOUN_BEFORE.search(*before):
        return at.whole[at.start : at.start + 1] != "," or not _past(last, day, as_of)
    if _NOUN.match(at.whole, at.end):
        return not _past(last, day, as_of)
    return bool(_TO_DO.match(at.whole, at.end)) and not _ONCE_MORE.match(at.whole, at.end)


def again(at: Place) -> bool:
    """Whether a day is only named for the next contact: 5/12再联系, and not 5/12再联系 同意9折."""
    return bool(_AGAIN.match(at.whole, at.end)) and not _ONCE_MORE.match(at.whole, at.end)


def alike(last: Written, day: Written) -> bool:
    """Whether a day is written as the last one, whose year may stand for both: 2026.4.3 and 4.9."""
    return day.sign == last.sign or (last.sign.startswith("y") and (day.sign[0] == "y" or day.sign == last.sign[1:]))


def agreed(last: Written, day: Written, at: Place, as_of: date) -> bool:
    """Whether a day without a year is one to come on which something is to be done, as the entry before it says: 5/3 电话；6/1 回电."""
    if day.year or day.three or not any(told.match(at.whole, at.end) for told in (_TO_DO, _TO_VISIT, _AGAIN)):
        return False
    today = (0, as_of.month, as_of.day)
    pairs = _readings(last, day)[:1]
    return any(_gap(then, today) >= 0 and 0 < _gap(today, now) <= _AGREED for then, now in pairs)


def begins(joint: Joint, last: Joint, way: int, at: Place, as_of: date) -> bool:
    """Whether a day behind a space begins an entry, after the `last` of its cell.

    It does when numbered on; else when it is written as the last one, not before it (`way` -1: not after it, in a note whose newest
    is first), is no day to come, something is said behind it, and nothing tells that it is planned.
    """
    if joint.item and joint.item == last.item + 1:
        return True
    if not alike(last.day, joint.day) or joint.bracket != last.bracket or planned(last.day, joint.day, at, as_of):
        return False
    if not _SAYS.match(at.whole, at.end) or (joint.day.sign == "." and _NO_DAY.search(at.whole[at.cell : at.start])):
        return False
    stopped = at.whole[at.start - 1 : at.start] in (".", "?") or at.whole[at.end - 2 : at.end].strip()[-1:] in (
        ":",
        "-",
    )
    latin = _LATIN.match(at.whole, at.end) is not None
    if latin and not stopped and not _TOLD.match(at.whole, at.end):
        return False
    pairs = _readings(last.day, joint.day)[: None if latin else 1]
    return any(_follows(*pair[:: way or 1]) and not _ahead(*pair, joint.day.sign, as_of) for pair in pairs)


def _past(last: Written, day: Written, as_of: date) -> bool:
    """Whether a day follows the last one and is not to come, however both are read."""
    pairs = [pair for pair in _readings(last, day) if _follows(*pair)]
    return bool(pairs) and not any(_ahead(*pair, day.sign, as_of) for pair in pairs)


def direction(last: Written, day: Written) -> int:
    """1 where a day is after the last one of its cell however both are read, -1 before it, 0 where nobody can say."""
    ways = {(gap > 0) - (gap < 0) for gap in (_gap(*pair) for pair in _readings(last, day))}
    return ways.pop() if len(ways) == 1 else 0


def _readings(last: Written, day: Written) -> list[tuple[_Day, _Day]]:
    """Both days in each order in which both can be read, that of Chinese first."""
    if day.three and last.three:
        both = [[int(number) for number in re.split(r"[-/.]", each)] for each in (last.three, day.three)]
        orders = (
            ((2, 0, 1), (2, 1, 0), (0, 1, 2)) if max(both[0][2], both[1][2]) > 31 else ((0, 1, 2), (2, 0, 1), (2, 1, 0))
        )
        pairs = [tuple((of[order[0]], of[order[1]], of[order[2]]) for of in both) for order in orders]
    else:
        pairs = [tuple((of.year, of.month, of.number) for of in (last, day))]
        if day.sign in _EITHER:
            pairs += [tuple((of.year, of.number, of.month) for of in (last, day))]
    return [(then, now) for then, now in pairs if max(then[1], now[1]) <= 12]


def _gap(then: _Day, now: _Day) -> int:
    """Days from one day to the other, in a year of 12 times 31; the nearer way where a year is not told."""
    gap = (now[1] - then[1]) * _MONTH + now[2] - then[2]
    if then[0] and now[0]:
        return gap + (now[0] - then[0]) * _CYCLE
    return (gap + _CYCLE // 2) % _CYCLE - _CYCLE // 2


def _follows(then: _Day, now: _Day) -> bool:
    """Whether a day is that of the later of two entries that follow each other."""
    told = bool(then[0] and now[0])
    return 0 <= _gap(then, now) <= (_CYCLE * 100 if told else _TURN) or (not told and then[1:] <= now[1:])


def _ahead(then: _Day, now: _Day, sign: str, as_of: date) -> bool:
    """Whether a day is to come, or may be: one without a year that is of the next month, or written as a number is."""
    today = (as_of.year % 100 if now[0] < 100 else as_of.year, as_of.month, as_of.day)
    if now[0]:
        return now > today
    return then[1:] <= today[1:] < now[1:] and (sign == "." or _gap((0, *today[1:]), now) <= _MONTH)
