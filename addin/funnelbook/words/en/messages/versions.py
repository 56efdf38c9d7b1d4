"""What is said of earlier versions of a workbook."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "done_undo": "Put back the version of {day}: {changes}. What was there is a version now too: undo once more and it is back.",
    "opened_version": "The version of {day} is open beside this workbook as a read-only copy. Compared with the file on the disk: {changes}. This workbook was not touched; to put the version back, close it and run funnelbook undo.",
    "no_versions": "{file}: there is no earlier version; one is kept each time Funnelbook writes to the file.",
    "no_such_version": "{file}: there is no version {number}, there {count:is #|are #}; --list shows them.",
    "version_damaged": "{file}: version {number} is damaged and cannot be put back; choose another with --list.",
    "never_saved": "{file}: the workbook has not been saved to a folder of this computer, so there is no earlier version; save it there first.",
    "time_unknown": "an unknown time",
    "no_workbook_then": "the tables cannot be compared",
    "table_differs": "{table}: {how}",
    "rows_added": "rows added {count}",
    "rows_changed": "rows changed {count}",
    "rows_removed": "rows removed {count}",
    "cells_differ": "cells that differ {count}",
    "results_differ": "sheets worked out by Funnelbook that differ: {count}",
    "only_looks_differ": "the values are the same",
}
