"""Decisions of the pool carried out in a real LibreOffice: as the file host does it, and undone in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from funnelbook.commands.buttons import press_button
from funnelbook.commands.open import open_book
from support.compare import assert_same, tables
from support.office import Office, undone
from support.pooled import DAY, built, refreshed_and_decided

pytestmark = pytest.mark.live


def test_decisions_are_carried_out_as_in_a_file_and_undone_in_one_step(
    tmp_path: Path, opened: Callable, office: Office
):
    paths = [tmp_path / "office" / "book.xlsx", tmp_path / "file" / "book.xlsx"]
    paths[0].parent.mkdir()
    paths[0].write_bytes(built())
    refreshed_and_decided(open_book(paths[0]))
    paths[1].parent.mkdir()
    paths[1].write_bytes(paths[0].read_bytes())
    document = opened(paths[0])
    before = tables(office.book(document))
    told = press_button("pool", open_book(paths[1]), DAY, as_of=DAY.isoformat(), language="zh")
    assert "收回 1 个" in told.line
    assert office.press(document, "pool", AsOf=DAY.isoformat()) == (True, told.line)
    assert_same(tables(office.book(document)), tables(open_book(paths[1])))
    assert document.getCurrentController().getActiveSheet().Name == told.sheet == "公海"
    undone(document)
    assert_same(tables(office.book(document)), before)
