"""Logs made by a grammar: running numbers, columns in any order, words of phone systems in any spelling, exports that come again."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.commands.import_calls import import_calls
from support.examples import examples
from support.exchanged import rows
from support.phone_systems import phone_book

DAY = date(2026, 5, 20)
PHONES = {"C1": "13800138001", "C2": "13900139002", "C6": "13655556666"}
WORDS = {  # what phone systems write -> the team's outcome
    "No answer": ["NO ANSWER", "no_answer", "No Answer", "未接通", "无人接听", "无应答"],
    "Busy": ["BUSY", "busy", "占线", "用户忙"],
    "No need now": ["NI", "Not Interested", "not interested", "没兴趣", "无意向"],
}
HEADS = {
    "running": ["序号", "编号", "No.", "ID"],
    "at": ["call time", "呼叫时间", "calldate", "Start Time"],
    "phone": ["客户号码", "被叫号码", "phone number", "Phone"],
    "agent": ["坐席姓名", "Agent", "agent name"],
    "result": ["disposition", "通话结果", "Call Result", "status"],
}


@st.composite
def exports(draw: st.DrawFn) -> tuple[list[str], list[dict[str, str]], list[str], list[str]]:
    """Column heads in their order, the rows by column, whose calls they are and what came of them."""
    order = draw(st.permutations([*HEADS]))
    of = draw(st.lists(st.sampled_from([*PHONES]), min_size=1, max_size=4))
    came = [draw(st.sampled_from([*WORDS])) for _ in of]
    calls = [
        {
            "running": str(i + 1),
            "at": f"2026-05-19 {9 + i:02d}:00:05",
            "phone": PHONES[who],
            "agent": "Ann",
            "result": draw(st.sampled_from(WORDS[outcome])),
        }
        for i, (who, outcome) in enumerate(zip(of, came, strict=True))
    ]
    return (
        [draw(st.sampled_from(HEADS[name])) for name in order],
        [{k: call[k] for k in order} for call in calls],
        of,
        came,
    )


def written(path: Path, heads: list[str], calls: list[dict[str, str]]) -> Path:
    text = StringIO()
    csv.writer(text).writerows([heads, *(list(call.values()) for call in calls)])
    path.write_text(text.getvalue(), "utf-8")
    return path


@settings(max_examples=examples(20), deadline=None)
@given(exports(), st.data())
def test_a_call_is_its_customers_comes_to_its_outcome_and_counts_once(tmp_path_factory, export, data):
    heads, calls, of, came = export
    folder = tmp_path_factory.mktemp("log")
    path = phone_book(folder / "team.xlsx")
    open_ = data.draw(st.sets(st.integers(0, len(calls) - 1)), "calls whose result is not there at noon")
    noon = [call | ({"result": ""} if i in open_ else {}) for i, call in enumerate(calls)]
    import_calls(path, [written(folder / "noon.csv", heads, noon)], as_of=DAY)
    for name in ("evening.csv", "evening again.csv"):
        import_calls(path, [written(folder / name, heads, calls)], as_of=DAY)
    log = rows(path, "Activities").sort_values("at")
    assert log["id"].tolist() == of
    assert log["outcome"].tolist() == came
