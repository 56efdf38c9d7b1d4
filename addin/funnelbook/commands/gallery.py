"""`funnelbook build --pictures`: the pictures of the manual, drawn from the sample team's workbook."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from funnelbook.book.labels import LANGUAGES, sheet_name
from funnelbook.commands.demo import demo
from funnelbook.commands.pictures import draw

SHEETS = (
    "guide",
    "funnel",
    "week_plan",
    "calls",
    "daily_report",
    "board",
    "diagnosis",
    "causes",
    "tracking",
    "care",
    "summary",
    "what_if",
    "meeting",
    "rewards",
    "problems",
)
DPI = 110


def gallery(folder: Path) -> list[Path]:
    """The first page of each main sheet in each language, as `zh-funnel.png`; needs LibreOffice and poppler."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            book = demo(Path(scratch) / language, language, pictures=False).workbook
            for key in SHEETS:
                pages = draw(book, Path(scratch) / key, [sheet_name(key, language)], DPI)
                made.append(folder / f"{language}-{key}.png")
                shutil.copyfile(pages[0], made[-1])
    return made
