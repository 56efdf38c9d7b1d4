"""Exports of the usual phone systems, as they come and with nothing named by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from funnelbook.book.severities import INFO
from funnelbook.commands.import_calls import import_calls
from support.exchanged import rows
from support.phone_systems import EXPORTS, Export, phone_book

DAY = date(2026, 5, 20)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: Path(export.name).stem)
def test_an_export_is_taken_in_as_it_comes_and_once(tmp_path, export: Export):
    path, log = phone_book(tmp_path / "team.xlsx"), tmp_path / export.name
    log.write_bytes(export.data)
    report = import_calls(path, [log], as_of=DAY)
    got = rows(path, "Activities").sort_values("at")
    told = [(f"{r.at:%Y-%m-%d %H:%M:%S}", r.id, r.owner, r.minutes, r.connected, r.outcome) for r in got.itertuples()]
    blank = lambda value: None if pd.isna(value) else value  # noqa: E731
    assert [tuple(map(blank, call)) for call in told] == [
        (*call[:3], pytest.approx(call[3]) if call[3] is not None else None, *call[4:]) for call in export.calls
    ]
    assert report.unknown == 0
    assert report.problems["problem"][report.problems["severity"] != INFO].tolist() == []
    assert got["activity_id"].is_unique
    before = path.read_bytes()
    again = import_calls(path, [log], as_of=DAY)
    assert (again.added, again.known, again.completed) == (0, len(export.calls), 0)
    assert path.read_bytes() == before
