"""What is said when Funnelbook is put into LibreOffice or taken out."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_office": "没有找到 LibreOffice。请安装 LibreOffice，再执行一次。",
    "office_runs": "LibreOffice 还开着。请保存并关闭所有 LibreOffice 窗口（包括任务栏里的快速启动），再执行一次。",
    "office_no_python": "LibreOffice 缺少 Python 支持。Debian、Ubuntu 请执行 sudo apt install python3-uno，其他系统请重装 LibreOffice；然后再执行一次。",
    "office_python_unfit": "LibreOffice 用的是 Python {theirs}，Funnelbook 需要 {fitting}；没有安装。请换用自带这些版本的 LibreOffice，再执行一次。",
    "office_other_python": "LibreOffice 用的是 Python {theirs}，Funnelbook 装在 Python {ours} 里，版本必须一致；没有安装。请执行 {reinstall}，再执行一次。",
    "office_self_test_failed": "LibreOffice 自检没有通过（{detail}），没有安装。请执行 {reinstall} 后再试；仍不行，请把这一行发给 IT。",
    "office_unchanged": "LibreOffice 没有照办（{detail}），一切保持原样。请打开一次 LibreOffice 再关闭，然后再执行一次；仍不行，请把这一行发给 IT。",
    "office_installed": "安装完成。打开 LibreOffice Calc，就能看到“漏斗”工具栏和菜单；没有的话，请执行 funnelbook doctor。",
    "office_installed_over": "LibreOffice 里的扩展已更新到当前版本。打开 LibreOffice 即可使用。",
    "office_uninstalled": "扩展已从 LibreOffice 中移除，工作簿没有改动。要连程序一起删除，请执行 {remove}。",
    "office_uninstalled_nothing": "LibreOffice 里没有装过这个扩展，无需移除。",
}
