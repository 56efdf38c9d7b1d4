"""What Funnelbook-setup.exe and its uninstaller say by themselves."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "name": "Funnelbook",
    "welcome_title": "Install Funnelbook",
    "welcome": "Run your telesales funnel inside your own Excel customer list.\r\n\r\nIt is installed for you only: no administrator, no network. Workbooks you have are not touched; an older version is replaced by this one.\r\n\r\nSave and close Excel first, then click Install.",
    "done_title": "Installed",
    "old_windows": "Funnelbook needs a 64-bit Windows 10 or later, which this computer has not. Install it on another one, or ask IT.",
    "excel_open": "Excel is running. Save and close all its windows, then click Retry.",
    "twice": "The installer is running already. Finish or close that one first.",
    "not_written": "The files cannot be written; nothing was changed. Check that the disk is not full, the folder not read-only and no virus scanner in the way, then run this again.",
    "in_use": "Another program uses Funnelbook's files; they cannot be replaced and nothing was changed. Close Excel and any open window of Funnelbook, or restart the computer, then run this again.",
    "not_started": "Funnelbook does not start; everything is as before. Most likely a virus scanner blocks it: allow it there and run this again; if it still fails, tell IT.",
    "broken": "Funnelbook's files are not complete, so it cannot be removed. Install it once more with Funnelbook-setup.exe, then remove it.",
}
