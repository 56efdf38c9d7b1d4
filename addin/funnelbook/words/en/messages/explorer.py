"""What is said when a closed workbook is sent to Funnelbook from Explorer or the desktop."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "refreshing_file": "Refreshing {file} ...",
    "setting_up": "Adding the Funnelbook sheets to {file} ...",
    "set_up_now": "{file} is not set up for Funnelbook yet. Set it up now?\n\nYour customer list is found and the Funnelbook sheets are added; what is in it keeps every byte, and a backup is made first.",
    "open_now": "Open it now?",
    "cannot_open": "{file} is refreshed, but this computer has no program to open it with. Install Excel or WPS.",
}
