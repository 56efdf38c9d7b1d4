"""What the add-in says by itself, before Python runs."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_workbook": "No workbook is open. Open one first; if it is in Protected View, click Enable Editing.",
    "not_installed": "Funnelbook is not set up on this computer. Run: funnelbook install",
    "no_dll": "Files of Funnelbook are missing. Run funnelbook doctor and do what it says.",
    "mac_formulas": "Excel on a Mac cannot compute FB_ formulas; use Refresh on the ribbon.",
    "mac_name": 'The name of the workbook may not hold any of " $ ` \\ |. Rename it and try again.',
    "mac_running": "Running...",
}
