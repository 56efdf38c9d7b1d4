"""What `funnelbook doctor` says: what is wrong, and the remedy."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    "platform": (
        "This is neither Windows nor a Mac, so there is no Excel.",
        "Install LibreOffice and run funnelbook install --libreoffice, or use funnelbook refresh on the closed workbook.",
    ),
    "excel_folder": (
        "Excel is not installed or has never run for this user (WPS does not count).",
        "Open Excel once, close it, then run funnelbook install.",
    ),
    "excel_running": ("Excel is running now.", "Close it before you install, update or uninstall."),
    "source_gone": (
        "The folder or file that Funnelbook was installed from is no longer there.",
        "Nothing is amiss now; put it back before you install anew.",
    ),
    "conf": ("The add-in's settings file is missing.", "Close Excel and run funnelbook install."),
    "conf_ascii": (
        "The settings file holds letters other than plain English ones; Excel misreads them.",
        "Close Excel and run funnelbook install to write it anew; do not edit it by hand.",
    ),
    "conf_blank": (
        "The settings file has blank lines; Excel stops at them.",
        "Close Excel and run funnelbook install to write it anew; do not edit it by hand.",
    ),
    "conf_keys": (
        "The settings file lacks something or holds something wrong.",
        "Close Excel and run funnelbook install to write it anew.",
    ),
    "engine": (
        "Windows does not know the engine of Funnelbook, or somebody changed what it knows; formulas and buttons do not find it.",
        "Close Excel and run funnelbook install.",
    ),
    "engine_answers": (
        "Windows knows the engine of Funnelbook, but it does not answer rightly; neither formulas nor buttons work.",
        "Close Excel, run {reinstall}, then funnelbook install; if that does not help, send this line to IT.",
    ),
    "python": (
        "The Python the add-in needs is no longer there; it was moved, removed or installed anew.",
        "Close Excel, run {reinstall}, then funnelbook install.",
    ),
    "python_store": (
        "This Python is from the Microsoft Store; Excel cannot start it.",
        "Run {managed}, then funnelbook install.",
    ),
    "python_starts": (
        "Python does not start, or parts of Funnelbook are missing in it.",
        "Run {reinstall}, then funnelbook install; if that does not help, send this line to IT.",
    ),
    "xlwings": (
        "xlwings, the link to Excel, has the wrong version; {xlwings} is needed.",
        "Run {reinstall}, then funnelbook install.",
    ),
    "pywin32": (
        "pywin32 is missing or broken; formulas cannot be computed without it.",
        "Run {reinstall}, then funnelbook install.",
    ),
    "applescript": ("The script that lets Excel start Python is missing.", "Close Excel and run funnelbook install."),
    "addin": ("The add-in is not in Excel's startup folder.", "Close Excel and run funnelbook install."),
    "addin_current": (
        "The add-in in Excel is outdated or was changed.",
        "Close Excel and run funnelbook install again.",
    ),
    "addin_from_web": (
        "The add-in is marked as coming from the internet, so Excel blocks it.",
        "Close Excel and run funnelbook install; or right-click the file, choose Properties and tick Unblock.",
    ),
    "addin_twice": (
        "There is a second copy of the add-in in the AddIns folder; the two get in each other's way.",
        "Close Excel and delete this file.",
    ),
    "addin_disabled": (
        "After a crash or a slow start Excel has disabled some items.",
        "In Excel: File > Options > Add-ins, Manage: Disabled Items, Go; select funnelbook and click Enable.",
    ),
    "macros": (
        "Excel is set to disable all macros; as trusted locations are off too, this stops the add-in in its startup folder.",
        "Change that in File > Options > Trust Center > Trust Center Settings > Macro Settings; if it is greyed out, ask IT.",
    ),
    "addins_off": (
        "Excel is set to disable all add-ins.",
        "Untick that in File > Options > Trust Center > Trust Center Settings > Add-ins; if it is greyed out, ask IT.",
    ),
    "unsigned_off": (
        "Excel allows signed add-ins only; Funnelbook is not signed.",
        "Untick that in File > Options > Trust Center > Trust Center Settings > Add-ins; if it is greyed out, ask IT.",
    ),
    "trusted_off": (
        "All trusted locations of Excel are disabled, so add-ins in its startup folder may not run.",
        "Untick that in File > Options > Trust Center > Trust Center Settings > Trusted Locations; if it is greyed out, ask IT.",
    ),
    "office_python": (
        "LibreOffice has no Python in it, so neither formulas nor buttons work.",
        "On Debian or Ubuntu run sudo apt install python3-uno, elsewhere install LibreOffice anew; then funnelbook install --libreoffice.",
    ),
    "office_extension": (
        "The extension is not in LibreOffice.",
        "Close LibreOffice and run funnelbook install --libreoffice.",
    ),
    "office_too": (
        "LibreOffice is here too, without Funnelbook in it.",
        "If you want it there, run funnelbook install --libreoffice.",
    ),
    "office_disabled": (
        "The extension is disabled in LibreOffice.",
        "In LibreOffice: Tools > Extension Manager; select Funnelbook and click Enable.",
    ),
    "office_current": (
        "The extension in LibreOffice is outdated or was changed.",
        "Close LibreOffice and run funnelbook install --libreoffice again.",
    ),
    "office_environment": (
        "The Funnelbook program the extension needs is no longer there; it was moved, removed or installed anew.",
        "Close LibreOffice and run funnelbook install --libreoffice.",
    ),
    "office_version": (
        "LibreOffice has another version of Python than Funnelbook; it may have been updated.",
        "Close LibreOffice, run funnelbook install --libreoffice and do what it says.",
    ),
    "office_imports": (
        "LibreOffice's Python cannot load Funnelbook or a part it needs.",
        "Run {reinstall}, then funnelbook install --libreoffice; if it stays, send this line to IT.",
    ),
}
