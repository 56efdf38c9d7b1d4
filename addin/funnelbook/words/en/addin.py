"""What the add-in says by itself, before Python runs."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_workbook": "No workbook is open. Open one first; if it is in Protected View, click Enable Editing.",
    "no_engine": "The engine of Funnelbook did not start. Close Excel, run funnelbook doctor and do what it says; or try again with any Funnelbook button.",
    "engine_gone": "The engine of Funnelbook ended unexpectedly, before the button's work was done, and does not start again to take back what was half written. Do not save: close this workbook (the file is as it was), open it again and retry.",
    "not_installed": "Funnelbook is not set up on this computer. Run: funnelbook install",
    "mac_formulas": "Excel on a Mac cannot compute FB_ formulas; use Refresh on the ribbon.",
    "mac_name": 'The name of the workbook may not hold any of " $ ` \\ |. Rename it and try again.',
}
