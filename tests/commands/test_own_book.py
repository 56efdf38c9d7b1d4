"""A person's own book: their Today, funnel, care, tracking and rank, and nothing of colleagues but what the Board publishes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import SheetVisibleEnum, load_workbook

from funnelbook import template
from funnelbook.book import result_tables
from funnelbook.book.labels import sheet_name
from funnelbook.commands.collect import collect
from funnelbook.commands.handout import handout
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_file
from support.examples import examples
from support.exchanged import change, rows, type_into_list
from support.external import validate
from support.lint import lint

DAY = date(2026, 5, 20)
ROWS: dict[str, list[dict[str, object]]] = {
    "People": [{"person": p, "active": True} for p in ("Ann Li", "Bob Zhang")],
    "Customers": [
        {"id": "K1", "name": "Alpha", "owner": "Ann Li", "tier": "B", "phone": "02155667788", "next_contact": DAY},
        {"id": "K2", "name": "Beta", "owner": "Ann Li", "tier": "A", "phone": "13800138000"},
        {"id": "Z8", "name": "Gamma", "owner": "Bob Zhang", "tier": "D", "phone": "13900139000", "next_contact": DAY},
        {"id": "Z9", "name": "Delta", "owner": "Bob Zhang", "tier": "C", "phone": "13700137000"},
    ],
    "Activities": [{"at": date(2026, 5, 18), "id": "K1", "owner": "Ann Li", "note": "asked for a quote"}],
    "Orders": [
        {"order_id": "O1", "date": date(2026, 5, 6), "id": "K1", "owner": "Ann Li", "amount": 500.0},
        {"order_id": "O2", "date": date(2026, 5, 7), "id": "Z9", "owner": "Bob Zhang", "amount": 4321.0},
    ],
    "Targets": [
        {"period": "2026-05", "person": who, "revision": n, "orders": orders, "agreed_on": agreed}
        for who, n, orders, agreed in (
            ("Ann Li", 1, 2.0, DAY),
            ("Bob Zhang", 1, 4.0, DAY),
            ("Bob Zhang", 2, 3.0, None),
        )
    ],
}


@pytest.fixture(scope="module", params=["zh", pytest.param("en", marks=pytest.mark.slow)])
def handed(request, tmp_path_factory) -> tuple[str, Path, Path]:
    """The language, the team's book as it was handed out, the folder of the people's."""
    folder = tmp_path_factory.mktemp(request.param)
    path = folder / "team.xlsx"
    path.write_bytes(template.build(request.param, rows=ROWS))
    assert refresh_file(path, DAY, request.param).status == "done"
    handout(path, folder / "out", as_of=DAY)
    return request.param, path, folder / "out"


def stored(path: Path, key: str, language: str) -> list[object]:
    """What is stored in a sheet, as a preview or a phone shows it."""
    with load_workbook(str(path)) as workbook:
        sheet = workbook.get_sheet_by_name(sheet_name(key, language)).to_python()
    return [cell for row in sheet for cell in row if cell != ""]


def table(path: Path, name: str) -> pd.DataFrame:
    return result_tables.read_all(open_book(path))[name].frame


def own_copy(out: Path, tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    copy = tmp_path / "own" / "Ann Li.xlsx"
    copy.write_bytes((out / "Ann Li.xlsx").read_bytes())
    return copy


def test_the_book_opens_on_the_persons_own_today(handed):
    language, _, out = handed
    with load_workbook(str(out / "Ann Li.xlsx")) as workbook:
        seen = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    assert seen[0] == sheet_name("today", language)
    assert len(seen) == 12
    today = stored(out / "Ann Li.xlsx", "today", language)
    assert {"zh": "1 / 2 单", "en": "1 / 2"}[language] in today
    assert "Alpha" in today, "whom to call first"
    assert "Bob Zhang" not in today
    tracking = stored(out / "Ann Li.xlsx", "tracking", language)
    assert "Ann Li" in tracking
    assert 0.5 in tracking, "half of the target is done"
    problems = table(out / "Ann Li.xlsx", "Problems")
    assert (problems["table"] != "Targets").all(), "what Bob has to agree is not hers"
    assert not lint(out / "Ann Li.xlsx")


def test_of_colleagues_there_is_what_the_board_publishes(handed):
    language, _, out = handed
    workbook = openpyxl.load_workbook(out / "Ann Li.xlsx")
    texts = {sheet.title: {str(c.value) for row in sheet.iter_rows() for c in row if c.value} for sheet in workbook}
    theirs = ("Bob Zhang", "Gamma", "Delta", "Z8", "Z9", "13900139000", "13700137000", "4321", "O2")
    # whole words: ids of ours are random letters and digits
    whole = {w: re.compile(rf"(?<![A-Za-z0-9+/]){w}(?![A-Za-z0-9+/])") for w in theirs}
    named = {title: [w for w in theirs if any(map(whole[w].search, held))] for title, held in texts.items()}
    assert {title: found for title, found in named.items() if found} == {
        sheet_name("board", language): ["Bob Zhang", "4321"]
    }
    board = table(out / "Ann Li.xlsx", "Board").set_index("person")
    assert board["rank"].reindex(["Ann Li", "Bob Zhang"]).tolist() == [1, 2]
    assert board["pending"].isna().all(), "a revision that Bob has not agreed is nobody else's"
    assert table(out / "Bob Zhang.xlsx", "Board").set_index("person")["pending"]["Bob Zhang"] == 3
    for name in ("Shapes", "Funnel", "WeekPlan", "CallList", "Diagnosis", "Causes", "Effort", "Summary", "Desk"):
        assert set(table(out / "Ann Li.xlsx", name)["person"]) <= {"Ann Li"}, name
    assert not [
        title for title, held in texts.items() if {"团队", "Team"} & held and title != sheet_name("board", language)
    ]


def test_collecting_it_unchanged_is_no_change(handed):
    _, path, out = handed
    before = path.read_bytes()
    report = collect(path, out, as_of=DAY)
    assert (report.written, report.cells, report.activities, report.orders, len(report.problems)) == (False, 0, 0, 0, 0)
    assert path.read_bytes() == before


def test_a_refresh_of_ones_own_renews_ones_row_and_keeps_what_was_published(handed, tmp_path):
    language, _, out = handed
    mine = own_copy(out, tmp_path)
    type_into_list(mine, "K1", outcome={"zh": "成交", "en": "Won"}[language], amount="900")
    was = table(mine, "Board").set_index("person")
    later = DAY + timedelta(1)
    assert refresh_file(mine, later, language).status == "done"
    now = table(mine, "Board").set_index("person")
    assert now.loc["Ann Li", ["rank", "orders", "amount"]].tolist() == [1, 2, 1400]
    pd.testing.assert_frame_equal(now.drop(index="Ann Li"), was.drop(index="Ann Li"))
    said = " ".join(map(str, stored(mine, "board", language)))
    assert f"{DAY} 发放时的" in said or f"handed out as of {DAY}" in said
    assert {"zh": "2 / 2 单", "en": "2 / 2"}[language] in stored(mine, "today", language)
    alone = {
        "zh": "只按自己的数据算，把握和团队表里的会不同",
        "en": "From your own data only: the chance differs from the team's",
    }
    for page in ("today", "funnel"):
        assert any(alone[language] in str(text) for text in stored(mine, page, language)), page
    assert not any(alone[language] in str(t) for t in stored(out / "Ann Li.xlsx", "today", language)), (
        "of the team's data"
    )
    for name in ("Shapes", "Funnel", "WeekPlan", "Desk", "Trial", "DailyReport"):
        assert set(table(mine, name)["person"]) == {"Ann Li"}, name
    assert refresh_file(mine, later, language, again=True).status == "unchanged"


@pytest.mark.slow
def test_whatever_a_person_is_called_the_book_is_sound(tmp_path):
    called = "=A!B2+1"
    path = tmp_path / "team.xlsx"
    customers = [{"id": "K1", "name": "Alpha", "owner": called, "tier": "B", "next_contact": DAY}]
    path.write_bytes(
        template.build("zh", rows={"People": [{"person": called, "active": True}], "Customers": customers})
    )
    refresh_file(path, DAY)
    own = Path(handout(path, tmp_path / "out", as_of=DAY)[0].file)
    today = openpyxl.load_workbook(own)[sheet_name("today", "zh")]
    chosen = [cell for row in today.iter_rows() for cell in row if cell.value == called]
    assert [cell.data_type for cell in chosen] == ["s"]
    assert not lint(own)
    assert validate([own]) == {own: []}
    assert rows(own, "Customers")["owner"].tolist() == [called]


step = st.one_of(
    st.tuples(
        st.just("called"), st.sampled_from(["K1", "Z8"]), st.sampled_from(["已报价", "成交", "无人接听", "听不清"])
    ),
    st.tuples(st.just("typed"), st.sampled_from(["K1", "K2", "Z9"]), st.sampled_from(["E", "B", "成交", "甲级"])),
    st.tuples(st.just("refreshed"), st.just(""), st.sampled_from([0, 1])),
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(8), deadline=None)
@given(steps=st.lists(step, min_size=1, max_size=5))
def test_collecting_is_no_change_whatever_the_team_did_before(steps, tmp_path_factory):
    folder, day = tmp_path_factory.mktemp("law"), DAY
    path = folder / "team.xlsx"
    path.write_bytes(template.build("zh", rows=ROWS))
    refresh_file(path, day)
    for kind, key, said in steps:
        if kind == "refreshed":
            day += timedelta(said)
            refresh_file(path, day)
        elif kind == "typed":
            change(path, "Customers", key, tier=said)
        elif table(path, "CallList")["id"].eq(key).any():
            type_into_list(path, key, outcome=said, amount="8千" if said == "成交" else None)
    handout(path, folder / "out", as_of=day)
    before = path.read_bytes()
    report = collect(path, folder / "out", as_of=day)
    assert (report.written, report.cells, report.activities, report.orders) == (False, 0, 0, 0)
    assert path.read_bytes() == before
