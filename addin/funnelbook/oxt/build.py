"""The package funnelbook.oxt."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from funnelbook import __version__
from funnelbook.menu import Command, ribbon
from funnelbook.oxt import commands, formulas
from funnelbook.setup.office import EXTENSION, IDENTIFIER
from funnelbook.words import in_each, say

SOURCES = Path(__file__).parents[2] / "libreoffice"
COMPONENT = "funnelbook_office.py"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNO = "application/vnd.sun.star."
_KINDS = {  # part -> its type in the manifest
    "XFormulas.idl": "uno-typelibrary;type=RDB",
    "funnelbook.components": "uno-components",
    "CalcAddIns.xcu": "configuration-data",
    "Addons.xcu": "configuration-data",
    "Jobs.xcu": "configuration-data",
    "ProtocolHandler.xcu": "configuration-data",
    "CalcWindowState.xcu": "configuration-data",
}
_SERVICES = {
    formulas.IMPLEMENTATION: ("com.sun.star.sheet.AddIn", "org.funnelbook.Formulas"),
    commands.HANDLER: ("com.sun.star.frame.ProtocolHandler",),
    commands.JOB: (commands.JOB, "com.sun.star.task.Job"),
}


def path() -> Path:
    """Where the extension lies in the checkout."""
    return SOURCES / EXTENSION


def picture(command: Command) -> Path:
    """Where the picture of a button lies in the checkout: its own, or that of a button with the same icon on the ribbon."""
    alike = (command.name, *(other.name for other in ribbon() if other.icon == command.icon))
    places = [SOURCES / "icons" / f"{name}.svg" for name in alike]
    return next((place for place in places if place.is_file()), places[0])


def build() -> bytes:
    """The extension, the same bytes for the same sources."""
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "funnelbook.components": _components(),
        "XFormulas.idl": formulas.idl(),
        "CalcAddIns.xcu": formulas.calc_addins(),
        "Addons.xcu": commands.addons(),
        "Jobs.xcu": commands.jobs(),
        "ProtocolHandler.xcu": commands.protocol_handler(),
        "CalcWindowState.xcu": commands.window_state(),
        COMPONENT: (SOURCES / COMPONENT).read_text(encoding="utf-8"),
    }
    parts |= {f"icons/{c.name}.svg": picture(c).read_text(encoding="utf-8") for c in ribbon()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # or it would tell the system it was built on
            archive.writestr(entry, text.encode())
    return out.getvalue()


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:media-type="{_UNO}{kind}" manifest:full-path="{part}"/>\n'
        for part, kind in _KINDS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}</manifest:manifest>\n'
    )


def _description() -> str:
    names = "".join(
        f"<name lang={quoteattr(say('language.tag', language))}>{escape(name)}</name>"
        for language, name in in_each("commands.extension").items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<description xmlns="http://openoffice.org/extensions/description/2006">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{escape(__version__)}"/>\n'
        f"<display-name>{names}</display-name>\n</description>\n"
    )


def _components() -> str:
    made = "".join(
        f'<implementation name="{name}">' + "".join(f'<service name="{s}"/>' for s in services) + "</implementation>\n"
        for name, services in _SERVICES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<components xmlns="http://openoffice.org/2010/uno-components">\n'
        f'<component loader="com.sun.star.loader.Python" uri="{COMPONENT}">\n{made}</component>\n</components>\n'
    )
