"""What the commands print when all is well."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "done_new": "Made: {file}",
    "matched_title": "Headers recognised",
    "matched_table": "Table",
    "matched_column": "Column",
    "matched_sheet": "Sheet",
    "matched_header": "Header",
    "tables_added": "Added: {tables}",
    "tables_to_add": "Dry run, nothing written. Would add: {tables}",
    "every_table_there": "none (every table is there)",
    "nothing_to_add": "Nothing to add; the file was not touched.",
    "adopt_found": "Found: {tables}",
    "adopt_table": "{table} (sheet {sheet}, {columns:column|columns})",
    "adopt_read_as": "{header} → {column}",
    "adopt_guessed": "Read by meaning, please check (else --map): {columns}",
    "adopt_lacking": "Customers lack, and would be better with: {columns}",
    "adopt_problems": "{problems:problem|problems} in the data: funnelbook check {file}",
    "adopt_all": "Every column found and every sheet added: --all",
    "no_problems": "No problems found.",
    "refreshing": "Refresh",
    "file_refreshed": "{file}: refreshed",
    "file_unchanged": "{file}: unchanged",
    "data_problems": ", {problems:data problem|data problems}",
    "versions_title": "Versions that can be put back",
    "version_number": "Number",
    "version_saved": "Saved",
    "version_changes": "What putting it back changes",
    "file_stale": "Stale: {file}",
    "file_built": "Built: {file}",
}
