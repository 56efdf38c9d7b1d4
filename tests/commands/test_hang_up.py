"""What is said of how a call ended: who hung up is no outcome, and whether somebody talked goes before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from funnelbook.commands.import_calls import import_calls
from support.exchanged import rows
from support.phone_systems import phone_book

DAY = date(2026, 5, 20)


def results(tmp_path: Path, log: str) -> list[list[object]]:
    """(outcome, connected) of each call of a log, and nothing in it that nobody knows."""
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    file.write_text(log, "utf-8")
    report = import_calls(path, [file], as_of=DAY)
    assert report.unread == {}
    calls = rows(path, "Activities").sort_values("at")[["outcome", "connected"]]
    return calls.astype(object).where(calls.notna(), None).values.tolist()


@pytest.mark.parametrize("who", ["客户", "坐席", "座席", "主叫", "被叫", "用户", "对方"])
@pytest.mark.parametrize("how", ["挂断", "挂机"])
def test_who_hung_up_is_no_outcome(tmp_path, who, how):
    beside = f"""通话开始时间,客户号码,坐席姓名,接听状态,挂机原因,通话时长(秒)
2026-05-19 09:00:00,13800138001,Ann,已接听,{who}{how},205
2026-05-19 09:10:00,13900139002,Ben,未接听,{who}{how},0
"""
    assert results(tmp_path, beside) == [[None, True], ["No answer", False]]
    alone = f"""开始时间,被叫号码,坐席,挂机原因,通话时长
2026-05-19 09:00:00,13800138001,Ann,{who}{how},00:03:25
2026-05-19 09:10:00,13900139002,Ben,{who}{how},00:00:00
"""
    assert results(tmp_path, alone) == [[None, True], [None, False]]


@pytest.mark.parametrize("said", ["Caller hung up", "agent hangup", "Hung up by customer", "Disconnected by agent"])
def test_who_hung_up_is_no_outcome_in_english(tmp_path, said):
    log = f"""start time,phone,agent,status,talk time
2026-05-19 09:00:00,13800138001,Ann,{said},0:03:25
2026-05-19 09:10:00,13900139002,Ben,{said},0:00:00
"""
    assert results(tmp_path, log) == [[None, True], [None, False]]


def test_talk_goes_before_the_cause_of_a_hang_up(tmp_path):
    log = """开始时间,客户号码,坐席,挂机原因,通话时长
2026-05-19 09:00:00,13800138001,Ann,客户拒接,00:03:25
2026-05-19 09:10:00,13900139002,Ben,客户拒接,00:00:00
2026-05-19 09:20:00,13655556666,Ben,正常挂机,00:00:30
"""
    assert results(tmp_path, log) == [[None, True], ["Busy", False], [None, True]]


def test_a_second_column_that_says_the_contrary_gives_no_outcome(tmp_path):
    log = """开始时间,客户号码,坐席,接听状态,拨打结果
2026-05-19 09:00:00,13800138001,Ann,已接听,占线
2026-05-19 09:10:00,13900139002,Ben,已接听,没兴趣
2026-05-19 09:20:00,13655556666,Ben,未接听,没兴趣
"""
    assert results(tmp_path, log) == [[None, True], ["No need now", True], ["No answer", False]]


def test_a_call_that_ended_as_usual_with_no_talk_reached_nobody(tmp_path):
    head = "start_stamp,destination_number,caller_id_name,answer_stamp,duration,{}hangup_cause,uuid\n"
    lines = """2026-05-19 09:00:00,13800138001,Ann,{0},60,{1}NORMAL_CLEARING,aaaa-1
2026-05-19 09:06:00,13655556666,Ben,,10,{2}NORMAL_CLEARING,aaaa-3
2026-05-19 09:08:00,13655556666,Ben,,10,{2}ORIGINATOR_CANCEL,aaaa-4
"""
    told = head.format("billsec,") + lines.format("2026-05-19 09:00:07", "53,", "0,")
    assert results(tmp_path, told) == [[None, True], [None, False], ["No answer", False]]
    untold = head.format("") + lines.format("", "", "")  # nothing says how long anybody talked
    assert results(tmp_path, untold) == [[None, True], [None, True], ["No answer", False]]


@pytest.mark.parametrize(
    ("reached", "not_reached"), [("已接", "未接"), ("接", "未"), ("接了", "没接"), ("通", "未通"), ("已通", "没通")]
)
def test_the_shortest_words_for_reached_or_not(tmp_path, reached, not_reached):
    log = f"""日期,时间,类型,号码,分机,时长,状态
2026-05-19,09:00:00,呼入,13800138001,201,65,{reached}
2026-05-19,09:30:00,呼出,13900139002,202,0,{not_reached}
"""
    assert results(tmp_path, log) == [[None, True], ["No answer", False]]
