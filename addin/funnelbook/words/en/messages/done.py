"""What a button or a command says when it is done, and what it needs that is not there."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # One line when a button is done
    "done_adopt": "Set up: {matched:column|columns} recognised, {added:sheet|sheets} added.",
    "made_beside": "Made {file} beside {source}, which was not touched. Use {file} from now on.",
    "done_refresh": "Refreshed as of {as_of}; {problems:data problem|data problems}.",
    "done_unchanged": "Nothing has changed as of {as_of}; {problems:data problem|data problems}.",
    "nothing_to_fix": "Nothing to correct that is certain.",
    "fixed_column": "{table}, {column}: {count:cell|cells}, e.g. {cell}: “{old}” → {new}",
    "not_to_fix": "{count:more cell holds|more cells hold} a formula or cannot be written; left as they are.",
    "to_fix": "Dry run, nothing written. Would correct {count:cell|cells}.",
    "done_fix": "{count:cell|cells} corrected; the hidden sheet Fixes keeps what stood there. To take it back: funnelbook undo {file}",
    "done_log": "{logged:call is|calls are} in Activities, {waiting:waits|wait} in the list. The list is made anew.",
    "done_orders": "{orders:order|orders} put into Orders; please check.",
    "done_told": "Customers: {customers:row|rows} brought up to date with the latest call.",
    "done_locked": "Customers is protected, so {customers:row was|rows were} not brought up to date; unprotect it: they follow with their next call.",
    "done_folder": "Folder refreshed: {done} done, {unchanged} unchanged, {refused} refused. {reasons}",
    "left_out": "Workbooks not set up and left alone: {count}.",
    "about": "Funnelbook {version}\nThe telesales funnel inside Excel. MIT licence; the link to Excel is from xlwings (BSD-3).",
    "doctor_fine": "All checks passed.",
    "bad_day": "{text} is not a day; write it as 2026-05-20, or leave it blank for today.",
    "no_sheet": "{file}: there is no sheet {sheet}; click Set up or Refresh first.",
    "office_refused": "{file}: LibreOffice did not take the changes and the sheets are as before ({detail}). See whether a sheet is protected.",
    "excel_refused": "{file}: Excel did not take the changes and the sheets are as before ({detail}). See whether a sheet is protected.",
    "demo_open": "Open it: {file}",
    "demo_pictures": "Pictures: {folder}",
    "demo_no_pictures": "LibreOffice and poppler were not found, or not done in time, so no pictures were made.",
    "no_checkout": "build works in a checkout of the project only.",
    "tiers_count": "The Tiers table cannot be used: it has {count:tier|tiers}, and a funnel has {fewest} to {most}. Correct it and try again.",
    "tier_twice": "The Tiers table cannot be used: tier {tier} stands twice. Correct it and try again.",
}
