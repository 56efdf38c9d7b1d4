"""What is said about installing the Excel add-in, in Chinese and English."""

from __future__ import annotations

SETUP: dict[str, tuple[str, str]] = {
    "no_excel_here": (
        "Excel 插件只能装在 Windows 或 Mac 上，这台电脑没有 Excel。用 LibreOffice 的话，请执行 funnelbook install --libreoffice。",
        "The Excel add-in needs Windows or a Mac; there is no Excel here. For LibreOffice run funnelbook install --libreoffice.",
    ),
    "excel_runs": (
        "Excel 还开着。请保存并关闭所有 Excel 窗口，再执行一次（看不到窗口时，在任务管理器里结束 Excel）。",
        "Excel is running. Save and close all its windows and run this again (no window? end Excel in the Task Manager).",
    ),
    "excel_never_ran": (
        "没有找到 Excel 的个人文件夹。请打开一次 Excel（WPS 不行），关闭后再执行一次。",
        "Excel has never run for this user. Open Excel once (not WPS), close it and run this again.",
    ),
    "logon_windows_only": (
        "--server-at-logon 只用于 Windows。请去掉这个选项再执行一次。",
        "--server-at-logon is for Windows only. Run this again without it.",
    ),
    "path_not_plain": (
        "Funnelbook 装在“{path}”，路径里有中文或特殊符号，Excel 读不了。"
        "请装到默认位置：执行 {as_tool}（设过 UV_TOOL_DIR 的先去掉），再执行一次。",
        "Funnelbook is in {path}; Excel cannot read a path with letters other than plain English ones. "
        "Install it in the default place: run {as_tool} (without UV_TOOL_DIR, if you have set it), then this again.",
    ),
    "xlwings_incomplete": (
        "Funnelbook 没有装完整，缺少文件 {missing}。请执行 {reinstall}，再执行一次。",
        "Funnelbook is not completely installed: {missing} is missing. Run {reinstall}, then this again.",
    ),
    "self_test_failed": (
        "自检没有通过（{detail}），没有安装。请执行 {reinstall} 后再试；仍不行，请把这一行发给 IT。",
        "The self-test failed ({detail}); nothing was installed. Run {reinstall} and try again; "
        "if it still fails, send this line to IT.",
    ),
    "setup_not_written": (
        "{file}：无法写入或删除（{detail}），一切保持原样。请检查杀毒软件是否拦截、磁盘是否已满，再执行一次。",
        "{file}: cannot be written or removed ({detail}); everything is as before. Check that no virus scanner blocks it and the "
        "disk is not full, then run this again.",
    ),
    "installed": (
        "安装完成。打开 Excel，就能看到“漏斗”选项卡；没有的话，请执行 funnelbook doctor。",
        "Installed. Open Excel: the Funnelbook tab is there. If it is not, run funnelbook doctor.",
    ),
    "installed_over": (
        "已更新到当前版本。打开 Excel 即可使用。",
        "Updated to this version. Open Excel to use it.",
    ),
    "installed_same": (
        "已经装好了，和当前版本一样，无需改动。",
        "Already installed and the same as this version; nothing to do.",
    ),
    "installed_logon": (
        "公式程序会在登录 Windows 时自动启动；请现在注销并重新登录一次。",
        "The formula server starts when you log on to Windows; log off and on once now.",
    ),
    "uninstalled": (
        "插件已从 Excel 中移除，工作簿没有改动。要连程序一起删除，请执行 {remove}。",
        "The add-in is removed from Excel; workbooks are untouched. To remove the program too, run {remove}.",
    ),
    "uninstalled_nothing": (
        "Excel 里没有装过这个插件，无需移除。",
        "The add-in is not installed in Excel; there is nothing to remove.",
    ),
}
