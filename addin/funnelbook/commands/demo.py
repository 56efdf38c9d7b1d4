"""`funnelbook demo`: a sample team's workbook, refreshed, with what it says and pictures of it."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook import sample, template
from funnelbook.book.labels import sheet_name
from funnelbook.book.ownership import new_id
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.demo_past import logs
from funnelbook.commands.pictures import can_draw, draw
from funnelbook.commands.put import put_new
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.words import DEFAULT, say

MAIN_SHEETS = (
    "today",
    "guide",
    "funnel",
    "week_plan",
    "calls",
    "board",
    "tracking",
    "care",
    "summary",
    "what_if",
    "problems",
)
FINDINGS = {  # the columns of each result that tell the story on a screen
    "Shapes": ("person", "open", "shape", "target", "won", "gap", "new_in_time", "first_calls"),
    "Funnel": ("tier", "stock", "expected", "rate", "rate_low", "rate_high", "needed", "missing"),
    "Board": ("rank", "person", "orders", "amount", "target", "completion", "time_progress", "ahead"),
}


@dataclass(frozen=True)
class DemoReport:
    """The workbook made, the pictures of it, and what it says by table (schema names; columns not told are blank)."""

    workbook: Path
    pictures: list[Path]
    findings: dict[str, pd.DataFrame]


def demo(
    folder: Path, language: str = DEFAULT, seed: int = 1, *, as_of: date = sample.AS_OF, pictures: bool = True
) -> DemoReport:
    """What the sample team's workbook says at noon of a day; the workbook and, with LibreOffice there and unless `pictures` is
    False, pictures of it are in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _free(folder / say("language.template_file", language))
    put_new({path: workbook(language, seed, as_of, id_=new_id())})
    report = refresh_file(path, as_of, language)
    if report.status == "refused":
        raise BookError("demo_refused", detail=report.message)
    findings = {name: _told(show(path, TABLES[name], as_of=as_of), columns) for name, columns in FINDINGS.items()}
    main = [sheet_name(key, language) for key in MAIN_SHEETS]
    return DemoReport(path, draw(path, folder / "pictures", main) if pictures and can_draw() else [], findings)


def workbook(language: str, seed: int = 1, as_of: date = sample.AS_OF, *, id_: str = "template") -> bytes:
    """The package of the team's workbook at noon of a day, with the logs of the months before, not yet refreshed that day."""
    story = sample.story_of(seed, language, as_of)
    rows = sample.team(language=language, as_of=as_of, noon=True, story=story).rows
    return template.build(language, rows=rows | logs(story, language, as_of), id_=id_)


def _free(path: Path) -> Path:
    """The path, or with a number where something has that name: it may be a workbook in use."""
    numbered = (path.with_stem(f"{path.stem} ({n})") for n in itertools.count(2))
    return next(p for p in itertools.chain([path], numbered) if not os.path.lexists(p))


def _told(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The columns told; without `person` the team's rows only."""
    rows = frame if "person" in columns else frame[frame["person"].isna()]
    return rows.assign(**{name: None for name in map(str, frame) if name not in columns})
