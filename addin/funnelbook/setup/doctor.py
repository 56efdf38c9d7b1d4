"""`funnelbook doctor`: every known reason why the tab is missing in Excel or its formulas do not answer, and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from funnelbook.setup.machine import DLLS, XLWINGS, Machine, marked_from_web, read_settings

# Code -> what is wrong and the remedy, in Chinese and in English
CATALOGUE: dict[str, tuple[str, str, str, str]] = {
    "platform": (
        "这台电脑不是 Windows 也不是 Mac，没有 Excel。",
        "请直接用 funnelbook refresh 处理工作簿，再用 LibreOffice 打开。",
        "This is neither Windows nor a Mac, so there is no Excel.",
        "Use funnelbook refresh on the workbook and open it in LibreOffice.",
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
        "请关闭 Excel，执行 uv tool install --reinstall funnelbook，再执行 funnelbook install。",
        "The Python named in the settings is no longer there; it was moved, removed or installed anew.",
        "Close Excel, run uv tool install --reinstall funnelbook, then funnelbook install.",
    ),
    "python_store": (
        "用的是微软应用商店的 Python，Excel 无法启动它。",
        "请执行 uv tool install --reinstall --managed-python funnelbook，再执行 funnelbook install。",
        "This Python is from the Microsoft Store; Excel cannot start it.",
        "Run uv tool install --reinstall --managed-python funnelbook, then funnelbook install.",
    ),
    "python_starts": (
        "Python 程序启动失败，或者缺少需要的部件。",
        "请执行 uv tool install --reinstall funnelbook，再执行 funnelbook install；仍不行，请把这一行发给 IT。",
        "Python does not start, or parts of Funnelbook are missing in it.",
        "Run uv tool install --reinstall funnelbook, then funnelbook install; if that does not help, send this line to IT.",
    ),
    "xlwings": (
        f"连接 Excel 的部件 xlwings 版本不对，需要 {XLWINGS}。",
        "请执行 uv tool install --reinstall funnelbook，再执行 funnelbook install。",
        f"xlwings, the link to Excel, has the wrong version; {XLWINGS} is needed.",
        "Run uv tool install --reinstall funnelbook, then funnelbook install.",
    ),
    "pywin32": (
        "缺少 Windows 部件 pywin32，公式无法计算。",
        "请执行 uv tool install --reinstall funnelbook，再执行 funnelbook install。",
        "pywin32 is missing or broken; formulas cannot be computed without it.",
        "Run uv tool install --reinstall funnelbook, then funnelbook install.",
    ),
    "dlls": (
        "缺少连接 Excel 的文件（有时被杀毒软件删除）。",
        "请执行 uv tool install --reinstall funnelbook，再执行 funnelbook install；若再次消失，请让 IT 在杀毒软件里放行。",
        "Files that link to Excel are missing; virus scanners sometimes remove them.",
        "Run uv tool install --reinstall funnelbook, then funnelbook install; if they vanish again, ask IT to allow them.",
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
}
NOTES = frozenset({"excel_running"})  # worth knowing, but no fault

_EXCEL = r"Software\Microsoft\Office\16.0\Excel"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel"
_SECURITY = {  # code -> key below Excel's, value, setting that does harm
    "macros": ("Security", "VBAWarnings", "4"),
    "addins_off": ("Security", "DisableAllAddins", "1"),
    "unsigned_off": ("Security", "RequireAddinSig", "1"),
    "trusted_off": (r"Security\Trusted Locations", "AllLocationsDisabled", "1"),
}
_DEFENDER = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_NO_CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_BLOCKS = ("1", "6")  # block, and warn: it blocks until the user allows it, which is too late for a formula
_ALLOWED = {"LANGUAGE": ("zh", "en"), "SERVER": ("auto", "running")}


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
        zh_what, zh_remedy, en_what, en_remedy = CATALOGUE[self.code]
        return f"{en_what} {en_remedy}{detail}" if language == "en" else f"{zh_what}{zh_remedy}{detail}"


def doctor(machine: Machine, addin: bytes) -> list[Finding]:
    """Every check that makes sense here, in the order to mend things; `addin` is the add-in as shipped.

    A check that depends on one that failed is left out; notes are listed only where they apply.
    """
    if machine.platform not in ("win32", "darwin"):
        return [Finding("platform", False, machine.platform)]
    settings, findings = _settings(machine)
    return [
        Finding("platform", True, machine.platform),
        Finding("excel_folder", machine.excel_folder.is_dir(), str(machine.excel_folder)),
        *([Finding("excel_running", True)] if machine.excel_running() else []),
        *findings,
        *_python(machine, settings),
        *_addin(machine, addin),
        *(_windows(machine, settings) if machine.windows else [_script(machine)]),
    ]


def _settings(machine: Machine) -> tuple[dict[str, str], list[Finding]]:
    path = machine.conf
    if not path.is_file():
        return {}, [Finding("conf", False, str(path))]
    data = path.read_bytes()
    text = data.decode("utf-8", errors="replace")
    blank = [str(number) for number, line in enumerate(text.splitlines(), 1) if not line.strip()]
    settings, wrong = read_settings(text)
    wrong += [key for key in machine.keys if not settings.get(key)]
    wrong += [f"{k}={settings[k]}" for k, allowed in _ALLOWED.items() if settings.get(k) and settings[k] not in allowed]
    return settings, [
        Finding("conf", True, str(path)),
        Finding("conf_ascii", data.isascii(), str(path)),
        Finding("conf_blank", not blank, ", ".join(blank)),
        Finding("conf_keys", not wrong, ", ".join(wrong)),
    ]


def _python(machine: Machine, settings: dict[str, str]) -> Iterator[Finding]:
    named = settings.get(machine.interpreter_key)
    if not named:
        return
    python = machine.readable(named)
    if machine.windows:
        yield Finding("python_store", "windowsapps" not in str(python).casefold(), str(python))
    there = python.is_file()
    yield Finding("python", there, str(python))
    if not there:
        return
    found, error = machine.look_into(python)
    yield Finding("python_starts", found is not None, error)
    if found is not None:
        yield Finding("xlwings", found["xlwings"] == XLWINGS, found["xlwings"])
        if machine.windows:
            yield Finding("pywin32", not found["pywin32"], found["pywin32"])


def _addin(machine: Machine, shipped: bytes) -> Iterator[Finding]:
    path = machine.addin
    there = path.is_file()
    yield Finding("addin", there, str(path))
    if there:
        yield Finding("addin_current", path.read_bytes() == shipped, str(path))
        if machine.windows:
            yield Finding("addin_from_web", not marked_from_web(path), str(path))


def _script(machine: Machine) -> Finding:
    return Finding("applescript", machine.applescript.is_file(), str(machine.applescript))


def _windows(machine: Machine, settings: dict[str, str]) -> Iterator[Finding]:
    if settings.get("DLL_FOLDER"):
        folder = machine.readable(settings["DLL_FOLDER"])
        missing = [dll for dll in DLLS if not (folder / dll).is_file()]
        yield Finding("dlls", not missing, ", ".join(missing) or str(folder))
    second = machine.second_addin
    yield Finding("addin_twice", not second.exists(), str(second) if second.exists() else "")
    disabled = machine.registry("HKCU", rf"{_EXCEL}\Resiliency\DisabledItems", None)
    yield Finding("addin_disabled", not disabled)
    harmful = {}
    for code, (key, name, harm) in _SECURITY.items():
        places = [p for root in (_POLICY, _EXCEL) if _value(machine, "HKCU", p := rf"{root}\{key}", name) == harm]
        harmful[code] = ", ".join(rf"HKCU\{place}: {name}={harm}" for place in places)
    if not harmful["trusted_off"]:  # XLSTART is a trusted location: macros run there whatever the macro setting says
        harmful["macros"] = ""
    yield from (Finding(code, not found, found) for code, found in harmful.items())
    at_logon = settings.get("SERVER") == "running"
    blocked = _value(machine, "HKLM", _DEFENDER, _NO_CHILD_PROCESSES) in _BLOCKS
    yield Finding("defender", not blocked or at_logon, _NO_CHILD_PROCESSES if blocked else "")
    if at_logon:
        yield Finding("logon", machine.logon.is_file(), str(machine.logon))


def _value(machine: Machine, hive: str, key: str, name: str) -> str:
    """A registry value as text: policies are numbers in some places and texts in others."""
    found = machine.registry(hive, key, name)
    return "" if found is None else str(found)
