"""Teams a manager may well have and nobody draws: each refreshes into a book whose every formula cell holds a sensible value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.book.ports import ERROR_CODES
from funnelbook.book.schema import TABLES
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.sample.dirt import Rows
from funnelbook.template.defaults import default_rows
from support import small_team
from support.demo import DAY

Tables = dict[str, Rows]
FIRST, SECOND = small_team.PEOPLE
LONG = "已经见过面谈过价格也看过样品等老板点头的重点意向客户（华东）"  # 30 characters


def one_left(rows: Tables) -> Tables:
    people = [row | {"left": DAY - timedelta(days=9)} if row["person"] == SECOND else row for row in rows["People"]]
    return rows | {"People": people}


def two_of_one_name(rows: Tables) -> Tables:
    return rows | {"People": [*rows["People"], rows["People"][0]]}


def nobody(rows: Tables) -> Tables:
    return rows | {"People": []}


def sixty(rows: Tables) -> Tables:
    names = [FIRST, SECOND, *(f"业务{n:02}" for n in range(58))]
    spread = [row | {"owner": names[n % 60]} for n, row in enumerate(rows["Customers"])]
    return rows | {"People": [rows["People"][0] | {"person": name} for name in names], "Customers": spread}


def tiers_of_long_names(rows: Tables) -> Tables:
    return rows | {"Tiers": [row | {"name": LONG} for row in default_rows("zh")["Tiers"]]}


def twelve_tiers(rows: Tables) -> Tables:
    usual = default_rows("zh")["Tiers"]
    before = [usual[0] | {"order": n, "code": code, "name": f"早期 {code}"} for n, code in enumerate("LKJIHGF", 1)]
    return rows | {"Tiers": [*before, *(row | {"order": 7 + row["order"]} for row in usual)]}


def no_orders(rows: Tables) -> Tables:
    return rows | {"Orders": []}


def no_calls(rows: Tables) -> Tables:
    return rows | {"Activities": []}


def hundreds_of_millions(rows: Tables) -> Tables:
    orders = [row | {"amount": row["amount"] * 1e5, "profit": None} for row in rows["Orders"]]
    targets = [row | {"amount": 6.5e9} for row in rows["Targets"]]
    return rows | {"Orders": orders, "Targets": targets}


@pytest.fixture(scope="module")
def usual() -> Tables:
    return small_team.rows()


@pytest.mark.parametrize(
    "made",
    [
        one_left,
        two_of_one_name,
        nobody,
        sixty,
        tiers_of_long_names,
        twelve_tiers,
        no_orders,
        no_calls,
        hundreds_of_millions,
    ],
    ids=lambda made: made.__name__,
)
def test_every_cell_has_something_sensible(made: Callable[[Tables], Tables], usual, tmp_path):
    path = tmp_path / "team.xlsx"
    path.write_bytes(template.build("zh", rows=made(dict(usual))))
    report = refresh_file(path, DAY)
    assert report.status == "done", report.message
    book = CalamineWorkbook.from_path(path)
    cells = [
        (name, value) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for value in row
    ]
    assert [(name, value) for name, value in cells if str(value).lower() in {"nan", "inf", "-inf", "none", "nat"}] == []
    assert [(name, value) for name, value in cells if value in ERROR_CODES] == []
    today = book.get_sheet_by_name(sheet_name("today", "zh")).to_python()
    assert any(str(value).strip() for value in today[1]), "no sentence at the head"


def test_of_sixty_people_eight_stand_on_the_page_and_the_others_are_counted(usual, tmp_path):
    path = tmp_path / "team.xlsx"
    path.write_bytes(template.build("zh", rows=sixty(dict(usual))))
    refresh_file(path, DAY)
    assert len(show(path, TABLES["Board"], as_of=DAY).dropna(subset="person")) == 60
    page = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet_name("today", "zh")).to_python()
    assert any("其余 52 人" in str(value) for row in page for value in row)
