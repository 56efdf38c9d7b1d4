"""What is said when Funnelbook is put into LibreOffice or taken out, in Chinese and English."""

from __future__ import annotations

LIBREOFFICE: dict[str, tuple[str, str]] = {
    "no_office": (
        "没有找到 LibreOffice。请安装 LibreOffice，再执行一次。",
        "LibreOffice was not found. Install it and run this again.",
    ),
    "office_runs": (
        "LibreOffice 还开着。请保存并关闭所有 LibreOffice 窗口（包括任务栏里的快速启动），再执行一次。",
        "LibreOffice is running. Save and close all its windows (also the quickstarter) and run this again.",
    ),
    "office_no_python": (
        "LibreOffice 缺少 Python 支持。Debian、Ubuntu 请执行 sudo apt install python3-uno，其他系统请重装 LibreOffice；然后再执行一次。",
        "LibreOffice has no Python in it. On Debian or Ubuntu run sudo apt install python3-uno, elsewhere install LibreOffice anew; "
        "then run this again.",
    ),
    "office_python_unfit": (
        "LibreOffice 用的是 Python {theirs}，Funnelbook 需要 {fitting}；没有安装。请换用自带这些版本的 LibreOffice，再执行一次。",
        "LibreOffice has Python {theirs} in it, Funnelbook needs {fitting}; nothing was installed. Install a LibreOffice that brings "
        "one of these and run this again.",
    ),
    "office_other_python": (
        "LibreOffice 用的是 Python {theirs}，Funnelbook 装在 Python {ours} 里，版本必须一致；没有安装。"
        "请执行 {reinstall}，再执行一次。",
        "LibreOffice has Python {theirs} in it, Funnelbook is in Python {ours}; they must be the same, so nothing was installed. "
        "Run {reinstall}, then this again.",
    ),
    "office_self_test_failed": (
        "LibreOffice 自检没有通过（{detail}），没有安装。请执行 {reinstall} 后再试；仍不行，请把这一行发给 IT。",
        "The self-test in LibreOffice failed ({detail}); nothing was installed. Run {reinstall} and try "
        "again; if it still fails, send this line to IT.",
    ),
    "office_unchanged": (
        "LibreOffice 没有照办（{detail}），一切保持原样。请打开一次 LibreOffice 再关闭，然后再执行一次；仍不行，请把这一行发给 IT。",
        "LibreOffice did not do it ({detail}); everything is as before. Open LibreOffice once, close it and run this again; if it "
        "still fails, send this line to IT.",
    ),
    "office_installed": (
        "安装完成。打开 LibreOffice Calc，就能看到“漏斗”工具栏和菜单；没有的话，请执行 funnelbook doctor。",
        "Installed. Open LibreOffice Calc: the Funnelbook toolbar and menu are there. If not, run funnelbook doctor.",
    ),
    "office_installed_over": (
        "LibreOffice 里的扩展已更新到当前版本。打开 LibreOffice 即可使用。",
        "The extension in LibreOffice is updated to this version. Open LibreOffice to use it.",
    ),
    "office_uninstalled": (
        "扩展已从 LibreOffice 中移除，工作簿没有改动。要连程序一起删除，请执行 {remove}。",
        "The extension is removed from LibreOffice; workbooks are untouched. To remove the program too, run {remove}.",
    ),
    "office_uninstalled_nothing": (
        "LibreOffice 里没有装过这个扩展，无需移除。",
        "The extension is not installed in LibreOffice; there is nothing to remove.",
    ),
}
