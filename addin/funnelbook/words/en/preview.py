"""The sheet that shows what setting a workbook up would do."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "sheet": "Set-up preview",
    "title": "Set-up preview: look once, then set up",
    "todo": "Look down the yellow column “Read as”: if one is wrong, click the cell and choose another, or “not used”. Then press Set up again.",
    "safe": "Nothing is changed so far. Not wanted? Delete this sheet.",
    "facts": "What setting up will do",
    "heads": "What each header is read as",
    "table": "Table",
    "sheets": "Sheet",
    "header": "Your header",
    "read_as": "Read as",
    "how": "How it was told",
    "examples": "Examples",
    "not_used": "not used",
    "from_the_list": "Please choose a column from the list, or “not used”.",
    "how_ours": "the same",
    "how_known": "a usual name",
    "how_alike": "alike: check",
    "how_content": "by its cells: check",
    "how_chosen": "chosen by you",
    "how_notes": "dated entries only",
    "how_left": "not recognised",
    "unread_again": "{sheet} (the same kind of table as one that is read)",
    "unread_lacks": "{sheet} (has no {column})",
    "unread_calls": "{sheet} (has no {column}; calls are taken in by Import calls from a copy of this workbook)",
    "unread_unknown": "{sheet} (no header is known)",
    "otherwise_head": "Read otherwise than written",
    "minutes": "{size} min",
    "otherwise": "{count:cell|cells}, e.g. “{cell}” → {read}",
}
