"""What is said when Funnelbook is put into Excel or taken out."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_excel_here": "The Excel add-in needs Windows or a Mac; there is no Excel here. For LibreOffice run funnelbook install --libreoffice.",
    "excel_runs": "Excel is running. Save and close all its windows and run this again (no window? end Excel in the Task Manager).",
    "engine_stays": "Funnelbook's engine is running and cannot be ended. End pythonw.exe in the Task Manager, or restart the computer, and run this again.",
    "excel_never_ran": "Excel has never run for this user. Open Excel once (not WPS), close it and run this again.",
    "path_not_plain": "Funnelbook is in {path}; Excel cannot read a path with letters other than plain English ones. Install it in the default place: run {as_tool} (without UV_TOOL_DIR, if you have set it), then this again.",
    "xlwings_incomplete": "Funnelbook is not completely installed: {missing} is missing. Run {reinstall}, then this again.",
    "self_test_failed": "The self-test failed ({detail}); nothing was installed. Run {reinstall} and try again; if it still fails, send this line to IT.",
    "setup_not_written": "{file}: cannot be written or removed ({detail}); everything is as before. Check that its folder is not read-only, no virus scanner blocks it and the disk is not full, then run this again.",
    "installed": "Installed. Open Excel: the Funnelbook tab is there. If it is not, run funnelbook doctor.",
    "installed_over": "Updated to this version. Open Excel to use it.",
    "installed_same": "Already installed and the same as this version; nothing to do.",
    "installed_no_excel": "There is no Excel here (WPS has no Funnelbook tab). Two ways in are installed: right-click a closed workbook and choose Send to > Funnelbook, or drop it on the Funnelbook entry of the desktop. Once Excel has been installed and opened, install again for the tab.",
    "uninstalled": "The add-in is removed from Excel; workbooks are untouched. To remove the program too, run {remove}.",
    "uninstalled_nothing": "The add-in is not installed in Excel; there is nothing to remove.",
    # What doctor has people do, by how this copy was installed
    "remedy_install": "run funnelbook install",
    "remedy_install_setup": "double-click Funnelbook-setup.exe again",
    "remedy_anew": "run {reinstall}, then funnelbook install",
    "remedy_anew_setup": "double-click Funnelbook-setup.exe again",
    "remedy_other_python": "run {managed}, then funnelbook install",
    "remedy_other_python_setup": "double-click Funnelbook-setup.exe again",
    # What doctor found
    "finding_fine": "{code}: OK",
    "finding_detail": " ({detail})",
}
