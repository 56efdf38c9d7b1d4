"""A real CRM export on a plain sheet, with its own English headers: adopted, its tiers edited, refreshed, and counted twice."""

from __future__ import annotations

import collections
import csv
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt, parse_map
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from support.external import SHARED, need

DAY = date(2018, 1, 15)  # every deal was closed in 2017
MAP = (
    "customers.id=opportunity_id",
    "customers.owner=sales_agent",
    "customers.tier=deal_stage",
    "customers.name=account",
    "customers.created=engage_date",
    "customers.closed=close_date",
    "customers.expected_value=close_value",
)


@pytest.fixture(scope="module")
def deals() -> list[dict[str, str]]:
    need("shared")
    with (SHARED / "data" / "maven_sales_pipeline.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def book(deals, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("maven") / "pipeline.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet, day = workbook.add_worksheet("pipeline"), workbook.add_format({"num_format": "m/d/yyyy"})
        sheet.write_row(0, 0, list(deals[0]))
        for i, deal in enumerate(deals, 1):
            for j, (name, value) in enumerate(deal.items()):
                if name.endswith("_date") and value:
                    sheet.write_datetime(i, j, datetime.strptime(value, "%m/%d/%Y"), day)
                elif name == "close_value" and value:
                    sheet.write_number(i, j, float(value))
                elif value:
                    sheet.write_string(i, j, value)
    report = adopt(path, dict(map(parse_map, MAP)), as_of=DAY, language="en")
    assert {(m["column"], m["header"]) for m in report.matched} == {
        tuple(text.removeprefix("customers.").split("=")) for text in MAP
    }
    assert report.problems == 0, "its own stages are proposed as tiers"
    _edit_tiers(path, ("Prospecting", "Engaging"))
    assert refresh_file(path, DAY, "en").status == "done"
    return path


def _edit_tiers(path: Path, codes: tuple[str, ...]) -> None:
    """As a manager would in Excel: the codes typed over, the rows left over emptied."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Settings"]
    area = next(sheet[t.ref] for t in sheet.tables.values() if t.displayName == "Tiers")
    code = [c.value for c in area[0]].index("Code")
    for row, new in zip(area[1:], [*codes, *[None] * len(area)], strict=False):
        for j, cell in enumerate(row):
            cell.value = new if j == code else cell.value if new else None
    workbook.save(path)


def test_counts_per_agent_and_stage_are_those_of_the_csv(book, deals):
    counted = collections.Counter((deal["sales_agent"], deal["deal_stage"]) for deal in deals)
    funnel = show(book, TABLES["Funnel"], as_of=DAY)
    people = funnel[funnel["person"].notna()]
    stock = {(row.person, row.tier): row.stock for row in people.itertuples()}
    assert {key: stock[key] for key in counted} == dict(counted)
    assert sum(stock.values()) == len(deals) == 8800
    team = funnel[funnel["person"].isna()].set_index("tier")["stock"]
    stages = collections.Counter(deal["deal_stage"] for deal in deals)
    assert team.to_dict() == dict(stages)


def test_nothing_counts_as_won_in_a_period_after_the_last_close(book, deals):
    assert max(datetime.strptime(d["close_date"], "%m/%d/%Y") for d in deals if d["close_date"]) < datetime(2018, 1, 1)
    board = show(book, TABLES["Board"], as_of=DAY)
    assert set(board["orders"]) == {0}
    assert show(book, TABLES["Shapes"], as_of=DAY)["won"].fillna(0).max() == 0
    plan = show(book, TABLES["WeekPlan"], as_of=DAY)
    assert plan["done"].fillna(0).max() == 0


def test_what_needs_activities_says_so(book):
    sheet = openpyxl.load_workbook(book, read_only=True)["Funnel"]
    notes = " ".join(str(c.value) for row in sheet.iter_rows(max_row=60) for c in row if c.value)
    assert "There are no activities, so conversion rates and dwell are the defaults in Settings." in notes


def test_a_second_refresh_writes_nothing(book):
    before = book.read_bytes(), book.stat().st_mtime_ns
    assert refresh_file(book, DAY, "en", again=True).status == "unchanged"
    assert (book.read_bytes(), book.stat().st_mtime_ns) == before
