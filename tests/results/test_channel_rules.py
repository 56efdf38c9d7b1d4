"""What the Channels table says of single channels; how the call list uses it is in test_call_list.py."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from funnelbook.domain.workdays import WorkCalendar
from funnelbook.results.channel_rules import ChannelRules
from funnelbook.results.team_data import is_call
from support.worked import rows

CHANNELS = """
    channel | opens | closes | max_chars | confirm_by | confirm_days
    电话    | 08:30 | 20:00 | -         | -          | -
    短信    | 9:00  | -     | -         | -          | -
    邮件    | -     | 17:30 | 5         | -          | -
    传真    | -     | -     | -         | 电话       | 1
    信函    | -     | -     | -         | 邮件       | 3
    上门    | 09:00 | 09:00 | -         | 上门       | 1
    微信    | 20:00 | 09:00 | -         | -          | -
    手机短信 | -    | -     | 10        | -          | -
    传 真   | 01:00 | 01:00 | 1         | 邮件       | 9
"""


def rules(channels: str = CHANNELS, activities: str = "at | customer | channel | connected") -> ChannelRules:
    table = rows(channels, "opens closes max_chars confirm_by confirm_days")
    done = rows(activities)
    return ChannelRules(
        SimpleNamespace(
            frames={
                "Channels": table.rename(columns={"opens": "from", "closes": "to"}).assign(
                    max_chars=pd.to_numeric(table["max_chars"]).astype(float),
                    confirm_days=pd.to_numeric(table["confirm_days"]).astype(float),
                )
            },
            language="zh",
            customers=pd.DataFrame(index=range(3)),
            activities=done.assign(
                at=pd.to_datetime(done["at"]),
                customer=pd.to_numeric(done["customer"]).astype(int),
                connected=done["connected"] == "是",
                is_call=is_call(done["channel"]),
            ),
            settings=SimpleNamespace(email_wait_days=3),
            calendar=WorkCalendar.plain(),
        )
    )


def channels(*named: str | None) -> pd.Series:
    return pd.Series(named, dtype=object)


def test_hours_are_told_where_a_channel_has_them():
    asked = channels("电话", "短信", "邮件", "传真", "Fax", None, " 短 信")
    shown = ["08:30–20:00", "09:00–24:00", "00:00–17:30", None, None, None, "09:00–24:00"]
    assert rules().hours(asked).tolist() == shown


def test_a_channel_is_closed_whose_last_hour_is_not_after_its_first():
    asked = channels("电话", "短信", "邮件", "传真", "上门", "微信", "Fax", None)
    assert rules().closed(asked).tolist() == [False] * 4 + [True] * 2 + [False] * 2


@pytest.mark.parametrize(
    ("channel", "text", "long"),
    [
        ("邮件", "一二三四五", False),
        ("邮件", "一二三四五六", True),
        ("短信", "一" * 70, False),
        ("短信", "一" * 71, True),
        ("手机短信", "a" * 10, False),
        ("手机短信", "a" * 11, True),
        ("SMS", "a" * 160, False),  # a short message is one whether or not the table has it
        ("SMS", "a" * 161, True),
        ("传真", "一二三四五六", False),
        ("Fax", "一" * 999, False),
        (None, "一" * 999, False),
        ("邮件", None, False),
    ],
)
def test_a_text_is_too_long_for_its_channel(channel, text, long):
    assert rules().too_long(channels("邮件", channel), channels(None, text)).tolist() == [False, long]


def test_the_phone_is_called_as_the_table_calls_it():
    assert rules("channel\n邮件\nTEL\n电话").phone == "TEL"
    assert rules("channel\n邮件").phone == "电话"


def test_a_call_is_known_however_its_channel_is_written():
    written = pd.Series(["电话", " 电 话", "ＴＥＬ", "Phone:", None, "邮件"], dtype=object)
    assert is_call(written).tolist() == [True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("activities", "until", "by"),
    [
        # sent on a Friday: one working day on is Monday, three days on any day
        ("2026-05-29 10:00 | 0 | 传真 | -", "2026-06-01", "电话"),
        ("2026-05-29 10:00 | 0 | 邮件 | -", "2026-06-01", "电话"),
        ("2026-05-28 10:00 | 0 | 邮件 | -", "2026-05-31", "电话"),
        ("2026-05-29 10:00 | 0 | 信函 | -", "2026-06-03", "邮件"),
        ("2026-05-29 10:00 | 0 | 短信 | -", "NaT", None),
        # only what got through, and only afterwards, confirms
        ("2026-05-29 10:00 | 0 | 传真 | -\n2026-05-29 11:00 | 0 | 电话 | 是", "NaT", None),
        ("2026-05-29 10:00 | 0 | 传真 | -\n2026-05-29 11:00 | 0 | - | 是", "NaT", None),
        ("2026-05-29 10:00 | 0 | 传真 | -\n2026-05-29 11:00 | 0 | 电话 | -", "2026-06-01", "电话"),
        ("2026-05-29 10:00 | 0 | 传真 | -\n2026-05-29 09:00 | 0 | 电话 | 是", "2026-06-01", "电话"),
        ("2026-05-29 10:00 | 0 | 传真 | -\n2026-05-29 11:00 | 1 | 电话 | 是", "2026-06-01", "电话"),
        ("2026-05-29 10:00 | 0 | 传真 | -\n2026-05-29 11:00 | 0 | 短信 | 是", "2026-06-01", "电话"),
        ("2026-05-29 10:00 | 0 | 信函 | -\n2026-05-29 11:00 | 0 | 电话 | 是", "2026-06-03", "邮件"),
        (
            "2026-05-29 10:00 | 0 | 信函 | -\n2026-05-29 11:00 | 0 | 邮件 | 是",
            "2026-06-01",
            "电话",
        ),  # now that asks for one
        ("2026-05-29 10:00 | 0 | 上门 | -", "2026-06-01", "上门"),
        ("2026-05-29 10:00 | 0 | 上门 | 是", "NaT", None),  # got through itself
        # sent again: the last one counts; of several the first due
        ("2026-05-28 10:00 | 0 | 传真 | -\n2026-05-29 10:00 | 0 | 传真 | -", "2026-06-01", "电话"),
        ("2026-05-27 10:00 | 0 | 信函 | -\n2026-05-28 10:00 | 0 | 传真 | -", "2026-05-29", "电话"),
        ("2026-05-25 10:00 | 0 | 信函 | -\n2026-05-28 10:00 | 0 | 传真 | -", "2026-05-28", "邮件"),
        ("2026-05-29 10:00 | -1 | 传真 | -", "NaT", None),
    ],
)
def test_what_was_sent_is_to_be_confirmed(activities, until, by):
    other = "2026-05-20 10:00 | 2 | 信函 | -"  # of the third customer: by Monday the 25th
    found = rules(activities=f"at | customer | channel | connected\n{activities}\n{other}").confirmations
    assert [str(day) for day in found[0]] == [until, "NaT", "2026-05-25"]
    assert found[1].tolist() == [by, None, "邮件"]
    assert found[0].dtype == np.dtype("datetime64[D]")
