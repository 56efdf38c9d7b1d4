"""The ribbon of the add-in, and the texts its buttons and messages show, both from the registry of commands."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from funnelbook.menu import GROUPS, TAB, Command, Does, Pair, ribbon

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
TAB_ID = "tab_funnelbook"
# callback -> the Sub's parameters, as Excel calls it
CALLBACKS = {
    "onLoad": ("FbLoad", "ribbon As IRibbonUI"),
    "getLabel": ("FbGetLabel", "control As IRibbonControl, ByRef returned As Variant"),
    "getScreentip": ("FbGetScreentip", "control As IRibbonControl, ByRef returned As Variant"),
    "getSupertip": ("FbGetSupertip", "control As IRibbonControl, ByRef returned As Variant"),
    "onAction": ("FbOnAction", "control As IRibbonControl"),
    "getText": ("FbGetText", "control As IRibbonControl, ByRef returned As Variant"),
    "onChange": ("FbOnChange", "control As IRibbonControl, text As String"),
}
MESSAGES: dict[str, Pair] = {
    "no_workbook": (
        "没有打开的工作簿。请先打开一个工作簿；如果它在受保护的视图里，请先点“启用编辑”。",
        "No workbook is open. Open one first; if it is in Protected View, click Enable Editing.",
    ),
    "not_installed": (
        "这台电脑上没有 Funnelbook 的设置。请在命令行运行 funnelbook install。",
        "Funnelbook is not set up on this computer. Run: funnelbook install",
    ),
    "no_dll": (
        "找不到 Funnelbook 的程序文件。请在命令行运行 funnelbook doctor，按提示处理。",
        "Files of Funnelbook are missing. Run funnelbook doctor and do what it says.",
    ),
    "mac_formulas": (
        "苹果电脑上的 Excel 不能计算 FB_ 公式；请用功能区的“刷新”。",
        "Excel on a Mac cannot compute FB_ formulas; use Refresh on the ribbon.",
    ),
    "mac_name": (
        '工作簿的名字里不能有这些字符：" $ ` \\ |。请改名后再试。',
        'The name of the workbook may not hold any of " $ ` \\ |. Rename it and try again.',
    ),
    "mac_running": ("正在运行…", "Running..."),
}


def group_id(group: str) -> str:
    """The id of a group; commands have the same names as some."""
    return f"group_{group}"


def labels() -> list[tuple[str, str, str, str, str]]:
    """Rows of id, Chinese, English, Chinese tip, English tip for all that VBA shows."""
    named = {TAB_ID: TAB} | {group_id(key): pair for key, pair in GROUPS.items()} | MESSAGES
    return [(key, *pair, "", "") for key, pair in named.items()] + [(c.name, *c.label, *c.tip) for c in ribbon()]


def xml() -> str:
    """The part customUI14.xml."""
    commands = ribbon()
    groups = []
    for group in GROUPS:
        controls = "".join(map(_control, (c for c in commands if c.group == group)))
        groups.append(_tag("group", {"id": group_id(group), **_calls("getLabel")}, controls))
    tab = _tag("tab", {"id": TAB_ID, "keytip": "K", **_calls("getLabel")}, "".join(groups))
    root = {"xmlns": NAMESPACE, **_calls("onLoad")}
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + _tag(
        "customUI", root, _tag("ribbon", {}, _tag("tabs", {}, tab))
    )


def _control(command: Command) -> str:
    shared = {
        "id": command.name,
        "imageMso": command.icon,
        "keytip": command.keytip,
        **_calls("getLabel", "getScreentip", "getSupertip"),
    }
    if command.does is Does.DAY:
        return _tag(
            "editBox", {**shared, "sizeString": "2026-00-00", "maxLength": "20", **_calls("getText", "onChange")}
        )
    size = "large" if command.large else "normal"
    return _tag("button", {**shared, "size": size, "tag": command.does.value, **_calls("onAction")})


def _calls(*callbacks: str) -> dict[str, str]:
    return {name: CALLBACKS[name][0] for name in callbacks}


def _tag(name: str, attributes: dict[str, str], content: str = "") -> str:
    opening = f"<{name}" + "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"{opening}>{content}</{name}>" if content else f"{opening}/>"
