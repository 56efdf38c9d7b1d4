"""Results are made in the order of what they need, each once, and what is wrong with one is told loudly."""

from __future__ import annotations

from datetime import date
from graphlib import CycleError

import pytest

from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.results import making
from funnelbook.results.board import BOARD
from funnelbook.results.goals import goals
from funnelbook.results.making import Made, every_problem, make_all, makes, step
from support.packages import CUSTOMERS, plain

DAY = date(2026, 5, 20)


@pytest.fixture
def registered(monkeypatch):
    """The registry, as it was again after the test."""
    assert TABLES  # all are registered
    steps = dict(making._STEPS)
    monkeypatch.setattr(making, "_STEPS", steps)
    return steps


def test_every_result_table_has_a_maker_but_for_notes_made_elsewhere(registered):
    made = {table.name for table in TABLES.results if table in registered}
    assert {table.name for table in TABLES.results} - made == {"Fixes", "Matched", "Kept"}


def test_a_misspelt_column_refuses_the_refresh_by_table_and_column(tmp_path, registered):
    path = plain(tmp_path / "book.xlsx", *CUSTOMERS)
    adopt(path, as_of=DAY, language="zh")
    before = path.read_bytes()
    real = registered.pop(BOARD)

    @makes(BOARD, *real.needs)
    def misspelt(*given) -> Made:
        made = real.function(*given)
        return Made(made.rows.rename(columns={"forecast": "forcast"}))

    report = refresh_file(path, DAY, "zh")
    assert report.status == "refused"
    assert "Board lacks the column forecast" in report.message
    assert path.read_bytes() == before


def test_a_table_is_made_once(registered):
    with pytest.raises(ValueError, match="Board is made by board already"):
        makes(BOARD, goals)(lambda *_: None)


def test_steps_that_need_each_other_are_refused(registered):
    def first(*_):
        return None

    @step(first)
    def second(*_):
        return None

    step(second)(first)
    with pytest.raises(CycleError):
        make_all(None)


def test_problems_are_gathered_from_every_step(registered):
    class Data:
        checked = Problems()

    Data.checked.add("Customers", "id", "blank_cell", [2], None)
    registered.clear()
    called = []

    @step()
    def shared(_):
        called.append("shared")
        found = Problems()
        found.add("Targets", "period", "bad_period", [3], ["?"])
        return found

    @step(shared)
    def result(_, given):
        called.append("result")
        found = Problems()
        found.add("Rewards", "paid_on", "bad_date", [4], ["?"])
        return Made(None, found)

    @step(every_problem)
    def told(_, found):
        called.append([(problem.table, list(problem.rows)) for problem in found.found])

    make_all(Data)
    assert called == ["shared", "result", [("Customers", [2]), ("Targets", [3]), ("Rewards", [4])]]


def test_what_needs_every_problem_is_needed_by_none_that_may_have_one(registered):
    @step(every_problem)
    def told(*_):
        return None

    step(told)(lambda *_: None)
    with pytest.raises(CycleError):
        make_all(None)
