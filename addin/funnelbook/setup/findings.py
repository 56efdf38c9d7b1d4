"""What `funnelbook doctor` can find, and what it says of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from funnelbook.setup.installed import Copy
from funnelbook.setup.machine import XLWINGS

# Code -> what is wrong and the remedy, in Chinese and in English
CATALOGUE: dict[str, tuple[str, str, str, str]] = {
    "platform": (
        "这台电脑不是 Windows 也不是 Mac，没有 Excel。",
        "请安装 LibreOffice，再执行 funnelbook install --libreoffice；或者直接用 funnelbook refresh 处理工作簿。",
        "This is neither Windows nor a Mac, so there is no Excel.",
        "Install LibreOffice and run funnelbook install --libreoffice, or use funnelbook refresh on the closed workbook.",
    ),
    "excel_folder": (
        "没有找到 Excel 的个人文件夹：Excel 没有安装，或者从来没有打开过（WPS 不算）。",
        "请打开一次 Excel 再关闭，然后执行 funnelbook install。",
        "Excel is not installed or has never run for this user (WPS does not count).",
        "Open Excel once, close it, then run funnelbook install.",
    ),
    "excel_running": (
        "Excel 现在开着。",
        "安装、更新和卸载之前请先关闭它。",
        "Excel is running now.",
        "Close it before you install, update or uninstall.",
    ),
    "source_gone": (
        "安装 Funnelbook 时用的文件夹或文件已经不在原处。",
        "现在不影响使用；要重新安装时，请先把它放回原处。",
        "The folder or file that Funnelbook was installed from is no longer there.",
        "Nothing is amiss now; put it back before you install anew.",
    ),
    "conf": (
        "没有找到插件的设置文件。",
        "请关闭 Excel，执行 funnelbook install。",
        "The add-in's settings file is missing.",
        "Close Excel and run funnelbook install.",
    ),
    "conf_ascii": (
        "插件的设置文件里有中文或特殊符号，Excel 会读错。",
        "请关闭 Excel，执行 funnelbook install 重写这个文件，不要手工修改。",
        "The settings file holds letters other than plain English ones; Excel misreads them.",
        "Close Excel and run funnelbook install to write it anew; do not edit it by hand.",
    ),
    "conf_blank": (
        "插件的设置文件里有空行，Excel 读到空行就会出错。",
        "请关闭 Excel，执行 funnelbook install 重写这个文件，不要手工修改。",
        "The settings file has blank lines; Excel stops at them.",
        "Close Excel and run funnelbook install to write it anew; do not edit it by hand.",
    ),
    "conf_keys": (
        "插件的设置文件不完整，或者有写错的内容。",
        "请关闭 Excel，执行 funnelbook install 重写这个文件。",
        "The settings file lacks something or holds something wrong.",
        "Close Excel and run funnelbook install to write it anew.",
    ),
    "python": (
        "设置文件里写的 Python 程序已经不在原处（可能被移动、删除或重装过）。",
        "请关闭 Excel，执行 {reinstall}，再执行 funnelbook install。",
        "The Python named in the settings is no longer there; it was moved, removed or installed anew.",
        "Close Excel, run {reinstall}, then funnelbook install.",
    ),
    "python_store": (
        "用的是微软应用商店的 Python，Excel 无法启动它。",
        "请执行 {managed}，再执行 funnelbook install。",
        "This Python is from the Microsoft Store; Excel cannot start it.",
        "Run {managed}, then funnelbook install.",
    ),
    "python_starts": (
        "Python 程序启动失败，或者缺少需要的部件。",
        "请执行 {reinstall}，再执行 funnelbook install；仍不行，请把这一行发给 IT。",
        "Python does not start, or parts of Funnelbook are missing in it.",
        "Run {reinstall}, then funnelbook install; if that does not help, send this line to IT.",
    ),
    "xlwings": (
        f"连接 Excel 的部件 xlwings 版本不对，需要 {XLWINGS}。",
        "请执行 {reinstall}，再执行 funnelbook install。",
        f"xlwings, the link to Excel, has the wrong version; {XLWINGS} is needed.",
        "Run {reinstall}, then funnelbook install.",
    ),
    "pywin32": (
        "缺少 Windows 部件 pywin32，公式无法计算。",
        "请执行 {reinstall}，再执行 funnelbook install。",
        "pywin32 is missing or broken; formulas cannot be computed without it.",
        "Run {reinstall}, then funnelbook install.",
    ),
    "dlls": (
        "缺少连接 Excel 的文件（有时被杀毒软件删除）。",
        "请执行 {reinstall}，再执行 funnelbook install；若再次消失，请让 IT 在杀毒软件里放行。",
        "Files that link to Excel are missing; virus scanners sometimes remove them.",
        "Run {reinstall}, then funnelbook install; if they vanish again, ask IT to allow them.",
    ),
    "applescript": (
        "缺少让 Excel 启动 Python 的脚本文件。",
        "请关闭 Excel，执行 funnelbook install。",
        "The script that lets Excel start Python is missing.",
        "Close Excel and run funnelbook install.",
    ),
    "logon": (
        "设置为登录时启动公式程序，但启动文件不见了。",
        "请关闭 Excel，执行 funnelbook install --server-at-logon，然后注销并重新登录。",
        "The formula server should start at log-on, but the file that starts it is gone.",
        "Close Excel, run funnelbook install --server-at-logon, then log off and on.",
    ),
    "addin": (
        "Excel 的启动文件夹里没有 Funnelbook 插件。",
        "请关闭 Excel，执行 funnelbook install。",
        "The add-in is not in Excel's startup folder.",
        "Close Excel and run funnelbook install.",
    ),
    "addin_current": (
        "Excel 里的插件不是当前版本，或者被改动过。",
        "请关闭 Excel，再执行一次 funnelbook install。",
        "The add-in in Excel is outdated or was changed.",
        "Close Excel and run funnelbook install again.",
    ),
    "addin_from_web": (
        "插件文件带有“来自互联网”的标记，Excel 会禁止它运行。",
        "请关闭 Excel，执行 funnelbook install；也可以右键单击这个文件，选“属性”，勾选“解除锁定”。",
        "The add-in is marked as coming from the internet, so Excel blocks it.",
        "Close Excel and run funnelbook install; or right-click the file, choose Properties and tick Unblock.",
    ),
    "addin_twice": (
        "加载项文件夹里还有一份 Funnelbook 插件，两份会互相干扰。",
        "请关闭 Excel，删除这个文件。",
        "There is a second copy of the add-in in the AddIns folder; the two get in each other's way.",
        "Close Excel and delete this file.",
    ),
    "addin_disabled": (
        "Excel 曾经崩溃或启动太慢，禁用了某些加载项。",
        "请在 Excel 的“文件 > 选项 > 加载项”下方，“管理”选“禁用项目”，单击“转到”，选中 funnelbook 后单击“启用”。",
        "After a crash or a slow start Excel has disabled some items.",
        "In Excel: File > Options > Add-ins, Manage: Disabled Items, Go; select funnelbook and click Enable.",
    ),
    "macros": (
        "Excel 设置为禁用所有宏，受信任位置也被禁用，启动文件夹里的插件因此不能运行。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 宏设置”中改选“禁用并发出通知”；不能改时，请 IT 调整公司策略。",
        "Excel is set to disable all macros; as trusted locations are off too, this stops the add-in in its startup folder.",
        "Change that in File > Options > Trust Center > Trust Center Settings > Macro Settings; if it is greyed out, ask IT.",
    ),
    "addins_off": (
        "Excel 禁用了所有加载项。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 加载项”中取消“禁用所有应用程序加载项”；不能改时，请 IT 调整公司策略。",
        "Excel is set to disable all add-ins.",
        "Untick that in File > Options > Trust Center > Trust Center Settings > Add-ins; if it is greyed out, ask IT.",
    ),
    "unsigned_off": (
        "Excel 只允许有数字签名的加载项，Funnelbook 没有签名。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 加载项”中取消这一要求；不能改时，请 IT 调整公司策略。",
        "Excel allows signed add-ins only; Funnelbook is not signed.",
        "Untick that in File > Options > Trust Center > Trust Center Settings > Add-ins; if it is greyed out, ask IT.",
    ),
    "trusted_off": (
        "Excel 禁用了所有受信任位置，启动文件夹里的插件因此不能运行。",
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 受信任位置”中取消“禁用所有受信任位置”；不能改时，请 IT 调整公司策略。",
        "All trusted locations of Excel are disabled, so add-ins in its startup folder may not run.",
        "Untick that in File > Options > Trust Center > Trust Center Settings > Trusted Locations; if it is greyed out, ask IT.",
    ),
    "defender": (
        "公司的 Windows Defender 规则不许 Excel 启动其他程序，公式因此得不到结果。",
        "请关闭 Excel，执行 funnelbook install --server-at-logon；或者请 IT 为 Funnelbook 设置例外。",
        "A Windows Defender rule forbids Excel to start other programs, so formulas get no answer.",
        "Close Excel and run funnelbook install --server-at-logon, or ask IT for an exception for Funnelbook.",
    ),
    "office_python": (
        "LibreOffice 缺少 Python 支持，公式和按钮都不能用。",
        "Debian、Ubuntu 请执行 sudo apt install python3-uno，其他系统请重装 LibreOffice；然后执行 funnelbook install --libreoffice。",
        "LibreOffice has no Python in it, so neither formulas nor buttons work.",
        "On Debian or Ubuntu run sudo apt install python3-uno, elsewhere install LibreOffice anew; then funnelbook install --libreoffice.",
    ),
    "office_extension": (
        "LibreOffice 里没有 Funnelbook 扩展。",
        "请关闭 LibreOffice，执行 funnelbook install --libreoffice。",
        "The extension is not in LibreOffice.",
        "Close LibreOffice and run funnelbook install --libreoffice.",
    ),
    "office_too": (
        "这台电脑上还有 LibreOffice，里面没有装 Funnelbook。",
        "需要时请执行 funnelbook install --libreoffice。",
        "LibreOffice is here too, without Funnelbook in it.",
        "If you want it there, run funnelbook install --libreoffice.",
    ),
    "office_disabled": (
        "Funnelbook 扩展在 LibreOffice 里被停用。",
        "请打开 LibreOffice 的“工具 > 扩展管理器”，选中“漏斗 Funnelbook”，单击“启用”。",
        "The extension is disabled in LibreOffice.",
        "In LibreOffice: Tools > Extension Manager; select Funnelbook and click Enable.",
    ),
    "office_current": (
        "LibreOffice 里的扩展不是当前版本，或者被改动过。",
        "请关闭 LibreOffice，再执行一次 funnelbook install --libreoffice。",
        "The extension in LibreOffice is outdated or was changed.",
        "Close LibreOffice and run funnelbook install --libreoffice again.",
    ),
    "office_environment": (
        "扩展要用的 Funnelbook 程序已经不在原处（可能被移动、删除或重装过）。",
        "请关闭 LibreOffice，执行 funnelbook install --libreoffice。",
        "The Funnelbook program the extension needs is no longer there; it was moved, removed or installed anew.",
        "Close LibreOffice and run funnelbook install --libreoffice.",
    ),
    "office_version": (
        "LibreOffice 的 Python 与 Funnelbook 的 Python 版本不同（LibreOffice 可能升级过）。",
        "请关闭 LibreOffice，执行 funnelbook install --libreoffice，按提示处理。",
        "LibreOffice has another version of Python than Funnelbook; it may have been updated.",
        "Close LibreOffice, run funnelbook install --libreoffice and do what it says.",
    ),
    "office_imports": (
        "LibreOffice 的 Python 打不开 Funnelbook 或它需要的部件。",
        "请执行 {reinstall}，再执行 funnelbook install --libreoffice；仍不行，请把这一行发给 IT。",
        "LibreOffice's Python cannot load Funnelbook or a part it needs.",
        "Run {reinstall}, then funnelbook install --libreoffice; if it stays, send this line to IT.",
    ),
}
NOTES = frozenset({"excel_running", "office_too", "source_gone"})
_THIS_PYTHON = f"3.{sys.version_info.minor}"  # worth knowing, but no fault


@dataclass(frozen=True)
class Finding:
    """One check: its code in CATALOGUE, whether it is as it should be, and the file, value or error it is about."""

    code: str
    ok: bool
    detail: str = ""

    @property
    def note(self) -> bool:
        """Whether this is worth telling although nothing is wrong."""
        return self.code in NOTES

    def text(self, language: str) -> str:
        """What is wrong and the remedy, in one line; of a check that passed, only that it did."""
        zh, en = ("正常", "（{}）"), ("OK", " ({})")
        word, brackets = en if language == "en" else zh
        detail = brackets.format(self.detail) if self.detail else ""
        if self.ok and not self.note:
            return f"{self.code}: {word}{detail}"
        copy = Copy.this()
        runs = {"reinstall": copy.reinstall(), "managed": copy.reinstall_with(_THIS_PYTHON, managed=True)}
        zh_what, zh_remedy, en_what, en_remedy = (part.format(**runs) for part in CATALOGUE[self.code])
        return f"{en_what} {en_remedy}{detail}" if language == "en" else f"{zh_what}{zh_remedy}{detail}"
