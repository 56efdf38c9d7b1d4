"""What is particular to the language."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "name": "English",
    "sentence": "{text}.",
    "gap": " ",  # between sentences
    "tag": "en",  # of web pages and folders
    "office_locale": "en-US",  # of LibreOffice
    "nsis": "English",  # of the installer
    "font": "Calibri",
    "footer": "&L&A&RPage &P of &N",
    "template_file": "Funnel.xlsx",
}

windows_id = 9  # primary language identifier
called = frozenset({"en", "english", "英文"})
slanted = True  # notes stand in italics
sms_characters = 160  # of one message
large_money = (1_000_000, 1_000_000_000)  # from which on each unit is used, the smallest first
page_column = 11.0  # digits a column of a page is wide
holidays = {}


def plural(count: int) -> int:
    """Which of the forms a text offers goes with a count: one, any other."""
    return 0 if count == 1 else 1
