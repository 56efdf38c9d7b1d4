"""The toolbar and the menu of LibreOffice, from the registry of commands, and the events it tells us of."""

from __future__ import annotations

from funnelbook.menu import GROUPS, TAB, Command, label_key, ribbon
from funnelbook.oxt.configuration import component, node, prop, prop_list, texts
from funnelbook.words import in_each

PROTOCOL = "org.funnelbook:"
HANDLER = "org.funnelbook.Commands"
JOB = "org.funnelbook.Documents"
EVENTS = ("OnLoadFinished", "OnSaveDone", "OnSaveAsDone")
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_ID = "org.funnelbook"
_ICONS = "vnd.sun.star.extension://org.funnelbook/icons/"


def url(command: Command) -> str:
    """What a button of a command dispatches."""
    return PROTOCOL + command.name


def addons() -> str:
    """Menu, toolbar and icons; a line between the groups of the ribbon."""
    office = node(
        "OfficeMenuBar",
        node(
            _ID,
            prop("Context", _CALC) + texts("Title", in_each(TAB)) + node("Submenu", _items("m"), replace=False),
        ),
        replace=False,
    )
    bar = node("OfficeToolBar", node(_ID, _items("t")), replace=False)
    images = "".join(
        node(f"i{at:02}", prop("URL", url(c)) + node("UserDefinedImages", _image(c), replace=False))
        for at, c in enumerate(ribbon())
    )
    return component(
        "Addons", "Office", node("AddonUI", office + bar + node("Images", images, replace=False), replace=False)
    )


def jobs() -> str:
    """The job that hears of documents opened and saved."""
    service = node("Jobs", node(JOB, prop("Service", JOB)), replace=False)
    events = "".join(node(e, node("JobList", node(JOB, ""), replace=False)) for e in EVENTS)
    return component("Jobs", "Office", service + node("Events", events, replace=False))


def window_state() -> str:
    """The name of the toolbar in the menu of toolbars."""
    bar = node(f"private:resource/toolbar/addon_{_ID}", texts("UIName", in_each(TAB)))
    states = node("UIElements", node("States", bar, replace=False), replace=False)
    return component("CalcWindowState", "Office.UI", states)


def protocol_handler() -> str:
    """What answers the addresses of the buttons."""
    handler = node(HANDLER, prop_list("Protocols", (f"{PROTOCOL}*",)))
    return component("ProtocolHandler", "Office", node("HandlerSet", handler, replace=False))


def _items(prefix: str) -> str:
    """The entries in order; LibreOffice sorts them by name."""
    items = []
    for group in GROUPS:
        inside = [c for c in ribbon() if c.group == group]
        if items and inside:
            items.append(prop("URL", "private:separator"))
        items += map(_item, inside)
    return "".join(node(f"{prefix}{at:02}", item) for at, item in enumerate(items))


def _item(command: Command) -> str:
    return (
        prop("Context", _CALC)
        + prop("URL", url(command))
        + texts("Title", in_each(label_key(command.name)))
        + prop("Target", "_self")
    )


def _image(command: Command) -> str:
    address = f"{_ICONS}{command.name}"
    return prop("ImageSmallURL", f"{address}.svg") + prop("ImageBigURL", f"{address}.svg")
