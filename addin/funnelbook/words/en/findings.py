"""What `funnelbook doctor` says: what is wrong, and the remedy."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    "platform": (
        "This is neither Windows nor a Mac, so there is no Excel.",
        "Install LibreOffice and run funnelbook install --libreoffice, or use funnelbook refresh on the closed workbook.",
    ),
    "excel_folder": (
        "Excel is not installed or has never run for this user (WPS does not count).",
        "Open Excel once, close it, then {install}.",
    ),
    "excel_running": ("Excel is running now.", "Close it before you install, update or uninstall."),
    "source_gone": (
        "The folder or file that Funnelbook was installed from is no longer there.",
        "Nothing is amiss now; put it back before you install anew.",
    ),
    "conf": ("The add-in's settings file is missing.", "Close Excel and {install}."),
    "conf_ascii": (
        "The settings file holds letters other than plain English ones; Excel misreads them.",
        "Close Excel and {install} to write it anew; do not edit it by hand.",
    ),
    "conf_blank": (
        "The settings file has blank lines; Excel stops at them.",
        "Close Excel and {install} to write it anew; do not edit it by hand.",
    ),
    "conf_keys": (
        "The settings file lacks something or holds something wrong.",
        "Close Excel and {install} to write it anew.",
    ),
    "engine": (
        "Windows does not know the engine of Funnelbook, or somebody changed what it knows; formulas and buttons do not find it.",
        "Close Excel and {install}.",
    ),
    "engine_answers": (
        "Windows knows the engine of Funnelbook, but it does not answer rightly; neither formulas nor buttons work.",
        "Close Excel and {anew}; if that does not help, send this line to IT.",
    ),
    "administrator": (
        "This runs as administrator, and Windows does not tell an administrator's programs of the engine you registered for yourself, so it did not answer.",
        "Open the command prompt as usual, not as administrator, and run this again; open Excel as usual too.",
    ),
    "defender": (
        "A rule of Defender lets only well-known programs run; most likely it stopped the engine.",
        "Send this line to IT and ask them to allow the folder of Funnelbook (rule 01443614-cd74-433a-b99e-2ecdc07bfc25).",
    ),
    "python": (
        "The Python the add-in needs is no longer there; it was moved, removed or installed anew.",
        "Close Excel and {anew}.",
    ),
    "python_store": (
        "This Python is from the Microsoft Store; Excel cannot start it.",
        "Close Excel and {other_python}.",
    ),
    "python_starts": (
        "Python does not start, or parts of Funnelbook are missing in it.",
        "Close Excel and {anew}; if that does not help, send this line to IT.",
    ),
    "xlwings": (
        "xlwings, the link to Excel, has the wrong version; {xlwings} is needed.",
        "Close Excel and {anew}.",
    ),
    "pywin32": (
        "pywin32 is missing or broken; formulas cannot be computed without it.",
        "Close Excel and {anew}.",
    ),
    "applescript": ("The script that lets Excel start Python is missing.", "Close Excel and {install}."),
    "addin": ("The add-in is not in Excel's startup folder.", "Close Excel and {install}."),
    "addin_current": (
        "The add-in in Excel is outdated or was changed.",
        "Close Excel and {install}.",
    ),
    "addin_from_web": (
        "The add-in is marked as coming from the internet, so Excel blocks it.",
        "Close Excel and {install}; or right-click the file, choose Properties and tick Unblock.",
    ),
    "addin_twice": (
        "There is a second copy of the add-in in the AddIns folder; the two get in each other's way.",
        "Close Excel and delete this file.",
    ),
    "addin_disabled": (
        "After a crash or a slow start Excel has disabled the Funnelbook add-in.",
        "In Excel: File > Options > Add-ins, Manage: Disabled Items, Go; select funnelbook and click Enable.",
    ),
    "macros": (
        "Excel is set to disable macros, or all but signed ones; as its startup folder is not trusted, this stops the add-in in it.",
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
    "vba_off": (
        "A policy switches VBA off in Office; no macro of any add-in runs.",
        "Send this line to IT; until they allow it, right-click a closed workbook and choose Send to > Funnelbook to refresh it.",
    ),
    "user_locations_off": (
        "A policy trusts the company's own locations only; Excel's startup folder is none of them, so the add-in in it may not run.",
        "Ask IT to make this startup folder a trusted location; until then right-click a closed workbook and choose Send to > Funnelbook to refresh it.",
    ),
    "startup_on_network": (
        "Excel's startup folder is on a server (a redirected profile), and Excel trusts no place on a network, so the add-in in it may not run.",
        "Ask IT to allow trusted locations on the network, or to make this folder one.",
    ),
    "excel_elevated": (
        "Excel runs as administrator and so does not find the engine you registered for yourself; neither formulas nor buttons work.",
        "Untick Run this program as an administrator in Excel's Properties > Compatibility, close Excel and open it as usual.",
    ),
    "excel_store": (
        "Excel seems to come from the Microsoft Store; Funnelbook was never tried in such an Excel.",
        "If the Funnelbook tab is missing, uninstall it and install Office from office.com.",
    ),
    "wps_opens": (
        "A double click on a workbook opens WPS, which has no Funnelbook tab.",
        "Open Excel first and the workbook from there; or right-click the workbook, Open with > Choose another app, Excel, Always.",
    ),
    "wps_only": (
        "There is WPS here and no Excel, so no Funnelbook tab and no FB_ formulas; all else works.",
        "Right-click a closed workbook and choose Send to > Funnelbook to refresh it.",
    ),
    "links": (
        "There is no Funnelbook under Send to and none on the desktop, so a closed workbook cannot be refreshed from there.",
        "Please {install}.",
    ),
    "unreadable": (
        "A file or folder cannot be read; a virus scanner or another program may hold it, or the network is away. Later checks were not made.",
        "Restart the computer and run this again; if that does not help, send this line to IT.",
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
