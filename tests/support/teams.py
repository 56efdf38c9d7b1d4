"""A sample team's tables on the sheets of a workbook in memory."""

from __future__ import annotations

from funnelbook.commands.demo_past import book_of
from funnelbook.hosts.memory import MemoryBook
from funnelbook.sample import Sample


def book_of_team(team: Sample, language: str = "zh") -> MemoryBook:
    return book_of(team, language)
