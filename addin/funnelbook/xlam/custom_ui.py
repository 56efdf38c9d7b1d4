"""The ribbon of the add-in, and the texts its buttons and messages show, both from the registry of commands."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from funnelbook.menu import GROUPS, TAB, Command, Does, group_key, label_key, ribbon, tip_key
from funnelbook.words import DEFAULT, LANGUAGES, in_each, subject

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


def group_id(group: str) -> str:
    """The id of a group; commands have the same names as some."""
    return f"group_{group}"


def labels() -> list[tuple[str, ...]]:
    """Rows of id, the text in each language, the tip in each language, for all that VBA shows."""
    named = {TAB_ID: TAB} | {group_id(group): group_key(group) for group in GROUPS}
    named |= {key: f"addin.{key}" for key in subject("addin", DEFAULT)}
    no_tips = [""] * len(LANGUAGES)
    return [(id_, *in_each(key).values(), *no_tips) for id_, key in named.items()] + [
        (c.name, *in_each(label_key(c.name)).values(), *in_each(tip_key(c.name)).values()) for c in ribbon()
    ]


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
