"""`funnelbook build --pictures`: the pictures of the manual, drawn from the sample team's workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

from funnelbook.book.labels import sheet_name
from funnelbook.commands.demo import demo
from funnelbook.commands.pictures import convert, draw_page, first_pages
from funnelbook.hosts.ooxml.printing import only_sheets
from funnelbook.words import LANGUAGES

SHEETS = (
    "today",
    "guide",
    "funnel",
    "levers",
    "week_plan",
    "calls",
    "daily_report",
    "board",
    "diagnosis",
    "causes",
    "tracking",
    "care",
    "summary",
    "forecast_check",
    "what_if",
    "meeting",
    "rewards",
    "problems",
)
DPI = 110
TIME_LIMIT_S = 900  # nobody waits for it, and the machine may be busy


def gallery(folder: Path) -> list[Path]:
    """The first page of each main sheet in each language, as `zh-funnel.png`; needs LibreOffice and poppler."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            book = demo(Path(scratch) / language, language, pictures=False).workbook
            names = [sheet_name(key, language) for key in SHEETS]
            book.write_bytes(only_sheets(book.read_bytes(), names))
            convert([book], "pdf", book.parent, TIME_LIMIT_S)
            pdf = book.with_suffix(".pdf")
            first = first_pages(pdf)
            for key, name in zip(SHEETS, names, strict=True):
                made.append(folder / f"{language}-{key}.png")
                draw_page(pdf, first[name], made[-1], DPI)
    return made
