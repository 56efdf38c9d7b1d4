"""`funnelbook demo`: a sample team's workbook, refreshed, with what it says and pictures of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from funnelbook import sample, template
from funnelbook.book.schema import TABLES
from funnelbook.commands.new import FILE_NAMES
from funnelbook.commands.pictures import can_draw, draw
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show

FINDINGS = {  # the columns of each result that tell the story on a screen
    "Shapes": ["person", "open", "shape", "target", "won", "gap", "new_in_time", "first_calls"],
    "Funnel": ["person", "tier", "stock", "expected", "rate", "rate_low", "rate_high", "needed", "missing"],
    "Board": ["rank", "person", "orders", "amount", "target", "completion", "time_progress", "ahead"],
}


@dataclass(frozen=True)
class DemoReport:
    workbook: Path
    pictures: list[Path]
    findings: dict[str, pd.DataFrame]  # by table, schema names
    lines: list[str]


def demo(folder: Path, language: str = "zh", seed: int = 1) -> DemoReport:
    """What the sample team's workbook says; the workbook and, where LibreOffice is there, pictures are in `folder`."""
    team = sample.team(seed, language)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAMES[language]
    path.write_bytes(template.build(language, rows=team.rows))
    refresh_file(path, team.as_of, language)
    findings = {name: _blank_but(show(path, TABLES[name], as_of=team.as_of), keep) for name, keep in FINDINGS.items()}
    findings["Funnel"] = findings["Funnel"][findings["Funnel"]["person"].isna()]
    pictures = draw(path, folder / "pictures") if can_draw() else []
    return DemoReport(path, pictures, findings, _lines(path, pictures, language))
