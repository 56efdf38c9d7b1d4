"""What happened on a day that is past is an entry of its own; what is to be done on one to come is not."""

from __future__ import annotations

import numpy as np
import pytest

from funnelbook.book.note_entries import notes
from support.sheets import DAY


def read(text: str) -> list[str]:
    """Days and bodies of the entries."""
    found = notes([text], np.array(["NaT"], dtype="datetime64[D]"), DAY).entries
    days = found["day"].to_numpy("datetime64[D]").astype(str)
    return [f"{day[5:]} {body}" for day, body in zip(days, found["body"], strict=True)]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("5月6日 打电话 没接\n5月9日 再打 说在开会", ["05-06 打电话 没接", "05-09 再打 说在开会"]),
        ("5月6日 打电话 没接，5月9日 打电话 没接", ["05-06 打电话 没接", "05-09 打电话 没接"]),
        ("5.3 报价\n5.7 再联系 同意9折\n5.12 再打 说考虑", ["05-03 报价", "05-07 再联系 同意9折", "05-12 再打 说考虑"]),
        (
            "5.3 报价；5.7 再联系，同意9折；5.12 再打，说考虑",
            ["05-03 报价", "05-07 再联系，同意9折", "05-12 再打，说考虑"],
        ),
        ("5.3 报价，5.7 再联系 同意9折", ["05-03 报价", "05-07 再联系 同意9折"]),
        ("2026.4.3展会认识，4.9发资料，5.7电话接通", ["04-03 展会认识", "04-09 发资料", "05-07 电话接通"]),
        ("2026.4.3展会认识 4.9发资料 5.7电话接通", ["04-03 展会认识", "04-09 发资料", "05-07 电话接通"]),
        ("2026-4-3 认识 2026/5/7 电话", ["04-03 认识", "05-07 电话"]),
        ("2026年4月3日 认识，5月7日 电话接通", ["04-03 认识", "05-07 电话接通"]),
        ("2026/4/3 认识，5/7 电话接通", ["04-03 认识", "05-07 电话接通"]),
        ("5/4 intro. 5/11 demo done", ["05-04 intro.", "05-11 demo done"]),
        ("5/4 call, 5/8 call, 5/11 meeting went well", ["05-04 call", "05-08 call", "05-11 meeting went well"]),
        ("5/4 quote $4k. 5/11 follow-up, thinking", ["05-04 quote $4k.", "05-11 follow-up, thinking"]),
        ("5/4 emailed. 5/8 followed up.", ["05-04 emailed.", "05-08 followed up."]),
        ("5/4 emailed; 5/8 demo went ok", ["05-04 emailed", "05-08 demo went ok"]),
        ("5/4 emailed; 5/8 called again, busy", ["05-04 emailed", "05-08 called again, busy"]),
        ("5/4 met. 5/8 reply: too expensive", ["05-04 met.", "05-08 reply: too expensive"]),
        ("5/4 call - no answer. 5/8 call - interested", ["05-04 call - no answer.", "05-08 call - interested"]),
        ("5/4 Called. 5/8 call again, busy", ["05-04 Called.", "05-08 call again, busy"]),
        ("5.3电话没接；5.9再打关机", ["05-03 电话没接", "05-09 再打关机"]),
        # to come, or agreed on the day before
        ("5/4 call, 5/28 demo", ["05-04 call, 5/28 demo"]),
        ("5/4 call, 6/8 demo.", ["05-04 call, 6/8 demo."]),
        ("5/4 call. 5/28 follow-up, bring contract", ["05-04 call. 5/28 follow-up, bring contract"]),
        ("5/4 quoted; 5/8 follow-up", ["05-04 quoted; 5/8 follow-up"]),
        ("5/4 quoted; 5/8 follow up with the boss", ["05-04 quoted; 5/8 follow up with the boss"]),
        ("5/4 quoted, 5/8 call him", ["05-04 quoted, 5/8 call him"]),
        ("5/4 quoted, 5/8 call back", ["05-04 quoted, 5/8 call back"]),
        ("5/8 已报价；5/12再联系", ["05-08 已报价；5/12再联系"]),
        ("5/8 已报价；5/12再联系，带合同", ["05-08 已报价；5/12再联系，带合同"]),
        ("5/8 已报价，5/28 再打 说优惠", ["05-08 已报价，5/28 再打 说优惠"]),
        ("2026.4.3 报价，6.9回电", ["04-03 报价，6.9回电"]),
        ("2026年5月3日 报价，5月28日 付款", ["05-03 报价，5月28日 付款"]),
        ("2026.4.3 报价 5.8 嫌贵", ["04-03 报价 5.8 嫌贵"]),
    ],
)
def test_each_day_that_is_past_has_its_entry(text, entries):
    assert read(text) == entries


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["5.6 电话", "06/05/2026 报价"], ["05-06", "05-06"]),  # 5 June is still to come
        (["5.6 电话", "06/05/2026 报价", "5.9 微信"], ["05-06", "05-06", "05-09"]),
        (["13/5 电话", "5/4 报价"], ["05-13", "04-05"]),
        (["5.6 called", "06/05/2026 quoted"], ["", "05-06"]),
    ],
)
def test_in_chinese_only_days_of_two_numbers_tell_which_is_the_month(texts, days):
    found = notes(texts, np.array(["NaT"] * len(texts), dtype="datetime64[D]"), DAY).entries
    assert [str(day)[5:] for day in found["day"].to_numpy("datetime64[D]")] == days
