"""What is particular to the language."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "font": "Calibri",
    "footer": "&L&A&RPage &P of &N",
    "template_folder": "en",
    "template_file": "Funnel.xlsx",
}

called = frozenset({"en", "english", "英文"})
slanted = True  # notes stand in italics
sms_characters = 160  # of one message
holidays = {}


def plural(count: int) -> int:
    """Which of the forms a text offers goes with a count: one, any other."""
    return 0 if count == 1 else 1
