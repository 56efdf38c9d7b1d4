"""The sample team's workbook, made once a session, by whichever of its processes asks first."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from funnelbook.commands.demo import workbook
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.files.lock import held

DAY = date(2026, 5, 20)  # the last day of the sample team
_LONGEST_S = 600.0  # that another process may take to make it


@pytest.fixture(scope="session")
def demo_book(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Gives the workbook of the sample team as bytes: `demo_book("en")`; `refreshed=False`: as it is before its first refresh."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own

    def run(language: str = "zh", *, refreshed: bool = True) -> bytes:
        made = folder / f"demo-{language}-{'refreshed' if refreshed else 'new'}.xlsx"
        with held(folder / f"{made.name}.lock", _LONGEST_S):
            if not made.exists():
                _make(made, language, refreshed)
        return made.read_bytes()

    return run


def _make(made: Path, language: str, refreshed: bool) -> None:
    being_made = made.with_stem(f"{made.stem}-{os.getpid()}")
    being_made.write_bytes(workbook(language))
    if refreshed:
        assert refresh_file(being_made, DAY, language).status == "done"
    os.replace(being_made, made)
