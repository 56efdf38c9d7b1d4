"""`funnelbook build --pictures`: the pictures of the manual, drawn from the sample team's workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
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
    with tempfile.TemporaryDirectory() as scratch:
        books = {language: demo(Path(scratch) / language, language, pictures=False).workbook for language in LANGUAGES}
        return gallery_of(books, folder)


def gallery_of(books: Mapping[str, Path], folder: Path) -> list[Path]:
    """As `gallery`, of the sample team's workbook in each language."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as scratch:
        copies = {language: Path(scratch) / f"{language}.xlsx" for language in books}
        for language, copy in copies.items():
            names = [sheet_name(key, language) for key in SHEETS]
            copy.write_bytes(only_sheets(books[language].read_bytes(), names))
        convert([*copies.values()], "pdf", Path(scratch), TIME_LIMIT_S)
        for language, copy in copies.items():
            pdf = copy.with_suffix(".pdf")
            first = first_pages(pdf)
            for key in SHEETS:
                made.append(folder / f"{language}-{key}.png")
                draw_page(pdf, first[sheet_name(key, language)], made[-1], DPI)
    return made
