"""A short run of each safety suite; and the harness finds what it looks for: each kind of fault is seen."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from funnelbook.book.ports import BookError
from support.safety import books
from support.safety.children import Child, at_each_step
from support.safety.foreign import cells, parts_of, sheet_parts
from support.safety.spelling import any_spelling, spelt
from support.safety.suites import FAULTS, HEADERS, PAGE, SEED, SUITES, run_suite
from support.safety.watched import HarmError, run

_SLOW = {"kills", "faults", "sheets"}


@pytest.mark.parametrize(
    "suite", [pytest.param(s, id=name, marks=[pytest.mark.slow] * (name in _SLOW)) for name, s in SUITES.items()]
)
def test_a_short_run_finds_no_fault(suite):
    result = run_suite(suite, suite.short, SEED)
    assert len(result.outcomes) == suite.short
    assert [(o.number, o.fault, o.said) for o in result.faults] == []


def test_the_page_tells_of_a_run_of_each_suite_without_fault():
    """The command makes its table."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.read_text(encoding="utf-8").splitlines()]
    told = {row[0]: dict(zip(HEADERS, row, strict=True)) for row in rows if len(row) == len(HEADERS)}
    for name in SUITES:
        assert {told[name][fault] for fault in FAULTS} == {"0"}


def _outcomes(trial, monkeypatch) -> dict[int, tuple[str, str]]:
    monkeypatch.setattr("support.safety.watched.LONGEST_S", 0.5)
    return {o.number: (o.fault, o.said) for o in run("harness", trial, range(6), 1, 2)}


def test_each_kind_of_fault_is_seen_and_the_other_trials_go_on(monkeypatch):
    def trial(rng: random.Random, folder: Path) -> str:
        number = int(folder.name.rpartition("-")[2])
        if number == 0:
            raise KeyError("Customers")
        if number == 1:
            raise HarmError("a row is gone")
        if number == 2:
            os.abort()
        if number == 3:
            while True:
                time.process_time()
        if number == 4:
            bytearray(2 << 30)
        return "done"

    found = _outcomes(trial, monkeypatch)
    assert [found[i][0] for i in range(6)] == ["traceback", "harm", "abort", "hang", "memory", ""]
    assert "KeyError" in found[0][1]


def test_a_trial_is_the_same_again(monkeypatch):
    def trial(rng: random.Random, folder: Path) -> str:
        return str(rng.random())

    assert _outcomes(trial, monkeypatch) == _outcomes(trial, monkeypatch)


def test_calls_to_the_system_are_seen_and_can_fail(tmp_path):
    def act(_number: int, event: str) -> None:
        if event == "os.rename":
            raise BookError("no_temp", file="a", detail="")

    def work() -> str:
        at_each_step(tmp_path, act)
        (tmp_path / "a").write_text("a")
        try:
            os.replace(tmp_path / "a", tmp_path / "b")
        except BookError as error:
            return error.code
        return "renamed"

    assert Child(work).ended().value == "no_temp"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("number", range(25))
def test_a_sheet_spelt_another_way_says_the_same(number):
    rng, parts = random.Random(number), parts_of(books.untouched())
    xml = parts[sheet_parts(parts)[rng.choice([books.CUSTOMER_SHEET, books.OWN_SHEET])]]
    again = spelt(ElementTree.fromstring(xml), any_spelling(rng), rng)
    assert again != xml
    assert cells(again) == cells(xml)
