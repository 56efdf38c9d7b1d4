"""What agents write after a call (小结, wrap-up) is its outcome, and who must not be called is not; what is left unread is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from funnelbook.book.refusals import forbids
from funnelbook.commands.call_log.report import ImportReport
from funnelbook.commands.import_calls import import_calls
from support.exchanged import rows
from support.phone_systems import phone_book

DAY = date(2026, 5, 20)
NUMBERS = ["13800138001", "13900139002", "13655556666"]  # of three customers of the team


def taken(path: Path, heads: list[str], *said: list[str]) -> ImportReport:
    file = path.with_name("话单.csv")
    lines = [[f"2026-05-19 0{i}:00:00", NUMBERS[i], "Ann", *cells] for i, cells in enumerate(said)]
    text = [["呼叫时间", "客户号码", "坐席", *heads], *lines]
    file.write_text("\n".join(map(",".join, text)) + "\n", "utf-8")
    return import_calls(path, [file], as_of=DAY)


def outcomes(path: Path) -> list[object]:
    return rows(path, "Activities").sort_values("at")["outcome"].tolist()


@pytest.mark.parametrize("head", ["小结", "话务小结", "通话小结", "挂机小结", "联系结果", "沟通结果", "Wrap-up code"])
def test_what_an_agent_writes_after_the_call_goes_before_what_the_system_says(tmp_path, head):
    path = phone_book(tmp_path / "team.xlsx", [])
    taken(path, ["通话结果", head], ["已接听", "要求勿扰"], ["未接听", ""], ["已接听", "客户要求不再来电"])
    said = outcomes(path)
    assert [forbids(one) for one in said] == [True, False, True]
    assert rows(path, "Activities").sort_values("at")["connected"].tolist() == [True, False, True]


def test_sentences_are_a_note_and_no_outcomes(tmp_path):
    path = phone_book(tmp_path / "team.xlsx", [])
    report = taken(
        path, ["通话结果", "小结"],
        ["已接听", "客户说下周二再联系，资料已经发到他的邮箱里了"], ["未接听", ""], ["已接听", "老板出差要到月底才回来，让我们找采购谈"],
    )  # fmt: skip
    calls = rows(path, "Activities").sort_values("at")
    assert not report.unread
    assert calls["note"].dropna().str.len().tolist() == [22, 19]


def test_columns_that_are_read_as_nothing_are_named(tmp_path):
    report = taken(phone_book(tmp_path / "team.xlsx", []), ["满意度", "空列"], ["5", ""], ["4", ""])
    assert report.unused == ["满意度"]
    assert report.text("zh").splitlines()[-1] == "没有用到的列：满意度"
    assert report.as_dict()["unused"] == ["满意度"]


@pytest.mark.parametrize(
    "text",
    ["要求不再来电", "拉黑", "客户要求勿扰", "黑名单", "禁呼", "骂人，别再打", "拒绝营销", "Stop calling", "TPS",
     "Asked not to be called", "Not interested - do not call", "DNC", "不要再联系我"],
)  # fmt: skip
def test_words_that_spare_a_call(text):
    assert forbids(text)


@pytest.mark.parametrize(
    "text", ["稍后再打", "再联系", "已解除黑名单", "取消勿扰", "不感兴趣", "Call back", "No longer on DNC", "拒接"]
)
def test_words_that_spare_none(text):
    assert not forbids(text)


def test_who_asked_not_to_be_called_is_counted_before_anything_is_written(tmp_path):
    path = phone_book(tmp_path / "team.xlsx", [])
    report = taken(path, ["小结"], ["客户要求勿扰"], ["再打就投诉"], ["稍后再打"])
    assert report.spared == report.as_dict()["spared"] == 2
    assert "2 位客户要求不要再打，以后不会拨打。" in report.text("zh")
    assert "2 customers asked not to be called again and will not be." in report.text("en")
