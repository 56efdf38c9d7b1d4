"""What is said when Funnelbook is put into LibreOffice or taken out."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_office": "LibreOffice was not found. Install it and run this again.",
    "office_runs": "LibreOffice is running. Save and close all its windows (also the quickstarter) and run this again.",
    "office_no_python": "LibreOffice has no Python in it. On Debian or Ubuntu run sudo apt install python3-uno, elsewhere install LibreOffice anew; then run this again.",
    "office_python_unfit": "LibreOffice has Python {theirs} in it, Funnelbook needs {fitting}; nothing was installed. Install a LibreOffice that brings one of these and run this again.",
    "office_other_python": "LibreOffice has Python {theirs} in it, Funnelbook is in Python {ours}; they must be the same, so nothing was installed. Run {reinstall}, then this again.",
    "office_self_test_failed": "The self-test in LibreOffice failed ({detail}); nothing was installed. Run {reinstall} and try again; if it still fails, send this line to IT.",
    "office_unchanged": "LibreOffice did not do it ({detail}); everything is as before. Open LibreOffice once, close it and run this again; if it still fails, send this line to IT.",
    "office_installed": "Installed. Open LibreOffice Calc: the Funnelbook toolbar and menu are there. If not, run funnelbook doctor.",
    "office_installed_over": "The extension in LibreOffice is updated to this version. Open LibreOffice to use it.",
    "office_uninstalled": "The extension is removed from LibreOffice; workbooks are untouched. To remove the program too, run {remove}.",
    "office_uninstalled_nothing": "The extension is not installed in LibreOffice; there is nothing to remove.",
}
