"""Amounts of money in what a note says: whole numbers as they are written, and which of them are no price."""

from __future__ import annotations

import re

from funnelbook.book import values

_MONEY = re.compile(  # a number is read whole or not at all: letters may follow only where a sign says that it is money
    r"(?:(?<=rmb)|(?<=cny)|(?<=usd)|(?<![\d./\-月年a-z_#千万])(?<!\d:))(?P<sign>[￥¥$€£]\s?)?"
    r"(?>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d{1,2}(?!\d)|\.\d+(?=\s?[千万wk]))?)(?![\d./\-:]*\d|,\d{4})\s?"
    r"(?:[千万]\d(?=元?(?:[^\d.]|$))|(?:[千万]|[wk](?![a-z]))|百万)?(?:元整?|块钱?)?"
    r"(?!(?<=[千万])\d|\s?[×*亿千万百月日号天点周年台套件个%折分人次期/\-:年版]|[a-z]|\s(?(sign)(?:m|mn|mln|million|bn|billion|thousand"
    r"|hundred|per|each|an?|pcs|off)\b|(?!(?:today|yesterday|usd|eur|gbp|rmb|cny|dollars|euros|net|total|incl|plus)\b)[a-z]))"
)
_SPOKEN = re.compile(  # 三万二
    r"(?<![几上好数成第一二两三四五六七八九十百千万亿])(?>[一二两三四五六七八九十][一二两三四五六七八九十百零]*[千万][一二两三四五六七八九十百千零]*)"
    r"(?:元整?|块钱?)?(?!\s?[亿万多余来几\d台套件个天人次年月家户分周条吨米份名位])"
)
_UNIT = re.compile(r"[￥¥$€£千万wk元块]")
_PART = (  # of a price, or another's money
    r"(?:[定订押]|保证)金|首[付款]款?|预付款?|[尾余]款|赠品?|礼品?|返[点现利还]?|回扣|佣金|提成|优惠|便宜|(?<![含免包])(?:运|邮|快递|手续|安装)费"
    r"|税[费金点]|成本|毛?利润?|代金券|优惠券|积分|欠款?|保险费?|已收|\bdeposit|\bdown payment|\bcommission|\brebate|\bcash ?back"
    r"|\bmargin|\bprofit|\bcosts?|\bfees?|\btax|\bsave[ds]?|\bkickback"
    r"|\b(?<!including )(?<!incl\. )(?:shipping|freight)\b"
)
_BEFORE = re.compile(
    rf"(?:(?<!\d)号码?|编码|证|\bid|\bno\.?|\bdiscount of|\bnumber|\binvoice|\bpo|(?<![a-z])x|[×*送减降]|[原单标定]价|市场价|{_PART})"
    r"(?:是|为|了|约|\s?\b(?:of|is|was)\b|[:#])?\s*$"
)
_BEHIND = re.compile(rf"\s?的?(?>{_PART}|discount)(?!s?\s?(?:是|为|了|约|of|[:#])?\s?[￥¥$€£]?\d)")
_LEAST = 100.0  # a number without a unit that can be money
_LONGEST, _LONGEST_PLAIN = 9, 7  # digits, without a unit: more are a phone, a contract's number or a day
_LOOK = 20  # signs before an amount


def amounts(plain: str) -> list[tuple[int, int, float]]:
    """Where amounts of money begin and end in a folded text in small letters, and how much each is. Source: ownbooks.md 2."""
    found = []
    for match in _MONEY.finditer(plain):
        size = values.number(match[0].strip())
        digits = sum(sign.isdigit() for sign in match[0])
        if (
            isinstance(size, float)
            and digits <= _LONGEST
            and (_UNIT.search(match[0]) or (size >= _LEAST and digits <= _LONGEST_PLAIN))
        ):
            found.append((match.start(), match.end(), size))
    for match in _SPOKEN.finditer(plain):
        size = values.number(match[0])
        if isinstance(size, float):
            found.append((match.start(), match.end(), size))
    return sorted(found)


def prices(plain: str) -> list[tuple[int, float]]:
    """Where amounts begin and what they are, without what is a number of something else, a part of a price or given back."""
    return [
        (at, size)
        for at, end, size in amounts(plain)
        if not (_BEFORE.search(plain, max(at - _LOOK, 0), at) or _BEHIND.match(plain, end))
    ]
