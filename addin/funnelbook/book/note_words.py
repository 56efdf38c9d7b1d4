"""What an entry of a note says besides its day: the channel, the outcome, what was quoted or sold, the day of the next contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain

from funnelbook.book import note_hedges, refusals, spoken_days, values
from funnelbook.book.labels import normalise
from funnelbook.book.note_amounts import amounts, prices
from funnelbook.words import LANGUAGES, subject, typed

# outcomes by what they are called at first, those that say most before others
_WON, _FOR_GOOD = "won", "do_not_call"
_OUTCOMES = (
    _WON, _FOR_GOOD, "refused", "decided", "terms", "quoted", "demo", "sees_need", "material_sent", "no_need", "willing",
    "wrong_number", "switched_off", "busy", "no_answer", "later",
)  # fmt: skip
_CHANNELS = ("phone", "wechat", "sms", "email")
_WEEKDAY = note_hedges.WEEKDAY
_NUMBER = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")  # the comma in it ends no clause
_NO_CHANNEL = re.compile(  # a channel that is not to be used
    r"(?:不(?:要|用|想|让|需)|别|勿)再?(?:发|打|加|用|回|看|给他发)?(?:短信|电话|微信|邮件)"
    r"|\b(?:no|not by|do not|don['’]t) (?:sms|text|e-?mail|phone|wechat)\b"
)
_NO_AMOUNT = r"(?!(?:是|为)?\s?:?\s?[￥¥$€£]?\d)"
_QUOTES = re.compile(r"报|降|优惠|quote|offer")
_QUOTED = re.compile(r"(?:报价|报了|报给|报|降到|降至|优惠到|quoted?|offer(?:ed)?)\s*(?:了|为|是|约|[:：]|at|of)?\s*$")
_WHEN = (
    r"(?:下+个?|本|这)?(?:周|星期|礼拜)[一二三四五六日天]|大?后天|明天|明日|(?:本|下个?)?月[底末初中]|(?:下个?月)?\d{1,2}[号日]"
    r"|\d{1,2}\s?[/.月]\s?\d{1,2}[号日]?|(?:\d{1,2}|[一两二三四五六七])个?(?:天|周|星期|礼拜)以?后|下+个?(?:周|星期|礼拜)"
    rf"|tomorrow|(?:next |on |this )?{_WEEKDAY}|next week|in (?:\d+|a|two|three) (?:days?|weeks?)|end of (?:the |this |next )?month"
)
_AFTER = (
    r"(?:再|回复|回访|回电|回话|答复|联系|跟进|跟|打|拜访|见|面谈|来|去|给|约|定|签|付|演示|开会"
    r"|call|follow|reply|again|meet|visit|decide)"
)
_NEXT = re.compile(
    rf"(?<![上每\d/.])(?:(?P<day>{_WHEN})(?:之?前|左右|[上下]午)?\s?(?:我|客户|对方|他|她|可以|会|要|请|等)*{_AFTER}(?!过|了)"
    rf"|(?:约|约好|约在|改到|改|定在|定于|等到|call(?: back)?|follow[ -]?up|again|meeting|reply)(?:了|在|到|on|at)?\s?(?P<agreed>{_WHEN}))"
)


def outcomes_said(bodies: Sequence[str], known: Iterable[str]) -> list[str | None]:
    """The outcome of each of the bodies, one of the `known`; None where it says none."""
    own = {normalise(one): one for one in known}
    names = {key: _own(f"outcome_{key}", own) for key in _OUTCOMES}
    return [names[key] if key else None for key in _outcomes(bodies)]


def sales(bodies: Sequence[str]) -> list[bool]:
    """Which of the bodies say that the customer bought."""
    return [key == _WON for key in _outcomes(bodies)]


def channels_said(bodies: Sequence[str], known: Iterable[str]) -> list[str | None]:
    """The channel that each of the bodies names first, one of the `known`; None where it names none."""
    channels = list(known)
    own = {normalise(one): one for one in channels}
    words = [(one.casefold(), one) for one in channels]
    for key in _CHANNELS:
        if name := _own(f"channel_{key}", own):
            words += [(word.casefold(), name) for word in typed(f"note_{key}")]

    def channel(plain: str) -> str | None:
        plain = _NO_CHANNEL.sub("", plain)
        return min(((plain.find(word), name) for word, name in words if word in plain), default=(0, None))[1]

    plain = [_NUMBER.sub("0", body.casefold()) for body in bodies]
    found = {text: channel(text) for text in set(plain)}
    return [found[text] for text in plain]


def sold_for(body: str) -> float | None:
    """The amount in a body that tells of a sale; None where none or several stand, or another day stands before the sale."""
    plain = values.fold(body).casefold()
    sale = next((match for match in _matches(plain) if _words()[match[0]] == _WON), None)
    if sale and note_hedges.of_other_day(plain[: sale.start()]):
        return None
    found = prices(plain)
    if len({amount for _, amount in found}) > 1:
        found = [(at, amount) for at, amount in found if not _QUOTED.search(plain, max(at - 12, 0), at)]
    sizes = {amount for _, amount in found}
    return sizes.pop() if len(sizes) == 1 else None


def quote(body: str) -> float | None:
    """The amount that was quoted, of several the last; None for none."""
    plain = values.fold(body).casefold()
    if not _QUOTES.search(plain):
        return None
    said = ((amount, _QUOTED.search(plain, max(at - 12, 0), at)) for at, _, amount in amounts(plain))
    quoted = [amount for amount, match in said if match and note_hedges.holds("quoted", plain, match)]
    return quoted[-1] if quoted else None


def next_day(body: str, day: date) -> date | None:
    """The day of the next contact that was agreed on a `day`; None where none is said, or one before it."""
    plain = values.fold(body).casefold()
    for found in reversed(list(_NEXT.finditer(plain))):
        said = (found["day"] or found["agreed"]).strip()
        then = spoken_days.of_list(said, day)
        if then and then.date() >= day:
            return then.date()
    return None


def _own(key: str, own: Mapping[str, str]) -> str | None:
    """What the workbook calls something that comes with it in some language."""
    return next((own[name] for name in map(normalise, _called(key)) if name in own), None)


def _called(key: str) -> list[str]:
    """What something that a workbook comes with is called, in every language that has a name for it."""
    told = (subject("start", language)[key] for language in LANGUAGES)
    return [name for text in told if (name := text if isinstance(text, str) else text[0])]


def _outcomes(bodies: Sequence[str]) -> list[str | None]:
    """The key of the outcome of each; bodies that differ in their numbers only are looked at once."""
    plain = [_NUMBER.sub("0", _THOUSANDS.sub("0_0", values.fold(body).casefold())) for body in bodies]
    keys = {text: _outcome(text) for text in set(plain)}
    return [keys[text] for text in plain]


def _outcome(plain: str) -> str | None:
    """The key of the outcome that a text in small letters says, of several the one that says most."""
    refused = [*refusals.found(plain)]
    said = [_FOR_GOOD] if any(refusals.holds(plain, match) for match in refused) else []
    for match in _matches(plain):
        within = any(of.start() <= match.start() and match.end() <= of.end() for of in refused)
        if not within and note_hedges.holds(_words()[match[0]], plain, match):
            said.append(_words()[match[0]])
    return min(said, key=_OUTCOMES.index, default=None)


def _matches(plain: str) -> Iterator[re.Match[str]]:
    """Where the words stand, Chinese ones first."""
    return chain(*(pattern.finditer(plain) for pattern in _said()))


@cache
def _words() -> Mapping[str, str]:
    """Words in small letters -> the key of the outcome they mean; of two the one that says most."""
    found: dict[str, str] = {}
    for key in reversed(_OUTCOMES):
        names = _called(f"outcome_{key}") if key != _WON else []
        found |= {text.casefold(): key for text in (*names, *typed(f"note_{key}"))}
    return found


@cache
def _said() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words, the longer first: Chinese ones, which begin anywhere, and others."""
    words = sorted(_words(), key=len, reverse=True)
    chinese, other = ("|".join(re.escape(word) for word in words if word.isascii() == plain) for plain in (False, True))
    return re.compile(rf"(?:{chinese})(?![收率量折]|(?>金?额|价格?){_NO_AMOUNT})"), re.compile(
        rf"\b(?:{other})\b(?!['’])"
    )
